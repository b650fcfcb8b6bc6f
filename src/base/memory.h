/* Memory of one portal: every byte the library allocates goes through here. */
#ifndef NCT_BASE_MEMORY_H
#define NCT_BASE_MEMORY_H

#include <stdatomic.h>

#include <nctracks/config.h>

/*
 * Who must live as long as any of its memory is in use: a portal. Every block that is taken counts as a user, so
 * whatever is made of a portal's memory keeps the portal, its allocator and its callbacks, without knowing of it.
 */
struct nct_lifetime {
    atomic_size_t users;
    void (*end)(struct nct_lifetime *lifetime); /* called once, when the last user is gone */
};

/* An allocator with its user data; the value every object of the library keeps. */
struct nct_memory {
    void *(*allocate)(size_t size, void *user_data);
    void (*release)(void *memory, void *user_data);
    void *user_data;
    struct nct_lifetime *lifetime; /* NULL: nobody's */
};

/* Begins with one user: who made it. */
void nct_lifetime_begin(struct nct_lifetime *lifetime, void (*end)(struct nct_lifetime *lifetime));

/* One user less; the last one ends it. */
void nct_lifetime_leave(struct nct_lifetime *lifetime);

/* Takes a host's allocator, or malloc for NULL. The structure must have been checked. */
void nct_memory_set(struct nct_memory *memory, const nct_allocator *allocator, void *user_data);

/* Zeroed memory, or NULL. A size of 0 gets one byte. */
void *nct_memory_take(const struct nct_memory *memory, size_t size);

/* count * size zeroed bytes, or NULL, also when the product overflows. */
void *nct_memory_take_array(const struct nct_memory *memory, size_t count, size_t size);

/* A NUL-terminated copy of len bytes, or NULL. */
char *nct_memory_copy(const struct nct_memory *memory, const void *bytes, size_t len);

/* Gives memory back; NULL is fine. */
void nct_memory_give(const struct nct_memory *memory, void *pointer);

/* Wipes len bytes, then gives the memory back. */
void nct_memory_give_wiped(const struct nct_memory *memory, void *pointer, size_t len);

#endif
