/* Verifying an evidence file: everything in it is somebody else's until the keys say otherwise. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <nctracks/checkpoint.h>
#include <nctracks/receipt.h>

#include "failure.h"
#include "files.h"
#include "output.h"
#include "text.h"

#define PAGE 1000
#define KEYS_MAX ((size_t)1 << 20)
#define BLOCK 65536
#define PROVIDER_MAX 10
#define VALUE_MAX 40
#define DETAIL_MAX 300
#define CHECKPOINT "checkpoint/checkpoint.cose"
#define PROOF "checkpoint/proof.cbor"

/** What is being verified, and what was found. */
struct checking {
    struct cli *cli;
    evidence_members members;
    file_content given; /**< The keys of --keys; else empty. */
    const void *keys;   /**< The keys verified with. */
    size_t keys_len;
    char provider[VALUE_MAX]; /**< What the README says; all else is compared with it. */
    char from_text[VALUE_MAX], to_text[VALUE_MAX];
    int64_t from, to;
    evidence_facts facts;       /**< What was found, of which the README is made again. */
    uint64_t anchored;          /**< How many entries the checkpoint vouches for. */
    char first[2 * DETAIL_MAX]; /**< The first thing that is wrong. */
    char damage[DETAIL_MAX];    /**< Why the archive could not be read to its end. */
    size_t refused;
    out_list list;
    json_t *rows;
};

/* ---- Telling ---- */

static const out_field item_fields[] = {{"member", "MEMBER"}, {"result", "RESULT"}, {"detail", "DETAIL"}, {NULL, NULL}};

static void tell(struct checking *check, const char *member, const char *result, const char *detail) {
    json_t *row = out_object();
    out_put_string(row, "member", member);
    out_put_string(row, "result", result);
    out_put_string(row, "detail", detail);
    out_append(check->rows, row);
    if (json_array_size(check->rows) == PAGE) {
        out_list_page(&check->list, check->rows);
        check->rows = out_array();
    }
}

static void refuse(struct checking *check, const char *member, const char *detail) {
    if (check->refused++ == 0) {
        snprintf(check->first, sizeof check->first, "%.250s: %.300s", member, detail);
    }
    tell(check, member, "REFUSED", detail);
}

/* ---- Reading ---- */

static bool is_id(const char *text, size_t len) {
    return len == NCT_SIGNATURE_ID_LENGTH && strspn(text, "0123456789abcdef") >= len;
}

static bool is_provider(const char *text, size_t len) {
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return len > 0 && len <= PROVIDER_MAX && strspn(text, letters) >= len;
}

/* Whether a name is `before`, something of the kind `middle` knows, `after`. */
static bool is_between(const char *name, const char *before, const char *after, bool (*middle)(const char *, size_t)) {
    size_t len = strlen(name);
    size_t begin = strlen(before);
    size_t end = strlen(after);
    return len > begin + end && strncmp(name, before, begin) == 0 && strcmp(name + len - end, after) == 0 &&
           middle(name + begin, len - begin - end);
}

static bool is_receipt(const char *name) {
    return is_between(name, "receipts/", ".cose", is_id);
}

static bool is_rendering(const char *name) {
    return is_between(name, "receipts/", ".txt", is_id);
}

static bool is_repudiation(const char *name) {
    return is_between(name, "repudiations/", ".cose", is_id);
}

static bool is_ledger(const char *name) {
    return is_between(name, "ledger/provider-", ".cborseq", is_provider);
}

static bool is_known(const char *name) {
    return strcmp(name, "README.txt") == 0 || strcmp(name, "keys.cose") == 0 || strcmp(name, CHECKPOINT) == 0 ||
           strcmp(name, PROOF) == 0 || is_receipt(name) || is_rendering(name) || is_repudiation(name) ||
           is_ledger(name);
}

static bool read_bytes(struct archive *tar, unsigned char *bytes, size_t len) {
    size_t got = 0;
    while (got < len) {
        la_ssize_t part = archive_read_data(tar, bytes + got, len - got);
        if (part <= 0) {
            return false;
        }
        got += (size_t)part;
    }
    return true;
}

