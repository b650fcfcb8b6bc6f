/*
 * A year of a clinic, told in doc/guide-year.md: staff come and go, a phone is lost, another Office Administrator, an
 * account that a thief asked for, the re-verification with an application that is returned, a duplicate merged, a draft
 * nobody went on with. Each act begins where the one before ended; all of them say who was told and what was written.
 */
#include "applications.h"
#include "story.h"

#include <nctracks/message.h>
#include <nctracks/work.h>

#include <stdio.h>

#define NEXT_DOOR world_npi(7)
#define CLINIC "provider:" NPI_CLINIC
#define OFFICE "office@clinic.example.org"
#define NEW_ADDRESS "petra@home.example.org"
#define NEW_PASSWORD "another horse battery"
#define THIEVES_ACCOUNT "999000111222"

/* Names and lengths, as the library takes them. */
#define AGNES "agnes", 5
#define BEN "ben", 3
#define AT_CLINIC NPI_CLINIC, 10
#define WORDS(text) (text), strlen(text)

static const struct cast NINA = {"nina.newhire", "Nina", "Newhire", "nina@clinic.example.org", "9195550111"};
static const struct cast NINA_TOO = {"nina.nextdoor", "Nina", "Newhire", "nina@nextdoor.example.org", "9195550112"};

static struct world *w;
static char old_draft[NCT_APPLICATION_ID_LENGTH + 1]; /* begun in March, and forgotten */

/* Four years after it registered, the clinic goes into the year in which it is verified again. */
static int open_the_year(void **state) {
    int failed = world_setup_clinic_under(state, "2026");
    w = *state;
    w->now = world_date("2030-02-01");
    story_begin(w);
    WRITTEN(w, CLINIC, "provider.enrolled", "reverification.begun", "provider.registered", "principal.listed",
            "access.granted", "access.granted", "access.granted", "access.granted");
    return failed;
}

static int close_the_year(void **state) {
    (void)state;
    return world_free(w);
}

static void go_to(const char *date) {
    w->now = world_date(date) + 15 * INT64_C(3600000); /* ten in the morning in Raleigh */
}

/* What somebody is told in one millisecond has no order. */
static void a_minute_later(void) {
    world_advance(w, 60000);
}

/* ---- February: somebody new at the front desk ---- */

static void february_somebody_new(void **state) {
    (void)state;
    go_to("2030-02-04");
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &NINA, "user", "claim.inquiry"), NCT_OK);
    TOLD(w, "pin.issued nina@clinic.example.org");
    story_message(w, NINA.ncid, "pin.issued");
    WRITTEN(w, CLINIC, "access.granted");
    expect_status(world_check(w, NINA.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY), NCT_OK);
    expect_status(world_check(w, NINA.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING);
}

/* ---- March: a request is approved, a clerk leaves ---- */

static void petra_asks_for_a_prior_approval(char id[NCT_APPLICATION_ID_LENGTH + 1]) {
    go_to("2030-03-04");
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, old_draft); /* she takes another form, and forgets this */
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
    expect_status(world_apply(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id, NULL), NCT_OK);
    TOLD(w, "signature.made petra@clinic.example.org", "application.received petra@clinic.example.org",
         "application.received olivia@clinic.example.org");
    WRITTEN(w, CLINIC, "application.drafted", "application.drafted", "signature.made", "application.moved");
}

/* The oldest that waits for the agency: its id is left to whoever works on it. */
static void take_the_oldest(int32_t kind, char item[NCT_WORK_ID_ROOM]) {
    nct_work_list *waiting = NULL;
    expect_status(nct_work_list_page(w->portal, kind, 0, 0, NULL, 0, 10, &waiting), NCT_OK);
    assert_int_equal(nct_work_list_count(waiting), 1);
    (void)snprintf(item, NCT_WORK_ID_ROOM, "%s", nct_work_list_id(waiting, 0));
    nct_work_list_free(waiting);
    expect_status(nct_work_assign(w->portal, AGNES, WORDS(item), AGNES), NCT_OK);
    expect_status(nct_work_assign(w->portal, BEN, WORDS(item), BEN), NCT_E_ASSIGNED);
}

static void expect_nothing_waits(void) {
    nct_work_list *waiting = NULL;
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 10, &waiting), NCT_OK);
    assert_int_equal(nct_work_list_count(waiting), 0);
    nct_work_list_free(waiting);
}

