/* The form in which the directory keeps texts. */
#include "portal/registry/directory.h"

#include <string.h>

/* The letters of Latin-1 and Latin Extended-A, U+00C0 to U+017F, without case and marks. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
_Static_assert(sizeof latin == 3 * 64 + 1, "a letter for each of three lead bytes");

static void append(struct nct_directory_text *out, char byte) {
    int doubles = byte == ' ' && (out->len == 0 || out->bytes[out->len - 1] == ' ');
    if (!doubles && byte != '\0' && out->len < sizeof out->bytes)
        out->bytes[out->len++] = byte;
}

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Dashes and quotation marks of the General Punctuation block, U+2010 to U+201F, which are typed in names. */
static size_t take_punctuation(const unsigned char *at, size_t len, struct nct_directory_text *out) {
    if (len < 3 || at[0] != 0xE2 || at[1] != 0x80 || at[2] < 0x90 || at[2] > 0x9F)
        return 0;
    if (at[2] <= 0x95)
        append(out, ' ');
    return 3;
}

/* One character of a name; answers its bytes. */
static size_t take_letter(const unsigned char *at, size_t len, struct nct_directory_text *out) {
    size_t taken = take_punctuation(at, len, out);
    if (taken > 0)
        return taken;
    if (len >= 2 && at[0] >= 0xC3 && at[0] <= 0xC5) {
        append(out, latin[(at[0] - 0xC3) * 64 + (at[1] & 0x3F)]);
        return 2;
    }
    if (at[0] != '\'')
        append(out, at[0] < 0x80 && strchr("-.,;:/\"()&", at[0]) != NULL ? ' ' : lower((char)at[0]));
    return 1;
}

static void take_name(const char *text, size_t len, struct nct_directory_text *out) {
    for (size_t i = 0; i < len;)
        i += take_letter((const unsigned char *)text + i, len - i, out);
}

/* Without the country's 1, which no area code begins with. */
static void take_phone(const char *text, size_t len, struct nct_directory_text *out) {
    for (size_t i = 0; i < len; i++)
        if (text[i] >= '0' && text[i] <= '9' && (out->len > 0 || text[i] != '1'))
            append(out, text[i]);
}

static void take_plain(const char *text, size_t len, struct nct_directory_text *out) {
    for (size_t i = 0; i < len; i++)
        append(out, lower(text[i]));
}

void nct_directory_normalise(int32_t by, const char *text, size_t len, struct nct_directory_text *out) {
    out->len = 0;
    if (by == NCT_SEARCH_PHONE)
        take_phone(text, len, out);
    else if (by == NCT_SEARCH_NAME || by == NCT_DIRECTORY_PROVIDER)
        take_name(text, len, out);
    else
        take_plain(text, len, out);
}