/* False ends the reading. */
static bool keep_member(struct checking *check, struct archive *tar, struct archive_entry *entry, const char *name) {
    size_t len = (size_t)archive_entry_size(entry);
    unsigned char *bytes = malloc(len + 1);
    if (bytes != NULL && read_bytes(tar, bytes, len)) {
        bytes[len] = '\0';
        if (evidence_add(&check->members, name, bytes, len)) {
            return true;
        }
        snprintf(check->damage, sizeof check->damage, "the archive is too large");
        return false;
    }
    free(bytes);
    snprintf(check->damage, sizeof check->damage, "the archive is damaged or cut off");
    return false;
}

/* Only plain files of the names an evidence file has: nothing absolute, no "..", no links, no holes. */
static bool take_member(struct checking *check, struct archive *tar, struct archive_entry *entry) {
    const char *name = archive_entry_pathname(entry);
    if (name == NULL || !is_known(name) || archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) != NULL || archive_entry_sparse_count(entry) > 0) {
        refuse(check, name != NULL ? name : "(a name that cannot be read)", "does not belong in an evidence file");
        return true;
    }
    if (archive_entry_size(entry) < 0 || archive_entry_size(entry) > (la_int64_t)EVIDENCE_MEMBER_MAX) {
        snprintf(check->damage, sizeof check->damage, "%s is longer than 64 MiB", name);
        return false;
    }
    return keep_member(check, tar, entry, name);
}

static void read_members(struct checking *check, struct archive *tar) {
    struct archive_entry *entry = NULL;
    size_t count = 0;
    int answer = ARCHIVE_OK;
    while ((answer = archive_read_next_header(tar, &entry)) == ARCHIVE_OK) {
        if (count++ == EVIDENCE_MEMBERS_MAX) {
            snprintf(check->damage, sizeof check->damage, "the archive has more than %d members", EVIDENCE_MEMBERS_MAX);
            return;
        }
        if (!take_member(check, tar, entry)) {
            return;
        }
    }
    if (answer != ARCHIVE_EOF) {
        snprintf(check->damage, sizeof check->damage, "the archive is damaged or cut off");
    }
}

static int read_tar(struct checking *check, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fail_file(check->cli, path);
    }
    struct archive *tar = archive_read_new();
    bool opened = tar != NULL && archive_read_support_format_tar(tar) == ARCHIVE_OK &&
                  archive_read_open_fd(tar, fd, BLOCK) == ARCHIVE_OK;
    if (opened) {
        read_members(check, tar);
    }
    archive_read_free(tar);
    close(fd);
    evidence_sort(&check->members);
    return opened ? CLI_DONE : fail_input(check->cli, "%s is no tar archive", path);
}

/* ---- README ---- */

/* The rest of the line that begins with a label. */
static void take_value(const char *text, const char *label, char out[VALUE_MAX]) {
    const char *at = strstr(text, label);
    size_t len = at != NULL ? strcspn(at + strlen(label), "\n") : 0;
    out[0] = '\0';
    if (at != NULL && at != text && at[-1] == '\n' && len < VALUE_MAX) {
        memcpy(out, at + strlen(label), len);
        out[len] = '\0';
    }
}

static bool take_time(const char *text, int64_t unbounded, int64_t *out) {
    *out = unbounded;
    return strcmp(text, "-") == 0 || text_parse_time(text, out);
}

