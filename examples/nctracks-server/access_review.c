/* Reviewing access: who did not use it, whose nobody looked at; keeping or ending that of many at once. */
#include <string.h>
#include <time.h>

#include <nctracks/language.h>
#include <nctracks/question.h>
#include <nctracks/review.h>
#include <nctracks/right.h>

#include "access.h"
#include "answer.h"
#include "handlers.h"
#include "text.h"
#include "users.h"

#define DAY_MS INT64_C(86400000)
#define DAYS_MOST 3650

/** nct_access_list_unused() or nct_access_list_uncertified(). */
typedef nct_status listing(nct_portal *portal, const char *provider, size_t provider_len, int64_t since,
                           const char *after, size_t after_len, size_t limit, nct_grant_list **out);

/* Since when: so many days ago; answers where `days` is no such number. */
static bool read_since(struct request *request, int64_t *since) {
    const char *days = request_query(request, "days");
    long number = 0;
    if (days == NULL || !text_number(days, DAYS_MOST, &number)) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", "days has to be a number from 0 to 3650");
        return false;
    }
    *since = (int64_t)time(NULL) * 1000 - number * DAY_MS;
    return true;
}

static void list_since(struct request *request, listing *list_them) {
    struct deed deed = users_deed(request);
    const char *after = NULL;
    size_t limit = 0;
    int64_t since = 0;
    nct_grant_list *list = NULL;
    if (!request_page(request, &after, &limit) || !read_since(request, &since) ||
        !access_may(request, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION)) {
        return;
    }
    nct_status status = list_them(deed.portal, deed.provider, strlen(deed.provider), since, after,
                                  after != NULL ? strlen(after) : 0, limit, &list);
    users_answer_page(request, status, list);
}

void access_unused(struct request *request) {
    list_since(request, nct_access_list_unused);
}

void access_uncertified(struct request *request) {
    list_since(request, nct_access_list_uncertified);
}

/* ---- Decisions about many ---- */

/** Whom a body names; the texts are the body's. */
struct people {
    size_t count;
    const char *ncids[NCT_BULK_MAX];
};

static bool read_people(struct request *request, struct people *out) {
    static const char *const only[] = {"ncids", NULL};
    const json_t *ncids = json_object_get(request->json, "ncids");
    size_t index;
    const json_t *one;
    if (!request_has_only(request, only)) {
        return false;
    }
    out->count = json_array_size(ncids);
    if (out->count == 0 || out->count > NCT_BULK_MAX) {
        answer_field(request, "ncids", out->count == 0 ? NCT_E_REQUIRED : NCT_E_LIMIT);
        return false;
    }
    json_array_foreach(ncids, index, one) {
        out->ncids[index] = json_string_value(one);
        if (out->ncids[index] == NULL) {
            answer_field(request, "ncids", NCT_E_FORMAT);
            return false;
        }
    }
    return true;
}

static json_t *outcome(const struct request *request, const char *ncid, nct_code code) {
    const char *message =
        code == NCT_OK ? "" : nct_status_message_in(request->server->portal, code, request_language(request));
    return json_pack("{s:s, s:b, s:s, s:s}", "ncid", ncid, "done", code == NCT_OK, "code", nct_status_name(code),
                     "message", message);
}

/** nct_access_certify() or nct_access_revoke_many(). */
typedef nct_status deciding(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                            size_t provider_len, size_t count, const char *const *ncids, nct_code *answers);

static void decide(struct request *request, deciding *decide_on) {
    struct deed deed = users_deed(request);
    struct people people;
    nct_code answers[NCT_BULK_MAX];
    if (!access_may(request, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION) || !read_people(request, &people)) {
        return;
    }
    nct_status status = decide_on(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                  people.count, people.ncids, answers);
    if (status != NCT_OK) {
        answer_refused(request, status, NULL, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < people.count; i++) {
        json_array_append_new(rows, outcome(request, people.ncids[i], answers[i]));
    }
    answer_data(request, MHD_HTTP_OK, rows);
}

void access_certify(struct request *request) {
    decide(request, nct_access_certify);
}

void access_revoke_many(struct request *request) {
    decide(request, nct_access_revoke_many);
}

/* What each would lose; what is refused says so in its row. */
void access_preview(struct request *request) {
    struct deed deed = users_deed(request);
    struct people people;
    if (!access_may(request, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION) || !read_people(request, &people)) {
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < people.count; i++) {
        nct_preview *preview = NULL;
        const char *ncid = people.ncids[i];
        nct_status status = nct_access_preview_revoke(deed.portal, deed.by, strlen(deed.by), deed.provider,
                                                      strlen(deed.provider), ncid, strlen(ncid), &preview);
        if (status != NCT_OK) {
            json_decref(rows);
            answer_refused(request, status, NULL, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
            return;
        }
        json_t *row = users_preview_json(request, preview);
        json_object_set_new(row, "ncid", json_string(ncid));
        json_array_append_new(rows, row);
        nct_preview_free(preview);
    }
    answer_data(request, MHD_HTTP_OK, rows);
}
