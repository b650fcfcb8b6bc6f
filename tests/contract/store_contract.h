/* The contract of store.h as tests, for any adapter. */
#ifndef NCT_TESTS_STORE_CONTRACT_H
#define NCT_TESTS_STORE_CONTRACT_H

#include <nctracks/store.h>

struct store_fixture {
    const char *name;
    /* Makes an empty store. */
    nct_status (*open)(void **state, const nct_store **functions, void **user_data);
    /* Closes the store and removes what it left. */
    void (*close)(void **state);
    /* Closes the store and opens it again with its rows; NULL for a store that is not durable. */
    nct_status (*reopen)(void **state, const nct_store **functions, void **user_data);
    size_t random_steps; /* operations against the model; 0: 20,000 */
    size_t increments;   /* of one counter by each of the 8 threads; 0: 1,000 */
};

/* How many tests failed. */
int store_contract_run(const struct store_fixture *fixture);

#endif
