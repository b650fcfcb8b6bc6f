/* Verifying an evidence file: everything in it is somebody else's until the keys say otherwise. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/checkpoint.h>
#include <nctracks/receipt.h>

#include "evidence/check.h"
#include "terminal/failure.h"
#include "text.h"

#define KEYS_MAX ((size_t)1 << 20)

/* ---- README ---- */

/* The rest of the line that begins with a label. */
static void take_value(const char *text, const char *label, char out[EVIDENCE_VALUE_MAX]) {
    const char *at = strstr(text, label);
    size_t len = at != NULL ? strcspn(at + strlen(label), "\n") : 0;
    out[0] = '\0';
    if (at != NULL && at != text && at[-1] == '\n' && len < EVIDENCE_VALUE_MAX) {
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
    if (!evidence_is_provider(check->provider, strlen(check->provider)) ||
        !take_time(check->from_text, INT64_MIN, &check->from) || !take_time(check->to_text, INT64_MAX, &check->to)) {
        evidence_refuse(check, "README.txt", "it does not say which provider and period this is");
    }
    return CLI_DONE;
}

/* What it says was counted from files that are right only if these are. */
static void check_readme(struct checking *check) {
    const evidence_member *readme = evidence_find(&check->members, "README.txt");
    size_t len = 0;
    if (check->refused > 0) {
        evidence_tell(check, "README.txt", "UNCHECKED", "other files are refused");
        return;
    }
    check->facts.provider = check->provider;
    check->facts.from = strcmp(check->from_text, "-") != 0 ? check->from_text : NULL;
    check->facts.to = strcmp(check->to_text, "-") != 0 ? check->to_text : NULL;
    char *text = evidence_readme(&check->facts, &len);
    if (text != NULL && len == readme->len && memcmp(text, readme->bytes, len) == 0) {
        char detail[EVIDENCE_DETAIL_MAX];
        snprintf(detail, sizeof detail, "provider %s; signed from %s, before %s", check->provider,
                 check->facts.from != NULL ? check->facts.from : "the beginning",
                 check->facts.to != NULL ? check->facts.to : "the end");
        evidence_tell(check, "README.txt", "VALID", detail);
    } else {
        evidence_refuse(check, "README.txt",
                        "it does not tell of these files: one was changed, or some are missing or added");
    }
    free(text);
}

/* ---- Keys ---- */

/* Whether the keys inside are those of what is inside, though others were given: an older or newer set. */
static bool fits(const struct checking *check, const evidence_member *keys) {
    nct_status status = NCT_OK;
    for (size_t i = 0; status == NCT_OK && i < check->members.count; i++) {
        const evidence_member *member = &check->members.items[i];
        if (evidence_is_receipt(member->name)) {
            status = nct_receipt_verify(member->bytes, member->len, keys->bytes, keys->len, NULL, 0, NULL);
        } else if (strcmp(member->name, EVIDENCE_CHECKPOINT) == 0) {
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
        evidence_refuse(check, "keys.cose", "missing");
        check->keys = check->keys != NULL ? check->keys : "";
    } else if (check->given.bytes == NULL) {
        check->keys = inside->bytes;
        check->keys_len = inside->len;
        evidence_tell(check, "keys.cose", "UNANCHORED", "keys inside the file prove nothing about whose they are");
    } else if (inside->len == check->given.len && memcmp(inside->bytes, check->given.bytes, inside->len) == 0) {
        evidence_tell(check, "keys.cose", "VALID", "these are the keys you gave");
    } else if (fits(check, inside)) {
        evidence_tell(check, "keys.cose", "UNUSED", "these are other keys than you gave");
    } else {
        evidence_refuse(check, "keys.cose", "these are other keys than you gave, and not those of what is in the file");
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
    nct_status status = nct_signature_render(signature, NULL, 0, &len);
    char *text = status == NCT_E_BUFFER ? malloc(len + 1) : NULL;
    bool same = text != NULL && nct_signature_render(signature, text, len + 1, NULL) == NCT_OK &&
                rendering->len == len && memcmp(text, rendering->bytes, len) == 0;
    free(text);
    return same;
}

static void check_rendering(struct checking *check, const nct_signature *signature, const char *receipt) {
    const evidence_member *rendering = beside(check, receipt, "receipts/", ".txt");
    if (rendering == NULL) {
        evidence_refuse(check, receipt, "the text beside it is missing");
    } else if (renders_as(signature, rendering)) {
        evidence_tell(check, rendering->name, "VALID", "it says what the receipt says");
    } else {
        evidence_refuse(check, rendering->name, "it does not say what the receipt says");
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
    char detail[EVIDENCE_DETAIL_MAX];
    char at[TEXT_TIME_MAX];
    const char *wrong = wrong_place(check, signature, name);
    if (wrong != NULL) {
        evidence_refuse(check, name, wrong);
        return;
    }
    snprintf(detail, sizeof detail, "%s, %s, by %s", text_time(nct_signature_signed_at(signature), at),
             nct_signature_submission(signature), nct_signature_ncid(signature));
    evidence_tell(check, name, "VALID", detail);
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
        evidence_refuse(check, receipt->name, nct_status_message(status));
    }
    nct_signature_free(signature);
}

static void check_repudiation(struct checking *check, const evidence_member *declaration) {
    const evidence_member *receipt = beside(check, declaration->name, "receipts/", ".cose");
    int64_t declared_at = 0;
    char detail[EVIDENCE_DETAIL_MAX];
    char at[TEXT_TIME_MAX];
    check->facts.repudiations++;
    if (receipt == NULL) {
        evidence_refuse(check, declaration->name, "the receipt it repudiates is missing");
        return;
    }
    nct_status status = nct_repudiation_verify(declaration->bytes, declaration->len, receipt->bytes, receipt->len,
                                               check->keys, check->keys_len, &declared_at);
    if (status != NCT_OK) {
        evidence_refuse(check, declaration->name,
                        status == NCT_E_DOCUMENT ? "it repudiates another receipt" : nct_status_message(status));
        return;
    }
    snprintf(detail, sizeof detail, "the signer repudiated the signature at %s", text_time(declared_at, at));
    evidence_tell(check, declaration->name, "VALID", detail);
}

static void check_each(struct checking *check) {
    for (size_t i = 0; i < check->members.count; i++) {
        const evidence_member *member = &check->members.items[i];
        if (i > 0 && strcmp(member->name, member[-1].name) == 0) {
            evidence_refuse(check, member->name, "it is there twice");
        } else if (evidence_is_receipt(member->name)) {
            check_receipt(check, member);
        } else if (evidence_is_repudiation(member->name)) {
            check_repudiation(check, member);
        } else if (evidence_is_rendering(member->name) && beside(check, member->name, "receipts/", ".cose") == NULL) {
            evidence_refuse(check, member->name, "there is no receipt of which it could be the text");
        }
    }
}

/* ---- Verdict ---- */

static const out_field item_fields[] = {{"member", "MEMBER"}, {"result", "RESULT"}, {"detail", "DETAIL"}, {NULL, NULL}};

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
        evidence_refuse(check, path, check->damage);
    }
    choose_keys(check);
    check_each(check);
    evidence_check_ledger(check);
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

int evidence_verify(struct cli *cli) {
    const char *path = cli->args.operands[0];
    struct checking check = {.cli = cli};
    check.list = out_list_begin(cli, "items", item_fields);
    check.rows = out_array();
    int code = read_keys(&check);
    if (code == CLI_DONE) {
        code = evidence_read_tar(&check, path);
    }
    if (code == CLI_DONE) {
        code = check_all(&check, path);
    }
    json_decref(check.rows);
    evidence_release(&check.members);
    file_release(&check.given);
    return code;
}
