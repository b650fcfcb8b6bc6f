/* kill -9 at every store call of what changes people and who stands on a record: before or after, never between. */
#include "agreements.h"
#include "deed.h"

#define BY(person) (person).ncid, strlen((person).ncid)
#define CLINIC NPI_CLINIC, 10
#define OPERATOR WORLD_OPERATOR, strlen(WORLD_OPERATOR)
#define REASON "seen in person", 14

static nct_status run_enrollment_submit(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    return world_try_enroll(w, world_npi(3), "organization", code);
}

/* One with an Office Administrator, one refused, one without. */
static nct_status run_enrollment_submit_many(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_code answers[3];
    nct_form *forms[] = {world_enrollment(w, world_npi(4), "organization"),
                         world_enrollment(w, NPI_CLINIC, "organization"),
                         world_enrollment(w, world_npi(5), "organization")};
    world_enrollment_designate(forms[0], &OSCAR, "owner");
    nct_status status = NCT_OK;
    for (size_t i = 0; i < 3 && status == NCT_OK; i++)
        status = nct_enrollment_code(forms[i], code, sizeof code);
    if (status == NCT_OK)
        status = nct_enrollment_submit_many(w->portal, OPERATOR, 3, forms, answers, NULL);
    for (size_t i = 0; i < 3; i++)
        nct_form_free(forms[i]);
    return status == NCT_OK ? answers[0] : status;
}

/* A new Office Administrator and a new user. */
static nct_status run_registration_submit(struct world *w) {
    nct_form *form = world_registration(w, world_npi(2), deed_code, &OSCAR);
    world_set_user(form, 0, &SILAS, "user", "training");
    nct_status status = world_submit(form);
    nct_form_free(form);
    return status;
}

static nct_status run_person_add(struct world *w) {
    const char *const fields[][2] = {{"ncid", SILAS.ncid},
                                     {"first_name", SILAS.first_name},
                                     {"last_name", SILAS.last_name},
                                     {"email", SILAS.email},
                                     {"phone", SILAS.phone}};
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_PERSON, &form);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_person_add(form, OPERATOR, REASON, NULL);
    nct_form_free(form);
    return status;
}

static nct_status run_provider_renew_code(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    return nct_provider_renew_code(w->portal, OPERATOR, world_npi(2), 10, code, sizeof code);
}

static nct_status run_password_set(struct world *w) {
    return nct_password_set(w->portal, OPERATOR, BY(PETRA), "another password", 16);
}

static nct_status run_pin_reset(struct world *w) {
    return nct_pin_reset(w->portal, BY(PETRA), WORLD_PASSWORD, strlen(WORLD_PASSWORD));
}

static nct_status run_pin_reset_by_administrator(struct world *w) {
    return nct_pin_reset_by_administrator(w->portal, BY(OLIVIA), CLINIC, BY(PETRA));
}

static nct_status run_pin_reset_by_operator(struct world *w) {
    return nct_pin_reset_by_operator(w->portal, OPERATOR, BY(PETRA), REASON);
}

static nct_status run_pin_report_lost(struct world *w) {
    return world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid);
}

static nct_status run_pin_report_lost_by_operator(struct world *w) {
    return nct_pin_report_lost_by_operator(w->portal, OPERATOR, BY(PETRA), REASON);
}

static nct_status run_person_set_language(struct world *w) {
    return nct_person_set_language(w->portal, BY(PETRA), "es");
}

#define NEW_ADDRESS "petra@new.example.org"

static nct_status run_contact_change(struct world *w) {
    return world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "email", NEW_ADDRESS);
}

static nct_status run_contact_change_by_operator(struct world *w) {
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_CONTACT, &form);
    if (status == NCT_OK)
        status = nct_form_set(form, "email", NEW_ADDRESS, strlen(NEW_ADDRESS));
    if (status == NCT_OK)
        status = nct_contact_change_by_operator(form, OPERATOR, BY(PETRA), REASON, NULL);
    nct_form_free(form);
    return status;
}

static void prepare_contact_confirm(struct world *w) {
    expect_status(run_contact_change(w), NCT_OK);
    for (size_t i = 0; i < w->mailer.count; i++)
        if (w->mailer.mails[i].token[0] != '\0')
            strcpy(deed_note, w->mailer.mails[i].token);
}

static nct_status run_contact_confirm(struct world *w) {
    return nct_contact_confirm(w->portal, BY(PETRA), deed_note, strlen(deed_note));
}

#define prepare_contact_confirm_by_operator prepare_contact_confirm

static nct_status run_contact_confirm_by_operator(struct world *w) {
    return nct_contact_confirm_by_operator(w->portal, OPERATOR, BY(PETRA), NEW_ADDRESS, strlen(NEW_ADDRESS), REASON);
}

#define prepare_contact_withdraw prepare_contact_confirm

