#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/ident.h>

struct verdict {
    const char *text;
    nct_status status;
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Checks a copy without a byte to spare, so that reading past the end is seen by the sanitizer. */
static nct_status check_bytes(int32_t kind, const char *bytes, size_t len) {
    char *copy = malloc(len > 0 ? len : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    nct_status status = nct_ident_check(kind, copy, len);
    free(copy);
    return status;
}

static nct_status check(int32_t kind, const char *text) {
    return check_bytes(kind, text, strlen(text));
}

static void assert_status(int32_t kind, const char *text, nct_status expected) {
    nct_status status = check(kind, text);
    if (status != expected)
        fail_msg("%s \"%s\": %s, expected %s", nct_ident_kind_name(kind), text, nct_status_name(status),
                 nct_status_name(expected));
}

static void assert_verdicts(int32_t kind, const struct verdict *verdicts, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_status(kind, verdicts[i].text, verdicts[i].status);
}

static void assert_canonical(int32_t kind, const char *text, const char *expected) {
    char out[NCT_IDENT_CANONICAL_MAX + 1];
    size_t len = 0;
    assert_int_equal(nct_ident_canonical(kind, text, strlen(text), out, sizeof out, &len), NCT_OK);
    assert_string_equal(out, expected);
    assert_int_equal(len, strlen(expected));
}

static void assert_mask(int32_t kind, const char *text, const char *expected) {
    char out[NCT_IDENT_CANONICAL_MAX + 1];
    size_t len = 0;
    assert_int_equal(nct_ident_mask(kind, text, strlen(text), out, sizeof out, &len), NCT_OK);
    assert_string_equal(out, expected);
    assert_int_equal(len, strlen(expected));
}

/* Valid samples of every kind, in as many spellings as there are. */
static const struct sample {
    int32_t kind;
    const char *text;
} samples[] = {
    {NCT_IDENT_NPI, "1234567893"},
    {NCT_IDENT_NPI, "2000000002"},
    {NCT_IDENT_ATYPICAL_ID, "a1b2c3"},
    {NCT_IDENT_ATYPICAL_ID, "1234567890"},
    {NCT_IDENT_ATYPICAL_ID, "7"},
    {NCT_IDENT_NCID, "Jane.Doe_1-x"},
    {NCT_IDENT_NCID, "abcdef"},
    {NCT_IDENT_EIN, "12-3456789"},
    {NCT_IDENT_EIN, "123456789"},
    {NCT_IDENT_SSN, "123-45-6789"},
    {NCT_IDENT_SSN, "123456789"},
    {NCT_IDENT_ITIN, "912-90-3456"},
    {NCT_IDENT_ITIN, "912903456"},
    {NCT_IDENT_ATIN, "912-93-4567"},
    {NCT_IDENT_ATIN, "912934567"},
    {NCT_IDENT_ABA, "123456780"},
    {NCT_IDENT_BANK_ACCOUNT, "0a-12 34"},
    {NCT_IDENT_BANK_ACCOUNT, "12345678901234567"},
    {NCT_IDENT_BANK_ACCOUNT, "7"},
    {NCT_IDENT_EMAIL, "Some.Body+x@Mail.Example.ORG"},
    {NCT_IDENT_EMAIL, "x@example.co"},
    {NCT_IDENT_PHONE, "+1 (919) 555-0123"},
    {NCT_IDENT_PHONE, "9195550123"},
    {NCT_IDENT_ZIP, "27601"},
    {NCT_IDENT_ZIP, "27601-1234"},
    {NCT_IDENT_ZIP, "276011234"},
    {NCT_IDENT_PROVIDER_ID, "1234567893"},
    {NCT_IDENT_PROVIDER_ID, "ab12"},
    {NCT_IDENT_TAX_ID, "12-3456789"},
    {NCT_IDENT_TAX_ID, "123-45-6789"},
};

/* ---- NPI ---- */

static void npi_of_cms_example_is_valid(void **state) {
    (void)state;
    static const char *const valid[] = {"1234567893", "1000000004", "2000000002", "1999999984"};
    for (size_t i = 0; i < COUNT(valid); i++)
        assert_status(NCT_IDENT_NPI, valid[i], NCT_OK);
}

static void npi_tells_what_is_wrong(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"", NCT_E_EMPTY},
        {"123456789", NCT_E_TOO_SHORT},
        {"12345678931", NCT_E_TOO_LONG},
        {"808401234567893", NCT_E_TOO_LONG},
        {"123456789A", NCT_E_CHARACTER},
        {"1234567893 ", NCT_E_CHARACTER},
        {"123456789/", NCT_E_CHARACTER},
        {"123456789:", NCT_E_CHARACTER},
        {"12345678.0", NCT_E_CHARACTER},
        {"1234567890", NCT_E_CHECK_DIGIT},
        {"0000000006", NCT_E_RANGE},
    };
    assert_verdicts(NCT_IDENT_NPI, verdicts, COUNT(verdicts));
}

static void npi_with_right_check_digit_needs_first_digit_1_or_2(void **state) {
    (void)state;
    static const char twice[] = "0246813579";
    for (char first = '0'; first <= '9'; first++) {
        int sum = 24 + (twice[first - '0'] - '0');
        char text[11] = "0000000000";
        text[0] = first;
        text[9] = (char)('0' + (10 - sum % 10) % 10);
        assert_status(NCT_IDENT_NPI, text, first == '1' || first == '2' ? NCT_OK : NCT_E_RANGE);
    }
}

