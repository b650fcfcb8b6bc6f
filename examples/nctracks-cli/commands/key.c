/* Keys: a new master key in running order, old ones let go, stolen ones declared. */
#include "commands/commands.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nctracks/key.h>

#include "key_file.h"
#include "portal/key.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define STEP 1000 /* rows a call; between two, others get their turn */

static const out_field list_fields[] = {{"number", "NUMBER"},         {"key", "KEY"},
                                        {"state", "STATE"},           {"announced_at", "ANNOUNCED AT"},
                                        {"retired_at", "RETIRED AT"}, {"compromised_from", "COMPROMISED FROM"},
                                        {"master_key", "MASTER KEY"}, {NULL, NULL}};

/* Whether its master key is at hand, and needed. */
static const char *master_key(const nct_key_list *list, size_t index) {
    if (nct_key_list_droppable(list, index)) {
        return nct_key_list_held(list, index) ? "no longer needed" : "let go";
    }
    return nct_key_list_held(list, index) ? "held" : "missing";
}

static json_t *describe(const nct_key_list *list, size_t index) {
    json_t *row = out_object();
    out_put_integer(row, "number", (int64_t)nct_key_list_number(list, index));
    out_put_string(row, "key", nct_key_list_id(list, index));
    out_put_string(row, "state", nct_key_state_name(nct_key_list_state(list, index)));
    out_put_time(row, "announced_at", nct_key_list_announced_at(list, index));
    out_put_time(row, "retired_at", nct_key_list_retired_at(list, index));
    out_put_time(row, "compromised_from", nct_key_list_compromised_from(list, index));
    out_put_string(row, "master_key", master_key(list, index));
    return row;
}

int cmd_key_list(struct cli *cli) {
    nct_key_list *keys = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_key_list_read(cli->portal, &keys);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_list list = out_list_begin(cli, "keys", list_fields);
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_key_list_count(keys); i++) {
        out_append(rows, describe(keys, i));
    }
    out_list_page(&list, rows);
    out_list_end(&list, "There is no key.");
    nct_key_list_free(keys);
    return CLI_DONE;
}

/* ---- rotate ---- */

/* The portal with the new key as current one, and the one of --key as a further one; the file is made if need be. */
static int open_with_new_key(struct cli *cli, char old_file[CLI_PATH_MAX], bool *made) {
    const char *new_file = args_value(&cli->args, "new-key");
    size_t len = strlen(new_file);
    memcpy(old_file, cli->key_file, CLI_PATH_MAX);
    if (len >= CLI_PATH_MAX) {
        return fail_usage(cli, "a path is too long");
    }
    const char *wrong = key_file_objection(old_file, NULL);
    bool there = false;
    int looked = wrong == NULL ? portal_is_there(cli, &there) : CLI_DONE;
    if (looked != CLI_DONE) {
        return looked;
    }
    if (!there) {
        return portal_open(cli); /* which says what is wrong; no key is made for that */
    }
    memcpy(cli->key_file, new_file, len + 1);
    *made = access(new_file, F_OK) != 0;
    int code = *made ? portal_key_create(cli) : CLI_DONE;
    cli->further_key = old_file;
    code = code == CLI_DONE ? portal_open(cli) : code;
    cli->further_key = NULL;
    return code;
}

/* A state that refuses a step of the procedure is no damage: exit 1. */
static int refuse(struct cli *cli, nct_status status) {
    int code = fail_status(cli, status, NULL);
    return status == NCT_E_STATE ? CLI_REFUSED : code;
}

static int refuse_rotation(struct cli *cli, nct_status status, const char *old_file) {
    int code = refuse(cli, status);
    if (status == NCT_E_STATE) {
        fail_help(cli, "%s was announced before; a key is never taken back into use.", cli->key_file);
    } else if (status == NCT_E_KEY) {
        fail_help(cli, "%s is not the current key of %s; see 'nctracks key list'.", old_file, cli->database);
    }
    return code;
}

int cmd_key_rotate(struct cli *cli) {
    const char *operator_name = portal_operator(cli);
    char old_file[CLI_PATH_MAX];
    bool made = false;
    int code = open_with_new_key(cli, old_file, &made);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_key_rotate(cli->portal, operator_name, strlen(operator_name));
    if (status != NCT_OK) {
        return refuse_rotation(cli, status, old_file);
    }
    out_put_string(cli->result, "key_file", cli->key_file);
    out_put_string(cli->result, "old_key_file", old_file);
    out_put(cli->result, "made", json_boolean(made));
    out_say(cli,
            "The key in %s is announced and current%s. From now on name it with --key, and %s with --further-keys. "
            "When every process does, run 'nctracks key rekey'; when that is done, let the old key go.",
            cli->key_file, made ? "; keep a copy of it at another safe place" : "", old_file);
    return CLI_DONE;
}

