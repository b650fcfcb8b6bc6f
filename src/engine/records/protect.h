/*
 * Protection of rows: what the store holds for a record.
 *
 * row = version (1) | protection (1) | key id (4) | body
 * authenticated: body = content | tag (16), SipHash-2-4 with 128 bits of output, a PRF under a secret key
 * sealed:        body = nonce (24) | ciphertext and tag (XChaCha20-Poly1305)
 *
 * Both bind the row's place: space, key and revision. A row edited, copied over another or put back under a
 * later revision does not open.
 */
#ifndef NCT_ENGINE_RECORDS_PROTECT_H
#define NCT_ENGINE_RECORDS_PROTECT_H

#include "base/buf.h"
#include "base/environment.h"
#include "engine/records/keyring.h"
#include "engine/records/record.h"

/* Where a row is. */
struct nct_place {
    int32_t space;
    const unsigned char *key;
    size_t key_len;
    uint64_t revision;
};

#define NCT_ROW_HEADER 6
#define NCT_ROW_TAG 16

/* The id of the key a row is under; NULL when it is too short to tell. */
const unsigned char *nct_row_key(const unsigned char *row, size_t row_len);

/* The tag of a row that opens, also after it was opened: its last NCT_ROW_TAG bytes. */
const unsigned char *nct_row_tag(const unsigned char *row, size_t row_len);

/* Writes the row of a content into an empty buffer. NCT_OK, NCT_E_NO_MEMORY, NCT_E_LIMIT or NCT_E_RANDOM. */
nct_status nct_protect(const struct nct_keys *keys, const struct nct_seams *seams, enum nct_protection protection,
                       const struct nct_place *place, const void *content, size_t len, struct nct_buf *row);

/*
 * Opens a row in place, under whichever held key it is: the content lies within the row's bytes afterwards. NCT_OK;
 * NCT_E_INTEGRITY; NCT_E_KEY for a row of a master key that is not held; NCT_E_UNSUPPORTED for a later version.
 */
nct_status nct_unprotect(const struct nct_keyring *ring, enum nct_protection protection, const struct nct_place *place,
                         unsigned char *row, size_t row_len, const unsigned char **content, size_t *len);

#endif
