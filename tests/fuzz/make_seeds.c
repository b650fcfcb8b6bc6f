/*
 * Writes seeds of the fuzz targets that take evidence, forms, names and identifiers: make_seeds FOLDER, which has a
 * folder for each target. The evidence is that of a portal in a test's world, so that it is the same in every run; of
 * what is signed the claims are kept, because the targets sign with a key of their own.
 */
#include "codec/cose.h"
#include "sealed.h"
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define SEED_MAX 65536

struct seed {
    unsigned char at[SEED_MAX];
    size_t len;
};

static const char *folder;

static void put(struct seed *seed, const void *bytes, size_t len) {
    assert_true(len <= sizeof seed->at - seed->len);
    memcpy(seed->at + seed->len, bytes, len);
    seed->len += len;
}

static void put_byte(struct seed *seed, unsigned byte) {
    put(seed, &(unsigned char){(unsigned char)byte}, 1);
}

static void put_piece(struct seed *seed, const void *bytes, size_t len) {
    put_byte(seed, (unsigned)(len >> 8));
    put_byte(seed, (unsigned)(len & 255));
    put(seed, bytes, len);
}

static void write_seed(const char *target, const char *name, struct seed *seed) {
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, target);
    (void)mkdir(path, 0777);
    (void)snprintf(path, sizeof path, "%s/%s/%s", folder, target, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(seed->at, 1, seed->len, file), seed->len);
    assert_int_equal(fclose(file), 0);
    seed->len = 0;
}

static void write_text(const char *target, const char *name, unsigned first, const char *text) {
    static struct seed seed;
    put_byte(&seed, first);
    put(&seed, text, strlen(text));
    write_seed(target, name, &seed);
}

static struct piece payload_of(const void *bytes, size_t len, const char *type) {
    struct nct_cose cose;
    expect_status(nct_cose_parse(bytes, len, type, &cose), NCT_OK);
    return (struct piece){cose.payload, cose.payload_len};
}

/* Checkpoints. */

static nct_checkpoint *make_checkpoint(struct world *w) {
    nct_checkpoint *checkpoint = NULL;
    world_advance(w, 1000);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_OK);
    expect_status(nct_checkpoint_export_leaves(w->portal, &checkpoint), NCT_OK);
    return checkpoint;
}

static struct piece claims_of(const nct_checkpoint *checkpoint) {
    size_t len = 0;
    const void *bytes = nct_checkpoint_bytes(checkpoint, &len);
    return payload_of(bytes, len, FUZZ_CHECKPOINT_TYPE);
}

static void seed_checkpoint(const nct_checkpoint *checkpoint, const char *name) {
    static struct seed seed;
    struct piece claims = claims_of(checkpoint), keys = fuzz_keys();
    put_byte(&seed, 2);
    put(&seed, claims.at, claims.len);
    write_seed("checkpoint", name, &seed);
    struct nct_buf sealed = fuzz_seal(FUZZ_CHECKPOINT_TYPE, claims);
    put_byte(&seed, 0);
    put(&seed, sealed.data, sealed.len);
    write_seed("checkpoint", "sealed", &seed);
    nct_buf_free(&sealed);
    put_byte(&seed, 1);
    put(&seed, keys.at, keys.len);
    write_seed("checkpoint", "keys", &seed);
}

static void seed_history(const char *name, const unsigned char numbers[6]) {
    static struct seed seed;
    put_byte(&seed, 3);
    for (size_t i = 0; i < 6; i++)
        put(&seed, (unsigned char[8]){0, 0, 0, 0, 0, 0, 0, numbers[i]}, 8);
    write_seed("checkpoint", name, &seed);
}

static void seed_inclusion(struct world *w, const nct_checkpoint *checkpoint, const char *stream, const char *name) {
    static struct seed seed;
    unsigned char proof[2048];
    size_t len = 0;
    struct piece claims = claims_of(checkpoint);
    expect_status(nct_checkpoint_prove(w->portal, stream, strlen(stream), proof, sizeof proof, &len, NULL), NCT_OK);
    put_byte(&seed, 0);
    put_piece(&seed, claims.at, claims.len);
    put(&seed, proof, len);
    write_seed("inclusion", name, &seed);
}

