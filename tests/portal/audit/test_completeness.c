/*
 * Somebody who writes the store takes rows away, or puts rows back that nothing else counts, alone or with every other
 * row that tells of the same. It is found where the thing is used or listed.
 */
#include "applications.h"

#include <stdlib.h>

static void set(nct_form *signing, const char *path, const char *value) {
    expect_status(nct_form_set(signing, path, value, strlen(value)), NCT_OK);
}

static nct_status sign(struct world *w, nct_form *signing, char id[NCT_SIGNATURE_ID_LENGTH + 1]) {
    nct_signature *made = NULL;
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    nct_status status = nct_sign(signing, NULL, &made);
    if (id != NULL && status == NCT_OK)
        memcpy(id, nct_signature_id(made), NCT_SIGNATURE_ID_LENGTH + 1);
    nct_signature_free(made);
    return status;
}

static nct_form *petra_signs(struct world *w) {
    return world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
}

static int is_among(int32_t space, const char *const *spaces) {
    for (; *spaces != NULL; spaces++)
        if (space_of(*spaces) == space)
            return 1;
    return 0;
}

/* Makes these spaces what they were, each row with its old revision. */
static void put_back(struct world *w, const struct rows *before, const char *const *spaces) {
    struct rows now = rows_take(w->store.inner);
    for (size_t i = 0; i < now.count; i++)
        if (is_among(now.at[i].space, spaces)) {
            struct row gone = now.at[i];
            gone.revision = 0;
            row_force(w->store.inner, &gone);
        }
    for (size_t i = 0; i < before->count; i++)
        if (is_among(before->at[i].space, spaces))
            row_force(w->store.inner, &before->at[i]);
    rows_free(&now);
}

static void take_away(struct world *w, const char *const *spaces) {
    const struct rows none = {NULL, 0};
    put_back(w, &none, spaces);
}

#define SPACES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void reviewed(nct_form *signing) {
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    expect_status(nct_signing_review(signing, token, sizeof token, NULL), NCT_OK);
    set(signing, "review.token", token);
}

static void a_review_token_put_back_signs_nothing(void **state) {
    struct world *w = *state;
    nct_form *signing = petra_signs(w);
    reviewed(signing);
    struct rows before = rows_take(w->store.inner);
    expect_status(sign(w, signing, NULL), NCT_OK);
    expect_status(sign(w, signing, NULL), NCT_E_REVIEW);
    put_back(w, &before, SPACES("review"));
    expect_status(sign(w, signing, NULL), NCT_E_INTEGRITY);
    rows_free(&before);
    nct_form_free(signing);
}

/* The revision is the first in both: what is in the row tells. */
static void an_earlier_token_of_the_same_document_signs_nothing(void **state) {
    struct world *w = *state;
    nct_form *signing = petra_signs(w);
    nct_form *again = petra_signs(w);
    reviewed(signing);
    struct rows before = rows_take(w->store.inner);
    expect_status(sign(w, signing, NULL), NCT_OK);
    reviewed(again);
    put_back(w, &before, SPACES("review"));
    expect_status(sign(w, signing, NULL), NCT_E_INTEGRITY);
    rows_free(&before);
    nct_form_free(signing);
    nct_form_free(again);
}

static void a_review_token_taken_away_is_not_called_used(void **state) {
    struct world *w = *state;
    nct_form *signing = petra_signs(w);
    reviewed(signing);
    take_away(w, SPACES("review"));
    expect_status(sign(w, signing, NULL), NCT_E_INTEGRITY);
    nct_form_free(signing);
}

static void an_idempotency_key_taken_away_makes_no_second_signature(void **state) {
    struct world *w = *state;
    nct_form *signing = petra_signs(w);
    set(signing, "idempotency.key", "a key of the host");
    expect_status(sign(w, signing, NULL), NCT_OK);
    take_away(w, SPACES("idempotency"));
    expect_status(sign(w, signing, NULL), NCT_E_INTEGRITY);
    nct_form_free(signing);
}

