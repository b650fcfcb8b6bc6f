/* Deterministic CBOR against RFC 8949: the examples of its Appendix A, and every form that is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "codec/cbor.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The bytes of a hexadecimal literal, in memory of exactly their size, so that reading past the end is found. */
struct bytes {
    unsigned char *data;
    size_t len;
};

static unsigned char nibble(char digit) {
    return (unsigned char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static struct bytes exact(const void *data, size_t len) {
    struct bytes copy = {malloc(len > 0 ? len : 1), len};
    assert_non_null(copy.data);
    if (len > 0)
        memcpy(copy.data, data, len);
    return copy;
}

static struct bytes unhex(const char *hex) {
    unsigned char data[256];
    size_t len = strlen(hex) / 2;
    assert_true(len <= sizeof data && strlen(hex) % 2 == 0);
    for (size_t i = 0; i < len; i++)
        data[i] = (unsigned char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
    return exact(data, len);
}

static nct_status check_copy(const void *data, size_t len) {
    struct bytes copy = exact(data, len);
    nct_status status = nct_cbor_check(copy.data, copy.len);
    free(copy.data);
    return status;
}

static nct_status check_hex(const char *hex) {
    struct bytes bytes = unhex(hex);
    nct_status status = nct_cbor_check(bytes.data, bytes.len);
    free(bytes.data);
    return status;
}

static void assert_accepted(const char *hex) {
    if (check_hex(hex) != NCT_OK)
        fail_msg("%s was refused", hex);
}

static void assert_refused(const char *hex) {
    if (check_hex(hex) != NCT_E_ENCODING)
        fail_msg("%s was not refused", hex);
}

/* A reader of one literal and a buffer to write the same item to. */
struct fixture {
    struct nct_memory memory;
    struct nct_buf buf;
    struct bytes bytes;
    struct nct_cbor reader;
};

static void begin(struct fixture *f, const char *hex) {
    nct_memory_set(&f->memory, NULL, NULL);
    nct_buf_init(&f->buf, &f->memory);
    f->bytes = unhex(hex);
    nct_cbor_open(&f->reader, f->bytes.data, f->bytes.len);
}

static void end(struct fixture *f) {
    nct_buf_free(&f->buf);
    free(f->bytes.data);
}

/* The writer wrote the literal, the reader read all of it, and the check accepts it whole but none of its prefixes. */
static void end_equal(struct fixture *f) {
    assert_int_equal(f->buf.status, NCT_OK);
    assert_int_equal(f->buf.len, f->bytes.len);
    assert_memory_equal(f->buf.data, f->bytes.data, f->bytes.len);
    assert_int_equal(nct_cbor_peek(&f->reader), NCT_CBOR_NOTHING);
    assert_int_equal(nct_cbor_close(&f->reader), NCT_OK);
    assert_int_equal(nct_cbor_check(f->bytes.data, f->bytes.len), NCT_OK);
    for (size_t len = 0; len < f->bytes.len; len++)
        assert_int_equal(check_copy(f->bytes.data, len), NCT_E_ENCODING);
    end(f);
}

/* Appendix A: values */

static const struct {
    uint64_t value;
    const char *hex;
} uints[] = {
    {0, "00"},
    {1, "01"},
    {10, "0a"},
    {23, "17"},
    {24, "1818"},
    {25, "1819"},
    {100, "1864"},
    {255, "18ff"},
    {256, "190100"},
    {1000, "1903e8"},
    {65535, "19ffff"},
    {65536, "1a00010000"},
    {1000000, "1a000f4240"},
    {UINT32_MAX, "1affffffff"},
    {UINT64_C(4294967296), "1b0000000100000000"},
    {UINT64_C(1000000000000), "1b000000e8d4a51000"},
    {INT64_MAX, "1b7fffffffffffffff"},
    {UINT64_MAX, "1bffffffffffffffff"},
};

static void test_uints(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(uints); i++) {
        struct fixture f;
        begin(&f, uints[i].hex);
        nct_cbor_put_uint(&f.buf, uints[i].value);
        assert_int_equal(nct_cbor_peek(&f.reader), NCT_CBOR_UINT);
        assert_true(nct_cbor_get_uint(&f.reader) == uints[i].value);
        end_equal(&f);
    }
}

static const struct {
    int64_t value;
    const char *hex;
} ints[] = {
    {0, "00"},
    {23, "17"},
    {24, "1818"},
    {1000000, "1a000f4240"},
    {INT64_MAX, "1b7fffffffffffffff"},
    {-1, "20"},
    {-10, "29"},
    {-24, "37"},
    {-25, "3818"},
    {-100, "3863"},
    {-256, "38ff"},
    {-257, "390100"},
    {-1000, "3903e7"},
    {-65536, "39ffff"},
    {-65537, "3a00010000"},
    {INT64_C(-4294967296), "3affffffff"},
    {INT64_C(-4294967297), "3b0000000100000000"},
    {INT64_MIN, "3b7fffffffffffffff"},
};

static void test_ints(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(ints); i++) {
        struct fixture f;
        begin(&f, ints[i].hex);
        nct_cbor_put_int(&f.buf, ints[i].value);
        assert_int_equal(nct_cbor_peek(&f.reader), ints[i].value < 0 ? NCT_CBOR_NEGATIVE : NCT_CBOR_UINT);
        assert_true(nct_cbor_get_int(&f.reader) == ints[i].value);
        end_equal(&f);
    }
}

static void test_strings(void **state) {
    (void)state;
    static const struct {
        int type;
        size_t len;
        const char *content;
        const char *hex;
    } strings[] = {
        {NCT_CBOR_BYTES, 0, "", "40"},
        {NCT_CBOR_BYTES, 4, "\1\2\3\4", "4401020304"},
        {NCT_CBOR_TEXT, 0, "", "60"},
        {NCT_CBOR_TEXT, 1, "a", "6161"},
        {NCT_CBOR_TEXT, 4, "IETF", "6449455446"},
        {NCT_CBOR_TEXT, 2, "\"\\", "62225c"},
        {NCT_CBOR_TEXT, 2, "\xc3\xbc", "62c3bc"},
        {NCT_CBOR_TEXT, 3, "\xe6\xb0\xb4", "63e6b0b4"},
        {NCT_CBOR_TEXT, 4, "\xf0\x90\x85\x91", "64f0908591"},
        {NCT_CBOR_BYTES, 24, "0123456789abcdefghijklmn", "5818303132333435363738396162636465666768696a6b6c6d6e"},
    };
    for (size_t i = 0; i < COUNT(strings); i++) {
        struct fixture f;
        size_t len = SIZE_MAX;
        const void *content = NULL;
        begin(&f, strings[i].hex);
        assert_int_equal(nct_cbor_peek(&f.reader), strings[i].type);
        if (strings[i].type == NCT_CBOR_BYTES) {
            nct_cbor_put_bytes(&f.buf, strings[i].content, strings[i].len);
            content = nct_cbor_get_bytes(&f.reader, &len);
        } else {
            nct_cbor_put_text(&f.buf, strings[i].content, strings[i].len);
            content = nct_cbor_get_text(&f.reader, &len);
        }
        assert_non_null(content);
        assert_int_equal(len, strings[i].len);
        assert_memory_equal(content, strings[i].content, len);
        end_equal(&f);
    }
}

static void test_no_bytes_at_null(void **state) {
    (void)state;
    struct fixture f;
    size_t len = 1;
    begin(&f, "4060");
    nct_cbor_put_bytes(&f.buf, NULL, 0);
    nct_cbor_put_text(&f.buf, NULL, 0);
    assert_non_null(nct_cbor_get_bytes(&f.reader, &len));
    assert_int_equal(len, 0);
    assert_non_null(nct_cbor_get_text(&f.reader, &len));
    assert_int_equal(nct_cbor_close(&f.reader), NCT_OK);
    assert_memory_equal(f.buf.data, f.bytes.data, 2);
    end(&f);
}

static void test_simple_values(void **state) {
    (void)state;
    struct fixture f;
    begin(&f, "f4");
    nct_cbor_put_bool(&f.buf, 0);
    assert_int_equal(nct_cbor_peek(&f.reader), NCT_CBOR_SIMPLE);
    assert_false(nct_cbor_get_bool(&f.reader));
    end_equal(&f);
    begin(&f, "f5");
    nct_cbor_put_bool(&f.buf, 2);
    assert_int_equal(nct_cbor_get_bool(&f.reader), 1);
    end_equal(&f);
    begin(&f, "f6");
    nct_cbor_put_null(&f.buf);
    nct_cbor_get_null(&f.reader);
    end_equal(&f);
}

static void test_tags(void **state) {
    (void)state;
    static const char date[] = "2013-03-21T20:04:00Z";
    struct fixture f;
    size_t len;
    begin(&f, "c074323031332d30332d32315432303a30343a30305a");
    nct_cbor_put_tag(&f.buf, 0);
    nct_cbor_put_text(&f.buf, date, strlen(date));
    assert_int_equal(nct_cbor_peek(&f.reader), NCT_CBOR_TAG);
    assert_int_equal(nct_cbor_get_tag(&f.reader), 0);
    assert_memory_equal(nct_cbor_get_text(&f.reader, &len), date, strlen(date));
    assert_int_equal(len, strlen(date));
    end_equal(&f);
    begin(&f, "c11a514b67b0");
    nct_cbor_put_tag(&f.buf, 1);
    nct_cbor_put_uint(&f.buf, 1363896240);
    assert_int_equal(nct_cbor_get_tag(&f.reader), 1);
    assert_int_equal(nct_cbor_get_uint(&f.reader), 1363896240);
    end_equal(&f);
    begin(&f, "d818456449455446");
    nct_cbor_put_tag(&f.buf, 24);
    nct_cbor_put_bytes(&f.buf, "dIETF", 5);
    assert_int_equal(nct_cbor_get_tag(&f.reader), 24);
    assert_memory_equal(nct_cbor_get_bytes(&f.reader, &len), "dIETF", 5);
    end_equal(&f);
}

/* Appendix A: arrays and maps */

static void test_array_of_25(void **state) {
    (void)state;
    struct fixture f;
    begin(&f, "98190102030405060708090a0b0c0d0e0f101112131415161718181819");
    nct_cbor_put_array(&f.buf, 25);
    assert_int_equal(nct_cbor_peek(&f.reader), NCT_CBOR_ARRAY);
    assert_int_equal(nct_cbor_get_array(&f.reader), 25);
    for (uint64_t i = 1; i <= 25; i++) {
        nct_cbor_put_uint(&f.buf, i);
        assert_int_equal(nct_cbor_get_uint(&f.reader), i);
    }
    end_equal(&f);
}

static void test_nested_arrays(void **state) {
    (void)state;
    struct fixture f;
    begin(&f, "8301820203820405");
    nct_cbor_put_array(&f.buf, 3);
    nct_cbor_put_uint(&f.buf, 1);
    assert_int_equal(nct_cbor_get_array(&f.reader), 3);
    assert_int_equal(nct_cbor_get_uint(&f.reader), 1);
    for (uint64_t i = 2; i <= 4; i += 2) {
        nct_cbor_put_array(&f.buf, 2);
        nct_cbor_put_uint(&f.buf, i);
        nct_cbor_put_uint(&f.buf, i + 1);
        assert_int_equal(nct_cbor_get_array(&f.reader), 2);
        assert_int_equal(nct_cbor_get_uint(&f.reader), i);
        assert_int_equal(nct_cbor_get_uint(&f.reader), i + 1);
    }
    end_equal(&f);
}

static void test_maps(void **state) {
    (void)state;
    struct fixture f;
    size_t len;
    begin(&f, "a201020304");
    nct_cbor_put_map(&f.buf, 2);
    assert_int_equal(nct_cbor_peek(&f.reader), NCT_CBOR_MAP);
    assert_int_equal(nct_cbor_get_map(&f.reader), 2);
    for (uint64_t i = 1; i <= 4; i++) {
        nct_cbor_put_uint(&f.buf, i);
        assert_int_equal(nct_cbor_get_uint(&f.reader), i);
    }
    end_equal(&f);
    begin(&f, "a56161614161626142616361436164614461656145");
    nct_cbor_put_map(&f.buf, 5);
    assert_int_equal(nct_cbor_get_map(&f.reader), 5);
    for (const char *letter = "aAbBcCdDeE"; *letter != '\0'; letter++) {
        nct_cbor_put_text(&f.buf, letter, 1);
        const char *text = nct_cbor_get_text(&f.reader, &len);
        assert_true(text != NULL && len == 1 && *text == *letter);
    }
    end_equal(&f);
}

static void test_map_and_array(void **state) {
    (void)state;
    struct fixture f;
    size_t len;
    begin(&f, "a26161016162820203");
    nct_cbor_put_map(&f.buf, 2);
    nct_cbor_put_text(&f.buf, "a", 1);
    nct_cbor_put_uint(&f.buf, 1);
    nct_cbor_put_text(&f.buf, "b", 1);
    nct_cbor_put_array(&f.buf, 2);
    nct_cbor_put_uint(&f.buf, 2);
    nct_cbor_put_uint(&f.buf, 3);
    assert_int_equal(nct_cbor_get_map(&f.reader), 2);
    assert_non_null(nct_cbor_get_text(&f.reader, &len));
    nct_cbor_skip(&f.reader);
    assert_memory_equal(nct_cbor_get_text(&f.reader, &len), "b", 1);
    nct_cbor_skip(&f.reader);
    end_equal(&f);
}

/* What is left of Appendix A within the subset: nothing to write but heads and strings met above. */
static void test_appendix_a_accepted(void **state) {
    (void)state;
    static const char *const accepted[] = {"c249010000000000000000",
                                           "3bffffffffffffffff",
                                           "c349010000000000000000",
                                           "d74401020304",
                                           "80",
                                           "83010203",
                                           "a0",
                                           "826161a161626163",
                                           "d82076687474703a2f2f7777772e6578616d706c652e636f6d"};
    for (size_t i = 0; i < COUNT(accepted); i++)
        assert_accepted(accepted[i]);
}

static void test_appendix_a_outside_the_subset(void **state) {
    (void)state;
    static const char *const refused[] = {
        /* floating point */
        "f90000", "f98000", "f93c00", "fb3ff199999999999a", "f93e00", "f97bff", "fa47c35000", "fa7f7fffff",
        "fb7e37e43c8800759c", "f90001", "f90400", "f9c400", "fbc010666666666666", "f97c00", "f97e00", "f9fc00",
        "fa7f800000", "fa7fc00000", "faff800000", "fb7ff0000000000000", "fb7ff8000000000000", "fbfff0000000000000",
        "c1fb41d452d9ec200000",
        /* undefined and other simple values */
        "f7", "f0", "f818", "f8ff", "e0", "f3", "f820",
        /* indefinite lengths */
        "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "9f018202039f0405ffff", "9f01820203820405ff",
        "83018202039f0405ff", "83019f0203ff820405", "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
        "bf61610161629f0203ffff", "826161bf61626163ff", "bf6346756ef563416d7421ff"};
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_refused(refused[i]);
}

/* Refused forms */

/* A head of each width for each major type, whose argument would fit the next shorter one; the rest is made to fit. */
static void test_longer_heads_than_needed(void **state) {
    (void)state;
    static const uint64_t fits_less[] = {23, 0xff, 0xffff, 0xffffffff};
    unsigned char *item = malloc(9 + 0x20000);
    assert_non_null(item);
    for (unsigned type = 0; type < 8; type++)
        for (unsigned k = 0; k < 4; k++)
            for (int most = 0; most < 2; most++) {
                uint64_t argument = most ? fits_less[k] : 0;
                size_t width = (size_t)1 << k;
                item[0] = (unsigned char)(type << 5 | (24 + k));
                for (size_t i = 0; i < width; i++)
                    item[1 + i] = (unsigned char)(argument >> 8 * (width - 1 - i));
                memset(item + 1 + width, 0, 0x20000);
                size_t tail = type < 2 || type == 7 ? 0 : type == 6 ? 1 : (size_t)argument * (type == 5 ? 2 : 1);
                tail = tail <= 0x20000 ? tail : 0x20000;
                assert_int_equal(check_copy(item, 1 + width + tail), NCT_E_ENCODING);
            }
    free(item);
}

/* Every getter with one signature; the answer is 0 after a failure and not 0 for the items of test_wrong_types(). */
static uint64_t get_int(struct nct_cbor *reader) {
    return (uint64_t)nct_cbor_get_int(reader);
}

static uint64_t get_bytes(struct nct_cbor *reader) {
    size_t len = SIZE_MAX;
    const void *content = nct_cbor_get_bytes(reader, &len);
    assert_true(content != NULL || len == 0);
    return content != NULL;
}

static uint64_t get_text(struct nct_cbor *reader) {
    size_t len = SIZE_MAX;
    const void *content = nct_cbor_get_text(reader, &len);
    assert_true(content != NULL || len == 0);
    return content != NULL;
}

static uint64_t get_array(struct nct_cbor *reader) {
    return nct_cbor_get_array(reader);
}

static uint64_t get_map(struct nct_cbor *reader) {
    return nct_cbor_get_map(reader);
}

static uint64_t get_bool(struct nct_cbor *reader) {
    return (uint64_t)nct_cbor_get_bool(reader);
}

static uint64_t get_null(struct nct_cbor *reader) {
    nct_cbor_get_null(reader);
    return reader->status == NCT_OK;
}

static uint64_t skip_item(struct nct_cbor *reader) {
    nct_cbor_skip(reader);
    return reader->status == NCT_OK;
}

static uint64_t (*const getters[])(struct nct_cbor *) = {nct_cbor_get_uint, get_int,  get_bytes,        get_text,
                                                         get_array,         get_map,  nct_cbor_get_tag, get_bool,
                                                         get_null,          skip_item};

/* The same for the getters, which record readers call without a check first. */
static void test_getters_refuse_longer_heads(void **state) {
    (void)state;
    static const char *const heads[] = {"1817",     "3817",   "580100", "780100", "980100",
                                        "b8010000", "d81700", "f815",   "f816",   "1817"};
    for (size_t i = 0; i < COUNT(getters); i++) {
        struct fixture f;
        begin(&f, heads[i]);
        assert_int_equal(getters[i](&f.reader), 0);
        assert_int_equal(f.reader.status, NCT_E_ENCODING);
        end(&f);
    }
}

static void test_reserved_information(void **state) {
    (void)state;
    unsigned char item[200];
    for (unsigned type = 0; type < 8; type++)
        for (unsigned info = 28; info < 32; info++) {
            memset(item, 0xff, sizeof item);
            item[0] = (unsigned char)(type << 5 | info);
            for (size_t len = 1; len <= sizeof item; len++)
                assert_int_equal(check_copy(item, len), NCT_E_ENCODING);
        }
}

static void test_map_order(void **state) {
    (void)state;
    /* RFC 8949, 4.2.1: 10, 100, -1, "z", "aa", [100], [-1], false */
    assert_accepted("a80a001864002000617a006261610081186400812000f400");
    static const char *const refused[] = {
        "a202000100",       /* 2, 1 */
        "a220000000",       /* -1, 0 */
        "a21864000a00",     /* 100, 10: length-first and bytewise agree */
        "a22000186400",     /* -1, 100: the length-first order of RFC 7049 */
        "a2617a00186400",   /* "z", 100 */
        "a2616200616100",   /* "b", "a" */
        "a262616100617a00", /* "aa", "z" */
        "a281200081186400", /* [-1], [100] */
        "a2f500f400",       /* true, false */
        "a3010003000200",   /* the last key */
        "81a202000100",     /* inside an array */
        "a101a202000100",   /* inside a map, as a value */
        "a1a20200010000",   /* inside a map, as a key */
        "c1a202000100",     /* inside a tag */
    };
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_refused(refused[i]);
}

static void test_duplicate_keys(void **state) {
    (void)state;
    static const char *const refused[] = {"a201000100",     "a201000101",       "a2616100616100", "a2410100410100",
                                          "a2f600f600",     "a280008000",       "a2a000a000",     "a2c10000c10000",
                                          "a3000001000100", "a281010081010000", "a240004000",     "a260006000"};
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_refused(refused[i]);
    assert_accepted("a240006000"); /* an empty byte string and an empty text string are different keys */
}

static void test_trailing_bytes(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(uints); i++) {
        struct bytes bytes = unhex(uints[i].hex);
        unsigned char longer[10] = {0};
        memcpy(longer, bytes.data, bytes.len);
        assert_int_equal(check_copy(longer, bytes.len + 1), NCT_E_ENCODING);
        free(bytes.data);
    }
    assert_refused("");
    assert_refused("8000");
    assert_refused("a0a0");
    assert_refused("616161");
    assert_refused("c10101");
    assert_int_equal(nct_cbor_check(NULL, 0), NCT_E_ENCODING);
}

