/* Receipts: they verify without the portal, and nothing that was not signed does. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/cbor.h"

#define CLAIMS 17
#define ROOM 8192

/* Bytes kept after the signature they came from is freed. */
struct bytes {
    unsigned char at[ROOM];
    size_t len;
};

static struct bytes key_set_of(struct world *w) {
    struct bytes keys;
    expect_status(nct_portal_key_set(w->portal, keys.at, sizeof keys.at, &keys.len), NCT_OK);
    return keys;
}

static struct bytes receipt_of(const nct_signature *signature) {
    struct bytes receipt;
    const void *bytes = nct_signature_receipt(signature, &receipt.len);
    assert_non_null(bytes);
    assert_true(receipt.len <= ROOM);
    memcpy(receipt.at, bytes, receipt.len);
    return receipt;
}

static nct_signature *sign(struct world *w, const struct cast *who, const char *npi, int32_t kind) {
    nct_signature *signature = NULL;
    expect_status(world_sign(w, who->ncid, WORLD_PASSWORD, world_pin_of(w, who->ncid), npi, kind, &signature), NCT_OK);
    return signature;
}

static struct bytes make(struct world *w, const struct cast *who, int32_t kind) {
    nct_signature *signature = sign(w, who, NPI_CLINIC, kind);
    struct bytes receipt = receipt_of(signature);
    nct_signature_free(signature);
    return receipt;
}

/* In memory of exactly the size; what fails hands nothing out. */
static nct_status verify(const struct bytes *receipt, const struct bytes *keys) {
    nct_signature *out = (nct_signature *)1;
    unsigned char *copy = malloc(receipt->len + 1);
    assert_non_null(copy);
    memcpy(copy, receipt->at, receipt->len);
    nct_status status = nct_receipt_verify(copy, receipt->len, keys->at, keys->len, NULL, 0, &out);
    free(copy);
    assert_true((status == NCT_OK) == (out != NULL));
    nct_signature_free(out);
    return status;
}

static void flip(struct bytes *bytes, size_t bit) {
    bytes->at[bit / 8] ^= (unsigned char)(1u << bit % 8);
}

/* A receipt taken apart: what is before the claims, each claim with its key, the signature. */
struct parts {
    size_t prefix_len; /* up to and with the unprotected header */
    struct {
        const unsigned char *at;
        size_t len;
    } claims[CLAIMS];
    const unsigned char *signature;
};

/* Answers where the claims begin, and where the unprotected header ends. */
static size_t offset_of_payload(const struct bytes *receipt, size_t *prefix_len) {
    struct nct_cbor reader;
    size_t len = 0;
    nct_cbor_open(&reader, receipt->at, receipt->len);
    (void)nct_cbor_get_tag(&reader);
    (void)nct_cbor_get_array(&reader);
    (void)nct_cbor_get_bytes(&reader, &len);
    (void)nct_cbor_get_map(&reader);
    *prefix_len = (size_t)(reader.at - receipt->at);
    const unsigned char *payload = nct_cbor_get_bytes(&reader, &len);
    assert_non_null(payload);
    return (size_t)(payload - receipt->at);
}

static struct parts take_apart(const struct bytes *receipt) {
    struct parts parts;
    struct nct_cbor reader;
    size_t offset = offset_of_payload(receipt, &parts.prefix_len);
    nct_cbor_open(&reader, receipt->at + offset, receipt->len - offset);
    assert_int_equal(nct_cbor_get_map(&reader), CLAIMS);
    for (size_t i = 0; i < CLAIMS; i++) {
        parts.claims[i].at = reader.at;
        assert_int_equal(nct_cbor_get_uint(&reader), i + 1);
        nct_cbor_skip(&reader);
        parts.claims[i].len = (size_t)(reader.at - parts.claims[i].at);
    }
    size_t len = 0;
    parts.signature = nct_cbor_get_bytes(&reader, &len);
    assert_int_equal(nct_cbor_close(&reader), NCT_OK);
    assert_int_equal(len, 64);
    return parts;
}