static void march_a_prior_approval(void **state) {
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    char item[NCT_WORK_ID_ROOM];
    (void)state;
    petra_asks_for_a_prior_approval(id);
    take_the_oldest(NCT_WORK_APPLICATION, item);
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, NULL), NCT_OK);
    expect_nothing_waits();
    TOLD(w, "application.approved petra@clinic.example.org", "application.approved olivia@clinic.example.org");
    WRITTEN(w, CLINIC, "work.assigned", "application.moved");
}

/* His PIN lasts as long as he has access anywhere (S12). */
static void march_a_clerk_leaves(void **state) {
    (void)state;
    go_to("2030-03-29");
    expect_status(world_revoke(w, UMA.ncid, NPI_CLINIC, FRANK.ncid), NCT_OK);
    WRITTEN(w, CLINIC, "access.revoked");
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_pin_state(w, FRANK.ncid), NCT_PIN_SUSPENDED);
    expect_status(world_sign_pa(w, FRANK.ncid, WORLD_PASSWORD, world_pin_of(w, FRANK.ncid)), NCT_E_DENIED);
    expect_status(world_last_outcome(w, "person:frank.front"), NCT_E_DENIED);
    TOLD(w, "access.ended frank@clinic.example.org");
}

/* ---- April: a lost phone ---- */

/* The first step, with NCID and password; a code goes to the address on file. */
static void sign_in(const char *ncid, const char *password, const char *told,
                    char token[NCT_SESSION_TOKEN_LENGTH + 1]) {
    nct_session *session = NULL;
    expect_status(nct_sign_in(w->portal, WORDS(ncid), WORDS(password), NULL, 0, &session), NCT_OK);
    assert_int_equal(nct_session_awaits_code(session), 1);
    (void)snprintf(token, NCT_SESSION_TOKEN_LENGTH + 1, "%s", nct_session_token(session));
    nct_session_free(session);
    TOLD(w, told);
}

static nct_status give_code(const char *token, const char *code) {
    nct_session *session = NULL;
    nct_status status = nct_sign_in_confirm(w->portal, WORDS(token), WORDS(code), &session);
    nct_session_free(session);
    return status;
}

/* Petra's phone is gone, with the mail on it. She calls; the agency makes sure that it is she. */
static void the_call_centre_ends_what_the_phone_could_do(void) {
    expect_status(nct_session_end_all_by_operator(w->portal, AGNES, WORDS(PETRA.ncid), WORDS("lost phone")), NCT_OK);
    expect_status(nct_pin_report_lost_by_operator(w->portal, AGNES, WORDS(PETRA.ncid), WORDS("lost phone")), NCT_OK);
    TOLD(w, "pin.lost petra@clinic.example.org");
}

static void the_call_centre_takes_another_address(void) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_form_set(form, "email", WORDS(NEW_ADDRESS)), NCT_OK);
    expect_status(nct_contact_change_by_operator(form, AGNES, WORDS(PETRA.ncid), WORDS("lost phone"), NULL), NCT_OK);
    nct_form_free(form);
    TOLD(w, "contact.changed petra@clinic.example.org", "contact.welcome " NEW_ADDRESS);
}

/* The address before is told for 30 days more of what a thief would be after, and gets no secret. */
static void a_new_pin_goes_to_the_new_address_alone(void) {
    a_minute_later();
    expect_status(nct_pin_reset_by_operator(w->portal, AGNES, WORDS(PETRA.ncid), WORDS("lost phone")), NCT_OK);
    TOLD(w, "pin.reset " NEW_ADDRESS, "pin.reset_notice petra@clinic.example.org");
    story_message(w, PETRA.ncid, "pin.reset");
}

static void april_a_lost_phone(void **state) {
    char token[NCT_SESSION_TOKEN_LENGTH + 1];
    (void)state;
    go_to("2030-04-08");
    sign_in(PETRA.ncid, WORLD_PASSWORD, "sign_in.code petra@clinic.example.org", token);
    const char *code = world_mail_to(w, PETRA.ncid)->token;
    the_call_centre_ends_what_the_phone_could_do();
    expect_status(give_code(token, code), NCT_E_NO_SESSION); /* whoever has the phone */
    the_call_centre_takes_another_address();
    a_new_pin_goes_to_the_new_address_alone();
    sign_in(PETRA.ncid, WORLD_PASSWORD, "sign_in.code " NEW_ADDRESS, token);
    expect_status(give_code(token, world_mail_to(w, PETRA.ncid)->token), NCT_OK);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    TOLD(w, "signature.made " NEW_ADDRESS, "signature.made petra@clinic.example.org"); /* hers until a short time ago */
    WRITTEN(w, CLINIC, "signature.made");
}

