#include "base/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void nct_write_bytes(struct nct_writer *writer, const char *bytes, size_t len) {
    if (writer->len < writer->capacity) {
        size_t room = writer->capacity - writer->len;
        memcpy(writer->out + writer->len, bytes, len < room ? len : room);
    }
    writer->len += len;
}

void nct_write(struct nct_writer *writer, const char *text) {
    nct_write_bytes(writer, text, strlen(text));
}

void nct_write_number(struct nct_writer *writer, int64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    nct_write(writer, digits);
}

nct_status nct_writer_end(struct nct_writer *writer, size_t *out_len) {
    int fits = writer->len < writer->capacity;
    if (out_len != NULL)
        *out_len = writer->len;
    if (writer->capacity > 0)
        writer->out[fits ? writer->len : 0] = '\0';
    return fits ? NCT_OK : NCT_E_BUFFER;
}
