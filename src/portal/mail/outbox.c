#include "portal/mail/outbox.h"
#include "base/about.h"

#include "base/bytes.h"
#include "engine/unit/look.h"
#include "portal/mail/mail.h"
#include "portal/mail/message.h"
#include "portal/mail/text.h"
#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

#define LONGEST_PAUSE (24 * INT64_C(3600000)) /* between two tries */

/* The row that says that a mail waits, under whose it is. A type of NULL: nobody's, as a checkpoint is. */
struct waiting {
    const struct nct_record_type *type;
    unsigned char key[NCT_PERSON_ID + NCT_MAIL_ID];
    size_t owner_len;
    size_t len;
};

static struct waiting waiting_of(const struct nct_mail_record *mail, const unsigned char id[NCT_MAIL_ID]) {
    struct waiting waiting = {.type = NULL};
    if (!sodium_is_zero(mail->owner, NCT_PERSON_ID)) {
        waiting.type = &nct_type_mail_of_person;
        waiting.owner_len = NCT_PERSON_ID;
        memcpy(waiting.key, mail->owner, NCT_PERSON_ID);
    } else if (mail->provider[0] != '\0') {
        waiting.type = &nct_type_mail_of_provider;
        waiting.owner_len = strlen(mail->provider) + 1;
        memcpy(waiting.key, mail->provider, waiting.owner_len);
    }
    memcpy(waiting.key + waiting.owner_len, id, NCT_MAIL_ID);
    waiting.len = waiting.owner_len + NCT_MAIL_ID;
    return waiting;
}

/* Whose a mail is: the person's it tells of, if the portal knows them. */
static nct_status find_owner(struct nct_unit *unit, struct nct_mail_record *mail) {
    memset(mail->owner, 0, sizeof mail->owner);
    if (mail->ncid[0] == '\0')
        return NCT_OK;
    nct_status status = nct_ncid_find(unit, mail->ncid, mail->owner);
    return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
}

/* Ids sort by time. */
static nct_status make_id(const struct nct_unit *unit, unsigned char id[NCT_MAIL_ID]) {
    nct_put_be64(id, (uint64_t)unit->now);
    return nct_seams_fill(&unit->portal->seams, id + 8, NCT_MAIL_ID - 8);
}

static nct_status put_mail(struct nct_unit *unit, struct nct_mail_record *mail, const unsigned char id[NCT_MAIL_ID]) {
    struct waiting waiting = waiting_of(mail, id);
    mail->queued_at = unit->now;
    nct_status status = nct_unit_put(unit, &nct_type_mail, id, NCT_MAIL_ID, mail);
    if (status != NCT_OK)
        return status;
    nct_buf_append(&unit->mails, id, NCT_MAIL_ID);
    if (waiting.type != NULL)
        status = nct_unit_put(unit, waiting.type, waiting.key, waiting.len, "");
    return status == NCT_OK ? nct_message_stage(unit, mail) : status;
}

nct_status nct_outbox_stage(struct nct_unit *unit, struct nct_mail_record *mail, unsigned char id[NCT_MAIL_ID]) {
    nct_status status = make_id(unit, id);
    if (status == NCT_OK)
        status = find_owner(unit, mail);
    return status == NCT_OK ? put_mail(unit, mail, id) : status;
}

/* There is one decoy for each owner, which takes the place of the one before. */
static void make_decoy(const unsigned char owner[NCT_PERSON_ID], struct nct_mail_record *mail,
                       unsigned char id[NCT_MAIL_ID]) {
    mail->template_id = NCT_MAIL_NOTHING;
    memset(id, 0, NCT_MAIL_ID);
    memcpy(id + 8, owner + NCT_PERSON_ID - 8, NCT_MAIL_ID - 8);
}

nct_status nct_outbox_stage_or_decoy(struct nct_unit *unit, const unsigned char owner[NCT_PERSON_ID],
                                     struct nct_mail_record *mail, int decoy) {
    unsigned char id[NCT_MAIL_ID];
    struct nct_mail_record before;
    char nothing[1];
    nct_status status = make_id(unit, id);
    if (decoy)
        make_decoy(owner, mail, id);
    memcpy(mail->owner, owner, NCT_PERSON_ID);
    struct waiting waiting = waiting_of(mail, id);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_mail, id, NCT_MAIL_ID, &before);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, waiting.type, waiting.key, waiting.len, nothing);
    return status == NCT_OK || status == NCT_E_NOT_FOUND ? put_mail(unit, mail, id) : status;
}