/* Streams, place, whether without entries, whether without a head, where it is edited and how. */
static void seed_made_inclusion(const char *name, const unsigned char made[6]) {
    static struct seed seed;
    put_byte(&seed, 1);
    put_byte(&seed, made[0] - 1u);
    put(&seed, made + 1, 3);
    put_byte(&seed, 0);
    put(&seed, made + 4, 2);
    write_seed("inclusion", name, &seed);
}

static void seed_anchors(struct world *w, const nct_checkpoint *checkpoint, const char *stream, const char *name) {
    static struct seed seed;
    static unsigned char export[SEED_MAX];
    size_t leaves_len = 0, len = 0;
    uint64_t last = 0;
    const void *leaves = nct_checkpoint_leaves(checkpoint, &leaves_len);
    expect_status(nct_ledger_export(w->portal, stream, strlen(stream), 0, 100, export, sizeof export, &len, &last),
                  NCT_OK);
    put_piece(&seed, leaves, leaves_len);
    put(&seed, export, len);
    write_seed("anchors", name, &seed);
}

/* Leaves as they may not be: one twice, one with too long a key. */
static void seed_wrong_leaves(void) {
    static struct seed seed;
    unsigned char leaf[64] = {0x83, 0x42, 'P', '1', 1, 0x58, 32, 7};
    put_byte(&seed, 0);
    put_byte(&seed, 2 * 39);
    put(&seed, leaf, 39);
    put(&seed, leaf, 39);
    write_seed("anchors", "twice", &seed);
    memcpy(leaf, "\x83\x52P12345678901234567\x01\x58\x20\x07", 24);
    put_piece(&seed, leaf, 55);
    write_seed("anchors", "long-key", &seed);
}

static void seed_checkpoints(struct world *w) {
    nct_checkpoint *first = make_checkpoint(w);
    seed_checkpoint(first, "claims");
    seed_anchors(w, first, "provider:" NPI_CLINIC, "provider");
    nct_checkpoint_free(first);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 2), NCT_OK);
    nct_checkpoint *second = make_checkpoint(w);
    seed_checkpoint(second, "claims-second");
    seed_inclusion(w, second, "provider:" NPI_CLINIC, "provider");
    seed_inclusion(w, second, "person:petra.pharm", "person");
    seed_anchors(w, second, "person:petra.pharm", "person");
    nct_checkpoint_free(second);
    seed_history("history", (const unsigned char[]){1, 2, 3, 2, 2, 3});
    seed_history("history-shrinks", (const unsigned char[]){1, 2, 3, 2, 1, 3});
    seed_history("history-from-none", (const unsigned char[]){0, 2, 3, 1, 2, 3});
    seed_history("history-gap", (const unsigned char[]){1, 2, 3, 3, 2, 3});
    seed_made_inclusion("made", (const unsigned char[]){7, 6, 0, 0, 0, 0});
    seed_made_inclusion("made-one", (const unsigned char[]){1, 0, 0, 0, 0, 0});
    seed_made_inclusion("made-edited", (const unsigned char[]){8, 3, 0, 0, 5, 1});
    seed_made_inclusion("made-headless", (const unsigned char[]){4, 2, 0, 1, 0, 0});
    seed_made_inclusion("made-without-entries", (const unsigned char[]){4, 2, 1, 0, 0, 0});
}

/* What is signed beside. */

