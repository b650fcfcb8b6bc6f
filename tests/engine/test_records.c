/* The tables of records: a key stands for one field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "engine/records/evidence_types.h"
#include "engine/records/fields.h"
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

/* A field of each kind. */
struct sample {
    int32_t small;
    int64_t wide;
    uint64_t count;
    char text[4];
    unsigned char bytes[2];
    struct {
        uint32_t len;
        unsigned char bytes[4];
    } blob;
};

static const struct nct_field sample_fields[] = {
    I32(1, struct sample, small), I64(2, struct sample, wide),    U64(3, struct sample, count),
    TEXT(4, struct sample, text), BYTES(5, struct sample, bytes), FIELD(6, NCT_FIELD_BLOB, struct sample, blob),
};
static const struct nct_record_type sample_type = {.name = "sample", FIELDS(sample_fields, struct sample)};

struct encoded {
    const char *bytes;
    size_t len;
    nct_status status;
};

#define ENCODED(bytes, status)                                                                                         \
    { bytes, sizeof(bytes) - 1, status }

static void one_encoding_of_each_content_is_read(void **state) {
    static const struct encoded all[] = {
        ENCODED("\xA0", NCT_OK),
        ENCODED("\xA1\x01\x1A\x7F\xFF\xFF\xFF", NCT_OK),
        ENCODED("\xA1\x01\x3A\x7F\xFF\xFF\xFF", NCT_OK),
        ENCODED("\xA1\x01\x1A\x80\x00\x00\x00", NCT_E_INTEGRITY),
        ENCODED("\xA1\x01\x3A\x80\x00\x00\x00", NCT_E_INTEGRITY),
        ENCODED("\xA1\x02\x1B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", NCT_OK),
        ENCODED("\xA1\x02\x1B\x80\x00\x00\x00\x00\x00\x00\x00", NCT_E_INTEGRITY),
        ENCODED("\xA1\x03\x1B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", NCT_OK),
        ENCODED("\xA1\x03\x20", NCT_E_INTEGRITY),
        ENCODED("\xA1\x04\x63"
                "abc",
                NCT_OK),
        ENCODED("\xA1\x04\x64"
                "abcd",
                NCT_E_INTEGRITY),
        ENCODED("\xA1\x04\x63"
                "a\0c",
                NCT_E_INTEGRITY),
        ENCODED("\xA1\x04\x43"
                "abc",
                NCT_E_INTEGRITY),
        ENCODED("\xA1\x05\x42\x00\x01", NCT_OK),
        ENCODED("\xA1\x05\x41\x01", NCT_E_INTEGRITY),
        ENCODED("\xA1\x05\x43\x01\x02\x03", NCT_E_INTEGRITY),
        ENCODED("\xA1\x06\x44"
                "abcd",
                NCT_OK),
        ENCODED("\xA1\x06\x45"
                "abcde",
                NCT_E_INTEGRITY),
        /* what is left out when it is nothing */
        ENCODED("\xA1\x01\x00", NCT_E_INTEGRITY),
        ENCODED("\xA1\x03\x00", NCT_E_INTEGRITY),
        ENCODED("\xA1\x04\x60", NCT_E_INTEGRITY),
        ENCODED("\xA1\x05\x42\x00\x00", NCT_E_INTEGRITY),
        ENCODED("\xA1\x06\x40", NCT_E_INTEGRITY),
        /* keys */
        ENCODED("\xA2\x01\x01\x02\x01", NCT_OK),
        ENCODED("\xA2\x02\x01\x01\x01", NCT_E_UNSUPPORTED),
        ENCODED("\xA2\x01\x01\x01\x01", NCT_E_UNSUPPORTED),
        ENCODED("\xA1\x07\x01", NCT_E_UNSUPPORTED),
        ENCODED("\xA1\x01", NCT_E_INTEGRITY),
        ENCODED("\xA1\x01\x01\x00", NCT_E_INTEGRITY),
    };
    struct sample sample;
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        nct_status status = nct_record_decode(&sample_type, all[i].bytes, all[i].len, &sample);
        if (status != all[i].status)
            print_error("encoding %zu: %d, not %d\n", i, (int)status, (int)all[i].status);
        assert_int_equal(status, all[i].status);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_ascend_and_no_field_stands_twice),
        cmocka_unit_test(one_encoding_of_each_content_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
