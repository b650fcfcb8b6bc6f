#include "commands/commands.h"

#include <string.h>

#include <nctracks/clock.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static const out_field check_fields[] = {
    {"fits", "Fits"}, {"now", "The clock"}, {"latest", "Latest change"}, {NULL, NULL}};

static int cmd_clock_check(struct cli *cli) {
    int64_t now = 0;
    int64_t latest = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_clock_check(cli->portal, &now, &latest);
    if (status != NCT_OK && status != NCT_E_TIME) {
        return fail_status(cli, status, NULL);
    }
    json_t *record = out_object();
    out_put(record, "fits", json_boolean(status == NCT_OK));
    out_put_time(record, "now", now);
    out_put_time(record, "latest", latest);
    out_record(cli, record, check_fields);
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

static int cmd_clock_confirm(struct cli *cli) {
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_clock_confirm(cli->portal, who, strlen(who), reason, strlen(reason));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "The clock is confirmed; what the store holds of later times counts for nothing.");
    return CLI_DONE;
}

const cli_command clock_commands[] = {
    {"clock", "check", "", "Whether the clock fits what the database holds.", "Exit 3 when it does not.", 0, 0,
     no_options, cmd_clock_check},
    {"clock", "confirm", "", "Say that the clock is right, whatever the database holds.",
     "Make sure first. What other clocks wrote of later times counts for nothing from then on; its entries stay.", 0, 0,
     decision_options, cmd_clock_confirm},
    COMMANDS_END};
