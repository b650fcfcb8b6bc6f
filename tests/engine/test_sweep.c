/*
 * Every operation with its i-th allocation, store call, random draw and mail failing, for every i. Afterwards nothing
 * leaked, the store is as before or as after, the ledger is whole, and running again finishes the job.
 */
#include "applications.h"
#include "invitations.h"

#include <stdio.h>

struct operation {
    const char *name;
    nct_status (*run)(struct world *w);
    int (*done)(struct world *w);
    void (*prepare)(struct world *w); /* may be NULL */
};

static char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
static char petra_pin[16];
static char uma_token[NCT_CONTACT_TOKEN_LENGTH + 1];
static char drafted[NCT_APPLICATION_ID_LENGTH + 1];  /* of Petra's, a draft */
static char returned[NCT_APPLICATION_ID_LENGTH + 1]; /* of Olivia's, sent back */
static char notice[NCT_DUE_ID_ROOM], abandonment[NCT_DUE_ID_ROOM];

static nct_status enroll(struct world *w) {
    char fresh[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_ENROLLMENT, &form);
    static const char *const fields[][2] = {{"provider.kind", "individual"},
                                            {"provider.name", "Made Up Practice"},
                                            {"provider.tax_id", "12-3456789"},
                                            {"provider.email", "office@practice.example.org"},
                                            {"provider.phone", "9195550109"}};
    if (status == NCT_OK)
        status = nct_form_set(form, "provider.npi", world_npi(1), 10);
    for (size_t i = 0; i < 5 && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_enrollment_submit(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), fresh, sizeof fresh, NULL);
    nct_form_free(form);
    return status;
}

static int is_enrolled(struct world *w) {
    nct_provider *provider = NULL;
    nct_status status = nct_provider_get(w->portal, world_npi(1), 10, &provider);
    nct_provider_free(provider);
    return status == NCT_OK;
}

static nct_status register_provider(struct world *w) {
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_REGISTRATION, &form);
    const char *const fields[][2] = {{"provider.npi", world_npi(2)},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", OSCAR.ncid},
                                     {"office_administrator.first_name", OSCAR.first_name},
                                     {"office_administrator.last_name", OSCAR.last_name},
                                     {"office_administrator.email", OSCAR.email},
                                     {"office_administrator.phone", OSCAR.phone},
                                     {"office_administrator.relationship", "owner"},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", WORLD_ACCOUNT},
                                     {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up Practice"},
                                     {"users[0].ncid", SILAS.ncid},
                                     {"users[0].first_name", SILAS.first_name},
                                     {"users[0].last_name", SILAS.last_name},
                                     {"users[0].email", SILAS.email},
                                     {"users[0].phone", SILAS.phone},
                                     {"users[0].rights", "training"}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    nct_problems *problems = NULL;
    if (status == NCT_OK)
        status = nct_registration_submit(form, &problems);
    nct_problems_free(problems);
    nct_form_free(form);
    return status;
}

static int is_registered(struct world *w) {
    int administrator = world_check(w, OSCAR.ncid, world_npi(2), NCT_RIGHT_TRAINING) == NCT_OK;
    int user = world_check(w, SILAS.ncid, world_npi(2), NCT_RIGHT_TRAINING) == NCT_OK;
    assert_int_equal(administrator, user);
    return user;
}

static nct_status add_silas(struct world *w) {
    nct_form *user = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_USER, &user);
    const char *const fields[][2] = {{"ncid", SILAS.ncid},           {"first_name", SILAS.first_name},
                                     {"last_name", SILAS.last_name}, {"email", SILAS.email},
                                     {"phone", SILAS.phone},         {"rights", "training"}};
    for (size_t i = 0; i < 6 && status == NCT_OK; i++)
        status = nct_form_set(user, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_user_add(user, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL);
    nct_form_free(user);
    return status;
}

static int is_silas_added(struct world *w) {
    return world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING) == NCT_OK;
}

static nct_status grant_frank(struct world *w) {
    return world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, UINT64_C(1) << NCT_RIGHT_CLAIM_SUBMIT);
}

static int is_frank_granted(struct world *w) {
    return world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_SUBMIT) == NCT_OK;
}

static nct_status revoke_petra(struct world *w) {
    return world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid);
}

