/* Who I am: my providers, roles and rights, my PIN, my contact data, what waits for me. */
#include <string.h>

#include <nctracks/contact.h>
#include <nctracks/invitation.h>
#include <nctracks/language.h>
#include <nctracks/pin.h>

#include "access.h"
#include "answer.h"
#include "forms.h"
#include "handlers.h"
#include "people.h"
#include "provider.h"

#define PROVIDERS_MAX 200
#define INVITATIONS_MAX 20

/* ---- What waits ---- */

static void wait_for(json_t *waits, const char *kind, int64_t at) {
    json_array_append_new(waits, json_pack("{s:s, s:I}", "kind", kind, "at", (json_int_t)at));
}

static json_t *pending_contact(const struct request *request, json_t *waits) {
    nct_contact_request *pending = NULL;
    const char *ncid = request->session.ncid;
    json_t *out = json_null();
    if (nct_contact_pending(request->server->portal, ncid, strlen(ncid), &pending) == NCT_OK) {
        out = people_contact_request(pending);
        wait_for(waits, "contact", nct_contact_request_at(pending));
    }
    nct_contact_request_free(pending);
    return out;
}

static json_t *own_pin(const struct request *request, json_t *waits) {
    int32_t state = NCT_PIN_NONE;
    int64_t issued_at = 0;
    const char *ncid = request->session.ncid;
    nct_status status = nct_pin_status(request->server->portal, ncid, strlen(ncid), &state, &issued_at, NULL);
    if (status == NCT_OK && (state == NCT_PIN_DISABLED || state == NCT_PIN_LOST)) {
        wait_for(waits, "pin", issued_at);
    }
    return people_pin(status == NCT_OK ? state : NCT_PIN_NONE, issued_at);
}

/* What is offered at other providers. */
static void put_invitations(const struct request *request, json_t *waits) {
    nct_invitation_list *list = NULL;
    const char *ncid = request->session.ncid;
    nct_status status =
        nct_invitation_list_by_person(request->server->portal, ncid, strlen(ncid), NULL, 0, INVITATIONS_MAX, &list);
    for (size_t i = 0; status == NCT_OK && i < nct_invitation_list_count(list); i++) {
        wait_for(waits, "invitation", nct_invitation_list_sent_at(list, i));
    }
    nct_invitation_list_free(list);
}

/* ---- Who ---- */

static json_t *own_providers(const struct request *request, bool *complete) {
    nct_grant_list *list = NULL;
    json_t *rows = json_array();
    const char *ncid = request->session.ncid;
    nct_status status =
        nct_access_list_by_person(request->server->portal, ncid, strlen(ncid), NULL, 0, PROVIDERS_MAX, &list);
    for (size_t i = 0; i < nct_grant_list_count(list); i++) {
        json_t *row = access_grant(request, list, i);
        provider_put_name(request->server, row, nct_grant_list_provider(list, i));
        json_array_append_new(rows, row);
    }
    *complete = status == NCT_OK && nct_grant_list_more(list) == 0;
    nct_grant_list_free(list);
    return rows;
}

void me_get(struct request *request) {
    nct_person *person = NULL;
    bool complete = false;
    const char *ncid = request->session.ncid;
    size_t len = strlen(ncid);
    nct_status status = nct_person_read(request->server->portal, ncid, len, NULL, 0, ncid, len, &person);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    json_t *me = people_json(person);
    json_t *waits = json_array();
    json_object_set_new(me, "operator", json_boolean(request->session.is_operator));
    json_object_set_new(me, "language", json_string(request->session.language));
    json_object_set_new(me, "pin", own_pin(request, waits));
    json_object_set_new(me, "contact_pending", pending_contact(request, waits));
    put_invitations(request, waits);
    json_object_set_new(me, "providers", own_providers(request, &complete));
    json_object_set_new(me, "complete", json_boolean(complete));
    json_object_set_new(me, "waits", waits);
    nct_person_free(person);
    answer_data(request, MHD_HTTP_OK, me);
}

void me_language(struct request *request) {
    static const char *const only[] = {"language", NULL};
    const char *language = request_text(request, "language");
    const char *ncid = request->session.ncid;
    if (language == NULL || !request_has_only(request, only)) {
        return;
    }
    nct_status status = nct_person_set_language(request->server->portal, ncid, strlen(ncid), language);
    if (status == NCT_E_NOT_FOUND) {
        answer_field(request, "language", NCT_E_UNKNOWN_VALUE);
    } else {
        answer_outcome(request, status, MHD_HTTP_OK, NULL);
    }
}

void me_contact(struct request *request) {
    nct_form *form = forms_fill(request, NCT_FORM_CONTACT);
    nct_problems *problems = NULL;
    const char *ncid = request->session.ncid;
    size_t len = strlen(ncid);
    if (form == NULL) {
        return;
    }
    nct_status status = nct_contact_change(form, ncid, len, NULL, 0, ncid, len, &problems);
    answer_outcome(request, status, MHD_HTTP_OK, problems);
    nct_problems_free(problems);
    nct_form_free(form);
}

void me_contact_confirm(struct request *request) {
    static const char *const only[] = {"token", NULL};
    const char *token = request_text(request, "token");
    const char *ncid = request->session.ncid;
    if (token == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_outcome(request, nct_contact_confirm(request->server->portal, ncid, strlen(ncid), token, strlen(token)),
                   MHD_HTTP_OK, NULL);
}

/* ---- PIN ---- */

void me_pin_lost(struct request *request) {
    const char *ncid = request->session.ncid;
    size_t len = strlen(ncid);
    answer_outcome(request, nct_pin_report_lost(request->server->portal, ncid, len, NULL, 0, ncid, len), MHD_HTTP_OK,
                   NULL);
}

void pin_reset(struct request *request) {
    static const char *const only[] = {"ncid", "password", NULL};
    const char *ncid = request_text(request, "ncid");
    const char *password = ncid != NULL ? request_text(request, "password") : NULL;
    if (password == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_outcome(request, nct_pin_reset(request->server->portal, ncid, strlen(ncid), password, strlen(password)),
                   MHD_HTTP_OK, NULL);
}
