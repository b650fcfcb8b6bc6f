#include "engine/handle/arguments.h"
#include "portal/access/granting.h"
#include "portal/access/role_conditions.h"
#include "portal/form/form.h"
#include "portal/mail/outbox.h"
#include "portal/registry/provider.h"
#include "portal/registry/standing.h"

#include <nctracks/access.h>

#include <string.h>

nct_status nct_access_authority(struct nct_unit *unit, const char *by, const char *provider, int32_t authority,
                                struct nct_acting *acting) {
    struct nct_provider_record record;
    nct_status status = nct_provider_open(unit, provider, &record);
    if (status == NCT_OK)
        status = nct_grant_find(unit, provider, by, acting->person, &acting->grant);
    if (status == NCT_OK)
        status = nct_standing_get(unit, provider, &acting->grant, &acting->standing);
    if (status != NCT_OK)
        return status;
    status = nct_policy_decide(&unit->portal->policy, &acting->standing, authority, unit->now);
    return nct_about_argument(status, "by");
}

static nct_status check_manages(const struct nct_policy *policy, int32_t role, int32_t managed) {
    int manages = managed == NCT_ROLE_NONE || nct_policy_role_manages(policy, role, managed);
    return manages ? NCT_OK : nct_about(NCT_E_NOT_MANAGED, NCT_ABOUT_ROLE, managed);
}

nct_status nct_access_manages(struct nct_unit *unit, const struct nct_access_wish *wish, int32_t authority) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_acting own;
    struct nct_grant_record theirs;
    nct_status status = nct_access_authority(unit, wish->by, wish->provider, authority, &own);
    if (status == NCT_OK)
        status = nct_grant_find(unit, wish->provider, wish->ncid, person, &theirs);
    if (status != NCT_OK)
        return status;
    if (memcmp(own.person, person, NCT_PERSON_ID) == 0)
        return NCT_E_SELF_GRANT;
    if (theirs.role == NCT_ROLE_NONE)
        return NCT_E_NOT_FOUND;
    return check_manages(&unit->portal->policy, own.grant.role, theirs.role);
}

static nct_status look_elsewhere(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    const struct nct_access_wish *wish = argument;
    struct nct_grant_record grant;
    if (strcmp(name->provider, wish->provider) == 0)
        return NCT_OK;
    nct_status status = nct_grant_get(unit, name->provider, name->person, &grant);
    return status == NCT_OK && grant.role != NCT_ROLE_NONE ? NCT_E_ELSEWHERE : status;
}

nct_status nct_access_manages_alone(struct nct_unit *unit, const struct nct_access_wish *wish, int32_t authority) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_access_wish at = *wish;
    nct_status status = nct_access_manages(unit, wish, authority);
    if (status == NCT_OK)
        status = nct_ncid_find(unit, wish->ncid, person);
    if (status == NCT_OK)
        status = nct_person_present(unit, person);
    return status == NCT_OK ? nct_pair_each(unit, &nct_grant_pair, NULL, person, look_elsewhere, &at) : status;
}

/* What an earlier profile knew, and this one does not, is the OA's to end or to replace. */
static nct_status check_manages_present(const struct nct_policy *policy, int32_t role, int32_t present) {
    int left_over = present != NCT_ROLE_NONE && !nct_policy_knows_role(policy, present);
    return left_over && role == NCT_ROLE_OFFICE_ADMINISTRATOR ? NCT_OK : check_manages(policy, role, present);
}

nct_status nct_access_exceeds(const struct nct_policy *policy, const struct nct_standing *own, uint64_t rights) {
    uint64_t beyond = rights & ~nct_policy_held(policy, own);
    int32_t right = 0;
    while (beyond != 0 && (beyond >> right & 1) == 0)
        right++;
    return nct_about_argument(beyond == 0 ? NCT_OK : nct_about(NCT_E_EXCEEDS_OWN, NCT_ABOUT_RIGHT, right), "rights");
}

