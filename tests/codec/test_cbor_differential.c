/* Our CBOR against libcbor: random items of the subset must come out the same, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cbor.h>
#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"

enum { TREES = 20000, MUTATIONS = 10, TREE_DEPTH = 6, COUNT_MAX = 6, LONG_STRING = 70000 };

static struct nct_memory memory;
static uint64_t seed;

/* SplitMix64 */
static uint64_t random64(void) {
    uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static size_t below(size_t bound) {
    return (size_t)(random64() % bound);
}

/* A number of a random width, often at the edge of one. */
static uint64_t random_number(void) {
    static const uint64_t edges[] = {0, 23, UINT8_MAX, UINT16_MAX, UINT32_MAX, INT64_MAX, UINT64_MAX};
    if (below(4) == 0)
        return edges[below(sizeof edges / sizeof *edges)] + below(2);
    return random64() >> below(64);
}

/* Random items, written by ours to buf and built by libcbor at once. */

static cbor_item_t *random_item(struct nct_buf *buf, int depth);

static cbor_item_t *build_uint(uint64_t value) {
    if (value <= UINT8_MAX)
        return cbor_build_uint8((uint8_t)value);
    if (value <= UINT16_MAX)
        return cbor_build_uint16((uint16_t)value);
    return value <= UINT32_MAX ? cbor_build_uint32((uint32_t)value) : cbor_build_uint64(value);
}

static cbor_item_t *random_uint(struct nct_buf *buf) {
    uint64_t value = random_number();
    nct_cbor_put_uint(buf, value);
    return build_uint(value);
}

static cbor_item_t *random_negative(struct nct_buf *buf) {
    uint64_t argument = random_number() & INT64_MAX;
    nct_cbor_put_int(buf, -1 - (int64_t)argument);
    cbor_item_t *item = build_uint(argument);
    cbor_mark_negint(item);
    return item;
}

static size_t random_length(void) {
    static const size_t edges[] = {23, 24, 255, 256, 65535, 65536, LONG_STRING};
    size_t odds = below(500);
    if (odds == 0)
        return edges[below(7)];
    return odds < 20 ? edges[below(4)] : below(40);
}

static cbor_item_t *random_bytes(struct nct_buf *buf) {
    static unsigned char bytes[LONG_STRING];
    size_t len = random_length();
    for (size_t i = 0; i < len; i++)
        bytes[i] = (unsigned char)random64();
    nct_cbor_put_bytes(buf, bytes, len);
    return cbor_build_bytestring(bytes, len);
}

static cbor_item_t *random_text(struct nct_buf *buf) {
    static const char *const letters[] = {"a", "Z", "\xc3\xbc", "\xe6\xb0\xb4", "\xf0\x90\x85\x91", "\x7f"};
    static char text[LONG_STRING + 4];
    size_t least = random_length();
    size_t len = 0;
    while (len < least) {
        const char *letter = letters[below(6)];
        memcpy(text + len, letter, strlen(letter));
        len += strlen(letter);
    }
    nct_cbor_put_text(buf, text, len);
    return cbor_build_stringn(text, len);
}

static cbor_item_t *random_simple(struct nct_buf *buf) {
    size_t which = below(3);
    if (which == 2) {
        nct_cbor_put_null(buf);
        return cbor_new_null();
    }
    nct_cbor_put_bool(buf, which == 1);
    return cbor_build_bool(which == 1);
}

static cbor_item_t *random_tag(struct nct_buf *buf, int depth) {
    uint64_t tag = random_number();
    nct_cbor_put_tag(buf, tag);
    return cbor_build_tag(tag, cbor_move(random_item(buf, depth - 1)));
}

static cbor_item_t *random_array(struct nct_buf *buf, int depth) {
    size_t count = below(40) == 0 ? 20 + below(10) : below(COUNT_MAX);
    nct_cbor_put_array(buf, count);
    cbor_item_t *array = cbor_new_definite_array(count);
    for (size_t i = 0; i < count; i++)
        assert_true(cbor_array_push(array, cbor_move(random_item(buf, count > COUNT_MAX ? 0 : depth - 1))));
    return array;
}

struct pair {
    struct nct_buf key;
    cbor_item_t *item;
};

static int compare_pairs(const void *left, const void *right) {
    const struct nct_buf *a = &((const struct pair *)left)->key;
    const struct nct_buf *b = &((const struct pair *)right)->key;
    int order = memcmp(a->data, b->data, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

/* Sorts keys and drops all but one of equal ones; answers how many are left. */
static size_t sort_keys(struct pair *pairs, size_t count) {
    size_t kept = 0;
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && compare_pairs(&pairs[kept - 1], &pairs[i]) == 0) {
            nct_buf_free(&pairs[i].key);
            cbor_decref(&pairs[i].item);
        } else
            pairs[kept++] = pairs[i];
    }
    return kept;
}

static cbor_item_t *random_map(struct nct_buf *buf, int depth) {
    struct pair pairs[COUNT_MAX];
    size_t count = below(COUNT_MAX);
    for (size_t i = 0; i < count; i++) {
        nct_buf_init(&pairs[i].key, &memory);
        pairs[i].item = random_item(&pairs[i].key, below(4) == 0 ? depth - 1 : 0);
    }
    count = sort_keys(pairs, count);
    nct_cbor_put_map(buf, count);
    cbor_item_t *map = cbor_new_definite_map(count);
    for (size_t i = 0; i < count; i++) {
        nct_buf_append(buf, pairs[i].key.data, pairs[i].key.len);
        nct_buf_free(&pairs[i].key);
        cbor_item_t *value = random_item(buf, depth - 1);
        assert_true(cbor_map_add(map, (struct cbor_pair){cbor_move(pairs[i].item), cbor_move(value)}));
    }
    return map;
}

static cbor_item_t *random_item(struct nct_buf *buf, int depth) {
    switch (below(depth > 0 ? 11 : 5)) {
    case 0:
        return random_uint(buf);
    case 1:
        return random_negative(buf);
    case 2:
        return random_bytes(buf);
    case 3:
        return random_text(buf);
    case 4:
        return random_simple(buf);
    case 5:
        return random_tag(buf, depth);
    case 6:
    case 7:
        return random_array(buf, depth);
    default:
        return random_map(buf, depth);
    }
}

/* What our reader reads is what libcbor read. */

static int same_item(struct nct_cbor *reader, const cbor_item_t *item);

static int same_negative(struct nct_cbor *reader, const cbor_item_t *item) {
    uint64_t argument = cbor_get_int(item);
    if (argument <= INT64_MAX)
        return cbor_isa_negint(item) && nct_cbor_get_int(reader) == -1 - (int64_t)argument;
    nct_cbor_skip(reader);
    return cbor_isa_negint(item);
}

static int same_bytes(struct nct_cbor *reader, const cbor_item_t *item) {
    size_t len;
    const unsigned char *bytes = nct_cbor_get_bytes(reader, &len);
    return cbor_isa_bytestring(item) && bytes != NULL && len == cbor_bytestring_length(item) &&
           memcmp(bytes, cbor_bytestring_handle(item), len) == 0;
}

static int same_text(struct nct_cbor *reader, const cbor_item_t *item) {
    size_t len;
    const char *text = nct_cbor_get_text(reader, &len);
    return cbor_isa_string(item) && text != NULL && len == cbor_string_length(item) &&
           memcmp(text, cbor_string_handle(item), len) == 0;
}

static int same_array(struct nct_cbor *reader, const cbor_item_t *item) {
    size_t count = nct_cbor_get_array(reader);
    int same = cbor_isa_array(item) && count == cbor_array_size(item);
    for (size_t i = 0; same && i < count; i++)
        same = same_item(reader, cbor_array_handle(item)[i]);
    return same;
}

static int same_map(struct nct_cbor *reader, const cbor_item_t *item) {
    size_t count = nct_cbor_get_map(reader);
    int same = cbor_isa_map(item) && count == cbor_map_size(item);
    for (size_t i = 0; same && i < count; i++)
        same = same_item(reader, cbor_map_handle(item)[i].key) && same_item(reader, cbor_map_handle(item)[i].value);
    return same;
}

static int same_tag(struct nct_cbor *reader, const cbor_item_t *item) {
    cbor_item_t *tagged = cbor_tag_item(item);
    int same = nct_cbor_get_tag(reader) == cbor_tag_value(item) && same_item(reader, tagged);
    cbor_decref(&tagged);
    return same;
}

static int same_simple(struct nct_cbor *reader, const cbor_item_t *item) {
    if (!cbor_isa_float_ctrl(item) || !cbor_float_ctrl_is_ctrl(item))
        return 0;
    if (cbor_is_bool(item))
        return nct_cbor_get_bool(reader) == cbor_get_bool(item);
    nct_cbor_get_null(reader);
    return cbor_is_null(item);
}

static int same_item(struct nct_cbor *reader, const cbor_item_t *item) {
    switch (nct_cbor_peek(reader)) {
    case NCT_CBOR_UINT:
        return cbor_isa_uint(item) && nct_cbor_get_uint(reader) == cbor_get_int(item);
    case NCT_CBOR_NEGATIVE:
        return same_negative(reader, item);
    case NCT_CBOR_BYTES:
        return same_bytes(reader, item);
    case NCT_CBOR_TEXT:
        return same_text(reader, item);
    case NCT_CBOR_ARRAY:
        return same_array(reader, item);
    case NCT_CBOR_MAP:
        return same_map(reader, item);
    case NCT_CBOR_TAG:
        return cbor_isa_tag(item) && same_tag(reader, item);
    default:
        return same_simple(reader, item);
    }
}

static void assert_serializes_to(const cbor_item_t *item, const unsigned char *bytes, size_t len) {
    unsigned char *serialized = NULL;
    size_t capacity;
    size_t written = cbor_serialize_alloc(item, &serialized, &capacity);
    assert_int_equal(written, len);
    assert_memory_equal(serialized, bytes, len);
    free(serialized);
}

/*
 * Loads the bytes, all of them. libcbor before 0.11 refuses tags 6 to 20, COSE's among them (its issue 307): each that
 * it stumbles over becomes tag 5.
 */
static cbor_item_t *load(unsigned char *bytes, size_t len) {
    struct cbor_load_result result;
    cbor_item_t *item = cbor_load(bytes, len, &result);
    while (item == NULL) {
        size_t at = result.error.position;
        assert_int_equal(result.error.code, CBOR_ERR_MALFORMATED);
        assert_true(at < len && bytes[at] >= 0xc6 && bytes[at] <= 0xd4);
        bytes[at] = 0xc5;
        item = cbor_load(bytes, len, &result);
    }
    assert_int_equal(result.error.code, CBOR_ERR_NONE);
    assert_int_equal(result.read, len);
    return item;
}

/* libcbor loads the bytes, our reader finds the same in them, and libcbor writes them again. */
static void assert_libcbor_agrees(const unsigned char *bytes, size_t len) {
    unsigned char *copy = malloc(len);
    struct nct_cbor reader;
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    cbor_item_t *item = load(copy, len);
    nct_cbor_open(&reader, copy, len);
    assert_true(same_item(&reader, item));
    assert_int_equal(nct_cbor_close(&reader), NCT_OK);
    assert_serializes_to(item, copy, len);
    cbor_decref(&item);
    free(copy);
}

static int begin(void **state) {
    (void)state;
    nct_memory_set(&memory, NULL, NULL);
    seed = 20240229;
    return 0;
}

static void test_random_trees(void **state) {
    (void)state;
    struct nct_buf buf;
    nct_buf_init(&buf, &memory);
    for (int i = 0; i < TREES; i++) {
        cbor_item_t *built = random_item(&buf, TREE_DEPTH);
        assert_int_equal(buf.status, NCT_OK);
        assert_int_equal(nct_cbor_check(buf.data, buf.len), NCT_OK);
        assert_serializes_to(built, buf.data, buf.len);
        assert_libcbor_agrees(buf.data, buf.len);
        cbor_decref(&built);
        nct_buf_clear(&buf);
    }
    nct_buf_free(&buf);
}

/* Mostly among the first bytes, where the heads are. */
static void mutate(unsigned char *bytes, size_t len) {
    size_t reach = below(2) == 0 && len > 16 ? 16 : len;
    for (size_t i = below(3) + 1; i > 0; i--) {
        size_t at = below(reach);
        unsigned change = below(2) == 0 ? (unsigned)below(256) : 1u << below(8);
        bytes[at] = (unsigned char)(bytes[at] ^ change);
    }
}

/* One mutated copy; whatever the check accepts, libcbor agrees with. */
static int try_mutation(const struct nct_buf *buf) {
    unsigned char *copy = malloc(buf->len);
    assert_non_null(copy);
    memcpy(copy, buf->data, buf->len);
    mutate(copy, buf->len);
    size_t len = below(4) == 0 ? 1 + below(buf->len) : buf->len;
    int accepted = nct_cbor_check(copy, len) == NCT_OK;
    if (accepted)
        assert_libcbor_agrees(copy, len);
    free(copy);
    return accepted;
}

static void test_mutations(void **state) {
    (void)state;
    struct nct_buf buf;
    int accepted = 0;
    nct_buf_init(&buf, &memory);
    for (int i = 0; i < TREES; i++) {
        cbor_item_t *built = random_item(&buf, TREE_DEPTH / 2);
        cbor_decref(&built);
        for (int k = 0; k < MUTATIONS; k++)
            accepted += try_mutation(&buf);
        nct_buf_clear(&buf);
    }
    nct_buf_free(&buf);
    assert_in_range(accepted, TREES, TREES * MUTATIONS - TREES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_random_trees, begin),
        cmocka_unit_test_setup(test_mutations, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
