#include "evidence/members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static bool make_room(evidence_members *members) {
    if (members->count < members->capacity) {
        return true;
    }
    size_t capacity = members->capacity == 0 ? 64 : members->capacity * 2;
    evidence_member *items = realloc(members->items, capacity * sizeof *items);
    if (items == NULL) {
        return false;
    }
    members->items = items;
    members->capacity = capacity;
    return true;
}

bool evidence_add(evidence_members *members, const char *name, unsigned char *bytes, size_t len) {
    bool fits = bytes != NULL && strlen(name) < EVIDENCE_NAME_MAX && members->count < EVIDENCE_MEMBERS_MAX &&
                len <= EVIDENCE_MEMBER_MAX && len <= EVIDENCE_TOTAL_MAX - members->total;
    if (!fits || !make_room(members)) {
        free(bytes);
        return false;
    }
    evidence_member *member = &members->items[members->count++];
    snprintf(member->name, sizeof member->name, "%s", name);
    member->bytes = bytes;
    member->len = len;
    members->total += len;
    return true;
}

static int by_name(const void *left, const void *right) {
    return strcmp(((const evidence_member *)left)->name, ((const evidence_member *)right)->name);
}

void evidence_sort(evidence_members *members) {
    if (members->count > 0) {
        qsort(members->items, members->count, sizeof *members->items, by_name);
    }
}

const evidence_member *evidence_find(const evidence_members *members, const char *name) {
    evidence_member wanted;
    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    return members->count > 0 ? bsearch(&wanted, members->items, members->count, sizeof wanted, by_name) : NULL;
}

void evidence_release(evidence_members *members) {
    for (size_t i = 0; i < members->count; i++) {
        free(members->items[i].bytes);
    }
    free(members->items);
    *members = (evidence_members){0};
}

static void write_facts(FILE *out, const evidence_facts *facts) {
    char hex[65];
    fprintf(out, "Provider:       %s\n", facts->provider);
    fprintf(out, EVIDENCE_FROM "%s\n", facts->from != NULL ? facts->from : "-");
    fprintf(out, EVIDENCE_TO "%s\n", facts->to != NULL ? facts->to : "-");
    fprintf(out, "Receipts:       %zu\n", facts->receipts);
    fprintf(out, "Repudiations:   %zu\n", facts->repudiations);
    text_hex(facts->head, 32, hex);
    fprintf(out, "Ledger entries: %llu\nLedger head:    %s\n", (unsigned long long)facts->entries, hex);
    if (facts->checkpoint == 0) {
        fputs("Checkpoint:     none that holds this provider's ledger\n", out);
        return;
    }
    text_hex(facts->checkpoint_hash, 32, hex);
    fprintf(out, "Checkpoint:     number %llu\nIts hash:       %s\n", (unsigned long long)facts->checkpoint, hex);
}

/* Frozen: whoever changes a word gives the format another number, or older files are refused. */
static const char explanation[] =
    "\nThis file holds what a provider portal of NCTracks can prove about one provider. It can be\n"
    "verified without the portal. This text is no evidence; what is signed is in the other files.\n"
    "\n"
    "keys.cose                   the portal's public keys (COSE_KeySet)\n"
    "receipts/ID.cose            a signature somebody made, signed by the portal (COSE_Sign1)\n"
    "receipts/ID.txt             the same as text\n"
    "repudiations/ID.cose        the signer's declaration that it is not theirs (COSE_Sign1)\n"
    "ledger/provider-ID.cborseq  all that happened to the provider, as a hash chain (CBOR sequence)\n"
    "checkpoint/checkpoint.cose  the state of the portal's whole ledger (COSE_Sign1)\n"
    "checkpoint/proof.cbor       that this ledger is in the checkpoint\n"
    "\n"
    "With the program nctracks:\n"
    "\n"
    "    nctracks verify FILE.tar --keys KEYS\n"
    "\n"
    "KEYS are the portal's public keys from a source you trust. The keys in this file prove nothing\n"
    "about whose they are: whoever forges a receipt makes the keys for it too. In the same way,\n"
    "compare the hash of the checkpoint with what somebody kept who is not the portal.\n"
    "\n"
    "With any COSE library (RFC 9052): verify each .cose file as COSE_Sign1, EdDSA with Ed25519, under\n"
    "the key that entry 4 of its protected header names. Entry 3 of that header must be\n"
    "application/nctracks-receipt+cbor, -repudiation+cbor or -checkpoint+cbor.\n"
    "\n"
    "With the CDDL (RFC 8610): what the files say is described in receipt.cddl, ledger.cddl and\n"
    "checkpoint.cddl of libnctracks, and how to verify in its guide-evidence.md. In short: the claims\n"
    "of a receipt are a CBOR map; 3 is the time in milliseconds, 4 the provider, 6 the signer's NCID,\n"
    "7 their name, 12 what the signature means, 13 and 14 the document's name and version, 15 its\n"
    "digest. An entry of the ledger holds at 9 the hash of the entry before, at 8 the digest of the\n"
    "receipt or repudiation it tells of. Digests are BLAKE2b with 256 bits: 'b2sum -l 256 FILE'.\n"
    "\n"
    "At 2 it holds the kind of event: 14 is a signature made and 18 one repudiated, and 7 ends with its\n"
    "ID. Each of them in the period has its file here.\n"
    "\n"
    "What this file cannot show: what happened after the last entry the checkpoint vouches for.\n";

char *evidence_readme(const evidence_facts *facts, size_t *len) {
    char *text = NULL;
    FILE *out = open_memstream(&text, len);
    if (out == NULL) {
        return NULL;
    }
    fputs(EVIDENCE_TITLE "\n", out);
    write_facts(out, facts);
    fputs(explanation, out);
    bool done = ferror(out) == 0;
    if (fclose(out) != 0 || !done) {
        free(text);
        return NULL;
    }
    return text;
}
