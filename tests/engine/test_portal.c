/* Opening a portal, and misuse of every function: an error code, never a crash. */
#include "world.h"

static const unsigned char KEY[NCT_MASTER_KEY_BYTES] = {1, 2, 3};

static void a_first_program_needs_a_key_only(void **state) {
    (void)state;
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    expect_status(nct_config_new(&config), NCT_OK);
    expect_status(nct_portal_open(config, &portal), NCT_E_KEY);
    assert_null(portal);
    expect_status(nct_config_set_master_key(config, KEY, sizeof KEY), NCT_OK);
    expect_status(nct_portal_open(config, &portal), NCT_OK);
    nct_config_free(config);
    assert_string_equal(nct_policy_profile(nct_portal_policy(portal)), "2013");
    expect_status(nct_access_check(portal, NPI_CLINIC, 10, "nobody1", 7, 0), NCT_E_NOT_PROVISIONED);
    nct_portal_close(portal);
}

static void add_nora(nct_portal *portal) {
    static const nct_form_field fields[] = {{"ncid", "nora.nurse"},
                                            {"first_name", "Nora"},
                                            {"last_name", "Nurse"},
                                            {"email", "nora@example.org"},
                                            {"phone", "919-555-0100"}};
    nct_form *form = NULL;
    expect_status(nct_form_new(portal, NCT_FORM_PERSON, &form), NCT_OK);
    expect_status(nct_form_fill(form, 5, fields), NCT_OK);
    expect_status(nct_person_add(form, NCT_TEXT("agency"), NCT_TEXT("seen"), NULL), NCT_OK);
    nct_form_free(form);
}

static nct_status look_for_nora(nct_portal *portal) {
    nct_person *person = NULL;
    nct_status status = nct_person_read_for_operator(portal, NCT_TEXT("nora.nurse"), &person);
    nct_person_free(person);
    return status;
}

/* Each has a key of its own, and nothing of the other. */
static void a_portal_in_memory_needs_nothing(void **state) {
    (void)state;
    nct_portal *portals[2] = {NULL, NULL};
    unsigned char keys[2][256] = {{0}};
    size_t len = 0;
    for (int i = 0; i < 2; i++) {
        expect_status(nct_portal_open_in_memory(&portals[i]), NCT_OK);
        expect_status(nct_portal_key_set(portals[i], keys[i], sizeof keys[i], &len), NCT_OK);
    }
    assert_memory_not_equal(keys[0], keys[1], len);
    assert_string_equal(nct_policy_profile(nct_portal_policy(portals[0])), "2013");
    add_nora(portals[0]);
    expect_status(look_for_nora(portals[0]), NCT_OK);
    expect_status(look_for_nora(portals[1]), NCT_E_UNKNOWN_PERSON);
    nct_portal_close(portals[0]);
    nct_portal_close(portals[1]);
    expect_status(nct_portal_open_in_memory(NULL), NCT_E_ARGUMENT);
    assert_string_equal(nct_refusal_argument(NCT_E_ARGUMENT), "out");
}

static void wrong_keys_are_refused(void **state) {
    (void)state;
    nct_config *config = NULL;
    static const unsigned char zeros[NCT_MASTER_KEY_BYTES];
    expect_status(nct_config_new(&config), NCT_OK);
    expect_status(nct_config_set_master_key(config, zeros, sizeof zeros), NCT_E_KEY);
    expect_status(nct_config_set_master_key(config, KEY, 31), NCT_E_KEY);
    expect_status(nct_config_set_master_key(config, KEY, 33), NCT_E_KEY);
    expect_status(nct_config_set_master_key(config, KEY, 0), NCT_E_KEY);
    expect_status(nct_config_set_master_key(config, NULL, 32), NCT_E_ARGUMENT);
    expect_status(nct_config_set_master_key(NULL, KEY, 32), NCT_E_ARGUMENT);
    nct_config_free(config);
}

static void another_key_does_not_open_the_store(void **state) {
    struct world *w = *state;
    struct world *other = world_new();
    world_share(other, w);
    size_t rows = nct_memory_store_rows(w->store.inner);
    for (size_t i = 0; i < sizeof other->key; i += 5) {
        other->key[i] ^= 1;
        expect_status(world_try_open(other), NCT_E_KEY);
        other->key[i] ^= 1;
    }
    assert_int_equal(nct_memory_store_rows(w->store.inner), rows);
    expect_status(world_try_open(other), NCT_OK);
    assert_int_equal(world_free(other), 0);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, 0), NCT_OK);
}

