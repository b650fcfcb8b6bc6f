/* Access that is offered: invited, sent again and taken back by an administrator, accepted or declined by whom it is
 * for. */
#include <string.h>

#include <nctracks/invitation.h>
#include <nctracks/right.h>
#include <nctracks/role.h>

#include "access.h"
#include "answer.h"
#include "forms.h"
#include "handlers.h"
#include "provider.h"
#include "users.h"

/* ---- Lists ---- */

static json_t *invitation_json(const struct request *request, const nct_invitation_list *list, size_t index) {
    const char *provider = nct_invitation_list_provider(list, index);
    json_t *row = json_pack(
        "{s:s, s:s, s:s, s:s, s:s?, s:I, s:i, s:I}", "ncid", nct_invitation_list_ncid(list, index), "email",
        nct_invitation_list_email(list, index), "invited_by", nct_invitation_list_invited_by(list, index), "provider",
        provider, "role", nct_role_name(nct_invitation_list_role(list, index)), "sent_at",
        (json_int_t)nct_invitation_list_sent_at(list, index), "sent", (int)nct_invitation_list_sent(list, index),
        "lapses_at", (json_int_t)nct_invitation_list_lapses_at(list, index));
    provider_put_name(request->server, row, provider);
    json_object_set_new(row, "invitation", json_string(nct_invitation_list_id(list, index)));
    json_object_set_new(row, "rights", access_names(request, nct_invitation_list_rights(list, index), 0));
    json_object_set_new(row, "valid_from", json_integer((json_int_t)nct_invitation_list_valid_from(list, index)));
    json_object_set_new(row, "valid_until", json_integer((json_int_t)nct_invitation_list_valid_until(list, index)));
    return row;
}

/* Takes the list over. */
static void answer_invitations(struct request *request, nct_status status, nct_invitation_list *list) {
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_invitation_list_count(list); i++) {
        json_array_append_new(rows, invitation_json(request, list, i));
    }
    bool more = list != NULL && nct_invitation_list_more(list) == 1;
    answer_listed(request, status, rows, more ? nct_invitation_list_cursor(list) : NULL);
    nct_invitation_list_free(list);
}

void invitations_list(struct request *request) {
    const char *provider = request_part(request, "provider");
    const char *after = NULL;
    size_t limit = 0;
    nct_invitation_list *list = NULL;
    if (!request_page(request, &after, &limit) || !access_may(request, provider, NCT_AUTHORITY_USER_ADMINISTRATION)) {
        return;
    }
    nct_status status = nct_invitation_list_by_provider(request->server->portal, provider, strlen(provider), after,
                                                        after != NULL ? strlen(after) : 0, limit, &list);
    answer_invitations(request, status, list);
}

void me_invitations(struct request *request) {
    const char *ncid = request->session.ncid;
    const char *after = NULL;
    size_t limit = 0;
    nct_invitation_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status = nct_invitation_list_by_person(request->server->portal, ncid, strlen(ncid), after,
                                                      after != NULL ? strlen(after) : 0, limit, &list);
    answer_invitations(request, status, list);
}

/* ---- Who invites ---- */

void invitations_send(struct request *request) {
    struct deed deed = users_deed(request);
    char id[NCT_INVITATION_ID_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_form *form = forms_fill(request, NCT_FORM_INVITATION);
    if (form == NULL) {
        return;
    }
    nct_status status = nct_invitation_send(form, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), id,
                                            sizeof id, &problems);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_CREATED, json_pack("{s:s}", "invitation", id));
    } else {
        answer_refused(request, status, problems, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
    }
    nct_problems_free(problems);
    nct_form_free(form);
}

void invitations_send_again(struct request *request) {
    struct deed deed = users_deed(request);
    const char *id = request_part(request, "invitation");
    nct_status status = nct_invitation_send_again(deed.portal, deed.by, strlen(deed.by), deed.provider,
                                                  strlen(deed.provider), id, strlen(id));
    users_answer(request, status, NULL, MHD_HTTP_OK, NCT_AUTHORITY_USER_ADMINISTRATION);
}

static void answer_ended(struct request *request, nct_status status) {
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_status(request, status, NULL);
    }
}

void invitations_take_back(struct request *request) {
    struct deed deed = users_deed(request);
    const char *id = request_part(request, "invitation");
    nct_status status = nct_invitation_take_back(deed.portal, deed.by, strlen(deed.by), deed.provider,
                                                 strlen(deed.provider), id, strlen(id));
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_refused(request, status, NULL, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
    }
}

/* ---- Who is invited ---- */

/* With the password of the NCID, and by e-mail with the code: nobody needs to be signed in. */
void invitations_accept(struct request *request) {
    nct_form *form = forms_fill(request, NCT_FORM_ACCEPTANCE);
    nct_problems *problems = NULL;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_invitation_accept(form, &problems);
    answer_outcome(request, status, MHD_HTTP_OK, problems);
    nct_problems_free(problems);
    nct_form_free(form);
}

void me_invitation_decline(struct request *request) {
    const char *ncid = request->session.ncid;
    const char *provider = request_part(request, "provider");
    answer_ended(request,
                 nct_invitation_decline(request->server->portal, ncid, strlen(ncid), provider, strlen(provider)));
}

void invitations_decline(struct request *request) {
    static const char *const only[] = {"provider", "code", NULL};
    const char *provider = request_text(request, "provider");
    const char *code = provider != NULL ? request_text(request, "code") : NULL;
    if (code == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_ended(request, nct_invitation_decline_by_code(request->server->portal, provider, strlen(provider), code,
                                                         strlen(code)));
}
