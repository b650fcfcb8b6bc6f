/* What waits at the providers one acts for, as far as one can do something about it there. */
#include <stdio.h>
#include <string.h>

#include <nctracks/application.h>
#include <nctracks/approval.h>
#include <nctracks/eft.h>
#include <nctracks/machine.h>
#include <nctracks/office.h>
#include <nctracks/right.h>
#include <nctracks/submission.h>

#include "access.h"
#include "answer.h"
#include "handlers.h"
#include "provider.h"

#define PROPOSALS_MOST 200
#define APPLICATIONS_PAGE 500
#define PAGES_MOST 20 /* of applications of one provider: they are listed the oldest first, decided ones too */

#define CURSOR_ROOM 256

/** The one who asks, at one provider. */
struct place {
    struct request *request;
    nct_portal *portal;
    const char *provider;
    json_t *rows;
};

static bool may(const struct place *place, int32_t right) {
    return access_check(place->request->server, place->request->session.ncid, place->provider, right) == NCT_OK;
}

/* The row, for what else there is to say of it. */
static json_t *put(const struct place *place, const char *kind, const char *reference, int64_t at) {
    json_t *row = json_pack("{s:s, s:s, s:I}", "kind", kind, "reference", reference, "at", (json_int_t)at);
    provider_put_name(place->request->server, row, place->provider);
    json_object_set_new(row, "provider", json_string(place->provider));
    json_array_append_new(place->rows, row);
    return row;
}

/* Access that somebody else proposed for a third: the library refuses the other two. */
static void put_proposals(const struct place *place) {
    nct_proposal_list *list = NULL;
    const char *own = place->request->session.ncid;
    if (!may(place, NCT_AUTHORITY_USER_ADMINISTRATION) ||
        nct_proposal_list_by_provider(place->portal, place->provider, strlen(place->provider), NULL, 0, PROPOSALS_MOST,
                                      &list) != NCT_OK) {
        return;
    }
    for (size_t i = 0; i < nct_proposal_list_count(list); i++) {
        const char *ncid = nct_proposal_list_ncid(list, i);
        if (strcmp(ncid, own) != 0 && strcmp(nct_proposal_list_proposed_by(list, i), own) != 0) {
            put(place, "proposal", ncid, nct_proposal_list_proposed_at(list, i));
        }
    }
    nct_proposal_list_free(list);
}

/* Whether it waits for a signature that whoever asks may give. */
static bool is_theirs(const struct place *place, const nct_application *application) {
    const nct_policy *policy = nct_portal_policy(place->portal);
    int32_t kind = nct_application_kind(application);
    int32_t needs = 0;
    return nct_machine_revisable(kind, nct_application_state(application)) == 1 &&
           nct_policy_submission_needs(policy, kind, &needs) == NCT_OK && may(place, needs);
}

static void put_application(const struct place *place, const nct_application *one) {
    int64_t moved_at = nct_application_moved_at(one);
    json_t *row =
        put(place, "application", nct_application_id(one), moved_at > 0 ? moved_at : nct_application_drafted_at(one));
    json_object_set_new(row, "submission", json_string(nct_submission_name(nct_application_kind(one))));
    json_object_set_new(row, "application_state", json_string(nct_state_name(nct_application_state(one))));
    json_object_set_new(row, "document_id", json_string(nct_application_document_id(one)));
}

/* One page; the cursor becomes empty past the end. */
static void put_page(const struct place *place, char cursor[CURSOR_ROOM]) {
    nct_application_list *list = NULL;
    nct_status status =
        nct_application_list_by_provider(place->portal, place->provider, strlen(place->provider), 0,
                                         cursor[0] != '\0' ? cursor : NULL, strlen(cursor), APPLICATIONS_PAGE, &list);
    for (size_t i = 0; i < nct_application_list_count(list); i++) {
        if (is_theirs(place, nct_application_list_at(list, i))) {
            put_application(place, nct_application_list_at(list, i));
        }
    }
    bool more = status == NCT_OK && nct_application_list_more(list) == 1;
    snprintf(cursor, CURSOR_ROOM, "%s", more ? nct_application_list_cursor(list) : "");
    nct_application_list_free(list);
}

static void put_applications(const struct place *place) {
    char cursor[CURSOR_ROOM] = "";
    int page = 0;
    do {
        put_page(place, cursor);
    } while (cursor[0] != '\0' && ++page < PAGES_MOST);
}

static void put_eft_change(const struct place *place) {
    nct_eft_request *wish = NULL;
    if (nct_eft_request_get(place->portal, place->provider, strlen(place->provider), &wish) == NCT_OK &&
        nct_eft_request_state(wish) == NCT_REQUEST_PENDING) {
        put(place, "eft_change", nct_eft_request_ncid(wish), nct_eft_request_requested_at(wish));
    }
    nct_eft_request_free(wish);
}

static void put_oa_change(const struct place *place) {
    nct_oa_request *wish = NULL;
    if (nct_oa_request_get(place->portal, place->provider, strlen(place->provider), &wish) == NCT_OK &&
        nct_oa_request_state(wish) == NCT_REQUEST_PENDING) {
        put(place, "oa_change", nct_oa_request_ncid(wish), nct_oa_request_requested_at(wish));
    }
    nct_oa_request_free(wish);
}

static void put_all(const struct place *place) {
    put_proposals(place);
    put_applications(place);
    if (may(place, NCT_AUTHORITY_EFT_CHANGE)) {
        put_eft_change(place);
        put_oa_change(place);
    }
}

/* A page is of providers, so it may hold nothing and yet have a next one. */
void me_waiting(struct request *request) {
    const char *ncid = request->session.ncid;
    const char *after = NULL;
    size_t limit = 0;
    nct_grant_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status = nct_access_list_by_person(request->server->portal, ncid, strlen(ncid), after,
                                                  after != NULL ? strlen(after) : 0, limit, &list);
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_grant_list_count(list); i++) {
        struct place place = {request, request->server->portal, nct_grant_list_provider(list, i), rows};
        put_all(&place);
    }
    answer_listed(request, status, rows,
                  list != NULL && nct_grant_list_more(list) ? nct_grant_list_cursor(list) : NULL);
    nct_grant_list_free(list);
}