/* ---- June: another Office Administrator ---- */

static nct_status ask_to_be_administrator(const char *ncid) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = NULL;
    expect_status(nct_provider_renew_code(w->portal, AGNES, AT_CLINIC, code, sizeof code), NCT_OK);
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "managing_employee"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(nct_form_set(form, fields[i][0], WORDS(fields[i][1])), NCT_OK);
    nct_status status = nct_oa_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

/* Those she let in are looked through: who stays is certified. */
static void uma_goes_through_what_olivia_left(void) {
    nct_grant_list *left = NULL;
    expect_status(nct_oa_change_list_to_review(w->portal, AT_CLINIC, NULL, 0, 10, &left), NCT_OK);
    assert_int_equal(nct_grant_list_count(left), 1);
    assert_string_equal(nct_grant_list_ncid(left, 0), PETRA.ncid);
    nct_grant_list_free(left);
}

static void june_another_administrator(void **state) {
    char item[NCT_WORK_ID_ROOM];
    (void)state;
    go_to("2030-06-03");
    expect_status(ask_to_be_administrator(UMA.ncid), NCT_OK);
    TOLD(w, "oa_change.submitted olivia@clinic.example.org", "oa_change.submitted uma@clinic.example.org",
         "oa_change.submitted " OFFICE);
    take_the_oldest(NCT_WORK_OA_CHANGE, item);
    go_to("2030-06-05");
    expect_status(nct_oa_change_approve(w->portal, BEN, AT_CLINIC, WORDS("no finding")), NCT_OK);
    TOLD(w, "oa_change.made olivia@clinic.example.org", "oa_change.made uma@clinic.example.org",
         "oa_change.made " OFFICE);
    WRITTEN(w, CLINIC, "authorization_code.renewed", "oa_change.submitted", "work.assigned", "access.revoked",
            "principal.listed", "access.granted", "oa.changed");
    expect_nothing_waits();
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_EFT_CHANGE), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
    uma_goes_through_what_olivia_left();
}

/* ---- August: a thief with Uma's password ---- */

static nct_status ask_for_another_account(const char *password) {
    nct_form *form = NULL;
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"requester.ncid", UMA.ncid},
                                     {"requester.password", password},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", THIEVES_ACCOUNT},
                                     {"eft.account_type", "checking"},
                                     {"eft.account_holder", "Made Up Clinic"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_EFT_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(nct_form_set(form, fields[i][0], WORDS(fields[i][1])), NCT_OK);
    nct_status status = nct_eft_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

static void expect_paid_as_before(void) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, AT_CLINIC, &provider), NCT_OK);
    assert_non_null(strstr(nct_provider_eft_masked(provider), "6789"));
    nct_provider_free(provider);
}

/* She read the mail. The agency calls the number on file, and hears that it was not she. */
static void the_agency_refuses(void) {
    char item[NCT_WORK_ID_ROOM];
    take_the_oldest(NCT_WORK_EFT_CHANGE, item);
    expect_status(nct_eft_change_refuse(w->portal, AGNES, AT_CLINIC, WORDS("it was not she")), NCT_OK);
    TOLD(w, "eft_change.ended uma@clinic.example.org", "eft_change.ended " OFFICE);
    WRITTEN(w, CLINIC, "eft_change.requested", "work.assigned", "eft_change.ended");
}

/* A code by mail; whoever was signed in with the password before is signed out. */
static void uma_chooses_another_password(void) {
    a_minute_later();
    expect_status(nct_password_forgotten(w->portal, WORDS(UMA.ncid)), NCT_OK);
    expect_status(nct_mail_flush(w->portal, 10, NULL, NULL), NCT_OK);
    TOLD(w, "password.code uma@clinic.example.org");
    const char *code = world_mail_to(w, UMA.ncid)->token;
    a_minute_later();
    expect_status(nct_password_reset(w->portal, WORDS(UMA.ncid), WORDS(code), WORDS(NEW_PASSWORD)), NCT_OK);
    TOLD(w, "password.changed uma@clinic.example.org");
    story_message(w, UMA.ncid, "password.changed");
}

