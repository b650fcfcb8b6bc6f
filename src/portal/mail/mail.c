/* A mail as it is handed to the host, to its mailer or to who claims it: what it says. */
#include "portal/mail/mail.h"

#include "base/bytes.h"
#include "portal/mail/text.h"

#include <sodium.h>
#include <string.h>

nct_status nct_mail_fill(const struct nct_portal *portal, struct nct_mail *mail) {
    const struct nct_mail_record *record = &mail->delivery.mail;
    struct nct_mail_texts texts;
    nct_hex(mail->id, mail->delivery.id, NCT_MAIL_ID);
    nct_buf_init(&mail->subject, &portal->seams.memory);
    nct_buf_init(&mail->body, &portal->seams.memory);
    nct_mail_choose_texts(&portal->languages, record, &texts);
    mail->language = texts.language;
    nct_mail_render(&portal->policy, record, texts.subject, &mail->subject);
    nct_mail_render(&portal->policy, record, texts.body, &mail->body);
    return mail->subject.status != NCT_OK ? mail->subject.status : mail->body.status;
}

void nct_mail_wipe(struct nct_mail *mail) {
    if (mail->subject.memory != NULL) { /* else it was never filled */
        nct_buf_free(&mail->subject);
        nct_buf_free(&mail->body);
    }
    sodium_memzero(&mail->delivery, sizeof mail->delivery);
}

void nct_mail_free(nct_mail *mail) {
    if (mail == NULL || mail->portal == NULL)
        return;
    struct nct_memory memory = mail->portal->seams.memory;
    nct_mail_wipe(mail);
    nct_memory_give_wiped(&memory, mail, sizeof *mail);
}

int64_t nct_mail_claimed_until(const nct_mail *mail) {
    return mail != NULL ? mail->delivery.mail.lease_until : 0;
}

const char *nct_mail_id(const nct_mail *mail) {
    return mail != NULL ? mail->id : NULL;
}

const char *nct_mail_template(const nct_mail *mail) {
    return mail != NULL ? nct_mail_template_name(mail->delivery.mail.template_id) : NULL;
}

const char *nct_mail_language(const nct_mail *mail) {
    return mail != NULL ? mail->language : NULL;
}

const char *nct_mail_recipient_name(const nct_mail *mail) {
    return mail != NULL ? mail->delivery.mail.recipient_name : NULL;
}

const char *nct_mail_recipient_address(const nct_mail *mail) {
    return mail != NULL ? mail->delivery.mail.recipient_address : NULL;
}

const char *nct_mail_subject(const nct_mail *mail) {
    return mail != NULL ? (const char *)mail->subject.data : NULL;
}

const char *nct_mail_body(const nct_mail *mail) {
    return mail != NULL ? (const char *)mail->body.data : NULL;
}

size_t nct_mail_parameter_count(const nct_mail *mail) {
    struct nct_mail_parameter parameters[NCT_MAIL_PARAMETERS];
    return mail != NULL ? nct_mail_parameters(&mail->delivery.mail, parameters) : 0;
}

const char *nct_mail_parameter_name(const nct_mail *mail, size_t index) {
    struct nct_mail_parameter parameters[NCT_MAIL_PARAMETERS];
    return mail != NULL && index < nct_mail_parameters(&mail->delivery.mail, parameters) ? parameters[index].name
                                                                                         : NULL;
}

const char *nct_mail_parameter_value(const nct_mail *mail, size_t index) {
    struct nct_mail_parameter parameters[NCT_MAIL_PARAMETERS];
    return mail != NULL && index < nct_mail_parameters(&mail->delivery.mail, parameters) ? parameters[index].value
                                                                                         : NULL;
}

const char *nct_mail_parameter(const nct_mail *mail, const char *name) {
    struct nct_mail_parameter parameters[NCT_MAIL_PARAMETERS];
    size_t count = mail != NULL && name != NULL ? nct_mail_parameters(&mail->delivery.mail, parameters) : 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(parameters[i].name, name) == 0)
            return parameters[i].value;
    return NULL;
}