static struct bytes put_together(const struct bytes *receipt, const struct parts *parts) {
    struct nct_memory memory;
    struct nct_buf payload, out;
    struct bytes bytes;
    nct_memory_set(&memory, NULL, NULL);
    nct_buf_init(&payload, &memory);
    nct_buf_init(&out, &memory);
    nct_cbor_put_map(&payload, CLAIMS);
    for (size_t i = 0; i < CLAIMS; i++)
        nct_buf_append(&payload, parts->claims[i].at, parts->claims[i].len);
    nct_buf_append(&out, receipt->at, parts->prefix_len);
    nct_cbor_put_bytes(&out, payload.data, payload.len);
    nct_cbor_put_bytes(&out, parts->signature, 64);
    assert_true(out.status == NCT_OK && payload.status == NCT_OK && out.len <= ROOM);
    memcpy(bytes.at, out.data, bytes.len = out.len);
    nct_buf_free(&payload);
    nct_buf_free(&out);
    return bytes;
}

/* Right ones */

static void assert_same(const nct_signature *a, const nct_signature *b) {
    static const char *(*const texts[])(const nct_signature *) = {nct_signature_id,
                                                                  nct_signature_provider,
                                                                  nct_signature_ncid,
                                                                  nct_signature_signer_name,
                                                                  nct_signature_role,
                                                                  nct_signature_right,
                                                                  nct_signature_submission,
                                                                  nct_signature_meaning,
                                                                  nct_signature_document_id,
                                                                  nct_signature_profile,
                                                                  nct_signature_document_version,
                                                                  nct_signature_attestation_version};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_string_equal(texts[i](a), texts[i](b));
    assert_true(nct_signature_signed_at(a) == nct_signature_signed_at(b));
    assert_memory_equal(nct_signature_document_digest(a), nct_signature_document_digest(b), NCT_DIGEST_BYTES);
    struct bytes left = receipt_of(a), right = receipt_of(b);
    assert_int_equal(left.len, right.len);
    assert_memory_equal(left.at, right.at, left.len);
}

static void s10_every_kind_of_receipt_verifies_offline(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w);
    const size_t len = strlen(WORLD_DOCUMENT);
    nct_signature *made[5], *verified = NULL;
    for (int32_t i = 0; i < 5; i++, world_advance(w, 1000))
        made[i] = sign(w, &OLIVIA, NPI_CLINIC, NCT_SUBMISSION_ENROLLMENT + i);
    for (size_t i = 0; i < 5; i++) {
        struct bytes receipt = receipt_of(made[i]);
        expect_status(nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, WORLD_DOCUMENT, len, &verified),
                      NCT_OK);
        assert_same(verified, made[i]);
        assert_int_equal(nct_signature_matches(verified, WORLD_DOCUMENT, len), 1);
        nct_signature_free(verified);
        expect_status(nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, NULL, 0, NULL), NCT_OK);
        nct_signature_free(made[i]);
    }
}

static void s10_a_receipt_outlives_its_portal(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), receipt = make(w, &PETRA, NCT_SUBMISSION_FL2);
    nct_portal_close(w->portal);
    w->portal = NULL;
    expect_status(verify(&receipt, &keys), NCT_OK);
    world_open(w);
    struct bytes again = key_set_of(w);
    assert_int_equal(again.len, keys.len);
    assert_memory_equal(again.at, keys.at, keys.len);
}

static int64_t be64(const unsigned char *bytes) {
    uint64_t value = 0;
    for (size_t i = 0; i < 8; i++)
        value = value << 8 | bytes[i];
    return (int64_t)value;
}

static void assert_text_claim(const struct parts *parts, size_t key, const char *wanted) {
    struct nct_cbor reader;
    size_t len = 0;
    nct_cbor_open(&reader, parts->claims[key - 1].at, parts->claims[key - 1].len);
    assert_int_equal(nct_cbor_get_uint(&reader), key);
    const char *text = nct_cbor_get_text(&reader, &len);
    assert_non_null(text);
    assert_int_equal(len, strlen(wanted));
    assert_memory_equal(text, wanted, len);
}

