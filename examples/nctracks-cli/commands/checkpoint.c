#include "commands/commands.h"

#include <string.h>

#include <nctracks/anchor.h>
#include <nctracks/checkpoint.h>
#include <nctracks/ident.h>
#include <nctracks/receipt.h>

#include "evidence/checkpoint_finding.h"
#include "evidence/kept.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PROOF_MAX 4096
#define NUMBER_MAX 1000000000L

static const out_field checkpoint_fields[] = {{"number", "Checkpoint"},
                                              {"made_at", "Made at"},
                                              {"streams", "Streams"},
                                              {"entries", "Entries"},
                                              {"root", "Root"},
                                              {"hash", "Hash"},
                                              {NULL, NULL}};

static void print_checkpoint(struct cli *cli, const nct_checkpoint *checkpoint) {
    char root[2 * NCT_CHECKPOINT_HASH + 1];
    char hash[2 * NCT_CHECKPOINT_HASH + 1];
    json_t *record = out_object();
    text_hex(nct_checkpoint_root(checkpoint), NCT_CHECKPOINT_HASH, root);
    text_hex(nct_checkpoint_hash(checkpoint), NCT_CHECKPOINT_HASH, hash);
    out_put_integer(record, "number", (int64_t)nct_checkpoint_number(checkpoint));
    out_put_time(record, "made_at", nct_checkpoint_time(checkpoint));
    out_put_integer(record, "streams", (int64_t)nct_checkpoint_streams(checkpoint));
    out_put_integer(record, "entries", (int64_t)nct_checkpoint_entries(checkpoint));
    out_put_string(record, "root", root);
    out_put_string(record, "hash", hash);
    out_record(cli, record, checkpoint_fields);
}

/* ---- make ---- */

static int write_keys(struct cli *cli, const char *path) {
    unsigned char keys[4096];
    size_t len = 0;
    nct_status status = nct_portal_key_set(cli->portal, keys, sizeof keys, &len);
    return status == NCT_OK ? kept_save(cli, path, keys, len) : fail_status(cli, status, NULL);
}

static int write_evidence(struct cli *cli, const nct_checkpoint *checkpoint) {
    size_t len = 0;
    size_t leaves_len = 0;
    const void *bytes = nct_checkpoint_bytes(checkpoint, &len);
    const void *leaves = nct_checkpoint_leaves(checkpoint, &leaves_len);
    int code = kept_save(cli, args_value(&cli->args, "output"), bytes, len);
    if (code == CLI_DONE) {
        code = kept_save(cli, args_value(&cli->args, "leaves"), leaves, leaves_len);
    }
    return code == CLI_DONE ? write_keys(cli, args_value(&cli->args, "keys")) : code;
}

/** Queues a checkpoint for who keeps it. @param number 0: the last one */
static int mail(struct cli *cli, uint64_t number, const char *address) {
    nct_status status = nct_checkpoint_mail(cli->portal, number, address, strlen(address));
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_put_string(cli->result, "mailed_to", address);
    deliver_after(cli);
    return CLI_DONE;
}

static int check_address(struct cli *cli, const char *address) {
    nct_status status = address != NULL ? nct_ident_check(NCT_IDENT_EMAIL, address, strlen(address)) : NCT_OK;
    return status == NCT_OK ? CLI_DONE : fail_named(cli, status, "the address");
}

/** A checkpoint cannot be unmade: what would be in the way of sending it away is told of before. */
static int check_ways(struct cli *cli) {
    static const char *const files[] = {"output", "leaves", "keys", NULL};
    int code = kept_check_new(cli, files);
    return code == CLI_DONE ? check_address(cli, args_value(&cli->args, "mail")) : code;
}

/** Says what is in the way. */
static int refuse_to_make(struct cli *cli, nct_status status) {
    char stream[NCT_STREAM_NAME_MAX + 1];
    int32_t finding = NCT_CHECKPOINT_AGREES;
    int code = fail_status(cli, status, NULL);
    if (nct_checkpoint_examine(cli->portal, &finding, stream, sizeof stream, NULL) == NCT_OK &&
        finding != NCT_CHECKPOINT_AGREES) {
        fail_help(cli, "%s%s Nothing was signed. %s", checkpoint_finding(finding), stream, checkpoint_way_out(finding));
    }
    return code;
}

