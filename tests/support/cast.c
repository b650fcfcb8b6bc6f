/* What people and operators do in a test world. */
#include "terms.h"
#include "world.h"

#include <stdio.h>

const struct cast OLIVIA = {"olivia.owner", "Olivia", "Owner", "olivia@clinic.example.org", "9195550101"};
const struct cast UMA = {"uma.useradmin", "Uma", "Admin", "uma@clinic.example.org", "9195550102"};
const struct cast FRANK = {"frank.front", "Frank", "Front", "frank@clinic.example.org", "9195550103"};
const struct cast PETRA = {"petra.pharm", "Petra", "Pharm", "petra@clinic.example.org", "9195550104"};
const struct cast OSCAR = {"oscar.other", "Oscar", "Other", "oscar@elsewhere.example.org", "9195550105"};
const struct cast SILAS = {"silas.stranger", "Silas", "Stranger", "silas@far.example.org", "9195550106"};

/* Luhn over 80840 and the digits; the prefix adds 24. */
static char check_digit(const char *nine) {
    int sum = 24;
    for (int i = 0; i < 9; i++) {
        int digit = nine[i] - '0';
        if (i % 2 == 0)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

const char *world_npi(unsigned index) {
    static char ring[16][16];
    static unsigned next;
    char *npi = ring[next++ % 16];
    (void)snprintf(npi, sizeof ring[0], "1555%05u", index % 100000u);
    npi[9] = check_digit(npi);
    npi[10] = '\0';
    return npi;
}

/* The header names the paths of some forms only; the table of fields has them all. */
const char *world_path(int32_t form, const char *suffix) {
    size_t wanted = strlen(suffix);
    for (size_t i = 0; i < nct_field_count(form); i++) {
        const char *path = nct_field_path(form, i);
        size_t len = strlen(path);
        if (len == wanted && strcmp(path, suffix) == 0)
            return path;
        if (len > wanted && path[len - wanted - 1] == '.' && strcmp(path + len - wanted, suffix) == 0)
            return path;
    }
    print_error("form %d has no field ending in %s\n", (int)form, suffix);
    fail();
    return suffix;
}

void world_enrollment_set(nct_form *form, const char *suffix, const char *value) {
    const char *path = world_path(NCT_FORM_ENROLLMENT, suffix);
    expect_status(nct_form_set(form, path, value, strlen(value)), NCT_OK);
}

nct_form *world_enrollment(struct world *w, const char *npi, const char *kind) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_ENROLLMENT, &form), NCT_OK);
    world_enrollment_set(form, "npi", npi);
    world_enrollment_set(form, "kind", kind);
    world_enrollment_set(form, "name", "Made Up Clinic");
    world_enrollment_set(form, "tax_id", "12-3456789");
    world_enrollment_set(form, "email", "office@clinic.example.org");
    world_enrollment_set(form, "phone", "919-555-0100");
    return form;
}

void world_enrollment_designate(nct_form *form, const struct cast *oa, const char *relationship) {
    world_enrollment_set(form, "office_administrator.ncid", oa->ncid);
    world_enrollment_set(form, "office_administrator.first_name", oa->first_name);
    world_enrollment_set(form, "office_administrator.last_name", oa->last_name);
    world_enrollment_set(form, "office_administrator.email", oa->email);
    world_enrollment_set(form, "office_administrator.phone", oa->phone);
    world_enrollment_set(form, "office_administrator.relationship", relationship);
    world_enrollment_set(form, "eft.routing_number", WORLD_ROUTING);
    world_enrollment_set(form, "eft.account_number", WORLD_ACCOUNT);
    world_enrollment_set(form, "eft.account_type", "checking");
    world_enrollment_set(form, "eft.account_holder", "Made Up Clinic");
}

nct_status world_try_enroll(struct world *w, const char *npi, const char *kind, char *code) {
    nct_form *form = world_enrollment(w, npi, kind);
    nct_status status = nct_enrollment_submit(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), code,
                                              NCT_AUTHORIZATION_CODE_LENGTH + 1, NULL);
    nct_form_free(form);
    return status;
}

void world_enroll(struct world *w, const char *npi, const char *kind, char *code) {
    expect_status(world_try_enroll(w, npi, kind, code), NCT_OK);
    assert_int_equal(strlen(code), NCT_AUTHORIZATION_CODE_LENGTH);
}

void world_set(nct_form *form, const char *path, const char *value) {
    expect_status(nct_form_set(form, path, value, strlen(value)), NCT_OK);
}

static void set_person(nct_form *form, const char *group, const struct cast *who) {
    char path[96];
    const char *const fields[][2] = {{"ncid", who->ncid},
                                     {"first_name", who->first_name},
                                     {"last_name", who->last_name},
                                     {"email", who->email},
                                     {"phone", who->phone}};
    for (size_t i = 0; i < 5; i++) {
        (void)snprintf(path, sizeof path, "%s.%s", group, fields[i][0]);
        world_set(form, path, fields[i][1]);
    }
}

nct_form *world_registration(struct world *w, const char *npi, const char *code, const struct cast *oa) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_REGISTRATION, &form), NCT_OK);
    world_set(form, "provider.npi", npi);
    world_set(form, "provider.authorization_code", code);
    set_person(form, "office_administrator", oa);
    world_set(form, "office_administrator.relationship", "owner");
    world_set(form, "eft.routing_number", WORLD_ROUTING);
    world_set(form, "eft.account_number", WORLD_ACCOUNT);
    world_set(form, "eft.account_type", "checking");
    world_set(form, "eft.account_holder", "Made Up Clinic");
    return form;
}

