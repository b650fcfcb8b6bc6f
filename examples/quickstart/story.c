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

static nct_status receive(const nct_mail *mail, void *user_data) {
    struct mailbox *mailbox = user_data;
    mailbox->count++;
    for (size_t i = 0; i < nct_mail_parameter_count(mail); i++)
        if (strcmp(nct_mail_parameter_name(mail, i), "pin") == 0)
            snprintf(mailbox->pin, sizeof mailbox->pin, "%s", nct_mail_parameter_value(mail, i));
    return NCT_OK;
}

void use_mailbox(nct_config *config, struct mailbox *mailbox) {
    nct_mailer mailer;
    expect(nct_mailer_init(&mailer, sizeof mailer), NCT_OK, "nct_mailer_init");
    mailer.send = receive;
    expect(nct_config_set_mailer(config, &mailer, mailbox), NCT_OK, "nct_config_set_mailer");
}

nct_portal *open_portal(struct mailbox *mailbox, const nct_clock *clock, void *clock_data) {
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = {1}; /* in earnest: 32 random bytes, kept apart */
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    if (mailbox != NULL)
        use_mailbox(config, mailbox);
    expect(nct_config_set_clock(config, clock, clock_data), NCT_OK, "nct_config_set_clock");
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    nct_config_free(config);
    return portal;
}

void enroll_clinic(nct_portal *portal) {
    static const struct field fields[] = {
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
    nct_form *form = NULL;
    expect(nct_form_new(portal, NCT_FORM_ENROLLMENT, &form), NCT_OK, "nct_form_new");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect(nct_form_set(form, fields[i].path, fields[i].value, strlen(fields[i].value)), NCT_OK, fields[i].path);
    expect(nct_enrollment_submit(form, "quickstart", 10, code, sizeof code, NULL), NCT_OK, "nct_enrollment_submit");
    nct_form_free(form);
}

void add_user(nct_portal *portal, const char *ncid, const char *first_name, const char *last_name, const char *rights) {
    char email[64];
    snprintf(email, sizeof email, "%s@example.org", first_name);
    const struct field fields[] = {
        {"ncid", ncid},   {"first_name", first_name}, {"last_name", last_name},
        {"email", email}, {"phone", "919-555-0102"},  {"rights", rights},
    };
    nct_form *user = NULL;
    expect(nct_form_new(portal, NCT_FORM_USER, &user), NCT_OK, "nct_form_new");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect(nct_form_set(user, fields[i].path, fields[i].value, strlen(fields[i].value)), NCT_OK, fields[i].path);
    expect(nct_user_add(user, "olivia.owner", 12, CLINIC, 10, NULL), NCT_OK, "nct_user_add");
    nct_form_free(user);
}

void set_password(nct_portal *portal, const char *ncid, const char *password) {
    expect(nct_password_set(portal, "quickstart", 10, ncid, strlen(ncid), password, strlen(password)), NCT_OK,
           "nct_password_set");
}
