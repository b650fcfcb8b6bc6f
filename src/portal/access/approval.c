#include "portal/access/approval.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "portal/access/granting.h"
#include "portal/form/form.h"
#include "portal/mail/outbox.h"

#include <nctracks/approval.h>

#include <string.h>

#define DAY INT64_C(86400000)

int nct_proposal_waits(const struct nct_policy *policy, const struct nct_proposal_record *proposal, int64_t now) {
    int64_t term = policy->profile.terms[NCT_TERM_APPROVAL_DAYS] * DAY;
    int64_t waited = now - proposal->proposed_at;
    int over = proposal->valid_until != 0 && proposal->valid_until <= now;
    return proposal->role != NCT_ROLE_NONE && !over && waited >= 0 && waited < term;
}

/* Reads the proposal about the subject of a wish. */
static nct_status get_proposal(struct nct_unit *unit, const struct nct_access_wish *wish,
                               unsigned char person[NCT_PERSON_ID], struct nct_proposal_record *proposal) {
    struct nct_person_record record;
    nct_status status = nct_person_named(unit, wish->ncid, person, &record);
    memset(proposal, 0, sizeof *proposal);
    if (status == NCT_OK)
        status = nct_pair_get(unit, &nct_proposal_pair, wish->provider, person, proposal);
    return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
}

