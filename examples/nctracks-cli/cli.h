/** What every command gets: its arguments, the files it works on, the open portal, its output. */
#ifndef NCTRACKS_CLI_H
#define NCTRACKS_CLI_H

#include <stdbool.h>

#include <jansson.h>
#include <nctracks/language.h>
#include <nctracks/portal.h>

#include "mailer_eml.h"
#include "mailer_smtp.h"
#include "portal_store.h"
#include "words/args.h"

#define CLI_DONE 0        /**< Exit: done. */
#define CLI_REFUSED 1     /**< Exit: refused by a rule. */
#define CLI_USAGE 2       /**< Exit: bad usage or input. */
#define CLI_ENVIRONMENT 3 /**< Exit: files, network, memory, a damaged store. */

#define CLI_PATH_MAX 4096

#define CLI_SIGNAL 128 /**< Exit: this and the number of the signal that ended the command in good order. */

struct cli_command;

struct cli {
    const struct cli_command *command;
    struct args args;
    bool json;
    const char *language; /**< Of what the library says. */
    json_t *result;       /**< What --json prints at the end. */
    bool streaming;       /**< With --json: a list was begun on standard output, and is still open. */

    const char *store_name;      /**< Of --store, else the same as the next. */
    char database[CLI_PATH_MAX]; /**< Its path, or where it is, without a password: for messages. */
    char key_file[CLI_PATH_MAX];
    char profile_file[CLI_PATH_MAX];
    const char *further_key; /**< A further key file, beside those of --further-keys; NULL: none. */
    char mail_folder[CLI_PATH_MAX];
    char config_file[CLI_PATH_MAX];
    json_t *config; /**< What that file says, by name; NULL: it was not read. */

    nct_portal *portal;
    portal_store store;
    mailer_eml *folder;
    mailer_smtp *smtp;
    bool partial;             /**< Damaged rows were left out, see damage_report.h. */
    const char *mail_trouble; /**< Why the folder for mails cannot be used; NULL: it can. */
};

#endif
