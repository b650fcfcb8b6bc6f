/* S9, S10 and S14: what is signed, by whom, with what, and who may not. */
#include "terms.h"
#include "world.h"

#include <stdlib.h>

static nct_status sign_kind(struct world *w, const struct cast *who, int32_t kind, nct_signature **signature) {
    return world_sign(w, who->ncid, WORLD_PASSWORD, world_pin_of(w, who->ncid), NPI_CLINIC, kind, signature);
}

static void s14_who_may_submit_what(void **state) {
    struct world *w = *state;
    const struct cast *const people[] = {&OLIVIA, &UMA, &FRANK, &PETRA};
    static const nct_status verdicts[4][5] = {
        /* enrollment, recredentialing, FL2, pharmacy PA, medical PA */
        {NCT_OK, NCT_OK, NCT_OK, NCT_OK, NCT_OK},
        {NCT_E_NO_AUTHORITY, NCT_E_NO_AUTHORITY, NCT_E_RIGHT_MISSING, NCT_OK, NCT_OK},
        {NCT_E_NO_AUTHORITY, NCT_E_NO_AUTHORITY, NCT_E_RIGHT_MISSING, NCT_E_RIGHT_MISSING, NCT_E_RIGHT_MISSING},
        {NCT_E_NO_AUTHORITY, NCT_E_NO_AUTHORITY, NCT_OK, NCT_OK, NCT_OK},
    };
    for (size_t p = 0; p < 4; p++)
        for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; kind <= NCT_SUBMISSION_MEDICAL_PA; kind++)
            expect_status(sign_kind(w, people[p], kind, NULL), verdicts[p][kind - 1]);
}

static void s14_a_pin_is_no_permission_elsewhere(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    world_enroll(w, world_npi(2), "organization", code);
    const char *pin = world_pin_of(w, OLIVIA.ncid);
    const int32_t kind = NCT_SUBMISSION_MEDICAL_PA;
    expect_status(world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, pin, world_npi(1), kind, NULL), NCT_E_NOT_PROVISIONED);
    expect_status(world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, pin, world_npi(2), kind, NULL), NCT_E_NOT_REGISTERED);
    assert_true(world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, pin, world_npi(3), kind, NULL) != NCT_OK);
    assert_int_equal(world_pin_failures(w, OLIVIA.ncid), 0);
}

static void s10_the_reason_is_told_only_when_every_component_is_right(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, FRANK.ncid));
    expect_status(world_sign_pa(w, FRANK.ncid, WORLD_PASSWORD, world_wrong_pin(pin)), NCT_E_DENIED);
    expect_status(world_sign_pa(w, FRANK.ncid, "wrong", pin), NCT_E_DENIED);
    expect_status(world_sign_pa(w, FRANK.ncid, WORLD_PASSWORD, pin), NCT_E_RIGHT_MISSING);
}

static void s10_another_persons_pin_or_password_is_refused(void **state) {
    struct world *w = *state;
    world_set_password(w, UMA.ncid, "uma has another password");
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, UMA.ncid)), NCT_E_DENIED);
    expect_status(world_sign_pa(w, UMA.ncid, WORLD_PASSWORD, world_pin_of(w, UMA.ncid)), NCT_E_DENIED);
    expect_status(world_sign_pa(w, PETRA.ncid, world_pin_of(w, PETRA.ncid), WORLD_PASSWORD), NCT_E_DENIED);
    expect_status(world_sign_pa(w, "PETRA.Pharm", WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
}

static void s14_authority_is_that_of_the_moment(void **state) {
    struct world *w = *state;
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_FL2, NULL), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << 3), NCT_OK);
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_FL2, NULL), NCT_E_RIGHT_MISSING);
    expect_status(terms_grant(w->portal, OLIVIA.ncid, NPI_CLINIC,
                              &(struct terms){.ncid = PETRA.ncid,
                                              .role = NCT_ROLE_USER,
                                              .rights = UINT64_C(1) << 5,
                                              .from = w->now + 5,
                                              .until = w->now + 9}),
                  NCT_OK);
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_FL2, NULL), NCT_E_NOT_YET_VALID);
    world_advance(w, 5);
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_FL2, NULL), NCT_OK);
    world_advance(w, 4);
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_FL2, NULL), NCT_E_EXPIRED);
}

struct race {
    struct world *rival;
    nct_status revoked;
};

