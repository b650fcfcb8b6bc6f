/*
 * Many people with access, and questions about them with the answers that are right.
 *
 * Each user has a grant with rights drawn at random at each of three providers, of which as many users belong to each.
 * Of the questions 50 % are allowed, 25 % are about a provider where the user has no grant, 25 % about a right the
 * grant lacks.
 */
#ifndef NCT_TESTS_BENCH_CROWD_H
#define NCT_TESTS_BENCH_CROWD_H

#include "fixture.h"

#define CROWD_GRANTS_EACH 3
#define CROWD_RIGHTS 12
#define CROWD_NCID_ROOM 16
#define CROWD_EACH 100 /* usual users of a provider */
#define CROWD_FEW 10   /* with ten times as many providers */

struct crowd {
    size_t users; /* a multiple of the next */
    size_t each;  /* users of a provider, beside its Office Administrator */
};

struct crowd_query {
    char ncid[CROWD_NCID_ROOM];
    char provider[11];
    unsigned char ncid_len;
    unsigned char provider_len;
    int32_t right;
    nct_status expected;
    size_t user;
};

size_t crowd_providers(const struct crowd *crowd);
void crowd_ncid(size_t user, char ncid[CROWD_NCID_ROOM]);

/* The index, for fixture_npi(), of one of the user's three providers; and the rights there. */
size_t crowd_provider(const struct crowd *crowd, size_t user, size_t which);
uint64_t crowd_rights(size_t user, size_t which);

/* An index of a provider where the user has no grant. */
size_t crowd_foreign_provider(const struct crowd *crowd, size_t user, uint64_t *random);

/* Registers all providers with their users; answers how long it took, in nanoseconds. */
uint64_t crowd_load(const struct crowd *crowd, struct fixture *fixture);

/* Questions about the first so many users, in random order. The caller frees them. */
struct crowd_query *crowd_queries(const struct crowd *crowd, size_t users, size_t count);

#endif
