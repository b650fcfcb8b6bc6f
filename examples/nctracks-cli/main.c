/* nctracks: the provider portal of NCTracks on the command line. This file finds the command and runs it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <nctracks/version.h>

#include "commands/commands.h"
#include "files/place.h"
#include "help/complete.h"
#include "help/help.h"
#include "json_memory.h"
#include "portal/language.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "words/near.h"

static bool wants_help(const struct cli *cli) {
    return args_has(&cli->args, "help");
}

static int print_version(struct cli *cli) {
    out_put_string(cli->result, "version", nct_version());
    if (!cli->json) {
        printf("nctracks %s\n", nct_version());
    }
    return CLI_DONE;
}

static int refuse_arguments(struct cli *cli, const char *what) {
    int code = fail_usage(cli, "%s", what);
    fail_help(cli, "See 'nctracks --help'.");
    return code;
}

static void suggest(struct cli *cli, const char *before, const near_word *near) {
    if (near->nearest != NULL) {
        fail_help(cli, "Did you mean '%s%s'?", before, near->nearest);
    }
}

/* The nearest group, or the nearest command of one. */
static void suggest_command(struct cli *cli, const char *group, const char *name) {
    char before[NEAR_WORD_MAX + 2] = "nctracks ";
    near_word near = {name != NULL ? name : group, NULL, 0};
    if (name == NULL) {
        near_look(&near, "help");
    }
    const cli_command *command;
    for (size_t i = 0; (command = commands_at(i)) != NULL; i++) {
        if (name == NULL) {
            near_look(&near, command->group);
        } else if (strcmp(command->group, group) == 0) {
            near_look(&near, command->name);
        }
    }
    if (name != NULL) {
        snprintf(before, sizeof before, "nctracks %s ", group);
    }
    suggest(cli, before, &near);
}

static int refuse_options(struct cli *cli) {
    near_word near = {cli->args.unknown, NULL, 0};
    int code = refuse_arguments(cli, cli->args.error);
    const args_option *tables[] = {global_options, cli->command != NULL ? cli->command->options : NULL};
    for (size_t i = 0; near.typed != NULL && i < sizeof tables / sizeof tables[0]; i++) {
        for (const args_option *option = tables[i]; option != NULL && option->name != NULL; option++) {
            near_look(&near, option->name);
        }
    }
    suggest(cli, "--", &near);
    return code;
}

/* 'help' alone, or before a group or a command. */
static int explain(struct cli *cli) {
    const args_option *global = global_options;
    const char *group = args_word(&cli->args, global, NULL);
    const char *name = group != NULL && commands_is_group(group) ? args_word(&cli->args, global, NULL) : NULL;
    const cli_command *command = group != NULL ? commands_find(group, name) : NULL;
    if (group == NULL) {
        help_program(stdout);
    } else if (command != NULL) {
        help_command(stdout, command);
    } else if (commands_is_group(group) && name == NULL) {
        help_group(stdout, group);
    } else {
        int code = refuse_arguments(cli, "no such command");
        suggest_command(cli, group, name);
        return code;
    }
    cli->json = false;
    return CLI_DONE;
}

/* Options alone, or words that name no command. */
static int without_command(struct cli *cli, const char *group, const char *name) {
    if (cli->args.error[0] != '\0') {
        return refuse_options(cli);
    }
    if (args_has(&cli->args, "version")) {
        return print_version(cli);
    }
    if (group != NULL && strcmp(group, "help") == 0) {
        return explain(cli);
    }
    if (group == NULL && wants_help(cli)) {
        help_program(stdout);
        return CLI_DONE;
    }
    if (group != NULL && commands_is_group(group) && name == NULL && wants_help(cli)) {
        help_group(stdout, group);
        return CLI_DONE;
    }
    if (group == NULL && !cli->json) {
        help_program(stderr);
        return CLI_USAGE;
    }
    int code = refuse_arguments(cli, name == NULL ? "no such command, or only a part of one" : "no such command");
    if (group != NULL && (name != NULL || !commands_is_group(group))) {
        suggest_command(cli, group, name);
    }
    return code;
}

static bool right_operands(const struct cli *cli) {
    return cli->args.operand_count >= cli->command->operands_min &&
           cli->args.operand_count <= cli->command->operands_max;
}

/* What is required and was not given is what the shell was told once, with 'nctracks use'. */
static void use_defaults(struct cli *cli) {
    static const struct {
        const char *option;
        const char *variable;
    } defaults[] = {{"by", "NCTRACKS_BY"}, {"provider", "NCTRACKS_PROVIDER"}};
    for (const args_option *option = cli->command->options; option->name != NULL; option++) {
        for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
            const char *value = strcmp(option->name, defaults[i].option) == 0 ? getenv(defaults[i].variable) : NULL;
            if (option->required && value != NULL && value[0] != '\0' && !args_has(&cli->args, option->name)) {
                (void)args_give(&cli->args, option, value);
            }
        }
    }
}

static int run(struct cli *cli) {
    int code = place_find(cli);
    if (code == CLI_DONE) {
        code = language_choose(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    use_defaults(cli);
    const char *missing = args_missing(&cli->args, cli->command->options);
    if (!right_operands(cli)) {
        code = fail_usage(cli, "this command needs: %s",
                          cli->command->operands[0] != '\0' ? cli->command->operands : "no operands");
        fail_help(cli, "See 'nctracks %s%s%s --help'.", cli->command->group, cli->command->name != NULL ? " " : "",
                  cli->command->name != NULL ? cli->command->name : "");
        return code;
    }
    if (missing != NULL) {
        return fail_usage(cli, "--%s is required", missing);
    }
    return cli->command->run(cli);
}

static int dispatch(struct cli *cli) {
    const args_option *global = global_options;
    const char *group = args_word(&cli->args, global, NULL);
    const char *name = group != NULL && commands_is_group(group) ? args_word(&cli->args, global, NULL) : NULL;
    cli->command = group != NULL ? commands_find(group, name) : NULL;
    if (cli->command == NULL) {
        return without_command(cli, group, name);
    }
    if (!args_rest(&cli->args, global, cli->command->options)) {
        return refuse_options(cli);
    }
    if (wants_help(cli)) {
        help_command(stdout, cli->command);
        return CLI_DONE;
    }
    return args_has(&cli->args, "version") ? print_version(cli) : run(cli);
}

/* Passwords and PINs pass through this process: it leaves no memory image, and no file others may read. A limit on the
 * size of files is told as what it is, and ends no transaction half-way. */
static void protect(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGXFSZ, SIG_IGN);
    umask(077);
    json_memory_wiped();
}

int main(int argc, char **argv) {
    static struct cli cli; /* large, and zero */
    protect();
    cli.language = "en";
    if (argc > 1 && strcmp(argv[1], "--complete") == 0) {
        return complete(&cli, argc - 2, argv + 2);
    }
    cli.json = args_wants_json(argc, argv);
    cli.result = out_object();
    out_put(cli.result, "ok", json_true());
    args_begin(&cli.args, argc, argv);
    int code = dispatch(&cli);
    portal_close(&cli);
    bool explained = wants_help(&cli) && code == CLI_DONE;
    cli.json = cli.json && !explained;
    code = out_finish(&cli, code);
    json_decref(cli.result);
    return code;
}
