#include "portal/form/value.h"

#include "base/date.h"
#include "base/utf8.h"
#include "engine/handle/arguments.h"

#include <nctracks/ident.h>

#include <string.h>

int32_t nct_value_choice(const char *words, const char *word, size_t len) {
    int32_t index = 1;
    for (const char *at = words; *at != '\0'; index++) {
        size_t length = strcspn(at, " ");
        if (length == len && memcmp(at, word, len) == 0)
            return index;
        at += length + (at[length] == ' ');
    }
    return 0;
}

/* The length of the word that begins at `from`, up to the next space. */
static size_t word_len(const char *bytes, size_t len, size_t from) {
    const char *space = from < len ? memchr(bytes + from, ' ', len - from) : NULL;
    return (space != NULL ? (size_t)(space - bytes) : len) - from;
}

/* Which word begins there, counted from 1. */
static int64_t place_of(const char *bytes, size_t from) {
    int64_t place = 1;
    for (size_t i = 0; i < from; i++)
        place += bytes[i] == ' ';
    return place;
}

nct_status nct_value_choices(const char *words, const char *bytes, size_t len, uint64_t *mask) {
    *mask = 0;
    for (size_t from = 0; from <= len;) {
        size_t word = word_len(bytes, len, from);
        int32_t choice = nct_value_choice(words, bytes + from, word);
        if (choice == 0)
            return nct_about(NCT_E_UNKNOWN_VALUE, NCT_ABOUT_PLACE, place_of(bytes, from));
        *mask |= UINT64_C(1) << choice;
        from += word + 1;
    }
    return NCT_OK;
}

nct_status nct_value_rights(const struct nct_policy *policy, const char *bytes, size_t len, uint64_t *mask) {
    *mask = 0;
    for (size_t from = 0; from <= len;) {
        size_t word = word_len(bytes, len, from);
        char name[NCT_RIGHT_NAME_MAX + 1];
        int32_t right = -1;
        if (word > NCT_RIGHT_NAME_MAX || memchr(bytes + from, '\0', word) != NULL)
            return nct_about(NCT_E_UNKNOWN_VALUE, NCT_ABOUT_PLACE, place_of(bytes, from));
        memcpy(name, bytes + from, word);
        name[word] = '\0';
        if (nct_right_from_name(policy, name, &right) != NCT_OK || right >= NCT_RIGHT_COUNT)
            return nct_about(NCT_E_UNKNOWN_VALUE, NCT_ABOUT_PLACE, place_of(bytes, from));
        *mask |= UINT64_C(1) << right;
        from += word + 1;
    }
    return NCT_OK;
}

static int is_extension(const char *bytes, size_t len) {
    size_t digits = 0;
    while (digits < len && bytes[digits] >= '0' && bytes[digits] <= '9')
        digits++;
    return digits == len && len <= NCT_EXTENSION_DIGITS;
}

#define YEAR_2000 INT64_C(946684800000)
#define YEAR_10000 INT64_C(253402300800000)

nct_status nct_value_time(const struct nct_portal *portal, const char *bytes, size_t len, int is_end, int64_t *time) {
    struct nct_zone zone;
    int64_t day = 0;
    nct_status status = NCT_OK;
    nct_policy_zone(&portal->policy, &zone);
    if (nct_date_parse(bytes, len, &day))
        *time = nct_zone_utc(&zone, (day + is_end) * NCT_DAY);
    else
        status = nct_take_time(bytes, len, time);
    if (status == NCT_OK && (*time < YEAR_2000 || *time >= YEAR_10000))
        status = NCT_E_RANGE;
    return status;
}

nct_status nct_value_check(const struct nct_portal *portal, const struct nct_field_row *field, const char *bytes,
                           size_t len) {
    uint64_t mask = 0;
    int64_t day = 0;
    int64_t time = 0;
    switch (field->type) {
    case NCT_TYPE_TEXT:
    case NCT_TYPE_GIVEN_NAME:
    case NCT_TYPE_FAMILY_NAME:
    case NCT_TYPE_MIDDLE_NAME:
    case NCT_TYPE_TOKEN:
        return nct_text_line(bytes, len, NCT_TEXT_CHARACTERS);
    case NCT_TYPE_CHOICE:
        return nct_value_choice(field->choices, bytes, len) != 0
                   ? NCT_OK
                   : nct_about_word(NCT_E_UNKNOWN_VALUE, NCT_ABOUT_CHOICES, field->choices, 0);
    case NCT_TYPE_RIGHTS:
        return nct_value_rights(&portal->policy, bytes, len, &mask);
    case NCT_TYPE_CHOICES:
        return nct_value_choices(field->choices, bytes, len, &mask);
    case NCT_TYPE_PASSWORD:
    case NCT_TYPE_PIN:
    case NCT_TYPE_PERIOD:
        return nct_check_password(bytes, len);
    case NCT_TYPE_LANGUAGE:
        return nct_languages_find(&portal->languages, bytes, len) != NULL ? NCT_OK : NCT_E_UNKNOWN_VALUE;
    case NCT_TYPE_DATE:
        return nct_date_parse(bytes, len, &day) ? NCT_OK : NCT_E_FORMAT;
    case NCT_TYPE_EXTENSION:
        return is_extension(bytes, len) ? NCT_OK : NCT_E_FORMAT;
    case NCT_TYPE_TIME:
        return nct_value_time(portal, bytes, len, 0, &time);
    case NCT_TYPE_CODE:
    case NCT_TYPE_BYTES:
    case NCT_TYPE_SHOWN:
        return NCT_OK;
    default:
        return nct_ident_check(field->type, bytes, len);
    }
}
