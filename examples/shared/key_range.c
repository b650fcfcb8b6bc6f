#include "key_range.h"

#include <string.h>

static int compare(const unsigned char *a, size_t a_len, const unsigned char *b, size_t b_len) {
    size_t shorter = a_len < b_len ? a_len : b_len;
    int order = shorter > 0 ? memcmp(a, b, shorter) : 0;
    if (order != 0)
        return order;
    return (a_len > b_len) - (a_len < b_len);
}

/* What comes directly after a key is the key with a zero byte behind it. */
static void set_from(struct key_range *range, const void *prefix, size_t prefix_len, const void *after,
                     size_t after_len) {
    int by_after = after_len > 0 && compare(after, after_len, prefix, prefix_len) >= 0;
    range->from_len = by_after ? after_len : prefix_len;
    if (range->from_len > 0)
        memcpy(range->from, by_after ? after : prefix, range->from_len);
    if (by_after)
        range->from[range->from_len++] = 0;
}

/* What comes after all keys of a prefix: the prefix with its last byte below 0xFF counted up, or more than any key. */
static void set_to(struct key_range *range, const void *prefix, size_t prefix_len) {
    if (prefix_len > 0)
        memcpy(range->to, prefix, prefix_len);
    size_t len = prefix_len;
    while (len > 0 && range->to[len - 1] == 0xff)
        len--;
    range->to_len = len > 0 ? len : sizeof range->to;
    if (len > 0)
        range->to[len - 1]++;
    else
        memset(range->to, 0xff, sizeof range->to);
}

void key_range_set(struct key_range *range, const void *prefix, size_t prefix_len, const void *after,
                   size_t after_len) {
    set_from(range, prefix, prefix_len, after, after_len);
    set_to(range, prefix, prefix_len);
}
