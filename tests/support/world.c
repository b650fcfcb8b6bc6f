#include "world.h"

#include <stdio.h>
#include <stdlib.h>

#include "seams.h"

static void make_policy(struct world *w, const char *profile) {
    expect_status(nct_policy_new(profile, &w->policy), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_TESTING, 1), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_KDF_MEMORY, 8), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_KDF_PASSES, 1), NCT_OK);
    world_take_any_clock(w->policy);
}

void world_take_any_clock(nct_policy *policy) {
    static const int32_t options[] = {NCT_OPTION_CLOCK_BEHIND, NCT_OPTION_CLOCK_QUIET};
    for (size_t i = 0; i < 2; i++) {
        int64_t least = 0;
        int64_t most = 0;
        expect_status(nct_option_bounds(options[i], &least, &most), NCT_OK);
        expect_status(nct_policy_set(policy, options[i], most), NCT_OK);
    }
}

struct world *world_new(void) {
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->mailer.mails = calloc(WORLD_MAILS, sizeof *w->mailer.mails);
    assert_non_null(w->mailer.mails);
    for (size_t i = 0; i < sizeof w->key; i++)
        w->key[i] = (unsigned char)(i * 7 + 1);
    w->now = WORLD_START;
    w->random_state = 42;
    expect_status(nct_memory_store_new(NULL, NULL, &w->store.inner), NCT_OK);
    make_policy(w, "2013");
    strcpy(w->identity.password, WORLD_PASSWORD);
    return w;
}

void world_share(struct world *w, struct world *owner) {
    nct_memory_store_free(w->store.inner);
    w->store.inner = owner->store.inner;
    w->store.borrowed = 1;
    memcpy(w->key, owner->key, sizeof w->key);
    memcpy(w->more_keys, owner->more_keys, sizeof w->more_keys);
    w->more_key_count = owner->more_key_count;
    w->now = owner->now;
    w->random_state = owner->random_state + 1000003;
}

static void configure(struct world *w, nct_config *config) {
    expect_status(nct_config_set_allocator(config, &world_allocator, w), NCT_OK);
    expect_status(nct_config_set_store(config, &world_store_functions, w), NCT_OK);
    expect_status(nct_config_set_clock(config, &world_clock, w), NCT_OK);
    expect_status(nct_config_set_random(config, &world_random, w), NCT_OK);
    expect_status(nct_config_set_policy(config, w->policy), NCT_OK);
    expect_status(nct_config_set_master_key(config, w->key, sizeof w->key), NCT_OK);
    for (size_t i = 0; i < w->more_key_count; i++)
        expect_status(nct_config_add_master_key(config, w->more_keys[i], sizeof w->more_keys[i]), NCT_OK);
    if (!w->no_mailer)
        expect_status(nct_config_set_mailer(config, &world_mailer_functions, w), NCT_OK);
    if (w->configure != NULL)
        w->configure(config);
    if (w->identity.used)
        expect_status(nct_config_set_identity(config, &world_identity_functions, w), NCT_OK);
}

nct_status world_try_open(struct world *w) {
    nct_config *config = NULL;
    expect_status(nct_config_new(&config), NCT_OK);
    configure(w, config);
    nct_status status = nct_portal_open(config, &w->portal);
    nct_config_free(config);
    if (status != NCT_OK)
        assert_null(w->portal);
    return status;
}

/* A world that takes another policy is run under it from then on, as an operator would have it. */
static void change_policy(struct world *w) {
    nct_config *config = NULL;
    expect_status(nct_config_new(&config), NCT_OK);
    configure(w, config);
    expect_status(nct_portal_change_policy(config, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "new rules", 9), NCT_OK);
    nct_config_free(config);
}

void world_open(struct world *w) {
    nct_status status = world_try_open(w);
    if (status == NCT_E_OTHER_POLICY) {
        change_policy(w);
        status = world_try_open(w);
    }
    expect_status(status, NCT_OK);
    assert_non_null(w->portal);
}

void world_reopen(struct world *w) {
    nct_portal_close(w->portal);
    w->portal = NULL;
    world_open(w);
}

