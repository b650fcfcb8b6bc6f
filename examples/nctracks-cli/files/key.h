/** The master key of the portal a command works on. */
#ifndef NCTRACKS_CLI_PORTAL_KEY_H
#define NCTRACKS_CLI_PORTAL_KEY_H

#include <nctracks/config.h>

#include "cli.h"

/** Makes the key file, which must not be there. @return CLI_DONE or a reported failure's exit code */
int portal_key_create(struct cli *cli);

/** Reads the key, see key_file_objection(). @return CLI_DONE or a reported failure's exit code */
int portal_key_read(struct cli *cli, unsigned char key[NCT_MASTER_KEY_BYTES]);

#endif
