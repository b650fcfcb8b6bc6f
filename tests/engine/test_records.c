/* The tables of records: a key stands for one field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/records/evidence_types.h"
#include "engine/records/types.h"

#include <nctracks/store.h>

static void expect_sound(const struct nct_record_type *type) {
    for (size_t i = 0; i < type->field_count; i++) {
        const struct nct_field *field = &type->fields[i];
        assert_true(field->offset + field->size <= type->size);
        assert_true(i == 0 || field->key > type->fields[i - 1].key);
        for (size_t j = 0; j < i; j++)
            assert_true(type->fields[j].offset != field->offset);
    }
}

static void keys_ascend_and_no_field_stands_twice(void **state) {
    (void)state;
    for (int32_t space = 0; space < nct_space_count(); space++) {
        const struct nct_record_type *type = nct_type_of_space(space);
        assert_non_null(type);
        assert_int_equal(type->space, space);
        expect_sound(type);
        for (int32_t other = 0; other < space; other++)
            assert_string_not_equal(type->name, nct_type_of_space(other)->name);
    }
    expect_sound(&nct_claims_type);
    expect_sound(&nct_repudiation_type);
    expect_sound(&nct_checkpoint_claims_type);
    expect_sound(&nct_proof_type);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(keys_ascend_and_no_field_stands_twice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
