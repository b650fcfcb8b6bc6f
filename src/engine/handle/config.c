#include "base/about.h"
#include "engine/handle/portal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* No callback structure may have tail padding: a grown one would read an old program's garbage from it. */
_Static_assert(sizeof(nct_store) == 8 + 4 * sizeof(void (*)(void)), "padding in nct_store");
_Static_assert(sizeof(nct_mailer) == 8 + 2 * sizeof(void (*)(void)), "padding in nct_mailer");
_Static_assert(sizeof(nct_identity) == 8 + 2 * sizeof(void (*)(void)), "padding in nct_identity");
_Static_assert(sizeof(nct_blocklist) == 8 + 2 * sizeof(void (*)(void)), "padding in nct_blocklist");
_Static_assert(sizeof(nct_clock) == 8 + 2 * sizeof(void (*)(void)), "padding in nct_clock");
_Static_assert(sizeof(nct_random) == 8 + 2 * sizeof(void (*)(void)), "padding in nct_random");
_Static_assert(sizeof(nct_allocator) == 8 + 3 * sizeof(void (*)(void)), "padding in nct_allocator");

static nct_status init(void *structure, size_t size, size_t known) {
    if (structure == NULL)
        return NCT_E_ARGUMENT;
    if (size != known)
        return NCT_E_UNSUPPORTED;
    uint32_t struct_size = (uint32_t)known;
    memset(structure, 0, known);
    memcpy(structure, &struct_size, sizeof struct_size);
    return NCT_OK;
}

nct_status nct_store_init(nct_store *store, size_t size) {
    return init(store, size, sizeof *store);
}

nct_status nct_mailer_init(nct_mailer *mailer, size_t size) {
    return init(mailer, size, sizeof *mailer);
}

nct_status nct_allocator_init(nct_allocator *allocator, size_t size) {
    return init(allocator, size, sizeof *allocator);
}

nct_status nct_clock_init(nct_clock *clock, size_t size) {
    return init(clock, size, sizeof *clock);
}

nct_status nct_random_init(nct_random *random, size_t size) {
    return init(random, size, sizeof *random);
}

nct_status nct_identity_init(nct_identity *identity, size_t size) {
    return init(identity, size, sizeof *identity);
}

nct_status nct_blocklist_init(nct_blocklist *blocklist, size_t size) {
    return init(blocklist, size, sizeof *blocklist);
}

/* Whether a structure was initialised for this library and has the functions it needs. */
static nct_status check(uint32_t struct_size, uint32_t reserved, size_t known, int complete) {
    if (struct_size != known || reserved != 0)
        return NCT_E_UNSUPPORTED;
    return complete ? NCT_OK : NCT_E_ARGUMENT;
}

