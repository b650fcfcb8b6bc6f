/* Texts for people with their keys, and the sentences the library assembles from parts. */
#ifndef NCT_LANGUAGE_SENTENCES_H
#define NCT_LANGUAGE_SENTENCES_H

#include "language/catalogue.h"
#include "language/template.h"

/* One English text. Its key is group.name.suffix. */
struct nct_text_row {
    const char *group;
    const char *name;
    const char *suffix;
    const char *english;
    size_t most; /* characters a line of it may have in any language */
};

void nct_text_row_key(const struct nct_text_row *row, char key[NCT_TEXT_KEY_ROOM]);

/* A status' sentence in a language. */
const char *nct_status_text(const struct nct_languages *languages, nct_status status, const char *language);

/* The language a caller named; NULL: the usual one. NCT_OK, or NCT_E_NOT_FOUND. */
nct_status nct_language_take(const struct nct_languages *languages, const char *tag, const char **out);

/* Sentences the library assembles; a table in sentences.c. */
enum nct_sentence {
    NCT_SENTENCE_LANGUAGE,
    NCT_SENTENCE_PROBLEM,
    NCT_SENTENCE_ALLOWED,
    NCT_SENTENCE_REFUSED,
    NCT_SENTENCE_NO_RECORD,
    NCT_SENTENCE_REGISTER_FIRST,
    NCT_SENTENCE_REINSTATE_FIRST,
    NCT_SENTENCE_CHANGE_RECORD,
    NCT_SENTENCE_ONLY_OA,
    NCT_SENTENCE_ASK_OA,
    NCT_SENTENCE_RECEIPT,
    NCT_SENTENCE_ABOUT_RIGHT,
    NCT_SENTENCE_ABOUT_ROLE,
    NCT_SENTENCE_ABOUT_ROLES,
    NCT_SENTENCE_ABOUT_RELATIONSHIPS,
    NCT_SENTENCE_ABOUT_STATE,
    NCT_SENTENCE_ABOUT_RULE,
    NCT_SENTENCE_ABOUT_LENGTH,
    NCT_SENTENCE_ABOUT_PLACE,
    NCT_SENTENCE_ABOUT_TIME,
    NCT_SENTENCE_ABOUT_CALLBACK,
    NCT_SENTENCE_ABOUT_SPACE,
    NCT_SENTENCE_ABOUT_KIND,
    NCT_SENTENCE_ABOUT_CHOICES,
    NCT_SENTENCE_COUNT
};

/* A sentence's row; 0 past the last. */
int nct_sentence_row(size_t index, struct nct_text_row *row);

/* Writes one with its parameters, which end with a NULL name. */
void nct_sentence_write(const struct nct_languages *languages, const char *language, enum nct_sentence sentence,
                        const struct nct_parameter *parameters, struct nct_writer *writer);

#endif
