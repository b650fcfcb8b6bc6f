/* An OA change carried out: all of it in one commit. */
#include "base/bytes.h"
#include "engine/records/request_types.h"
#include "portal/access/role_conditions.h"
#include "portal/eft/change.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/office/oa_change.h"
#include "portal/registry/work_index.h"

#include <nctracks/provider.h>
#include <nctracks/work.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

nct_status nct_handover_read(struct nct_unit *unit, struct nct_handover *handover) {
    const char *provider = handover->provider;
    size_t len = strlen(provider);
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, len, &handover->record);
    if (status != NCT_OK)
        return status;
    status = nct_unit_get(unit, &nct_type_provider_private, provider, len, &handover->private);
    if (status == NCT_OK && handover->private.oa_pending != 0) {
        status = nct_unit_get(unit, &nct_type_oa_request, provider, len, &handover->request);
        if (status == NCT_OK && (handover->request.number != handover->private.oa_pending ||
                                 handover->request.state != NCT_REQUEST_PENDING))
            status = NCT_E_INTEGRITY;
    }
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

/* The new OA as entered, with the NCID they use now. */
static nct_status entrant_of(struct nct_unit *unit, const struct nct_oa_candidate *candidate,
                             struct nct_entrant *entrant) {
    *entrant = (struct nct_entrant){.grant.role = NCT_ROLE_OFFICE_ADMINISTRATOR};
    entrant->entered.name = candidate->name;
    memcpy(entrant->entered.email, candidate->email, sizeof candidate->email);
    memcpy(entrant->entered.phone, candidate->phone, sizeof candidate->phone);
    memcpy(entrant->entered.language, candidate->language, sizeof candidate->language);
    return nct_ncid_of(unit, candidate->person, entrant->entered.ncid);
}

/* The new OA: as on file, of somebody nobody knew as entered. */
static nct_status find_candidate(struct nct_unit *unit, const struct nct_handover *handover,
                                 struct nct_person_record *candidate) {
    struct nct_entrant entrant;
    nct_status status = nct_person_get(unit, handover->request.candidate.person, candidate);
    if (status != NCT_OK || !nct_person_is_name_only(candidate))
        return status;
    status = entrant_of(unit, &handover->request.candidate, &entrant);
    *candidate = entrant.entered;
    return status;
}

static int is_of_backup(const struct nct_handover *handover) {
    return handover->request.role == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR;
}

nct_status nct_handover_tell(struct nct_unit *unit, const struct nct_handover *handover, int32_t template_id) {
    uint32_t parties = unit->portal->policy.profile.oa_change_notices;
    struct nct_audience audience;
    struct nct_person_record candidate;
    struct nct_mail_record about = {.template_id = template_id};
    if (is_of_backup(handover))
        about.template_id += NCT_MAIL_BACKUP_SUBMITTED - NCT_MAIL_OA_CHANGE_SUBMITTED;
    nct_audience_init(&audience, &unit->portal->seams.memory);
    nct_status status = nct_audience_gather(unit, handover->provider, parties, &audience);
    if (status == NCT_OK)
        status = find_candidate(unit, handover, &candidate);
    nct_person_name(&candidate, about.name);
    if (status == NCT_OK && (parties & NCT_PARTY_NEW_OFFICE_ADMINISTRATOR) != 0)
        status = nct_audience_add_person(unit, &candidate, NCT_ADDRESSES_ALL, &audience);
    if (status == NCT_OK) {
        memcpy(about.ncid, candidate.ncid, sizeof about.ncid);
        memcpy(about.provider, handover->provider, strlen(handover->provider));
        status = nct_notice_stage(unit, &audience, &about);
    }
    nct_audience_free(&audience);
    return status;
}

nct_status nct_handover_settle(struct nct_unit *unit, struct nct_handover *handover, int32_t state, nct_status outcome,
                               const char *detail) {
    const char *provider = handover->provider;
    char ncid[NCT_NCID_ROOM];
    nct_status status = nct_ncid_of(unit, handover->request.candidate.person, ncid);
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_note note = {.event = NCT_EVENT_OA_CHANGE_ENDED,
                            .outcome = outcome,
                            .actor = handover->actor,
                            .subject = ncid,
                            .provider = provider,
                            .detail = detail};
    struct nct_due_item work = nct_work_of_provider(NCT_WORK_OA_CHANGE, provider);
    work.time = handover->request.requested_at;
    handover->request.state = state;
    handover->request.settled_at = unit->now;
    handover->private.oa_pending = 0;
    if (status == NCT_OK)
        status = nct_work_move(unit, &work, 0);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_oa_request, provider, strlen(provider), &handover->request);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_provider_private, provider, strlen(provider), &handover->private);
    if (status == NCT_OK && (state != NCT_REQUEST_EFFECTIVE || is_of_backup(handover))) /* that of the OA has its own */
        status = nct_ledger_append(unit, &stream, &note);
    return status;
}

/* Whatever they had open to sign has to be reviewed again. Periods of signing end with the change of access. */
static nct_status end_reviews(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID]) {
    struct nct_person_record record;
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    record.handovers++;
    if (status == NCT_E_NOT_FOUND)
        return NCT_E_INTEGRITY;
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record) : status;
}