/** Learns which file this is. @return CLI_DONE, or that it is no evidence file */
static int begin(struct checking *check, const char *path) {
    static const char family[] = "NCTracks evidence file, format ";
    const evidence_member *readme = evidence_find(&check->members, "README.txt");
    const char *text = readme != NULL ? (const char *)readme->bytes : "";
    if (strncmp(text, family, strlen(family)) != 0) {
        return fail_input(check->cli, "%s is no evidence file%s%s", path, check->damage[0] != '\0' ? ": " : "",
                          check->damage);
    }
    if (strncmp(text, EVIDENCE_TITLE, strlen(EVIDENCE_TITLE)) != 0) {
        return fail_input(check->cli, "%s is an evidence file of a format this program does not know", path);
    }
    take_value(text, "Provider:       ", check->provider);
    take_value(text, EVIDENCE_FROM, check->from_text);
    take_value(text, EVIDENCE_TO, check->to_text);
    if (!is_provider(check->provider, strlen(check->provider)) ||
        !take_time(check->from_text, INT64_MIN, &check->from) || !take_time(check->to_text, INT64_MAX, &check->to)) {
        refuse(check, "README.txt", "it does not say which provider and period this is");
    }
    return CLI_DONE;
}

/* What it says was counted from files that are right only if these are. */
static void check_readme(struct checking *check) {
    const evidence_member *readme = evidence_find(&check->members, "README.txt");
    size_t len = 0;
    if (check->refused > 0) {
        tell(check, "README.txt", "UNCHECKED", "other files are refused");
        return;
    }
    check->facts.provider = check->provider;
    check->facts.from = strcmp(check->from_text, "-") != 0 ? check->from_text : NULL;
    check->facts.to = strcmp(check->to_text, "-") != 0 ? check->to_text : NULL;
    char *text = evidence_readme(&check->facts, &len);
    if (text != NULL && len == readme->len && memcmp(text, readme->bytes, len) == 0) {
        char detail[DETAIL_MAX];
        snprintf(detail, sizeof detail, "provider %s; signed from %s, before %s", check->provider,
                 check->facts.from != NULL ? check->facts.from : "the beginning",
                 check->facts.to != NULL ? check->facts.to : "the end");
        tell(check, "README.txt", "VALID", detail);
    } else {
        refuse(check, "README.txt", "it does not tell of these files: one was changed, or some are missing or added");
    }
    free(text);
}

/* ---- Keys ---- */

/* Whether the keys inside are those of what is inside, though others were given: an older or newer set. */
static bool fits(const struct checking *check, const evidence_member *keys) {
    nct_status status = NCT_OK;
    for (size_t i = 0; status == NCT_OK && i < check->members.count; i++) {
        const evidence_member *member = &check->members.items[i];
        if (is_receipt(member->name)) {
            status = nct_receipt_verify(member->bytes, member->len, keys->bytes, keys->len, NULL, 0, NULL);
        } else if (strcmp(member->name, CHECKPOINT) == 0) {
            status = nct_checkpoint_verify(member->bytes, member->len, keys->bytes, keys->len, NULL, 0, NULL);
        }
    }
    return status == NCT_OK;
}

static void choose_keys(struct checking *check) {
    const evidence_member *inside = evidence_find(&check->members, "keys.cose");
    check->keys = check->given.bytes;
    check->keys_len = check->given.len;
    if (inside == NULL) {
        refuse(check, "keys.cose", "missing");
        check->keys = check->keys != NULL ? check->keys : "";
    } else if (check->given.bytes == NULL) {
        check->keys = inside->bytes;
        check->keys_len = inside->len;
        tell(check, "keys.cose", "UNANCHORED", "keys inside the file prove nothing about whose they are");
    } else if (inside->len == check->given.len && memcmp(inside->bytes, check->given.bytes, inside->len) == 0) {
        tell(check, "keys.cose", "VALID", "these are the keys you gave");
    } else if (fits(check, inside)) {
        tell(check, "keys.cose", "UNUSED", "these are other keys than you gave");
    } else {
        refuse(check, "keys.cose", "these are other keys than you gave, and not those of what is in the file");
    }
}

/* ---- Receipts and repudiations ---- */

/* The member of the same signature in another folder or of another kind. */
static const evidence_member *beside(const struct checking *check, const char *name, const char *folder,
                                     const char *kind) {
    char other[EVIDENCE_NAME_MAX];
    snprintf(other, sizeof other, "%s%.*s%s", folder, NCT_SIGNATURE_ID_LENGTH, strchr(name, '/') + 1, kind);
    return evidence_find(&check->members, other);
}

