/*
 * Every handle is used and freed before and after its portal, on this thread and on another, and nothing is left or
 * freed twice; what a host gave with its callbacks is ended once, when the last user is gone.
 */
#include "refusals.h"
#include "seams.h"
#include "world.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include <nctracks.h>

#include "applications.h"

#define STREAM "provider:" NPI_CLINIC

/* What handles are made from. */
struct life {
    nct_portal *portal;
    nct_form *form; /* with nothing filled in */
    char application[NCT_APPLICATION_ID_LENGTH + 1];
    char signature[NCT_SIGNATURE_ID_LENGTH + 1];
    unsigned char receipt[4096], key_set[1024], checkpoint[4096], leaves[65536], proof[8192];
    size_t receipt_len, key_set_len, checkpoint_len, leaves_len, proof_len;
};

typedef void *make_handle(struct life *life);

struct handle_type {
    const char *name;
    int shared; /* by threads at once; the others are one thread's after the other's */
    void (*use)(const void *handle);
    void (*free)(void *handle);
    make_handle *const *makers;
};

#include "lifetimes.h"

#define TYPES (sizeof handle_types / sizeof handle_types[0])

/* ---- callbacks with an end ---- */

enum { GIFTS = 6 };

static struct world *given;
static atomic_size_t blocks;
static atomic_int ends[GIFTS];
static int gifts[GIFTS]; /* the places are the user data */

static void end(void *user_data) {
    atomic_fetch_add(&ends[(int *)user_data - gifts], 1);
}

static int ended(void) {
    int most = 0;
    for (int i = 0; i < GIFTS; i++)
        most = ends[i] > most ? ends[i] : most;
    return most;
}

static void assert_ended_once(void) {
    for (int i = 0; i < GIFTS; i++)
        assert_int_equal(ends[i], 1);
    assert_int_equal(blocks, 0);
}

static void *allocate(size_t size, void *user_data) {
    void *memory = malloc(size);
    assert_int_equal(ends[(int *)user_data - gifts], 0);
    blocks += memory != NULL;
    return memory;
}

static void release(void *memory, void *user_data) {
    assert_int_equal(ends[(int *)user_data - gifts], 0);
    blocks--;
    free(memory);
}

static nct_status get(int32_t space, const void *key, size_t key_len, nct_sink *sink, uint64_t *revision,
                      void *user_data) {
    (void)user_data;
    return world_store_functions.get(space, key, key_len, sink, revision, given);
}

static nct_status scan(int32_t space, const void *prefix, size_t prefix_len, const void *after, size_t after_len,
                       size_t limit, nct_sink *sink, void *user_data) {
    (void)user_data;
    return world_store_functions.scan(space, prefix, prefix_len, after, after_len, limit, sink, given);
}

static nct_status commit(const nct_batch *batch, void *user_data) {
    (void)user_data;
    return world_store_functions.commit(batch, given);
}

static nct_status send(const nct_mail *mail, void *user_data) {
    (void)user_data;
    return world_mailer_functions.send(mail, given);
}

static nct_status verify(const char *ncid, size_t ncid_len, const char *password, size_t password_len,
                         void *user_data) {
    (void)user_data;
    return world_identity_functions.verify_password(ncid, ncid_len, password, password_len, given);
}

static nct_status now(int64_t *milliseconds, void *user_data) {
    (void)user_data;
    return world_clock.now(milliseconds, given);
}

static nct_status fill(void *bytes, size_t len, void *user_data) {
    (void)user_data;
    return world_random.fill(bytes, len, given);
}

static const nct_allocator allocator = {
    .struct_size = sizeof allocator, .allocate = allocate, .release = release, .destroy = end};
static const nct_store store = {
    .struct_size = sizeof store, .get = get, .scan = scan, .commit = commit, .destroy = end};
static const nct_mailer mailer = {.struct_size = sizeof mailer, .send = send, .destroy = end};
static const nct_identity identity = {.struct_size = sizeof identity, .verify_password = verify, .destroy = end};
static const nct_clock a_clock = {.struct_size = sizeof a_clock, .now = now, .destroy = end};
static const nct_random a_random = {.struct_size = sizeof a_random, .fill = fill, .destroy = end};

static void give_all(nct_config *config) {
    for (int i = 0; i < GIFTS; i++)
        ends[i] = 0;
    expect_status(nct_config_set_allocator(config, &allocator, &gifts[0]), NCT_OK);
    expect_status(nct_config_set_store(config, &store, &gifts[1]), NCT_OK);
    expect_status(nct_config_set_mailer(config, &mailer, &gifts[2]), NCT_OK);
    expect_status(nct_config_set_identity(config, &identity, &gifts[3]), NCT_OK);
    expect_status(nct_config_set_clock(config, &a_clock, &gifts[4]), NCT_OK);
    expect_status(nct_config_set_random(config, &a_random, &gifts[5]), NCT_OK);
}

