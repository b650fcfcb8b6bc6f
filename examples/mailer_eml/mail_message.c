#include "mail_message.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINE_MAX_BYTES 76     /* RFC 2045, 6.7 (5); a 7-bit line may have 998, but nobody likes to read those */
#define ENCODED_WORD_BYTES 39 /* 52 characters of base 64: with frame and field name below the 76 of RFC 2047, 2 */

/* ---- A buffer that is large enough from the start: growing would leave copies of a PIN in freed memory. ---- */

static void put(mail_message *out, const char *bytes, size_t len) {
    if (len <= out->capacity - out->len) {
        memcpy(out->bytes + out->len, bytes, len);
        out->len += len;
    }
}

static void put_text(mail_message *out, const char *text) {
    put(out, text, strlen(text));
}

static bool reserve(const nct_mail *mail, const char *from, mail_message *out) {
    /* Quoted-printable takes at most 3 bytes for one and 3 more for each 73; base 64 in words far less than 4 + frame.
     */
    out->len = 0;
    out->capacity = 4 * strlen(nct_mail_body(mail)) + 5 * strlen(nct_mail_subject(mail)) +
                    5 * strlen(nct_mail_recipient_name(mail)) + strlen(nct_mail_recipient_address(mail)) +
                    strlen(from) + 2048;
    out->bytes = malloc(out->capacity);
    return out->bytes != NULL;
}

/* ---- Header fields ---- */

static bool is_printable_ascii(const char *text) {
    for (; *text != '\0'; text++) {
        if (*text < 0x20 || *text > 0x7E) {
            return false;
        }
    }
    return true;
}

static void put_base64(mail_message *out, const unsigned char *bytes, size_t len) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t group = (uint32_t)bytes[i] << 16;
        group |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        group |= left > 2 ? (uint32_t)bytes[i + 2] : 0;
        char four[4] = {digits[group >> 18], digits[group >> 12 & 63], left > 1 ? digits[group >> 6 & 63] : '=',
                        left > 2 ? digits[group & 63] : '='};
        put(out, four, sizeof four);
    }
}

/* How many bytes the next encoded word takes: whole characters only (RFC 2047, 5). */
static size_t word_length(const char *text, size_t len) {
    if (len <= ENCODED_WORD_BYTES) {
        return len;
    }
    size_t take = ENCODED_WORD_BYTES;
    while (take > 1 && ((unsigned char)text[take] & 0xC0) == 0x80) {
        take--;
    }
    return take;
}

static void put_encoded_words(mail_message *out, const char *text) {
    size_t len = strlen(text);
    while (len > 0) {
        size_t take = word_length(text, len);
        put_text(out, "=?UTF-8?B?");
        put_base64(out, (const unsigned char *)text, take);
        put_text(out, take < len ? "?=\r\n " : "?=");
        text += take;
        len -= take;
    }
}

/* "=?" in plain text could be taken for an encoded word; a very long line is not allowed. */
static bool needs_encoding(const char *text) {
    return !is_printable_ascii(text) || strstr(text, "=?") != NULL || strlen(text) > 200;
}

static void put_unstructured(mail_message *out, const char *text) {
    if (needs_encoding(text)) {
        put_encoded_words(out, text);
    } else {
        put_text(out, text);
    }
}

static void put_phrase(mail_message *out, const char *name) {
    if (needs_encoding(name)) {
        put_encoded_words(out, name);
        return;
    }
    put_text(out, "\"");
    for (; *name != '\0'; name++) {
        if (*name == '"' || *name == '\\') {
            put_text(out, "\\");
        }
        put(out, name, 1);
    }
    put_text(out, "\"");
}

/* Not strftime("%a %b"): its names follow the locale. */
static void put_date(mail_message *out) {
    static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t now = time(NULL);
    struct tm at;
    if (gmtime_r(&now, &at) == NULL) {
        return;
    }
    char text[64];
    snprintf(text, sizeof text, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[at.tm_wday], at.tm_mday,
             months[at.tm_mon], at.tm_year + 1900, at.tm_hour, at.tm_min, at.tm_sec);
    put_text(out, text);
}

static void put_header(mail_message *out, const nct_mail *mail, const char *from, bool plain) {
    put_text(out, "Message-ID: <");
    put_text(out, nct_mail_id(mail));
    put_text(out, "@nctracks.invalid>\r\n");
    put_date(out);
    put_text(out, "From: \"NCTracks\" <");
    put_text(out, from);
    put_text(out, ">\r\nTo: ");
    put_phrase(out, nct_mail_recipient_name(mail));
    put_text(out, "\r\n <");
    put_text(out, nct_mail_recipient_address(mail));
    put_text(out, ">\r\nSubject: ");
    put_unstructured(out, nct_mail_subject(mail));
    put_text(out, "\r\nContent-Language: ");
    put_text(out, nct_mail_language(mail));
    put_text(out, "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                  "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ");
    put_text(out, plain ? "7bit\r\n\r\n" : "quoted-printable\r\n\r\n");
}

/* ---- Body ---- */

/* Whether every line can stand as it is. */
static bool is_plain(const char *body) {
    size_t column = 0;
    for (; *body != '\0'; body++) {
        if (*body == '\n') {
            column = 0;
        } else if (*body < 0x20 || *body > 0x7E || ++column > 200) {
            return false;
        }
    }
    return true;
}

static void put_plain(mail_message *out, const char *body) {
    for (; *body != '\0'; body++) {
        put(out, *body == '\n' ? "\r\n" : body, *body == '\n' ? 2 : 1);
    }
}

/* One byte in quoted-printable; a space at the end of a line would be lost on the way (RFC 2045, 6.7 (3)). */
static size_t quote(const char *at, char quoted[4]) {
    unsigned char byte = (unsigned char)*at;
    bool line_ends = at[1] == '\n' || at[1] == '\0';
    if ((byte > 0x20 && byte < 0x7F && byte != '=') || (byte == ' ' && !line_ends)) {
        quoted[0] = *at;
        return 1;
    }
    snprintf(quoted, 4, "=%02X", byte);
    return 3;
}

static void put_quoted(mail_message *out, const char *body) {
    size_t column = 0;
    for (; *body != '\0'; body++) {
        char quoted[4];
        if (*body == '\n') {
            put_text(out, "\r\n");
            column = 0;
            continue;
        }
        size_t len = quote(body, quoted);
        if (column + len > LINE_MAX_BYTES - 1) {
            put_text(out, "=\r\n");
            column = 0;
        }
        put(out, quoted, len);
        column += len;
    }
}

bool mail_message_write(const nct_mail *mail, const char *from, mail_message *out) {
    if (!reserve(mail, from, out)) {
        return false;
    }
    const char *body = nct_mail_body(mail);
    size_t body_len = strlen(body);
    bool plain = is_plain(body);
    put_header(out, mail, from, plain);
    if (plain) {
        put_plain(out, body);
    } else {
        put_quoted(out, body);
    }
    if (body_len == 0 || body[body_len - 1] != '\n') {
        put_text(out, "\r\n");
    }
    return true;
}

void mail_message_release(mail_message *message) {
    if (message->bytes != NULL) {
        explicit_bzero(message->bytes, message->capacity);
        free(message->bytes);
    }
    *message = (mail_message){NULL, 0, 0};
}
