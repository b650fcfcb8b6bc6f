#include "base/date.h"

#include <stdio.h>

#define YEAR_MIN 1970
#define YEAR_MAX 9999
#define DAYS_OF_ERA 146097 /* 400 years */
#define EPOCH 719468       /* days from 0000-03-01 to 1970-01-01 */

struct date {
    int64_t year;
    int64_t month; /* 1 to 12 */
    int64_t day;   /* 1 to 31 */
};

static int is_leap(int64_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t month_days(int64_t year, int64_t month) {
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Years are counted from 1 March, so that the leap day is the last of its year. */
static int64_t to_day(const struct date *date) {
    int64_t year = date->month > 2 ? date->year : date->year - 1;
    int64_t month = (date->month + 9) % 12;
    int64_t of_year = (153 * month + 2) / 5 + date->day - 1;
    return year * 365 + year / 4 - year / 100 + year / 400 + of_year - EPOCH;
}

static struct date from_day(int64_t day) {
    int64_t shifted = day + EPOCH;
    int64_t era = shifted / DAYS_OF_ERA;
    int64_t of_era = shifted % DAYS_OF_ERA;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct date date = {.month = month < 10 ? month + 3 : month - 9, .day = of_year - (153 * month + 2) / 5 + 1};
    date.year = era * 400 + year + (date.month <= 2);
    return date;
}

static int number(const char *digits, size_t count, int64_t *value) {
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return 0;
        *value = *value * 10 + (digits[i] - '0');
    }
    return 1;
}

int nct_date_parse(const char *text, size_t len, int64_t *day) {
    struct date date;
    if (len != NCT_DATE_ROOM - 1 || text[4] != '-' || text[7] != '-')
        return 0;
    if (!number(text, 4, &date.year) || !number(text + 5, 2, &date.month) || !number(text + 8, 2, &date.day))
        return 0;
    if (date.year < YEAR_MIN || date.month < 1 || date.month > 12 || date.day < 1)
        return 0;
    if (date.day > month_days(date.year, date.month))
        return 0;
    *day = to_day(&date);
    return 1;
}

void nct_date_write(int64_t time, char out[NCT_DATE_ROOM]) {
    out[0] = '\0';
    if (time < 0)
        return;
    struct date date = from_day(time / NCT_DAY);
    if (date.year <= YEAR_MAX)
        snprintf(out, NCT_DATE_ROOM, "%04u-%02u-%02u", (unsigned)date.year % 10000, (unsigned)date.month % 100,
                 (unsigned)date.day % 100);
}

int64_t nct_date_day(int64_t time) {
    return time >= 0 ? time / NCT_DAY : -((NCT_DAY - 1 - time) / NCT_DAY);
}

int64_t nct_date_year(int64_t day) {
    return from_day(day).year;
}

/* 1 January 1970 was a Thursday. */
int64_t nct_date_weekday(int64_t year, int32_t month, int32_t n, int32_t weekday) {
    struct date first = {year, month, 1};
    int64_t begin = to_day(&first);
    int64_t day = (weekday - (begin + 4) % 7 + 7) % 7 + 7 * (n - 1);
    return begin + (day < month_days(year, month) ? day : day - 7);
}

int64_t nct_add_years(int64_t time, int32_t years) {
    struct date date = from_day(time / NCT_DAY);
    date.year += years;
    if (date.day > month_days(date.year, date.month))
        date.day = month_days(date.year, date.month);
    return to_day(&date) * NCT_DAY + time % NCT_DAY;
}