void world_use_profile(struct world *w, const char *profile) {
    nct_policy_free(w->policy);
    make_policy(w, profile);
    world_reopen(w);
}

int world_free(struct world *w) {
    nct_portal_close(w->portal);
    size_t live = w->memory.live, unwiped = w->memory.unwiped;
    if (!w->store.borrowed)
        nct_memory_store_free(w->store.inner);
    nct_policy_free(w->policy);
    free(w->mailer.mails);
    free(w);
    if (live > 0)
        print_error("%zu blocks of memory were not given back\n", live);
    if (unwiped > 0)
        print_error("%zu blocks of memory were given back with a secret in them\n", unwiped);
    return live == 0 && unwiped == 0 ? 0 : -1;
}

int world_setup_empty(void **state) {
    struct world *w = world_new();
    world_open(w);
    *state = w;
    return 0;
}

static void build_clinic(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set_user(form, 0, &UMA, "user_administrator", "eligibility.inquiry claim.inquiry pa.submit");
    world_set_user(form, 1, &FRANK, "user", "eligibility.inquiry");
    world_set_user(form, 2, &PETRA, "user", "pa.submit fl2.submit");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

int world_setup_clinic(void **state) {
    return world_setup_clinic_under(state, "2013");
}

static void open_clinic(struct world *w) {
    world_open(w);
    build_clinic(w);
    size_t mails = w->mailer.count;
    world_set_password(w, OLIVIA.ncid, WORLD_PASSWORD);
    world_set_password(w, UMA.ncid, WORLD_PASSWORD);
    world_set_password(w, FRANK.ncid, WORLD_PASSWORD);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    w->mailer.count = mails; /* that their passwords were set is not what tests are about */
}

int world_setup_clinic_under(void **state, const char *profile) {
    struct world *w = world_new();
    *state = w;
    nct_policy_free(w->policy);
    make_policy(w, profile);
    open_clinic(w);
    return 0;
}

static void use_own_store(nct_config *config) {
    expect_status(nct_config_set_store(config, NULL, NULL), NCT_OK);
}

int world_setup_clinic_in_memory(void **state) {
    struct world *w = world_new();
    *state = w;
    w->configure = use_own_store;
    open_clinic(w);
    return 0;
}

int world_setup_clinic_with_identity(void **state) {
    struct world *w = world_new();
    *state = w;
    w->identity.used = 1;
    world_open(w);
    build_clinic(w);
    return 0;
}

int world_teardown(void **state) {
    return world_free(*state);
}

void world_expect(nct_status actual, nct_status wanted, const char *expression, const char *file, int line) {
    if (actual == wanted)
        return;
    print_error("%s\n  is %s (%d), should be %s (%d)\n", expression, nct_status_name(actual), (int)actual,
                nct_status_name(wanted), (int)wanted);
    _fail(file, line);
}

void world_advance(struct world *w, int64_t milliseconds) {
    w->now += milliseconds;
}

void world_keep_secret(struct world *w, const char *secret) {
    assert_true(w->memory.secret_count < WORLD_SECRETS && strlen(secret) < sizeof w->memory.secrets[0]);
    strcpy(w->memory.secrets[w->memory.secret_count++], secret);
}

/* Once an hour a commit notes the time, whatever it is about: not the one that is traced. */
void world_trace_start(struct world *w) {
    expect_status(nct_clock_confirm(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), "a trace", 7), NCT_OK);
    w->trace.on = 1;
    w->trace.len = 0;
    w->trace.text[0] = '\0';
}

const char *world_trace_stop(struct world *w) {
    w->trace.on = 0;
    return w->trace.text;
}

void world_fault(struct world *w, enum world_fault fault, unsigned on, size_t at, size_t count) {
    struct world_store *store = &w->store;
    store->fault = fault;
    store->fault_on = on;
    store->fault_at = at;
    store->fault_count = count;
    store->seen = 0;
    store->faults = 0;
}

void world_no_fault(struct world *w) {
    world_fault(w, FAULT_NONE, 0, 0, 0);
}