static int is_petra_revoked(struct world *w) {
    int revoked = world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT) == NCT_E_NOT_PROVISIONED;
    assert_int_equal(world_pin_state(w, PETRA.ncid), revoked ? NCT_PIN_SUSPENDED : NCT_PIN_ACTIVE);
    return revoked;
}

static nct_status reset_petra(struct world *w) {
    return nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD));
}

static int is_petra_reset(struct world *w) {
    return world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, petra_pin) == NCT_E_DENIED;
}

static nct_status report_lost(struct world *w) {
    return world_report_lost(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid);
}

static int is_lost(struct world *w) {
    return world_pin_state(w, PETRA.ncid) == NCT_PIN_LOST;
}

static nct_status sign(struct world *w) {
    static const char *const fields[][2] = {
        {"signer.ncid", "petra.pharm"},       {"signer.password", WORLD_PASSWORD}, {"provider.npi", NPI_CLINIC},
        {"submission.kind", "pharmacy_pa"},   {"document.id", "PA-0001"},          {"document.version", "1"},
        {"document.content", WORLD_DOCUMENT}, {"attestation.version", "1"},        {"attestation.text", "It is true."}};
    nct_form *signing = NULL;
    nct_signature *signature = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_SIGNING, &signing);
    for (size_t i = 0; i < 9 && status == NCT_OK; i++)
        status = nct_form_set(signing, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_form_set(signing, "signer.pin", petra_pin, strlen(petra_pin));
    if (status == NCT_OK)
        status = nct_sign(signing, NULL, &signature);
    assert_true((status == NCT_OK) == (signature != NULL));
    nct_signature_free(signature);
    nct_form_free(signing);
    return status;
}

static int is_signed(struct world *w) {
    nct_signature_list *page = NULL;
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    size_t count = nct_signature_list_count(page) - 1; /* beside Olivia's */
    nct_signature_list_free(page);
    assert_true(count <= 1);
    assert_true(world_pin_failures(w, PETRA.ncid) <= 1);
    return count == 1;
}

static nct_status terminate(struct world *w) {
    return nct_provider_terminate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, "sweep", 5);
}

static nct_status reinstate(struct world *w) {
    return nct_provider_reinstate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, "sweep", 5);
}

/* Wholly in a state. */
static int is_in_state(struct world *w, int32_t state) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    int is = nct_provider_state(provider) == state;
    nct_provider_free(provider);
    return is;
}

static int is_terminated(struct world *w) {
    int terminated = is_in_state(w, NCT_PROVIDER_TERMINATED);
    nct_status check = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY);
    assert_true(!terminated || check == NCT_E_TERMINATED);
    return terminated;
}

static int is_reinstated(struct world *w) {
    int reinstated = is_in_state(w, NCT_PROVIDER_REGISTERED);
    nct_status check = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY);
    assert_true(!reinstated || check == NCT_OK);
    return reinstated;
}

static void prepare_reinstatement(struct world *w) {
    expect_status(terminate(w), NCT_OK);
}

#define FRANKS_RELATIONSHIPS "owner managing_relationship"

static uint64_t franks_relationships(struct world *w) {
    uint64_t relationships = 0;
    nct_status status = nct_principal_check(w->portal, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid), &relationships);
    assert_true(status == NCT_OK || status == NCT_E_NOT_ON_RECORD);
    return relationships;
}

static nct_status list_frank(struct world *w) {
    return world_list_principal(w, NPI_CLINIC, &FRANK, FRANKS_RELATIONSHIPS, 0, 0);
}

static int is_frank_listed(struct world *w) {
    return franks_relationships(w) != 0;
}

static nct_status unlist_olivia(struct world *w) {
    return world_unlist_principal(w, NPI_CLINIC, OLIVIA.ncid);
}

static int is_olivia_unlisted(struct world *w) {
    uint64_t relationships = 0;
    return nct_principal_check(w->portal, NPI_CLINIC, 10, OLIVIA.ncid, strlen(OLIVIA.ncid), &relationships) ==
           NCT_E_NOT_ON_RECORD;
}

static nct_status choose_language(struct world *w) {
    return nct_person_set_language(w->portal, FRANK.ncid, strlen(FRANK.ncid), "es");
}

