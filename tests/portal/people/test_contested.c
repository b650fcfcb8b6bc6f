/* A thief who was there first: adds the NCID of an Office Administrator to be, with an address of their own. */
#include "world.h"

#include <stdio.h>

#define THIEF "olivia@thief.example.org"
#define ELSEWHERE world_npi(1)

static size_t mails_of(struct world *w, const char *template_name, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += (template_name == NULL || strcmp(w->mailer.mails[i].template_name, template_name) == 0) &&
                 strcmp(w->mailer.mails[i].address, address) == 0;
    return count;
}

static size_t pins_to(struct world *w, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += w->mailer.mails[i].pin[0] != '\0' && strcmp(w->mailer.mails[i].address, address) == 0;
    return count;
}

static nct_status code_at(const nct_problems *notes, const char *path) {
    for (size_t i = 0; i < nct_problems_count(notes); i++)
        if (strcmp(nct_problems_path(notes, i), path) == 0)
            return nct_problems_code(notes, i);
    return NCT_OK;
}

/* Oscar adds Olivia's NCID at his own provider; then she registers the clinic. */
static void squat(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_problems *notes = NULL;
    world_use_profile(w, "2022");
    world_register(w, ELSEWHERE, &OSCAR, NULL, NULL);
    struct cast squatter = OLIVIA;
    squatter.email = THIEF;
    expect_status(world_add_user(w, OSCAR.ncid, ELSEWHERE, &squatter, "user", "pa.submit"), NCT_OK);
    world_set_password(w, OLIVIA.ncid, WORLD_PASSWORD);
    world_enroll(w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set_user(form, 0, &OSCAR, "user", "pa.submit");
    w->mailer.count = 0;
    expect_status(nct_registration_submit(form, &notes), NCT_OK);
    /* she is told what was not taken */
    expect_status(code_at(notes, "office_administrator.email"), NCT_E_CONTESTED);
    expect_status(code_at(notes, "office_administrator.first_name"), NCT_E_ON_FILE);
    expect_status(code_at(notes, "users[0].email"), NCT_E_ON_FILE);
    assert_int_equal(nct_problems_count(notes), 8);
    nct_problems_free(notes);
    nct_form_free(form);
}

static nct_status eft(struct world *w) {
    nct_form *form = NULL;
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},           {"requester.ncid", OLIVIA.ncid},
                                     {"requester.password", WORLD_PASSWORD}, {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", "999000111222"}, {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_EFT_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < 7; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    nct_status status = nct_eft_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

static nct_status settle(struct world *w, const char *password, const char *email) {
    return nct_contact_settle_contested(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), password, strlen(password), email,
                                        strlen(email));
}

static nct_status reset_own(struct world *w) {
    return nct_pin_reset(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD));
}

static nct_status reset_by_operator(struct world *w) {
    return nct_pin_reset_by_operator(w->portal, "casey", 5, OLIVIA.ncid, strlen(OLIVIA.ncid), "called", 6);
}

static void a_squatted_ncid_gets_nothing_secret_or_financial(void **state) {
    struct world *w = *state;
    squat(w);
    assert_int_equal(mails_of(w, "contact.contested", THIEF), 1);
    assert_int_equal(mails_of(w, "contact.contested", OLIVIA.email), 1);
    assert_true(world_ledger_mentions(w, "email"));
    w->mailer.count = 0;
    expect_status(reset_own(w), NCT_E_CONTESTED);
    expect_status(world_last_outcome(w, "person:olivia.owner"), NCT_E_CONTESTED);
    expect_status(reset_by_operator(w), NCT_E_CONTESTED);
    expect_status(eft(w), NCT_E_CONTESTED);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_CONTESTED);
    expect_status(world_change_contact(w, OLIVIA.ncid, NULL, OLIVIA.ncid, "email", "x@far.example.org"),
                  NCT_E_CONTESTED);
    world_advance(w, INT64_C(400) * 86400000); /* nor by waiting */
    expect_status(eft(w), NCT_E_CONTESTED);
    assert_int_equal(w->mailer.count, 0);
}

