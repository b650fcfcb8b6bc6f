/* The rulebook as text: every rule by path, whole policies as files, what contradicts itself, tables for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy/rules.h"

#include <nctracks/config.h>

#define ROOM NCT_POLICY_TEXT_MAX

/* What a submission needs; -1 where the policy does not say. */
static int32_t needs_of(const nct_policy *policy, int32_t kind) {
    int32_t right = 0;
    nct_status status = nct_policy_submission_needs(policy, kind, &right);
    assert_int_equal(status, right >= 0 ? NCT_OK : NCT_E_ARGUMENT);
    return right;
}

static const char *const DATED[] = {"2013", "2022", "2025", "2026"};
#define DATED_COUNT (sizeof DATED / sizeof DATED[0])

static uint64_t seed = 1;

/* SplitMix64 */
static size_t below(size_t bound) {
    uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % bound);
}

static nct_policy *dated(const char *name) {
    nct_policy *policy = NULL;
    assert_int_equal(nct_policy_new(name, &policy), NCT_OK);
    return policy;
}

static nct_status set(nct_policy *policy, const char *path, const char *value) {
    return nct_rule_set(policy, path, value, strlen(value), NULL);
}

static void expect_rule(const nct_policy *policy, const char *path, const char *wanted) {
    char value[NCT_RULE_VALUE_MAX + 1];
    size_t len = 0;
    assert_int_equal(nct_rule_get(policy, path, value, sizeof value, &len), NCT_OK);
    assert_string_equal(value, wanted);
    assert_int_equal(len, strlen(wanted));
}

static void save(const nct_policy *policy, char text[ROOM], size_t *len) {
    assert_int_equal(nct_policy_save(policy, text, ROOM, len), NCT_OK);
}

static void expect_equal(const nct_policy *left, const nct_policy *right) {
    static char one[ROOM], other[ROOM];
    size_t one_len = 0, other_len = 0;
    save(left, one, &one_len);
    save(right, other, &other_len);
    assert_string_equal(one, other);
    assert_int_equal(one_len, other_len);
    assert_true(nct_rules_equal(&left->profile, &right->profile));
    assert_memory_equal(left->options, right->options, sizeof left->options);
    assert_true(left->named_rights == right->named_rights);
    assert_string_equal(left->name, right->name);
}

/* load(save(p)) == p */
static void expect_to_survive_text(const nct_policy *policy) {
    static char text[ROOM];
    size_t len = 0;
    nct_policy *back = NULL;
    nct_policy_problems *problems = NULL;
    save(policy, text, &len);
    nct_status status = nct_policy_load(text, len, &problems, &back);
    if (status != NCT_OK)
        print_error("%s\n%s", nct_policy_problems_message(problems, 0), text);
    assert_int_equal(status, NCT_OK);
    assert_null(problems);
    expect_equal(policy, back);
    nct_policy_free(back);
}

/* ---- memory that runs out ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static int allocations_left = -1; /* -1: any number */

static int may_allocate(void) {
    if (allocations_left > 0)
        allocations_left--;
    else if (allocations_left == 0)
        return 0;
    return 1;
}

void *__wrap_malloc(size_t size) {
    return may_allocate() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size) {
    return may_allocate() ? __real_calloc(count, size) : NULL;
}

static nct_status load_with(int allocations, const char *text) {
    nct_policy *policy = NULL;
    nct_policy_problems *problems = NULL;
    allocations_left = allocations;
    nct_status status = nct_policy_load(text, strlen(text), &problems, &policy);
    allocations_left = -1;
    assert_int_equal(policy != NULL, status == NCT_OK);
    assert_int_equal(problems != NULL, status == NCT_E_PROBLEMS);
    nct_policy_problems_free(problems);
    nct_policy_free(policy);
    return status;
}

static void without_memory_nothing_is_changed(void **state) {
    (void)state;
    nct_policy *policy = dated("2013");
    nct_policy *untouched = dated("2013");
    nct_policy_problems *problems = NULL;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(load_with(i, "base = 2013"), NCT_E_NO_MEMORY);
        assert_int_equal(load_with(i, "bass = 2013"), NCT_E_NO_MEMORY);
    }
    assert_int_equal(load_with(2, "base = 2013"), NCT_OK);
    assert_int_equal(load_with(2, "bass = 2013"), NCT_E_PROBLEMS);
    allocations_left = 0;
    assert_int_equal(nct_rule_set(policy, "notices", "1", 1, &problems), NCT_E_NO_MEMORY);
    assert_int_equal(nct_policy_check(policy, &problems), NCT_E_NO_MEMORY);
    assert_int_equal(nct_policy_check(policy, NULL), NCT_OK); /* which needs none */
    allocations_left = -1;
    expect_equal(policy, untouched);
    nct_policy_free(untouched);
    nct_policy_free(policy);
}

/* ---- the table ---- */

/* Whoever adds a rule to struct nct_profile gives it a path; only unused first places and padding have none. */
static void every_rule_of_a_profile_has_a_path(void **state) {
    (void)state;
    static unsigned char covered[sizeof(struct nct_profile)];
    struct nct_role_rule none;
    size_t named = 0;
    for (size_t i = 0; i < nct_rule_count(); i++) {
        const struct nct_rule_row *row = nct_rule_at(i);
        for (size_t byte = row->offset; byte < row->offset + row->size; byte++)
            assert_int_equal(covered[byte]++, 0);
        named += row->size;
    }
    size_t role = sizeof none.authorities + sizeof none.manages + sizeof none.from + sizeof none.standing +
                  sizeof none.most + sizeof none.every_right + sizeof none.by_request;
    size_t unused = sizeof none + 2 * sizeof(int32_t) + sizeof(uint32_t); /* role, submission (twice) and holder 0 */
    size_t padding = (NCT_ROLE_COUNT - 1) * (sizeof none - role);
    assert_in_range(sizeof(struct nct_profile) - named - unused - padding, 0, 7);
}

static void paths_are_made_of_the_vocabulary(void **state) {
    (void)state;
    int32_t found = 0;
    char word[64];
    for (size_t i = 0; i < nct_rule_count(); i++) {
        const char *path = nct_rule_path(i);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(path, nct_rule_path(j));
        assert_true(strlen(path) < 64);
        assert_true(strlen(nct_rule_description(i)) > 0);
        assert_true(strlen(nct_rule_type(i)) > 0);
        if (sscanf(path, "role.%63[a-z_].", word) == 1)
            assert_int_equal(nct_role_from_name(word, &found), NCT_OK);
        if (sscanf(path, "submission.%63[a-z0-9_].", word) == 1)
            assert_int_equal(nct_submission_from_name(word, &found), NCT_OK);
    }
    for (int32_t option = 1; option <= NCT_OPTION_COUNT; option++)
        assert_true(nct_rule_place(nct_option_name(option), strlen(nct_option_name(option))) < nct_rule_count());
    size_t past[] = {nct_rule_count(), nct_rule_count() + 1, SIZE_MAX};
    int64_t least = 0, most = 0;
    for (size_t i = 0; i < 3; i++) {
        assert_null(nct_rule_path(past[i]));
        assert_null(nct_rule_type(past[i]));
        assert_null(nct_rule_description(past[i]));
        assert_null(nct_rule_word(past[i], 0));
        assert_int_equal(nct_rule_bounds(past[i], &least, &most), NCT_E_ARGUMENT);
    }
    assert_int_equal(nct_rule_bounds(0, NULL, &most), NCT_E_ARGUMENT);
    assert_int_equal(nct_policy_text_max(), NCT_POLICY_TEXT_MAX);
}

