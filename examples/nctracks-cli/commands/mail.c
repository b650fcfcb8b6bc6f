#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/mailer.h>
#include <nctracks/store.h>

#include "mail/deliver.h"
#include "mail/transport.h"
#include "portal/open.h"
#include "terminal/damage_report.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PAGE 1000

static const out_field list_fields[] = {{"id", "MAIL"},     {"queued_at", "QUEUED AT"},  {"template", "TEMPLATE"},
                                        {"ncid", "NCID"},   {"recipient", "RECIPIENT"},  {"state", "STATE"},
                                        {"tries", "TRIES"}, {"next_try_at", "NEXT TRY"}, {"answer", "LAST ANSWER"},
                                        {NULL, NULL}};

static json_t *describe(const nct_mail_list *page, size_t index) {
    json_t *row = out_object();
    const char *answer = nct_mail_list_refusal(page, index);
    out_put_string(row, "id", nct_mail_list_id(page, index));
    out_put_time(row, "queued_at", nct_mail_list_queued_at(page, index));
    out_put_string(row, "template", nct_mail_list_template(page, index));
    out_put_string(row, "ncid", nct_mail_list_ncid(page, index));
    out_put_string(row, "recipient", nct_mail_list_recipient(page, index));
    out_put_string(row, "state", nct_mail_state_name(nct_mail_list_state(page, index)));
    out_put_integer(row, "tries", nct_mail_list_tries(page, index));
    out_put_time(row, "next_try_at", nct_mail_list_next_try_at(page, index));
    out_put_string(row, "answer", answer[0] != '\0' ? answer : NULL);
    return row;
}

static nct_status list_page(out_list *list, bool given_up, char *after, size_t capacity) {
    nct_mail_list *page = NULL;
    size_t after_len = strlen(after);
    nct_status status = nct_mail_list_page(list->cli->portal, after_len > 0 ? after : NULL, after_len, PAGE, &page);
    status = damage_pass(list->cli, status);
    if (status != NCT_OK) {
        return status;
    }
    size_t count = nct_mail_list_count(page);
    json_t *rows = out_array();
    for (size_t i = 0; i < count; i++) {
        if (!given_up || nct_mail_list_state(page, i) == NCT_MAIL_GIVEN_UP) {
            out_append(rows, describe(page, i));
        }
    }
    out_list_page(list, rows);
    snprintf(after, capacity, "%s", count > 0 ? nct_mail_list_id(page, count - 1) : "");
    nct_mail_list_free(page);
    return NCT_OK;
}

int cmd_mail_list(struct cli *cli) {
    char after[NCT_KEY_MAX] = "";
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    bool given_up = args_has(&cli->args, "given-up");
    out_list list = out_list_begin(cli, "mails", list_fields);
    do {
        nct_status status = list_page(&list, given_up, after, sizeof after);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    } while (after[0] != '\0');
    out_list_end(&list, given_up ? "No mail is given up." : "No mail waits.");
    static const char *const spaces[] = {"mail", NULL};
    return damage_end(cli, spaces);
}

static int take_limit(struct cli *cli, size_t *limit) {
    const char *given = args_value(&cli->args, "limit");
    long number = 0;
    *limit = SIZE_MAX;
    if (given == NULL) {
        return CLI_DONE;
    }
    if (!text_number(given, 1000000, &number) || number == 0) {
        return fail_usage(cli, "--limit needs a number from 1 to 1000000");
    }
    *limit = (size_t)number;
    return CLI_DONE;
}

/* What a round came to. A mail that was not to be tried yet, or that another has claimed, is no failure. */
static int tell_round(struct cli *cli, const delivery *round) {
    size_t waiting = 0;
    size_t given_up = 0;
    nct_status status = deliver_count(cli, &waiting, &given_up);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_put_integer(cli->result, "sent", (int64_t)round->sent);
    out_put_integer(cli->result, "refused", (int64_t)(round->refused + round->given_up));
    out_put_integer(cli->result, "given_up", (int64_t)given_up);
    out_put_integer(cli->result, "waiting", (int64_t)(waiting - given_up));
    out_put(cli->result, "ended_early", json_boolean(round->ended));
    if (round->reason[0] != '\0') {
        return fail_environment(cli, "%zu sent, %zu refused, %zu left waiting, %zu given up%s: %s", round->sent,
                                round->refused + round->given_up, waiting - given_up, given_up,
                                round->ended ? "; the others were not tried" : "", round->reason);
    }
    if (waiting == 0) {
        out_say(cli, "%zu sent, none waits.", round->sent);
    } else {
        out_say(cli, "%zu sent, %zu left waiting, %zu given up.", round->sent, waiting - given_up, given_up);
    }
    return CLI_DONE;
}

int cmd_mail_flush(struct cli *cli) {
    static const char *const spaces[] = {"mail", "mail_of_person", "mail_of_provider", NULL};
    delivery round = {.progress = true};
    int code = take_limit(cli, &round.limit);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    const char *trouble = transport_open(cli, true);
    if (trouble != NULL) {
        return fail_environment(cli, "%s: %s", transport_name(cli), trouble);
    }
    nct_status status = damage_pass(cli, deliver(cli, &round));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    code = tell_round(cli, &round);
    return code == CLI_DONE && cli->partial ? damage_end(cli, spaces) : code;
}

typedef nct_status decision(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *id,
                            size_t id_len, const char *reason, size_t reason_len);

static int decide(struct cli *cli, decision *function) {
    const char *id = cli->args.operands[0];
    const char *reason = args_value(&cli->args, "reason");
    const char *who = portal_operator(cli);
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = function(cli->portal, who, strlen(who), id, strlen(id), reason, strlen(reason));
    if (status == NCT_E_STATE) {
        fail_named(cli, status, id);
        fail_help(cli, "It is being delivered, or it was not given up; see 'nctracks mail list'.");
        return CLI_REFUSED;
    }
    return status == NCT_OK ? CLI_DONE : fail_named(cli, status, id);
}

int cmd_mail_retry(struct cli *cli) {
    int code = decide(cli, nct_mail_retry);
    if (code == CLI_DONE) {
        out_say(cli, "The mail is tried again from now on.");
    }
    return code;
}

int cmd_mail_discard(struct cli *cli) {
    int code = decide(cli, nct_mail_discard);
    if (code == CLI_DONE) {
        out_say(cli, "The mail is removed; nobody gets it.");
        out_note(cli, "A PIN or a code in it is of no use to anybody: 'nctracks pin reset' has a new PIN sent.");
    }
    return code;
}