nct_status nct_access_may_change(struct nct_unit *unit, const struct nct_access_wish *wish,
                                 unsigned char person[NCT_PERSON_ID], struct nct_grant_record *present) {
    const struct nct_policy *policy = &unit->portal->policy;
    struct nct_acting own;
    nct_status status = nct_access_authority(unit, wish->by, wish->provider, NCT_AUTHORITY_USER_ADMINISTRATION, &own);
    if (status == NCT_OK)
        status = nct_grant_find(unit, wish->provider, wish->ncid, person, present);
    if (status == NCT_OK && memcmp(own.person, person, NCT_PERSON_ID) == 0)
        status = NCT_E_SELF_GRANT;
    if (status == NCT_OK)
        status = check_manages_present(policy, own.grant.role, present->role);
    if (status == NCT_OK)
        status = check_manages(policy, own.grant.role, wish->role);
    if (status == NCT_OK && nct_role_is_by_request(policy, wish->role, present->role))
        status = nct_about(NCT_E_BY_REQUEST, NCT_ABOUT_ROLE, wish->role);
    if (status == NCT_OK)
        status = nct_access_exceeds(policy, &own.standing, wish->rights);
    return status == NCT_OK ? nct_role_conditions(unit, wish, person, present) : status;
}

nct_status nct_access_begins(const struct nct_unit *unit) {
    int invited = nct_policy_option(&unit->portal->policy, NCT_OPTION_INVITATION_REQUIRED) != 0;
    return invited ? nct_about_word(NCT_E_INVITATION_REQUIRED, NCT_ABOUT_RULE, "invitation.required", 1) : NCT_OK;
}

nct_status nct_access_refuse(struct nct_unit *unit, enum nct_event event, const struct nct_access_wish *wish,
                             nct_status why) {
    struct nct_provider_record record;
    if (nct_status_category(why) != NCT_CATEGORY_RULE)
        return why;
    nct_status status = nct_unit_get(unit, &nct_type_provider, wish->provider, strlen(wish->provider), &record);
    if (status == NCT_E_NOT_FOUND)
        return why;
    struct nct_stream stream = nct_stream_of_provider(wish->provider);
    struct nct_note note = {
        .event = event, .outcome = why, .actor = wish->by, .subject = wish->ncid, .provider = wish->provider};
    if (status == NCT_OK)
        status = nct_ledger_append(unit, &stream, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

int nct_grant_is_over(const struct nct_grant_record *grant, int64_t now) {
    return grant->valid_until != 0 && grant->valid_until <= now;
}

nct_status nct_grant_if_allowed(struct nct_unit *unit, struct nct_granting *granting) {
    const struct nct_access_wish *wish = &granting->wish;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_grant_record present;
    nct_status status = nct_access_may_change(unit, wish, person, &present);
    if (status == NCT_OK && nct_grant_is_over(&granting->grant, unit->now))
        status = nct_about(NCT_E_DATE, NCT_ABOUT_TIME, unit->now);
    if (status == NCT_OK)
        status = nct_person_find(unit, wish->ncid, person, &record);
    if (status == NCT_OK && !granting->seconded && nct_policy_by_two(&unit->portal->policy, wish->role))
        status = nct_about(NCT_E_SECOND_PERSON, NCT_ABOUT_ROLE, wish->role);
    if (status == NCT_OK && !granting->seconded && present.role == NCT_ROLE_NONE)
        status = nct_access_begins(unit);
    if (status == NCT_OK)
        status = nct_access_give(unit, wish->provider, person, &granting->grant, wish->by);
    struct nct_issue issue = {
        .occasion = NCT_ON_USER_ADDED, .event = NCT_EVENT_PIN_ISSUED, .actor = wish->by, .provider = wish->provider};
    return status == NCT_OK ? nct_pin_issue_first(unit, &granting->drafts, person, &record, &issue) : status;
}

nct_status nct_grant_or_refuse(struct nct_unit *unit, void *argument) {
    struct nct_granting *granting = argument;
    nct_status status = nct_grant_if_allowed(unit, granting);
    return status == NCT_OK ? status : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &granting->wish, status);
}

static nct_status take_actor(struct nct_portal *portal, const char *by, size_t by_len, const char *provider,
                             size_t provider_len, struct nct_granting *granting) {
    *granting = (struct nct_granting){.drafts.portal = portal};
    granting->wish =
        (struct nct_access_wish){.by = granting->by, .provider = granting->provider, .ncid = granting->ncid};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, granting->by);
    return status == NCT_OK ? nct_take_provider(provider, provider_len, granting->provider) : status;
}

