/* Inviting somebody, sending it again, taking it back. */
#include "base/bytes.h"
#include "base/date.h"
#include "engine/handle/arguments.h"
#include "portal/access/granting.h"
#include "portal/access/invitation.h"
#include "portal/form/form.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/allowance.h"

#include <nctracks/invitation.h>

#include <sodium.h>
#include <string.h>

#define CODE_BYTES (NCT_INVITATION_CODE_LENGTH / 2)

_Static_assert(NCT_INVITATION_ID_LENGTH == 2 * NCT_INVITATION_ID, "length of an id");
_Static_assert(NCT_INVITATION_CODE_LENGTH < NCT_TOKEN_ROOM, "room for a code in a mail");

/* An invitation being sent. */
struct inviting {
    struct nct_granting granting;
    struct nct_invitation_at offered;    /* as asked for, or which one */
    struct nct_invitation_at invitation; /* at work */
    struct nct_person_record invited;    /* of somebody known */
};

/* Whether the one who acts may give it now, as a grant would be given, to somebody who has no access there. */
static nct_status check_may_give(struct nct_unit *unit, struct inviting *inviting) {
    struct nct_granting *granting = &inviting->granting;
    struct nct_invitation_record *record = &inviting->invitation.record;
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record present;
    nct_status status = nct_access_may_change(unit, &granting->wish, person, &present);
    if (status == NCT_OK && nct_grant_is_over(&granting->grant, unit->now))
        status = nct_about(NCT_E_DATE, NCT_ABOUT_TIME, unit->now);
    if (status == NCT_OK && granting->ncid[0] != '\0')
        status = nct_person_find(unit, granting->ncid, record->person, &inviting->invited);
    if (status == NCT_OK && present.role != NCT_ROLE_NONE)
        status = nct_about(NCT_E_ALREADY_GRANTED, NCT_ABOUT_ROLE, present.role);
    if (status == NCT_OK && nct_policy_by_two(&unit->portal->policy, granting->wish.role))
        status = nct_about(NCT_E_SECOND_PERSON, NCT_ABOUT_ROLE, granting->wish.role);
    record->basis = present.changes;
    return status;
}

/* Counts what is sent for a provider: the last thing that may refuse. */
static nct_status count_sent(struct nct_unit *unit, const struct inviting *inviting) {
    const char *provider = inviting->invitation.provider;
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK)
        status = nct_allowance_use(&unit->portal->policy, NCT_OPTION_REQUESTS_INVITATION, &record.invited, unit->now);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_provider, provider, strlen(provider), &record) : status;
}

static void write_lapse(const struct nct_unit *unit, const struct nct_invitation_record *record,
                        char date[NCT_DATE_ROOM]) {
    const struct nct_policy *policy = &unit->portal->policy;
    nct_date_write(nct_policy_day(policy, nct_invitation_lapses_at(policy, record)) * NCT_DAY, date);
}

/* A new code takes the place of the one before, whose mail is taken back. */
static nct_status mail_code(struct nct_unit *unit, struct nct_invitation_at *invitation) {
    struct nct_invitation_record *record = &invitation->record;
    struct nct_mail_record mail = {.template_id = NCT_MAIL_INVITATION_CODE};
    unsigned char bytes[CODE_BYTES];
    nct_status status = nct_outbox_withdraw(unit, record->mail);
    if (status == NCT_OK)
        status = nct_seams_fill(&unit->portal->seams, bytes, sizeof bytes);
    nct_hex(mail.token, bytes, sizeof bytes);
    nct_invitation_hash(unit->portal, invitation->provider, mail.token, NCT_INVITATION_CODE_LENGTH, record->code);
    memcpy(mail.recipient_address, record->email, sizeof record->email);
    memcpy(mail.language, record->language, sizeof record->language);
    memcpy(mail.provider, invitation->provider, sizeof invitation->provider);
    write_lapse(unit, record, mail.date);
    if (status == NCT_OK)
        status = nct_outbox_stage(unit, &mail, record->mail);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(&mail, sizeof mail);
    return status;
}

static nct_status tell(struct nct_unit *unit, struct inviting *inviting) {
    struct nct_invitation_at *invitation = &inviting->invitation;
    struct nct_mail_record about = {.template_id = NCT_MAIL_INVITATION_OFFERED};
    if (nct_invitation_is_by_email(&invitation->record))
        return mail_code(unit, invitation);
    memcpy(about.provider, invitation->provider, sizeof invitation->provider);
    write_lapse(unit, &invitation->record, about.date);
    return nct_notice_person(unit, &inviting->invited, NCT_ADDRESSES_ALL, &about);
}

