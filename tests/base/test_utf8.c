#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef nct_status text_function(const char *bytes, size_t len);

static nct_status line_of_60(const char *bytes, size_t len) {
    return nct_text_line(bytes, len, 60);
}

/* Calls with a copy without a byte to spare, so that reading past the end is seen by the sanitizer. */
static nct_status call(text_function *function, const char *bytes, size_t len) {
    char *copy = malloc(len > 0 ? len : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    nct_status status = function(copy, len);
    free(copy);
    return status;
}

static nct_status utf8(const char *text) {
    return call(nct_text_utf8, text, strlen(text));
}

static nct_status line(const char *text) {
    return call(line_of_60, text, strlen(text));
}

/* Writes any number below 2^21 in the manner of UTF-8, well-formed or not. */
static size_t encode(uint32_t point, char *out) {
    static const uint8_t leads[] = {0x00, 0xC0, 0xE0, 0xF0};
    size_t more = (point > 0x7F) + (size_t)(point > 0x7FF) + (size_t)(point > 0xFFFF);
    out[0] = (char)(leads[more] | point >> 6 * more);
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (point >> 6 * (more - i) & 0x3F));
    return more + 1;
}

static void utf8_takes_every_scalar_value_and_nothing_else(void **state) {
    (void)state;
    for (uint32_t point = 0; point < 0x1FFFFF; point++) {
        char bytes[4];
        bool scalar = point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
        nct_status status = nct_text_utf8(bytes, encode(point, bytes));
        if (status != (scalar ? NCT_OK : NCT_E_UTF8))
            fail_msg("U+%04X: %d", (unsigned)point, (int)status);
    }
}

static void utf8_refuses_malformed_bytes(void **state) {
    (void)state;
    static const char *const malformed[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xC3",
        "\xC3(",
        "\xE2\x82",
        "\xE2(\xA1",
        "\xE2\x82(",
        "\xF0\x9F\x98",
        "\xF0\x9F\x98(",
        "\xF0(\x8C\xBC",
        "a\xC3",
        "\xC3\xA9\xA9",
        "\xF8\x88\x80\x80\x80",
    };
    for (size_t i = 0; i < COUNT(malformed); i++)
        assert_int_equal(utf8(malformed[i]), NCT_E_UTF8);
}

static void utf8_takes_nothing_at_all(void **state) {
    (void)state;
    assert_int_equal(nct_text_utf8(NULL, 0), NCT_OK);
}

static void utf8_takes_nul_as_a_character(void **state) {
    (void)state;
    assert_int_equal(call(nct_text_utf8, "a\0b", 3), NCT_OK);
}

static void utf8_stops_at_the_given_length(void **state) {
    (void)state;
    assert_int_equal(nct_text_utf8("ab\xFF", 2), NCT_OK);
    assert_int_equal(nct_text_utf8("a\xC3\xA9", 2), NCT_E_UTF8);
}

static void line_takes_names_of_people(void **state) {
    (void)state;
    static const char *const names[] = {
        "A",
        "Jane Q. Doe-O'Neil, Jr.",
        "Jos\303\251 Nu\303\261ez",
        "Nguy\xE1\xBB\x85n Th\xE1\xBB\x8B",
        "e\xCC\x81",
        "\xD0\x9E\xD0\xBB\xD1\x8C\xD0\xB3\xD0\xB0",
        "\xE5\xB1\xB1\xE7\x94\xB0\xE3\x80\x80\xE5\xA4\xAA\xE9\x83\x8E",
        "\xD7\xA9\xD7\xA8\xD7\x94",
        "a\xF0\x9F\x98\x80z",
    };
    for (size_t i = 0; i < COUNT(names); i++)
        assert_int_equal(line(names[i]), NCT_OK);
}

static void line_of_nothing_or_white_space_is_empty(void **state) {
    (void)state;
    static const char *const blank[] = {"", " ", "    ", "\t", " \r\n", "\xC2\xA0", "\xE3\x80\x80 \xE2\x80\x83"};
    for (size_t i = 0; i < COUNT(blank); i++)
        assert_int_equal(line(blank[i]), NCT_E_EMPTY);
    assert_int_equal(nct_text_line(NULL, 0, 10), NCT_E_EMPTY);
}

static void line_refuses_white_space_at_its_edges(void **state) {
    (void)state;
    static const char *const edges[] = {" a", "a ", "\302\240a", "a\xE3\x80\x80", "a\n", "\ta"};
    for (size_t i = 0; i < COUNT(edges); i++)
        assert_int_equal(line(edges[i]), NCT_E_CHARACTER);
    assert_int_equal(line("a b"), NCT_OK);
}