static void revoke_petra(void *argument) {
    struct race *race = argument;
    race->revoked = world_revoke(race->rival, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid);
}

/* A revocation that commits first wins, whichever commit of the signature it meets; behind them are those of its mail.
 */
static void s14_a_signature_racing_a_revocation_does_not_win(void **state) {
    struct world *w = *state;
    for (size_t at = 1; at <= 3; at++) {
        struct world *rival = world_new();
        world_share(rival, w);
        world_open(rival);
        struct race race = {rival, NCT_E_NOT_FOUND};
        nct_signature *signature = NULL;
        w->store.before_commit = revoke_petra;
        w->store.argument = &race;
        w->store.before_commit_skip = at - 1;
        nct_status status = sign_kind(w, &PETRA, NCT_SUBMISSION_PHARMACY_PA, &signature);
        if (race.revoked == NCT_OK) {
            assert_true(status != NCT_OK);
            assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_SUSPENDED);
            expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << 3), NCT_OK);
        }
        w->store.before_commit = NULL;
        nct_signature_free(signature);
        assert_int_equal(world_free(rival), 0);
        assert_true(at > 1 || race.revoked == NCT_OK);
    }
}

static void s10_a_signature_tells_all_it_covers(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL, *read = NULL;
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_PHARMACY_PA, &made), NCT_OK);
    const char *id = nct_signature_id(made);
    assert_int_equal(strlen(id), NCT_SIGNATURE_ID_LENGTH);
    assert_int_equal(strspn(id, "0123456789abcdef"), NCT_SIGNATURE_ID_LENGTH);
    expect_status(nct_signature_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &read), NCT_OK);
    const nct_signature *const both[] = {made, read};
    for (size_t i = 0; i < 2; i++) {
        const nct_signature *s = both[i];
        assert_string_equal(nct_signature_id(s), id);
        assert_string_equal(nct_signature_provider(s), NPI_CLINIC);
        assert_string_equal(nct_signature_ncid(s), PETRA.ncid);
        assert_string_equal(nct_signature_signer_name(s), "Petra Pharm");
        assert_string_equal(nct_signature_role(s), "user");
        assert_string_equal(nct_signature_right(s), "pa.submit");
        assert_string_equal(nct_signature_submission(s), "pharmacy_pa");
        assert_true(strlen(nct_signature_meaning(s)) > 0);
        assert_string_equal(nct_signature_document_id(s), "PA-0001");
        assert_string_equal(nct_signature_document_version(s), "1");
        assert_string_equal(nct_signature_attestation_version(s), "2026-01");
        assert_string_equal(nct_signature_profile(s), "2013+testing");
        assert_true(nct_signature_signed_at(s) == WORLD_START);
        assert_memory_equal(nct_signature_document_digest(s), nct_signature_document_digest(made), NCT_DIGEST_BYTES);
        assert_int_equal(nct_signature_matches(s, WORLD_DOCUMENT, strlen(WORLD_DOCUMENT)), 1);
    }
    nct_signature_free(made);
    nct_signature_free(read);
}

static void s10_a_changed_document_does_not_match(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL;
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_PHARMACY_PA, &made), NCT_OK);
    char document[] = WORLD_DOCUMENT;
    const size_t len = sizeof document - 1;
    for (size_t bit = 0; bit < len * 8; bit += 5) {
        document[bit / 8] = (char)(document[bit / 8] ^ (1 << bit % 8));
        assert_int_equal(nct_signature_matches(made, document, len), 0);
        document[bit / 8] = (char)(document[bit / 8] ^ (1 << bit % 8));
    }
    assert_int_equal(nct_signature_matches(made, document, len - 1), 0);
    assert_int_equal(nct_signature_matches(made, document, len + 1), 0);
    assert_int_equal(nct_signature_matches(made, "", 0), 0);
    assert_int_equal(nct_signature_matches(made, document, len), 1);
    assert_int_equal(nct_signature_matches(NULL, document, len), 0);
    assert_int_equal(nct_signature_matches(made, NULL, len), 0);
    nct_signature_free(made);
}

