/* Another Office Administrator: exactly one at any time, whatever breaks off, races or is tried with wrong secrets. */
#include "world.h"

#include <stdio.h>

#define DAY INT64_C(86400000)
#define REASON "checked by phone"
#define OFFICE "office@clinic.example.org"

static char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];

static void renew_code(struct world *w) {
    expect_status(
        nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, code, sizeof code),
        NCT_OK);
}

/* The portal under a profile, with a code for the clinic. */
static void under(struct world *w, const char *profile) {
    nct_policy *policy = NULL;
    char name[64];
    (void)snprintf(name, sizeof name, "%s", profile);
    expect_status(nct_policy_new(name, &policy), NCT_OK);
    static const int32_t kept[] = {NCT_OPTION_TESTING, NCT_OPTION_KDF_MEMORY, NCT_OPTION_KDF_PASSES};
    for (size_t i = 0; i < 3; i++) {
        int64_t value = 0;
        expect_status(nct_policy_get(w->policy, kept[i], &value), NCT_OK);
        expect_status(nct_policy_set(policy, kept[i], value), NCT_OK);
    }
    world_take_any_clock(policy);
    nct_policy_free(w->policy);
    w->policy = policy;
    world_reopen(w);
    renew_code(w);
}

static void set(nct_form *form, const char *path, const char *value) {
    expect_status(nct_form_set(form, path, value, strlen(value)), NCT_OK);
}

static nct_form *fill(struct world *w, const char *npi, const char *ncid, const char *password) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    set(form, "provider.npi", npi);
    set(form, "provider.authorization_code", code);
    set(form, "office_administrator.ncid", ncid);
    set(form, "office_administrator.password", password);
    set(form, "office_administrator.relationship", "managing_employee");
    return form;
}

static nct_status submit(struct world *w, const char *npi, const char *ncid, const char *password, int32_t *state) {
    nct_form *form = fill(w, npi, ncid, password);
    nct_status status = nct_oa_change_submit(form, state, NULL);
    nct_form_free(form);
    return status;
}

static nct_status change_to(struct world *w, const char *ncid) {
    return submit(w, NPI_CLINIC, ncid, WORLD_PASSWORD, NULL);
}

static nct_status approve(struct world *w) {
    return nct_oa_change_approve(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, REASON,
                                 strlen(REASON));
}

static nct_status deny(struct world *w) {
    return nct_oa_change_deny(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, REASON,
                              strlen(REASON));
}

static int32_t request_state(struct world *w) {
    nct_oa_request *request = NULL;
    nct_status status = nct_oa_request_get(w->portal, NPI_CLINIC, 10, &request);
    int32_t state = status == NCT_OK ? nct_oa_request_state(request) : status;
    nct_oa_request_free(request);
    return state;
}

/* Who is the OA: the record, and the only grant of that role, say the same. */
static void expect_oa(struct world *w, const char *ncid) {
    nct_provider *provider = NULL;
    nct_grant_list *page = NULL;
    size_t administrators = 0;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    assert_string_equal(nct_provider_office_administrator(provider), ncid);
    nct_provider_free(provider);
    expect_status(nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &page), NCT_OK);
    for (size_t i = 0; i < nct_grant_list_count(page); i++)
        if (nct_grant_list_role(page, i) == NCT_ROLE_OFFICE_ADMINISTRATOR) {
            assert_string_equal(nct_grant_list_ncid(page, i), ncid);
            administrators++;
        }
    nct_grant_list_free(page);
    assert_int_equal(administrators, 1);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static size_t mails_of(struct world *w, const char *template_name, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += strcmp(w->mailer.mails[i].template_name, template_name) == 0 &&
                 (address == NULL || strcmp(w->mailer.mails[i].address, address) == 0);
    return count;
}

