/* A story: what was done, and what is asked of the store that lies. */
#ifndef NCT_ADVERSARY_STORY_H
#define NCT_ADVERSARY_STORY_H

#include "lie.h"
#include "subject.h"

#define QUESTIONS_MAX 64
#define STEPS 6

enum outcome { RIGHT, FOUND, WRONG };

/* Operations one after the other; "lift" among them ends the lies: the rows are as they were again. */
struct question {
    char *text;
    char *steps[STEPS], *honest[STEPS]; /* and what the untouched store answers */
    size_t count;
};

struct story {
    char name[32], profile[32];
    struct hostile store;
    struct subject *subject;
    struct moment moment; /* at its end */
    size_t before_last;   /* the commit before the last operation */
    struct subject_mark *mark;
    struct question questions[QUESTIONS_MAX];
    size_t question_count;
    unsigned char checkpoint[1024], *leaves; /* held by somebody else, made at the end */
    size_t checkpoint_len, leaves_len;
};

/* Does what a story says from its first line to the next story's; NULL at the end. */
struct story *story_next(char **text);
void story_free(struct story *story);

/* Asks a question of the store under up to two lies (NULL: none). */
enum outcome story_ask(struct story *story, const struct question *question, const struct lie *a, const struct lie *b);
/* As it was at the end of the story, without lies. */
void story_go_back(struct story *story);
/* Whether verifying every stream that is listed finds something. */
int story_verify(struct story *story, const struct lie *a, const struct lie *b);
/* Whether the checkpoint somebody held finds something. */
int story_compare(struct story *story, const struct lie *a, const struct lie *b);

#endif
