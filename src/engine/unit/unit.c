#include "engine/unit/unit.h"
#include "base/about.h"

#include "base/room.h"
#include "engine/store/batch.h"
#include "engine/unit/clock.h"
#include "engine/unit/fetch.h"
#include "engine/unit/glance.h"
#include "engine/unit/relation.h"
#include "engine/unit/rows.h"

#include <string.h>

static void free_rows(struct nct_unit *unit) {
    const struct nct_memory *memory = unit->memory;
    for (size_t i = 0; i < unit->count; i++)
        nct_unit_row_free(&unit->rows[i]);
    nct_memory_give(memory, unit->rows);
    unit->rows = NULL;
    unit->count = 0;
    unit->capacity = 0;
    nct_buf_free(&unit->mails);
}

/* Protects the staged values, under the revisions they will have: of heads, or of everything else. */
static nct_status protect_rows(struct nct_unit *unit, int heads, struct nct_buf *values) {
    const struct nct_keys *keys = nct_keyring_current(&unit->portal->keyring);
    for (size_t i = 0; i < unit->count; i++) {
        struct nct_unit_row *row = &unit->rows[i];
        struct nct_place place = {row->type->space, row->key, row->key_len, row->revision + 1};
        if (row->state != NCT_BATCH_PUT || nct_is_head(row->type) != heads)
            continue;
        nct_status status = nct_protect(keys, &unit->portal->seams, row->type->protection, &place, row->content.data,
                                        row->content.len, &values[i]);
        if (status != NCT_OK)
            return status;
    }
    return NCT_OK;
}

/* The digests of the heads are over the other rows as they will lie in the store. */
static nct_status protect_all(struct nct_unit *unit, struct nct_buf *values) {
    nct_status status = protect_rows(unit, 0, values);
    if (status == NCT_OK)
        status = nct_relations_write(unit, values);
    return status == NCT_OK ? protect_rows(unit, 1, values) : status;
}

/* Turns the rows into the operations of a commit. The portal's own store gets the contents themselves. */
static nct_status make_batch(struct nct_unit *unit, struct nct_batch_op *ops, struct nct_buf *values) {
    int own = nct_rows_are_own(unit->portal);
    nct_status status = own ? nct_relations_write(unit, values) : protect_all(unit, values);
    for (size_t i = 0; i < unit->count && status == NCT_OK; i++) {
        const struct nct_unit_row *row = &unit->rows[i];
        const struct nct_buf *value = own ? &row->content : &values[i];
        ops[i] = (struct nct_batch_op){.kind = row->state,
                                       .space = row->type->space,
                                       .key = row->key,
                                       .key_len = row->key_len,
                                       .revision = row->revision,
                                       .value = value->data,
                                       .value_len = value->len};
    }
    return status;
}

static nct_status commit_batch(struct nct_unit *unit, struct nct_batch_op *ops, struct nct_buf *values) {
    for (size_t i = 0; i < unit->count; i++)
        nct_buf_init(&values[i], &unit->portal->seams.memory);
    nct_status status = make_batch(unit, ops, values);
    if (status == NCT_OK) {
        const struct nct_callbacks *callbacks = &unit->portal->callbacks;
        struct nct_batch batch = {ops, unit->count};
        status = callbacks->store.commit(&batch, callbacks->store_data);
        if (status != NCT_OK && status != NCT_E_CONFLICT)
            status = nct_callback_failure(status, NCT_E_STORE, "store.commit");
    }
    for (size_t i = 0; i < unit->count; i++)
        nct_buf_free(&values[i]);
    return status;
}

static int anything_staged(const struct nct_unit *unit) {
    for (size_t i = 0; i < unit->count; i++)
        if (unit->rows[i].state != NCT_BATCH_CHECK)
            return 1;
    return 0;
}

static nct_status commit(struct nct_unit *unit) {
    if (!anything_staged(unit))
        return NCT_OK;
    nct_status status = nct_relations_stage(unit);
    if (status == NCT_OK)
        status = nct_clock_judge(unit);
    if (status != NCT_OK)
        return status;
    const struct nct_memory *memory = &unit->portal->seams.memory;
    struct nct_batch_op *ops = nct_memory_take_array(memory, unit->count, sizeof *ops);
    struct nct_buf *values = nct_memory_take_array(memory, unit->count, sizeof *values);
    status = NCT_E_NO_MEMORY;
    if (ops != NULL && values != NULL)
        status = commit_batch(unit, ops, values);
    nct_memory_give(memory, ops);
    nct_memory_give(memory, values);
    if (status == NCT_OK)
        nct_clock_note(unit->portal, unit->now);
    return status;
}

