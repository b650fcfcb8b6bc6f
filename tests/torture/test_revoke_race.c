/*
 * Threads revoke and grant a right while others use it. The provider's stream tells of a serial order: from a
 * revocation to the next grant nothing is signed, and from a grant to the next revocation nothing is refused.
 */
#include "account.h"
#include "crowd.h"
#include "host.h"
#include "terms.h"
#include "world.h"

#include <sched.h>

#define SIGNERS 4
#define REVOKERS 2
#define ROUNDS 45 /* with two revokers below NCT_OPTION_REQUESTS_ACCESS at its highest */
#define PA_SUBMIT (UINT64_C(1) << NCT_RIGHT_PA_SUBMIT)

struct race {
    struct host host;
    const char *pin;
    _Atomic size_t revoking; /* threads that still do */
    _Atomic size_t revoked, granted, made, refused, other;
};

static void count(struct race *race, nct_status status, nct_status usual, _Atomic size_t *ok, _Atomic size_t *refused) {
    (void)atomic_fetch_add(status == NCT_OK ? ok : status == usual ? refused : &race->other, 1);
}

/* While the right is granted. The other revoker waits too, or is done. */
static void wait_for_a_signature(struct race *race) {
    size_t before = race->made;
    while (race->made == before && race->other == 0)
        (void)sched_yield();
}

static void revoke_and_grant(struct race *race) {
    nct_portal *portal = race->host.portal;
    _Atomic size_t late = 0;
    for (size_t i = 0; i < ROUNDS; i++) {
        nct_status status =
            nct_access_revoke(portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, PETRA.ncid, strlen(PETRA.ncid));
        count(race, status, NCT_E_NOT_FOUND, &race->revoked, &late);
        status = terms_grant(portal, OLIVIA.ncid, NPI_CLINIC,
                             &(struct terms){.ncid = PETRA.ncid, .role = NCT_ROLE_USER, .rights = PA_SUBMIT});
        count(race, status, NCT_OK, &race->granted, &race->granted);
        if (i % 5 == 0)
            wait_for_a_signature(race);
    }
    (void)atomic_fetch_sub(&race->revoking, 1);
}

static void work(size_t index, void *argument) {
    struct race *race = argument;
    if (index < REVOKERS)
        revoke_and_grant(race);
    while (index >= REVOKERS && race->revoking > 0) {
        nct_status status = host_sign_in_turn(race->host.portal, NPI_CLINIC, PETRA.ncid, WORLD_PASSWORD, race->pin);
        nct_status usual = status == NCT_E_DENIED ? NCT_E_DENIED : NCT_E_NOT_PROVISIONED;
        count(race, status, usual, &race->made, &race->refused);
    }
}

struct order {
    int granted; /* now */
    size_t made, refused, revoked;
    int broken;
};

static void follow(const nct_entry_list *page, size_t index, void *argument) {
    struct order *order = argument;
    const char *event = nct_entry_list_event(page, index);
    if (strcmp(nct_entry_list_subject(page, index), PETRA.ncid) != 0)
        return;
    if (strcmp(event, "access.granted") == 0)
        order->granted = 1;
    if (strcmp(event, "access.revoked") == 0) {
        order->broken += !order->granted;
        order->granted = 0;
        order->revoked++;
    }
    if (strcmp(event, "signature.made") == 0) {
        order->broken += !order->granted;
        order->made++;
    }
    if (strcmp(event, "signature.refused") == 0) {
        order->broken += order->granted;
        order->refused++;
    }
}

static void expect_an_order(struct race *race) {
    struct order order = {.granted = 1};
    each_entry(race->host.portal, "provider:" NPI_CLINIC, follow, &order);
    assert_int_equal(order.broken, 0);
    assert_int_equal(order.made, race->made);
    assert_int_equal(order.revoked, race->revoked);
    assert_int_equal(race->granted, REVOKERS * ROUNDS);
    assert_int_equal(race->other, 0);
    assert_true(order.refused <= race->refused);
    struct account account = account_of(race->host.portal, PETRA.ncid);
    assert_int_equal(account.tried, race->made + race->refused);
    assert_int_equal(account.made, race->made);
    assert_int_equal(account.refused, race->refused);
    assert_int_equal(account.why[REASON_WRONG_PIN], 0);
    assert_int_equal(account.why[REASON_NO_PIN], 0); /* there is one, if suspended */
    expect_whole_ledger(race->host.portal);
}

static void run(struct world *w) {
    struct race race = {.pin = world_pin_of(w, PETRA.ncid), .revoking = REVOKERS};
    struct host *host = &race.host;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_COMMIT_TRIES, 1000000), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_REQUESTS_ACCESS, 100), NCT_OK);
    world_reopen(w); /* the store takes on the policy */
    host->policy = w->policy;
    host->key = w->key;
    host->store = yielding_store();
    host->store_data = w->store.inner;
    host->now = w->now;
    host->password = WORLD_PASSWORD;
    expect_status(host_open(host), NCT_OK);
    assert_int_equal(crowd_run(REVOKERS + SIGNERS, work, &race), 0);
    expect_an_order(&race);
    print_message("           %zu revocations, %zu signed, %zu refused\n", race.revoked, race.made, race.refused);
    assert_true(race.made > 0);
    host_close(host);
}

/* With another provider the PIN stays in force, so refusals are told of in the provider's stream. */
static void a_revoked_right_signs_nothing(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(3), &OSCAR, &PETRA, "pa.submit");
    run(w);
}

static void a_revoked_last_access_signs_nothing(void **state) {
    run(*state);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_revoked_right_signs_nothing),
        CASE(a_revoked_last_access_signs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