/* The old OA loses all access there; what they granted waits to be looked at. */
static nct_status let_go(struct nct_unit *unit, const struct nct_handover *handover) {
    const struct nct_grant_record none = {.role = NCT_ROLE_NONE};
    const unsigned char *old = handover->record.oa;
    unsigned char key[NCT_PAIR_KEY_MAX];
    size_t key_len = nct_pair_key(handover->provider, old, key);
    struct nct_former_oa_record former;
    nct_status status = nct_access_change(unit, handover->provider, old, &none, handover->actor);
    if (status == NCT_OK)
        status = end_reviews(unit, old);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_former_oa, key, key_len, &former);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    former.ended_at = unit->now;
    return nct_unit_put(unit, &nct_type_former_oa, key, key_len, &former);
}

static nct_status take_in(struct nct_unit *unit, struct nct_handover *handover) {
    struct nct_entrant entrant;
    struct nct_issue issue = {.occasion = NCT_ON_ENROLLMENT,
                              .event = NCT_EVENT_PIN_ISSUED,
                              .actor = handover->actor,
                              .provider = handover->provider};
    nct_status status = entrant_of(unit, &handover->request.candidate, &entrant);
    entrant.relationship = handover->request.relationship;
    entrant.by_themselves = 1;
    if (status == NCT_OK)
        status = nct_entrant_admit(unit, handover->drafts, handover->provider, &entrant, &issue, handover->record.oa);
    return status == NCT_OK ? end_reviews(unit, handover->record.oa) : status;
}

/* The record with the new OA, and with all that taking them in changed in it. */
static nct_status put_record(struct nct_unit *unit, struct nct_handover *handover, const char *before) {
    const char *provider = handover->provider;
    struct nct_stream stream = nct_stream_of_provider(provider);
    unsigned char oa[NCT_PERSON_ID];
    char detail[NCT_DETAIL_ROOM];
    char ncid[NCT_NCID_ROOM];
    memcpy(oa, handover->record.oa, NCT_PERSON_ID);
    snprintf(detail, sizeof detail, "before: %s%s%s", before, handover->reason != NULL ? "; " : "",
             handover->reason != NULL ? handover->reason : "");
    nct_status status = nct_ncid_of(unit, oa, ncid);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &handover->record);
    memcpy(handover->record.oa, oa, NCT_PERSON_ID);
    handover->record.oa_since = unit->now;
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_provider, provider, strlen(provider), &handover->record);
    struct nct_note note = {.event = NCT_EVENT_OA_CHANGED,
                            .actor = handover->actor,
                            .subject = ncid,
                            .provider = provider,
                            .detail = detail};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

nct_status nct_handover_check_backup(struct nct_unit *unit, const char *provider,
                                     const unsigned char person[NCT_PERSON_ID]) {
    const struct nct_access_wish wish = {.provider = provider, .role = NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR};
    struct nct_grant_record present;
    nct_status status = nct_grant_get(unit, provider, person, &present);
    return status == NCT_OK ? nct_role_conditions(unit, &wish, person, &present) : status;
}

/* The OA stays; so does what waits of theirs. That there is no adverse finding is what the agency says by approving. */
static nct_status back_up(struct nct_unit *unit, struct nct_handover *handover) {
    const unsigned char *person = handover->request.candidate.person;
    char detail[NCT_DETAIL_ROOM];
    struct nct_grant_record grant;
    snprintf(detail, sizeof detail, "backup, no adverse finding: %s", handover->reason != NULL ? handover->reason : "");
    nct_status status = nct_grant_get(unit, handover->provider, person, &grant);
    grant = (struct nct_grant_record){.role = NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR, .rights = grant.rights};
    if (status == NCT_OK)
        status = nct_handover_tell(unit, handover, NCT_MAIL_OA_CHANGE_MADE);
    memset(handover->private.code, 0, NCT_HASH); /* spent, as for another OA */
    if (status == NCT_OK)
        status = nct_handover_settle(unit, handover, NCT_REQUEST_EFFECTIVE, NCT_OK, detail);
    if (status == NCT_OK)
        status = nct_access_change(unit, handover->provider, person, &grant, handover->actor);
    return status == NCT_OK ? end_reviews(unit, person) : status;
}

nct_status nct_handover_carry_out(struct nct_unit *unit, struct nct_handover *handover) {
    char before[NCT_NCID_ROOM];
    if (is_of_backup(handover))
        return back_up(unit, handover);
    nct_status status = nct_ncid_of(unit, handover->record.oa, before);
    if (status == NCT_OK)
        status = nct_handover_tell(unit, handover, NCT_MAIL_OA_CHANGE_MADE);
    if (status == NCT_OK) /* before the record changes: it is told to those of before */
        status = nct_eft_void(unit, handover->provider, &handover->private, handover->actor);
    if (status == NCT_OK)
        status = let_go(unit, handover);
    memset(handover->private.code, 0, NCT_HASH); /* no code has this hash: the next change needs a new one */
    if (status == NCT_OK)
        status = nct_handover_settle(unit, handover, NCT_REQUEST_EFFECTIVE, NCT_OK, NULL);
    if (status == NCT_OK)
        status = take_in(unit, handover);
    return status == NCT_OK ? put_record(unit, handover, before) : status;
}
