/* A store as simple as can be, a sorted array, to compare real stores with. */
#ifndef NCT_TESTS_STORE_MODEL_H
#define NCT_TESTS_STORE_MODEL_H

#include "store_probe.h"

#define MODEL_ROWS 512
#define MODEL_KEY_MAX 3
#define MODEL_VALUE_MAX 700

struct model_row {
    int32_t space;
    unsigned char key[MODEL_KEY_MAX];
    size_t key_len;
    uint64_t revision;
    unsigned char value[MODEL_VALUE_MAX];
    size_t len;
};

struct model {
    struct model_row rows[MODEL_ROWS]; /* ascending */
    size_t count;
};

void model_clear(struct model *model);

/* One random get, scan or commit on both; asserts that they agree. */
void model_step(struct model *model, const struct probe *probe, uint64_t *seed);

/* Asserts that both hold the same rows. */
void model_compare(const struct model *model, const struct probe *probe);

#endif