/* levels heads of one byte around a zero */
static nct_status check_nested(unsigned char head, size_t levels) {
    unsigned char item[64];
    memset(item, head, levels);
    item[levels] = 0;
    return check_copy(item, levels + 1);
}

static void test_depth(void **state) {
    (void)state;
    assert_int_equal(check_nested(0x81, 16), NCT_OK);
    assert_int_equal(check_nested(0x81, 17), NCT_E_ENCODING);
    assert_int_equal(check_nested(0xc1, 16), NCT_OK);
    assert_int_equal(check_nested(0xc1, 17), NCT_E_ENCODING);
    unsigned char maps[64];
    for (size_t levels = 16; levels <= 17; levels++) {
        for (size_t i = 0; i < levels; i++) {
            maps[2 * i] = 0xa1;
            maps[2 * i + 1] = 0;
        }
        maps[2 * levels] = 0;
        assert_int_equal(check_copy(maps, 2 * levels + 1), levels == 16 ? NCT_OK : NCT_E_ENCODING);
    }
    assert_accepted("81818181818181818181818181818180");  /* 16, the innermost empty */
    assert_refused("8181818181818181818181818181818180"); /* 17 */
}

static void test_endless_depth(void **state) {
    (void)state;
    static const unsigned char heads[] = {0x81, 0xa1, 0xc1, 0x9f, 0x82};
    size_t len = (size_t)1 << 20;
    unsigned char *item = malloc(len);
    assert_non_null(item);
    for (size_t i = 0; i < COUNT(heads); i++) {
        memset(item, heads[i], len);
        assert_int_equal(nct_cbor_check(item, len), NCT_E_ENCODING);
    }
    free(item);
}