/* Once identity and code were right, the provider's stream tells of it too. */
static void a_refusal_is_in_both_streams(void **state) {
    struct world *w = *state;
    renew_code(w);
    size_t provider = world_entries(w, "provider:" NPI_CLINIC), person = world_entries(w, "person:olivia.owner");
    expect_status(change_to(w, OLIVIA.ncid), NCT_E_ALREADY_GRANTED);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC), provider + 1);
    assert_true(world_entries(w, "person:olivia.owner") > person);
}

static void effective_at_once_in_2013(void **state) {
    struct world *w = *state;
    int32_t reached = 0;
    renew_code(w);
    expect_status(submit(w, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, &reached), NCT_OK);
    assert_int_equal(reached, NCT_REQUEST_EFFECTIVE);
    expect_oa(w, PETRA.ncid);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_pin_state(w, OLIVIA.ncid), NCT_PIN_SUSPENDED);
    assert_int_equal(mails_of(w, "oa_change.made", NULL), 0);
    expect_status(world_grant(w, PETRA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_USER_ADMINISTRATOR, 1), NCT_OK);
    assert_int_equal(request_state(w), NCT_REQUEST_EFFECTIVE);
    /* The code is spent. */
    expect_status(change_to(w, UMA.ncid), NCT_E_DENIED);
    renew_code(w);
    expect_status(change_to(w, UMA.ncid), NCT_OK);
    expect_oa(w, UMA.ncid);
}

static void approved_by_the_agency_since_2022(void **state) {
    struct world *w = *state;
    int32_t reached = 0;
    under(w, "2022");
    w->mailer.count = 0;
    expect_status(submit(w, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, &reached), NCT_OK);
    assert_int_equal(reached, NCT_REQUEST_PENDING);
    assert_int_equal(request_state(w), NCT_REQUEST_PENDING);
    expect_oa(w, OLIVIA.ncid);
    const char *const told[] = {OLIVIA.email, PETRA.email, OFFICE};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(mails_of(w, "oa_change.submitted", told[i]), 1);
    assert_int_equal(w->mailer.count, 3);
    expect_status(approve(w), NCT_OK);
    expect_oa(w, PETRA.ncid);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(mails_of(w, "oa_change.made", told[i]), 1);
    assert_int_equal(w->mailer.count, 6);
    assert_int_equal(request_state(w), NCT_REQUEST_EFFECTIVE);
    expect_status(approve(w), NCT_E_NOT_FOUND);
    assert_true(world_ledger_mentions(w, REASON));
    for (size_t i = 0; i < w->mailer.count; i++)
        assert_null(strstr(w->mailer.mails[i].subject, WORLD_PASSWORD));
}

static void each_address_is_told_once_officers_and_backup_too(void **state) {
    struct world *w = *state;
    static const struct cast SAME = {"same.mail", "Sam", "Same", OFFICE, "9195550108"};
    under(w, "2026");
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SAME, "user", "training"), NCT_OK);
    world_set_password(w, SAME.ncid, WORLD_PASSWORD);
    expect_status(world_list_principal(w, NPI_CLINIC, &UMA, "managing_relationship", 0, 0), NCT_OK);
    expect_status(world_list_principal(w, NPI_CLINIC, &SILAS, "owner", 0, 0), NCT_OK);
    expect_status(world_list_principal(w, NPI_CLINIC, &OSCAR, "managing_relationship", 0, 0), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_MANAGING_RELATIONSHIP, 1), NCT_OK);
    expect_status(world_back_up(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    renew_code(w);
    w->mailer.count = 0;
    expect_status(change_to(w, SAME.ncid), NCT_OK);
    assert_int_equal(mails_of(w, "oa_change.submitted", OFFICE), 1);
    assert_int_equal(mails_of(w, "oa_change.submitted", UMA.email), 1);
    assert_int_equal(mails_of(w, "oa_change.submitted", OLIVIA.email), 1);
    assert_int_equal(mails_of(w, "oa_change.submitted", SILAS.email), 1);
    assert_int_equal(w->mailer.count, 4);
}

static nct_status ask_backup(struct world *w, const char *ncid) {
    nct_form *form = fill(w, NPI_CLINIC, ncid, WORLD_PASSWORD);
    int32_t state = 0;
    set(form, "request.role", "backup_office_administrator");
    nct_status status = nct_oa_change_submit(form, &state, NULL);
    nct_form_free(form);
    assert_int_equal(state, status == NCT_OK ? NCT_REQUEST_PENDING : 0);
    return status;
}

static void expect_backup(struct world *w, const char *ncid) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    assert_string_equal(nct_provider_backup_office_administrator(provider), ncid);
    nct_provider_free(provider);
    expect_oa(w, OLIVIA.ncid);
}