nct_status nct_config_new(nct_config **out) {
    if (NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    *out = NULL;
    if (sodium_init() < 0)
        return NCT_E_CRYPTO;
    nct_config *config = calloc(1, sizeof *config);
    if (config == NULL)
        return NCT_E_NO_MEMORY;
    nct_seams_default(&config->seams);
    nct_policy_set_defaults(&config->policy, &nct_profile_2013);
    *out = config;
    return NCT_OK;
}

void nct_config_free(nct_config *config) {
    if (config == NULL)
        return;
    struct nct_memory memory;
    nct_memory_set(&memory, NULL, NULL);
    nct_languages_free(&memory, &config->languages);
    for (size_t i = 0; i < NCT_KEYS_HELD_MAX; i++)
        sodium_free(config->master_keys[i]);
    nct_guests_leave(&config->guests);
    free(config);
}

/*
 * Takes over what came with a structure that was checked. What is refused is ended at once, but where the structure
 * could not be read.
 */
static nct_status admit(nct_config *config, size_t place, nct_status checked, nct_destroy *destroy, void *user_data) {
    if (checked == NCT_E_UNSUPPORTED)
        return checked;
    if (checked == NCT_OK && config != NULL)
        return nct_guests_put(&config->guests, place, destroy, user_data);
    if (destroy != NULL)
        destroy(user_data);
    return NCT_E_ARGUMENT;
}

#define ADMIT(place, given, complete)                                                                                  \
    admit(config, place, check((given)->struct_size, (given)->reserved, sizeof *(given), complete),                    \
          (given)->struct_size == sizeof *(given) ? (given)->destroy : NULL, user_data)

nct_status nct_config_set_store(nct_config *config, const nct_store *store, void *user_data) {
    const nct_store none = {.struct_size = sizeof none};
    const nct_store *given = store != NULL ? store : &none;
    int complete = store == NULL || (store->get != NULL && store->scan != NULL && store->commit != NULL);
    nct_status status = ADMIT(NCT_GUEST_STORE, given, complete);
    if (status != NCT_OK)
        return status;
    config->callbacks.store = *given;
    config->callbacks.store_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_mailer(nct_config *config, const nct_mailer *mailer, void *user_data) {
    const nct_mailer none = {.struct_size = sizeof none};
    const nct_mailer *given = mailer != NULL ? mailer : &none;
    int complete = mailer == NULL || mailer->send != NULL;
    nct_status status = ADMIT(NCT_GUEST_MAILER, given, complete);
    if (status != NCT_OK)
        return status;
    config->callbacks.mailer = *given;
    config->callbacks.mailer_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_identity(nct_config *config, const nct_identity *identity, void *user_data) {
    const nct_identity none = {.struct_size = sizeof none};
    const nct_identity *given = identity != NULL ? identity : &none;
    int complete = identity == NULL || identity->verify_password != NULL;
    nct_status status = ADMIT(NCT_GUEST_IDENTITY, given, complete);
    if (status != NCT_OK)
        return status;
    config->callbacks.identity = *given;
    config->callbacks.identity_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_blocklist(nct_config *config, const nct_blocklist *blocklist, void *user_data) {
    const nct_blocklist none = {.struct_size = sizeof none};
    const nct_blocklist *given = blocklist != NULL ? blocklist : &none;
    int complete = blocklist == NULL || blocklist->check != NULL;
    nct_status status = ADMIT(NCT_GUEST_BLOCKLIST, given, complete);
    if (status != NCT_OK)
        return status;
    config->callbacks.blocklist = *given;
    config->callbacks.blocklist_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_clock(nct_config *config, const nct_clock *clock, void *user_data) {
    struct nct_seams usual;
    nct_seams_default(&usual);
    usual.clock.struct_size = sizeof usual.clock;
    const nct_clock *given = clock != NULL ? clock : &usual.clock;
    nct_status status = ADMIT(NCT_GUEST_CLOCK, given, given->now != NULL);
    if (status != NCT_OK)
        return status;
    config->seams.clock = *given;
    config->seams.clock_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_random(nct_config *config, const nct_random *random, void *user_data) {
    struct nct_seams usual;
    nct_seams_default(&usual);
    usual.random.struct_size = sizeof usual.random;
    const nct_random *given = random != NULL ? random : &usual.random;
    nct_status status = ADMIT(NCT_GUEST_RANDOM, given, given->fill != NULL);
    if (status != NCT_OK)
        return status;
    config->seams.random = *given;
    config->seams.random_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_allocator(nct_config *config, const nct_allocator *allocator, void *user_data) {
    const nct_allocator none = {.struct_size = sizeof none};
    const nct_allocator *given = allocator != NULL ? allocator : &none;
    int complete = allocator == NULL || (allocator->allocate != NULL && allocator->release != NULL);
    nct_status status = ADMIT(NCT_GUEST_ALLOCATOR, given, complete);
    if (status == NCT_OK)
        nct_memory_set(&config->seams.memory, allocator, user_data);
    return status;
}

/* Whether a key is already at another place than this one. */
static int is_given(const nct_config *config, size_t place, const void *key) {
    int given = 0;
    for (size_t i = 0; i <= config->more_keys; i++)
        if (i != place && config->master_keys[i] != NULL)
            given |= sodium_memcmp(config->master_keys[i], key, NCT_MASTER_KEY_BYTES) == 0;
    return given;
}

static nct_status put_key(nct_config *config, size_t place, const void *key, size_t len) {
    if (len != NCT_MASTER_KEY_BYTES || sodium_is_zero(key, len))
        return NCT_E_KEY;
    if (is_given(config, place, key))
        return NCT_E_DUPLICATE;
    if (place == NCT_KEYS_HELD_MAX)
        return NCT_E_LIMIT;
    unsigned char *copy = sodium_malloc(NCT_MASTER_KEY_BYTES);
    if (copy == NULL)
        return NCT_E_NO_MEMORY;
    memcpy(copy, key, len);
    sodium_free(config->master_keys[place]);
    config->master_keys[place] = copy;
    return NCT_OK;
}

nct_status nct_config_set_master_key(nct_config *config, const void *key, size_t key_len) {
    if (NCT_MISSING(config) || NCT_MISSING(key))
        return NCT_E_ARGUMENT;
    return put_key(config, 0, key, key_len);
}

nct_status nct_config_add_master_key(nct_config *config, const void *key, size_t key_len) {
    if (NCT_MISSING(config) || NCT_MISSING(key))
        return NCT_E_ARGUMENT;
    nct_status status = put_key(config, 1 + config->more_keys, key, key_len);
    if (status == NCT_OK)
        config->more_keys++;
    return status;
}

nct_status nct_config_set_policy(nct_config *config, const nct_policy *policy) {
    if (NCT_MISSING(config))
        return NCT_E_ARGUMENT;
    nct_status status = policy != NULL ? nct_policy_check(policy, NULL) : NCT_OK;
    if (status != NCT_OK)
        return status;
    if (policy != NULL)
        config->policy = *policy;
    else
        nct_policy_set_defaults(&config->policy, &nct_profile_2013);
    return NCT_OK;
}

size_t nct_master_key_bytes(void) {
    return NCT_MASTER_KEY_BYTES;
}

nct_status nct_callback_failure(nct_status status, nct_status usual, const char *callback) {
    int is_allowed = status == usual || status == NCT_E_NO_MEMORY || status <= NCT_E_HOST;
    return nct_about_word(is_allowed ? status : NCT_E_CALLBACK, NCT_ABOUT_CALLBACK, callback, status);
}
