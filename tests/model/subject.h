/* The library as the model talks to it: one portal, whose time, random bytes and mails the replay holds. */
#ifndef NCT_MODEL_SUBJECT_H
#define NCT_MODEL_SUBJECT_H

#include <stddef.h>
#include <stdint.h>

#include <nctracks.h>

#include "terms.h"

#define NAME_BYTES 32
#define NAMES 2048
#define SECRETS_KEPT 512
#define ANSWER_BYTES 65536
#define ARGUMENTS 32
#define QUESTIONS 5
#define DOCUMENT "A document that nobody wrote."
#define OPERATOR "mona.model"
#define REASON "the model asked"
#define AGREEMENT_VERSION "2026-01"
#define AGREEMENT_TEXT "Signing here binds as by hand."

/* What was told once to somebody by name: PINs and tokens mailed to a person, codes written to a provider. */
struct told {
    char name[NAME_BYTES];
    char secrets[SECRETS_KEPT][40];
    size_t count;
};

struct register_of_told {
    struct told entries[NAMES];
    size_t count;
};

struct signed_id {
    char id[NCT_SIGNATURE_ID_LENGTH + 1];
};

/* Of 32 characters, in the order in which they were told: the model names them by number. */
struct words {
    char (*at)[33];
    size_t count;
};

struct subject {
    nct_portal *portal;
    const nct_store *store; /* NULL: the portal's own, in memory */
    void *store_data;
    nct_policy *policy;
    int64_t now;
    uint64_t random_state;
    struct register_of_told pins, codes, tokens, reviews, periods;
    unsigned char keys[4096];
    size_t keys_len;
    size_t signatures;
    char (*applications)[NCT_APPLICATION_ID_LENGTH + 1]; /* in the order of their drafting */
    size_t application_count;
    struct signed_id *signed_ids; /* in the order of signing */
    size_t signed_count;
    char questions[QUESTIONS][2][NAME_BYTES]; /* the last ones: who, for which provider */
    int32_t asked[QUESTIONS];                 /* and for which right */
    size_t question_count;
    struct words invitations, mailed_codes;
    char mails[4096][192]; /* since they were last asked for */
    size_t mail_count;
    int mail_is_down; /* the mailer refuses every mail */
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

struct operations {
    const struct operation *at;
    size_t count;
};

extern const struct operations shared_operations, person_operations, signing_operations, ledger_operations,
    work_operations, invitation_operations;

/* A profile's name may be followed by "+two" (users and their administrators are given by two), "+period"
 * and "+agreement" (nobody signs who has not accepted one). */
struct subject *subject_new(const char *profile, uint64_t seed);
struct subject *subject_open(const char *profile, uint64_t seed, const nct_store *store, void *user_data);
void subject_free(struct subject *subject);
const struct operation *subject_operation(const char *name);
void subject_about(const struct operation *operation, const struct line *line, struct about *about);
const char *subject_status(nct_status status); /* without its prefix */

/* What the operations have in common. */

typedef nct_status (*setter)(void *form, const char *path, const void *value, size_t len);

void tell(char *answer, nct_status status);
int given(const char *argument); /* not "-" */
int32_t number(const char *argument);

/* Arguments: by NPI NCID role rights begin end. */
struct terms subject_terms(const char *const *a);
void fill(setter set, void *form, const char *group, const char *field, const char *value);
void fill_document(setter set, void *form, const char *number);
nct_status set_signing(void *form, const char *path, const void *value, size_t len);
size_t remember_signature(struct subject *subject, const nct_signature *signature); /* its number */

struct told *told(struct register_of_told *all, int32_t kind, const char *written);
void keep(struct told *one, const char *secret);
void recall(struct told *one, size_t number, const char *wrong, char *out, size_t capacity);

/* A code that was mailed to an address alone. */
void remember_code(struct subject *subject, const char *code);

/* FNV-1a, 32 bits. */
uint32_t fnv(const char *text);

/* The id of the number-th application that was drafted; one that is nobody's for another number. */
const char *application_id(const struct subject *subject, const char *argument);

/* A listing of grants: of a provider's or a person's, all of them or those that allow a right. */
struct listing {
    const char *name;
    int by_person;
    int32_t right; /* which they allow, or one of these */
    int64_t since;
    const char *group;
};

#define ALL_OF_THEM (-1)
#define LEFT_BY_A_FORMER_OA (-2)
#define UNUSED (-3)
#define UNCERTIFIED (-4)
#define MEMBERS (-5)

#define PAGE 7 /* small, so that cursors are tried too */

/* Lists by provider have the order of random ids; the model's are sorted by name. */
void sort_answer(char *answer);

void describe_all(struct subject *subject, const struct listing *what, char *answer);

#endif
