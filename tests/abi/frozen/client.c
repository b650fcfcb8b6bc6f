/*
 * A program that was compiled against the interface as it was frozen, with none of the project's headers: every
 * function is still exported, every constant has its value, every callback is called as it was declared, and a
 * signature is made.
 */
#include "nctracks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define CLINIC "1234567893"
#define PASSWORD "correct horse battery"
#define DOCUMENT "Pharmacy prior approval for a made-up recipient."

static void expect(nct_status status, nct_status wanted, const char *what) {
    if (status == wanted)
        return;
    fprintf(stderr, "%s: %ld, not %ld\n", what, (long)status, (long)wanted);
    exit(1);
}

/* ---- what there is ---- */

typedef void any_function(void);

#define FUNCTION(name) (any_function *)name,
static any_function *const functions[] = {FROZEN_FUNCTIONS(FUNCTION)};

struct constant {
    const char *name;
    int64_t value;
};

#define CONSTANT(name) {#name, name},
static const struct constant constants[] = {FROZEN_CONSTANTS(CONSTANT)};

static void check_functions(void) {
    for (size_t i = 0; i < COUNT(functions); i++)
        expect(functions[i] != NULL, 1, "a function");
}

static void check_constants(void) {
    for (size_t i = 0; i < COUNT(constants); i++) {
        int64_t value = -1;
        expect(nct_constant_from_name(constants[i].name, &value), NCT_OK, constants[i].name);
        expect(value == constants[i].value, 1, constants[i].name);
    }
}

