#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/mailer.h>

#include "mail/deliver.h"
#include "mail/transport.h"
#include "portal/open.h"
#include "terminal/damage_report.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

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

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    bool given_up = args_has(&cli->args, "given-up");
    nct_mail_list *list = NULL;
    (void)context;
    nct_status status = nct_mail_list_page(cli->portal, page->after, page->after_len, page->limit, &list);
    for (size_t i = 0; i < nct_mail_list_count(list); i++) {
        if (!given_up || nct_mail_list_state(list, i) == NCT_MAIL_GIVEN_UP) {
            out_append(page->rows, describe(list, i));
        }
    }
    page_next(page, nct_mail_list_more(list), nct_mail_list_cursor(list));
    nct_mail_list_free(list);
    return status;
}

static int cmd_mail_list(struct cli *cli) {
    static const char *const spaces[] = {"mail", NULL};
    pages_list list = {"mails", list_fields, read_page, "No mail waits.", spaces, NULL};
    if (args_has(&cli->args, "given-up")) {
        list.none = "No mail is given up.";
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, NULL) : code;
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

static int cmd_mail_flush(struct cli *cli) {
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

static int cmd_mail_retry(struct cli *cli) {
    int code = decide(cli, nct_mail_retry);
    if (code == CLI_DONE) {
        out_say(cli, "The mail is tried again from now on.");
    }
    return code;
}

static int cmd_mail_discard(struct cli *cli) {
    int code = decide(cli, nct_mail_discard);
    if (code == CLI_DONE) {
        out_say(cli, "The mail is removed; nobody gets it.");
        out_note(cli, "A PIN or a code in it is of no use to anybody: 'nctracks pin reset' has a new PIN sent.");
    }
    return code;
}

static const args_option mail_list_options[] = {
    {"given-up", NULL, "only those that nobody tries any more", false}, OPTION_PAGES, OPTIONS_END};
static const args_option mail_flush_options[] = {{"limit", "N", "try no more than N mails", false}, OPTIONS_END};

const cli_command mail_commands[] = {
    {"mail", "list", "", "List the mails that wait, and what was answered last.",
     "A mail that is refused is tried again later and later, and given up in the end; see mail.tries and mail.backoff "
     "in 'nctracks policy paths'.",
     0, 0, mail_list_options, cmd_mail_list},
    {"mail", "flush", "", "Try to deliver the mails that wait.",
     "Oldest first, over one connection. Ends where no other mail would get further. Several may run at once.", 0, 0,
     mail_flush_options, cmd_mail_flush},
    {"mail", "retry", "MAIL", "Have a mail tried again that was refused or given up.", "Told in the ledger.", 1, 1,
     decision_options, cmd_mail_retry},
    {"mail", "discard", "MAIL", "Remove a mail that was given up.",
     "Told in the ledger. A PIN in it is of no use to anybody then: reset it.", 1, 1, decision_options,
     cmd_mail_discard},
    COMMANDS_END};
