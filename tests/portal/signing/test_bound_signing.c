/* Signing bound to what was shown (reviews), to one intent (idempotency keys), and taken back (repudiation). */
#include "world.h"

#include <stdio.h>

#define REVIEW_TIME INT64_C(900000)
#define OTHER_DOCUMENT "Prior approval for another made-up recipient."

static void set(nct_form *signing, const char *path, const char *value) {
    expect_status(nct_form_set(signing, path, value, strlen(value)), NCT_OK);
}

static nct_form *petra_signs(struct world *w) {
    return world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
}

static void review(nct_form *signing, char token[NCT_REVIEW_TOKEN_LENGTH + 1]) {
    expect_status(nct_signing_review(signing, token, NCT_REVIEW_TOKEN_LENGTH + 1, NULL), NCT_OK);
    assert_int_equal(strlen(token), NCT_REVIEW_TOKEN_LENGTH);
}

/* Signs with the person's own secrets; the signing can be used again. */
static nct_status sign_as(struct world *w, nct_form *signing, const char *ncid, nct_signature **out) {
    nct_signature *made = NULL;
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, ncid));
    nct_status status = nct_sign(signing, NULL, &made);
    assert_true((status == NCT_OK) == (made != NULL));
    if (out != NULL)
        *out = made;
    else
        nct_signature_free(made);
    return status;
}

static void a_reviewed_document_is_signed_once(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = petra_signs(w);
    review(signing, token);
    set(signing, "review.token", token);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
    nct_form_free(signing);
}

static void a_review_is_noted_and_one_that_failed_leaves_no_token(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = petra_signs(w);
    size_t entries = world_entries(w, "person:petra.pharm");
    memset(token, 'x', sizeof token);
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, 1);
    expect_status(nct_signing_review(signing, token, sizeof token, NULL), NCT_E_STORE);
    world_no_fault(w);
    for (size_t i = 0; i < sizeof token; i++)
        assert_int_equal(token[i], 0);
    assert_int_equal(world_entries(w, "person:petra.pharm"), entries);
    review(signing, token);
    assert_int_equal(world_entries(w, "person:petra.pharm"), entries + 1);
    assert_true(world_ledger_mentions(w, "document.reviewed"));
    nct_form_free(signing);
}

/* What was reviewed before was reviewed as somebody else of the office. */
static void a_review_ends_when_its_person_becomes_office_administrator(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1], code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = NULL;
    nct_form *signing = petra_signs(w);
    review(signing, token);
    expect_status(
        nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, code, sizeof code),
        NCT_OK);
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", PETRA.ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "owner"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    expect_status(nct_oa_change_submit(form, NULL, NULL), NCT_OK);
    nct_form_free(form);
    set(signing, "review.token", token);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
    nct_form_free(signing);
}

static void each_part_that_was_shown_must_stay(void **state) {
    struct world *w = *state;
    static const struct {
        const char *path, *value;
    } changes[] = {
        {"document.content", OTHER_DOCUMENT}, {"document.id", "another"},   {"document.version", "9"},
        {"attestation.text", "Something"},    {"attestation.version", "9"}, {"submission.kind", "medical_pa"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char token[NCT_REVIEW_TOKEN_LENGTH + 1];
        nct_form *signing = petra_signs(w);
        review(signing, token);
        set(signing, "review.token", token);
        set(signing, changes[i].path, changes[i].value);
        expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
        nct_form_free(signing);
    }
}

static void a_token_is_for_its_signer_and_provider_alone(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    world_register(w, world_npi(1), &OSCAR, &PETRA, "pa.submit");
    nct_form *signing = petra_signs(w);
    review(signing, token);
    set(signing, "review.token", token);
    set(signing, "provider.npi", world_npi(1));
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
    set(signing, "provider.npi", NPI_CLINIC);
    set(signing, "signer.ncid", UMA.ncid);
    expect_status(sign_as(w, signing, UMA.ncid, NULL), NCT_E_REVIEW);
    set(signing, "signer.ncid", PETRA.ncid);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    nct_form_free(signing);
}

static void a_token_ends_at_its_time_to_the_millisecond(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = petra_signs(w);
    review(signing, token);
    set(signing, "review.token", token);
    world_advance(w, REVIEW_TIME);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
    review(signing, token);
    set(signing, "review.token", token);
    world_advance(w, REVIEW_TIME - 1);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    nct_form_free(signing);
}

static void a_clock_that_went_back_does_not_lengthen_a_review(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = petra_signs(w);
    review(signing, token);
    set(signing, "review.token", token);
    w->now -= 1;
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
    nct_form_free(signing);
}

static void a_newer_review_replaces_the_one_before(void **state) {
    struct world *w = *state;
    char first[NCT_REVIEW_TOKEN_LENGTH + 1];
    char second[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = petra_signs(w);
    review(signing, first);
    review(signing, second);
    assert_string_not_equal(first, second);
    set(signing, "review.token", first);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
    set(signing, "review.token", second);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    nct_form_free(signing);
}

static void a_wrong_pin_or_a_missing_right_spends_no_token(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = petra_signs(w);
    review(signing, token);
    set(signing, "review.token", token);
    world_signing_secrets(signing, WORLD_PASSWORD, world_wrong_pin(world_pin_of(w, PETRA.ncid)));
    nct_signature *none = NULL;
    expect_status(nct_sign(signing, NULL, &none), NCT_E_DENIED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 0), NCT_OK);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_RIGHT_MISSING);
    expect_status(
        world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << NCT_RIGHT_PA_SUBMIT), NCT_OK);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    nct_form_free(signing);
}

