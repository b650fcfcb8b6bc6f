/* What a front end draws forms from: complete for every field, and true of what forms accept. */
#include "world.h"

#include <stdio.h>

#include <nctracks/ident.h>
#include <nctracks/language.h>

#define FIRST_FORM NCT_FORM_ENROLLMENT
#define LAST_FORM NCT_FORM_PERSON

/* Whether a word is one of a list separated by spaces. */
static int is_among(const char *word, const char *words) {
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (strlen(word) == len && strncmp(at, word, len) == 0)
            return 1;
        at += len + (at[len] == ' ');
    }
    return 0;
}

static void for_each_field(void (*judge)(int32_t form, size_t index)) {
    for (int32_t form = FIRST_FORM; form <= LAST_FORM; form++)
        for (size_t i = 0; i < nct_field_count(form); i++)
            judge(form, i);
}

/* The place of a path in a form. */
static size_t place_of(int32_t form, const char *path) {
    for (size_t i = 0; i < nct_field_count(form); i++)
        if (strcmp(nct_field_path(form, i), path) == 0)
            return i;
    fail_msg("no field %s", path);
    return 0;
}

static void judge_input(int32_t form, size_t i) {
    const char *input = nct_field_input(form, i);
    assert_true(is_among(input, "text email tel date password file select checkbox hidden"));
    int typed = is_among(input, "text email tel password");
    assert_int_equal(typed, is_among(nct_field_inputmode(form, i), "text numeric email tel"));
    assert_int_equal(!typed, strlen(nct_field_inputmode(form, i)) == 0);
    assert_int_equal(is_among(input, "select checkbox"),
                     is_among(nct_field_type(form, i), "choice choices rights language"));
    assert_int_equal(nct_field_secret(form, i), strcmp(nct_field_type(form, i), "secret") == 0);
    assert_true(nct_field_max_characters(form, i) > 0);
    assert_in_range(nct_field_max_bytes(form, i), nct_field_max_characters(form, i),
                    4 * nct_field_max_characters(form, i));
}

static void every_field_says_how_it_is_typed(void **state) {
    (void)state;
    for_each_field(judge_input);
}

static void judge_group(int32_t form, size_t i) {
    const char *path = nct_field_path(form, i);
    const char *dot = strrchr(path, '.');
    const char *group = nct_field_group(form, i);
    assert_int_equal(strlen(group), dot != NULL ? (size_t)(dot - path) : 0);
    assert_memory_equal(group, path, strlen(group));
    assert_int_equal(strlen(nct_field_group_label(form, i)) > 0, dot != NULL);
    assert_int_equal(nct_field_group_max(form, i), strchr(path, '[') != NULL ? NCT_USERS_MAX : 1);
    for (size_t before = 0; i > 0 && before < i - 1; before++) /* fields of a group follow each other */
        assert_true(strcmp(nct_field_group(form, before), group) != 0 ||
                    strcmp(nct_field_group(form, i - 1), group) == 0);
}

static void every_field_says_in_which_group_it_is(void **state) {
    (void)state;
    for_each_field(judge_group);
}

static void judge_choices(int32_t form, size_t i) {
    for (const char *at = nct_field_choices(form, i); *at != '\0';) {
        char word[64];
        size_t len = strcspn(at, " ");
        (void)snprintf(word, sizeof word, "%.*s", (int)len, at);
        assert_non_null(nct_field_choice_label(form, i, word));
        assert_string_equal(nct_field_choice_label_in(NULL, form, i, word, "en"),
                            nct_field_choice_label(form, i, word));
        assert_true(strlen(nct_field_choice_label_in(NULL, form, i, word, "es")) > 0);
        at += len + (at[len] == ' ');
    }
    static const char *const none[] = {"", " ", "nobody", "owner managing_employee"};
    for (size_t n = 0; n < sizeof none / sizeof none[0]; n++)
        assert_null(nct_field_choice_label(form, i, none[n]));
    assert_null(nct_field_choice_label(form, i, NULL));
    assert_null(nct_field_choice_label_in(NULL, form, i, NULL, "en"));
}

