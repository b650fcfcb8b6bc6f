/* Checkpoints: made, chained, proved, compared; and whoever has the keys found out by whoever kept one. */
#include "world.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/cbor.h"
#include "engine/records/protect.h"
#include "engine/unit/unit.h"
#include "portal/audit/streams.h"

#define CLINIC_STREAM "provider:" NPI_CLINIC
#define PETRA_STREAM "person:petra.pharm"
#define FRANK_STREAM "person:frank.front"
#define MANY 40

/* ---- what somebody else keeps ---- */

struct bytes {
    unsigned char *data;
    size_t len;
};

struct kept {
    struct bytes checkpoint, leaves, proof; /* the proof is about Petra's stream */
    unsigned char keys[256];
    size_t keys_len;
    uint64_t number;
};

static struct bytes copy_of(const void *data, size_t len) {
    struct bytes copy = {malloc(len + 1), len};
    assert_non_null(copy.data);
    assert_non_null(data);
    memcpy(copy.data, data, len);
    return copy;
}

static struct bytes prove(struct world *w, const char *stream) {
    unsigned char proof[4096];
    size_t len = 0;
    expect_status(nct_checkpoint_prove(w->portal, stream, strlen(stream), proof, sizeof proof, &len, NULL), NCT_OK);
    return copy_of(proof, len);
}

static uint64_t make(struct world *w) {
    nct_checkpoint *made = NULL;
    expect_status(nct_checkpoint_make(w->portal, &made), NCT_OK);
    uint64_t number = nct_checkpoint_number(made);
    nct_checkpoint_free(made);
    return number;
}

/* Makes a checkpoint and keeps it. */
static struct kept keep(struct world *w) {
    struct kept kept = {.number = make(w)};
    nct_checkpoint *exported = NULL;
    size_t len = 0, leaves_len = 0;
    expect_status(nct_checkpoint_export_leaves(w->portal, &exported), NCT_OK);
    assert_true(nct_checkpoint_number(exported) == kept.number);
    const void *bytes = nct_checkpoint_bytes(exported, &len);
    const void *leaves = nct_checkpoint_leaves(exported, &leaves_len);
    kept.checkpoint = copy_of(bytes, len);
    kept.leaves = copy_of(leaves, leaves_len);
    nct_checkpoint_free(exported);
    kept.proof = prove(w, PETRA_STREAM);
    expect_status(nct_portal_key_set(w->portal, kept.keys, sizeof kept.keys, &kept.keys_len), NCT_OK);
    return kept;
}

static void drop_kept(struct kept *kept) {
    free(kept->checkpoint.data);
    free(kept->leaves.data);
    free(kept->proof.data);
}

static nct_status verify(const struct kept *kept, const struct bytes *previous) {
    return nct_checkpoint_verify(kept->checkpoint.data, kept->checkpoint.len, kept->keys, kept->keys_len,
                                 previous != NULL ? previous->data : NULL, previous != NULL ? previous->len : 0, NULL);
}

static nct_status verify_inclusion(const struct kept *kept, const struct bytes *proof, nct_inclusion **out) {
    return nct_checkpoint_verify_inclusion(kept->checkpoint.data, kept->checkpoint.len, kept->keys, kept->keys_len,
                                           proof->data, proof->len, out);
}

struct answer {
    int32_t verdict;
    uint64_t sequence;
    char stream[NCT_STREAM_NAME_MAX + 1];
};

static struct answer compare(struct world *w, const struct kept *kept) {
    struct answer answer = {.verdict = -1};
    expect_status(nct_checkpoint_compare(w->portal, kept->checkpoint.data, kept->checkpoint.len, kept->leaves.data,
                                         kept->leaves.len, kept->keys, kept->keys_len, &answer.verdict, answer.stream,
                                         sizeof answer.stream, &answer.sequence),
                  NCT_OK);
    assert_int_equal(answer.stream[0] != '\0', answer.verdict == NCT_LEDGER_TAMPERED);
    return answer;
}

static struct answer anchored(struct world *w, const struct kept *kept) {
    struct answer answer = {.verdict = -1};
    expect_status(nct_ledger_verify_anchored(w->portal, PETRA_STREAM, strlen(PETRA_STREAM), kept->checkpoint.data,
                                             kept->checkpoint.len, kept->proof.data, kept->proof.len, kept->keys,
                                             kept->keys_len, &answer.verdict, &answer.sequence),
                  NCT_OK);
    return answer;
}

static nct_anchors *anchors_of(const struct kept *kept) {
    nct_anchors *anchors = NULL;
    expect_status(nct_anchors_from_leaves(kept->checkpoint.data, kept->checkpoint.len, kept->leaves.data,
                                          kept->leaves.len, kept->keys, kept->keys_len, &anchors),
                  NCT_OK);
    return anchors;
}

/* What all leaves say of Petra's stream, or its proof; both say the same. */
static struct answer against(struct world *w, const struct kept *kept, uint64_t *vouched) {
    struct answer leaves = {.verdict = -1}, proof = {.verdict = -1};
    uint64_t same = 0;
    nct_anchors *of_leaves = anchors_of(kept), *of_proof = NULL;
    expect_status(nct_anchors_from_proof(kept->checkpoint.data, kept->checkpoint.len, kept->proof.data, kept->proof.len,
                                         kept->keys, kept->keys_len, &of_proof),
                  NCT_OK);
    expect_status(nct_ledger_verify_against(w->portal, PETRA_STREAM, strlen(PETRA_STREAM), of_leaves, &leaves.verdict,
                                            &leaves.sequence, vouched),
                  NCT_OK);
    expect_status(nct_ledger_verify_against(w->portal, PETRA_STREAM, strlen(PETRA_STREAM), of_proof, &proof.verdict,
                                            &proof.sequence, &same),
                  NCT_OK);
    assert_memory_equal(&leaves, &proof, sizeof leaves);
    assert_true(same == *vouched);
    nct_anchors_free(of_leaves);
    nct_anchors_free(of_proof);
    return leaves;
}

/* ---- somebody with the database and the master key ---- */

/* Writes an authentic row at a revision. */
static void forge_at(struct world *w, const struct nct_record_type *type, const void *key, size_t key_len,
                     const void *record, uint64_t revision) {
    struct row row = {.space = type->space, .key_len = key_len, .revision = revision};
    struct nct_buf content, value;
    memcpy(row.key, key, key_len);
    nct_buf_init(&content, &w->portal->seams.memory);
    nct_buf_init(&value, &w->portal->seams.memory);
    nct_record_encode(type, record, &content);
    struct nct_place place = {type->space, row.key, key_len, revision};
    expect_status(nct_protect(nct_keyring_current(&w->portal->keyring), &w->portal->seams, type->protection, &place,
                              content.data, content.len, &value),
                  NCT_OK);
    row.value = value.data;
    row.len = value.len;
    row_force(w->store.inner, &row);
    nct_buf_free(&content);
    nct_buf_free(&value);
}

static uint64_t revision_of(struct world *w, int32_t space, const void *key, size_t key_len) {
    struct row like = {.space = space, .key_len = key_len};
    memcpy(like.key, key, key_len);
    struct rows rows = rows_take(w->store.inner);
    const struct row *row = rows_find(&rows, &like);
    uint64_t revision = row != NULL ? row->revision : 0;
    rows_free(&rows);
    return revision;
}