static void test_huge_counts(void **state) {
    (void)state;
    static const char *const refused[] = {"1b",
                                          "5b7fffffffffffffff00",
                                          "5bffffffffffffffff00",
                                          "7bffffffffffffffff00",
                                          "9bffffffffffffffff00",
                                          "9b7fffffffffffffff00",
                                          "bbffffffffffffffff0000",
                                          "bb80000000000000000000",
                                          "bb7fffffffffffffff0000",
                                          "9affffffff00",
                                          "baffffffff0000",
                                          "9b000000010000000000",
                                          "5b000000010000000000",
                                          "8200",
                                          "a2000001",
                                          "a1000100"};
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_refused(refused[i]);
}

static void test_counts_that_cannot_fit(void **state) {
    (void)state;
    struct fixture f;
    begin(&f, "830000");
    assert_int_equal(nct_cbor_get_array(&f.reader), 0);
    assert_int_equal(f.reader.status, NCT_E_ENCODING);
    end(&f);
    begin(&f, "a2000000");
    assert_int_equal(nct_cbor_get_map(&f.reader), 0);
    assert_int_equal(f.reader.status, NCT_E_ENCODING);
    end(&f);
    begin(&f, "bb800000000000000000");
    assert_int_equal(nct_cbor_get_map(&f.reader), 0);
    assert_int_equal(f.reader.status, NCT_E_ENCODING);
    end(&f);
    begin(&f, "430000");
    size_t len = 9;
    assert_null(nct_cbor_get_bytes(&f.reader, &len));
    assert_int_equal(len, 0);
    assert_int_equal(f.reader.status, NCT_E_ENCODING);
    end(&f);
}

