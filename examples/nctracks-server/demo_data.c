/** nctracks-server-demo CONFIG: fills a new store with a made-up clinic, its staff, and the agency's, and says who can
 * sign in with what. Every name and number is visibly made up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <nctracks/password.h>
#include <nctracks/person.h>
#include <nctracks/provider.h>
#include <nctracks/registration.h>

#include <sodium.h>

#include "server.h"

#define PASSWORD "violet-kayak-harbor-42"
#define REASON "demonstration data"

/** A form by path, ended by a NULL path. */
struct field {
    const char *path;
    const char *value;
};

static void expect(nct_status status, const char *what, const nct_problems *problems) {
    if (status == NCT_OK) {
        return;
    }
    fprintf(stderr, "nctracks-server-demo: %s: %s\n", what, nct_status_name(status));
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        fprintf(stderr, "  %s: %s\n", nct_problems_path(problems, i), nct_problems_message(problems, i));
    }
    exit(1);
}

static nct_form *fill(nct_portal *portal, int32_t kind, const struct field *fields) {
    nct_form *form = NULL;
    expect(nct_form_new(portal, kind, &form), "a form", NULL);
    for (; fields->path != NULL; fields++) {
        expect(nct_form_set(form, fields->path, fields->value, strlen(fields->value)), fields->path, NULL);
    }
    return form;
}

static void enroll(nct_portal *portal, const struct field *fields, char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]) {
    nct_problems *problems = NULL;
    nct_form *form = fill(portal, NCT_FORM_ENROLLMENT, fields);
    expect(nct_enrollment_submit(form, SERVICE_NAME, strlen(SERVICE_NAME), code, NCT_AUTHORIZATION_CODE_LENGTH + 1,
                                 &problems),
           "enrollment", problems);
    nct_problems_free(problems);
    nct_form_free(form);
}

static void register_provider(nct_portal *portal, const struct field *fields, const char *code) {
    nct_problems *problems = NULL;
    nct_form *form = fill(portal, NCT_FORM_REGISTRATION, fields);
    expect(nct_form_set(form, "provider.authorization_code", code, strlen(code)), "the code", NULL);
    nct_status status = nct_registration_submit(form, &problems);
    expect(status, "registration", problems);
    nct_problems_free(problems);
    nct_form_free(form);
}

static void add_staff(nct_portal *portal, const struct field *fields) {
    nct_problems *problems = NULL;
    nct_form *form = fill(portal, NCT_FORM_PERSON, fields);
    expect(nct_person_add(form, SERVICE_NAME, strlen(SERVICE_NAME), REASON, strlen(REASON), &problems), "agency staff",
           problems);
    nct_problems_free(problems);
    nct_form_free(form);
}

static void give_password(nct_portal *portal, const char *ncid) {
    expect(nct_password_set(portal, SERVICE_NAME, strlen(SERVICE_NAME), ncid, strlen(ncid), PASSWORD, strlen(PASSWORD)),
           ncid, NULL);
}

/* ---- Who and what ---- */

static const struct field clinic[] = {{"provider.npi", "1234567893"},
                                      {"provider.kind", "organization"},
                                      {"provider.name", "Example Family Clinic"},
                                      {"provider.tax_id", "56-1234567"},
                                      {"provider.email", "office@clinic.example.org"},
                                      {"provider.phone", "919-555-0100"},
                                      {NULL, NULL}};

static const struct field clinic_registration[] = {
    {"provider.npi", "1234567893"},
    {"registrant.ncid", "olivia.owner"},
    {"registrant.first_name", "Olivia"},
    {"registrant.last_name", "Owner"},
    {"registrant.email", "olivia@clinic.example.org"},
    {"registrant.phone", "919-555-0101"},
    {"office_administrator.ncid", "olivia.owner"},
    {"office_administrator.first_name", "Olivia"},
    {"office_administrator.last_name", "Owner"},
    {"office_administrator.email", "olivia@clinic.example.org"},
    {"office_administrator.phone", "919-555-0101"},
    {"office_administrator.relationship", "owner"},
    {"eft.routing_number", "053000196"},
    {"eft.account_number", "000123456789"},
    {"eft.account_type", "checking"},
    {"eft.account_holder", "Example Family Clinic"},
    {"users[0].ncid", "frank.front"},
    {"users[0].first_name", "Frank"},
    {"users[0].last_name", "Front"},
    {"users[0].email", "frank@clinic.example.org"},
    {"users[0].phone", "919-555-0102"},
    {"users[0].rights", "eligibility.inquiry referral"},
    {"users[1].ncid", "petra.prior"},
    {"users[1].first_name", "Petra"},
    {"users[1].last_name", "Prior"},
    {"users[1].email", "petra@clinic.example.org"},
    {"users[1].phone", "919-555-0103"},
    {"users[1].rights", "eligibility.inquiry pa.submit pa.inquiry fl2.submit"},
    {"users[2].ncid", "uma.admin"},
    {"users[2].first_name", "Uma"},
    {"users[2].last_name", "Admin"},
    {"users[2].email", "uma@clinic.example.org"},
    {"users[2].phone", "919-555-0104"},
    {"users[2].role", "user_administrator"},
    {"users[2].rights", "eligibility.inquiry claim.submit claim.inquiry pa.submit pa.inquiry"},
    {"users[3].ncid", "carlos.claims"},
    {"users[3].first_name", "Carlos"},
    {"users[3].last_name", "Claims"},
    {"users[3].email", "carlos@clinic.example.org"},
    {"users[3].phone", "919-555-0105"},
    {"users[3].language", "es"},
    {"users[3].rights", "claim.submit claim.inquiry remittance.inquiry"},
    {NULL, NULL}};

