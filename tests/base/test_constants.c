#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <nctracks.h>
#include <stdio.h>
#include <string.h>

/* The list is made from the headers by scripts/exports; it leaves the version out. */
static void every_constant_of_the_headers_is_found_by_name(void **state) {
    (void)state;
    char name[80];
    int64_t expected = 0;
    size_t count = 0;
    FILE *list = fopen(NCT_TESTS_DIR "/abi/constants.txt", "r");
    assert_non_null(list);
    while (fscanf(list, "%79s %" SCNd64, name, &expected) == 2) {
        int64_t value = INT64_MIN;
        assert_int_equal(nct_constant_from_name(name, &value), NCT_OK);
        assert_int_equal(value, expected);
        count++;
    }
    fclose(list);
    assert_int_equal(nct_constant_count(), count + 3);
}

static void names_are_in_order_and_end_with_null(void **state) {
    (void)state;
    for (size_t i = 1; i < nct_constant_count(); i++)
        assert_true(strcmp(nct_constant_name(i - 1), nct_constant_name(i)) < 0);
    assert_null(nct_constant_name(nct_constant_count()));
    assert_null(nct_constant_name(SIZE_MAX));
}

static void an_unknown_name_is_not_found(void **state) {
    (void)state;
    int64_t value = 7;
    assert_int_equal(nct_constant_from_name("NCT_NO_SUCH", &value), NCT_E_NOT_FOUND);
    assert_int_equal(nct_constant_from_name("", &value), NCT_E_NOT_FOUND);
    assert_int_equal(value, 7);
    assert_int_equal(nct_constant_from_name(NULL, &value), NCT_E_ARGUMENT);
    assert_int_equal(nct_constant_from_name("NCT_OK", NULL), NCT_E_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_constant_of_the_headers_is_found_by_name),
        cmocka_unit_test(names_are_in_order_and_end_with_null),
        cmocka_unit_test(an_unknown_name_is_not_found),
    };
    return cmocka_run_group_tests_name("constants", tests, NULL, NULL);
}
