/*
 * Writes receipts, the documents they are about and the key set to a folder, for verifiers that do not know this
 * library: make_evidence FOLDER
 *
 * keys.cbor, other-keys.cbor (of another portal); KIND.cose, KIND.document, KIND.claims (what the library says of it)
 * for each kind of submission; NAME.repudiation, the declaration that repudiates one of them; what make_ledger() writes
 * of the ledger; rotated-*, receipts of a portal whose key was rotated, with a key set of their own; and
 * refused-*.cose, which nobody may accept.
 */
#include "make_evidence.h"
#include "story.h"

#include <nctracks/receipt.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD "correct horse battery"
#define RECEIPT_MAX 8192
#define KINDS 5

static const char *folder;

struct bytes {
    unsigned char at[RECEIPT_MAX];
    size_t len;
};

static FILE *create(const char *name, const char *suffix) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    return file;
}

static void finish(FILE *file) {
    if (ferror(file) | fclose(file)) {
        perror(folder);
        exit(1);
    }
}

void save(const char *name, const char *suffix, const void *bytes, size_t len) {
    FILE *file = create(name, suffix);
    fwrite(bytes, 1, len, file);
    finish(file);
}

static size_t compose(int32_t kind, char *document, size_t capacity) {
    int len =
        snprintf(document, capacity, "%s\nMade-up recipient, made-up reason.\n", nct_submission_description(kind));
    document[len] = '\0'; /* and then bytes that are no text */
    memcpy(document + len + 1, "\xFF\xFE\x00\x80", 4);
    return (size_t)len + 5;
}

nct_signature *sign_as_olivia(nct_portal *portal, const char *pin, const char *kind, const void *document, size_t len) {
    const nct_form_field fields[] = {
        {"signer.ncid", "olivia.owner"},
        {"signer.password", PASSWORD},
        {"signer.pin", pin},
        {"provider.npi", CLINIC},
        {"submission.kind", kind},
        {"document.id", "Antrag \xC2\xA7 4 \xF0\x9F\x96\x8B"},
        {"document.version", kind},
        {"attestation.version", "2026-01"},
        {"attestation.text", "I attest that what I submit is true."},
    };
    nct_form *signing = filled(portal, NCT_FORM_SIGNING, COUNT(fields), fields);
    nct_signature *signature = NULL;
    expect(nct_form_set(signing, "document.content", document, len), NCT_OK, "document.content");
    expect(nct_sign(signing, NULL, &signature), NCT_OK, "nct_sign");
    nct_form_free(signing);
    return signature;
}

static void print_digest(FILE *file, const void *digest) {
    const unsigned char *bytes = digest;
    fputs("document_digest: ", file);
    for (size_t i = 0; i < NCT_DIGEST_BYTES; i++)
        fprintf(file, "%02x", bytes[i]);
    fputc('\n', file);
}

/* Lines of the verifiers' output; what the library has no function for is not among them. */
static void save_claims(const char *name, const nct_signature *signature) {
    FILE *file = create(name, ".claims");
    fprintf(file, "id: %s\n", nct_signature_id(signature));
    fprintf(file, "signed_at: %" PRId64 "\n", nct_signature_signed_at(signature));
    fprintf(file, "provider: %s\n", nct_signature_provider(signature));
    fprintf(file, "ncid: %s\n", nct_signature_ncid(signature));
    fprintf(file, "signer_name: %s\n", nct_signature_signer_name(signature));
    fprintf(file, "role: %s\n", nct_signature_role(signature));
    fprintf(file, "right: %s\n", nct_signature_right(signature));
    fprintf(file, "profile: %s\n", nct_signature_profile(signature));
    fprintf(file, "submission: %s\n", nct_signature_submission(signature));
    fprintf(file, "meaning: %s\n", nct_signature_meaning(signature));
    fprintf(file, "document_id: %s\n", nct_signature_document_id(signature));
    fprintf(file, "document_version: %s\n", nct_signature_document_version(signature));
    print_digest(file, nct_signature_document_digest(signature));
    fprintf(file, "attestation_version: %s\n", nct_signature_attestation_version(signature));
    finish(file);
}

/* A receipt verifies with the portal's public keys and the document alone. */
static void verify(const struct bytes *receipt, const struct bytes *keys, const void *document, size_t len) {
    nct_status status = nct_receipt_verify(receipt->at, receipt->len, keys->at, keys->len, document, len, NULL);
    expect(status, NCT_OK, "nct_receipt_verify");
}

static void make_receipt(nct_portal *portal, const char *pin, int32_t kind, const struct bytes *keys,
                         struct bytes *receipt) {
    char document[256];
    const char *name = nct_submission_name(kind);
    size_t len = compose(kind, document, sizeof document - 8);
    nct_signature *signature = sign_as_olivia(portal, pin, name, document, len);
    const void *bytes = nct_signature_receipt(signature, &receipt->len);
    memcpy(receipt->at, bytes, receipt->len);
    verify(receipt, keys, document, len);
    save(name, ".cose", receipt->at, receipt->len);
    save(name, ".document", document, len);
    save_claims(name, signature);
    if (kind == NCT_SUBMISSION_MEDICAL_PA)
        make_repudiation(portal, name, nct_signature_id(signature));
    nct_signature_free(signature);
}

/* Bytes that were signed, in an envelope they were not signed in. */
static void make_refused(const struct bytes *a, const struct bytes *b) {
    struct bytes mixed = *a;
    memcpy(mixed.at + mixed.len - 64, b->at + b->len - 64, 64);
    save("refused-signature-of-another", ".cose", mixed.at, mixed.len);
    mixed = *b;
    memcpy(mixed.at + mixed.len - 64, a->at + a->len - 64, 64);
    save("refused-payload-of-another", ".cose", mixed.at, mixed.len);
    mixed = *a;
    mixed.at[mixed.len++] = 0;
    save("refused-longer", ".cose", mixed.at, mixed.len);
    save("refused-shorter", ".cose", a->at, a->len - 1);
    save("refused-untagged", ".cose", a->at + 1, a->len - 1);
    save("refused-empty", ".cose", "", 0);
}

static void save_other_keys(void) {
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = {2};
    struct bytes keys;
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    expect(nct_portal_key_set(portal, keys.at, sizeof keys.at, &keys.len), NCT_OK, "nct_portal_key_set");
    save("other-keys", ".cbor", keys.at, keys.len);
    nct_config_free(config);
    nct_portal_close(portal);
}

int main(int argc, char **argv) {
    static struct bytes receipts[KINDS];
    struct bytes keys;
    char pin[PIN_ROOM] = "";
    nct_portal *portal = NULL;
    if (argc != 2)
        return 2;
    folder = argv[1];
    expect(nct_portal_open_in_memory(&portal), NCT_OK, "nct_portal_open_in_memory");
    enroll_clinic(portal);
    take_pin(portal, pin); /* Olivia's */
    set_password(portal, "olivia.owner", PASSWORD);
    expect(nct_portal_key_set(portal, keys.at, sizeof keys.at, &keys.len), NCT_OK, "nct_portal_key_set");
    save("keys", ".cbor", keys.at, keys.len);
    for (int32_t kind = 0; kind < KINDS; kind++)
        make_receipt(portal, pin, NCT_SUBMISSION_ENROLLMENT + kind, &keys, &receipts[kind]);
    make_refused(&receipts[3], &receipts[4]);
    save_other_keys();
    make_ledger(portal);
    make_rotated();
    nct_portal_close(portal);
    return 0;
}
