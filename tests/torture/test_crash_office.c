/* kill -9 at every store call of what an office does with its provider and applications: before or after. */
#include "applications.h"
#include "deed.h"

#include <nctracks/work.h>

#include <time.h>

#define BY(person) (person).ncid, strlen((person).ncid)
#define CLINIC NPI_CLINIC, 10
#define OPERATOR WORLD_OPERATOR, strlen(WORLD_OPERATOR)
#define REASON "as the rules say", 16

static nct_status run_provider_terminate(struct world *w) {
    return nct_provider_terminate(w->portal, OPERATOR, CLINIC, REASON);
}

static void prepare_provider_reinstate(struct world *w) {
    expect_status(run_provider_terminate(w), NCT_OK);
}

static nct_status run_provider_reinstate(struct world *w) {
    return nct_provider_reinstate(w->portal, OPERATOR, CLINIC, REASON);
}

static void prepare_oa_change_submit(struct world *w) {
    expect_status(nct_provider_renew_code(w->portal, OPERATOR, CLINIC, deed_note, sizeof deed_note), NCT_OK);
}

static nct_status run_oa_change_submit(struct world *w) {
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", deed_note},
                                     {"office_administrator.ncid", PETRA.ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "managing_employee"}};
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_oa_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

static void prepare_oa_change_approve(struct world *w) {
    prepare_oa_change_submit(w);
    expect_status(run_oa_change_submit(w), NCT_OK);
}

static nct_status run_oa_change_approve(struct world *w) {
    return nct_oa_change_approve(w->portal, OPERATOR, CLINIC, REASON);
}

#define prepare_oa_change_deny prepare_oa_change_approve

static nct_status run_oa_change_deny(struct world *w) {
    return nct_oa_change_deny(w->portal, OPERATOR, CLINIC, REASON);
}

static nct_status run_eft_change_submit(struct world *w) {
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"requester.ncid", OLIVIA.ncid},
                                     {"requester.password", WORLD_PASSWORD},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", "999000111222"},
                                     {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up Clinic"}};
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_EFT_CHANGE, &form);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_eft_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

static void prepare_eft_change_confirm(struct world *w) {
    expect_status(run_eft_change_submit(w), NCT_OK);
}

static nct_status run_eft_change_confirm(struct world *w) {
    return nct_eft_change_confirm(w->portal, OPERATOR, CLINIC, "Olivia Owner", 12);
}

#define prepare_eft_change_refuse prepare_eft_change_confirm

static nct_status run_eft_change_refuse(struct world *w) {
    return nct_eft_change_refuse(w->portal, OPERATOR, CLINIC, REASON);
}

#define prepare_eft_change_withdraw prepare_eft_change_confirm

static nct_status run_eft_change_withdraw(struct world *w) {
    return nct_eft_change_withdraw(w->portal, BY(OLIVIA), CLINIC);
}

/* Applications. */

static nct_status run_draft_save(struct world *w) {
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    return world_try_draft(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
}

static void prepare_draft_revise(struct world *w) {
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, deed_note);
}

static nct_status run_draft_revise(struct world *w) {
    nct_form *draft = world_draft(w, NCT_SUBMISSION_PHARMACY_PA);
    nct_status status = nct_form_set(draft, "document.version", "2", 1);
    if (status == NCT_OK)
        status = nct_draft_revise(draft, BY(PETRA), deed_note, strlen(deed_note), NULL);
    nct_form_free(draft);
    return status;
}

#define prepare_application_act prepare_draft_revise

static nct_status run_application_act(struct world *w) {
    return world_act(w, PETRA.ncid, deed_note, NCT_MOVE_DISCARD, NULL);
}

static void prepare_application_decide(struct world *w) {
    prepare_draft_revise(w);
    expect_status(world_apply(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, deed_note, NULL), NCT_OK);
}

static nct_status run_application_decide(struct world *w) {
    return world_decide(w, deed_note, NCT_MOVE_DENY, NULL);
}

/* Signing: the application is submitted with the signature. */

static nct_form *fill_signing(struct world *w) {
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    return signing;
}

static nct_status run_signing_review(struct world *w) {
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = fill_signing(w);
    nct_status status = nct_signing_review(signing, token, sizeof token, NULL);
    nct_form_free(signing);
    return status;
}

