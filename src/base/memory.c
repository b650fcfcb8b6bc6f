#include "base/memory.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void *heap_allocate(size_t size, void *user_data) {
    (void)user_data;
    return malloc(size);
}

static void heap_release(void *memory, void *user_data) {
    (void)user_data;
    free(memory);
}

void nct_memory_set(struct nct_memory *memory, const nct_allocator *allocator, void *user_data) {
    memory->allocate = allocator != NULL ? allocator->allocate : heap_allocate;
    memory->release = allocator != NULL ? allocator->release : heap_release;
    memory->user_data = allocator != NULL ? user_data : NULL;
    memory->lifetime = NULL;
}

void nct_lifetime_begin(struct nct_lifetime *lifetime, void (*end)(struct nct_lifetime *lifetime)) {
    atomic_init(&lifetime->users, 1);
    lifetime->end = end;
}

void nct_lifetime_leave(struct nct_lifetime *lifetime) {
    if (atomic_fetch_sub_explicit(&lifetime->users, 1, memory_order_acq_rel) == 1)
        lifetime->end(lifetime);
}

void *nct_memory_take(const struct nct_memory *memory, size_t size) {
    void *pointer = memory->allocate(size > 0 ? size : 1, memory->user_data);
    if (pointer == NULL)
        return NULL;
    memset(pointer, 0, size > 0 ? size : 1);
    if (memory->lifetime != NULL)
        atomic_fetch_add_explicit(&memory->lifetime->users, 1, memory_order_relaxed);
    return pointer;
}

void *nct_memory_take_array(const struct nct_memory *memory, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return nct_memory_take(memory, count * size);
}

char *nct_memory_copy(const struct nct_memory *memory, const void *bytes, size_t len) {
    if (len == SIZE_MAX)
        return NULL;
    char *copy = nct_memory_take(memory, len + 1);
    if (copy != NULL && len > 0)
        memcpy(copy, bytes, len);
    return copy;
}

/* The description of the memory may lie in what is given back, or in what ends with it. */
static void release(struct nct_memory memory, void *pointer) {
    memory.release(pointer, memory.user_data);
    if (memory.lifetime != NULL)
        nct_lifetime_leave(memory.lifetime);
}

void nct_memory_give(const struct nct_memory *memory, void *pointer) {
    if (pointer != NULL)
        release(*memory, pointer);
}

void nct_memory_give_wiped(const struct nct_memory *memory, void *pointer, size_t len) {
    if (pointer == NULL)
        return;
    const struct nct_memory kept = *memory;
    sodium_memzero(pointer, len);
    release(kept, pointer);
}
