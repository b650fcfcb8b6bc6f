/* The Currently Enrolled Provider registration, and the OA change that takes its place where there is an OA. */
#include <nctracks/office.h>
#include <nctracks/registration.h>

#include "answer.h"
#include "forms.h"
#include "handlers.h"

void registration_submit(struct request *request) {
    nct_form *form = forms_fill(request, NCT_FORM_REGISTRATION);
    nct_problems *problems = NULL;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_registration_submit(form, &problems);
    answer_outcome(request, status, MHD_HTTP_CREATED, problems);
    nct_problems_free(problems);
    nct_form_free(form);
}

void oa_change_submit(struct request *request) {
    nct_form *form = forms_fill(request, NCT_FORM_OA_CHANGE);
    nct_problems *problems = NULL;
    int32_t state = 0;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_oa_change_submit(form, &state, &problems);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_CREATED, json_pack("{s:s}", "state", nct_request_state_name(state)));
    } else {
        answer_status(request, status, problems);
    }
    nct_problems_free(problems);
    nct_form_free(form);
}