/* The claims by their published keys, against what the world knows and the getters say. */
static void s10_claims_say_what_happened(void **state) {
    struct world *w = *state;
    world_advance(w, 123456);
    nct_signature *made = sign(w, &PETRA, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    struct bytes receipt = receipt_of(made);
    struct parts parts = take_apart(&receipt);
    const struct {
        size_t key;
        const char *value;
    } texts[] = {{4, NPI_CLINIC},      {6, PETRA.ncid},     {7, "Petra Pharm"}, {8, "user"}, {9, "pa.submit"},
                 {10, "2013+testing"}, {11, "pharmacy_pa"}, {13, "PA-0001"},    {14, "1"},   {16, "2026-01"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_text_claim(&parts, texts[i].key, texts[i].value);
    assert_text_claim(&parts, 12, nct_signature_meaning(made));
    assert_memory_equal(parts.claims[0].at, "\x01\x01", 2);
    assert_memory_equal(parts.claims[1].at, "\x02\x50", 2);
    assert_true(be64(parts.claims[1].at + 2) == w->now);
    assert_memory_equal(parts.claims[2].at, "\x03\x1B", 2);
    assert_true(be64(parts.claims[2].at + 2) == w->now);
    assert_memory_equal(parts.claims[4].at, "\x05\x50", 2);
    assert_memory_equal(parts.claims[14].at, "\x0F\x58\x20", 3);
    assert_memory_equal(parts.claims[14].at + 3, nct_signature_document_digest(made), NCT_DIGEST_BYTES);
    assert_memory_equal(parts.claims[16].at, "\x11\x58\x20", 3);
    nct_signature_free(made);
}

/* Wrong ones */

static void s10_another_document_is_told(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), receipt = make(w, &PETRA, NCT_SUBMISSION_FL2);
    char document[] = WORLD_DOCUMENT;
    const size_t len = sizeof document - 1;
    nct_signature *out = NULL;
    const struct {
        const char *at;
        size_t len;
    } others[] = {{document, len - 1}, {document, len + 1}, {document, 0}, {document + 1, len - 1}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        out = (nct_signature *)1;
        expect_status(nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, others[i].at, others[i].len, &out),
                      NCT_E_DOCUMENT);
        assert_null(out);
    }
    for (size_t bit = 0; bit < 8 * len; bit++) {
        document[bit / 8] = (char)(document[bit / 8] ^ (1 << bit % 8));
        expect_status(nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, document, len, NULL),
                      NCT_E_DOCUMENT);
        document[bit / 8] = (char)(document[bit / 8] ^ (1 << bit % 8));
    }
    flip(&receipt, 8 * (receipt.len - 1)); /* the signature comes before the document */
    expect_status(nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, document, 1, NULL), NCT_E_SIGNATURE);
}

/* What a changed byte at this place must be told as; NCT_OK: one of ENCODING and UNSUPPORTED. */
static nct_status told_at(const struct bytes *receipt, size_t at) {
    struct parts parts = take_apart(receipt);
    size_t payload = (size_t)(parts.claims[0].at - receipt->at) - 1;
    size_t signature = (size_t)(parts.signature - receipt->at);
    if (at >= signature || (at >= payload && at < signature - 2))
        return NCT_E_SIGNATURE;
    if (at < parts.prefix_len - 1 && at >= parts.prefix_len - 1 - 8)
        return NCT_E_UNKNOWN_KEY; /* the protected header ends with the key id */
    return NCT_OK;
}

static void s10_every_changed_bit_of_a_receipt_is_refused(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), receipt = make(w, &PETRA, NCT_SUBMISSION_FL2), changed = receipt;
    for (size_t bit = 0; bit < 8 * receipt.len; bit++) {
        flip(&changed, bit);
        nct_status status = verify(&changed, &keys), wanted = told_at(&receipt, bit / 8);
        if (wanted == NCT_OK)
            assert_true(status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED);
        else
            expect_status(status, wanted);
        flip(&changed, bit);
    }
    expect_status(verify(&changed, &keys), NCT_OK);
}