/* ---- a world in which there is one of everything ---- */

static struct life life;

static void make_evidence(struct world *w, nct_signature *signature) {
    nct_checkpoint *checkpoint = NULL;
    const void *bytes = nct_signature_receipt(signature, &life.receipt_len);
    memcpy(life.receipt, bytes, life.receipt_len);
    memcpy(life.signature, nct_signature_id(signature), sizeof life.signature);
    expect_status(nct_portal_key_set(w->portal, life.key_set, sizeof life.key_set, &life.key_set_len), NCT_OK);
    expect_status(nct_checkpoint_make(w->portal, &checkpoint), NCT_OK);
    bytes = nct_checkpoint_bytes(checkpoint, &life.checkpoint_len);
    memcpy(life.checkpoint, bytes, life.checkpoint_len);
    nct_checkpoint_free(checkpoint);
    expect_status(nct_checkpoint_export_leaves(w->portal, &checkpoint), NCT_OK);
    bytes = nct_checkpoint_leaves(checkpoint, &life.leaves_len);
    memcpy(life.leaves, bytes, life.leaves_len);
    nct_checkpoint_free(checkpoint);
    expect_status(
        nct_checkpoint_prove(w->portal, STREAM, strlen(STREAM), life.proof, sizeof life.proof, &life.proof_len, NULL),
        NCT_OK);
}

static int set_up(void **state) {
    void *made = NULL;
    struct refusal_try attempt = {.ncid = OLIVIA.ncid, .npi = NPI_CLINIC, .password = WORLD_PASSWORD};
    nct_signature *signature = NULL;
    assert_int_equal(world_setup_clinic(&made), 0);
    struct world *w = made;
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_PHARMACY_PA, life.application);
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &signature),
                  NCT_OK);
    make_evidence(w, signature);
    nct_signature_free(signature);
    w->mailer.fail_from = w->mailer.count + 1; /* what is mailed from here on waits */
    w->mailer.fail_to = SIZE_MAX;
    w->mailer.answer = NCT_E_BUSY; /* nothing is held against the mails */
    expect_status(world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "email", "petra@new.example.org"), NCT_OK);
    expect_status(refusal_run(w, REFUSAL_EFT, &attempt), NCT_OK);
    expect_status(nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10,
                                          attempt.code, sizeof attempt.code),
                  NCT_OK);
    attempt.ncid = UMA.ncid;
    expect_status(refusal_run(w, REFUSAL_OA, &attempt), NCT_OK);
    nct_portal_close(w->portal);
    w->portal = NULL;
    w->configure = give_all;
    w->identity.used = 0;
    given = w;
    *state = w;
    return 0;
}

static int tear_down(void **state) {
    return world_free(*state);
}

/* A portal whose callbacks are all given away; the configuration is gone when it is open. */
static void open_portal(struct world *w) {
    world_open(w);
    life.portal = w->portal;
    w->portal = NULL;
    assert_int_equal(ended(), 0);
}

/* ---- orders ---- */

static void *close_portal(void *argument) {
    nct_portal_close(argument);
    return NULL;
}

struct freeing {
    const struct handle_type *type;
    void *handle;
};

static void *use_and_free(void *argument) {
    const struct freeing *freeing = argument;
    freeing->type->use(freeing->handle);
    freeing->type->free(freeing->handle);
    return NULL;
}

static void elsewhere(void *(*function)(void *), void *argument) {
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, function, argument), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

static void portal_first(struct freeing *freeing) {
    close_portal(life.portal);
    use_and_free(freeing);
}

static void handle_first(struct freeing *freeing) {
    use_and_free(freeing);
    close_portal(life.portal);
}

static void portal_first_elsewhere(struct freeing *freeing) {
    elsewhere(close_portal, life.portal);
    elsewhere(use_and_free, freeing);
}

static void both_at_once(struct freeing *freeing) {
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, use_and_free, freeing), 0);
    close_portal(life.portal);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

typedef void order(struct freeing *freeing);
static order *const orders[] = {portal_first, handle_first, portal_first_elsewhere, both_at_once};
#define ORDERS (sizeof orders / sizeof orders[0])

/* Whether the maker made one; the portal and all that was given with it are gone afterwards either way. */
static int run(struct world *w, const struct handle_type *type, make_handle *make, order *in_order) {
    open_portal(w);
    expect_status(nct_form_new(life.portal, NCT_FORM_USER, &life.form), NCT_OK);
    struct freeing freeing = {type, make(&life)};
    nct_form_free(life.form);
    if (freeing.handle != NULL)
        in_order(&freeing);
    else
        close_portal(life.portal);
    assert_ended_once();
    return freeing.handle != NULL;
}