/* Stages all but the row. */
static nct_status send(struct nct_unit *unit, struct inviting *inviting) {
    struct nct_invitation_record *record = &inviting->invitation.record;
    struct nct_person_record by;
    nct_status status = nct_person_find(unit, inviting->granting.by, record->by, &by);
    record->sent_at = unit->now;
    record->sent++;
    if (status == NCT_OK)
        status = tell(unit, inviting);
    if (status == NCT_OK)
        status = nct_grant_use(unit, inviting->invitation.provider, record->by);
    return status == NCT_OK ? nct_invitation_note(unit, &inviting->invitation, NCT_EVENT_INVITATION_SENT,
                                                  inviting->granting.by, record->sent > 1 ? ", again" : "")
                            : status;
}

static nct_status about_option(nct_status status, int32_t option, int64_t bound) {
    return nct_about_word(status, NCT_ABOUT_RULE, nct_option_name(option), bound);
}

/* Of the same person or address there is one at most: *lapsed, in `before`, makes room. */
static nct_status find_room(struct nct_unit *unit, const struct inviting *inviting, struct nct_invitation_at *before,
                            int *lapsed) {
    const struct nct_policy *policy = &unit->portal->policy;
    const struct nct_invitation_record *record = &inviting->invitation.record;
    int by_email = nct_invitation_is_by_email(record);
    const struct nct_invitation_sought sought = {by_email ? NULL : record->person, record->email, NULL};
    size_t count = 0;
    *before = inviting->invitation;
    nct_status status = nct_invitation_find(unit, &sought, before, &count);
    *lapsed = status == NCT_OK;
    if (status == NCT_OK)
        return nct_invitation_waits(policy, &before->record, unit->now) ? NCT_E_PENDING : NCT_OK;
    if (status != NCT_E_NOT_FOUND)
        return status;
    int64_t most = nct_policy_option(policy, NCT_OPTION_INVITATION_MOST);
    return count < (size_t)most ? NCT_OK : about_option(NCT_E_LIMIT, NCT_OPTION_INVITATION_MOST, most);
}

static nct_status make_id(struct nct_unit *unit, unsigned char id[NCT_INVITATION_ID]) {
    nct_put_be64(id, (uint64_t)unit->now); /* ids sort by time */
    return nct_seams_fill(&unit->portal->seams, id + 8, NCT_INVITATION_ID - 8);
}

static nct_status invite(struct nct_unit *unit, struct inviting *inviting) {
    struct nct_invitation_at before;
    int lapsed = 0;
    inviting->invitation = inviting->offered;
    nct_status status = check_may_give(unit, inviting);
    if (status == NCT_OK)
        status = find_room(unit, inviting, &before, &lapsed);
    if (status == NCT_OK)
        status = count_sent(unit, inviting);
    if (status == NCT_OK && lapsed)
        status = nct_invitation_remove(unit, &before);
    if (status == NCT_OK)
        status = make_id(unit, inviting->invitation.id);
    if (status == NCT_OK)
        status = send(unit, inviting);
    return status == NCT_OK ? nct_invitation_create(unit, &inviting->invitation) : status;
}

static nct_status invite_or_refuse(struct nct_unit *unit, void *argument) {
    struct inviting *inviting = argument;
    nct_status status = invite(unit, inviting);
    return status == NCT_OK ? status
                            : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &inviting->granting.wish, status);
}

/* What the form offers. */
static void read_offer(const struct nct_form *form, struct inviting *inviting) {
    const struct nct_grant_record *grant = &inviting->granting.grant;
    struct nct_invitation_record *record = &inviting->offered.record;
    memcpy(inviting->offered.provider, inviting->granting.provider, sizeof inviting->offered.provider);
    nct_form_text(form, "email", record->email, sizeof record->email);
    nct_form_text(form, "language", record->language, sizeof record->language);
    record->role = grant->role;
    record->rights = grant->rights;
    record->valid_from = grant->valid_from;
    record->valid_until = grant->valid_until;
}

