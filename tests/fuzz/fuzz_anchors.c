/*
 * Leaves of a checkpoint and an exported stream, over arbitrary bytes: a piece of leaves, then the export. The
 * checkpoint is made here so that the leaves are its own; they are taken exactly if each is one and they are in order.
 * What they say of the export never makes it better than it is alone.
 */
#include <string.h>

#include "codec/cbor.h"
#include "portal/audit/merkle.h"
#include "sealed.h"

#include <nctracks/anchor.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is found in leaves by somebody who knows doc/checkpoint.cddl. */
struct survey {
    struct nct_merkle tree;
    uint64_t entries;
    struct piece last;
    int well_formed, ordered;
};

static int comes_after(struct piece key, struct piece before) {
    size_t common = key.len < before.len ? key.len : before.len;
    int order = common > 0 ? memcmp(key.at, before.at, common) : 0;
    return order != 0 ? order > 0 : key.len > before.len;
}

static int is_zero(const unsigned char *bytes, size_t len) {
    while (len > 0 && bytes[len - 1] == 0)
        len--;
    return len == 0;
}

/* Whether an item is a leaf; how many entries it tells of. */
static int survey_leaf(struct survey *survey, struct nct_cbor reader, uint64_t *sequence) {
    struct piece key;
    size_t head_len = 0;
    int shaped = nct_cbor_get_array(&reader) == 3;
    key.at = nct_cbor_get_bytes(&reader, &key.len);
    *sequence = nct_cbor_get_uint(&reader);
    const unsigned char *head = nct_cbor_get_bytes(&reader, &head_len);
    if (!shaped || reader.status != NCT_OK) {
        *sequence = 0;
        return 0;
    }
    survey->ordered = survey->ordered && comes_after(key, survey->last);
    survey->last = key;
    return key.len >= 2 && key.len <= 17 && head_len == NCT_HASH && (*sequence == 0) == is_zero(head, head_len);
}

/* The tree is that of whatever items there are, so that only what they say can be wrong. */
static void survey_leaves(struct survey *survey, struct piece leaves) {
    struct nct_cbor reader;
    unsigned char hash[NCT_HASH];
    uint64_t sequence = 0;
    *survey = (struct survey){.well_formed = 1, .ordered = 1};
    nct_merkle_init(&survey->tree, NULL, 0);
    nct_cbor_open(&reader, leaves.at, leaves.len);
    while (reader.status == NCT_OK && reader.at < reader.end) {
        const unsigned char *begin = reader.at;
        survey->well_formed = survey_leaf(survey, reader, &sequence) && survey->well_formed;
        survey->entries += sequence;
        nct_cbor_skip(&reader);
        nct_merkle_leaf(begin, (size_t)(reader.at - begin), hash);
        nct_merkle_add(&survey->tree, hash);
    }
}

/* Of another sum of entries they are another checkpoint's. */
static void refuse_sum(struct piece leaves, struct fuzz_claims claims) {
    nct_anchors *anchors = NULL;
    struct piece keys = fuzz_keys();
    claims.entries++;
    struct nct_buf sealed = fuzz_checkpoint(&claims);
    fuzz_require(nct_anchors_from_leaves(sealed.data, sealed.len, leaves.at, leaves.len, keys.at, keys.len, &anchors) ==
                 NCT_E_INTEGRITY);
    nct_buf_free(&sealed);
}

static nct_anchors *take_leaves(struct piece leaves) {
    unsigned char root[NCT_HASH];
    struct survey survey;
    nct_anchors *anchors = NULL;
    struct piece keys = fuzz_keys();
    survey_leaves(&survey, leaves);
    nct_merkle_root(&survey.tree, root);
    struct fuzz_claims claims = {1, survey.tree.size, survey.entries, root, NULL};
    struct nct_buf sealed = fuzz_checkpoint(&claims);
    nct_status status =
        nct_anchors_from_leaves(sealed.data, sealed.len, leaves.at, leaves.len, keys.at, keys.len, &anchors);
    fuzz_require((status == NCT_OK) == (survey.well_formed && survey.ordered));
    fuzz_require((status == NCT_OK) == (anchors != NULL));
    fuzz_require(nct_anchors_count(anchors) == (status == NCT_OK ? survey.tree.size : 0));
    if (status == NCT_OK)
        refuse_sum(leaves, claims);
    nct_buf_free(&sealed);
    return anchors;
}

static void compare_export(struct piece export, const nct_anchors *anchors) {
    int32_t alone = -1, verdict = -1;
    uint64_t count = 0, sequence = 0, anchored = 0;
    nct_status status = nct_ledger_verify_export(export.at, export.len, &alone, &count, NULL);
    nct_status against =
        nct_ledger_verify_export_against(export.at, export.len, anchors, &verdict, &sequence, &anchored);
    fuzz_require(status == against && verdict >= 0);
    if (status != NCT_OK)
        return;
    if (verdict != NCT_LEDGER_TAMPERED)
        fuzz_require(alone == NCT_LEDGER_VALID_BUT_UNANCHORED && sequence == count && anchored <= count);
    if (verdict == NCT_LEDGER_VALID)
        fuzz_require(anchored == count);
    if (alone == NCT_LEDGER_TAMPERED)
        fuzz_require(verdict == NCT_LEDGER_TAMPERED && sequence <= count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct piece export = {data, size};
    struct piece leaves = fuzz_take(&export);
    if (leaves.at == NULL)
        return 0;
    nct_anchors *anchors = take_leaves(leaves);
    if (anchors != NULL)
        compare_export(export, anchors);
    nct_anchors_free(anchors);
    return 0;
}
