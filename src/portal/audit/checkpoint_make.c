/* Making a checkpoint, unless it would contradict the last one; and what contradicts it. */
#include "base/about.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/roll.h"
#include "portal/audit/checkpoint.h"
#include "portal/audit/checkpoint_leaves.h"
#include "portal/audit/streams.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PAGE 500

/* What is in the way of a checkpoint. */
struct fault {
    int32_t finding; /* of what is being looked at */
    struct nct_stream stream;
    uint64_t sequence;
};

/* The leaves of last time beside the heads of now; both in the order of the streams' keys. */
struct making {
    struct nct_unit *unit;
    struct fault *fault;
    struct nct_leaf_reader reader;
    struct nct_leaf_writer writer;
    struct nct_roll roll;
    struct nct_leaf before; /* the next leaf of last time */
    int ended;              /* there is none */
};

static nct_status advance(struct making *making) {
    nct_status status = nct_leaf_next(&making->reader, &making->before);
    making->ended = status == NCT_E_NOT_FOUND;
    return making->ended ? NCT_OK : status;
}

/* A stream that has grown must still have the entry that was its last. */
static nct_status check_past(struct nct_portal *portal, const struct nct_leaf *before) {
    struct nct_row row;
    unsigned char key[NCT_ENTRY_KEY_MAX];
    unsigned char hash[NCT_HASH];
    const unsigned char *content = NULL;
    size_t len = 0;
    size_t key_len = nct_entry_key(&before->stream, before->sequence, key);
    nct_status status = nct_fetch(portal, &nct_type_entry, key, key_len, &row, &content, &len);
    if (status == NCT_OK) {
        nct_entry_hash(&before->stream, before->sequence, content, len, hash);
        status = memcmp(hash, before->hash, NCT_HASH) == 0 ? NCT_OK : NCT_E_INTEGRITY;
    }
    nct_row_free(&row);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

/* The stream of last time and the same stream now. */
static nct_status check_stream(struct nct_portal *portal, const struct nct_leaf *before, const struct nct_leaf *now) {
    if (now->sequence < before->sequence)
        return NCT_E_INTEGRITY;
    if (now->sequence == before->sequence)
        return memcmp(now->hash, before->hash, NCT_HASH) == 0 ? NCT_OK : NCT_E_INTEGRITY;
    return before->sequence > 0 ? check_past(portal, before) : NCT_OK;
}

static nct_status blame(struct making *making, const struct nct_leaf *leaf, nct_status status) {
    making->fault->stream = leaf->stream;
    making->fault->sequence = leaf->sequence;
    return status;
}

static nct_status take_head(struct making *making, const struct nct_page_row *row) {
    struct nct_stream_head head;
    struct nct_leaf now;
    nct_roll_add(making->unit->portal, &making->roll, row);
    nct_status status = nct_record_decode(&nct_type_stream, row->content, row->len, &head);
    if (status != NCT_OK || row->key_len < 2 || row->key_len > sizeof now.stream.key)
        return status != NCT_OK ? status : NCT_E_INTEGRITY;
    now.stream.len = row->key_len;
    memcpy(now.stream.key, row->key, row->key_len);
    now.sequence = head.sequence;
    memcpy(now.hash, head.hash, NCT_HASH);
    int order = making->ended ? 1 : nct_leaf_order(&making->before, &now);
    if (order < 0)
        return blame(making, &making->before, NCT_E_INTEGRITY); /* a stream is missing */
    if (order == 0) {
        status = check_stream(making->unit->portal, &making->before, &now);
        status = status == NCT_OK ? advance(making) : blame(making, &making->before, status);
    }
    return status == NCT_OK ? nct_leaf_write(&making->writer, &now) : status;
}

/* Heads are read after the last checkpoint, so that they are never older than its leaves; they may grow meanwhile. */
static nct_status scan_heads(struct making *making) {
    unsigned char after[NCT_KEY_MAX];
    size_t after_len = 0;
    size_t found = PAGE;
    nct_status status = advance(making);
    while (status == NCT_OK && found == PAGE) {
        struct nct_page page;
        status = nct_fetch_page(making->unit->portal, &nct_type_stream, NULL, 0, after, after_len, PAGE, &page);
        found = page.count;
        for (size_t i = 0; status == NCT_OK && i < found; i++)
            status = take_head(making, &page.rows[i]);
        if (status == NCT_OK && found > 0) {
            after_len = page.rows[found - 1].key_len;
            memcpy(after, page.rows[found - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    if (status == NCT_OK && !making->ended)
        return blame(making, &making->before, NCT_E_INTEGRITY);
    return status == NCT_OK ? nct_roll_compare(making->unit, &making->roll) : status;
}

static nct_status stage_last(struct nct_unit *unit, const nct_checkpoint *checkpoint, uint64_t pages) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_checkpoint_last last = {.number = checkpoint->claims.number, .pages = pages};
    struct nct_note note = {.event = NCT_EVENT_CHECKPOINT_MADE, .detail = detail, .digest = checkpoint->hash};
    memcpy(last.hash, checkpoint->hash, NCT_HASH);
    snprintf(detail, sizeof detail, "%" PRIu64, last.number);
    return nct_checkpoint_put_last(unit, &last, &note);
}

/* Signs what was scanned; stages it as the last checkpoint. */
static nct_status stage(struct making *making, const struct nct_checkpoint_last *before, nct_checkpoint *checkpoint) {
    struct nct_unit *unit = making->unit;
    struct nct_checkpoint_claims claims = {.version = NCT_CHECKPOINT_VERSION,
                                           .number = making->writer.number,
                                           .made_at = unit->now,
                                           .streams = making->writer.tree.size,
                                           .entries = making->writer.entries};
    struct nct_signature_record record;
    unsigned char key[NCT_CHECKPOINT_KEY];
    memcpy(claims.previous, before->hash, NCT_HASH);
    nct_checkpoint_key(claims.number, key);
    nct_status status = nct_leaf_writer_finish(&making->writer, claims.root);
    if (status == NCT_OK)
        status = nct_evidence_make(unit, &nct_checkpoint_kind, &claims, &record);
    if (status == NCT_OK)
        status = nct_checkpoint_open(checkpoint, &record);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_checkpoint, key, sizeof key, &record);
    return status == NCT_OK ? stage_last(unit, checkpoint, making->writer.pages) : status;
}

/* The next number must be free: else the row that tells the last one was put back. */
static nct_status check_next(struct nct_unit *unit, uint64_t number) {
    struct nct_signature_record record;
    unsigned char key[NCT_CHECKPOINT_KEY];
    nct_checkpoint_key(number, key);
    nct_status status = nct_unit_get(unit, &nct_type_checkpoint, key, sizeof key, &record);
    if (status == NCT_E_NOT_FOUND)
        return NCT_OK;
    return status == NCT_OK ? nct_checkpoint_explain(unit) : status;
}

/* The last checkpoint with what it rests on. One whose leaves were given up vouches by its name alone. */
static nct_status read_last(struct nct_unit *unit, struct nct_checkpoint_last *last, nct_checkpoint *checkpoint) {
    nct_status status = nct_checkpoint_get_last(unit, last);
    if (status == NCT_OK && !last->restarted)
        status = nct_checkpoint_load_last(unit, last, checkpoint);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = check_next(unit, last->number + 1);
    return status;
}

static nct_status compare(struct making *making) {
    making->fault->finding = NCT_CHECKPOINT_LEAVES_ALTERED;
    nct_status status = nct_leaves_read(making->unit, making->reader.last, making->reader.claims);
    if (status == NCT_OK) {
        making->fault->finding = NCT_CHECKPOINT_STREAM_ALTERED;
        status = scan_heads(making);
    }
    if (status == NCT_OK)
        making->fault->finding = NCT_CHECKPOINT_AGREES;
    return status;
}

struct wanted {
    nct_checkpoint *checkpoint;
    struct fault fault;
    int only_compare;
};

static nct_status make(struct nct_unit *unit, void *argument) {
    struct wanted *wanted = argument;
    nct_checkpoint *checkpoint = wanted->checkpoint;
    struct nct_checkpoint_last last;
    struct making making = {.unit = unit, .fault = &wanted->fault};
    wanted->fault = (struct fault){.finding = NCT_CHECKPOINT_LAST_ALTERED};
    nct_status status = read_last(unit, &last, checkpoint);
    if (status != NCT_OK)
        return status;
    status = nct_leaf_reader_open(&making.reader, unit, &last, &checkpoint->claims);
    nct_status opened = nct_leaf_writer_open(&making.writer, unit, last.number + 1);
    if (status == NCT_OK)
        status = opened;
    if (status == NCT_OK)
        status = nct_roll_open(unit, &nct_type_stream, &making.roll);
    if (status == NCT_OK)
        status = compare(&making);
    if (status == NCT_OK && !wanted->only_compare)
        status = stage(&making, &last, checkpoint);
    if (status == NCT_OK && !wanted->only_compare)
        status = nct_leaf_pages_drop(unit, last.number, 0);
    nct_leaf_reader_close(&making.reader);
    nct_leaf_writer_close(&making.writer);
    nct_roll_close(&unit->portal->seams.memory, &making.roll);
    return status;
}

nct_status nct_checkpoint_make(nct_portal *portal, nct_checkpoint **out) {
    struct wanted wanted = {0};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_checkpoint_room(&portal->seams.memory, &wanted.checkpoint);
    if (status == NCT_OK)
        status = nct_unit_run(portal, make, &wanted, NULL);
    if (status == NCT_OK && out != NULL)
        *out = wanted.checkpoint;
    else
        nct_checkpoint_free(wanted.checkpoint);
    return status;
}

/* A row that does not open is a finding, like one that does not fit. */
static int is_finding(nct_status status) {
    return status == NCT_E_INTEGRITY || status == NCT_E_KEY || status == NCT_E_UNSUPPORTED;
}

nct_status nct_checkpoint_examine(nct_portal *portal, int32_t *finding, char *stream, size_t capacity,
                                  uint64_t *sequence) {
    struct wanted wanted = {.only_compare = 1};
    if (NCT_MISSING(portal) || NCT_MISSING(finding) || NCT_MISSING(stream))
        return NCT_E_ARGUMENT;
    if (capacity <= NCT_STREAM_NAME_MAX)
        return NCT_E_BUFFER;
    *finding = NCT_CHECKPOINT_LAST_ALTERED;
    stream[0] = '\0';
    nct_status status = nct_checkpoint_room(&portal->seams.memory, &wanted.checkpoint);
    if (status == NCT_OK)
        status = nct_unit_rehearse(portal, make, &wanted);
    nct_checkpoint_free(wanted.checkpoint);
    *finding = wanted.fault.finding;
    if (wanted.fault.stream.len > 0)
        nct_stream_name(portal, &wanted.fault.stream, stream);
    if (sequence != NULL)
        *sequence = wanted.fault.sequence;
    return is_finding(status) ? NCT_OK : status;
}
