/* Text into a caller's buffer: what does not fit is counted, so that the needed length is always known. */
#ifndef NCT_BASE_WRITER_H
#define NCT_BASE_WRITER_H

#include <nctracks/status.h>

struct nct_writer {
    char *out; /* may be NULL where the capacity is 0 */
    size_t capacity;
    size_t len; /* of all that was written, also beyond the capacity */
};

void nct_write_bytes(struct nct_writer *writer, const char *bytes, size_t len);
void nct_write(struct nct_writer *writer, const char *text);
void nct_write_number(struct nct_writer *writer, int64_t number);

/* Ends the text with a NUL and tells its length (may be NULL). NCT_OK, or NCT_E_BUFFER with an empty text. */
nct_status nct_writer_end(struct nct_writer *writer, size_t *out_len);

#endif
