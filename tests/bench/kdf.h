/* The floor of everything with a password or a PIN: the key derivations it cannot do without. */
#ifndef NCT_TESTS_BENCH_KDF_H
#define NCT_TESTS_BENCH_KDF_H

#include <stddef.h>

#define KDF_FLOOR_NAME(times) times " crypto_pwhash"

/* Derives so many keys at the cost of the default policy; answers how long it took, in nanoseconds. */
double kdf_time(size_t times);

#endif