static void npi_check_digit_counts_the_prefix_80840(void **state) {
    (void)state;
    assert_status(NCT_IDENT_NPI, "1000000008", NCT_E_CHECK_DIGIT); /* right without the constant 24 */
    assert_status(NCT_IDENT_NPI, "1000000006", NCT_E_CHECK_DIGIT); /* the sum itself, not its complement */
    assert_status(NCT_IDENT_NPI, "1234567898", NCT_E_CHECK_DIGIT); /* right with the prefix 80480 */
}

static void npi_refuses_every_single_digit_substitution(void **state) {
    (void)state;
    static const char valid[] = "1234567893";
    for (size_t place = 0; place < 10; place++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char text[11];
            memcpy(text, valid, sizeof text);
            text[place] = digit;
            bool same = digit == valid[place];
            nct_status wrong = place == 0 && digit != '2' ? NCT_E_RANGE : NCT_E_CHECK_DIGIT;
            assert_status(NCT_IDENT_NPI, text, same ? NCT_OK : wrong);
        }
    }
}

static void atypical_id_is_not_an_npi(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"", NCT_E_EMPTY},
        {"A", NCT_OK},
        {"abcdefghij", NCT_OK},
        {"abcdefghijk", NCT_E_TOO_LONG},
        {"1234567893", NCT_E_FORMAT},
        {"1234567894", NCT_OK},
        {"AB-1", NCT_E_CHARACTER},
        {" AB1", NCT_E_CHARACTER},
    };
    assert_verdicts(NCT_IDENT_ATYPICAL_ID, verdicts, COUNT(verdicts));
}

/* ---- ABA ---- */

static bool is_assigned_aba_prefix(int prefix) {
    return prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix == 80;
}

static void aba_needs_an_assigned_prefix(void **state) {
    (void)state;
    for (int prefix = 0; prefix < 100; prefix++) {
        int sum = 3 * (prefix / 10) + 7 * (prefix % 10) + 1;
        char text[32];
        snprintf(text, sizeof text, "%02d100000%d", prefix, (10 - sum % 10) % 10);
        assert_status(NCT_IDENT_ABA, text, is_assigned_aba_prefix(prefix) ? NCT_OK : NCT_E_RANGE);
    }
}

static void aba_tells_what_is_wrong(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"123456780", NCT_OK},
        {"123456789", NCT_E_CHECK_DIGIT},
        {"000000000", NCT_E_NEVER_VALID},
        {"0123456780", NCT_E_TOO_LONG}, /* passes where only the last nine digits are weighed */
        {"12345678000", NCT_E_TOO_LONG},
        {"21000021", NCT_E_TOO_SHORT}, /* would be valid with a zero before it */
        {" 123456780", NCT_E_CHARACTER},
        {"123456780\n", NCT_E_CHARACTER},
        {"1234-56780", NCT_E_CHARACTER},
        {"", NCT_E_EMPTY},
    };
    assert_verdicts(NCT_IDENT_ABA, verdicts, COUNT(verdicts));
    assert_status(NCT_IDENT_ABA, "021000021", NCT_OK);
}

static void aba_refuses_every_single_digit_substitution(void **state) {
    (void)state;
    static const char valid[] = "123456780";
    for (size_t place = 0; place < 9; place++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char text[10];
            memcpy(text, valid, sizeof text);
            text[place] = digit;
            assert_int_equal(check(NCT_IDENT_ABA, text) == NCT_OK, digit == valid[place]);
        }
    }
}

/* ---- tax numbers ---- */

static void ein_needs_a_prefix_of_the_irs(void **state) {
    (void)state;
    static const char unassigned[] = "00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97";
    for (int prefix = 0; prefix < 100; prefix++) {
        char text[32], two[16];
        snprintf(two, sizeof two, "%02d", prefix);
        snprintf(text, sizeof text, "%s1234567", two);
        nct_status expected = strstr(unassigned, two) != NULL ? NCT_E_RANGE : NCT_OK;
        assert_status(NCT_IDENT_EIN, text, expected);
        snprintf(text, sizeof text, "%s-1234567", two);
        assert_status(NCT_IDENT_EIN, text, expected);
    }
}

static void ein_takes_a_dash_at_one_place_only(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"12-3456789", NCT_OK},          {"123-456789", NCT_E_FORMAT},
        {"123-45-6789", NCT_E_FORMAT},   {"12--3456789", NCT_E_FORMAT},
        {"-123456789", NCT_E_FORMAT},    {"123456789-", NCT_E_FORMAT},
        {"12-345-6789", NCT_E_FORMAT},   {"12 3456789", NCT_E_CHARACTER},
        {"12.3456789", NCT_E_CHARACTER}, {"12\342\200\2233456789", NCT_E_CHARACTER},
        {"12-345678", NCT_E_TOO_SHORT},  {"12-34567890", NCT_E_TOO_LONG},
        {"---------", NCT_E_TOO_SHORT},  {"12345678A", NCT_E_CHARACTER},
    };
    assert_verdicts(NCT_IDENT_EIN, verdicts, COUNT(verdicts));
}

