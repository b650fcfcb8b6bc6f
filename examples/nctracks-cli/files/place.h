/** Which files a command works on, as the global options and the environment name them. */
#ifndef NCTRACKS_CLI_PLACE_H
#define NCTRACKS_CLI_PLACE_H

#include "cli.h"

/** Finds out which files are meant. @return CLI_DONE or a reported failure's exit code */
int place_find(struct cli *cli);

/** The same for the store of this name, a path or a connection string, whatever --db and --store say. */
int place_named(struct cli *cli, const char *name);

/** The path of a file beside the database; in this folder where that is on a server. @return false: it is too long */
bool place_beside(const struct cli *cli, const char *name, char out[CLI_PATH_MAX]);

#endif
