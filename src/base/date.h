/* Calendar dates, Gregorian. Times are of whatever clock they were read from: UTC, or local. */
#ifndef NCT_BASE_DATE_H
#define NCT_BASE_DATE_H

#include <stddef.h>
#include <stdint.h>

#define NCT_DAY INT64_C(86400000) /* milliseconds */
#define NCT_DATE_ROOM 11          /* "2026-01-31" and its NUL */

/* The day number, 0 on 1970-01-01, of a date written YYYY-MM-DD, years 1970 to 9999. 1, or 0 if there is no such day.
 */
int nct_date_parse(const char *text, size_t len, int64_t *day);

/* The date of a time in milliseconds since 1970, as YYYY-MM-DD. Times outside the years 1970 to 9999: "". */
void nct_date_write(int64_t time, char out[NCT_DATE_ROOM]);

/* The day number of a time, also before 1970; the year of a day; the n-th weekday (0: Sunday) of a month, n = 5: the
 * last, as a day. */
int64_t nct_date_day(int64_t time);
int64_t nct_date_year(int64_t day);
int64_t nct_date_weekday(int64_t year, int32_t month, int32_t n, int32_t weekday);

/*
 * The same time of day on the same date so many years later; 29 February becomes 28 February where a year has none, so
 * that a term never lasts longer than its years.
 */
int64_t nct_add_years(int64_t time, int32_t years);

#endif