#define prepare_sign prepare_draft_revise

static nct_status run_sign(struct world *w) {
    nct_signature *signature = NULL;
    nct_form *signing = fill_signing(w);
    nct_status status = nct_form_set(signing, "application.id", deed_note, strlen(deed_note));
    if (status == NCT_OK)
        status = nct_sign(signing, NULL, &signature);
    nct_form_free(signing);
    nct_signature_free(signature);
    return status;
}

static void prepare_signature_repudiate(struct world *w) {
    nct_signature *signature = NULL;
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &signature),
                  NCT_OK);
    strcpy(deed_note, nct_signature_id(signature));
    nct_signature_free(signature);
}

static nct_status run_signature_repudiate(struct world *w) {
    return nct_signature_repudiate(w->portal, BY(PETRA), CLINIC, deed_note, strlen(deed_note), WORLD_PASSWORD,
                                   strlen(WORLD_PASSWORD), REASON);
}

/* Due work: the re-verification of the clinic, whose first notice is due. */
static void prepare_due_settle(struct world *w) {
    char id[NCT_DUE_ID_ROOM];
    nct_due *due = NULL;
    expect_status(nct_due_list(w->portal, INT64_MAX, NULL, 0, 1, &due), NCT_OK);
    assert_int_equal(nct_due_count(due), 1);
    w->now = nct_due_time(due, 0);
    strcpy(id, nct_due_id(due, 0));
    strcpy(deed_note, id);
    nct_due_free(due);
}

static nct_status run_due_settle(struct world *w) {
    int32_t done = 0;
    return world_settle_one(w, deed_note, &done);
}

static void prepare_due_restore(struct world *w) {
    (void)w;
    deed_lose_rows("due");
}

static nct_status run_due_restore(struct world *w) {
    return nct_due_restore(w->portal, OPERATOR, CLINIC, NULL);
}

/* The first piece of the agency's work. */
static void prepare_work_assign(struct world *w) {
    nct_work_list *page = NULL;
    expect_status(run_eft_change_submit(w), NCT_OK);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 1, &page), NCT_OK);
    assert_int_equal(nct_work_list_count(page), 1);
    strcpy(deed_note, nct_work_list_id(page, 0));
    nct_work_list_free(page);
}

static nct_status run_work_assign(struct world *w) {
    return nct_work_assign(w->portal, OPERATOR, deed_note, strlen(deed_note), OPERATOR);
}

static void prepare_work_release(struct world *w) {
    prepare_work_assign(w);
    expect_status(run_work_assign(w), NCT_OK);
}

static nct_status run_work_release(struct world *w) {
    return nct_work_release(w->portal, OPERATOR, deed_note, strlen(deed_note));
}

/* To ten days after the date there is. */
static void prepare_reverification_extend(struct world *w) {
    nct_provider *provider = NULL;
    struct tm day;
    expect_status(nct_provider_get(w->portal, CLINIC, &provider), NCT_OK);
    time_t later = (time_t)(nct_provider_reverification_due(provider) / 1000 + 10 * 86400);
    nct_provider_free(provider);
    assert_non_null(gmtime_r(&later, &day));
    assert_int_equal(strftime(deed_note, sizeof deed_note, "%Y-%m-%d", &day), 10);
}

static nct_status run_reverification_extend(struct world *w) {
    return nct_reverification_extend(w->portal, OPERATOR, CLINIC, deed_note, strlen(deed_note), REASON);
}

static void each_change_is_whole(void **state) {
    static const struct deed deeds[] = {
        DEED_ALONE(provider_terminate), DEED(provider_reinstate),   DEED(oa_change_submit),
        DEED(oa_change_approve),        DEED(oa_change_deny),       DEED_ALONE(eft_change_submit),
        DEED(eft_change_confirm),       DEED(eft_change_refuse),    DEED(eft_change_withdraw),
        DEED_ALONE(draft_save),         DEED(draft_revise),         DEED(application_act),
        DEED(application_decide),       DEED_ALONE(signing_review), DEED(sign),
        DEED(signature_repudiate),      DEED(due_settle),           DEED(due_restore),
        DEED(reverification_extend),    DEED(work_assign),          DEED(work_release),
    };
    (void)state;
    deeds_crash(deeds, sizeof deeds / sizeof deeds[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_change_is_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