static void s10_a_signature_belongs_to_its_provider(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL, *read = NULL;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_PHARMACY_PA, &made), NCT_OK);
    char id[NCT_SIGNATURE_ID_LENGTH + 1];
    strcpy(id, nct_signature_id(made));
    nct_signature_free(made);
    expect_status(nct_signature_get(w->portal, world_npi(1), 10, id, 32, &read), NCT_E_NOT_FOUND);
    id[0] = id[0] == 'a' ? 'b' : 'a';
    expect_status(nct_signature_get(w->portal, NPI_CLINIC, 10, id, 32, &read), NCT_E_NOT_FOUND);
    expect_status(nct_status_category(nct_signature_get(w->portal, NPI_CLINIC, 10, id, 31, &read)), NCT_CATEGORY_VALUE);
    expect_status(nct_status_category(nct_signature_get(w->portal, NPI_CLINIC, 10, "Z", 1, &read)), NCT_CATEGORY_VALUE);
    assert_null(read);
}

static void s10_signatures_are_listed_oldest_first(void **state) {
    struct world *w = *state;
    char ids[5][NCT_SIGNATURE_ID_LENGTH + 1];
    for (size_t i = 0; i < 5; i++, world_advance(w, 1)) {
        nct_signature *made = NULL;
        expect_status(sign_kind(w, &PETRA, NCT_SUBMISSION_FL2, &made), NCT_OK);
        strcpy(ids[i], nct_signature_id(made));
        nct_signature_free(made);
    }
    for (size_t limit = 1; limit <= 6; limit++) {
        size_t seen = 0;
        for (;;) {
            nct_signature_list *page = NULL;
            expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, seen > 0 ? ids[seen - 1] : NULL,
                                                         seen > 0 ? 32 : 0, limit, &page),
                          NCT_OK);
            size_t count = nct_signature_list_count(page);
            for (size_t i = 0; i < count; i++, seen++)
                assert_string_equal(nct_signature_id(nct_signature_list_at(page, i)), ids[seen]);
            assert_null(nct_signature_list_at(page, count));
            nct_signature_list_free(page);
            if (count == 0)
                break;
        }
        assert_int_equal(seen, 5);
    }
}

static void s10_missing_fields_are_problems_and_no_tries(void **state) {
    struct world *w = *state;
    static const char *const needed[] = {
        "signer.ncid", "signer.password",  "signer.pin",       "provider.npi",        "submission.kind",
        "document.id", "document.version", "document.content", "attestation.version", "attestation.text"};
    size_t entries = world_entries(w, "person:petra.pharm");
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_FL2);
        world_signing_secrets(signing, WORLD_PASSWORD, world_wrong_pin(world_pin_of(w, PETRA.ncid)));
        expect_status(nct_form_set(signing, needed[i], "", 0), NCT_OK);
        nct_problems *problems = NULL;
        nct_signature *signature = NULL;
        expect_status(nct_sign(signing, &problems, &signature), NCT_E_PROBLEMS);
        assert_null(signature);
        assert_int_equal(nct_problems_count(problems), 1);
        assert_string_equal(nct_problems_path(problems, 0), needed[i]);
        expect_status(nct_problems_code(problems, 0), NCT_E_REQUIRED);
        nct_problems_free(problems);
        nct_form_free(signing);
    }
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    assert_int_equal(world_entries(w, "person:petra.pharm"), entries);
}

static void s09_no_kind_is_signed_without_a_pin(void **state) {
    struct world *w = *state;
    for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; kind <= NCT_SUBMISSION_MEDICAL_PA; kind++) {
        nct_form *signing = world_signing(w, OLIVIA.ncid, NPI_CLINIC, kind);
        nct_signature *signature = NULL;
        expect_status(nct_form_set(signing, "signer.password", WORLD_PASSWORD, strlen(WORLD_PASSWORD)), NCT_OK);
        expect_status(nct_sign(signing, NULL, &signature), NCT_E_PROBLEMS);
        assert_null(signature);
        nct_form_free(signing);
        static const char *const bad[] = {"0",      "12345",  "1234567",
                                          "abcdef", "      ", "000000000000000000000000000000"};
        for (size_t i = 0; i < 6; i++) {
            nct_status status = world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, bad[i], NPI_CLINIC, kind, NULL);
            assert_true(status == NCT_E_DENIED || status == NCT_E_PROBLEMS);
        }
        world_advance(w, 7200000);
        expect_status(
            nct_pin_reset(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)), NCT_OK);
        expect_status(world_sign(w, OLIVIA.ncid, WORLD_PASSWORD, world_pin_of(w, OLIVIA.ncid), NPI_CLINIC, kind, NULL),
                      NCT_OK);
    }
}

