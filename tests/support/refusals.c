#include "refusals.h"

#include <stdio.h>

#define HOUR INT64_C(3600000)
#define UNKNOWN "nobody.here" /* as long as PETRA's */
#define BY_PIN (REFUSAL_SIGN | REFUSAL_PERIOD)
#define BY_PASSWORD (REFUSAL_SIGN | REFUSAL_RESET | REFUSAL_EFT | REFUSAL_REPUDIATE)
#define BY_SIGN_IN (REFUSAL_SIGN_IN | REFUSAL_CHANGE) /* access is not asked for */
#define EVERYWHERE (BY_PASSWORD | BY_PIN | REFUSAL_OA | REFUSAL_CONTACT | BY_SIGN_IN | REFUSAL_RESET_CODE)

static void wrong_pin(struct world *w, struct refusal_try *attempt) {
    (void)w;
    strcpy(attempt->pin, world_wrong_pin(attempt->pin));
}

static void wrong_password(struct world *w, struct refusal_try *attempt) {
    (void)w;
    strcpy(attempt->password, "incorrect horse battery");
    attempt->password[strlen(WORLD_PASSWORD)] = '\0';
}

static void both_wrong(struct world *w, struct refusal_try *attempt) {
    wrong_pin(w, attempt);
    wrong_password(w, attempt);
}

static void unknown(struct world *w, struct refusal_try *attempt) {
    (void)w;
    attempt->ncid = UNKNOWN;
}

static void unknown_and_wrong(struct world *w, struct refusal_try *attempt) {
    unknown(w, attempt);
    both_wrong(w, attempt);
}

static void unknown_again(struct world *w, struct refusal_try *attempt) {
    unknown(w, attempt);
    expect_status(world_sign_pa(w, UNKNOWN, attempt->password, attempt->pin), NCT_E_DENIED);
    expect_status(world_sign_pa(w, UNKNOWN, attempt->password, attempt->pin), NCT_E_DENIED);
}

static void suspended(struct world *w, struct refusal_try *attempt) {
    (void)attempt;
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
}

static void lost(struct world *w, struct refusal_try *attempt) {
    (void)attempt;
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
}

static void wrong_tries(struct world *w, const struct refusal_try *attempt, int count, int64_t apart) {
    for (int i = 0; i < count; i++, world_advance(w, apart))
        expect_status(world_sign_pa(w, PETRA.ncid, attempt->password, world_wrong_pin(attempt->pin)), NCT_E_DENIED);
}

static void disabled(struct world *w, struct refusal_try *attempt) {
    wrong_tries(w, attempt, 10, 2 * HOUR);
}

static void waiting(struct world *w, struct refusal_try *attempt) {
    wrong_tries(w, attempt, 3, 0);
}

static void wrong_passwords(struct world *w, const struct refusal_try *attempt, int count, int64_t apart) {
    for (int i = 0; i < count; i++, world_advance(w, apart))
        expect_status(world_sign_pa(w, PETRA.ncid, "wrong", attempt->pin), NCT_E_DENIED);
}

static void password_disabled(struct world *w, struct refusal_try *attempt) {
    wrong_passwords(w, attempt, 12, 2 * HOUR);
}

static void password_waiting(struct world *w, struct refusal_try *attempt) {
    wrong_passwords(w, attempt, 3, 0);
}

static void no_password(struct world *w, struct refusal_try *attempt) {
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
    attempt->ncid = SILAS.ncid;
}

static void left(struct world *w, struct refusal_try *attempt) {
    (void)attempt;
    expect_status(nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid, strlen(PETRA.ncid),
                                   "petra.later", 11, "lost", 4),
                  NCT_OK);
}

static void merged(struct world *w, struct refusal_try *attempt) {
    (void)attempt;
    expect_status(nct_person_merge(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid, strlen(PETRA.ncid),
                                   FRANK.ncid, strlen(FRANK.ncid), "twice", 5),
                  NCT_OK);
}

static void wrong_token(struct world *w, struct refusal_try *attempt) {
    (void)w;
    attempt->token[0] = attempt->token[0] == '0' ? '1' : '0';
}

static void period_over(struct world *w, struct refusal_try *attempt) {
    (void)attempt;
    world_advance(w, 24 * HOUR);
}

