/* Dates, against a walk from day to day that knows nothing of the formulas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

static int length_of(int year, int month) {
    static const int lengths[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month != 2)
        return lengths[month];
    if (year % 400 == 0)
        return 29;
    if (year % 100 == 0)
        return 28;
    return year % 4 == 0 ? 29 : 28;
}

static void every_day_there_and_back(void **state) {
    (void)state;
    int64_t day = 0;
    for (int year = 1970; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int of_month = 1; of_month <= length_of(year, month); of_month++, day++) {
                char text[32], back[NCT_DATE_ROOM];
                if (year > 2110 && year < 9990 && month > 3) /* the rest only around the leap day */
                    continue;
                int64_t parsed = -1;
                (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, of_month);
                assert_true(nct_date_parse(text, 10, &parsed));
                assert_true(parsed == day);
                nct_date_write(day * NCT_DAY, back);
                assert_string_equal(back, text);
                nct_date_write(day * NCT_DAY + NCT_DAY - 1, back);
                assert_string_equal(back, text);
            }
}

static void what_is_no_date(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",           "2026-1-01",  "2026-01-1",   "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32",
        "2026-02-29", "2100-02-29", "1900-01-01",  "1969-12-31", "0000-00-00", "2026/01/01", "2026-01-01 ",
        "-026-01-01", "2026-+1-01", " 2026-01-01", "20260101",   "2026-04-31", "abcd-ef-gh", "2026-01-01T",
    };
    int64_t day = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(nct_date_parse(wrong[i], strlen(wrong[i]), &day));
    assert_false(nct_date_parse("2026-01-0\0", 10, &day));
    assert_true(nct_date_parse("2024-02-29", 10, &day));
    assert_true(nct_date_parse("2000-02-29", 10, &day));
    char out[NCT_DATE_ROOM];
    nct_date_write(-1, out);
    assert_string_equal(out, "");
    nct_date_write(INT64_MAX, out);
    assert_string_equal(out, "");
}

static int64_t at(const char *date, int64_t of_day) {
    int64_t day = 0;
    assert_true(nct_date_parse(date, strlen(date), &day));
    return day * NCT_DAY + of_day;
}

static void years_are_added_by_date(void **state) {
    (void)state;
    static const struct {
        const char *from;
        int32_t years;
        const char *to;
    } cases[] = {
        {"2026-01-01", 5, "2031-01-01"}, {"2024-02-29", 5, "2029-02-28"}, {"2024-02-29", 4, "2028-02-29"},
        {"2023-02-28", 5, "2028-02-28"}, {"2023-03-01", 5, "2028-03-01"}, {"1999-12-31", 1, "2000-12-31"},
        {"2096-02-29", 4, "2100-02-28"}, {"1970-01-01", 0, "1970-01-01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int64_t of_day = 0; of_day < NCT_DAY; of_day += NCT_DAY - 1)
            assert_true(nct_add_years(at(cases[i].from, of_day), cases[i].years) == at(cases[i].to, of_day));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_there_and_back),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(years_are_added_by_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
