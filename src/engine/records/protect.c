#include "engine/records/protect.h"

#include <nctracks/store.h>

#include <sodium.h>
#include <string.h>

#define VERSION 1
#define TAG crypto_shorthash_siphashx24_BYTES
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEAL_TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

_Static_assert(TAG == NCT_ROW_TAG && SEAL_TAG == NCT_ROW_TAG, "length of a tag");

/* Contents up to this length are authenticated in one piece with their place; of a longer one its hash is. */
#define IN_ONE_PIECE 512

/* The associated data: header, whether a hash stands for the content, space, length of the key, revision, key. */
struct binding {
    unsigned char bytes[NCT_ROW_HEADER + 3 + 8 + NCT_KEY_MAX + IN_ONE_PIECE];
    size_t len;
};

static void bind_bytes(struct binding *binding, const void *bytes, size_t len) {
    memcpy(binding->bytes + binding->len, bytes, len);
    binding->len += len;
}

static void bind(struct binding *binding, const unsigned char *header, const struct nct_place *place, int by_hash) {
    unsigned char *numbers = binding->bytes + NCT_ROW_HEADER;
    memcpy(binding->bytes, header, NCT_ROW_HEADER);
    numbers[0] = (unsigned char)by_hash;
    numbers[1] = (unsigned char)place->space;
    numbers[2] = (unsigned char)place->key_len;
    for (size_t i = 0; i < 8; i++)
        numbers[3 + i] = (unsigned char)(place->revision >> (8 * i));
    binding->len = NCT_ROW_HEADER + 3 + 8;
    bind_bytes(binding, place->key, place->key_len);
}

/* One pass over a short content. */
static void authenticate(const struct nct_keys *keys, const unsigned char *header, const struct nct_place *place,
                         const unsigned char *content, size_t len, unsigned char tag[TAG]) {
    struct binding binding;
    unsigned char inner[TAG];
    int by_hash = len > IN_ONE_PIECE;
    bind(&binding, header, place, by_hash);
    if (by_hash)
        crypto_shorthash_siphashx24(inner, content, len, keys->authentication + 16);
    bind_bytes(&binding, by_hash ? inner : content, by_hash ? sizeof inner : len);
    crypto_shorthash_siphashx24(tag, binding.bytes, binding.len, keys->authentication);
}

static nct_status seal(const struct nct_keys *keys, const struct nct_seams *seams, const struct binding *binding,
                       const void *content, size_t len, struct nct_buf *row) {
    unsigned char *nonce = nct_buf_extend(row, NONCE + len + SEAL_TAG);
    if (nonce == NULL)
        return row->status;
    nct_status status = nct_seams_fill(seams, nonce, NONCE);
    if (status != NCT_OK)
        return status;
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE, NULL, content, len, binding->bytes, binding->len, NULL,
                                               nonce, keys->sealing);
    return NCT_OK;
}

nct_status nct_protect(const struct nct_keys *keys, const struct nct_seams *seams, enum nct_protection protection,
                       const struct nct_place *place, const void *content, size_t len, struct nct_buf *row) {
    unsigned char header[NCT_ROW_HEADER] = {VERSION, (unsigned char)protection};
    memcpy(header + 2, keys->id, NCT_KEY_ID);
    nct_buf_append(row, header, sizeof header);
    if (protection == NCT_SEALED) {
        struct binding binding;
        bind(&binding, header, place, 0);
        return seal(keys, seams, &binding, content, len, row);
    }
    unsigned char tag[TAG];
    authenticate(keys, header, place, content, len, tag);
    nct_buf_append(row, content, len);
    nct_buf_append(row, tag, sizeof tag);
    return row->status;
}

static nct_status unseal(const struct nct_keys *keys, const struct binding *binding, unsigned char *body,
                         size_t body_len, const unsigned char **content, size_t *len) {
    if (body_len < NONCE + SEAL_TAG)
        return NCT_E_INTEGRITY;
    unsigned long long plain_len = 0;
    unsigned char *sealed = body + NONCE;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, &plain_len, NULL, sealed, body_len - NONCE, binding->bytes,
                                                   binding->len, body, keys->sealing) != 0)
        return NCT_E_INTEGRITY;
    *content = sealed;
    *len = (size_t)plain_len;
    return NCT_OK;
}

const unsigned char *nct_row_key(const unsigned char *row, size_t row_len) {
    return row_len >= NCT_ROW_HEADER ? row + 2 : NULL;
}

const unsigned char *nct_row_tag(const unsigned char *row, size_t row_len) {
    return row + row_len - NCT_ROW_TAG;
}

static nct_status check_header(const struct nct_keyring *ring, enum nct_protection protection, const unsigned char *row,
                               size_t row_len, const struct nct_keys **keys) {
    if (row_len < NCT_ROW_HEADER || row[1] != (unsigned char)protection)
        return NCT_E_INTEGRITY;
    if (row[0] != VERSION)
        return row[0] > VERSION ? NCT_E_UNSUPPORTED : NCT_E_INTEGRITY;
    *keys = nct_keyring_find(ring, nct_row_key(row, row_len));
    return *keys != NULL ? NCT_OK : NCT_E_KEY;
}

nct_status nct_unprotect(const struct nct_keyring *ring, enum nct_protection protection, const struct nct_place *place,
                         unsigned char *row, size_t row_len, const unsigned char **content, size_t *len) {
    const struct nct_keys *keys = NULL;
    nct_status status = check_header(ring, protection, row, row_len, &keys);
    if (status != NCT_OK)
        return status;
    unsigned char *body = row + NCT_ROW_HEADER;
    size_t body_len = row_len - NCT_ROW_HEADER;
    if (protection == NCT_SEALED) {
        struct binding binding;
        bind(&binding, row, place, 0);
        return unseal(keys, &binding, body, body_len, content, len);
    }
    if (body_len < TAG)
        return NCT_E_INTEGRITY;
    unsigned char tag[TAG];
    authenticate(keys, row, place, body, body_len - TAG, tag);
    if (crypto_verify_16(tag, body + body_len - TAG) != 0)
        return NCT_E_INTEGRITY;
    *content = body;
    *len = body_len - TAG;
    return NCT_OK;
}
