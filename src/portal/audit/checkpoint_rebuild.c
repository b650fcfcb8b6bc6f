/* What an operator does when the leaves kept for the last checkpoint are not its leaves any more. */
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "portal/audit/checkpoint.h"
#include "portal/audit/checkpoint_leaves.h"
#include "portal/audit/checkpoint_proof.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 500

/* ---- rebuilt ---- */

struct rebuilding {
    const char *actor;
    const char *reason;
    const void *leaves; /* from a copy; NULL: found in the streams */
    size_t leaves_len;
    nct_checkpoint *checkpoint;
};

/*
 * A checkpoint does not say where each stream ended, and times alone may not either: whether entries of the very
 * millisecond belong to it, and streams that had no entry. Its root tells which reading is right.
 */
struct reading {
    int64_t until; /* entries up to this time */
    int empty;     /* streams without an entry have leaves */
};

static nct_status read_entry(struct nct_portal *portal, const struct nct_stream *stream, uint64_t sequence,
                             struct nct_entry_record *entry, unsigned char hash[NCT_HASH]) {
    struct nct_row row;
    unsigned char key[NCT_ENTRY_KEY_MAX];
    const unsigned char *content = NULL;
    size_t len = 0;
    size_t key_len = nct_entry_key(stream, sequence, key);
    nct_status status = nct_fetch(portal, &nct_type_entry, key, key_len, &row, &content, &len);
    if (status == NCT_OK)
        status = nct_record_decode(&nct_type_entry, content, len, entry);
    if (status == NCT_OK)
        nct_entry_hash(stream, sequence, content, len, hash);
    nct_row_free(&row);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

/* Whether an entry came with or after a checkpoint. */
static int is_later(const struct nct_entry_record *entry, const nct_checkpoint *checkpoint, int64_t until) {
    int made = entry->event == NCT_EVENT_CHECKPOINT_MADE && memcmp(entry->digest, checkpoint->hash, NCT_HASH) == 0;
    return made || entry->time > until;
}

/* Where a stream ended, from its present end backwards: what came since is little. */
static nct_status find_leaf(struct nct_portal *portal, const nct_checkpoint *checkpoint, int64_t until,
                            struct nct_leaf *leaf) {
    struct nct_entry_record entry;
    uint64_t sequence = leaf->sequence;
    uint64_t end = leaf->sequence;
    nct_status status = NCT_OK;
    for (; status == NCT_OK && sequence > 0; sequence--) {
        unsigned char hash[NCT_HASH];
        status = read_entry(portal, &leaf->stream, sequence, &entry, hash);
        if (status == NCT_OK && is_later(&entry, checkpoint, until))
            end = sequence - 1;
        else if (entry.time < until)
            break;
    }
    leaf->sequence = end;
    memset(leaf->hash, 0, NCT_HASH);
    return status == NCT_OK && end > 0 ? read_entry(portal, &leaf->stream, end, &entry, leaf->hash) : status;
}

static nct_status take_row(struct nct_leaf_writer *writer, const struct rebuilding *rebuilding,
                           const struct reading *reading, const struct nct_page_row *row) {
    struct nct_stream_head head;
    struct nct_leaf leaf = {.stream.len = row->key_len};
    nct_status status = nct_record_decode(&nct_type_stream, row->content, row->len, &head);
    if (status != NCT_OK || row->key_len > sizeof leaf.stream.key)
        return status != NCT_OK ? status : NCT_E_INTEGRITY;
    memcpy(leaf.stream.key, row->key, row->key_len);
    leaf.sequence = head.sequence;
    status = find_leaf(writer->unit->portal, rebuilding->checkpoint, reading->until, &leaf);
    if (status != NCT_OK || (leaf.sequence == 0 && !reading->empty))
        return status;
    return nct_leaf_write(writer, &leaf);
}

static nct_status write_streams(struct nct_leaf_writer *writer, const struct rebuilding *rebuilding,
                                const struct reading *reading) {
    unsigned char after[NCT_KEY_MAX];
    size_t after_len = 0;
    size_t found = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == PAGE) {
        struct nct_page page;
        status = nct_fetch_page(writer->unit->portal, &nct_type_stream, NULL, 0, after, after_len, PAGE, &page);
        found = page.count;
        for (size_t i = 0; status == NCT_OK && i < found; i++)
            status = take_row(writer, rebuilding, reading, &page.rows[i]);
        if (status == NCT_OK && found > 0) {
            after_len = page.rows[found - 1].key_len;
            memcpy(after, page.rows[found - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    return status;
}

static nct_status write_copy(struct nct_leaf_writer *writer, const struct rebuilding *rebuilding) {
    struct nct_cbor reader;
    nct_status status = NCT_OK;
    nct_cbor_open(&reader, rebuilding->leaves, rebuilding->leaves_len);
    while (status == NCT_OK && nct_cbor_peek(&reader) != NCT_CBOR_NOTHING) {
        struct nct_leaf leaf;
        nct_leaf_get(&reader, &leaf);
        status = reader.status == NCT_OK ? nct_leaf_write(writer, &leaf) : reader.status;
    }
    return status;
}

/* Stages the leaves of one reading, or of the copy. NCT_E_NOT_FOUND when they are not those that were signed. */
static nct_status try_reading(struct nct_unit *unit, const struct rebuilding *rebuilding, const struct reading *reading,
                              uint64_t *pages) {
    const struct nct_checkpoint_claims *claims = &rebuilding->checkpoint->claims;
    struct nct_leaf_writer writer;
    unsigned char root[NCT_HASH];
    nct_status status = nct_leaf_writer_open(&writer, unit, claims->number);
    if (status == NCT_OK)
        status = reading != NULL ? write_streams(&writer, rebuilding, reading) : write_copy(&writer, rebuilding);
    if (status == NCT_OK)
        status = nct_leaf_writer_finish(&writer, root);
    int same = status == NCT_OK && writer.tree.size == claims->streams && memcmp(root, claims->root, NCT_HASH) == 0;
    *pages = writer.pages;
    nct_leaf_writer_close(&writer);
    return status == NCT_OK && !same ? NCT_E_NOT_FOUND : status;
}

static nct_status write_leaves(struct nct_unit *unit, const struct rebuilding *rebuilding, uint64_t *pages) {
    int64_t made_at = rebuilding->checkpoint->claims.made_at;
    const struct reading readings[] = {{made_at, 0}, {made_at, 1}, {made_at - 1, 0}, {made_at - 1, 1}};
    if (rebuilding->leaves != NULL)
        return try_reading(unit, rebuilding, NULL, pages);
    nct_status status = NCT_E_NOT_FOUND;
    for (size_t i = 0; i < sizeof readings / sizeof readings[0] && status == NCT_E_NOT_FOUND; i++)
        status = try_reading(unit, rebuilding, &readings[i], pages);
    return status;
}

static nct_status rebuild(struct nct_unit *unit, void *argument) {
    const struct rebuilding *rebuilding = argument;
    struct nct_checkpoint_last last;
    nct_status status = nct_checkpoint_load_leafed(unit, &last, rebuilding->checkpoint);
    if (status != NCT_OK)
        return last.restarted ? NCT_E_STATE : status;
    if (nct_leaves_read(unit, &last, &rebuilding->checkpoint->claims) == NCT_OK)
        return NCT_E_STATE;
    struct nct_note note = {.event = NCT_EVENT_CHECKPOINT_REBUILT,
                            .actor = rebuilding->actor,
                            .detail = rebuilding->reason,
                            .digest = rebuilding->checkpoint->hash};
    status = write_leaves(unit, rebuilding, &last.pages);
    if (status == NCT_OK)
        status = nct_leaf_pages_drop(unit, last.number, last.pages);
    return status == NCT_OK ? nct_checkpoint_put_last(unit, &last, &note) : status;
}

nct_status nct_checkpoint_rebuild(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                  const void *leaves, size_t leaves_len, const char *reason, size_t reason_len) {
    char actor[NCT_ACTOR_ROOM];
    char why[NCT_NAME_ROOM];
    struct rebuilding rebuilding = {actor, why, leaves, leaves_len, NULL};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, why);
    if (status == NCT_OK)
        status = nct_checkpoint_room(&portal->seams.memory, &rebuilding.checkpoint);
    if (status == NCT_OK)
        status = nct_unit_run(portal, rebuild, &rebuilding, NULL);
    nct_checkpoint_free(rebuilding.checkpoint);
    return status;
}

/* ---- given up ---- */

struct giving_up {
    const char *actor;
    const char *reason;
    struct nct_checkpoint_last last;
};

/* The last checkpoint by what the ledger says of it, whatever became of the rows that hold it. */
static nct_status find_last(struct nct_unit *unit, struct nct_checkpoint_last *last) {
    struct nct_stream stream = nct_stream_of_portal();
    struct nct_stream_head head;
    struct nct_entry_record entry = {0};
    unsigned char hash[NCT_HASH];
    nct_status status = nct_unit_get(unit, &nct_type_stream, stream.key, stream.len, &head);
    for (; status == NCT_OK && entry.event != NCT_EVENT_CHECKPOINT_MADE; head.sequence--) {
        if (head.sequence == 0)
            return NCT_E_NOT_FOUND;
        status = read_entry(unit->portal, &stream, head.sequence, &entry, hash);
    }
    *last = (struct nct_checkpoint_last){.number = strtoull(entry.detail, NULL, 10), .restarted = 1};
    memcpy(last->hash, entry.digest, NCT_HASH);
    return status;
}

static nct_status give_up(struct nct_unit *unit, void *argument) {
    struct giving_up *given = argument;
    nct_status status = find_last(unit, &given->last);
    if (status == NCT_OK)
        status = nct_unit_overwrite(unit, &nct_type_checkpoint_last, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
    if (status == NCT_OK)
        status = nct_leaf_pages_drop(unit, given->last.number, 0);
    struct nct_note note = {.event = NCT_EVENT_CHECKPOINT_RESTARTED,
                            .actor = given->actor,
                            .detail = given->reason,
                            .digest = given->last.hash};
    return status == NCT_OK ? nct_checkpoint_put_last(unit, &given->last, &note) : status;
}

nct_status nct_checkpoint_restart(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                  const char *reason, size_t reason_len) {
    char actor[NCT_ACTOR_ROOM];
    char why[NCT_NAME_ROOM];
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t finding = NCT_CHECKPOINT_AGREES;
    struct giving_up given = {.actor = actor, .reason = why};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, why);
    if (status == NCT_OK)
        status = nct_checkpoint_examine(portal, &finding, stream, sizeof stream, NULL);
    if (status == NCT_OK && finding == NCT_CHECKPOINT_AGREES)
        status = NCT_E_STATE;
    return status == NCT_OK ? nct_unit_run(portal, give_up, &given, NULL) : status;
}
