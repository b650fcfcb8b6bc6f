/* The portal's own store: it answers as a host's does, keeps nothing to prove, and is never taken for one. */
#include "world.h"

#include <pthread.h>
#include <stdatomic.h>

#include <nctracks/group.h>
#include <nctracks/question.h>

#include "engine/records/types.h"
#include "engine/store/batch.h"
#include "terms.h"

#define CLAIMS (UINT64_C(1) << NCT_RIGHT_CLAIM_INQUIRY)
#define NEW_NCID "frank.newname"
#define OPERATOR_REASON "a made-up reason"

/* ---- The same deeds in both ---- */

static void nothing(struct world *w) {
    (void)w;
}

static void grant(struct world *w) {
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS), NCT_OK);
}

static void grant_later(struct world *w) {
    const struct terms terms = {PETRA.ncid, NCT_ROLE_USER, CLAIMS, w->now + 86400000, w->now + 2 * 86400000};
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC, &terms), NCT_OK);
}

static void let_a_day_pass(struct world *w) {
    world_advance(w, 86400000);
}

static void form_a_group(struct world *w) {
    expect_status(terms_group_set(w->portal, OLIVIA.ncid, NPI_CLINIC, "billing", CLAIMS << 1), NCT_OK);
}

static void join_it(struct world *w) {
    expect_status(nct_group_join(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, FRANK.ncid,
                                 strlen(FRANK.ncid), "billing", 7),
                  NCT_OK);
}

static void give_another_ncid(struct world *w) {
    expect_status(nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid, strlen(FRANK.ncid),
                                   NEW_NCID, strlen(NEW_NCID), OPERATOR_REASON, strlen(OPERATOR_REASON)),
                  NCT_OK);
}

static void name_somebody(struct world *w) {
    expect_status(world_list_principal(w, NPI_CLINIC, &SILAS, "owner", 0, 0), NCT_OK);
}

static void revoke(struct world *w) {
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
}

static void terminate(struct world *w) {
    expect_status(nct_provider_terminate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10,
                                         OPERATOR_REASON, strlen(OPERATOR_REASON)),
                  NCT_OK);
}

static void (*const deeds[])(struct world *) = {nothing,        grant,   grant_later, let_a_day_pass,    let_a_day_pass,
                                                form_a_group,   join_it, nothing,     give_another_ncid, name_somebody,
                                                let_a_day_pass, revoke,  terminate};

/* By the whole way, through a unit of work. */
static nct_status reason(struct world *w, const char *ncid, int32_t right) {
    nct_explanation *explanation = NULL;
    expect_status(nct_access_explain(w->portal, NPI_CLINIC, 10, ncid, strlen(ncid), right, &explanation), NCT_OK);
    nct_status found = nct_explanation_reason(explanation);
    nct_explanation_free(explanation);
    return found;
}

static void compare(struct world *own, struct world *other, const char *ncid) {
    for (int32_t right = 0; right < NCT_RIGHT_COUNT + 64; right++) {
        nct_status answer = world_check(own, ncid, NPI_CLINIC, right);
        expect_status(world_check(other, ncid, NPI_CLINIC, right), answer);
        if (answer == NCT_E_ARGUMENT)
            continue;
        expect_status(reason(own, ncid, right), reason(other, ncid, right));
        expect_status(world_check(own, ncid, world_npi(7), right), NCT_E_NOT_PROVISIONED);
    }
}

static void it_answers_as_a_store_of_the_host_does(void **state) {
    const char *const people[] = {OLIVIA.ncid, UMA.ncid, FRANK.ncid, PETRA.ncid, SILAS.ncid, NEW_NCID, "nobody.at.all"};
    struct world *own = *state;
    void *other = NULL;
    assert_int_equal(world_setup_clinic(&other), 0);
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        deeds[i](own);
        deeds[i](other);
        for (size_t j = 0; j < sizeof people / sizeof people[0]; j++)
            compare(own, other, people[j]);
    }
    assert_int_equal(world_teardown(&other), 0);
}

static void its_ledger_verifies(void **state) {
    struct world *w = *state;
    uint64_t sequence = 0;
    grant(w);
    revoke(w);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, &sequence), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_true(sequence > 2);
}

/* ---- Failures ---- */

static void a_change_without_memory_changes_nothing(void **state) {
    struct world *w = *state;
    nct_status status = NCT_E_NO_MEMORY;
    for (size_t at = 1; status != NCT_OK; at++) {
        assert_true(at < 1000);
        w->memory.calls = 0;
        w->memory.fail_at = at;
        status = world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS);
        w->memory.fail_at = 0;
        assert_true(status == NCT_OK || status == NCT_E_NO_MEMORY);
        expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY),
                      status == NCT_OK ? NCT_OK : NCT_E_RIGHT_MISSING);
    }
}

