/*
 * Every way to be refused that must look like the others: who enters a secret where, and why they are refused. Tests
 * compare what is called, count instructions, and time it.
 */
#ifndef NCT_TEST_REFUSALS_H
#define NCT_TEST_REFUSALS_H

#include "world.h"

enum refusal_entry {
    REFUSAL_SIGN = 1,
    REFUSAL_PERIOD = 2, /* a signature in a period of signing */
    REFUSAL_RESET = 4,
    REFUSAL_EFT = 8,
    REFUSAL_REPUDIATE = 16,
    REFUSAL_OA = 32,
    REFUSAL_CONTACT = 64,
    REFUSAL_SIGN_IN = 128,
    REFUSAL_CHANGE = 256,     /* of the password */
    REFUSAL_RESET_CODE = 512, /* the password by a mailed code */
    REFUSAL_OWN = 1024,       /* of a reason: where the library keeps passwords alone */
};
#define REFUSAL_ENTRIES 10
#define REFUSAL_KEPT (REFUSAL_CHANGE | REFUSAL_RESET_CODE) /* there is no such entry where it does not */

/* What a try sends; each reason spoils some of it. PETRA's, as far as they are right. */
struct refusal_try {
    const char *ncid;
    const char *npi;
    char password[64];
    char pin[16];
    char token[64]; /* of the period, of the contact change, or that resets the password */
    char code[32];  /* authorization code */
    char signature[64];
};

struct refusal_reason {
    const char *name;
    unsigned where; /* enum refusal_entry */
    void (*prepare)(struct world *w, struct refusal_try *attempt);
};

extern const struct refusal_reason REFUSAL_REASONS[];
extern const size_t REFUSAL_REASON_COUNT;

const char *refusal_entry_name(enum refusal_entry entry);

/* A world of its own with a try that is refused for the reason; end it with world_free(). */
struct world *refusal_world(enum refusal_entry entry, const struct refusal_reason *reason, int identity,
                            struct refusal_try *attempt);

/* Makes the try; what is called within is the library's alone, but for the forms. */
nct_status refusal_run(struct world *w, enum refusal_entry entry, const struct refusal_try *attempt);

#endif
