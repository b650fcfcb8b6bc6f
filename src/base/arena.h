/* Memory that is taken piece by piece and given back all at once: a few allocations for many pieces. */
#ifndef NCT_BASE_ARENA_H
#define NCT_BASE_ARENA_H

#include "base/memory.h"

struct nct_arena {
    const struct nct_memory *memory;
    struct nct_arena_chunk *last; /* each knows the one before */
    size_t chunk_size;
};

/* An empty arena, which grows by so many bytes at a time; more for a piece that is larger. */
void nct_arena_init(struct nct_arena *arena, const struct nct_memory *memory, size_t chunk_size);

/* Room for bytes of any kind, not aligned and not cleared; NULL without memory. It stays where it is. */
unsigned char *nct_arena_take(struct nct_arena *arena, size_t len);

/* Gives everything back; wiped first if asked for. */
void nct_arena_free(struct nct_arena *arena, int wiped);

#endif
