/* A person's messages: what they were told, without secrets; read and unread. */
#include <string.h>

#include <nctracks/message.h>

#include "answer.h"
#include "handlers.h"

#define COUNTED 100 /* of the newest, for the figure in the header of every page */

static json_t *message_json(const nct_message_list *list, size_t index) {
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "id", nct_message_list_id(list, index), "template",
        nct_message_list_template(list, index), "subject", nct_message_list_subject(list, index), "body",
        nct_message_list_body(list, index), "language", nct_message_list_language(list, index), "provider",
        nct_message_list_provider(list, index), "signature", nct_message_list_signature(list, index), "application",
        nct_message_list_application(list, index), "sent_at", (json_int_t)nct_message_list_sent_at(list, index),
        "read_at", (json_int_t)nct_message_list_read_at(list, index));
}

void messages_list(struct request *request) {
    const char *ncid = request->session.ncid;
    const char *after = NULL;
    size_t limit = 0;
    nct_message_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status = nct_message_list_page(request->server->portal, ncid, strlen(ncid), after,
                                              after != NULL ? strlen(after) : 0, limit, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_message_list_count(list); i++) {
        json_array_append_new(rows, message_json(list, i));
    }
    answer_page(request, rows, nct_message_list_more(list) == 1 ? nct_message_list_cursor(list) : NULL);
    nct_message_list_free(list);
}

void messages_unread(struct request *request) {
    const char *ncid = request->session.ncid;
    size_t unread = 0;
    nct_message_list *list = NULL;
    nct_status status = nct_message_list_page(request->server->portal, ncid, strlen(ncid), NULL, 0, COUNTED, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    for (size_t i = 0; i < nct_message_list_count(list); i++) {
        unread += nct_message_list_read_at(list, i) == 0 ? 1 : 0;
    }
    answer_data(request, MHD_HTTP_OK,
                json_pack("{s:I, s:b}", "unread", (json_int_t)unread, "complete", nct_message_list_more(list) == 0));
    nct_message_list_free(list);
}

void messages_mark(struct request *request) {
    static const char *const only[] = {"read", NULL};
    const char *ncid = request->session.ncid;
    const char *id = request_part(request, "message");
    const json_t *is_read = json_object_get(request->json, "read");
    if (!request_has_only(request, only)) {
        return;
    }
    if (!json_is_boolean(is_read)) {
        answer_field(request, "read", is_read == NULL ? NCT_E_REQUIRED : NCT_E_FORMAT);
        return;
    }
    answer_outcome(
        request,
        nct_message_mark(request->server->portal, ncid, strlen(ncid), id, strlen(id), json_is_true(is_read) ? 1 : 0),
        MHD_HTTP_OK, NULL);
}
