/* A store that remembers every version of every row, and lies. */
#ifndef NCT_ADVERSARY_HOSTILE_H
#define NCT_ADVERSARY_HOSTILE_H

#include <nctracks.h>

#define SLOTS 1024
#define LABEL_BYTES 96

struct version {
    uint64_t revision;
    size_t commit; /* which commit wrote it, from 1 */
    size_t ended;  /* which commit deleted it; 0: none */
    unsigned char *value;
    size_t len;
};

/* A key and all that was ever written under it. */
struct slot {
    int32_t space;
    unsigned char key[NCT_KEY_MAX];
    size_t key_len;
    struct version *versions;
    size_t count;
    size_t now;          /* which version is in force, from 1; 0: there is no row */
    int hidden, doubled; /* in scans */
    char label[LABEL_BYTES];
};

struct touched {
    unsigned char slots[SLOTS / 8];
};

struct hostile {
    struct slot *slots[SLOTS]; /* in the order of their first writing */
    size_t sorted[SLOTS];      /* their places, by space and key */
    size_t count, commits;
    struct touched touched; /* by the calls since it was last cleared */
};

/* What the store held at a moment. */
struct moment {
    size_t count, commits;
    size_t now[SLOTS], versions[SLOTS];
};

extern const nct_store hostile_functions;

void hostile_free(struct hostile *store);
void hostile_take(const struct hostile *store, struct moment *moment);
/* Everything written since is forgotten, and every lie ends. */
void hostile_return(struct hostile *store, const struct moment *moment);
/* Gives each row a name: its space, what can be read of its key, and a number where these are not one row's alone. */
void hostile_label(struct hostile *store);

int touches(const struct touched *touched, size_t slot);

#endif
