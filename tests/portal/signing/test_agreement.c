/* The signature agreement: accepted before anything is signed, by person, with what they sign with. */
#include "agreements.h"

#define BY(person) (person).ncid, strlen((person).ncid)
#define VERSION AGREEMENT_VERSION
#define TEXT AGREEMENT_TEXT
#define OTHER_TEXT "I agree to something else."

static int setup(void **state) {
    int status = world_setup_clinic(state);
    agreements_ask(*state, VERSION, TEXT);
    return status;
}

static nct_status accept_it(struct world *w) {
    return agreements_accept(w, NULL, NULL, world_pin_of(w, PETRA.ncid));
}

static nct_status sign(struct world *w, nct_signature **out) {
    nct_signature *made = NULL;
    nct_status status = world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                                   NCT_SUBMISSION_PHARMACY_PA, out != NULL ? out : &made);
    nct_signature_free(made);
    return status;
}

static int32_t is_accepted(struct world *w, const struct cast *who) {
    nct_agreement *agreement = NULL;
    expect_status(nct_agreement_get(w->portal, who->ncid, strlen(who->ncid), &agreement), NCT_OK);
    int32_t accepted = nct_agreement_is_accepted(agreement);
    nct_agreement_free(agreement);
    return accepted;
}

static void without_a_rule_nothing_is_asked(void **state) {
    struct world *w = *state;
    nct_agreement *agreement = NULL;
    nct_signature *made = NULL;
    expect_status(sign(w, &made), NCT_OK);
    assert_string_equal(nct_signature_agreement_version(made), "");
    nct_signature_free(made);
    expect_status(accept_it(w), NCT_E_STATE);
    expect_status(nct_agreement_get(w->portal, BY(PETRA), &agreement), NCT_OK);
    assert_int_equal(nct_agreement_is_accepted(agreement), 1);
    assert_string_equal(nct_agreement_version(agreement), "");
    assert_string_equal(nct_agreement_digest(agreement), "");
    assert_string_equal(nct_agreement_accepted_version(agreement), "");
    assert_string_equal(nct_agreement_accepted_digest(agreement), "");
    assert_true(nct_agreement_accepted_at(agreement) == 0);
    nct_agreement_free(agreement);
}