static void make_managing(struct world *w, const struct cast *who) {
    expect_status(world_list_principal(w, NPI_CLINIC, who, "managing_relationship", 0, 0), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, who->ncid, NCT_ROLE_USER_ADMINISTRATOR, 0), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, who->ncid, NCT_ROLE_MANAGING_RELATIONSHIP, 0), NCT_OK);
}

/* C1: since 2026, through the OA change request, whose approval is the agency's word that there is no finding. */
static void the_backup_is_assigned_by_a_request_the_agency_approves(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(ask_backup(w, UMA.ncid), NCT_E_ROLE_BUILDS_ON);
    make_managing(w, &UMA);
    make_managing(w, &PETRA);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR, 0),
                  NCT_E_BY_REQUEST);
    w->mailer.count = 0;
    expect_status(ask_backup(w, UMA.ncid), NCT_OK);
    expect_status(ask_backup(w, PETRA.ncid), NCT_E_PENDING);
    expect_status(change_to(w, PETRA.ncid), NCT_E_PENDING);
    expect_backup(w, "");
    assert_int_equal(mails_of(w, "backup.submitted", UMA.email), 1);
    expect_status(approve(w), NCT_OK);
    expect_backup(w, UMA.ncid);
    assert_int_equal(mails_of(w, "backup.made", OLIVIA.email), 1);
    assert_int_equal(mails_of(w, "oa_change.made", NULL), 0);
    assert_true(world_ledger_mentions(w, "backup, no adverse finding: " REASON));
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
    expect_status(change_to(w, PETRA.ncid), NCT_E_DENIED); /* the code is spent */
    renew_code(w);
    expect_status(ask_backup(w, UMA.ncid), NCT_E_ALREADY_GRANTED);
    expect_status(ask_backup(w, PETRA.ncid), NCT_E_ROLE_TAKEN);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR, 1), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_backup(w, "");
    expect_status(ask_backup(w, PETRA.ncid), NCT_OK);
    expect_status(deny(w), NCT_OK);
    expect_backup(w, "");
}