nct_status nct_invitation_send(nct_form *form, const char *by, size_t by_len, const char *provider, size_t provider_len,
                               char *id, size_t capacity, nct_problems **problems) {
    struct inviting inviting = {.offered.provider = ""};
    if (problems != NULL)
        *problems = NULL;
    if (id != NULL && capacity > 0)
        id[0] = '\0';
    if (!nct_form_is(form, NCT_FORM_INVITATION) || NCT_MISSING(id))
        return NCT_E_ARGUMENT;
    if (capacity <= NCT_INVITATION_ID_LENGTH)
        return NCT_E_BUFFER;
    nct_status status =
        nct_granting_form(form, NCT_FORM_INVITATION, by, by_len, provider, provider_len, &inviting.granting, problems);
    if (status != NCT_OK)
        return status;
    read_offer(form, &inviting);
    status = nct_operate(nct_form_portal(form), invite_or_refuse, &inviting);
    if (status == NCT_OK)
        nct_hex(id, inviting.invitation.id, NCT_INVITATION_ID);
    return nct_granting_answer(form, status, problems);
}

/* Whom it invites and what it offers, as a wish of the one who acts. */
static nct_status read_wish(struct nct_unit *unit, struct inviting *inviting) {
    const struct nct_invitation_record *record = &inviting->invitation.record;
    struct nct_granting *granting = &inviting->granting;
    granting->grant = (struct nct_grant_record){.role = record->role,
                                                .rights = record->rights,
                                                .valid_from = record->valid_from,
                                                .valid_until = record->valid_until};
    granting->wish.role = record->role;
    granting->wish.rights = record->rights;
    return nct_ncid_of(unit, record->person, granting->ncid);
}

/* Whether the one who acts administers there: else nothing is said of an invitation. */
static nct_status open_invitation(struct nct_unit *unit, struct inviting *inviting) {
    struct nct_acting own;
    inviting->invitation = inviting->offered;
    nct_status status = nct_access_authority(unit, inviting->granting.by, inviting->granting.provider,
                                             NCT_AUTHORITY_USER_ADMINISTRATION, &own);
    if (status == NCT_OK)
        status = nct_invitation_get(unit, &inviting->invitation);
    return status == NCT_OK ? read_wish(unit, inviting) : status;
}

static nct_status send_again(struct nct_unit *unit, struct inviting *inviting) {
    const struct nct_invitation_record *record = &inviting->invitation.record;
    int64_t most = nct_policy_option(&unit->portal->policy, NCT_OPTION_INVITATION_SENDS);
    nct_status status = open_invitation(unit, inviting);
    if (status == NCT_OK)
        status = check_may_give(unit, inviting);
    if (status == NCT_OK && record->sent >= (uint64_t)most)
        status = about_option(NCT_E_TOO_OFTEN, NCT_OPTION_INVITATION_SENDS, most);
    if (status == NCT_OK)
        status = count_sent(unit, inviting);
    if (status == NCT_OK)
        status = send(unit, inviting);
    return status == NCT_OK ? nct_invitation_put(unit, &inviting->invitation) : status;
}

static nct_status send_again_or_refuse(struct nct_unit *unit, void *argument) {
    struct inviting *inviting = argument;
    nct_status status = send_again(unit, inviting);
    return status == NCT_OK ? status
                            : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &inviting->granting.wish, status);
}

static nct_status take_back_or_refuse(struct nct_unit *unit, void *argument) {
    struct inviting *inviting = argument;
    nct_status status = open_invitation(unit, inviting);
    if (status == NCT_OK)
        status = nct_invitation_remove(unit, &inviting->invitation);
    if (status == NCT_OK)
        return nct_invitation_note(unit, &inviting->invitation, NCT_EVENT_INVITATION_TAKEN_BACK, inviting->granting.by,
                                   "");
    return nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &inviting->granting.wish, status);
}

/* An operation on one that was sent. */
static nct_status operate(struct nct_portal *portal, nct_unit_function *function, const char *by, size_t by_len,
                          const char *provider, size_t provider_len, const char *id, size_t id_len) {
    struct inviting inviting = {.offered.provider = ""};
    /* nobody's NCID stands where an invitation is named by its id: whom it is for comes with it */
    nct_status status = nct_granting_names(portal, by, by_len, provider, provider_len, by, by_len, &inviting.granting);
    if (status == NCT_OK)
        status = nct_take_application_id(id, id_len, inviting.offered.id);
    if (status != NCT_OK)
        return status;
    inviting.granting.ncid[0] = '\0';
    memcpy(inviting.offered.provider, inviting.granting.provider, sizeof inviting.offered.provider);
    return nct_operate(portal, function, &inviting);
}

nct_status nct_invitation_send_again(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                     size_t provider_len, const char *id, size_t id_len) {
    return operate(portal, send_again_or_refuse, by, by_len, provider, provider_len, id, id_len);
}

nct_status nct_invitation_take_back(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                    size_t provider_len, const char *id, size_t id_len) {
    return operate(portal, take_back_or_refuse, by, by_len, provider, provider_len, id, id_len);
}
