/* Listing the agency's work, and who there has it. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "engine/unit/look.h"
#include "policy/policy.h"
#include "portal/work/work.h"

#include <nctracks/machine.h>

#include <string.h>

#define CURSOR_ROOM (2 * NCT_DUE_KEY_MAX + 1)

/* An id is the item's key without the time, in hexadecimal: it stays while the item waits. */
#define KIND 1 /* bytes of a key before its time */
#define TIME 8
#define ID_BYTES_MAX (NCT_DUE_KEY_MAX - TIME)

_Static_assert(NCT_WORK_ID_ROOM > 2 * ID_BYTES_MAX, "room for an item's id");

struct row {
    char id[NCT_WORK_ID_ROOM];
    char application[2 * NCT_APPLICATION_ID + 1];
    struct nct_work_item item;
};

struct nct_work_list {
    struct nct_memory memory;
    struct row *rows;
    size_t count;
    size_t damaged;
    int32_t more;
    char cursor[CURSOR_ROOM];
};

void nct_work_list_free(nct_work_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->rows);
    nct_memory_give(&memory, list);
}

/* An id is a key without the time. */
static void write_id(const struct nct_due_item *at, char id[NCT_WORK_ID_ROOM]) {
    unsigned char key[NCT_DUE_KEY_MAX];
    size_t len = nct_work_key(at, key);
    nct_hex(id, key, KIND);
    nct_hex(id + 2 * KIND, key + KIND + TIME, len - KIND - TIME);
}

static nct_status take_id(const char *id, size_t id_len, struct nct_due_item *at) {
    unsigned char key[NCT_DUE_KEY_MAX] = {0};
    unsigned char *rest = key + KIND + TIME;
    size_t len = id_len / 2;
    if (NCT_MISSING(id))
        return NCT_E_ARGUMENT;
    if (len <= KIND || len > ID_BYTES_MAX || !nct_unhex(key, KIND, id, 2 * KIND) ||
        !nct_unhex(rest, len - KIND, id + 2 * KIND, id_len - 2 * KIND))
        return nct_about_argument(NCT_E_FORMAT, "id");
    nct_put_be64(key + KIND, 1); /* any time */
    int fits = nct_work_parse(key, len + TIME, at) && nct_work_is_somebodys(at->kind);
    int of_provider = at->kind == NCT_WORK_OA_CHANGE || at->kind == NCT_WORK_EFT_CHANGE;
    fits = fits && (at->reference_len == 0) == of_provider &&
           (at->provider[0] == '\0') == (at->kind == NCT_WORK_CONTESTED_ADDRESS);
    return fits ? NCT_OK : nct_about_argument(NCT_E_FORMAT, "id");
}

/* ---- listing ---- */

/* What a listing goes by. */
struct listing {
    unsigned char kind;
    int32_t state;
    int64_t until; /* 0: all */
    int64_t now;
    unsigned char after[NCT_DUE_KEY_MAX];
    size_t after_len;
    size_t limit;
};

static nct_status read_item(struct nct_unit *unit, void *argument) {
    return nct_work_read(unit, argument);
}

/* What its record does not say is not on the list: a row put back, or one of something decided meanwhile. */
static nct_status add_row(struct nct_portal *portal, const struct listing *listing, const struct nct_due_item *at,
                          nct_work_list *list) {
    struct row *row = &list->rows[list->count];
    *row = (struct row){.item.at = *at};
    if (nct_work_kind_name(at->kind) == NULL)
        return NCT_E_UNSUPPORTED; /* of a later version */
    nct_status status = nct_unit_rehearse(portal, read_item, &row->item);
    if (status == NCT_E_NOT_FOUND)
        return NCT_E_INTEGRITY; /* records are not removed */
    if (!nct_assignment_holds(&portal->policy, &row->item.assignment, listing->now))
        row->item.assignment = (struct nct_assignment){.at = 0};
    int fits = row->item.at.time == at->time && (listing->state == 0 || row->item.state == listing->state);
    write_id(at, row->id);
    if (at->kind == NCT_WORK_APPLICATION || at->kind == NCT_WORK_DRAFT)
        nct_hex(row->application, at->reference, at->reference_len);
    list->count += status == NCT_OK && fits;
    return status;
}

/* Keys sort by kind, what waits for nobody at the agency last, and those of one kind by time. */
static int is_past(const struct listing *listing, const struct nct_due_item *at) {
    return listing->kind == 0 ? at->kind >= NCT_WORK_DRAFT : listing->until != 0 && at->time > listing->until;
}

static nct_status add_page(struct nct_portal *portal, const struct listing *listing, const struct nct_page *page,
                           nct_work_list *list) {
    nct_status status = NCT_OK;
    list->more = page->count + page->damaged >= listing->limit;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        struct nct_due_item at;
        if (!nct_work_parse(page->rows[i].key, page->rows[i].key_len, &at))
            return NCT_E_INTEGRITY;
        int too_young = listing->until != 0 && at.time > listing->until;
        if (is_past(listing, &at)) {
            list->more = 0;
            return NCT_OK;
        }
        nct_hex(list->cursor, page->rows[i].key, page->rows[i].key_len);
        status = too_young ? NCT_OK : add_row(portal, listing, &at, list);
        if (nct_is_damage(status)) {
            list->damaged++;
            status = NCT_OK;
        }
    }
    return status;
}

static nct_status fill(struct nct_portal *portal, const struct listing *listing, nct_work_list *list) {
    struct nct_page page;
    nct_status status = nct_fetch_sound(portal, &nct_type_work, &listing->kind, listing->kind != 0, listing->after,
                                        listing->after_len, listing->limit, &page);
    list->damaged = page.damaged;
    if (status == NCT_OK) {
        list->rows = nct_memory_take_array(&list->memory, page.count, sizeof *list->rows);
        status = list->rows != NULL ? add_page(portal, listing, &page, list) : NCT_E_NO_MEMORY;
    }
    nct_page_free(&page);
    return status;
}

