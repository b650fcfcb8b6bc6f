#include "engine/handle/guest.h"

#include <stdatomic.h>
#include <stdlib.h>

/* In malloc's memory: it outlives the portal's, whose allocator may be the one that is ended. */
struct nct_guest {
    atomic_size_t users;
    nct_destroy *destroy;
    void *user_data;
};

static void leave(struct nct_guest *guest) {
    if (guest == NULL || atomic_fetch_sub_explicit(&guest->users, 1, memory_order_acq_rel) > 1)
        return;
    guest->destroy(guest->user_data);
    free(guest);
}

nct_status nct_guests_put(struct nct_guests *guests, size_t place, nct_destroy *destroy, void *user_data) {
    struct nct_guest *guest = NULL;
    if (destroy != NULL) {
        guest = malloc(sizeof *guest);
        if (guest == NULL) {
            destroy(user_data);
            return NCT_E_NO_MEMORY;
        }
        atomic_init(&guest->users, 1);
        guest->destroy = destroy;
        guest->user_data = user_data;
    }
    leave(guests->at[place]);
    guests->at[place] = guest;
    return NCT_OK;
}

struct nct_guests nct_guests_share(const struct nct_guests *guests) {
    for (size_t i = 0; i < NCT_GUESTS; i++)
        if (guests->at[i] != NULL)
            atomic_fetch_add_explicit(&guests->at[i]->users, 1, memory_order_relaxed);
    return *guests;
}

void nct_guests_leave(struct nct_guests *guests) {
    for (size_t i = 0; i < NCT_GUESTS; i++)
        leave(guests->at[i]);
    *guests = (struct nct_guests){{NULL}};
}
