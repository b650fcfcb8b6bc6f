/* EFT changes and OA changes that wait for the agency: settled by call-back, with what was said. */
#include <string.h>

#include <nctracks/eft.h>
#include <nctracks/office.h>

#include "answer.h"
#include "handlers.h"
#include "provider.h"

/* ---- EFT changes ---- */

static json_t *eft_json(const struct server *server, const nct_eft_request *wish) {
    json_t *out =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:I, s:I, s:I}", "provider", nct_eft_request_provider(wish),
                  "request_state", nct_request_state_name(nct_eft_request_state(wish)), "requested_by",
                  nct_eft_request_ncid(wish), "account_masked", nct_eft_request_account_masked(wish), "account_holder",
                  nct_eft_request_account_holder(wish), "phone", nct_eft_request_phone(wish), "warnings",
                  (int)nct_eft_request_warnings(wish), "requested_at", (json_int_t)nct_eft_request_requested_at(wish),
                  "lapses_at", (json_int_t)nct_eft_request_lapses_at(wish), "settled_at",
                  (json_int_t)nct_eft_request_settled_at(wish));
    provider_put_name(server, out, nct_eft_request_provider(wish));
    return out;
}

void agency_eft_changes(struct request *request) {
    const char *after = NULL;
    size_t limit = 0;
    nct_eft_request_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status =
        nct_eft_request_list_page(request->server->portal, after, after != NULL ? strlen(after) : 0, limit, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_eft_request_list_count(list); i++) {
        json_array_append_new(rows, eft_json(request->server, nct_eft_request_list_at(list, i)));
    }
    answer_page(request, rows, nct_eft_request_list_more(list) ? nct_eft_request_list_cursor(list) : NULL);
    nct_eft_request_list_free(list);
}

void agency_eft_confirm(struct request *request) {
    static const char *const only[] = {"spoke_with", NULL};
    const char *by = request->session.ncid;
    const char *provider = request_part(request, "provider");
    const char *spoke_with = request_text(request, "spoke_with");
    if (spoke_with == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_outcome(request,
                   nct_eft_change_confirm(request->server->portal, by, strlen(by), provider, strlen(provider),
                                          spoke_with, strlen(spoke_with)),
                   MHD_HTTP_OK, NULL);
}

/* ---- What is decided with a reason ---- */

/** A decision of the library's for operators about a provider, such as nct_oa_change_approve(). */
typedef nct_status decision(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                            size_t provider_len, const char *reason, size_t reason_len);

static void decide(struct request *request, decision *decide_with) {
    static const char *const only[] = {"reason", NULL};
    const char *by = request->session.ncid;
    const char *provider = request_part(request, "provider");
    const char *reason = request_text(request, "reason");
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_outcome(
        request,
        decide_with(request->server->portal, by, strlen(by), provider, strlen(provider), reason, strlen(reason)),
        MHD_HTTP_OK, NULL);
}

void agency_eft_refuse(struct request *request) {
    decide(request, nct_eft_change_refuse);
}

void agency_oa_approve(struct request *request) {
    decide(request, nct_oa_change_approve);
}

void agency_oa_deny(struct request *request) {
    decide(request, nct_oa_change_deny);
}

void agency_terminate(struct request *request) {
    decide(request, nct_provider_terminate);
}

void agency_reinstate(struct request *request) {
    decide(request, nct_provider_reinstate);
}

/* ---- OA changes ---- */

void agency_oa_change(struct request *request) {
    const char *provider = request_part(request, "provider");
    nct_oa_request *wish = NULL;
    nct_status status = nct_oa_request_get(request->server->portal, provider, strlen(provider), &wish);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    json_t *out = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "provider", provider, "request_state",
                            nct_request_state_name(nct_oa_request_state(wish)), "office_administrator",
                            nct_oa_request_ncid(wish), "previous", nct_oa_request_previous_ncid(wish), "requested_at",
                            (json_int_t)nct_oa_request_requested_at(wish), "lapses_at",
                            (json_int_t)nct_oa_request_lapses_at(wish), "settled_at",
                            (json_int_t)nct_oa_request_settled_at(wish));
    provider_put_name(request->server, out, provider);
    answer_data(request, MHD_HTTP_OK, out);
    nct_oa_request_free(wish);
}