static int cmd_checkpoint_make(struct cli *cli) {
    nct_checkpoint *checkpoint = NULL;
    const char *address = args_value(&cli->args, "mail");
    int code = check_ways(cli);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_checkpoint_make(cli->portal, NULL);
    if (status == NCT_OK) {
        status = nct_checkpoint_export_leaves(cli->portal, &checkpoint);
    }
    if (status != NCT_OK) {
        return refuse_to_make(cli, status);
    }
    print_checkpoint(cli, checkpoint);
    code = write_evidence(cli, checkpoint);
    if (code == CLI_DONE && address != NULL) {
        code = mail(cli, nct_checkpoint_number(checkpoint), address);
    }
    nct_checkpoint_free(checkpoint);
    return code;
}

/* ---- rebuild, restart ---- */

/** Reads the leaves, where a file is named. */
static int rebuild(struct cli *cli) {
    const char *name = portal_operator(cli);
    const char *reason = args_value(&cli->args, "reason");
    file_content leaves = {0};
    int code = kept_read(cli, args_value(&cli->args, "leaves"), KEPT_LEAVES_MAX, &leaves);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        nct_checkpoint_rebuild(cli->portal, name, strlen(name), leaves.bytes, leaves.len, reason, strlen(reason));
    file_release(&leaves);
    if (status == NCT_E_STATE) {
        return fail_input(cli, "the leaves of the last checkpoint are as they were");
    }
    if (status != NCT_OK) {
        code = fail_status(cli, status, NULL);
        fail_help(cli, "They do not give the root that was signed. Name a copy with --leaves; where there is none, see "
                       "'nctracks checkpoint restart'.");
        return code;
    }
    out_say(cli, "The leaves of the last checkpoint are what was signed again.");
    return CLI_DONE;
}

static int cmd_checkpoint_rebuild(struct cli *cli) {
    int code = portal_open(cli);
    return code == CLI_DONE ? rebuild(cli) : code;
}

static int cmd_checkpoint_restart(struct cli *cli) {
    const char *name = portal_operator(cli);
    const char *reason = args_value(&cli->args, "reason");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_checkpoint_restart(cli->portal, name, strlen(name), reason, strlen(reason));
    if (status == NCT_E_STATE) {
        return fail_input(cli, "nothing is in the way of the next checkpoint");
    }
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    out_say(cli, "The next checkpoint is compared with nothing. Compare the ledger with one that was kept elsewhere.");
    return CLI_DONE;
}

/* ---- mail ---- */

/** A number from 1; 0 when none was given. */
static int take_number(struct cli *cli, size_t operand, long *number) {
    *number = 0;
    if (cli->args.operand_count > operand &&
        (!text_number(cli->args.operands[operand], NUMBER_MAX, number) || *number == 0)) {
        return fail_usage(cli, "a checkpoint has a number from 1");
    }
    return CLI_DONE;
}

static int cmd_checkpoint_mail(struct cli *cli) {
    long number = 0;
    int code = take_number(cli, 1, &number);
    if (code == CLI_DONE) {
        code = check_address(cli, cli->args.operands[0]);
    }
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    return code == CLI_DONE ? mail(cli, (uint64_t)number, cli->args.operands[0]) : code;
}

/* ---- show ---- */

static int cmd_checkpoint_show(struct cli *cli) {
    long number = 0;
    nct_checkpoint *checkpoint = NULL;
    int code = take_number(cli, 0, &number);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_checkpoint_get(cli->portal, (uint64_t)number, &checkpoint);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    print_checkpoint(cli, checkpoint);
    size_t len = 0;
    const void *bytes = nct_checkpoint_bytes(checkpoint, &len);
    code = kept_save(cli, args_value(&cli->args, "output"), bytes, len);
    nct_checkpoint_free(checkpoint);
    return code;
}

