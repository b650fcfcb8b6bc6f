/** What may come next on a command line, for the completion of shells. */
#ifndef NCTRACKS_CLI_COMPLETE_H
#define NCTRACKS_CLI_COMPLETE_H

#include "cli.h"

/**
 * Prints what the last of the words may become, one a line: commands, options, values. Of what only the shell knows it
 * names the kind: a line ":files" or ":folders"; ":part" says that each answer is only the beginning of a word.
 * @param count of words after "--complete"; the last is the one that is being typed and may be empty
 */
int complete(struct cli *cli, int count, char **words);

#endif
