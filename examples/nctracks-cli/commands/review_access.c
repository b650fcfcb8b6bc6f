/* Reviewing access: what nobody used or certified; certifying or revoking it, many people at once. */
#include "commands/commands.h"

#include <string.h>

#include <nctracks/office.h>
#include <nctracks/review.h>

#include "commands/grants.h"
#include "commands/refusal.h"
#include "forms/typed.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static nct_status read_unused(const struct cli *cli, const void *since, const struct page *page, nct_grant_list **out) {
    const char *provider = args_value(&cli->args, "provider");
    return nct_access_list_unused(cli->portal, provider, strlen(provider), *(const int64_t *)since, page->after,
                                  page->after_len, page->limit, out);
}

static nct_status read_uncertified(const struct cli *cli, const void *since, const struct page *page,
                                   nct_grant_list **out) {
    const char *provider = args_value(&cli->args, "provider");
    return nct_access_list_uncertified(cli->portal, provider, strlen(provider), *(const int64_t *)since, page->after,
                                       page->after_len, page->limit, out);
}

static int list_since(struct cli *cli, grants_read *read, const char *none) {
    int64_t since = 0;
    int code = typed_time(cli, "since", &since);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    return code == CLI_DONE ? grants_list(cli, read, &since, none) : code;
}

static int cmd_access_unused(struct cli *cli) {
    return list_since(cli, read_unused, "All access was used or granted since.");
}

static int cmd_access_uncertified(struct cli *cli) {
    return list_since(cli, read_uncertified, "All access was certified or granted since.");
}

static nct_status read_to_review(const struct cli *cli, const void *provider, const struct page *page,
                                 nct_grant_list **out) {
    return nct_oa_change_list_to_review(cli->portal, provider, strlen(provider), page->after, page->after_len,
                                        page->limit, out);
}

static int cmd_access_to_review(struct cli *cli) {
    int code = portal_open(cli);
    return code == CLI_DONE ? grants_list(cli, read_to_review, args_value(&cli->args, "provider"),
                                          "No former Office Administrator granted access that is still in force.")
                            : code;
}

/* ---- Many people at once ---- */

typedef nct_status change_many(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                               size_t provider_len, size_t count, const char *const *ncids, nct_status *answers);

static const out_field answer_fields[] = {{"ncid", "NCID"}, {"message", "ANSWER"}, {NULL, NULL}};

/* @return how many were refused; `code` becomes the exit code of the worst */
static size_t list_answers(struct cli *cli, const nct_status *answers, int *code) {
    size_t refused = 0;
    out_list list = out_list_begin(cli, "answers", answer_fields);
    json_t *rows = out_array();
    for (size_t i = 0; i < cli->args.operand_count; i++) {
        int one = fail_exit_code(answers[i]);
        json_t *row = out_object();
        out_put_string(row, "ncid", cli->args.operands[i]);
        out_put_string(row, "status", nct_status_name(answers[i]));
        out_put_string(row, "message", answers[i] == NCT_OK ? "Done." : fail_message(cli, answers[i]));
        out_append(rows, row);
        refused += one != CLI_DONE;
        *code = one > *code ? one : *code;
    }
    out_list_page(&list, rows);
    return refused;
}

static int settle(struct cli *cli, change_many *change) {
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_status answers[ARGS_OPERANDS_MAX];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = change(cli->portal, by, strlen(by), provider, strlen(provider), cli->args.operand_count,
                               cli->args.operands, answers);
    if (status != NCT_OK) {
        return refusal_of_access(cli, status, NULL);
    }
    size_t refused = list_answers(cli, answers, &code);
    out_put_integer(cli->result, "refused", (int64_t)refused);
    out_say(cli, "%zu done, %zu refused.", cli->args.operand_count - refused, refused);
    deliver_after(cli);
    return code;
}

static int cmd_access_certify(struct cli *cli) {
    return settle(cli, nct_access_certify);
}

static int cmd_access_revoke_many(struct cli *cli) {
    return settle(cli, nct_access_revoke_many);
}

static const args_option since_options[] = {OPTION_PROVIDER,
                                            {"since", "TIME", "since when, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ", true},
                                            OPTION_PAGES,
                                            OPTIONS_END};

const cli_command review_access_commands[] = {
    {"access", "unused", "", "List access to a provider that was neither granted nor used since a time.", "", 0, 0,
     since_options, cmd_access_unused},
    {"access", "uncertified", "", "List access to a provider that was neither granted nor certified since a time.", "",
     0, 0, since_options, cmd_access_uncertified},
    {"access", "to-review", "", "List access that a former Office Administrator granted and nobody renewed since.",
     "What is certified, granted anew or revoked leaves the list.", 0, 0, provider_list_options, cmd_access_to_review},
    {"access", "certify", "NCID...", "Certify that people still need the access they have.",
     "Up to 100 people in one commit. Exit 1 or 2 when some were refused; the others are certified.", 1, 100,
     manage_options, cmd_access_certify},
    {"access", "revoke-many", "NCID...", "Take the access of many people away.",
     "Up to 100 people in one commit. Exit 1 or 2 when some were refused; the others have no access any more.", 1, 100,
     manage_options, cmd_access_revoke_many},
    COMMANDS_END};