/* Every word of the table is taken, alone and with all the others, and comes back. */
static void every_word_of_the_table_is_taken(void **state) {
    (void)state;
    nct_policy *policy = dated("2026");
    for (size_t i = 0; i < nct_rule_count(); i++) {
        const char *type = nct_rule_type(i);
        char all[NCT_RULE_VALUE_MAX] = "";
        size_t words = 0;
        for (; nct_rule_word(i, words) != NULL; words++) {
            assert_int_equal(set(policy, nct_rule_path(i), nct_rule_word(i, words)), NCT_OK);
            expect_rule(policy, nct_rule_path(i), nct_rule_word(i, words));
            snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", words > 0 ? " " : "",
                     nct_rule_word(i, words));
        }
        int is_set = strcmp(type, "roles") == 0 || strcmp(type, "authorities") == 0 ||
                     strcmp(type, "relationships") == 0 || strcmp(type, "parties") == 0 ||
                     strcmp(type, "contact_texts") == 0;
        assert_int_equal(words > 0, is_set || strcmp(type, "choice") == 0);
        if (is_set) {
            assert_int_equal(set(policy, nct_rule_path(i), all), NCT_OK);
            expect_rule(policy, nct_rule_path(i), all);
        }
    }
    nct_policy_free(policy);
}

/* The longest text there is has room, and every line of it can be loaded. */
static void the_longest_policy_survives_text(void **state) {
    (void)state;
    nct_policy *policy = dated("2026");
    for (size_t i = 0; i < nct_rule_count(); i++) {
        char value[NCT_RULE_VALUE_MAX] = "";
        for (size_t word = 0; nct_rule_word(i, word) != NULL && strcmp(nct_rule_type(i), "choice") != 0; word++)
            snprintf(value + strlen(value), sizeof value - strlen(value), "%s ", nct_rule_word(i, word));
        if (strcmp(nct_rule_type(i), "host_right") == 0) {
            snprintf(value, sizeof value, "a234567890b234567890c234567890d234567%s ",
                     nct_rule_path(i) + strlen("right."));
            for (size_t j = 0; j < 100; j++)
                snprintf(value + strlen(value), sizeof value - strlen(value), "\xF0\x9D\x84\x9E"); /* U+1D11E */
        }
        if (value[0] != '\0')
            assert_int_equal(set(policy, nct_rule_path(i), value), NCT_OK);
    }
    expect_to_survive_text(policy);
    nct_policy_free(policy);
}

static void numbers_keep_their_bounds(void **state) {
    (void)state;
    nct_policy *policy = dated("2026");
    for (size_t i = 0; i < nct_rule_count(); i++) {
        int64_t least = -1, most = -1;
        const char *path = nct_rule_path(i);
        assert_int_equal(nct_rule_bounds(i, &least, &most), NCT_OK);
        if (strncmp(nct_rule_type(i), "number", 6) != 0) {
            assert_true(least == 0 && most == 0);
            continue;
        }
        char text[32];
        const int64_t wrong[] = {least - 1, most + 1, INT64_MAX};
        for (size_t j = 0; j < 3; j++) {
            snprintf(text, sizeof text, "%lld", (long long)wrong[j]);
            assert_int_equal(set(policy, path, text), wrong[j] < 0 ? NCT_E_FORMAT : NCT_E_POLICY);
        }
        snprintf(text, sizeof text, "%lld", (long long)least);
        assert_int_equal(set(policy, path, text), NCT_OK);
        expect_rule(policy, path, text);
        snprintf(text, sizeof text, "%lld", (long long)most);
        assert_int_equal(set(policy, path, text), NCT_OK);
        expect_rule(policy, path, text);
        static const char *const malformed[] = {"-1", "+1", "01", "1x", "x", "0x10", "1.0", "1e3"};
        for (size_t j = 0; j < sizeof malformed / sizeof malformed[0]; j++)
            assert_int_equal(set(policy, path, malformed[j]), NCT_E_FORMAT);
        expect_rule(policy, path, text);
        assert_int_equal(set(policy, "testing", "0"), NCT_OK); /* which lowers bounds */
    }
    nct_policy_free(policy);
}

/* ---- the dated profiles, as the sources have them ---- */

