#include "codec/cose.h"

#include "codec/cbor.h"

#include <sodium.h>
#include <string.h>

#define TAG_SIGN1 18
#define EDDSA (-8)
#define OKP 1
#define ED25519 6

/* Labels of headers and of keys. */
enum { HEADER_ALGORITHM = 1, HEADER_TYPE = 3, HEADER_KEY_ID = 4 };
enum { KEY_TYPE = 1, KEY_ID = 2, KEY_ALGORITHM = 3, KEY_CURVE = -1, KEY_X = -2, KEY_COMPROMISED = -65537 };

_Static_assert(NCT_COSE_SIGNATURE == crypto_sign_BYTES, "length of a signature");

static void put_text(struct nct_buf *buf, const char *text) {
    nct_cbor_put_text(buf, text, strlen(text));
}

static void put_protected(struct nct_buf *buf, const char *type, const unsigned char *key_id) {
    nct_cbor_put_map(buf, 3);
    nct_cbor_put_uint(buf, HEADER_ALGORITHM);
    nct_cbor_put_int(buf, EDDSA);
    nct_cbor_put_uint(buf, HEADER_TYPE);
    put_text(buf, type);
    nct_cbor_put_uint(buf, HEADER_KEY_ID);
    nct_cbor_put_bytes(buf, key_id, NCT_COSE_KEY_ID);
}

/* Sig_structure of RFC 9052, 4.4: what is really signed. */
static void put_to_be_signed(struct nct_buf *buf, const void *protected_header, size_t protected_len,
                             const void *payload, size_t len) {
    nct_cbor_put_array(buf, 4);
    put_text(buf, "Signature1");
    nct_cbor_put_bytes(buf, protected_header, protected_len);
    nct_cbor_put_bytes(buf, "", 0);
    nct_cbor_put_bytes(buf, payload, len);
}

static nct_status make_signature(const struct nct_cose_signer *signer, const struct nct_buf *header,
                                 const void *payload, size_t len, unsigned char signature[NCT_COSE_SIGNATURE]) {
    struct nct_buf message;
    nct_buf_init(&message, header->memory);
    put_to_be_signed(&message, header->data, header->len, payload, len);
    nct_status status = header->status != NCT_OK ? header->status : message.status;
    if (status == NCT_OK)
        crypto_sign_detached(signature, NULL, message.data, message.len, signer->secret);
    nct_buf_free(&message);
    return status;
}

void nct_cose_sign(const struct nct_cose_signer *signer, const char *type, const void *payload, size_t len,
                   struct nct_buf *out) {
    struct nct_buf header;
    unsigned char signature[NCT_COSE_SIGNATURE] = {0};
    nct_buf_init(&header, out->memory);
    put_protected(&header, type, signer->id);
    nct_status status = make_signature(signer, &header, payload, len, signature);
    if (status == NCT_OK) {
        nct_cbor_put_tag(out, TAG_SIGN1);
        nct_cbor_put_array(out, 4);
        nct_cbor_put_bytes(out, header.data, header.len);
        nct_cbor_put_map(out, 0);
        nct_cbor_put_bytes(out, payload, len);
        nct_cbor_put_bytes(out, signature, sizeof signature);
    } else if (out->status == NCT_OK) {
        out->status = status;
    }
    nct_buf_free(&header);
}

/* Exactly the header the writer makes. */
static nct_status parse_protected(struct nct_cose *cose, const char *type) {
    struct nct_cbor reader;
    size_t type_len = 0;
    size_t id_len = 0;
    nct_cbor_open(&reader, cose->protected_header, cose->protected_len);
    int shaped = nct_cbor_get_map(&reader) == 3 && nct_cbor_get_uint(&reader) == HEADER_ALGORITHM;
    int64_t algorithm = nct_cbor_get_int(&reader);
    shaped = shaped && nct_cbor_get_uint(&reader) == HEADER_TYPE;
    const char *found = nct_cbor_get_text(&reader, &type_len);
    shaped = shaped && nct_cbor_get_uint(&reader) == HEADER_KEY_ID;
    cose->key_id = nct_cbor_get_bytes(&reader, &id_len);
    if (nct_cbor_close(&reader) != NCT_OK || !shaped || id_len != NCT_COSE_KEY_ID)
        return NCT_E_ENCODING;
    int known = algorithm == EDDSA && type_len == strlen(type) && memcmp(found, type, type_len) == 0;
    return known ? NCT_OK : NCT_E_UNSUPPORTED;
}

nct_status nct_cose_parse(const void *bytes, size_t len, const char *type, struct nct_cose *cose) {
    struct nct_cbor reader;
    size_t signature_len = 0;
    nct_cbor_open(&reader, bytes, len);
    int shaped = nct_cbor_get_tag(&reader) == TAG_SIGN1 && nct_cbor_get_array(&reader) == 4;
    cose->protected_header = nct_cbor_get_bytes(&reader, &cose->protected_len);
    shaped = shaped && nct_cbor_peek(&reader) == NCT_CBOR_MAP && nct_cbor_get_map(&reader) == 0;
    cose->payload = nct_cbor_get_bytes(&reader, &cose->payload_len);
    cose->signature = nct_cbor_get_bytes(&reader, &signature_len);
    if (nct_cbor_close(&reader) != NCT_OK || !shaped || signature_len != NCT_COSE_SIGNATURE)
        return NCT_E_ENCODING;
    return parse_protected(cose, type);
}

