/* Merkle trees: against the definition of RFC 6962, 2.1, written down again here, for every size and every leaf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "portal/audit/merkle.h"

#define SIZES 131

/* Leaf i is the bytes of i, as many as i has decimal digits: lengths differ, the first is empty. */
static size_t leaf_data(size_t i, unsigned char data[4]) {
    data[0] = (unsigned char)i;
    data[1] = (unsigned char)(i >> 8);
    data[2] = 0x5a;
    return i == 0 ? 0 : i < 10 ? 1 : i < 100 ? 2 : 3;
}

/* ---- the definition ---- */

static void hash2(unsigned char prefix, const void *a, size_t a_len, const void *b, size_t b_len, unsigned char *out) {
    unsigned char all[1 + 64];
    all[0] = prefix;
    if (a_len > 0)
        memcpy(all + 1, a, a_len);
    if (b_len > 0)
        memcpy(all + 1 + a_len, b, b_len);
    assert_int_equal(crypto_generichash(out, 32, all, 1 + a_len + b_len, NULL, 0), 0);
}

/* The largest power of two smaller than n. */
static size_t split(size_t n) {
    size_t k = 1;
    while (2 * k < n)
        k *= 2;
    return k;
}

static void definition_root(size_t first, size_t n, unsigned char out[32]) {
    unsigned char data[4], left[32], right[32];
    if (n == 0) {
        crypto_generichash(out, 32, NULL, 0, NULL, 0);
    } else if (n == 1) {
        size_t len = leaf_data(first, data);
        hash2(0, data, len, NULL, 0, out);
    } else {
        size_t k = split(n);
        definition_root(first, k, left);
        definition_root(first + k, n - k, right);
        hash2(1, left, 32, right, 32, out);
    }
}

static size_t definition_path(size_t m, size_t first, size_t n, unsigned char nodes[][32]) {
    if (n <= 1)
        return 0;
    size_t k = split(n);
    size_t len = m < k ? definition_path(m, first, k, nodes) : definition_path(m - k, first + k, n - k, nodes);
    if (m < k)
        definition_root(first + k, n - k, nodes[len]);
    else
        definition_root(first, k, nodes[len]);
    return len + 1;
}

/* ---- the library ---- */

static void build(size_t size, struct nct_merkle_path *path, uint64_t index, unsigned char root[32]) {
    struct nct_merkle tree;
    unsigned char data[4], leaf[32];
    nct_merkle_init(&tree, path, index);
    for (size_t i = 0; i < size; i++) {
        size_t len = leaf_data(i, data);
        nct_merkle_leaf(data, len, leaf);
        nct_merkle_add(&tree, leaf);
    }
    assert_true(tree.size == size);
    nct_merkle_root(&tree, root);
}

static void leaf_hash(size_t i, unsigned char leaf[32]) {
    unsigned char data[4];
    size_t len = leaf_data(i, data);
    nct_merkle_leaf(data, len, leaf);
}

static void roots_and_paths_are_those_of_the_definition(void **state) {
    (void)state;
    for (size_t size = 0; size < SIZES; size++) {
        unsigned char wanted[32], root[32], nodes[64][32], leaf[32];
        struct nct_merkle_path path;
        definition_root(0, size, wanted);
        build(size, NULL, 0, root);
        assert_memory_equal(root, wanted, 32);
        for (size_t index = 0; index < size; index++) {
            size_t len = definition_path(index, 0, size, nodes);
            build(size, &path, index, root);
            assert_memory_equal(root, wanted, 32);
            assert_int_equal(path.len, len);
            assert_memory_equal(path.nodes, nodes, 32 * len);
            leaf_hash(index, leaf);
            assert_true(nct_merkle_holds(leaf, index, size, &path, root));
        }
    }
}

/* What RFC 6962 says in so many words: MTH({}) = H(""), and its figure of seven leaves. */
static void the_shape_is_the_one_of_the_rfc(void **state) {
    (void)state;
    static const unsigned char of_nothing[32] = {0x0e, 0x57, 0x51, 0xc0, 0x26, 0xe5, 0x43, 0xb2, 0xe8, 0xab, 0x2e,
                                                 0xb0, 0x60, 0x99, 0xda, 0xa1, 0xd1, 0xe5, 0xdf, 0x47, 0x77, 0x8f,
                                                 0x77, 0x87, 0xfa, 0xab, 0x45, 0xcd, 0xf1, 0x2f, 0xe3, 0xa8};
    unsigned char root[32], d[7][32], g[32], h[32], i[32], k[32], l[32], wanted[32];
    struct nct_merkle_path path;
    build(0, NULL, 0, root);
    assert_memory_equal(root, of_nothing, 32);
    for (size_t leaf = 0; leaf < 7; leaf++)
        leaf_hash(leaf, d[leaf]);
    hash2(1, d[0], 32, d[1], 32, g);
    hash2(1, d[2], 32, d[3], 32, h);
    hash2(1, d[4], 32, d[5], 32, i);
    hash2(1, g, 32, h, 32, k);
    hash2(1, i, 32, d[6], 32, l);
    hash2(1, k, 32, l, 32, wanted);
    build(7, &path, 0, root); /* PATH(0, D[7]) = [b, h, l] */
    assert_memory_equal(root, wanted, 32);
    assert_int_equal(path.len, 3);
    assert_memory_equal(path.nodes[0], d[1], 32);
    assert_memory_equal(path.nodes[1], h, 32);
    assert_memory_equal(path.nodes[2], l, 32);
    build(7, &path, 6, root); /* PATH(6, D[7]) = [i, k] */
    assert_int_equal(path.len, 2);
    assert_memory_equal(path.nodes[0], i, 32);
    assert_memory_equal(path.nodes[1], k, 32);
}

