#include "words/near.h"

#include <stdbool.h>
#include <string.h>

#define DISTANCE_MAX 3 /* beyond a third of a word's length, or this, nobody meant it */

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* The distances of all beginnings of two words. */
typedef unsigned char table[NEAR_WORD_MAX + 1][NEAR_WORD_MAX + 1];

static size_t cell(table at, const char *one, const char *other, size_t i, size_t j) {
    if (i == 0 || j == 0) {
        return i + j;
    }
    size_t away = least(at[i - 1][j], at[i][j - 1]) + 1;
    away = least(away, at[i - 1][j - 1] + (size_t)(one[i - 1] != other[j - 1]));
    bool swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
    return swapped ? least(away, at[i - 2][j - 2] + 1) : away;
}

/* How many characters have to be put in, taken out, changed or swapped with the next. Both words fit. */
static size_t distance(const char *one, const char *other) {
    table at;
    size_t one_len = strlen(one);
    size_t other_len = strlen(other);
    for (size_t i = 0; i <= one_len; i++) {
        for (size_t j = 0; j <= other_len; j++) {
            at[i][j] = (unsigned char)cell(at, one, other, i, j);
        }
    }
    return at[one_len][other_len];
}

void near_look(near_word *near, const char *word) {
    size_t len = strlen(near->typed);
    if (len > NEAR_WORD_MAX || strlen(word) > NEAR_WORD_MAX) {
        return;
    }
    size_t away = distance(near->typed, word);
    if (away <= least(DISTANCE_MAX, (len + 2) / 3) && (near->nearest == NULL || away < near->distance)) {
        near->nearest = word;
        near->distance = away;
    }
}