static nct_contact_request *pending(struct world *w) {
    nct_contact_request *request = NULL;
    nct_status status = nct_contact_pending(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), &request);
    return status == NCT_OK ? request : NULL;
}

static void the_person_settles_it_with_their_password(void **state) {
    struct world *w = *state;
    squat(w);
    nct_contact_request *request = pending(w);
    assert_int_equal(nct_contact_request_contested(request), 1);
    assert_string_equal(nct_contact_request_email(request), OLIVIA.email);
    assert_string_equal(nct_contact_request_by(request), OLIVIA.ncid);
    assert_int_equal(nct_contact_request_lapses_at(request), 0);
    nct_contact_request_free(request);
    expect_status(settle(w, "wrong password", OLIVIA.email), NCT_E_DENIED);
    expect_status(settle(w, WORLD_PASSWORD, "third@far.example.org"), NCT_E_NOT_FOUND);
    expect_status(settle(w, WORLD_PASSWORD, OLIVIA.email), NCT_OK);
    expect_status(settle(w, WORLD_PASSWORD, OLIVIA.email), NCT_E_NOT_FOUND);
    assert_null(pending(w));
    /* the PIN that went to the thief is no longer one */
    assert_int_equal(world_pin_state(w, OLIVIA.ncid), NCT_PIN_LOST);
    w->mailer.count = 0;
    expect_status(reset_own(w), NCT_OK);
    assert_int_equal(pins_to(w, OLIVIA.email), 1);
    assert_int_equal(pins_to(w, THIEF), 0);
    expect_status(eft(w), NCT_OK);
    assert_int_equal(mails_of(w, "eft_change.requested", OLIVIA.email), 1);
    assert_int_equal(world_verdict(w, "person:olivia.owner", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void the_one_on_file_may_be_right(void **state) {
    struct world *w = *state;
    squat(w);
    expect_status(settle(w, WORLD_PASSWORD, THIEF), NCT_OK);
    assert_int_equal(mails_of(w, "contact.withdrawn", THIEF), 1);
    assert_int_equal(world_pin_state(w, OLIVIA.ncid), NCT_PIN_ACTIVE);
    expect_status(reset_own(w), NCT_OK);
    assert_int_equal(pins_to(w, THIEF), 1);
}

static void the_agency_settles_it(void **state) {
    struct world *w = *state;
    nct_contact_request_list *page = NULL;
    squat(w);
    expect_status(world_change_contact(w, OSCAR.ncid, NULL, OSCAR.ncid, "email", "oscar@new.example.org"), NCT_OK);
    expect_status(nct_contact_request_list_page(w->portal, NULL, 0, 1, &page), NCT_OK);
    char after[64];
    int contested = nct_contact_request_contested(nct_contact_request_list_at(page, 0));
    strcpy(after, nct_contact_request_list_cursor(page));
    assert_int_equal(nct_contact_request_list_more(page), 1);
    nct_contact_request_list_free(page);
    expect_status(nct_contact_request_list_page(w->portal, after, strlen(after), 10, &page), NCT_OK);
    assert_int_equal(nct_contact_request_list_count(page), 1);
    const nct_contact_request *other = nct_contact_request_list_at(page, 0);
    assert_int_equal(contested + nct_contact_request_contested(other), 1);
    assert_string_equal(nct_contact_request_ncid(other), contested ? OSCAR.ncid : OLIVIA.ncid);
    assert_null(nct_contact_request_list_at(page, 1));
    nct_contact_request_list_free(page);
    expect_status(nct_contact_request_list_page(w->portal, "x", 1, 10, &page), NCT_E_FORMAT);
    struct rows start = rows_take(w->store.inner);
    expect_status(nct_contact_confirm_by_operator(w->portal, "casey", 5, OLIVIA.ncid, strlen(OLIVIA.ncid), OLIVIA.email,
                                                  strlen(OLIVIA.email), "seen in person", 14),
                  NCT_OK);
    assert_int_equal(world_pin_state(w, OLIVIA.ncid), NCT_PIN_LOST);
    expect_status(reset_by_operator(w), NCT_OK);
    assert_int_equal(pins_to(w, OLIVIA.email), 1);
    rows_restore(w->store.inner, &start);
    expect_status(nct_contact_withdraw(w->portal, "casey", 5, OLIVIA.ncid, strlen(OLIVIA.ncid), "a typing error", 14),
                  NCT_OK);
    assert_int_equal(world_pin_state(w, OLIVIA.ncid), NCT_PIN_ACTIVE);
    expect_status(eft(w), NCT_OK);
    rows_restore(w->store.inner, &start);
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_form_set(form, "email", "third@far.example.org", 21), NCT_OK);
    expect_status(nct_contact_change_by_operator(form, "casey", 5, OLIVIA.ncid, strlen(OLIVIA.ncid), "seen", 4, NULL),
                  NCT_OK);
    nct_form_free(form);
    expect_status(eft(w), NCT_OK);
    assert_int_equal(mails_of(w, "eft_change.requested", "third@far.example.org"), 1);
    rows_free(&start);
}

/* The row that waits taken away, or one of before put back, is found: nothing is sent. */
static void a_contest_taken_away_is_found(void **state) {
    struct world *w = *state;
    squat(w);
    struct rows with = rows_take(w->store.inner);
    for (size_t i = 0; i < with.count; i++)
        if (with.at[i].space == space_of("contact")) {
            struct row gone = with.at[i];
            gone.revision = 0;
            row_force(w->store.inner, &gone);
        }
    expect_status(settle(w, WORLD_PASSWORD, OLIVIA.email), NCT_E_INTEGRITY);
    expect_status(eft(w), NCT_E_CONTESTED);
    expect_status(reset_own(w), NCT_E_CONTESTED);
    rows_free(&with);
}

/* The same at an address that is the one on file: nothing is contested. A user's address is not either, but noted. */
static void who_types_what_is_on_file_contests_nothing(void **state) {
    struct world *w = *state;
    nct_problems *notes = NULL;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_register(w, ELSEWHERE, &OLIVIA, &PETRA, "pa.submit");
    world_enroll(w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    struct cast other = PETRA;
    other.email = "petra@thief.example.org";
    world_set_user(form, 0, &other, "user", "pa.submit");
    w->mailer.count = 0;
    expect_status(nct_registration_submit(form, &notes), NCT_OK);
    expect_status(code_at(notes, "office_administrator.email"), NCT_E_ON_FILE);
    expect_status(code_at(notes, "users[0].email"), NCT_E_ON_FILE);
    nct_problems_free(notes);
    nct_form_free(form);
    assert_int_equal(mails_of(w, NULL, "petra@thief.example.org"), 0);
    world_set_password(w, OLIVIA.ncid, WORLD_PASSWORD);
    expect_status(reset_own(w), NCT_OK);
}

/* Whoever adds somebody learns that their entries were not taken, and not whether they were right. */
static void an_administrator_is_told_what_was_not_taken(void **state) {
    struct world *w = *state;
    world_register(w, ELSEWHERE, &OSCAR, &PETRA, "pa.submit");
    world_register(w, NPI_CLINIC, &OLIVIA, NULL, NULL);
    const char *const addresses[] = {PETRA.email, "guess@far.example.org"};
    for (size_t i = 0; i < 2; i++) {
        struct rows start = rows_take(w->store.inner);
        nct_problems *notes = NULL;
        struct cast guess = PETRA;
        guess.email = addresses[i];
        nct_form *user = world_user(w, &guess, "user", "pa.submit");
        expect_status(nct_user_add(user, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, &notes), NCT_OK);
        nct_form_free(user);
        assert_int_equal(nct_problems_count(notes), 4);
        expect_status(code_at(notes, "email"), NCT_E_ON_FILE);
        nct_problems_free(notes);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_empty, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_squatted_ncid_gets_nothing_secret_or_financial),
        CASE(the_person_settles_it_with_their_password),
        CASE(the_one_on_file_may_be_right),
        CASE(the_agency_settles_it),
        CASE(a_contest_taken_away_is_found),
        CASE(who_types_what_is_on_file_contests_nothing),
        CASE(an_administrator_is_told_what_was_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