static void nobody_signs_before_they_accepted_it(void **state) {
    struct world *w = *state;
    nct_agreement *agreement = NULL;
    expect_status(sign(w, NULL), NCT_E_AGREEMENT);
    expect_status(world_last_outcome(w, "person:petra.pharm"), NCT_E_AGREEMENT);
    assert_int_equal(is_accepted(w, &PETRA), 0);
    world_advance(w, 1234);
    expect_status(accept_it(w), NCT_OK);
    assert_string_equal(world_mail_to(w, PETRA.ncid)->template_name, "agreement.accepted");
    assert_non_null(strstr(world_mail_to(w, PETRA.ncid)->subject, VERSION));
    assert_true(world_ledger_mentions(w, "agreement.accepted"));
    expect_status(nct_agreement_get(w->portal, BY(PETRA), &agreement), NCT_OK);
    assert_int_equal(nct_agreement_is_accepted(agreement), 1);
    assert_string_equal(nct_agreement_version(agreement), VERSION);
    assert_string_equal(nct_agreement_accepted_version(agreement), VERSION);
    assert_string_equal(nct_agreement_accepted_digest(agreement), nct_agreement_digest(agreement));
    assert_true(nct_agreement_accepted_at(agreement) == w->now);
    nct_agreement_free(agreement);
    expect_status(sign(w, NULL), NCT_OK);
    assert_int_equal(is_accepted(w, &UMA), 0);
    assert_int_equal(world_verdict(w, "person:petra.pharm", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void the_receipt_names_it(void **state) {
    struct world *w = *state;
    unsigned char keys[512], digest[32];
    char text[4096];
    size_t keys_len = 0, receipt_len = 0;
    nct_signature *made = NULL, *read = NULL;
    expect_status(accept_it(w), NCT_OK);
    expect_status(sign(w, &made), NCT_OK);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    const void *receipt = nct_signature_receipt(made, &receipt_len);
    expect_status(nct_receipt_verify(receipt, receipt_len, keys, keys_len, NULL, 0, &read), NCT_OK);
    agreements_digest(TEXT, digest);
    assert_string_equal(nct_signature_agreement_version(read), VERSION);
    assert_memory_equal(nct_signature_agreement_digest(read), digest, sizeof digest);
    expect_status(nct_signature_render(read, text, sizeof text, NULL), NCT_OK);
    assert_non_null(strstr(text, "Agreement:    " VERSION "; "));
    nct_signature_free(made);
    nct_signature_free(read);
    assert_null(nct_signature_agreement_version(NULL));
    assert_null(nct_signature_agreement_digest(NULL));
}

static void another_version_or_text_asks_again(void **state) {
    struct world *w = *state;
    expect_status(accept_it(w), NCT_OK);
    agreements_ask(w, "2027-01", TEXT);
    expect_status(sign(w, NULL), NCT_E_AGREEMENT);
    assert_int_equal(is_accepted(w, &PETRA), 0);
    expect_status(agreements_accept(w, "agreement.version", "2027-01", world_pin_of(w, PETRA.ncid)), NCT_OK);
    expect_status(sign(w, NULL), NCT_OK);
}

static void what_was_shown_must_be_what_is_asked(void **state) {
    struct world *w = *state;
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(agreements_accept(w, "agreement.version", "2026-04", pin), NCT_E_DOCUMENT);
    expect_status(agreements_accept(w, "agreement.text", OTHER_TEXT, pin), NCT_E_DOCUMENT);
    expect_status(agreements_accept(w, "agreement.version", "", pin), NCT_E_REQUIRED);
    assert_int_equal(is_accepted(w, &PETRA), 0);
    agreements_ask(w, VERSION, OTHER_TEXT);
    expect_status(agreements_accept(w, "agreement.text", OTHER_TEXT, pin), NCT_OK);
    agreements_ask(w, VERSION, TEXT);
    expect_status(sign(w, NULL), NCT_E_AGREEMENT);
    expect_status(accept_it(w), NCT_OK);
    expect_status(sign(w, NULL), NCT_OK);
}

static void accepting_again_changes_nothing(void **state) {
    struct world *w = *state;
    nct_agreement *agreement = NULL;
    expect_status(accept_it(w), NCT_OK);
    int64_t first = w->now;
    size_t mails = w->mailer.count;
    world_advance(w, 1000);
    expect_status(accept_it(w), NCT_OK);
    assert_int_equal(w->mailer.count, mails);
    expect_status(nct_agreement_get(w->portal, BY(PETRA), &agreement), NCT_OK);
    assert_true(nct_agreement_accepted_at(agreement) == first);
    nct_agreement_free(agreement);
}

static void a_wrong_component_accepts_nothing_and_is_counted(void **state) {
    struct world *w = *state;
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(agreements_accept(w, NULL, NULL, world_wrong_pin(pin)), NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 1);
    expect_status(agreements_accept(w, "signer.password", "not the password", pin), NCT_E_DENIED);
    expect_status(agreements_accept(w, "signer.ncid", "nobody.here", pin), NCT_E_DENIED);
    expect_status(agreements_accept(w, "signer.pin", "", pin), NCT_E_REQUIRED);
    assert_int_equal(is_accepted(w, &PETRA), 0);
    assert_true(world_ledger_mentions(w, "agreement.refused"));
}

static void a_policy_names_both_or_none(void **state) {
    struct world *w = *state;
    expect_status(nct_rule_set(w->policy, "agreement.version", VERSION, strlen(VERSION), NULL), NCT_OK);
    expect_status(nct_policy_check(w->policy, NULL), NCT_E_PROFILE);
    expect_status(nct_rule_set(w->policy, "agreement.digest", "zz", 2, NULL), NCT_E_FORMAT);
    expect_status(nct_rule_set(w->policy, "agreement.version", "two\nlines", 9, NULL), NCT_E_CHARACTER);
    expect_status(nct_rule_set(w->policy, "agreement.version", "", 0, NULL), NCT_OK);
    expect_status(nct_policy_check(w->policy, NULL), NCT_OK);
}

static void accept_elsewhere(void *argument) {
    expect_status(accept_it(argument), NCT_OK);
}

static void two_at_once_accept_it_once(void **state) {
    struct world *w = *state;
    w->store.before_commit = accept_elsewhere;
    w->store.argument = w;
    nct_status status = accept_it(w);
    assert_true(status == NCT_OK || status == NCT_E_BUSY);
    assert_int_equal(is_accepted(w, &PETRA), 1);
}

static void accept_now(struct world *w) {
    expect_status(accept_it(w), NCT_OK);
}

static size_t signs_or_is_found(struct world *w, void *argument) {
    (void)argument;
    nct_status status = sign(w, NULL);
    assert_int_not_equal(status, NCT_E_AGREEMENT);
    return status == NCT_E_INTEGRITY;
}

/* Somebody who writes the store makes nobody's acceptance undone unseen. */
static void a_row_put_back_is_found(void **state) {
    struct world *w = *state;
    assert_true(world_put_back_each(w, accept_now, (struct world_judge){signs_or_is_found, NULL}) > 0);
}

enum source { MEMORY, RANDOM, STORE };

/* Whether the fault was reached. */
static int accept_with_fault(struct world *w, enum source source, size_t at, nct_status *status) {
    w->memory.fail_at = source == MEMORY ? w->memory.calls + at : 0;
    w->random_fail_at = source == RANDOM ? w->random_calls + at : 0;
    if (source == STORE)
        world_fault(w, FAULT_ERROR, WORLD_ANY, at, 1);
    *status = accept_it(w);
    int reached = source == MEMORY   ? w->memory.calls >= w->memory.fail_at
                  : source == RANDOM ? w->random_calls >= w->random_fail_at
                                     : w->store.faults > 0;
    w->memory.fail_at = 0;
    w->random_fail_at = 0;
    world_no_fault(w);
    return reached;
}

/* Whatever fails, it is accepted or it is not, and accepting it again finishes the job. */
static void each_fault_leaves_it_whole(void **state) {
    struct world *w = *state;
    struct rows start = rows_take(w->store.inner);
    const int64_t now = w->now;
    for (enum source source = MEMORY; source <= STORE; source++) {
        int reached = 1;
        for (size_t at = 1; reached; at++) {
            nct_status status = NCT_OK;
            size_t live = w->memory.live;
            w->mailer.count = 4;
            reached = accept_with_fault(w, source, at, &status);
            assert_int_equal(w->memory.live, live);
            if (status == NCT_OK)
                assert_int_equal(is_accepted(w, &PETRA), 1);
            if (!reached)
                expect_status(status, NCT_OK);
            world_advance(w, 86400000);
            expect_status(accept_it(w), NCT_OK);
            assert_int_equal(is_accepted(w, &PETRA), 1);
            rows_restore(w->store.inner, &start);
            w->now = now;
        }
    }
    rows_free(&start);
}

static void misuse_is_a_status(void **state) {
    struct world *w = *state;
    nct_agreement *agreement = NULL;
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_USER, &form), NCT_OK);
    expect_status(nct_agreement_accept(form, NULL), NCT_E_ARGUMENT);
    expect_status(nct_agreement_accept(NULL, NULL), NCT_E_ARGUMENT);
    nct_form_free(form);
    expect_status(nct_agreement_get(NULL, BY(PETRA), &agreement), NCT_E_ARGUMENT);
    expect_status(nct_agreement_get(w->portal, BY(PETRA), NULL), NCT_E_ARGUMENT);
    expect_status(nct_agreement_get(w->portal, "nobody.here", 11, &agreement), NCT_E_UNKNOWN_PERSON);
    assert_null(agreement);
    nct_agreement_free(NULL);
    assert_int_equal(nct_agreement_is_accepted(NULL), 0);
    assert_null(nct_agreement_version(NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_rule_nothing_is_asked, world_setup_clinic, world_teardown),
        TEST(nobody_signs_before_they_accepted_it),
        TEST(the_receipt_names_it),
        TEST(another_version_or_text_asks_again),
        TEST(what_was_shown_must_be_what_is_asked),
        TEST(accepting_again_changes_nothing),
        TEST(a_wrong_component_accepts_nothing_and_is_counted),
        cmocka_unit_test_setup_teardown(a_policy_names_both_or_none, world_setup_clinic, world_teardown),
        TEST(two_at_once_accept_it_once),
        TEST(a_row_put_back_is_found),
        TEST(each_fault_leaves_it_whole),
        TEST(misuse_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
