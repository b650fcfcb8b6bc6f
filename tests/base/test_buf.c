/* Buffers: what was in one is nowhere when it has grown, been cleared or been freed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define HEADER 16

static size_t unwiped, given_back;

static void *allocate(size_t size, void *user_data) {
    (void)user_data;
    unsigned char *block = malloc(HEADER + size);
    assert_non_null(block);
    memcpy(block, &size, sizeof size);
    return block + HEADER;
}

static void release(void *memory, void *user_data) {
    unsigned char *block = (unsigned char *)memory - HEADER;
    size_t size = 0;
    (void)user_data;
    memcpy(&size, block, sizeof size);
    for (size_t i = 0; i < size; i++)
        unwiped += block[HEADER + i] == 'x';
    given_back++;
    free(block);
}

static const nct_allocator allocator = {.struct_size = sizeof(nct_allocator), .allocate = allocate, .release = release};

static int setup(void **state) {
    static struct nct_memory memory;
    nct_memory_set(&memory, &allocator, NULL);
    *state = &memory;
    unwiped = given_back = 0;
    return 0;
}

static void fill(struct nct_buf *buf, size_t len) {
    for (size_t i = 0; i < len; i++)
        nct_buf_append_byte(buf, 'x');
    assert_int_equal(buf->status, NCT_OK);
}

static void a_buffer_that_grew_left_nothing_behind(void **state) {
    struct nct_buf buf;
    nct_buf_init(&buf, *state);
    fill(&buf, 100000);
    assert_int_equal(buf.len, 100000);
    for (size_t i = 0; i < buf.len; i++)
        assert_int_equal(buf.data[i], 'x');
    assert_true(given_back > 3);
    assert_int_equal(unwiped, 0);
    nct_buf_free(&buf);
    assert_int_equal(unwiped, 0);
}

static void a_cleared_buffer_holds_nothing(void **state) {
    struct nct_buf buf;
    nct_buf_init(&buf, *state);
    fill(&buf, 50);
    unsigned char *data = buf.data;
    nct_buf_clear(&buf);
    assert_int_equal(buf.len, 0);
    for (size_t i = 0; i < 50; i++)
        assert_int_equal(data[i], 0);
    fill(&buf, 3);
    nct_buf_free(&buf);
    assert_int_equal(unwiped, 0);
}

static void what_is_too_long_sticks(void **state) {
    struct nct_buf buf;
    nct_buf_init(&buf, *state);
    assert_null(nct_buf_extend(&buf, SIZE_MAX / 2));
    assert_int_equal(buf.status, NCT_E_LIMIT);
    nct_buf_append_byte(&buf, 'x');
    assert_int_equal(buf.len, 0);
    nct_buf_clear(&buf);
    fill(&buf, 1);
    nct_buf_free(&buf);
}

#define CASE(name) cmocka_unit_test_setup(name, setup)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_buffer_that_grew_left_nothing_behind),
        CASE(a_cleared_buffer_holds_nothing),
        CASE(what_is_too_long_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
