/* Every table past both ends, and every name there and back. No portal is needed. */
#include "world.h"

#include <stdio.h>

/* What a submission needs; -1 where the policy does not say. */
static int32_t needs_of(const nct_policy *policy, int32_t kind) {
    int32_t right = 0;
    nct_status status = nct_policy_submission_needs(policy, kind, &right);
    assert_int_equal(status, right >= 0 ? NCT_OK : NCT_E_ARGUMENT);
    return right;
}

static void statuses(void **state) {
    (void)state;
    assert_true(nct_status_count() > 40);
    for (size_t i = 0; i < nct_status_count(); i++) {
        nct_status status = nct_status_at(i), back = 1;
        assert_true(status <= 0);
        expect_status(nct_status_from_name(nct_status_name(status), &back), NCT_OK);
        assert_int_equal(back, status);
        assert_true(strlen(nct_status_message(status)) > 0);
        int32_t category = nct_status_category(status);
        if (status == NCT_OK)
            assert_int_equal(category, NCT_CATEGORY_OK);
        else if (status > -100)
            assert_int_equal(category, NCT_CATEGORY_FAILURE);
        else if (status > -200)
            assert_int_equal(category, NCT_CATEGORY_VALUE);
        else if (status > -300)
            assert_int_equal(category, NCT_CATEGORY_RULE);
    }
    expect_status(nct_status_at(nct_status_count()), NCT_E_ARGUMENT);
    expect_status(nct_status_at(SIZE_MAX), NCT_E_ARGUMENT);
    nct_status untouched = 77;
    static const char *const unknown[] = {"", "NCT_E_", "nct_ok", "NCT_E_DENIED ", "NCT_E_UNKNOWN"};
    for (size_t i = 0; i < 5; i++)
        expect_status(nct_status_from_name(unknown[i], &untouched), NCT_E_NOT_FOUND);
    assert_int_equal(untouched, 77);
    expect_status(nct_status_from_name(NULL, &untouched), NCT_E_ARGUMENT);
    expect_status(nct_status_from_name("NCT_OK", NULL), NCT_E_ARGUMENT);
    static const nct_status nobody[] = {1, INT32_MAX, -99, -199, -9999, -300};
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(nct_status_name(nobody[i]), "NCT_E_UNKNOWN");
        assert_int_equal(nct_status_category(nobody[i]), NCT_CATEGORY_UNKNOWN);
        assert_non_null(nct_status_message(nobody[i]));
    }
    assert_string_equal(nct_status_name(INT32_MIN), "NCT_E_HOST");
    assert_int_equal(nct_status_category(NCT_E_HOST), NCT_CATEGORY_HOST);
    assert_int_equal(nct_status_category(INT32_MIN), NCT_CATEGORY_HOST);
}

static void profiles(void **state) {
    (void)state;
    assert_true(nct_profile_count() >= 1);
    for (size_t i = 0; i < nct_profile_count(); i++) {
        nct_policy *policy = NULL;
        expect_status(nct_policy_new(nct_profile_name(i), &policy), NCT_OK);
        assert_string_equal(nct_policy_profile(policy), nct_profile_name(i));
        nct_policy_free(policy);
    }
    assert_null(nct_profile_name(nct_profile_count()));
    assert_null(nct_profile_name(SIZE_MAX));
    nct_policy *policy = NULL;
    expect_status(nct_policy_new("1999", &policy), NCT_E_NOT_FOUND);
    expect_status(nct_policy_new("2013+testing", &policy), NCT_E_NOT_FOUND);
    expect_status(nct_policy_new("", &policy), NCT_E_NOT_FOUND);
    assert_null(policy);
    expect_status(nct_policy_new(NULL, &policy), NCT_E_ARGUMENT);
    expect_status(nct_policy_new("2013", NULL), NCT_E_ARGUMENT);
    assert_null(nct_policy_profile(NULL));
    nct_policy_free(NULL);
}