/* Stages the removal of a mail and of the row that says it waits. One already delivered is no failure. */
static nct_status remove_mail(struct nct_unit *unit, const unsigned char id[NCT_MAIL_ID]) {
    struct nct_mail_record mail;
    char nothing[1];
    nct_status status = nct_unit_get(unit, &nct_type_mail, id, NCT_MAIL_ID, &mail);
    struct waiting waiting = waiting_of(&mail, id);
    sodium_memzero(&mail, sizeof mail);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    status = nct_unit_delete(unit, &nct_type_mail, id, NCT_MAIL_ID);
    if (status != NCT_OK || waiting.type == NULL)
        return status;
    status = nct_unit_get(unit, waiting.type, waiting.key, waiting.len, nothing);
    if (status == NCT_OK)
        return nct_unit_delete(unit, waiting.type, waiting.key, waiting.len);
    return status == NCT_E_NOT_FOUND ? nct_unit_explain_mismatch(unit, &nct_type_mail, id, NCT_MAIL_ID) : status;
}

nct_status nct_outbox_withdraw(struct nct_unit *unit, const unsigned char id[NCT_MAIL_ID]) {
    return sodium_is_zero(id, NCT_MAIL_ID) ? NCT_OK : remove_mail(unit, id);
}

/* A mail that was delivered and put back does not wait: its owner's head says so. */
static nct_status check_waits(struct nct_unit *unit, const struct nct_mail_record *mail,
                              const unsigned char id[NCT_MAIL_ID]) {
    char nothing[1];
    struct waiting waiting = waiting_of(mail, id);
    if (waiting.type == NULL)
        return NCT_OK;
    nct_status status = nct_look_get(unit, waiting.type, waiting.key, waiting.len, waiting.owner_len, nothing, NULL);
    return status == NCT_E_NOT_FOUND ? nct_unit_explain_mismatch(unit, &nct_type_mail, id, NCT_MAIL_ID) : status;
}

/* A time further ahead than the policy lets it be comes from a clock that went back: it does not hold. */
static int is_ahead(const struct nct_unit *unit, int64_t time, int64_t longest) {
    return time > unit->now && time - unit->now <= longest;
}

int nct_outbox_is_claimed(const struct nct_unit *unit, const struct nct_mail_record *mail) {
    return is_ahead(unit, mail->lease_until, nct_policy_option(&unit->portal->policy, NCT_OPTION_MAIL_LEASE));
}

static int may_be_tried(const struct nct_unit *unit, const struct nct_mail_record *mail) {
    return mail->given_up_at == 0 && !nct_outbox_is_claimed(unit, mail) &&
           !is_ahead(unit, mail->next_try_at, LONGEST_PAUSE);
}

/* Twice as long with each refusal. */
static int64_t pause_after(const struct nct_unit *unit, int64_t refusals) {
    int64_t pause = nct_policy_option(&unit->portal->policy, NCT_OPTION_MAIL_BACKOFF);
    for (int64_t i = 1; i < refusals && pause < LONGEST_PAUSE; i++)
        pause *= 2;
    return pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
}

/* What a refusal means for a mail; that nobody was reached means nothing for it. */
static void count_refusal(const struct nct_unit *unit, int32_t outcome, struct nct_mail_record *mail) {
    if (outcome == NCT_MAIL_UNREACHED)
        return;
    mail->refusals++;
    if (outcome == NCT_MAIL_REJECTED ||
        mail->refusals >= nct_policy_option(&unit->portal->policy, NCT_OPTION_MAIL_TRIES))
        mail->given_up_at = unit->now;
    mail->next_try_at = unit->now + pause_after(unit, mail->refusals);
}

static nct_status claim(struct nct_unit *unit, void *argument) {
    struct nct_claimed *delivery = argument;
    nct_status status = nct_unit_get(unit, &nct_type_mail, delivery->id, NCT_MAIL_ID, &delivery->mail);
    if (status != NCT_OK)
        return status;
    if (!may_be_tried(unit, &delivery->mail))
        return NCT_E_STATE;
    status = check_waits(unit, &delivery->mail, delivery->id);
    if (status != NCT_OK)
        return status;
    delivery->mail.lease_until = unit->now + nct_policy_option(&unit->portal->policy, NCT_OPTION_MAIL_LEASE);
    delivery->mail.tries++;
    return nct_unit_put(unit, &nct_type_mail, delivery->id, NCT_MAIL_ID, &delivery->mail);
}

