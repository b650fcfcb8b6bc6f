#include "commands/commands.h"

#include <unistd.h>

#include "files/key.h"
#include "files/profile.h"
#include "portal/open.h"
#include "portal/rules.h"
#include "terminal/failure.h"
#include "terminal/output.h"

/* A key is made for a new portal only: a new key for an old database would open nothing. */
static int make_key(struct cli *cli, bool database_there) {
    if (access(cli->key_file, F_OK) == 0) {
        return CLI_DONE;
    }
    if (database_there) {
        int code = fail_environment(cli, "%s is there, but its key file %s is not", cli->database, cli->key_file);
        fail_help(cli, "Put the key file back from a copy, or name it with --key; no other key can open the database.");
        return code;
    }
    return portal_key_create(cli);
}

/* An old database without its rules would be given others than it was run under: somebody has to name them. */
static int check_rules(struct cli *cli, bool database_there) {
    bool known =
        access(cli->profile_file, F_OK) == 0 || args_has(&cli->args, "profile") || args_has(&cli->args, "profile-file");
    return !database_there || known ? CLI_DONE : profile_file_missing(cli);
}

/* The rules are read first: nothing is made where they cannot be applied. */
static int make_files(struct cli *cli, bool database_there) {
    nct_policy *policy = NULL;
    int code = check_rules(cli, database_there);
    if (code == CLI_DONE) {
        code = rules_wanted(cli, &policy);
    }
    if (code == CLI_DONE) {
        code = make_key(cli, database_there);
    }
    if (code == CLI_DONE && !database_there && access(cli->profile_file, F_OK) != 0) {
        code = profile_file_keep(cli, policy);
    }
    nct_policy_free(policy);
    return code;
}

static int cmd_init(struct cli *cli) {
    bool database_there = false;
    int code = portal_refuse_empty(cli);
    if (code == CLI_DONE) {
        code = portal_is_there(cli, &database_there);
    }
    if (code == CLI_DONE) {
        code = make_files(cli, database_there);
    }
    if (code == CLI_DONE) {
        code = portal_create(cli);
    }
    if (code == CLI_DONE && access(cli->profile_file, F_OK) != 0) { /* of a database that opened with these rules */
        code = profile_file_keep(cli, nct_portal_policy(cli->portal));
    }
    if (code == CLI_DONE) {
        code = portal_check_mail(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    out_put_string(cli->result, "database", cli->database);
    out_put_string(cli->result, "key_file", cli->key_file);
    out_put_string(cli->result, "profile", nct_policy_profile(nct_portal_policy(cli->portal)));
    out_say(cli,
            database_there ? "The portal in %s was there and is in order; its key is %s."
                           : "A new portal is in %s. Keep a copy of its key %s at another safe place.",
            cli->database, cli->key_file);
    return CLI_DONE;
}

const cli_command init_commands[] = {
    {"init", NULL, "", "Make a new portal: key file, database, mail folder.",
     "The rules (--profile or --profile-file, else 2013, with --set) are kept in nctracks.profile beside the database, "
     "and every later command applies them. Where all is there already, checks that it opens. An existing key is "
     "never "
     "replaced.",
     0, 0, no_options, cmd_init},
    COMMANDS_END};