static void a_failing_store_does_not_open(void **state) {
    (void)state;
    for (int fault = FAULT_ERROR; fault < FAULT_COUNT; fault++)
        for (size_t at = 1; at <= 4; at++) {
            struct world *w = world_new();
            world_fault(w, (enum world_fault)fault, WORLD_ANY, at, 1);
            nct_status status = world_try_open(w);
            assert_true(status <= 0);
            assert_true(status != NCT_E_DENIED);
            world_no_fault(w);
            if (status != NCT_OK)
                world_open(w);
            assert_int_equal(world_free(w), 0);
        }
}

static void failing_memory_does_not_open_and_does_not_leak(void **state) {
    (void)state;
    for (size_t at = 1;; at++) {
        struct world *w = world_new();
        w->memory.fail_at = at;
        nct_status status = world_try_open(w);
        int failed = w->memory.calls >= at;
        if (failed)
            assert_true(status == NCT_E_NO_MEMORY || status == NCT_OK);
        else
            expect_status(status, NCT_OK);
        assert_int_equal(world_free(w), 0);
        if (!failed)
            break;
        assert_true(at < 1000);
    }
}

static void a_failing_random_source_or_clock_is_told(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    w->random_fail_at = w->random_calls + 1;
    expect_status(world_try_enroll(w, world_npi(1), "individual", code), NCT_E_RANDOM);
    w->random_fail_at = 0;
    w->clock_status = NCT_E_CLOCK;
    expect_status(world_try_enroll(w, world_npi(1), "individual", code), NCT_E_CLOCK);
    w->clock_status = NCT_OK;
    static const int64_t times[] = {-1, INT64_MIN, INT64_MAX, INT64_C(253402300800000)};
    for (size_t i = 0; i < 4; i++) {
        w->now = times[i];
        expect_status(world_try_enroll(w, world_npi(1), "individual", code), NCT_E_CLOCK);
    }
    w->now = WORLD_START;
    expect_status(world_try_enroll(w, world_npi(1), "individual", code), NCT_OK);
}