static void seed_repudiation(struct world *w, const nct_signature *signature) {
    static struct seed seed;
    unsigned char declaration[2048];
    size_t len = 0, receipt_len = 0;
    const char *id = nct_signature_id(signature);
    const void *receipt = nct_signature_receipt(signature, &receipt_len);
    expect_status(nct_signature_repudiate(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10, id, strlen(id),
                                          WORLD_PASSWORD, strlen(WORLD_PASSWORD), "not mine", 8),
                  NCT_OK);
    expect_status(
        nct_signature_repudiation(w->portal, NPI_CLINIC, 10, id, strlen(id), declaration, sizeof declaration, &len),
        NCT_OK);
    struct piece claims = payload_of(declaration, len, FUZZ_REPUDIATION_TYPE);
    put_byte(&seed, 1);
    put_piece(&seed, claims.at, claims.len);
    put(&seed, receipt, receipt_len);
    write_seed("repudiation", "claims", &seed);
    struct nct_buf sealed = fuzz_seal(FUZZ_REPUDIATION_TYPE, claims);
    put_byte(&seed, 0);
    put_piece(&seed, sealed.data, sealed.len);
    put(&seed, receipt, receipt_len);
    write_seed("repudiation", "sealed", &seed);
    nct_buf_free(&sealed);
    put_byte(&seed, 2);
    put(&seed, receipt, receipt_len);
    write_seed("repudiation", "receipt", &seed);
}

static void seed_signature(struct world *w) {
    nct_signature *signature = NULL;
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &signature),
                  NCT_OK);
    write_text("name", "signature", 3, nct_signature_id(signature));
    seed_repudiation(w, signature);
    nct_signature_free(signature);
}

/* Claims as doc/key.cddl has them, and key sets of one key, of two, and of one that is compromised. */
static void seed_announcement(void) {
    static const unsigned char claims[] = {0xA6, 1,   1,   2,   2,   3, 0x48, 'n', 'e', 'x',
                                           't',  ' ', 'k', 'e', 'y', 4, 0x58, 32,  7};
    static const unsigned char rest[] = {5, 0x48, 'f', 'u', 'z', 'z', ' ', 'k', 'e', 'y', 6, 1};
    static const unsigned char compromised[] = {0x3A, 0, 1, 0, 0, 1};
    static struct seed seed;
    struct piece keys = fuzz_keys();
    put_byte(&seed, 1);
    put(&seed, claims, sizeof claims);
    put(&seed, (unsigned char[31]){0}, 31);
    put(&seed, rest, sizeof rest);
    struct nct_buf sealed = fuzz_seal(FUZZ_ANNOUNCEMENT_TYPE, (struct piece){seed.at + 1, seed.len - 1});
    write_seed("announcement", "claims", &seed);
    put_byte(&seed, 0);
    put(&seed, sealed.data, sealed.len);
    write_seed("announcement", "sealed", &seed);
    nct_buf_free(&sealed);
    put_byte(&seed, 2);
    put(&seed, keys.at, keys.len);
    write_seed("announcement", "keys", &seed);
    put_byte(&seed, 2);
    put_byte(&seed, 0x82);
    put(&seed, keys.at + 1, keys.len - 1);
    put_byte(&seed, 0xA6);
    put(&seed, keys.at + 2, keys.len - 2);
    put(&seed, compromised, sizeof compromised);
    write_seed("announcement", "keys-twice", &seed);
}

/* Each form, with every field given a value of its type. */

static const char *value_of(const char *type, const char *choices) {
    static const char *const values[][2] = {
        {"npi", "1234567893"},      {"provider_id", "1234567893"},
        {"ncid", "silas.stranger"}, {"tax_id", "12-3456789"},
        {"aba", "123456780"},       {"email", "silas@example.org"},
        {"phone", "919-555-0106"},  {"bank_account", "000123456789"},
        {"date", "2025-12-20"},     {"rights", "eligibility.inquiry"},
        {"language", "en"},
    };
    static char choice[64];
    if (*choices != '\0') {
        (void)snprintf(choice, sizeof choice, "%.*s", (int)strcspn(choices, " "), choices);
        return choice;
    }
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (strcmp(values[i][0], type) == 0)
            return values[i][1];
    return "Made Up";
}

