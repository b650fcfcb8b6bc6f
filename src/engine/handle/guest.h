/* What a host gave with its callbacks, ended by its destroy function when the last configuration or portal lets it go.
 */
#ifndef NCT_ENGINE_HANDLE_GUEST_H
#define NCT_ENGINE_HANDLE_GUEST_H

#include <nctracks/status.h>

enum {
    NCT_GUEST_STORE,
    NCT_GUEST_MAILER,
    NCT_GUEST_IDENTITY,
    NCT_GUEST_BLOCKLIST,
    NCT_GUEST_CLOCK,
    NCT_GUEST_RANDOM,
    NCT_GUEST_ALLOCATOR, /* the last to go */
    NCT_GUESTS
};

typedef void nct_destroy(void *user_data);

/* One for each kind of callback; NULL where there is nothing to end. */
struct nct_guests {
    struct nct_guest *at[NCT_GUESTS];
};

/*
 * Puts user data in the place of that of before, which is let go. From here on it is ours: after a failure it is ended
 * at once. NCT_OK or NCT_E_NO_MEMORY.
 */
nct_status nct_guests_put(struct nct_guests *guests, size_t place, nct_destroy *destroy, void *user_data);

/* The same guests, for another user. */
struct nct_guests nct_guests_share(const struct nct_guests *guests);

/* Lets all go. */
void nct_guests_leave(struct nct_guests *guests);

#endif
