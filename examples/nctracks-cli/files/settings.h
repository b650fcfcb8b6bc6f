/**
 * The configuration of a portal: what all its commands are to know without being told each time, such as the way its
 * mails go. It lies in one file beside the database, lines of `name = value`; the environment goes before it.
 */
#ifndef NCTRACKS_CLI_SETTINGS_H
#define NCTRACKS_CLI_SETTINGS_H

#include "cli.h"

/** One setting. In the environment it is called NCTRACKS_ and its name in capitals, with '_' for '-'. */
typedef struct setting_row {
    const char *name;
    const char *argument;
    const char *help;
    bool (*fits)(const char *value);
    const char *wanted; /**< What a value has to be. */
} setting_row;

/** All of them; ends with a NULL name. */
const setting_row *settings(void);

/** Reads the file, if there is one. @return CLI_DONE or the exit code of a failure that was reported */
int settings_read(struct cli *cli);

/** A setting: the option of the command line, else the environment, else the file; NULL where none says it. */
const char *setting(const struct cli *cli, const char *name);
/** Where a setting comes from: "option", "environment", "file" or NULL. */
const char *setting_source(const struct cli *cli, const char *name);
/** Whether a setting of yes or no is yes. */
bool setting_is_yes(const struct cli *cli, const char *name);

/** Writes one setting into the file, and leaves the rest of it as it is. @param value NULL: takes it out */
int settings_keep(struct cli *cli, const char *name, const char *value);

#endif