static void who_no_longer_may_back_up_does_not(void **state) {
    struct world *w = *state;
    under(w, "2026");
    make_managing(w, &UMA);
    expect_status(ask_backup(w, UMA.ncid), NCT_OK);
    expect_status(world_unlist_principal(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(approve(w), NCT_E_NOT_ON_RECORD);
    assert_int_equal(request_state(w), NCT_REQUEST_VOID);
    expect_backup(w, "");
    under(w, "2025");
    expect_status(ask_backup(w, UMA.ncid), NCT_E_PROBLEMS);
}

static void another_administrator_keeps_the_backup(void **state) {
    struct world *w = *state;
    nct_provider *provider = NULL;
    under(w, "2026");
    make_managing(w, &UMA);
    expect_status(world_back_up(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    renew_code(w);
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    expect_status(approve(w), NCT_OK);
    expect_oa(w, PETRA.ncid);
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    assert_string_equal(nct_provider_backup_office_administrator(provider), UMA.ncid);
    nct_provider_free(provider);
}

static void everything_wrong_is_one_refusal(void **state) {
    struct world *w = *state;
    char traces[5][8192];
    char right[sizeof code];
    renew_code(w);
    strcpy(right, code);
    const struct {
        const char *npi, *ncid, *password, *code;
    } tries[] = {{NPI_CLINIC, PETRA.ncid, "wrong password", right},
                 {NPI_CLINIC, SILAS.ncid, WORLD_PASSWORD, right},
                 {NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, "0000000000000000"},
                 {world_npi(77), PETRA.ncid, WORLD_PASSWORD, right},
                 {world_npi(78), SILAS.ncid, "wrong password", "0000000000000000"}};
    for (size_t i = 0; i < 5; i++) {
        strcpy(code, tries[i].code);
        struct rows start = rows_take(w->store.inner);
        world_trace_start(w);
        expect_status(submit(w, tries[i].npi, tries[i].ncid, tries[i].password, NULL), NCT_E_DENIED);
        strcpy(traces[i], world_trace_stop(w));
        assert_string_equal(traces[i], traces[0]);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
    expect_oa(w, OLIVIA.ncid);
}

static void refusals_that_say_why(void **state) {
    struct world *w = *state;
    char fresh[sizeof code];
    renew_code(w);
    expect_status(change_to(w, OLIVIA.ncid), NCT_E_ALREADY_GRANTED);
    nct_problems *problems = NULL;
    nct_form *form = fill(w, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD);
    set(form, "office_administrator.relationship", "provider"); /* of an organization */
    expect_status(nct_oa_change_submit(form, NULL, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), "office_administrator.relationship");
    expect_status(nct_problems_code(problems, 0), NCT_E_RELATIONSHIP);
    nct_problems_free(problems);
    set(form, "office_administrator.relationship", "owner");
    expect_status(nct_oa_change_submit(form, NULL, &problems), NCT_E_PROBLEMS); /* the password was forgotten */
    expect_status(nct_problems_code(problems, 0), NCT_E_REQUIRED);
    nct_problems_free(problems);
    nct_form_free(form);
    world_enroll(w, world_npi(5), "organization", fresh);
    strcpy(code, fresh);
    expect_status(submit(w, world_npi(5), PETRA.ncid, WORLD_PASSWORD, NULL), NCT_E_NOT_REGISTERED);
    expect_status(nct_oa_change_submit(NULL, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(approve(w), NCT_E_NOT_FOUND);
    expect_status(deny(w), NCT_E_NOT_FOUND);
    expect_status(nct_oa_change_approve(w->portal, "", 0, NPI_CLINIC, 10, "r", 1), NCT_E_EMPTY);
    expect_status(nct_oa_change_deny(w->portal, "op", 2, NPI_CLINIC, 10, "\x01", 1), NCT_E_CHARACTER);
    assert_int_equal(request_state(w), NCT_E_NOT_FOUND);
    expect_oa(w, OLIVIA.ncid);
}

/* What was asked for while the clock ran years ahead lies in the future once it is right again: it blocks nobody. */
static void a_request_of_the_future_does_not_wait(void **state) {
    struct world *w = *state;
    under(w, "2026");
    world_advance(w, 7900 * 365 * DAY);
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    world_advance(w, -7900 * 365 * DAY);
    assert_int_equal(request_state(w), NCT_REQUEST_LAPSED);
    struct rows start = rows_take(w->store.inner);
    expect_status(approve(w), NCT_E_LAPSED);
    expect_oa(w, OLIVIA.ncid);
    rows_restore(w->store.inner, &start);
    rows_free(&start);
    expect_status(change_to(w, UMA.ncid), NCT_OK);
    expect_status(approve(w), NCT_OK);
    expect_oa(w, UMA.ncid);
}

static void move_to(struct world *w, const char *ncid, const char *address) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_form_set(form, "email", address, strlen(address)), NCT_OK);
    expect_status(nct_contact_change_by_operator(form, "casey", 5, ncid, strlen(ncid), "called", 6, NULL), NCT_OK);
    nct_form_free(form);
}

static size_t told(struct world *w, const char *template_name, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += strcmp(w->mailer.mails[i].template_name, template_name) == 0 &&
                 strcmp(w->mailer.mails[i].address, address) == 0;
    return count;
}

/* Of the OA, of an officer, and of the new OA. */
static void every_address_of_the_last_days_is_told(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, "owner", 0, 0), NCT_OK);
    const struct cast *const people[] = {&OLIVIA, &FRANK, &PETRA};
    for (size_t i = 0; i < 3; i++) {
        move_to(w, people[i]->ncid, "one@thief.example.org");
        move_to(w, people[i]->ncid, "two@thief.example.org");
    }
    w->mailer.count = 0;
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(told(w, "oa_change.submitted", people[i]->email), 1);
    expect_status(approve(w), NCT_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(told(w, "oa_change.made", people[i]->email), 1);
}

static void one_waits_at_a_time_and_lapses(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    expect_status(change_to(w, UMA.ncid), NCT_E_PENDING);
    world_advance(w, 30 * DAY - 1);
    expect_status(change_to(w, UMA.ncid), NCT_E_PENDING);
    world_advance(w, 1);
    assert_int_equal(request_state(w), NCT_REQUEST_LAPSED);
    struct rows start = rows_take(w->store.inner);
    expect_status(approve(w), NCT_E_LAPSED);
    expect_status(approve(w), NCT_E_NOT_FOUND);
    expect_oa(w, OLIVIA.ncid);
    rows_restore(w->store.inner, &start);
    rows_free(&start);
    expect_status(change_to(w, UMA.ncid), NCT_OK);
    expect_status(approve(w), NCT_OK);
    expect_oa(w, UMA.ncid);
}

static void denied_or_overtaken_by_a_new_code(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    expect_status(deny(w), NCT_OK);
    assert_int_equal(mails_of(w, "oa_change.ended", PETRA.email), 1);
    assert_int_equal(request_state(w), NCT_REQUEST_REFUSED);
    expect_status(approve(w), NCT_E_NOT_FOUND);
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    renew_code(w); /* the letter was in the wrong hands */
    expect_status(approve(w), NCT_E_PROVIDER_OR_CODE);
    assert_int_equal(request_state(w), NCT_REQUEST_VOID);
    expect_oa(w, OLIVIA.ncid);
}

static void nobody_approves_themselves(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    expect_status(nct_oa_change_approve(w->portal, "Petra.Pharm", 11, NPI_CLINIC, 10, "r", 1), NCT_E_SECOND_PERSON);
    expect_oa(w, OLIVIA.ncid);
}

static void works_on_a_terminated_record(void **state) {
    struct world *w = *state;
    renew_code(w);
    expect_status(nct_provider_terminate(w->portal, "op", 2, NPI_CLINIC, 10, "r", 1), NCT_OK);
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    expect_oa(w, PETRA.ncid);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_TERMINATED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_SUSPENDED);
    expect_status(nct_provider_reinstate(w->portal, "op", 2, NPI_CLINIC, 10, "r", 1), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    expect_oa(w, PETRA.ncid);
}

/* With an identity service the new OA may be somebody the portal never met. */
static void somebody_new_gets_a_pin(void **state) {
    struct world *w = *state;
    renew_code(w);
    nct_problems *problems = NULL;
    nct_form *form = fill(w, NPI_CLINIC, SILAS.ncid, WORLD_PASSWORD);
    expect_status(nct_oa_change_submit(form, NULL, &problems), NCT_E_PROBLEMS);
    assert_string_equal(nct_problems_path(problems, 0), "office_administrator.first_name");
    nct_problems_free(problems);
    set(form, "office_administrator.first_name", SILAS.first_name);
    set(form, "office_administrator.last_name", SILAS.last_name);
    set(form, "office_administrator.email", SILAS.email);
    set(form, "office_administrator.phone", SILAS.phone);
    set(form, "office_administrator.password", "not this");
    expect_status(nct_oa_change_submit(form, NULL, NULL), NCT_E_DENIED);
    expect_status(nct_pin_status(w->portal, SILAS.ncid, strlen(SILAS.ncid), &(int32_t){0}, NULL, NULL),
                  NCT_E_UNKNOWN_PERSON);
    set(form, "office_administrator.password", WORLD_PASSWORD);
    expect_status(nct_oa_change_submit(form, NULL, NULL), NCT_OK);
    nct_form_free(form);
    expect_oa(w, SILAS.ncid);
    assert_string_equal(world_mail_to(w, SILAS.ncid)->address, SILAS.email);
    expect_status(world_sign(w, SILAS.ncid, WORLD_PASSWORD, world_pin_of(w, SILAS.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_ENROLLMENT, NULL),
                  NCT_OK);
}

static const char *language_of(struct world *w, const char *template_name, const char *address) {
    for (size_t i = 0; i < w->mailer.count; i++)
        if (strcmp(w->mailer.mails[i].template_name, template_name) == 0 &&
            strcmp(w->mailer.mails[i].address, address) == 0)
            return w->mailer.mails[i].language;
    return "none";
}

/* The new one's was entered with the change, and stays theirs. */
static void everybody_is_told_in_their_language(void **state) {
    struct world *w = *state;
    const char *language = NULL;
    under(w, "2022");
    renew_code(w);
    expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, "owner", 0, 0), NCT_OK);
    expect_status(nct_person_set_language(w->portal, FRANK.ncid, strlen(FRANK.ncid), "es"), NCT_OK);
    nct_form *form = fill(w, NPI_CLINIC, SILAS.ncid, WORLD_PASSWORD);
    set(form, "office_administrator.first_name", SILAS.first_name);
    set(form, "office_administrator.last_name", SILAS.last_name);
    set(form, "office_administrator.email", SILAS.email);
    set(form, "office_administrator.phone", SILAS.phone);
    set(form, "office_administrator.language", "es-MX");
    w->mailer.count = 0;
    expect_status(nct_oa_change_submit(form, NULL, NULL), NCT_OK);
    nct_form_free(form);
    assert_string_equal(language_of(w, "oa_change.submitted", SILAS.email), "es");
    assert_string_equal(language_of(w, "oa_change.submitted", FRANK.email), "es");
    assert_string_equal(language_of(w, "oa_change.submitted", OLIVIA.email), "en");
    expect_status(approve(w), NCT_OK);
    assert_string_equal(language_of(w, "pin.issued", SILAS.email), "es");
    expect_status(nct_person_language(w->portal, SILAS.ncid, strlen(SILAS.ncid), &language), NCT_OK);
    assert_string_equal(language, "es");
}

static void reviews_of_both_end(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    const struct cast *const people[] = {&PETRA, &OLIVIA, &UMA};
    static const nct_status wanted[] = {NCT_E_REVIEW, NCT_E_NOT_PROVISIONED, NCT_OK};
    world_register(w, world_npi(6), &OLIVIA, NULL, NULL);
    for (size_t i = 0; i < 3; i++) {
        struct rows start = rows_take(w->store.inner);
        renew_code(w);
        nct_form *signing = world_signing(w, people[i]->ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
        expect_status(nct_signing_review(signing, token, sizeof token, NULL), NCT_OK);
        expect_status(change_to(w, PETRA.ncid), NCT_OK);
        expect_status(nct_form_set(signing, "review.token", token, strlen(token)), NCT_OK);
        world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, people[i]->ncid));
        nct_signature *signature = NULL;
        expect_status(nct_sign(signing, NULL, &signature), wanted[i]);
        nct_signature_free(signature);
        nct_form_free(signing);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
}

/* Somebody who writes the store takes the row away that says who was the OA. */
static void a_former_one_does_not_slip_from_the_list(void **state) {
    struct world *w = *state;
    nct_grant_list *page = NULL;
    renew_code(w);
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.at[i].space == space_of("former_oa")) {
            rows.at[i].revision = 0;
            row_force(w->store.inner, &rows.at[i]);
        }
    expect_status(nct_oa_change_list_to_review(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_E_INTEGRITY);
    rows_free(&rows);
}

static void what_the_old_one_granted_is_listed(void **state) {
    struct world *w = *state;
    nct_grant_list *page = NULL;
    renew_code(w);
    expect_status(nct_oa_change_list_to_review(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 0);
    nct_grant_list_free(page);
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    expect_status(nct_oa_change_list_to_review(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 2);
    int frank_first = strcmp(nct_grant_list_ncid(page, 0), FRANK.ncid) == 0;
    assert_string_equal(nct_grant_list_ncid(page, frank_first ? 0 : 1), FRANK.ncid);
    assert_string_equal(nct_grant_list_ncid(page, frank_first ? 1 : 0), UMA.ncid);
    nct_grant_list_free(page);
    expect_status(world_grant(w, PETRA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
    expect_status(nct_oa_change_list_to_review(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_grant_list_count(page), 1);
    nct_grant_list_free(page);
}

/* ---- Races ---- */

static void to_uma(void *argument) {
    expect_status(change_to(argument, UMA.ncid), NCT_OK);
}

static void deny_now(void *argument) {
    expect_status(deny(argument), NCT_OK);
}

static void before_commit(struct world *w, void (*what)(void *), size_t skip) {
    w->store.before_commit = what;
    w->store.before_commit_skip = skip;
    w->store.argument = w;
}

/* The other one comes first, at each commit: its code is spent. */
static void two_changes_at_once(void **state) {
    struct world *w = *state;
    renew_code(w);
    struct rows start = rows_take(w->store.inner);
    for (size_t skip = 0; skip < 2; skip++) {
        before_commit(w, to_uma, skip);
        expect_status(change_to(w, PETRA.ncid), NCT_E_DENIED);
        assert_null(w->store.before_commit);
        expect_oa(w, UMA.ncid);
        rows_restore(w->store.inner, &start);
    }
    rows_free(&start);
}

static void no_grant_by_the_old_one_outlives_the_change(void **state) {
    struct world *w = *state;
    renew_code(w);
    before_commit(w, to_uma, 0);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER_ADMINISTRATOR, 1),
                  NCT_E_NOT_PROVISIONED);
    expect_oa(w, UMA.ncid);
}

static void approval_and_denial_at_once(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    before_commit(w, deny_now, 0);
    expect_status(approve(w), NCT_E_NOT_FOUND);
    expect_oa(w, OLIVIA.ncid);
}

/* ---- Faults ---- */

static nct_status try_change(struct world *w, const char *ncid) {
    nct_form *form = NULL;
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "owner"}};
    nct_status status = nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form);
    for (size_t i = 0; i < 5 && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_oa_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

static nct_status submit_petra(struct world *w) {
    return try_change(w, PETRA.ncid);
}

/* At every failing allocation, store call, random draw: before or after, one OA, and trying again finishes it. */
static void sweep(struct world *w, nct_status (*run)(struct world *), int32_t wanted) {
    struct rows start = rows_take(w->store.inner);
    static const enum world_fault faults[] = {FAULT_NONE,     FAULT_ERROR,     FAULT_HOST,
                                              FAULT_CONFLICT, FAULT_TRUNCATED, FAULT_APPLIED};
    for (size_t f = 0; f < 7; f++) {
        int reached = 1;
        for (size_t at = 1; reached; at++) {
            assert_true(at < 2000);
            size_t live = w->memory.live;
            if (f == 0)
                w->memory.fail_at = w->memory.calls + at;
            else if (f == 6)
                w->random_fail_at = w->random_calls + at;
            else
                world_fault(w, faults[f], WORLD_ANY, at, 1);
            nct_status status = run(w);
            reached = f == 0   ? w->memory.calls >= w->memory.fail_at
                      : f == 6 ? w->random_calls >= w->random_fail_at
                               : w->store.faults > 0;
            w->memory.fail_at = w->random_fail_at = 0;
            world_no_fault(w);
            int done = request_state(w) == wanted;
            assert_true(status != NCT_OK || done);
            assert_true(status == NCT_OK || !done || faults[f % 6] == FAULT_APPLIED);
            assert_true(nct_status_category(status) != NCT_CATEGORY_RULE);
            if (!done) {
                world_advance(w, DAY);
                expect_status(run(w), NCT_OK);
            }
            expect_oa(w, wanted == NCT_REQUEST_EFFECTIVE ? PETRA.ncid : OLIVIA.ncid);
            assert_int_equal(w->memory.live, live);
            w->mailer.count = 4;
            rows_restore(w->store.inner, &start);
            w->now = WORLD_START;
        }
    }
    rows_free(&start);
}

static void a_change_at_once_is_whole(void **state) {
    struct world *w = *state;
    renew_code(w);
    sweep(w, submit_petra, NCT_REQUEST_EFFECTIVE);
}

static void a_submission_is_whole(void **state) {
    struct world *w = *state;
    under(w, "2026");
    sweep(w, submit_petra, NCT_REQUEST_PENDING);
}

static void an_approval_is_whole(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    sweep(w, approve, NCT_REQUEST_EFFECTIVE);
}

static void a_denial_is_whole(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    sweep(w, deny, NCT_REQUEST_REFUSED);
}

/* A request that was denied is put back, or one that waits is taken away. */
static void a_request_put_back_is_found(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(change_to(w, PETRA.ncid), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(deny(w), NCT_OK);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("oa_request"))
            row_force(w->store.inner, &before.at[i]);
    expect_status(approve(w), NCT_E_NOT_FOUND);
    assert_int_equal(request_state(w), NCT_E_INTEGRITY);
    rows_restore(w->store.inner, &before);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("oa_request")) {
            struct row gone = before.at[i];
            gone.revision = 0;
            row_force(w->store.inner, &gone);
        }
    expect_status(approve(w), NCT_E_INTEGRITY);
    expect_oa(w, OLIVIA.ncid);
    /* In the place of another that waits. */
    rows_restore(w->store.inner, &before);
    expect_status(deny(w), NCT_OK);
    expect_status(change_to(w, UMA.ncid), NCT_OK);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("oa_request"))
            row_force(w->store.inner, &before.at[i]);
    expect_status(approve(w), NCT_E_INTEGRITY);
    rows_free(&before);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_refusal_is_in_both_streams),
        CASE(effective_at_once_in_2013),
        CASE(approved_by_the_agency_since_2022),
        CASE(each_address_is_told_once_officers_and_backup_too),
        CASE(the_backup_is_assigned_by_a_request_the_agency_approves),
        CASE(who_no_longer_may_back_up_does_not),
        CASE(another_administrator_keeps_the_backup),
        CASE(everything_wrong_is_one_refusal),
        CASE(refusals_that_say_why),
        CASE(a_request_of_the_future_does_not_wait),
        CASE(every_address_of_the_last_days_is_told),
        CASE(one_waits_at_a_time_and_lapses),
        CASE(denied_or_overtaken_by_a_new_code),
        CASE(nobody_approves_themselves),
        CASE(works_on_a_terminated_record),
        cmocka_unit_test_setup_teardown(somebody_new_gets_a_pin, world_setup_clinic_with_identity, world_teardown),
        cmocka_unit_test_setup_teardown(everybody_is_told_in_their_language, world_setup_clinic_with_identity,
                                        world_teardown),
        CASE(reviews_of_both_end),
        CASE(a_former_one_does_not_slip_from_the_list),
        CASE(what_the_old_one_granted_is_listed),
        CASE(two_changes_at_once),
        CASE(no_grant_by_the_old_one_outlives_the_change),
        CASE(approval_and_denial_at_once),
        CASE(a_change_at_once_is_whole),
        CASE(a_submission_is_whole),
        CASE(an_approval_is_whole),
        CASE(a_denial_is_whole),
        CASE(a_request_put_back_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
