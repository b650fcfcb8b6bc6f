/** Small helpers on texts: times, widths, what a terminal may be shown. */
#ifndef NCTRACKS_TEXT_H
#define NCTRACKS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define TEXT_TIME_MAX 40

/** Milliseconds UTC as ISO 8601, such as 2013-07-01T12:00:00.000Z, into `out` (TEXT_TIME_MAX bytes), returned. */
const char *text_time(int64_t milliseconds, char *out);

/** The milliseconds of "YYYY-MM-DD" or "YYYY-MM-DDThh:mm:ssZ", UTC. False for anything else. */
bool text_parse_time(const char *text, int64_t *milliseconds);

#define TEXT_INVALID UINT32_MAX

/** The character that begins a text of at least one byte; a byte that is not of UTF-8 is TEXT_INVALID and one byte
 * long. */
uint32_t text_next(const char *text, size_t len, size_t *taken);

/** Replaces by '?' what a terminal would act on or not show: controls, formats, bidirectional and zero-width marks,
 * tags, line separators, bytes that are not UTF-8. */
void text_tame(char *text);
/** Writes text of other people with its line feeds and tabs, tamed else. */
void text_write_lines(FILE *out, const char *text, size_t len);
/** Writes a piece of JSON to `out`, a FILE; the same characters are escaped there. @return -1 if it could not be
 * written */
int text_write_json(const char *json, size_t len, void *out);

/** How many characters a UTF-8 text has. */
size_t text_width(const char *text);

/** Writes bytes as lower-case hexadecimal and a NUL: 2 * len + 1 bytes. */
void text_hex(const void *bytes, size_t len, char *out);

/** Reads 2 * len hexadecimal digits. False for another character. */
bool text_unhex(const char *digits, size_t len, unsigned char *out);

/** A number from 0 to `max`, decimal digits only. */
bool text_number(const char *text, long max, long *out);

#endif