static void remove_row(struct world *w, int32_t space, const void *key, size_t key_len) {
    struct row row = {.space = space, .key_len = key_len};
    memcpy(row.key, key, key_len);
    row_force(w->store.inner, &row);
}

struct chain {
    struct nct_stream stream;
    struct nct_stream_head head;
    struct nct_entry_record entries[MANY];
    size_t count;
};

static nct_status read_head(struct nct_unit *unit, void *argument) {
    struct chain *chain = argument;
    return nct_unit_get(unit, &nct_type_stream, chain->stream.key, chain->stream.len, &chain->head);
}

static struct chain chain_of(struct world *w, const char *name) {
    struct chain chain = {.count = 0};
    struct nct_page page;
    expect_status(nct_stream_find(w->portal, name, strlen(name), &chain.stream), NCT_OK);
    expect_status(nct_unit_read(w->portal, read_head, &chain), NCT_OK);
    expect_status(nct_stream_fetch(w->portal, &chain.stream, 0, MANY, &page), NCT_OK);
    for (size_t i = 0; i < page.count; i++)
        expect_status(nct_record_decode(&nct_type_entry, page.rows[i].content, page.rows[i].len, &chain.entries[i]),
                      NCT_OK);
    chain.count = page.count;
    nct_page_free(&page);
    assert_true(chain.count > 0 && chain.count < MANY - 2);
    return chain;
}

static void hash_of(const struct chain *chain, const struct world *w, size_t index, unsigned char hash[NCT_HASH]) {
    struct nct_buf content;
    nct_buf_init(&content, &w->portal->seams.memory);
    nct_record_encode(&nct_type_entry, &chain->entries[index], &content);
    nct_entry_hash(&chain->stream, index + 1, content.data, content.len, hash);
    nct_buf_free(&content);
}

/* Writes a chain into the store; rechained: every hash is made to fit, up to the head. */
static void write_chain(struct world *w, struct chain *chain, int rechained) {
    unsigned char key[NCT_ENTRY_KEY_MAX];
    unsigned char hash[NCT_HASH] = {0};
    for (size_t i = 0; i < chain->count; i++) {
        if (rechained)
            memcpy(chain->entries[i].previous, hash, NCT_HASH);
        hash_of(chain, w, i, hash);
        forge_at(w, &nct_type_entry, key, nct_entry_key(&chain->stream, i + 1, key), &chain->entries[i], 1);
    }
    for (size_t i = chain->count; i < MANY; i++)
        remove_row(w, NCT_SPACE_ENTRY, key, nct_entry_key(&chain->stream, i + 1, key));
    if (rechained) {
        chain->head.sequence = chain->count;
        memcpy(chain->head.hash, hash, NCT_HASH);
        uint64_t revision = revision_of(w, NCT_SPACE_STREAM, chain->stream.key, chain->stream.len);
        forge_at(w, &nct_type_stream, chain->stream.key, chain->stream.len, &chain->head, revision);
    }
}

/* Ways to change the past; `at` is the index of the entry concerned, and not the last one. */
static void drop(struct chain *chain, size_t at) {
    memmove(&chain->entries[at], &chain->entries[at + 1], (--chain->count - at) * sizeof chain->entries[0]);
}

static void swap(struct chain *chain, size_t at) {
    struct nct_entry_record first = chain->entries[at];
    chain->entries[at] = chain->entries[at + 1];
    chain->entries[at + 1] = first;
}

static void duplicate(struct chain *chain, size_t at) {
    memmove(&chain->entries[at + 1], &chain->entries[at], (chain->count++ - at) * sizeof chain->entries[0]);
}

static void truncate_at(struct chain *chain, size_t at) {
    chain->count = at;
}

static struct nct_entry_record foreign;

static void splice(struct chain *chain, size_t at) {
    duplicate(chain, at);
    memcpy(foreign.previous, chain->entries[at].previous, NCT_HASH);
    chain->entries[at] = foreign;
}

static void edit(struct chain *chain, size_t at) {
    chain->entries[at].time += 1;
}

static const struct {
    const char *name;
    void (*change)(struct chain *chain, size_t at);
} ways[] = {{"drop", drop},     {"swap", swap}, {"duplicate", duplicate}, {"truncate", truncate_at},
            {"splice", splice}, {"edit", edit}};
#define WAYS (sizeof ways / sizeof ways[0])

/* Adds entries to Petra's stream, none of which changes anything that is pinned twice alike. */
static void live_on(struct world *w, int entries) {
    for (int i = 0; i < entries; i++) {
        world_advance(w, 60000);
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, (uint64_t)i % 4), NCT_OK);
    }
}

/* ---- made and read ---- */

static void a_checkpoint_says_what_it_covers(void **state) {
    struct world *w = *state;
    nct_checkpoint *made = NULL, *read = NULL;
    world_advance(w, 12345);
    expect_status(nct_checkpoint_get(w->portal, 0, &read), NCT_E_NOT_FOUND);
    assert_null(read);
    expect_status(nct_checkpoint_make(w->portal, &made), NCT_OK);
    assert_true(nct_checkpoint_number(made) == 1);
    assert_true(nct_checkpoint_time(made) == w->now);
    uint64_t streams = 0, entries = 0;
    nct_stream_list *page = NULL;
    expect_status(nct_ledger_streams(w->portal, NULL, 0, 1000, &page), NCT_OK);
    for (size_t i = 0; i < nct_stream_list_count(page); i++, streams++)
        entries += world_entries(w, nct_stream_list_name(page, i));
    nct_stream_list_free(page);
    assert_true(nct_checkpoint_streams(made) == streams && streams >= 5);
    assert_true(nct_checkpoint_entries(made) == entries - 1 && entries > streams); /* the last tells of the making */
    for (uint64_t number = 0; number < 2; number++) {
        size_t len = 0, made_len = 0;
        expect_status(nct_checkpoint_get(w->portal, number, &read), NCT_OK);
        const void *made_bytes = nct_checkpoint_bytes(made, &made_len);
        assert_memory_equal(nct_checkpoint_bytes(read, &len), made_bytes, made_len);
        assert_int_equal(len, made_len);
        assert_null(nct_checkpoint_leaves(read, &len));
        assert_int_equal(len, 0);
        nct_checkpoint_free(read);
    }
    expect_status(nct_checkpoint_get(w->portal, 2, &read), NCT_E_NOT_FOUND);
    nct_checkpoint_free(made);
}

