/** Words that were meant: the nearest of those there are to one that is none of them. */
#ifndef NCTRACKS_CLI_NEAR_H
#define NCTRACKS_CLI_NEAR_H

#include <stddef.h>

#define NEAR_WORD_MAX 64

/** The search for the nearest word: begin with the word that was typed. */
typedef struct near_word {
    const char *typed;
    const char *nearest; /**< NULL: none is near enough. */
    size_t distance;
} near_word;

/** Looks at one word there is; the first of the nearest stays. */
void near_look(near_word *near, const char *word);

#endif