static bool renders_as(const nct_signature *signature, const evidence_member *rendering) {
    size_t len = 0;
    nct_signature_render(signature, NULL, 0, &len);
    char *text = malloc(len + 1);
    bool same = text != NULL && nct_signature_render(signature, text, len + 1, NULL) == NCT_OK &&
                rendering->len == len && memcmp(text, rendering->bytes, len) == 0;
    free(text);
    return same;
}

static void check_rendering(struct checking *check, const nct_signature *signature, const char *receipt) {
    const evidence_member *rendering = beside(check, receipt, "receipts/", ".txt");
    if (rendering == NULL) {
        refuse(check, receipt, "the text beside it is missing");
    } else if (renders_as(signature, rendering)) {
        tell(check, rendering->name, "VALID", "it says what the receipt says");
    } else {
        refuse(check, rendering->name, "it does not say what the receipt says");
    }
}

static const char *wrong_place(const struct checking *check, const nct_signature *signature, const char *name) {
    if (strncmp(nct_signature_id(signature), strchr(name, '/') + 1, NCT_SIGNATURE_ID_LENGTH) != 0) {
        return "it is the receipt of another signature than its name says";
    }
    if (strcmp(nct_signature_provider(signature), check->provider) != 0) {
        return "it is about another provider";
    }
    int64_t at = nct_signature_signed_at(signature);
    return at < check->from || at >= check->to ? "it was signed outside of the period" : NULL;
}

static void accept_receipt(struct checking *check, const nct_signature *signature, const char *name) {
    char detail[DETAIL_MAX];
    char at[TEXT_TIME_MAX];
    const char *wrong = wrong_place(check, signature, name);
    if (wrong != NULL) {
        refuse(check, name, wrong);
        return;
    }
    snprintf(detail, sizeof detail, "%s, %s, by %s", text_time(nct_signature_signed_at(signature), at),
             nct_signature_submission(signature), nct_signature_ncid(signature));
    tell(check, name, "VALID", detail);
    check_rendering(check, signature, name);
}

static void check_receipt(struct checking *check, const evidence_member *receipt) {
    nct_signature *signature = NULL;
    nct_status status =
        nct_receipt_verify(receipt->bytes, receipt->len, check->keys, check->keys_len, NULL, 0, &signature);
    check->facts.receipts++;
    if (status == NCT_OK) {
        accept_receipt(check, signature, receipt->name);
    } else {
        refuse(check, receipt->name, nct_status_message(status));
    }
    nct_signature_free(signature);
}

static void check_repudiation(struct checking *check, const evidence_member *declaration) {
    const evidence_member *receipt = beside(check, declaration->name, "receipts/", ".cose");
    int64_t declared_at = 0;
    char detail[DETAIL_MAX];
    char at[TEXT_TIME_MAX];
    check->facts.repudiations++;
    if (receipt == NULL) {
        refuse(check, declaration->name, "the receipt it repudiates is missing");
        return;
    }
    nct_status status = nct_repudiation_verify(declaration->bytes, declaration->len, receipt->bytes, receipt->len,
                                               check->keys, check->keys_len, &declared_at);
    if (status != NCT_OK) {
        refuse(check, declaration->name,
               status == NCT_E_DOCUMENT ? "it repudiates another receipt" : nct_status_message(status));
        return;
    }
    snprintf(detail, sizeof detail, "the signer repudiated the signature at %s", text_time(declared_at, at));
    tell(check, declaration->name, "VALID", detail);
}

static void check_each(struct checking *check) {
    for (size_t i = 0; i < check->members.count; i++) {
        const evidence_member *member = &check->members.items[i];
        if (i > 0 && strcmp(member->name, member[-1].name) == 0) {
            refuse(check, member->name, "it is there twice");
        } else if (is_receipt(member->name)) {
            check_receipt(check, member);
        } else if (is_repudiation(member->name)) {
            check_repudiation(check, member);
        } else if (is_rendering(member->name) && beside(check, member->name, "receipts/", ".cose") == NULL) {
            refuse(check, member->name, "there is no receipt of which it could be the text");
        }
    }
}

