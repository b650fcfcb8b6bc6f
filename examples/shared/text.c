#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *text_time(int64_t milliseconds, char *out) {
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm fields;
    if (milliseconds < 0 || gmtime_r(&seconds, &fields) == NULL) {
        snprintf(out, TEXT_TIME_MAX, "?");
        return out;
    }
    size_t used = strftime(out, TEXT_TIME_MAX, "%Y-%m-%dT%H:%M:%S", &fields);
    snprintf(out + used, TEXT_TIME_MAX - used, ".%03dZ", (int)(milliseconds % 1000));
    return out;
}

/* timegm() carries 31 February over into March; the round trip shows it. */
static bool exact(struct tm *fields, int64_t *milliseconds) {
    struct tm given = *fields;
    time_t seconds = timegm(fields);
    if (seconds <= 0 || given.tm_year != fields->tm_year || given.tm_mon != fields->tm_mon ||
        given.tm_mday != fields->tm_mday || given.tm_hour != fields->tm_hour || given.tm_min != fields->tm_min ||
        given.tm_sec != fields->tm_sec) {
        return false;
    }
    *milliseconds = (int64_t)seconds * 1000;
    return true;
}

static bool shaped_like(const char *text, const char *shape) {
    if (strlen(text) != strlen(shape)) {
        return false;
    }
    for (; *shape != '\0'; shape++, text++) {
        bool fits = *shape == '0' ? *text >= '0' && *text <= '9' : *text == *shape;
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool text_parse_time(const char *text, int64_t *milliseconds) {
    bool with_time = shaped_like(text, "0000-00-00T00:00:00Z");
    if (!with_time && !shaped_like(text, "0000-00-00")) {
        return false;
    }
    struct tm fields = {0};
    fields.tm_year = atoi(text) - 1900;
    fields.tm_mon = atoi(text + 5) - 1;
    fields.tm_mday = atoi(text + 8);
    if (with_time) {
        fields.tm_hour = atoi(text + 11);
        fields.tm_min = atoi(text + 14);
        fields.tm_sec = atoi(text + 17);
    }
    return exact(&fields, milliseconds);
}

size_t text_width(const char *text) {
    size_t width = 0;
    for (; *text != '\0'; text++) {
        width += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return width;
}

void text_hex(const void *bytes, size_t len, char *out) {
    static const char digits[] = "0123456789abcdef";
    const unsigned char *from = bytes;
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[from[i] >> 4];
        out[2 * i + 1] = digits[from[i] & 15];
    }
    out[2 * len] = '\0';
}

static int digit_value(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

bool text_unhex(const char *digits, size_t len, unsigned char *out) {
    for (size_t i = 0; i < len; i++) {
        int high = digit_value(digits[2 * i]);
        int low = high < 0 ? -1 : digit_value(digits[2 * i + 1]);
        if (low < 0) {
            return false;
        }
        out[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

bool text_number(const char *text, long max, long *out) {
    size_t len = strlen(text);
    if (len == 0 || strspn(text, "0123456789") != len) {
        return false;
    }
    errno = 0;
    *out = strtol(text, NULL, 10);
    return errno == 0 && *out <= max;
}