static void idempotency_keys_are_forgotten_after_their_time(void **state) {
    struct world *w = *state;
    char first[NCT_SIGNATURE_ID_LENGTH + 1], second[NCT_SIGNATURE_ID_LENGTH + 1];
    nct_form *signing = petra_signs(w);
    set(signing, "idempotency.key", "a key of the host");
    expect_status(sign(w, signing, first), NCT_OK);
    world_advance(w, INT64_C(86400000) - 1);
    expect_status(sign(w, signing, second), NCT_OK);
    assert_string_equal(first, second);
    world_advance(w, 1);
    expect_status(sign(w, signing, second), NCT_OK);
    assert_string_not_equal(first, second);
    struct rows now = rows_take(w->store.inner);
    size_t kept = 0;
    for (size_t i = 0; i < now.count; i++)
        kept += now.at[i].space == space_of("idempotency");
    assert_int_equal(kept, 1);
    rows_free(&now);
    nct_form_free(signing);
}

static void a_repudiation_taken_away_is_not_called_none(void **state) {
    struct world *w = *state;
    static const char reason[] = "I did not sign this.";
    char id[NCT_SIGNATURE_ID_LENGTH + 1];
    size_t len = 0;
    nct_form *signing = petra_signs(w);
    expect_status(sign(w, signing, id), NCT_OK);
    expect_status(nct_signature_repudiate(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10, id, strlen(id),
                                          WORLD_PASSWORD, strlen(WORLD_PASSWORD), reason, strlen(reason)),
                  NCT_OK);
    take_away(w, SPACES("repudiation"));
    expect_status(nct_signature_repudiation(w->portal, NPI_CLINIC, 10, id, strlen(id), NULL, 0, &len), NCT_E_INTEGRITY);
    nct_form_free(signing);
}

static void a_signature_taken_away_with_its_index_is_missed(void **state) {
    struct world *w = *state;
    char id[NCT_SIGNATURE_ID_LENGTH + 1];
    nct_signature *signature = NULL;
    nct_signature_list *page = NULL;
    nct_form *signing = petra_signs(w);
    expect_status(sign(w, signing, id), NCT_OK);
    take_away(w, SPACES("signature", "signature_by_person"));
    expect_status(nct_signature_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &signature), NCT_E_INTEGRITY);
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_E_INTEGRITY);
    expect_status(nct_signature_list_by_signer(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, 10, &page),
                  NCT_E_INTEGRITY);
    nct_form_free(signing);
}

static nct_status list_applications(struct world *w) {
    nct_application_list *page = NULL;
    nct_status status = nct_application_list_by_provider(w->portal, NPI_CLINIC, 10, 0, NULL, 0, 10, &page);
    nct_application_list_free(page);
    return status;
}

static nct_status list_drafts(struct world *w, const struct cast *who) {
    nct_application_list *page = NULL;
    nct_status status = nct_application_list_by_person(w->portal, who->ncid, strlen(who->ncid), 0, NULL, 0, 10, &page);
    nct_application_list_free(page);
    return status;
}

static void a_denied_application_does_not_come_back(void **state) {
    struct world *w = *state;
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    nct_application *application = NULL;
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_RECREDENTIALING, id);
    world_lead(w, id, NCT_STATE_IN_REVIEW);
    struct rows before = rows_take(w->store.inner);
    expect_status(world_decide(w, id, NCT_MOVE_DENY, NULL), NCT_OK);
    put_back(w, &before, SPACES("application", "application_by_person"));
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, NULL), NCT_E_INTEGRITY);
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, 32, &application), NCT_E_INTEGRITY);
    expect_status(list_applications(w), NCT_E_INTEGRITY);
    expect_status(list_drafts(w, &OLIVIA), NCT_E_INTEGRITY);
    rows_free(&before);
}

static void an_application_taken_away_is_missed(void **state) {
    struct world *w = *state;
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    nct_application *application = NULL;
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_RECREDENTIALING, id);
    take_away(w, SPACES("application", "application_by_person"));
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, 32, &application), NCT_E_INTEGRITY);
    expect_status(list_applications(w), NCT_E_INTEGRITY);
    expect_status(list_drafts(w, &OLIVIA), NCT_E_INTEGRITY);
}

