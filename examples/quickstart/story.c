#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void expect(nct_status status, nct_status wanted, const char *what) {
    if (status == wanted)
        return;
    fprintf(stderr, "%s: %s, not %s\n", what, nct_status_name(status), nct_status_name(wanted));
    exit(1);
}

nct_form *filled(nct_portal *portal, int32_t kind, size_t count, const nct_form_field *fields) {
    nct_form *form = NULL;
    expect(nct_form_new(portal, kind, &form), NCT_OK, "nct_form_new");
    expect(nct_form_fill(form, count, fields), NCT_OK, "nct_form_fill");
    return form;
}

void take_pin(nct_portal *portal, char pin[PIN_ROOM]) {
    nct_mail *mail = NULL;
    while (nct_mail_claim(portal, NULL, 0, &mail) == NCT_OK) {
        const char *sent = nct_mail_parameter(mail, "pin");
        if (sent != NULL)
            snprintf(pin, PIN_ROOM, "%s", sent);
        expect(nct_mail_accept(mail), NCT_OK, "nct_mail_accept");
        nct_mail_free(mail);
    }
}

void enroll_clinic(nct_portal *portal) {
    static const nct_form_field fields[] = {
        {"provider.npi", CLINIC},
        {"provider.kind", "organization"},
        {"provider.name", "Elm Street Clinic"},
        {"provider.tax_id", "12-3456789"},
        {"provider.email", "office@example.org"},
        {"provider.phone", "919-555-0100"},
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
    };
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = filled(portal, NCT_FORM_ENROLLMENT, COUNT(fields), fields);
    nct_status status = nct_enrollment_submit(form, NCT_TEXT("quickstart"), code, sizeof code, NULL);
    expect(status, NCT_OK, "nct_enrollment_submit");
    nct_form_free(form);
}

void add_user(nct_portal *portal, const char *ncid, const char *first_name, const char *last_name, const char *rights) {
    char email[64];
    snprintf(email, sizeof email, "%s@example.org", first_name);
    const nct_form_field fields[] = {
        {"ncid", ncid},   {"first_name", first_name}, {"last_name", last_name},
        {"email", email}, {"phone", "919-555-0102"},  {"rights", rights},
    };
    nct_form *user = filled(portal, NCT_FORM_USER, COUNT(fields), fields);
    nct_status status = nct_user_add(user, NCT_TEXT("olivia.owner"), NCT_TEXT(CLINIC), NULL);
    expect(status, NCT_OK, "nct_user_add");
    nct_form_free(user);
}

void set_password(nct_portal *portal, const char *ncid, const char *password) {
    nct_status status =
        nct_password_set(portal, NCT_TEXT("quickstart"), ncid, strlen(ncid), password, strlen(password));
    expect(status, NCT_OK, "nct_password_set");
}