/* ---- prove ---- */

static int cmd_checkpoint_prove(struct cli *cli) {
    const char *stream = cli->args.operands[0];
    unsigned char proof[PROOF_MAX];
    size_t len = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_checkpoint *checkpoint = NULL;
    nct_status status =
        nct_checkpoint_prove(cli->portal, stream, strlen(stream), proof, sizeof proof, &len, &checkpoint);
    if (status != NCT_OK) {
        return fail_status(cli, status, NULL);
    }
    code = kept_save(cli, args_value(&cli->args, "output"), proof, len);
    if (code == CLI_DONE) {
        out_say(cli, "%s is in checkpoint %llu.", stream, (unsigned long long)nct_checkpoint_number(checkpoint));
    }
    nct_checkpoint_free(checkpoint);
    return code;
}

/* ---- verify, compare ---- */

/** What somebody kept; empty where no file was named. */
struct evidence {
    file_content checkpoint;
    file_content keys;
    file_content previous;
    file_content leaves;
};

static void release(struct evidence *evidence) {
    file_release(&evidence->checkpoint);
    file_release(&evidence->keys);
    file_release(&evidence->previous);
    file_release(&evidence->leaves);
}

/** Reads the files that are named; release() afterwards in any case. */
static int read_evidence(struct cli *cli, struct evidence *evidence) {
    *evidence = (struct evidence){0};
    int code = kept_read_checkpoint(cli, cli->args.operands[0], &evidence->checkpoint);
    if (code == CLI_DONE) {
        code = kept_read(cli, args_value(&cli->args, "keys"), KEPT_EVIDENCE_MAX, &evidence->keys);
    }
    if (code == CLI_DONE) {
        code = kept_read_checkpoint(cli, args_value(&cli->args, "previous"), &evidence->previous);
    }
    return code == CLI_DONE ? kept_read(cli, args_value(&cli->args, "leaves"), KEPT_LEAVES_MAX, &evidence->leaves)
                            : code;
}

/** What does not belong to the checkpoint is the other file that was named. */
static int refuse(struct cli *cli, nct_status status, const char *other) {
    const char *path = args_value(&cli->args, other);
    int code = kept_refuse(cli, status, cli->args.operands[0]);
    if (status == NCT_E_INTEGRITY && path != NULL) {
        fail_help(cli, "%s does not belong to it, or one of the two was changed.", path);
    }
    return code;
}

static int cmd_checkpoint_verify(struct cli *cli) {
    struct evidence evidence;
    nct_checkpoint *checkpoint = NULL;
    int code = read_evidence(cli, &evidence);
    if (code == CLI_DONE) {
        nct_status status =
            nct_checkpoint_verify(evidence.checkpoint.bytes, evidence.checkpoint.len, evidence.keys.bytes,
                                  evidence.keys.len, evidence.previous.bytes, evidence.previous.len, &checkpoint);
        code = status == NCT_OK ? CLI_DONE : refuse(cli, status, "previous");
    }
    if (code == CLI_DONE) {
        print_checkpoint(cli, checkpoint);
        out_say(cli, evidence.previous.bytes != NULL ? "It is right, and follows the one before."
                                                     : "It is right. Whether it follows another was not asked.");
    }
    nct_checkpoint_free(checkpoint);
    release(&evidence);
    return code;
}

static int compare(struct cli *cli, const struct evidence *evidence) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t sequence = 0;
    char stream[NCT_STREAM_NAME_MAX + 1];
    nct_status status = nct_checkpoint_compare(cli->portal, evidence->checkpoint.bytes, evidence->checkpoint.len,
                                               evidence->leaves.bytes, evidence->leaves.len, evidence->keys.bytes,
                                               evidence->keys.len, &verdict, stream, sizeof stream, &sequence);
    if (status != NCT_OK) {
        return refuse(cli, status, "leaves");
    }
    out_put_string(cli->result, "verdict", verdict == NCT_LEDGER_VALID ? "VALID" : "TAMPERED");
    if (verdict == NCT_LEDGER_VALID) {
        out_say(cli, "The ledger is whole, and its past is the one of the checkpoint.");
        return CLI_DONE;
    }
    out_put_string(cli->result, "stream", stream);
    out_put_integer(cli->result, "sequence", (int64_t)sequence);
    int code = fail_status(cli, NCT_E_INTEGRITY, NULL);
    fail_help(cli, "%s is not what it was, at entry %lld.", stream, (long long)sequence);
    return code;
}

