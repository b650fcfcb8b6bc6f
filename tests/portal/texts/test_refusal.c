/* A refusal says what it is about: whom, which right, role, rule or callback; and nothing that must not be told. */
#include "refusals.h"
#include "terms.h"
#include "world.h"

#include <pthread.h>
#include <stdio.h>

/* What a refusal is expected to say. */
struct expected {
    nct_status status;
    const char *argument;
    int32_t about;
    int64_t value;
    const char *word;
};

static void expect_refusal(nct_status status, const struct expected *expected) {
    expect_status(status, expected->status);
    assert_string_equal(nct_refusal_argument(status), expected->argument);
    assert_int_equal(nct_refusal_about(status), expected->about);
    assert_int_equal(nct_refusal_value(status), expected->value);
    assert_string_equal(nct_refusal_word(status), expected->word);
}
#define EXPECT(call, ...) expect_refusal((call), &(const struct expected){__VA_ARGS__})

static void expect_text(const struct world *w, nct_status status, const char *language, const char *text) {
    char out[1024];
    size_t len = 0;
    expect_status(nct_refusal_text_in(w->portal, status, language, out, sizeof out, &len), NCT_OK);
    assert_string_equal(out, text);
    assert_int_equal(len, strlen(text));
}

/* ---- access ---- */

static void whose_access_it_is_about_is_said(void **state) {
    struct world *w = *state;
    EXPECT(world_revoke(w, "nobody.knows", NPI_CLINIC, PETRA.ncid), NCT_E_NOT_PROVISIONED, "by", NCT_ABOUT_NOTHING, 0,
           "");
    EXPECT(world_check(w, "nobody.knows", NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED, "ncid",
           NCT_ABOUT_NOTHING, 0, "");
    EXPECT(world_grant(w, OLIVIA.ncid, NPI_CLINIC, "nobody.knows", NCT_ROLE_USER, 1), NCT_E_UNKNOWN_PERSON, "ncid",
           NCT_ABOUT_NOTHING, 0, "");
}

static void the_right_that_is_missing_is_said(void **state) {
    struct world *w = *state;
    nct_status status = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    EXPECT(status, NCT_E_RIGHT_MISSING, "ncid", NCT_ABOUT_RIGHT, NCT_RIGHT_PA_SUBMIT, "");
    status = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_AUTHORITY_EFT_CHANGE);
    EXPECT(status, NCT_E_NO_AUTHORITY, "ncid", NCT_ABOUT_RIGHT, NCT_AUTHORITY_EFT_CHANGE, "");
}

static void the_first_right_somebody_gives_without_having_it_is_said(void **state) {
    struct world *w = *state;
    const uint64_t rights = UINT64_C(1) << NCT_RIGHT_CLAIM_INQUIRY | UINT64_C(1) << NCT_RIGHT_PA_SUBMIT;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER_ADMINISTRATOR,
                              UINT64_C(1) << NCT_RIGHT_CLAIM_INQUIRY),
                  NCT_OK);
    EXPECT(world_grant(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, rights), NCT_E_EXCEEDS_OWN, "rights",
           NCT_ABOUT_RIGHT, NCT_RIGHT_PA_SUBMIT, "");
}

static void the_role_that_may_not_be_administered_is_said(void **state) {
    struct world *w = *state;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER_ADMINISTRATOR, 0), NCT_OK);
    EXPECT(world_grant(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER_ADMINISTRATOR, 0), NCT_E_NOT_MANAGED, "",
           NCT_ABOUT_ROLE, NCT_ROLE_USER_ADMINISTRATOR, "");
}

static void the_end_of_a_validity_is_said(void **state) {
    struct world *w = *state;
    const struct terms terms = {PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << NCT_RIGHT_PA_SUBMIT, 0, w->now + 5000};
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_OK);
    world_advance(w, 5000);
    EXPECT(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_EXPIRED, "ncid", NCT_ABOUT_TIME,
           terms.until, "");
}

static void a_reason_of_a_preview_says_it_too(void **state) {
    struct world *w = *state;
    nct_preview *preview = NULL;
    const struct terms terms = {FRANK.ncid, NCT_ROLE_USER, 1, 0, 0};
    expect_status(terms_preview(w->portal, "nobody.knows", NPI_CLINIC, &terms, &preview), NCT_OK);
    EXPECT(nct_preview_reason(preview), NCT_E_NOT_PROVISIONED, "by", NCT_ABOUT_NOTHING, 0, "");
    nct_preview_free(preview);
}

/* ---- limits, states, callbacks, rows ---- */

static void a_field_is_named_by_its_whole_path(void **state) {
    struct world *w = *state;
    nct_status status = world_sign_pa(w, FRANK.ncid, WORLD_PASSWORD, world_pin_of(w, FRANK.ncid));
    EXPECT(status, NCT_E_RIGHT_MISSING, "signer.ncid", NCT_ABOUT_RIGHT, NCT_RIGHT_PA_SUBMIT, "");
}