static void nothing_waits(struct world *w, struct refusal_try *attempt) {
    (void)attempt;
    expect_status(
        nct_contact_withdraw(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid, strlen(PETRA.ncid), "x", 1),
        NCT_OK);
}

static void anothers_code(struct world *w, struct refusal_try *attempt) {
    (void)w;
    attempt->ncid = FRANK.ncid;
}

static void wrong_code(struct world *w, struct refusal_try *attempt) {
    (void)w;
    attempt->code[0] = attempt->code[0] == '0' ? '1' : '0';
}

static void unknown_provider(struct world *w, struct refusal_try *attempt) {
    (void)w;
    attempt->npi = world_npi(77);
}

const struct refusal_reason REFUSAL_REASONS[] = {
    {"wrong PIN", BY_PIN, wrong_pin},
    {"wrong password", BY_PASSWORD | BY_SIGN_IN | REFUSAL_OA, wrong_password},
    {"both wrong", REFUSAL_SIGN, both_wrong},
    {"wrong token", REFUSAL_PERIOD | REFUSAL_CONTACT | REFUSAL_RESET_CODE, wrong_token},
    {"period over", REFUSAL_PERIOD, period_over},
    {"nothing waits", REFUSAL_CONTACT, nothing_waits},
    {"another's code", REFUSAL_RESET_CODE, anothers_code},
    {"unknown NCID", EVERYWHERE & ~(unsigned)REFUSAL_OA, unknown},
    {"unknown NCID, as OA", REFUSAL_OA | REFUSAL_OWN, unknown},
    {"unknown NCID, all wrong", BY_PASSWORD | BY_SIGN_IN | REFUSAL_OA, unknown_and_wrong},
    {"unknown NCID, tried before", EVERYWHERE & ~(unsigned)REFUSAL_OA, unknown_again},
    {"NCID left", EVERYWHERE & ~(unsigned)REFUSAL_OA, left},
    {"NCID left, as OA", REFUSAL_OA | REFUSAL_OWN, left},
    {"merged", EVERYWHERE & ~(unsigned)REFUSAL_OA, merged},
    {"no access", BY_PASSWORD | REFUSAL_PERIOD, suspended},
    {"PIN lost", BY_PIN, lost},
    {"PIN disabled", BY_PIN, disabled},
    {"PIN must wait", BY_PIN, waiting},
    {"password disabled", BY_PASSWORD | BY_SIGN_IN | REFUSAL_OA | REFUSAL_OWN, password_disabled},
    {"password must wait", BY_PASSWORD | BY_SIGN_IN | REFUSAL_OA | REFUSAL_OWN, password_waiting},
    {"no password", BY_PASSWORD | BY_SIGN_IN | REFUSAL_OA | REFUSAL_OWN, no_password},
    {"wrong code", REFUSAL_OA, wrong_code},
    {"unknown provider", REFUSAL_OA, unknown_provider},
};
const size_t REFUSAL_REASON_COUNT = sizeof REFUSAL_REASONS / sizeof REFUSAL_REASONS[0];

const char *refusal_entry_name(enum refusal_entry entry) {
    static const char *const names[REFUSAL_ENTRIES] = {"sign",      "sign in a period", "reset",           "EFT change",
                                                       "repudiate", "OA change",        "contact confirm", "sign in",
                                                       "change",    "reset by code"};
    for (int i = 0; i < REFUSAL_ENTRIES; i++)
        if ((unsigned)entry == 1u << i)
            return names[i];
    return NULL;
}

static void sign_once(struct world *w, struct refusal_try *attempt) {
    nct_signature *made = NULL;
    expect_status(
        world_sign(w, PETRA.ncid, WORLD_PASSWORD, attempt->pin, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA, &made), NCT_OK);
    strcpy(attempt->signature, nct_signature_id(made));
    strcpy(attempt->token, nct_signature_period(made));
    nct_signature_free(made);
}

static void begin_period(struct world *w, struct refusal_try *attempt) {
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    world_reopen(w);
    sign_once(w, attempt);
}

static void ask_for_change(struct world *w, struct refusal_try *attempt) {
    expect_status(world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "email", "petra@new.example.org"), NCT_OK);
    strcpy(attempt->token, world_mail_to(w, PETRA.ncid)->token);
}

