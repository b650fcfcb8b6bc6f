#include "vault.h"

#include <stdlib.h>
#include <string.h>

/* Memory nobody has written to yet is searched too; valgrind need not tell. */
#ifdef __has_include
#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#endif
#endif
#ifndef VALGRIND_DISABLE_ERROR_REPORTING
#define VALGRIND_DISABLE_ERROR_REPORTING ((void)0)
#define VALGRIND_ENABLE_ERROR_REPORTING ((void)0)
#define VALGRIND_MAKE_MEM_DEFINED(bytes, len) ((void)(bytes), (void)(len), 0)
#endif

struct vault_block {
    struct vault_block *next;
    struct vault_block **link; /* what points here */
    size_t size;
    size_t padding;
    unsigned char bytes[];
};

static void put_in(struct vault_block **list, struct vault_block *block) {
    block->next = *list;
    block->link = list;
    if (block->next != NULL)
        block->next->link = &block->next;
    *list = block;
}

static void take_out(struct vault_block *block) {
    *block->link = block->next;
    if (block->next != NULL)
        block->next->link = block->link;
}

static void *allocate(size_t size, void *user_data) {
    struct vault *vault = user_data;
    struct vault_block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    memset(block->bytes, 0xA5, size);
    put_in(&vault->live, block);
    vault->live_count++;
    return block->bytes;
}

/* The block itself is kept; who writes to it after this is found by the next search, or not at all. */
static void release(void *memory, void *user_data) {
    struct vault *vault = user_data;
    struct vault_block *block = (struct vault_block *)(void *)((char *)memory - offsetof(struct vault_block, bytes));
    take_out(block);
    vault->live_count--;
    put_in(&vault->released, block);
    vault->released_count++;
}

const nct_allocator vault_functions = {.struct_size = sizeof(nct_allocator), .allocate = allocate, .release = release};

int bytes_hold(const void *bytes, size_t len, const void *wanted, size_t wanted_len) {
    const unsigned char *at = bytes;
    int found = 0;
    VALGRIND_DISABLE_ERROR_REPORTING;
    for (size_t i = 0; i + wanted_len <= len && !found; i++)
        found = memcmp(at + i, wanted, wanted_len) == 0;
    VALGRIND_ENABLE_ERROR_REPORTING;
    (void)VALGRIND_MAKE_MEM_DEFINED(&found, sizeof found);
    return found;
}

static size_t count_with(const struct vault_block *list, const void *bytes, size_t len) {
    size_t count = 0;
    for (const struct vault_block *block = list; block != NULL; block = block->next)
        count += (size_t)bytes_hold(block->bytes, block->size, bytes, len);
    return count;
}

size_t vault_released_with(const struct vault *vault, const void *bytes, size_t len) {
    return count_with(vault->released, bytes, len);
}

size_t vault_live_with(const struct vault *vault, const void *bytes, size_t len) {
    return count_with(vault->live, bytes, len);
}

static void free_list(struct vault_block *list) {
    while (list != NULL) {
        struct vault_block *next = list->next;
        free(list);
        list = next;
    }
}

void vault_free(struct vault *vault) {
    free_list(vault->live);
    free_list(vault->released);
    *vault = (struct vault){0};
}