static void every_handle_is_freed_before_or_after_its_portal(void **state) {
    for (size_t t = 0; t < TYPES; t++) {
        int made = 0;
        for (make_handle *const *make = handle_types[t].makers; *make != NULL; make++)
            for (size_t o = 0; o < ORDERS; o++)
                made |= run(*state, &handle_types[t], *make, orders[o]);
        if (!made)
            fail_msg("nothing makes a %s: tests/abi/lifetimes/generate needs the values its makers take",
                     handle_types[t].name);
    }
}

static void *use(void *argument) {
    const struct freeing *freeing = argument;
    for (int i = 0; i < 20; i++)
        freeing->type->use(freeing->handle);
    return NULL;
}

/* ThreadSanitizer looks on: two threads read what may be shared, and take turns with what may not. */
static void use_from_two_threads(struct freeing *freeing) {
    pthread_t thread;
    if (!freeing->type->shared)
        use(freeing);
    assert_int_equal(pthread_create(&thread, NULL, use, freeing), 0);
    if (freeing->type->shared)
        use(freeing);
    assert_int_equal(pthread_join(thread, NULL), 0);
    freeing->type->free(freeing->handle);
}

static void every_handle_is_used_by_two_threads_as_its_comment_allows(void **state) {
    open_portal(*state);
    expect_status(nct_form_new(life.portal, NCT_FORM_USER, &life.form), NCT_OK);
    for (size_t t = 0; t < TYPES; t++) {
        struct freeing freeing = {&handle_types[t], NULL};
        for (make_handle *const *make = handle_types[t].makers; *make != NULL && freeing.handle == NULL; make++)
            freeing.handle = (*make)(&life);
        assert_non_null(freeing.handle);
        use_from_two_threads(&freeing);
    }
    nct_form_free(life.form);
    nct_portal_close(life.portal);
}

static void *read_policy(void *policy) {
    char zone[64];
    size_t zone_len = 0;
    expect_status(nct_policy_check(policy, NULL), NCT_OK);
    expect_status(nct_rule_get(policy, "time_zone", zone, sizeof zone, &zone_len), NCT_OK);
    assert_true(nct_policy_rights(policy) != 0);
    return NULL;
}

static void a_policy_that_nobody_changes_is_read_by_two_threads(void **state) {
    const struct world *w = *state;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, read_policy, w->policy), 0);
    read_policy(w->policy);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

static void *free_config(void *config) {
    nct_config_free(config);
    return NULL;
}

static void *make_rule(void *policy) {
    expect_status(nct_rule_set(policy, "time_zone", "UTC0", 4, NULL), NCT_OK);
    return NULL;
}

/* A configuration and a policy go from thread to thread, as a host does that reads its settings in the background. */
static void what_one_thread_began_another_goes_on_with(void **state) {
    nct_config *config = NULL;
    nct_policy *policy = NULL;
    char zone[64];
    size_t zone_len = 0;
    (void)state;
    expect_status(nct_policy_new("2022", &policy), NCT_OK);
    elsewhere(make_rule, policy);
    expect_status(nct_rule_get(policy, "time_zone", zone, sizeof zone, &zone_len), NCT_OK);
    assert_string_equal(zone, "UTC0");
    expect_status(nct_config_new(&config), NCT_OK);
    expect_status(nct_config_set_policy(config, policy), NCT_OK);
    nct_policy_free(policy);
    elsewhere(free_config, config);
}

static void freeing_nothing_is_nothing(void **state) {
    (void)state;
    for (size_t t = 0; t < TYPES; t++) {
        handle_types[t].use(NULL);
        handle_types[t].free(NULL);
    }
    nct_portal_close(NULL);
    nct_config_free(NULL);
    nct_policy_free(NULL);
    nct_memory_store_free(NULL);
}

/* Several handles, none the last for certain: each of them keeps the portal. */
static void all_handles_at_once_outlive_the_portal(void **state) {
    void *handles[TYPES] = {NULL};
    open_portal(*state);
    expect_status(nct_form_new(life.portal, NCT_FORM_USER, &life.form), NCT_OK);
    for (size_t t = 0; t < TYPES; t++)
        for (make_handle *const *make = handle_types[t].makers; *make != NULL && handles[t] == NULL; make++)
            handles[t] = (*make)(&life);
    nct_portal_close(life.portal);
    for (size_t t = 0; t < TYPES; t++)
        handle_types[t].use(handles[t]);
    assert_int_equal(ended(), 0);
    for (size_t t = TYPES; t-- > 0;)
        handle_types[t].free(handles[t]);
    assert_int_equal(ended(), 0);
    expect_status(nct_form_validate(life.form, NULL), NCT_E_PROBLEMS); /* a form still works */
    nct_form_free(life.form);
    assert_ended_once();
}

