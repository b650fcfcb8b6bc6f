/* Verifying streams of the ledger: in the database or exported, alone or against a checkpoint that was kept. */
#include "commands/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/anchor.h>
#include <nctracks/checkpoint.h>

#include "evidence/kept.h"
#include "evidence/ledger_check.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PAGE 1000
#define EXPORT_PAGE ((size_t)1 << 21) /* more than 1,000 entries take */
#define DETAIL_MAX 200

static const out_field verdict_fields[] = {
    {"stream", "STREAM"}, {"verdict", "VERDICT"}, {"sequence", "ENTRIES OR PLACE"}, {"detail", "WHY"}, {NULL, NULL}};

/* ---- Verdicts ---- */

/** The verdicts, gathered to whole pages so that their columns stand in line. */
struct verdicts {
    out_list list;
    json_t *rows;
    bool anchored; /**< Against a checkpoint. */
};

static void print_verdicts(struct verdicts *verdicts) {
    out_list_page(&verdicts->list, verdicts->rows);
    verdicts->rows = out_array();
}

static const char *name_of(int32_t verdict) {
    if (verdict == NCT_LEDGER_TAMPERED) {
        return "TAMPERED";
    }
    return verdict == NCT_LEDGER_VALID ? "VALID" : "VALID_BUT_UNANCHORED";
}

/* What is wrong, or what nothing vouches for. */
static void explain(const ledger_finding *finding, bool anchored, char out[DETAIL_MAX]) {
    unsigned long long sequence = finding->sequence;
    unsigned long long vouched = finding->anchored;
    out[0] = '\0';
    if (finding->verdict == NCT_LEDGER_TAMPERED && sequence <= vouched) {
        snprintf(out, DETAIL_MAX, "entry %llu is missing or not the one the checkpoint vouches for", sequence);
    } else if (finding->verdict == NCT_LEDGER_TAMPERED) {
        snprintf(out, DETAIL_MAX, "entry %llu is missing, changed, or contradicted by the records", sequence);
    } else if (finding->verdict == NCT_LEDGER_VALID) {
        snprintf(out, DETAIL_MAX, "the checkpoint vouches for every entry");
    } else if (anchored && vouched == 0) {
        snprintf(out, DETAIL_MAX, "the checkpoint does not tell of it");
    } else if (anchored) {
        snprintf(out, DETAIL_MAX, "the checkpoint vouches for the first %llu entries", vouched);
    }
    if (finding->untimely != 0) {
        size_t len = strlen(out);
        snprintf(out + len, DETAIL_MAX - len, "%sentry %llu is of a wrong clock", len > 0 ? "; " : "",
                 (unsigned long long)finding->untimely);
    }
}

static void tell(const ledger_finding *finding, void *user_data) {
    struct verdicts *verdicts = user_data;
    char detail[DETAIL_MAX];
    json_t *row = out_object();
    explain(finding, verdicts->anchored, detail);
    out_put_string(row, "stream", finding->stream);
    out_put_string(row, "verdict", name_of(finding->verdict));
    out_put_integer(row, "sequence", (int64_t)finding->sequence);
    if (verdicts->anchored) {
        out_put_integer(row, "anchored", (int64_t)finding->anchored);
    }
    out_put_integer(row, "untimely", (int64_t)finding->untimely);
    out_put_string(row, "detail", detail);
    out_append(verdicts->rows, row);
    if (json_array_size(verdicts->rows) == PAGE) {
        print_verdicts(verdicts);
    }
}

/* ---- What the checkpoint says ---- */

/** The files that are named, and what they say; empty where none is. */
struct kept {
    file_content checkpoint, keys, leaves, proof;
    nct_anchors *anchors;
};

static void release(struct kept *kept) {
    nct_anchors_free(kept->anchors);
    file_release(&kept->checkpoint);
    file_release(&kept->keys);
    file_release(&kept->leaves);
    file_release(&kept->proof);
}

static int read_files(struct cli *cli, struct kept *kept) {
    int code = kept_read_checkpoint(cli, args_value(&cli->args, "checkpoint"), &kept->checkpoint);
    if (code == CLI_DONE) {
        code = kept_read(cli, args_value(&cli->args, "keys"), KEPT_EVIDENCE_MAX, &kept->keys);
    }
    if (code == CLI_DONE) {
        code = kept_read(cli, args_value(&cli->args, "leaves"), KEPT_LEAVES_MAX, &kept->leaves);
    }
    return code == CLI_DONE ? kept_read(cli, args_value(&cli->args, "proof"), KEPT_EVIDENCE_MAX, &kept->proof) : code;
}

