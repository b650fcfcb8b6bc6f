/* Memory for short work: a room on the stack first, the portal's memory beyond it. */
#ifndef NCT_BASE_ROOM_H
#define NCT_BASE_ROOM_H

#include "base/memory.h"

#include <stddef.h>

#define NCT_ROOM 8192

struct nct_room {
    struct nct_memory memory; /* takes from the room; what does not fit, from beyond */
    const struct nct_memory *beyond;
    size_t used;
    max_align_t bytes[NCT_ROOM / sizeof(max_align_t)];
};

/* An empty room, which stays where it is. What was taken from it is given back as any memory; its owner wipes. */
void nct_room_init(struct nct_room *room, const struct nct_memory *beyond);

#endif