static void test_bad_utf8(void **state) {
    (void)state;
    static const char *const refused[] = {"6180",       "61ff",     "62c080",     "61c3",       "62c328",
                                          "63e08080",   "63eda080", "62e6b0",     "64f0808080", "64f4908080",
                                          "64f8888080", "62fffe",   "82616161ff", "a161ff00",   "a10061ff"};
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_refused(refused[i]);
    struct fixture f;
    size_t len = 9;
    begin(&f, "62c080");
    assert_null(nct_cbor_get_text(&f.reader, &len));
    assert_int_equal(len, 0);
    assert_int_equal(f.reader.status, NCT_E_ENCODING);
    end(&f);
    assert_accepted("42c080");
    assert_accepted("6100");
}

static void test_ints_beyond_int64(void **state) {
    (void)state;
    static const char *const beyond[] = {"1b8000000000000000", "1bffffffffffffffff", "3b8000000000000000",
                                         "3bffffffffffffffff"}; /* 2^63, 2^64-1, -2^63-1, -2^64 */
    for (size_t i = 0; i < COUNT(beyond); i++) {
        struct fixture f;
        assert_accepted(beyond[i]);
        begin(&f, beyond[i]);
        assert_int_equal(nct_cbor_get_int(&f.reader), 0);
        assert_int_equal(f.reader.status, NCT_E_ENCODING);
        end(&f);
        begin(&f, beyond[i]);
        nct_cbor_skip(&f.reader);
        assert_int_equal(nct_cbor_close(&f.reader), NCT_OK);
        end(&f);
    }
}