static void ssn_refuses_what_ssa_never_assigns(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"000-45-6789", NCT_E_RANGE},
        {"001-45-6789", NCT_OK},
        {"665-45-6789", NCT_OK},
        {"666-45-6789", NCT_E_RANGE},
        {"667-45-6789", NCT_OK},
        {"899-45-6789", NCT_OK},
        {"900-45-6789", NCT_E_RANGE},
        {"999-45-6789", NCT_E_RANGE},
        {"123-00-6789", NCT_E_RANGE},
        {"123-01-6789", NCT_OK},
        {"123-45-0000", NCT_E_RANGE},
        {"123450000", NCT_E_RANGE},
        {"123-45-0001", NCT_OK},
        {"987-65-4320", NCT_E_RANGE},
        {"078-05-1120", NCT_E_NEVER_VALID},
        {"078051120", NCT_E_NEVER_VALID},
        {"219-09-9999", NCT_E_NEVER_VALID},
        {"457-55-5462", NCT_E_NEVER_VALID},
        {"078-05-1121", NCT_OK},
        {"111-11-1111", NCT_OK},
    };
    assert_verdicts(NCT_IDENT_SSN, verdicts, COUNT(verdicts));
}

static void ssn_takes_both_dashes_or_none(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"123-456789", NCT_E_FORMAT},     {"12345-6789", NCT_E_FORMAT},      {"1232-45678", NCT_E_FORMAT},
        {"123--45-6789", NCT_E_FORMAT},   {"123-45-6789-", NCT_E_FORMAT},    {"1-2-3456789", NCT_E_FORMAT},
        {"123 45 6789", NCT_E_CHARACTER}, {" 123-45-6789", NCT_E_CHARACTER}, {"123-45-678", NCT_E_TOO_SHORT},
        {"123-45-67890", NCT_E_TOO_LONG},
    };
    assert_verdicts(NCT_IDENT_SSN, verdicts, COUNT(verdicts));
}

static bool is_itin_group(int group) {
    return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) || group >= 94;
}

static void itin_and_atin_share_the_groups_of_the_irs(void **state) {
    (void)state;
    for (int group = 0; group < 100; group++) {
        char bare[32], dashed[32];
        snprintf(bare, sizeof bare, "912%02d3456", group);
        snprintf(dashed, sizeof dashed, "912-%02d-3456", group);
        nct_status itin = is_itin_group(group) ? NCT_OK : NCT_E_RANGE;
        nct_status atin = group == 93 ? NCT_OK : NCT_E_RANGE;
        assert_status(NCT_IDENT_ITIN, bare, itin);
        assert_status(NCT_IDENT_ITIN, dashed, itin);
        assert_status(NCT_IDENT_ATIN, bare, atin);
        assert_status(NCT_IDENT_ATIN, dashed, atin);
    }
}

static void itin_and_atin_begin_with_9(void **state) {
    (void)state;
    static const struct verdict itin[] = {{"899903456", NCT_E_RANGE}, {"912-903456", NCT_E_FORMAT}};
    static const struct verdict atin[] = {{"899934567", NCT_E_RANGE},
                                          {"123456789", NCT_E_RANGE},
                                          {"123-93-4567", NCT_E_RANGE},
                                          {"9129345", NCT_E_TOO_SHORT}};
    assert_verdicts(NCT_IDENT_ITIN, itin, COUNT(itin));
    assert_verdicts(NCT_IDENT_ATIN, atin, COUNT(atin));
}

/* ---- the others ---- */

static void ncid_has_6_to_20_of_its_characters(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"abcde", NCT_E_TOO_SHORT},
        {"abcdef", NCT_OK},
        {"a.b_c-d1", NCT_OK},
        {"abcdefghijklmnopqrst", NCT_OK},
        {"abcdefghijklmnopqrstu", NCT_E_TOO_LONG},
        {"abc def", NCT_E_CHARACTER},
        {"abcdef@", NCT_E_CHARACTER},
        {"", NCT_E_EMPTY},
        {"abcd\303\251fg", NCT_E_CHARACTER},
    };
    assert_verdicts(NCT_IDENT_NCID, verdicts, COUNT(verdicts));
}

static void bank_account_has_separators_inside_only(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"1", NCT_OK},
        {"12-34 AB", NCT_OK},
        {"12345678901234567", NCT_OK},
        {"123456789012345678", NCT_E_TOO_LONG},
        {"-12", NCT_E_FORMAT},
        {"12-", NCT_E_FORMAT},
        {" 12", NCT_E_FORMAT},
        {"12 ", NCT_E_FORMAT},
        {"-", NCT_E_FORMAT},
        {" ", NCT_E_FORMAT},
        {"12.3", NCT_E_CHARACTER},
        {"12\t3", NCT_E_CHARACTER},
        {"", NCT_E_EMPTY},
    };
    assert_verdicts(NCT_IDENT_BANK_ACCOUNT, verdicts, COUNT(verdicts));
}

static void email_is_one_plain_address(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"a@example.org", NCT_OK},
        {"o'neil+x_y-z@sub.example.org", NCT_OK},
        {"a@xn--bcher-kva.example", NCT_OK},
        {"a@example.xn--p1ai", NCT_OK},
        {"a@example", NCT_E_FORMAT},
        {"a@", NCT_E_FORMAT},
        {"@example.org", NCT_E_FORMAT},
        {"@", NCT_E_FORMAT},
        {"a", NCT_E_FORMAT},
        {"a@b@example.org", NCT_E_FORMAT},
        {".a@example.org", NCT_E_FORMAT},
        {"a.@example.org", NCT_E_FORMAT},
        {"a..b@example.org", NCT_E_FORMAT},
        {"a@example.org.", NCT_E_FORMAT},
        {"a@.example.org", NCT_E_FORMAT},
        {"a@example..org", NCT_E_FORMAT},
        {"a@-example.org", NCT_E_FORMAT},
        {"a@example-.org", NCT_E_FORMAT},
        {"a@example.o", NCT_E_FORMAT},
        {"a@example.o-g", NCT_E_FORMAT},
        {"a@192.0.2.1", NCT_E_FORMAT},
        {"a@[192.0.2.1]", NCT_E_CHARACTER},
        {"a@exa_mple.org", NCT_E_CHARACTER},
        {"\"a\"@example.org", NCT_E_CHARACTER},
        {"a(b)@example.org", NCT_E_CHARACTER},
        {"a@example.org ", NCT_E_CHARACTER},
        {" a@example.org", NCT_E_CHARACTER},
        {"a@example.org\r\nBcc: b@example.org", NCT_E_CHARACTER},
        {"a\x7F@example.org", NCT_E_CHARACTER},
        {"a@\xEF\xBD\x87.org", NCT_E_CHARACTER},
        {"", NCT_E_EMPTY},
    };
    assert_verdicts(NCT_IDENT_EMAIL, verdicts, COUNT(verdicts));
}

