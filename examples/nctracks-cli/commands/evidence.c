#include "commands/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <nctracks/checkpoint.h>
#include <nctracks/receipt.h>

#include "evidence/check.h"
#include "evidence/members.h"
#include "files.h"
#include "portal/open.h"
#include "terminal/damage_report.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

#define PAGE 1000
#define PROOF_MAX 4096
#define TRIES 5
#define STREAM_PREFIX "provider:"

/* ---- Gathering ---- */

/** What is on its way into the file. */
struct gathering {
    struct cli *cli;
    evidence_facts facts;
    int64_t from, to; /**< Milliseconds; [from, to). */
    evidence_members members;
};

static int add(struct gathering *all, const char *name, unsigned char *bytes, size_t len) {
    if (bytes == NULL) {
        return fail_status(all->cli, NCT_E_NO_MEMORY, NULL);
    }
    if (evidence_add(&all->members, name, bytes, len)) {
        return CLI_DONE;
    }
    int code = fail_status(all->cli, NCT_E_LIMIT, NULL);
    fail_help(all->cli, "An evidence file has up to %d members of 64 MiB, 1 GiB in all. Ask for a shorter period.",
              EVIDENCE_MEMBERS_MAX);
    return code;
}

static int add_copy(struct gathering *all, const char *name, const void *bytes, size_t len) {
    unsigned char *copy = malloc(len + 1);
    if (copy != NULL && len > 0) {
        memcpy(copy, bytes, len);
    }
    return add(all, name, copy, len);
}

static int add_keys(struct gathering *all) {
    size_t len = 0;
    nct_status status = nct_portal_key_set(all->cli->portal, NULL, 0, &len);
    unsigned char *keys = malloc(len + 1);
    if (status == NCT_E_BUFFER) {
        status = keys != NULL ? nct_portal_key_set(all->cli->portal, keys, len, &len) : NCT_E_NO_MEMORY;
    }
    if (status != NCT_OK) {
        free(keys);
        return fail_status(all->cli, status, NULL);
    }
    return add(all, "keys.cose", keys, len);
}

static int add_rendering(struct gathering *all, const nct_signature *signature) {
    char name[EVIDENCE_NAME_MAX];
    size_t len = 0;
    nct_status status = nct_signature_render(signature, NULL, 0, &len);
    char *text = status == NCT_E_BUFFER ? malloc(len + 1) : NULL;
    if (status == NCT_E_BUFFER) {
        status = text != NULL ? nct_signature_render(signature, text, len + 1, NULL) : NCT_E_NO_MEMORY;
    }
    if (status != NCT_OK) {
        free(text);
        return fail_status(all->cli, status, NULL);
    }
    snprintf(name, sizeof name, "receipts/%s.txt", nct_signature_id(signature));
    return add(all, name, (unsigned char *)text, len);
}

static int add_repudiation(struct gathering *all, const nct_signature *signature) {
    char name[EVIDENCE_NAME_MAX];
    unsigned char declaration[8192];
    const char *id = nct_signature_id(signature);
    const char *provider = nct_signature_provider(signature);
    size_t len = 0;
    nct_status status = nct_signature_repudiation(all->cli->portal, provider, strlen(provider), id, strlen(id),
                                                  declaration, sizeof declaration, &len);
    if (status == NCT_E_NOT_FOUND) {
        return CLI_DONE;
    }
    if (status != NCT_OK) {
        return fail_status(all->cli, status, NULL);
    }
    all->facts.repudiations++;
    snprintf(name, sizeof name, "repudiations/%s.cose", id);
    return add_copy(all, name, declaration, len);
}

static int add_signature(struct gathering *all, const nct_signature *signature) {
    char name[EVIDENCE_NAME_MAX];
    size_t len = 0;
    const void *receipt = nct_signature_receipt(signature, &len);
    snprintf(name, sizeof name, "receipts/%s.cose", nct_signature_id(signature));
    all->facts.receipts++;
    int code = add_copy(all, name, receipt, len);
    if (code == CLI_DONE) {
        code = add_rendering(all, signature);
    }
    return code == CLI_DONE ? add_repudiation(all, signature) : code;
}