static void s10_a_receipt_has_no_other_length(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), receipt = make(w, &PETRA, NCT_SUBMISSION_FL2);
    struct bytes longer = receipt;
    for (size_t i = 0; i < 3; i++) {
        longer.at[longer.len++] = 0;
        expect_status(verify(&longer, &keys), NCT_E_ENCODING);
    }
    while (receipt.len-- > 0)
        expect_status(verify(&receipt, &keys), NCT_E_ENCODING);
}

static void s10_a_changed_key_set_verifies_nothing(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), receipt = make(w, &PETRA, NCT_SUBMISSION_FL2);
    for (size_t bit = 0; bit < 8 * keys.len; bit++) {
        flip(&keys, bit);
        nct_status status = verify(&receipt, &keys);
        if (bit / 8 >= keys.len - 32)
            expect_status(status, NCT_E_SIGNATURE);
        else
            assert_true(status == NCT_E_ENCODING || status == NCT_E_UNKNOWN_KEY);
        flip(&keys, bit);
    }
    for (struct bytes shorter = keys; shorter.len-- > 0;)
        expect_status(verify(&receipt, &shorter), NCT_E_ENCODING);
    expect_status(verify(&receipt, &receipt), NCT_E_ENCODING);
    expect_status(verify(&keys, &keys), NCT_E_ENCODING);
}

static struct bytes key_set_of_another(void) {
    struct world *other = world_new();
    other->key[0] ^= 1;
    world_open(other);
    struct bytes keys = key_set_of(other);
    assert_int_equal(world_free(other), 0);
    return keys;
}

static void s10_another_portals_keys_are_told(void **state) {
    struct world *w = *state;
    struct bytes mine = key_set_of(w), other = key_set_of_another(), both = mine;
    struct bytes receipt = make(w, &PETRA, NCT_SUBMISSION_FL2);
    expect_status(verify(&receipt, &other), NCT_E_UNKNOWN_KEY);
    both.at[0] = 0x82; /* two keys, in either order */
    memcpy(both.at + both.len, other.at + 1, other.len - 1);
    both.len += other.len - 1;
    expect_status(verify(&receipt, &both), NCT_OK);
    memcpy(both.at + 1, other.at + 1, other.len - 1);
    memcpy(both.at + other.len, mine.at + 1, mine.len - 1);
    expect_status(verify(&receipt, &both), NCT_OK);
    memcpy(other.at + 6, mine.at + 6, 8); /* the other's key under my key's id */
    expect_status(verify(&receipt, &other), NCT_E_SIGNATURE);
}

/* A receipt in which everything that can be is different: person, provider, document, kind, attestation, time. */
static struct bytes make_different(struct world *w) {
    static const char *const fields[][2] = {{"document.id", "another"},
                                            {"document.version", "2"},
                                            {"document.content", "another document"},
                                            {"attestation.version", "2026-02"},
                                            {"attestation.text", "another attestation"}};
    nct_signature *signature = NULL;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    world_set_password(w, OSCAR.ncid, WORLD_PASSWORD);
    world_advance(w, 1000);
    nct_form *signing = world_signing(w, OSCAR.ncid, world_npi(1), NCT_SUBMISSION_ENROLLMENT);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(nct_form_set(signing, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, OSCAR.ncid));
    expect_status(nct_sign(signing, NULL, &signature), NCT_OK);
    nct_form_free(signing);
    struct bytes receipt = receipt_of(signature);
    nct_signature_free(signature);
    return receipt;
}

/* One claim of b in a, whose signature stays. What both say alike (version, profile) is changed in its last byte. */
static struct bytes transplant(const struct bytes *a, const struct bytes *b, size_t claim) {
    struct parts into = take_apart(a), from = take_apart(b);
    unsigned char changed[64];
    size_t len = from.claims[claim].len;
    if (len == into.claims[claim].len && memcmp(from.claims[claim].at, into.claims[claim].at, len) == 0) {
        assert_true(len <= sizeof changed);
        memcpy(changed, from.claims[claim].at, len);
        changed[len - 1] ^= 3;
        from.claims[claim].at = changed;
    }
    into.claims[claim].at = from.claims[claim].at;
    into.claims[claim].len = len;
    return put_together(a, &into);
}