static void every_value_of_a_choice_has_a_label(void **state) {
    (void)state;
    for_each_field(judge_choices);
}

static void labels_of_groups_and_choices_are_in_a_persons_language(void **state) {
    struct world *w = *state;
    size_t account = place_of(NCT_FORM_REGISTRATION, "eft.account_type");
    assert_string_equal(nct_field_group_label(NCT_FORM_REGISTRATION, account), "Account for payments");
    assert_string_equal(nct_field_group_label_in(w->portal, NCT_FORM_REGISTRATION, account, "es"),
                        "Cuenta para los pagos");
    assert_string_equal(nct_field_choice_label_in(w->portal, NCT_FORM_REGISTRATION, account, "savings", "es-US"),
                        "Cuenta de ahorros");
    assert_string_equal(nct_field_group_label_in(w->portal, NCT_FORM_REGISTRATION, account, "fr"),
                        "Account for payments");
}

static void nothing_is_told_of_a_field_there_is_not(void **state) {
    (void)state;
    static const struct {
        int32_t form;
        size_t index;
    } none[] = {{0, 0}, {-1, 0}, {INT32_MAX, 0}, {NCT_FORM_USER, 1000}, {NCT_FORM_USER, SIZE_MAX}};
    for (size_t n = 0; n < sizeof none / sizeof none[0]; n++) {
        int32_t form = none[n].form;
        size_t i = none[n].index;
        assert_null(nct_field_input(form, i));
        assert_null(nct_field_inputmode(form, i));
        assert_null(nct_field_autocomplete(form, i));
        assert_null(nct_field_group(form, i));
        assert_null(nct_field_group_label(form, i));
        assert_null(nct_field_group_label_in(NULL, form, i, "es"));
        assert_null(nct_field_choice_label(form, i, "user"));
        assert_null(nct_field_choice_label_in(NULL, form, i, "user", "es"));
        assert_int_equal(nct_field_group_required(form, i), 0);
        assert_int_equal(nct_field_group_max(form, i), 0);
        assert_int_equal(nct_field_max_characters(form, i), 0);
        assert_int_equal(nct_field_max_bytes(form, i), 0);
        assert_int_equal(nct_field_secret(form, i), 1); /* what is unknown is not shown */
    }
}

