#include "base/arena.h"

struct nct_arena_chunk {
    struct nct_arena_chunk *before;
    size_t size;
    size_t used;
    unsigned char bytes[];
};

void nct_arena_init(struct nct_arena *arena, const struct nct_memory *memory, size_t chunk_size) {
    *arena = (struct nct_arena){.memory = memory, .chunk_size = chunk_size};
}

static struct nct_arena_chunk *add_chunk(struct nct_arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(struct nct_arena_chunk))
        return NULL;
    struct nct_arena_chunk *chunk = nct_memory_take(arena->memory, sizeof *chunk + size);
    if (chunk == NULL)
        return NULL;
    chunk->before = arena->last;
    chunk->size = size;
    arena->last = chunk;
    return chunk;
}

unsigned char *nct_arena_take(struct nct_arena *arena, size_t len) {
    struct nct_arena_chunk *chunk = arena->last;
    if (chunk == NULL || len > chunk->size - chunk->used)
        chunk = add_chunk(arena, len > arena->chunk_size ? len : arena->chunk_size);
    if (chunk == NULL)
        return NULL;
    unsigned char *piece = chunk->bytes + chunk->used;
    chunk->used += len;
    return piece;
}

void nct_arena_free(struct nct_arena *arena, int wiped) {
    while (arena->last != NULL) {
        struct nct_arena_chunk *chunk = arena->last;
        arena->last = chunk->before;
        nct_memory_give_wiped(arena->memory, chunk, wiped ? sizeof *chunk + chunk->used : 0);
    }
}