static int is_language_chosen(struct world *w) {
    const char *language = NULL;
    expect_status(nct_person_language(w->portal, FRANK.ncid, strlen(FRANK.ncid), &language), NCT_OK);
    return strcmp(language, "es") == 0;
}

static nct_status ask_for_address(struct world *w) {
    return world_change_contact(w, FRANK.ncid, NULL, FRANK.ncid, "email", "frank@new.example.org");
}

static int waits(struct world *w, const char *ncid) {
    nct_contact_request *request = NULL;
    nct_status status = nct_contact_pending(w->portal, ncid, strlen(ncid), &request);
    assert_true(status == NCT_OK || status == NCT_E_NOT_FOUND);
    nct_contact_request_free(request);
    return status == NCT_OK;
}

static int is_address_asked_for(struct world *w) {
    return waits(w, FRANK.ncid);
}

static nct_status confirm_address(struct world *w) {
    return nct_contact_confirm(w->portal, UMA.ncid, strlen(UMA.ncid), uma_token, strlen(uma_token));
}

static int is_address_confirmed(struct world *w) {
    return !waits(w, UMA.ncid);
}

static nct_status withdraw_address(struct world *w) {
    return nct_contact_withdraw(w->portal, "x", 1, UMA.ncid, strlen(UMA.ncid), "not hers", 8);
}

static nct_status with_draft(struct world *w, const char *kind, const char *version, const char *revised) {
    char saved[NCT_APPLICATION_ID_LENGTH + 1];
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"submission.kind", kind},
                                     {"document.id", "PA-0001"},
                                     {"document.version", version},
                                     {"document.content", WORLD_DOCUMENT}};
    nct_form *draft = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_DRAFT, &draft);
    for (size_t i = 0; i < 5 && status == NCT_OK; i++)
        status = nct_form_set(draft, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK && revised == NULL)
        status = nct_draft_save(draft, OLIVIA.ncid, strlen(OLIVIA.ncid), saved, sizeof saved, NULL);
    else if (status == NCT_OK)
        status = nct_draft_revise(draft, OLIVIA.ncid, strlen(OLIVIA.ncid), revised, strlen(revised), NULL);
    nct_form_free(draft);
    return status;
}

static nct_status save_draft(struct world *w) {
    return with_draft(w, "manage_change", "1", NULL);
}

static int is_draft_saved(struct world *w) {
    nct_application_list *page = NULL;
    expect_status(nct_application_list_by_provider(w->portal, NPI_CLINIC, 10, 0, NULL, 0, 10, &page), NCT_OK);
    size_t count = nct_application_list_count(page);
    nct_application_list_free(page);
    assert_true(count == 2 || count == 3);
    return count == 3;
}

static nct_status revise_draft(struct world *w) {
    return with_draft(w, "recredentialing", "2", returned);
}

static int is_draft_revised(struct world *w) {
    nct_application *application = NULL;
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, returned, 32, &application), NCT_OK);
    int revised = strcmp(nct_application_document_version(application), "2") == 0;
    nct_application_free(application);
    return revised;
}

static nct_status submit(struct world *w) {
    static const char *const fields[][2] = {
        {"signer.ncid", "petra.pharm"},       {"signer.password", WORLD_PASSWORD}, {"provider.npi", NPI_CLINIC},
        {"submission.kind", "medical_pa"},    {"document.id", "PA-0001"},          {"document.version", "1"},
        {"document.content", WORLD_DOCUMENT}, {"attestation.version", "1"},        {"attestation.text", "It is true."}};
    nct_form *signing = NULL;
    nct_signature *signature = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_SIGNING, &signing);
    for (size_t i = 0; i < 9 && status == NCT_OK; i++)
        status = nct_form_set(signing, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_form_set(signing, "signer.pin", petra_pin, strlen(petra_pin));
    if (status == NCT_OK)
        status = nct_form_set(signing, "application.id", drafted, strlen(drafted));
    if (status == NCT_OK)
        status = nct_sign(signing, NULL, &signature);
    nct_signature_free(signature);
    nct_form_free(signing);
    return status;
}

static int is_submitted(struct world *w) {
    nct_signature_list *page = NULL;
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    int submitted = world_state(w, drafted) == NCT_STATE_SUSPENDED;
    assert_int_equal(nct_signature_list_count(page), 1 + submitted); /* both, or neither */
    nct_signature_list_free(page);
    return submitted;
}

