/* Answering an invitation: accepting it with the password of an NCID, or declining it. */
#include "engine/handle/arguments.h"
#include "portal/access/granting.h"
#include "portal/access/invitation.h"
#include "portal/credentials/authenticate.h"
#include "portal/form/form.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"

#include <nctracks/invitation.h>

#include <sodium.h>
#include <string.h>

/* What the last unit of work needs. */
struct accepting {
    struct nct_drafts drafts;
    struct nct_proof *proof;
    int has_code;
    unsigned char code[NCT_HASH];
    struct nct_entrant entered; /* as the form says */
    struct nct_entrant entrant; /* at work; then for the notes of the answer */
    struct nct_invitation_at invitation;
    const char *problem; /* the field that only the store could find missing */
};

/* Whoever invited is told how it was answered, and by whom; of who only has the code the address is known. */
static nct_status tell(struct nct_unit *unit, const struct nct_invitation_at *invitation, enum nct_template text,
                       const struct nct_person_record *who) {
    struct nct_mail_record about = {.template_id = (int32_t)text};
    struct nct_audience audience;
    struct nct_person_record by;
    nct_audience_init(&audience, &unit->portal->seams.memory);
    memcpy(about.provider, invitation->provider, sizeof invitation->provider);
    if (who != NULL)
        nct_person_name(who, about.name);
    else
        memcpy(about.name, invitation->record.email, sizeof invitation->record.email);
    if (who != NULL)
        memcpy(about.ncid, who->ncid, sizeof who->ncid);
    nct_status status = nct_person_get(unit, invitation->record.by, &by);
    if (status == NCT_OK)
        status = nct_audience_add_person(unit, &by, NCT_ADDRESSES_ALL, &audience);
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &about);
    nct_audience_free(&audience);
    return status;
}

/* An attempt that is refused leaves an entry in the person's stream and, once an invitation was found, in the
 * provider's. */
static nct_status refuse(struct nct_unit *unit, const struct accepting *accepting, nct_status why, nct_status told,
                         const char *detail) {
    const struct nct_proof *proof = accepting->proof;
    const char *ncid = proof->subject.known ? proof->ncid : NULL;
    struct nct_stream person = nct_stream_of_person(proof->subject.person);
    struct nct_stream provider = nct_stream_of_provider(accepting->invitation.provider);
    struct nct_note note = {.event = NCT_EVENT_INVITATION_REFUSED,
                            .outcome = why,
                            .actor = ncid,
                            .subject = ncid,
                            .provider = accepting->invitation.provider,
                            .detail = detail};
    nct_status status = nct_ledger_append(unit, &person, &note);
    if (status == NCT_OK && accepting->invitation.record.role != NCT_ROLE_NONE)
        status = nct_ledger_append(unit, &provider, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, told) : status;
}

/* What is the person's to know is told; of the rest, that the invitation no longer holds. */
static nct_status answer_of(nct_status why) {
    static const nct_status told[] = {NCT_E_PROBLEMS, NCT_E_SELF_GRANT, NCT_E_ALREADY_GRANTED, NCT_E_NCID_TAKEN,
                                      NCT_E_TOO_OFTEN};
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        if (why == told[i])
            return why;
    return NCT_E_INVITATION;
}

/* Somebody nobody knew has to be described. A form with part of a name was refused. */
static nct_status check_described(struct accepting *accepting) {
    const struct nct_person_record *entered = &accepting->entered.entered;
    if (accepting->proof->subject.known)
        return NCT_OK;
    if (entered->name.last[0] == '\0')
        accepting->problem = "invited.last_name";
    else if (entered->phone[0] == '\0')
        accepting->problem = "invited.phone";
    return accepting->problem != NULL ? NCT_E_PROBLEMS : NCT_OK;
}

/* It is for access as it was when it was sent; of who was invited by e-mail, only the time tells. */
static int is_changed(const struct nct_invitation_record *record, const struct nct_grant_record *present) {
    if (nct_invitation_is_by_email(record))
        return present->changes != 0 && present->granted_at >= record->sent_at;
    return present->changes != record->basis;
}