static const struct field doctor[] = {{"provider.npi", "1000000012"},
                                      {"provider.kind", "individual"},
                                      {"provider.name", "Ina Vidual MD"},
                                      {"provider.tax_id", "56-7654321"},
                                      {"provider.email", "ina@doctor.example.org"},
                                      {"provider.phone", "919-555-0110"},
                                      {NULL, NULL}};

static const struct field doctor_registration[] = {{"provider.npi", "1000000012"},
                                                   {"registrant.ncid", "ina.vidual"},
                                                   {"registrant.first_name", "Ina"},
                                                   {"registrant.last_name", "Vidual"},
                                                   {"registrant.email", "ina@doctor.example.org"},
                                                   {"registrant.phone", "919-555-0110"},
                                                   {"office_administrator.ncid", "ina.vidual"},
                                                   {"office_administrator.first_name", "Ina"},
                                                   {"office_administrator.last_name", "Vidual"},
                                                   {"office_administrator.email", "ina@doctor.example.org"},
                                                   {"office_administrator.phone", "919-555-0110"},
                                                   {"office_administrator.relationship", "provider"},
                                                   {"eft.routing_number", "053000196"},
                                                   {"eft.account_number", "000987654321"},
                                                   {"eft.account_type", "savings"},
                                                   {"eft.account_holder", "Ina Vidual MD"},
                                                   {NULL, NULL}};

static const struct field practice[] = {{"provider.npi", "1000000020"},
                                        {"provider.kind", "organization"},
                                        {"provider.name", "Example Therapy Practice"},
                                        {"provider.tax_id", "56-1112223"},
                                        {"provider.email", "office@therapy.example.org"},
                                        {"provider.phone", "919-555-0120"},
                                        {NULL, NULL}};

static const struct field agency[] = {{"ncid", "agnes.agency"},  {"first_name", "Agnes"},
                                      {"last_name", "Agency"},   {"email", "agnes@agency.example.org"},
                                      {"phone", "919-555-0130"}, {NULL, NULL}};

static const struct field colleague[] = {{"ncid", "arno.agency"},   {"first_name", "Arno"},
                                         {"last_name", "Agency"},   {"email", "arno@agency.example.org"},
                                         {"phone", "919-555-0131"}, {NULL, NULL}};

static void make_all(nct_portal *portal) {
    static const char *const people[] = {"olivia.owner",  "uma.admin",  "petra.prior",  "frank.front",
                                         "carlos.claims", "ina.vidual", "agnes.agency", "arno.agency"};
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    enroll(portal, clinic, code);
    register_provider(portal, clinic_registration, code);
    enroll(portal, doctor, code);
    register_provider(portal, doctor_registration, code);
    add_staff(portal, agency);
    add_staff(portal, colleague);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        give_password(portal, people[i]);
    }
    enroll(portal, practice, code);
    puts("Everybody's password is " PASSWORD "; the PINs are in the mails, at /mail.\n\n"
         "  olivia.owner   Office Administrator of Example Family Clinic (1234567893)\n"
         "  uma.admin      User Administrator there\n"
         "  petra.prior    signs prior approvals and FL2 there\n"
         "  frank.front    front office: asks about eligibility\n"
         "  carlos.claims  submits claims; reads Spanish\n"
         "  ina.vidual     an individual provider (1000000012), and its Office Administrator\n"
         "  agnes.agency   the agency's staff, as arno.agency\n");
    printf("Example Therapy Practice (1000000020) is enrolled and waits for its registration.\n"
           "Its authorization code, as in the welcome letter: %s\n",
           code);
}

int main(int argc, char **argv) {
    static struct server server;
    if (argc != 2) {
        fputs("usage: nctracks-server-demo CONFIG\n", stderr);
        return 2;
    }
    umask(077);
    if (sodium_init() < 0 || !settings_read(argv[1], &server.settings, stderr)) {
        return 2;
    }
    if (!server.settings.demo) {
        fputs("nctracks-server-demo: the configuration is none of a demonstration (demo = yes)\n", stderr);
        return 2;
    }
    bool opened = server_open(&server, true);
    if (opened) {
        make_all(server.portal);
    }
    server_close(&server);
    return opened ? 0 : 1;
}
