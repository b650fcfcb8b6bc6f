#include "base/bytes.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void nct_put_be64(unsigned char out[8], uint64_t value) {
    for (int i = 7; i >= 0; i--) {
        out[i] = (unsigned char)value;
        value >>= 8;
    }
}

uint64_t nct_get_be64(const unsigned char in[8]) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | in[i];
    return value;
}

static const char hex_digits[] = "0123456789abcdef";

void nct_hex(char *out, const unsigned char *bytes, size_t len) {
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = hex_digits[bytes[i] >> 4];
        out[2 * i + 1] = hex_digits[bytes[i] & 15];
    }
    out[2 * len] = '\0';
}

static int nibble(char digit) {
    const char *at = digit != '\0' ? strchr(hex_digits, digit) : NULL;
    return at != NULL ? (int)(at - hex_digits) : -1;
}

int nct_unhex(unsigned char *out, size_t len, const char *hex, size_t hex_len) {
    if (hex_len != 2 * len)
        return 0;
    for (size_t i = 0; i < len; i++) {
        int high = nibble(hex[2 * i]);
        int low = nibble(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return 0;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return 1;
}

int nct_copy_text(char *out, size_t capacity, const char *text, size_t len) {
    if (len >= capacity)
        return 0;
    if (len > 0)
        memcpy(out, text, len);
    out[len] = '\0';
    return 1;
}

void nct_time_text(char out[NCT_TIME_ROOM], int64_t milliseconds) {
    struct tm parts;
    time_t seconds = (time_t)(milliseconds / 1000);
    char date[24] = "";
    if (gmtime_r(&seconds, &parts) != NULL)
        strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", &parts);
    snprintf(out, NCT_TIME_ROOM, "%s UTC", date);
}