static const struct {
    int32_t option;
    int64_t least, most, usual;
} OPTIONS[] = {
    {NCT_OPTION_PIN_LENGTH, 6, 12, 6},
    {NCT_OPTION_PIN_ATTEMPTS, 1, 100, 10},
    {NCT_OPTION_PASSWORD_ATTEMPTS, 1, 100, 10},
    {NCT_OPTION_DELAY_FROM, 1, 100, 3},
    {NCT_OPTION_DELAY_FIRST, 0, 3600000, 30000},
    {NCT_OPTION_DELAY_LONGEST, 0, 86400000, 3600000},
    {NCT_OPTION_KDF_MEMORY, 19456, 1048576, 19456},
    {NCT_OPTION_KDF_PASSES, 2, 16, 2},
    {NCT_OPTION_MAIL_LEASE, 1000, 3600000, 60000},
    {NCT_OPTION_COMMIT_TRIES, 1, 1000000, 1000},
    {NCT_OPTION_TESTING, 0, 1, 0},
    {NCT_OPTION_REVIEW_TIME, 10000, 86400000, 900000},
    {NCT_OPTION_REVIEW_REQUIRED, 0, 1, 0},
    {NCT_OPTION_PERIOD, 0, 1, 0},
    {NCT_OPTION_PERIOD_IDLE, 60000, 3600000, 900000},
    {NCT_OPTION_PERIOD_LONGEST, 60000, 86400000, 43200000},
    {NCT_OPTION_TRY_LONGEST, 1000, 600000, 30000},
    {NCT_OPTION_REQUESTS_CONTACT, 1, 100, 5},
    {NCT_OPTION_REQUESTS_PIN, 1, 100, 5},
    {NCT_OPTION_REQUESTS_ACCESS, 1, 100, 10},
    {NCT_OPTION_IDEMPOTENCY_TIME, 60000, 2678400000, 86400000},
    {NCT_OPTION_EFT_CONFIRMED, 0, 1, 1},
    {NCT_OPTION_CLOCK_BEHIND, 0, INT64_C(253402300799999), 300000},
    {NCT_OPTION_CLOCK_QUIET, 86400000, INT64_C(253402300799999), INT64_C(34560000000)},
    {NCT_OPTION_CLOCK_APART, 60000, INT64_C(34560000000), 86400000},
    {NCT_OPTION_SESSION_IDLE, 60000, 86400000, 900000},
    {NCT_OPTION_SESSION_LONGEST, 60000, 86400000, 43200000},
    {NCT_OPTION_SESSION_MOST, 1, 12, 5},
    {NCT_OPTION_CODE_TIME, 60000, 600000, 600000},
    {NCT_OPTION_CODE_ATTEMPTS, 1, 10, 5},
    {NCT_OPTION_RESET_TIME, 600000, 86400000, 1800000},
    {NCT_OPTION_RESET_ATTEMPTS, 1, 100, 10},
    {NCT_OPTION_REQUESTS_CODE, 1, 100, 10},
    {NCT_OPTION_REQUESTS_PASSWORD, 0, 100, 5},
    {NCT_OPTION_MAIL_TRIES, 1, 100, 16},
    {NCT_OPTION_MAIL_BACKOFF, 0, 86400000, 60000},
};

