/* Due work: listing what is due, settling it, putting back what was taken out of the index. */
#include "portal/registry/due_index.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "portal/application/state.h"
#include "portal/due/reverification.h"
#include "portal/mail/outbox.h"

#include <nctracks/due.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(NCT_DUE_ID_ROOM > 2 * NCT_DUE_KEY_MAX, "room for an item's id");

/*
 * Does what is due now, if the subject's record says that it is: *done is set to 1 then. An item that no longer fits
 * the record is NCT_OK without it.
 */
typedef nct_status nct_due_settler(struct nct_unit *unit, const struct nct_due_item *item, const char *actor,
                                   int32_t *done);

/* One row a kind of work. Whoever adds one keeps its index row with nct_due_move() in the commits of its record. */
static const struct {
    const char *name;
    nct_due_settler *settle;
} kinds[] = {
    [NCT_DUE_REVERIFICATION] = {"reverification", nct_reverification_settle},
    [NCT_DUE_ABANDONMENT] = {"abandonment", nct_application_settle},
};
#define KINDS ((int32_t)(sizeof kinds / sizeof kinds[0]))

const char *nct_due_kind_name(int32_t kind) {
    return kind > 0 && kind < KINDS ? kinds[kind].name : NULL;
}

struct row {
    char id[NCT_DUE_ID_ROOM];
    char reference[2 * NCT_DUE_REFERENCE + 1];
    struct nct_due_item item;
};

struct nct_due {
    struct nct_memory memory;
    struct row *rows;
    size_t count;
    size_t damaged;
    int32_t more;
};

void nct_due_free(nct_due *due) {
    if (due == NULL)
        return;
    struct nct_memory memory = due->memory;
    nct_memory_give(&memory, due->rows);
    nct_memory_give(&memory, due);
}

static nct_status add_page(const struct nct_page *page, int64_t until, nct_due *due) {
    for (size_t i = 0; i < page->count; i++) {
        struct row *row = &due->rows[due->count];
        if (!nct_due_parse(page->rows[i].key, page->rows[i].key_len, &row->item))
            return NCT_E_INTEGRITY;
        if (row->item.time > until) { /* keys sort by time */
            due->more = 0;
            return NCT_OK;
        }
        nct_hex(row->id, page->rows[i].key, page->rows[i].key_len);
        nct_hex(row->reference, row->item.reference, row->item.reference_len);
        due->count++;
    }
    return NCT_OK;
}

static nct_status fill(nct_portal *portal, int64_t until, const unsigned char *after, size_t after_len, size_t limit,
                       nct_due *due) {
    struct nct_page page;
    nct_status status = nct_fetch_sound(portal, &nct_type_due, NULL, 0, after, after_len, limit, &page);
    due->damaged = page.damaged;
    due->more = page.count == limit;
    if (status == NCT_OK) {
        due->rows = nct_memory_take_array(&due->memory, page.count, sizeof *due->rows);
        status = due->rows != NULL ? add_page(&page, until, due) : NCT_E_NO_MEMORY;
    }
    nct_page_free(&page);
    return status;
}

/* An item of an id, and its key. */
static nct_status take_item(const char *id, size_t id_len, struct nct_due_item *item,
                            unsigned char key[NCT_DUE_KEY_MAX]) {
    if (NCT_MISSING(id))
        return NCT_E_ARGUMENT;
    if (id_len / 2 > NCT_DUE_KEY_MAX || !nct_unhex(key, id_len / 2, id, id_len))
        return nct_about_argument(NCT_E_FORMAT, "id");
    return nct_due_parse(key, id_len / 2, item) ? NCT_OK : nct_about_argument(NCT_E_FORMAT, "id");
}

nct_status nct_due_list(nct_portal *portal, int64_t until, const char *after, size_t after_len, size_t limit,
                        nct_due **out) {
    struct nct_due_item item;
    unsigned char key[NCT_DUE_KEY_MAX];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK && after_len > 0)
        status = nct_about_argument(take_item(after, after_len, &item, key), "after");
    if (status != NCT_OK)
        return status;
    nct_due *due = nct_memory_take(&portal->seams.memory, sizeof *due);
    if (due == NULL)
        return NCT_E_NO_MEMORY;
    due->memory = portal->seams.memory;
    status = fill(portal, until, key, after_len / 2, limit, due);
    if (status == NCT_OK)
        *out = due;
    else
        nct_due_free(due);
    return status == NCT_OK ? nct_partial(status, due->damaged) : status;
}

size_t nct_due_count(const nct_due *due) {
    return due != NULL ? due->count : 0;
}

int32_t nct_due_more(const nct_due *due) {
    return due != NULL && due->more;
}

const char *nct_due_cursor(const nct_due *due) {
    if (due == NULL)
        return NULL;
    return due->count > 0 ? due->rows[due->count - 1].id : "";
}

static const struct row *at(const nct_due *due, size_t index) {
    return index < nct_due_count(due) ? &due->rows[index] : NULL;
}

const char *nct_due_id(const nct_due *due, size_t index) {
    return at(due, index) != NULL ? at(due, index)->id : NULL;
}

int64_t nct_due_time(const nct_due *due, size_t index) {
    return at(due, index) != NULL ? at(due, index)->item.time : 0;
}

int32_t nct_due_kind(const nct_due *due, size_t index) {
    return at(due, index) != NULL ? at(due, index)->item.kind : 0;
}

const char *nct_due_provider(const nct_due *due, size_t index) {
    return at(due, index) != NULL ? at(due, index)->item.provider : NULL;
}

const char *nct_due_reference(const nct_due *due, size_t index) {
    return at(due, index) != NULL ? at(due, index)->reference : NULL;
}

/* What the unit of work needs. */
struct settling {
    struct nct_due_item item;
    char actor[NCT_ACTOR_ROOM];
    int32_t done;
};

/* A row that does not fit its subject's record, because it was put back or is of a later version, is dropped. */
static nct_status settle(struct nct_unit *unit, void *argument) {
    struct settling *settling = argument;
    struct nct_due_item item = settling->item;
    settling->done = 0;
    if (item.time > unit->now)
        return NCT_E_DATE;
    if (nct_due_kind_name(item.kind) == NULL)
        return NCT_E_UNSUPPORTED;
    nct_status status = kinds[item.kind].settle(unit, &item, settling->actor, &settling->done);
    return status == NCT_OK && !settling->done ? nct_due_move(unit, &item, 0) : status;
}

nct_status nct_due_settle(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *id,
                          size_t id_len, int32_t *done) {
    struct settling settling;
    unsigned char key[NCT_DUE_KEY_MAX];
    if (done != NULL)
        *done = 0;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, settling.actor);
    if (status == NCT_OK)
        status = take_item(id, id_len, &settling.item, key);
    if (status == NCT_OK)
        status = nct_operate(portal, settle, &settling);
    if (status == NCT_OK && done != NULL)
        *done = settling.done;
    return status;
}
