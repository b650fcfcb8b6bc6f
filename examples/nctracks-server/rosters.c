#include "rosters.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/language.h>
#include <sodium.h>

#include "answer.h"
#include "handlers.h"
#include "log.h"
#include "roster.h"

#define KEPT 16 /* rosters at once, of everybody; the oldest that has ended makes room */

struct rosters {
    struct server *server;
    pthread_mutex_t lock;
    pthread_cond_t more;
    pthread_t thread;
    bool running; /**< Whether the thread was started. */
    bool ending;
    struct roster *kept[KEPT]; /**< The oldest first. */
    size_t count;
};

static bool may_go(const struct roster *roster) {
    return roster_has_ended(roster) && !roster->busy;
}

/* ---- The thread ---- */

static struct roster *next_one(const struct rosters *rosters) {
    for (size_t i = 0; i < rosters->count; i++) {
        if (!roster_has_ended(rosters->kept[i])) {
            return rosters->kept[i];
        }
    }
    return NULL;
}

/* A busy roster is never let go of, so it is still there when its row is done. Called with the lock. */
static void do_row(struct rosters *rosters, struct roster *roster) {
    roster->busy = true;
    pthread_mutex_unlock(&rosters->lock);
    struct row result = roster_enroll(roster, rosters->server);
    pthread_mutex_lock(&rosters->lock);
    roster_take(roster, &result);
    roster->busy = false;
    sodium_memzero(&result, sizeof result);
}

static void *work(void *given) {
    struct rosters *rosters = given;
    pthread_mutex_lock(&rosters->lock);
    while (!rosters->ending) {
        struct roster *roster = next_one(rosters);
        if (roster != NULL) {
            do_row(rosters, roster);
        } else {
            pthread_cond_wait(&rosters->more, &rosters->lock);
        }
    }
    pthread_mutex_unlock(&rosters->lock);
    return NULL;
}

struct rosters *rosters_new(struct server *server) {
    struct rosters *rosters = calloc(1, sizeof *rosters);
    if (rosters != NULL) {
        rosters->server = server;
        pthread_mutex_init(&rosters->lock, NULL);
        pthread_cond_init(&rosters->more, NULL);
    }
    return rosters;
}

void rosters_free(struct rosters *rosters) {
    if (rosters == NULL) {
        return;
    }
    pthread_mutex_lock(&rosters->lock);
    rosters->ending = true;
    pthread_cond_signal(&rosters->more);
    pthread_mutex_unlock(&rosters->lock);
    if (rosters->running) {
        pthread_join(rosters->thread, NULL);
    }
    for (size_t i = 0; i < rosters->count; i++) {
        roster_free(rosters->kept[i]);
    }
    pthread_cond_destroy(&rosters->more);
    pthread_mutex_destroy(&rosters->lock);
    free(rosters);
}

/* ---- What is kept; all of it with the lock ---- */

static void take_out(struct rosters *rosters, size_t index) {
    roster_remove(rosters->kept[index]);
    rosters->count--;
    memmove(&rosters->kept[index], &rosters->kept[index + 1], (rosters->count - index) * sizeof rosters->kept[0]);
}

static bool make_room(struct rosters *rosters) {
    for (size_t i = 0; i < rosters->count && rosters->count == KEPT; i++) {
        if (may_go(rosters->kept[i])) {
            take_out(rosters, i);
        }
    }
    return rosters->count < KEPT;
}

static bool keep(struct rosters *rosters, struct roster *roster) {
    if (!rosters->running) {
        rosters->running = pthread_create(&rosters->thread, NULL, work, rosters) == 0;
    }
    if (!rosters->running || !make_room(rosters)) {
        return false;
    }
    rosters->kept[rosters->count++] = roster;
    pthread_cond_signal(&rosters->more);
    return true;
}

/* The one of the path, if whoever asks began it; its place or KEPT. */
static size_t place_of(const struct rosters *rosters, const struct request *request) {
    const char *id = request_part(request, "roster");
    for (size_t i = 0; i < rosters->count; i++) {
        const struct roster *roster = rosters->kept[i];
        if (strcmp(roster->id, id) == 0 && strcmp(roster->by, request->session.ncid) == 0) {
            return i;
        }
    }
    return KEPT;
}

