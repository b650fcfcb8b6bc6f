/* Contact data of others: asked for by an administrator; changed, confirmed or left as they are by the agency, and a
 * provider's own data by the agency. */
#include <string.h>

#include <nctracks/contact.h>
#include <nctracks/provider.h>
#include <nctracks/right.h>

#include "answer.h"
#include "forms.h"
#include "handlers.h"
#include "people.h"
#include "users.h"

/* ---- By an administrator ---- */

void users_get(struct request *request) {
    struct deed deed = users_deed(request);
    nct_person *person = NULL;
    nct_status status = nct_person_read(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                        deed.ncid, strlen(deed.ncid), &person);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, people_json(person));
    } else {
        answer_refused(request, status, NULL, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
    }
    nct_person_free(person);
}

void users_contact(struct request *request) {
    struct deed deed = users_deed(request);
    nct_form *form = forms_fill(request, NCT_FORM_CONTACT);
    nct_problems *problems = NULL;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_contact_change(form, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                           deed.ncid, strlen(deed.ncid), &problems);
    users_answer(request, status, problems, MHD_HTTP_OK, NCT_AUTHORITY_USER_ADMINISTRATION);
    nct_problems_free(problems);
    nct_form_free(form);
}

/* ---- By the agency, with a reason ---- */

/** A change of the library's for operators, such as nct_contact_change_by_operator(). */
typedef nct_status change(nct_form *form, const char *by, size_t by_len, const char *whose, size_t whose_len,
                          const char *reason, size_t reason_len, nct_problems **problems);

static void change_for(struct request *request, int32_t kind, const char *whose, change *change_with) {
    static const char *const only[] = {"fields", "reason", NULL};
    const char *by = request->session.ncid;
    const char *reason = request_text(request, "reason");
    nct_form *form = reason != NULL ? forms_fill_beside(request, kind, only) : NULL;
    nct_problems *problems = NULL;
    if (form == NULL) {
        return;
    }
    nct_status status = change_with(form, by, strlen(by), whose, strlen(whose), reason, strlen(reason), &problems);
    answer_outcome(request, status, MHD_HTTP_OK, problems);
    nct_problems_free(problems);
    nct_form_free(form);
}

void agency_provider_change(struct request *request) {
    change_for(request, NCT_FORM_PROVIDER, request_part(request, "provider"), nct_provider_change_by_operator);
}

void agency_contact_change(struct request *request) {
    change_for(request, NCT_FORM_CONTACT, request_part(request, "ncid"), nct_contact_change_by_operator);
}

void agency_contact(struct request *request) {
    const char *ncid = request_part(request, "ncid");
    nct_contact_request *wish = NULL;
    nct_status status = nct_contact_pending(request->server->portal, ncid, strlen(ncid), &wish);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, people_contact_request(wish));
    } else {
        answer_status(request, status, NULL);
    }
    nct_contact_request_free(wish);
}

/* The address is named, so that no later request for another is confirmed. */
void agency_contact_confirm(struct request *request) {
    static const char *const only[] = {"email", "reason", NULL};
    const char *by = request->session.ncid;
    const char *ncid = request_part(request, "ncid");
    const char *email = request_text(request, "email");
    const char *reason = email != NULL ? request_text(request, "reason") : NULL;
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_outcome(request,
                   nct_contact_confirm_by_operator(request->server->portal, by, strlen(by), ncid, strlen(ncid), email,
                                                   strlen(email), reason, strlen(reason)),
                   MHD_HTTP_OK, NULL);
}

void agency_contact_withdraw(struct request *request) {
    static const char *const only[] = {"reason", NULL};
    const char *by = request->session.ncid;
    const char *ncid = request_part(request, "ncid");
    const char *reason = request_text(request, "reason");
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_outcome(
        request,
        nct_contact_withdraw(request->server->portal, by, strlen(by), ncid, strlen(ncid), reason, strlen(reason)),
        MHD_HTTP_OK, NULL);
}
