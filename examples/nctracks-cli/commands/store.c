/* Copying a portal from one store to another: rows as they lie there, then read again and verified. */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nctracks/checkpoint.h>
#include <sodium.h>

#include "evidence/checkpoint_finding.h"
#include "evidence/ledger_check.h"
#include "files/place.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PROGRESS_ROWS 100000
#define PLACE_MAX 512

/* Rows one after the other, counted, and all of what they are in one hash. */
struct digest {
    crypto_generichash_state state;
    uint64_t rows;
    unsigned char hash[crypto_generichash_BYTES];
};

struct copy {
    struct cli *cli;
    const char *from_name, *to_name;
    char from_place[PLACE_MAX], to_place[PLACE_MAX];
    portal_store from, to;
    struct digest read, found;
    nct_status put; /* what the destination said to the last row */
};

static void digest_begin(struct digest *digest) {
    digest->rows = 0;
    crypto_generichash_init(&digest->state, NULL, 0, sizeof digest->hash);
}

/* Lengths are part of it, so that no two lists of rows are the same bytes. */
static void digest_row(struct digest *digest, int32_t space, const void *key, size_t key_len, uint64_t revision,
                       const void *value, size_t len) {
    const uint64_t numbers[] = {(uint64_t)(uint32_t)space, key_len, revision, len};
    crypto_generichash_update(&digest->state, (const unsigned char *)numbers, sizeof numbers);
    crypto_generichash_update(&digest->state, key, key_len);
    crypto_generichash_update(&digest->state, value, len);
    digest->rows++;
}

static void digest_end(struct digest *digest) {
    crypto_generichash_final(&digest->state, digest->hash, sizeof digest->hash);
}

static nct_status copy_row(int32_t space, const void *key, size_t key_len, uint64_t revision, const void *value,
                           size_t len, void *user_data) {
    struct copy *copy = user_data;
    digest_row(&copy->read, space, key, key_len, revision, value, len);
    if (copy->read.rows % PROGRESS_ROWS == 0) {
        out_note(copy->cli, "%llu rows so far", (unsigned long long)copy->read.rows);
    }
    copy->put = portal_store_fill_put(&copy->to, space, key, key_len, revision, value, len);
    return copy->put;
}

static nct_status look_at_row(int32_t space, const void *key, size_t key_len, uint64_t revision, const void *value,
                              size_t len, void *user_data) {
    struct copy *copy = user_data;
    digest_row(&copy->found, space, key, key_len, revision, value, len);
    return NCT_OK;
}

static int fail_at(const struct copy *copy, bool at_destination) {
    char reason[600];
    const char *name = at_destination ? copy->to_name : copy->from_name;
    return fail_environment(copy->cli, "%s: %s", at_destination ? copy->to_place : copy->from_place,
                            portal_store_error(name, reason, sizeof reason));
}

static int open_both(struct copy *copy) {
    nct_status status = portal_store_look(copy->from_name);
    if (status == NCT_E_NOT_FOUND) {
        return fail_environment(copy->cli, "%s: there is no portal", copy->from_place);
    }
    if (status != NCT_OK || portal_store_open(copy->from_name, &copy->from) != NCT_OK) {
        return fail_at(copy, false);
    }
    return portal_store_open(copy->to_name, &copy->to) == NCT_OK ? CLI_DONE : fail_at(copy, true);
}

static int copy_rows(struct copy *copy) {
    nct_status status = portal_store_fill_begin(&copy->to);
    if (status == NCT_E_STATE) {
        return fail_environment(copy->cli, "%s: there are rows in it already; a copy needs an empty store",
                                copy->to_place);
    }
    if (status != NCT_OK) {
        return fail_at(copy, true);
    }
    digest_begin(&copy->read);
    status = portal_store_each(&copy->from, copy_row, copy);
    digest_end(&copy->read);
    nct_status ended = portal_store_fill_end(&copy->to, status == NCT_OK);
    if (status != NCT_OK) {
        return fail_at(copy, copy->put != NCT_OK);
    }
    return ended == NCT_OK ? CLI_DONE : fail_at(copy, true);
}

