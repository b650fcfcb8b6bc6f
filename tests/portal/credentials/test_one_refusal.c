/* Every refusal of a signature looks the same from outside: status, and the sequence of callbacks. */
#include "world.h"

#include <stdio.h>

#define HOUR INT64_C(3600000)

/* One world a case: brings Petra into a state and makes the try. */
struct attempt {
    const char *name;
    const char *ncid;
    const char *password;
    int wrong_pin;
    void (*prepare)(struct world *w);
};

static void nothing(struct world *w) {
    (void)w;
}

static void suspend(struct world *w) {
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
}

static void lose(struct world *w) {
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
}

static void wrong_tries(struct world *w, int count, int64_t apart) {
    for (int i = 0; i < count; i++, world_advance(w, apart))
        expect_status(world_sign_pa(w, PETRA.ncid, w->identity.password, world_wrong_pin(world_pin_of(w, PETRA.ncid))),
                      NCT_E_DENIED);
}

static void disable(struct world *w) {
    wrong_tries(w, 10, 2 * HOUR);
}

static void make_wait(struct world *w) {
    wrong_tries(w, 3, 0);
}

static void lock_password(struct world *w) {
    for (int i = 0; i < 12; i++, world_advance(w, 2 * HOUR))
        expect_status(world_sign_pa(w, PETRA.ncid, "wrong", world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
}

static const struct attempt ATTEMPTS[] = {
    {"wrong PIN", "petra.pharm", WORLD_PASSWORD, 1, nothing},
    {"wrong password", "petra.pharm", "wrong", 0, nothing},
    {"both wrong", "petra.pharm", "wrong", 1, nothing},
    {"unknown NCID", "silas.stranger", WORLD_PASSWORD, 0, nothing},
    {"unknown NCID, all wrong", "silas.stranger", "wrong", 1, nothing},
    {"suspended PIN", "petra.pharm", WORLD_PASSWORD, 0, suspend},
    {"lost PIN", "petra.pharm", WORLD_PASSWORD, 0, lose},
    {"disabled PIN", "petra.pharm", WORLD_PASSWORD, 0, disable},
    {"PIN that must wait", "petra.pharm", WORLD_PASSWORD, 0, make_wait},
    {"password locked", "petra.pharm", WORLD_PASSWORD, 0, lock_password},
};
#define ATTEMPT_COUNT (sizeof ATTEMPTS / sizeof ATTEMPTS[0])

typedef int setup_function(void **state);

static nct_status try_to_sign(struct world *w, const struct attempt *attempt) {
    const char *pin = world_pin_of(w, PETRA.ncid);
    return world_sign_pa(w, attempt->ncid, attempt->password, attempt->wrong_pin ? world_wrong_pin(pin) : pin);
}

static nct_status try_to_reset(struct world *w, const struct attempt *attempt) {
    return nct_pin_reset(w->portal, attempt->ncid, strlen(attempt->ncid), attempt->password, strlen(attempt->password));
}

/* Makes each try in a world of its own and compares what was called with the first one's. */
static void compare_attempts(setup_function *setup, nct_status (*try_it)(struct world *, const struct attempt *),
                             const size_t *chosen, size_t count) {
    char first[sizeof(((struct world_trace *)0)->text)] = "";
    int different = 0;
    for (size_t i = 0; i < count; i++) {
        const struct attempt *attempt = &ATTEMPTS[chosen[i]];
        void *state = NULL;
        assert_int_equal(setup(&state), 0);
        struct world *w = state;
        attempt->prepare(w);
        world_trace_start(w);
        nct_status status = try_it(w, attempt);
        const char *trace = world_trace_stop(w);
        if (i == 0)
            strcpy(first, trace);
        if (status != NCT_E_DENIED || strcmp(trace, first) != 0) {
            print_error("%s: %s\n  calls %s\n  first %s\n", attempt->name, nct_status_name(status), trace, first);
            different++;
        }
        assert_int_equal(world_free(w), 0);
    }
    assert_int_equal(different, 0);
}

static void s10_refused_signatures_look_alike(void **state) {
    (void)state;
    size_t all[ATTEMPT_COUNT];
    for (size_t i = 0; i < ATTEMPT_COUNT; i++)
        all[i] = i;
    compare_attempts(world_setup_clinic, try_to_sign, all, ATTEMPT_COUNT);
}

static void s10_refused_signatures_look_alike_with_an_identity_service(void **state) {
    (void)state;
    size_t all[ATTEMPT_COUNT - 1];
    for (size_t i = 0; i < ATTEMPT_COUNT - 1; i++)
        all[i] = i;
    compare_attempts(world_setup_clinic_with_identity, try_to_sign, all, ATTEMPT_COUNT - 1);
}

static void s13_refused_resets_look_alike(void **state) {
    (void)state;
    static const size_t chosen[] = {1, 3, 4, 5, 9};
    compare_attempts(world_setup_clinic, try_to_reset, chosen, 5);
}

static void s13_refused_resets_look_alike_with_an_identity_service(void **state) {
    (void)state;
    static const size_t chosen[] = {1, 3, 4, 5};
    compare_attempts(world_setup_clinic_with_identity, try_to_reset, chosen, 4);
}

/* A person known without a PIN or a password: the registrant, where the library knows them at all. */
static void s10_a_person_without_pin_or_password_is_refused(void **state) {
    struct world *w = *state;
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
    expect_status(world_sign_pa(w, SILAS.ncid, WORLD_PASSWORD, world_pin_of(w, SILAS.ncid)), NCT_E_DENIED);
    nct_signing *signing = world_signing(w, SILAS.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    nct_signature *signature = NULL;
    expect_status(nct_sign(signing, NULL, &signature), NCT_E_PROBLEMS);
    nct_signing_free(signing);
    assert_null(signature);
}

/* Tries with invented names fill a fixed number of streams, and leave no names in the store. */
static void s10_invented_names_do_not_fill_the_store(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 400; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "nobody%05d", i);
        expect_status(world_sign_pa(w, name, "guess", "123456"), NCT_E_DENIED);
    }
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
        cmocka_unit_test(s10_refused_signatures_look_alike),
        cmocka_unit_test(s10_refused_signatures_look_alike_with_an_identity_service),
        cmocka_unit_test(s13_refused_resets_look_alike),
        cmocka_unit_test(s13_refused_resets_look_alike_with_an_identity_service),
        CASE(s10_a_person_without_pin_or_password_is_refused),
        CASE(s10_invented_names_do_not_fill_the_store),
        IDENTITY_CASE(the_identity_service_is_asked_for_unknown_names_too),
        IDENTITY_CASE(a_failing_identity_service_passes_through),
        IDENTITY_CASE(a_failing_identity_service_does_not_count_against_a_person),
        IDENTITY_CASE(the_library_keeps_no_password_beside_an_identity_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
