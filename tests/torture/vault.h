/*
 * An allocator that forgets nothing: it keeps a copy of every block as it was given back, and a list of those that are
 * still out. So a secret that is known only later (a PIN, from its mail) can be looked for in all memory there ever
 * was. One thread at a time.
 */
#ifndef NCT_TORTURE_VAULT_H
#define NCT_TORTURE_VAULT_H

#include <stddef.h>

#include <nctracks/config.h>

struct vault_block;

struct vault {
    struct vault_block *live;
    struct vault_block *released;
    size_t live_count, released_count;
};

/* The functions of every vault; user_data is the vault, zeroed at first. */
extern const nct_allocator vault_functions;

/* How many blocks that were given back, or are still out, hold some bytes. */
size_t vault_released_with(const struct vault *vault, const void *bytes, size_t len);
size_t vault_live_with(const struct vault *vault, const void *bytes, size_t len);

/* Frees what is kept. */
void vault_free(struct vault *vault);

/* Whether bytes hold other bytes. */
int bytes_hold(const void *bytes, size_t len, const void *wanted, size_t wanted_len);

#endif