static int cmd_checkpoint_compare(struct cli *cli) {
    struct evidence evidence;
    int code = read_evidence(cli, &evidence);
    if (code == CLI_DONE) {
        code = portal_open(cli);
    }
    if (code == CLI_DONE) {
        code = compare(cli, &evidence);
    }
    release(&evidence);
    return code;
}

static const args_option checkpoint_make_options[] = {
    {"output", "FILE", "write the checkpoint to this new file, for somebody else to keep", false},
    {"leaves", "FILE", "write its leaves to this new file, for 'checkpoint compare'", false},
    {"keys", "FILE", "write the portal's public keys to this new file", false},
    {"mail", "ADDRESS", "mail the checkpoint to somebody who keeps it", false},
    OPTIONS_END};
static const args_option checkpoint_rebuild_options[] = {
    {"leaves", "FILE", "a copy of the leaves; else they are found in the streams", false},
    {"reason", "TEXT", "why, for the ledger", true},
    OPTION_OPERATOR,
    OPTIONS_END};
static const args_option checkpoint_show_options[] = {
    {"output", "FILE", "write the checkpoint to this new file", false}, OPTIONS_END};
static const args_option checkpoint_verify_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust", true},
    {"previous", "FILE", "the checkpoint before, which this one must follow", false},
    OPTIONS_END};
static const args_option checkpoint_prove_options[] = {{"output", "FILE", "write the proof to this new file", true},
                                                       OPTIONS_END};
static const args_option checkpoint_compare_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust", true},
    {"leaves", "FILE", "the leaves of the checkpoint", true},
    OPTIONS_END};

const cli_command checkpoint_commands[] = {
    {"checkpoint", "make", "", "Sign the state of the whole ledger, for somebody else to keep.",
     "Nothing is signed that contradicts the last checkpoint: exit 3 then.", 0, 0, checkpoint_make_options,
     cmd_checkpoint_make},
    {"checkpoint", "mail", "ADDRESS [NUMBER]", "Mail a checkpoint, or the last one, to somebody who keeps it.",
     "The mail carries it whole; 'checkpoint verify' takes the saved message.", 1, 2, no_options, cmd_checkpoint_mail},
    {"checkpoint", "show", "[NUMBER]", "Show a checkpoint, or the last one.", "", 0, 1, checkpoint_show_options,
     cmd_checkpoint_show},
    {"checkpoint", "verify", "FILE", "Verify a checkpoint that was kept; needs no database.",
     "Exit 1 when it is wrong.", 1, 1, checkpoint_verify_options, cmd_checkpoint_verify},
    {"checkpoint", "prove", "STREAM", "Prove that a stream is in the last checkpoint.",
     "With the checkpoint and the public keys, anybody can verify the proof.", 1, 1, checkpoint_prove_options,
     cmd_checkpoint_prove},
    {"checkpoint", "compare", "FILE", "Compare the ledger with a checkpoint that was kept.",
     "Exit 1 when the files are wrong, 3 when the ledger is.", 1, 1, checkpoint_compare_options,
     cmd_checkpoint_compare},
    {"checkpoint", "rebuild", "", "Write the leaves kept of the last checkpoint anew, where they were altered.",
     "From the streams, or from a copy; they must give the root that was signed.", 0, 0, checkpoint_rebuild_options,
     cmd_checkpoint_rebuild},
    {"checkpoint", "restart", "", "Give up the comparison with the last checkpoint, where nothing else helps.",
     "The next one is compared with nothing. Compare with one that was kept elsewhere, and its leaves.", 0, 0,
     decision_options, cmd_checkpoint_restart},
    COMMANDS_END};
