#include "commands/options.h"

#include <stddef.h>

const args_option global_options[] = {
    {"db", "FILE", "the database; else $NCTRACKS_DB, else nctracks.db in this folder", false},
    {"store", "URL", "a database of PostgreSQL instead, postgresql://user@host/name; else $NCTRACKS_STORE", false},
    {"key", "FILE", "the master key; else nctracks.key beside the database, with --store in this folder", false},
    {"further-keys", "FILES", "master keys before the current one, or the next, separated by commas", false},
    {"config", "FILE", "the portal's configuration; else nctracks.conf beside the database", false},
    {"mail-dir", "DIR",
     "where mails are put as .eml files, if no mail server is configured; else mail beside the database", false},
    {"profile", "PROFILE", "the dated rules to apply; else those the portal keeps", false},
    {"profile-file", "FILE", "rules of one's own instead; see 'nctracks policy check'", false},
    {"set", "LIST",
     "settings that differ from the usual, such as pin.length=8,pin.attempts=5; see 'nctracks policy "
     "paths'",
     false},
    {"language", "TAG", "what the library says, in this language: messages, explanations, receipts, fields; else en",
     false},
    {"mail-language", "TAG", "mails to those of whom no language is known, in this one; else en", false},
    {"json", NULL, "print the result, also a failure, as JSON on standard output", false},
    {"help", NULL, "explain the program, a group or a command", false},
    {"version", NULL, "print the version", false},
    OPTIONS_END};

const args_option no_options[] = {OPTIONS_END};

const args_option decision_options[] = {{"reason", "TEXT", "why, for the ledger", true}, OPTION_OPERATOR, OPTIONS_END};

const args_option secret_options[] = {OPTION_PASSWORD_FD, OPTIONS_END};

const args_option manage_options[] = {OPTION_BY, OPTION_PROVIDER, OPTIONS_END};

const args_option provider_options[] = {OPTION_PROVIDER, OPTIONS_END};

const args_option operator_options[] = {OPTION_OPERATOR, OPTIONS_END};

const args_option output_options[] = {{"output", "FILE", "the new file; -o for short", true}, OPTIONS_END};

const args_option list_options[] = {OPTION_PAGES, OPTIONS_END};

const args_option provider_list_options[] = {OPTION_PROVIDER, OPTION_PAGES, OPTIONS_END};
