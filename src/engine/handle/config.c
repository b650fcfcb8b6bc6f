#include "engine/handle/portal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* No callback structure may have tail padding: a grown one would read an old program's garbage from it. */
_Static_assert(sizeof(nct_store) == 8 + 3 * sizeof(void (*)(void)), "padding in nct_store");
_Static_assert(sizeof(nct_mailer) == 8 + sizeof(void (*)(void)), "padding in nct_mailer");
_Static_assert(sizeof(nct_identity) == 8 + sizeof(void (*)(void)), "padding in nct_identity");
_Static_assert(sizeof(nct_blocklist) == 8 + sizeof(void (*)(void)), "padding in nct_blocklist");
_Static_assert(sizeof(nct_clock) == 8 + sizeof(void (*)(void)), "padding in nct_clock");
_Static_assert(sizeof(nct_random) == 8 + sizeof(void (*)(void)), "padding in nct_random");
_Static_assert(sizeof(nct_allocator) == 8 + 2 * sizeof(void (*)(void)), "padding in nct_allocator");

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
    if (out == NULL)
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
    free(config);
}

nct_status nct_config_set_store(nct_config *config, const nct_store *store, void *user_data) {
    if (config == NULL)
        return NCT_E_ARGUMENT;
    const nct_store none = {0};
    const nct_store *given = store != NULL ? store : &none;
    if (store != NULL) {
        int complete = store->get != NULL && store->scan != NULL && store->commit != NULL;
        nct_status status = check(store->struct_size, store->reserved, sizeof *store, complete);
        if (status != NCT_OK)
            return status;
    }
    config->callbacks.store = *given;
    config->callbacks.store_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_mailer(nct_config *config, const nct_mailer *mailer, void *user_data) {
    if (config == NULL)
        return NCT_E_ARGUMENT;
    const nct_mailer none = {0};
    if (mailer != NULL) {
        nct_status status = check(mailer->struct_size, mailer->reserved, sizeof *mailer, mailer->send != NULL);
        if (status != NCT_OK)
            return status;
    }
    config->callbacks.mailer = mailer != NULL ? *mailer : none;
    config->callbacks.mailer_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_identity(nct_config *config, const nct_identity *identity, void *user_data) {
    if (config == NULL)
        return NCT_E_ARGUMENT;
    const nct_identity none = {0};
    if (identity != NULL) {
        int complete = identity->verify_password != NULL;
        nct_status status = check(identity->struct_size, identity->reserved, sizeof *identity, complete);
        if (status != NCT_OK)
            return status;
    }
    config->callbacks.identity = identity != NULL ? *identity : none;
    config->callbacks.identity_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_blocklist(nct_config *config, const nct_blocklist *blocklist, void *user_data) {
    if (config == NULL)
        return NCT_E_ARGUMENT;
    const nct_blocklist none = {0};
    if (blocklist != NULL) {
        nct_status status =
            check(blocklist->struct_size, blocklist->reserved, sizeof *blocklist, blocklist->check != NULL);
        if (status != NCT_OK)
            return status;
    }
    config->callbacks.blocklist = blocklist != NULL ? *blocklist : none;
    config->callbacks.blocklist_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_clock(nct_config *config, const nct_clock *clock, void *user_data) {
    if (config == NULL)
        return NCT_E_ARGUMENT;
    struct nct_seams usual;
    nct_seams_default(&usual);
    if (clock != NULL) {
        nct_status status = check(clock->struct_size, clock->reserved, sizeof *clock, clock->now != NULL);
        if (status != NCT_OK)
            return status;
    }
    config->seams.clock = clock != NULL ? *clock : usual.clock;
    config->seams.clock_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_random(nct_config *config, const nct_random *random, void *user_data) {
    if (config == NULL)
        return NCT_E_ARGUMENT;
    struct nct_seams usual;
    nct_seams_default(&usual);
    if (random != NULL) {
        nct_status status = check(random->struct_size, random->reserved, sizeof *random, random->fill != NULL);
        if (status != NCT_OK)
            return status;
    }
    config->seams.random = random != NULL ? *random : usual.random;
    config->seams.random_data = user_data;
    return NCT_OK;
}

nct_status nct_config_set_allocator(nct_config *config, const nct_allocator *allocator, void *user_data) {
    if (config == NULL)
        return NCT_E_ARGUMENT;
    if (allocator != NULL) {
        int complete = allocator->allocate != NULL && allocator->release != NULL;
        nct_status status = check(allocator->struct_size, allocator->reserved, sizeof *allocator, complete);
        if (status != NCT_OK)
            return status;
    }
    nct_memory_set(&config->seams.memory, allocator, user_data);
    return NCT_OK;
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

nct_status nct_config_set_master_key(nct_config *config, const void *key, size_t len) {
    if (config == NULL || key == NULL)
        return NCT_E_ARGUMENT;
    return put_key(config, 0, key, len);
}

nct_status nct_config_add_master_key(nct_config *config, const void *key, size_t len) {
    if (config == NULL || key == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = put_key(config, 1 + config->more_keys, key, len);
    if (status == NCT_OK)
        config->more_keys++;
    return status;
}

nct_status nct_config_set_policy(nct_config *config, const nct_policy *policy) {
    if (config == NULL)
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

nct_status nct_callback_failure(nct_status status, nct_status usual) {
    if (status == usual || status == NCT_E_NO_MEMORY || status <= NCT_E_HOST)
        return status;
    return NCT_E_CALLBACK;
}