/* Stages a proposal, or the end of one, with its entry. */
static nct_status put_proposal(struct nct_unit *unit, const struct nct_access_wish *wish,
                               const unsigned char person[NCT_PERSON_ID], const char *actor, enum nct_event event,
                               const struct nct_proposal_record *proposal) {
    char detail[NCT_GRANT_DETAIL_ROOM];
    struct nct_grant_record grant = {.role = proposal->role,
                                     .rights = proposal->rights,
                                     .valid_from = proposal->valid_from,
                                     .valid_until = proposal->valid_until};
    nct_grant_describe(&grant, detail);
    struct nct_stream stream = nct_stream_of_provider(wish->provider);
    struct nct_note note = {.event = event,
                            .actor = actor,
                            .subject = wish->ncid,
                            .provider = wish->provider,
                            .detail = proposal->role != NCT_ROLE_NONE ? detail : NULL};
    nct_status status = nct_pair_put(unit, &nct_proposal_pair, wish->provider, person, proposal);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

static nct_status propose(struct nct_unit *unit, struct nct_granting *granting) {
    const struct nct_access_wish *wish = &granting->wish;
    const struct nct_policy *policy = &unit->portal->policy;
    unsigned char person[NCT_PERSON_ID];
    unsigned char by[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_grant_record present;
    struct nct_proposal_record before;
    nct_status status = nct_access_may_change(unit, wish, person, &present);
    if (status == NCT_OK && nct_grant_is_over(&granting->grant, unit->now))
        status = nct_about(NCT_E_DATE, NCT_ABOUT_TIME, unit->now);
    if (status == NCT_OK)
        status = nct_person_find(unit, wish->ncid, person, &record);
    if (status == NCT_OK && !nct_policy_by_two(policy, wish->role))
        return nct_about(NCT_E_STATE, NCT_ABOUT_ROLE, wish->role);
    if (status == NCT_OK)
        status = get_proposal(unit, wish, person, &before);
    if (status == NCT_OK && nct_proposal_waits(policy, &before, unit->now))
        status = NCT_E_PENDING;
    if (status == NCT_OK)
        status = nct_person_find(unit, wish->by, by, &record);
    if (status != NCT_OK)
        return status;
    struct nct_proposal_record proposal = {.role = wish->role,
                                           .rights = wish->rights,
                                           .valid_from = granting->grant.valid_from,
                                           .valid_until = granting->grant.valid_until,
                                           .proposed_at = unit->now,
                                           .basis = present.changes};
    memcpy(proposal.by, by, NCT_PERSON_ID);
    return put_proposal(unit, wish, person, wish->by, NCT_EVENT_ACCESS_PROPOSED, &proposal);
}

static nct_status propose_or_refuse(struct nct_unit *unit, void *argument) {
    struct nct_granting *granting = argument;
    nct_status status = propose(unit, granting);
    return status == NCT_OK ? status : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &granting->wish, status);
}

nct_status nct_access_propose(nct_form *form, const char *by, size_t by_len, const char *provider, size_t provider_len,
                              nct_problems **problems) {
    struct nct_granting granting;
    nct_status status =
        nct_granting_form(form, NCT_FORM_ACCESS, by, by_len, provider, provider_len, &granting, problems);
    if (status == NCT_OK)
        status = nct_operate(nct_form_portal(form), propose_or_refuse, &granting);
    return nct_granting_answer(form, status, problems);
}

/* A proposal being settled. */
struct settling {
    struct nct_granting granting; /* names of who settles it; then, of who proposed it */
    char actor[NCT_ACTOR_ROOM];   /* who settles it */
    int by_operator;
};

/* Whether who settles it administers there; an operator does. */
static nct_status check_administers(struct nct_unit *unit, const struct settling *settling) {
    const struct nct_access_wish *wish = &settling->granting.wish;
    struct nct_acting own;
    if (settling->by_operator)
        return NCT_OK;
    return nct_access_authority(unit, settling->actor, wish->provider, NCT_AUTHORITY_USER_ADMINISTRATION, &own);
}

/* Whether who settles it is this person, under whatever NCID; an operator may be one by name. */
static nct_status check_is(struct nct_unit *unit, const struct settling *settling,
                           const unsigned char person[NCT_PERSON_ID], int *is) {
    unsigned char own[NCT_PERSON_ID];
    struct nct_person_record record;
    if (settling->by_operator)
        return nct_operator_is(unit, settling->actor, person, is);
    nct_status status = nct_person_find(unit, settling->actor, own, &record);
    return status == NCT_OK ? nct_person_same(unit, own, person, is) : status;
}

/* Neither whose access it is nor who proposed it settles it. */
static nct_status check_second(struct nct_unit *unit, const struct settling *settling,
                               const unsigned char subject[NCT_PERSON_ID], const struct nct_proposal_record *proposal) {
    int is = 0;
    nct_status status = check_is(unit, settling, subject, &is);
    if (status == NCT_OK && is)
        status = NCT_E_SELF_GRANT;
    if (status == NCT_OK)
        status = check_is(unit, settling, proposal->by, &is);
    return status == NCT_OK && is ? NCT_E_SECOND_PERSON : status;
}

/* Whether it is still open, and about the access there is. */
static nct_status check_open(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                             const struct nct_proposal_record *proposal) {
    struct nct_grant_record present;
    if (proposal->role == NCT_ROLE_NONE)
        return NCT_E_NOT_FOUND;
    if (!nct_proposal_waits(&unit->portal->policy, proposal, unit->now))
        return NCT_E_LAPSED;
    nct_status status = nct_grant_get(unit, provider, person, &present);
    return status == NCT_OK && present.changes != proposal->basis ? NCT_E_LAPSED : status;
}

/* Makes the grant in the name of who proposed it, who must still be allowed to. */
static nct_status grant_proposed(struct nct_unit *unit, struct settling *settling,
                                 const struct nct_proposal_record *proposal) {
    struct nct_granting *granting = &settling->granting;
    nct_status status = nct_ncid_of(unit, proposal->by, granting->by);
    granting->seconded = 1;
    granting->wish.role = proposal->role;
    granting->wish.rights = proposal->rights;
    granting->grant = (struct nct_grant_record){.role = proposal->role,
                                                .rights = proposal->rights,
                                                .valid_from = proposal->valid_from,
                                                .valid_until = proposal->valid_until};
    return status == NCT_OK ? nct_about_argument(nct_grant_if_allowed(unit, granting), NULL) : status;
}

/* Whoever confirms used their access for it. */
static nct_status note_use(struct nct_unit *unit, const struct settling *settling) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    if (settling->by_operator)
        return NCT_OK;
    nct_status status = nct_person_find(unit, settling->actor, person, &record);
    return status == NCT_OK ? nct_grant_use(unit, settling->granting.provider, person) : status;
}