/* ---- What the ledger tells of ---- */

#define EVENT_SIGNATURE_MADE 14 /* Numbers are never reused, see doc/ledger.cddl. */
#define EVENT_SIGNATURE_REPUDIATED 18

/** Reads the export of a chain that was found whole, of which every item is known to be well formed. */
struct reader {
    const unsigned char *at, *end;
    bool failed;
};

/** What matters of an entry. */
struct told {
    uint64_t event;
    bool refused;
    char id[NCT_SIGNATURE_ID_LENGTH + 1]; /**< With which the detail ends; else empty. */
};

/* The head of an item (RFC 8949, 3): its major type, and its argument. */
static int read_head(struct reader *reader, uint64_t *argument) {
    size_t left = (size_t)(reader->end - reader->at);
    unsigned char head = left > 0 ? *reader->at : 0xFF;
    unsigned char low = head & 31;
    size_t more = low < 24 ? 0 : (size_t)1 << (low - 24);
    reader->failed = reader->failed || low > 27 || left < 1 + more;
    *argument = low;
    if (reader->failed) {
        return -1;
    }
    for (size_t i = 0; i < more; i++) {
        *argument = (i == 0 ? 0 : *argument << 8) | reader->at[1 + i];
    }
    reader->at += 1 + more;
    return head >> 5;
}

/* A byte string or text: its bytes; for a number none. */
static const unsigned char *read_value(struct reader *reader, uint64_t *argument) {
    int type = read_head(reader, argument);
    bool string = type == 2 || type == 3;
    if (type < 0 || type > 3 || (string && *argument > (uint64_t)(reader->end - reader->at))) {
        reader->failed = true;
    }
    if (reader->failed || !string) {
        return NULL;
    }
    const unsigned char *bytes = reader->at;
    reader->at += *argument;
    return bytes;
}

static void take_field(struct told *told, uint64_t key, const unsigned char *bytes, uint64_t argument) {
    if (key == 2) {
        told->event = argument;
    } else if (key == 3) {
        told->refused = true;
    } else if (key == 7 && bytes != NULL && argument >= NCT_SIGNATURE_ID_LENGTH) {
        memcpy(told->id, bytes + argument - NCT_SIGNATURE_ID_LENGTH, NCT_SIGNATURE_ID_LENGTH);
    }
}

/* False at the end. */
static bool read_entry(struct reader *reader, struct told *told) {
    uint64_t fields = 0;
    *told = (struct told){0};
    if (reader->at == reader->end || read_head(reader, &fields) != 5) {
        return false;
    }
    for (uint64_t i = 0; i < fields && !reader->failed; i++) {
        uint64_t key = 0;
        uint64_t argument = 0;
        read_value(reader, &key);
        const unsigned char *bytes = read_value(reader, &argument);
        take_field(told, key, bytes, argument);
    }
    return !reader->failed;
}

/* An id begins with the time of the signature. */
static bool in_period(const struct checking *check, const char *id) {
    char digits[17];
    snprintf(digits, sizeof digits, "%.16s", id);
    unsigned long long at = strtoull(digits, NULL, 16);
    return at <= INT64_MAX && (int64_t)at >= check->from && (int64_t)at < check->to;
}

static void demand(struct checking *check, const char *folder, const char *id, const char *detail) {
    char name[EVIDENCE_NAME_MAX];
    snprintf(name, sizeof name, "%s/%.32s.cose", folder, id);
    if (evidence_find(&check->members, name) == NULL) {
        refuse(check, name, detail);
    }
}

