/** How often one address asks: counted by the minute, in a table of fixed size. */
#ifndef NCTRACKS_SERVER_RATES_H
#define NCTRACKS_SERVER_RATES_H

#include <stdbool.h>
#include <stdint.h>

struct rates;

struct rates *rates_new(void);
void rates_free(struct rates *rates);

/**
 * Counts a request of an address and says whether it is within its limit. With more addresses than the table has room
 * for, the ones that asked longest ago are forgotten.
 * @param kind what is counted, 0 or 1: each apart
 * @param now monotonic microseconds
 */
bool rates_allow(struct rates *rates, const char *address, int kind, long limit, uint64_t now);

#endif