static void options(void **state) {
    (void)state;
    nct_policy *policy = NULL;
    int64_t value = -1;
    expect_status(nct_policy_new("2013", &policy), NCT_OK);
    for (size_t i = 0; i < sizeof OPTIONS / sizeof OPTIONS[0]; i++) {
        int32_t option = OPTIONS[i].option, back = 0;
        expect_status(nct_policy_get(policy, option, &value), NCT_OK);
        assert_true(value == OPTIONS[i].usual);
        expect_status(nct_policy_set(policy, option, OPTIONS[i].least - 1), NCT_E_POLICY);
        expect_status(nct_policy_set(policy, option, OPTIONS[i].most + 1), NCT_E_POLICY);
        expect_status(nct_policy_set(policy, option, INT64_MIN), NCT_E_POLICY);
        expect_status(nct_policy_set(policy, option, INT64_MAX), NCT_E_POLICY);
        expect_status(nct_policy_get(policy, option, &value), NCT_OK);
        assert_true(value == OPTIONS[i].usual);
        expect_status(nct_policy_set(policy, option, OPTIONS[i].least), NCT_OK);
        expect_status(nct_policy_set(policy, option, OPTIONS[i].most), NCT_OK);
        expect_status(nct_policy_get(policy, option, &value), NCT_OK);
        assert_true(value == OPTIONS[i].most);
        expect_status(nct_option_from_name(nct_option_name(option), &back), NCT_OK);
        assert_int_equal(back, option);
        assert_true(strlen(nct_option_description(option)) > 0);
    }
    assert_string_equal(nct_policy_profile(policy), "2013+testing");
    static const int32_t unknown[] = {0, -1, 90, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < 5; i++) {
        expect_status(nct_policy_set(policy, unknown[i], 1), NCT_E_ARGUMENT);
        expect_status(nct_policy_get(policy, unknown[i], &value), NCT_E_ARGUMENT);
        assert_null(nct_option_name(unknown[i]));
        assert_null(nct_option_description(unknown[i]));
    }
    int32_t option = 0;
    expect_status(nct_option_from_name("pin.length", &option), NCT_OK);
    assert_int_equal(option, NCT_OPTION_PIN_LENGTH);
    expect_status(nct_option_from_name("no.such", &option), NCT_E_NOT_FOUND);
    expect_status(nct_option_from_name(NULL, &option), NCT_E_ARGUMENT);
    expect_status(nct_option_from_name("pin.length", NULL), NCT_E_ARGUMENT);
    expect_status(nct_policy_set(NULL, NCT_OPTION_PIN_LENGTH, 6), NCT_E_ARGUMENT);
    expect_status(nct_policy_get(NULL, NCT_OPTION_PIN_LENGTH, &value), NCT_E_ARGUMENT);
    expect_status(nct_policy_get(policy, NCT_OPTION_PIN_LENGTH, NULL), NCT_E_ARGUMENT);
    nct_policy_free(policy);
}

/* Testing costs must not stay when testing is switched off again. */
static void testing_costs_do_not_outlive_testing(void **state) {
    (void)state;
    nct_policy *policy = NULL;
    expect_status(nct_policy_new("2013", &policy), NCT_OK);
    expect_status(nct_policy_set(policy, NCT_OPTION_KDF_MEMORY, 8), NCT_E_POLICY);
    expect_status(nct_policy_set(policy, NCT_OPTION_TESTING, 1), NCT_OK);
    expect_status(nct_policy_set(policy, NCT_OPTION_KDF_MEMORY, 7), NCT_E_POLICY);
    expect_status(nct_policy_set(policy, NCT_OPTION_KDF_MEMORY, 8), NCT_OK);
    expect_status(nct_policy_set(policy, NCT_OPTION_KDF_PASSES, 0), NCT_E_POLICY);
    expect_status(nct_policy_set(policy, NCT_OPTION_KDF_PASSES, 1), NCT_OK);
    if (nct_policy_set(policy, NCT_OPTION_TESTING, 0) == NCT_OK) {
        int64_t memory = 0, passes = 0;
        expect_status(nct_policy_get(policy, NCT_OPTION_KDF_MEMORY, &memory), NCT_OK);
        expect_status(nct_policy_get(policy, NCT_OPTION_KDF_PASSES, &passes), NCT_OK);
        assert_true(memory >= 19456 && passes >= 2);
    }
    nct_policy_free(policy);
}

/* Some words that fit the head of a column: no sentence. */
static int is_title(const char *text) {
    size_t len = text != NULL ? strlen(text) : 0;
    return len > 0 && len <= 40 && text[len - 1] != '.';
}

static void rights(void **state) {
    (void)state;
    nct_policy *policy = NULL;
    expect_status(nct_policy_new("2013", &policy), NCT_OK);
    for (int32_t right = -2; right < 130; right++) {
        const char *name = nct_right_name(policy, right);
        int known = (right >= 0 && right <= NCT_RIGHT_REFERRAL) ||
                    (right >= NCT_AUTHORITY_USER_ADMINISTRATION && right <= NCT_AUTHORITY_INITIAL_ENROLLMENT);
        assert_true((name != NULL) == known);
        assert_true((nct_right_description(policy, right) != NULL) == known);
        assert_true(is_title(nct_right_title(policy, right)) == known);
        int32_t back = -1;
        if (known)
            expect_status(nct_right_from_name(policy, name, &back), NCT_OK);
        assert_true(!known || back == right);
    }
    assert_true(nct_policy_rights(policy) == 0xFFF);
    assert_true(nct_policy_rights(NULL) == 0);
    int32_t right = -1;
    expect_status(nct_right_from_name(policy, "pa.submit", &right), NCT_OK);
    assert_int_equal(right, NCT_RIGHT_PA_SUBMIT);
    expect_status(nct_right_from_name(policy, "user.administration", &right), NCT_OK);
    assert_int_equal(right, NCT_AUTHORITY_USER_ADMINISTRATION);
    expect_status(nct_right_from_name(policy, "eligibility.inquiry", &right), NCT_OK);
    assert_int_equal(right, NCT_RIGHT_ELIGIBILITY_INQUIRY);
    expect_status(nct_right_from_name(policy, "claim.submit", &right), NCT_OK);
    assert_int_equal(right, NCT_RIGHT_CLAIM_SUBMIT);
    expect_status(nct_right_from_name(policy, "fl2.submit", &right), NCT_OK);
    assert_int_equal(right, NCT_RIGHT_FL2_SUBMIT);
    expect_status(nct_right_from_name(policy, "", &right), NCT_E_NOT_FOUND);
    nct_policy_free(policy);
}

