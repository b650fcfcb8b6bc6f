/* What an operator does about a mail that did not go out. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/mail/outbox.h"
#include "portal/mail/text.h"

#include <nctracks/mailer.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct decision {
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    unsigned char id[NCT_MAIL_ID];
};

/* In the stream of whose it is. A checkpoint's mail is nobody's. */
static struct nct_stream stream_of(const struct nct_mail_record *mail) {
    if (!sodium_is_zero(mail->owner, NCT_PERSON_ID))
        return nct_stream_of_person(mail->owner);
    return mail->provider[0] != '\0' ? nct_stream_of_provider(mail->provider) : nct_stream_of_portal();
}

static nct_status tell(struct nct_unit *unit, enum nct_event event, const struct decision *decision,
                       const struct nct_mail_record *mail) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_stream stream = stream_of(mail);
    struct nct_note note = {
        .event = event, .actor = decision->actor, .subject = mail->ncid, .provider = mail->provider, .detail = detail};
    snprintf(detail, sizeof detail, "%s: %s", nct_mail_template_name(mail->template_id), decision->reason);
    return nct_ledger_append(unit, &stream, &note);
}

/* NCT_E_STATE while somebody has it claimed; one that only looks like a mail is none. */
static nct_status find(struct nct_unit *unit, const struct decision *decision, struct nct_mail_record *mail) {
    nct_status status = nct_unit_get(unit, &nct_type_mail, decision->id, NCT_MAIL_ID, mail);
    if (status == NCT_OK && mail->template_id == NCT_MAIL_NOTHING)
        return NCT_E_NOT_FOUND;
    return status == NCT_OK && nct_outbox_is_claimed(unit, mail) ? NCT_E_STATE : status;
}

static nct_status put_back(struct nct_unit *unit, const struct decision *decision, struct nct_mail_record *mail) {
    mail->refusals = 0;
    mail->next_try_at = 0;
    mail->given_up_at = 0;
    nct_status status = nct_unit_put(unit, &nct_type_mail, decision->id, NCT_MAIL_ID, mail);
    return status == NCT_OK ? tell(unit, NCT_EVENT_MAIL_RETRIED, decision, mail) : status;
}

static nct_status retry(struct nct_unit *unit, void *argument) {
    struct nct_mail_record mail;
    nct_status status = find(unit, argument, &mail);
    if (status == NCT_OK)
        status = put_back(unit, argument, &mail);
    sodium_memzero(&mail, sizeof mail);
    return status;
}

static nct_status discard(struct nct_unit *unit, void *argument) {
    const struct decision *decision = argument;
    struct nct_mail_record mail;
    nct_status status = find(unit, decision, &mail);
    if (status == NCT_OK && mail.given_up_at == 0)
        status = NCT_E_STATE;
    if (status == NCT_OK)
        status = nct_outbox_withdraw(unit, decision->id);
    if (status == NCT_OK)
        status = tell(unit, NCT_EVENT_MAIL_DISCARDED, decision, &mail);
    sodium_memzero(&mail, sizeof mail);
    return status;
}

static nct_status take(struct decision *decision, const char *operator_name, size_t operator_name_len, const char *id,
                       size_t id_len, const char *reason, size_t reason_len) {
    nct_status status = nct_take_operator(operator_name, operator_name_len, decision->actor);
    if (status == NCT_OK && NCT_MISSING(id))
        status = NCT_E_ARGUMENT;
    if (status == NCT_OK && !nct_unhex(decision->id, sizeof decision->id, id, id_len))
        status = nct_about_argument(NCT_E_FORMAT, "id");
    return status == NCT_OK ? nct_take_reason(reason, reason_len, decision->reason) : status;
}

nct_status nct_mail_retry(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *id,
                          size_t id_len, const char *reason, size_t reason_len) {
    struct decision decision;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = take(&decision, operator_name, operator_name_len, id, id_len, reason, reason_len);
    return status == NCT_OK ? nct_unit_run(portal, retry, &decision, NULL) : status;
}

nct_status nct_mail_discard(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *id,
                            size_t id_len, const char *reason, size_t reason_len) {
    struct decision decision;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = take(&decision, operator_name, operator_name_len, id, id_len, reason, reason_len);
    return status == NCT_OK ? nct_unit_run(portal, discard, &decision, NULL) : status;
}
