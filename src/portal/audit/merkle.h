/*
 * Merkle trees as RFC 6962, 2.1 builds them, over BLAKE2b-256: a leaf is H(0x00 || data), a node H(0x01 || left ||
 * right), and the left half of a tree is the largest full one that leaves something to the right.
 *
 * A tree is built leaf by leaf and never held: what is kept is one hash for each full subtree not yet joined.
 */
#ifndef NCT_PORTAL_AUDIT_MERKLE_H
#define NCT_PORTAL_AUDIT_MERKLE_H

#include "engine/records/types.h"

#define NCT_MERKLE_DEPTH 64 /* levels of the largest tree that can be counted */

/* The nodes beside the way from a leaf up to the root, the lowest first. */
struct nct_merkle_path {
    size_t len;
    unsigned char nodes[NCT_MERKLE_DEPTH][NCT_HASH];
};

struct nct_merkle {
    uint64_t size;
    unsigned char full[NCT_MERKLE_DEPTH][NCT_HASH]; /* where size has a bit: the subtree of so many leaves */
    uint64_t index;                                 /* of the leaf whose path is wanted */
    int holder;                                     /* the level whose subtree holds that leaf; -1: none yet */
    struct nct_merkle_path *path;                   /* NULL: none is wanted */
};

/* An empty tree; with a path, gathers the path of the leaf of an index. */
void nct_merkle_init(struct nct_merkle *tree, struct nct_merkle_path *path, uint64_t index);

/* The hash of a leaf. */
void nct_merkle_leaf(const void *data, size_t len, unsigned char hash[NCT_HASH]);

/* Appends a leaf by its hash. */
void nct_merkle_add(struct nct_merkle *tree, const unsigned char leaf[NCT_HASH]);

/* The root, H("") of an empty tree. Completes the path, so nothing can be added afterwards. */
void nct_merkle_root(struct nct_merkle *tree, unsigned char root[NCT_HASH]);

/* Whether a leaf is the one of an index in the tree of a size and a root. */
int nct_merkle_holds(const unsigned char leaf[NCT_HASH], uint64_t index, uint64_t size,
                     const struct nct_merkle_path *path, const unsigned char root[NCT_HASH]);

#endif