/* A question takes nothing, so it cannot fail for want of memory. */
static void a_question_takes_no_memory(void **state) {
    struct world *w = *state;
    size_t calls = w->memory.calls;
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY), NCT_E_RIGHT_MISSING);
    expect_status(world_check(w, "nobody.at.all", NPI_CLINIC, 0), NCT_E_NOT_PROVISIONED);
    assert_int_equal(w->memory.calls, calls);
}

/* world_free() finds blocks given back with a secret in them. */
static void secrets_in_rows_are_wiped(void **state) {
    struct world *w = *state;
    world_keep_secret(w, WORLD_ACCOUNT);
    world_keep_secret(w, world_pin_of(w, FRANK.ncid));
    expect_status(world_report_lost(w, FRANK.ncid, NULL, FRANK.ncid), NCT_OK);
}

/* ---- A memory store that a host made is a host's ---- */

static nct_memory_store *made;

static void use_made(nct_config *config) {
    expect_status(nct_config_set_store(config, nct_memory_store_functions(), made), NCT_OK);
}

struct value {
    struct nct_sink sink;
    unsigned char bytes[4096];
    size_t len;
};

static nct_status keep(struct nct_sink *sink, const void *bytes, size_t len) {
    struct value *value = (struct value *)(void *)sink;
    assert_true(len <= sizeof value->bytes);
    memcpy(value->bytes, bytes, len);
    value->len = len;
    return NCT_OK;
}

static void a_memory_store_of_the_host_is_not_trusted(void **state) {
    static struct value value = {.sink = {.value = keep}};
    uint64_t revision = 0;
    struct world *w = *state;
    const nct_store *functions = nct_memory_store_functions();
    made = w->store.inner;
    w->configure = use_made;
    world_reopen(w);
    expect_status(nct_access_check(w->portal, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid), 0),
                  world_check(w, FRANK.ncid, NPI_CLINIC, 0));
    expect_status(functions->get(NCT_SPACE_PROVIDER, NPI_CLINIC, 10, &value.sink, &revision, made), NCT_OK);
    value.bytes[value.len / 2] ^= 1;
    const struct nct_batch_op op = {NCT_BATCH_PUT, NCT_SPACE_PROVIDER, (const unsigned char *)NPI_CLINIC, 10, revision,
                                    value.bytes,   value.len};
    const struct nct_batch batch = {&op, 1};
    expect_status(functions->commit(&batch, made), NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, 0), NCT_E_INTEGRITY);
}

/* ---- Two at once ---- */

struct pair_of_threads {
    struct world *w;
    _Atomic int done;
};

static void *change_all_the_time(void *argument) {
    struct pair_of_threads *pair = argument;
    for (size_t i = 0; i < 400; i++)
        if (world_grant(pair->w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, i % 2 ? CLAIMS : CLAIMS << 1) !=
            NCT_OK)
            break;
    atomic_store(&pair->done, 1);
    return NULL;
}

/* A world's own memory, clock and chance are for one thread. */
static void use_what_threads_may_share(nct_config *config) {
    expect_status(nct_config_set_store(config, NULL, NULL), NCT_OK);
    expect_status(nct_config_set_allocator(config, NULL, NULL), NCT_OK);
    expect_status(nct_config_set_clock(config, NULL, NULL), NCT_OK);
    expect_status(nct_config_set_random(config, NULL, NULL), NCT_OK);
}

static void questions_beside_changes_see_one_or_the_other(void **state) {
    struct pair_of_threads pair = {.w = world_new()};
    pthread_t thread;
    pair.w->configure = use_what_threads_may_share;
    world_open(pair.w);
    world_register(pair.w, NPI_CLINIC, &OLIVIA, &FRANK, "claim.inquiry");
    (void)state;
    grant(pair.w);
    assert_int_equal(pthread_create(&thread, NULL, change_all_the_time, &pair), 0);
    while (!atomic_load(&pair.done)) {
        uint64_t rights = 0;
        uint64_t authorities = 0;
        expect_status(
            nct_access_rights(pair.w->portal, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid), &rights, &authorities),
            NCT_OK);
        assert_true(rights == CLAIMS || rights == CLAIMS << 1);
    }
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(world_free(pair.w), 0);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_setup_clinic_in_memory, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_MEMORY(it_answers_as_a_store_of_the_host_does),
        IN_MEMORY(its_ledger_verifies),
        IN_MEMORY(a_change_without_memory_changes_nothing),
        IN_MEMORY(a_question_takes_no_memory),
        IN_MEMORY(secrets_in_rows_are_wiped),
        cmocka_unit_test(questions_beside_changes_see_one_or_the_other),
        cmocka_unit_test_setup_teardown(a_memory_store_of_the_host_is_not_trusted, world_setup_clinic, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
