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

/* Which record of a kind: at which provider, of whom. */
struct nct_pair_name {
    char provider[NCT_PROVIDER_ROOM];
    unsigned char person[NCT_PERSON_ID];
};

#define NCT_PAIR_KEY_MAX (NCT_PROVIDER_ROOM + NCT_PERSON_ID)

/* The key under the provider: its id, NUL, the person id; returns its length. */
size_t nct_pair_key(const char *provider, const unsigned char person[NCT_PERSON_ID],
                    unsigned char key[NCT_PAIR_KEY_MAX]);

/* Reads a record, one of zeros if there is none. NCT_OK; NCT_E_INTEGRITY for rows that were not written together. */
nct_status nct_pair_get(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                        const unsigned char person[NCT_PERSON_ID], void *record);

/* The same without the look at all of the person's: for one whose rows a look gave. */
nct_status nct_pair_get_twins(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                              const unsigned char person[NCT_PERSON_ID], void *record);

/* Stages a record, which must have been read. */
nct_status nct_pair_put(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                        const unsigned char person[NCT_PERSON_ID], const void *record);

/* Writes both rows again as they are, given the key of either; see nct_unit_reseal(). NCT_E_INTEGRITY for another key.
 */
nct_status nct_pair_reseal(struct nct_unit *unit, const struct nct_pair *pair, const unsigned char *key, size_t key_len,
                           int by_person);

/* Which pairs a page is of: those of a provider or, where that is NULL, of a person; of anybody where both are. */
struct nct_pair_range {
    const struct nct_pair *pair;
    const char *provider;
    const unsigned char *person;
    const struct nct_pair_name *after; /* the last one of the page before; NULL for the first page */
    size_t limit;
};

/* The records that have a row: empty ones too, so read each with nct_pair_get(). */
struct nct_pair_page {
    struct nct_memory memory;
    struct nct_pair_name *names;
    size_t count;
    int more; /* a further page may follow */
};

/* NCT_OK or a failure. nct_pair_page_free() afterwards in any case. */
nct_status nct_pair_scan(struct nct_portal *portal, const struct nct_pair_range *range, struct nct_pair_page *page);
void nct_pair_page_free(struct nct_pair_page *page);

/* Ends nct_pair_each() early; it is no status. */
#define NCT_PAIR_ENOUGH 1

typedef nct_status nct_pair_visitor(struct nct_unit *unit, const struct nct_pair_name *name, void *argument);

#define NCT_PAIR_PAGE 100

/*
 * Visits every record of a range that has a row in the store: what this unit staged new is not visited. Of a provider
 * or of a person it is a complete look, see look.h; of nobody, one page. NCT_OK, also when the visitor had enough; or a
 * failure.
 */
nct_status nct_pair_each_of(struct nct_unit *unit, struct nct_pair_range range, nct_pair_visitor *visitor,
                            void *argument);

/* Those of a provider or, where that is NULL, of a person. */
nct_status nct_pair_each(struct nct_unit *unit, const struct nct_pair *pair, const char *provider,
                         const unsigned char *person, nct_pair_visitor *visitor, void *argument);

#endif