static void a_policy_may_require_a_review(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    expect_status(nct_policy_set(w->policy, NCT_OPTION_REVIEW_REQUIRED, 1), NCT_OK);
    world_reopen(w);
    nct_form *signing = petra_signs(w);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REVIEW);
    review(signing, token);
    set(signing, "review.token", token);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    nct_form_free(signing);
}

static void a_review_asks_for_every_field_but_the_secrets(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1] = "x";
    nct_problems *problems = NULL;
    nct_form *signing = petra_signs(w);
    expect_status(nct_signing_review(signing, token, NCT_REVIEW_TOKEN_LENGTH, NULL), NCT_E_BUFFER);
    expect_status(nct_form_set(signing, "document.id", NULL, 0), NCT_OK);
    expect_status(nct_signing_review(signing, token, sizeof token, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), "document.id");
    assert_string_equal(token, "");
    nct_problems_free(problems);
    set(signing, "document.id", "PA-1");
    set(signing, "signer.ncid", SILAS.ncid);
    expect_status(nct_signing_review(signing, token, sizeof token, NULL), NCT_E_UNKNOWN_PERSON);
    expect_status(nct_signing_review(NULL, token, sizeof token, NULL), NCT_E_ARGUMENT);
    expect_status(nct_signing_review(signing, NULL, sizeof token, NULL), NCT_E_ARGUMENT);
    nct_form_free(signing);
}

static void one_idempotency_key_makes_one_signature(void **state) {
    struct world *w = *state;
    nct_signature *first = NULL;
    nct_signature *again = NULL;
    nct_signature_list *list = NULL;
    nct_form *signing = petra_signs(w);
    set(signing, "idempotency.key", "order-1");
    expect_status(sign_as(w, signing, PETRA.ncid, &first), NCT_OK);
    world_advance(w, 1000);
    expect_status(sign_as(w, signing, PETRA.ncid, &again), NCT_OK);
    assert_string_equal(nct_signature_id(first), nct_signature_id(again));
    assert_int_equal(nct_signature_signed_at(first), nct_signature_signed_at(again));
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_signature_list_count(list), 1);
    nct_signature_list_free(list);
    nct_signature_free(first);
    nct_signature_free(again);
    nct_form_free(signing);
}

static void the_same_key_with_other_content_is_refused(void **state) {
    struct world *w = *state;
    nct_form *signing = petra_signs(w);
    set(signing, "idempotency.key", "order-1");
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    set(signing, "document.version", "9");
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REPEATED);
    set(signing, "document.version", "1");
    set(signing, "document.content", OTHER_DOCUMENT);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_REPEATED);
    set(signing, "idempotency.key", "order-2");
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    nct_form_free(signing);
}

static void a_signature_that_is_gone_is_not_made_anew_for_its_key(void **state) {
    struct world *w = *state;
    nct_form *signing = petra_signs(w);
    set(signing, "idempotency.key", "order-1");
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.at[i].space == space_of("signature")) {
            struct row gone = rows.at[i];
            gone.revision = 0;
            row_force(w->store.inner, &gone);
        }
    rows_free(&rows);
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_E_INTEGRITY);
    nct_form_free(signing);
}

