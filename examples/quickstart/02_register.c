/* From an empty portal to a registered clinic: the agency enrolls it, the clinic registers, the PINs go out. */
#include <nctracks.h>

#include <stdio.h>
#include <string.h>

struct field {
    const char *path, *value;
};

static const struct field enrollment[] = {
    {"provider.npi", "1234567893"},    {"provider.kind", "organization"},        {"provider.name", "Elm Street Clinic"},
    {"provider.tax_id", "12-3456789"}, {"provider.email", "office@example.org"}, {"provider.phone", "919-555-0100"},
};

static const struct field registration[] = {
    {"provider.npi", "1234567893"},
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
    {"users[0].rights", "eligibility.inquiry"},
    {"users[1].ncid", "petra.prior"},
    {"users[1].first_name", "Petra"},
    {"users[1].last_name", "Prior"},
    {"users[1].email", "petra@example.org"},
    {"users[1].phone", "919-555-0103"},
    {"users[1].rights", "pa.submit pa.inquiry fl2.submit"},
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* A mailer that prints. In production it hands the mail to a server and never logs the body: it holds a PIN. */
static nct_status print_mail(const nct_mail *mail, void *user_data) {
    int *count = user_data;
    ++*count;
    printf("\nTo: %s\nSubject: %s\n\n%s", nct_mail_recipient_address(mail), nct_mail_subject(mail),
           nct_mail_body(mail));
    return NCT_OK;
}

static nct_status open_portal(int *mails, nct_portal **portal) {
    static const unsigned char key[NCT_MASTER_KEY_BYTES] = {1}; /* in earnest: 32 random bytes, kept apart */
    nct_config *config = NULL;
    nct_mailer mailer;
    nct_status status = nct_mailer_init(&mailer, sizeof mailer);
    if (status == NCT_OK)
        status = nct_config_new(&config);
    mailer.send = print_mail;
    if (status == NCT_OK)
        status = nct_config_set_mailer(config, &mailer, mails);
    if (status == NCT_OK)
        status = nct_config_set_master_key(config, key, sizeof key);
    if (status == NCT_OK)
        status = nct_portal_open(config, portal);
    nct_config_free(config);
    return status;
}

static nct_status enroll(nct_portal *portal, char *code, size_t capacity) {
    nct_form *form = NULL;
    nct_status status = nct_form_new(portal, NCT_FORM_ENROLLMENT, &form);
    for (size_t i = 0; i < COUNT(enrollment) && status == NCT_OK; i++)
        status = nct_form_set(form, enrollment[i].path, enrollment[i].value, strlen(enrollment[i].value));
    if (status == NCT_OK)
        status = nct_enrollment_submit(form, "quickstart", 10, code, capacity, NULL);
    nct_form_free(form);
    return status;
}

static nct_status register_clinic(nct_portal *portal, const char *code) {
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    nct_status status = nct_form_new(portal, NCT_FORM_REGISTRATION, &form);
    for (size_t i = 0; i < COUNT(registration) && status == NCT_OK; i++)
        status = nct_form_set(form, registration[i].path, registration[i].value, strlen(registration[i].value));
    if (status == NCT_OK)
        status = nct_form_set(form, "provider.authorization_code", code, strlen(code));
    if (status == NCT_OK)
        status = nct_registration_submit(form, &problems);
    for (size_t i = 0; i < nct_problems_count(problems); i++)
        printf("%s\n", nct_problems_message(problems, i));
    nct_problems_free(problems);
    nct_form_free(form);
    return status;
}

int main(void) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_portal *portal = NULL;
    int mails = 0;
    nct_status status = open_portal(&mails, &portal);
    if (status == NCT_OK)
        status = enroll(portal, code, sizeof code);
    if (status == NCT_OK)
        status = register_clinic(portal, "0123456789ABCDEF") == NCT_E_PROVIDER_OR_CODE ? NCT_OK : NCT_E_STATE;
    if (status == NCT_OK)
        status = register_clinic(portal, code);
    printf("\nregistration: %s; %d mails\n", nct_status_name(status), mails);
    nct_portal_close(portal);
    return status == NCT_OK && mails == 3 ? 0 : 1;
}