/* The mail as it is; NCT_E_STATE: the lease ran out, and another has claimed it since. */
static nct_status find_claimed(struct nct_unit *unit, const struct nct_claimed *delivery,
                               struct nct_mail_record *mail) {
    nct_status status = nct_unit_get(unit, &nct_type_mail, delivery->id, NCT_MAIL_ID, mail);
    return status == NCT_OK && mail->tries != delivery->mail.tries ? NCT_E_STATE : status;
}

static nct_status remove_sent(struct nct_unit *unit, void *argument) {
    const struct nct_claimed *delivery = argument;
    return remove_mail(unit, delivery->id);
}

static nct_status release(struct nct_unit *unit, void *argument) {
    struct nct_claimed *delivery = argument;
    struct nct_mail_record mail;
    nct_status status = find_claimed(unit, delivery, &mail);
    if (status == NCT_OK) {
        mail.lease_until = 0;
        memcpy(mail.refusal, delivery->mail.refusal, sizeof mail.refusal);
        count_refusal(unit, delivery->outcome, &mail);
        status = nct_unit_put(unit, &nct_type_mail, delivery->id, NCT_MAIL_ID, &mail);
    }
    sodium_memzero(&mail, sizeof mail);
    return status;
}

nct_status nct_outbox_claim(struct nct_portal *portal, const unsigned char id[NCT_MAIL_ID],
                            struct nct_claimed *delivery) {
    memcpy(delivery->id, id, NCT_MAIL_ID);
    nct_status status = nct_unit_run(portal, claim, delivery, NULL);
    if (status != NCT_OK || delivery->mail.template_id != NCT_MAIL_NOTHING)
        return status;
    status = nct_outbox_accepted(portal, delivery); /* it only looks like one */
    return status == NCT_OK ? NCT_E_NOT_FOUND : status;
}

nct_status nct_outbox_accepted(struct nct_portal *portal, struct nct_claimed *delivery) {
    return nct_unit_run(portal, remove_sent, delivery, NULL);
}

nct_status nct_outbox_return(struct nct_portal *portal, struct nct_claimed *delivery) {
    return nct_unit_run(portal, release, delivery, NULL);
}

static nct_status send(struct nct_portal *portal, struct nct_mail *mail) {
    nct_status status = nct_mail_fill(portal, mail);
    if (status != NCT_OK)
        return status;
    status = portal->callbacks.mailer.send(mail, portal->callbacks.mailer_data);
    if (status == NCT_OK || status == NCT_E_BUSY || status == NCT_E_DENIED)
        return status;
    return nct_callback_failure(status, NCT_E_MAILER, "mailer.send");
}

/* What a failure of sending says of the mail; one of the library's own says nothing. */
static int32_t outcome_of(nct_status status) {
    if (status == NCT_E_DENIED)
        return NCT_MAIL_REJECTED;
    return status == NCT_E_BUSY || status == NCT_E_NO_MEMORY ? NCT_MAIL_UNREACHED : NCT_MAIL_DEFERRED;
}

/* What became of a mail that was claimed for the mailer. */
static nct_status settle(struct nct_portal *portal, struct nct_mail *mail, nct_status status) {
    if (status == NCT_OK)
        return nct_outbox_accepted(portal, &mail->delivery);
    mail->delivery.outcome = outcome_of(status);
    (void)nct_outbox_return(portal, &mail->delivery);
    return status;
}

nct_status nct_outbox_deliver(struct nct_portal *portal, const unsigned char id[NCT_MAIL_ID]) {
    struct nct_mail mail = {.portal = NULL};
    nct_status status = nct_outbox_claim(portal, id, &mail.delivery);
    if (status == NCT_OK)
        status = settle(portal, &mail, send(portal, &mail));
    nct_mail_wipe(&mail);
    return status;
}

nct_status nct_operate(struct nct_portal *portal, nct_unit_function *function, void *argument) {
    struct nct_buf mails;
    nct_buf_init(&mails, &portal->seams.memory);
    nct_status status = nct_unit_run(portal, function, argument, &mails);
    const struct nct_about about = nct_about_now; /* of what was asked for, not of its mails */
    int reached = portal->callbacks.mailer.send != NULL;
    for (size_t i = 0; reached && i < mails.len; i += NCT_MAIL_ID)
        reached = nct_outbox_deliver(portal, mails.data + i) != NCT_E_BUSY;
    nct_buf_free(&mails);
    nct_about_now = about;
    return status;
}
