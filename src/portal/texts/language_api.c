/* Languages and texts as the host sees them. */
#include "base/about.h"
#include "portal/form/form.h"
#include "portal/texts/catalogue_read.h"

#include <nctracks/language.h>

#include <string.h>

size_t nct_language_count(void) {
    return 1 + nct_builtin_catalogue_count;
}

const char *nct_language_at(size_t index) {
    return nct_languages_at(NULL, index);
}

nct_status nct_text_key(size_t index, char *out, size_t capacity, size_t *out_len) {
    char key[NCT_TEXT_KEY_ROOM];
    struct nct_text_walk walk = {0};
    struct nct_text_row row;
    struct nct_writer writer = {out, capacity, 0};
    if (NCT_MISSING(out) && capacity > 0)
        return NCT_E_ARGUMENT;
    while (nct_text_next(&walk, &row) && walk.index <= index)
        ;
    if (walk.index <= index)
        return NCT_E_ARGUMENT;
    nct_text_row_key(&row, key);
    nct_write(&writer, key);
    return nct_writer_end(&writer, out_len);
}

static const struct nct_languages *languages_of(const nct_portal *portal) {
    return portal != NULL ? &portal->languages : NULL;
}

const char *nct_portal_text(const nct_portal *portal, const char *language, const char *key) {
    struct nct_text_row row;
    const char *found = NULL;
    size_t index = 0;
    if (key == NULL || nct_language_take(languages_of(portal), language, &found) != NCT_OK ||
        !nct_text_find(key, strlen(key), &index, &row))
        return NULL;
    return nct_languages_text_or(languages_of(portal), found, key, row.english);
}

const char *nct_text(const char *language, const char *key) {
    return nct_portal_text(NULL, language, key);
}

/* ---- catalogues ---- */

/* A text of several lines begins each with '|'. */
static void write_entry(const char *key, const char *text, struct nct_writer *writer) {
    nct_write(writer, key);
    nct_write(writer, " =");
    if (strchr(text, '\n') == NULL) {
        nct_write(writer, " ");
        nct_write(writer, text);
    }
    for (const char *end = strchr(text, '\n'); end != NULL; text = end + 1, end = strchr(text, '\n')) {
        nct_write(writer, end > text ? "\n| " : "\n|");
        nct_write_bytes(writer, text, (size_t)(end - text));
    }
    nct_write(writer, "\n");
}

