/** The language of what the library says. */
#ifndef NCTRACKS_CLI_LANGUAGE_H
#define NCTRACKS_CLI_LANGUAGE_H

#include "cli.h"

/** Takes --language, built in or of a catalogue of the host; the files must be known. @return CLI_DONE or the exit code
 * of what was reported */
int language_choose(struct cli *cli);
/** Says that there are no texts in a language. @return CLI_USAGE */
int language_unknown(struct cli *cli, const char *language);

#endif