static void put_field(struct seed *seed, int32_t form, size_t index) {
    char line[512], path[128];
    const char *known = nct_field_path(form, index);
    const char *group = strstr(known, "[N]");
    (void)snprintf(path, sizeof path, "%s", known);
    if (group != NULL)
        path[group - known + 1] = '0';
    (void)snprintf(line, sizeof line, "%s=%s\n", path,
                   value_of(nct_field_type(form, index), nct_field_choices(form, index)));
    put(seed, line, strlen(line));
}

static void seed_forms(void) {
    static struct seed seed;
    for (int32_t form = NCT_FORM_ENROLLMENT; form <= NCT_FORM_EFT_CHANGE; form++) {
        char name[32];
        (void)snprintf(name, sizeof name, "form-%d", (int)form);
        put_byte(&seed, (unsigned)(form - NCT_FORM_ENROLLMENT));
        for (size_t i = 0; i < nct_field_count(form); i++)
            put_field(&seed, form, i);
        write_seed("form", name, &seed);
    }
    write_text("form", "users-last", 1, "users[99].ncid=silas.stranger\nusers[100].ncid=x\nusers[007].ncid=y\n");
}

static void seed_idents(void) {
    static const char *const valid[] = {
        "1234567893", "AB12",       "petra.pharm",     "12-3456789",        "123-45-6789", "912-70-1234", "912-93-1234",
        "123456780",  "12 34-56 A", "a.b@example.org", "+1 (919) 555-0101", "27601-1234",  "1234567893",  "123456789"};
    for (int32_t kind = 1; kind <= nct_ident_kind_count(); kind++)
        write_text("ident", nct_ident_kind_name(kind), (unsigned)kind, valid[kind - 1]);
}

static void seed_names(struct world *w) {
    nct_stream_list *streams = NULL;
    expect_status(nct_ledger_streams(w->portal, NULL, 0, 10, &streams), NCT_OK);
    write_text("name", "cursor", 1, nct_stream_list_cursor(streams));
    nct_stream_list_free(streams);
    write_text("name", "stream-provider", 0, "provider:" NPI_CLINIC);
    write_text("name", "stream-person", 0, "person:petra.pharm");
    write_text("name", "stream-unknown", 0, "unknown:00");
    write_text("name", "stream-key", 0, "key:0011223344556677");
    write_text("name", "id", 2, "00112233445566778899aabbccddeeff");
    write_text("name", "ncid", 4, "petra.pharm");
    write_text("name", "provider", 5, NPI_CLINIC);
}

/* The first rule of each type, as it is in the newest profile. */
static void seed_rules(void) {
    static struct seed seed;
    char value[1024], known[1024] = " ";
    nct_policy *policy = NULL;
    unsigned profile = (unsigned)nct_profile_count() - 1;
    expect_status(nct_policy_new(nct_profile_name(profile), &policy), NCT_OK);
    for (size_t i = 0; i < nct_rule_count(); i++) {
        const char *path = nct_rule_path(i), *type = nct_rule_type(i);
        char word[64];
        size_t len = 0;
        (void)snprintf(word, sizeof word, " %s ", type);
        if (strstr(known, word) != NULL)
            continue;
        (void)snprintf(known + strlen(known), sizeof known - strlen(known), "%s ", type);
        expect_status(nct_rule_get(policy, path, value, sizeof value, &len), NCT_OK);
        put_byte(&seed, profile);
        put(&seed, path, strlen(path));
        put_byte(&seed, '\n');
        put(&seed, value, len);
        write_seed("rule", type, &seed);
    }
    nct_policy_free(policy);
}

int main(int argc, char **argv) {
    void *state = NULL;
    static struct seed seed;
    if (argc != 2)
        return 2;
    folder = argv[1];
    (void)world_setup_clinic(&state);
    seed_signature(state);
    seed_checkpoints(state);
    seed_wrong_leaves();
    seed_announcement();
    seed_forms();
    seed_idents();
    seed_names(state);
    seed_rules();
    put(&seed, "\0\1\1", 3);
    write_seed("compare", "one", &seed);
    return world_free(state) == 0 ? 0 : 1;
}