static void the_rule_that_bounds_a_request_is_said(void **state) {
    struct world *w = *state;
    nct_status status = NCT_OK;
    int64_t most = 0;
    expect_status(nct_policy_get(nct_portal_policy(w->portal), NCT_OPTION_REQUESTS_PIN, &most), NCT_OK);
    for (int64_t i = 0; i <= most && status == NCT_OK; i++)
        status = nct_pin_reset_by_administrator(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, PETRA.ncid,
                                                strlen(PETRA.ncid));
    EXPECT(status, NCT_E_TOO_OFTEN, "", NCT_ABOUT_RULE, most, "requests.pin");
}

static void a_callback_that_fails_is_named_with_what_it_answered(void **state) {
    struct world *w = *state;
    world_fault(w, FAULT_POSITIVE, WORLD_GET, 1, 1);
    EXPECT(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_CALLBACK, "", NCT_ABOUT_CALLBACK, 1,
           "store.get");
    world_fault(w, FAULT_HOST, WORLD_COMMIT, 1, 1);
    EXPECT(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), WORLD_HOST_CODE, "", NCT_ABOUT_CALLBACK,
           WORLD_HOST_CODE, "store.commit");
    world_no_fault(w);
}

static void the_space_of_a_row_that_does_not_open_is_said(void **state) {
    struct world *w = *state;
    world_fault(w, FAULT_FLIPPED, WORLD_GET, 1, 1);
    nct_status status = world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    world_no_fault(w);
    expect_status(status, NCT_E_INTEGRITY);
    assert_int_equal(nct_refusal_about(status), NCT_ABOUT_SPACE);
    assert_string_equal(nct_space_name((int32_t)nct_refusal_value(status)), "ncid");
}

/* ---- what must not be told ---- */

static void nothing_is_told_of_what_was_wrong_with_secrets(void **state) {
    (void)state;
    for (size_t r = 0; r < REFUSAL_REASON_COUNT; r++) {
        for (size_t e = 0; e < REFUSAL_ENTRIES; e++) {
            struct refusal_try attempt;
            enum refusal_entry entry = (enum refusal_entry)(1u << e);
            if ((REFUSAL_REASONS[r].where & entry) == 0)
                continue;
            struct world *w = refusal_world(entry, &REFUSAL_REASONS[r], 0, &attempt);
            (void)refusal_run(w, entry, &attempt);
            for (size_t s = 0; s < nct_status_count(); s++) {
                assert_int_equal(nct_refusal_about(nct_status_at(s)), NCT_ABOUT_NOTHING);
                assert_string_equal(nct_refusal_argument(nct_status_at(s)), "");
            }
            assert_int_equal(world_free(w), 0);
        }
    }
}

static void what_was_done_in_the_end_leaves_nothing(void **state) {
    struct world *w = *state;
    nct_status status = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    assert_int_equal(nct_refusal_about(status), NCT_ABOUT_RIGHT);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    assert_int_equal(nct_refusal_about(status), NCT_ABOUT_NOTHING);
}

static void *ask_elsewhere(void *argument) {
    const nct_status *status = argument;
    assert_int_equal(nct_refusal_about(*status), NCT_ABOUT_NOTHING);
    assert_string_equal(nct_refusal_argument(*status), "");
    return NULL;
}

static void a_refusal_is_of_its_thread_and_of_its_status(void **state) {
    struct world *w = *state;
    pthread_t thread;
    nct_status status = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    assert_int_equal(pthread_create(&thread, NULL, ask_elsewhere, &status), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(nct_refusal_about(status), NCT_ABOUT_RIGHT);
    assert_int_equal(nct_refusal_about(NCT_E_NO_AUTHORITY), NCT_ABOUT_NOTHING);
    nct_refusal_forget();
    assert_int_equal(nct_refusal_about(status), NCT_ABOUT_NOTHING);
    assert_string_equal(nct_refusal_argument(NCT_OK), "");
}

/* A mailer that uses the library itself, as one that writes its texts does. */
static void look_around(void *argument) {
    struct world *w = argument;
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, "1003000126", 10, &provider), NCT_E_NOT_FOUND);
}

static void what_a_mailer_does_does_not_change_it(void **state) {
    struct world *w = *state;
    nct_status status = NCT_OK;
    w->mailer.argument = w;
    for (int i = 0; i < 20 && status != NCT_E_TOO_OFTEN; i++) {
        w->mailer.during_send = look_around;
        status = nct_pin_reset_by_administrator(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, PETRA.ncid,
                                                strlen(PETRA.ncid));
    }
    assert_string_equal(nct_refusal_word(NCT_E_TOO_OFTEN), "requests.pin");
}

/* ---- for a person ---- */