/* Writes an address of these lengths; the domain is of labels of up to 63 bytes and ends in ".org". */
static void make_email(char *out, size_t local, size_t domain) {
    memset(out, 'a', local);
    out[local] = '@';
    char *labels = out + local + 1;
    memset(labels, 'b', domain);
    for (size_t i = 63; i + 5 < domain; i += 64)
        labels[i] = '.';
    memcpy(labels + domain - 4, ".org", 5);
}

static void email_keeps_the_lengths_of_rfc_5321(void **state) {
    (void)state;
    char text[300];
    make_email(text, 64, 20);
    assert_status(NCT_IDENT_EMAIL, text, NCT_OK);
    make_email(text, 65, 20);
    assert_status(NCT_IDENT_EMAIL, text, NCT_E_TOO_LONG);
    make_email(text, 64, 189);
    assert_int_equal(strlen(text), 254);
    assert_status(NCT_IDENT_EMAIL, text, NCT_OK);
    make_email(text, 64, 190);
    assert_status(NCT_IDENT_EMAIL, text, NCT_E_TOO_LONG);
    make_email(text, 1, 67);
    assert_status(NCT_IDENT_EMAIL, text, NCT_OK);
    make_email(text, 1, 68);
    assert_status(NCT_IDENT_EMAIL, text, NCT_E_TOO_LONG);
}

static void phone_takes_the_usual_punctuation(void **state) {
    (void)state;
    static const char *const spellings[] = {
        "9195550123",      "919-555-0123",      "919.555.0123",   "919 555 0123", "(919) 555-0123",
        "(919)555-0123",   "1 919 555 0123",    "1-919-555-0123", "19195550123",  "+19195550123",
        "+1 919-555-0123", "+1 (919) 555-0123", "1(919)555-0123", "919-5550123",
    };
    for (size_t i = 0; i < COUNT(spellings); i++)
        assert_canonical(NCT_IDENT_PHONE, spellings[i], "9195550123");
}

static void phone_refuses_other_shapes(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"919555012", NCT_E_TOO_SHORT},        {"555-0123", NCT_E_TOO_SHORT},     {"+", NCT_E_TOO_SHORT},
        {"91955501234", NCT_E_TOO_LONG},       {"+449195550123", NCT_E_TOO_LONG}, {"+29195550123", NCT_E_FORMAT},
        {"+9195550123", NCT_E_FORMAT},         {"+1+9195550123", NCT_E_FORMAT},   {"(9195550123", NCT_E_FORMAT},
        {"919)5550123", NCT_E_FORMAT},         {"(919 555-0123", NCT_E_FORMAT},   {"(919) (555)0123", NCT_E_FORMAT},
        {"919--555-0123", NCT_E_FORMAT},       {"91-95-550123", NCT_E_FORMAT},    {"919-555-0123-", NCT_E_FORMAT},
        {" 919-555-0123", NCT_E_FORMAT},       {"9195550123 ", NCT_E_FORMAT},     {"9195550123x", NCT_E_CHARACTER},
        {"9195550123 ext 4", NCT_E_CHARACTER}, {"919/555/0123", NCT_E_CHARACTER}, {"", NCT_E_EMPTY},
    };
    assert_verdicts(NCT_IDENT_PHONE, verdicts, COUNT(verdicts));
}

static bool is_open_area(int area) {
    bool reserved = area / 10 % 10 == 9 || area / 10 == 37 || area / 10 == 96;
    return area >= 200 && area % 100 != 11 && !reserved;
}

static void phone_area_and_exchange_follow_nanpa(void **state) {
    (void)state;
    for (int code = 0; code < 1000; code++) {
        char text[32];
        snprintf(text, sizeof text, "%03d5550123", code);
        assert_status(NCT_IDENT_PHONE, text, is_open_area(code) ? NCT_OK : NCT_E_RANGE);
        snprintf(text, sizeof text, "919%03d0123", code);
        assert_status(NCT_IDENT_PHONE, text, code >= 200 && code % 100 != 11 ? NCT_OK : NCT_E_RANGE);
    }
}