static nct_status withdraw(struct world *w) {
    return world_act(w, OLIVIA.ncid, returned, NCT_MOVE_WITHDRAW, NULL);
}

static int is_withdrawn(struct world *w) {
    int withdrawn = world_state(w, returned) == NCT_STATE_WITHDRAWN;
    assert_int_equal(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, NULL) == 0, withdrawn);
    return withdrawn;
}

static nct_status settle_notice(struct world *w) {
    w->now = WORLD_START + 365 * 5 * WORLD_DAY - 40 * WORLD_DAY;
    return world_settle_one(w, notice, NULL);
}

static int is_noticed(struct world *w) {
    char now[NCT_DUE_ID_ROOM];
    (void)world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, now);
    return strcmp(now, notice) != 0;
}

static nct_status settle_abandonment(struct world *w) {
    w->now = WORLD_START + 40 * WORLD_DAY;
    return world_settle_one(w, abandonment, NULL);
}

static int is_abandoned(struct world *w) {
    int abandoned = world_state(w, returned) == NCT_STATE_ABANDONED;
    assert_int_equal(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, NULL) == 0, abandoned);
    return abandoned;
}

#define CHOSEN "another horse battery"

static nct_status sign_in_with(struct world *w, const char *password) {
    nct_session *session = NULL;
    nct_status status =
        nct_sign_in(w->portal, PETRA.ncid, strlen(PETRA.ncid), password, strlen(password), "desk", 4, &session);
    nct_session_free(session);
    return status;
}

static nct_status sign_in(struct world *w) {
    return sign_in_with(w, WORLD_PASSWORD);
}

static int is_signed_in(struct world *w) {
    nct_session_list *list = NULL;
    expect_status(nct_session_list_by_person(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, 10, &list), NCT_OK);
    size_t count = nct_session_list_count(list);
    nct_session_list_free(list);
    return count > 0;
}

static nct_status sign_out(struct world *w) {
    return nct_session_end_all(w->portal, PETRA.ncid, strlen(PETRA.ncid));
}

static int is_signed_out(struct world *w) {
    return !is_signed_in(w);
}

static void prepare_session(struct world *w) {
    expect_status(sign_in(w), NCT_OK);
}

static nct_status change_password(struct world *w) {
    return nct_password_change(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD),
                               CHOSEN, strlen(CHOSEN));
}

static int is_password_changed(struct world *w) {
    return sign_in_with(w, CHOSEN) == NCT_OK;
}

static nct_status forget_password(struct world *w) {
    return nct_password_forgotten(w->portal, PETRA.ncid, strlen(PETRA.ncid));
}

static int is_code_mailed(struct world *w) {
    size_t sent = 0;
    expect_status(nct_mail_flush(w->portal, 10, &sent, NULL), NCT_OK);
    return sent > 0;
}

static char reset_code[NCT_RESET_CODE_LENGTH + 1];
static int64_t reset_code_at;

static void ask_for_code(struct world *w, char *mailed) {
    expect_status(forget_password(w), NCT_OK);
    expect_status(nct_mail_flush(w->portal, 10, NULL, NULL), NCT_OK);
    strcpy(mailed, world_mail_to(w, PETRA.ncid)->token);
}

static void prepare_reset(struct world *w) {
    ask_for_code(w, reset_code);
    reset_code_at = w->now;
}

static nct_status reset_password(struct world *w) {
    char mailed[NCT_RESET_CODE_LENGTH + 1];
    strcpy(mailed, reset_code);
    if (w->now != reset_code_at) /* again, a day later */
        ask_for_code(w, mailed);
    return nct_password_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), mailed, strlen(mailed), CHOSEN,
                              strlen(CHOSEN));
}

static const struct offer to_silas = {.ncid = "silas.stranger", .rights = "training"};
static const struct offer to_address = {.email = "silas@far.example.org", .rights = "training"};

static nct_status invite_address(struct world *w) {
    return invitations_send(w, OLIVIA.ncid, &to_address, NULL);
}

static int is_address_invited(struct world *w) {
    return invitations_of_clinic(w) == 1;
}

static void prepare_invitation(struct world *w) {
    invitations_know(w, &SILAS);
    expect_status(invitations_send(w, OLIVIA.ncid, &to_silas, NULL), NCT_OK);
}