nct_status nct_cose_verify(const struct nct_cose *cose, const struct nct_memory *memory,
                           const unsigned char public_key[NCT_COSE_PUBLIC]) {
    struct nct_buf message;
    nct_buf_init(&message, memory);
    put_to_be_signed(&message, cose->protected_header, cose->protected_len, cose->payload, cose->payload_len);
    nct_status status = message.status;
    if (status == NCT_OK && crypto_sign_verify_detached(cose->signature, message.data, message.len, public_key) != 0)
        status = NCT_E_SIGNATURE;
    nct_buf_free(&message);
    return status;
}

void nct_cose_put_key(struct nct_buf *out, const struct nct_cose_key *key) {
    nct_cbor_put_map(out, key->compromised_from != 0 ? 6 : 5);
    nct_cbor_put_uint(out, KEY_TYPE);
    nct_cbor_put_uint(out, OKP);
    nct_cbor_put_uint(out, KEY_ID);
    nct_cbor_put_bytes(out, key->id, NCT_COSE_KEY_ID);
    nct_cbor_put_uint(out, KEY_ALGORITHM);
    nct_cbor_put_int(out, EDDSA);
    nct_cbor_put_int(out, KEY_CURVE);
    nct_cbor_put_uint(out, ED25519);
    nct_cbor_put_int(out, KEY_X);
    nct_cbor_put_bytes(out, key->public_key, NCT_COSE_PUBLIC);
    if (key->compromised_from != 0) {
        nct_cbor_put_int(out, KEY_COMPROMISED);
        nct_cbor_put_int(out, key->compromised_from);
    }
}

/* Reads one key of the form nct_cose_put_key() writes. */
static void get_key(struct nct_cbor *reader, struct nct_cose_key *key) {
    size_t id_len = 0;
    size_t key_len = 0;
    size_t pairs = nct_cbor_get_map(reader);
    int shaped = (pairs == 5 || pairs == 6) && nct_cbor_get_uint(reader) == KEY_TYPE;
    shaped = shaped && nct_cbor_get_uint(reader) == OKP && nct_cbor_get_uint(reader) == KEY_ID;
    key->id = nct_cbor_get_bytes(reader, &id_len);
    shaped = shaped && nct_cbor_get_uint(reader) == KEY_ALGORITHM && nct_cbor_get_int(reader) == EDDSA;
    shaped = shaped && nct_cbor_get_int(reader) == KEY_CURVE && nct_cbor_get_uint(reader) == ED25519;
    shaped = shaped && nct_cbor_get_int(reader) == KEY_X;
    key->public_key = nct_cbor_get_bytes(reader, &key_len);
    key->compromised_from = 0;
    if (shaped && pairs == 6) {
        shaped = nct_cbor_get_int(reader) == KEY_COMPROMISED;
        key->compromised_from = nct_cbor_get_int(reader);
        shaped = shaped && key->compromised_from > 0;
    }
    if (!shaped || reader->status != NCT_OK || id_len != NCT_COSE_KEY_ID || key_len != NCT_COSE_PUBLIC)
        reader->status = NCT_E_ENCODING;
}

static int is_same(const struct nct_cose_key *a, const struct nct_cose_key *b) {
    return memcmp(a->id, b->id, NCT_COSE_KEY_ID) == 0 || memcmp(a->public_key, b->public_key, NCT_COSE_PUBLIC) == 0;
}

/* How often a key of a sound set is in it, under its id or under another. */
static size_t count_key(const void *set, size_t set_len, const struct nct_cose_key *key) {
    struct nct_cbor reader;
    struct nct_cose_key next;
    size_t found = 0;
    nct_cbor_open(&reader, set, set_len);
    for (size_t left = nct_cbor_get_array(&reader); left > 0; left--) {
        get_key(&reader, &next);
        found += (size_t)is_same(&next, key);
    }
    return found;
}

nct_status nct_cose_find_key(const void *set, size_t set_len, const unsigned char *id, struct nct_cose_key *key) {
    struct nct_cbor reader;
    nct_cbor_open(&reader, set, set_len);
    size_t count = nct_cbor_get_array(&reader);
    int found = 0;
    for (size_t i = 0; i < count && reader.status == NCT_OK; i++) {
        struct nct_cose_key next;
        get_key(&reader, &next);
        if (!found && reader.status == NCT_OK && memcmp(next.id, id, NCT_COSE_KEY_ID) == 0) {
            *key = next;
            found = 1;
        }
    }
    if (nct_cbor_close(&reader) != NCT_OK || (found && count_key(set, set_len, key) > 1))
        return NCT_E_ENCODING;
    return found ? NCT_OK : NCT_E_UNKNOWN_KEY;
}