static int add_page(struct gathering *all, const nct_signature_list *page) {
    int code = CLI_DONE;
    for (size_t i = 0; code == CLI_DONE && i < nct_signature_list_count(page); i++) {
        const nct_signature *signature = nct_signature_list_at(page, i);
        int64_t at = nct_signature_signed_at(signature);
        if (at >= all->from && at < all->to) {
            code = add_signature(all, signature);
        }
    }
    return code;
}

static int add_receipts(struct gathering *all) {
    char after[NCT_SIGNATURE_ID_LENGTH + 1] = "";
    const char *provider = all->facts.provider;
    int code = CLI_DONE;
    do {
        nct_signature_list *page = NULL;
        size_t len = strlen(after);
        nct_status status = nct_signature_list_by_provider(all->cli->portal, provider, strlen(provider),
                                                           len > 0 ? after : NULL, len, PAGE, &page);
        status = damage_pass(all->cli, status);
        if (status != NCT_OK) {
            return fail_status(all->cli, status, NULL);
        }
        size_t count = nct_signature_list_count(page);
        snprintf(after, sizeof after, "%s", count > 0 ? nct_signature_id(nct_signature_list_at(page, count - 1)) : "");
        code = add_page(all, page);
        nct_signature_list_free(page);
    } while (code == CLI_DONE && after[0] != '\0');
    return code;
}

/* The ledger as it is exported, page behind page. */
struct exported {
    unsigned char *bytes;
    size_t len, capacity;
};

static bool reserve(struct exported *exported, size_t more) {
    if (exported->capacity - exported->len >= more) {
        return true;
    }
    size_t capacity = (exported->len + more) * 2;
    unsigned char *bytes = realloc(exported->bytes, capacity);
    if (bytes == NULL) {
        return false;
    }
    exported->bytes = bytes;
    exported->capacity = capacity;
    return true;
}

static nct_status export_page(nct_portal *portal, const char *stream, struct exported *exported, uint64_t *after) {
    nct_status status = NCT_E_BUFFER;
    uint64_t last = *after;
    size_t len = 1 << 16;
    while (status == NCT_E_BUFFER) {
        if (!reserve(exported, len)) {
            return NCT_E_NO_MEMORY;
        }
        status = nct_ledger_export(portal, stream, strlen(stream), *after, PAGE, exported->bytes + exported->len,
                                   exported->capacity - exported->len, &len, &last);
    }
    exported->len += status == NCT_OK ? len : 0;
    *after = last;
    return exported->len <= EVIDENCE_MEMBER_MAX || status != NCT_OK ? status : NCT_E_LIMIT;
}

static int add_ledger(struct gathering *all, const char *stream) {
    char name[EVIDENCE_NAME_MAX];
    struct exported exported = {NULL, 0, 0};
    uint64_t before;
    nct_status status;
    do {
        before = all->facts.entries;
        status = export_page(all->cli->portal, stream, &exported, &all->facts.entries);
    } while (status == NCT_OK && all->facts.entries > before);
    int32_t verdict = NCT_LEDGER_TAMPERED;
    if (status == NCT_OK) {
        status = nct_ledger_verify_export(exported.bytes, exported.len, &verdict, &all->facts.entries, all->facts.head);
    }
    if (status == NCT_OK && verdict == NCT_LEDGER_TAMPERED) {
        status = NCT_E_INTEGRITY;
    }
    if (status != NCT_OK) {
        free(exported.bytes);
        return fail_status(all->cli, status, NULL);
    }
    snprintf(name, sizeof name, "ledger/provider-%s.cborseq", all->facts.provider);
    return add(all, name, exported.bytes, exported.len);
}

