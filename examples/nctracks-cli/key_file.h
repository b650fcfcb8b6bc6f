/** The master key in its own file: 64 hexadecimal digits, readable by its owner alone, never in the database. */
#ifndef NCTRACKS_CLI_KEY_FILE_H
#define NCTRACKS_CLI_KEY_FILE_H

#include <nctracks/config.h>

#include "cli.h"

/** Draws a key and writes the file, which must not be there. @return CLI_DONE or a reported failure's exit code */
int key_file_create(struct cli *cli);

/** Reads the key; refuses a symbolic link, another's file, one others may read, another length. */
int key_file_read(struct cli *cli, unsigned char key[NCT_MASTER_KEY_BYTES]);

/** Like key_file_read(), but says what is wrong instead of reporting it; NULL: nothing. `key` may be NULL. */
const char *key_file_objection(const char *path, unsigned char *key);

#endif
