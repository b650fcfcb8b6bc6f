/* The ledger of an evidence file: whole, telling of what is there, and anchored. */
#include "evidence/check.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/anchor.h>
#include <nctracks/checkpoint.h>
#include <nctracks/receipt.h>

#include "text.h"

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
    const unsigned char *digest;          /**< Of the evidence it tells of; else NULL. */
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
    } else if (key == 8 && bytes != NULL && argument == NCT_DIGEST_BYTES) {
        told->digest = bytes;
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

/* A receipt that is right by itself must be the very one the ledger tells of: a thief of the key could make another. */
static void demand_bytes(struct checking *check, const struct told *told) {
    nct_signature *signature = NULL;
    char name[EVIDENCE_NAME_MAX];
    snprintf(name, sizeof name, "receipts/%.32s.cose", told->id);
    const evidence_member *receipt = evidence_find(&check->members, name);
    if (receipt != NULL &&
        nct_receipt_verify(receipt->bytes, receipt->len, check->keys, check->keys_len, NULL, 0, &signature) == NCT_OK &&
        (told->digest == NULL ||
         memcmp(told->digest, nct_signature_receipt_digest(signature), NCT_DIGEST_BYTES) != 0)) {
        evidence_refuse(check, name, "it is another receipt than the one the ledger tells of");
    }
    nct_signature_free(signature);
}

static void demand(struct checking *check, const char *folder, const char *id, const char *detail) {
    char name[EVIDENCE_NAME_MAX];
    snprintf(name, sizeof name, "%s/%.32s.cose", folder, id);
    if (evidence_find(&check->members, name) == NULL) {
        evidence_refuse(check, name, detail);
    }
}

/* What the ledger tells of must be in the file, and no more. */
static void compare_events(struct checking *check, struct reader *reader) {
    size_t receipts = 0;
    size_t repudiations = 0;
    struct told told;
    while (read_entry(reader, &told)) {
        if (told.refused || !evidence_is_id(told.id, strlen(told.id)) || !in_period(check, told.id)) {
            continue;
        }
        if (told.event == EVENT_SIGNATURE_MADE) {
            receipts++;
            demand(check, "receipts", told.id, "missing: the ledger tells of this signature");
            demand_bytes(check, &told);
        } else if (told.event == EVENT_SIGNATURE_REPUDIATED) {
            repudiations++;
            demand(check, "repudiations", told.id, "missing: the ledger tells that the signature was repudiated");
        }
    }
    if (check->refused == 0 && (receipts != check->facts.receipts || repudiations != check->facts.repudiations)) {
        evidence_refuse(check, "receipts", "the ledger does not tell of all receipts or repudiations in this file");
    }
}

static void check_events(struct checking *check, const evidence_member *ledger) {
    size_t header = 3 + 1 + strlen(check->provider); /* see is_stream_of() */
    struct reader reader = {ledger->bytes + header, ledger->bytes + ledger->len, false};
    compare_events(check, &reader);
    if (reader.at != reader.end || reader.failed) {
        evidence_refuse(check, ledger->name, "its entries cannot be read");
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
        if (evidence_is_ledger(check->members.items[i].name) && strcmp(check->members.items[i].name, name) != 0) {
            evidence_refuse(check, check->members.items[i].name, "it is the ledger of another provider");
        }
    }
    if (*out == NULL) {
        evidence_refuse(check, name, "missing");
    }
    return *out != NULL;
}

/* Leaves the number of entries and the hash of the last one in the facts. False when the chain is broken. */
static bool check_chain(struct checking *check, const evidence_member *ledger) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t sequence = 0;
    char detail[EVIDENCE_DETAIL_MAX];
    nct_status status = nct_ledger_verify_export(ledger->bytes, ledger->len, &verdict, &sequence, check->facts.head);
    if (status != NCT_OK) {
        evidence_refuse(check, ledger->name, nct_status_message(status));
        return false;
    }
    if (!is_stream_of(ledger, check->provider)) {
        evidence_refuse(check, ledger->name, "it is the ledger of another provider");
        return false;
    }
    if (verdict == NCT_LEDGER_TAMPERED) {
        snprintf(detail, sizeof detail, "the chain is broken at entry %llu", (unsigned long long)sequence);
        evidence_refuse(check, ledger->name, detail);
        return false;
    }
    check->facts.entries = sequence;
    return true;
}

static void tell_ledger(struct checking *check, const evidence_member *ledger) {
    char detail[EVIDENCE_DETAIL_MAX];
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
    evidence_tell(check, ledger->name, anchored == count ? "VALID" : "UNANCHORED", detail);
}

/* ---- Checkpoint ---- */

