/* The texts of mails: a table of templates with named parameters. */
#ifndef NCT_SERVICES_MAIL_TEXT_H
#define NCT_SERVICES_MAIL_TEXT_H

#include "ground/buf.h"
#include "records/types.h"

/* A parameter of a template, from a mail's record. */
struct nct_mail_parameter {
    const char *name;
    const char *value;
};

#define NCT_MAIL_PARAMETERS 13

/* What stands around a checkpoint in a text; its digits are between them. */
#define NCT_CHECKPOINT_BEGIN "-----BEGIN NCTRACKS CHECKPOINT-----"
#define NCT_CHECKPOINT_END "-----END NCTRACKS CHECKPOINT-----"

/* Fills the parameters a mail has; returns how many. The values lie in the record. */
size_t nct_mail_parameters(const struct nct_mail_record *mail, struct nct_mail_parameter out[NCT_MAIL_PARAMETERS]);

/* The name of a template; NULL for an unknown number. */
const char *nct_mail_template_name(int32_t template_id);

/* Appends subject or body with the parameters put in, and a NUL. A failure sticks in the buffer. */
void nct_mail_render_subject(const struct nct_mail_record *mail, struct nct_buf *out);
void nct_mail_render_body(const struct nct_mail_record *mail, struct nct_buf *out);

#endif
