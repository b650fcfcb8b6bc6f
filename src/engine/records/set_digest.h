/*
 * Digests of sets of rows: a count, and the sum of a keyed hash of each row, modulo 2^128. The order does not matter,
 * and a row comes or goes with one addition. A row taken away, doubled or put back alone changes the sum
 * (MSet-Add-Hash of Clarke, Devadas, van Dijk, Gassend and Suh, 2003, over a pseudo-random function).
 *
 * Whoever sees sums of many sets can solve for rows that add up to the same, so a sum is kept masked.
 */
#ifndef NCT_ENGINE_RECORDS_SET_DIGEST_H
#define NCT_ENGINE_RECORDS_SET_DIGEST_H

#include "engine/records/protect.h"

#define NCT_SET_SUM 16

/* One without rows is all zeros. */
struct nct_set_digest {
    uint64_t count;
    unsigned char sum[NCT_SET_SUM]; /* little-endian */
};

/* A row as a member: where it is, and its tag, for a revision may come again after the row was deleted. Of one whose
 * existence alone counts the revision is 0 and there is no tag. */
struct nct_set_member {
    struct nct_place place;
    const unsigned char *tag; /* NCT_ROW_TAG bytes or NULL */
};

/* Adds a row, and takes one away. The keys are those the row is protected with. */
void nct_set_add(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_member *row);
void nct_set_take(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_member *row);

/* Where a masked digest is kept: in a row, at a place of its own, since a time. No two share all of it. */
struct nct_set_place {
    struct nct_place row;
    int64_t since;
    unsigned char slot;
};

/* Masks a digest, and undoes it. The keys are those of the row it is kept in. */
void nct_set_mask(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_place *place);
void nct_set_unmask(struct nct_set_digest *set, const struct nct_keys *keys, const struct nct_set_place *place);

/* Whether two digests, neither masked, are of the same rows. */
int nct_set_equal(const struct nct_set_digest *one, const struct nct_set_digest *other);

#endif