static void dated_profiles_say_what_their_sources_say(void **state) {
    (void)state;
    static const struct {
        const char *profile, *path, *value;
    } wanted[] = {
        {"2013", "role.office_administrator.manages", "user_administrator user"},
        {"2013", "role.user_administrator.manages", "user"},
        {"2013", "role.user_administrator.authorities", "user.administration pin.reset"},
        {"2013", "role.managing_relationship.authorities", ""},
        {"2013", "signer.standing", ""},
        {"2013", "notice.oa_change", ""},
        {"2013", "eft.confirmed", "1"},
        {"2013", "notice.eft_change", "office_administrator provider pay_to"},
        {"2013", "office_administrator.organization", "owner managing_employee"},
        {"2013", "submission.fl2.needs", "fl2.submit"},
        {"2013", "submission.pharmacy_pa.needs", "pa.submit"},
        {"2013", "submission.recredentialing.needs", "enrollment.submit"},
        {"2013", "pin.registration.to", "registrant"},
        {"2013", "pin.user_added.to", "self"},
        {"2013", "pin.length", "6"},
        {"2022", "office_administrator.individual", "managing_employee provider"},
        {"2022", "notice.oa_change", "office_administrator new_office_administrator provider officers"},
        {"2022", "notice.eft_change", "office_administrator provider pay_to"},
        {"2022", "eft.confirmed", "1"},
        {"2022", "role.user_administrator.manages", "user"},
        {"2022", "role.managing_relationship.authorities", ""},
        {"2022", "role.enrollment_specialist.authorities", "enrollment.prepare"},
        {"2022", "signer.standing", "owner managing_employee provider"},
        {"2025", "role.managing_relationship.from", "user_administrator managing_relationship"},
        {"2025", "role.managing_relationship.standing", "owner managing_employee provider managing_relationship"},
        {"2025", "office_administrator.individual", "owner managing_employee provider managing_relationship"},
        {"2025", "office_administrator.organization", "owner managing_employee managing_relationship"},
        {"2026", "office_administrator.organization", "owner managing_employee managing_relationship"},
        {"2025", "role.managing_relationship.authorities",
         "user.administration enrollment.submit pin.reset enrollment.prepare"},
        {"2025", "submission.enrollment.needs", "enrollment.submit"},
        {"2026", "role.backup_office_administrator.most", "1"},
        {"2026", "role.backup_office_administrator.from", "backup_office_administrator managing_relationship"},
        {"2026", "submission.enrollment.needs", "enrollment.initial"},
        {"2026", "notice.eft_change", "office_administrator provider pay_to backup_office_administrator"},
        {"2013", "notices", "45 20 5"},
        {"2013", "term.suspension_days", "30"},
        {"2013", "reverify.change_days", "30"},
        {"2022", "reverify.change_days", ""},
        {"2025", "reverify.hour", "16"},
        {"2026", "time_zone", "EST5EDT,M3.2.0,M11.1.0"},
        {"2026", "call_center.phone", "1-800-688-6696"},
        {"2026", "call_center.email", "NCTracksprovider@nctracks.com"},
        {"2026", "notices", "70 50 20 5"},
        {"2026", "term.reverify_years", "5"},
        {"2026", "term.suspension_days", "50"},
        {"2026", "term.abandon_days", "30"},
        {"2026", "term.fl2_days", "30"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        nct_policy *policy = dated(wanted[i].profile);
        expect_rule(policy, wanted[i].path, wanted[i].value);
        nct_policy_free(policy);
    }
}

static void dated_profiles_pass_and_survive_text(void **state) {
    (void)state;
    for (size_t i = 0; i < DATED_COUNT; i++) {
        nct_policy *policy = dated(DATED[i]);
        nct_policy_problems *problems = NULL;
        nct_status status = nct_policy_check(policy, &problems);
        if (status != NCT_OK)
            print_error("%s: %s\n", DATED[i], nct_policy_problems_message(problems, 0));
        assert_int_equal(status, NCT_OK);
        assert_null(problems);
        assert_int_equal(nct_policy_check(policy, NULL), NCT_OK);
        expect_to_survive_text(policy);
        expect_rule(policy, "name", DATED[i]);
        nct_policy_free(policy);
    }
}

/* ---- setting ---- */

static void setting_refuses_and_names_what_is_wrong(void **state) {
    (void)state;
    static const struct {
        const char *path, *value;
        nct_status status;
        const char *message;
    } refused[] = {
        {"role.usr.manages", "user", NCT_E_UNKNOWN_FIELD, "role.usr.manages: "},
        {"", "user", NCT_E_UNKNOWN_FIELD, "no such"},
        {"base", "2013", NCT_E_UNKNOWN_FIELD, "base: "},
        {"role.user", "user", NCT_E_UNKNOWN_FIELD, "role.user: "},
        {"role.user_administrator.manages", "user clerk", NCT_E_UNKNOWN_VALUE,
         "role.user_administrator.manages: It is not one of the possible values. (\"clerk\")"},
        {"role.user_administrator.manages", "user user", NCT_E_DUPLICATE, "(\"user\")"},
        {"role.user_administrator.manages", "User", NCT_E_UNKNOWN_VALUE, "(\"User\")"},
        {"role.user_administrator.manages", "user,user_administrator", NCT_E_UNKNOWN_VALUE, "user,"},
        {"role.user.authorities", "pa.submit", NCT_E_UNKNOWN_VALUE, "(\"pa.submit\")"},
        {"role.user.standing", "officer", NCT_E_UNKNOWN_VALUE, "(\"officer\")"},
        {"role.user.every_right", "maybe", NCT_E_UNKNOWN_VALUE, "(\"maybe\")"},
        {"role.user.every_right", "yes no", NCT_E_UNKNOWN_VALUE, "(\"yes no\")"},
        {"submission.fl2.needs", "fl3.submit", NCT_E_UNKNOWN_VALUE, "(\"fl3.submit\")"},
        {"submission.fl2.needs", "fl2.submit pa.submit", NCT_E_UNKNOWN_VALUE, "fl2.submit pa.submit"},
        {"notice.oa_change", "everybody", NCT_E_UNKNOWN_VALUE, "(\"everybody\")"},
        {"pin.reset.to", "call_center", NCT_E_UNKNOWN_VALUE, "(\"call_center\")"},
        {"pin.reset.mail", "lost", NCT_E_UNKNOWN_VALUE, "(\"lost\")"},
        {"notices", "70 50 20 5 1", NCT_E_LIMIT, "(\"1\")"},
        {"notices", "70 x", NCT_E_FORMAT, "(\"x\")"},
        {"notices", "70 0", NCT_E_POLICY, "(\"0\")"},
        {"pin.length", "", NCT_E_FORMAT, "pin.length: "},
        {"pin.length", "5", NCT_E_POLICY, "(\"5\")"},
        {"pin.length", "1234567890123456789012", NCT_E_POLICY, "1234567890123456789012"},
        {"kdf.memory", "8", NCT_E_POLICY, "(\"8\")"},
        {"name", "2013+testing", NCT_E_CHARACTER, "(\"2013+testing\")"},
        {"name", "a b", NCT_E_CHARACTER, "name: "},
        {"name", "a2345678901234567890123456789012", NCT_E_TOO_LONG, "name: "},
        {"right.32", "lab.order", NCT_E_EMPTY, "right.32: "},
        {"right.32", "Lab Order tests.", NCT_E_CHARACTER, "(\"Lab\")"},
        {"right.32", "pa.submit Order tests.", NCT_E_DUPLICATE, "(\"pa.submit\")"},
        {"right.32", "a234567890b234567890c234567890d2345678901 x", NCT_E_TOO_LONG, "right.32: "},
        {"right.32", "lab.order \xE2\x80\xAEorder", NCT_E_CHARACTER, "right.32: "},
        {"right.31", "lab.order Order tests.", NCT_E_UNKNOWN_FIELD, "right.31: "},
        {"right.64", "lab.order Order tests.", NCT_E_UNKNOWN_FIELD, "right.64: "},
        {"role.user.manages", "us\xFF", NCT_E_UTF8, "role.user.manages: "},
    };
    nct_policy *policy = dated("2025");
    nct_policy *untouched = dated("2025");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        nct_policy_problems *problems = NULL;
        nct_status status =
            nct_rule_set(policy, refused[i].path, refused[i].value, strlen(refused[i].value), &problems);
        if (status != refused[i].status || strstr(nct_policy_problems_message(problems, 0), refused[i].message) == NULL)
            print_error("%s = %s: %d, %s\n", refused[i].path, refused[i].value, status,
                        nct_policy_problems_message(problems, 0));
        assert_int_equal(status, refused[i].status);
        assert_int_equal(nct_policy_problems_count(problems), 1);
        assert_int_equal(nct_policy_problems_code(problems, 0), status);
        assert_int_equal(nct_policy_problems_line(problems, 0), 0);
        assert_string_equal(nct_policy_problems_path(problems, 0), refused[i].path);
        assert_non_null(strstr(nct_policy_problems_message(problems, 0), refused[i].message));
        nct_policy_problems_free(problems);
        assert_int_equal(set(policy, refused[i].path, refused[i].value), refused[i].status);
        expect_equal(policy, untouched);
    }
    char longer[NCT_RULE_VALUE_MAX + 1];
    memset(longer, ' ', sizeof longer);
    assert_int_equal(nct_rule_set(policy, "role.user.manages", longer, sizeof longer, NULL), NCT_E_TOO_LONG);
    assert_int_equal(nct_rule_set(policy, "role.user.manages", "user\0user", 9, NULL), NCT_E_NUL);
    assert_int_equal(nct_rule_set(NULL, "name", "x", 1, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_rule_set(policy, NULL, "x", 1, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_rule_set(policy, "name", NULL, 1, NULL), NCT_E_ARGUMENT);
    expect_equal(policy, untouched);
    nct_policy_free(untouched);
    nct_policy_free(policy);
}

static void setting_makes_values_canonical(void **state) {
    (void)state;
    nct_policy *policy = dated("2013");
    assert_int_equal(set(policy, "role.user_administrator.manages", " \tuser   managing_relationship "), NCT_OK);
    expect_rule(policy, "role.user_administrator.manages", "user managing_relationship");
    assert_int_equal(nct_policy_role_manages(policy, NCT_ROLE_USER_ADMINISTRATOR, NCT_ROLE_MANAGING_RELATIONSHIP), 1);
    assert_int_equal(set(policy, "role.user_administrator.manages", "managing_relationship user"), NCT_OK);
    expect_rule(policy, "role.user_administrator.manages", "user managing_relationship");
    assert_int_equal(nct_rule_set(policy, "role.user_administrator.manages", NULL, 0, NULL), NCT_OK);
    expect_rule(policy, "role.user_administrator.manages", "");
    assert_int_equal(set(policy, "submission.fl2.needs", ""), NCT_OK);
    assert_int_equal(needs_of(policy, NCT_SUBMISSION_FL2), -1);
    assert_int_equal(set(policy, "name", "clinic-2027"), NCT_OK);
    assert_string_equal(nct_policy_profile(policy), "clinic-2027");
    assert_int_equal(set(policy, "testing", "1"), NCT_OK);
    assert_string_equal(nct_policy_profile(policy), "clinic-2027+testing");
    assert_int_equal(set(policy, "name", "a234567890123456789012345678901"), NCT_OK);
    assert_string_equal(nct_policy_profile(policy), "a234567890123456789012345678901+testing");
    nct_policy_free(policy);
}

/* 11.6. A portal that is not North Carolina's has a call centre and a time zone of its own; the profile keeps its name.
 */
static void texts_of_the_portals_own_are_checked(void **state) {
    (void)state;
    nct_policy *policy = dated("2026");
    static const struct {
        const char *path, *value;
        nct_status wanted;
    } cases[] = {
        {"call_center.phone", "(919) 555-0100", NCT_OK}, {"call_center.phone", "call us", NCT_E_CHARACTER},
        {"call_center.phone", "", NCT_E_EMPTY},          {"call_center.email", "help@example.org", NCT_OK},
        {"call_center.email", "help", NCT_E_FORMAT},     {"time_zone", "CET-1CEST,M3.5.0,M10.5.0/3", NCT_OK},
        {"time_zone", "<+0545>-5:45", NCT_OK},           {"time_zone", "America/New_York", NCT_E_FORMAT},
        {"time_zone", "EST5EDT", NCT_E_FORMAT},          {"time_zone", "EST5EDT,M3.2.0,M13.1.0", NCT_E_FORMAT}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(nct_rule_set(policy, cases[i].path, cases[i].value, strlen(cases[i].value), NULL),
                         cases[i].wanted);
    assert_string_equal(nct_call_center_phone(policy), "(919) 555-0100");
    assert_string_equal(nct_call_center_email(policy), "help@example.org");
    assert_null(nct_call_center_phone(NULL));
    assert_null(nct_call_center_email(NULL));
    assert_int_equal(nct_policy_check(policy, NULL), NCT_OK);
    assert_string_equal(nct_policy_profile(policy), "2026");
    expect_to_survive_text(policy);
    nct_policy_free(policy);
}

static void getting_tells_the_needed_length(void **state) {
    (void)state;
    nct_policy *policy = dated("2022");
    char value[16] = "x";
    size_t len = 0;
    assert_int_equal(nct_rule_get(policy, "notices", NULL, 0, &len), NCT_E_BUFFER);
    assert_int_equal(len, 10);
    assert_int_equal(nct_rule_get(policy, "notices", value, 10, &len), NCT_E_BUFFER);
    assert_int_equal(len, 10);
    assert_string_equal(value, "");
    assert_int_equal(nct_rule_get(policy, "notices", value, 11, NULL), NCT_OK);
    assert_string_equal(value, "70 50 20 5");
    assert_int_equal(nct_rule_get(policy, "no.such", value, 11, &len), NCT_E_UNKNOWN_FIELD);
    assert_int_equal(nct_rule_get(NULL, "notices", value, 11, &len), NCT_E_ARGUMENT);
    assert_int_equal(nct_rule_get(policy, NULL, value, 11, &len), NCT_E_ARGUMENT);
    assert_int_equal(nct_rule_get(policy, "notices", NULL, 11, &len), NCT_E_ARGUMENT);
    assert_int_equal(nct_policy_save(policy, NULL, 0, &len), NCT_E_BUFFER);
    static char text[ROOM];
    assert_int_equal(nct_policy_save(policy, text, len, &len), NCT_E_BUFFER);
    assert_string_equal(text, "");
    assert_int_equal(nct_policy_save(policy, text, len + 1, &len), NCT_OK);
    assert_int_equal(strlen(text), len);
    assert_int_equal(nct_policy_save(NULL, text, ROOM, &len), NCT_E_ARGUMENT);
    assert_int_equal(nct_policy_save(policy, NULL, 1, &len), NCT_E_ARGUMENT);
    nct_policy_free(policy);
}

static void host_rights_are_part_of_the_text(void **state) {
    (void)state;
    static const char text[] = "base = 2022\n"
                               "name = laboratory\n"
                               "submission.medical_pa.needs = lab.order\n" /* named further down */
                               "right.40 = lab.order Order tests: 1 = one, # too\n";
    nct_policy *policy = NULL;
    assert_int_equal(nct_policy_load(text, strlen(text), NULL, &policy), NCT_OK);
    assert_int_equal(needs_of(policy, NCT_SUBMISSION_MEDICAL_PA), 40);
    assert_string_equal(nct_right_name(policy, 40), "lab.order");
    assert_string_equal(nct_right_description(policy, 40), "Order tests: 1 = one, # too");
    assert_string_equal(nct_right_title(policy, 40), "Order tests: 1 = one, # too");
    assert_int_equal(nct_policy_check(policy, NULL), NCT_OK);
    expect_to_survive_text(policy);
    assert_int_equal(set(policy, "right.40", ""), NCT_E_STATE);
    assert_int_equal(set(policy, "submission.medical_pa.needs", "pa.submit"), NCT_OK);
    assert_int_equal(set(policy, "right.40", ""), NCT_OK);
    assert_null(nct_right_name(policy, 40));
    assert_true(nct_policy_rights(policy) == 0xFFF);
    nct_policy_free(policy);
}

/* "no" is left out of a text only where it is a no. */
static void names_that_read_like_nothing_are_kept(void **state) {
    (void)state;
    nct_policy *policy = dated("2013");
    assert_int_equal(set(policy, "name", "no"), NCT_OK);
    assert_int_equal(set(policy, "right.63", "no A right."), NCT_OK);
    assert_int_equal(set(policy, "submission.fl2.needs", "no"), NCT_OK);
    expect_to_survive_text(policy);
    nct_policy_free(policy);
}

/* ---- texts ---- */

static void a_text_changes_its_base(void **state) {
    (void)state;
    static const char text[] = "\r\n# ours\r\n  base=2025\r\n\n"
                               "name = ours \r\n"
                               "\trole.user_administrator.authorities =   user.administration\n"
                               "pin.length = 8\n"
                               "kdf.memory = 64\n"
                               "testing = 1\n" /* lowers the bound, wherever it stands */
                               "notices =\n"
                               "term.reverify_years = 3";
    nct_policy *policy = NULL;
    nct_policy_problems *problems = NULL;
    assert_int_equal(nct_policy_load(text, strlen(text), &problems, &policy), NCT_OK);
    assert_null(problems);
    assert_string_equal(nct_policy_profile(policy), "ours+testing");
    expect_rule(policy, "role.user_administrator.authorities", "user.administration");
    expect_rule(policy, "role.user_administrator.manages", "user");
    expect_rule(policy, "pin.length", "8");
    expect_rule(policy, "kdf.memory", "64");
    expect_rule(policy, "notices", "");
    expect_rule(policy, "term.reverify_years", "3");
    expect_rule(policy, "term.fl2_days", "30");
    assert_int_equal(nct_policy_check(policy, NULL), NCT_OK);
    expect_to_survive_text(policy);
    nct_policy_free(policy);
}

static void a_base_alone_is_the_dated_profile(void **state) {
    (void)state;
    for (size_t i = 0; i < DATED_COUNT; i++) {
        char text[64];
        nct_policy *policy = NULL;
        nct_policy *wanted = dated(DATED[i]);
        snprintf(text, sizeof text, "base = %s", DATED[i]);
        assert_int_equal(nct_policy_load(text, strlen(text), NULL, &policy), NCT_OK);
        expect_equal(policy, wanted);
        nct_policy_free(policy);
        nct_policy_free(wanted);
    }
}

static void an_empty_text_says_nothing_and_passes_no_check(void **state) {
    (void)state;
    nct_policy *policy = NULL;
    nct_policy_problems *problems = NULL;
    assert_int_equal(nct_policy_load(NULL, 0, &problems, &policy), NCT_OK);
    for (size_t i = 0; i < nct_rule_count(); i++) {
        char value[NCT_RULE_VALUE_MAX];
        assert_int_equal(nct_rule_get(policy, nct_rule_path(i), value, sizeof value, NULL), NCT_OK);
        if (nct_rule_at(i)->kind != &nct_kind_option && nct_rule_at(i)->kind != &nct_kind_yes_no &&
            nct_rule_at(i)->kind != &nct_kind_text)
            assert_string_equal(value, "");
    }
    expect_to_survive_text(policy);
    assert_int_equal(nct_policy_check(policy, &problems), NCT_E_PROFILE);
    assert_true(nct_policy_problems_count(problems) > 20);
    nct_policy_problems_free(problems);
    nct_policy_free(policy);
}

static void problems_of_a_text_tell_line_path_and_word(void **state) {
    (void)state;
    static const char text[] = "base = 2021\n"        /* 1 */
                               "# a comment\n"        /* 2 */
                               "role.user.manages\n"  /* 3 */
                               "no.such = 1\n"        /* 4 */
                               "term.fl2_days = 0\n"  /* 5 */
                               "term.fl2_days = 31\n" /* 6 */
                               "base = 2013\n"        /* 7 */
                               "name = a\x01"
                               "b\n"                                  /* 8 */
                               "# caf\xE9\n"                          /* 9 */
                               "by_two = user_administrator clerk\n"  /* 10 */
                               "pin.length = ten\n"                   /* 11 */
                               "= 3\n"                                /* 12 */
                               "right.33 = pa.submit Order tests.\n"; /* 13 */
    static const struct {
        size_t line;
        nct_status code;
        const char *path, *message;
    } wanted[] = {
        {1, NCT_E_UNKNOWN_VALUE, "base", "(\"2021\")"},
        {3, NCT_E_FORMAT, "", "(\"role.user.manages\")"},
        {4, NCT_E_UNKNOWN_FIELD, "no.such", "no.such: "},
        {5, NCT_E_POLICY, "term.fl2_days", "(\"0\")"},
        {6, NCT_E_DUPLICATE, "term.fl2_days", "already"},
        {7, NCT_E_FORMAT, "base", "not the first line"},
        {8, NCT_E_CHARACTER, "", "character"},
        {9, NCT_E_UTF8, "", "UTF-8"},
        {10, NCT_E_UNKNOWN_VALUE, "by_two", "(\"clerk\")"},
        {11, NCT_E_FORMAT, "pin.length", "(\"ten\")"},
        {12, NCT_E_UNKNOWN_FIELD, "", "no such"},
        {13, NCT_E_DUPLICATE, "right.33", "(\"pa.submit\")"},
    };
    const size_t count = sizeof wanted / sizeof wanted[0];
    nct_policy *policy = NULL;
    nct_policy_problems *problems = NULL;
    assert_int_equal(nct_policy_load(text, strlen(text), &problems, &policy), NCT_E_PROBLEMS);
    assert_null(policy);
    assert_int_equal(nct_policy_problems_count(problems), count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(nct_policy_problems_line(problems, i), wanted[i].line);
        assert_int_equal(nct_policy_problems_code(problems, i), wanted[i].code);
        assert_string_equal(nct_policy_problems_path(problems, i), wanted[i].path);
        assert_non_null(strstr(nct_policy_problems_message(problems, i), wanted[i].message));
    }
    assert_int_equal(nct_policy_problems_line(problems, count), 0);
    assert_int_equal(nct_policy_problems_code(problems, count), NCT_E_ARGUMENT);
    assert_null(nct_policy_problems_path(problems, count));
    assert_null(nct_policy_problems_message(problems, count));
    nct_policy_problems_free(problems);
    assert_int_equal(nct_policy_load(text, strlen(text), NULL, &policy), NCT_E_PROBLEMS);
    assert_int_equal(nct_policy_problems_count(NULL), 0);
    nct_policy_problems_free(NULL);
}

static void texts_have_limits(void **state) {
    (void)state;
    static char text[NCT_POLICY_TEXT_MAX + 2];
    nct_policy *policy = (nct_policy *)text;
    nct_policy_problems *problems = NULL;
    memset(text, '\n', sizeof text);
    assert_int_equal(nct_policy_load(text, NCT_POLICY_TEXT_MAX + 1, &problems, &policy), NCT_E_LIMIT);
    assert_null(policy);
    assert_null(problems);
    assert_int_equal(nct_policy_load(text, NCT_POLICY_TEXT_MAX, &problems, &policy), NCT_OK);
    nct_policy_free(policy);
    memset(text, '#', NCT_RULE_VALUE_MAX);
    assert_int_equal(nct_policy_load(text, sizeof text - 2, NULL, &policy), NCT_OK);
    nct_policy_free(policy);
    memset(text, '#', NCT_RULE_VALUE_MAX + 1);
    assert_int_equal(nct_policy_load(text, sizeof text - 2, &problems, &policy), NCT_E_PROBLEMS);
    assert_int_equal(nct_policy_problems_code(problems, 0), NCT_E_TOO_LONG);
    nct_policy_problems_free(problems);
    assert_int_equal(nct_policy_load("name = a\0b", 10, &problems, &policy), NCT_E_PROBLEMS);
    assert_int_equal(nct_policy_problems_code(problems, 0), NCT_E_NUL);
    nct_policy_problems_free(problems);
    for (size_t i = 0; i < 300; i++)
        memcpy(text + 4 * i, "x=1\n", 4);
    assert_int_equal(nct_policy_load(text, 1200, &problems, &policy), NCT_E_PROBLEMS);
    assert_int_equal(nct_policy_problems_count(problems), 100);
    nct_policy_problems_free(problems);
    assert_int_equal(nct_policy_load(NULL, 1, &problems, &policy), NCT_E_ARGUMENT);
    assert_int_equal(nct_policy_load("", 0, &problems, NULL), NCT_E_ARGUMENT);
    assert_null(problems);
}

/* ---- contradictions ---- */

/* Each is one change of a profile that passed, under a name of its own. */
static const struct {
    const char *base, *text, *path, *reason;
} contradictions[] = {
    {"2013", "role.office_administrator.authorities = enrollment.submit", "role.office_administrator.authorities",
     "nobody could administer"},
    {"2013", "role.office_administrator.manages =", "role.office_administrator.manages", "nobody could be given"},
    {"2013", "role.office_administrator.every_right = no", "role.office_administrator.every_right",
     "no right could ever be granted"},
    {"2013", "role.office_administrator.most = 2", "role.office_administrator.most", "exactly one"},
    {"2013", "role.office_administrator.most =", "role.office_administrator.most", "exactly one"},
    {"2013", "role.office_administrator.from = user", "role.office_administrator.from", "nobody has a role"},
    {"2013", "role.office_administrator.standing = owner", "role.office_administrator.standing", "each kind"},
    {"2013", "role.office_administrator.manages = office_administrator user_administrator user",
     "role.office_administrator.manages", "could give itself"},
    {"2013", "role.user_administrator.manages = office_administrator user", "role.user_administrator.manages",
     "registration"},
    {"2013", "role.user_administrator.manages = user_administrator user", "role.user_administrator.manages",
     "could give itself"},
    {"2022",
     "role.user_administrator.manages = managing_relationship\n"
     "role.managing_relationship.authorities = user.administration pin.reset\n"
     "role.managing_relationship.manages = user_administrator",
     "role.user_administrator.manages", "could give itself, through"},
    {"2025", "role.user_administrator.manages = user managing_relationship", "role.user_administrator.manages",
     "managing_relationship has enrollment.submit"},
    {"2022", /* in two steps: the UA makes an ES, who makes somebody with more than the UA has */
     "role.user_administrator.manages = enrollment_specialist\n"
     "role.enrollment_specialist.authorities = user.administration\n"
     "role.enrollment_specialist.manages = managing_relationship\n"
     "role.managing_relationship.authorities = eft.change",
     "role.user_administrator.manages", "managing_relationship has eft.change"},
    {"2013", "role.user.every_right = yes", "role.user_administrator.manages", "user has every right"},
    {"2013", "role.user.authorities = eft.change", "role.user_administrator.manages", "user has eft.change"},
    {"2013", "role.user.manages = user_administrator", "role.user.manages", "without user.administration"},
    {"2013", "role.enrollment_specialist.authorities = enrollment.prepare", "role.office_administrator.manages",
     "nobody gives the role enrollment_specialist"},
    {"2013", "role.managing_relationship.standing = owner", "role.office_administrator.manages",
     "nobody gives the role managing_relationship"},
    {"2013", "by_two = managing_relationship", "role.office_administrator.manages",
     "nobody gives the role managing_relationship"},
    {"2013", "by_two = office_administrator", "by_two", "not given by users"},
    {"2025", "role.managing_relationship.from = managing_relationship", "role.managing_relationship.from",
     "nobody can come to have"},
    {"2025", "role.managing_relationship.from = office_administrator user_administrator",
     "role.managing_relationship.from", "another role"},
    {"2022",
     "role.managing_relationship.from = enrollment_specialist\n"
     "role.enrollment_specialist.from = managing_relationship",
     "role.enrollment_specialist.from", "nobody can come to have"},
    {"2026", "role.managing_relationship.from = backup_office_administrator", "role.backup_office_administrator.from",
     "nobody can come to have"},
    {"2022", /* whoever gives it does not manage those it builds on, so cannot change what they have */
     "role.office_administrator.manages = user_administrator managing_relationship enrollment_specialist\n"
     "role.managing_relationship.from = user",
     "role.managing_relationship.from", "nobody can come to have"},
    {"2022", "role.managing_relationship.from = user_administrator backup_office_administrator",
     "role.office_administrator.manages", "nobody gives the role backup_office_administrator"},
    {"2026", "role.backup_office_administrator.most =", "role.backup_office_administrator.most", "at most one"},
    {"2026", "role.backup_office_administrator.most = 2", "role.backup_office_administrator.most", "at most one"},
    {"2013", "submission.fl2.needs =", "submission.fl2.needs", "not stated"},
    {"2013", "role.office_administrator.authorities = user.administration enrollment.prepare pin.reset",
     "submission.enrollment.needs", "carries enrollment.submit"},
    {"2026",
     "role.office_administrator.authorities = user.administration enrollment.submit pin.reset eft.change "
     "enrollment.prepare",
     "submission.enrollment.needs", "carries enrollment.initial"},
    {"2013",
     "role.office_administrator.authorities = user.administration enrollment.prepare pin.reset\n"
     "role.enrollment_specialist.authorities = enrollment.submit",
     "submission.enrollment.needs", "carries enrollment.submit"},
    {"2013", "role.office_administrator.manages = user_administrator\nrole.user_administrator.authorities = pin.reset",
     "role.office_administrator.manages", "nobody gives the role user"},
    {"2022", "signer.standing = provider", "signer.standing", "nobody could sign for an organization"},
    {"2013", "office_administrator.individual =", "office_administrator.individual", "nobody could be"},
    {"2013", "office_administrator.atypical =", "office_administrator.atypical", "nobody could be"},
    {"2013", "office_administrator.organization = provider", "office_administrator.organization", "nobody could be"},
    {"2013", "pin.reset.to = registrant", "pin.reset.to", "only a registration"},
    {"2013", "pin.enrollment.to = registrant", "pin.enrollment.to", "only a registration"},
    {"2013", "pin.user_added.to = registrant", "pin.user_added.to", "only a registration"},
    {"2013", "pin.user_added.to =", "pin.user_added.to", "nobody would receive"},
    {"2013", "pin.enrollment.mail =", "pin.enrollment.mail", "no mail"},
    {"2013", "notices = 70 70", "notices", "less than the one before"},
    {"2013", "notice.eft_change = pay_to officers", "notice.eft_change", "neither the Office Administrator nor"},
    {"2013", "notices = 5 20 50 70", "notices", "less than the one before"},
    {"2013", "term.reverify_years =", "term.reverify_years", "not stated"},
    {"2013", "term.contact_days =", "term.contact_days", "not stated"},
};

static int has_problem(const nct_policy_problems *problems, const char *path, const char *reason) {
    for (size_t i = 0; i < nct_policy_problems_count(problems); i++)
        if (strcmp(nct_policy_problems_path(problems, i), path) == 0 &&
            strstr(nct_policy_problems_message(problems, i), reason) != NULL &&
            nct_policy_problems_code(problems, i) == NCT_E_PROFILE)
            return 1;
    return 0;
}

static void contradictions_are_refused_with_their_reason(void **state) {
    (void)state;
    nct_config *config = NULL;
    assert_int_equal(nct_config_new(&config), NCT_OK);
    for (size_t i = 0; i < sizeof contradictions / sizeof contradictions[0]; i++) {
        char text[1024];
        nct_policy *policy = NULL;
        nct_policy_problems *problems = NULL;
        snprintf(text, sizeof text, "base = %s\nname = ours\n%s\n", contradictions[i].base, contradictions[i].text);
        assert_int_equal(nct_policy_load(text, strlen(text), NULL, &policy), NCT_OK);
        nct_status status = nct_policy_check(policy, &problems);
        if (!has_problem(problems, contradictions[i].path, contradictions[i].reason))
            print_error("%zu: %s\n%s\n", i, contradictions[i].text, nct_policy_problems_message(problems, 0));
        assert_true(has_problem(problems, contradictions[i].path, contradictions[i].reason));
        assert_int_equal(status, NCT_E_PROFILE);
        assert_int_equal(nct_policy_check(policy, NULL), NCT_E_PROFILE);
        assert_int_equal(nct_config_set_policy(config, policy), NCT_E_PROFILE);
        for (size_t j = 0; j < nct_policy_problems_count(problems); j++) {
            const char *path = nct_policy_problems_path(problems, j);
            assert_true(nct_rule_place(path, strlen(path)) < nct_rule_count());
        }
        nct_policy_problems_free(problems);
        expect_to_survive_text(policy);
        nct_policy_free(policy);
    }
    nct_config_free(config);
    assert_int_equal(nct_policy_check(NULL, NULL), NCT_E_ARGUMENT);
}

static nct_status take_profile(nct_config *config, const char *text, size_t len, nct_policy_problems **problems) {
    nct_policy *policy = NULL;
    nct_status status = nct_policy_load(text, len, problems, &policy);
    if (status == NCT_OK)
        status = nct_policy_check(policy, problems);
    if (status == NCT_OK)
        status = nct_config_set_policy(config, policy);
    nct_policy_free(policy);
    return status;
}

static void a_portal_takes_a_loaded_profile(void **state) {
    (void)state;
    static char text[ROOM];
    nct_policy_problems *problems = NULL;
    nct_config *config = NULL;
    FILE *file = fopen(NCT_TESTS_DIR "/../examples/profiles/stricter.profile", "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    assert_int_equal(nct_config_new(&config), NCT_OK);
    assert_int_equal(take_profile(config, text, len, &problems), NCT_OK);
    assert_null(problems);
    assert_int_equal(take_profile(config, "name = ours", 11, &problems), NCT_E_PROFILE);
    nct_policy_problems_free(problems);
    assert_int_equal(take_profile(config, "name : ours", 11, &problems), NCT_E_PROBLEMS);
    nct_policy_problems_free(problems);
    nct_config_free(config);
}

static void unusual_profiles_that_hold_together_pass(void **state) {
    (void)state;
    static const char *const texts[] = {
        "base = 2013\nname = ours\nnotices =\n",
        "base = 2013\nname = ours\nnotices = 30\n",
        ("base = 2013\nname = ours\nrole.office_administrator.manages = user\nrole.user_administrator.authorities =\n"
         "role.user_administrator.manages =\n"),
        "base = 2026\nname = ours\nby_two = user_administrator backup_office_administrator\n",
        "base = 2022\nname = ours\nsigner.standing = owner\n",
        "base = 2022\nname = ours\nsigner.standing = managing_relationship\n", /* one may be that and an owner */
        "base = 2022\nname = ours\nrole.managing_relationship.from = user\nrole.managing_relationship.most = 3\n",
        "base = 2013\nname = ours\nrole.user.standing = owner\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        nct_policy *policy = NULL;
        nct_policy_problems *problems = NULL;
        assert_int_equal(nct_policy_load(texts[i], strlen(texts[i]), NULL, &policy), NCT_OK);
        nct_status status = nct_policy_check(policy, &problems);
        if (status != NCT_OK)
            print_error("%s%s\n", texts[i], nct_policy_problems_message(problems, 0));
        assert_int_equal(status, NCT_OK);
        nct_policy_problems_free(problems);
        nct_policy_free(policy);
    }
}

/* A signed record names the profile: the name of a dated one stands for its rules. */
static void a_changed_copy_needs_a_name_of_its_own(void **state) {
    (void)state;
    nct_policy *policy = dated("2025");
    nct_policy_problems *problems = NULL;
    nct_config *config = NULL;
    assert_int_equal(nct_config_new(&config), NCT_OK);
    assert_int_equal(set(policy, "pin.length", "8"), NCT_OK); /* options are not part of the dated rules */
    assert_int_equal(set(policy, "right.32", "lab.order Order tests."), NCT_OK);
    assert_int_equal(nct_config_set_policy(config, policy), NCT_OK);
    assert_int_equal(set(policy, "term.fl2_days", "31"), NCT_OK);
    assert_int_equal(nct_policy_check(policy, &problems), NCT_E_PROFILE);
    assert_true(has_problem(problems, "name", "dated profile"));
    nct_policy_problems_free(problems);
    assert_int_equal(nct_config_set_policy(config, policy), NCT_E_PROFILE);
    assert_int_equal(set(policy, "name", "2013"), NCT_OK);
    assert_int_equal(nct_policy_check(policy, NULL), NCT_E_PROFILE);
    assert_int_equal(set(policy, "name", ""), NCT_OK);
    assert_int_equal(nct_policy_check(policy, &problems), NCT_E_PROFILE);
    assert_true(has_problem(problems, "name", "no name"));
    nct_policy_problems_free(problems);
    assert_int_equal(set(policy, "name", "2025-ours"), NCT_OK);
    assert_int_equal(nct_config_set_policy(config, policy), NCT_OK);
    assert_int_equal(set(policy, "name", "2025"), NCT_OK);
    assert_int_equal(set(policy, "term.fl2_days", "30"), NCT_OK);
    assert_int_equal(nct_config_set_policy(config, policy), NCT_OK);
    nct_config_free(config);
    nct_policy_free(policy);
}

/* ---- tables for people ---- */

static void print_shows_every_rule_that_is_no_role(void **state) {
    (void)state;
    static char text[ROOM];
    size_t len = 0, needed = 0;
    for (size_t i = 0; i < DATED_COUNT; i++) {
        nct_policy *policy = dated(DATED[i]);
        assert_int_equal(nct_policy_print(policy, text, sizeof text, &len), NCT_OK);
        assert_int_equal(strlen(text), len);
        assert_int_equal(strstr(text, "| enrollment_specialist |") != NULL, i > 0);
        assert_int_equal(strstr(text, "| backup_office_administrator |") != NULL, i == 3);
        for (size_t j = 0; j < nct_rule_count(); j++)
            if (nct_rule_at(j)->kind == &nct_kind_option || strncmp(nct_rule_path(j), "term.", 5) == 0)
                assert_non_null(strstr(text, nct_rule_path(j)));
        assert_int_equal(nct_policy_print(policy, text, len, &needed), NCT_E_BUFFER);
        assert_int_equal(needed, len);
        assert_string_equal(text, "");
        nct_policy_free(policy);
    }
    assert_int_equal(nct_policy_print(NULL, text, sizeof text, &len), NCT_E_ARGUMENT);
    nct_policy *policy = dated("2013");
    assert_int_equal(nct_policy_print(policy, NULL, 1, &len), NCT_E_ARGUMENT);
    assert_int_equal(set(policy, "right.32", "lab.order Order | <b>tests</b>"), NCT_OK);
    assert_int_equal(nct_policy_print(policy, text, sizeof text, &len), NCT_OK);
    assert_non_null(strstr(text, "| lab.order | Order \\| \\<b>tests\\</b> |"));
    nct_policy_free(policy);
}

/* ---- at random ---- */

static void append(char *value, size_t room, const char *word) {
    size_t len = strlen(value);
    snprintf(value + len, room - len, "%s%s", len > 0 ? " " : "", word);
}

static void random_value(size_t place, char *value, size_t room) {
    int64_t least = 0, most = 0;
    char number[32];
    value[0] = '\0';
    if (nct_rule_bounds(place, &least, &most) != NCT_OK)
        least = most = 0;
    if (nct_rule_word(place, 0) != NULL) {
        int one = strcmp(nct_rule_type(place), "choice") == 0;
        for (size_t i = 0; nct_rule_word(place, i) != NULL; i++)
            if (below(one ? 2 : 3) == 0 && (!one || value[0] == '\0'))
                append(value, room, nct_rule_word(place, i));
    } else if (strncmp(nct_rule_type(place), "number", 6) == 0) {
        for (size_t i = strcmp(nct_rule_type(place), "numbers") == 0 ? below(5) : 1; i > 0; i--) {
            snprintf(number, sizeof number, "%lld", (long long)(least + (int64_t)below((size_t)(most - least + 1))));
            append(value, room, number);
        }
    } else {
        static const char *const words[] = {
            "", "x", "2013", "no", "pa.submit", "a.b One.", "c.d Two, too.", "no A right.", "eft.change", "a.b", "yes"};
        append(value, room, words[below(sizeof words / sizeof words[0])]);
    }
}

static void random_policies_survive_text_check_and_print(void **state) {
    (void)state;
    static char text[ROOM];
    size_t set_count = 0;
    for (int i = 0; i < 3000; i++) {
        nct_policy *policy = dated(DATED[below(DATED_COUNT)]);
        for (size_t edits = 1 + below(i % 2 == 0 ? 6 : 200); edits > 0; edits--) {
            char value[NCT_RULE_VALUE_MAX];
            size_t place = below(nct_rule_count());
            random_value(place, value, sizeof value);
            set_count += set(policy, nct_rule_path(place), value) == NCT_OK;
        }
        nct_policy_problems *problems = NULL;
        nct_status status = nct_policy_check(policy, &problems);
        assert_int_equal(status == NCT_OK, problems == NULL);
        nct_policy_problems_free(problems);
        assert_int_equal(nct_policy_print(policy, text, sizeof text, NULL), NCT_OK);
        expect_to_survive_text(policy);
        nct_policy_free(policy);
    }
    assert_true(set_count > 100000);
}

static size_t mutate(char *copy, size_t len, const char *text) {
    size_t at = below(len), from = below(len), count = below(20);
    const char *line_end = memchr(copy + at, '\n', len - at);
    switch (below(5)) {
    case 0:
        copy[at] = (char)below(256);
        return len;
    case 1:
        copy[at] = copy[from];
        return len;
    case 2:
        memmove(copy + at, copy + at + 1, len - at - 1);
        return len - 1;
    case 3: /* a piece over another place */
        memcpy(copy + at, text + from, at + count < len && from + count < len ? count : 0);
        return len;
    default: /* a whole line taken out */
        if (line_end == NULL)
            return len;
        while (at > 0 && copy[at - 1] != '\n')
            at--;
        memmove(copy + at, line_end, len - (size_t)(line_end - copy));
        return len - (size_t)(line_end - (copy + at));
    }
}

/* What is taken is what is written: whatever loads survives being saved. */
static void mutated_texts_are_refused_or_taken_whole(void **state) {
    (void)state;
    static char text[ROOM], copy[ROOM];
    size_t taken = 0, refused = 0;
    for (int i = 0; i < 4000; i++) {
        nct_policy *policy = dated(DATED[below(DATED_COUNT)]);
        size_t len = 0;
        save(policy, text, &len);
        nct_policy_free(policy);
        memcpy(copy, text, len);
        for (size_t edits = 1 + below(3); edits > 0; edits--)
            len = mutate(copy, len, text);
        nct_policy_problems *problems = NULL;
        nct_status status = nct_policy_load(copy, len, &problems, &policy);
        assert_true(status == NCT_OK || status == NCT_E_PROBLEMS);
        assert_int_equal(status == NCT_OK, problems == NULL);
        assert_int_equal(status == NCT_OK, policy != NULL);
        if (policy != NULL)
            expect_to_survive_text(policy);
        taken += policy != NULL;
        refused += policy == NULL;
        nct_policy_free(policy);
        nct_policy_problems_free(problems);
    }
    assert_true(taken > 200 && refused > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_changed),
        cmocka_unit_test(every_rule_of_a_profile_has_a_path),
        cmocka_unit_test(paths_are_made_of_the_vocabulary),
        cmocka_unit_test(every_word_of_the_table_is_taken),
        cmocka_unit_test(the_longest_policy_survives_text),
        cmocka_unit_test(numbers_keep_their_bounds),
        cmocka_unit_test(dated_profiles_say_what_their_sources_say),
        cmocka_unit_test(dated_profiles_pass_and_survive_text),
        cmocka_unit_test(setting_refuses_and_names_what_is_wrong),
        cmocka_unit_test(setting_makes_values_canonical),
        cmocka_unit_test(texts_of_the_portals_own_are_checked),
        cmocka_unit_test(getting_tells_the_needed_length),
        cmocka_unit_test(host_rights_are_part_of_the_text),
        cmocka_unit_test(names_that_read_like_nothing_are_kept),
        cmocka_unit_test(a_text_changes_its_base),
        cmocka_unit_test(a_base_alone_is_the_dated_profile),
        cmocka_unit_test(an_empty_text_says_nothing_and_passes_no_check),
        cmocka_unit_test(problems_of_a_text_tell_line_path_and_word),
        cmocka_unit_test(texts_have_limits),
        cmocka_unit_test(contradictions_are_refused_with_their_reason),
        cmocka_unit_test(a_portal_takes_a_loaded_profile),
        cmocka_unit_test(unusual_profiles_that_hold_together_pass),
        cmocka_unit_test(a_changed_copy_needs_a_name_of_its_own),
        cmocka_unit_test(print_shows_every_rule_that_is_no_role),
        cmocka_unit_test(random_policies_survive_text_check_and_print),
        cmocka_unit_test(mutated_texts_are_refused_or_taken_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