/* Whether it still holds, in the name of who sent it. */
static nct_status judge(struct nct_unit *unit, struct accepting *accepting, const char *by) {
    const struct nct_policy *policy = &unit->portal->policy;
    const struct nct_invitation_record *record = &accepting->invitation.record;
    const struct nct_access_wish wish = {by, accepting->invitation.provider, accepting->proof->ncid, record->role,
                                         record->rights};
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record present;
    if (!nct_invitation_waits(policy, record, unit->now) || nct_grant_is_over(&accepting->entrant.grant, unit->now))
        return NCT_E_LAPSED;
    nct_status status = nct_access_may_change(unit, &wish, person, &present);
    if (status != NCT_OK)
        return status;
    if (present.role != NCT_ROLE_NONE)
        return NCT_E_ALREADY_GRANTED;
    if (is_changed(record, &present))
        return NCT_E_LAPSED;
    return nct_policy_by_two(policy, record->role) ? NCT_E_SECOND_PERSON : check_described(accepting);
}

/* Whom the invitation makes of the one who accepts it. */
static void prepare_entrant(struct accepting *accepting) {
    const struct nct_invitation_record *record = &accepting->invitation.record;
    struct nct_person_record *entered = &accepting->entrant.entered;
    accepting->entrant = accepting->entered;
    accepting->entrant.by_themselves = 1;
    accepting->entrant.grant = (struct nct_grant_record){.role = record->role,
                                                         .rights = record->rights,
                                                         .valid_from = record->valid_from,
                                                         .valid_until = record->valid_until};
    if (accepting->proof->subject.known)
        return;
    memcpy(entered->email, record->email, sizeof entered->email);
    if (entered->language[0] == '\0')
        memcpy(entered->language, record->language, sizeof entered->language);
}

static nct_status admit(struct nct_unit *unit, struct accepting *accepting, const char *by) {
    struct nct_invitation_at *invitation = &accepting->invitation;
    const struct nct_issue issue = {
        .occasion = NCT_ON_USER_ADDED, .event = NCT_EVENT_PIN_ISSUED, .actor = by, .provider = invitation->provider};
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status =
        nct_entrant_admit(unit, &accepting->drafts, invitation->provider, &accepting->entrant, &issue, person);
    if (status == NCT_OK)
        status = nct_invitation_remove(unit, invitation);
    memcpy(invitation->record.person, person, NCT_PERSON_ID); /* from here on it is about them */
    if (status == NCT_OK)
        status = nct_invitation_note(unit, invitation, NCT_EVENT_INVITATION_ACCEPTED, accepting->proof->ncid, "");
    if (status == NCT_OK)
        status = nct_person_find(unit, accepting->proof->ncid, person, &record);
    return status == NCT_OK ? tell(unit, invitation, NCT_MAIL_INVITATION_ACCEPTED, &record) : status;
}

static nct_status accept(struct nct_unit *unit, struct accepting *accepting) {
    const struct nct_invitation_sought sought = {.person = accepting->proof->subject.person,
                                                 .code = accepting->has_code ? accepting->code : NULL};
    char by[NCT_NCID_ROOM];
    accepting->invitation.record.role = NCT_ROLE_NONE;
    accepting->problem = NULL;
    nct_status status = nct_invitation_find(unit, &sought, &accepting->invitation, NULL);
    if (status == NCT_E_NOT_FOUND)
        return refuse(unit, accepting, NCT_E_INVITATION, NCT_E_INVITATION, "no such invitation");
    if (status == NCT_OK)
        status = nct_ncid_of(unit, accepting->invitation.record.by, by);
    if (status != NCT_OK)
        return status;
    prepare_entrant(accepting);
    status = judge(unit, accepting, by);
    if (status == NCT_OK)
        status = admit(unit, accepting, by);
    if (nct_status_category(status) != NCT_CATEGORY_RULE)
        return status;
    return refuse(unit, accepting, status, answer_of(status), accepting->problem);
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    struct accepting *accepting = argument;
    struct nct_person_record record;
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, accepting->proof, &record, &reason);
    if (status != NCT_OK)
        return status;
    accepting->invitation.record.role = NCT_ROLE_NONE;
    return reason != NULL ? refuse(unit, accepting, NCT_E_DENIED, NCT_E_DENIED, reason) : accept(unit, accepting);
}

