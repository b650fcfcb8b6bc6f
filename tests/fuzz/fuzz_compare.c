/*
 * nct_checkpoint_compare() of a live portal with leaves that were edited and for which there is a signature: the input
 * is edits, a place of two bytes and what is changed there. No edit of a few bytes goes unnoticed, and no leaves make
 * the portal fail. An empty input changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"
#include "portal/audit/merkle.h"
#include "sealed.h"
#include "world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define EDITS_MAX 12

static nct_portal *portal;
static nct_checkpoint *checkpoint; /* holds the leaves, to the end */
static struct piece leaves;        /* as they are */

static void prepare(void) {
    void *state = NULL;
    (void)world_setup_clinic(&state);
    portal = ((struct world *)state)->portal;
    fuzz_require(nct_checkpoint_make(portal, NULL) == NCT_OK);
    fuzz_require(nct_checkpoint_export_leaves(portal, &checkpoint) == NCT_OK);
    leaves.at = nct_checkpoint_leaves(checkpoint, &leaves.len);
}

/* How many entries a leaf tells of, if it is one. */
static uint64_t entries_of(struct nct_cbor reader) {
    size_t len = 0;
    (void)nct_cbor_get_array(&reader);
    (void)nct_cbor_get_bytes(&reader, &len);
    uint64_t entries = nct_cbor_get_uint(&reader);
    return reader.status == NCT_OK ? entries : 0;
}

/* Signs a checkpoint of whatever items there are, so that only what they say can be wrong. */
static struct nct_buf sign_leaves(struct piece bytes) {
    struct nct_merkle tree;
    struct nct_cbor reader;
    unsigned char hash[NCT_HASH];
    uint64_t entries = 0;
    nct_merkle_init(&tree, NULL, 0);
    nct_cbor_open(&reader, bytes.at, bytes.len);
    while (reader.status == NCT_OK && reader.at < reader.end) {
        const unsigned char *begin = reader.at;
        entries += entries_of(reader);
        nct_cbor_skip(&reader);
        nct_merkle_leaf(begin, (size_t)(reader.at - begin), hash);
        nct_merkle_add(&tree, hash);
    }
    nct_merkle_root(&tree, hash);
    return fuzz_checkpoint(&(struct fuzz_claims){1, tree.size, entries, hash, NULL});
}

static void compare(struct piece edited) {
    struct nct_buf sealed = sign_leaves(edited);
    struct piece keys = fuzz_keys();
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t verdict = -1;
    uint64_t sequence = 0;
    nct_status status = nct_checkpoint_compare(portal, sealed.data, sealed.len, edited.at, edited.len, keys.at,
                                               keys.len, &verdict, stream, sizeof stream, &sequence);
    int same = memcmp(edited.at, leaves.at, leaves.len) == 0;
    fuzz_require(status == NCT_OK || status == NCT_E_ENCODING || status == NCT_E_INTEGRITY || status == NCT_E_FORMAT);
    fuzz_require((status == NCT_OK && verdict == NCT_LEDGER_VALID) == same);
    if (status == NCT_OK)
        fuzz_require((stream[0] == '\0') == same && strlen(stream) <= NCT_STREAM_NAME_MAX);
    nct_buf_free(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (portal == NULL)
        prepare();
    unsigned char *edited = malloc(leaves.len);
    fuzz_require(edited != NULL);
    memcpy(edited, leaves.at, leaves.len);
    for (size_t i = 0; i + 3 <= size && i < 3 * EDITS_MAX; i += 3)
        edited[((size_t)data[i] << 8 | data[i + 1]) % leaves.len] ^= data[i + 2];
    compare((struct piece){edited, leaves.len});
    free(edited);
    return 0;
}