/* Reader */

static void test_wrong_types(void **state) {
    (void)state;
    static const char *const items[] = {"01", "21", "4101", "6161", "8101", "a10101", "c101", "f5", "f6", ""};
    for (size_t getter = 0; getter < COUNT(getters) - 1; getter++)
        for (size_t item = 0; item < COUNT(items); item++) {
            struct fixture f;
            begin(&f, items[item]);
            int fits = getter == item || (getters[getter] == get_int && item == 0);
            uint64_t got = getters[getter](&f.reader);
            assert_int_equal(f.reader.status, fits ? NCT_OK : NCT_E_ENCODING);
            assert_int_equal(got != 0, fits);
            end(&f);
        }
}

static void test_failure_sticks(void **state) {
    (void)state;
    static const char *const items[] = {"f701",     "f721",   "f74101", "f76161", "f78101",
                                        "f7a10101", "f7c101", "f7f5",   "f7f6",   "f701"};
    for (size_t i = 0; i < COUNT(items); i++) {
        struct fixture f;
        begin(&f, items[i]);
        nct_cbor_get_null(&f.reader);
        assert_int_equal(f.reader.status, NCT_E_ENCODING);
        assert_int_equal(nct_cbor_peek(&f.reader), NCT_CBOR_NOTHING);
        assert_int_equal(getters[i](&f.reader), 0);
        assert_int_equal(f.reader.status, NCT_E_ENCODING);
        assert_int_equal(nct_cbor_close(&f.reader), NCT_E_ENCODING);
        end(&f);
    }
}

