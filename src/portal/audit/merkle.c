#include "portal/audit/merkle.h"

#include <sodium.h>
#include <string.h>

enum { PREFIX_LEAF, PREFIX_NODE };

void nct_merkle_init(struct nct_merkle *tree, struct nct_merkle_path *path, uint64_t index) {
    *tree = (struct nct_merkle){.index = index, .holder = -1, .path = path};
    if (path != NULL)
        path->len = 0;
}

void nct_merkle_leaf(const void *data, size_t len, unsigned char hash[NCT_HASH]) {
    static const unsigned char prefix = PREFIX_LEAF;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, NCT_HASH);
    crypto_generichash_update(&state, &prefix, 1);
    crypto_generichash_update(&state, data, len);
    crypto_generichash_final(&state, hash, NCT_HASH);
}

static void join(const unsigned char left[NCT_HASH], const unsigned char right[NCT_HASH],
                 unsigned char node[NCT_HASH]) {
    unsigned char both[1 + 2 * NCT_HASH] = {PREFIX_NODE};
    memcpy(both + 1, left, NCT_HASH);
    memcpy(both + 1 + NCT_HASH, right, NCT_HASH);
    crypto_generichash(node, NCT_HASH, both, sizeof both, NULL, 0);
}

static void gather(struct nct_merkle_path *path, const unsigned char node[NCT_HASH]) {
    memcpy(path->nodes[path->len++], node, NCT_HASH);
}

/* Like a binary counter: each carry joins two full subtrees of one size. */
void nct_merkle_add(struct nct_merkle *tree, const unsigned char leaf[NCT_HASH]) {
    unsigned char carry[NCT_HASH];
    int level = 0;
    int held = tree->path != NULL && tree->size == tree->index;
    memcpy(carry, leaf, NCT_HASH);
    for (; (tree->size >> level & 1) != 0; level++) {
        if (held)
            gather(tree->path, tree->full[level]);
        if (tree->holder == level)
            gather(tree->path, carry);
        held = held || tree->holder == level;
        join(tree->full[level], carry, carry);
    }
    memcpy(tree->full[level], carry, NCT_HASH);
    if (held)
        tree->holder = level;
    tree->size++;
}

void nct_merkle_root(struct nct_merkle *tree, unsigned char root[NCT_HASH]) {
    int held = 0;
    int any = 0;
    crypto_generichash(root, NCT_HASH, NULL, 0, NULL, 0);
    for (int level = 0; level < NCT_MERKLE_DEPTH; level++) {
        if ((tree->size >> level & 1) == 0)
            continue;
        if (any && held)
            gather(tree->path, tree->full[level]);
        if (any && tree->holder == level)
            gather(tree->path, root);
        held = held || tree->holder == level;
        if (any)
            join(tree->full[level], root, root);
        else
            memcpy(root, tree->full[level], NCT_HASH);
        any = 1;
    }
}

/* RFC 9162, 2.1.3.2. At the right edge a subtree without a sibling goes up unchanged. */
int nct_merkle_holds(const unsigned char leaf[NCT_HASH], uint64_t index, uint64_t size,
                     const struct nct_merkle_path *path, const unsigned char root[NCT_HASH]) {
    unsigned char hash[NCT_HASH];
    if (index >= size)
        return 0;
    uint64_t last = size - 1;
    memcpy(hash, leaf, NCT_HASH);
    for (size_t i = 0; i < path->len; i++) {
        if (last == 0)
            return 0;
        int right = (index & 1) != 0 || index == last;
        join(right ? path->nodes[i] : hash, right ? hash : path->nodes[i], hash);
        for (; right && (index & 1) == 0 && index != 0; index >>= 1)
            last >>= 1;
        index >>= 1;
        last >>= 1;
    }
    return last == 0 && memcmp(hash, root, NCT_HASH) == 0;
}
