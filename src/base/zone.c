#include "base/zone.h"

#include "base/date.h"

#include <string.h>

#define HOUR 3600
#define MILLISECONDS 1000

static int is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int take(const char **at, char c) {
    if (**at != c)
        return 0;
    ++*at;
    return 1;
}

static int take_name(const char **at) {
    const char *begin = *at;
    int quoted = take(at, '<');
    while (is_letter(**at) || (quoted && strchr("0123456789+-", **at) != NULL && **at != '\0'))
        ++*at;
    return *at - begin >= 3 && (!quoted || take(at, '>'));
}

static int take_number(const char **at, int32_t most, int32_t *number) {
    const char *begin = *at;
    *number = 0;
    while (**at >= '0' && **at <= '9' && *at - begin < 3)
        *number = 10 * *number + (*(*at)++ - '0');
    return *at > begin && *number <= most;
}

/* [+-]hh[:mm[:ss]] */
static int take_seconds(const char **at, int32_t most_hours, int32_t *seconds) {
    int32_t hours = 0, minutes = 0, rest = 0;
    int negative = take(at, '-');
    if (!negative)
        (void)take(at, '+');
    if (!take_number(at, most_hours, &hours))
        return 0;
    if (take(at, ':') && (!take_number(at, 59, &minutes) || (take(at, ':') && !take_number(at, 59, &rest))))
        return 0;
    *seconds = (hours * HOUR + minutes * 60 + rest) * (negative ? -1 : 1);
    return 1;
}

static int take_change(const char **at, struct nct_zone_change *change) {
    change->seconds = 2 * HOUR;
    return take(at, ',') && take(at, 'M') && take_number(at, 12, &change->month) && change->month > 0 &&
           take(at, '.') && take_number(at, 5, &change->week) && change->week > 0 && take(at, '.') &&
           take_number(at, 6, &change->weekday) && (!take(at, '/') || take_seconds(at, 167, &change->seconds));
}

/* What is written counts to the west. */
int nct_zone_parse(const char *text, struct nct_zone *zone) {
    const char *at = text;
    int32_t west = 0;
    memset(zone, 0, sizeof *zone);
    if (!take_name(&at) || !take_seconds(&at, 24, &west))
        return 0;
    zone->standard = zone->saving = -west;
    if (*at == '\0')
        return 1;
    west -= HOUR;
    if (!take_name(&at) || (*at != ',' && !take_seconds(&at, 24, &west)))
        return 0;
    zone->saving = -west;
    return take_change(&at, &zone->begins) && take_change(&at, &zone->ends) && *at == '\0';
}

static int64_t moment(const struct nct_zone_change *change, int64_t year, int32_t offset) {
    int64_t day = nct_date_weekday(year, change->month, change->week, change->weekday);
    return day * NCT_DAY + ((int64_t)change->seconds - offset) * MILLISECONDS;
}

/* In the south daylight saving lasts over the turn of the year. */
static int is_saving(const struct nct_zone *zone, int64_t utc) {
    if (zone->saving == zone->standard)
        return 0;
    int64_t year = nct_date_year(nct_date_day(utc + (int64_t)zone->standard * MILLISECONDS));
    int64_t begins = moment(&zone->begins, year, zone->standard);
    int64_t ends = moment(&zone->ends, year, zone->saving);
    return begins < ends ? utc >= begins && utc < ends : utc >= begins || utc < ends;
}

int64_t nct_zone_local(const struct nct_zone *zone, int64_t utc) {
    return utc + (int64_t)(is_saving(zone, utc) ? zone->saving : zone->standard) * MILLISECONDS;
}

int64_t nct_zone_utc(const struct nct_zone *zone, int64_t local) {
    int64_t one = local - (int64_t)zone->standard * MILLISECONDS;
    int64_t other = local - (int64_t)zone->saving * MILLISECONDS;
    int64_t later = one > other ? one : other;
    int64_t earlier = one > other ? other : one;
    return nct_zone_local(zone, later) == local || nct_zone_local(zone, earlier) != local ? later : earlier;
}
