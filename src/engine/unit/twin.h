/*
 * Records between a provider and a person, kept as two rows: one under the provider, with the content, and one under
 * the person, whose revision is its content. They are only written together, so their revisions are equal, and a row
 * put back or taken away alone is found. For the same reason a record that ends stays as an empty one: a deleted row
 * could be put back.
 */
#ifndef NCT_ENGINE_UNIT_TWIN_H
#define NCT_ENGINE_UNIT_TWIN_H

#include "engine/unit/unit.h"

struct nct_pair {
    const struct nct_record_type *by_provider;
    const struct nct_record_type *by_person; /* without fields */
};

#define NCT_PAIR_KEY_MAX (NCT_PROVIDER_ROOM + NCT_NCID_ROOM)

/* The two names of a key, with a NUL between them; returns its length. The second may be empty: a prefix. */
size_t nct_pair_key(const char *first, const char *second, unsigned char key[NCT_PAIR_KEY_MAX]);

/* Reads a record, one of zeros if there is none. NCT_OK; NCT_E_INTEGRITY for rows that were not written together. */
nct_status nct_pair_get(struct nct_unit *unit, const struct nct_pair *pair, const char *provider, const char *ncid,
                        void *record);

/* The same outside a unit of work, without allocating; for questions asked often. NCT_E_BUSY if it keeps changing. */
nct_status nct_pair_read(struct nct_portal *portal, const struct nct_pair *pair, const char *provider, const char *ncid,
                         void *record);

/* The same with the revision read, and whether the record is still at it; NCT_E_CONFLICT if it is not. */
nct_status nct_pair_read_at(struct nct_portal *portal, const struct nct_pair *pair, const char *provider,
                            const char *ncid, void *record, uint64_t *revision);
nct_status nct_pair_unchanged(struct nct_portal *portal, const struct nct_pair *pair, const char *provider,
                              const char *ncid, uint64_t revision);

/* Stages a record, which must have been read. */
nct_status nct_pair_put(struct nct_unit *unit, const struct nct_pair *pair, const char *provider, const char *ncid,
                        const void *record);

/* Writes both rows again as they are, given the key of either; see nct_unit_reseal(). NCT_E_INTEGRITY for another key.
 */
nct_status nct_pair_reseal(struct nct_unit *unit, const struct nct_pair *pair, const unsigned char *key, size_t key_len,
                           int by_person);

/* Which pairs a page is of. An NCID has room for a provider id too. */
struct nct_pair_range {
    const struct nct_pair *pair;
    int by_provider;
    const char *fixed; /* a provider id, or an NCID */
    const char *after; /* the last name of the page before; empty for the first page */
    size_t limit;
};

/* The names that have a row with the fixed one: empty records too, so read each with nct_pair_read(). */
struct nct_pair_page {
    struct nct_memory memory;
    char (*names)[NCT_NCID_ROOM];
    size_t count;
    int more; /* a further page may follow */
};

/* NCT_OK or a failure. nct_pair_page_free() afterwards in any case. */
nct_status nct_pair_scan(struct nct_portal *portal, const struct nct_pair_range *range, struct nct_pair_page *page);
void nct_pair_page_free(struct nct_pair_page *page);

#endif