static void keys_of_two_people_do_not_meet(void **state) {
    struct world *w = *state;
    nct_signature *hers = NULL;
    nct_signature *umas = NULL;
    nct_form *signing = petra_signs(w);
    set(signing, "idempotency.key", "order-1");
    expect_status(sign_as(w, signing, PETRA.ncid, &hers), NCT_OK);
    set(signing, "signer.ncid", UMA.ncid);
    expect_status(sign_as(w, signing, UMA.ncid, &umas), NCT_OK);
    assert_string_not_equal(nct_signature_id(hers), nct_signature_id(umas));
    assert_string_equal(nct_signature_ncid(umas), UMA.ncid);
    nct_signature_free(hers);
    nct_signature_free(umas);
    nct_form_free(signing);
}

static void a_repeated_signing_needs_its_secrets_all_the_same(void **state) {
    struct world *w = *state;
    nct_signature *none = NULL;
    nct_form *signing = petra_signs(w);
    set(signing, "idempotency.key", "order-1");
    expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
    world_signing_secrets(signing, "wrong", world_pin_of(w, PETRA.ncid));
    expect_status(nct_sign(signing, NULL, &none), NCT_E_DENIED);
    assert_null(none);
    nct_form_free(signing);
}

static nct_status repudiate(struct world *w, const char *ncid, const char *password, const char *id) {
    static const char reason[] = "I did not sign this.";
    return nct_signature_repudiate(w->portal, ncid, strlen(ncid), NPI_CLINIC, 10, id, strlen(id), password,
                                   strlen(password), reason, strlen(reason));
}

static void a_repudiated_receipt_stays_and_both_verify(void **state) {
    struct world *w = *state;
    unsigned char keys[512];
    unsigned char declaration[4096];
    size_t keys_len = 0, len = 0, receipt_len = 0;
    int64_t declared_at = 0;
    nct_signature *made = NULL;
    nct_signature *other = NULL;
    nct_form *signing = petra_signs(w);
    expect_status(sign_as(w, signing, PETRA.ncid, &made), NCT_OK);
    expect_status(sign_as(w, signing, PETRA.ncid, &other), NCT_OK);
    world_advance(w, 5000);
    expect_status(repudiate(w, PETRA.ncid, WORLD_PASSWORD, nct_signature_id(made)), NCT_OK);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    expect_status(nct_signature_repudiation(w->portal, NPI_CLINIC, 10, nct_signature_id(made), 32, declaration,
                                            sizeof declaration, &len),
                  NCT_OK);
    const void *receipt = nct_signature_receipt(made, &receipt_len);
    expect_status(nct_receipt_verify(receipt, receipt_len, keys, keys_len, NULL, 0, NULL), NCT_OK);
    expect_status(nct_repudiation_verify(declaration, len, receipt, receipt_len, keys, keys_len, &declared_at), NCT_OK);
    assert_true(declared_at == w->now);
    receipt = nct_signature_receipt(other, &receipt_len);
    expect_status(nct_repudiation_verify(declaration, len, receipt, receipt_len, keys, keys_len, NULL), NCT_E_DOCUMENT);
    expect_status(nct_receipt_verify(declaration, len, keys, keys_len, NULL, 0, NULL), NCT_E_UNSUPPORTED);
    nct_signature_free(made);
    nct_signature_free(other);
    nct_form_free(signing);
}

