/* Keys, derived from the master key by purpose. */
#ifndef NCT_ENGINE_RECORDS_KEYS_H
#define NCT_ENGINE_RECORDS_KEYS_H

#include <nctracks/config.h>

#define NCT_KEY_ID 4
#define NCT_KEY 32
#define NCT_SIGNING_SECRET 64
#define NCT_SIGNING_ID 8

struct nct_keys {
    unsigned char id[NCT_KEY_ID];              /* a fingerprint, written into each row */
    unsigned char authentication[2 * 16];      /* of rows: one half for the place, one for the content */
    unsigned char sets[2 * 16];                /* of digests of sets: one half for rows, one for masks */
    unsigned char sealing[NCT_KEY];            /* of rows */
    unsigned char pepper[NCT_KEY];             /* of passwords and PINs, before the slow derivation */
    unsigned char lookup[NCT_KEY];             /* of authorization codes, of shared buckets, of dummy verifiers */
    unsigned char signing[NCT_SIGNING_SECRET]; /* Ed25519, of receipts */
    unsigned char verifying[NCT_KEY];          /* its public half */
    unsigned char signing_id[NCT_SIGNING_ID];  /* a fingerprint of the public half */
};

/* Keys in guarded memory, or NULL. */
struct nct_keys *nct_keys_derive(const unsigned char master[NCT_MASTER_KEY_BYTES]);

/* Wipes and frees; NULL is fine. */
void nct_keys_free(struct nct_keys *keys);

#endif