nct_status nct_granting_names(struct nct_portal *portal, const char *by, size_t by_len, const char *provider,
                              size_t provider_len, const char *ncid, size_t ncid_len, struct nct_granting *granting) {
    nct_status status = take_actor(portal, by, by_len, provider, provider_len, granting);
    return status == NCT_OK ? nct_take_ncid(ncid, ncid_len, granting->ncid) : status;
}

nct_status nct_granting_form(const struct nct_form *form, int32_t kind, const char *by, size_t by_len,
                             const char *provider, size_t provider_len, struct nct_granting *granting,
                             nct_problems **problems) {
    struct nct_grant_record *grant = &granting->grant;
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, kind))
        return NCT_E_ARGUMENT;
    nct_status status = take_actor(nct_form_portal(form), by, by_len, provider, provider_len, granting);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    if (status != NCT_OK)
        return status;
    nct_form_text(form, "ncid", granting->ncid, sizeof granting->ncid);
    grant->role = nct_form_role(form, "");
    grant->rights = nct_form_rights(form, "rights");
    grant->valid_from = nct_form_time(form, "valid_from", 0);
    grant->valid_until = nct_form_time(form, "valid_until", 1);
    granting->wish.role = grant->role;
    granting->wish.rights = grant->rights;
    return NCT_OK;
}

nct_status nct_granting_answer(const struct nct_form *form, nct_status status, nct_problems **problems) {
    return status == NCT_E_DATE ? nct_form_refuse(form, "valid_until", status, problems) : status;
}

nct_status nct_access_grant(nct_form *form, const char *by, size_t by_len, const char *provider, size_t provider_len,
                            nct_problems **problems) {
    struct nct_granting granting;
    nct_status status =
        nct_granting_form(form, NCT_FORM_ACCESS, by, by_len, provider, provider_len, &granting, problems);
    if (status != NCT_OK)
        return status;
    status = nct_drafts_init(&granting.drafts, nct_form_portal(form), 1);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&granting.drafts, nct_grant_or_refuse, &granting);
    nct_drafts_free(&granting.drafts);
    return nct_granting_answer(form, status, problems);
}

nct_status nct_revoke_if_allowed(struct nct_unit *unit, struct nct_granting *granting) {
    const struct nct_access_wish *wish = &granting->wish;
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record present;
    nct_status status = nct_access_may_change(unit, wish, person, &present);
    if (status == NCT_OK && present.role == NCT_ROLE_NONE)
        return NCT_E_NOT_FOUND;
    return status == NCT_OK ? nct_access_end(unit, wish->provider, person, wish->by) : status;
}

nct_status nct_revoke_or_refuse(struct nct_unit *unit, void *argument) {
    struct nct_granting *granting = argument;
    nct_status status = nct_revoke_if_allowed(unit, granting);
    return status == NCT_OK ? status : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &granting->wish, status);
}

nct_status nct_access_revoke(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                             size_t provider_len, const char *ncid, size_t ncid_len) {
    struct nct_granting granting;
    nct_status status = nct_granting_names(portal, by, by_len, provider, provider_len, ncid, ncid_len, &granting);
    return status == NCT_OK ? nct_operate(portal, nct_revoke_or_refuse, &granting) : status;
}