/* In words of the FCC: 800, 833, 844, 855, 866, 877 and 888. No area has an exchange N11; these do. */
static void toll_free_numbers_have_every_exchange_from_200(void **state) {
    (void)state;
    static const char *const codes[] = {"800", "833", "844", "855", "866", "877", "888"};
    static const char *const areas[] = {"919", "808", "822", "889", "880"};
    char text[32];
    for (size_t i = 0; i < COUNT(codes); i++)
        for (int exchange = 0; exchange < 1000; exchange++) {
            snprintf(text, sizeof text, "1-%s-%03d-0100", codes[i], exchange);
            assert_status(NCT_IDENT_PHONE, text, exchange >= 200 ? NCT_OK : NCT_E_RANGE);
        }
    for (size_t i = 0; i < COUNT(areas); i++)
        for (int first = 2; first <= 9; first++) {
            snprintf(text, sizeof text, "%s-%d11-0100", areas[i], first);
            assert_status(NCT_IDENT_PHONE, text, NCT_E_RANGE);
        }
    assert_canonical(NCT_IDENT_PHONE, "1-855-211-0100", "8552110100");
    assert_canonical(NCT_IDENT_PHONE, "1-800-211-4511", "8002114511");
}

static void assert_plain(const char *text, const char *plain) {
    char copy[64];
    size_t len = strlen(text);
    memcpy(copy, text, len);
    size_t count = nct_ident_plain(copy, len);
    assert_int_equal(count, strlen(plain));
    assert_memory_equal(copy, plain, count);
    for (size_t i = count; i < len; i++)
        assert_int_equal(copy[i], 0);
}

/* What is pasted from a document or a web page: C7. Checks stay strict. */
static void typographic_dashes_and_spaces_become_plain_ones(void **state) {
    (void)state;
    static const char *const dashes[] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93",
                                         "\xE2\x80\x94", "\xE2\x80\x95", "\xE2\x88\x92"};
    static const char *const spaces[] = {"\xC2\xA0",     "\xE2\x80\x80", "\xE2\x80\x87", "\xE2\x80\x89",
                                         "\xE2\x80\x8A", "\xE2\x80\xAF", "\xE2\x81\x9F"};
    char text[64];
    for (size_t i = 0; i < COUNT(dashes); i++) {
        snprintf(text, sizeof text, "+1%s(919)%s555%s0123", spaces[i], spaces[i], dashes[i]);
        assert_status(NCT_IDENT_PHONE, text, NCT_E_CHARACTER);
        assert_plain(text, "+1 (919) 555-0123");
        snprintf(text, sizeof text, "%sjane%sdoe%s", spaces[i], dashes[i], dashes[i]);
        assert_plain(text, " jane-doe-");
    }
    assert_int_equal(nct_ident_plain(NULL, 0), 0);
}

/* Nobody sees them, or they stand for something else. */
static void other_invisible_characters_stay_as_they_are(void **state) {
    (void)state;
    static const char *const others[] = {"\xE2\x80\x8B", "\xE2\x80\x8D", "\xE2\x80\x8F", "\xE2\x80\x96",
                                         "\xE2\x80\xAE", "\xE2\x81\xA0", "\xEF\xBB\xBF", "\xC2\xAD",
                                         "\xE2\x80",     "\xE2",         "\xC2",         "\xE2\x88\x93"};
    char text[64];
    for (size_t i = 0; i < COUNT(others); i++) {
        snprintf(text, sizeof text, "919%s5550123", others[i]);
        assert_plain(text, text);
        assert_status(NCT_IDENT_PHONE, text, NCT_E_CHARACTER);
        snprintf(text, sizeof text, "919-5550123%s", others[i]);
        assert_plain(text, text);
    }
}

static void zip_has_5_or_9_digits(void **state) {
    (void)state;
    static const struct verdict verdicts[] = {
        {"27601", NCT_OK},
        {"27601-1234", NCT_OK},
        {"276011234", NCT_OK},
        {"2760", NCT_E_TOO_SHORT},
        {"276011", NCT_E_FORMAT},
        {"27601-", NCT_E_FORMAT},
        {"2760-11234", NCT_E_FORMAT},
        {"27601-12345", NCT_E_TOO_LONG},
        {"27601 1234", NCT_E_CHARACTER},
        {"2760O", NCT_E_CHARACTER},
        {"", NCT_E_EMPTY},
    };
    assert_verdicts(NCT_IDENT_ZIP, verdicts, COUNT(verdicts));
}

/* ---- every kind ---- */

static void samples_are_valid_and_cover_every_kind(void **state) {
    (void)state;
    uint32_t seen = 0;
    for (size_t i = 0; i < COUNT(samples); i++) {
        assert_status(samples[i].kind, samples[i].text, NCT_OK);
        seen |= UINT32_C(1) << samples[i].kind;
    }
    for (int32_t kind = 1; kind <= nct_ident_kind_count(); kind++)
        assert_true(seen & UINT32_C(1) << kind);
}

static void unicode_digits_are_not_digits(void **state) {
    (void)state;
    static const char *const nines[] = {"\xEF\xBC\x99",     "\xD9\xA9",     "\xDB\xB9", "\xE0\xA5\xAF",
                                        "\xF0\x9D\x9F\x97", "\xE2\x81\xB9", "\xB9",     "\xC0\xB9"};
    for (int32_t kind = 1; kind <= nct_ident_kind_count(); kind++) {
        for (size_t i = 0; i < COUNT(nines); i++) {
            char text[64] = "";
            for (size_t digits = 0; digits < 10; digits++)
                strcat(text, nines[i]);
            assert_status(kind, text, NCT_E_CHARACTER);
        }
    }
}

/* No byte value outside ASCII's printable range may pass anywhere in any kind. */
static void controls_and_high_bytes_are_refused_everywhere(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        size_t len = strlen(samples[i].text);
        for (size_t place = 0; place < len; place++) {
            for (int byte = 1; byte < 256; byte += byte == 31 ? 96 : 1) {
                char text[64];
                memcpy(text, samples[i].text, len + 1);
                text[place] = (char)byte;
                assert_status(samples[i].kind, text, NCT_E_CHARACTER);
            }
        }
    }
}

