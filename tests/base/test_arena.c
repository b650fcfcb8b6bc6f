/* Memory taken piece by piece: pieces apart from each other, that stay, and go back whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define CHUNK 100
#define PIECES 60
#define ROOM 400

/* What was allocated; given back it must be wiped where that was asked for. */
struct heap {
    size_t out, calls, fail_at;
    int expect_wiped;
};

static void *heap_allocate(size_t size, void *user_data) {
    struct heap *heap = user_data;
    if (++heap->calls == heap->fail_at)
        return NULL;
    heap->out++;
    size_t *block = malloc(sizeof *block + size);
    assert_non_null(block);
    *block = size;
    return block + 1;
}

static void heap_release(void *memory, void *user_data) {
    struct heap *heap = user_data;
    size_t *block = (size_t *)memory - 1;
    for (size_t i = 0; i < *block && heap->expect_wiped; i++)
        assert_true(((unsigned char *)memory)[i] == 0);
    heap->out--;
    free(block);
}

static struct nct_memory memory_of(struct heap *heap) {
    return (struct nct_memory){.allocate = heap_allocate, .release = heap_release, .user_data = heap};
}

/* Lengths from nothing to far beyond a chunk. */
static size_t length_of(size_t i) {
    return i * i % ROOM;
}

static void pieces_stay_and_are_apart(void **state) {
    (void)state;
    for (int wiped = 0; wiped <= 1; wiped++) {
        struct heap heap = {.expect_wiped = wiped};
        struct nct_memory memory = memory_of(&heap);
        struct nct_arena arena;
        unsigned char *pieces[PIECES];
        nct_arena_init(&arena, &memory, CHUNK);
        for (size_t i = 0; i < PIECES; i++) {
            pieces[i] = nct_arena_take(&arena, length_of(i));
            assert_non_null(pieces[i]);
            memset(pieces[i], (int)i + 1, length_of(i));
        }
        assert_true(heap.calls < PIECES);
        for (size_t i = 0; i < PIECES; i++)
            for (size_t at = 0; at < length_of(i); at++)
                assert_true(pieces[i][at] == i + 1);
        nct_arena_free(&arena, wiped);
        assert_true(heap.out == 0);
    }
}

static void without_memory_there_is_no_piece_but_the_others_stay(void **state) {
    struct heap heap = {.fail_at = 2};
    struct nct_memory memory = memory_of(&heap);
    struct nct_arena arena;
    (void)state;
    nct_arena_init(&arena, &memory, CHUNK);
    unsigned char *first = nct_arena_take(&arena, CHUNK / 2);
    assert_non_null(first);
    assert_null(nct_arena_take(&arena, CHUNK));
    assert_ptr_equal(nct_arena_take(&arena, CHUNK / 2), first + CHUNK / 2);
    assert_null(nct_arena_take(&arena, SIZE_MAX));
    assert_true(heap.out == 1);
    nct_arena_free(&arena, 0);
    assert_true(heap.out == 0);
}

static void an_unused_arena_has_taken_nothing(void **state) {
    struct heap heap = {0};
    struct nct_memory memory = memory_of(&heap);
    struct nct_arena arena;
    (void)state;
    nct_arena_init(&arena, &memory, CHUNK);
    nct_arena_free(&arena, 1);
    assert_true(heap.calls == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_stay_and_are_apart),
        cmocka_unit_test(without_memory_there_is_no_piece_but_the_others_stay),
        cmocka_unit_test(an_unused_arena_has_taken_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
