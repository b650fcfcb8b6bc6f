/*
 * Secrets are made of random bytes; the stack of the call that drew them keeps none, neither as drawn nor as given out,
 * even if the call failed right afterwards and nothing else has been written over it.
 */
#include "host.h"
#include "vault.h"
#include "world.h"

#include <pthread.h>

#define STACK ((size_t)1 << 20)
#define DRAWS 64
#define DRAWN 16 /* bytes of a code and of a token */

static unsigned char draws[DRAWS][DRAWN];
static size_t draw_count;
static uint64_t seed = 7;

/* Every byte differs from the one before, so that no other memory holds sixteen of them by chance. */
static nct_status fill(void *bytes, size_t len, void *user_data) {
    unsigned char *out = bytes;
    (void)user_data;
    for (size_t i = 0; i < len; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        out[i] = (unsigned char)(seed >> 56);
    }
    if (len == DRAWN && draw_count < DRAWS)
        memcpy(draws[draw_count++], bytes, DRAWN);
    return NCT_OK;
}

static const nct_random recorder = {.struct_size = sizeof(nct_random), .fill = fill};

static void configure(nct_config *config) {
    expect_status(nct_config_set_random(config, &recorder, NULL), NCT_OK);
}

static int setup(void **state) {
    int result = world_setup_clinic(state);
    struct world *w = *state;
    w->configure = configure;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    world_reopen(w);
    return result;
}

/* A call on a stack of its own. */
struct call {
    nct_status (*run)(struct world *w);
    struct world *w;
    nct_status status;
};

static unsigned char *stack;

/* The end of a thread writes over the uppermost part of its stack: the call begins below. */
static void *run(void *argument) {
    volatile char above[65536];
    struct call *call = argument;
    above[0] = 0;
    call->status = call->run(call->w);
    return above[0] == 0 ? NULL : argument;
}

static nct_status on_own_stack(struct world *w, nct_status (*what)(struct world *)) {
    struct call call = {what, w, NCT_E_STATE};
    pthread_attr_t attributes;
    pthread_t thread;
    draw_count = 0;
    stack = shared_memory(STACK);
    assert_non_null(stack);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, STACK), 0);
    assert_int_equal(pthread_create(&thread, &attributes, run, &call), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    (void)pthread_attr_destroy(&attributes);
    return call.status;
}

/* As drawn, as hexadecimal digits, and as the symbols of a code. */
static void expect_nothing_drawn(const char *call) {
    static const char hex[] = "0123456789abcdef", symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char token[2 * DRAWN], code[DRAWN];
    assert_true(draw_count > 0);
    for (size_t i = 0; i < draw_count; i++) {
        for (size_t j = 0; j < DRAWN; j++) {
            token[2 * j] = hex[draws[i][j] >> 4];
            token[2 * j + 1] = hex[draws[i][j] & 15];
            code[j] = symbols[draws[i][j] & 31];
        }
        if (bytes_hold(stack, STACK, draws[i], DRAWN) || bytes_hold(stack, STACK, token, sizeof token) ||
            bytes_hold(stack, STACK, code, sizeof code)) {
            print_error("%s leaves draw %zu on the stack\n", call, i);
            fail();
        }
    }
    shared_free(stack, STACK);
}

static nct_status renew(struct world *w) {
    static char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    return nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, code,
                                   sizeof code);
}

static void a_new_code_is_nowhere(void **state) {
    struct world *w = *state;
    expect_status(on_own_stack(w, renew), NCT_OK);
    expect_nothing_drawn("nct_provider_renew_code");
    w->clock_status = NCT_E_CLOCK;
    expect_status(on_own_stack(w, renew), NCT_E_CLOCK);
    w->clock_status = NCT_OK;
    expect_nothing_drawn("nct_provider_renew_code that failed");
}

static nct_form *signing;

static nct_status review(struct world *w) {
    static char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    (void)w;
    return nct_signing_review(signing, token, sizeof token, NULL);
}

static nct_status sign(struct world *w) {
    nct_signature *signature = NULL;
    (void)w;
    nct_status status = nct_sign(signing, NULL, &signature);
    nct_signature_free(signature);
    return status;
}

static void a_token_is_nowhere(void **state) {
    struct world *w = *state;
    signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    expect_status(on_own_stack(w, review), NCT_OK);
    expect_nothing_drawn("nct_signing_review");
    w->clock_status = NCT_E_CLOCK;
    expect_status(on_own_stack(w, review), NCT_E_CLOCK);
    w->clock_status = NCT_OK;
    expect_nothing_drawn("nct_signing_review that failed");
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    expect_status(on_own_stack(w, sign), NCT_OK);
    expect_nothing_drawn("nct_sign that begins a period");
    nct_form_free(signing);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {CASE(a_new_code_is_nowhere), CASE(a_token_is_nowhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
