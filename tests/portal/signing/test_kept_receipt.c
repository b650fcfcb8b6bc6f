/*
 * A receipt that was kept: made by version 0.2 on a little-endian machine, verified by this version on this machine.
 * What only ever reads its own bytes would agree with itself in another order of bytes too.
 */
#include "world.h"

#include <sodium.h>

#define DOCUMENT "Pharmacy prior approval for a made-up recipient."

static const char receipt_hex[] =
    "d2845831a301270378216170706c69636174696f6e2f6e63747261636b732d726563656970742b63626f720448aac04b98005154"
    "a2a059010eb101010250000001977420dc00c8f1990259af3657031b000001977420dc00046a3132333435363738393305508510"
    "2f0bece5aca568994249ed3c425b066b70657472612e7072696f72076b5065747261205072696f72086475736572096970612e73"
    "75626d69740a64323031330b6b706861726d6163795f70610c78365369676e656420616e64207375626d69747465643a20506861"
    "726d616379205072696f7220417070726f76616c20726571756573742e0d6450412d310e61310f582059b6317350d5eb735efe30"
    "1506b882482cb27ef0eacf4a3445e1a30c7fe3233410696578616d706c652d31115820ea2a96277fef8b1d1427f8e25292c4d9ac"
    "76a423b78d52295bcc042716eca55f584026c86121bc7379294159b471fd248057208afb51f544a10ef2f74a9ab5d7bed9b2334a"
    "7e45306db60bdc19164c9df91e0a34ee95a168c046f2e61efc3b6f3007";

static const char keys_hex[] =
    "81a501010248aac04b98005154a20327200621582019ddb68748c774e3cf936947bb1e7375f3e153ebcbe0e9c19fb5e5795aa0ab"
    "ab";

struct bytes {
    unsigned char at[1024];
    size_t len;
};

static struct bytes bytes_of(const char *hex) {
    struct bytes bytes;
    assert_int_equal(sodium_hex2bin(bytes.at, sizeof bytes.at, hex, strlen(hex), NULL, &bytes.len, NULL), 0);
    return bytes;
}

static void a_receipt_made_on_another_machine_says_what_was_signed(void **state) {
    const struct bytes receipt = bytes_of(receipt_hex);
    const struct bytes keys = bytes_of(keys_hex);
    nct_signature *signature = NULL;
    (void)state;
    expect_status(
        nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, DOCUMENT, strlen(DOCUMENT), &signature), NCT_OK);
    assert_string_equal(nct_signature_ncid(signature), "petra.prior");
    assert_string_equal(nct_signature_signer_name(signature), "Petra Prior");
    assert_string_equal(nct_signature_provider(signature), "1234567893");
    assert_string_equal(nct_signature_document_id(signature), "PA-1");
    assert_int_equal(nct_signature_signed_at(signature), INT64_C(1750000000000));
    nct_signature_free(signature);
}

static void it_is_refused_with_any_byte_changed(void **state) {
    struct bytes receipt = bytes_of(receipt_hex);
    const struct bytes keys = bytes_of(keys_hex);
    (void)state;
    for (size_t i = 0; i < receipt.len; i++) {
        receipt.at[i] ^= 1;
        assert_int_not_equal(
            nct_receipt_verify(receipt.at, receipt.len, keys.at, keys.len, DOCUMENT, strlen(DOCUMENT), NULL), NCT_OK);
        receipt.at[i] ^= 1;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_made_on_another_machine_says_what_was_signed),
        cmocka_unit_test(it_is_refused_with_any_byte_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
