/*
 * The same registration by 8 threads: one wins, the others are told that there is an Office Administrator. The same new
 * person in two places at once: one person, one PIN, one mail (S12).
 */
#include "account.h"
#include "crowd.h"
#include "host.h"
#include "world.h"

#include <stdio.h>

#define THREADS 8
#define ROUNDS 150

struct race {
    struct world *w;
    struct host host;
    char npi[2][16];
    char code[2][NCT_AUTHORIZATION_CODE_LENGTH + 1];
    char ncid[2][THREADS][24]; /* of the Office Administrator each thread names; of the user */
    _Atomic size_t ok, exists, other;
};

static void open_race(struct race *race, struct world *w) {
    struct host *host = &race->host;
    race->w = w;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_COMMIT_TRIES, 1000000), NCT_OK);
    host->policy = w->policy;
    host->key = w->key;
    host->store = yielding_store();
    host->store_data = w->store.inner;
    host->now = w->now;
    host->letters = shared_memory(sizeof *host->letters);
    assert_non_null(host->letters);
    world_reopen(w); /* the store takes on the policy */
    expect_status(host_open(host), NCT_OK);
}

static void close_race(struct race *race) {
    expect_whole_ledger(race->host.portal);
    host_close(&race->host);
    shared_free(race->host.letters, sizeof *race->host.letters);
}

static void enroll(struct race *race, size_t which, unsigned number) {
    strcpy(race->npi[which], world_npi(number));
    world_enroll(race->w, race->npi[which], "organization", race->code[which]);
}

static void count(struct race *race, nct_status status) {
    _Atomic size_t *counter = status == NCT_OK ? &race->ok : status == NCT_E_OA_EXISTS ? &race->exists : &race->other;
    (void)atomic_fetch_add(counter, 1);
}