static void august_a_thief(void **state) {
    char token[NCT_SESSION_TOKEN_LENGTH + 1];
    (void)state;
    go_to("2030-08-12");
    sign_in(UMA.ncid, WORLD_PASSWORD, "sign_in.code uma@clinic.example.org", token); /* without her mail, no further */
    expect_status(ask_for_another_account(WORLD_PASSWORD), NCT_OK);
    TOLD(w, "eft_change.requested uma@clinic.example.org", "eft_change.requested " OFFICE);
    expect_paid_as_before();
    the_agency_refuses();
    uma_chooses_another_password();
    expect_status(ask_for_another_account(WORLD_PASSWORD), NCT_E_DENIED);
    expect_status(give_code(token, "000000"), NCT_E_NO_SESSION);
    expect_paid_as_before();
    NOBODY_TOLD(w);
    assert_false(world_ledger_mentions(w, THIEVES_ACCOUNT));
}

/* ---- October to January: the re-verification ---- */

static int64_t due_date(void) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, AT_CLINIC, &provider), NCT_OK);
    int64_t due = nct_provider_reverification_due(provider);
    nct_provider_free(provider);
    return due;
}

/* The host's job of every night. */
static void the_night_before(int64_t due, int days) {
    w->now = due - days * WORLD_DAY;
    assert_int_equal(world_settle(w), 1);
    TOLD(w, "reverification.notice uma@clinic.example.org", "reverification.notice " OFFICE);
    WRITTEN(w, CLINIC, "reverification.notice");
}

static void uma_signs(const char *id) {
    nct_signature *made = NULL;
    nct_form *signing = world_signing(w, UMA.ncid, NPI_CLINIC, NCT_SUBMISSION_RECREDENTIALING);
    world_signing_secrets(signing, NEW_PASSWORD, world_pin_of(w, UMA.ncid));
    expect_status(nct_form_set(signing, "application.id", WORDS(id)), NCT_OK);
    expect_status(nct_sign(signing, NULL, &made), NCT_OK);
    nct_signature_free(made);
    nct_form_free(signing);
    TOLD(w, "signature.made uma@clinic.example.org", "application.received uma@clinic.example.org");
}

/* Returned, it waits for the clinic again: what is not submitted once more in time suspends it. */
static void the_agency_returns_it(const char *id) {
    int32_t state = 0;
    expect_status(nct_application_decide(w->portal, AGNES, AT_CLINIC, WORDS(id), NCT_MOVE_RETURN,
                                         WORDS("an owner is missing"), &state),
                  NCT_OK);
    assert_int_equal(state, NCT_STATE_RETURNED);
    expect_nothing_waits();
    TOLD(w, "application.returned uma@clinic.example.org");
    story_message(w, UMA.ncid, "application.returned");
}

static void uma_revises_it(const char *id) {
    nct_form *draft = world_draft(w, NCT_SUBMISSION_RECREDENTIALING);
    expect_status(nct_draft_revise(draft, WORDS(UMA.ncid), WORDS(id), NULL), NCT_OK);
    nct_form_free(draft);
}

static void october_the_first_notice(void **state) {
    (void)state;
    int64_t due = due_date();
    the_night_before(due, 70);
    the_night_before(due, 50);
}

static char verification[NCT_APPLICATION_ID_LENGTH + 1];

static void november_an_application_is_returned(void **state) {
    (void)state;
    int64_t due = due_date();
    w->now = due - 45 * WORLD_DAY;
    world_drafted(w, UMA.ncid, NCT_SUBMISSION_RECREDENTIALING, verification);
    uma_signs(verification);
    w->now = due - 40 * WORLD_DAY;
    the_agency_returns_it(verification);
    WRITTEN(w, CLINIC, "application.drafted", "signature.made", "application.moved", "application.moved");
    the_night_before(due, 20);
    w->now = due - 10 * WORLD_DAY;
    uma_revises_it(verification);
    uma_signs(verification);
    WRITTEN(w, CLINIC, "application.revised", "signature.made", "application.moved");
}