/* What the ledger tells of must be in the file, and no more. */
static void compare_events(struct checking *check, struct reader *reader) {
    size_t receipts = 0;
    size_t repudiations = 0;
    struct told told;
    while (read_entry(reader, &told)) {
        if (told.refused || !is_id(told.id, strlen(told.id)) || !in_period(check, told.id)) {
            continue;
        }
        if (told.event == EVENT_SIGNATURE_MADE) {
            receipts++;
            demand(check, "receipts", told.id, "missing: the ledger tells of this signature");
        } else if (told.event == EVENT_SIGNATURE_REPUDIATED) {
            repudiations++;
            demand(check, "repudiations", told.id, "missing: the ledger tells that the signature was repudiated");
        }
    }
    if (check->refused == 0 && (receipts != check->facts.receipts || repudiations != check->facts.repudiations)) {
        refuse(check, "receipts", "the ledger does not tell of all receipts or repudiations in this file");
    }
}

static void check_events(struct checking *check, const evidence_member *ledger) {
    size_t header = 3 + 1 + strlen(check->provider); /* see is_stream_of() */
    struct reader reader = {ledger->bytes + header, ledger->bytes + ledger->len, false};
    compare_events(check, &reader);
    if (reader.at != reader.end || reader.failed) {
        refuse(check, ledger->name, "its entries cannot be read");
    }
}

/* ---- Ledger ---- */

/* The provider's key in an export's header, see doc/ledger.cddl: [1, "P" and the provider's id]. */
static bool is_stream_of(const evidence_member *ledger, const char *provider) {
    size_t len = strlen(provider) + 1;
    return ledger->len > 4 + len - 1 && ledger->bytes[0] == 0x82 && ledger->bytes[1] == 1 &&
           ledger->bytes[2] == 0x40 + len && ledger->bytes[3] == 'P' &&
           memcmp(ledger->bytes + 4, provider, len - 1) == 0;
}

static bool find_ledger(struct checking *check, const evidence_member **out) {
    char name[EVIDENCE_NAME_MAX];
    snprintf(name, sizeof name, "ledger/provider-%s.cborseq", check->provider);
    *out = evidence_find(&check->members, name);
    for (size_t i = 0; i < check->members.count; i++) {
        if (is_ledger(check->members.items[i].name) && strcmp(check->members.items[i].name, name) != 0) {
            refuse(check, check->members.items[i].name, "it is the ledger of another provider");
        }
    }
    if (*out == NULL) {
        refuse(check, name, "missing");
    }
    return *out != NULL;
}

/* Leaves the number of entries and the hash of the last one in the facts. False when the chain is broken. */
static bool check_chain(struct checking *check, const evidence_member *ledger) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t sequence = 0;
    char detail[DETAIL_MAX];
    nct_status status = nct_ledger_verify_export(ledger->bytes, ledger->len, &verdict, &sequence, check->facts.head);
    if (status != NCT_OK) {
        refuse(check, ledger->name, nct_status_message(status));
        return false;
    }
    if (!is_stream_of(ledger, check->provider)) {
        refuse(check, ledger->name, "it is the ledger of another provider");
        return false;
    }
    if (verdict == NCT_LEDGER_TAMPERED) {
        snprintf(detail, sizeof detail, "the chain is broken at entry %llu", (unsigned long long)sequence);
        refuse(check, ledger->name, detail);
        return false;
    }
    check->facts.entries = sequence;
    return true;
}

/* How many entries of the first `len` bytes are whole; leaves the hash of the last of them. */
static uint64_t whole_entries(const evidence_member *ledger, size_t len, unsigned char hash[NCT_CHECKPOINT_HASH]) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t sequence = 0;
    if (nct_ledger_verify_export(ledger->bytes, len, &verdict, &sequence, hash) != NCT_OK || sequence == 0) {
        return 0;
    }
    return verdict == NCT_LEDGER_TAMPERED ? sequence - 1 : sequence;
}

/* The hash of the chain at an entry: that of the export cut off behind it, which is looked for by halves. */
static bool hash_at(const evidence_member *ledger, uint64_t sequence, unsigned char hash[NCT_CHECKPOINT_HASH]) {
    size_t low = 0;
    size_t high = ledger->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (whole_entries(ledger, middle, hash) < sequence) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return whole_entries(ledger, low, hash) == sequence;
}

