/* Access that takes a second person: proposed by one administrator, confirmed by another or by the agency. */
#include <string.h>

#include <nctracks/approval.h>
#include <nctracks/right.h>
#include <nctracks/role.h>

#include "access.h"
#include "answer.h"
#include "handlers.h"
#include "users.h"

static json_t *proposal_json(const struct request *request, const nct_proposal_list *list, size_t index) {
    return json_pack("{s:s, s:s, s:I, s:s?, s:o, s:I, s:I}", "ncid", nct_proposal_list_ncid(list, index), "proposed_by",
                     nct_proposal_list_proposed_by(list, index), "proposed_at",
                     (json_int_t)nct_proposal_list_proposed_at(list, index), "role",
                     nct_role_name(nct_proposal_list_role(list, index)), "rights",
                     access_names(request, nct_proposal_list_rights(list, index), 0), "valid_from",
                     (json_int_t)nct_proposal_list_valid_from(list, index), "valid_until",
                     (json_int_t)nct_proposal_list_valid_until(list, index));
}

static bool may_look(struct request *request) {
    return request->session.is_operator ||
           access_may(request, request_part(request, "provider"), NCT_AUTHORITY_USER_ADMINISTRATION);
}

void proposals_list(struct request *request) {
    const char *provider = request_part(request, "provider");
    const char *after = NULL;
    size_t limit = 0;
    nct_proposal_list *list = NULL;
    if (!request_page(request, &after, &limit) || !may_look(request)) {
        return;
    }
    nct_status status = nct_proposal_list_by_provider(request->server->portal, provider, strlen(provider), after,
                                                      after != NULL ? strlen(after) : 0, limit, &list);
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_proposal_list_count(list); i++) {
        json_array_append_new(rows, proposal_json(request, list, i));
    }
    bool more = list != NULL && nct_proposal_list_more(list) == 1;
    answer_listed(request, status, rows, more ? nct_proposal_list_cursor(list) : NULL);
    nct_proposal_list_free(list);
}

void proposals_propose(struct request *request) {
    struct deed deed = users_deed(request);
    nct_problems *problems = NULL;
    nct_form *form = users_grant_form(request, &deed);
    if (form == NULL) {
        return;
    }
    nct_status status =
        nct_access_propose(form, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), &problems);
    users_answer(request, status, problems, MHD_HTTP_CREATED, NCT_AUTHORITY_USER_ADMINISTRATION);
    nct_problems_free(problems);
    nct_form_free(form);
}

/** What the library does with a proposal: nct_access_confirm(), nct_access_reject(), nct_access_confirm_by_operator().
 */
typedef nct_status settlement(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                              size_t provider_len, const char *ncid, size_t ncid_len);

static nct_status settle(const struct request *request, settlement *settle_with) {
    struct deed deed = users_deed(request);
    return settle_with(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), deed.ncid,
                       strlen(deed.ncid));
}

void proposals_confirm(struct request *request) {
    users_answer(request, settle(request, nct_access_confirm), NULL, MHD_HTTP_OK, NCT_AUTHORITY_USER_ADMINISTRATION);
}

void proposals_reject(struct request *request) {
    nct_status status = settle(request, nct_access_reject);
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        users_answer(request, status, NULL, MHD_HTTP_OK, NCT_AUTHORITY_USER_ADMINISTRATION);
    }
}

/* Where a provider has one administrator alone. */
void agency_proposal_confirm(struct request *request) {
    answer_outcome(request, settle(request, nct_access_confirm_by_operator), MHD_HTTP_OK, NULL);
}