/* ---- rekey ---- */

/* Goes through so many rows. */
static nct_status go_through(struct cli *cli, long rows, nct_rekey_progress **last) {
    nct_status status = NCT_OK;
    int32_t done = 0;
    while (status == NCT_OK && !done && rows > 0) {
        nct_rekey_progress *progress = NULL;
        status = nct_rekey(cli->portal, rows < STEP ? (size_t)rows : STEP, &progress);
        done = nct_rekey_progress_done(progress);
        rows -= STEP;
        if (status == NCT_OK) {
            nct_rekey_progress_free(*last);
            *last = progress;
        }
    }
    return status;
}

static int tell_progress(struct cli *cli, const nct_rekey_progress *progress) {
    uint64_t left = nct_rekey_progress_left(progress);
    bool done = nct_rekey_progress_done(progress) != 0;
    out_put_integer(cli->result, "pass", (int64_t)nct_rekey_progress_pass(progress));
    out_put_integer(cli->result, "seen", (int64_t)nct_rekey_progress_seen(progress));
    out_put_integer(cli->result, "resealed", (int64_t)nct_rekey_progress_resealed(progress));
    out_put_integer(cli->result, "left", (int64_t)left);
    out_put(cli->result, "done", json_boolean(done));
    if (!done) {
        out_say(cli,
                "Not done yet: pass %" PRIu64 ", %" PRIu64 " rows seen, %" PRIu64 " of them re-sealed. Run it again.",
                nct_rekey_progress_pass(progress), nct_rekey_progress_seen(progress),
                nct_rekey_progress_resealed(progress));
    } else if (left == 0) {
        out_say(cli, "All %" PRIu64 " rows are under the current key. The keys before are needed no more.",
                nct_rekey_progress_seen(progress));
    } else {
        int code = fail_environment(cli, "%" PRIu64 " rows do not open and stay under the key they are under", left);
        fail_help(cli,
                  "Name a key that is missing with --further-keys; 'nctracks audit verify' finds what was altered.");
        return code;
    }
    return CLI_DONE;
}

int cmd_key_rekey(struct cli *cli) {
    const char *limit = args_value(&cli->args, "limit");
    nct_rekey_progress *progress = NULL;
    long rows = LONG_MAX;
    if (limit != NULL && (!text_number(limit, LONG_MAX, &rows) || rows == 0)) {
        return fail_usage(cli, "--limit needs a number of rows");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = go_through(cli, rows, &progress);
    code = status == NCT_OK ? tell_progress(cli, progress) : refuse(cli, status);
    nct_rekey_progress_free(progress);
    if (status == NCT_E_STATE) {
        fail_help(cli, "The key in %s is not the current one; see 'nctracks key list'.", cli->key_file);
    }
    return code;
}

/* ---- revoke ---- */

static int refuse_revocation(struct cli *cli, nct_status status) {
    int code = refuse(cli, status);
    if (status == NCT_E_STATE) {
        fail_help(cli, "The current key must be rotated away first, and a declaration is never taken back; see "
                       "'nctracks key list'.");
    } else if (status == NCT_E_RANGE) {
        fail_help(cli, "The time must not lie in the future.");
    }
    return code;
}

int cmd_key_revoke(struct cli *cli) {
    const char *key = cli->args.operands[0];
    const char *operator_name = portal_operator(cli);
    const char *reason = args_value(&cli->args, "reason");
    int64_t from = 0;
    if (!text_parse_time(args_value(&cli->args, "from"), &from)) {
        return fail_usage(cli, "--from needs YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_key_revoke(cli->portal, operator_name, strlen(operator_name), key, strlen(key), from,
                                       reason, strlen(reason));
    if (status != NCT_OK) {
        return refuse_revocation(cli, status);
    }
    out_put_string(cli->result, "key", key);
    out_put_time(cli->result, "compromised_from", from);
    out_say(cli, "What the key signed from then on is not believed any more. Publish the public keys anew: 'nctracks "
                 "receipt keys'.");
    return CLI_DONE;
}
