/* Messages: what a person was told, in a list of their own. */
#ifndef NCT_PORTAL_MAIL_MESSAGE_H
#define NCT_PORTAL_MAIL_MESSAGE_H

#include "engine/unit/unit.h"

/* Stages a message to the reader of a mail, with asterisks for its secrets; a mail without a reader is nobody's. NCT_OK
 * or a failure. */
nct_status nct_message_stage(struct nct_unit *unit, const struct nct_mail_record *mail);

#endif
