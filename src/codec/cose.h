/* COSE_Sign1 objects (RFC 9052) signed with Ed25519, and sets of public keys (COSE_KeySet). */
#ifndef NCT_CODEC_COSE_H
#define NCT_CODEC_COSE_H

#include "base/buf.h"

#define NCT_COSE_KEY_ID 8
#define NCT_COSE_SIGNATURE 64
#define NCT_COSE_PUBLIC 32

/* A signing key: secret as crypto_sign() wants it. */
struct nct_cose_signer {
    const unsigned char *secret;
    const unsigned char *id; /* NCT_COSE_KEY_ID bytes */
};

/*
 * Appends 18([protected, {}, payload, signature]), protected = {1: -8, 3: type, 4: key id}. The content type is signed,
 * so that one kind of evidence never passes for another. A failure sticks in the buffer.
 */
void nct_cose_sign(const struct nct_cose_signer *signer, const char *type, const void *payload, size_t len,
                   struct nct_buf *out);

/* An object taken apart; pointers into its bytes. */
struct nct_cose {
    const unsigned char *protected_header;
    size_t protected_len;
    const unsigned char *key_id;
    const unsigned char *payload;
    size_t payload_len;
    const unsigned char *signature;
};

/* NCT_OK; NCT_E_ENCODING; NCT_E_UNSUPPORTED for another algorithm or content type. Checks no signature. */
nct_status nct_cose_parse(const void *bytes, size_t len, const char *type, struct nct_cose *cose);

/* NCT_OK; NCT_E_SIGNATURE; NCT_E_NO_MEMORY. */
nct_status nct_cose_verify(const struct nct_cose *cose, const struct nct_memory *memory,
                           const unsigned char public_key[NCT_COSE_PUBLIC]);

/* A public key of a set. */
struct nct_cose_key {
    const unsigned char *id;
    const unsigned char *public_key;
    int64_t compromised_from; /* milliseconds UTC; 0: it is not */
};

/*
 * Appends one COSE_Key: {1: 1 (OKP), 2: key id, 3: -8 (EdDSA), -1: 6 (Ed25519), -2: x}, and of a compromised key
 * -65537: from when on. Labels below -65536 are for private use (RFC 9052, 11.2).
 */
void nct_cose_put_key(struct nct_buf *out, const struct nct_cose_key *key);

/* Finds a key of a COSE_KeySet; pointers into its bytes. NCT_OK; NCT_E_UNKNOWN_KEY; NCT_E_ENCODING for a malformed set,
 * and for one that holds the key twice, because one entry could hide what the other says of it. */
nct_status nct_cose_find_key(const void *set, size_t set_len, const unsigned char *id, struct nct_cose_key *key);

#endif