static void host_rights(void **state) {
    (void)state;
    nct_policy *policy = NULL;
    expect_status(nct_policy_new("2013", &policy), NCT_OK);
    expect_status(nct_policy_name_right(policy, 32, "lab.order", "Order laboratory tests."), NCT_OK);
    expect_status(nct_policy_name_right(policy, 63, "a", "The last one."), NCT_OK);
    assert_true(nct_policy_rights(policy) == (UINT64_C(0xFFF) | UINT64_C(1) << 32 | UINT64_C(1) << 63));
    int32_t right = -1;
    expect_status(nct_right_from_name(policy, "lab.order", &right), NCT_OK);
    assert_int_equal(right, 32);
    static const int32_t others[] = {-1, 0, 31, 64, 65, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < 7; i++)
        expect_status(nct_policy_name_right(policy, others[i], "new.name", "x"), NCT_E_POLICY);
    expect_status(nct_policy_name_right(policy, 33, "lab.order", "x"), NCT_E_DUPLICATE);
    expect_status(nct_policy_name_right(policy, 33, "pa.submit", "x"), NCT_E_DUPLICATE);
    expect_status(nct_policy_name_right(policy, 33, "user.administration", "x"), NCT_E_DUPLICATE);
    expect_status(nct_policy_name_right(policy, 33, "", "x"), NCT_E_EMPTY);
    expect_status(nct_policy_name_right(policy, 33, "Upper", "x"), NCT_E_CHARACTER);
    expect_status(nct_policy_name_right(policy, 33, "a b", "x"), NCT_E_CHARACTER);
    expect_status(nct_policy_name_right(policy, 33, "a234567890b234567890c234567890d2345678901", "x"), NCT_E_TOO_LONG);
    expect_status(nct_policy_name_right(policy, 33, "fine", "\xFF"), NCT_E_UTF8);
    expect_status(nct_policy_name_right(policy, 33, NULL, "x"), NCT_E_ARGUMENT);
    expect_status(nct_policy_name_right(policy, 33, "fine", NULL), NCT_E_ARGUMENT);
    expect_status(nct_policy_name_right(NULL, 33, "fine", "x"), NCT_E_ARGUMENT);
    nct_policy_free(policy);
}

