/* Calendar dates, Gregorian, UTC. */
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

/*
 * The same time of day on the same date so many years later; 29 February becomes 28 February where a year has none, so
 * that a term never lasts longer than its years.
 */
int64_t nct_add_years(int64_t time, int32_t years);

#endif
