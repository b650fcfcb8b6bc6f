/* How the host says it authenticated a signer: by rule, and in the receipt. */
#include "world.h"

#include <stdio.h>

static nct_form *form_of(struct world *w) {
    nct_form *form = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    world_signing_secrets(form, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    return form;
}

static void set(nct_form *form, const char *path, const char *value) {
    expect_status(nct_form_set(form, path, value, strlen(value)), NCT_OK);
}

static void state_all(struct world *w, nct_form *form, const char *level, int64_t time) {
    char text[32];
    (void)w;
    (void)snprintf(text, sizeof text, "%lld", (long long)time);
    set(form, "authentication.level", level);
    set(form, "authentication.methods", "pwd hwk");
    set(form, "authentication.time", text);
}

static void need(struct world *w, const char *level) {
    expect_status(nct_rule_set(w->policy, "name", "strict", 6, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "submission.pharmacy_pa.level", level, strlen(level), NULL), NCT_OK);
    world_reopen(w);
}

static void what_the_host_states_is_in_the_receipt(void **state) {
    struct world *w = *state;
    char text[2048];
    unsigned char keys[512];
    size_t keys_len = 0, receipt_len = 0;
    nct_signature *made = NULL, *read = NULL;
    nct_form *form = form_of(w);
    state_all(w, form, "aal2", WORLD_START - 1000);
    expect_status(nct_sign(form, NULL, &made), NCT_OK);
    nct_form_free(form);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    const void *receipt = nct_signature_receipt(made, &receipt_len);
    expect_status(nct_receipt_verify(receipt, receipt_len, keys, keys_len, NULL, 0, &read), NCT_OK);
    assert_string_equal(nct_signature_authentication_level(read), "aal2");
    assert_string_equal(nct_signature_authentication_methods(read), "pwd hwk");
    assert_true(nct_signature_authenticated_at(read) == WORLD_START - 1000);
    expect_status(nct_signature_render(read, text, sizeof text, NULL), NCT_OK);
    assert_non_null(strstr(text, "Signed in:    aal2; pwd hwk; 2025-12-31 23:59:59 UTC\n"));
    nct_signature_free(made);
    nct_signature_free(read);
}

static void a_host_may_state_nothing(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL;
    nct_form *form = form_of(w);
    expect_status(nct_sign(form, NULL, &made), NCT_OK);
    nct_form_free(form);
    assert_string_equal(nct_signature_authentication_level(made), "");
    assert_string_equal(nct_signature_authentication_methods(made), "");
    assert_true(nct_signature_authenticated_at(made) == 0);
    nct_signature_free(made);
    assert_null(nct_signature_authentication_level(NULL));
    assert_null(nct_signature_authentication_methods(NULL));
    assert_true(nct_signature_authenticated_at(NULL) == 0);
}

static void a_kind_may_need_a_level(void **state) {
    struct world *w = *state;
    static const struct {
        const char *stated;
        nct_status answer;
    } cases[] = {{NULL, NCT_E_AUTHENTICATION}, {"aal1", NCT_E_AUTHENTICATION}, {"aal2", NCT_OK}, {"aal3", NCT_OK}};
    need(w, "2");
    for (size_t i = 0; i < 4; i++) {
        nct_signature *made = NULL;
        nct_form *form = form_of(w);
        if (cases[i].stated != NULL)
            set(form, "authentication.level", cases[i].stated);
        expect_status(nct_sign(form, NULL, &made), cases[i].answer);
        nct_signature_free(made);
        nct_form_free(form);
    }
}

static void a_wrong_pin_is_refused_before_the_level_is_looked_at(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL;
    need(w, "3");
    nct_form *form = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    world_signing_secrets(form, WORLD_PASSWORD, world_wrong_pin(world_pin_of(w, PETRA.ncid)));
    expect_status(nct_sign(form, NULL, &made), NCT_E_DENIED);
    nct_form_free(form);
}

static void nobody_was_authenticated_in_time_to_come(void **state) {
    struct world *w = *state;
    static const int64_t after[] = {0, 1};
    for (size_t i = 0; i < 2; i++) {
        nct_signature *made = NULL;
        nct_form *form = form_of(w);
        state_all(w, form, "aal2", w->now + after[i]);
        expect_status(nct_sign(form, NULL, &made), i == 0 ? NCT_OK : NCT_E_DATE);
        nct_signature_free(made);
        nct_form_free(form);
    }
}

static void what_is_no_level_or_time_is_a_problem(void **state) {
    struct world *w = *state;
    static const char *const wrong[][2] = {{"authentication.level", "aal4"},
                                           {"authentication.level", "2"},
                                           {"authentication.time", "yesterday"},
                                           {"authentication.time", "-1"},
                                           {"authentication.time", "9999999999999999"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        nct_signature *made = NULL;
        nct_problems *problems = NULL;
        nct_form *form = form_of(w);
        expect_status(nct_form_set(form, wrong[i][0], wrong[i][1], strlen(wrong[i][1])), NCT_OK);
        expect_status(nct_sign(form, &problems, &made), NCT_E_PROBLEMS);
        assert_string_equal(nct_problems_path(problems, 0), wrong[i][0]);
        nct_problems_free(problems);
        nct_form_free(form);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(what_the_host_states_is_in_the_receipt),
        CASE(a_host_may_state_nothing),
        CASE(a_kind_may_need_a_level),
        CASE(a_wrong_pin_is_refused_before_the_level_is_looked_at),
        CASE(nobody_was_authenticated_in_time_to_come),
        CASE(what_is_no_level_or_time_is_a_problem),
    };
    return cmocka_run_group_tests_name("stated authentication", tests, NULL, NULL);
}