static void s10_no_claim_can_be_transplanted(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w);
    struct bytes a = make(w, &PETRA, NCT_SUBMISSION_FL2), b = make_different(w);
    struct parts parts = take_apart(&a);
    struct bytes whole = put_together(&a, &parts);
    expect_status(verify(&whole, &keys), NCT_OK);
    expect_status(verify(&b, &keys), NCT_OK);
    for (size_t claim = 0; claim < CLAIMS; claim++) {
        struct bytes mixed = transplant(&a, &b, claim);
        assert_int_equal(nct_cbor_check(mixed.at, mixed.len), NCT_OK);
        expect_status(verify(&mixed, &keys), NCT_E_SIGNATURE);
        mixed = transplant(&b, &a, claim);
        expect_status(verify(&mixed, &keys), NCT_E_SIGNATURE);
    }
    memcpy(whole.at + whole.len - 64, b.at + b.len - 64, 64);
    expect_status(verify(&whole, &keys), NCT_E_SIGNATURE);
}

/* A declaration is signed with the same key, and is no receipt. */
static void s10_other_evidence_is_no_receipt(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), declaration;
    nct_signature *made = sign(w, &PETRA, NPI_CLINIC, NCT_SUBMISSION_FL2);
    const char *id = nct_signature_id(made);
    expect_status(nct_signature_repudiate(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10, id, strlen(id),
                                          WORLD_PASSWORD, strlen(WORLD_PASSWORD), "not mine", 8),
                  NCT_OK);
    expect_status(
        nct_signature_repudiation(w->portal, NPI_CLINIC, 10, id, strlen(id), declaration.at, ROOM, &declaration.len),
        NCT_OK);
    expect_status(verify(&declaration, &keys), NCT_E_UNSUPPORTED);
    struct bytes receipt = receipt_of(made);
    expect_status(verify(&receipt, &keys), NCT_OK);
    nct_signature_free(made);
}

/* For a person */

static void s10_a_signature_is_rendered_for_a_person(void **state) {
    struct world *w = *state;
    nct_signature *made = sign(w, &PETRA, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    static const char *const lines[] = {"Signed by:    Petra Pharm (NCID petra.pharm)\n",
                                        "Date, time:   2026-01-01 00:00:00 UTC\n",
                                        "Meaning:      Signed and submitted: ",
                                        "Provider:     " NPI_CLINIC "\n",
                                        "Document:     PA-0001, version 1\n",
                                        "Attestation:  version 2026-01\n",
                                        "Authority:    pa.submit as user, under profile 2013+testing\n",
                                        "Signed in:    -\n",
                                        "Agreement:    -\n"};
    char text[2048], small[2048];
    size_t len = 0, told = 0;
    expect_status(nct_signature_render(made, text, sizeof text, &len), NCT_OK);
    assert_int_equal(strlen(text), len);
    assert_true(text[len - 1] == '\n' && strchr(text, '\r') == NULL);
    assert_non_null(strstr(text, nct_signature_id(made)));
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_non_null(strstr(text, lines[i]));
    for (size_t capacity = 0; capacity <= len + 1; capacity++) {
        memset(small, '#', sizeof small);
        expect_status(nct_signature_render(made, small, capacity, &told), capacity <= len ? NCT_E_BUFFER : NCT_OK);
        assert_int_equal(told, len);
        assert_true(small[capacity] == '#');
    }
    assert_memory_equal(small, text, len + 1);
    expect_status(nct_signature_render(made, NULL, 0, &told), NCT_E_BUFFER);
    expect_status(nct_signature_render(made, text, sizeof text, NULL), NCT_OK);
    expect_status(nct_signature_render(made, NULL, 1, &told), NCT_E_ARGUMENT);
    expect_status(nct_signature_render(NULL, text, sizeof text, &told), NCT_E_ARGUMENT);
    nct_signature_free(made);
}

/* As stored */

static nct_status get(struct world *w, const char *id) {
    nct_signature *read = NULL;
    nct_status status = nct_signature_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &read);
    assert_true((status == NCT_OK) == (read != NULL));
    nct_signature_free(read);
    return status;
}