static nct_status accept_invitation(struct world *w) {
    return invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL);
}

static nct_status decline_invitation(struct world *w) {
    return invitations_decline(w, SILAS.ncid);
}

static int is_answered(struct world *w) {
    return invitations_of_clinic(w) == 0;
}

static const struct operation OPERATIONS[] = {
    {"enroll", enroll, is_enrolled, NULL},
    {"register", register_provider, is_registered, NULL},
    {"add user", add_silas, is_silas_added, NULL},
    {"grant", grant_frank, is_frank_granted, NULL},
    {"revoke", revoke_petra, is_petra_revoked, NULL},
    {"reset PIN", reset_petra, is_petra_reset, NULL},
    {"report lost", report_lost, is_lost, NULL},
    {"sign", sign, is_signed, NULL},
    {"terminate", terminate, is_terminated, NULL},
    {"reinstate", reinstate, is_reinstated, prepare_reinstatement},
    {"put on the record", list_frank, is_frank_listed, NULL},
    {"take off the record", unlist_olivia, is_olivia_unlisted, NULL},
    {"choose a language", choose_language, is_language_chosen, NULL},
    {"ask for an address", ask_for_address, is_address_asked_for, NULL},
    {"confirm an address", confirm_address, is_address_confirmed, NULL},
    {"withdraw an address", withdraw_address, is_address_confirmed, NULL},
    {"save draft", save_draft, is_draft_saved, NULL},
    {"revise draft", revise_draft, is_draft_revised, NULL},
    {"submit", submit, is_submitted, NULL},
    {"withdraw", withdraw, is_withdrawn, NULL},
    {"settle a notice", settle_notice, is_noticed, NULL},
    {"settle an abandonment", settle_abandonment, is_abandoned, NULL},
    {"sign in", sign_in, is_signed_in, NULL},
    {"sign out", sign_out, is_signed_out, prepare_session},
    {"change the password", change_password, is_password_changed, NULL},
    {"forget the password", forget_password, is_code_mailed, NULL},
    {"reset the password", reset_password, is_password_changed, prepare_reset},
    {"invite", invite_address, is_address_invited, NULL},
    {"accept an invitation", accept_invitation, is_silas_added, prepare_invitation},
    {"decline an invitation", decline_invitation, is_answered, prepare_invitation},
};

static void complain(const struct operation *operation, const char *fault, size_t at, nct_status status, int done,
                     const char *what) {
    print_error("%s, %s at %zu: %s, %s; %s\n", operation->name, fault, at, nct_status_name(status),
                done ? "done" : "not done", what);
    fail();
}

/* After a fault: the status fits what happened, and running again finishes the job. */
static void judge(struct world *w, const struct operation *operation, const char *fault, size_t at, nct_status status,
                  int may_be_done, size_t live) {
    w->random_fail_at = 0;
    w->memory.fail_at = 0;
    world_no_fault(w);
    struct rows rows = rows_take(w->store.inner);
    int done = operation->done(w);
    rows_restore(w->store.inner, &rows);
    rows_free(&rows);
    int32_t category = nct_status_category(status);
    if (status == NCT_OK && !done)
        complain(operation, fault, at, status, done, "said it was");
    if (category != NCT_CATEGORY_OK && category != NCT_CATEGORY_FAILURE && category != NCT_CATEGORY_HOST)
        complain(operation, fault, at, status, done, "a fault is no refusal");
    if (status != NCT_OK && done && !may_be_done)
        complain(operation, fault, at, status, done, "failed and done nevertheless");
    if (!done) {
        world_advance(w, 86400000);
        nct_status again = operation->run(w);
        if (again != NCT_OK)
            complain(operation, fault, at, again, operation->done(w), "running again");
    }
    if (w->memory.live != live)
        complain(operation, fault, at, status, done, "leaked");
    if (world_verdict(w, "provider:" NPI_CLINIC, NULL) != NCT_LEDGER_VALID_BUT_UNANCHORED)
        complain(operation, fault, at, status, done, "the ledger is broken");
}

enum source { MEMORY, RANDOM, STORE };

