/* The library as the model talks to it: one portal, whose time, random bytes and mails the replay holds. */
#ifndef NCT_MODEL_SUBJECT_H
#define NCT_MODEL_SUBJECT_H

#include <stddef.h>
#include <stdint.h>

#include <nctracks.h>

#define NAME_BYTES 32
#define NAMES 256
#define SECRETS_KEPT 512
#define ANSWER_BYTES 65536
#define ARGUMENTS 32
#define QUESTIONS 5
#define DOCUMENT "A document that nobody wrote."

/* What was told once to somebody by name: PINs mailed to a person, codes written to a provider. */
struct told {
    char name[NAME_BYTES];
    char secrets[SECRETS_KEPT][20];
    size_t count;
};

struct register_of_told {
    struct told entries[NAMES];
    size_t count;
};

struct subject {
    nct_portal *portal;
    nct_policy *policy;
    int64_t now;
    uint64_t random_state;
    struct register_of_told pins, codes;
    unsigned char keys[4096];
    size_t keys_len;
    size_t signatures;
    char (*applications)[NCT_APPLICATION_ID_LENGTH + 1]; /* in the order of their drafting */
    size_t application_count;
    char questions[QUESTIONS][2][NAME_BYTES]; /* the last ones: who, for which provider */
    int32_t asked[QUESTIONS];                 /* and for which right */
    size_t question_count;
    char mails[64][192]; /* since they were last asked for */
    size_t mail_count;
};

/* One line of the model: operation, expected answer, arguments. */
struct line {
    const char *name, *expected;
    size_t count;
    const char *arguments[ARGUMENTS];
};

/* Whom and what an operation is about, in canonical form; empty for nobody and for what is no identifier. */
struct about {
    char by[NAME_BYTES], provider[NAME_BYTES], person[NAME_BYTES];
};

struct operation {
    const char *name;
    size_t arguments; /* at least so many */
    void (*run)(struct subject *subject, const struct line *line, char *answer);
    int by, provider, person; /* which arguments name them; -1: none */
    const char *event;        /* of the entry that an OK leaves; NULL: it changes nothing */
    int of_person;            /* 1: in the person's stream, else in the provider's */
    const char *refusal;      /* of the entry that a refusal by the rules leaves; NULL: none */
};

/* Ends the program with a sentence: the replay itself cannot go on. */
void give_up(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
void must(nct_status status, const char *what);

struct subject *subject_new(const char *profile, uint64_t seed);
void subject_free(struct subject *subject);
const struct operation *subject_operation(const char *name);
void subject_about(const struct operation *operation, const struct line *line, struct about *about);
const char *subject_status(nct_status status); /* without its prefix */

#endif