static void roles_and_submissions(void **state) {
    (void)state;
    nct_policy *policy = NULL;
    expect_status(nct_policy_new("2013", &policy), NCT_OK);
    for (int32_t role = -1; role <= 8; role++) {
        const char *name = nct_role_name(role);
        int32_t back = -1;
        if (role >= 1 && role <= 6) {
            expect_status(nct_role_from_name(name, &back), NCT_OK);
            assert_int_equal(back, role);
            assert_true(strlen(nct_role_description(role)) > 0);
            assert_true(is_title(nct_role_title(role)));
        } else if (role != NCT_ROLE_NONE) {
            assert_null(name);
            assert_null(nct_role_description(role));
            assert_null(nct_role_title(role));
        }
        for (int32_t managed = -1; managed <= 8; managed++) {
            int wanted = (role == 1 && (managed == 2 || managed == 3)) || (role == 2 && managed == 3);
            assert_int_equal(nct_policy_role_manages(policy, role, managed), wanted);
        }
        for (int32_t authority = 60; authority <= 72; authority++) {
            int wanted =
                (role == 1 && authority >= 64 && authority <= 69) ||
                (role == 2 && (authority == NCT_AUTHORITY_USER_ADMINISTRATION || authority == NCT_AUTHORITY_PIN_RESET));
            assert_int_equal(nct_policy_role_has(policy, role, authority), wanted);
        }
    }
    static const int32_t needs[] = {NCT_AUTHORITY_ENROLLMENT_SUBMIT,
                                    NCT_AUTHORITY_ENROLLMENT_SUBMIT,
                                    NCT_RIGHT_FL2_SUBMIT,
                                    NCT_RIGHT_PA_SUBMIT,
                                    NCT_RIGHT_PA_SUBMIT,
                                    NCT_AUTHORITY_ENROLLMENT_SUBMIT,
                                    NCT_AUTHORITY_ENROLLMENT_SUBMIT,
                                    NCT_AUTHORITY_ENROLLMENT_SUBMIT};
    static const char *const names[] = {"enrollment", "recredentialing", "fl2",           "pharmacy_pa",
                                        "medical_pa", "reenrollment",    "manage_change", "maintain_eligibility"};
    for (int32_t kind = 1; kind <= 8; kind++) {
        int32_t back = 0;
        assert_string_equal(nct_submission_name(kind), names[kind - 1]);
        expect_status(nct_submission_from_name(names[kind - 1], &back), NCT_OK);
        assert_int_equal(back, kind);
        assert_int_equal(needs_of(policy, kind), needs[kind - 1]);
        assert_true(strlen(nct_submission_description(kind)) > 0);
    }
    assert_null(nct_submission_name(0));
    assert_null(nct_submission_name(9));
    assert_null(nct_submission_name(-1));
    assert_int_equal(needs_of(policy, 9), -1);
    assert_int_equal(needs_of(NULL, 1), -1);
    assert_string_equal(nct_call_center_phone(policy), "1-800-688-6696");
    assert_string_equal(nct_call_center_email(policy), "NCTracksprovider@nctracks.com");
    nct_policy_free(policy);
}

static size_t index_of(int32_t form, const char *path) {
    size_t index = 0;
    while (strcmp(nct_field_path(form, index), path) != 0)
        index++;
    return index;
}

/* Always; with a group that may be left out; never. */
static void fields_say_when_they_are_required(void **state) {
    (void)state;
    static const struct {
        int32_t form;
        const char *path;
        int32_t required;
        const char *with;
    } cases[] = {{NCT_FORM_ENROLLMENT, "provider.npi", 1, ""},
                 {NCT_FORM_ENROLLMENT, "office_administrator.ncid", 0, "office_administrator"},
                 {NCT_FORM_ENROLLMENT, "eft.account_number", 0, "eft office_administrator"},
                 {NCT_FORM_ENROLLMENT, "eft.contact_email", 0, ""},
                 {NCT_FORM_REGISTRATION, "registrant.ncid", 0, "registrant"},
                 {NCT_FORM_REGISTRATION, "users[N].ncid", 0, "users[N]"},
                 {NCT_FORM_REGISTRATION, "eft.account_number", 1, ""},
                 {NCT_FORM_PERSON, "language", 0, ""},
                 {NCT_FORM_PERSON, "email", 1, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t index = index_of(cases[i].form, cases[i].path);
        assert_int_equal(nct_field_required(cases[i].form, index), cases[i].required);
        assert_string_equal(nct_field_required_with(cases[i].form, index), cases[i].with);
    }
}

static void fields(void **state) {
    (void)state;
    for (int32_t form = NCT_FORM_ENROLLMENT; form <= NCT_FORM_PERSON; form++) {
        size_t count = nct_field_count(form);
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            const char *type = nct_field_type(form, i);
            assert_true(strlen(nct_field_path(form, i)) > 0);
            assert_true(strlen(nct_field_label(form, i)) > 0);
            assert_true(strlen(nct_field_description(form, i)) > 0);
            assert_int_equal(strncmp(type, "choice", 6) == 0, strlen(nct_field_choices(form, i)) > 0);
            assert_true(nct_field_required(form, i) == 0 || nct_field_required(form, i) == 1);
            assert_true(nct_field_required(form, i) == 0 || nct_field_required_with(form, i)[0] == '\0');
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(nct_field_path(form, i), nct_field_path(form, j));
        }
        static const size_t past[] = {0, 1, 1000};
        for (size_t p = 0; p < 3; p++) {
            assert_null(nct_field_path(form, count + past[p]));
            assert_null(nct_field_type(form, count + past[p]));
            assert_null(nct_field_choices(form, count + past[p]));
            assert_null(nct_field_label(form, count + past[p]));
            assert_null(nct_field_description(form, count + past[p]));
            assert_int_equal(nct_field_required(form, count + past[p]), 0);
            assert_null(nct_field_required_with(form, count + past[p]));
        }
    }
    static const int32_t unknown[] = {0, 90, -1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(nct_field_count(unknown[i]), 0);
        assert_null(nct_field_path(unknown[i], 0));
    }
}