static void every_bit_of_a_declaration_counts(void **state) {
    struct world *w = *state;
    unsigned char keys[512];
    unsigned char declaration[4096];
    size_t keys_len = 0, len = 0, receipt_len = 0;
    nct_signature *made = NULL;
    nct_form *signing = petra_signs(w);
    expect_status(sign_as(w, signing, PETRA.ncid, &made), NCT_OK);
    expect_status(repudiate(w, PETRA.ncid, WORLD_PASSWORD, nct_signature_id(made)), NCT_OK);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    expect_status(nct_signature_repudiation(w->portal, NPI_CLINIC, 10, nct_signature_id(made), 32, declaration,
                                            sizeof declaration, &len),
                  NCT_OK);
    const void *receipt = nct_signature_receipt(made, &receipt_len);
    for (size_t bit = 0; bit < 8 * len; bit++) {
        declaration[bit / 8] ^= (unsigned char)(1u << bit % 8);
        nct_status status = nct_repudiation_verify(declaration, len, receipt, receipt_len, keys, keys_len, NULL);
        if (bit / 8 >= len - 64)
            expect_status(status, NCT_E_SIGNATURE);
        else
            assert_true(status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED || status == NCT_E_UNKNOWN_KEY ||
                        status == NCT_E_SIGNATURE);
        declaration[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    for (size_t cut = 0; cut < len; cut++)
        expect_status(nct_repudiation_verify(declaration, cut, receipt, receipt_len, keys, keys_len, NULL),
                      NCT_E_ENCODING);
    nct_signature_free(made);
    nct_form_free(signing);
}

static void only_the_signer_repudiates_and_only_once(void **state) {
    struct world *w = *state;
    size_t len = 0;
    nct_signature *made = NULL;
    nct_form *signing = petra_signs(w);
    expect_status(sign_as(w, signing, PETRA.ncid, &made), NCT_OK);
    const char *id = nct_signature_id(made);
    expect_status(nct_signature_repudiation(w->portal, NPI_CLINIC, 10, id, 32, NULL, 0, &len), NCT_E_NOT_FOUND);
    expect_status(repudiate(w, OLIVIA.ncid, WORLD_PASSWORD, id), NCT_E_NOT_FOUND);
    expect_status(repudiate(w, PETRA.ncid, "wrong", id), NCT_E_DENIED);
    expect_status(repudiate(w, SILAS.ncid, WORLD_PASSWORD, id), NCT_E_DENIED);
    expect_status(repudiate(w, PETRA.ncid, WORLD_PASSWORD, "00000000000000000000000000000000"), NCT_E_NOT_FOUND);
    expect_status(repudiate(w, PETRA.ncid, WORLD_PASSWORD, "not an id"), NCT_E_FORMAT);
    expect_status(repudiate(w, PETRA.ncid, WORLD_PASSWORD, id), NCT_OK);
    expect_status(repudiate(w, PETRA.ncid, WORLD_PASSWORD, id), NCT_E_REPUDIATED);
    expect_status(nct_signature_repudiation(w->portal, NPI_CLINIC, 10, id, 32, NULL, 0, &len), NCT_E_BUFFER);
    assert_true(len > 64);
    nct_signature_free(made);
    nct_form_free(signing);
}

/* The i-th call of each seam fails, for every i: the signing is done or not, and doing it again makes it one. */
static void a_bound_signing_survives_every_failure(void **state) {
    struct world *w = *state;
    for (size_t i = 1; i < 400; i++) {
        char token[NCT_REVIEW_TOKEN_LENGTH + 1];
        char key[32];
        nct_signature *made = NULL;
        nct_form *signing = petra_signs(w);
        snprintf(key, sizeof key, "order-%zu", i);
        set(signing, "idempotency.key", key);
        set(signing, "document.id", key);
        review(signing, token);
        set(signing, "review.token", token);
        world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
        w->memory.fail_at = w->memory.calls + i;
        nct_status status = nct_sign(signing, NULL, &made);
        int reached = w->memory.calls >= w->memory.fail_at;
        w->memory.fail_at = 0;
        assert_true(status == NCT_OK || status == NCT_E_NO_MEMORY);
        nct_signature_free(made);
        world_advance(w, 1);
        expect_status(sign_as(w, signing, PETRA.ncid, NULL), NCT_OK);
        nct_form_free(signing);
        if (!reached)
            return;
    }
    fail_msg("the sweep did not end");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_reviewed_document_is_signed_once),
        TEST(a_review_is_noted_and_one_that_failed_leaves_no_token),
        TEST(a_review_ends_when_its_person_becomes_office_administrator),
        TEST(each_part_that_was_shown_must_stay),
        TEST(a_token_is_for_its_signer_and_provider_alone),
        TEST(a_token_ends_at_its_time_to_the_millisecond),
        TEST(a_clock_that_went_back_does_not_lengthen_a_review),
        TEST(a_newer_review_replaces_the_one_before),
        TEST(a_wrong_pin_or_a_missing_right_spends_no_token),
        TEST(a_policy_may_require_a_review),
        TEST(a_review_asks_for_every_field_but_the_secrets),
        TEST(one_idempotency_key_makes_one_signature),
        TEST(the_same_key_with_other_content_is_refused),
        TEST(a_signature_that_is_gone_is_not_made_anew_for_its_key),
        TEST(keys_of_two_people_do_not_meet),
        TEST(a_repeated_signing_needs_its_secrets_all_the_same),
        TEST(a_repudiated_receipt_stays_and_both_verify),
        TEST(every_bit_of_a_declaration_counts),
        TEST(only_the_signer_repudiates_and_only_once),
        TEST(a_bound_signing_survives_every_failure),
    };
    return cmocka_run_group_tests_name("bound signing", tests, NULL, NULL);
}
