#include "engine/handle/arguments.h"
#include "portal/access/admit.h"

#include <nctracks/access.h>

#include <string.h>

/* What the unit of work needs. */
struct adding {
    struct nct_drafts drafts;
    struct nct_access_wish wish;
    struct nct_entrant entrant;
};

static nct_status add_or_refuse(struct nct_unit *unit, void *argument) {
    struct adding *adding = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record present;
    nct_status status = nct_access_may_change(unit, &adding->wish, person, &present);
    if (status == NCT_OK && present.role != NCT_ROLE_NONE)
        status = nct_about(NCT_E_ALREADY_GRANTED, NCT_ABOUT_ROLE, present.role);
    if (status == NCT_OK && nct_policy_by_two(&unit->portal->policy, adding->wish.role))
        status = nct_about(NCT_E_SECOND_PERSON, NCT_ABOUT_ROLE, adding->wish.role);
    if (status == NCT_OK)
        status = nct_access_begins(unit);
    struct nct_issue issue = {.occasion = NCT_ON_USER_ADDED,
                              .event = NCT_EVENT_PIN_ISSUED,
                              .actor = adding->wish.by,
                              .provider = adding->wish.provider};
    if (status == NCT_OK)
        status = nct_entrant_admit(unit, &adding->drafts, adding->wish.provider, &adding->entrant, &issue, person);
    return status == NCT_OK ? status : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &adding->wish, status);
}

static nct_status submit(const struct nct_form *form, const char *by, const char *provider, nct_problems **problems) {
    struct adding adding = {.wish = {.by = by, .provider = provider}};
    nct_form_entrant(form, "", &adding.entrant);
    adding.wish.ncid = adding.entrant.entered.ncid;
    adding.wish.role = adding.entrant.grant.role;
    adding.wish.rights = adding.entrant.grant.rights;
    nct_status status = nct_drafts_init(&adding.drafts, nct_form_portal(form), 1);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&adding.drafts, add_or_refuse, &adding);
    nct_drafts_free(&adding.drafts);
    if (status == NCT_OK)
        nct_entrant_notes(form, "", &adding.entrant, problems);
    return status;
}

nct_status nct_user_add(nct_form *form, const char *by, size_t by_len, const char *provider, size_t provider_len,
                        nct_problems **problems) {
    char by_ncid[NCT_NCID_ROOM];
    char provider_id[NCT_PROVIDER_ROOM];
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_USER))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, by_ncid);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, provider_id);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    return status == NCT_OK ? submit(form, by_ncid, provider_id, problems) : status;
}
