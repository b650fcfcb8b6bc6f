/* The agency's work list: what waits for it, and who there has it. */
#include <limits.h>
#include <string.h>

#include <nctracks/machine.h>
#include <nctracks/submission.h>
#include <nctracks/work.h>

#include "answer.h"
#include "handlers.h"
#include "people.h"
#include "provider.h"
#include "text.h"

/** What is asked for; 0: anything. */
struct wanted {
    int32_t kind;
    int32_t state;
    int64_t until;
};

/* Answers and returns false for what there is not. */
static bool read_wanted(struct request *request, struct wanted *wanted) {
    const char *kind = request_query(request, "kind");
    const char *state = request_query(request, "state");
    const char *until = request_query(request, "until");
    const char *wrong = NULL;
    long time = 0;
    *wanted = (struct wanted){.kind = 0};
    if (kind != NULL && nct_work_kind_from_name(kind, &wanted->kind) != NCT_OK) {
        wrong = "There is no such kind of work.";
    } else if (state != NULL && nct_state_from_name(state, &wanted->state) != NCT_OK) {
        wrong = "There is no such state.";
    } else if (state != NULL && wanted->kind != NCT_WORK_APPLICATION) {
        wrong = "A state goes with kind=application.";
    } else if (until != NULL && !text_number(until, LONG_MAX, &time)) {
        wrong = "until is a time in milliseconds.";
    }
    wanted->until = time;
    if (wrong != NULL) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", wrong);
    }
    return wrong == NULL;
}

static const char *known(const char *name) {
    return name != NULL ? name : "";
}

static json_t *item_json(const struct server *server, const nct_work_list *list, size_t index) {
    const char *provider = nct_work_list_provider(list, index);
    json_t *row = json_pack(
        "{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:I}", "kind", nct_work_kind_name(nct_work_list_kind(list, index)),
        "since", (json_int_t)nct_work_list_since(list, index), "application", nct_work_list_application(list, index),
        "submission", known(nct_submission_name(nct_work_list_submission(list, index))), "application_state",
        known(nct_state_name(nct_work_list_state(list, index))), "ncid", nct_work_list_ncid(list, index), "assignee",
        nct_work_list_assignee(list, index), "assigned_at", (json_int_t)nct_work_list_assigned_at(list, index));
    provider_put_name(server, row, provider);
    json_object_set_new(row, "provider", json_string(provider));
    json_object_set_new(row, "item", json_string(nct_work_list_id(list, index)));
    return row;
}

void agency_work(struct request *request) {
    struct wanted wanted;
    const char *after = NULL;
    size_t limit = 0;
    nct_work_list *list = NULL;
    if (!request_page(request, &after, &limit) || !read_wanted(request, &wanted)) {
        return;
    }
    nct_status status = nct_work_list_page(request->server->portal, wanted.kind, wanted.state, wanted.until, after,
                                           after != NULL ? strlen(after) : 0, limit, &list);
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_work_list_count(list); i++) {
        json_array_append_new(rows, item_json(request->server, list, i));
    }
    answer_listed(request, status, rows,
                  list != NULL && nct_work_list_more(list) == 1 ? nct_work_list_cursor(list) : NULL);
    nct_work_list_free(list);
}

/* Only the agency's own staff are given its work. */
void agency_work_assign(struct request *request) {
    static const char *const only[] = {"assignee", NULL};
    const char *by = request->session.ncid;
    const char *item = request_part(request, "item");
    const char *assignee = request_text(request, "assignee");
    if (assignee == NULL || !request_has_only(request, only)) {
        return;
    }
    if (!server_is_operator(request->server, assignee)) {
        answer_field(request, "assignee", NCT_E_UNKNOWN_VALUE);
        return;
    }
    answer_outcome(
        request,
        nct_work_assign(request->server->portal, by, strlen(by), item, strlen(item), assignee, strlen(assignee)),
        MHD_HTTP_OK, NULL);
}

void agency_work_release(struct request *request) {
    const char *by = request->session.ncid;
    const char *item = request_part(request, "item");
    nct_status status = nct_work_release(request->server->portal, by, strlen(by), item, strlen(item));
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_status(request, status, NULL);
    }
}

/* ---- Who there is to give it to ---- */

void agency_staff(struct request *request) {
    const struct server *server = request->server;
    json_t *rows = json_array();
    size_t len = 0;
    const char *word = NULL;
    for (size_t i = 0; (word = settings_word(server->settings.operators, i, &len)) != NULL; i++) {
        char ncid[SETTINGS_TEXT_MAX];
        char name[PEOPLE_NAME_MAX];
        snprintf(ncid, sizeof ncid, "%.*s", (int)len, word);
        people_own_name(server, ncid, name);
        json_array_append_new(rows, json_pack("{s:s, s:s}", "ncid", ncid, "name", name));
    }
    answer_page(request, rows, NULL);
}
