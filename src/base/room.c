#include "base/room.h"

static void *take(size_t size, void *user_data) {
    struct nct_room *room = user_data;
    size_t rounded =
        size <= NCT_ROOM ? (size + sizeof *room->bytes - 1) / sizeof *room->bytes * sizeof *room->bytes : size;
    if (rounded > NCT_ROOM - room->used)
        return room->beyond->allocate(size, room->beyond->user_data);
    void *pointer = (unsigned char *)room->bytes + room->used;
    room->used += rounded;
    return pointer;
}

static void give(void *pointer, void *user_data) {
    struct nct_room *room = user_data;
    const unsigned char *at = pointer;
    const unsigned char *begin = (const unsigned char *)room->bytes;
    if (at < begin || at >= begin + NCT_ROOM)
        room->beyond->release(pointer, room->beyond->user_data);
}

void nct_room_init(struct nct_room *room, const struct nct_memory *beyond) {
    room->memory = (struct nct_memory){.allocate = take, .release = give, .user_data = room};
    room->beyond = beyond;
    room->used = 0;
}
