#include "near.h"

#include <string.h>

#define DISTANCE_MAX 3 /* beyond a third of a word's length, or this, nobody meant it */

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* How many characters have to be put in, taken out or changed (Levenshtein's distance); both words fit. */
static size_t distance(const char *one, const char *other) {
    size_t row[NEAR_WORD_MAX + 1];
    size_t len = strlen(other);
    for (size_t j = 0; j <= len; j++) {
        row[j] = j;
    }
    for (size_t i = 0; one[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < len; j++) {
            size_t change = diagonal + (one[i] != other[j]);
            diagonal = row[j + 1];
            row[j + 1] = least(change, least(row[j], row[j + 1]) + 1);
        }
    }
    return row[len];
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