static void callback_structures_of_unknown_size_are_refused(void **state) {
    (void)state;
    nct_config *config = NULL;
    expect_status(nct_config_new(&config), NCT_OK);
    nct_store store;
    nct_mailer mailer;
    nct_clock clock;
    nct_random random;
    nct_allocator allocator;
    nct_identity identity;
#define REFUSED(kind, value)                                                                                           \
    do {                                                                                                               \
        expect_status(nct_##kind##_init(NULL, sizeof value), NCT_E_ARGUMENT);                                          \
        expect_status(nct_##kind##_init(&value, 0), NCT_E_UNSUPPORTED);                                                \
        expect_status(nct_##kind##_init(&value, sizeof value - 1), NCT_E_UNSUPPORTED);                                 \
        expect_status(nct_##kind##_init(&value, sizeof value + 8), NCT_E_UNSUPPORTED);                                 \
        memset(&value, 0, sizeof value);                                                                               \
        expect_status(nct_config_set_##kind(config, &value, NULL), NCT_E_UNSUPPORTED);                                 \
        expect_status(nct_##kind##_init(&value, sizeof value), NCT_OK);                                                \
        assert_int_equal(value.struct_size, sizeof value);                                                             \
        expect_status(nct_config_set_##kind(config, &value, NULL), NCT_E_ARGUMENT);                                    \
        expect_status(nct_config_set_##kind(NULL, &value, NULL), NCT_E_ARGUMENT);                                      \
        expect_status(nct_config_set_##kind(config, NULL, NULL), NCT_OK);                                              \
    } while (0)
    REFUSED(store, store);
    REFUSED(mailer, mailer);
    REFUSED(clock, clock);
    REFUSED(random, random);
    REFUSED(allocator, allocator);
    REFUSED(identity, identity);
#undef REFUSED
    nct_store half = *nct_memory_store_functions();
    half.scan = NULL;
    expect_status(nct_config_set_store(config, &half, NULL), NCT_E_ARGUMENT);
    half = *nct_memory_store_functions();
    half.struct_size += 8;
    expect_status(nct_config_set_store(config, &half, NULL), NCT_E_UNSUPPORTED);
    expect_status(nct_config_set_policy(config, NULL), NCT_OK);
    expect_status(nct_config_set_policy(NULL, NULL), NCT_E_ARGUMENT);
    nct_config_free(config);
}

static void nothing_to_free_is_fine(void **state) {
    (void)state;
    nct_config_free(NULL);
    nct_portal_close(NULL);
    nct_form_free(NULL);
    nct_provider_free(NULL);
    nct_provider_list_free(NULL);
    nct_form_free(NULL);
    nct_problems_free(NULL);
    nct_form_free(NULL);
    nct_grant_list_free(NULL);
    nct_explanation_free(NULL);
    nct_actor_free(NULL);
    nct_form_free(NULL);
    nct_signature_free(NULL);
    nct_signature_list_free(NULL);
    nct_entry_list_free(NULL);
    nct_stream_list_free(NULL);
    nct_mail_list_free(NULL);
    nct_memory_store_free(NULL);
    assert_int_equal(nct_problems_count(NULL), 0);
    assert_int_equal(nct_provider_list_count(NULL), 0);
    assert_int_equal(nct_grant_list_count(NULL), 0);
    assert_int_equal(nct_grant_list_more(NULL), 0);
    assert_int_equal(nct_actor_provider_count(NULL), 0);
    assert_int_equal(nct_signature_list_count(NULL), 0);
    assert_int_equal(nct_entry_list_count(NULL), 0);
    assert_int_equal(nct_stream_list_count(NULL), 0);
    assert_int_equal(nct_mail_list_count(NULL), 0);
    assert_int_equal(nct_batch_count(NULL), 0);
    assert_int_equal(nct_memory_store_rows(NULL), 0);
    assert_null(nct_portal_policy(NULL));
}

#define MISUSE(call) expect_status((call), NCT_E_ARGUMENT)

static void no_portal_is_misuse(void **state) {
    (void)state;
    nct_form *enrollment = NULL;
    nct_form *registration = NULL;
    nct_form *user = NULL;
    nct_form *signing = NULL;
    nct_provider *provider = NULL;
    nct_provider_list *providers = NULL;
    nct_grant_list *grants = NULL;
    nct_explanation *explanation = NULL;
    nct_actor *actor = NULL;
    nct_signature *signature = NULL;
    nct_signature_list *signatures = NULL;
    nct_entry_list *entries = NULL;
    nct_stream_list *streams = NULL;
    nct_mail_list *mails = NULL;
    nct_portal *portal = NULL;
    nct_form *access = NULL;
    int32_t number = 0;
    MISUSE(nct_config_new(NULL));
    MISUSE(nct_portal_open(NULL, &portal));
    MISUSE(nct_form_new(NULL, NCT_FORM_ENROLLMENT, &enrollment));
    MISUSE(nct_form_new(NULL, NCT_FORM_REGISTRATION, &registration));
    MISUSE(nct_form_new(NULL, NCT_FORM_USER, &user));
    MISUSE(nct_form_new(NULL, NCT_FORM_SIGNING, &signing));
    MISUSE(nct_provider_get(NULL, NPI_CLINIC, 10, &provider));
    MISUSE(nct_provider_list_page(NULL, NULL, 0, 10, &providers));
    MISUSE(nct_form_new(NULL, NCT_FORM_ACCESS, &access));
    MISUSE(nct_access_grant(NULL, "abcdef", 6, NPI_CLINIC, 10, NULL));
    MISUSE(nct_access_revoke(NULL, "abcdef", 6, NPI_CLINIC, 10, "abcdeg", 6));
    MISUSE(nct_access_check(NULL, NPI_CLINIC, 10, "abcdef", 6, 0));
    MISUSE(nct_access_explain(NULL, NPI_CLINIC, 10, "abcdef", 6, 0, &explanation));
    MISUSE(nct_access_list_by_provider(NULL, NPI_CLINIC, 10, NULL, 0, 10, &grants));
    MISUSE(nct_access_list_by_person(NULL, "abcdef", 6, NULL, 0, 10, &grants));
    MISUSE(nct_actor_load(NULL, "abcdef", 6, &actor));
    MISUSE(nct_pin_reset(NULL, "abcdef", 6, "x", 1));
    MISUSE(nct_pin_reset_by_administrator(NULL, "abcdef", 6, NPI_CLINIC, 10, "abcdeg", 6));
    MISUSE(nct_pin_reset_by_operator(NULL, "x", 1, "abcdef", 6, "x", 1));
    MISUSE(nct_pin_report_lost(NULL, "abcdef", 6, NPI_CLINIC, 10, "abcdeg", 6));
    MISUSE(nct_pin_report_lost_by_operator(NULL, "x", 1, "abcdef", 6, "x", 1));
    MISUSE(nct_pin_status(NULL, "abcdef", 6, &number, NULL, NULL));
    MISUSE(nct_password_set(NULL, "x", 1, "abcdef", 6, "x", 1));
    MISUSE(nct_signature_get(NULL, NPI_CLINIC, 10, "00000000000000000000000000000000", 32, &signature));
    MISUSE(nct_signature_list_by_provider(NULL, NPI_CLINIC, 10, NULL, 0, 10, &signatures));
    MISUSE(nct_ledger_read(NULL, "person:abcdef", 13, 0, 10, &entries));
    MISUSE(nct_ledger_verify(NULL, "person:abcdef", 13, &number, NULL));
    MISUSE(nct_ledger_streams(NULL, NULL, 0, 10, &streams));
    MISUSE(nct_mail_flush(NULL, 10, NULL, NULL));
    MISUSE(nct_mail_list_page(NULL, NULL, 0, 10, &mails));
    MISUSE(nct_form_set(NULL, "provider.npi", "x", 1));
    MISUSE(nct_form_validate(NULL, NULL));
    MISUSE(nct_enrollment_submit(NULL, "x", 1, NULL, 0, NULL));
    MISUSE(nct_form_set(NULL, "provider.npi", "x", 1));
    MISUSE(nct_form_validate(NULL, NULL));
    MISUSE(nct_registration_submit(NULL, NULL));
    MISUSE(nct_form_set(NULL, "ncid", "x", 1));
    MISUSE(nct_form_validate(NULL, NULL));
    MISUSE(nct_user_add(NULL, "abcdef", 6, NPI_CLINIC, 10, NULL));
    MISUSE(nct_form_set(NULL, "signer.ncid", "x", 1));
    MISUSE(nct_sign(NULL, NULL, &signature));
    MISUSE(nct_memory_store_new(NULL, NULL, NULL));
}

static void missing_pointers_are_misuse(void **state) {
    struct world *w = *state;
    nct_portal *p = w->portal;
    const char *olivia = OLIVIA.ncid, *frank = FRANK.ncid;
    size_t commits = w->store.commits;
    MISUSE(nct_provider_get(p, NPI_CLINIC, 10, NULL));
    MISUSE(nct_provider_list_page(p, NULL, 0, 10, NULL));
    MISUSE(nct_access_check(p, NPI_CLINIC, 10, NULL, 6, 0));
    MISUSE(nct_access_check(p, NULL, 10, frank, 11, 0));
    MISUSE(nct_access_explain(p, NPI_CLINIC, 10, frank, 11, 0, NULL));
    nct_form *access = NULL;
    expect_status(nct_form_new(p, NCT_FORM_ACCESS, &access), NCT_OK);
    MISUSE(nct_access_grant(access, NULL, 12, NPI_CLINIC, 10, NULL));
    MISUSE(nct_access_grant(access, olivia, 12, NULL, 10, NULL));
    nct_form_free(access);
    MISUSE(nct_access_list_by_provider(p, NPI_CLINIC, 10, NULL, 0, 10, NULL));
    MISUSE(nct_access_list_by_person(p, frank, 11, NULL, 0, 10, NULL));
    MISUSE(nct_actor_load(p, frank, 11, NULL));
    MISUSE(nct_pin_reset(p, frank, 11, NULL, 3));
    MISUSE(nct_password_set(p, "x", 1, frank, 11, NULL, 3));
    MISUSE(nct_signature_list_by_provider(p, NPI_CLINIC, 10, NULL, 0, 10, NULL));
    MISUSE(nct_ledger_read(p, "person:frank.front", 18, 0, 10, NULL));
    MISUSE(nct_ledger_streams(p, NULL, 0, 10, NULL));
    MISUSE(nct_mail_list_page(p, NULL, 0, 10, NULL));
    MISUSE(nct_form_new(p, NCT_FORM_ENROLLMENT, NULL));
    MISUSE(nct_form_new(p, NCT_FORM_REGISTRATION, NULL));
    MISUSE(nct_form_new(p, NCT_FORM_USER, NULL));
    MISUSE(nct_form_new(p, NCT_FORM_SIGNING, NULL));
    nct_form *form = NULL;
    expect_status(nct_form_new(p, NCT_FORM_REGISTRATION, &form), NCT_OK);
    MISUSE(nct_form_set(form, NULL, "x", 1));
    MISUSE(nct_form_set(form, "provider.npi", NULL, 1));
    expect_status(nct_form_set(form, "provider.npi", NULL, 0), NCT_OK);
    nct_form_free(form);
    assert_int_equal(w->store.commits, commits);
}

static void page_limits_are_kept(void **state) {
    struct world *w = *state;
    static const size_t bad[] = {0, 1001, SIZE_MAX};
    for (size_t i = 0; i < 3; i++) {
        nct_provider_list *providers = NULL;
        nct_grant_list *grants = NULL;
        nct_signature_list *signatures = NULL;
        nct_entry_list *entries = NULL;
        nct_stream_list *streams = NULL;
        nct_mail_list *mails = NULL;
        assert_true(nct_provider_list_page(w->portal, NULL, 0, bad[i], &providers) < 0);
        assert_true(nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, bad[i], &grants) < 0);
        assert_true(nct_access_list_by_person(w->portal, FRANK.ncid, 11, NULL, 0, bad[i], &grants) < 0);
        assert_true(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, bad[i], &signatures) < 0);
        assert_true(nct_ledger_read(w->portal, "person:frank.front", 18, 0, bad[i], &entries) < 0);
        assert_true(nct_ledger_streams(w->portal, NULL, 0, bad[i], &streams) < 0);
        assert_true(nct_mail_list_page(w->portal, NULL, 0, bad[i], &mails) < 0);
    }
}

static void passwords_have_a_length_and_no_nul(void **state) {
    struct world *w = *state;
    char long_password[NCT_PASSWORD_MAX + 1];
    for (size_t i = 0; i < sizeof long_password; i++)
        long_password[i] = (char)('a' + i * 7 % 26);
    const char *frank = FRANK.ncid;
    expect_status(nct_password_set(w->portal, "x", 1, frank, 11, "", 0), NCT_E_EMPTY);
    expect_status(nct_password_set(w->portal, "x", 1, frank, 11, "a\0b", 3), NCT_E_NUL);
    expect_status(nct_password_set(w->portal, "x", 1, frank, 11, long_password, sizeof long_password), NCT_E_TOO_LONG);
    expect_status(nct_password_set(w->portal, "x", 1, frank, 11, long_password, NCT_PASSWORD_MAX), NCT_OK);
    expect_status(nct_password_set(w->portal, "x", 1, frank, 11, "\xFF\x01 any other bytes", 17), NCT_OK);
    expect_status(nct_password_set(w->portal, "x", 1, SILAS.ncid, strlen(SILAS.ncid), "unheard of", 10),
                  NCT_E_UNKNOWN_PERSON);
    expect_status(nct_status_category(nct_password_set(w->portal, "", 0, frank, 11, "unheard of", 10)),
                  NCT_CATEGORY_VALUE);
}

static void a_password_somebody_else_keeps_is_not_set(void **state) {
    struct world *w = *state;
    w->identity.used = 1;
    world_reopen(w);
    expect_status(nct_password_set(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid, strlen(FRANK.ncid),
                                   WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_E_STATE);
}

static void conflicts_are_tried_as_often_as_the_policy_says(void **state) {
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_COMMIT_TRIES, 3), NCT_OK);
    world_reopen(w);
    w->store.commits = 0;
    world_fault(w, FAULT_CONFLICT, WORLD_COMMIT, 1, 1000);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_E_BUSY);
    world_no_fault(w);
    assert_int_equal(w->store.commits, 3);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_program_needs_a_key_only),
        cmocka_unit_test(a_portal_in_memory_needs_nothing),
        cmocka_unit_test(wrong_keys_are_refused),
        CASE(another_key_does_not_open_the_store),
        cmocka_unit_test(a_failing_store_does_not_open),
        cmocka_unit_test(failing_memory_does_not_open_and_does_not_leak),
        CASE(a_failing_random_source_or_clock_is_told),
        cmocka_unit_test(callback_structures_of_unknown_size_are_refused),
        cmocka_unit_test(nothing_to_free_is_fine),
        cmocka_unit_test(no_portal_is_misuse),
        CASE(missing_pointers_are_misuse),
        CASE(conflicts_are_tried_as_often_as_the_policy_says),
        CASE(a_password_somebody_else_keeps_is_not_set),
        CASE(page_limits_are_kept),
        CASE(passwords_have_a_length_and_no_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