/* The portal has the leaves of its last checkpoint; whether they are those of the kept one is verified. */
static nct_status take_own_leaves(struct cli *cli, struct kept *kept) {
    nct_checkpoint *last = NULL;
    size_t len = 0;
    nct_status status = nct_checkpoint_export_leaves(cli->portal, &last);
    if (status == NCT_OK) {
        const void *leaves = nct_checkpoint_leaves(last, &len);
        status = nct_anchors_from_leaves(kept->checkpoint.bytes, kept->checkpoint.len, leaves, len, kept->keys.bytes,
                                         kept->keys.len, &kept->anchors);
    }
    nct_checkpoint_free(last);
    return status;
}

static nct_status take_anchors(struct cli *cli, struct kept *kept) {
    if (kept->leaves.bytes != NULL) {
        return nct_anchors_from_leaves(kept->checkpoint.bytes, kept->checkpoint.len, kept->leaves.bytes,
                                       kept->leaves.len, kept->keys.bytes, kept->keys.len, &kept->anchors);
    }
    if (kept->proof.bytes != NULL) {
        return nct_anchors_from_proof(kept->checkpoint.bytes, kept->checkpoint.len, kept->proof.bytes, kept->proof.len,
                                      kept->keys.bytes, kept->keys.len, &kept->anchors);
    }
    return take_own_leaves(cli, kept);
}

/** Learns what the checkpoint says; nothing without --checkpoint. The portal is open, if there is one. */
static int open_anchors(struct cli *cli, struct kept *kept) {
    if (!args_has(&cli->args, "checkpoint")) {
        return CLI_DONE;
    }
    nct_status status = take_anchors(cli, kept);
    if (status == NCT_OK) {
        return CLI_DONE;
    }
    bool own = kept->leaves.bytes == NULL && kept->proof.bytes == NULL;
    int code = kept_refuse(cli, status, args_value(&cli->args, "checkpoint"));
    if (status == NCT_E_INTEGRITY || status == NCT_E_NOT_FOUND) {
        fail_help(cli, own ? "It is not the last one, whose leaves the portal has: name those kept with it, --leaves."
                           : "The leaves or the proof are not those of this checkpoint.");
    }
    return code;
}

/* What goes with what. NULL: all is right. */
static const char *objection(const struct args *args) {
    bool checkpoint = args_has(args, "checkpoint");
    bool stream = args->operand_count > 0;
    bool file = args_has(args, "file");
    if (args_has(args, "all") && (stream || file)) {
        return "name either a stream, --file or --all";
    }
    if (stream && file) {
        return "the file says which stream it is of";
    }
    if (checkpoint != args_has(args, "keys")) {
        return "--checkpoint and --keys belong together";
    }
    if (!checkpoint && (args_has(args, "leaves") || args_has(args, "proof"))) {
        return "--leaves and --proof belong to --checkpoint";
    }
    if (args_has(args, "leaves") && args_has(args, "proof")) {
        return "name either --leaves or --proof";
    }
    if (args_has(args, "proof") && !stream && !file) {
        return "a proof is about one stream: name it";
    }
    if (file && checkpoint && !args_has(args, "leaves") && !args_has(args, "proof")) {
        return "a file is verified against a checkpoint with its --leaves or a --proof";
    }
    return NULL;
}

/* ---- The database ---- */

static int refuse_stream(struct cli *cli, nct_status status) {
    int code = fail_status(cli, status, NULL);
    if (status == NCT_E_FORMAT || status == NCT_E_NOT_FOUND) {
        fail_help(cli, "A stream is \"provider:\" and a provider's id, or \"person:\" and an NCID.");
    }
    return code;
}

/* A stream that the checkpoint tells of and the portal has no more. */
static nct_status find_missing(struct cli *cli, const struct kept *kept, struct verdicts *verdicts,
                               ledger_found *found) {
    char stream[NCT_STREAM_NAME_MAX + 1];
    ledger_finding finding = {.stream = stream};
    if (kept->leaves.bytes == NULL || found->tampered > 0 || found->anchored == nct_anchors_count(kept->anchors)) {
        return NCT_OK;
    }
    nct_status status = nct_checkpoint_compare(cli->portal, kept->checkpoint.bytes, kept->checkpoint.len,
                                               kept->leaves.bytes, kept->leaves.len, kept->keys.bytes, kept->keys.len,
                                               &finding.verdict, stream, sizeof stream, &finding.sequence);
    if (status == NCT_OK && finding.verdict == NCT_LEDGER_TAMPERED) {
        finding.anchored = finding.sequence;
        tell(&finding, verdicts);
        found->tampered++;
    }
    return status;
}

static int verify_database(struct cli *cli, const struct kept *kept, struct verdicts *verdicts, ledger_found *found) {
    nct_status status;
    if (cli->args.operand_count > 0) {
        status = ledger_check_one(cli->portal, kept->anchors, cli->args.operands[0], tell, verdicts, found);
    } else {
        status = ledger_check_all(cli->portal, kept->anchors, 0, tell, verdicts, found);
        if (status == NCT_OK) {
            status = find_missing(cli, kept, verdicts, found);
        }
    }
    return status == NCT_OK ? CLI_DONE : refuse_stream(cli, status);
}

