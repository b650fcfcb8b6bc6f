/* The members of an evidence file, and telling what was found of them. */
#include "evidence/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <nctracks/sign.h>

#include "terminal/failure.h"
#include "trusted_file.h"

#define PAGE 1000
#define BLOCK 65536
#define PROVIDER_MAX 10

void evidence_tell(struct checking *check, const char *member, const char *result, const char *detail) {
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

void evidence_refuse(struct checking *check, const char *member, const char *detail) {
    if (check->refused++ == 0) {
        snprintf(check->first, sizeof check->first, "%.250s: %.300s", member, detail);
    }
    evidence_tell(check, member, "REFUSED", detail);
}

bool evidence_is_id(const char *text, size_t len) {
    return len == NCT_SIGNATURE_ID_LENGTH && strspn(text, "0123456789abcdef") >= len;
}

bool evidence_is_provider(const char *text, size_t len) {
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

bool evidence_is_receipt(const char *name) {
    return is_between(name, "receipts/", ".cose", evidence_is_id);
}

bool evidence_is_rendering(const char *name) {
    return is_between(name, "receipts/", ".txt", evidence_is_id);
}

bool evidence_is_repudiation(const char *name) {
    return is_between(name, "repudiations/", ".cose", evidence_is_id);
}

bool evidence_is_ledger(const char *name) {
    return is_between(name, "ledger/provider-", ".cborseq", evidence_is_provider);
}

static bool is_known(const char *name) {
    return strcmp(name, "README.txt") == 0 || strcmp(name, "keys.cose") == 0 ||
           strcmp(name, EVIDENCE_CHECKPOINT) == 0 || strcmp(name, EVIDENCE_PROOF) == 0 || evidence_is_receipt(name) ||
           evidence_is_rendering(name) || evidence_is_repudiation(name) || evidence_is_ledger(name);
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
        evidence_refuse(check, name != NULL ? name : "(a name that cannot be read)",
                        "does not belong in an evidence file");
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

int evidence_read_tar(struct checking *check, const char *path) {
    int fd = trusted_open(AT_FDCWD, path, TRUST_INPUT);
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
