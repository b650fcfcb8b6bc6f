/*
 * Every argument that is missing or malformed is named, whatever was refused before on the same thread: all functions
 * that answer a status, made from doc/api.json.
 */
#include "world.h"

#include <stdio.h>

#include <nctracks.h>

struct spoiled_call {
    const char *function;
    const char *parameter;
    const char *how;
    const char *parameters; /* all of the function, each between spaces */
    nct_status (*call)(struct world *w);
};

/* What the calls write to and read from. */
static max_align_t room[1024];
static nct_form *a_form;
static nct_policy *a_policy;
static const nct_form_field some_fields[] = {{"ncid", "petra.prior"}};

#include "arguments.h"

#define CALLS (sizeof spoiled_calls / sizeof spoiled_calls[0])

static int set_up(void **state) {
    int failed = world_setup_clinic(state);
    struct world *w = *state;
    expect_status(nct_form_new(w->portal, NCT_FORM_USER, &a_form), NCT_OK);
    expect_status(nct_policy_new("2026", &a_policy), NCT_OK);
    return failed;
}

static int tear_down(void **state) {
    nct_form_free(a_form);
    nct_policy_free(a_policy);
    return world_free(*state);
}

static int is_about_an_argument(nct_status status) {
    return status == NCT_E_ARGUMENT || nct_status_category(status) == NCT_CATEGORY_VALUE;
}

/* Whether the refusal names a parameter of the function; what it is about otherwise is printed. */
static int names_a_parameter(const struct spoiled_call *spoiled, nct_status status) {
    char word[80];
    snprintf(word, sizeof word, " %s ", nct_refusal_argument(status));
    if (strstr(spoiled->parameters, word) != NULL)
        return 1;
    print_error("%s, %s %s: %s about \"%s\"\n", spoiled->function, spoiled->parameter, spoiled->how,
                nct_status_name(status), nct_refusal_argument(status));
    return 0;
}

/* Notes an argument no function has. */
static void leave_a_note(void) {
    char out[4];
    expect_status(nct_form_set(a_form, "nobody.knows_this", "x", 1), NCT_E_UNKNOWN_FIELD);
    expect_status(nct_ident_canonical(NCT_IDENT_NPI, NULL, 1, out, sizeof out, NULL), NCT_E_ARGUMENT);
}

static void every_argument_that_is_refused_is_named(void **state) {
    size_t unnamed = 0;
    for (size_t i = 0; i < CALLS; i++) {
        leave_a_note();
        nct_status status = spoiled_calls[i].call(*state);
        if (is_about_an_argument(status))
            unnamed += !names_a_parameter(&spoiled_calls[i], status);
    }
    assert_int_equal(unnamed, 0);
}

static void an_argument_that_must_be_there_is_missed(void **state) {
    size_t taken = 0;
    for (size_t i = 0; i < CALLS; i++) {
        int missing = strcmp(spoiled_calls[i].how, "missing") == 0;
        if (!missing || spoiled_calls[i].call(*state) != NCT_OK)
            continue;
        print_error("%s takes NULL as %s\n", spoiled_calls[i].function, spoiled_calls[i].parameter);
        taken++;
    }
    assert_int_equal(taken, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_argument_that_is_refused_is_named),
        cmocka_unit_test(an_argument_that_must_be_there_is_missed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
