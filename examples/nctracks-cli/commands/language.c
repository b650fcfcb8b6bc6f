#include "commands/commands.h"

#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "files/catalogues.h"
#include "files/settings.h"
#include "portal/language.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

static const out_field list_fields[] = {
    {"language", "LANGUAGE"}, {"name", "NAME"}, {"built_in", "BUILT IN"}, {"catalogue", "CATALOGUE"}, {NULL, NULL}};

static bool is_built_in(const char *language) {
    return nct_text(language, "language.name") != NULL;
}

static json_t *describe(const char *language, const char *name, bool catalogue) {
    json_t *row = out_object();
    out_put_string(row, "language", language);
    out_put_string(row, "name", name);
    out_put(row, "built_in", json_boolean(is_built_in(language)));
    out_put(row, "catalogue", json_boolean(catalogue));
    return row;
}

/* Those of the portal where it has catalogues of its own, else those built in. */
static int list_of_portal(struct cli *cli, json_t *rows) {
    int code = portal_open(cli);
    for (size_t i = 0; code == CLI_DONE && i < nct_portal_language_count(cli->portal); i++) {
        const char *tag = nct_portal_language_at(cli->portal, i);
        out_append(rows, describe(tag, nct_portal_text(cli->portal, tag, "language.name"), catalogues_has(cli, tag)));
    }
    return code;
}

static int cmd_language_list(struct cli *cli) {
    json_t *rows = out_array();
    int code = settings_read(cli);
    if (code == CLI_DONE && setting(cli, "languages") != NULL) {
        code = list_of_portal(cli, rows);
    } else {
        for (size_t i = 0; i < nct_language_count(); i++) {
            out_append(rows, describe(nct_language_at(i), nct_text(nct_language_at(i), "language.name"), false));
        }
    }
    if (code != CLI_DONE) {
        json_decref(rows);
        return code;
    }
    out_list list = out_list_begin(cli, "languages", list_fields);
    out_list_page(&list, rows);
    out_list_end(&list, "None.");
    return CLI_DONE;
}

static int cmd_language_template(struct cli *cli) {
    const char *language = cli->args.operand_count > 0 ? cli->args.operands[0] : "en";
    char *text = malloc(NCT_CATALOGUE_TEXT_MAX);
    nct_status status =
        text != NULL ? nct_catalogue_write(language, text, NCT_CATALOGUE_TEXT_MAX, NULL) : NCT_E_NO_MEMORY;
    if (status == NCT_OK) {
        out_put_string(cli->result, "catalogue", text);
        if (!cli->json) {
            text_write_lines(stdout, text, strlen(text));
        }
    }
    free(text);
    if (status == NCT_E_NOT_FOUND) {
        return language_unknown(cli, language);
    }
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

static int cmd_language_check(struct cli *cli) {
    const char *path = cli->args.operands[0];
    nct_policy_problems *problems = NULL;
    file_content content;
    if (!file_read(path, NCT_CATALOGUE_TEXT_MAX, &content)) {
        return fail_file(cli, path);
    }
    bool complete = args_has(&cli->args, "complete");
    nct_status status = nct_catalogue_check(content.bytes, content.len, complete, &problems);
    file_release(&content);
    if (status == NCT_OK) {
        out_say(cli, "%s: a portal can use this catalogue.", path);
    }
    int code = status == NCT_OK ? CLI_DONE : fail_text(cli, path, "this is no catalogue", status, problems);
    nct_policy_problems_free(problems);
    return code;
}

static int cmd_language_set(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *language = cli->args.operands[1];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_person_set_language(cli->portal, ncid, strlen(ncid), language);
    if (status == NCT_E_NOT_FOUND) {
        return language_unknown(cli, language);
    }
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "Mails to %s are written in this language from now on: %s.", ncid, language);
    return CLI_DONE;
}

static int cmd_language_get(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *language = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_person_language(cli->portal, ncid, strlen(ncid), &language);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_put_string(cli->result, "language", language);
    out_say(cli, "Mails to %s are written in this language: %s.", ncid, language);
    return CLI_DONE;
}

static const args_option language_check_options[] = {{"complete", NULL, "a key without text is a problem too", false},
                                                     OPTIONS_END};

const cli_command language_commands[] = {
    {"language", "list", "", "List the languages built in, and those of the host's catalogues.",
     "The setting languages names the folder of those.", 0, 0, no_options, cmd_language_list},
    {"language", "template", "[LANGUAGE]", "Print every text of a language, English else, as a translator needs it.",
     "", 0, 1, no_options, cmd_language_template},
    {"language", "check", "FILE", "Check a catalogue of texts.", "Exit 2 when it has problems; each is told.", 1, 1,
     language_check_options, cmd_language_check},
    {"language", "get", "NCID", "Show the language of the mails to a person.",
     "Their own while there are texts of it, else the usual one.", 1, 1, no_options, cmd_language_get},
    {"language", "set", "NCID LANGUAGE", "Set the language of the mails to a person.", "", 2, 2, no_options,
     cmd_language_set},
    COMMANDS_END};
