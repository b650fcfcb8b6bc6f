#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "host.h"

#include <sched.h>
#include <string.h>
#include <sys/mman.h>

void *shared_memory(size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

void shared_free(void *memory, size_t size) {
    (void)munmap(memory, size);
}

static nct_status now(int64_t *milliseconds, void *user_data) {
    struct host *host = user_data;
    *milliseconds = atomic_load(&host->now);
    return NCT_OK;
}

static nct_status verify_password(const char *ncid, size_t ncid_len, const char *password, size_t password_len,
                                  void *user_data) {
    const struct host *host = user_data;
    (void)ncid;
    (void)ncid_len;
    int right = password_len == strlen(host->password) && memcmp(password, host->password, password_len) == 0;
    return right ? NCT_OK : NCT_E_DENIED;
}

static void keep(char *out, size_t room, const char *text) {
    size_t len = strlen(text);
    if (len >= room)
        len = room - 1;
    memcpy(out, text, len);
    out[len] = '\0';
}

static void keep_parameters(struct letter *letter, const nct_mail *mail) {
    for (size_t i = 0; i < nct_mail_parameter_count(mail); i++) {
        const char *name = nct_mail_parameter_name(mail, i);
        if (strcmp(name, "pin") == 0)
            keep(letter->pin, sizeof letter->pin, nct_mail_parameter_value(mail, i));
        else if (strcmp(name, "ncid") == 0)
            keep(letter->ncid, sizeof letter->ncid, nct_mail_parameter_value(mail, i));
    }
}

/* A slow mailer, without a clock: others get their turn in the middle of it. */
static nct_status send_mail(const nct_mail *mail, void *user_data) {
    struct host *host = user_data;
    if (host->at_mail != NULL)
        host->at_mail(host->at_mail_data);
    for (int i = 0; i < 5; i++)
        (void)sched_yield();
    size_t index = atomic_fetch_add(&host->letters->count, 1);
    if (index >= LETTERS_MAX)
        return NCT_E_MAILER;
    struct letter *letter = &host->letters->at[index];
    keep(letter->id, sizeof letter->id, nct_mail_id(mail));
    keep(letter->template_name, sizeof letter->template_name, nct_mail_template(mail));
    keep_parameters(letter, mail);
    if (host->at_mail != NULL)
        host->at_mail(host->at_mail_data);
    return NCT_OK;
}

static nct_status yield_get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                            void *user_data) {
    (void)sched_yield();
    return nct_memory_store_functions()->get(space, key, key_len, sink, revision, user_data);
}

static nct_status yield_scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                             size_t limit, nct_sink *sink, void *user_data) {
    (void)sched_yield();
    return nct_memory_store_functions()->scan(space, prefix, prefix_len, after, after_len, limit, sink, user_data);
}

static nct_status yield_commit(const nct_batch *batch, void *user_data) {
    (void)sched_yield();
    return nct_memory_store_functions()->commit(batch, user_data);
}

const nct_store *yielding_store(void) {
    static const nct_store functions = {
        .struct_size = sizeof(nct_store), .get = yield_get, .scan = yield_scan, .commit = yield_commit};
    return &functions;
}

static nct_status set_seams(struct host *host, nct_config *config) {
    nct_clock clock;
    nct_identity identity;
    nct_status status = nct_clock_init(&clock, sizeof clock);
    if (status == NCT_OK)
        status = nct_identity_init(&identity, sizeof identity);
    if (status != NCT_OK)
        return status;
    clock.now = now;
    identity.verify_password = verify_password;
    status = nct_config_set_clock(config, &clock, host);
    if (status == NCT_OK && host->password != NULL)
        status = nct_config_set_identity(config, &identity, host);
    if (status == NCT_OK && host->allocator != NULL)
        status = nct_config_set_allocator(config, host->allocator, host->allocator_data);
    return status;
}