/* ---- Going on ---- */

#define SUFFIX ".roster"

static int is_roster(const struct dirent *entry) {
    size_t len = strlen(entry->d_name);
    return len == ROSTER_ID_MAX - 1 + strlen(SUFFIX) && strcmp(entry->d_name + ROSTER_ID_MAX - 1, SUFFIX) == 0 ? 1 : 0;
}

/* One that another server has is that server's. */
static void go_on_with(struct rosters *rosters, const char *id) {
    struct roster *roster = roster_open(&rosters->server->roster_folder, rosters->server, id);
    if (roster == NULL && errno != EWOULDBLOCK) {
        log_event("a roster cannot be gone on with", id);
    }
    if (roster == NULL) {
        return;
    }
    pthread_mutex_lock(&rosters->lock);
    bool kept = keep(rosters, roster);
    pthread_mutex_unlock(&rosters->lock);
    if (!kept) {
        log_event("there are too many rosters", id);
        roster_free(roster);
    }
}

void rosters_go_on(struct rosters *rosters) {
    struct dirent **found = NULL;
    const struct server *server = rosters->server;
    int count =
        server->roster_folder.fd >= 0 ? scandir(server->settings.roster_folder, &found, is_roster, alphasort) : 0;
    for (int i = 0; i < count; i++) {
        found[i]->d_name[ROSTER_ID_MAX - 1] = '\0';
        go_on_with(rosters, found[i]->d_name);
        free(found[i]);
    }
    free(found);
}

/* ---- Beginning ---- */

static void answer_not_begun(struct request *request, int reason) {
    if (reason == EINVAL) {
        answer_field(request, "rows", NCT_E_FORMAT);
    } else {
        answer_status(request, reason == ENOMEM ? NCT_E_NO_MEMORY : NCT_E_STORE, NULL);
    }
}

void agency_roster_begin(struct request *request) {
    static const char *const only[] = {"rows", NULL};
    struct rosters *rosters = request->server->rosters;
    const json_t *rows = json_object_get(request->json, "rows");
    if (!request_has_only(request, only)) {
        return;
    }
    if (json_array_size(rows) == 0 || json_array_size(rows) > ROSTER_ROWS_MOST) {
        answer_field(request, "rows", json_array_size(rows) == 0 ? NCT_E_REQUIRED : NCT_E_LIMIT);
        return;
    }
    struct roster *roster = roster_new(&request->server->roster_folder, request->session.ncid, rows);
    if (roster == NULL) {
        answer_not_begun(request, errno);
        return;
    }
    pthread_mutex_lock(&rosters->lock);
    json_t *id = json_string(roster->id);
    bool kept = keep(rosters, roster);
    pthread_mutex_unlock(&rosters->lock);
    if (kept) {
        answer_data(request, MHD_HTTP_CREATED, json_pack("{s:o}", "id", id));
        return;
    }
    json_decref(id);
    roster_remove(roster);
    answer_http(request, MHD_HTTP_SERVICE_UNAVAILABLE, "HTTP_BUSY", "Too many rosters are under way; try later.");
}

/* ---- What became of it ---- */

static void append_problem(json_t *out, const struct row *row, const char *path, nct_code code, const char *detail) {
    json_array_append_new(out, json_pack("{s:I, s:s, s:s, s:s}", "line", row->line, "path", path, "code",
                                         nct_status_name(code), "detail", detail));
}

static void append_problems(const struct request *request, json_t *out, const struct row *row) {
    json_t *problems = answer_problems(request, row->problems);
    size_t i;
    json_t *one;
    json_array_foreach(problems, i, one) {
        append_problem(out, row, json_string_value(json_object_get(one, "path")), nct_problems_code(row->problems, i),
                       json_string_value(json_object_get(one, "detail")));
    }
    if (i == 0) {
        append_problem(out, row, row->path, row->status,
                       nct_status_message_in(request->server->portal, row->status, request_language(request)));
    }
    json_decref(problems);
}

