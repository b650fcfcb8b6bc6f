#include "commands/commands.h"

#include <stdio.h>

#include <nctracks/machine.h>
#include <nctracks/submission.h>

#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field state_fields[] = {
    {"name", "STATE"}, {"code", "CODE"}, {"final", "FINAL"}, {"description", "DESCRIPTION"}, {NULL, NULL}};
static const out_field row_fields[] = {
    {"from", "FROM"}, {"move", "MOVE"}, {"who", "WHO"}, {"to", "TO"}, {"description", "DESCRIPTION"}, {NULL, NULL}};

static json_t *states(int32_t kind) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_machine_state_count(kind); i++) {
        int32_t state = nct_machine_state(kind, i);
        json_t *row = out_object();
        out_put_string(row, "name", nct_state_name(state));
        out_put_string(row, "code", nct_state_code(kind, state));
        out_put(row, "final", json_boolean(nct_machine_final(kind, state) == 1));
        out_put_string(row, "description", nct_state_description(state));
        out_append(rows, row);
    }
    return rows;
}

static json_t *movers(int32_t mask) {
    json_t *names = out_array();
    for (int32_t mover = NCT_MOVER_PREPARER; nct_mover_name(mover) != NULL; mover *= 2) {
        if ((mask & mover) != 0) {
            out_append(names, json_string(nct_mover_name(mover)));
        }
    }
    return names;
}

static json_t *moves(int32_t kind) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_machine_row_count(kind); i++) {
        json_t *row = out_object();
        out_put_string(row, "from", nct_state_name(nct_machine_row_from(kind, i)));
        out_put_string(row, "move", nct_move_name(nct_machine_row_move(kind, i)));
        out_put(row, "who", movers(nct_machine_row_movers(kind, i)));
        out_put_string(row, "to", nct_state_name(nct_machine_row_to(kind, i)));
        out_put_string(row, "description", nct_move_description(nct_machine_row_move(kind, i)));
        out_append(rows, row);
    }
    return rows;
}

static void print(struct cli *cli, const char *key, const out_field *fields, json_t *rows) {
    out_list list = out_list_begin(cli, key, fields);
    out_list_page(&list, rows);
    out_list_end(&list, "None.");
}

static int cmd_machine(struct cli *cli) {
    int32_t kind = 0;
    if (nct_submission_from_name(cli->args.operands[0], &kind) != NCT_OK) {
        return fail_input(cli, "there is no such kind of submission; 'nctracks policy' lists them");
    }
    print(cli, "states", state_fields, states(kind));
    if (!cli->json) {
        putchar('\n');
    }
    print(cli, "moves", row_fields, moves(kind));
    return CLI_DONE;
}

const cli_command machine_commands[] = {
    {"machine", NULL, "KIND", "Print the states and moves of a kind of submission.", "", 1, 1, no_options, cmd_machine},
    COMMANDS_END};