static nct_status list_by_signer(struct world *w, const char *ncid, const char *after, size_t limit,
                                 nct_signature_list **page) {
    return nct_signature_list_by_signer(w->portal, ncid, strlen(ncid), after, after != NULL ? strlen(after) : 0, limit,
                                        page);
}

static int has_page(nct_status status) {
    return status == NCT_OK || status == NCT_E_PARTIAL;
}

static nct_status list_status(struct world *w) {
    nct_signature_list *by_signer = NULL, *by_provider = NULL;
    nct_status status = list_by_signer(w, PETRA.ncid, NULL, 10, &by_signer);
    nct_status other = nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &by_provider);
    assert_true(has_page(status) == (by_signer != NULL) && has_page(other) == (by_provider != NULL));
    nct_signature_list_free(by_signer);
    nct_signature_list_free(by_provider);
    return other != NCT_OK ? other : status;
}

static int is_damage(nct_status status) {
    return status == NCT_E_INTEGRITY || status == NCT_E_UNSUPPORTED || status == NCT_E_KEY;
}

static const struct row *only_row(const struct rows *rows, const char *space) {
    const struct row *found = NULL;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->at[i].space == space_of(space)) {
            assert_null(found);
            found = &rows->at[i];
        }
    assert_non_null(found);
    return found;
}

/* Lists leave it out and say so. Behind the header (version, protection, key id) it can only be NCT_E_INTEGRITY. */
static void alter(struct world *w, const struct row *row, const char *id) {
    struct row altered = *row;
    altered.value = malloc(row->len);
    assert_non_null(altered.value);
    for (size_t at = 0; at < row->len; at++) {
        memcpy(altered.value, row->value, row->len);
        altered.value[at] ^= (unsigned char)(1u << at % 8);
        row_force(w->store.inner, &altered);
        nct_status read = id != NULL ? get(w, id) : NCT_E_INTEGRITY;
        expect_status(list_status(w), NCT_E_PARTIAL);
        assert_true(at < 10 ? is_damage(read) : read == NCT_E_INTEGRITY);
    }
    free(altered.value);
    row_force(w->store.inner, row);
    expect_status(list_status(w), NCT_OK);
}

static void s10_a_stored_receipt_that_was_altered_is_told(void **state) {
    struct world *w = *state;
    nct_signature *made = sign(w, &PETRA, NPI_CLINIC, NCT_SUBMISSION_FL2);
    struct rows rows = rows_take(w->store.inner);
    struct row gone = *only_row(&rows, "signature");
    alter(w, only_row(&rows, "signature"), nct_signature_id(made));
    alter(w, only_row(&rows, "signature_by_person"), NULL);
    gone.revision = 0;
    row_force(w->store.inner, &gone);
    expect_status(get(w, nct_signature_id(made)), NCT_E_INTEGRITY);
    nct_signature_list *page = NULL;
    expect_status(list_by_signer(w, PETRA.ncid, NULL, 10, &page), NCT_E_PARTIAL); /* the index still names it */
    assert_int_equal(nct_signature_list_count(page), 0);
    nct_signature_list_free(page);
    page = NULL;
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_E_INTEGRITY);
    assert_null(page);
    rows_free(&rows);
    nct_signature_free(made);
}