/* Nobody's browser offers their own name or address for somebody else's. */
static void only_the_persons_own_data_is_filled_in_for_them(void **state) {
    (void)state;
    static const struct {
        int32_t form;
        const char *path;
        const char *token;
    } fields[] = {
        {NCT_FORM_REGISTRATION, "registrant.ncid", "username"},
        {NCT_FORM_REGISTRATION, "registrant.first_name", "given-name"},
        {NCT_FORM_REGISTRATION, "registrant.last_name", "family-name"},
        {NCT_FORM_REGISTRATION, "registrant.email", "email"},
        {NCT_FORM_REGISTRATION, "registrant.phone", "tel"},
        {NCT_FORM_REGISTRATION, "registrant.language", "language"},
        {NCT_FORM_REGISTRATION, "office_administrator.email", "off"},
        {NCT_FORM_REGISTRATION, "users[N].first_name", "off"},
        {NCT_FORM_REGISTRATION, "eft.account_holder", "off"},
        {NCT_FORM_ENROLLMENT, "provider.phone", "off"},
        {NCT_FORM_USER, "email", "off"},
        {NCT_FORM_CONTACT, "first_name", "given-name"},
        {NCT_FORM_SIGNING, "signer.password", "current-password"},
        {NCT_FORM_SIGNING, "signer.pin", "off"},
        {NCT_FORM_OA_CHANGE, "office_administrator.password", "current-password"},
        {NCT_FORM_EFT_CHANGE, "requester.ncid", "username"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        assert_string_equal(nct_field_autocomplete(fields[i].form, place_of(fields[i].form, fields[i].path)),
                            fields[i].token);
}

/* The longest value of each kind of identifier, written as people may write it. */
static const char *longest_of(const char *type) {
    static const struct {
        const char *type;
        const char *value;
    } longest[] = {{"ncid", "abcdefghij0123456789"}, {"provider_id", "1234567893"},
                   {"tax_id", "123-45-6789"},        {"aba", "123456780"},
                   {"phone", "+1 (919) 555-0123"},   {"bank_account", "0123456789ABCDEF0"}};
    for (size_t i = 0; i < sizeof longest / sizeof longest[0]; i++)
        if (strcmp(longest[i].type, type) == 0)
            return longest[i].value;
    return NULL;
}

static void judge_longest(int32_t form, size_t i) {
    char value[NCT_FIELD_MAX + 2];
    int32_t kind = 0;
    const char *type = nct_field_type(form, i);
    size_t most = nct_field_max_bytes(form, i);
    if (nct_ident_kind_from_name(type, &kind) != NCT_OK)
        return;
    const char *longest = longest_of(type);
    if (longest != NULL) {
        assert_int_equal(strlen(longest), most);
        expect_status(nct_ident_check(kind, longest, most), NCT_OK);
    }
    memset(value, '1', sizeof value); /* more of any valid character is too much */
    assert_int_not_equal(nct_ident_check(kind, value, most + 1), NCT_OK);
}

static void an_identifier_is_as_long_as_the_table_says(void **state) {
    (void)state;
    for_each_field(judge_longest);
}

static void a_text_is_as_long_as_the_table_says(void **state) {
    struct world *w = *state;
    char value[NCT_FIELD_MAX];
    size_t name = place_of(NCT_FORM_USER, "first_name");
    size_t most = nct_field_max_bytes(NCT_FORM_USER, name);
    for (size_t i = 0; i + 4 <= most + 4; i += 4)
        memcpy(value + i, "\xF0\x90\x8D\x88", 4); /* U+10348 */
    nct_form *user = world_user(w, &SILAS, "user", "");
    expect_status(nct_form_set(user, "first_name", value, most), NCT_OK);
    expect_status(nct_form_validate(user, NULL), NCT_OK);
    expect_status(nct_form_set(user, "first_name", value, most + 4), NCT_OK);
    expect_status(nct_form_validate(user, NULL), NCT_E_PROBLEMS);
    nct_form_free(user);
}

/* An empty form lacks fields of exactly the groups that must be given. */
static void judge_required(int32_t form, const nct_problems *problems) {
    for (size_t i = 0; i < nct_field_count(form); i++) {
        const char *group = nct_field_group(form, i);
        int missing = 0;
        for (size_t p = 0; p < nct_problems_count(problems); p++) {
            const char *path = nct_problems_path(problems, p);
            missing |= strncmp(path, group, strlen(group)) == 0 && path[strlen(group)] == '.';
        }
        assert_int_equal(nct_field_group_required(form, i), missing);
    }
}

static void groups_that_may_be_left_out_are_told(void **state) {
    struct world *w = *state;
    for (int32_t kind = FIRST_FORM; kind <= LAST_FORM; kind++) {
        nct_problems *problems = NULL;
        nct_form *form = NULL;
        expect_status(nct_form_new(w->portal, kind, &form), NCT_OK);
        expect_status(nct_form_validate(form, &problems), NCT_E_PROBLEMS);
        if (strlen(nct_field_group(kind, 0)) > 0)
            judge_required(kind, problems);
        nct_problems_free(problems);
        nct_form_free(form);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_empty, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_says_how_it_is_typed),
        cmocka_unit_test(every_field_says_in_which_group_it_is),
        cmocka_unit_test(every_value_of_a_choice_has_a_label),
        CASE(labels_of_groups_and_choices_are_in_a_persons_language),
        cmocka_unit_test(nothing_is_told_of_a_field_there_is_not),
        cmocka_unit_test(only_the_persons_own_data_is_filled_in_for_them),
        cmocka_unit_test(an_identifier_is_as_long_as_the_table_says),
        CASE(a_text_is_as_long_as_the_table_says),
        CASE(groups_that_may_be_left_out_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
