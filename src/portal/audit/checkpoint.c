/* Checkpoints read and handed to the host. */
#include "portal/audit/checkpoint.h"
#include "base/about.h"

#include "base/bytes.h"
#include "codec/cose.h"
#include "engine/records/evidence_types.h"

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_CHECKPOINT_HASH == NCT_HASH, "length of a hash");

const struct nct_evidence_kind nct_checkpoint_kind = {
    .content_type = NCT_CHECKPOINT_TYPE,
    .claims = &nct_checkpoint_claims_type,
    .time = offsetof(struct nct_checkpoint_claims, made_at),
};

nct_status nct_checkpoint_room(const struct nct_memory *memory, nct_checkpoint **out) {
    *out = nct_memory_take(memory, sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    (*out)->memory = *memory;
    nct_buf_init(&(*out)->leaves, &(*out)->memory);
    return NCT_OK;
}

void nct_checkpoint_free(nct_checkpoint *checkpoint) {
    if (checkpoint == NULL)
        return;
    struct nct_memory memory = checkpoint->memory;
    nct_buf_free(&checkpoint->leaves);
    nct_memory_give(&memory, checkpoint);
}

nct_status nct_checkpoint_open(nct_checkpoint *checkpoint, const struct nct_signature_record *record) {
    struct nct_cose cose;
    checkpoint->record = *record;
    if (nct_cose_parse(record->receipt.bytes, record->receipt.len, NCT_CHECKPOINT_TYPE, &cose) != NCT_OK ||
        nct_record_decode(&nct_checkpoint_claims_type, cose.payload, cose.payload_len, &checkpoint->claims) != NCT_OK)
        return NCT_E_INTEGRITY;
    crypto_generichash(checkpoint->hash, NCT_HASH, record->receipt.bytes, record->receipt.len, NULL, 0);
    return NCT_OK;
}

void nct_checkpoint_key(uint64_t number, unsigned char key[NCT_CHECKPOINT_KEY]) {
    nct_put_be64(key, number);
}

nct_status nct_checkpoint_load(struct nct_unit *unit, uint64_t number, nct_checkpoint *checkpoint) {
    struct nct_signature_record record;
    unsigned char key[NCT_CHECKPOINT_KEY];
    nct_checkpoint_key(number, key);
    nct_status status = nct_unit_get(unit, &nct_type_checkpoint, key, sizeof key, &record);
    if (status == NCT_OK)
        status = nct_checkpoint_open(checkpoint, &record);
    return status == NCT_OK && checkpoint->claims.number != number ? NCT_E_INTEGRITY : status;
}

nct_status nct_checkpoint_explain(struct nct_unit *unit) {
    return nct_unit_explain_mismatch(unit, &nct_type_checkpoint_last, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
}

nct_status nct_checkpoint_get_last(struct nct_unit *unit, struct nct_checkpoint_last *last) {
    return nct_unit_get(unit, &nct_type_checkpoint_last, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, last);
}

nct_status nct_checkpoint_put_last(struct nct_unit *unit, const struct nct_checkpoint_last *last,
                                   const struct nct_note *note) {
    struct nct_stream stream = nct_stream_of_portal();
    nct_status status = nct_unit_put(unit, &nct_type_checkpoint_last, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, last);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, note) : status;
}

nct_status nct_checkpoint_load_last(struct nct_unit *unit, struct nct_checkpoint_last *last,
                                    nct_checkpoint *checkpoint) {
    nct_status status = nct_checkpoint_get_last(unit, last);
    if (status != NCT_OK)
        return status;
    status = nct_checkpoint_load(unit, last->number, checkpoint);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && memcmp(checkpoint->hash, last->hash, NCT_HASH) != 0))
        return nct_checkpoint_explain(unit);
    return status;
}

nct_status nct_checkpoint_load_leafed(struct nct_unit *unit, struct nct_checkpoint_last *last,
                                      nct_checkpoint *checkpoint) {
    nct_status status = nct_checkpoint_get_last(unit, last);
    if (status == NCT_OK && last->restarted)
        return NCT_E_NOT_FOUND;
    return status == NCT_OK ? nct_checkpoint_load_last(unit, last, checkpoint) : status;
}

nct_status nct_checkpoint_find(struct nct_unit *unit, uint64_t number, nct_checkpoint *checkpoint) {
    struct nct_checkpoint_last last;
    return number > 0 ? nct_checkpoint_load(unit, number, checkpoint)
                      : nct_checkpoint_load_last(unit, &last, checkpoint);
}

struct reading {
    uint64_t number;
    nct_checkpoint *checkpoint;
};

static nct_status read_checkpoint(struct nct_unit *unit, void *argument) {
    const struct reading *reading = argument;
    return nct_checkpoint_find(unit, reading->number, reading->checkpoint);
}

nct_status nct_checkpoint_get(nct_portal *portal, uint64_t number, nct_checkpoint **out) {
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    struct reading reading = {.number = number};
    nct_status status = nct_checkpoint_room(&portal->seams.memory, &reading.checkpoint);
    if (status == NCT_OK)
        status = nct_unit_read(portal, read_checkpoint, &reading);
    if (status == NCT_OK)
        *out = reading.checkpoint;
    else
        nct_checkpoint_free(reading.checkpoint);
    return status;
}

uint64_t nct_checkpoint_number(const nct_checkpoint *checkpoint) {
    return checkpoint != NULL ? checkpoint->claims.number : 0;
}

int64_t nct_checkpoint_time(const nct_checkpoint *checkpoint) {
    return checkpoint != NULL ? checkpoint->claims.made_at : 0;
}

uint64_t nct_checkpoint_streams(const nct_checkpoint *checkpoint) {
    return checkpoint != NULL ? checkpoint->claims.streams : 0;
}

uint64_t nct_checkpoint_entries(const nct_checkpoint *checkpoint) {
    return checkpoint != NULL ? checkpoint->claims.entries : 0;
}

const void *nct_checkpoint_root(const nct_checkpoint *checkpoint) {
    return checkpoint != NULL ? checkpoint->claims.root : NULL;
}

const void *nct_checkpoint_hash(const nct_checkpoint *checkpoint) {
    return checkpoint != NULL ? checkpoint->hash : NULL;
}

const void *nct_checkpoint_bytes(const nct_checkpoint *checkpoint, size_t *bytes_len) {
    if (bytes_len != NULL)
        *bytes_len = checkpoint != NULL ? checkpoint->record.receipt.len : 0;
    return checkpoint != NULL ? checkpoint->record.receipt.bytes : NULL;
}

const void *nct_checkpoint_leaves(const nct_checkpoint *checkpoint, size_t *leaves_len) {
    int has = checkpoint != NULL && checkpoint->has_leaves;
    if (leaves_len != NULL)
        *leaves_len = has ? checkpoint->leaves.len : 0;
    if (!has)
        return NULL;
    return checkpoint->leaves.len > 0 ? (const void *)checkpoint->leaves.data : "";
}
