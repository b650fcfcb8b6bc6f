/* A program of a user of the library: identifiers, one provider enrolled and registered, one question of access. */
#include <nctracks.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NPI "1234567893"

struct field {
    const char *path, *value;
};

static const struct field enrollment_fields[] = {
    {"provider.npi", NPI},
    {"provider.kind", "organization"},
    {"provider.name", "Elm Street Clinic"},
    {"provider.tax_id", "12-3456789"},
    {"provider.email", "office@example.org"},
    {"provider.phone", "919-555-0100"},
};

static const struct field registration_fields[] = {
    {"office_administrator.ncid", "olivia.owner"},
    {"office_administrator.first_name", "Olivia"},
    {"office_administrator.last_name", "Owner"},
    {"office_administrator.email", "olivia@example.org"},
    {"office_administrator.phone", "919-555-0101"},
    {"office_administrator.relationship", "owner"},
    {"eft.routing_number", "123456780"},
    {"eft.account_number", "000123456789"},
    {"eft.account_type", "checking"},
    {"eft.account_holder", "Elm Street Clinic"},
    {"users[0].ncid", "frank.front"},
    {"users[0].first_name", "Frank"},
    {"users[0].last_name", "Front"},
    {"users[0].email", "frank@example.org"},
    {"users[0].phone", "919-555-0102"},
    {"users[0].role", "user"},
    {"users[0].rights", "eligibility.inquiry"},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void expect(nct_status status, nct_status wanted, const char *what) {
    if (status == wanted)
        return;
    fprintf(stderr, "%s: %s, not %s\n", what, nct_status_name(status), nct_status_name(wanted));
    exit(1);
}

static void show(const nct_problems *problems) {
    for (size_t i = 0; i < nct_problems_count(problems); i++)
        printf("%s: %s\n", nct_problems_path(problems, i), nct_problems_message(problems, i));
}

static nct_status check(nct_portal *portal, const char *ncid, int32_t right) {
    return nct_access_check(portal, NPI, strlen(NPI), ncid, strlen(ncid), right);
}

static void enroll(nct_portal *portal, char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]) {
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    expect(nct_form_new(portal, NCT_FORM_ENROLLMENT, &form), NCT_OK, "nct_form_new");
    for (size_t i = 0; i < COUNT(enrollment_fields); i++) {
        const struct field *field = &enrollment_fields[i];
        expect(nct_form_set(form, field->path, field->value, strlen(field->value)), NCT_OK, field->path);
    }
    nct_status status = nct_enrollment_submit(form, "consumer", 8, code, NCT_AUTHORIZATION_CODE_LENGTH + 1, &problems);
    show(problems);
    expect(status, NCT_OK, "nct_enrollment_submit");
    nct_problems_free(problems);
    nct_form_free(form);
}

static void register_provider(nct_portal *portal, const char *code) {
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    expect(nct_form_new(portal, NCT_FORM_REGISTRATION, &form), NCT_OK, "nct_form_new");
    expect(nct_form_set(form, "provider.npi", NPI, strlen(NPI)), NCT_OK, "provider.npi");
    expect(nct_form_set(form, "provider.authorization_code", code, strlen(code)), NCT_OK, "the code");
    for (size_t i = 0; i < COUNT(registration_fields); i++) {
        const struct field *field = &registration_fields[i];
        expect(nct_form_set(form, field->path, field->value, strlen(field->value)), NCT_OK, field->path);
    }
    nct_status status = nct_registration_submit(form, &problems);
    show(problems);
    expect(status, NCT_OK, "nct_registration_submit");
    nct_problems_free(problems);
    nct_form_free(form);
}

static void identifiers(void) {
    expect(nct_ident_check(NCT_IDENT_NPI, NPI, strlen(NPI)), NCT_OK, "an NPI");
    expect(nct_ident_check(NCT_IDENT_NPI, "1234567890", 10), NCT_E_CHECK_DIGIT, "an NPI with a wrong digit");
}

static nct_portal *open_portal(void) {
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    unsigned char key[NCT_MASTER_KEY_BYTES];
    memset(key, 0x5a, sizeof key);
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    nct_config_free(config);
    return portal;
}

int main(void) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1] = "";
    identifiers();
    nct_portal *portal = open_portal();
    enroll(portal, code);
    register_provider(portal, code);
    expect(check(portal, "frank.front", NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK, "what was granted");
    expect(check(portal, "frank.front", NCT_RIGHT_CLAIM_SUBMIT), NCT_E_RIGHT_MISSING, "what was not");
    expect(check(portal, "silas.stranger", NCT_RIGHT_CLAIM_SUBMIT), NCT_E_NOT_PROVISIONED, "a stranger");
    nct_portal_close(portal);
    printf("nctracks %s from C\n", nct_version());
    return 0;
}
