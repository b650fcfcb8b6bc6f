/** What --help prints, made from the table of commands. */
#ifndef NCTRACKS_CLI_HELP_H
#define NCTRACKS_CLI_HELP_H

#include <stdio.h>

#include "commands/commands.h"

/** The program as a whole. */
void help_program(FILE *out);
/** The commands of a group. */
void help_group(FILE *out, const char *group);
/** One command. */
void help_command(FILE *out, const cli_command *command);

#endif