static bool check_checkpoint(struct checking *check, const evidence_member *member) {
    nct_checkpoint *checkpoint = NULL;
    char hash[2 * NCT_CHECKPOINT_HASH + 1];
    char at[TEXT_TIME_MAX];
    char detail[EVIDENCE_DETAIL_MAX];
    nct_status status =
        nct_checkpoint_verify(member->bytes, member->len, check->keys, check->keys_len, NULL, 0, &checkpoint);
    if (status != NCT_OK) {
        evidence_refuse(check, member->name, nct_status_message(status));
        return false;
    }
    check->facts.checkpoint = nct_checkpoint_number(checkpoint);
    memcpy(check->facts.checkpoint_hash, nct_checkpoint_hash(checkpoint), NCT_CHECKPOINT_HASH);
    text_hex(check->facts.checkpoint_hash, NCT_CHECKPOINT_HASH, hash);
    snprintf(detail, sizeof detail, "number %llu of %s, hash %s", (unsigned long long)check->facts.checkpoint,
             text_time(nct_checkpoint_time(checkpoint), at), hash);
    evidence_tell(check, member->name, "VALID", detail);
    nct_checkpoint_free(checkpoint);
    return true;
}

static bool is_about(const nct_inclusion *inclusion, const char *provider) {
    size_t len = 0;
    const char *stream = nct_inclusion_stream(inclusion, &len);
    return len == strlen(provider) + 1 && stream[0] == 'P' && memcmp(stream + 1, provider, len - 1) == 0;
}

/* What a right proof proves of the ledger in the file; NULL: it is this ledger. */
static const char *compare(struct checking *check, const nct_anchors *anchors, const evidence_member *ledger) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t anchored = 0;
    nct_status status =
        nct_ledger_verify_export_against(ledger->bytes, ledger->len, anchors, &verdict, NULL, &anchored);
    if (status != NCT_OK) {
        return nct_status_message(status);
    }
    if (verdict != NCT_LEDGER_TAMPERED) {
        check->anchored = anchored;
        return NULL;
    }
    return anchored > check->facts.entries
               ? "the ledger has fewer entries than the checkpoint vouches for: its end was cut off"
               : "the ledger is not the one the checkpoint vouches for";
}

static void refuse_proof(struct checking *check, const evidence_member *proof, nct_status status) {
    evidence_refuse(check, proof->name,
                    status == NCT_E_INTEGRITY ? "it does not lead to the checkpoint" : nct_status_message(status));
}

/** @param ledger NULL when it is broken */
static void check_proof(struct checking *check, const evidence_member *checkpoint, const evidence_member *proof,
                        const evidence_member *ledger) {
    nct_inclusion *inclusion = NULL;
    nct_anchors *anchors = NULL;
    nct_status status = nct_checkpoint_verify_inclusion(checkpoint->bytes, checkpoint->len, check->keys,
                                                        check->keys_len, proof->bytes, proof->len, &inclusion);
    if (status == NCT_OK) {
        status = nct_anchors_from_proof(checkpoint->bytes, checkpoint->len, proof->bytes, proof->len, check->keys,
                                        check->keys_len, &anchors);
    }
    const char *wrong = NULL;
    if (status == NCT_OK && !is_about(inclusion, check->provider)) {
        wrong = "it is about another stream than this provider's";
    } else if (status == NCT_OK && ledger != NULL) {
        wrong = compare(check, anchors, ledger);
    }
    if (status != NCT_OK) {
        refuse_proof(check, proof, status);
    } else if (wrong != NULL) {
        evidence_refuse(check, proof->name, wrong);
    } else {
        evidence_tell(check, proof->name, "VALID", "the provider's ledger is in the checkpoint");
    }
    nct_anchors_free(anchors);
    nct_inclusion_free(inclusion);
}

static void check_anchor(struct checking *check, const evidence_member *ledger) {
    const evidence_member *checkpoint = evidence_find(&check->members, EVIDENCE_CHECKPOINT);
    const evidence_member *proof = evidence_find(&check->members, EVIDENCE_PROOF);
    if ((checkpoint == NULL) != (proof == NULL)) {
        evidence_refuse(check, checkpoint == NULL ? EVIDENCE_CHECKPOINT : EVIDENCE_PROOF, "missing");
    }
    if (checkpoint != NULL && check_checkpoint(check, checkpoint) && proof != NULL) {
        check_proof(check, checkpoint, proof, ledger);
    }
}

void evidence_check_ledger(struct checking *check) {
    const evidence_member *ledger = NULL;
    bool whole = find_ledger(check, &ledger) && check_chain(check, ledger);
    check_anchor(check, whole ? ledger : NULL);
    if (whole) {
        check_events(check, ledger);
        tell_ledger(check, ledger);
    }
}
