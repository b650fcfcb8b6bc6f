/* From an empty portal to a registered clinic: the agency enrolls it, the clinic registers, the PINs go out. */
#include <nctracks.h>

#include <stdio.h>

static const nct_form_field enrollment[] = {
    {"provider.npi", "1234567893"},    {"provider.kind", "organization"},        {"provider.name", "Elm Street Clinic"},
    {"provider.tax_id", "12-3456789"}, {"provider.email", "office@example.org"}, {"provider.phone", "919-555-0100"},
};

static const nct_form_field registration[] = {
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

static nct_status enroll(nct_portal *portal, char *code, size_t capacity) {
    nct_form *form = NULL;
    nct_status status = nct_form_new(portal, NCT_FORM_ENROLLMENT, &form);
    if (status == NCT_OK)
        status = nct_form_fill(form, COUNT(enrollment), enrollment);
    if (status == NCT_OK)
        status = nct_enrollment_submit(form, NCT_TEXT("quickstart"), code, capacity, NULL);
    nct_form_free(form);
    return status;
}

static nct_status register_clinic(nct_portal *portal, const char *code) {
    const nct_form_field received = {"provider.authorization_code", code};
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    nct_status status = nct_form_new(portal, NCT_FORM_REGISTRATION, &form);
    if (status == NCT_OK)
        status = nct_form_fill(form, COUNT(registration), registration);
    if (status == NCT_OK)
        status = nct_form_fill(form, 1, &received);
    if (status == NCT_OK)
        status = nct_registration_submit(form, &problems);
    for (size_t i = 0; i < nct_problems_count(problems); i++)
        printf("%s\n", nct_problems_message(problems, i));
    nct_problems_free(problems);
    nct_form_free(form);
    return status;
}

/* Takes the mails that wait. In production they go to a server, and no body is ever printed: it holds a PIN. */
static int print_mails(nct_portal *portal) {
    nct_mail *mail = NULL;
    int count = 0;
    while (nct_mail_claim(portal, NULL, 0, &mail) == NCT_OK) {
        printf("\nTo: %s\nSubject: %s\n\n%s", nct_mail_recipient_address(mail), nct_mail_subject(mail),
               nct_mail_body(mail));
        count += nct_mail_accept(mail) == NCT_OK;
        nct_mail_free(mail);
    }
    return count;
}

int main(void) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_portal *portal = NULL;
    nct_status status = nct_portal_open_in_memory(&portal);
    if (status == NCT_OK)
        status = enroll(portal, code, sizeof code);
    if (status == NCT_OK)
        status = register_clinic(portal, "0123456789ABCDEF") == NCT_E_PROVIDER_OR_CODE ? NCT_OK : NCT_E_STATE;
    if (status == NCT_OK)
        status = register_clinic(portal, code);
    int mails = print_mails(portal);
    printf("\nregistration: %s; %d mails\n", nct_status_name(status), mails);
    nct_portal_close(portal);
    return status == NCT_OK && mails == 3 ? 0 : 1;
}