static void nul_is_refused_everywhere(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        size_t len = strlen(samples[i].text);
        char text[64];
        for (size_t place = 0; place <= len; place++) {
            memcpy(text, samples[i].text, place);
            text[place] = '\0';
            memcpy(text + place + 1, samples[i].text + place, len - place);
            assert_int_equal(check_bytes(samples[i].kind, text, len + 1), NCT_E_NUL);
        }
        memcpy(text, samples[i].text, len);
        memcpy(text + len, "\0junk", 5);
        assert_int_equal(check_bytes(samples[i].kind, text, len + 5), NCT_E_NUL);
    }
}

static void nothing_is_trimmed(void **state) {
    (void)state;
    static const char *const white[] = {" ", "\t", "\n", "\r\n", "\v", "\xC2\xA0", "\xEF\xBB\xBF", "\xE2\x80\x8B"};
    for (size_t i = 0; i < COUNT(samples); i++) {
        for (size_t j = 0; j < COUNT(white); j++) {
            char text[80];
            snprintf(text, sizeof text, "%s%s", white[j], samples[i].text);
            assert_int_not_equal(check(samples[i].kind, text), NCT_OK);
            snprintf(text, sizeof text, "%s%s", samples[i].text, white[j]);
            assert_int_not_equal(check(samples[i].kind, text), NCT_OK);
        }
    }
}

static void huge_input_is_too_long(void **state) {
    (void)state;
    static char text[100000];
    memset(text, '1', sizeof text);
    for (int32_t kind = 1; kind <= nct_ident_kind_count(); kind++)
        assert_int_equal(check_bytes(kind, text, sizeof text), NCT_E_TOO_LONG);
}

static void empty_input_is_empty_even_without_a_pointer(void **state) {
    (void)state;
    for (int32_t kind = 1; kind <= nct_ident_kind_count(); kind++) {
        assert_int_equal(nct_ident_check(kind, NULL, 0), NCT_E_EMPTY);
        assert_int_equal(nct_ident_check(kind, "x", 0), NCT_E_EMPTY);
    }
}

/* ---- canonical form ---- */

static void canonical_form_is_the_documented_one(void **state) {
    (void)state;
    assert_canonical(NCT_IDENT_NPI, "1234567893", "1234567893");
    assert_canonical(NCT_IDENT_ATYPICAL_ID, "ab1z", "AB1Z");
    assert_canonical(NCT_IDENT_NCID, "Jane.Doe_Z-9", "jane.doe_z-9");
    assert_canonical(NCT_IDENT_EIN, "12-3456789", "123456789");
    assert_canonical(NCT_IDENT_SSN, "123-45-6789", "123456789");
    assert_canonical(NCT_IDENT_ITIN, "912-90-3456", "912903456");
    assert_canonical(NCT_IDENT_ATIN, "912-93-4567", "912934567");
    assert_canonical(NCT_IDENT_ABA, "123456780", "123456780");
    assert_canonical(NCT_IDENT_BANK_ACCOUNT, "0a-12 3z", "0A123Z");
    assert_canonical(NCT_IDENT_EMAIL, "Some.Body@Mail.Example.ORG", "Some.Body@mail.example.org");
    assert_canonical(NCT_IDENT_ZIP, "27601-1234", "276011234");
}

static void canonical_form_is_idempotent(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        char once[NCT_IDENT_CANONICAL_MAX + 1];
        size_t len = 0;
        const struct sample *sample = &samples[i];
        assert_int_equal(nct_ident_canonical(sample->kind, sample->text, strlen(sample->text), once, sizeof once, &len),
                         NCT_OK);
        assert_int_equal(len, strlen(once));
        assert_canonical(sample->kind, once, once);
    }
}

static void canonical_form_may_replace_its_input(void **state) {
    (void)state;
    char text[32] = "123-45-6789";
    size_t len = 0;
    assert_int_equal(nct_ident_canonical(NCT_IDENT_SSN, text, 11, text, sizeof text, &len), NCT_OK);
    assert_string_equal(text, "123456789");
}

static void longest_canonical_form_fits_the_promised_buffer(void **state) {
    (void)state;
    char text[300], out[NCT_IDENT_CANONICAL_MAX + 1];
    make_email(text, 64, 189);
    size_t len = 0;
    assert_int_equal(nct_ident_canonical_max(), NCT_IDENT_CANONICAL_MAX);
    assert_int_equal(nct_ident_canonical(NCT_IDENT_EMAIL, text, 254, out, sizeof out, &len), NCT_OK);
    assert_int_equal(len, 254);
    assert_int_equal(nct_ident_canonical(NCT_IDENT_EMAIL, text, 254, out, sizeof out - 1, &len), NCT_E_BUFFER);
}

typedef nct_status form_function(int32_t, const char *, size_t, char *, size_t, size_t *);

static void assert_buffer_is_respected(form_function *form) {
    for (size_t capacity = 0; capacity <= 9; capacity++) {
        char out[12];
        memset(out, '#', sizeof out);
        size_t len = 0;
        assert_int_equal(form(NCT_IDENT_SSN, "123-45-6789", 11, capacity > 0 ? out : NULL, capacity, &len),
                         NCT_E_BUFFER);
        assert_int_equal(len, 9);
        assert_int_equal(out[0], capacity > 0 ? '\0' : '#');
        for (size_t i = 1; i < sizeof out; i++)
            assert_int_equal(out[i], '#');
    }
    char exact[10];
    assert_int_equal(form(NCT_IDENT_SSN, "123-45-6789", 11, exact, sizeof exact, NULL), NCT_OK);
    assert_int_equal(strlen(exact), 9);
}