/* The prefixes keep a node from passing for a leaf. */
static void a_node_is_no_leaf(void **state) {
    (void)state;
    unsigned char a[32], b[32], both[64], node[32], leaf[32];
    leaf_hash(0, a);
    leaf_hash(1, b);
    memcpy(both, a, 32);
    memcpy(both + 32, b, 32);
    build(2, NULL, 0, node);
    nct_merkle_leaf(both, 64, leaf);
    assert_memory_not_equal(leaf, node, 32);
}

static void refuse_wrong_places(const unsigned char *leaf, size_t index, size_t size,
                                const struct nct_merkle_path *path, const unsigned char *root) {
    for (size_t other = 0; other < size + 2; other++)
        if (other != index)
            assert_false(nct_merkle_holds(leaf, other, size, path, root));
    assert_false(nct_merkle_holds(leaf, UINT64_MAX, size, path, root));
    assert_false(nct_merkle_holds(leaf, index, 0, path, root));
    assert_false(nct_merkle_holds(leaf, index, index, path, root));
    assert_false(nct_merkle_holds(leaf, size, size, path, root));
}

static void refuse_wrong_paths(const unsigned char *leaf, size_t index, size_t size, const struct nct_merkle_path *path,
                               const unsigned char *root) {
    struct nct_merkle_path wrong = *path;
    for (size_t bit = 0; bit < 256 * path->len; bit++) {
        wrong.nodes[bit / 256][bit / 8 % 32] ^= (unsigned char)(1u << bit % 8);
        assert_false(nct_merkle_holds(leaf, index, size, &wrong, root));
        wrong = *path;
    }
    wrong.len++; /* one more, whatever it is */
    memcpy(wrong.nodes[path->len], root, 32);
    assert_false(nct_merkle_holds(leaf, index, size, &wrong, root));
    for (wrong.len = 0; wrong.len < path->len; wrong.len++)
        assert_false(nct_merkle_holds(leaf, index, size, &wrong, root));
    for (size_t i = 1; i < path->len; i++) { /* two swapped */
        wrong = *path;
        memcpy(wrong.nodes[i - 1], path->nodes[i], 32);
        memcpy(wrong.nodes[i], path->nodes[i - 1], 32);
        assert_false(nct_merkle_holds(leaf, index, size, &wrong, root));
    }
}

static void what_is_wrong_is_refused(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 5, 7, 8, 9, 21, 64, 65, 130};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
        for (size_t index = 0; index < sizes[s]; index++) {
            struct nct_merkle_path path;
            unsigned char root[32], leaf[32], other[32];
            build(sizes[s], &path, index, root);
            leaf_hash(index, leaf);
            leaf_hash(index + 1, other);
            assert_false(nct_merkle_holds(other, index, sizes[s], &path, root));
            refuse_wrong_places(leaf, index, sizes[s], &path, root);
            refuse_wrong_paths(leaf, index, sizes[s], &path, root);
            for (size_t bit = 0; bit < 256; bit++) {
                root[bit / 8] ^= (unsigned char)(1u << bit % 8);
                assert_false(nct_merkle_holds(leaf, index, sizes[s], &path, root));
                root[bit / 8] ^= (unsigned char)(1u << bit % 8);
            }
        }
}

/* A path of full depth ends by itself, and the largest counts do not overflow. */
static void the_largest_counts_are_refused_calmly(void **state) {
    (void)state;
    struct nct_merkle_path path = {.len = NCT_MERKLE_DEPTH};
    unsigned char root[32] = {0}, leaf[32];
    leaf_hash(0, leaf);
    assert_false(nct_merkle_holds(leaf, 0, UINT64_MAX, &path, root));
    assert_false(nct_merkle_holds(leaf, UINT64_MAX - 1, UINT64_MAX, &path, root));
    assert_false(nct_merkle_holds(leaf, UINT64_MAX, UINT64_MAX, &path, root));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_and_paths_are_those_of_the_definition),
        cmocka_unit_test(the_shape_is_the_one_of_the_rfc),
        cmocka_unit_test(a_node_is_no_leaf),
        cmocka_unit_test(what_is_wrong_is_refused),
        cmocka_unit_test(the_largest_counts_are_refused_calmly),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
