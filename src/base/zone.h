/* A time zone: standard time, and daylight saving by a rule that is the same every year. */
#ifndef NCT_BASE_ZONE_H
#define NCT_BASE_ZONE_H

#include <stdint.h>

/* The n-th weekday of a month, 5 for the last; and when on that day, in local time as it is until then. */
struct nct_zone_change {
    int32_t month;   /* 1 to 12 */
    int32_t week;    /* 1 to 5 */
    int32_t weekday; /* 0 for Sunday */
    int32_t seconds; /* from midnight; may be of another day */
};

struct nct_zone {
    int32_t standard; /* seconds east of UTC */
    int32_t saving;   /* ... while daylight saving lasts; the same where there is none */
    struct nct_zone_change begins;
    struct nct_zone_change ends;
};

/*
 * Reads the form of the variable TZ of POSIX.1, with the changes as Mm.w.d, hours up to 167 and a sign (RFC 9636,
 * 3.3.1): it is what the last line of a file of the IANA's time zone database says. 1, or 0 for another text.
 */
int nct_zone_parse(const char *text, struct nct_zone *zone);

/* Milliseconds since 1970 as the clocks there show it, of a time UTC. */
int64_t nct_zone_local(const struct nct_zone *zone, int64_t utc);

/* The time UTC at which the clocks show this. Where they show it twice, the later; where never, as if they had not been
 * put forward, which is the later too: a deadline comes no earlier than it says. */
int64_t nct_zone_utc(const struct nct_zone *zone, int64_t local);

#endif