static void test_skip_takes_one_item(void **state) {
    (void)state;
    struct fixture f;
    begin(&f, "a2018202030341aa18ff");
    nct_cbor_skip(&f.reader);
    assert_int_equal(f.reader.status, NCT_OK);
    assert_int_equal(nct_cbor_close(&f.reader), NCT_E_ENCODING);
    assert_int_equal(nct_cbor_get_uint(&f.reader), 0xff);
    assert_int_equal(nct_cbor_close(&f.reader), NCT_OK);
    nct_cbor_skip(&f.reader);
    assert_int_equal(f.reader.status, NCT_E_ENCODING);
    end(&f);
}

/* Every string of up to three bytes: each is refused, or has the one length its first byte announces. */
static void test_all_short_inputs(void **state) {
    (void)state;
    size_t accepted[4] = {0};
    for (size_t len = 1; len <= 3; len++)
        for (uint32_t number = 0; number < UINT32_C(1) << 8 * len; number++) {
            unsigned char item[3];
            for (size_t i = 0; i < len; i++)
                item[i] = (unsigned char)(number >> 8 * (len - 1 - i));
            accepted[len] += nct_cbor_check(item, len) == NCT_OK;
        }
    /* Bytes: 24 + 24 integers, h'', "", [], {} and three simple values. */
    assert_int_equal(accepted[1], 55);
    /* Pairs: 2 * 232 long integers, 256 byte strings, 128 characters, 55 arrays and 24 tags of the 55. */
    assert_int_equal(accepted[2], 2 * 232 + 256 + 128 + 55 + 24 * 55);
    /* Triples: 2 * 65280 integers; 65536 byte strings; 128 * 128 + 1920 texts; [pair]; [byte, byte];
     * {byte: byte}; 24 tags of a pair; 232 long tags of a byte. */
    size_t pairs = accepted[2];
    assert_int_equal(accepted[3], 2 * 65280 + 65536 + 16384 + 1920 + pairs + 2 * 55 * 55 + 24 * pairs + 232 * 55);
}

