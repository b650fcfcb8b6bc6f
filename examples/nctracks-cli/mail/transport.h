/** The way the mails of a portal go, as its configuration says: to a mail server, or into a folder. */
#ifndef NCTRACKS_CLI_TRANSPORT_H
#define NCTRACKS_CLI_TRANSPORT_H

#include "cli.h"

/** Looks at the configuration and opens the folder; connects to nobody. cli->mail_trouble says why mails cannot go.
 * @return CLI_DONE or the exit code of a failure that was reported */
int transport_prepare(struct cli *cli);

/** Makes ready to send. @param ask the password of the mail account may be asked for on the terminal
 * @return NULL, or why not */
const char *transport_open(struct cli *cli, bool ask);

/** Sends one mail, once it is ready. */
mailer_smtp_answer transport_send(struct cli *cli, const nct_mail *mail, long milliseconds);

/** Whether the mail server can be reached and lets us in, or the folder can be used. @return NULL, or why not */
const char *transport_check(struct cli *cli);

/** Where mails go, for people: the URL or the folder. */
const char *transport_name(const struct cli *cli);

void transport_close(struct cli *cli);

#endif