static void s17_password_and_pin_serve_one_signature(void **state) {
    struct world *w = *state;
    const char *pin = world_pin_of(w, PETRA.ncid);
    const char *const pins[] = {pin, world_wrong_pin(pin)};
    for (size_t i = 0; i < 2; i++) {
        nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_FL2);
        world_signing_secrets(signing, WORLD_PASSWORD, pins[i]);
        nct_signature *signature = NULL;
        expect_status(nct_sign(signing, NULL, &signature), i == 0 ? NCT_OK : NCT_E_DENIED);
        nct_signature_free(signature);
        nct_problems *problems = NULL;
        expect_status(nct_sign(signing, &problems, &signature), NCT_E_PROBLEMS);
        assert_int_equal(nct_problems_count(problems), 2);
        nct_problems_free(problems);
        world_signing_secrets(signing, WORLD_PASSWORD, pin);
        expect_status(nct_sign(signing, NULL, &signature), NCT_OK);
        nct_signature_free(signature);
        nct_form_free(signing);
    }
}

static void s09_unknown_submissions_and_fields_are_refused(void **state) {
    struct world *w = *state;
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_FL2);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    expect_status(nct_form_set(signing, "submission.kind", "PHARMACY_PA", 11), NCT_OK);
    nct_problems *problems = NULL;
    nct_signature *signature = NULL;
    expect_status(nct_sign(signing, &problems, &signature), NCT_E_PROBLEMS);
    expect_status(nct_problems_code(problems, 0), NCT_E_UNKNOWN_VALUE);
    nct_problems_free(problems);
    expect_status(nct_form_set(signing, "signer.role", "x", 1), NCT_E_UNKNOWN_FIELD);
    nct_form_free(signing);
}

static void s10_a_document_may_be_any_bytes_up_to_16_mib(void **state) {
    struct world *w = *state;
    const size_t most = 16u << 20;
    char *document = calloc(1, most + 1);
    assert_non_null(document);
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_FL2);
    expect_status(nct_form_set(signing, "document.content", document, most + 1), NCT_E_LIMIT);
    expect_status(nct_form_set(signing, "document.content", document, most), NCT_OK);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    nct_signature *signature = NULL;
    expect_status(nct_sign(signing, NULL, &signature), NCT_OK);
    assert_int_equal(nct_signature_matches(signature, document, most), 1);
    assert_int_equal(nct_signature_matches(signature, document, most - 1), 0);
    nct_signature_free(signature);
    nct_form_free(signing);
    free(document);
}

static void s10_a_signature_survives_reopening(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL, *read = NULL;
    expect_status(sign_kind(w, &OLIVIA, NCT_SUBMISSION_ENROLLMENT, &made), NCT_OK);
    assert_string_equal(nct_signature_right(made), "enrollment.submit");
    char id[NCT_SIGNATURE_ID_LENGTH + 1];
    strcpy(id, nct_signature_id(made));
    nct_signature_free(made);
    world_reopen(w);
    expect_status(nct_signature_get(w->portal, NPI_CLINIC, 10, id, 32, &read), NCT_OK);
    assert_string_equal(nct_signature_role(read), "office_administrator");
    nct_signature_free(read);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(s14_who_may_submit_what),
        CASE(s14_a_pin_is_no_permission_elsewhere),
        CASE(s10_the_reason_is_told_only_when_every_component_is_right),
        CASE(s10_another_persons_pin_or_password_is_refused),
        CASE(s14_authority_is_that_of_the_moment),
        CASE(s14_a_signature_racing_a_revocation_does_not_win),
        CASE(s10_a_signature_tells_all_it_covers),
        CASE(s10_a_changed_document_does_not_match),
        CASE(s10_a_signature_belongs_to_its_provider),
        CASE(s10_signatures_are_listed_oldest_first),
        CASE(s10_missing_fields_are_problems_and_no_tries),
        CASE(s09_no_kind_is_signed_without_a_pin),
        CASE(s17_password_and_pin_serve_one_signature),
        CASE(s09_unknown_submissions_and_fields_are_refused),
        CASE(s10_a_document_may_be_any_bytes_up_to_16_mib),
        CASE(s10_a_signature_survives_reopening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
