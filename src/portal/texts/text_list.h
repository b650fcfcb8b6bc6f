/* Every text for people, with its key: what catalogues translate. */
#ifndef NCT_PORTAL_TEXTS_TEXT_LIST_H
#define NCT_PORTAL_TEXTS_TEXT_LIST_H

#include "language/sentences.h"

#define NCT_TEXT_BYTES_MAX 4000 /* of a text of several lines */

/* A walk over all rows in the order of catalogues; begins zeroed. */
struct nct_text_walk {
    size_t section;
    size_t place;
    size_t index; /* of the row to come */
};

/* The next row; 0 past the last. */
int nct_text_next(struct nct_text_walk *walk, struct nct_text_row *row);

/* The row of a key, and its index; 0: there is none. */
int nct_text_find(const char *key, size_t len, size_t *index, struct nct_text_row *row);

#endif