void world_set_user(nct_form *form, unsigned index, const struct cast *who, const char *role, const char *rights) {
    char group[32], path[64];
    (void)snprintf(group, sizeof group, "users[%u]", index);
    set_person(form, group, who);
    (void)snprintf(path, sizeof path, "users[%u].role", index);
    world_set(form, path, role);
    (void)snprintf(path, sizeof path, "users[%u].rights", index);
    world_set(form, path, rights);
}

nct_status world_submit(nct_form *form) {
    nct_problems *problems = NULL;
    nct_status status = nct_registration_submit(form, &problems);
    if (status != NCT_E_PROBLEMS && status != NCT_OK) /* NCT_OK: notes, where something was not taken */
        assert_null(problems);
    assert_true(status != NCT_E_PROBLEMS || nct_problems_count(problems) > 0);
    nct_problems_free(problems);
    return status;
}

void world_register(struct world *w, const char *npi, const struct cast *oa, const struct cast *user,
                    const char *rights) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, npi, "organization", code);
    nct_form *form = world_registration(w, npi, code, oa);
    if (user != NULL)
        world_set_user(form, 0, user, "user", rights);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

/* The code of the problem at a path; NCT_OK where there is none. */
nct_status world_problem_at(nct_form *form, const char *path) {
    nct_problems *problems = NULL;
    nct_status found = NCT_OK;
    nct_status status = nct_form_validate(form, &problems);
    assert_true(status == NCT_OK || status == NCT_E_PROBLEMS);
    for (size_t i = 0; i < nct_problems_count(problems) && found == NCT_OK; i++)
        if (strcmp(nct_problems_path(problems, i), path) == 0)
            found = nct_problems_code(problems, i);
    nct_problems_free(problems);
    return found;
}

void world_user_set(nct_form *user, const char *suffix, const char *value) {
    expect_status(nct_form_set(user, world_path(NCT_FORM_USER, suffix), value, strlen(value)), NCT_OK);
}

nct_form *world_user(struct world *w, const struct cast *who, const char *role, const char *rights) {
    nct_form *user = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_USER, &user), NCT_OK);
    world_user_set(user, "ncid", who->ncid);
    world_user_set(user, "first_name", who->first_name);
    world_user_set(user, "last_name", who->last_name);
    world_user_set(user, "email", who->email);
    world_user_set(user, "phone", who->phone);
    world_user_set(user, "role", role);
    world_user_set(user, "rights", rights);
    return user;
}

nct_status world_add_user(struct world *w, const char *by, const char *npi, const struct cast *who, const char *role,
                          const char *rights) {
    nct_form *user = world_user(w, who, role, rights);
    nct_status status = nct_user_add(user, by, strlen(by), npi, strlen(npi), NULL);
    nct_form_free(user);
    return status;
}

nct_status world_grant(struct world *w, const char *by, const char *npi, const char *ncid, int32_t role,
                       uint64_t rights) {
    return terms_grant(w->portal, by, npi, &(struct terms){.ncid = ncid, .role = role, .rights = rights});
}

nct_status world_revoke(struct world *w, const char *by, const char *npi, const char *ncid) {
    return nct_access_revoke(w->portal, by, strlen(by), npi, strlen(npi), ncid, strlen(ncid));
}

nct_status world_check(struct world *w, const char *ncid, const char *npi, int32_t right) {
    return nct_access_check(w->portal, npi, strlen(npi), ncid, strlen(ncid), right);
}

void world_set_password(struct world *w, const char *ncid, const char *password) {
    expect_status(nct_password_set(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), ncid, strlen(ncid), password,
                                   strlen(password)),
                  NCT_OK);
}

/* May fail anywhere: sweeps use it too. */
nct_status world_list_principal(struct world *w, const char *npi, const struct cast *who, const char *relationships,
                                int64_t valid_from, int64_t valid_until) {
    const char *const fields[][2] = {{"ncid", who->ncid},
                                     {"relationships", relationships},
                                     {"first_name", who->first_name},
                                     {"last_name", who->last_name},
                                     {"email", who->email}};
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_PRINCIPAL, &form);
    for (size_t i = 0; i < 5 && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_principal_put(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), npi, strlen(npi), valid_from,
                                   valid_until, NULL);
    nct_form_free(form);
    return status;
}

nct_status world_unlist_principal(struct world *w, const char *npi, const char *ncid) {
    return nct_principal_remove(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), npi, strlen(npi), ncid,
                                strlen(ncid));
}

nct_status world_change_contact(struct world *w, const char *by, const char *npi, const char *ncid, const char *path,
                                const char *value) {
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_CONTACT, &form);
    if (status == NCT_OK)
        status = nct_form_set(form, path, value, strlen(value));
    if (status == NCT_OK)
        status = nct_contact_change(form, by, strlen(by), npi, npi != NULL ? strlen(npi) : 0, ncid, strlen(ncid), NULL);
    nct_form_free(form);
    return status;
}

nct_status world_back_up(struct world *w, const char *npi, const char *ncid) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    const char *const values[][2] = {{"provider.npi", npi},
                                     {"provider.authorization_code", code},
                                     {"request.role", "backup_office_administrator"},
                                     {"office_administrator.ncid", ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "managing_employee"}};
    nct_form *form = NULL;
    expect_status(
        nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), npi, strlen(npi), code, sizeof code),
        NCT_OK);
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        expect_status(nct_form_set(form, values[i][0], values[i][1], strlen(values[i][1])), NCT_OK);
    nct_status status = nct_oa_change_submit(form, NULL, NULL);
    nct_form_free(form);
    if (status != NCT_OK)
        return status;
    return nct_oa_change_approve(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), npi, strlen(npi), "no finding", 10);
}
