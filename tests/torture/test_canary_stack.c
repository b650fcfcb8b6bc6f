/*
 * The stack keeps no secret either. Each call runs in a thread whose stack is ours; afterwards the stack is searched
 * for the password, the PINs, the authorization code and the account number.
 */
#include "engine/records/types.h"
#include "host.h"
#include "portal/credentials/signing_period.h"
#include "portal/credentials/verifier.h"
#include "portal/provider/authorization_code.h"
#include "portal/registry/ncid.h"
#include "vault.h"
#include "world.h"

#include <pthread.h>

#define STACK ((size_t)4 << 20)
#define PASSWORD "canary-Pa55word-zyx"
#define CALLS 8

struct call {
    nct_status (*run)(nct_portal *portal, void *argument);
    nct_portal *portal;
    void *argument;
    nct_status status;
};

/* The stacks as the calls left them: a PIN is known only later. */
struct scene {
    struct world *w;
    struct host host;
    unsigned char *stacks[CALLS];
    const char *names[CALLS];
    size_t count;
};

static struct scene scene;

static void *run(void *argument) {
    struct call *call = argument;
    call->status = call->run(call->portal, call->argument);
    return NULL;
}

static void on_own_stack(const char *name, nct_status (*what)(nct_portal *, void *), void *argument) {
    struct call call = {what, scene.host.portal, argument, NCT_E_STATE};
    pthread_attr_t attributes;
    pthread_t thread;
    assert_true(scene.count < CALLS);
    unsigned char *stack = shared_memory(STACK);
    assert_non_null(stack);
    scene.stacks[scene.count] = stack;
    scene.names[scene.count++] = name;
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, STACK), 0);
    assert_int_equal(pthread_create(&thread, &attributes, run, &call), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    (void)pthread_attr_destroy(&attributes);
    expect_status(call.status, NCT_OK);
}

static void expect_on_no_stack(const char *secret) {
    for (size_t i = 0; i < scene.count; i++)
        if (bytes_hold(scene.stacks[i], STACK, secret, strlen(secret))) {
            print_error("%s leaves %s on the stack\n", scene.names[i], secret);
            fail();
        }
}

static int setup(void **state) {
    scene = (struct scene){.w = world_new()};
    struct host *host = &scene.host;
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_PIN_LENGTH, 12), NCT_OK);
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    host->policy = scene.w->policy;
    host->key = scene.w->key;
    host->store = nct_memory_store_functions();
    host->store_data = scene.w->store.inner;
    host->now = WORLD_START;
    host->letters = shared_memory(sizeof *host->letters);
    assert_non_null(host->letters);
    expect_status(host_open(host), NCT_OK);
    scene.w->portal = host->portal;
    *state = &scene;
    return 0;
}

static int teardown(void **state) {
    (void)state;
    for (size_t i = 0; i < scene.count; i++)
        shared_free(scene.stacks[i], STACK);
    shared_free(scene.host.letters, sizeof *scene.host.letters);
    host_close(&scene.host);
    scene.w->portal = NULL;
    return world_free(scene.w);
}

static nct_status submit(nct_portal *portal, void *argument) {
    (void)portal;
    return nct_registration_submit(argument, NULL);
}

static nct_status set_password(nct_portal *portal, void *argument) {
    (void)argument;
    return nct_password_set(portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid, strlen(PETRA.ncid), PASSWORD,
                            strlen(PASSWORD));
}

static nct_status reset(nct_portal *portal, void *argument) {
    (void)argument;
    return nct_pin_reset(portal, PETRA.ncid, strlen(PETRA.ncid), PASSWORD, strlen(PASSWORD));
}

static nct_status sign(nct_portal *portal, void *argument) {
    nct_signature *signature = NULL;
    (void)portal;
    nct_status status = nct_sign(argument, NULL, &signature);
    nct_signature_free(signature);
    return status;
}

static nct_status list(nct_portal *portal, void *argument) {
    nct_mail_list *page = NULL;
    (void)argument;
    nct_status status = nct_mail_list_page(portal, NULL, 0, 100, &page);
    nct_mail_list_free(page);
    return status;
}

static nct_status flush(nct_portal *portal, void *argument) {
    (void)argument;
    return nct_mail_flush(portal, 100, NULL, NULL);
}

/* Without this the others would show nothing. The end of a thread writes over the uppermost part of its stack. */
static nct_status be_careless(nct_portal *portal, void *argument) {
    static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
    char frame[16384];
    (void)portal;
    (void)copy(frame, argument, sizeof PASSWORD);
    return frame[0] == 'c' ? NCT_OK : NCT_E_STATE;
}

static void what_is_careless_is_seen(void **state) {
    (void)state;
    char password[] = PASSWORD;
    on_own_stack("be_careless", be_careless, password);
    assert_true(bytes_hold(scene.stacks[0], STACK, PASSWORD, strlen(PASSWORD)));
}

static void no_call_leaves_a_secret(void **state) {
    struct world *w = scene.w;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1], first[16];
    (void)state;
    world_enroll(w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set_user(form, 0, &PETRA, "user", "pa.submit");
    on_own_stack("nct_registration_submit", submit, form);
    nct_form_free(form);
    strcpy(first, letters_pin(scene.host.letters, PETRA.ncid));
    on_own_stack("nct_password_set", set_password, NULL);
    on_own_stack("nct_pin_reset", reset, NULL);
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    world_signing_secrets(signing, PASSWORD, letters_pin(scene.host.letters, PETRA.ncid));
    on_own_stack("nct_sign", sign, signing);
    nct_form_free(signing);
    expect_on_no_stack(code);
    expect_on_no_stack(WORLD_ACCOUNT);
    expect_on_no_stack(PASSWORD);
    expect_on_no_stack(first);
    expect_on_no_stack(letters_pin(scene.host.letters, PETRA.ncid));
}