static nct_status set_mailer(struct host *host, nct_config *config) {
    nct_mailer mailer;
    nct_status status = nct_mailer_init(&mailer, sizeof mailer);
    if (status != NCT_OK)
        return status;
    mailer.send = send_mail;
    if (host->mailer != NULL)
        return nct_config_set_mailer(config, host->mailer, host->mailer_data);
    return host->letters != NULL ? nct_config_set_mailer(config, &mailer, host) : NCT_OK;
}

nct_status host_open(struct host *host) {
    nct_config *config = NULL;
    nct_status status = nct_config_new(&config);
    if (status == NCT_OK)
        status = set_seams(host, config);
    if (status == NCT_OK)
        status = set_mailer(host, config);
    if (status == NCT_OK)
        status = nct_config_set_store(config, host->store, host->store_data);
    if (status == NCT_OK)
        status = nct_config_set_policy(config, host->policy);
    if (status == NCT_OK)
        status = nct_config_set_master_key(config, host->key, NCT_MASTER_KEY_BYTES);
    if (status == NCT_OK && host->further_key != NULL)
        status = nct_config_add_master_key(config, host->further_key, NCT_MASTER_KEY_BYTES);
    if (status == NCT_OK)
        status = nct_portal_open(config, &host->portal);
    nct_config_free(config);
    return status;
}

void host_close(struct host *host) {
    nct_portal_close(host->portal);
    host->portal = NULL;
}

nct_status host_sign(nct_portal *portal, const char *npi, const char *ncid, const char *password, const char *pin) {
    const char *const fields[][2] = {{"signer.ncid", ncid},
                                     {"signer.password", password},
                                     {"signer.pin", pin},
                                     {"provider.npi", npi},
                                     {"submission.kind", "pharmacy_pa"},
                                     {"document.id", "PA-0001"},
                                     {"document.version", "1"},
                                     {"document.content", "Prior approval for a made-up recipient."},
                                     {"attestation.version", "1"},
                                     {"attestation.text", "It is true."}};
    nct_form *signing = NULL;
    nct_signature *signature = NULL;
    nct_status status = nct_form_new(portal, NCT_FORM_SIGNING, &signing);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(signing, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_sign(signing, NULL, &signature);
    nct_signature_free(signature);
    nct_form_free(signing);
    return status;
}

nct_status host_sign_in_turn(nct_portal *portal, const char *npi, const char *ncid, const char *password,
                             const char *pin) {
    nct_status status = NCT_E_BUSY;
    while (status == NCT_E_BUSY) {
        status = host_sign(portal, npi, ncid, password, pin);
        (void)sched_yield();
    }
    return status;
}

static const struct letter *first_like(const struct letters *letters, size_t index) {
    size_t i = 0;
    while (strcmp(letters->at[i].id, letters->at[index].id) != 0)
        i++;
    return &letters->at[i];
}

size_t letters_different(const struct letters *letters) {
    size_t different = 0;
    for (size_t i = 0; i < letters->count; i++)
        different += first_like(letters, i) == &letters->at[i];
    return different;
}

const char *letters_pin(const struct letters *letters, const char *ncid) {
    for (size_t i = letters->count; i > 0; i--)
        if (letters->at[i - 1].pin[0] != '\0' && strcmp(letters->at[i - 1].ncid, ncid) == 0)
            return letters->at[i - 1].pin;
    return "";
}

size_t letters_with_pin(const struct letters *letters, const char *ncid) {
    size_t count = 0;
    for (size_t i = 0; i < letters->count; i++)
        count += letters->at[i].pin[0] != '\0' && strcmp(letters->at[i].ncid, ncid) == 0;
    return count;
}

int letters_consistent(const struct letters *letters) {
    for (size_t i = 0; i < letters->count; i++)
        if (memcmp(first_like(letters, i), &letters->at[i], sizeof letters->at[i]) != 0)
            return 0;
    return 1;
}
