/* Text that people typed. */
#ifndef NCT_BASE_UTF8_H
#define NCT_BASE_UTF8_H

#include <nctracks/status.h>

/* NCT_OK if the bytes are well-formed UTF-8 (no overlong form, no surrogate, at most U+10FFFF), else NCT_E_UTF8. */
nct_status nct_text_utf8(const char *s, size_t len);

/*
 * One line of text for people, 1 to max characters (code points): NCT_E_EMPTY (also for white space alone), NCT_E_NUL,
 * NCT_E_UTF8, NCT_E_CHARACTER (C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls,
 * zero-width and other invisible format characters, byte-order mark, noncharacters, unassigned private use),
 * NCT_E_TOO_LONG. Leading or trailing white space is NCT_E_CHARACTER too.
 */
nct_status nct_text_line(const char *s, size_t len, size_t max);

/* A word of lower-case ASCII letters, digits, `.` and `_`, 1 to max bytes: NCT_E_EMPTY, NCT_E_NUL, NCT_E_CHARACTER or
 * NCT_E_TOO_LONG. */
nct_status nct_text_word(const char *s, size_t len, size_t max);

#endif
