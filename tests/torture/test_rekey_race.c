/*
 * Two threads put every row under the new key while others sign and grant, some of them in a process that was not
 * restarted and writes under the old one. Nothing is lost, nobody is refused, and once the old process is gone a last
 * pass leaves no row behind.
 */
#include "account.h"
#include "crowd.h"
#include "host.h"
#include "world.h"

#include "engine/handle/portal.h"
#include "engine/records/protect.h"
#include "rows.h"
#include "terms.h"

#define REKEYERS 2
#define ROUNDS 1000
#define PA_SUBMIT (UINT64_C(1) << NCT_RIGHT_PA_SUBMIT)

/* What each further thread does. */
enum { NEW_SIGNER = REKEYERS, OLD_SIGNER, NEW_GRANTER, OLD_GRANTER, THREADS };

struct race {
    struct host present; /* current: the new key */
    struct host old;     /* current: the old key */
    const char *petra_pin, *uma_pin;
    _Atomic size_t working; /* threads that do not re-seal */
    _Atomic size_t made, granted, steps, other;
};

static void count(struct race *race, nct_status status, _Atomic size_t *ok) {
    (void)atomic_fetch_add(status == NCT_OK ? ok : &race->other, 1);
}

static void reseal(struct race *race) {
    while (race->working > 0)
        count(race, nct_rekey(race->present.portal, 20, NULL), &race->steps);
}

static void sign(struct race *race, const struct host *host, const char *ncid, const char *pin) {
    count(race, host_sign(host->portal, NPI_CLINIC, ncid, WORLD_PASSWORD, pin), &race->made);
}

static void grant(struct race *race, const struct host *host, const char *ncid, size_t round) {
    nct_status status =
        terms_grant(host->portal, OLIVIA.ncid, NPI_CLINIC,
                    &(struct terms){.ncid = ncid, .role = NCT_ROLE_USER, .rights = round % 2 ? PA_SUBMIT : 1});
    count(race, status, &race->granted);
}

static void work(size_t index, void *argument) {
    struct race *race = argument;
    if (index < REKEYERS) {
        reseal(race);
        return;
    }
    for (size_t i = 0; i < ROUNDS; i++) {
        if (index == NEW_SIGNER)
            sign(race, &race->present, PETRA.ncid, race->petra_pin);
        else if (index == OLD_SIGNER)
            sign(race, &race->old, UMA.ncid, race->uma_pin);
        else if (index == NEW_GRANTER)
            grant(race, &race->present, FRANK.ncid, i);
        else
            grant(race, &race->old, SILAS.ncid, i);
    }
    (void)atomic_fetch_sub(&race->working, 1);
}

static void open_host(struct world *w, struct host *host, const unsigned char *key, const unsigned char *further) {
    host->policy = w->policy;
    host->key = key;
    host->further_key = further;
    host->store = yielding_store();
    host->store_data = w->store.inner;
    host->now = w->now;
    host->password = WORLD_PASSWORD;
    expect_status(host_open(host), NCT_OK);
}

static size_t strays(struct world *w, const struct host *host) {
    const struct nct_keys *current = nct_keyring_current(&host->portal->keyring);
    struct rows rows = rows_take(w->store.inner);
    size_t found = 0;
    for (size_t i = 0; i < rows.count; i++)
        found += memcmp(nct_row_key(rows.at[i].value, rows.at[i].len), current->id, NCT_KEY_ID) != 0;
    rows_free(&rows);
    return found;
}

static void finish(struct race *race) {
    int32_t done = 0;
    for (size_t i = 0; !done; i++) {
        nct_rekey_progress *progress = NULL;
        assert_true(i < 1000);
        expect_status(nct_rekey(race->present.portal, 1000, &progress), NCT_OK);
        done = nct_rekey_progress_done(progress);
        assert_int_equal(nct_rekey_progress_left(progress), 0);
        nct_rekey_progress_free(progress);
    }
}

static void a_rekey_loses_nothing_and_refuses_nobody(void **state) {
    struct world *w = *state;
    unsigned char old_key[NCT_MASTER_KEY_BYTES];
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_OK);
    struct race race = {
        .petra_pin = world_pin_of(w, PETRA.ncid), .uma_pin = world_pin_of(w, UMA.ncid), .working = THREADS - REKEYERS};
    memcpy(old_key, w->key, sizeof old_key);
    memcpy(w->more_keys[0], w->key, sizeof old_key);
    w->more_key_count = 1;
    memset(w->key, 0x5c, sizeof w->key);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_COMMIT_TRIES, 1000000), NCT_OK);
    world_reopen(w);
    expect_status(nct_key_rotate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR)), NCT_OK);
    open_host(w, &race.present, w->key, old_key);
    open_host(w, &race.old, old_key, w->key);
    assert_int_equal(crowd_run(THREADS, work, &race), 0);
    assert_int_equal(race.other, 0);
    assert_int_equal(race.made, 2 * ROUNDS);
    assert_int_equal(race.granted, 2 * ROUNDS);
    host_close(&race.old);
    finish(&race);
    assert_int_equal(strays(w, &race.present), 0);
    host_close(&race.present);
    w->more_key_count = 0;
    world_reopen(w); /* with the new key alone */
    assert_int_equal(account_of(w->portal, PETRA.ncid).made, ROUNDS);
    assert_int_equal(account_of(w->portal, UMA.ncid).made, ROUNDS);
    expect_whole_ledger(w->portal);
    print_message("           %zu steps beside %zu signatures\n", race.steps, race.made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_rekey_loses_nothing_and_refuses_nobody, world_setup_clinic, world_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