/* Writer */

struct scarce {
    int left; /* allocations until one fails */
};

static void *scarce_allocate(size_t size, void *user_data) {
    struct scarce *scarce = user_data;
    return scarce->left-- > 0 ? malloc(size) : NULL;
}

static void scarce_release(void *memory, void *user_data) {
    (void)user_data;
    free(memory);
}

static void write_one_of_each(struct nct_buf *buf) {
    nct_cbor_put_array(buf, 7);
    nct_cbor_put_uint(buf, 1000);
    nct_cbor_put_int(buf, -1000);
    nct_cbor_put_bytes(buf, "bytes", 5);
    nct_cbor_put_text(buf, "text", 4);
    nct_cbor_put_map(buf, 1);
    nct_cbor_put_null(buf);
    nct_cbor_put_bool(buf, 1);
    nct_cbor_put_tag(buf, 18);
    nct_cbor_put_array(buf, 0);
    nct_cbor_put_bool(buf, 0);
}

static void test_writer_failure_sticks(void **state) {
    (void)state;
    static const unsigned char big[900];
    for (int allowed = 0; allowed < 3; allowed++) {
        struct scarce scarce = {allowed};
        struct nct_memory memory = {.allocate = scarce_allocate, .release = scarce_release, .user_data = &scarce};
        struct nct_buf buf;
        nct_buf_init(&buf, &memory);
        nct_cbor_put_uint(&buf, 1);
        assert_int_equal(buf.status, allowed < 1 ? NCT_E_NO_MEMORY : NCT_OK);
        nct_cbor_put_bytes(&buf, big, sizeof big);
        assert_int_equal(buf.status, allowed < 2 ? NCT_E_NO_MEMORY : NCT_OK);
        size_t len = buf.len;
        scarce.left = allowed < 2 ? 100 : 0;
        write_one_of_each(&buf);
        assert_int_equal(buf.status, allowed < 2 ? NCT_E_NO_MEMORY : NCT_OK);
        assert_int_equal(buf.len, allowed < 2 ? len : len + 24);
        nct_buf_free(&buf);
    }
}