static nct_status list_grants(struct world *w) {
    nct_grant_list *page = NULL;
    nct_status status = nct_access_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page);
    nct_grant_list_free(page);
    return status;
}

static nct_status may_submit(struct world *w) {
    return world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
}

static void a_revoked_grant_put_back_with_its_twin_gives_nothing(void **state) {
    struct world *w = *state;
    nct_form *signing = petra_signs(w);
    struct rows before = rows_take(w->store.inner);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    put_back(w, &before, SPACES("grant", "grant_by_person"));
    expect_status(may_submit(w), NCT_E_INTEGRITY);
    expect_status(list_grants(w), NCT_E_INTEGRITY);
    expect_status(sign(w, signing, NULL), NCT_E_INTEGRITY);
    rows_free(&before);
    nct_form_free(signing);
}

static void a_grant_taken_away_with_its_twin_is_missed(void **state) {
    struct world *w = *state;
    take_away(w, SPACES("grant", "grant_by_person"));
    expect_status(may_submit(w), NCT_E_INTEGRITY);
    expect_status(list_grants(w), NCT_E_INTEGRITY);
}

static void somebody_taken_from_the_record_is_missed(void **state) {
    struct world *w = *state;
    nct_principal_list *page = NULL;
    take_away(w, SPACES("principal", "principal_by_person"));
    expect_status(nct_principal_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_E_INTEGRITY);
}

/* Its row gone, an NCID looks free; its shard's head says that it is not. */
static void an_ncid_taken_away_is_not_given_to_somebody_else(void **state) {
    struct world *w = *state;
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    struct rows rows = rows_take(w->store.inner);
    struct row *gone = rows_ncid(&rows, PETRA.ncid);
    assert_non_null(gone);
    gone->revision = 0;
    row_force(w->store.inner, gone);
    rows_free(&rows);
    expect_status(world_add_user(w, OSCAR.ncid, world_npi(1), &PETRA, "user", "training"), NCT_E_INTEGRITY);
}

/* The PIN in force went out once; its mail, put back, does not carry it to an address that was given up since. */
static void a_delivered_mail_is_not_sent_again(void **state) {
    struct world *w = *state;
    static const char *const sets[][4] = {{"mail"}, {"mail", "mail_of_person", "mail_of_provider"}};
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = SIZE_MAX;
    w->mailer.answer = NCT_E_BUSY; /* nothing is held against the mails */
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "claim.inquiry"), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    w->mailer.fail_from = w->mailer.fail_to = 0;
    size_t sent = 0, waiting = 0, tried;
    expect_status(nct_mail_flush(w->portal, 100, &sent, &waiting), NCT_OK);
    assert_true(sent > 0 && waiting == 0);
    tried = w->mailer.count;
    for (size_t i = 0; i < 2; i++) {
        put_back(w, &before, sets[i]);
        expect_status(nct_mail_flush(w->portal, 100, &sent, &waiting), NCT_E_INTEGRITY);
        assert_int_equal(sent, 0);
        assert_int_equal(w->mailer.count, tried);
    }
    rows_free(&before);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_review_token_put_back_signs_nothing),
        CASE(an_earlier_token_of_the_same_document_signs_nothing),
        CASE(a_review_token_taken_away_is_not_called_used),
        CASE(an_idempotency_key_taken_away_makes_no_second_signature),
        CASE(idempotency_keys_are_forgotten_after_their_time),
        CASE(a_repudiation_taken_away_is_not_called_none),
        CASE(a_signature_taken_away_with_its_index_is_missed),
        CASE(a_revoked_grant_put_back_with_its_twin_gives_nothing),
        CASE(a_grant_taken_away_with_its_twin_is_missed),
        CASE(somebody_taken_from_the_record_is_missed),
        CASE(an_ncid_taken_away_is_not_given_to_somebody_else),
        CASE(a_delivered_mail_is_not_sent_again),
        CASE(a_denied_application_does_not_come_back),
        CASE(an_application_taken_away_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