/* Where no checkpoint holds the stream, there is none in the file. */
static int add_checkpoint(struct gathering *all, const char *stream) {
    unsigned char proof[PROOF_MAX];
    size_t proof_len = 0;
    size_t len = 0;
    nct_checkpoint *checkpoint = NULL;
    nct_status status =
        nct_checkpoint_prove(all->cli->portal, stream, strlen(stream), proof, sizeof proof, &proof_len, &checkpoint);
    if (status != NCT_OK) {
        return status == NCT_E_NOT_FOUND ? CLI_DONE : fail_status(all->cli, status, NULL);
    }
    all->facts.checkpoint = nct_checkpoint_number(checkpoint);
    memcpy(all->facts.checkpoint_hash, nct_checkpoint_hash(checkpoint), NCT_CHECKPOINT_HASH);
    const void *bytes = nct_checkpoint_bytes(checkpoint, &len);
    int code = add_copy(all, "checkpoint/checkpoint.cose", bytes, len);
    nct_checkpoint_free(checkpoint);
    return code == CLI_DONE ? add_copy(all, "checkpoint/proof.cbor", proof, proof_len) : code;
}

/* Whether the ledger has entries that are not in the file: receipts may be, or a checkpoint. */
static bool has_grown(const struct gathering *all, const char *stream) {
    size_t len = 0;
    uint64_t last = 0;
    nct_status status =
        nct_ledger_export(all->cli->portal, stream, strlen(stream), all->facts.entries, 1, NULL, 0, &len, &last);
    return status == NCT_E_BUFFER;
}

static int gather_once(struct gathering *all, const char *stream) {
    evidence_release(&all->members);
    all->facts.receipts = all->facts.repudiations = 0;
    all->facts.entries = all->facts.checkpoint = 0;
    int code = add_ledger(all, stream);
    if (code == CLI_DONE) {
        code = add_receipts(all);
    }
    return code == CLI_DONE ? add_checkpoint(all, stream) : code;
}

/* Nothing happens to the provider meanwhile, or all is gathered again: each part tells of the others. */
static int gather_still(struct gathering *all, const char *stream) {
    for (int tries = 0; tries < TRIES; tries++) {
        int code = gather_once(all, stream);
        if (code != CLI_DONE || !has_grown(all, stream)) {
            return code;
        }
    }
    return fail_status(all->cli, NCT_E_BUSY, NULL);
}

static int gather(struct gathering *all) {
    char stream[NCT_STREAM_NAME_MAX + 1];
    snprintf(stream, sizeof stream, STREAM_PREFIX "%s", all->facts.provider);
    int code = gather_still(all, stream);
    if (code == CLI_DONE) {
        code = add_keys(all);
    }
    if (code == CLI_DONE) {
        size_t len = 0;
        char *readme = evidence_readme(&all->facts, &len);
        code = add(all, "README.txt", (unsigned char *)readme, len);
    }
    evidence_sort(&all->members);
    return code;
}

/* ---- Writing ---- */

