/* What a host reads of sessions, and lists of them. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/signin/session.h"

#include <sodium.h>
#include <string.h>

#define LISTED_MOST (NCT_SESSION_PLACES + 1)
#define CURSOR_ROOM (2 * (8 + NCT_SESSION_ID) + 1)

void nct_session_free(nct_session *session) {
    if (session == NULL)
        return;
    struct nct_memory memory = session->memory;
    nct_memory_give_wiped(&memory, session, sizeof *session);
}

const char *nct_session_token(const nct_session *session) {
    return session != NULL ? session->token : NULL;
}

const char *nct_session_id(const nct_session *session) {
    return session != NULL ? session->id : NULL;
}

const char *nct_session_ncid(const nct_session *session) {
    return session != NULL ? session->ncid : NULL;
}

int32_t nct_session_awaits_code(const nct_session *session) {
    return session == NULL || session->awaits_code;
}

int64_t nct_session_began_at(const nct_session *session) {
    return session != NULL ? session->record.began_at : 0;
}

int64_t nct_session_used_at(const nct_session *session) {
    return session != NULL ? session->record.used_at : 0;
}

int64_t nct_session_authenticated_at(const nct_session *session) {
    return session != NULL ? session->record.authenticated_at : 0;
}

int64_t nct_session_ends_at_last(const nct_session *session) {
    return session != NULL ? session->record.began_at + session->longest : 0;
}

int64_t nct_session_ends_at(const nct_session *session) {
    int64_t last = nct_session_ends_at_last(session);
    int64_t unused = session != NULL ? session->record.used_at + session->idle : 0;
    return unused < last ? unused : last;
}

const char *nct_session_acr(const nct_session *session) {
    return session != NULL ? session->record.acr : NULL;
}

const char *nct_session_amr(const nct_session *session) {
    return session != NULL ? session->record.amr : NULL;
}

const char *nct_session_label(const nct_session *session) {
    return session != NULL ? session->record.label : NULL;
}

struct nct_session_list {
    struct nct_memory memory;
    struct nct_session items[LISTED_MOST];
    size_t count;
    int32_t more;
    char cursor[CURSOR_ROOM]; /* of the last one: when it began, and its id */
};

struct listing {
    const char *ncid;
    const char *after; /* a cursor; NULL: from the first */
    size_t limit;
    struct nct_session_list *list;
};

static void make_cursor(const struct nct_session *session, char cursor[CURSOR_ROOM]) {
    unsigned char bytes[8 + NCT_SESSION_ID];
    nct_put_be64(bytes, (uint64_t)session->record.began_at);
    memcpy(bytes + 8, session->record.id, NCT_SESSION_ID);
    nct_hex(cursor, bytes, sizeof bytes);
}

/* Puts a session among those before it, the last begun first. */
static void insert(struct nct_session_list *list, const struct nct_session *session) {
    char cursor[CURSOR_ROOM];
    char other[CURSOR_ROOM];
    size_t place = list->count++;
    make_cursor(session, cursor);
    for (; place > 0; place--) {
        make_cursor(&list->items[place - 1], other);
        if (strcmp(other, cursor) > 0)
            break;
        list->items[place] = list->items[place - 1];
    }
    list->items[place] = *session;
}

static void add(const struct nct_unit *unit, const struct listing *listing, const struct nct_sign_in_file *file,
                const struct nct_session_record *record) {
    struct nct_session session = {.memory = listing->list->memory};
    char cursor[CURSOR_ROOM];
    if (sodium_is_zero(record->token, NCT_HASH))
        return;
    nct_session_fill(&unit->portal->policy, file, record, &session);
    make_cursor(&session, cursor);
    if (listing->after == NULL || strcmp(cursor, listing->after) < 0)
        insert(listing->list, &session);
}

static nct_status fill(struct nct_unit *unit, void *argument) {
    const struct listing *listing = argument;
    struct nct_session_list *list = listing->list;
    struct nct_sign_in_file file;
    nct_status status = nct_sign_in_open_for(unit, listing->ncid, &file);
    if (status != NCT_OK)
        return status;
    list->count = 0;
    add(unit, listing, &file, &file.row.waiting);
    for (size_t i = 0; i < NCT_SESSION_PLACES; i++)
        add(unit, listing, &file, &file.row.sessions[i]);
    list->more = list->count > listing->limit;
    if (list->more)
        list->count = listing->limit;
    if (list->count > 0)
        make_cursor(&list->items[list->count - 1], list->cursor);
    return NCT_OK;
}

static nct_status take_cursor(const char *after, size_t after_len, char cursor[CURSOR_ROOM]) {
    unsigned char bytes[8 + NCT_SESSION_ID];
    if (NCT_MISSING(after) && after_len > 0)
        return NCT_E_ARGUMENT;
    if (after_len == 0)
        return NCT_OK;
    return nct_unhex(bytes, sizeof bytes, after, after_len) && nct_copy_text(cursor, CURSOR_ROOM, after, after_len)
               ? NCT_OK
               : nct_about_argument(NCT_E_FORMAT, "after");
}

nct_status nct_session_list_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                      size_t after_len, size_t limit, nct_session_list **out) {
    char id[NCT_NCID_ROOM];
    char cursor[CURSOR_ROOM];
    struct listing listing = {.ncid = id, .after = after_len > 0 ? cursor : NULL, .limit = limit};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = take_cursor(after, after_len, cursor);
    if (status != NCT_OK)
        return status;
    listing.list = nct_memory_take(&portal->seams.memory, sizeof *listing.list);
    if (listing.list == NULL)
        return NCT_E_NO_MEMORY;
    listing.list->memory = portal->seams.memory;
    status = nct_unit_run(portal, fill, &listing, NULL);
    if (status == NCT_OK)
        *out = listing.list;
    else
        nct_session_list_free(listing.list);
    return status;
}

void nct_session_list_free(nct_session_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list);
}

size_t nct_session_list_count(const nct_session_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_session_list_more(const nct_session_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_session_list_cursor(const nct_session_list *list) {
    return list != NULL ? list->cursor : NULL;
}

const nct_session *nct_session_list_at(const nct_session_list *list, size_t index) {
    return index < nct_session_list_count(list) ? &list->items[index] : NULL;
}
