/** Catalogues of a host, in the folder the setting "languages" names: each is a file TAG.txt. */
#ifndef NCTRACKS_CLI_CATALOGUES_H
#define NCTRACKS_CLI_CATALOGUES_H

#include "cli.h"

/** Adds all of them to a configuration, in the order of their names; the settings must have been read.
 * @return CLI_DONE or the exit code of what was reported, with the lines that are wrong */
int catalogues_add(struct cli *cli, nct_config *config);

/** Whether there is a catalogue of this tag; the settings must have been read. */
bool catalogues_has(const struct cli *cli, const char *tag);

#endif
