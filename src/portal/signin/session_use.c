/* Checking sessions, and ending them. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/signin/session.h"

#include <sodium.h>
#include <string.h>

#define TOUCH_GRAIN INT64_C(60000)

struct checking {
    struct nct_session_key key;
    struct nct_session *out;
};

/* All rows are pinned by one head, so what was read was there at one moment. A use is noted at most once a minute. */
static nct_status check(struct nct_unit *unit, void *argument) {
    const struct checking *checking = argument;
    struct nct_sign_in_file file;
    struct nct_session_record *session = NULL;
    nct_status status = nct_session_find(unit, &checking->key, &file, &session);
    if (status != NCT_OK)
        return status;
    if (nct_session_waits(&file, session))
        return NCT_E_CODE_REQUIRED;
    int touches = unit->now - session->used_at >= TOUCH_GRAIN;
    if (touches)
        session->used_at = unit->now;
    nct_session_fill(&unit->portal->policy, &file, session, checking->out);
    return touches ? nct_sign_in_put(unit, &file) : NCT_OK;
}

nct_status nct_session_check(nct_portal *portal, const char *token, size_t token_len, nct_session **out) {
    struct checking checking;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || NCT_MISSING(token))
        return NCT_E_ARGUMENT;
    if (!nct_session_key_read(portal, token, token_len, &checking.key))
        return NCT_E_NO_SESSION;
    checking.out = nct_session_room(portal);
    if (checking.out == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = nct_unit_run(portal, check, &checking, NULL);
    if (status == NCT_OK)
        *out = checking.out;
    else
        nct_session_free(checking.out);
    return status;
}

/* Which sessions end, and who ends them. */
struct ending {
    struct nct_session_key key;
    const char *ncid;
    const char *actor;  /* "operator:" and a name; NULL: the person */
    const char *reason; /* an operator's; NULL */
    char id[NCT_SESSION_ID_LENGTH + 1];
};

static nct_status note(struct nct_unit *unit, const struct ending *ending, const struct nct_sign_in_file *file,
                       enum nct_event event, const char *detail) {
    struct nct_stream stream = nct_stream_of_person(file->person);
    struct nct_note entry = {.event = event,
                             .actor = ending->actor != NULL ? ending->actor : file->record.ncid,
                             .subject = file->record.ncid,
                             .detail = detail};
    nct_status status = nct_sign_in_put(unit, file);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &entry) : status;
}

static nct_status end(struct nct_unit *unit, const struct ending *ending, struct nct_sign_in_file *file,
                      struct nct_session_record *session) {
    char id[NCT_SESSION_ID_LENGTH + 1];
    nct_hex(id, session->id, NCT_SESSION_ID);
    nct_session_clear(session);
    return note(unit, ending, file, NCT_EVENT_SESSION_ENDED, id);
}

static nct_status end_by_token(struct nct_unit *unit, void *argument) {
    const struct ending *ending = argument;
    struct nct_sign_in_file file;
    struct nct_session_record *session = NULL;
    nct_status status = nct_session_find(unit, &ending->key, &file, &session);
    return status == NCT_OK ? end(unit, ending, &file, session) : status;
}

nct_status nct_session_end(nct_portal *portal, const char *token, size_t token_len) {
    struct ending ending = {.actor = NULL};
    if (NCT_MISSING(portal) || NCT_MISSING(token))
        return NCT_E_ARGUMENT;
    if (!nct_session_key_read(portal, token, token_len, &ending.key))
        return NCT_E_NO_SESSION;
    return nct_unit_run(portal, end_by_token, &ending, NULL);
}

static int is_named(const struct nct_session_record *session, const unsigned char id[NCT_SESSION_ID]) {
    return !sodium_is_zero(session->token, NCT_HASH) && memcmp(session->id, id, NCT_SESSION_ID) == 0;
}

static nct_status end_by_id(struct nct_unit *unit, void *argument) {
    const struct ending *ending = argument;
    struct nct_sign_in_file file;
    unsigned char id[NCT_SESSION_ID];
    nct_status status = nct_sign_in_open_for(unit, ending->ncid, &file);
    if (status != NCT_OK || !nct_unhex(id, sizeof id, ending->id, strlen(ending->id)))
        return status != NCT_OK ? status : nct_about_argument(NCT_E_FORMAT, "id");
    struct nct_session_record *session = is_named(&file.row.waiting, id) ? &file.row.waiting : NULL;
    for (size_t i = 0; i < NCT_SESSION_PLACES && session == NULL; i++)
        if (is_named(&file.row.sessions[i], id))
            session = &file.row.sessions[i];
    return session != NULL ? end(unit, ending, &file, session) : NCT_E_NO_SESSION;
}

nct_status nct_session_end_one(nct_portal *portal, const char *ncid, size_t ncid_len, const char *id, size_t id_len) {
    char person[NCT_NCID_ROOM];
    struct ending ending = {.ncid = person};
    if (NCT_MISSING(portal) || NCT_MISSING(id))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, person);
    if (status == NCT_OK && !nct_copy_text(ending.id, sizeof ending.id, id, id_len))
        status = nct_about_argument(NCT_E_FORMAT, "id");
    return status == NCT_OK ? nct_unit_run(portal, end_by_id, &ending, NULL) : status;
}

static nct_status end_all(struct nct_unit *unit, void *argument) {
    const struct ending *ending = argument;
    struct nct_sign_in_file file;
    nct_status status = nct_sign_in_open_for(unit, ending->ncid, &file);
    if (status != NCT_OK)
        return status;
    memset(file.row.sessions, 0, sizeof file.row.sessions);
    nct_session_clear(&file.row.waiting);
    return note(unit, ending, &file, NCT_EVENT_SESSIONS_ENDED, ending->reason);
}

nct_status nct_session_end_all(nct_portal *portal, const char *ncid, size_t ncid_len) {
    char person[NCT_NCID_ROOM];
    struct ending ending = {.ncid = person};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, person);
    return status == NCT_OK ? nct_unit_run(portal, end_all, &ending, NULL) : status;
}

nct_status nct_session_end_all_by_operator(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                           const char *ncid, size_t ncid_len, const char *reason, size_t reason_len) {
    struct nct_operator_texts texts;
    struct ending ending = {.ncid = texts.ncid, .actor = texts.actor, .reason = texts.reason};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status =
        nct_take_operator_texts(&texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len);
    return status == NCT_OK ? nct_unit_run(portal, end_all, &ending, NULL) : status;
}