nct_status nct_catalogue_write(const char *language, char *out, size_t capacity, size_t *out_len) {
    char key[NCT_TEXT_KEY_ROOM];
    struct nct_text_row row;
    const char *found = NULL;
    const char *group = "";
    if (NCT_MISSING(language) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    nct_status status = nct_language_take(NULL, language, &found);
    if (status != NCT_OK)
        return status;
    struct nct_writer writer = {out, capacity, 0};
    for (struct nct_text_walk walk = {0}; nct_text_next(&walk, &row);) {
        if (walk.index > 1 && strcmp(group, row.group) != 0)
            nct_write(&writer, "\n");
        group = row.group;
        nct_text_row_key(&row, key);
        write_entry(key, nct_languages_text_or(NULL, found, key, row.english), &writer);
    }
    return nct_writer_end(&writer, out_len);
}

nct_status nct_catalogue_check(const char *text, size_t text_len, int32_t complete, nct_policy_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (NCT_MISSING(text) && text_len > 0)
        return NCT_E_ARGUMENT;
    if (text_len > NCT_CATALOGUE_TEXT_MAX)
        return NCT_E_LIMIT;
    return nct_catalogue_load(NCT_ENGLISH, text != NULL ? text : "", text_len, complete != 0, problems, NULL);
}

/* A tag as RFC 5646 writes it, in lower case. */
static nct_status check_tag(const char *language) {
    size_t len = strlen(language);
    if (len == 0)
        return NCT_E_EMPTY;
    if (len >= NCT_LANGUAGE_ROOM)
        return NCT_E_TOO_LONG;
    if (strspn(language, "abcdefghijklmnopqrstuvwxyz0123456789-") != len)
        return NCT_E_CHARACTER;
    size_t primary = strspn(language, "abcdefghijklmnopqrstuvwxyz");
    int whole = (language[primary] == '\0' || language[primary] == '-') && language[len - 1] != '-';
    return whole && primary >= 2 && strstr(language, "--") == NULL ? NCT_OK : NCT_E_FORMAT;
}

nct_status nct_config_add_catalogue(nct_config *config, const char *language, const char *text, size_t text_len,
                                    nct_policy_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (NCT_MISSING(config) || NCT_MISSING(language) || (text_len > 0 && NCT_MISSING(text)))
        return NCT_E_ARGUMENT;
    nct_status status = check_tag(language);
    if (status != NCT_OK)
        return status;
    struct nct_languages *languages = &config->languages;
    if (text_len > NCT_CATALOGUE_TEXT_MAX || languages->count == NCT_CATALOGUES_MAX)
        return NCT_E_LIMIT;
    status = nct_catalogue_load(language, text != NULL ? text : "", text_len, 0, problems,
                                &languages->added[languages->count]);
    languages->count += status == NCT_OK;
    return status;
}

nct_status nct_config_set_language(nct_config *config, const char *language) {
    const char *found = NULL;
    if (NCT_MISSING(config) || NCT_MISSING(language))
        return NCT_E_ARGUMENT;
    nct_status status = nct_language_take(&config->languages, language, &found);
    if (status == NCT_OK)
        memcpy(config->languages.usual, found, strlen(found) + 1);
    return status;
}

/* ---- languages of a portal ---- */

size_t nct_portal_language_count(const nct_portal *portal) {
    size_t count = 0;
    while (nct_languages_at(languages_of(portal), count) != NULL)
        count++;
    return count;
}

const char *nct_portal_language_at(const nct_portal *portal, size_t index) {
    return nct_languages_at(languages_of(portal), index);
}

const char *nct_portal_language(const nct_portal *portal) {
    return nct_languages_usual(languages_of(portal));
}

const char *nct_status_message_in(const nct_portal *portal, nct_status status, const char *language) {
    const char *found = NULL;
    if (nct_language_take(languages_of(portal), language, &found) != NCT_OK)
        found = NCT_ENGLISH;
    return nct_status_text(languages_of(portal), status, found);
}

static const char *text_of(const nct_portal *portal, const char *language, const char *key, const char *english) {
    const char *found = NULL;
    if (nct_language_take(languages_of(portal), language, &found) != NCT_OK)
        found = NCT_ENGLISH;
    return nct_languages_text_or(languages_of(portal), found, key, english);
}

static const char *field_text(const nct_portal *portal, int32_t form, size_t index, const char *language,
                              const char *part, const char *english) {
    char key[NCT_TEXT_KEY_ROOM];
    if (english == NULL)
        return NULL;
    nct_field_key(form, nct_field_path(form, index), part, key);
    return text_of(portal, language, key, english);
}

/* A text of what is called the same in every form; one without a name has none. */
static const char *shared_text(const nct_portal *portal, const char *language, const char *group, const char *name,
                               const char *english) {
    char key[NCT_TEXT_KEY_ROOM];
    if (english == NULL || name[0] == '\0')
        return english;
    nct_text_compose(key, group, name, "");
    return text_of(portal, language, key, english);
}

const char *nct_field_label_in(const nct_portal *portal, int32_t form, size_t index, const char *language) {
    return field_text(portal, form, index, language, "label", nct_field_label(form, index));
}

const char *nct_field_description_in(const nct_portal *portal, int32_t form, size_t index, const char *language) {
    return field_text(portal, form, index, language, "description", nct_field_description(form, index));
}

const char *nct_field_group_label_in(const nct_portal *portal, int32_t form, size_t index, const char *language) {
    return shared_text(portal, language, "group", nct_field_group(form, index), nct_field_group_label(form, index));
}

const char *nct_field_choice_label_in(const nct_portal *portal, int32_t form, size_t index, const char *choice,
                                      const char *language) {
    return shared_text(portal, language, "choice", choice, nct_field_choice_label(form, index, choice));
}

size_t nct_catalogue_text_max(void) {
    return NCT_CATALOGUE_TEXT_MAX;
}