static void a_refusal_reads_as_a_sentence_in_both_languages(void **state) {
    struct world *w = *state;
    nct_status status = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    expect_text(w, status, "en",
                "The person has access to this provider, but not this right. Right: Prior Approval submission.");
    expect_text(w, status, "es",
                "La persona tiene acceso a este proveedor, pero no este permiso. Permiso: Presentación "
                "de Aprobación Previa.");
    status = world_revoke(w, "nobody.knows", NPI_CLINIC, PETRA.ncid);
    expect_text(w, status, "en",
                "Who acts: The person has no access to this provider; the Office Administrator can grant it.");
    status = nct_provider_terminate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, "\x01", 1);
    expect_text(w, status, "en", "The reason: It has a character that is not allowed here. See position 1.");
    expect_text(w, NCT_E_TERMINATED, "en", "The provider record is terminated."); /* nobody asked about that */
}

static void a_malformed_identifier_is_told_what_it_must_be(void **state) {
    struct world *w = *state;
    nct_status status = world_check(w, "fr", NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    EXPECT(status, NCT_E_TOO_SHORT, "ncid", NCT_ABOUT_KIND, NCT_IDENT_NCID, "");
    expect_text(w, status, "en",
                "The person: It is too short. It must be 6 to 20 letters, digits, dots, underscores and dashes.");
    expect_text(w, status, "es",
                "La persona: Es demasiado corto. Debe ser de 6 a 20 letras, dígitos, puntos, guiones bajos y guiones.");
    status = nct_ident_check(NCT_IDENT_ZIP, NCT_TEXT("2760"));
    EXPECT(status, status, "text", NCT_ABOUT_KIND, NCT_IDENT_ZIP, "");
}

static void a_text_that_does_not_fit_is_measured(void **state) {
    struct world *w = *state;
    char small[8];
    size_t len = 0;
    nct_status status = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    expect_status(nct_refusal_text_in(w->portal, status, "en", small, sizeof small, &len), NCT_E_BUFFER);
    assert_true(len > sizeof small);
    expect_status(nct_refusal_text_in(w->portal, status, "tlh", small, sizeof small, NULL), NCT_E_NOT_FOUND);
    expect_status(nct_refusal_text_in(NULL, status, "en", NULL, 0, &len), NCT_E_BUFFER);
    assert_int_equal(nct_refusal_about(status), NCT_ABOUT_RIGHT); /* and it can be asked again */
}

static void a_problem_of_a_form_says_which_word_it_is(void **state) {
    struct world *w = *state;
    nct_problems *problems = NULL;
    char message[512];
    nct_form *form = world_user(w, &UMA, "user", "claim.inquiry pa.sumbit");
    expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), "rights");
    assert_non_null(strstr(nct_problems_message(problems, 0), "See position 2."));
    expect_status(nct_problems_message_in(problems, 0, "es", message, sizeof message, NULL), NCT_OK);
    assert_non_null(strstr(message, "Vea la posición 2."));
    nct_problems_free(problems);
    nct_form_free(form);
}

static void a_problem_of_a_choice_names_the_values(void **state) {
    nct_problems *problems = NULL;
    nct_form *form = world_user(*state, &UMA, "users", "claim.inquiry");
    expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
    assert_string_equal(nct_problems_path(problems, 0), "role");
    assert_non_null(strstr(nct_problems_message(problems, 0), " They are: user, user_administrator."));
    nct_problems_free(problems);
    nct_form_free(form);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whose_access_it_is_about_is_said, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(the_right_that_is_missing_is_said, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(the_first_right_somebody_gives_without_having_it_is_said, world_setup_clinic,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(the_role_that_may_not_be_administered_is_said, world_setup_clinic,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(the_end_of_a_validity_is_said, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(a_reason_of_a_preview_says_it_too, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(a_field_is_named_by_its_whole_path, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(the_rule_that_bounds_a_request_is_said, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(a_callback_that_fails_is_named_with_what_it_answered, world_setup_clinic,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(the_space_of_a_row_that_does_not_open_is_said, world_setup_clinic,
                                        world_teardown),
        cmocka_unit_test(nothing_is_told_of_what_was_wrong_with_secrets),
        cmocka_unit_test_setup_teardown(what_was_done_in_the_end_leaves_nothing, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(a_refusal_is_of_its_thread_and_of_its_status, world_setup_clinic,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_a_mailer_does_does_not_change_it, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(a_refusal_reads_as_a_sentence_in_both_languages, world_setup_clinic,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_malformed_identifier_is_told_what_it_must_be, world_setup_clinic,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_text_that_does_not_fit_is_measured, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(a_problem_of_a_choice_names_the_values, world_setup_clinic, world_teardown),
        cmocka_unit_test_setup_teardown(a_problem_of_a_form_says_which_word_it_is, world_setup_clinic, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