static json_t *progress(const struct roster *roster) {
    const char *state = roster->done == roster->count ? "finished" : roster->stopped ? "stopped" : "running";
    return json_pack("{s:s, s:s, s:I, s:I, s:I}", "id", roster->id, "state", state, "total", (json_int_t)roster->count,
                     "done", (json_int_t)roster->done, "enrolled", (json_int_t)roster->enrolled);
}

static json_t *described(const struct request *request, const struct roster *roster) {
    json_t *out = progress(roster);
    json_t *problems = json_array();
    for (size_t i = 0; i < roster->done; i++) {
        if (roster->rows[i].status != NCT_OK) {
            append_problems(request, problems, &roster->rows[i]);
        }
    }
    json_object_set_new(out, "problems", problems);
    return out;
}

static void answer_found(struct request *request, json_t *found) {
    if (found != NULL) {
        answer_data(request, MHD_HTTP_OK, found);
    } else {
        answer_http(request, MHD_HTTP_NOT_FOUND, "HTTP_NOT_FOUND", "There is no such roster.");
    }
}

void agency_rosters(struct request *request) {
    struct rosters *rosters = request->server->rosters;
    json_t *rows = json_array();
    pthread_mutex_lock(&rosters->lock);
    for (size_t i = 0; i < rosters->count; i++) {
        if (strcmp(rosters->kept[i]->by, request->session.ncid) == 0) {
            json_array_append_new(rows, progress(rosters->kept[i]));
        }
    }
    pthread_mutex_unlock(&rosters->lock);
    answer_page(request, rows, NULL);
}

void agency_roster(struct request *request) {
    struct rosters *rosters = request->server->rosters;
    pthread_mutex_lock(&rosters->lock);
    size_t place = place_of(rosters, request);
    json_t *found = place < KEPT ? described(request, rosters->kept[place]) : NULL;
    pthread_mutex_unlock(&rosters->lock);
    answer_found(request, found);
}

void agency_roster_stop(struct request *request) {
    struct rosters *rosters = request->server->rosters;
    pthread_mutex_lock(&rosters->lock);
    size_t place = place_of(rosters, request);
    json_t *found = NULL;
    if (place < KEPT) {
        roster_stop(rosters->kept[place]);
        found = described(request, rosters->kept[place]);
    }
    pthread_mutex_unlock(&rosters->lock);
    answer_found(request, found);
}

/* The codes of those that were enrolled, by provider, as a table; each goes into a letter. */
static json_t *codes_of(const struct roster *roster) {
    json_t *rows = json_array();
    for (size_t i = 0; i < roster->done; i++) {
        const struct row *row = &roster->rows[i];
        if (row->status == NCT_OK) {
            json_array_append_new(rows, json_pack("{s:I, s:O*, s:s}", "line", row->line, "provider",
                                                  json_object_get(row->fields, "provider.npi"), "authorization_code",
                                                  row->code));
        }
    }
    return rows;
}

void agency_roster_codes(struct request *request) {
    struct rosters *rosters = request->server->rosters;
    pthread_mutex_lock(&rosters->lock);
    size_t place = place_of(rosters, request);
    json_t *found = place < KEPT ? codes_of(rosters->kept[place]) : NULL;
    pthread_mutex_unlock(&rosters->lock);
    answer_found(request, found);
}

/* Codes included. One under way has to be stopped first. */
void agency_roster_forget(struct request *request) {
    struct rosters *rosters = request->server->rosters;
    pthread_mutex_lock(&rosters->lock);
    size_t place = place_of(rosters, request);
    bool ended = place < KEPT && may_go(rosters->kept[place]);
    if (ended) {
        take_out(rosters, place);
    }
    pthread_mutex_unlock(&rosters->lock);
    if (ended) {
        answer_nothing(request);
    } else if (place < KEPT) {
        answer_http(request, MHD_HTTP_CONFLICT, "HTTP_CONFLICT", "This roster is under way.");
    } else {
        answer_found(request, NULL);
    }
}
