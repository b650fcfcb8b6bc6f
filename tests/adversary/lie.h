/* What the store may say that is not so: of one row, or of rows that are always written together. */
#ifndef NCT_ADVERSARY_LIE_H
#define NCT_ADVERSARY_LIE_H

#include "hostile.h"

#define TOGETHER 96 /* rows of one lie */

enum lying { DELETED, HIDDEN, DOUBLED, PUT_BACK, ROLLED_BACK };

struct lie {
    enum lying kind;
    size_t slots[TOGETHER], count;
    size_t version;      /* which is put back, from 1 */
    size_t to[TOGETHER]; /* of what is rolled back: the version of each row; 0: there was none */
};

struct lies {
    struct lie *at;
    size_t count;
};

/* Every lie there is about what the store holds and held, and the whole store as it was after a commit; free `at`. */
struct lies lies_of(const struct hostile *store, size_t commit);
void lie_apply(struct hostile *store, const struct lie *lie);
/* The rows are again as they were at the moment, whatever was written over them since. */
void lie_lift(struct hostile *store, const struct lie *lie, const struct moment *moment);
int lie_touched(const struct touched *touched, const struct lie *lie);
int lies_meet(const struct lie *a, const struct lie *b); /* they are about a row in common */
void lie_name(const struct hostile *store, const struct lie *lie, char *out, size_t capacity);

#endif