static void no_call_about_waiting_mails_leaves_a_secret(void **state) {
    struct host silent = scene.host;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    (void)state;
    silent.letters = NULL;
    expect_status(host_open(&silent), NCT_OK);
    scene.w->portal = silent.portal;
    world_enroll(scene.w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(scene.w, NPI_CLINIC, code, &OLIVIA);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    on_own_stack("nct_mail_list_page", list, NULL);
    on_own_stack("nct_mail_flush", flush, NULL);
    host_close(&silent);
    assert_int_equal(scene.host.letters->count, 1);
    expect_on_no_stack(letters_pin(scene.host.letters, OLIVIA.ncid));
}

static char period[64];

static nct_status sign_in_period(nct_portal *portal, void *argument) {
    nct_signature *signature = NULL;
    (void)portal;
    nct_status status = nct_sign(argument, NULL, &signature);
    if (status == NCT_OK && period[0] == '\0')
        strcpy(period, nct_signature_period(signature));
    nct_signature_free(signature);
    return status;
}

static nct_status read_credential(struct nct_unit *unit, void *argument) {
    struct nct_ncid_record index;
    nct_status status = nct_ncid_get(unit, PETRA.ncid, &index);
    return status == NCT_OK ? nct_unit_get(unit, &nct_type_credential, index.person, NCT_PERSON_ID, argument) : status;
}

static void expect_no_verifier(void) {
    struct nct_credential credential;
    expect_status(nct_unit_read(scene.host.portal, read_credential, &credential), NCT_OK);
    const struct nct_factor *factors[] = {&credential.password, &credential.pin};
    for (size_t i = 0; i < scene.count; i++)
        for (size_t j = 0; j < 2; j++)
            if (bytes_hold(scene.stacks[i], STACK, factors[j]->verifier, NCT_VERIFIER)) {
                print_error("%s leaves verifier %zu on the stack\n", scene.names[i], j);
                fail();
            }
}

static void a_period_leaves_no_token_and_no_verifier(void **state) {
    struct world *w = scene.w;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    (void)state;
    period[0] = '\0';
    world_enroll(w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set_user(form, 0, &PETRA, "user", "pa.submit");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    expect_status(set_password(scene.host.portal, NULL), NCT_OK);
    for (int i = 0; i < 3; i++) { /* with all components, and twice in the period */
        nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
        world_signing_secrets(signing, PASSWORD, letters_pin(scene.host.letters, PETRA.ncid));
        if (i > 0) {
            nct_form_free(signing);
            signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
            expect_status(nct_form_set(signing, "signer.period", period, strlen(period)), NCT_OK);
            const char *pin = letters_pin(scene.host.letters, PETRA.ncid);
            expect_status(nct_form_set(signing, "signer.pin", pin, strlen(pin)), NCT_OK);
        }
        on_own_stack(i > 0 ? "nct_sign in a period" : "nct_sign", sign_in_period, signing);
        nct_form_free(signing);
    }
    assert_int_equal(strlen(period), 32);
    expect_on_no_stack(period);
    expect_no_verifier();
}

/* What is called deep inside a function is written over by what follows; so these are called by themselves. */
static nct_status hash_period(nct_portal *portal, void *argument) {
    static const struct nct_person_record person;
    static const struct nct_credential credential;
    return nct_period_holds(portal, &person, &credential, argument, strlen(argument), 0) ? NCT_E_STATE : NCT_OK;
}

static nct_status hash_code(nct_portal *portal, void *argument) {
    static unsigned char hash[NCT_HASH];
    nct_code_hash(portal, NPI_CLINIC, argument, strlen(argument), hash);
    return NCT_OK;
}

static struct nct_verifier verifier;

static nct_status make_verifier(nct_portal *portal, void *argument) {
    static const unsigned char person[NCT_PERSON_ID] = {1};
    return nct_verifier_make(portal, NCT_SECRET_PASSWORD, person, argument, strlen(argument), &verifier);
}

static nct_status evaluate(nct_portal *portal, void *argument) {
    static struct nct_try attempt;
    static struct nct_factor factor;
    static const unsigned char person[NCT_PERSON_ID] = {1};
    nct_factor_renew(&factor, &verifier, 0);
    nct_try_reserve(portal, NCT_SECRET_PASSWORD, person, &factor, 1, 0, &attempt);
    nct_status status = nct_try_evaluate(portal, argument, strlen(argument), &attempt);
    return status == NCT_OK && !attempt.right ? NCT_E_STATE : status;
}

static void what_hashes_a_secret_wipes_it(void **state) {
    char token[] = "5f3a9c71e2b8d4065f3a9c71e2b8d406", code[] = "0123456789ABCDEF", password[] = PASSWORD;
    (void)state;
    on_own_stack("nct_period_holds", hash_period, token);
    on_own_stack("nct_code_hash", hash_code, code);
    on_own_stack("nct_verifier_make", make_verifier, password);
    on_own_stack("nct_try_evaluate", evaluate, password);
    expect_on_no_stack(token);
    expect_on_no_stack(code);
    expect_on_no_stack(password);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(what_is_careless_is_seen),
        CASE(no_call_leaves_a_secret),
        CASE(what_hashes_a_secret_wipes_it),
        CASE(a_period_leaves_no_token_and_no_verifier),
        CASE(no_call_about_waiting_mails_leaves_a_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