/* A structure of the size it had is taken. */
#define STRUCTURE(name)                                                                                                \
    do {                                                                                                               \
        name structure;                                                                                                \
        expect(name##_init(&structure, sizeof structure), NCT_OK, #name);                                              \
        expect(structure.struct_size == sizeof structure, 1, #name);                                                   \
    } while (0);

static void check_structures(void) {
    FROZEN_STRUCTURES(STRUCTURE)
}

/* ---- callbacks: each looks at its arguments and counts ---- */

struct host {
    nct_memory_store *rows;
    int allocated, told_time, filled, stored, asked, looked_up, mailed, ended;
    char pin[64];
};

static void *allocate(size_t size, void *user_data) {
    struct host *host = user_data;
    host->allocated++;
    return malloc(size);
}

static void release(void *memory, void *user_data) {
    expect(memory != NULL && ((struct host *)user_data)->allocated > 0, 1, "release");
    free(memory);
}

static nct_status now(int64_t *milliseconds, void *user_data) {
    struct host *host = user_data;
    host->told_time++;
    *milliseconds = INT64_C(1750000000000);
    return NCT_OK;
}

/* No two draws are the same; nobody's secrets depend on them. */
static nct_status fill(void *bytes, size_t len, void *user_data) {
    struct host *host = user_data;
    uint32_t state = (uint32_t)++host->filled * 2654435761u;
    for (size_t i = 0; i < len; i++) {
        state = state * 1664525u + 1013904223u;
        ((unsigned char *)bytes)[i] = (unsigned char)(state >> 24);
    }
    return NCT_OK;
}

static nct_status verify_password(const char *ncid, size_t ncid_len, const char *password, size_t password_len,
                                  void *user_data) {
    struct host *host = user_data;
    host->asked++;
    expect(ncid_len == strlen("petra.prior") && memcmp(ncid, "petra.prior", ncid_len) == 0, 1, "the NCID");
    return password_len == strlen(PASSWORD) && memcmp(password, PASSWORD, password_len) == 0 ? NCT_OK : NCT_E_DENIED;
}

static nct_status look_up(const char *password, size_t password_len, void *user_data) {
    struct host *host = user_data;
    host->looked_up++;
    expect(password_len == strlen(PASSWORD) && memcmp(password, PASSWORD, password_len) == 0, 1, "the password");
    return NCT_OK;
}

static nct_status take_mail(const nct_mail *mail, void *user_data) {
    struct host *host = user_data;
    host->mailed++;
    for (size_t i = 0; i < nct_mail_parameter_count(mail); i++)
        if (strcmp(nct_mail_parameter_name(mail, i), "pin") == 0)
            snprintf(host->pin, sizeof host->pin, "%s", nct_mail_parameter_value(mail, i));
    return NCT_OK;
}

/* A host's own store: the library's in memory, through the structure as it was declared. */
static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    struct host *host = user_data;
    return nct_memory_store_functions()->get(space, key, key_len, sink, revision, host->rows);
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    struct host *host = user_data;
    return nct_memory_store_functions()->scan(space, prefix, prefix_len, after, after_len, limit, sink, host->rows);
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    struct host *host = user_data;
    host->stored++;
    return nct_memory_store_functions()->commit(batch, host->rows);
}

static void end(void *user_data) {
    struct host *host = user_data;
    host->ended++;
}

#define SIZED(type) .struct_size = (uint32_t)sizeof(type), .destroy = end

static void configure(nct_config *config, struct host *host) {
    const nct_allocator allocator = {SIZED(nct_allocator), .allocate = allocate, .release = release};
    const nct_clock clock = {SIZED(nct_clock), .now = now};
    const nct_random random = {SIZED(nct_random), .fill = fill};
    const nct_identity identity = {SIZED(nct_identity), .verify_password = verify_password};
    const nct_mailer mailer = {SIZED(nct_mailer), .send = take_mail};
    const nct_store store = {SIZED(nct_store), .get = get, .scan = scan, .commit = commit};
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = {1};
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    expect(nct_config_set_allocator(config, &allocator, host), NCT_OK, "nct_config_set_allocator");
    expect(nct_config_set_clock(config, &clock, host), NCT_OK, "nct_config_set_clock");
    expect(nct_config_set_random(config, &random, host), NCT_OK, "nct_config_set_random");
    expect(nct_config_set_identity(config, &identity, host), NCT_OK, "nct_config_set_identity");
    expect(nct_config_set_mailer(config, &mailer, host), NCT_OK, "nct_config_set_mailer");
    expect(nct_config_set_store(config, &store, host), NCT_OK, "nct_config_set_store");
}

/* ---- the story: enrollment, a user, a signature, its receipt ---- */

struct field {
    const char *path, *value;
};

static const struct field enrollment[] = {
    {"provider.npi", CLINIC},
    {"provider.kind", "organization"},
    {"provider.name", "Elm Street Clinic"},
    {"provider.tax_id", "12-3456789"},
    {"provider.email", "office@example.org"},
    {"provider.phone", "919-555-0100"},
    {"office_administrator.ncid", "olivia.owner"},
    {"office_administrator.first_name", "Olivia"},
    {"office_administrator.last_name", "Owner"},
    {"office_administrator.email", "olivia@example.org"},
    {"office_administrator.phone", "919-555-0101"},
    {"office_administrator.relationship", "owner"},
    {"eft.routing_number", "123456780"},
    {"eft.account_number", "000123456789"},
    {"eft.account_type", "checking"},
    {"eft.account_holder", "Elm Street Clinic"},
};

static const struct field user[] = {
    {"ncid", "petra.prior"},        {"first_name", "Petra"},   {"last_name", "Prior"},
    {"email", "petra@example.org"}, {"phone", "919-555-0102"}, {"rights", "pa.submit"},
};

static const struct field signing[] = {
    {"signer.ncid", "petra.prior"},  {"signer.password", PASSWORD},
    {"provider.npi", CLINIC},        {"submission.kind", "pharmacy_pa"},
    {"document.id", "PA-1"},         {"document.version", "1"},
    {"document.content", DOCUMENT},  {"attestation.version", "example-1"},
    {"attestation.text", "I agree"},
};

static nct_form *fill_in(nct_portal *portal, int32_t kind, const struct field *fields, size_t count) {
    nct_form *form = NULL;
    expect(nct_form_new(portal, kind, &form), NCT_OK, "nct_form_new");
    for (size_t i = 0; i < count; i++)
        expect(nct_form_set(form, fields[i].path, fields[i].value, strlen(fields[i].value)), NCT_OK, fields[i].path);
    return form;
}

static void enroll(nct_portal *portal) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = fill_in(portal, NCT_FORM_ENROLLMENT, enrollment, COUNT(enrollment));
    expect(nct_enrollment_submit(form, "desk", 4, code, sizeof code, NULL), NCT_OK, "nct_enrollment_submit");
    nct_form_free(form);
    form = fill_in(portal, NCT_FORM_USER, user, COUNT(user));
    expect(nct_user_add(form, "olivia.owner", 12, CLINIC, 10, NULL), NCT_OK, "nct_user_add");
    nct_form_free(form);
    expect(nct_access_check(portal, CLINIC, 10, "petra.prior", 11, NCT_RIGHT_PA_SUBMIT), NCT_OK, "a right");
    expect(nct_access_check(portal, CLINIC, 10, "petra.prior", 11, NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING,
           "another right");
}

static void sign(nct_portal *portal, const char *pin) {
    unsigned char keys[512];
    size_t keys_len = 0;
    size_t receipt_len = 0;
    nct_signature *signature = NULL;
    nct_form *form = fill_in(portal, NCT_FORM_SIGNING, signing, COUNT(signing));
    expect(nct_form_set(form, "signer.pin", pin, strlen(pin)), NCT_OK, "signer.pin");
    expect(nct_sign(form, NULL, &signature), NCT_OK, "nct_sign");
    expect(nct_portal_key_set(portal, keys, sizeof keys, &keys_len), NCT_OK, "nct_portal_key_set");
    const void *receipt = nct_signature_receipt(signature, &receipt_len);
    expect(nct_receipt_verify(receipt, receipt_len, keys, keys_len, DOCUMENT, strlen(DOCUMENT), NULL), NCT_OK,
           "nct_receipt_verify");
    nct_form_free(form);
    nct_signature_free(signature);
}

/* Asked where the library keeps passwords itself. */
static void set_password(struct host *host) {
    const nct_blocklist blocklist = {SIZED(nct_blocklist), .check = look_up};
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = {2};
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    expect(nct_config_set_blocklist(config, &blocklist, host), NCT_OK, "nct_config_set_blocklist");
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    nct_config_free(config);
    enroll(portal);
    expect(nct_password_set(portal, "desk", 4, "petra.prior", 11, PASSWORD, strlen(PASSWORD)), NCT_OK,
           "nct_password_set");
    nct_portal_close(portal);
}

static void tell_story(struct host *host) {
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    expect(nct_memory_store_new(NULL, NULL, &host->rows), NCT_OK, "nct_memory_store_new");
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    configure(config, host);
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    nct_config_free(config);
    enroll(portal);
    sign(portal, host->pin);
    nct_portal_close(portal);
    nct_memory_store_free(host->rows);
}

int main(void) {
    struct host host = {.rows = NULL};
    check_functions();
    check_constants();
    check_structures();
    tell_story(&host);
    expect(host.ended, 6, "callbacks that were ended");
    set_password(&host);
    expect(host.ended, 7, "callbacks that were ended");
    expect(host.allocated && host.told_time && host.filled && host.stored && host.asked && host.looked_up &&
               host.mailed,
           1, "every callback is called");
    printf("%zu functions, %zu constants, every callback\n", COUNT(functions), COUNT(constants));
    return 0;
}