static void ask_for_code(struct world *w, struct refusal_try *attempt) {
    expect_status(nct_password_forgotten(w->portal, PETRA.ncid, strlen(PETRA.ncid)), NCT_OK);
    expect_status(nct_mail_flush(w->portal, 10, NULL, NULL), NCT_OK);
    strcpy(attempt->token, world_mail_to(w, PETRA.ncid)->token);
}

static void renew_code(struct world *w, struct refusal_try *attempt) {
    expect_status(nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10,
                                          attempt->code, sizeof attempt->code),
                  NCT_OK);
}

struct world *refusal_world(enum refusal_entry entry, const struct refusal_reason *reason, int identity,
                            struct refusal_try *attempt) {
    void *state = NULL;
    assert_int_equal((identity ? world_setup_clinic_with_identity : world_setup_clinic)(&state), 0);
    struct world *w = state;
    *attempt = (struct refusal_try){.ncid = PETRA.ncid, .npi = NPI_CLINIC, .password = WORLD_PASSWORD};
    strcpy(attempt->pin, world_pin_of(w, PETRA.ncid));
    if (entry == REFUSAL_PERIOD)
        begin_period(w, attempt);
    if (entry == REFUSAL_REPUDIATE)
        sign_once(w, attempt);
    if (entry == REFUSAL_CONTACT)
        ask_for_change(w, attempt);
    if (entry == REFUSAL_OA)
        renew_code(w, attempt);
    if (entry == REFUSAL_RESET_CODE)
        ask_for_code(w, attempt);
    reason->prepare(w, attempt);
    return w;
}

static nct_status run_sign(struct world *w, const struct refusal_try *attempt, int period) {
    nct_signature *made = NULL;
    nct_form *signing = world_signing(w, attempt->ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    if (!period)
        world_signing_secrets(signing, attempt->password, attempt->pin);
    else {
        expect_status(nct_form_set(signing, "signer.period", attempt->token, strlen(attempt->token)), NCT_OK);
        expect_status(nct_form_set(signing, "signer.pin", attempt->pin, strlen(attempt->pin)), NCT_OK);
    }
    nct_status status = nct_sign(signing, NULL, &made);
    nct_signature_free(made);
    nct_form_free(signing);
    return status;
}

static nct_status run_eft(struct world *w, const struct refusal_try *attempt) {
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"requester.ncid", attempt->ncid},
                                     {"requester.password", attempt->password},
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

static nct_status run_oa(struct world *w, const struct refusal_try *attempt) {
    const char *const fields[][2] = {{"provider.npi", attempt->npi},
                                     {"provider.authorization_code", attempt->code},
                                     {"office_administrator.ncid", attempt->ncid},
                                     {"office_administrator.password", attempt->password},
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

static nct_status run_sign_in(struct world *w, const struct refusal_try *attempt) {
    nct_session *session = NULL;
    nct_status status = nct_sign_in(w->portal, attempt->ncid, strlen(attempt->ncid), attempt->password,
                                    strlen(attempt->password), NULL, 0, &session);
    nct_session_free(session);
    return status;
}

#define CHOSEN "another horse battery"

nct_status refusal_run(struct world *w, enum refusal_entry entry, const struct refusal_try *attempt) {
    const char *ncid = attempt->ncid, *password = attempt->password;
    switch (entry) {
    case REFUSAL_RESET:
        return nct_pin_reset(w->portal, ncid, strlen(ncid), password, strlen(password));
    case REFUSAL_EFT:
        return run_eft(w, attempt);
    case REFUSAL_REPUDIATE:
        return nct_signature_repudiate(w->portal, ncid, strlen(ncid), NPI_CLINIC, 10, attempt->signature,
                                       strlen(attempt->signature), password, strlen(password), "not I", 5);
    case REFUSAL_OA:
        return run_oa(w, attempt);
    case REFUSAL_CONTACT:
        return nct_contact_confirm(w->portal, ncid, strlen(ncid), attempt->token, strlen(attempt->token));
    case REFUSAL_SIGN_IN:
        return run_sign_in(w, attempt);
    case REFUSAL_CHANGE:
        return nct_password_change(w->portal, ncid, strlen(ncid), password, strlen(password), CHOSEN, strlen(CHOSEN));
    case REFUSAL_RESET_CODE:
        return nct_password_reset(w->portal, ncid, strlen(ncid), attempt->token, strlen(attempt->token), CHOSEN,
                                  strlen(CHOSEN));
    default:
        return run_sign(w, attempt, entry == REFUSAL_PERIOD);
    }
}