/* ---- what a host gave ---- */

static void what_was_given_ends_with_the_configuration_that_was_never_used(void **state) {
    nct_config *config = NULL;
    (void)state;
    expect_status(nct_config_new(&config), NCT_OK);
    give_all(config);
    assert_int_equal(ended(), 0);
    nct_config_free(config);
    assert_ended_once();
}

static void what_was_given_ends_when_another_takes_its_place(void **state) {
    nct_config *config = NULL;
    (void)state;
    expect_status(nct_config_new(&config), NCT_OK);
    give_all(config);
    expect_status(nct_config_set_mailer(config, NULL, NULL), NCT_OK);
    assert_int_equal(ends[2], 1);
    assert_int_equal(ends[1], 0);
    nct_config_free(config);
    assert_ended_once();
}

static void what_was_given_ends_once_when_it_is_refused(void **state) {
    nct_mailer incomplete = {.struct_size = sizeof incomplete, .destroy = end};
    nct_mailer unread = {.struct_size = sizeof unread - 1, .send = send, .destroy = end};
    nct_config *config = NULL;
    (void)state;
    ends[2] = 0;
    expect_status(nct_config_new(&config), NCT_OK);
    expect_status(nct_config_set_mailer(config, &incomplete, &gifts[2]), NCT_E_ARGUMENT);
    assert_int_equal(ends[2], 1);
    expect_status(nct_config_set_mailer(NULL, &mailer, &gifts[2]), NCT_E_ARGUMENT);
    assert_int_equal(ends[2], 2);
    expect_status(nct_config_set_mailer(config, &unread, &gifts[2]), NCT_E_UNSUPPORTED);
    assert_int_equal(ends[2], 2);
    nct_config_free(config);
    assert_int_equal(ends[2], 2);
}

static void what_was_given_ends_once_when_opening_fails(void **state) {
    struct world *w = *state;
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    expect_status(nct_config_new(&config), NCT_OK);
    give_all(config);
    expect_status(nct_portal_open(config, &portal), NCT_E_KEY); /* no key was set */
    expect_status(nct_config_set_master_key(config, w->key, sizeof w->key), NCT_OK);
    expect_status(nct_portal_open(config, &portal), NCT_E_OTHER_POLICY);
    assert_null(portal);
    assert_int_equal(ended(), 0);
    nct_config_free(config);
    assert_ended_once();
}

static void portals_of_one_configuration_share_what_was_given(void **state) {
    struct world *w = *state;
    nct_config *config = NULL;
    nct_portal *portals[2] = {NULL};
    expect_status(nct_config_new(&config), NCT_OK);
    give_all(config);
    expect_status(nct_config_set_policy(config, w->policy), NCT_OK);
    expect_status(nct_config_set_master_key(config, w->key, sizeof w->key), NCT_OK);
    expect_status(nct_portal_open(config, &portals[0]), NCT_OK);
    expect_status(nct_portal_open(config, &portals[1]), NCT_OK);
    nct_portal_close(portals[0]);
    nct_config_free(config);
    assert_int_equal(ended(), 0);
    nct_portal_close(portals[1]);
    assert_ended_once();
}

static void a_memory_store_ends_its_allocator(void **state) {
    nct_memory_store *made = NULL;
    nct_allocator incomplete = allocator;
    (void)state;
    incomplete.release = NULL;
    ends[0] = 0;
    expect_status(nct_memory_store_new(&allocator, &gifts[0], &made), NCT_OK);
    assert_int_equal(ends[0], 0);
    nct_memory_store_free(made);
    assert_int_equal(ends[0], 1);
    expect_status(nct_memory_store_new(&incomplete, &gifts[0], &made), NCT_E_ARGUMENT);
    assert_int_equal(ends[0], 2);
    assert_int_equal(blocks, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_handle_is_freed_before_or_after_its_portal),
        cmocka_unit_test(every_handle_is_used_by_two_threads_as_its_comment_allows),
        cmocka_unit_test(a_policy_that_nobody_changes_is_read_by_two_threads),
        cmocka_unit_test(what_one_thread_began_another_goes_on_with),
        cmocka_unit_test(freeing_nothing_is_nothing),
        cmocka_unit_test(all_handles_at_once_outlive_the_portal),
        cmocka_unit_test(what_was_given_ends_with_the_configuration_that_was_never_used),
        cmocka_unit_test(what_was_given_ends_when_another_takes_its_place),
        cmocka_unit_test(what_was_given_ends_once_when_it_is_refused),
        cmocka_unit_test(what_was_given_ends_once_when_opening_fails),
        cmocka_unit_test(portals_of_one_configuration_share_what_was_given),
        cmocka_unit_test(a_memory_store_ends_its_allocator),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
