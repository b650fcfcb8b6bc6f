/** The access a command is to give, as its options name it. */
#ifndef NCTRACKS_CLI_WANTED_H
#define NCTRACKS_CLI_WANTED_H

#include <nctracks/form.h>

#include "cli.h"

#define WANTED_RIGHTS_MAX NCT_FIELD_MAX

/**
 * Fills a form of NCT_FORM_ACCESS from --role, --rights, --from and --until; the portal must be open.
 * @param[out] form to be freed with nct_form_free(); NULL on failure
 * @return CLI_DONE or a reported failure's exit code
 */
int wanted_form(struct cli *cli, const char *ncid, nct_form **form);
/** The same of NCT_FORM_INVITATION, by NCID or by e-mail address; with --mail-language. */
int wanted_invitation(struct cli *cli, const char *whom, nct_form **form);
/** The same for somebody who has access there: what they have, with the rights of --add and without those of --remove.
 */
int wanted_change(struct cli *cli, const char *ncid, nct_form **form);
/** Reads --rights alone, as the library takes them: names separated by single spaces. */
int wanted_rights(struct cli *cli, char out[WANTED_RIGHTS_MAX + 1]);

#endif