static void read_form(const struct nct_form *form, struct accepting *accepting, struct nct_proof *proof) {
    struct nct_person_record *entered = &accepting->entered.entered;
    size_t len = 0;
    nct_form_text(form, "provider.npi", accepting->invitation.provider, sizeof accepting->invitation.provider);
    const void *code = nct_form_raw(form, "invitation.code", &len);
    accepting->has_code = code != NULL;
    if (code != NULL)
        nct_invitation_hash(nct_form_portal(form), accepting->invitation.provider, code, len, accepting->code);
    nct_form_person(form, "invited.", entered);
    proof->ncid = entered->ncid;
    proof->provider = accepting->invitation.provider;
    proof->password_bytes.bytes = nct_form_raw(form, "invited.password", &proof->password_bytes.len);
}

static nct_status submit(const struct nct_form *form, nct_problems **problems) {
    struct nct_proof proof = {.portal = nct_form_portal(form), .newcomer = 1};
    struct accepting accepting = {.proof = &proof};
    read_form(form, &accepting, &proof);
    nct_status status = nct_drafts_init(&accepting.drafts, proof.portal, 1);
    if (status == NCT_OK)
        status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&accepting.drafts, finish, &accepting);
    status = nct_proof_end(&proof, status);
    nct_drafts_free(&accepting.drafts);
    if (status == NCT_E_PROBLEMS)
        status = nct_form_refuse(form, accepting.problem, NCT_E_REQUIRED, problems);
    if (status == NCT_OK)
        nct_entrant_notes(form, "invited.", &accepting.entrant, problems);
    sodium_memzero(&accepting, sizeof accepting);
    return status;
}

nct_status nct_invitation_accept(nct_form *form, nct_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_ACCEPTANCE))
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_validate(form, problems);
    if (status == NCT_OK)
        status = submit(form, problems);
    nct_form_forget(form, "invited.password");
    return status;
}

/* An invitation being declined. */
struct declining {
    char ncid[NCT_NCID_ROOM]; /* empty: by code */
    unsigned char code[NCT_HASH];
    struct nct_invitation_at invitation;
};

static nct_status decline(struct nct_unit *unit, void *argument) {
    struct declining *declining = argument;
    struct nct_invitation_at *invitation = &declining->invitation;
    struct nct_person_record record;
    unsigned char person[NCT_PERSON_ID];
    int by_ncid = declining->ncid[0] != '\0';
    const struct nct_invitation_sought sought = {.person = person, .code = by_ncid ? NULL : declining->code};
    nct_status status = by_ncid ? nct_person_find(unit, declining->ncid, person, &record) : NCT_OK;
    if (status == NCT_OK)
        status = nct_invitation_find(unit, &sought, invitation, NULL);
    if (status == NCT_OK)
        status = nct_invitation_remove(unit, invitation);
    if (status == NCT_OK)
        status =
            nct_invitation_note(unit, invitation, NCT_EVENT_INVITATION_DECLINED, by_ncid ? declining->ncid : NULL, "");
    return status == NCT_OK ? tell(unit, invitation, NCT_MAIL_INVITATION_DECLINED, by_ncid ? &record : NULL) : status;
}

nct_status nct_invitation_decline(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                  size_t provider_len) {
    struct declining declining = {.ncid = ""};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, declining.ncid);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, declining.invitation.provider);
    return status == NCT_OK ? nct_operate(portal, decline, &declining) : status;
}

nct_status nct_invitation_decline_by_code(nct_portal *portal, const char *provider, size_t provider_len,
                                          const char *code, size_t code_len) {
    struct declining declining = {.ncid = ""};
    if (NCT_MISSING(portal) || NCT_MISSING(code))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, declining.invitation.provider);
    if (status != NCT_OK)
        return status;
    nct_invitation_hash(portal, declining.invitation.provider, code, code_len, declining.code);
    return nct_operate(portal, decline, &declining);
}
