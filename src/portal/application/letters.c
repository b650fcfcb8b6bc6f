#include "portal/application/letters.h"

#include "base/bytes.h"
#include "policy/policy.h"
#include "policy/submissions.h"
#include "portal/access/granting.h"
#include "portal/mail/notice.h"
#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

/* C4: every move is told. What is asked of the provider, and how it ends, has a letter of its own. */
static const enum nct_template letters[NCT_MOVE_COUNT] = {
    [NCT_MOVE_SUBMIT] = NCT_MAIL_APPLICATION_RECEIVED,
    [NCT_MOVE_RESUBMIT] = NCT_MAIL_APPLICATION_RECEIVED,
    [NCT_MOVE_REVIEW] = NCT_MAIL_APPLICATION_IN_REVIEW,
    [NCT_MOVE_ENDORSE] = NCT_MAIL_APPLICATION_IN_REVIEW,
    [NCT_MOVE_PAY] = NCT_MAIL_APPLICATION_IN_REVIEW,
    [NCT_MOVE_PEND] = NCT_MAIL_APPLICATION_IN_REVIEW,
    [NCT_MOVE_RETURN] = NCT_MAIL_APPLICATION_RETURNED,
    [NCT_MOVE_REQUEST_INFORMATION] = NCT_MAIL_APPLICATION_INFORMATION,
    [NCT_MOVE_REQUEST_PAYMENT] = NCT_MAIL_APPLICATION_PAYMENT,
    [NCT_MOVE_REQUEST_ENDORSEMENT] = NCT_MAIL_APPLICATION_ENDORSEMENT,
    [NCT_MOVE_APPROVE] = NCT_MAIL_APPLICATION_APPROVED,
    [NCT_MOVE_MODIFY] = NCT_MAIL_APPLICATION_MODIFIED,
    [NCT_MOVE_REDUCE] = NCT_MAIL_APPLICATION_MODIFIED,
    [NCT_MOVE_DENY] = NCT_MAIL_APPLICATION_DENIED,
    [NCT_MOVE_WITHDRAW] = NCT_MAIL_APPLICATION_WITHDRAWN,
    [NCT_MOVE_ABANDON] = NCT_MAIL_APPLICATION_ABANDONED,
    [NCT_MOVE_TERMINATE] = NCT_MAIL_APPLICATION_ENDED,
    [NCT_MOVE_VOID] = NCT_MAIL_APPLICATION_ENDED,
    [NCT_MOVE_DISCARD] = NCT_MAIL_DRAFT_DISCARDED,
};

/* Not the agency's reason: it may tell of a patient, and stays in the portal. */
static void describe(const struct nct_unit *unit, const struct nct_application_at *application,
                     enum nct_template template, struct nct_mail_record *about) {
    const struct nct_application_record *record = &application->record;
    const char *submission = nct_submission_name(record->kind);
    *about = (struct nct_mail_record){.template_id = (int32_t) template};
    memcpy(about->provider, application->provider, sizeof application->provider);
    memcpy(about->document, record->document_id, sizeof record->document_id);
    nct_copy_text(about->submission, sizeof about->submission, submission, strlen(submission));
    nct_hex(about->application, application->id, NCT_APPLICATION_ID);
    if (record->due_at != 0)
        nct_date_write(nct_policy_day(&unit->portal->policy, record->due_at) * NCT_DAY, about->date);
}

/* Signer or preparer. What becomes of the provider's affairs is not told to somebody who has left it. */
static nct_status add_party(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                            struct nct_audience *audience) {
    unsigned char present[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_grant_record grant;
    if (sodium_is_zero(person, NCT_PERSON_ID))
        return NCT_OK;
    memcpy(present, person, NCT_PERSON_ID);
    nct_status status = nct_person_present(unit, present);
    if (status == NCT_OK)
        status = nct_grant_get(unit, provider, present, &grant);
    if (status != NCT_OK || grant.role == NCT_ROLE_NONE || nct_grant_is_over(&grant, unit->now))
        return status;
    status = nct_person_get(unit, present, &record);
    return status == NCT_OK ? nct_audience_add_person(unit, &record, NCT_ADDRESSES_ALL, audience) : status;
}

static nct_status gather(struct nct_unit *unit, const struct nct_application_at *application,
                         struct nct_audience *audience) {
    const struct nct_profile *profile = &unit->portal->policy.profile;
    const struct nct_application_record *record = &application->record;
    uint32_t parties = nct_submission_is(record->kind, NCT_TRAIT_ENROLLMENT_TYPE) ? profile->application_notices
                                                                                  : profile->request_notices;
    nct_status status = nct_audience_gather(unit, application->provider, parties, audience);
    if (status == NCT_OK && (parties & NCT_PARTY_SIGNER) != 0)
        status = add_party(unit, application->provider, record->signed_by, audience);
    if (status == NCT_OK && (parties & NCT_PARTY_PREPARER) != 0)
        status = add_party(unit, application->provider, record->drafted_by, audience);
    return status;
}

static nct_status tell(struct nct_unit *unit, const struct nct_application_at *application,
                       enum nct_template template) {
    struct nct_mail_record about;
    struct nct_audience audience;
    describe(unit, application, template, &about);
    nct_audience_init(&audience, &unit->portal->seams.memory);
    nct_status status = gather(unit, application, &audience);
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &about);
    nct_audience_free(&audience);
    return status;
}

/* Whoever began a draft need not have access any longer, and is told for all that. */
static nct_status tell_drafter(struct nct_unit *unit, const struct nct_application_at *application) {
    const struct nct_application_record *record = &application->record;
    struct nct_mail_record about;
    struct nct_person_record person;
    nct_status status = nct_person_get(unit, record->drafted_by, &person);
    if (status != NCT_OK || strcmp(record->moved_by, person.ncid) == 0)
        return status;
    describe(unit, application, NCT_MAIL_DRAFT_DISCARDED, &about);
    return nct_notice_person(unit, &person, NCT_ADDRESSES_ALL, &about);
}

nct_status nct_application_tell(struct nct_unit *unit, const struct nct_application_at *application) {
    int32_t move = application->record.last_move;
    return move == NCT_MOVE_DISCARD ? tell_drafter(unit, application) : tell(unit, application, letters[move]);
}

nct_status nct_application_remind(struct nct_unit *unit, const struct nct_application_at *application) {
    return tell(unit, application, NCT_MAIL_APPLICATION_REMINDER);
}