static nct_status run_contact_withdraw(struct world *w) {
    return nct_contact_withdraw(w->portal, OPERATOR, BY(PETRA), REASON);
}

/* SILAS was added with an address that is not his, and becomes the Office Administrator of another provider with his
 * own. */
static void prepare_contact_settle_contested(struct world *w) {
    struct cast silas = SILAS;
    silas.email = "silas@thief.example.org";
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &silas, "user", "training"), NCT_OK);
    world_set_password(w, SILAS.ncid, WORLD_PASSWORD);
    nct_form *form = world_registration(w, world_npi(2), deed_code, &SILAS);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static nct_status run_contact_settle_contested(struct world *w) {
    return nct_contact_settle_contested(w->portal, BY(SILAS), WORLD_PASSWORD, strlen(WORLD_PASSWORD), SILAS.email,
                                        strlen(SILAS.email));
}

static nct_status change_provider(struct world *w, const char *email, int by_operator) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_PROVIDER, &form), NCT_OK);
    expect_status(nct_form_set(form, "email", email, strlen(email)), NCT_OK);
    expect_status(nct_form_set(form, "name", "Another Clinic", 14), NCT_OK);
    nct_status status = by_operator ? nct_provider_change_by_operator(form, OPERATOR, CLINIC, REASON, NULL)
                                    : nct_provider_change(form, BY(OLIVIA), CLINIC, NULL);
    nct_form_free(form);
    return status;
}

static nct_status run_provider_change(struct world *w) {
    return change_provider(w, "office@new.example.org", 0);
}

static nct_status run_provider_change_by_operator(struct world *w) {
    return change_provider(w, "office@new.example.org", 1);
}

static nct_status run_message_mark(struct world *w) {
    nct_message_list *list = NULL;
    nct_status status = nct_message_list_page(w->portal, BY(PETRA), NULL, 0, 1, &list);
    const char *id = nct_message_list_id(list, 0);
    if (status == NCT_OK)
        status = nct_message_mark(w->portal, BY(PETRA), id, id != NULL ? strlen(id) : 0, 1);
    nct_message_list_free(list);
    return status;
}

static nct_status run_principal_put(struct world *w) {
    return world_list_principal(w, NPI_CLINIC, &PETRA, "owner", 0, 0);
}

static void prepare_principal_remove(struct world *w) {
    expect_status(run_principal_put(w), NCT_OK);
}

static nct_status run_principal_remove(struct world *w) {
    return world_unlist_principal(w, NPI_CLINIC, PETRA.ncid);
}

static nct_status run_person_rekey(struct world *w) {
    return nct_person_rekey(w->portal, OPERATOR, BY(PETRA), "petra.again", 11, REASON);
}

/* FRANK and PETRA are one: what both have at the clinic becomes one. */
static nct_status run_person_merge(struct world *w) {
    return nct_person_merge(w->portal, OPERATOR, BY(FRANK), BY(PETRA), REASON);
}

static void each_change_is_whole(void **state) {
    static const struct deed deeds[] = {
        DEED_ALONE(enrollment_submit),
        DEED_ALONE(enrollment_submit_many),
        DEED_ALONE(registration_submit),
        DEED_ALONE(person_add),
        DEED_ALONE(provider_renew_code),
        DEED_ALONE(password_set),
        DEED_ALONE(message_mark),
        DEED_ALONE(provider_change),
        DEED_ALONE(provider_change_by_operator),
        DEED_ALONE(pin_reset),
        DEED_ALONE(pin_reset_by_administrator),
        DEED_ALONE(pin_reset_by_operator),
        DEED_ALONE(pin_report_lost),
        DEED_ALONE(pin_report_lost_by_operator),
        DEED_ALONE(person_set_language),
        DEED_ALONE(contact_change),
        DEED_ALONE(contact_change_by_operator),
        DEED(contact_confirm),
        DEED(contact_confirm_by_operator),
        DEED(contact_withdraw),
        DEED(contact_settle_contested),
        DEED_ALONE(principal_put),
        DEED(principal_remove),
        DEED_ALONE(person_rekey),
        DEED_ALONE(person_merge),
    };
    (void)state;
    deeds_crash(deeds, sizeof deeds / sizeof deeds[0]);
}

static void prepare_agreement_accept(struct world *w) {
    agreements_ask(w, AGREEMENT_VERSION, AGREEMENT_TEXT);
}

static nct_status run_agreement_accept(struct world *w) {
    return agreements_accept(w, NULL, NULL, world_pin_of(w, PETRA.ncid));
}

/* By itself: nothing else is signed in a portal that asks for an agreement. */
static void accepting_an_agreement_is_whole(void **state) {
    static const struct deed deeds[] = {DEED(agreement_accept)};
    (void)state;
    deeds_crash(deeds, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_change_is_whole),
                                       cmocka_unit_test(accepting_an_agreement_is_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