static void tell_ledger(struct checking *check, const evidence_member *ledger) {
    char detail[DETAIL_MAX];
    unsigned long long count = check->facts.entries;
    unsigned long long anchored = check->anchored;
    if (anchored == count) {
        snprintf(detail, sizeof detail, "%llu entries, all of which the checkpoint vouches for", count);
    } else if (anchored == 0) {
        snprintf(detail, sizeof detail, "%llu entries, chained; no checkpoint vouches for them", count);
    } else {
        snprintf(detail, sizeof detail, "%llu entries, chained; the checkpoint vouches for the first %llu", count,
                 anchored);
    }
    tell(check, ledger->name, anchored == count ? "VALID" : "UNANCHORED", detail);
}

/* ---- Checkpoint ---- */

static bool check_checkpoint(struct checking *check, const evidence_member *member) {
    nct_checkpoint *checkpoint = NULL;
    char hash[2 * NCT_CHECKPOINT_HASH + 1];
    char at[TEXT_TIME_MAX];
    char detail[DETAIL_MAX];
    nct_status status =
        nct_checkpoint_verify(member->bytes, member->len, check->keys, check->keys_len, NULL, 0, &checkpoint);
    if (status != NCT_OK) {
        refuse(check, member->name, nct_status_message(status));
        return false;
    }
    check->facts.checkpoint = nct_checkpoint_number(checkpoint);
    memcpy(check->facts.checkpoint_hash, nct_checkpoint_hash(checkpoint), NCT_CHECKPOINT_HASH);
    text_hex(check->facts.checkpoint_hash, NCT_CHECKPOINT_HASH, hash);
    snprintf(detail, sizeof detail, "number %llu of %s, hash %s", (unsigned long long)check->facts.checkpoint,
             text_time(nct_checkpoint_time(checkpoint), at), hash);
    tell(check, member->name, "VALID", detail);
    nct_checkpoint_free(checkpoint);
    return true;
}

/* What a right proof proves of the ledger in the file; NULL: it is this ledger. */
static const char *compare(struct checking *check, const nct_inclusion *inclusion, const evidence_member *ledger) {
    unsigned char hash[NCT_CHECKPOINT_HASH];
    size_t len = 0;
    const char *stream = nct_inclusion_stream(inclusion, &len);
    uint64_t sequence = nct_inclusion_sequence(inclusion);
    if (len != strlen(check->provider) + 1 || stream[0] != 'P' || memcmp(stream + 1, check->provider, len - 1) != 0) {
        return "it is about another stream than this provider's";
    }
    if (ledger == NULL) {
        return NULL;
    }
    if (sequence > check->facts.entries) {
        return "the ledger has fewer entries than the checkpoint vouches for: its end was cut off";
    }
    if (sequence > 0 &&
        (!hash_at(ledger, sequence, hash) || memcmp(hash, nct_inclusion_hash(inclusion), NCT_CHECKPOINT_HASH) != 0)) {
        return "the ledger is not the one the checkpoint vouches for";
    }
    check->anchored = sequence;
    return NULL;
}

/** @param ledger NULL when it is broken */
static void check_proof(struct checking *check, const evidence_member *checkpoint, const evidence_member *proof,
                        const evidence_member *ledger) {
    nct_inclusion *inclusion = NULL;
    nct_status status = nct_checkpoint_verify_inclusion(checkpoint->bytes, checkpoint->len, check->keys,
                                                        check->keys_len, proof->bytes, proof->len, &inclusion);
    if (status != NCT_OK) {
        refuse(check, proof->name,
               status == NCT_E_INTEGRITY ? "it does not lead to the checkpoint" : nct_status_message(status));
        return;
    }
    const char *wrong = compare(check, inclusion, ledger);
    if (wrong != NULL) {
        refuse(check, proof->name, wrong);
    } else {
        tell(check, proof->name, "VALID", "the provider's ledger is in the checkpoint");
    }
    nct_inclusion_free(inclusion);
}

