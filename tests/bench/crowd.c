#include "crowd.h"

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const rights[CROWD_RIGHTS] = {
    "eligibility.inquiry", "claim.submit",   "claim.inquiry", "pa.submit",       "pa.inquiry", "fl2.submit",
    "remittance.inquiry",  "message.center", "provider.view", "provider.update", "training",   "referral"};

size_t crowd_providers(const struct crowd *crowd) {
    return CROWD_GRANTS_EACH * crowd->users / crowd->each;
}

void crowd_ncid(size_t user, char ncid[CROWD_NCID_ROOM]) {
    snprintf(ncid, CROWD_NCID_ROOM, "user.%06zu", user);
}

/* Each third of the providers has all users in another order. The strides share no factor with a power of ten. */
static size_t place_of(const struct crowd *crowd, size_t user, size_t which) {
    static const size_t strides[CROWD_GRANTS_EACH] = {7919, 3571, 8887};
    return (user * strides[which] + 17 * which) % crowd->users;
}

size_t crowd_provider(const struct crowd *crowd, size_t user, size_t which) {
    return (which * crowd->users + place_of(crowd, user, which)) / crowd->each;
}

/* Never none and never all, so that every grant can be asked for both. */
uint64_t crowd_rights(size_t user, size_t which) {
    uint64_t state = user * CROWD_GRANTS_EACH + which;
    uint64_t all = (1U << CROWD_RIGHTS) - 1;
    return 1 + bench_random(&state) % (all - 1);
}

size_t crowd_foreign_provider(const struct crowd *crowd, size_t user, uint64_t *random) {
    for (;;) {
        size_t provider = bench_random(random) % crowd_providers(crowd);
        int own = 0;
        for (size_t which = 0; which < CROWD_GRANTS_EACH; which++)
            own |= provider == crowd_provider(crowd, user, which);
        if (!own)
            return provider;
    }
}

static void name_rights(uint64_t mask, char text[256]) {
    size_t len = 0;
    text[0] = '\0';
    for (size_t i = 0; i < CROWD_RIGHTS; i++)
        if ((mask >> i & 1) != 0)
            len += (size_t)snprintf(text + len, 256 - len, "%s%s", len > 0 ? " " : "", rights[i]);
}

static void load_provider(struct fixture *fixture, const struct crowd *crowd, size_t provider, const size_t *users) {
    size_t which = provider * crowd->each / crowd->users;
    char npi[11], ncid[CROWD_NCID_ROOM], text[256];
    fixture_npi(provider, npi);
    nct_form *form = fixture_registration(fixture, npi, FIXTURE_OA);
    for (size_t i = 0; i < crowd->each; i++) {
        crowd_ncid(users[i], ncid);
        name_rights(crowd_rights(users[i], which), text);
        fixture_add_user(form, i, ncid, text);
    }
    fixture_register(form);
}

uint64_t crowd_load(const struct crowd *crowd, struct fixture *fixture) {
    size_t *order = calloc(crowd->users, sizeof *order);
    if (order == NULL)
        abort();
    uint64_t begin = bench_now_ns();
    for (size_t which = 0; which < CROWD_GRANTS_EACH; which++) {
        for (size_t user = 0; user < crowd->users; user++)
            order[place_of(crowd, user, which)] = user;
        for (size_t i = 0; i < crowd->users; i += crowd->each)
            load_provider(fixture, crowd, (which * crowd->users + i) / crowd->each, order + i);
    }
    uint64_t took = bench_now_ns() - begin;
    free(order);
    return took;
}

static int32_t pick_right(uint64_t mask, int held, uint64_t *random) {
    for (;;) {
        int32_t right = (int32_t)(bench_random(random) % CROWD_RIGHTS);
        if ((int)(mask >> right & 1) == held)
            return right;
    }
}

static void make_query(const struct crowd *crowd, size_t users, uint64_t *random, struct crowd_query *query) {
    unsigned kind = bench_random(random) % 4;
    size_t which = bench_random(random) % CROWD_GRANTS_EACH;
    query->user = bench_random(random) % users;
    size_t provider = crowd_provider(crowd, query->user, which);
    query->expected = kind < 2 ? NCT_OK : NCT_E_RIGHT_MISSING;
    query->right = pick_right(crowd_rights(query->user, which), kind < 2, random);
    if (kind == 3) {
        query->expected = NCT_E_NOT_PROVISIONED;
        provider = crowd_foreign_provider(crowd, query->user, random);
    }
    crowd_ncid(query->user, query->ncid);
    fixture_npi(provider, query->provider);
    query->ncid_len = (unsigned char)strlen(query->ncid);
    query->provider_len = (unsigned char)strlen(query->provider);
}

struct crowd_query *crowd_queries(const struct crowd *crowd, size_t users, size_t count) {
    struct crowd_query *queries = calloc(count, sizeof *queries);
    uint64_t random = users;
    if (queries == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        make_query(crowd, users, &random, &queries[i]);
    return queries;
}
