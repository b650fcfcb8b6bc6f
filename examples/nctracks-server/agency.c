/* What the agency's staff do: enroll, find, help. */
#include <string.h>

#include <nctracks/pin.h>

#include "answer.h"
#include "forms.h"
#include "handlers.h"
#include "provider.h"

void agency_providers(struct request *request) {
    const char *after = NULL;
    size_t limit = 0;
    nct_provider_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status =
        nct_provider_list_page(request->server->portal, after, after != NULL ? strlen(after) : 0, limit, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    size_t count = nct_provider_list_count(list);
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(rows, provider_json(nct_provider_list_at(list, i)));
    }
    answer_page(request, rows, count == limit ? nct_provider_id(nct_provider_list_at(list, count - 1)) : NULL);
    nct_provider_list_free(list);
}

void agency_enroll(struct request *request) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = forms_fill(request, NCT_FORM_ENROLLMENT);
    nct_problems *problems = NULL;
    const char *by = request->session.ncid;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_enrollment_submit(form, by, strlen(by), code, sizeof code, &problems);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_CREATED, json_pack("{s:s}", "authorization_code", code));
    } else {
        answer_status(request, status, problems);
    }
    explicit_bzero(code, sizeof code);
    nct_problems_free(problems);
    nct_form_free(form);
}

void agency_pin_reset(struct request *request) {
    static const char *const only[] = {"ncid", "reason", NULL};
    const char *by = request->session.ncid;
    const char *ncid = request_text(request, "ncid");
    const char *reason = ncid != NULL ? request_text(request, "reason") : NULL;
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    nct_status status =
        nct_pin_reset_by_operator(request->server->portal, by, strlen(by), reason, strlen(reason), ncid, strlen(ncid));
    if (status == NCT_OK) {
        answer_done(request, MHD_HTTP_OK, NULL);
    } else {
        answer_status(request, status, NULL);
    }
}
