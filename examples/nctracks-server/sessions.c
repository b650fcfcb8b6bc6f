/* A person's sessions: the list, and ending them. */
#include <string.h>

#include <nctracks/signin.h>

#include "answer.h"
#include "handlers.h"

static json_t *described(const nct_session *session) {
    return json_pack("{s:s, s:s, s:I, s:I, s:I}", "id", nct_session_id(session), "label", nct_session_label(session),
                     "began_at", (json_int_t)nct_session_began_at(session), "used_at",
                     (json_int_t)nct_session_used_at(session), "ends_at",
                     (json_int_t)nct_session_ends_at_last(session));
}

void sessions_list(struct request *request) {
    const char *after = NULL;
    const char *ncid = request->session.ncid;
    size_t limit = 0;
    nct_session_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status = nct_session_list_by_person(request->server->portal, ncid, strlen(ncid), after,
                                                   after != NULL ? strlen(after) : 0, limit, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_session_list_count(list); i++) {
        json_array_append_new(rows, described(nct_session_list_at(list, i)));
    }
    answer_page(request, rows, nct_session_list_more(list) ? nct_session_list_cursor(list) : NULL);
    nct_session_list_free(list);
}

static void answer_ended(struct request *request, nct_status status) {
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_status(request, status, NULL);
    }
}

void sessions_end(struct request *request) {
    const char *ncid = request->session.ncid;
    answer_ended(request, nct_session_end_all(request->server->portal, ncid, strlen(ncid)));
}

void sessions_end_one(struct request *request) {
    const char *ncid = request->session.ncid;
    const char *id = request_part(request, "session");
    answer_ended(request, nct_session_end_one(request->server->portal, ncid, strlen(ncid), id, strlen(id)));
}