static int compare_rows(struct copy *copy) {
    digest_begin(&copy->found);
    nct_status status = portal_store_each(&copy->to, look_at_row, copy);
    digest_end(&copy->found);
    if (status != NCT_OK) {
        return fail_at(copy, true);
    }
    if (copy->read.rows == copy->found.rows && memcmp(copy->read.hash, copy->found.hash, sizeof copy->read.hash) == 0) {
        return CLI_DONE;
    }
    return fail_environment(copy->cli, "%s: what was read again is not what was copied; do not use it", copy->to_place);
}

/* ---- The copy as a portal ---- */

static int verify_ledger(struct cli *cli) {
    ledger_found found;
    nct_status status = ledger_check_all(cli->portal, NULL, 0, NULL, NULL, &found);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_put_integer(cli->result, "streams", (int64_t)found.streams);
    return found.tampered == 0
               ? CLI_DONE
               : fail_environment(cli, "%zu of %zu streams of the ledger are broken", found.tampered, found.streams);
}

static int verify_checkpoint(struct cli *cli) {
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t finding = NCT_CHECKPOINT_AGREES;
    nct_status status = nct_checkpoint_examine(cli->portal, &finding, stream, sizeof stream, NULL);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    return finding == NCT_CHECKPOINT_AGREES ? CLI_DONE
                                            : fail_environment(cli, "%s%s", checkpoint_finding(finding), stream);
}

/* With the key and the rules that lie beside the source, or where the options say. */
static int verify_portal(struct copy *copy) {
    struct cli *cli = copy->cli;
    cli->store_name = copy->to_name;
    snprintf(cli->database, sizeof cli->database, "%s", copy->to_place);
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = verify_ledger(cli);
    }
    return code == CLI_DONE ? verify_checkpoint(cli) : code;
}

static void tell(const struct copy *copy) {
    char digest[2 * crypto_generichash_BYTES + 1];
    text_hex(copy->read.hash, sizeof copy->read.hash, digest);
    out_put_integer(copy->cli->result, "rows", (int64_t)copy->read.rows);
    out_put_string(copy->cli->result, "digest", digest);
    out_say(copy->cli, "%llu rows of %s are in %s, the same when read again (%.16s); ledger and checkpoint agree.",
            (unsigned long long)copy->read.rows, copy->from_place, copy->to_place, digest);
}

static int run(struct copy *copy) {
    int code = place_named(copy->cli, copy->from_name);
    if (code == CLI_DONE && access(copy->cli->key_file, F_OK) != 0) {
        code = fail_file(copy->cli, copy->cli->key_file);
        fail_help(copy->cli, "The copy is verified as a portal, which needs the key: name it with --key.");
    }
    if (code == CLI_DONE) {
        code = open_both(copy);
    }
    if (code == CLI_DONE) {
        code = copy_rows(copy);
    }
    if (code == CLI_DONE) {
        code = compare_rows(copy);
    }
    return code == CLI_DONE ? verify_portal(copy) : code;
}

static int cmd_store_copy(struct cli *cli) {
    static struct copy copy; /* large */
    copy = (struct copy){.cli = cli, .from_name = cli->args.operands[0], .to_name = cli->args.operands[1]};
    portal_store_place(copy.from_name, copy.from_place, sizeof copy.from_place);
    portal_store_place(copy.to_name, copy.to_place, sizeof copy.to_place);
    int code = sodium_init() >= 0 ? run(&copy) : fail_environment(cli, "libsodium does not work here");
    if (code == CLI_DONE) {
        tell(&copy);
    }
    portal_store_close(&copy.from);
    portal_store_close(&copy.to);
    return code;
}

const cli_command store_commands[] = {
    {"store", "copy", "FROM TO", "Copy a portal to an empty store and verify it there.",
     "FROM and TO are files of SQLite or postgresql://user@host/database. The copy is of one moment: end whatever "
     "commits to FROM first. The key is that beside FROM, or of --key.",
     2, 2, no_options, cmd_store_copy},
    COMMANDS_END};