static void s10_a_receipt_under_anothers_id_is_told(void **state) {
    struct world *w = *state;
    nct_signature *first = sign(w, &PETRA, NPI_CLINIC, NCT_SUBMISSION_FL2);
    struct rows before = rows_take(w->store.inner);
    struct row kept = *only_row(&before, "signature");
    world_advance(w, 1);
    nct_signature *second = sign(w, &PETRA, NPI_CLINIC, NCT_SUBMISSION_FL2);
    struct rows after = rows_take(w->store.inner);
    for (size_t i = 0; i < after.count; i++)
        if (after.at[i].space == kept.space && rows_find(&before, &after.at[i]) == NULL)
            row_write(w->store.inner, &after.at[i], kept.value, kept.len);
    expect_status(get(w, nct_signature_id(first)), NCT_OK);
    expect_status(get(w, nct_signature_id(second)), NCT_E_INTEGRITY);
    expect_status(list_status(w), NCT_E_PARTIAL);
    rows_free(&before);
    rows_free(&after);
    nct_signature_free(first);
    nct_signature_free(second);
}

/* Listing by signer */

static void expect_pages(struct world *w, char ids[][NCT_SIGNATURE_ID_LENGTH + 1], size_t total, size_t limit) {
    size_t seen = 0;
    for (;;) {
        nct_signature_list *page = NULL;
        expect_status(list_by_signer(w, PETRA.ncid, seen > 0 ? ids[seen - 1] : NULL, limit, &page), NCT_OK);
        size_t count = nct_signature_list_count(page);
        assert_true(count <= limit);
        for (size_t i = 0; i < count; i++, seen++) {
            const nct_signature *signature = nct_signature_list_at(page, i);
            assert_string_equal(nct_signature_id(signature), ids[seen]);
            assert_string_equal(nct_signature_ncid(signature), PETRA.ncid);
        }
        assert_null(nct_signature_list_at(page, count));
        nct_signature_list_free(page);
        if (count == 0)
            break;
    }
    assert_int_equal(seen, total);
}

static void s10_a_person_sees_what_they_signed_anywhere(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w);
    char other[11], ids[6][NCT_SIGNATURE_ID_LENGTH + 1];
    strcpy(other, world_npi(1));
    world_register(w, other, &OSCAR, NULL, NULL);
    expect_status(world_grant(w, OSCAR.ncid, other, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << NCT_RIGHT_PA_SUBMIT),
                  NCT_OK);
    for (size_t i = 0; i < 6; i++, world_advance(w, 1)) {
        nct_signature *made = sign(w, &PETRA, i % 2 == 0 ? NPI_CLINIC : other, NCT_SUBMISSION_MEDICAL_PA);
        strcpy(ids[i], nct_signature_id(made));
        nct_signature_free(made);
        nct_signature_free(sign(w, &UMA, NPI_CLINIC, NCT_SUBMISSION_MEDICAL_PA));
    }
    for (size_t limit = 1; limit <= 7; limit++)
        expect_pages(w, ids, 6, limit);
    nct_signature_list *page = NULL;
    expect_status(list_by_signer(w, "PETRA.Pharm", ids[4], 1000, &page), NCT_OK);
    assert_int_equal(nct_signature_list_count(page), 1);
    assert_string_equal(nct_signature_provider(nct_signature_list_at(page, 0)), other);
    struct bytes receipt = receipt_of(nct_signature_list_at(page, 0));
    expect_status(verify(&receipt, &keys), NCT_OK);
    nct_signature_list_free(page);
}

static void s10_a_list_of_nobody_is_told(void **state) {
    struct world *w = *state;
    nct_signature_list *page = NULL;
    expect_status(list_by_signer(w, SILAS.ncid, NULL, 10, &page), NCT_E_UNKNOWN_PERSON);
    assert_null(page);
    assert_int_equal(nct_status_category(list_by_signer(w, "x", NULL, 10, &page)), NCT_CATEGORY_VALUE);
    expect_status(list_by_signer(w, FRANK.ncid, NULL, 10, &page), NCT_OK);
    assert_int_equal(nct_signature_list_count(page), 0);
    nct_signature_list_free(page);
    assert_true(list_by_signer(w, FRANK.ncid, NULL, 0, &page) != NCT_OK);
    assert_true(list_by_signer(w, FRANK.ncid, NULL, 1001, &page) != NCT_OK);
    expect_status(list_by_signer(w, FRANK.ncid, "no id", 10, &page), NCT_E_FORMAT);
    assert_null(page);
    expect_status(nct_signature_list_by_signer(NULL, FRANK.ncid, 1, NULL, 0, 10, &page), NCT_E_ARGUMENT);
    expect_status(list_by_signer(w, FRANK.ncid, NULL, 10, NULL), NCT_E_ARGUMENT);
    nct_signature_list_free(NULL);
    assert_int_equal(nct_signature_list_count(NULL), 0);
}