static void small_buffer_gives_the_needed_length_and_no_part(void **state) {
    (void)state;
    assert_buffer_is_respected(nct_ident_canonical);
    assert_buffer_is_respected(nct_ident_mask);
}

static void assert_failure_empties_the_output(form_function *form) {
    char out[16] = "left over";
    size_t len = 99;
    assert_int_equal(form(NCT_IDENT_SSN, "666-45-6789", 11, out, sizeof out, &len), NCT_E_RANGE);
    assert_string_equal(out, "");
    assert_int_equal(len, 0);
    memcpy(out, "left over", 10);
    assert_int_equal(form(0, "666-45-6789", 11, out, sizeof out, NULL), NCT_E_ARGUMENT);
    assert_string_equal(out, "");
    assert_int_equal(form(NCT_IDENT_SSN, "", 0, NULL, 0, NULL), NCT_E_EMPTY);
}

static void failure_leaves_an_empty_string(void **state) {
    (void)state;
    assert_failure_empties_the_output(nct_ident_canonical);
    assert_failure_empties_the_output(nct_ident_mask);
}

/* ---- mask ---- */

static void mask_covers_all_but_what_is_documented(void **state) {
    (void)state;
    assert_mask(NCT_IDENT_EIN, "12-3456789", "*****6789");
    assert_mask(NCT_IDENT_SSN, "123-45-6789", "*****6789");
    assert_mask(NCT_IDENT_ITIN, "912903456", "*****3456");
    assert_mask(NCT_IDENT_ATIN, "912934567", "*****4567");
    assert_mask(NCT_IDENT_BANK_ACCOUNT, "12345678901234567", "*************4567");
    assert_mask(NCT_IDENT_EMAIL, "Some.Body@Example.org", "S********@example.org");
    assert_mask(NCT_IDENT_NPI, "1234567893", "1234567893");
    assert_mask(NCT_IDENT_ABA, "123456780", "123456780");
    assert_mask(NCT_IDENT_NCID, "jane.doe", "jane.doe");
    assert_mask(NCT_IDENT_ATYPICAL_ID, "AB1", "AB1");
    assert_mask(NCT_IDENT_PHONE, "919-555-0123", "9195550123");
    assert_mask(NCT_IDENT_ZIP, "27601", "27601");
}

static void mask_of_an_account_shows_four_at_most_and_less_of_a_short_one(void **state) {
    (void)state;
    for (size_t len = 1; len <= 17; len++) {
        char out[32];
        size_t out_len = 0, shown = 0;
        assert_int_equal(nct_ident_mask(NCT_IDENT_BANK_ACCOUNT, "98765432109876543", len, out, sizeof out, &out_len),
                         NCT_OK);
        assert_int_equal(out_len, len);
        for (size_t i = 0; i < len; i++)
            shown += out[i] != '*';
        assert_true(len > 8 ? shown == 4 : shown < 4);
        assert_true(shown * 2 < len);
        assert_int_equal(strspn(out, "*"), len - shown);
    }
}

/* ---- kinds ---- */

static void kind_names_lead_back_to_their_kinds(void **state) {
    (void)state;
    static const char *const names[] = {"npi", "atypical_id",  "ncid",  "ein",   "ssn", "itin",        "atin",
                                        "aba", "bank_account", "email", "phone", "zip", "provider_id", "tax_id"};
    assert_int_equal(nct_ident_kind_count(), COUNT(names));
    for (int32_t kind = 1; kind <= nct_ident_kind_count(); kind++) {
        int32_t found = 0;
        assert_string_equal(nct_ident_kind_name(kind), names[kind - 1]);
        assert_int_equal(nct_ident_kind_from_name(names[kind - 1], &found), NCT_OK);
        assert_int_equal(found, kind);
        assert_true(strlen(nct_ident_kind_description(kind)) > 10);
    }
}

static void unknown_name_is_not_found(void **state) {
    (void)state;
    static const char *const names[] = {"", "NPI", "npi ", "np", "tin"};
    for (size_t i = 0; i < COUNT(names); i++) {
        int32_t kind = 7;
        assert_int_equal(nct_ident_kind_from_name(names[i], &kind), NCT_E_NOT_FOUND);
        assert_int_equal(kind, 0);
    }
}

static void unknown_kind_is_an_argument_error(void **state) {
    (void)state;
    const int32_t kinds[] = {0, -1, nct_ident_kind_count() + 1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        char out[16];
        assert_int_equal(nct_ident_check(kinds[i], "1", 1), NCT_E_ARGUMENT);
        assert_int_equal(nct_ident_canonical(kinds[i], "1", 1, out, sizeof out, NULL), NCT_E_ARGUMENT);
        assert_int_equal(nct_ident_mask(kinds[i], "1", 1, out, sizeof out, NULL), NCT_E_ARGUMENT);
        assert_null(nct_ident_kind_name(kinds[i]));
        assert_null(nct_ident_kind_description(kinds[i]));
    }
}

