#include "language/catalogue.h"

#include <stdio.h>
#include <string.h>

static size_t bytes_of(const struct nct_catalogue *catalogue) {
    size_t bytes = strlen(catalogue->language) + 1;
    for (size_t i = 0; i < 2 * catalogue->count; i++)
        bytes += strlen(catalogue->texts[i]) + 1;
    return bytes;
}

static const char *put_text(char **at, const char *text) {
    char *begin = *at;
    size_t len = strlen(text) + 1;
    memcpy(begin, text, len);
    *at += len;
    return begin;
}

nct_status nct_catalogue_copy(const struct nct_memory *memory, const struct nct_catalogue *from,
                              struct nct_catalogue *out) {
    size_t pointers = 2 * from->count * sizeof(char *);
    const char **texts = nct_memory_take(memory, pointers + bytes_of(from));
    if (texts == NULL)
        return NCT_E_NO_MEMORY;
    char *at = (char *)texts + pointers;
    for (size_t i = 0; i < 2 * from->count; i++)
        texts[i] = put_text(&at, from->texts[i]);
    *out = (struct nct_catalogue){put_text(&at, from->language), texts, from->count};
    return NCT_OK;
}

void nct_catalogue_free(const struct nct_memory *memory, struct nct_catalogue *catalogue) {
    void *block = NULL;
    memcpy(&block, &catalogue->texts, sizeof block);
    nct_memory_give(memory, block);
    *catalogue = (struct nct_catalogue){0};
}

nct_status nct_languages_copy(const struct nct_memory *memory, const struct nct_languages *from,
                              struct nct_languages *out) {
    nct_status status = NCT_OK;
    memcpy(out->usual, from->usual, sizeof out->usual);
    for (out->count = 0; out->count < from->count && status == NCT_OK; out->count += status == NCT_OK)
        status = nct_catalogue_copy(memory, &from->added[out->count], &out->added[out->count]);
    return status;
}

void nct_languages_free(const struct nct_memory *memory, struct nct_languages *languages) {
    for (size_t i = 0; i < languages->count; i++)
        nct_catalogue_free(memory, &languages->added[i]);
    languages->count = 0;
}

/* English, then the built-in ones, then what was added, with repetitions. */
static const char *any_at(const struct nct_languages *languages, size_t index) {
    if (index == 0)
        return NCT_ENGLISH;
    if (index <= nct_builtin_catalogue_count)
        return nct_builtin_catalogues[index - 1].language;
    index -= 1 + nct_builtin_catalogue_count;
    return languages != NULL && index < languages->count ? languages->added[index].language : NULL;
}

static int is_repeated(const struct nct_languages *languages, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (strcmp(any_at(languages, i), any_at(languages, index)) == 0)
            return 1;
    return 0;
}

const char *nct_languages_at(const struct nct_languages *languages, size_t index) {
    for (size_t i = 0; any_at(languages, i) != NULL; i++)
        if (!is_repeated(languages, i) && index-- == 0)
            return any_at(languages, i);
    return NULL;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static int is_tag(const char *language, const char *tag, size_t len) {
    if (strlen(language) != len)
        return 0;
    for (size_t i = 0; i < len; i++)
        if (language[i] != lower(tag[i]))
            return 0;
    return 1;
}

/* The length of a tag without its last subtag; 0: it had one alone. */
static size_t shorten(const char *tag, size_t len) {
    while (len > 0 && tag[len - 1] != '-')
        len--;
    return len > 0 ? len - 1 : 0;
}

const char *nct_languages_find(const struct nct_languages *languages, const char *tag, size_t len) {
    for (; len > 0; len = shorten(tag, len))
        for (size_t i = 0; any_at(languages, i) != NULL; i++)
            if (is_tag(any_at(languages, i), tag, len))
                return any_at(languages, i);
    return NULL;
}

const char *nct_languages_usual(const struct nct_languages *languages) {
    return languages != NULL && languages->usual[0] != '\0' ? languages->usual : NCT_ENGLISH;
}

static const char *find_text(const struct nct_catalogue *catalogue, const char *language, const char *key) {
    if (strcmp(catalogue->language, language) != 0)
        return NULL;
    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->texts[2 * i], key) == 0)
            return catalogue->texts[2 * i + 1];
    return NULL;
}

const char *nct_languages_text(const struct nct_languages *languages, const char *language, const char *key) {
    const char *text = NULL;
    for (size_t i = languages != NULL ? languages->count : 0; i > 0 && text == NULL; i--)
        text = find_text(&languages->added[i - 1], language, key);
    for (size_t i = 0; i < nct_builtin_catalogue_count && text == NULL; i++)
        text = find_text(&nct_builtin_catalogues[i], language, key);
    return text;
}

const char *nct_languages_text_or(const struct nct_languages *languages, const char *language, const char *key,
                                  const char *english) {
    const char *text = nct_languages_text(languages, language, key);
    if (text == NULL)
        text = nct_languages_text(languages, NCT_ENGLISH, key);
    return text != NULL ? text : english;
}

void nct_text_compose(char key[NCT_TEXT_KEY_ROOM], const char *group, const char *name, const char *suffix) {
    snprintf(key, NCT_TEXT_KEY_ROOM, "%s.%s%s%s", group, name, suffix[0] != '\0' ? "." : "", suffix);
}