static void sweep_operation(struct world *w, const struct operation *operation, enum source source,
                            enum world_fault fault, const char *name) {
    struct rows start = rows_take(w->store.inner);
    const int64_t now = w->now;
    int reached = 1;
    for (size_t at = 1; reached; at++) {
        assert_true(at < 2000);
        size_t live = w->memory.live;
        w->mailer.count = 4;
        if (source == MEMORY)
            w->memory.fail_at = w->memory.calls + at;
        else if (source == RANDOM)
            w->random_fail_at = w->random_calls + at;
        else
            world_fault(w, fault, WORLD_ANY, at, 1);
        nct_status status = operation->run(w);
        reached = source == MEMORY   ? w->memory.calls >= w->memory.fail_at
                  : source == RANDOM ? w->random_calls >= w->random_fail_at
                                     : w->store.faults > 0;
        judge(w, operation, name, at, status, source == STORE && fault == FAULT_APPLIED, live);
        rows_restore(w->store.inner, &start);
        w->now = now;
        if (!reached)
            expect_status(status, NCT_OK);
    }
    rows_free(&start);
}

static void sweep(struct world *w, enum source source, enum world_fault fault, const char *name) {
    world_enroll(w, world_npi(2), "organization", code);
    strcpy(petra_pin, world_pin_of(w, PETRA.ncid));
    expect_status(world_change_contact(w, UMA.ncid, NULL, UMA.ncid, "email", "uma@new.example.org"), NCT_OK);
    strcpy(uma_token, world_mail_to(w, UMA.ncid)->token);
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_MEDICAL_PA, drafted);
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_RECREDENTIALING, returned);
    world_lead(w, returned, NCT_STATE_RETURNED);
    (void)world_due(w, NPI_CLINIC, NCT_DUE_REVERIFICATION, notice);
    (void)world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, abandonment);
    struct rows start = rows_take(w->store.inner);
    const int64_t now = w->now;
    for (size_t o = 0; o < sizeof OPERATIONS / sizeof OPERATIONS[0]; o++) {
        if (OPERATIONS[o].prepare != NULL)
            OPERATIONS[o].prepare(w);
        sweep_operation(w, &OPERATIONS[o], source, fault, name);
        rows_restore(w->store.inner, &start);
        w->now = now;
    }
    rows_free(&start);
}

static void each_allocation_fails(void **state) {
    sweep(*state, MEMORY, FAULT_NONE, "allocation");
}

static void each_random_draw_fails(void **state) {
    sweep(*state, RANDOM, FAULT_NONE, "random");
}

static void each_store_call_fails(void **state) {
    sweep(*state, STORE, FAULT_ERROR, "error");
}

static void each_store_call_has_no_memory(void **state) {
    sweep(*state, STORE, FAULT_NO_MEMORY, "no memory");
}

static void each_store_call_answers_a_hosts_code(void **state) {
    sweep(*state, STORE, FAULT_HOST, "host's code");
}

static void each_store_call_conflicts(void **state) {
    sweep(*state, STORE, FAULT_CONFLICT, "conflict");
}

static void each_store_call_answers_a_positive_status(void **state) {
    sweep(*state, STORE, FAULT_POSITIVE, "positive status");
}

static void each_store_call_answers_a_refusal(void **state) {
    sweep(*state, STORE, FAULT_DENIED, "NCT_E_DENIED");
}

static void each_value_is_truncated(void **state) {
    sweep(*state, STORE, FAULT_TRUNCATED, "truncated");
}

static void each_value_has_a_bit_flipped(void **state) {
    sweep(*state, STORE, FAULT_FLIPPED, "flipped");
}

static void each_value_is_given_twice(void **state) {
    sweep(*state, STORE, FAULT_TWICE, "twice");
}

static void each_commit_is_applied_and_fails(void **state) {
    sweep(*state, STORE, FAULT_APPLIED, "applied");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(each_allocation_fails),
        CASE(each_random_draw_fails),
        CASE(each_store_call_fails),
        CASE(each_store_call_has_no_memory),
        CASE(each_store_call_answers_a_hosts_code),
        CASE(each_store_call_conflicts),
        CASE(each_store_call_answers_a_positive_status),
        CASE(each_store_call_answers_a_refusal),
        CASE(each_value_is_truncated),
        CASE(each_value_has_a_bit_flipped),
        CASE(each_value_is_given_twice),
        CASE(each_commit_is_applied_and_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
