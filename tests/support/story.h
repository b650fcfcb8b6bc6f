/* Telling a story: who was told what, and what the ledger holds, since the story looked last. */
#ifndef NCT_TEST_STORY_H
#define NCT_TEST_STORY_H

#include "world.h"

/* Forgets what came before. */
void story_begin(struct world *w);

/* Every mail since the last look, each "template address", in any order and no other. */
#define TOLD(w, ...) story_told((w), (const char *const[]){__VA_ARGS__, NULL})
#define NOBODY_TOLD(w) story_told((w), (const char *const[]){NULL})
void story_told(struct world *w, const char *const *wanted);

/* Every entry of a stream since the last look at it, by event, in order and no other. */
#define WRITTEN(w, stream, ...) story_written((w), (stream), (const char *const[]){__VA_ARGS__, NULL})
void story_written(struct world *w, const char *stream, const char *const *wanted);

/* The last message in somebody's list. */
void story_message(struct world *w, const char *ncid, const char *template_name);

#endif
