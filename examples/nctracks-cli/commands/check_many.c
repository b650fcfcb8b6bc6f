/* Many questions about access, answered from one opening of the portal. */
#include "commands/commands.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nctracks/question.h>
#include <nctracks/right.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "trusted_file.h"

#define AT_ONCE 1000 /* questions in memory */
#define LINE_ROOM 512

/** A line of the file; with `wrong` it is no question. */
struct question {
    size_t number;
    char line[LINE_ROOM]; /* cut into its words */
    const char *ncid;
    const char *provider;
    const char *name;
    const char *wrong;
    int32_t right;
};

/** Questions that are answered together: their places in the arrays the library reads are those of the right ones. */
struct batch {
    struct cli *cli;
    out_list list;
    size_t count;
    size_t asked;
    struct question questions[AT_ONCE];
    const char *providers[AT_ONCE];
    const char *ncids[AT_ONCE];
    int32_t rights[AT_ONCE];
    nct_code answers[AT_ONCE];
    int code; /* what the worst answer makes of the exit code */
};

static const out_field fields[] = {{"line", "LINE"},   {"ncid", "NCID"},       {"provider", "PROVIDER"},
                                   {"right", "RIGHT"}, {"allowed", "ALLOWED"}, {"message", "ANSWER"},
                                   {NULL, NULL}};

static bool is_blank(const char *line) {
    line += strspn(line, " \t\r\n");
    return line[0] == '\0' || line[0] == '#';
}

/* Cuts the line into its three words. */
static void take(const struct cli *cli, struct question *question) {
    char *rest = NULL;
    question->ncid = strtok_r(question->line, " \t\r\n", &rest);
    question->provider = strtok_r(NULL, " \t\r\n", &rest);
    question->name = strtok_r(NULL, " \t\r\n", &rest);
    bool three = question->name != NULL && strtok_r(NULL, " \t\r\n", &rest) == NULL;
    question->wrong = NULL;
    if (!three) {
        question->wrong = "A line needs NCID, PROVIDER and RIGHT, with blanks between them.";
    } else if (nct_right_from_name(nct_portal_policy(cli->portal), question->name, &question->right) != NCT_OK) {
        question->wrong = "There is no such right or authority; 'nctracks policy show' lists them.";
    }
}

static void ask(struct batch *batch, struct question *question) {
    if (question->wrong == NULL) {
        batch->providers[batch->asked] = question->provider;
        batch->ncids[batch->asked] = question->ncid;
        batch->rights[batch->asked++] = question->right;
    }
}

static json_t *describe(const struct cli *cli, const struct question *question, nct_code answer) {
    json_t *row = out_object();
    out_put_integer(row, "line", (int64_t)question->number);
    out_put_string(row, "ncid", question->ncid);
    out_put_string(row, "provider", question->provider);
    out_put_string(row, "right", question->name);
    out_put(row, "allowed", json_boolean(question->wrong == NULL && answer == NCT_OK));
    out_put_string(row, "status", question->wrong != NULL ? "CLI_INPUT" : nct_status_name(answer));
    out_put_string(row, "message", question->wrong != NULL ? question->wrong : fail_message(cli, answer));
    return row;
}

static void print_answers(struct batch *batch) {
    json_t *rows = out_array();
    size_t at = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const struct question *question = &batch->questions[i];
        nct_code answer = question->wrong == NULL ? batch->answers[at++] : NCT_OK;
        int code = question->wrong == NULL ? fail_exit_code(answer) : CLI_USAGE;
        batch->code = code > batch->code ? code : batch->code;
        out_append(rows, describe(batch->cli, question, answer));
    }
    out_list_page(&batch->list, rows);
}

static int answer(struct batch *batch) {
    nct_status status = batch->asked == 0 ? NCT_OK
                                          : nct_access_check_many(batch->cli->portal, batch->asked, batch->providers,
                                                                  batch->ncids, batch->rights, batch->answers);
    if (status != NCT_OK) {
        return fail_status(batch->cli, status, NULL);
    }
    print_answers(batch);
    batch->count = batch->asked = 0;
    return CLI_DONE;
}

/* The rest of a line that is too long is no line of its own. */
static void pass_line(FILE *file) {
    int byte;
    do {
        byte = fgetc(file);
    } while (byte != '\n' && byte != EOF);
}

static int answer_all(struct batch *batch, FILE *file) {
    int code = CLI_DONE;
    struct question *next = &batch->questions[0];
    for (size_t number = 1; code == CLI_DONE && fgets(next->line, LINE_ROOM, file) != NULL; number++) {
        bool cut = strchr(next->line, '\n') == NULL && !feof(file);
        if (cut) {
            pass_line(file);
        }
        if (!is_blank(next->line)) {
            next->number = number;
            take(batch->cli, next);
            next->wrong = cut ? "The line is too long." : next->wrong;
            ask(batch, next);
            batch->count++;
        }
        code = batch->count == AT_ONCE ? answer(batch) : CLI_DONE;
        next = &batch->questions[batch->count];
    }
    if (code == CLI_DONE && ferror(file)) {
        return fail_file(batch->cli, batch->cli->args.operands[0]);
    }
    return code == CLI_DONE ? answer(batch) : code;
}

/* Some may not: said once, behind the answers. */
static int tell_worst(struct cli *cli, int code) {
    if (code == CLI_USAGE) {
        return fail_input(cli, "some lines are no questions; the others are answered");
    }
    if (code == CLI_REFUSED) {
        out_say(cli, "Not everything is allowed.");
    }
    return code;
}

static int check_file(struct cli *cli, FILE *file) {
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL) {
        return fail_status(cli, NCT_E_NO_MEMORY, NULL);
    }
    batch->cli = cli;
    batch->list = out_list_begin(cli, "answers", fields);
    int code = answer_all(batch, file);
    out_list_end(&batch->list, "Nothing was asked.");
    code = code == CLI_DONE ? tell_worst(cli, batch->code) : code;
    free(batch);
    return code;
}

static int cmd_access_check(struct cli *cli) {
    const char *name = cli->args.operands[0];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    int opened = strcmp(name, "-") == 0 ? dup(STDIN_FILENO) : trusted_open(AT_FDCWD, name, TRUST_INPUT);
    FILE *file = opened >= 0 ? fdopen(opened, "r") : NULL;
    if (file == NULL) {
        return fail_file(cli, name);
    }
    code = check_file(cli, file);
    fclose(file);
    return code;
}

const cli_command check_many_commands[] = {
    {"access", "check", "FILE", "Answer many questions as 'nctracks check' does, one a line: NCID PROVIDER RIGHT.",
     "\"-\" reads standard input; lines that begin with # are passed over. Exit 0: all is allowed; 1: not all; 2: a "
     "line is no question, or an id is malformed.",
     1, 1, no_options, cmd_access_check},
    COMMANDS_END};
