/*
 * Relations: rows of which it can be told whether they are all there.
 *
 * A type says which relation its rows belong to and how their keys name the owner. The head of the owner, a stream's or
 * a registry's, keeps a digest of each relation. The unit of work brings it up to date in the commit that writes a row
 * of the relation; nobody else has to know. A complete look, see look.h, compares.
 */
#ifndef NCT_ENGINE_UNIT_RELATION_H
#define NCT_ENGINE_UNIT_RELATION_H

#include "base/buf.h"
#include "engine/unit/fetch.h"
#include "engine/unit/rows.h"

/* Where a head is. A type of NULL: the row belongs to no relation. */
struct nct_head_place {
    const struct nct_record_type *type;
    unsigned char key[NCT_KEY_MAX];
    size_t len;
};

/* The head that keeps the digest of a row, by the row's key or a beginning of it that names the owner. NCT_OK, or
 * NCT_E_INTEGRITY for a key that names none. */
nct_status nct_relation_place(const struct nct_record_type *type, const void *key, size_t key_len,
                              struct nct_head_place *place);

/* Registries that are numbered: two that write at once seldom write the same, and all sums fit in memory at once. */
#define NCT_STREAM_SHARDS 1024
#define NCT_WORK_SHARDS 64    /* of each kind of work; the number of a kind's first is the kind times this */
#define NCT_WORK_KINDS 17     /* there is room for */
#define NCT_WORK_HEAD (1 + 8) /* bytes of an item's key that say the kind and since when */

/*
 * The head as this unit has it, loaded if need be; *head is NULL for a row of no relation, and valid until the unit
 * touches another row. NCT_OK, also for a head that is missing, or a failure.
 */
nct_status nct_relation_head(struct nct_unit *unit, const struct nct_record_type *type, const void *key, size_t key_len,
                             struct nct_unit_row **head);

/* The digest a head had when it was read, unmasked. NCT_OK or a failure. */
nct_status nct_relation_digest(const struct nct_unit_row *head, enum nct_relation relation,
                               struct nct_set_digest *digest);

/* The digest in the head of a registry that was read in a page. NCT_OK or a failure. */
nct_status nct_registry_digest(const struct nct_portal *portal, const struct nct_page_row *found,
                               struct nct_set_digest *digest);

/* Adds a row of a type, with its bytes as they lie in the store. */
void nct_relation_add(struct nct_set_digest *digest, const struct nct_keys *keys, const struct nct_record_type *type,
                      const struct nct_place *place, const unsigned char *tag);

/* Before a commit: stages the head of every row whose relation changes. NCT_OK or a failure. */
nct_status nct_relations_stage(struct nct_unit *unit);

/* Whether a row is a head: its content is made when all others are protected. */
int nct_is_head(const struct nct_record_type *type);

/* Puts the digests into the staged heads, given the protected rows of the commit, one for each of the unit's. */
nct_status nct_relations_write(struct nct_unit *unit, const struct nct_buf *values);

#endif