static void small_tables(void **state) {
    (void)state;
    for (int32_t kind = 1; kind <= nct_ident_kind_count(); kind++) {
        int32_t back = 0;
        expect_status(nct_ident_kind_from_name(nct_ident_kind_name(kind), &back), NCT_OK);
        assert_int_equal(back, kind);
        assert_non_null(nct_ident_kind_description(kind));
    }
    assert_null(nct_ident_kind_name(0));
    assert_null(nct_ident_kind_name(nct_ident_kind_count() + 1));
    for (int32_t space = 0; space < nct_space_count(); space++)
        assert_true(strlen(nct_space_name(space)) > 0);
    assert_null(nct_space_name(-1));
    assert_null(nct_space_name(nct_space_count()));
    assert_string_equal(nct_provider_kind_name(NCT_PROVIDER_INDIVIDUAL), "individual");
    assert_string_equal(nct_provider_kind_name(NCT_PROVIDER_ORGANIZATION), "organization");
    assert_null(nct_provider_kind_name(0));
    assert_null(nct_provider_kind_name(3));
    static const char *const states[] = {"enrolled", "registered", "terminated"};
    for (int32_t i = 0; i < 3; i++)
        assert_string_equal(nct_provider_state_name(i + 1), states[i]);
    assert_null(nct_provider_state_name(0));
    assert_null(nct_provider_state_name(4));
    static const char *const pins[] = {"none", "active", "disabled", "lost", "suspended"};
    for (int32_t i = 0; i < 5; i++)
        assert_string_equal(nct_pin_state_name(i), pins[i]);
    assert_null(nct_pin_state_name(-1));
    assert_null(nct_pin_state_name(5));
}

static void constants_have_functions(void **state) {
    (void)state;
    assert_int_equal(nct_master_key_bytes(), NCT_MASTER_KEY_BYTES);
    assert_int_equal(nct_password_max(), NCT_PASSWORD_MAX);
    assert_int_equal(nct_field_max(), NCT_FIELD_MAX);
    assert_int_equal(nct_users_max(), NCT_USERS_MAX);
    assert_int_equal(nct_authorization_code_length(), NCT_AUTHORIZATION_CODE_LENGTH);
    assert_int_equal(nct_signature_id_length(), NCT_SIGNATURE_ID_LENGTH);
    assert_int_equal(nct_digest_bytes(), NCT_DIGEST_BYTES);
    assert_int_equal(nct_key_max(), NCT_KEY_MAX);
    assert_int_equal(nct_value_max(), NCT_VALUE_MAX);
    assert_int_equal(nct_ident_canonical_max(), NCT_IDENT_CANONICAL_MAX);
    char version[32];
    (void)snprintf(version, sizeof version, "%d.%d.%d", NCT_VERSION_MAJOR, NCT_VERSION_MINOR, NCT_VERSION_PATCH);
    assert_string_equal(nct_version(), version);
    assert_int_equal(nct_version_number(), 1000000 * NCT_VERSION_MAJOR + 1000 * NCT_VERSION_MINOR + NCT_VERSION_PATCH);
    expect_status(nct_self_test(), NCT_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses),
        cmocka_unit_test(profiles),
        cmocka_unit_test(options),
        cmocka_unit_test(testing_costs_do_not_outlive_testing),
        cmocka_unit_test(rights),
        cmocka_unit_test(host_rights),
        cmocka_unit_test(roles_and_submissions),
        cmocka_unit_test(fields),
        cmocka_unit_test(fields_say_when_they_are_required),
        cmocka_unit_test(small_tables),
        cmocka_unit_test(constants_have_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