/* A list that may lack rows is given, and said to be partial. */
static nct_status check_whole(struct nct_portal *portal, const struct listing *listing, nct_work_list *list) {
    int32_t from = listing->kind;
    int32_t to = listing->kind != 0 ? listing->kind + 1 : NCT_WORK_DRAFT;
    nct_status status = nct_work_is_whole(portal, from, to, NCT_LOOK_MAX);
    list->damaged += (size_t)nct_is_damage(status);
    return nct_is_damage(status) ? NCT_OK : status;
}

static nct_status take_cursor(const char *after, size_t after_len, struct listing *listing) {
    struct nct_due_item at;
    size_t len = after_len / 2;
    if (after_len == 0)
        return NCT_OK;
    if (NCT_MISSING(after))
        return NCT_E_ARGUMENT;
    if (len > sizeof listing->after || !nct_unhex(listing->after, len, after, after_len) ||
        !nct_work_parse(listing->after, len, &at) || (listing->kind != 0 && at.kind != listing->kind))
        return nct_about_argument(NCT_E_FORMAT, "after");
    listing->after_len = len;
    return NCT_OK;
}

static nct_status make(struct nct_portal *portal, const struct listing *listing, nct_work_list **out) {
    nct_work_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    nct_status status = fill(portal, listing, list);
    if (status == NCT_OK)
        status = check_whole(portal, listing, list);
    if (status != NCT_OK) {
        nct_work_list_free(list);
        return status;
    }
    *out = list;
    return list->damaged > 0 ? NCT_E_PARTIAL : NCT_OK;
}

nct_status nct_work_list_page(nct_portal *portal, int32_t kind, int32_t state, int64_t until, const char *after,
                              size_t after_len, size_t limit, nct_work_list **out) {
    struct listing listing = {.kind = (unsigned char)kind, .state = state, .until = until, .limit = limit};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || until < 0 || (kind != 0 && nct_work_kind_name(kind) == NULL))
        return NCT_E_ARGUMENT;
    if (state != 0 && (kind != NCT_WORK_APPLICATION || nct_state_name(state) == NULL))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = take_cursor(after, after_len, &listing);
    if (status == NCT_OK)
        status = nct_seams_now(&portal->seams, &listing.now);
    return status == NCT_OK ? make(portal, &listing, out) : status;
}

/* ---- who has it ---- */

struct assigning {
    char actor[NCT_ACTOR_ROOM];
    char assignee[NCT_NAME_ROOM]; /* empty: released */
    struct nct_due_item at;
};

static nct_status assign(struct nct_unit *unit, void *argument) {
    const struct assigning *assigning = argument;
    struct nct_work_item item = {.at = assigning->at};
    nct_status status = nct_work_read(unit, &item);
    if (status != NCT_OK || item.at.time == 0)
        return status != NCT_OK ? status : NCT_E_NOT_FOUND;
    int holds = nct_assignment_holds(&unit->portal->policy, &item.assignment, unit->now);
    int releases = assigning->assignee[0] == '\0';
    if (releases && item.assignment.name[0] == '\0')
        return NCT_OK;
    if (!releases && holds && strcmp(item.assignment.name, assigning->assignee) != 0)
        return NCT_E_ASSIGNED;
    item.assignment = (struct nct_assignment){.at = releases ? 0 : unit->now};
    memcpy(item.assignment.name, assigning->assignee, sizeof item.assignment.name);
    return nct_work_put(unit, &item, assigning->actor);
}

static nct_status take(struct nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *id,
                       size_t id_len, struct assigning *assigning) {
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, assigning->actor);
    return status == NCT_OK ? take_id(id, id_len, &assigning->at) : status;
}

nct_status nct_work_assign(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *id,
                           size_t id_len, const char *assignee, size_t assignee_len) {
    struct assigning assigning = {.assignee = ""};
    nct_status status = take(portal, operator_name, operator_name_len, id, id_len, &assigning);
    if (status == NCT_OK)
        status = nct_take_reason(assignee, assignee_len, assigning.assignee); /* a name is a line too */
    return status == NCT_OK ? nct_unit_run(portal, assign, &assigning, NULL) : status;
}

nct_status nct_work_release(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *id,
                            size_t id_len) {
    struct assigning assigning = {.assignee = ""};
    nct_status status = take(portal, operator_name, operator_name_len, id, id_len, &assigning);
    return status == NCT_OK ? nct_unit_run(portal, assign, &assigning, NULL) : status;
}

/* ---- reading a page ---- */

static const struct row *at(const nct_work_list *list, size_t index) {
    return index < nct_work_list_count(list) ? &list->rows[index] : NULL;
}

size_t nct_work_list_count(const nct_work_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_work_list_more(const nct_work_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_work_list_cursor(const nct_work_list *list) {
    return list != NULL ? list->cursor : NULL;
}

const char *nct_work_list_id(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->id : NULL;
}

int32_t nct_work_list_kind(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.at.kind : 0;
}

int64_t nct_work_list_since(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.at.time : 0;
}

const char *nct_work_list_provider(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.at.provider : NULL;
}

const char *nct_work_list_application(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->application : NULL;
}

int32_t nct_work_list_submission(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.submission : 0;
}

int32_t nct_work_list_state(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.state : 0;
}

const char *nct_work_list_ncid(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.ncid : NULL;
}

const char *nct_work_list_assignee(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.assignment.name : NULL;
}

int64_t nct_work_list_assigned_at(const nct_work_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->item.assignment.at : 0;
}