/* The first and the last of each range, with their neighbours outside. */
static void line_refuses_invisible_characters(void **state) {
    (void)state;
    static const struct {
        uint32_t first, last;
        bool open_before, open_after;
    } ranges[] = {
        {0x01, 0x1F, false, true},       {0x7F, 0x9F, true, true},          {0xAD, 0xAD, true, true},
        {0x34F, 0x34F, true, true},      {0x61C, 0x61C, true, true},        {0x115F, 0x1160, true, true},
        {0x17B4, 0x17B5, true, true},    {0x180B, 0x180F, true, true},      {0x200B, 0x200F, true, true},
        {0x2028, 0x202E, true, true},    {0x2060, 0x206F, true, true},      {0x3164, 0x3164, true, true},
        {0xE000, 0xF8FF, false, true},   {0xFDD0, 0xFDEF, true, true},      {0xFE00, 0xFE0F, true, true},
        {0xFEFF, 0xFEFF, true, true},    {0xFFA0, 0xFFA0, true, true},      {0xFFF0, 0xFFFB, true, true},
        {0x13430, 0x1343F, true, true},  {0x1BCA0, 0x1BCA3, true, true},    {0x1D173, 0x1D17A, true, true},
        {0xE0000, 0xE0FFF, false, true}, {0xF0000, 0x10FFFF, false, false},
    };
    for (size_t i = 0; i < COUNT(ranges); i++) {
        for (uint32_t point = ranges[i].first - 1; point <= ranges[i].last + 1; point++) {
            bool before = point<ranges[i].first, after = point> ranges[i].last;
            if ((before && !ranges[i].open_before) || (after && !ranges[i].open_after))
                continue;
            char text[8] = "a";
            size_t len = 1 + encode(point, text + 1);
            text[len] = 'z';
            nct_status status = nct_text_line(text, len + 1, 60);
            if (status != (before || after ? NCT_OK : NCT_E_CHARACTER))
                fail_msg("U+%04X: %d", (unsigned)point, (int)status);
        }
    }
}

static void line_refuses_the_noncharacters_of_every_plane(void **state) {
    (void)state;
    for (uint32_t plane = 0; plane <= 0x10; plane++) {
        for (uint32_t last = 0xFFFE; last <= 0xFFFF; last++) {
            char text[8] = "a";
            size_t len = 1 + encode(plane << 16 | last, text + 1);
            text[len] = 'z';
            assert_int_equal(nct_text_line(text, len + 1, 60), NCT_E_CHARACTER);
        }
    }
}

static void line_tells_the_gravest_fault_first(void **state) {
    (void)state;
    assert_int_equal(call(line_of_60, "a\0\xFF", 3), NCT_E_NUL);
    assert_int_equal(call(line_of_60, "\0", 1), NCT_E_NUL);
    assert_int_equal(line("a\xFF\x01"), NCT_E_UTF8);
    assert_int_equal(nct_text_line("a\x01", 2, 1), NCT_E_CHARACTER);
}

static void line_counts_characters_not_bytes(void **state) {
    (void)state;
    assert_int_equal(nct_text_line("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9, 3), NCT_OK);
    assert_int_equal(nct_text_line("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9, 2), NCT_E_TOO_LONG);
    assert_int_equal(nct_text_line("abc", 3, 3), NCT_OK);
    assert_int_equal(nct_text_line("abcd", 4, 3), NCT_E_TOO_LONG);
}

/* Wherever it stands among ASCII, and whatever the length, a character is judged as if alone. */
static void utf8_finds_what_is_not_ascii_at_every_place(void **state) {
    char bytes[40];
    (void)state;
    for (size_t len = 2; len <= sizeof bytes; len++) {
        for (size_t at = 0; at + 1 < len; at++) {
            memset(bytes, 'a', len);
            bytes[at] = (char)0xC3;
            assert_int_equal(call(nct_text_utf8, bytes, len), NCT_E_UTF8);
            bytes[at + 1] = (char)0xA9;
            assert_int_equal(call(nct_text_utf8, bytes, len), NCT_OK);
        }
        memset(bytes, 'a', len);
        bytes[len - 1] = (char)0xC3;
        assert_int_equal(call(nct_text_utf8, bytes, len), NCT_E_UTF8);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_takes_every_scalar_value_and_nothing_else),
        cmocka_unit_test(utf8_refuses_malformed_bytes),
        cmocka_unit_test(utf8_finds_what_is_not_ascii_at_every_place),
        cmocka_unit_test(utf8_takes_nothing_at_all),
        cmocka_unit_test(utf8_takes_nul_as_a_character),
        cmocka_unit_test(utf8_stops_at_the_given_length),
        cmocka_unit_test(line_takes_names_of_people),
        cmocka_unit_test(line_of_nothing_or_white_space_is_empty),
        cmocka_unit_test(line_refuses_white_space_at_its_edges),
        cmocka_unit_test(line_refuses_invisible_characters),
        cmocka_unit_test(line_refuses_the_noncharacters_of_every_plane),
        cmocka_unit_test(line_tells_the_gravest_fault_first),
        cmocka_unit_test(line_counts_characters_not_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
