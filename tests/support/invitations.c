#include "invitations.h"

#define CLINIC NPI_CLINIC, 10

/* The code of the first problem. */
static nct_status first(nct_status status, nct_problems *problems) {
    if (status == NCT_E_PROBLEMS && nct_problems_count(problems) > 0)
        status = nct_problems_code(problems, 0);
    nct_problems_free(problems);
    return status;
}

static nct_status set(nct_form *form, const char *path, const char *value) {
    return value != NULL ? nct_form_set(form, path, value, strlen(value)) : NCT_OK;
}

nct_status invitations_send(struct world *w, const char *by, const struct offer *offer,
                            char id[NCT_INVITATION_ID_LENGTH + 1]) {
    char unused[NCT_INVITATION_ID_LENGTH + 1];
    const char *const fields[][2] = {{"ncid", offer->ncid},
                                     {"email", offer->email},
                                     {"role", offer->role},
                                     {"rights", offer->rights},
                                     {"valid_until", offer->until}};
    nct_problems *problems = NULL;
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_INVITATION, &form);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = set(form, fields[i][0], fields[i][1]);
    if (status == NCT_OK)
        status = nct_invitation_send(form, by, strlen(by), CLINIC, id != NULL ? id : unused, sizeof unused, &problems);
    nct_form_free(form);
    return first(status, problems);
}

nct_status invitations_send_again(struct world *w, const char *by, const char *id) {
    return nct_invitation_send_again(w->portal, by, strlen(by), CLINIC, id, strlen(id));
}

nct_status invitations_take_back(struct world *w, const char *by, const char *id) {
    return nct_invitation_take_back(w->portal, by, strlen(by), CLINIC, id, strlen(id));
}

static nct_status accept(struct world *w, const struct cast *who, const char *password, const char *code,
                         int described) {
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"invited.ncid", who->ncid},
                                     {"invited.password", password},
                                     {"invitation.code", code},
                                     {"invited.first_name", described ? who->first_name : NULL},
                                     {"invited.last_name", described ? who->last_name : NULL},
                                     {"invited.phone", described ? who->phone : NULL}};
    nct_problems *problems = NULL;
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_ACCEPTANCE, &form);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = set(form, fields[i][0], fields[i][1]);
    if (status == NCT_OK)
        status = nct_invitation_accept(form, &problems);
    nct_form_free(form);
    return first(status, problems);
}

nct_status invitations_accept(struct world *w, const struct cast *who, const char *password, const char *code) {
    return accept(w, who, password, code, 0);
}

nct_status invitations_accept_described(struct world *w, const struct cast *who, const char *code) {
    return accept(w, who, WORLD_PASSWORD, code, 1);
}

nct_status invitations_decline(struct world *w, const char *ncid) {
    return nct_invitation_decline(w->portal, ncid, strlen(ncid), CLINIC);
}

nct_status invitations_decline_by_code(struct world *w, const char *code) {
    return nct_invitation_decline_by_code(w->portal, CLINIC, code, strlen(code));
}

size_t invitations_of_clinic(struct world *w) {
    nct_invitation_list *list = NULL;
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, NULL, 0, 1000, &list), NCT_OK);
    size_t count = nct_invitation_list_count(list);
    nct_invitation_list_free(list);
    return count;
}

size_t invitations_of(struct world *w, const char *ncid) {
    nct_invitation_list *list = NULL;
    expect_status(nct_invitation_list_by_person(w->portal, ncid, strlen(ncid), NULL, 0, 1000, &list), NCT_OK);
    size_t count = nct_invitation_list_count(list);
    nct_invitation_list_free(list);
    return count;
}

const char *invitations_code(struct world *w) {
    for (size_t i = w->mailer.count; i > 0; i--)
        if (w->mailer.mails[i - 1].accepted && strcmp(w->mailer.mails[i - 1].template_name, "invitation.code") == 0)
            return w->mailer.mails[i - 1].token;
    return "";
}

void invitations_know(struct world *w, const struct cast *who) {
    const char *const fields[][2] = {{"ncid", who->ncid},
                                     {"first_name", who->first_name},
                                     {"last_name", who->last_name},
                                     {"email", who->email},
                                     {"phone", who->phone}};
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_PERSON, &form), NCT_OK);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(set(form, fields[i][0], fields[i][1]), NCT_OK);
    expect_status(nct_person_add(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "seen", 4, NULL), NCT_OK);
    nct_form_free(form);
    if (!w->identity.used)
        world_set_password(w, who->ncid, WORLD_PASSWORD);
}