/* In time is what was submitted by the hour of the due date: the agency may take longer. */
static void december_the_due_date_passes_while_it_is_reviewed(void **state) {
    nct_provider *provider = NULL;
    (void)state;
    int64_t due = due_date();
    w->now = due + WORLD_DAY;
    (void)world_settle(w);
    expect_status(nct_provider_get(w->portal, AT_CLINIC, &provider), NCT_OK);
    assert_int_equal(nct_provider_suspended_at(provider), 0);
    assert_int_equal(nct_provider_reverification_held(provider), 1);
    nct_provider_free(provider);
    expect_status(world_decide(w, verification, NCT_MOVE_REVIEW, NULL), NCT_OK);
    expect_status(world_decide(w, verification, NCT_MOVE_APPROVE, NULL), NCT_OK);
    TOLD(w, "application.in_review uma@clinic.example.org", "application.approved uma@clinic.example.org");
    WRITTEN(w, CLINIC, "reverification.held", "application.moved", "application.moved", "reverification.begun");
    assert_true(due_date() > due + 5 * 365 * WORLD_DAY - 30 * WORLD_DAY);
}

/* ---- January: one person under two NCIDs, a forgotten draft, the books ---- */

static void nina_works_next_door_under_another_ncid(void) {
    world_register(w, NEXT_DOOR, &OSCAR, NULL, NULL);
    expect_status(world_add_user(w, OSCAR.ncid, NEXT_DOOR, &NINA_TOO, "user", "training"), NCT_OK);
    TOLD(w, "pin.issued oscar@elsewhere.example.org", "pin.issued nina@nextdoor.example.org");
}

static void january_a_duplicate(void **state) {
    (void)state;
    go_to("2031-01-13");
    nina_works_next_door_under_another_ncid();
    expect_status(nct_person_merge(w->portal, AGNES, WORDS(NINA_TOO.ncid), WORDS(NINA.ncid), WORDS("one person")),
                  NCT_OK);
    TOLD(w, "ncid.merged nina@clinic.example.org", "ncid.merged nina@nextdoor.example.org");
    expect_status(world_check(w, NINA.ncid, NEXT_DOOR, NCT_RIGHT_TRAINING), NCT_OK);
    expect_status(world_check(w, NINA_TOO.ncid, NEXT_DOOR, NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &NINA_TOO, "user", "claim.inquiry"), NCT_E_NCID_TAKEN);
    WRITTEN(w, CLINIC, "access.refused");
    NOBODY_TOLD(w);
}

static void january_a_draft_nobody_went_on_with(void **state) {
    nct_work_list *drafts = NULL;
    (void)state;
    int64_t before = w->now - 180 * WORLD_DAY;
    expect_status(nct_work_list_page(w->portal, NCT_WORK_DRAFT, 0, before, NULL, 0, 100, &drafts), NCT_OK);
    assert_int_equal(nct_work_list_count(drafts), 1);
    assert_string_equal(nct_work_list_application(drafts, 0), old_draft);
    assert_string_equal(nct_work_list_ncid(drafts, 0), PETRA.ncid);
    nct_work_list_free(drafts);
    a_minute_later();
    expect_status(world_decide(w, old_draft, NCT_MOVE_DISCARD, NULL), NCT_OK);
    TOLD(w, "draft.discarded " NEW_ADDRESS);
    story_message(w, PETRA.ncid, "draft.discarded");
    WRITTEN(w, CLINIC, "application.moved");
}

/* A checkpoint kept elsewhere vouches for the year; every stream is whole. */
static void january_the_books(void **state) {
    nct_stream_list *streams = NULL;
    (void)state;
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_OK);
    expect_status(nct_work_check(w->portal), NCT_OK);
    expect_status(nct_ledger_streams(w->portal, NULL, 0, 100, &streams), NCT_OK);
    assert_true(nct_stream_list_count(streams) > 8);
    for (size_t i = 0; i < nct_stream_list_count(streams); i++)
        assert_int_equal(world_verdict(w, nct_stream_list_name(streams, i), NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    nct_stream_list_free(streams);
}

int main(void) {
    const struct CMUnitTest acts[] = {
        cmocka_unit_test(february_somebody_new),
        cmocka_unit_test(march_a_prior_approval),
        cmocka_unit_test(march_a_clerk_leaves),
        cmocka_unit_test(april_a_lost_phone),
        cmocka_unit_test(june_another_administrator),
        cmocka_unit_test(august_a_thief),
        cmocka_unit_test(october_the_first_notice),
        cmocka_unit_test(november_an_application_is_returned),
        cmocka_unit_test(december_the_due_date_passes_while_it_is_reviewed),
        cmocka_unit_test(january_a_duplicate),
        cmocka_unit_test(january_a_draft_nobody_went_on_with),
        cmocka_unit_test(january_the_books),
    };
    return cmocka_run_group_tests(acts, open_the_year, close_the_year);
}