static void check_anchor(struct checking *check, const evidence_member *ledger) {
    const evidence_member *checkpoint = evidence_find(&check->members, CHECKPOINT);
    const evidence_member *proof = evidence_find(&check->members, PROOF);
    if ((checkpoint == NULL) != (proof == NULL)) {
        refuse(check, checkpoint == NULL ? CHECKPOINT : PROOF, "missing");
    }
    if (checkpoint != NULL && check_checkpoint(check, checkpoint) && proof != NULL) {
        check_proof(check, checkpoint, proof, ledger);
    }
}

static void check_ledger(struct checking *check) {
    const evidence_member *ledger = NULL;
    bool whole = find_ledger(check, &ledger) && check_chain(check, ledger);
    check_anchor(check, whole ? ledger : NULL);
    if (whole) {
        check_events(check, ledger);
        tell_ledger(check, ledger);
    }
}

/* ---- Verdict ---- */

static int tell_tampered(struct checking *check) {
    out_put_string(check->cli->result, "verdict", "TAMPERED");
    if (!check->cli->json) {
        puts("TAMPERED");
    }
    fail_status(check->cli, NCT_E_INTEGRITY, NULL);
    fail_help(check->cli, "%s%s", check->first, check->refused > 1 ? "; and more, see the list" : "");
    return CLI_REFUSED;
}

static int tell_verdict(struct checking *check) {
    bool trusted = check->given.bytes != NULL;
    bool anchored = check->anchored > 0 && check->anchored == check->facts.entries;
    out_put_string(check->cli->result, "provider", check->provider);
    out_put_string(check->cli->result, "keys", trusted ? "given" : "inside");
    if (check->refused > 0) {
        return tell_tampered(check);
    }
    out_put_string(check->cli->result, "verdict", trusted && anchored ? "VALID" : "VALID_BUT_UNANCHORED");
    out_put_integer(check->cli->result, "entries", (int64_t)check->facts.entries);
    out_put_integer(check->cli->result, "anchored", (int64_t)check->anchored);
    if (trusted && anchored) {
        out_say(check->cli, "VALID: everything is what the keys and the checkpoint vouch for.");
    } else if (trusted) {
        out_say(check->cli, "VALID_BUT_UNANCHORED: all is right, but nothing vouches for entries %llu to %llu.",
                (unsigned long long)check->anchored + 1, (unsigned long long)check->facts.entries);
    } else {
        out_say(check->cli, "VALID_BUT_UNANCHORED: all fits together, but anybody could have made such a file.");
        out_note(check->cli, "The keys were taken from the file itself, which proves nothing about whose they are. "
                             "Name the portal's keys, from a source you trust, with --keys.");
    }
    return CLI_DONE;
}

static int check_all(struct checking *check, const char *path) {
    int code = begin(check, path);
    if (code != CLI_DONE) {
        return code;
    }
    if (check->damage[0] != '\0') {
        refuse(check, path, check->damage);
    }
    choose_keys(check);
    check_each(check);
    check_ledger(check);
    check_readme(check);
    out_list_page(&check->list, check->rows);
    check->rows = NULL;
    out_list_end(&check->list, "There is nothing in it.");
    return tell_verdict(check);
}

static int read_keys(struct checking *check) {
    const char *path = args_value(&check->cli->args, "keys");
    if (path == NULL || file_read(path, KEYS_MAX, &check->given)) {
        return CLI_DONE;
    }
    return errno == EFBIG ? fail_input(check->cli, "%s is too long", path) : fail_file(check->cli, path);
}

int cmd_verify(struct cli *cli) {
    const char *path = cli->args.operands[0];
    struct checking check = {.cli = cli};
    check.list = out_list_begin(cli, "items", item_fields);
    check.rows = out_array();
    int code = read_keys(&check);
    if (code == CLI_DONE) {
        code = read_tar(&check, path);
    }
    if (code == CLI_DONE) {
        code = check_all(&check, path);
    }
    json_decref(check.rows);
    evidence_release(&check.members);
    file_release(&check.given);
    return code;
}
