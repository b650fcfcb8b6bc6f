#include "portal/credentials/password_choice.h"

#include "engine/handle/arguments.h"

#include <nctracks/password.h>

#include <sodium.h>
#include <string.h>

#define LEAST 8      /* where a profile does not say: NIST SP 800-63B */
#define REST_LEAST 5 /* letters and digits that are left of a password without the words below */
#define DISTINCT_LEAST 4
#define OWN_LEAST 3 /* shorter ones stand in any text */

/* What lists of leaked passwords begin with. Longest first where one holds another. */
static const char *const words[] = {
    "1234567890", "0123456789",    "123456789", "987654321",     "12345678",  "87654321", "11111111", "1234567",
    "123456",     "654321",        "12345",     "54321",         "1234",      "1q2w3e4r", "q1w2e3r4", "1qaz2wsx",
    "qazwsx",     "qwertyuiop",    "qwertyui",  "qwerty",        "asdfghjkl", "asdfgh",   "zxcvbnm",  "abcdefgh",
    "abcdef",     "abc123",        "password",  "passw0rd",      "p@ssw0rd",  "p@ssword", "passwort", "contraseña",
    "contrasena", "iloveyou",      "letmein",   "welcome",       "monkey",    "dragon",   "sunshine", "princess",
    "football",   "baseball",      "superman",  "batman",        "trustno1",  "starwars", "whatever", "computer",
    "internet",   "michael",       "jennifer",  "master",        "shadow",    "secret",   "changeme", "default",
    "admin",      "administrator", "login",     "guest",         "summer",    "winter",   "spring",   "autumn",
    "medicaid",   "nctracks",      "provider",  "northcarolina", "carolina",  "raleigh",  "health",
};
#define WORDS (sizeof words / sizeof words[0])

/* ASCII alone: what is tried first is. */
static unsigned char fold(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static int begins_with(const unsigned char *text, size_t len, const char *word, size_t word_len) {
    if (word_len > len)
        return 0;
    for (size_t i = 0; i < word_len; i++)
        if (text[i] != fold(word[i]))
            return 0;
    return 1;
}

/* Takes every occurrence of a word out; answers what is left. */
static size_t take_out(unsigned char *text, size_t len, const char *word) {
    size_t word_len = strlen(word);
    size_t kept = 0;
    for (size_t i = 0; i < len;) {
        if (begins_with(text + i, len - i, word, word_len))
            i += word_len;
        else
            text[kept++] = text[i++];
    }
    return kept;
}

static size_t distinct(const unsigned char *text, size_t len) {
    unsigned char seen[256] = {0};
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        count += !seen[text[i]];
        seen[text[i]] = 1;
    }
    return count;
}

static size_t letters_and_digits(const unsigned char *text, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9') || text[i] >= 0x80;
    return count;
}

int nct_password_is_made_of(const char *const own[NCT_OWN_WORDS], const char *password, size_t len) {
    unsigned char text[NCT_PASSWORD_MAX];
    for (size_t i = 0; i < len; i++)
        text[i] = fold(password[i]);
    int made = distinct(text, len) < DISTINCT_LEAST;
    for (size_t i = 0; i < NCT_OWN_WORDS && own[i] != NULL; i++)
        if (strlen(own[i]) >= OWN_LEAST)
            len = take_out(text, len, own[i]);
    for (size_t i = 0; i < WORDS; i++)
        len = take_out(text, len, words[i]);
    made |= letters_and_digits(text, len) < REST_LEAST;
    sodium_memzero(text, sizeof text);
    return made;
}

/* Characters, not bytes; what is no UTF-8 has as many as it has bytes that continue none. */
static size_t characters(const char *text, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static nct_status ask_host(const struct nct_callbacks *callbacks, const char *password, size_t len) {
    if (callbacks->blocklist.check == NULL)
        return NCT_OK;
    nct_status status = callbacks->blocklist.check(password, len, callbacks->blocklist_data);
    return status == NCT_OK ? status : nct_callback_failure(status, NCT_E_COMMON_PASSWORD, "blocklist.check");
}

nct_status nct_password_choice(const struct nct_portal *portal, const char *ncid, const char *password, size_t len) {
    int32_t least = portal->policy.profile.password_least;
    const char *const own[NCT_OWN_WORDS] = {ncid};
    nct_status status = nct_check_password(password, len);
    if (status != NCT_OK)
        return status;
    if (characters(password, len) < (size_t)(least != 0 ? least : LEAST))
        return nct_about_word(NCT_E_TOO_SHORT, NCT_ABOUT_RULE, "password.least", least);
    return nct_password_is_made_of(own, password, len) ? NCT_E_COMMON_PASSWORD
                                                       : ask_host(&portal->callbacks, password, len);
}
