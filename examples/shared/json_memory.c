#include "json_memory.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

/* Each block is preceded by its size. */
#define BEFORE _Alignof(max_align_t)

static void *allocate(size_t size) {
    unsigned char *block = size < SIZE_MAX - BEFORE ? malloc(size + BEFORE) : NULL;
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &size, sizeof size);
    return block + BEFORE;
}

static void release(void *memory) {
    size_t size;
    if (memory == NULL) {
        return;
    }
    unsigned char *block = (unsigned char *)memory - BEFORE;
    memcpy(&size, block, sizeof size);
    explicit_bzero(memory, size);
    free(block);
}

void json_memory_wiped(void) {
    json_set_alloc_funcs(allocate, release);
}