/* ---- An exported file ---- */

static int verify_file(struct cli *cli, const struct kept *kept, struct verdicts *verdicts, ledger_found *found) {
    const char *path = args_value(&cli->args, "file");
    ledger_finding finding = {.stream = path};
    file_content export;
    int code = kept_read(cli, path, KEPT_LEAVES_MAX, &export);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status =
        kept->anchors != NULL
            ? nct_ledger_verify_export_against(export.bytes, export.len, kept->anchors, &finding.verdict,
                                               &finding.sequence, &finding.anchored)
            : nct_ledger_verify_export(export.bytes, export.len, &finding.verdict, &finding.sequence, NULL);
    file_release(&export);
    if (status != NCT_OK) {
        return kept_refuse(cli, status, path);
    }
    *found = (ledger_found){.streams = 1, .tampered = finding.verdict == NCT_LEDGER_TAMPERED};
    tell(&finding, verdicts);
    return CLI_DONE;
}

/* ---- verify ---- */

static int verify(struct cli *cli, const struct kept *kept) {
    ledger_found found = {0};
    struct verdicts verdicts = {out_list_begin(cli, "streams", verdict_fields), out_array(), kept->anchors != NULL};
    int code = args_has(&cli->args, "file") ? verify_file(cli, kept, &verdicts, &found)
                                            : verify_database(cli, kept, &verdicts, &found);
    print_verdicts(&verdicts);
    json_decref(verdicts.rows);
    if (code != CLI_DONE) {
        return code;
    }
    out_list_end(&verdicts.list, "There is no stream.");
    if (found.tampered == 0 && found.partial) {
        return fail_status(cli, NCT_E_PARTIAL, NULL);
    }
    return found.tampered == 0 ? CLI_DONE : fail_status(cli, NCT_E_INTEGRITY, NULL);
}

static int cmd_audit_verify(struct cli *cli) {
    struct kept kept = {0};
    const char *wrong = objection(&cli->args);
    if (wrong != NULL) {
        return fail_usage(cli, "%s", wrong);
    }
    int code = read_files(cli, &kept);
    if (code == CLI_DONE && !args_has(&cli->args, "file")) {
        code = portal_open(cli);
    }
    if (code == CLI_DONE) {
        code = open_anchors(cli, &kept);
    }
    if (code == CLI_DONE) {
        code = verify(cli, &kept);
    }
    release(&kept);
    return code;
}

/* ---- export ---- */

/* Appends page after page to a file. */
static int write_pages(struct cli *cli, int fd, const char *path, unsigned char *room) {
    const char *stream = cli->args.operands[0];
    uint64_t after = 0;
    for (;;) {
        uint64_t last = 0;
        size_t len = 0;
        nct_status status =
            nct_ledger_export(cli->portal, stream, strlen(stream), after, PAGE, room, EXPORT_PAGE, &len, &last);
        if (status != NCT_OK) {
            return refuse_stream(cli, status);
        }
        if (!file_write_all(fd, room, len)) {
            return fail_file(cli, path);
        }
        if (last == after) {
            out_put_integer(cli->result, "entries", (int64_t)last);
            return CLI_DONE;
        }
        after = last;
    }
}

static int cmd_audit_export(struct cli *cli) {
    const char *path = args_value(&cli->args, "output");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    unsigned char *room = malloc(EXPORT_PAGE);
    if (room == NULL) {
        return fail_status(cli, NCT_E_NO_MEMORY, NULL);
    }
    int fd = kept_create(cli, path);
    if (fd >= 0) {
        code = kept_finish(cli, path, fd, write_pages(cli, fd, path, room));
    }
    free(room);
    if (fd < 0) {
        return CLI_ENVIRONMENT;
    }
    if (code == CLI_DONE) {
        out_say(cli, "The stream is in %s; 'nctracks audit verify --file' verifies it anywhere.", path);
    }
    return code;
}

static const args_option verify_options[] = {
    {"all", NULL, "every stream, which is the default", false},
    {"file", "FILE", "an exported stream, without a database", false},
    {"checkpoint", "FILE", "against this checkpoint that somebody kept, as file or as mail", false},
    {"keys", "FILE", "the portal's public keys, from a source you trust", false},
    {"leaves", "FILE", "the leaves kept with the checkpoint; the portal has those of the last one", false},
    {"proof", "FILE", "instead of leaves: a proof about the one stream", false},
    OPTIONS_END};

const cli_command audit_verify_commands[] = {
    {"audit", "verify", "[STREAM]", "Verify that the past was not changed.",
     "Exit 3 when a stream is broken. A cut-off end shows only against a checkpoint: name one that was kept.", 0, 1,
     verify_options, cmd_audit_verify},
    {"audit", "export", "STREAM", "Write a stream to a file, for somebody without the database.", "", 1, 1,
     output_options, cmd_audit_export},
    COMMANDS_END};
