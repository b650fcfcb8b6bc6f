/* A portal, and the forms that bring providers and people into it. Whatever fails ends the program. */
#ifndef NCT_TESTS_BENCH_FIXTURE_H
#define NCT_TESTS_BENCH_FIXTURE_H

#include <nctracks/portal.h>
#include <nctracks/provider.h>
#include <nctracks/registration.h>
#include <nctracks/store.h>

#define FIXTURE_OA "bench.owner"
#define FIXTURE_PASSWORD "correct horse battery"

enum fixture_cost {
    FIXTURE_CHEAP,  /* keys derived at the least cost and mails left in the outbox: for loading many people */
    FIXTURE_DEFAULT /* the default policy, and a mailer that accepts everything */
};

struct fixture {
    nct_portal *portal;
    char pin[16]; /* the latest that was mailed */
};

/* Opens a portal on a store; NULL functions: on a memory store of its own. The fixture must not move. */
void fixture_open(struct fixture *fixture, const nct_store *functions, void *store, enum fixture_cost cost);
void fixture_close(struct fixture *fixture);

/* A valid NPI, another for each index below 10,000,000. */
void fixture_npi(size_t index, char npi[11]);

/* A form about a provider that was enrolled for it; fixture_register() submits and frees it. */
nct_form *fixture_registration(struct fixture *fixture, const char *npi, const char *oa_ncid);
void fixture_add_user(nct_form *form, size_t index, const char *ncid, const char *rights);
void fixture_register(nct_form *form);

#endif