static nct_status confirm(struct nct_unit *unit, struct settling *settling) {
    const struct nct_access_wish *wish = &settling->granting.wish;
    const struct nct_proposal_record settled = {0};
    unsigned char person[NCT_PERSON_ID];
    struct nct_proposal_record proposal;
    nct_status status = check_administers(unit, settling);
    if (status == NCT_OK)
        status = get_proposal(unit, wish, person, &proposal);
    if (status == NCT_OK && proposal.role != NCT_ROLE_NONE)
        status = check_second(unit, settling, person, &proposal);
    if (status == NCT_OK)
        status = check_open(unit, wish->provider, person, &proposal);
    if (status == NCT_OK)
        status = grant_proposed(unit, settling, &proposal);
    if (status == NCT_OK)
        status = note_use(unit, settling);
    if (status == NCT_OK)
        status = put_proposal(unit, wish, person, settling->actor, NCT_EVENT_ACCESS_CONFIRMED, &settled);
    return status;
}

/* The entry of a refusal names who acted. */
static nct_status refuse(struct nct_unit *unit, struct settling *settling, nct_status why) {
    struct nct_access_wish wish = settling->granting.wish;
    wish.by = settling->actor;
    return nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &wish, why);
}

static nct_status confirm_or_refuse(struct nct_unit *unit, void *argument) {
    struct settling *settling = argument;
    nct_status status = confirm(unit, settling);
    return status == NCT_OK ? status : refuse(unit, settling, status);
}

static nct_status reject_or_refuse(struct nct_unit *unit, void *argument) {
    struct settling *settling = argument;
    const struct nct_access_wish *wish = &settling->granting.wish;
    const struct nct_proposal_record settled = {0};
    unsigned char person[NCT_PERSON_ID];
    struct nct_proposal_record proposal;
    nct_status status = check_administers(unit, settling);
    if (status == NCT_OK)
        status = get_proposal(unit, wish, person, &proposal);
    if (status == NCT_OK && proposal.role == NCT_ROLE_NONE)
        return NCT_E_NOT_FOUND;
    if (status == NCT_OK)
        status = put_proposal(unit, wish, person, settling->actor, NCT_EVENT_ACCESS_REJECTED, &settled);
    return status == NCT_OK ? status : refuse(unit, settling, status);
}

static nct_status run_confirm(struct nct_portal *portal, struct settling *settling) {
    nct_status status = nct_drafts_init(&settling->granting.drafts, portal, 1);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&settling->granting.drafts, confirm_or_refuse, settling);
    nct_drafts_free(&settling->granting.drafts);
    return status;
}

static nct_status take_settling(struct nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                size_t provider_len, const char *ncid, size_t ncid_len, struct settling *settling) {
    settling->by_operator = 0;
    nct_status status =
        nct_granting_names(portal, by, by_len, provider, provider_len, ncid, ncid_len, &settling->granting);
    nct_copy_text(settling->actor, sizeof settling->actor, settling->granting.by, strlen(settling->granting.by));
    return status;
}

nct_status nct_access_confirm(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                              size_t provider_len, const char *ncid, size_t ncid_len) {
    struct settling settling;
    nct_status status = take_settling(portal, by, by_len, provider, provider_len, ncid, ncid_len, &settling);
    return status == NCT_OK ? run_confirm(portal, &settling) : status;
}

nct_status nct_access_confirm_by_operator(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                          const char *provider, size_t provider_len, const char *ncid,
                                          size_t ncid_len) {
    struct settling settling;
    char actor[NCT_ACTOR_ROOM];
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, settling.granting.ncid);
    if (status == NCT_OK) /* nobody's NCID stands where an operator acts: who proposed it comes with the proposal */
        status = take_settling(portal, ncid, ncid_len, provider, provider_len, ncid, ncid_len, &settling);
    if (status != NCT_OK)
        return status;
    settling.by_operator = 1;
    memcpy(settling.actor, actor, sizeof actor);
    return run_confirm(portal, &settling);
}

nct_status nct_access_reject(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                             size_t provider_len, const char *ncid, size_t ncid_len) {
    struct settling settling;
    nct_status status = take_settling(portal, by, by_len, provider, provider_len, ncid, ncid_len, &settling);
    return status == NCT_OK ? nct_operate(portal, reject_or_refuse, &settling) : status;
}
