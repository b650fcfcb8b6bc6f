/* How the portal is: what waits, what is overdue, the last checkpoint; rows that are damaged, and repairing them. */
#include <string.h>
#include <time.h>

#include <nctracks/checkpoint.h>
#include <nctracks/damage.h>
#include <nctracks/due.h>
#include <nctracks/language.h>
#include <nctracks/mailer.h>
#include <nctracks/store.h>

#include "answer.h"
#include "handlers.h"

#define LOOKED_AT 1000 /* mails and items, at most; more are "1000 or more" */

static bool is_listed(nct_status status) {
    return status == NCT_OK || status == NCT_E_PARTIAL;
}

/** Figures of a queue: how many wait, and since when the oldest does. */
struct queue {
    nct_status status;
    size_t count;
    int64_t oldest;
};

static json_t *queue_json(const struct queue *queue) {
    return json_pack("{s:I, s:b, s:I, s:s}", "count", (json_int_t)queue->count, "complete", queue->count < LOOKED_AT,
                     "oldest", (json_int_t)queue->oldest, "code", nct_status_name(queue->status));
}

static struct queue mail_queue(nct_portal *portal) {
    nct_mail_list *list = NULL;
    struct queue queue = {.status = nct_mail_list_page(portal, NULL, 0, LOOKED_AT, &list)};
    queue.count = nct_mail_list_count(list);
    queue.oldest = queue.count > 0 ? nct_mail_list_queued_at(list, 0) : 0;
    nct_mail_list_free(list);
    return queue;
}

static struct queue due_queue(nct_portal *portal) {
    nct_due *due = NULL;
    struct queue queue = {.status = nct_due_list(portal, (int64_t)time(NULL) * 1000, NULL, 0, LOOKED_AT, &due)};
    queue.count = nct_due_count(due);
    queue.oldest = queue.count > 0 ? nct_due_time(due, 0) : 0;
    nct_due_free(due);
    return queue;
}

static json_t *spaces(void) {
    json_t *names = json_array();
    for (int32_t space = 0; space < nct_space_count(); space++) {
        json_array_append_new(names, json_string(nct_space_name(space)));
    }
    return names;
}

void agency_health(struct request *request) {
    nct_portal *portal = request->server->portal;
    nct_checkpoint *checkpoint = NULL;
    struct queue mail = mail_queue(portal);
    struct queue due = due_queue(portal);
    nct_status status = is_listed(mail.status) ? due.status : mail.status;
    if (!is_listed(status)) {
        answer_status(request, status, NULL);
        return;
    }
    int64_t checkpoint_at = nct_checkpoint_get(portal, 0, &checkpoint) == NCT_OK ? nct_checkpoint_time(checkpoint) : 0;
    nct_checkpoint_free(checkpoint);
    answer_data(request, MHD_HTTP_OK,
                json_pack("{s:o, s:o, s:I, s:o}", "mail", queue_json(&mail), "due", queue_json(&due), "checkpoint_at",
                          (json_int_t)checkpoint_at, "spaces", spaces()));
}

/* ---- Damage ---- */

static int32_t space_of(const char *name) {
    int32_t space = 0;
    while (space < nct_space_count() && strcmp(nct_space_name(space), name) != 0) {
        space++;
    }
    return space;
}

static json_t *damaged(const struct request *request, const nct_damage *damage) {
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_damage_count(damage); i++) {
        nct_status status = nct_damage_reason(damage, i);
        json_array_append_new(
            rows,
            json_pack("{s:s, s:s, s:s, s:s, s:s}", "key", nct_damage_key(damage, i), "code", nct_status_name(status),
                      "message", nct_status_message_in(request->server->portal, status, request_language(request)),
                      "provider", nct_damage_provider(damage, i), "ncid", nct_damage_ncid(damage, i)));
    }
    return rows;
}

/* A page of a space: of so many rows, those that do not open. */
void agency_damage(struct request *request) {
    int32_t space = space_of(request_part(request, "space"));
    const char *after = NULL;
    size_t limit = 0;
    nct_damage *damage = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    if (space == nct_space_count()) {
        answer_http(request, MHD_HTTP_NOT_FOUND, "HTTP_NOT_FOUND", "There is no such space.");
        return;
    }
    nct_status status =
        nct_damage_list(request->server->portal, space, after, after != NULL ? strlen(after) : 0, limit, &damage);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    const char *next = nct_damage_cursor(damage);
    answer_json(request, MHD_HTTP_OK,
                json_pack("{s:o, s:I, s:s?}", "data", damaged(request, damage), "seen",
                          (json_int_t)nct_damage_seen(damage), "next", next[0] != '\0' ? next : NULL));
    nct_damage_free(damage);
}

void agency_repair(struct request *request) {
    static const char *const only[] = {"reason", NULL};
    const char *by = request->session.ncid;
    const char *reason = request_text(request, "reason");
    size_t rebuilt = 0;
    size_t left = 0;
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    nct_status status = nct_repair(request->server->portal, by, strlen(by), reason, strlen(reason), &rebuilt, &left);
    if (is_listed(status)) {
        answer_data(request, MHD_HTTP_OK,
                    json_pack("{s:I, s:I}", "rebuilt", (json_int_t)rebuilt, "left", (json_int_t)left));
    } else {
        answer_status(request, status, NULL);
    }
}
