/* Every refusal where a secret is entered looks the same from outside: status, and the sequence of callbacks. */
#include "refusals.h"

#include <stdio.h>

#define HOUR INT64_C(3600000)

/* Makes each try in a world of its own and compares what was called with the first one's; answers how many differ. */
static int compare(enum refusal_entry entry, int identity) {
    char first[sizeof(((struct world_trace *)0)->text)] = "";
    int different = 0;
    for (size_t i = 0; i < REFUSAL_REASON_COUNT; i++) {
        const struct refusal_reason *reason = &REFUSAL_REASONS[i];
        if ((identity && (entry & REFUSAL_KEPT) != 0) || (reason->where & entry) == 0 ||
            (identity && (reason->where & REFUSAL_OWN) != 0))
            continue;
        struct refusal_try attempt;
        struct world *w = refusal_world(entry, reason, identity, &attempt);
        world_trace_start(w);
        nct_status status = refusal_run(w, entry, &attempt);
        const char *trace = world_trace_stop(w);
        if (first[0] == '\0')
            strcpy(first, trace);
        if (status != NCT_E_DENIED || strcmp(trace, first) != 0) {
            print_error("%s, %s: %s\n  calls %s\n  first %s\n", refusal_entry_name(entry), reason->name,
                        nct_status_name(status), trace, first);
            different++;
        }
        assert_int_equal(world_free(w), 0);
    }
    return different;
}

static void every_refusal_makes_the_same_calls(void **state) {
    int different = 0;
    (void)state;
    for (int i = 0; i < REFUSAL_ENTRIES; i++)
        different += compare((enum refusal_entry)(1 << i), 0);
    assert_int_equal(different, 0);
}

static void every_refusal_makes_the_same_calls_with_an_identity_service(void **state) {
    int different = 0;
    (void)state;
    for (int i = 0; i < REFUSAL_ENTRIES; i++)
        different += compare((enum refusal_entry)(1 << i), 1);
    assert_int_equal(different, 0);
}

/* A person known without a PIN or a password: the registrant, where the library knows them at all. */
static void s10_a_person_without_pin_or_password_is_refused(void **state) {
    struct world *w = *state;
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
    expect_status(world_sign_pa(w, SILAS.ncid, WORLD_PASSWORD, world_pin_of(w, SILAS.ncid)), NCT_E_DENIED);
    nct_form *signing = world_signing(w, SILAS.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    nct_signature *signature = NULL;
    expect_status(nct_sign(signing, NULL, &signature), NCT_E_PROBLEMS);
    nct_form_free(signing);
    assert_null(signature);
}

static size_t rows_of(struct world *w, const char *space) {
    struct rows rows = rows_take(w->store.inner);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        count += space == NULL || rows.at[i].space == space_of(space);
    rows_free(&rows);
    return count;
}

/* Tries with invented names share a fixed number of stand-ins and leave no names in the store; each adds two entries to
 * the ledger, as a try with a known name does, and nothing else. */
static void s10_invented_names_add_entries_alone(void **state) {
    struct world *w = *state;
    size_t before = rows_of(w, NULL), entries = rows_of(w, "entry");
    for (int i = 0; i < 400; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "nobody%05d", i);
        expect_status(world_sign_pa(w, name, "guess", "123456"), NCT_E_DENIED);
    }
    assert_int_equal(rows_of(w, "entry") - entries, 2 * 400);
    assert_true(rows_of(w, NULL) - before - 2 * 400 <= 2 * 256);
    entries = rows_of(w, "entry");
    for (int i = 0; i < 20; i++)
        expect_status(world_sign_pa(w, PETRA.ncid, "guess", "123456"), NCT_E_DENIED);
    assert_int_equal(rows_of(w, "entry") - entries, 2 * 20);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    nct_stream_list *page = NULL;
    expect_status(nct_ledger_streams(w->portal, NULL, 0, 1000, &page), NCT_OK);
    size_t unknown = 0;
    for (size_t i = 0; i < nct_stream_list_count(page); i++) {
        const char *name = nct_stream_list_name(page, i);
        assert_null(strstr(name, "nobody"));
        unknown += strncmp(name, "unknown:", 8) == 0;
    }
    assert_true(unknown > 0 && unknown <= 256);
    nct_stream_list_free(page);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
}

static void the_identity_service_is_asked_for_unknown_names_too(void **state) {
    struct world *w = *state;
    size_t before = w->identity.calls;
    expect_status(world_sign_pa(w, "Silas.STRANGER", WORLD_PASSWORD, "123456"), NCT_E_DENIED);
    assert_int_equal(w->identity.calls, before + 1);
    assert_string_equal(w->identity.last_ncid, "silas.stranger");
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    assert_int_equal(w->identity.calls, before + 2);
}

static void a_failing_identity_service_passes_through(void **state) {
    struct world *w = *state;
    static const nct_status answers[][2] = {
        {WORLD_HOST_CODE, WORLD_HOST_CODE}, {NCT_E_HOST, NCT_E_HOST}, {NCT_E_IDENTITY, NCT_E_IDENTITY},
        {NCT_E_STORE, NCT_E_IDENTITY},      {1, NCT_E_IDENTITY},      {NCT_E_NOT_FOUND, NCT_E_IDENTITY}};
    const char *pin = world_pin_of(w, PETRA.ncid);
    for (size_t i = 0; i < 6; i++, world_advance(w, HOUR)) {
        w->identity.answer = answers[i][0];
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), answers[i][1]);
        expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, 21), answers[i][1]);
    }
    w->identity.answer = NCT_OK;
    assert_string_equal(world_pin_of(w, PETRA.ncid), pin);
    world_advance(w, HOUR);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
}

/* "Consecutive wrong tries" (pin.h): one whose password nobody could check was not found wrong. */
static void a_failing_identity_service_does_not_count_against_a_person(void **state) {
    struct world *w = *state;
    w->identity.answer = WORLD_HOST_CODE;
    for (int i = 0; i < 15; i++, world_advance(w, 2 * HOUR))
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), WORLD_HOST_CODE);
    w->identity.answer = NCT_OK;
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
}

static void the_library_keeps_no_password_beside_an_identity_service(void **state) {
    struct world *w = *state;
    expect_status(nct_password_set(w->portal, "x", 1, PETRA.ncid, strlen(PETRA.ncid), "abc", 3), NCT_E_STATE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)
#define IDENTITY_CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic_with_identity, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_makes_the_same_calls),
        cmocka_unit_test(every_refusal_makes_the_same_calls_with_an_identity_service),
        CASE(s10_a_person_without_pin_or_password_is_refused),
        CASE(s10_invented_names_add_entries_alone),
        IDENTITY_CASE(the_identity_service_is_asked_for_unknown_names_too),
        IDENTITY_CASE(a_failing_identity_service_passes_through),
        IDENTITY_CASE(a_failing_identity_service_does_not_count_against_a_person),
        IDENTITY_CASE(the_library_keeps_no_password_beside_an_identity_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
