/** Which keys a scan of a store wants, as two keys that a database compares with: at or above `from`, below `to`. */
#ifndef NCTRACKS_KEY_RANGE_H
#define NCTRACKS_KEY_RANGE_H

#include <nctracks/store.h>

struct key_range {
    unsigned char from[NCT_KEY_MAX + 1];
    size_t from_len;
    unsigned char to[NCT_KEY_MAX + 1];
    size_t to_len;
};

/** The keys that begin with `prefix` and come after `after`, from the first on with an `after` of no bytes. Each has
 * NCT_KEY_MAX bytes at most. */
void key_range_set(struct key_range *range, const void *prefix, size_t prefix_len, const void *after, size_t after_len);

#endif