static void nothing_is_asked_of_null(void **state) {
    struct world *w = *state;
    size_t len = 7;
    assert_true(nct_checkpoint_number(NULL) == 0 && nct_checkpoint_time(NULL) == 0);
    assert_true(nct_checkpoint_streams(NULL) == 0 && nct_checkpoint_entries(NULL) == 0);
    assert_null(nct_checkpoint_root(NULL));
    assert_null(nct_checkpoint_hash(NULL));
    assert_null(nct_checkpoint_bytes(NULL, &len));
    assert_null(nct_checkpoint_leaves(NULL, &len));
    assert_null(nct_inclusion_stream(NULL, &len));
    assert_null(nct_inclusion_hash(NULL));
    assert_true(nct_inclusion_sequence(NULL) == 0 && len == 0);
    nct_checkpoint_free(NULL);
    nct_inclusion_free(NULL);
    expect_status(nct_checkpoint_make(NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_get(w->portal, 0, NULL), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_export_leaves(w->portal, NULL), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_verify(NULL, 0, "", 0, NULL, 0, NULL), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_prove(w->portal, PETRA_STREAM, 18, NULL, 0, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_OK);
    assert_string_equal(nct_ledger_verdict_name(NCT_LEDGER_VALID), "valid");
}

/* Its streams are its own and that of its key. */
static void an_empty_portal_has_a_checkpoint(void **state) {
    struct world *w = *state;
    unsigned char keys[256];
    size_t len = 0, keys_len = 0;
    nct_checkpoint *made = NULL;
    assert_int_equal(make(w), 1);
    expect_status(nct_checkpoint_export_leaves(w->portal, &made), NCT_OK);
    assert_true(nct_checkpoint_streams(made) == 2 && nct_checkpoint_entries(made) == 2);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    const void *bytes = nct_checkpoint_bytes(made, &len);
    expect_status(nct_checkpoint_verify(bytes, len, keys, keys_len, NULL, 0, NULL), NCT_OK);
    nct_checkpoint_free(made);
    assert_int_equal(make(w), 2);
}

/* The root once more, from the exported leaves, as RFC 6962 defines it. */
static void root_of(const struct nct_cbor *leaves, size_t n, unsigned char root[32]) {
    unsigned char both[65] = {1};
    unsigned char leaf[128] = {0};
    struct nct_cbor reader = *leaves;
    if (n == 1) {
        nct_cbor_skip(&reader);
        size_t len = (size_t)(reader.at - leaves->at);
        memcpy(leaf + 1, leaves->at, len);
        crypto_generichash(root, 32, leaf, 1 + len, NULL, 0);
        return;
    }
    size_t k = 1;
    while (2 * k < n)
        k *= 2;
    for (size_t i = 0; i < k; i++)
        nct_cbor_skip(&reader);
    root_of(leaves, k, both + 1);
    root_of(&reader, n - k, both + 33);
    crypto_generichash(root, 32, both, 65, NULL, 0);
}

static void the_root_is_that_of_all_heads(void **state) {
    struct world *w = *state;
    struct kept kept = keep(w);
    unsigned char root[32];
    struct nct_cbor reader;
    nct_checkpoint *checkpoint = NULL;
    expect_status(nct_checkpoint_get(w->portal, 0, &checkpoint), NCT_OK);
    size_t streams = (size_t)nct_checkpoint_streams(checkpoint);
    nct_cbor_open(&reader, kept.leaves.data, kept.leaves.len);
    root_of(&reader, streams, root);
    assert_memory_equal(nct_checkpoint_root(checkpoint), root, 32);
    struct rows rows = rows_take(w->store.inner);
    size_t heads = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.at[i].space != NCT_SPACE_STREAM)
            continue;
        size_t len = 0;
        assert_int_equal(nct_cbor_get_array(&reader), 3);
        const unsigned char *key = nct_cbor_get_bytes(&reader, &len);
        assert_int_equal(len, rows.at[i].key_len);
        assert_memory_equal(key, rows.at[i].key, len);
        (void)nct_cbor_get_uint(&reader);
        (void)nct_cbor_get_bytes(&reader, &len);
        heads++;
    }
    expect_status(nct_cbor_close(&reader), NCT_OK);
    assert_int_equal(heads, streams);
    rows_free(&rows);
    nct_checkpoint_free(checkpoint);
    drop_kept(&kept);
}

static void checkpoints_follow_each_other(void **state) {
    struct world *w = *state;
    struct kept kept[3];
    for (int i = 0; i < 3; i++) {
        kept[i] = keep(w);
        assert_true(kept[i].number == (uint64_t)i + 1);
        live_on(w, i);
    }
    for (int i = 0; i < 3; i++) {
        expect_status(verify(&kept[i], NULL), NCT_OK);
        for (int j = 0; j < 3; j++)
            expect_status(verify(&kept[i], &kept[j].checkpoint), i == j + 1 ? NCT_OK : NCT_E_INTEGRITY);
    }
    for (size_t bit = 0; bit < 8 * kept[1].checkpoint.len; bit++) {
        kept[1].checkpoint.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        expect_status(verify(&kept[2], &kept[1].checkpoint), NCT_E_INTEGRITY);
        kept[1].checkpoint.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(compare(w, &kept[i]).verdict, NCT_LEDGER_VALID);
        drop_kept(&kept[i]);
    }
}

/* ---- proofs ---- */

static void every_stream_is_proved(void **state) {
    struct world *w = *state;
    static const char *const names[] = {CLINIC_STREAM, PETRA_STREAM, FRANK_STREAM, "person:olivia.owner",
                                        "person:uma.useradmin"};
    struct kept kept = keep(w);
    for (size_t i = 0; i < 5; i++) {
        struct bytes proof = prove(w, names[i]);
        struct chain chain = chain_of(w, names[i]);
        nct_inclusion *inclusion = NULL;
        size_t len = 0;
        expect_status(verify_inclusion(&kept, &proof, &inclusion), NCT_OK);
        assert_true(nct_inclusion_sequence(inclusion) == world_entries(w, names[i]));
        assert_memory_equal(nct_inclusion_hash(inclusion), chain.head.hash, 32);
        assert_memory_equal(nct_inclusion_stream(inclusion, &len), chain.stream.key, chain.stream.len);
        assert_int_equal(len, chain.stream.len);
        nct_inclusion_free(inclusion);
        free(proof.data);
    }
    drop_kept(&kept);
}

static void a_proof_is_of_its_checkpoint_and_stream(void **state) {
    struct world *w = *state;
    struct kept first = keep(w);
    int32_t verdict = -1;
    struct kept second = keep(w); /* nothing has changed but the number */
    expect_status(verify_inclusion(&first, &second.proof, NULL), NCT_E_INTEGRITY);
    expect_status(verify_inclusion(&second, &first.proof, NULL), NCT_E_INTEGRITY);
    expect_status(nct_ledger_verify_anchored(w->portal, FRANK_STREAM, strlen(FRANK_STREAM), first.checkpoint.data,
                                             first.checkpoint.len, first.proof.data, first.proof.len, first.keys,
                                             first.keys_len, &verdict, NULL),
                  NCT_E_DOCUMENT);
    assert_int_equal(verdict, NCT_LEDGER_TAMPERED);
    drop_kept(&first);
    drop_kept(&second);
}

static void proofs_need_room_and_a_checkpoint(void **state) {
    struct world *w = *state;
    unsigned char proof[4096];
    size_t len = 0, needed = 0;
    nct_checkpoint *checkpoint = NULL;
    const size_t n = strlen(PETRA_STREAM);
    expect_status(nct_checkpoint_prove(w->portal, PETRA_STREAM, n, proof, sizeof proof, &len, NULL), NCT_E_NOT_FOUND);
    (void)make(w);
    expect_status(nct_checkpoint_prove(w->portal, PETRA_STREAM, n, NULL, 0, &needed, &checkpoint), NCT_E_BUFFER);
    assert_null(checkpoint);
    expect_status(nct_checkpoint_prove(w->portal, PETRA_STREAM, n, proof, needed - 1, &len, NULL), NCT_E_BUFFER);
    assert_int_equal(len, needed);
    expect_status(nct_checkpoint_prove(w->portal, PETRA_STREAM, n, proof, needed, &len, &checkpoint), NCT_OK);
    assert_true(nct_checkpoint_number(checkpoint) == 1);
    nct_checkpoint_free(checkpoint);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_OK);
    expect_status(nct_checkpoint_prove(w->portal, "person:silas.stranger", 21, proof, sizeof proof, &len, NULL),
                  NCT_E_NOT_FOUND);
    (void)make(w);
    expect_status(nct_checkpoint_prove(w->portal, "person:silas.stranger", 21, proof, sizeof proof, &len, NULL),
                  NCT_OK);
    expect_status(nct_checkpoint_prove(w->portal, "nonsense", 8, proof, sizeof proof, &len, NULL), NCT_E_FORMAT);
}

