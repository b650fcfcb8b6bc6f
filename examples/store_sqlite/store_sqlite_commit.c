/*
 * Commits. Those that came while another was made are made together, in one transaction: a disk is waited for once for
 * all of them. Each is a part of its own, which is undone when its expectations fail.
 */
#include "store_sqlite_inside.h"

#include <stdio.h>

static nct_status run(nct_sqlite_store *store, enum statement which) {
    sqlite3_stmt *statement = store->statements[which];
    nct_status status = sqlite3_step(statement) == SQLITE_DONE ? NCT_OK : store_sqlite_failure(store);
    (void)sqlite3_reset(statement);
    return status;
}

/* Runs a statement that must change exactly one row. */
static nct_status change(nct_sqlite_store *store, enum statement which, const nct_batch *batch, size_t index) {
    sqlite3_stmt *statement = store->statements[which];
    size_t key_len = 0;
    size_t len = 0;
    const void *key = nct_batch_key(batch, index, &key_len);
    const void *value = nct_batch_value(batch, index, &len);
    int code = store_sqlite_bind_key(statement, nct_batch_space(batch, index), key, key_len);
    if (code == SQLITE_OK && which != INSERT)
        code = sqlite3_bind_int64(statement, 3, (sqlite3_int64)nct_batch_revision(batch, index));
    if (code == SQLITE_OK && which != REMOVE)
        code = store_sqlite_bind_bytes(statement, 4, value, len);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    nct_status status = NCT_OK;
    if (code != SQLITE_DONE)
        status = store_sqlite_failure(store);
    else if (sqlite3_changes(store->connection) != 1)
        status = NCT_E_CONFLICT;
    store_sqlite_finish(statement);
    return status;
}

static nct_status check(nct_sqlite_store *store, const nct_batch *batch, size_t index) {
    sqlite3_stmt *statement = store->statements[CHECK];
    size_t key_len = 0;
    const void *key = nct_batch_key(batch, index, &key_len);
    int code = store_sqlite_bind_key(statement, nct_batch_space(batch, index), key, key_len);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    uint64_t revision = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    nct_status status = NCT_OK;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = store_sqlite_failure(store);
    else if (revision != nct_batch_revision(batch, index))
        status = NCT_E_CONFLICT;
    store_sqlite_finish(statement);
    return status;
}

static nct_status apply(nct_sqlite_store *store, const nct_batch *batch, size_t index) {
    int exists = nct_batch_revision(batch, index) > 0;
    switch (nct_batch_kind(batch, index)) {
    case NCT_BATCH_PUT:
        return change(store, exists ? UPDATE : INSERT, batch, index);
    case NCT_BATCH_DELETE:
        return exists ? change(store, REMOVE, batch, index) : check(store, batch, index);
    case NCT_BATCH_CHECK:
        return check(store, batch, index);
    default:
        store_sqlite_say("unknown kind of operation");
        return NCT_E_STORE;
    }
}

/* A failed COMMIT may have ended the transaction by itself. */
static void roll_back(nct_sqlite_store *store) {
    char kept[256];
    (void)nct_sqlite_store_error(kept, sizeof kept);
    if (!sqlite3_get_autocommit(store->connection))
        (void)run(store, ROLLBACK);
    store_sqlite_say("%s", kept);
}

/* Within the transaction. Whatever fails but an expectation fails the whole. */
static nct_status apply_batch(nct_sqlite_store *store, const nct_batch *batch) {
    nct_status status = NCT_OK;
    for (size_t i = 0; status == NCT_OK && i < nct_batch_count(batch); i++)
        status = apply(store, batch, i);
    return status;
}

static nct_status apply_part(nct_sqlite_store *store, struct waiting_commit *part) {
    nct_status status = run(store, PART);
    if (status != NCT_OK)
        return status;
    part->status = apply_batch(store, part->batch);
    if (part->status == NCT_E_CONFLICT)
        status = run(store, UNDO_PART);
    else
        status = part->status;
    return status == NCT_OK ? run(store, KEEP_PART) : status;
}

static nct_status apply_parts(nct_sqlite_store *store, struct waiting_commit *group) {
    nct_status status = NCT_OK;
    if (group->next == NULL)
        return group->status = apply_batch(store, group->batch);
    for (struct waiting_commit *part = group; part != NULL && status == NCT_OK; part = part->next)
        status = apply_part(store, part);
    return status;
}

/* A file that stays busy longer than the timeout is a failure of the store, not a conflict. */
static nct_status make_group(nct_sqlite_store *store, struct waiting_commit *group) {
    nct_status status = run(store, BEGIN);
    if (status == NCT_OK)
        status = store_sqlite_same_schema(store);
    if (status == NCT_OK)
        status = apply_parts(store, group);
    if (status == NCT_OK)
        status = run(store, COMMIT);
    if (status != NCT_OK)
        roll_back(store);
    return status;
}

/* What failed the whole is every part's answer, unless its own is that it conflicts. */
static void commit_group(nct_sqlite_store *store, struct waiting_commit *group) {
    (void)pthread_mutex_lock(&store->mutex);
    nct_status status = make_group(store, group);
    (void)pthread_mutex_unlock(&store->mutex);
    for (struct waiting_commit *part = group; part != NULL; part = part->next) {
        if (status == NCT_OK || part->status == NCT_E_CONFLICT)
            continue;
        part->status = status;
        (void)nct_sqlite_store_error(part->error, sizeof part->error);
    }
}

static void settle(struct commit_queue *queue, struct waiting_commit *group) {
    queue->at_work = 0;
    for (struct waiting_commit *part = group, *next = NULL; part != NULL; part = next) {
        next = part->next;
        part->settled = 1; /* and may be gone, once the queue is let go */
    }
    (void)pthread_cond_broadcast(&queue->settled);
}

static void enqueue(struct commit_queue *queue, struct waiting_commit *commit) {
    struct waiting_commit **end = &queue->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = commit;
}

/* Takes all that wait, with the queue's lock, which is let go meanwhile. */
static void take_turn(nct_sqlite_store *store) {
    struct commit_queue *queue = &store->queue;
    struct waiting_commit *group = queue->first;
    queue->first = NULL;
    queue->at_work = 1;
    (void)pthread_mutex_unlock(&queue->mutex);
    commit_group(store, group);
    (void)pthread_mutex_lock(&queue->mutex);
    settle(queue, group);
}

nct_status store_sqlite_commit(const nct_batch *batch, void *user_data) {
    nct_sqlite_store *store = user_data;
    struct commit_queue *queue = &store->queue;
    struct waiting_commit commit = {.batch = batch};
    (void)pthread_mutex_lock(&queue->mutex);
    enqueue(queue, &commit);
    while (!commit.settled) {
        if (queue->at_work)
            (void)pthread_cond_wait(&queue->settled, &queue->mutex);
        else
            take_turn(store);
    }
    (void)pthread_mutex_unlock(&queue->mutex);
    if (commit.error[0] != '\0')
        store_sqlite_say("%s", commit.error);
    return commit.status;
}
