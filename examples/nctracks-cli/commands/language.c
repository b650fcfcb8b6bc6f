#include "commands/commands.h"

#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

static const out_field list_fields[] = {{"language", "LANGUAGE"}, {"name", "NAME"}, {NULL, NULL}};

int cmd_language_list(struct cli *cli) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_language_count(); i++) {
        json_t *row = out_object();
        out_put_string(row, "language", nct_language_at(i));
        out_put_string(row, "name", nct_text(nct_language_at(i), "language.name"));
        out_append(rows, row);
    }
    out_list list = out_list_begin(cli, "languages", list_fields);
    out_list_page(&list, rows);
    out_list_end(&list, "None.");
    return CLI_DONE;
}

static int no_such_language(struct cli *cli, const char *language) {
    int code = fail_input(cli, "there are no texts in the language %s", language);
    fail_help(cli, "'nctracks language list' lists the languages.");
    return code;
}

int cmd_language_template(struct cli *cli) {
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
        return no_such_language(cli, language);
    }
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

int cmd_language_check(struct cli *cli) {
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

int cmd_language_set(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *language = cli->args.operands[1];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_person_set_language(cli->portal, ncid, strlen(ncid), language);
    if (status == NCT_E_NOT_FOUND) {
        return no_such_language(cli, language);
    }
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "Mails to %s are written in this language from now on: %s.", ncid, language);
    return CLI_DONE;
}

int language_choose(struct cli *cli) {
    const char *given = args_value(&cli->args, "language");
    cli->language = "en";
    if (given == NULL) {
        return CLI_DONE;
    }
    if (nct_text(given, "language.name") == NULL) {
        return no_such_language(cli, given);
    }
    cli->language = given;
    return CLI_DONE;
}