static int is_at(struct nct_unit *unit, const struct nct_unit_row *row) {
    struct nct_row fresh;
    const unsigned char *content = NULL;
    size_t len = 0;
    (void)nct_fetch(unit->portal, row->type, row->key, row->key_len, &fresh, &content, &len);
    uint64_t revision = fresh.revision;
    nct_row_free(&fresh);
    return revision == row->revision;
}

/*
 * Something does not fit what this unit read. If every row is still at the revision read, all of them were there at one
 * moment, so the store was altered behind the library's back; else somebody was quicker, and the unit tries again.
 */
static nct_status explain_mismatch(struct nct_unit *unit) {
    for (size_t i = 0; i < unit->count; i++)
        if (!is_at(unit, &unit->rows[i]))
            return NCT_E_CONFLICT;
    return NCT_E_INTEGRITY;
}

/* Nothing was committed meanwhile, or nothing that this unit has read. */
static nct_status check_own_moment(struct nct_unit *unit) {
    if (nct_own_commits(unit->portal) == unit->commits)
        return NCT_OK;
    for (size_t i = 0; i < unit->count; i++)
        if (!is_at(unit, &unit->rows[i]))
            return NCT_E_CONFLICT;
    return NCT_OK;
}

/* Whether what a unit that commits nothing has read was there at one moment: what changes an answer moves the head of
 * a stream. */
static nct_status check_moment(struct nct_unit *unit) {
    if (nct_rows_are_own(unit->portal))
        return check_own_moment(unit);
    for (size_t i = 0; i + 1 < unit->count; i++)
        if (unit->rows[i].type == &nct_type_stream && !is_at(unit, &unit->rows[i]))
            return NCT_E_CONFLICT;
    return NCT_OK;
}

enum mode { READS, REHEARSES, COMMITS };

/* One try. NCT_E_CONFLICT asks for another. */
static nct_status attempt(struct nct_portal *portal, nct_unit_function *function, void *argument, struct nct_buf *mails,
                          enum mode mode) {
    struct nct_room room;
    nct_room_init(&room, &portal->seams.memory);
    struct nct_unit unit = {.portal = portal, .memory = &room.memory, .commits = nct_own_commits(portal)};
    nct_buf_init(&unit.mails, &portal->seams.memory);
    nct_status status = mode == READS ? NCT_OK : nct_seams_now(&portal->seams, &unit.now);
    if (status == NCT_OK)
        status = function(&unit, argument);
    if (status == NCT_E_INTEGRITY)
        status = explain_mismatch(&unit);
    if (status == NCT_OK)
        status = unit.mails.status;
    if (status == NCT_OK && mails != NULL && unit.mails.len > 0)
        nct_buf_append(mails, unit.mails.data, unit.mails.len);
    if (status == NCT_OK && mails != NULL)
        status = mails->status;
    if (status == NCT_OK)
        status = mode == COMMITS ? commit(&unit) : check_moment(&unit);
    if (status != NCT_OK && mails != NULL)
        nct_buf_clear(mails);
    if (status == NCT_OK)
        status = unit.outcome;
    free_rows(&unit);
    return status;
}

static nct_status run(struct nct_portal *portal, nct_unit_function *function, void *argument, struct nct_buf *mails,
                      enum mode mode) {
    int64_t tries = nct_policy_option(&portal->policy, NCT_OPTION_COMMIT_TRIES);
    nct_status status = NCT_E_CONFLICT;
    for (int64_t i = 0; i < tries && status == NCT_E_CONFLICT; i++)
        status = attempt(portal, function, argument, mails, mode);
    /* Which of several secrets was wrong is not told; nor anything of what was done in the end. */
    if (mode == COMMITS && (status == NCT_OK || status == NCT_E_DENIED))
        nct_about_nothing();
    return status == NCT_E_CONFLICT ? NCT_E_BUSY : status;
}

nct_status nct_unit_run(struct nct_portal *portal, nct_unit_function *function, void *argument, struct nct_buf *mails) {
    return run(portal, function, argument, mails, COMMITS);
}

nct_status nct_unit_read(struct nct_portal *portal, nct_unit_function *function, void *argument) {
    return run(portal, function, argument, NULL, READS);
}

nct_status nct_unit_rehearse(struct nct_portal *portal, nct_unit_function *function, void *argument) {
    return run(portal, function, argument, NULL, REHEARSES);
}

nct_status nct_unit_refuse(struct nct_unit *unit, nct_status status) {
    unit->outcome = status;
    return NCT_OK;
}
