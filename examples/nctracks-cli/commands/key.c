/* Keys: a new master key in running order, old ones let go, stolen ones declared. */
#include "commands/commands.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nctracks/key.h>

#include "evidence/kept.h"
#include "files/key.h"
#include "key_file.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define STEP 1000           /* rows a call; between two, others get their turn */
#define PUBLIC_KEY_BYTES 32 /* of Ed25519 */

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

static int cmd_key_list(struct cli *cli) {
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

static int cmd_key_rotate(struct cli *cli) {
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

static int cmd_key_rekey(struct cli *cli) {
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

static int cmd_key_revoke(struct cli *cli) {
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

/* ---- announcements ---- */

static int save_announcement(struct cli *cli, const nct_key_list *keys, const char *key) {
    const char *path = args_value(&cli->args, "output");
    for (size_t i = 0; i < nct_key_list_count(keys); i++) {
        size_t len = 0;
        const void *announcement = nct_key_list_announcement(keys, i, &len);
        if (strcmp(nct_key_list_id(keys, i), key) == 0 && announcement != NULL) {
            return kept_save(cli, path, announcement, len);
        }
    }
    int code = fail_named(cli, NCT_E_NOT_FOUND, key);
    fail_help(cli, "'nctracks key list' lists the keys; the first was announced by none.");
    return code;
}

static int cmd_key_announcement(struct cli *cli) {
    nct_key_list *keys = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_key_list_read(cli->portal, &keys);
    code = status == NCT_OK ? save_announcement(cli, keys, cli->args.operands[0]) : fail_status(cli, status, NULL);
    nct_key_list_free(keys);
    if (code == CLI_DONE) {
        out_say(cli, "What the key before signed about this one is in %s. Publish it: it holds no secret.",
                args_value(&cli->args, "output"));
    }
    return code;
}

static int tell_announced(struct cli *cli, const char *key, const unsigned char public_key[PUBLIC_KEY_BYTES]) {
    char digits[2 * PUBLIC_KEY_BYTES + 1];
    text_hex(public_key, PUBLIC_KEY_BYTES, digits);
    out_put_string(cli->result, "key", key);
    out_put_string(cli->result, "public_key", digits);
    out_say(cli, "VALID: a key you trust announced the key %s, with the public key %s.", key, digits);
    return CLI_DONE;
}

static int cmd_key_verify(struct cli *cli) {
    const char *path = cli->args.operands[0];
    file_content announcement;
    file_content keys = {NULL, 0};
    char key[NCT_KEY_NAME_LENGTH + 1];
    unsigned char public_key[PUBLIC_KEY_BYTES];
    int code = kept_read(cli, path, KEPT_EVIDENCE_MAX, &announcement);
    if (code == CLI_DONE) {
        code = kept_read(cli, args_value(&cli->args, "keys"), KEPT_EVIDENCE_MAX, &keys);
    }
    if (code == CLI_DONE) {
        nct_status status =
            nct_announcement_verify(announcement.bytes, announcement.len, keys.bytes, keys.len, key, public_key);
        code = status == NCT_OK ? tell_announced(cli, key, public_key) : kept_refuse(cli, status, path);
    }
    file_release(&announcement);
    file_release(&keys);
    return code;
}

static const args_option key_verify_options[] = {
    {"keys", "FILE", "the portal's public keys of before, from a source you trust", true}, OPTIONS_END};
static const args_option key_rotate_options[] = {
    {"new-key", "FILE", "the new key; the file is made if it is not there", true}, OPTION_OPERATOR, OPTIONS_END};
static const args_option key_rekey_options[] = {
    {"limit", "N", "stop after so many rows; the next call goes on there", false}, OPTIONS_END};
static const args_option key_revoke_options[] = {
    {"from", "TIME", "from when on, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; not in the future", true},
    {"reason", "TEXT", "why, for the ledger", true},
    OPTION_OPERATOR,
    OPTIONS_END};

const cli_command key_commands[] = {
    {"key", "list", "", "List the portal's keys, and whether their master keys are needed.", "", 0, 0, no_options,
     cmd_key_list},
    {"key", "rotate", "", "Announce a new master key, signed by the one before.",
     "--key names the key before. Restart every process with the new key as a further one first.", 0, 0,
     key_rotate_options, cmd_key_rotate},
    {"key", "announcement", "KEY", "Write what the key before signed about a key to a file, to be published.", "", 1, 1,
     output_options, cmd_key_announcement},
    {"key", "verify", "FILE", "Verify such a file; needs no database.",
     "Whoever trusts the public keys of before can trust the new key then. Exit 1 when it is wrong.", 1, 1,
     key_verify_options, cmd_key_verify},
    {"key", "rekey", "", "Put everything under the current key, while the portal runs.",
     "Can be broken off and run again. Exit 3 when rows do not open: they stay as they are.", 0, 0, key_rekey_options,
     cmd_key_rekey},
    {"key", "revoke", "KEY", "Declare that somebody else may have a key from a time on.",
     "What it signed before stays valid. The current key must be rotated away first. Cannot be undone.", 1, 1,
     key_revoke_options, cmd_key_revoke},
    COMMANDS_END};