static nct_status submit(struct race *race, size_t which, const char *ncid) {
    const char *const fields[][2] = {{"provider.npi", race->npi[which]},
                                     {"provider.authorization_code", race->code[which]},
                                     {"office_administrator.ncid", ncid},
                                     {"office_administrator.first_name", "Nora"},
                                     {"office_administrator.last_name", "New"},
                                     {"office_administrator.email", "nora@new.example.org"},
                                     {"office_administrator.phone", "9195550120"},
                                     {"office_administrator.relationship", "owner"},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", WORLD_ACCOUNT},
                                     {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up Practice"}};
    nct_form *form = NULL;
    nct_status status = nct_form_new(race->host.portal, NCT_FORM_REGISTRATION, &form);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_registration_submit(form, NULL);
    nct_form_free(form);
    return status;
}

static nct_status add(struct race *race, const struct cast *by, const char *npi, const char *ncid) {
    const char *const fields[][2] = {{"ncid", ncid},          {"first_name", "Nora"},
                                     {"last_name", "New"},    {"email", "nora@new.example.org"},
                                     {"phone", "9195550120"}, {"rights", "training"}};
    nct_form *user = NULL;
    nct_status status = nct_form_new(race->host.portal, NCT_FORM_USER, &user);
    for (size_t i = 0; i < 6 && status == NCT_OK; i++)
        status = nct_form_set(user, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_user_add(user, by->ncid, strlen(by->ncid), npi, strlen(npi), NULL);
    nct_form_free(user);
    return status;
}

static size_t providers_of(struct race *race, const char *ncid) {
    nct_actor *actor = NULL;
    expect_status(nct_actor_load(race->host.portal, ncid, strlen(ncid), &actor), NCT_OK);
    size_t count_of_providers = nct_actor_provider_count(actor);
    nct_actor_free(actor);
    return count_of_providers;
}

/* One provider, each thread with an Office Administrator of its own. */

static void register_own(size_t index, void *argument) {
    struct race *race = argument;
    count(race, submit(race, 0, race->ncid[0][index]));
}

static size_t known_among(struct race *race) {
    size_t known = 0;
    for (size_t i = 0; i < THREADS; i++) {
        int32_t state = 0;
        nct_status status =
            nct_pin_status(race->host.portal, race->ncid[0][i], strlen(race->ncid[0][i]), &state, NULL, NULL);
        assert_true(status == NCT_OK || status == NCT_E_UNKNOWN_PERSON);
        known += status == NCT_OK;
        assert_int_equal(providers_of(race, race->ncid[0][i]), status == NCT_OK);
        assert_int_equal(letters_with_pin(race->host.letters, race->ncid[0][i]), status == NCT_OK);
    }
    return known;
}

static void one_registration_wins(void **state) {
    struct race race = {0};
    open_race(&race, *state);
    for (unsigned round = 0; round < ROUNDS; round++) {
        enroll(&race, 0, 1000 + round);
        for (size_t i = 0; i < THREADS; i++)
            (void)snprintf(race.ncid[0][i], sizeof race.ncid[0][i], "owner%zu.of%u", i, round);
        race.ok = race.exists = 0;
        assert_int_equal(crowd_run(THREADS, register_own, &race), 0);
        assert_int_equal(race.other, 0);
        assert_int_equal(race.ok, 1);
        assert_int_equal(race.exists, THREADS - 1);
        assert_int_equal(known_among(&race), 1);
    }
    assert_int_equal(race.host.letters->count, ROUNDS);
    close_race(&race);
}

/* Two providers, the same new Office Administrator. */

static void register_either(size_t index, void *argument) {
    struct race *race = argument;
    count(race, submit(race, index % 2, race->ncid[0][0]));
}

static void a_new_administrator_of_two_gets_one_pin(void **state) {
    struct race race = {0};
    open_race(&race, *state);
    for (unsigned round = 0; round < ROUNDS; round++) {
        enroll(&race, 0, 3000 + 2 * round);
        enroll(&race, 1, 3001 + 2 * round);
        (void)snprintf(race.ncid[0][0], sizeof race.ncid[0][0], "owner.of%u", round);
        race.ok = race.exists = 0;
        assert_int_equal(crowd_run(THREADS, register_either, &race), 0);
        assert_int_equal(race.other, 0);
        assert_int_equal(race.ok, 2);
        assert_int_equal(race.exists, THREADS - 2);
        assert_int_equal(providers_of(&race, race.ncid[0][0]), 2);
        assert_int_equal(letters_with_pin(race.host.letters, race.ncid[0][0]), 1);
    }
    assert_int_equal(race.host.letters->count, ROUNDS);
    close_race(&race);
}

/* Two providers, the same new user, by two administrators. */

static void add_at_either(size_t index, void *argument) {
    struct race *race = argument;
    count(race, add(race, index % 2 == 0 ? &OLIVIA : &OSCAR, index % 2 == 0 ? NPI_CLINIC : race->npi[1],
                    race->ncid[1][index / 2]));
}

static void a_new_user_at_two_gets_one_pin(void **state) {
    struct race race = {0};
    open_race(&race, *state);
    strcpy(race.npi[1], world_npi(3));
    world_register(race.w, race.npi[1], &OSCAR, NULL, NULL);
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < THREADS / 2; i++)
            (void)snprintf(race.ncid[1][i], sizeof race.ncid[1][i], "nora%u.number%zu", round, i);
        race.ok = 0;
        assert_int_equal(crowd_run(THREADS, add_at_either, &race), 0);
        assert_int_equal(race.other, 0);
        assert_int_equal(race.ok, THREADS);
        for (size_t i = 0; i < THREADS / 2; i++) {
            assert_int_equal(providers_of(&race, race.ncid[1][i]), 2);
            assert_int_equal(letters_with_pin(race.host.letters, race.ncid[1][i]), 1);
        }
    }
    /* A PIN for each person, and word of the access given second, to somebody known by then. */
    assert_int_equal(race.host.letters->count, 2 * ROUNDS * THREADS / 2);
    close_race(&race);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(one_registration_wins),
        CASE(a_new_administrator_of_two_gets_one_pin),
        CASE(a_new_user_at_two_gets_one_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