/* Arguments */

static void s10_a_key_set_needs_room(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), small;
    size_t told = 0;
    for (size_t capacity = 0; capacity < keys.len; capacity++) {
        memset(small.at, '#', sizeof small.at);
        expect_status(nct_portal_key_set(w->portal, small.at, capacity, &told), NCT_E_BUFFER);
        assert_int_equal(told, keys.len);
        assert_true(small.at[0] == '#' && small.at[capacity] == '#');
    }
    expect_status(nct_portal_key_set(w->portal, small.at, keys.len, &told), NCT_OK);
    assert_memory_equal(small.at, keys.at, keys.len);
    assert_true(small.at[keys.len] == '#');
    expect_status(nct_portal_key_set(w->portal, NULL, 0, &told), NCT_E_BUFFER);
    expect_status(nct_portal_key_set(w->portal, NULL, 1, &told), NCT_E_ARGUMENT);
    expect_status(nct_portal_key_set(w->portal, small.at, ROOM, NULL), NCT_E_ARGUMENT);
    expect_status(nct_portal_key_set(NULL, small.at, ROOM, &told), NCT_E_ARGUMENT);
}

static void s10_null_arguments_are_told(void **state) {
    struct world *w = *state;
    struct bytes keys = key_set_of(w), receipt = make(w, &PETRA, NCT_SUBMISSION_FL2);
    nct_signature *out = (nct_signature *)1;
    size_t len = 1;
    expect_status(nct_receipt_verify(NULL, 0, keys.at, keys.len, NULL, 0, &out), NCT_E_ARGUMENT);
    assert_null(out);
    expect_status(nct_receipt_verify(receipt.at, receipt.len, NULL, 0, NULL, 0, &out), NCT_E_ARGUMENT);
    expect_status(nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, NULL, 1, &out), NCT_E_ARGUMENT);
    expect_status(nct_receipt_verify(receipt.at, 0, keys.at, keys.len, NULL, 0, &out), NCT_E_ENCODING);
    expect_status(nct_receipt_verify(receipt.at, receipt.len, keys.at, 0, NULL, 0, &out), NCT_E_ENCODING);
    assert_null(nct_signature_receipt(NULL, &len));
    assert_int_equal(len, 0);
    nct_signature *made = sign(w, &PETRA, NPI_CLINIC, NCT_SUBMISSION_FL2);
    assert_non_null(nct_signature_receipt(made, NULL));
    nct_signature_free(made);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(s10_every_kind_of_receipt_verifies_offline),
        CASE(s10_a_receipt_outlives_its_portal),
        CASE(s10_claims_say_what_happened),
        CASE(s10_another_document_is_told),
        CASE(s10_every_changed_bit_of_a_receipt_is_refused),
        CASE(s10_a_receipt_has_no_other_length),
        CASE(s10_a_changed_key_set_verifies_nothing),
        CASE(s10_another_portals_keys_are_told),
        CASE(s10_no_claim_can_be_transplanted),
        CASE(s10_other_evidence_is_no_receipt),
        CASE(s10_a_signature_is_rendered_for_a_person),
        CASE(s10_a_stored_receipt_that_was_altered_is_told),
        CASE(s10_a_receipt_under_anothers_id_is_told),
        CASE(s10_a_person_sees_what_they_signed_anywhere),
        CASE(s10_a_list_of_nobody_is_told),
        CASE(s10_a_key_set_needs_room),
        CASE(s10_null_arguments_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
