#include "help/complete.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/machine.h>
#include <nctracks/right.h>
#include <nctracks/role.h>
#include <nctracks/submission.h>

#include "commands/commands.h"
#include "commands/fields.h"
#include "files/place.h"
#include "files/settings.h"
#include "portal/rules.h"
#include "text.h"

/** Who completes, and the beginning of the word to complete. */
struct asked {
    struct cli *cli;
    const char *begin;
    const char *before; /* of a list: what stands before that word */
    size_t before_len;
};

static void offer(const struct asked *asked, const char *prefix, const char *word) {
    char text[128];
    char before[1024];
    snprintf(text, sizeof text, "%s%s", prefix, word);
    text_tame(text);
    if (strncmp(text, asked->begin, strlen(asked->begin)) == 0) {
        snprintf(before, sizeof before, "%.*s", (int)asked->before_len, asked->before);
        text_tame(before);
        printf("%s%s\n", before, text);
    }
}

/* ---- Values ---- */

static void offer_files(const struct asked *asked) {
    (void)asked;
    puts(":files");
}

static void offer_folders(const struct asked *asked) {
    (void)asked;
    puts(":folders");
}

static void offer_settings(const struct asked *asked) {
    for (const setting_row *row = settings(); row->name != NULL; row++) {
        offer(asked, "", row->name);
    }
}

static void offer_streams(const struct asked *asked) {
    static const char *const kinds[] = {"provider:", "person:", "key:", "unknown:"};
    puts(":part");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        offer(asked, "", kinds[i]);
    }
}

static void offer_forms(const struct asked *asked) {
    for (size_t i = 0; fields_form(i) != NULL; i++) {
        offer(asked, "", fields_form(i));
    }
}

static void offer_languages(const struct asked *asked) {
    for (size_t i = 0; i < nct_language_count(); i++) {
        offer(asked, "", nct_language_at(i));
    }
}

static void offer_profiles(const struct asked *asked) {
    for (size_t i = 0; i < nct_profile_count(); i++) {
        offer(asked, "", nct_profile_name(i));
    }
}

/* The Office Administrator's is never granted. */
static void offer_roles(const struct asked *asked) {
    for (int32_t role = NCT_ROLE_NONE + 1; nct_role_name(role) != NULL; role++) {
        if (role != NCT_ROLE_OFFICE_ADMINISTRATOR) {
            offer(asked, "", nct_role_name(role));
        }
    }
}

/* Those below `end`, under the rules the command would apply. */
static void offer_rights_below(const struct asked *asked, int32_t end) {
    nct_policy *policy = NULL;
    if (place_find(asked->cli) != CLI_DONE || rules_wanted(asked->cli, &policy) != CLI_DONE) {
        return;
    }
    for (int32_t right = -1; nct_right_next(policy, right, &right) == NCT_OK && right < end;) {
        offer(asked, "", nct_right_name(policy, right));
    }
    nct_policy_free(policy);
}

static void offer_grantable(const struct asked *asked) {
    offer_rights_below(asked, NCT_RIGHT_COUNT);
}

static void offer_rights(const struct asked *asked) {
    offer_rights_below(asked, INT32_MAX);
}

/** What a value is called in the tables of commands and options says what it may be; other names say nothing. */
static const struct value {
    const char *name;
    void (*offer)(const struct asked *asked);
    const char *(*word)(int32_t number); /* else the words of the numbers from 1 on */
} values[] = {{"FILE", offer_files, NULL},
              {"FILES", offer_files, NULL},
              {"DIR", offer_folders, NULL},
              {"SETTING", offer_settings, NULL},
              {"FORM", offer_forms, NULL},
              {"TAG", offer_languages, NULL},
              {"LANGUAGE", offer_languages, NULL},
              {"PROFILE", offer_profiles, NULL},
              {"RIGHT", offer_rights, NULL},
              {"RIGHTS", offer_grantable, NULL},
              {"ROLE", offer_roles, NULL},
              {"STREAM", offer_streams, NULL},
              {"RELATIONSHIPS", NULL, nct_relationship_name},
              {"KIND", NULL, nct_submission_name},
              {"STATE", NULL, nct_state_name},
              {"MOVE", NULL, nct_move_name}};

