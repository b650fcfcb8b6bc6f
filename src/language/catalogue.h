/* Texts of other languages: catalogues built in and a host's own. English texts stay in the tables they belong to. */
#ifndef NCT_LANGUAGE_CATALOGUE_H
#define NCT_LANGUAGE_CATALOGUE_H

#include "base/memory.h"

#define NCT_LANGUAGE_ROOM 16 /* a language tag with its NUL */
#define NCT_TEXT_KEY_ROOM 160
#define NCT_CATALOGUES_MAX 16
#define NCT_ENGLISH "en"

/* The texts of one language: key, text, key, text … */
struct nct_catalogue {
    const char *language;
    const char *const *texts;
    size_t count; /* of pairs */
};

/* Made by CMake from languages/NAME.txt. */
extern const struct nct_catalogue nct_builtin_catalogues[];
extern const size_t nct_builtin_catalogue_count;

/* What a host added, and the language of mails to people of whom none is known. */
struct nct_languages {
    struct nct_catalogue added[NCT_CATALOGUES_MAX]; /* each one piece of memory, which `texts` points to */
    size_t count;
    char usual[NCT_LANGUAGE_ROOM]; /* empty: English */
};

/* A catalogue in one piece of memory; NCT_OK or NCT_E_NO_MEMORY. Free with nct_catalogue_free(). */
nct_status nct_catalogue_copy(const struct nct_memory *memory, const struct nct_catalogue *from,
                              struct nct_catalogue *out);
void nct_catalogue_free(const struct nct_memory *memory, struct nct_catalogue *catalogue);

nct_status nct_languages_copy(const struct nct_memory *memory, const struct nct_languages *from,
                              struct nct_languages *out);
void nct_languages_free(const struct nct_memory *memory, struct nct_languages *languages);

/* Languages there are texts of: English, the built-in ones, the added ones. NULL past the end. `languages` may be NULL.
 */
const char *nct_languages_at(const struct nct_languages *languages, size_t index);

/*
 * The language that serves a tag, by RFC 4647, 3.4: "es-US" is served by "es". A tag's case does not count. NULL: none.
 */
const char *nct_languages_find(const struct nct_languages *languages, const char *tag, size_t len);

/* The usual language. */
const char *nct_languages_usual(const struct nct_languages *languages);

/* A text in a language, from what a host added before what is built in; NULL: there is none. */
const char *nct_languages_text(const struct nct_languages *languages, const char *language, const char *key);

/* The same, else the host's English, else the one given. */
const char *nct_languages_text_or(const struct nct_languages *languages, const char *language, const char *key,
                                  const char *english);

/* "group.name.suffix"; the suffix may be empty. */
void nct_text_compose(char key[NCT_TEXT_KEY_ROOM], const char *group, const char *name, const char *suffix);

#endif