/* ---- bits ---- */

static int is_refusal(nct_status status) {
    return status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED || status == NCT_E_UNKNOWN_KEY ||
           status == NCT_E_SIGNATURE;
}

static void every_flipped_bit_of_a_checkpoint_is_refused(void **state) {
    struct world *w = *state;
    struct kept kept = keep(w);
    size_t signature = 0;
    for (size_t bit = 0; bit < 8 * kept.checkpoint.len; bit++) {
        kept.checkpoint.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        nct_status status = verify(&kept, NULL);
        assert_true(is_refusal(status));
        signature += status == NCT_E_SIGNATURE;
        expect_status(verify_inclusion(&kept, &kept.proof, NULL), status);
        kept.checkpoint.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    assert_true(signature > 8 * 64); /* the signature's bits and those of the claims */
    for (size_t len = 0; len < kept.checkpoint.len; len++)
        expect_status(nct_checkpoint_verify(kept.checkpoint.data, len, kept.keys, kept.keys_len, NULL, 0, NULL),
                      NCT_E_ENCODING);
    kept.checkpoint.data[kept.checkpoint.len] = 0;
    expect_status(
        nct_checkpoint_verify(kept.checkpoint.data, kept.checkpoint.len + 1, kept.keys, kept.keys_len, NULL, 0, NULL),
        NCT_E_ENCODING);
    drop_kept(&kept);
}

static void every_flipped_bit_of_a_proof_is_refused(void **state) {
    struct world *w = *state;
    struct kept kept = keep(w);
    size_t integrity = 0;
    for (size_t bit = 0; bit < 8 * kept.proof.len; bit++) {
        kept.proof.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        nct_status status = verify_inclusion(&kept, &kept.proof, NULL);
        assert_true(status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED || status == NCT_E_INTEGRITY);
        integrity += status == NCT_E_INTEGRITY;
        kept.proof.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    assert_true(integrity > 8 * (32 + 16 + 32)); /* head, person id, at least one node */
    struct bytes proof = kept.proof;
    for (proof.len = 0; proof.len < kept.proof.len; proof.len++)
        expect_status(verify_inclusion(&kept, &proof, NULL), NCT_E_ENCODING);
    drop_kept(&kept);
}

static void every_flipped_bit_of_the_leaves_is_refused(void **state) {
    struct world *w = *state;
    struct kept kept = keep(w);
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t verdict;
    for (size_t bit = 0; bit < 8 * kept.leaves.len; bit++) {
        kept.leaves.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        nct_status status =
            nct_checkpoint_compare(w->portal, kept.checkpoint.data, kept.checkpoint.len, kept.leaves.data,
                                   kept.leaves.len, kept.keys, kept.keys_len, &verdict, stream, sizeof stream, NULL);
        assert_true(status == NCT_E_ENCODING || status == NCT_E_INTEGRITY);
        assert_int_equal(verdict, NCT_LEDGER_TAMPERED);
        kept.leaves.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    expect_status(nct_checkpoint_compare(w->portal, kept.checkpoint.data, kept.checkpoint.len, NULL, 0, kept.keys,
                                         kept.keys_len, &verdict, stream, sizeof stream, NULL),
                  NCT_E_INTEGRITY);
    expect_status(nct_checkpoint_compare(w->portal, kept.checkpoint.data, kept.checkpoint.len, kept.leaves.data,
                                         kept.leaves.len, kept.keys, kept.keys_len, &verdict, stream, sizeof stream - 1,
                                         NULL),
                  NCT_E_BUFFER);
    drop_kept(&kept);
}

static void other_evidence_and_other_keys_are_refused(void **state) {
    struct world *w = *state;
    struct kept kept = keep(w);
    struct world *other = world_new();
    nct_signature *signature = NULL;
    size_t len = 0;
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC, NCT_SUBMISSION_FL2,
                             &signature),
                  NCT_OK);
    const void *receipt = nct_signature_receipt(signature, &len);
    expect_status(nct_checkpoint_verify(receipt, len, kept.keys, kept.keys_len, NULL, 0, NULL), NCT_E_UNSUPPORTED);
    nct_signature_free(signature);
    expect_status(
        nct_receipt_verify(kept.checkpoint.data, kept.checkpoint.len, kept.keys, kept.keys_len, NULL, 0, NULL),
        NCT_E_UNSUPPORTED);
    other->key[0] ^= 1;
    world_open(other);
    expect_status(nct_portal_key_set(other->portal, kept.keys, sizeof kept.keys, &kept.keys_len), NCT_OK);
    expect_status(verify(&kept, NULL), NCT_E_UNKNOWN_KEY);
    assert_int_equal(world_free(other), 0);
    drop_kept(&kept);
}

/* ---- tampering ---- */

static void complain(const char *way, size_t at, int rechained, const char *what) {
    print_error("%s at %zu, %s: %s\n", way, at, rechained ? "re-chained" : "as it is", what);
    fail();
}

/* Whether the past up to the anchor is another one. A change behind the anchor leaves it as it was. */
static void judge(struct world *w, const struct kept *kept, const char *way, size_t at, int rechained, int behind) {
    uint64_t sequence = 0;
    int32_t alone = world_verdict(w, PETRA_STREAM, &sequence);
    struct answer proved = anchored(w, kept);
    struct answer whole = compare(w, kept);
    if (alone != (rechained ? NCT_LEDGER_VALID_BUT_UNANCHORED : NCT_LEDGER_TAMPERED))
        complain(way, at, rechained, "alone");
    int hidden = rechained && behind;
    if (proved.verdict != (hidden ? NCT_LEDGER_VALID : NCT_LEDGER_TAMPERED))
        complain(way, at, rechained, "anchored");
    if (whole.verdict != proved.verdict || (!hidden && strcmp(whole.stream, PETRA_STREAM) != 0))
        complain(way, at, rechained, "compared");
    uint64_t vouched = 0;
    struct answer each = against(w, kept, &vouched);
    int32_t behind_it = each.sequence > vouched ? NCT_LEDGER_VALID_BUT_UNANCHORED : NCT_LEDGER_VALID;
    if (each.verdict != (hidden ? behind_it : NCT_LEDGER_TAMPERED))
        complain(way, at, rechained, "against the leaves");
    if (!hidden && each.sequence != whole.sequence)
        complain(way, at, rechained, "another place");
    /* A portal that made the anchor signs nothing against it. */
    nct_status made = nct_checkpoint_make(w->portal, NULL);
    if (rechained && made != (behind ? NCT_OK : NCT_E_INTEGRITY))
        complain(way, at, rechained, "a further checkpoint");
}

/* How many entries a changed chain has in common with the whole one, but for what re-chaining changes. */
static size_t in_common(const struct chain *chain, const struct chain *whole) {
    size_t same = 0;
    for (; same < chain->count && same < whole->count; same++) {
        struct nct_entry_record a = chain->entries[same], b = whole->entries[same];
        memset(a.previous, 0, NCT_HASH);
        memset(b.previous, 0, NCT_HASH);
        if (memcmp(&a, &b, sizeof a) != 0)
            break;
    }
    return same;
}

/* Without the re-chaining each is found at once; with it, by the anchor, and behind the anchor by nothing. */
static void every_way_to_change_the_past_is_found_up_to_the_anchor(void **state) {
    struct world *w = *state;
    live_on(w, 4);
    struct kept kept = keep(w);
    const size_t anchor = world_entries(w, PETRA_STREAM);
    live_on(w, 4);
    const struct chain whole = chain_of(w, PETRA_STREAM);
    foreign = chain_of(w, FRANK_STREAM).entries[0];
    struct rows rows = rows_take(w->store.inner);
    assert_int_equal(anchored(w, &kept).verdict, NCT_LEDGER_VALID);
    assert_true(anchored(w, &kept).sequence == anchor);
    assert_true(anchor >= 4 && whole.count == anchor + 4);
    for (size_t way = 0; way < WAYS; way++)
        for (size_t at = 0; at + 1 < whole.count; at++)
            for (int rechained = 0; rechained < 2; rechained++) {
                struct chain chain = whole;
                ways[way].change(&chain, at);
                int behind = in_common(&chain, &whole) >= anchor;
                write_chain(w, &chain, rechained);
                judge(w, &kept, ways[way].name, at, rechained, behind);
                rows_restore(w->store.inner, &rows);
            }
    rows_free(&rows);
    drop_kept(&kept);
}

/* Of how many streams the checkpoint vouches for every entry. */
static size_t count_whole(struct world *w, const nct_anchors *anchors) {
    nct_stream_list *streams = NULL;
    size_t whole = 0;
    expect_status(nct_ledger_streams(w->portal, NULL, 0, 1000, &streams), NCT_OK);
    for (size_t i = 0; i < nct_stream_list_count(streams); i++) {
        const char *name = nct_stream_list_name(streams, i);
        int32_t verdict = -1;
        uint64_t sequence = 0, vouched = 0;
        expect_status(nct_ledger_verify_against(w->portal, name, strlen(name), anchors, &verdict, &sequence, &vouched),
                      NCT_OK);
        assert_int_equal(verdict == NCT_LEDGER_VALID, sequence == vouched);
        whole += verdict == NCT_LEDGER_VALID;
    }
    nct_stream_list_free(streams);
    return whole;
}

static void every_stream_is_looked_up(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    for (unsigned i = 10; i < 16; i++) {
        world_enroll(w, world_npi(i), "organization", code);
        struct kept kept = keep(w);
        nct_anchors *anchors = anchors_of(&kept);
        assert_true(count_whole(w, anchors) == nct_anchors_count(anchors) - 1); /* the portal's tells of the making */
        nct_anchors_free(anchors);
        drop_kept(&kept);
    }
}

static void each_stream_is_valid_as_far_as_the_checkpoint_vouches(void **state) {
    struct world *w = *state;
    uint64_t vouched = 0;
    live_on(w, 2);
    struct kept kept = keep(w);
    const uint64_t anchor = world_entries(w, PETRA_STREAM);
    struct answer answer = against(w, &kept, &vouched);
    assert_int_equal(answer.verdict, NCT_LEDGER_VALID);
    assert_true(answer.sequence == anchor && vouched == anchor);
    live_on(w, 3);
    answer = against(w, &kept, &vouched);
    assert_int_equal(answer.verdict, NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_true(answer.sequence == anchor + 3 && vouched == anchor);
    drop_kept(&kept);
}

static void a_stream_no_checkpoint_tells_of_is_unanchored(void **state) {
    struct world *w = *state;
    int32_t verdict = -1;
    uint64_t sequence = 0, vouched = 7;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    struct kept kept = keep(w);
    nct_anchors *anchors = anchors_of(&kept);
    size_t streams = nct_anchors_count(anchors);
    assert_true(streams > 4);
    world_enroll(w, world_npi(5), "organization", code);
    char name[40];
    snprintf(name, sizeof name, "provider:%s", world_npi(5));
    expect_status(nct_ledger_verify_against(w->portal, name, strlen(name), anchors, &verdict, &sequence, &vouched),
                  NCT_OK);
    assert_int_equal(verdict, NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_true(sequence == 2 && vouched == 0);
    expect_status(nct_ledger_verify_against(w->portal, "person:nobody.here", 18, anchors, &verdict, NULL, NULL),
                  NCT_E_NOT_FOUND);
    expect_status(nct_ledger_verify_against(w->portal, "nonsense", 8, anchors, &verdict, NULL, NULL), NCT_E_FORMAT);
    expect_status(nct_ledger_verify_against(w->portal, name, strlen(name), NULL, &verdict, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_ledger_verify_against(w->portal, name, strlen(name), anchors, NULL, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_ledger_verify_against(NULL, name, strlen(name), anchors, &verdict, NULL, NULL), NCT_E_ARGUMENT);
    nct_anchors_free(anchors);
    nct_anchors_free(NULL);
    assert_int_equal(nct_anchors_count(NULL), 0);
    drop_kept(&kept);
}

static void anchors_are_made_of_right_evidence_alone(void **state) {
    struct world *w = *state;
    nct_anchors *anchors = (void *)w;
    struct kept first = keep(w);
    live_on(w, 1);
    struct kept kept = keep(w);
    expect_status(nct_anchors_from_leaves(kept.checkpoint.data, kept.checkpoint.len, first.leaves.data,
                                          first.leaves.len, kept.keys, kept.keys_len, &anchors),
                  NCT_E_INTEGRITY);
    assert_null(anchors);
    expect_status(nct_anchors_from_proof(kept.checkpoint.data, kept.checkpoint.len, first.proof.data, first.proof.len,
                                         kept.keys, kept.keys_len, &anchors),
                  NCT_E_INTEGRITY);
    assert_null(anchors);
    expect_status(nct_anchors_from_leaves(kept.checkpoint.data, kept.checkpoint.len - 1, kept.leaves.data,
                                          kept.leaves.len, kept.keys, kept.keys_len, &anchors),
                  NCT_E_ENCODING);
    kept.checkpoint.data[kept.checkpoint.len - 1] ^= 1;
    expect_status(nct_anchors_from_leaves(kept.checkpoint.data, kept.checkpoint.len, kept.leaves.data, kept.leaves.len,
                                          kept.keys, kept.keys_len, &anchors),
                  NCT_E_SIGNATURE);
    expect_status(nct_anchors_from_proof(kept.checkpoint.data, kept.checkpoint.len, kept.proof.data, kept.proof.len,
                                         kept.keys, kept.keys_len, &anchors),
                  NCT_E_SIGNATURE);
    expect_status(
        nct_anchors_from_leaves(kept.checkpoint.data, kept.checkpoint.len, NULL, 1, kept.keys, kept.keys_len, &anchors),
        NCT_E_ARGUMENT);
    expect_status(
        nct_anchors_from_proof(kept.checkpoint.data, kept.checkpoint.len, NULL, 0, kept.keys, kept.keys_len, &anchors),
        NCT_E_ARGUMENT);
    expect_status(nct_anchors_from_leaves(NULL, 0, NULL, 0, NULL, 0, NULL), NCT_E_ARGUMENT);
    expect_status(nct_anchors_from_proof(NULL, 0, NULL, 0, NULL, 0, NULL), NCT_E_ARGUMENT);
    drop_kept(&first);
    drop_kept(&kept);
}

static int is_of_checkpoints(const struct row *row) {
    return row->space >= NCT_SPACE_CHECKPOINT && row->space <= NCT_SPACE_CHECKPOINT_LAST;
}

/* Puts back every row of then but those of the checkpoints. */
static void roll_back(struct world *w, const struct rows *then) {
    struct rows now = rows_take(w->store.inner);
    struct rows mixed = {calloc(then->count + now.count, sizeof *mixed.at), 0};
    assert_non_null(mixed.at);
    for (size_t i = 0; i < then->count; i++)
        if (!is_of_checkpoints(&then->at[i]))
            mixed.at[mixed.count++] = then->at[i];
    for (size_t i = 0; i < now.count; i++)
        if (is_of_checkpoints(&now.at[i]))
            mixed.at[mixed.count++] = now.at[i];
    rows_restore(w->store.inner, &mixed);
    free(mixed.at);
    rows_free(&now);
}

static void a_portal_rolled_back_signs_nothing(void **state) {
    struct world *w = *state;
    struct rows then = rows_take(w->store.inner);
    live_on(w, 1);
    struct kept kept = keep(w);
    roll_back(w, &then);
    assert_int_equal(world_verdict(w, PETRA_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
    assert_int_equal(compare(w, &kept).verdict, NCT_LEDGER_TAMPERED);
    assert_int_equal(anchored(w, &kept).verdict, NCT_LEDGER_TAMPERED);
    live_on(w, 3); /* and grown again past its old length */
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
    struct answer answer = compare(w, &kept);
    assert_int_equal(answer.verdict, NCT_LEDGER_TAMPERED);
    assert_int_equal(anchored(w, &kept).verdict, NCT_LEDGER_TAMPERED);
    rows_free(&then);
    drop_kept(&kept);
}

/* Everything put back, the checkpoints too: the portal cannot know, whoever kept one does. */
static void a_store_rolled_back_altogether_is_found_by_who_kept_one(void **state) {
    struct world *w = *state;
    (void)make(w);
    struct rows then = rows_take(w->store.inner);
    live_on(w, 1);
    struct kept kept = keep(w);
    rows_restore(w->store.inner, &then);
    assert_int_equal(compare(w, &kept).verdict, NCT_LEDGER_TAMPERED);
    live_on(w, 1);
    struct kept forked = keep(w);
    assert_true(forked.number == kept.number);
    assert_int_equal(compare(w, &kept).verdict, NCT_LEDGER_TAMPERED);
    struct kept next = keep(w);
    expect_status(verify(&next, &forked.checkpoint), NCT_OK);
    expect_status(verify(&next, &kept.checkpoint), NCT_E_INTEGRITY);
    rows_free(&then);
    drop_kept(&kept);
    drop_kept(&forked);
    drop_kept(&next);
}

static void a_stream_that_is_gone_is_found(void **state) {
    struct world *w = *state;
    struct kept kept = keep(w);
    struct rows rows = rows_take(w->store.inner);
    size_t heads = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.at[i].space != NCT_SPACE_STREAM)
            continue;
        remove_row(w, NCT_SPACE_STREAM, rows.at[i].key, rows.at[i].key_len);
        expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
        assert_int_equal(compare(w, &kept).verdict, NCT_LEDGER_TAMPERED);
        for (size_t j = 0; j < rows.count; j++) /* its entries too */
            if (rows.at[j].space == NCT_SPACE_ENTRY && memcmp(rows.at[j].key, rows.at[i].key, rows.at[i].key_len) == 0)
                remove_row(w, NCT_SPACE_ENTRY, rows.at[j].key, rows.at[j].key_len);
        expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
        assert_int_equal(compare(w, &kept).verdict, NCT_LEDGER_TAMPERED);
        rows_restore(w->store.inner, &rows);
        heads++;
    }
    assert_true(heads >= 5);
    assert_int_equal(make(w), 2);
    rows_free(&rows);
    drop_kept(&kept);
}

/* Rows of the checkpoints themselves: flipped, taken out, put back from the time of the one before. */
static void spoiled_checkpoints_are_found(void **state) {
    struct world *w = *state;
    (void)make(w);
    struct rows before = rows_take(w->store.inner);
    live_on(w, 1);
    (void)make(w);
    struct rows rows = rows_take(w->store.inner);
    size_t found = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.at[i];
        if (row->space < NCT_SPACE_CHECKPOINT || row->space > NCT_SPACE_CHECKPOINT_LAST ||
            (row->space == NCT_SPACE_CHECKPOINT && row->key[7] == 1))
            continue;
        row->value[row->len / 2] ^= 1;
        row_force(w->store.inner, row);
        expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
        row->value[row->len / 2] ^= 1;
        remove_row(w, row->space, row->key, row->key_len);
        expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
        const struct row *old = rows_find(&before, row);
        if (old != NULL) {
            row_force(w->store.inner, old);
            expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
        }
        rows_restore(w->store.inner, &rows);
        found++;
    }
    assert_int_equal(found, 3);
    assert_int_equal(make(w), 3);
    rows_free(&before);
    rows_free(&rows);
}

/* Two makings of one number, the second after a rollback: shorter leaves would contradict nothing. */
static void leaves_of_another_making_are_refused(void **state) {
    struct world *w = *state;
    (void)make(w);
    struct rows then = rows_take(w->store.inner);
    assert_int_equal(make(w), 2);
    struct rows other = rows_take(w->store.inner);
    rows_restore(w->store.inner, &then);
    live_on(w, 1);
    assert_int_equal(make(w), 2);
    nct_checkpoint *exported = NULL;
    size_t found = 0;
    for (size_t i = 0; i < other.count; i++) {
        if (other.at[i].space != NCT_SPACE_CHECKPOINT_LEAVES)
            continue;
        row_force(w->store.inner, &other.at[i]);
        found++;
    }
    assert_int_equal(found, 1);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_INTEGRITY);
    expect_status(nct_checkpoint_export_leaves(w->portal, &exported), NCT_E_INTEGRITY);
    assert_null(exported);
    rows_free(&then);
    rows_free(&other);
}

/* ---- the live grants ---- */

static void grant_petra(struct world *w, uint64_t rights) {
    world_advance(w, 60000);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, rights), NCT_OK);
}

static void put_back_pair(struct world *w, const struct rows *then) {
    row_force(w->store.inner, rows_pair(then, "grant", NPI_CLINIC, PETRA.ncid));
    row_force(w->store.inner, rows_pair(then, "grant_by_person", NPI_CLINIC, PETRA.ncid));
}

/* Both rows of a grant put back together open and agree; the ledger knows better. */
static void an_old_pair_of_grant_rows_is_found(void **state) {
    struct world *w = *state;
    uint64_t sequence = 0;
    grant_petra(w, 8);
    struct rows then = rows_take(w->store.inner);
    for (int way = 0; way < 3; way++) {
        if (way == 0)
            grant_petra(w, 0);
        else if (way == 1)
            grant_petra(w, 8); /* the same rights: only the time tells */
        else
            expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
        uint64_t contradicted = world_entries(w, CLINIC_STREAM);
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
        assert_int_equal(world_verdict(w, CLINIC_STREAM, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
        struct rows now = rows_take(w->store.inner);
        put_back_pair(w, &then);
        assert_int_equal(world_verdict(w, CLINIC_STREAM, &sequence), NCT_LEDGER_TAMPERED);
        assert_true(sequence == contradicted);
        rows_restore(w->store.inner, &now);
        rows_free(&now);
    }
    rows_free(&then);
}

static void a_pair_of_grant_rows_taken_out_or_invented_is_found(void **state) {
    struct world *w = *state;
    uint64_t sequence = 0;
    struct rows rows = rows_take(w->store.inner);
    struct row pair[2] = {*rows_pair(&rows, "grant", NPI_CLINIC, PETRA.ncid),
                          *rows_pair(&rows, "grant_by_person", NPI_CLINIC, PETRA.ncid)};
    for (size_t i = 0; i < 2; i++)
        remove_row(w, pair[i].space, pair[i].key, pair[i].key_len);
    assert_int_equal(world_verdict(w, CLINIC_STREAM, &sequence), NCT_LEDGER_TAMPERED);
    assert_true(sequence > 0 && sequence <= world_entries(w, CLINIC_STREAM));
    rows_restore(w->store.inner, &rows);
    struct nct_grant_record grant = {.role = NCT_ROLE_USER, .rights = 8, .granted_at = w->now};
    forge_at(w, &nct_type_grant, NPI_CLINIC "\0silas.a.stranger", 27, &grant, 1);
    forge_at(w, &nct_type_grant_by_person, "silas.a.stranger" NPI_CLINIC, 26, "", 1);
    assert_int_equal(world_verdict(w, CLINIC_STREAM, &sequence), NCT_LEDGER_TAMPERED);
    assert_true(sequence == world_entries(w, CLINIC_STREAM) + 1);
    rows_free(&rows);
}

static void grant_meanwhile(void *argument) {
    struct world *w = argument;
    grant_petra(w, 2);
}

/* ---- others at work ---- */

static void make_meanwhile(void *argument) {
    nct_checkpoint *made = NULL;
    struct world *other = argument;
    expect_status(nct_checkpoint_make(other->portal, &made), NCT_OK);
    assert_true(nct_checkpoint_number(made) == 2);
    nct_checkpoint_free(made);
}

static void of_two_makers_each_makes_one(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    world_share(other, w);
    world_open(other);
    (void)make(w);
    w->store.before_commit = make_meanwhile;
    w->store.argument = other;
    struct kept third = keep(w);
    assert_true(third.number == 3);
    nct_checkpoint *second = NULL;
    expect_status(nct_checkpoint_get(w->portal, 2, &second), NCT_OK);
    struct bytes previous = {NULL, 0};
    const void *bytes = nct_checkpoint_bytes(second, &previous.len);
    previous = copy_of(bytes, previous.len);
    nct_checkpoint_free(second);
    expect_status(verify(&third, &previous), NCT_OK);
    free(previous.data);
    assert_int_equal(world_free(other), 0);
    drop_kept(&third);
}

static void streams_may_grow_while_a_checkpoint_is_made(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    world_share(other, w);
    world_open(other);
    w->store.before_commit = grant_meanwhile;
    w->store.argument = other;
    size_t commits = w->store.commits;
    struct kept kept = keep(w);
    assert_int_equal(w->store.commits, commits + 1);
    assert_int_equal(compare(w, &kept).verdict, NCT_LEDGER_VALID);
    assert_true(anchored(w, &kept).sequence + 1 == world_entries(w, PETRA_STREAM));
    assert_int_equal(make(w), 2);
    assert_int_equal(world_free(other), 0);
    drop_kept(&kept);
}

/* Enough streams for several pages of leaves. */
/* A stream that was begun since the last checkpoint is in no leaf yet, and is missed nevertheless. */
static void a_new_stream_that_is_hidden_is_missed(void **state) {
    struct world *w = *state;
    struct rows before = rows_take(w->store.inner);
    (void)make(w);
    world_register(w, world_npi(7), &OSCAR, &SILAS, "pa.submit");
    struct rows after = rows_take(w->store.inner);
    size_t hidden = 0;
    for (size_t i = 0; i < after.count; i++) {
        if (after.at[i].space != NCT_SPACE_STREAM || rows_find(&before, &after.at[i]) != NULL)
            continue;
        nct_checkpoint *made = NULL;
        remove_row(w, NCT_SPACE_STREAM, after.at[i].key, after.at[i].key_len);
        expect_status(nct_checkpoint_make(w->portal, &made), NCT_E_INTEGRITY);
        row_force(w->store.inner, &after.at[i]);
        hidden++;
    }
    assert_true(hidden >= 3); /* the provider's and two people's */
    rows_free(&before);
    rows_free(&after);
}

static nct_status begin_stream(struct nct_unit *unit, void *argument) {
    struct nct_stream_head head;
    nct_status status = nct_unit_get(unit, &nct_type_stream, argument, 17, &head);
    return status == NCT_E_NOT_FOUND ? nct_unit_put(unit, &nct_type_stream, argument, 17, &head) : NCT_E_STATE;
}

static void many_streams_take_several_pages(void **state) {
    struct world *w = *state;
    unsigned char key[17] = "U";
    size_t len = 0;
    for (unsigned i = 0; i < 2500; i++) {
        key[9] = (unsigned char)(i >> 8);
        key[10] = (unsigned char)i;
        key[16] = 1;
        expect_status(nct_unit_run(w->portal, begin_stream, key, NULL), NCT_OK);
        if (i % 500 == 0)
            (void)make(w);
    }
    nct_checkpoint *exported = NULL;
    (void)make(w);
    assert_int_equal(make(w), 7);
    expect_status(nct_checkpoint_export_leaves(w->portal, &exported), NCT_OK);
    assert_true(nct_checkpoint_streams(exported) == 2502); /* and the portal's, and that of the key */
    (void)nct_checkpoint_leaves(exported, &len);
    assert_int_equal(len, 2500 * 54 + 46 + 44);
    nct_checkpoint_free(exported);
    struct rows rows = rows_take(w->store.inner);
    size_t pages = 0;
    for (size_t i = 0; i < rows.count; i++) {
        pages += rows.at[i].space == NCT_SPACE_CHECKPOINT_LEAVES;
        assert_true(rows.at[i].len <= 524288);
    }
    assert_int_equal(pages, 3); /* those of the checkpoints before are gone */
    rows_free(&rows);
}

/* ---- faults ---- */

static nct_status run_make(struct world *w, const struct kept *kept) {
    nct_checkpoint *out = NULL;
    (void)kept;
    nct_status status = nct_checkpoint_make(w->portal, &out);
    assert_true((status == NCT_OK) == (out != NULL));
    nct_checkpoint_free(out);
    return status;
}

static nct_status run_export(struct world *w, const struct kept *kept) {
    nct_checkpoint *out = NULL;
    (void)kept;
    nct_status status = nct_checkpoint_export_leaves(w->portal, &out);
    assert_true((status == NCT_OK) == (out != NULL));
    nct_checkpoint_free(out);
    return status;
}

static nct_status run_prove(struct world *w, const struct kept *kept) {
    unsigned char proof[4096];
    size_t len = 0;
    (void)kept;
    return nct_checkpoint_prove(w->portal, PETRA_STREAM, strlen(PETRA_STREAM), proof, sizeof proof, &len, NULL);
}

static nct_status run_compare(struct world *w, const struct kept *kept) {
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t verdict = -1;
    nct_status status =
        nct_checkpoint_compare(w->portal, kept->checkpoint.data, kept->checkpoint.len, kept->leaves.data,
                               kept->leaves.len, kept->keys, kept->keys_len, &verdict, stream, sizeof stream, NULL);
    assert_true(verdict == NCT_LEDGER_TAMPERED || (verdict == NCT_LEDGER_VALID && status == NCT_OK));
    return status;
}

static nct_status run_verify(struct world *w, const struct kept *kept) {
    int32_t verdict = -1;
    (void)kept;
    return nct_ledger_verify(w->portal, CLINIC_STREAM, strlen(CLINIC_STREAM), &verdict, NULL);
}

static nct_status run_get(struct world *w, const struct kept *kept) {
    nct_checkpoint *out = NULL;
    nct_status status = nct_checkpoint_get(w->portal, kept->number, &out);
    assert_true((status == NCT_OK) == (out != NULL));
    nct_checkpoint_free(out);
    return status;
}

static nct_status run_against(struct world *w, const struct kept *kept) {
    int32_t verdict = -1;
    nct_anchors *anchors = anchors_of(kept);
    nct_status status =
        nct_ledger_verify_against(w->portal, PETRA_STREAM, strlen(PETRA_STREAM), anchors, &verdict, NULL, NULL);
    assert_true(verdict == NCT_LEDGER_TAMPERED || (verdict == NCT_LEDGER_VALID_BUT_UNANCHORED && status == NCT_OK));
    nct_anchors_free(anchors);
    return status;
}

static nct_status run_anchored(struct world *w, const struct kept *kept) {
    int32_t verdict = -1;
    return nct_ledger_verify_anchored(w->portal, PETRA_STREAM, strlen(PETRA_STREAM), kept->checkpoint.data,
                                      kept->checkpoint.len, kept->proof.data, kept->proof.len, kept->keys,
                                      kept->keys_len, &verdict, NULL);
}

static nct_status run_mail(struct world *w, const struct kept *kept) {
    w->mailer.count = 4; /* there is room for so many tries only */
    return nct_checkpoint_mail(w->portal, kept->number, "keeper@archive.example.org", 26);
}

static const struct {
    const char *name;
    nct_status (*run)(struct world *w, const struct kept *kept);
} operations[] = {{"make", run_make},       {"export", run_export},     {"prove", run_prove},
                  {"compare", run_compare}, {"verify", run_verify},     {"get", run_get},
                  {"against", run_against}, {"anchored", run_anchored}, {"mail", run_mail}};
#define OPERATIONS (sizeof operations / sizeof operations[0])

static uint64_t last_number(struct world *w) {
    nct_checkpoint *last = NULL;
    expect_status(nct_checkpoint_get(w->portal, 0, &last), NCT_OK);
    uint64_t number = nct_checkpoint_number(last);
    nct_checkpoint_free(last);
    return number;
}

/* One operation with one fault; whether the fault was reached. */
static int suffer(struct world *w, size_t operation, enum world_fault fault, size_t at, const struct kept *kept) {
    size_t live = w->memory.live;
    uint64_t before = last_number(w);
    if (fault == FAULT_NONE)
        w->memory.fail_at = w->memory.calls + at;
    else
        world_fault(w, fault, WORLD_ANY, at, 1);
    nct_status status = operations[operation].run(w, kept);
    int reached = fault == FAULT_NONE ? w->memory.calls >= w->memory.fail_at : w->store.faults > 0;
    w->memory.fail_at = 0;
    world_no_fault(w);
    assert_int_equal(w->memory.live, live);
    int32_t category = nct_status_category(status);
    if (category == NCT_CATEGORY_VALUE || category == NCT_CATEGORY_RULE || category == NCT_CATEGORY_UNKNOWN) {
        print_error("%s, fault %d at %zu: %s\n", operations[operation].name, fault, at, nct_status_name(status));
        fail();
    }
    uint64_t after = last_number(w);
    int made = operation == 0 && (status == NCT_OK || (fault == FAULT_APPLIED && after != before));
    assert_true(after == before + (uint64_t)made);
    return reached;
}

static void sweep(struct world *w, enum world_fault fault) {
    live_on(w, 1);
    struct kept kept = keep(w);
    live_on(w, 1);
    struct rows rows = rows_take(w->store.inner);
    for (size_t operation = 0; operation < OPERATIONS; operation++) {
        size_t at = 1;
        while (suffer(w, operation, fault, at, &kept)) {
            expect_status(operations[operation].run(w, &kept), NCT_OK);
            rows_restore(w->store.inner, &rows);
            at++;
        }
        assert_true(at > 1 && at < 5000);
        rows_restore(w->store.inner, &rows);
    }
    rows_free(&rows);
    drop_kept(&kept);
}

static void each_allocation_fails(void **state) {
    sweep(*state, FAULT_NONE);
}

static void each_store_call_fails(void **state) {
    for (enum world_fault fault = FAULT_ERROR; fault < FAULT_COUNT; fault++)
        sweep(*state, fault);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)
#define CASE_EMPTY(name) cmocka_unit_test_setup_teardown(name, world_setup_empty, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_checkpoint_says_what_it_covers),
        CASE(nothing_is_asked_of_null),
        CASE_EMPTY(an_empty_portal_has_a_checkpoint),
        CASE(the_root_is_that_of_all_heads),
        CASE(checkpoints_follow_each_other),
        CASE(every_stream_is_proved),
        CASE(a_proof_is_of_its_checkpoint_and_stream),
        CASE(proofs_need_room_and_a_checkpoint),
        CASE(every_flipped_bit_of_a_checkpoint_is_refused),
        CASE(every_flipped_bit_of_a_proof_is_refused),
        CASE(every_flipped_bit_of_the_leaves_is_refused),
        CASE(other_evidence_and_other_keys_are_refused),
        CASE(every_way_to_change_the_past_is_found_up_to_the_anchor),
        CASE(every_stream_is_looked_up),
        CASE(each_stream_is_valid_as_far_as_the_checkpoint_vouches),
        CASE(a_stream_no_checkpoint_tells_of_is_unanchored),
        CASE(anchors_are_made_of_right_evidence_alone),
        CASE(a_portal_rolled_back_signs_nothing),
        CASE(a_store_rolled_back_altogether_is_found_by_who_kept_one),
        CASE(a_stream_that_is_gone_is_found),
        CASE(spoiled_checkpoints_are_found),
        CASE(leaves_of_another_making_are_refused),
        CASE(an_old_pair_of_grant_rows_is_found),
        CASE(a_pair_of_grant_rows_taken_out_or_invented_is_found),
        CASE(of_two_makers_each_makes_one),
        CASE(streams_may_grow_while_a_checkpoint_is_made),
        CASE_EMPTY(many_streams_take_several_pages),
        CASE(a_new_stream_that_is_hidden_is_missed),
        CASE(each_allocation_fails),
        CASE(each_store_call_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
