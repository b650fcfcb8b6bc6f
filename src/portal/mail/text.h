/* The texts of mails: a table of templates with named parameters. */
#ifndef NCT_PORTAL_MAIL_TEXT_H
#define NCT_PORTAL_MAIL_TEXT_H

#include "base/buf.h"
#include "engine/records/types.h"

/* A parameter of a template, from a mail's record. */
struct nct_mail_parameter {
    const char *name;
    const char *value;
};

#define NCT_MAIL_PARAMETERS 18

/* What stands around a checkpoint in a text; its digits are between them. */
#define NCT_CHECKPOINT_BEGIN "-----BEGIN NCTRACKS CHECKPOINT-----"
#define NCT_CHECKPOINT_END "-----END NCTRACKS CHECKPOINT-----"

/* Fills the parameters a mail has; returns how many. The values lie in the record. */
size_t nct_mail_parameters(const struct nct_mail_record *mail, struct nct_mail_parameter out[NCT_MAIL_PARAMETERS]);

/* A template: its name and its English texts; NULL for an unknown number. Numbers begin at 1. */
const char *nct_mail_template_name(int32_t template_id);
const char *nct_mail_template_subject(int32_t template_id);
const char *nct_mail_template_body(int32_t template_id);

/* A mail's texts before the parameters are put in. Both are of one language: English where one of them lacks. */
struct nct_mail_texts {
    const char *language;
    const char *subject;
    const char *body;
};

void nct_mail_choose_texts(const struct nct_languages *languages, const struct nct_mail_record *mail,
                           struct nct_mail_texts *out);

/* Appends a text with the parameters put in, and a NUL. A failure sticks in the buffer. */
void nct_mail_render(const struct nct_policy *policy, const struct nct_mail_record *mail, const char *text,
                     struct nct_buf *out);

#endif