static void offer_value(const struct asked *asked, const struct value *value) {
    if (value->offer != NULL) {
        value->offer(asked);
        return;
    }
    for (int32_t number = 1; value->word(number) != NULL; number++) {
        offer(asked, "", value->word(number));
    }
}

/* Of a list, what may come after the last comma or space: what is before stands before each. */
static void offer_item(const struct asked *asked, const struct value *value) {
    const char *last = strrchr(asked->begin, ',');
    const char *space = strrchr(asked->begin, ' ');
    last = space != NULL && (last == NULL || space > last) ? space : last;
    struct asked item = *asked;
    if (last != NULL) {
        item.begin = last + 1;
        item.before_len = (size_t)(last + 1 - asked->begin);
        item.before = asked->begin;
    }
    offer_value(&item, value);
}

/* `name` is that of an option's value or of an operand, such as FILE, FORM.json or [STREAM]. */
static void offer_values(const struct asked *asked, const char *name, size_t len) {
    if (len > 1 && name[0] == '[') {
        name++;
        len -= 2;
    }
    if (memchr(name, '.', len) != NULL && name[len - 1] != '.') {
        offer_files(asked);
        return;
    }
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (strlen(values[i].name) == len && strncmp(values[i].name, name, len) == 0) {
            offer_item(asked, &values[i]);
        }
    }
}

/* ---- Words ---- */

static void offer_options(const struct asked *asked, const args_option *options) {
    for (; options->name != NULL; options++) {
        if (!args_has(&asked->cli->args, options->name)) {
            offer(asked, "--", options->name);
        }
    }
}

/* The groups of all commands, or the commands of a group; those of a group stand together in the table. */
static void offer_commands(const struct asked *asked, const char *group) {
    const char *before = "";
    const cli_command *command;
    for (size_t i = 0; (command = commands_at(i)) != NULL; i++) {
        const char *word = group != NULL ? command->name : command->group;
        if ((group == NULL || strcmp(command->group, group) == 0) && strcmp(word, before) != 0) {
            offer(asked, "", word);
            before = word;
        }
    }
}

static void offer_operand(const struct asked *asked) {
    const struct args *args = &asked->cli->args;
    const char *name = asked->cli->command->operands;
    for (size_t i = 0; i < args->operand_count && *name != '\0'; i++) {
        name += strcspn(name, " ");
        name += strspn(name, " ");
    }
    offer_values(asked, name, strcspn(name, " "));
}

static bool is_option(const struct asked *asked) {
    return asked->begin[0] == '-' && !asked->cli->args.only_operands;
}

static void offer_first_words(const struct asked *asked, const char *group) {
    if (is_option(asked)) {
        offer_options(asked, global_options);
    } else if (group == NULL || commands_is_group(group)) {
        offer_commands(asked, group);
    }
}

static void offer_arguments(const struct asked *asked) {
    if (is_option(asked)) {
        offer_options(asked, global_options);
        offer_options(asked, asked->cli->command->options);
    } else {
        offer_operand(asked);
    }
}

int complete(struct cli *cli, int count, char **words) {
    struct asked asked = {cli, count > 0 ? words[count - 1] : "", "", 0};
    struct args *args = &cli->args;
    const args_option *global = global_options;
    args_begin(args, count, words - 1); /* reads all but the first, which is "--complete", and the last */
    const char *group = args_word(args, global, NULL);
    const char *name = group != NULL && commands_is_group(group) ? args_word(args, global, NULL) : NULL;
    cli->command = group != NULL ? commands_find(group, name) : NULL;
    if (cli->command != NULL) {
        args_rest(args, global, cli->command->options);
    }
    if (args->open != NULL) {
        offer_values(&asked, args->open->argument, strlen(args->open->argument));
    } else if (args->error[0] == '\0' && cli->command != NULL) {
        offer_arguments(&asked);
    } else if (args->error[0] == '\0' && name == NULL) {
        offer_first_words(&asked, group);
    }
    return CLI_DONE;
}
