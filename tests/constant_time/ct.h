/* Secrets as memory that valgrind takes for uninitialised: it reports each branch and each index that depends on it. */
#ifndef NCT_CONSTANT_TIME_CT_H
#define NCT_CONSTANT_TIME_CT_H

#include <valgrind/memcheck.h>

#include <stddef.h>

static inline void ct_poison(const void *bytes, size_t len) {
    (void)VALGRIND_MAKE_MEM_UNDEFINED(bytes, len);
}

static inline void ct_declassify(const void *bytes, size_t len) {
    (void)VALGRIND_MAKE_MEM_DEFINED(bytes, len);
}

/* Whether the first byte depends on a secret. Tells only under valgrind. */
static inline int ct_is_secret(const void *byte) {
    unsigned char bits = 0;
    return VALGRIND_GET_VBITS(byte, &bits, 1) == 1 && bits != 0;
}

#endif