static void null_pointer_is_an_argument_error(void **state) {
    (void)state;
    char out[16];
    int32_t kind = 7;
    assert_int_equal(nct_ident_check(NCT_IDENT_NPI, NULL, 10), NCT_E_ARGUMENT);
    assert_int_equal(nct_ident_canonical(NCT_IDENT_NPI, NULL, 10, out, sizeof out, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_ident_canonical(NCT_IDENT_NPI, "1234567893", 10, NULL, 16, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_ident_mask(NCT_IDENT_NPI, NULL, 10, out, sizeof out, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_ident_mask(NCT_IDENT_NPI, "1234567893", 10, NULL, 16, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_ident_kind_from_name(NULL, &kind), NCT_E_ARGUMENT);
    assert_int_equal(kind, 0);
    assert_int_equal(nct_ident_kind_from_name("npi", NULL), NCT_E_ARGUMENT);
}

static void a_provider_id_of_ten_digits_is_judged_as_an_npi(void **state) {
    (void)state;
    assert_int_equal(nct_ident_check(NCT_IDENT_PROVIDER_ID, "1234567893", 10), NCT_OK);
    assert_int_equal(nct_ident_check(NCT_IDENT_PROVIDER_ID, "1234567890", 10), NCT_E_CHECK_DIGIT);
    assert_int_equal(nct_ident_check(NCT_IDENT_PROVIDER_ID, "0000000006", 10), NCT_E_RANGE);
    assert_int_equal(nct_ident_check(NCT_IDENT_PROVIDER_ID, "AB12", 4), NCT_OK);
    assert_int_equal(nct_ident_check(NCT_IDENT_PROVIDER_ID, "123456789", 9), NCT_OK);
    assert_int_equal(nct_ident_check(NCT_IDENT_PROVIDER_ID, "", 0), NCT_E_EMPTY);
}

static void a_tax_number_is_any_of_the_four_kinds(void **state) {
    (void)state;
    static const char *const valid[] = {"12-3456789", "123-45-6789", "912-70-1234", "900-93-0001"};
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++)
        assert_int_equal(nct_ident_check(NCT_IDENT_TAX_ID, valid[i], strlen(valid[i])), NCT_OK);
    assert_int_equal(nct_ident_check(NCT_IDENT_TAX_ID, "000000000", 9), NCT_E_RANGE);
    assert_int_equal(nct_ident_check(NCT_IDENT_TAX_ID, "12345678", 8), NCT_E_TOO_SHORT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(npi_of_cms_example_is_valid),
        cmocka_unit_test(npi_tells_what_is_wrong),
        cmocka_unit_test(npi_with_right_check_digit_needs_first_digit_1_or_2),
        cmocka_unit_test(npi_check_digit_counts_the_prefix_80840),
        cmocka_unit_test(npi_refuses_every_single_digit_substitution),
        cmocka_unit_test(atypical_id_is_not_an_npi),
        cmocka_unit_test(aba_needs_an_assigned_prefix),
        cmocka_unit_test(aba_tells_what_is_wrong),
        cmocka_unit_test(aba_refuses_every_single_digit_substitution),
        cmocka_unit_test(ein_needs_a_prefix_of_the_irs),
        cmocka_unit_test(ein_takes_a_dash_at_one_place_only),
        cmocka_unit_test(ssn_refuses_what_ssa_never_assigns),
        cmocka_unit_test(ssn_takes_both_dashes_or_none),
        cmocka_unit_test(itin_and_atin_share_the_groups_of_the_irs),
        cmocka_unit_test(itin_and_atin_begin_with_9),
        cmocka_unit_test(ncid_has_6_to_20_of_its_characters),
        cmocka_unit_test(bank_account_has_separators_inside_only),
        cmocka_unit_test(email_is_one_plain_address),
        cmocka_unit_test(email_keeps_the_lengths_of_rfc_5321),
        cmocka_unit_test(phone_takes_the_usual_punctuation),
        cmocka_unit_test(phone_refuses_other_shapes),
        cmocka_unit_test(phone_area_and_exchange_follow_nanpa),
        cmocka_unit_test(toll_free_numbers_have_every_exchange_from_200),
        cmocka_unit_test(typographic_dashes_and_spaces_become_plain_ones),
        cmocka_unit_test(other_invisible_characters_stay_as_they_are),
        cmocka_unit_test(zip_has_5_or_9_digits),
        cmocka_unit_test(samples_are_valid_and_cover_every_kind),
        cmocka_unit_test(unicode_digits_are_not_digits),
        cmocka_unit_test(controls_and_high_bytes_are_refused_everywhere),
        cmocka_unit_test(nul_is_refused_everywhere),
        cmocka_unit_test(nothing_is_trimmed),
        cmocka_unit_test(huge_input_is_too_long),
        cmocka_unit_test(empty_input_is_empty_even_without_a_pointer),
        cmocka_unit_test(canonical_form_is_the_documented_one),
        cmocka_unit_test(canonical_form_is_idempotent),
        cmocka_unit_test(canonical_form_may_replace_its_input),
        cmocka_unit_test(longest_canonical_form_fits_the_promised_buffer),
        cmocka_unit_test(small_buffer_gives_the_needed_length_and_no_part),
        cmocka_unit_test(failure_leaves_an_empty_string),
        cmocka_unit_test(mask_covers_all_but_what_is_documented),
        cmocka_unit_test(mask_of_an_account_shows_four_at_most_and_less_of_a_short_one),
        cmocka_unit_test(kind_names_lead_back_to_their_kinds),
        cmocka_unit_test(unknown_name_is_not_found),
        cmocka_unit_test(unknown_kind_is_an_argument_error),
        cmocka_unit_test(null_pointer_is_an_argument_error),
        cmocka_unit_test(a_provider_id_of_ten_digits_is_judged_as_an_npi),
        cmocka_unit_test(a_tax_number_is_any_of_the_four_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