static void test_writer_limit_sticks(void **state) {
    (void)state;
    struct fixture f;
    begin(&f, "");
    nct_cbor_put_bytes(&f.buf, "", SIZE_MAX);
    assert_int_equal(f.buf.status, NCT_E_LIMIT);
    size_t len = f.buf.len;
    write_one_of_each(&f.buf);
    assert_int_equal(f.buf.status, NCT_E_LIMIT);
    assert_int_equal(f.buf.len, len);
    end(&f);
}

static void test_one_of_each(void **state) {
    (void)state;
    struct fixture f;
    begin(&f, "871903e83903e74562797465736474657874a1f6f5d280f4");
    write_one_of_each(&f.buf);
    nct_cbor_skip(&f.reader);
    end_equal(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uints),
        cmocka_unit_test(test_ints),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_no_bytes_at_null),
        cmocka_unit_test(test_simple_values),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_array_of_25),
        cmocka_unit_test(test_nested_arrays),
        cmocka_unit_test(test_maps),
        cmocka_unit_test(test_map_and_array),
        cmocka_unit_test(test_appendix_a_accepted),
        cmocka_unit_test(test_appendix_a_outside_the_subset),
        cmocka_unit_test(test_longer_heads_than_needed),
        cmocka_unit_test(test_getters_refuse_longer_heads),
        cmocka_unit_test(test_reserved_information),
        cmocka_unit_test(test_map_order),
        cmocka_unit_test(test_duplicate_keys),
        cmocka_unit_test(test_trailing_bytes),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_endless_depth),
        cmocka_unit_test(test_huge_counts),
        cmocka_unit_test(test_counts_that_cannot_fit),
        cmocka_unit_test(test_bad_utf8),
        cmocka_unit_test(test_ints_beyond_int64),
        cmocka_unit_test(test_wrong_types),
        cmocka_unit_test(test_failure_sticks),
        cmocka_unit_test(test_skip_takes_one_item),
        cmocka_unit_test(test_all_short_inputs),
        cmocka_unit_test(test_writer_failure_sticks),
        cmocka_unit_test(test_writer_limit_sticks),
        cmocka_unit_test(test_one_of_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