static bool write_member(struct archive *tar, const evidence_member *member) {
    struct archive_entry *entry = archive_entry_new();
    if (entry == NULL) {
        return false;
    }
    archive_entry_set_pathname(entry, member->name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_uid(entry, 0);
    archive_entry_set_gid(entry, 0);
    archive_entry_set_mtime(entry, 0, 0);
    archive_entry_set_size(entry, (la_int64_t)member->len);
    bool done = archive_write_header(tar, entry) == ARCHIVE_OK &&
                archive_write_data(tar, member->bytes, member->len) == (la_ssize_t)member->len;
    archive_entry_free(entry);
    return done;
}

static bool write_tar(int fd, const evidence_members *members) {
    struct archive *tar = archive_write_new();
    bool done = tar != NULL && archive_write_set_format_pax_restricted(tar) == ARCHIVE_OK &&
                archive_write_add_filter_none(tar) == ARCHIVE_OK && archive_write_open_fd(tar, fd) == ARCHIVE_OK;
    for (size_t i = 0; done && i < members->count; i++) {
        done = write_member(tar, &members->items[i]);
    }
    done = done && archive_write_close(tar) == ARCHIVE_OK;
    archive_write_free(tar);
    return done && fsync(fd) == 0;
}

static int write_partial(struct cli *cli, const char *partial, const evidence_members *members) {
    int fd = file_create_private(partial);
    if (fd < 0) {
        return fail_file(cli, partial);
    }
    int code = write_tar(fd, members) ? CLI_DONE : fail_environment(cli, "%s could not be written", partial);
    close(fd);
    return code;
}

/* Written beside, then renamed over a name that was reserved: the file is whole or empty, and never an old one. */
static int write_file(struct cli *cli, const char *path, const evidence_members *members) {
    char partial[CLI_PATH_MAX];
    int len = snprintf(partial, sizeof partial, "%s.%ld.partial", path, (long)getpid());
    int fd = file_create_private(path);
    if (fd < 0) {
        int code = fail_file(cli, path);
        fail_help(cli, "Evidence goes to a new file; name another one.");
        return code;
    }
    close(fd);
    int code = (size_t)len < sizeof partial ? write_partial(cli, partial, members)
                                            : fail_input(cli, "the name of the file is too long");
    if (code == CLI_DONE && rename(partial, path) != 0) {
        code = fail_file(cli, path);
    }
    if (code != CLI_DONE) {
        unlink(partial);
        unlink(path);
        return code;
    }
    return file_sync_folder(path) ? CLI_DONE : fail_file(cli, path);
}

/* ---- The command ---- */

static const out_field made_fields[] = {{"provider", "Provider"},         {"receipts", "Receipts"},
                                        {"repudiations", "Repudiations"}, {"ledger_entries", "Ledger entries"},
                                        {"checkpoint", "Checkpoint"},     {NULL, NULL}};

static void tell(const struct gathering *all, const char *path) {
    json_t *record = out_object();
    out_put_string(record, "provider", all->facts.provider);
    out_put_integer(record, "receipts", (int64_t)all->facts.receipts);
    out_put_integer(record, "repudiations", (int64_t)all->facts.repudiations);
    out_put_integer(record, "ledger_entries", (int64_t)all->facts.entries);
    out_put(record, "checkpoint",
            all->facts.checkpoint > 0 ? json_integer((json_int_t)all->facts.checkpoint) : json_null());
    out_put_string(record, "file", path);
    out_record(all->cli, record, made_fields);
    out_say(all->cli, "The evidence is in %s. Verify it with 'nctracks verify'.", path);
    if (all->facts.checkpoint == 0) {
        out_note(all->cli, "No checkpoint holds this provider's ledger yet: see 'nctracks checkpoint make'.");
    }
}

/* False when it is not a time. */
static bool take_time(const char *text, int64_t unbounded, int64_t *out) {
    *out = unbounded;
    return text == NULL || text_parse_time(text, out);
}

static int cmd_evidence(struct cli *cli) {
    const char *path = args_value(&cli->args, "output");
    struct gathering all = {.cli = cli};
    all.facts.provider = cli->args.operands[0];
    all.facts.from = args_value(&cli->args, "from");
    all.facts.to = args_value(&cli->args, "to");
    if (!take_time(all.facts.from, INT64_MIN, &all.from) || !take_time(all.facts.to, INT64_MAX, &all.to)) {
        return fail_usage(cli, "a time is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, in UTC");
    }
    if (all.from >= all.to) {
        return fail_usage(cli, "--from is not before --to");
    }
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = gather(&all);
    }
    if (code == CLI_DONE) {
        code = write_file(cli, path, &all.members);
    }
    if (code == CLI_DONE) {
        tell(&all, path);
    }
    evidence_release(&all.members);
    return code;
}

static const args_option evidence_options[] = {
    {"output", "FILE", "the new file, a tar archive; -o for short", true},
    {"from", "TIME", "receipts signed at this time or later, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; else all", false},
    {"to", "TIME", "receipts signed before this time; else all", false},
    OPTIONS_END};
static const args_option evidence_verify_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust; else those inside, which prove nothing",
     false},
    OPTIONS_END};

const cli_command evidence_commands[] = {
    {"evidence", NULL, "PROVIDER", "Write all evidence about a provider to one file, for somebody without the portal.",
     "Receipts of the period and what repudiates them, the provider's whole ledger, the last checkpoint, the public "
     "keys and a README. An existing file is never replaced.",
     1, 1, evidence_options, cmd_evidence},
    {"verify", NULL, "FILE.tar", "Verify such a file; needs no database.",
     "Exit 0: VALID or VALID_BUT_UNANCHORED; 1: TAMPERED, with what is wrong; 2: not an evidence file.", 1, 1,
     evidence_verify_options, evidence_verify},
    COMMANDS_END};
