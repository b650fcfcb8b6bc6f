#include "fixture.h"

#include "bench.h"

#include <nctracks/mailer.h>
#include <nctracks/option.h>

#include <stdio.h>
#include <string.h>

#define OPERATOR "bench"

static nct_status keep_pin(const nct_mail *mail, void *user_data) {
    struct fixture *fixture = user_data;
    for (size_t i = 0; i < nct_mail_parameter_count(mail); i++)
        if (strcmp(nct_mail_parameter_name(mail, i), "pin") == 0)
            snprintf(fixture->pin, sizeof fixture->pin, "%s", nct_mail_parameter_value(mail, i));
    return NCT_OK;
}

static void set_mailer(nct_config *config, struct fixture *fixture) {
    nct_mailer mailer;
    bench_require(nct_mailer_init(&mailer, sizeof mailer), "nct_mailer_init");
    mailer.send = keep_pin;
    bench_require(nct_config_set_mailer(config, &mailer, fixture), "nct_config_set_mailer");
}

static void set_cheap_policy(nct_config *config) {
    nct_policy *policy = NULL;
    bench_require(nct_policy_new("2013", &policy), "nct_policy_new");
    bench_require(nct_policy_set(policy, NCT_OPTION_TESTING, 1), "testing");
    bench_require(nct_policy_set(policy, NCT_OPTION_KDF_MEMORY, 8), "KDF memory");
    bench_require(nct_policy_set(policy, NCT_OPTION_KDF_PASSES, 1), "KDF passes");
    bench_require(nct_policy_set(policy, NCT_OPTION_REQUESTS_DRAFT, 100000), "drafts in a day");
    bench_require(nct_config_set_policy(config, policy), "nct_config_set_policy");
    nct_policy_free(policy);
}

void fixture_open(struct fixture *fixture, const nct_store *functions, void *store, enum fixture_cost cost) {
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = "a master key for benchmarks only";
    nct_config *config = NULL;
    *fixture = (struct fixture){.portal = NULL};
    bench_require(nct_config_new(&config), "nct_config_new");
    bench_require(nct_config_set_master_key(config, key, sizeof key), "nct_config_set_master_key");
    if (functions != NULL)
        bench_require(nct_config_set_store(config, functions, store), "nct_config_set_store");
    if (cost == FIXTURE_CHEAP)
        set_cheap_policy(config);
    else
        set_mailer(config, fixture);
    bench_require(nct_portal_open(config, &fixture->portal), "nct_portal_open");
    nct_config_free(config);
}

void fixture_close(struct fixture *fixture) {
    nct_portal_close(fixture->portal);
    fixture->portal = NULL;
}

/* Luhn over 80840 and the digits; the prefix adds 24. */
static char check_digit(const char nine[9]) {
    int sum = 24;
    for (int i = 0; i < 9; i++) {
        int digit = nine[i] - '0';
        if (i % 2 == 0)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

void fixture_npi(size_t index, char npi[11]) {
    memcpy(npi, "150000000", 9);
    for (size_t i = 9; i-- > 2; index /= 10)
        npi[i] = (char)('0' + index % 10);
    npi[9] = check_digit(npi);
    npi[10] = '\0';
}

static void enroll(struct fixture *fixture, const char *npi, char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]) {
    const char *const fields[][2] = {{"provider.npi", npi},
                                     {"provider.kind", "organization"},
                                     {"provider.name", "Made Up Clinic"},
                                     {"provider.tax_id", "123456789"},
                                     {"provider.email", "office@example.org"},
                                     {"provider.phone", "9195550100"}};
    nct_form *form = NULL;
    bench_require(nct_form_new(fixture->portal, NCT_FORM_ENROLLMENT, &form), "nct_form_new");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        bench_require(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), fields[i][0]);
    bench_require(
        nct_enrollment_submit(form, OPERATOR, strlen(OPERATOR), code, NCT_AUTHORIZATION_CODE_LENGTH + 1, NULL),
        "nct_enrollment_submit");
    nct_form_free(form);
}

static void set(nct_form *form, const char *group, const char *field, const char *value) {
    char path[64];
    snprintf(path, sizeof path, "%s.%s", group, field);
    bench_require(nct_form_set(form, path, value, strlen(value)), path);
}

static void set_person(nct_form *form, const char *group, const char *ncid) {
    char email[64];
    snprintf(email, sizeof email, "%s@example.org", ncid);
    set(form, group, "ncid", ncid);
    set(form, group, "first_name", "Made");
    set(form, group, "last_name", "Up");
    set(form, group, "email", email);
    set(form, group, "phone", "9195550101");
}

nct_form *fixture_registration(struct fixture *fixture, const char *npi, const char *oa_ncid) {
    nct_form *form = NULL;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    enroll(fixture, npi, code);
    bench_require(nct_form_new(fixture->portal, NCT_FORM_REGISTRATION, &form), "nct_form_new");
    set(form, "provider", "npi", npi);
    set(form, "provider", "authorization_code", code);
    set_person(form, "office_administrator", oa_ncid);
    set(form, "office_administrator", "relationship", "owner");
    set(form, "eft", "routing_number", "123456780");
    set(form, "eft", "account_number", "000123456789");
    set(form, "eft", "account_type", "checking");
    set(form, "eft", "account_holder", "Made Up Clinic");
    return form;
}

void fixture_add_user(nct_form *form, size_t index, const char *ncid, const char *rights) {
    char group[32];
    snprintf(group, sizeof group, "users[%zu]", index);
    set_person(form, group, ncid);
    set(form, group, "role", "user");
    set(form, group, "rights", rights);
}

void fixture_register(nct_form *form) {
    bench_require(nct_registration_submit(form, NULL), "nct_registration_submit");
    nct_form_free(form);
}
