/* Local time, against the rule walked hour by hour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/zone.h"

#define HOUR INT64_C(3600000)

static int64_t day_of(const char *date) {
    int64_t day = 0;
    assert_true(nct_date_parse(date, 10, &day));
    return day * NCT_DAY;
}

/* The days of the Energy Policy Act of 2005, as NIST publishes them. */
static void eastern_time_changes_on_the_published_days(void **state) {
    (void)state;
    static const char *const days[][2] = {{"2007-03-11", "2007-11-04"}, {"2012-03-11", "2012-11-04"},
                                          {"2020-03-08", "2020-11-01"}, {"2026-03-08", "2026-11-01"},
                                          {"2027-03-14", "2027-11-07"}, {"2031-03-09", "2031-11-02"}};
    struct nct_zone zone;
    assert_true(nct_zone_parse("EST5EDT,M3.2.0,M11.1.0", &zone));
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        int64_t begins = day_of(days[i][0]) + 7 * HOUR;
        int64_t ends = day_of(days[i][1]) + 6 * HOUR;
        assert_true(nct_zone_local(&zone, begins - 1) == begins - 1 - 5 * HOUR);
        assert_true(nct_zone_local(&zone, begins) == begins - 4 * HOUR);
        assert_true(nct_zone_local(&zone, ends - 1) == ends - 1 - 4 * HOUR);
        assert_true(nct_zone_local(&zone, ends) == ends - 5 * HOUR);
    }
}

/* What the clocks show twice is the later of the two; what they never show is as if they had not been put forward. */
static void there_and_back(void **state) {
    (void)state;
    static const char *const texts[] = {"EST5EDT,M3.2.0,M11.1.0",          "AEST-10AEDT,M10.1.0,M4.1.0/3",
                                        "IST-1GMT0,M10.5.0,M3.5.0/1",      "<+0530>-5:30",
                                        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "UTC0"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct nct_zone zone;
        assert_true(nct_zone_parse(texts[i], &zone));
        for (int64_t utc = day_of("2029-12-30"); utc < day_of("2032-01-03"); utc += HOUR / 4) {
            int64_t shown = nct_zone_local(&zone, utc);
            int64_t back = nct_zone_utc(&zone, shown);
            assert_true(back >= utc && nct_zone_local(&zone, back) == shown);
            assert_true(back == utc || back == utc + HOUR);
        }
    }
    struct nct_zone zone;
    assert_true(nct_zone_parse(texts[0], &zone));
    assert_true(nct_zone_utc(&zone, day_of("2031-03-09") + 5 * HOUR / 2) == day_of("2031-03-09") + 15 * HOUR / 2);
    assert_true(nct_zone_utc(&zone, day_of("2031-11-02") + 3 * HOUR / 2) == day_of("2031-11-02") + 13 * HOUR / 2);
}

static void what_is_no_zone(void **state) {
    (void)state;
    static const char *const wrong[] = {"",
                                        "EST",
                                        "ES5",
                                        "EST5EDT",
                                        "EST25",
                                        "EST5EDT,M3.2.0",
                                        "EST5EDT,M0.2.0,M11.1.0",
                                        "EST5EDT,M3.6.0,M11.1.0",
                                        "EST5EDT,M3.2.7,M11.1.0",
                                        "EST5EDT,J60,J300",
                                        "EST5EDT,M3.2.0,M11.1.0x",
                                        "<EST5",
                                        "EST5:60",
                                        "EST5EDT,M3.2.0/168,M11.1.0",
                                        "America/New_York",
                                        "EST5EDT,M3.2.0,M11.1.0,"};
    struct nct_zone zone;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(nct_zone_parse(wrong[i], &zone));
}

static void days_before_1970_are_days(void **state) {
    (void)state;
    assert_int_equal(nct_date_day(0), 0);
    assert_int_equal(nct_date_day(-1), -1);
    assert_int_equal(nct_date_day(-NCT_DAY), -1);
    assert_int_equal(nct_date_day(-NCT_DAY - 1), -2);
    assert_int_equal(nct_date_day(NCT_DAY), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eastern_time_changes_on_the_published_days),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(what_is_no_zone),
        cmocka_unit_test(days_before_1970_are_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
