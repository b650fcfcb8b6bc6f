/* Small things done with bytes: big-endian numbers, hexadecimal, times, text into fixed arrays. */
#ifndef NCT_BASE_BYTES_H
#define NCT_BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

/* Big-endian, so that keys made of numbers sort by number. */
void nct_put_be64(unsigned char out[8], uint64_t value);
uint64_t nct_get_be64(const unsigned char in[8]);

/* Lower-case hexadecimal and a NUL: 2 * len + 1 bytes at out. */
void nct_hex(char *out, const unsigned char *bytes, size_t len);

/* Exactly 2 * len lower-case digits to bytes; 0 if they are not. */
int nct_unhex(unsigned char *out, size_t len, const char *hex, size_t hex_len);

/* Copies text into a fixed array with its NUL; 0 if it does not fit. */
int nct_copy_text(char *out, size_t capacity, const char *text, size_t len);

/* A time in milliseconds as "2026-01-31 23:59:59 UTC". */
#define NCT_TIME_ROOM 32
void nct_time_text(char out[NCT_TIME_ROOM], int64_t milliseconds);

#endif
