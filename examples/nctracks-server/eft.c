/* Where a provider is paid: asking for another account, and taking it back. */
#include <string.h>

#include <nctracks/eft.h>
#include <nctracks/office.h>
#include <nctracks/right.h>

#include "access.h"
#include "answer.h"
#include "forms.h"
#include "handlers.h"

void eft_change_submit(struct request *request) {
    const char *provider = request_part(request, "provider");
    nct_form *form = access_any(request, provider) ? forms_fill(request, NCT_FORM_EFT_CHANGE) : NULL;
    nct_problems *problems = NULL;
    int32_t state = 0;
    if (form == NULL) {
        return;
    }
    if (forms_set(request, form, "provider.npi", provider) &&
        forms_set(request, form, "requester.ncid", request->session.ncid)) {
        nct_status status = nct_eft_change_submit(form, &state, &problems);
        if (status == NCT_OK) {
            answer_data(request, MHD_HTTP_CREATED, json_pack("{s:s}", "state", nct_request_state_name(state)));
        } else {
            answer_refused(request, status, problems, provider, NCT_AUTHORITY_EFT_CHANGE);
        }
    }
    nct_problems_free(problems);
    nct_form_free(form);
}

void eft_change_get(struct request *request) {
    const char *provider = request_part(request, "provider");
    nct_eft_request *wish = NULL;
    if (!access_may(request, provider, NCT_AUTHORITY_EFT_CHANGE)) {
        return;
    }
    nct_status status = nct_eft_request_get(request->server->portal, provider, strlen(provider), &wish);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK,
                    json_pack("{s:s, s:s, s:s, s:I, s:I, s:I}", "state",
                              nct_request_state_name(nct_eft_request_state(wish)), "requested_by",
                              nct_eft_request_ncid(wish), "account_masked", nct_eft_request_account_masked(wish),
                              "requested_at", (json_int_t)nct_eft_request_requested_at(wish), "lapses_at",
                              (json_int_t)nct_eft_request_lapses_at(wish), "settled_at",
                              (json_int_t)nct_eft_request_settled_at(wish)));
    } else {
        answer_status(request, status, NULL);
    }
    nct_eft_request_free(wish);
}

void eft_change_withdraw(struct request *request) {
    const char *by = request->session.ncid;
    const char *provider = request_part(request, "provider");
    nct_status status = nct_eft_change_withdraw(request->server->portal, by, strlen(by), provider, strlen(provider));
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_refused(request, status, NULL, provider, NCT_AUTHORITY_EFT_CHANGE);
    }
}
