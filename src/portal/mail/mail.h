/* A mail as it is handed to the host. */
#ifndef NCT_PORTAL_MAIL_MAIL_H
#define NCT_PORTAL_MAIL_MAIL_H

#include "portal/mail/outbox.h"

#include <nctracks/mailer.h>

struct nct_mail {
    struct nct_portal *portal; /* of one that was claimed by a host; NULL: the mailer's, during its call */
    struct nct_claimed delivery;
    char id[2 * NCT_MAIL_ID + 1];
    const char *language;
    struct nct_buf subject;
    struct nct_buf body;
    int settled; /* accepted or given back */
};

/* Writes the texts of a mail whose delivery was claimed. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_mail_fill(const struct nct_portal *portal, struct nct_mail *mail);

/* Wipes and frees what it holds. */
void nct_mail_wipe(struct nct_mail *mail);

#endif
