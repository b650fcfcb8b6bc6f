/* The tables of fields: what can be filled in. */
#include "portal/form/fields.h"

#include "policy/submissions.h"

#include <nctracks/ident.h>

#include <stdio.h>
#include <string.h>

#define PERSON(prefix, need, whose) PERSON_ENTERED(prefix, need, need, whose)

/* The legal name, with the full middle name (NCTracks FAQ). Of it, the first name is not asked of people with one. */
#define SUFFIXES "jr sr ii iii iv v vi vii viii ix x"
#define NAME_LABELLED(prefix, need, why, first, middle, last, suffix, one)                                             \
    {prefix "first_name", NCT_TYPE_GIVEN_NAME, need, "", first, why},                                                  \
        {prefix "middle_name", NCT_TYPE_MIDDLE_NAME, NCT_OPTIONAL, "", middle, "In full, as in the legal name."},      \
        {prefix "last_name", NCT_TYPE_FAMILY_NAME, need, "", last, why},                                               \
        {prefix "suffix", NCT_TYPE_CHOICE, NCT_OPTIONAL, SUFFIXES, suffix, "Such as Jr., Sr. or III."}, {              \
        prefix "one_name", NCT_TYPE_CHOICE, NCT_OPTIONAL, "yes", one,                                                  \
            "Then it is the last name, and there is no first or middle name."                                          \
    }
#define NAME(need, why)                                                                                                \
    NAME_LABELLED("", need, why, "First name", "Middle name", "Last name", "Suffix", "Legal name is one name")
#define NAME_OF(prefix, need, whose, why)                                                                              \
    NAME_LABELLED(prefix, need, why, whose "first name", whose "middle name", whose "last name", whose "suffix",       \
                  whose "legal name is one name")

/* Somebody the portal may know already need not be described. */
#define PERSON_ENTERED(prefix, ncid_need, need, whose)                                                                 \
    {prefix "ncid", NCT_IDENT_NCID, ncid_need, "", whose "NCID", "North Carolina Identity of the person (S1)."},       \
        NAME_OF(prefix, need, whose, "As it is printed in a signature."),                                              \
        {prefix "email", NCT_IDENT_EMAIL, need, "", whose "e-mail address", "Where PINs and notices are sent."},       \
        {prefix "phone", NCT_IDENT_PHONE, need, "", whose "phone number", "Ten digits, area code first."}, {           \
        prefix "language", NCT_TYPE_LANGUAGE, NCT_OPTIONAL, "", whose "language",                                      \
            "Of mails, such as en or es; the portal's usual one if not given."                                         \
    }

#define OFFICE_ADMINISTRATOR(ncid_need, need)                                                                          \
    PERSON_ENTERED("office_administrator.", ncid_need, need, "Office Administrator's "), {                             \
        "office_administrator.relationship", NCT_TYPE_CHOICE, ncid_need,                                               \
            "owner managing_employee provider managing_relationship", "Office Administrator's relationship",           \
            "Owner or managing employee of the provider; for an individual also the provider (S2). Since 2025 any "    \
            "managing relationship."                                                                                   \
    }

#define STATES                                                                                                         \
    "AL AK AS AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MP MT NE NV NH NJ NM NY NC "  \
    "ND OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY"

#define POSTAL                                                                                                         \
    {"address.line1", NCT_TYPE_TEXT, "address", "", "Street address", "Number and street, or a post office box."},     \
        {"address.line2", NCT_TYPE_TEXT, NCT_OPTIONAL, "", "Suite or building", "A second line of the address."},      \
        {"address.city", NCT_TYPE_TEXT, "address", "", "City", "As the postal service has it."},                       \
        {"address.state", NCT_TYPE_CHOICE, "address", STATES, "State", "Two capital letters."}, {                      \
        "address.zip", NCT_IDENT_ZIP, "address", "", "ZIP code", "Five digits, or ZIP+4."                              \
    }

#define EXTENSION                                                                                                      \
    { "phone_extension", NCT_TYPE_EXTENSION, NCT_OPTIONAL, "", "Extension", "Of the phone; up to eight digits." }

#define ACCESS(prefix, whose)                                                                                          \
    {prefix "role", NCT_TYPE_CHOICE,                                                                                   \
     NCT_OPTIONAL,  "user user_administrator",                                                                         \
     whose "role",  "User, or User Administrator who may administer users (S7); user if not given."},                  \
    {                                                                                                                  \
        prefix "rights", NCT_TYPE_RIGHTS, NCT_OPTIONAL, "", whose "rights",                                            \
            "Names of rights separated by spaces, such as eligibility.inquiry (S6)."                                   \
    }

#define EFT(need)                                                                                                      \
    {"eft.routing_number", NCT_IDENT_ABA, need, "", "Routing number", "ABA routing number of the bank (S5)."},         \
        {"eft.account_number", NCT_IDENT_BANK_ACCOUNT, need, "", "Account number", "Account payments go to (S5)."},    \
        {"eft.account_type", NCT_TYPE_CHOICE, need, "checking savings", "Account type", "Checking or savings."},       \
        {"eft.account_holder", NCT_TYPE_TEXT, need, "", "Account holder", "In whose name the account is."}, {          \
        "eft.contact_email", NCT_IDENT_EMAIL, NCT_OPTIONAL, "", "Pay-to contact's e-mail address",                     \
            "Who else is told when this account is to change."                                                         \
    }

/* Whom an initial enrollment lists to stand in, since 2026. */
#define BACKUP(need)                                                                                                   \
    PERSON("backup_office_administrator.", need, "Backup Office Administrator's "), {                                  \
        "backup_office_administrator.relationship", NCT_TYPE_CHOICE, need,                                             \
            "owner managing_employee provider managing_relationship", "Backup Office Administrator's relationship",    \
            "As the application lists them."                                                                           \
    }

static const struct nct_field_row enrollment[] = {
    {"provider.npi", NCT_IDENT_PROVIDER_ID, NCT_REQUIRED, "", "NPI or Atypical ID", "The provider's identifier."},
    {"provider.kind", NCT_TYPE_CHOICE, NCT_REQUIRED, "individual organization", "Kind of provider",
     "Individual or organization."},
    {"provider.name", NCT_TYPE_TEXT, NCT_REQUIRED, "", "Provider's name", "As enrolled."},
    {"provider.tax_id", NCT_IDENT_TAX_ID, NCT_REQUIRED, "", "Tax number", "EIN, SSN, ITIN or ATIN."},
    {"provider.email", NCT_IDENT_EMAIL, NCT_REQUIRED, "", "Provider's e-mail address", "Of the provider's office."},
    {"provider.phone", NCT_IDENT_PHONE, NCT_REQUIRED, "", "Provider's phone number", "Ten digits, area code first."},
    OFFICE_ADMINISTRATOR("office_administrator", "office_administrator"),
    BACKUP("backup_office_administrator"),
    EFT("eft office_administrator"), /* whoever is registered is paid (S5) */
};

static const struct nct_field_row registration[] = {
    {"provider.npi", NCT_IDENT_PROVIDER_ID, NCT_REQUIRED, "", "NPI or Atypical ID", "The provider to register (S4)."},
    {"provider.authorization_code", NCT_TYPE_CODE, NCT_REQUIRED, "", "Authorization code",
     "From the letter the agency sent to the provider."},
    PERSON("registrant.", "registrant", "Registrant's "),
    OFFICE_ADMINISTRATOR(NCT_REQUIRED, NCT_REQUIRED),
    EFT(NCT_REQUIRED),
    PERSON("users[N].", "users[N]", "User's "),
    ACCESS("users[N].", "User's "),
};

static const struct nct_field_row user[] = {PERSON("", NCT_REQUIRED, "User's "), ACCESS("", "User's ")};

/* The roles are nct_form_role()'s, in its order. */
#define TERMS                                                                                                          \
    {"role",       NCT_TYPE_CHOICE,                                                                                    \
     NCT_OPTIONAL, "user user_administrator managing_relationship enrollment_specialist backup_office_administrator",  \
     "Role",       "One that whoever grants it manages (S7); user if not given."},                                     \
        {"rights",     NCT_TYPE_RIGHTS,                                                                                \
         NCT_OPTIONAL, "",                                                                                             \
         "Rights",     "Names of rights separated by spaces, such as eligibility.inquiry (S6); none if not given."},   \
        {"valid_from", NCT_TYPE_TIME, NCT_OPTIONAL,                                                                    \
         "",           "First day",   "YYYY-MM-DD, or the millisecond since 1970; at once if not given."},             \
    {                                                                                                                  \
        "valid_until", NCT_TYPE_TIME, NCT_OPTIONAL, "", "Last day",                                                    \
            "YYYY-MM-DD, or the first millisecond after it; without end if not given."                                 \
    }

static const struct nct_field_row access[] = {
    {"ncid", NCT_IDENT_NCID, NCT_REQUIRED, "", "NCID", "Whose access; somebody the portal knows."},
    TERMS,
};

static const struct nct_field_row invitation[] = {
    {"ncid", NCT_IDENT_NCID, NCT_OPTIONAL, "", "NCID",
     "Who is invited, if the portal knows them; else their e-mail address is given."},
    {"email", NCT_IDENT_EMAIL, NCT_OPTIONAL, "", "E-mail address",
     "Where a code goes with which whoever receives it accepts under their own NCID."},
    {"language", NCT_TYPE_LANGUAGE, NCT_OPTIONAL, "", "Language",
     "Of the mail to that address, such as en or es; the portal's usual one if not given."},
    TERMS,
};

static const struct nct_field_row acceptance[] = {
    {"provider.npi", NCT_IDENT_PROVIDER_ID, NCT_REQUIRED, "", "NPI or Atypical ID", "The provider that invites."},
    {"invitation.code", NCT_TYPE_CODE, NCT_OPTIONAL, "", "Code",
     "From the e-mail with the invitation; none for who was invited by NCID."},
    {"invited.ncid", NCT_IDENT_NCID, NCT_REQUIRED, "", "NCID", "North Carolina Identity of the person (S1)."},
    {"invited.password", NCT_TYPE_PASSWORD, NCT_REQUIRED, "", "Password", "The password of the NCID."},
    NAME_LABELLED("invited.", NCT_OPTIONAL, "Needed for somebody the portal does not know.", "First name",
                  "Middle name", "Last name", "Suffix", "Legal name is one name"),
    {"invited.phone", NCT_IDENT_PHONE, NCT_OPTIONAL, "", "Phone number",
     "Ten digits, area code first; needed for somebody the portal does not know."},
    {"invited.language", NCT_TYPE_LANGUAGE, NCT_OPTIONAL, "", "Language",
     "Of mails, such as en or es; that of the invitation if not given."},
};

static const struct nct_field_row person[] = {PERSON("", NCT_REQUIRED, "Person's "), EXTENSION, POSTAL};

static const struct nct_field_row principal[] = {
    {"ncid", NCT_IDENT_NCID, NCT_REQUIRED, "", "NCID", "North Carolina Identity of the person (S1)."},
    {"relationships", NCT_TYPE_CHOICES, NCT_REQUIRED, "owner managing_employee provider managing_relationship",
     "Relationships", "What the person is to the provider; several words are separated by spaces."},
    NAME(NCT_OPTIONAL, "Needed for somebody the portal does not know."),
    {"email", NCT_IDENT_EMAIL, NCT_OPTIONAL, "", "E-mail address",
     "Where notices go until the portal knows the person."},
};

static const struct nct_field_row contact[] = {
    NAME(NCT_OPTIONAL, "As it is printed in a signature."),
    {"email", NCT_IDENT_EMAIL, NCT_OPTIONAL, "", "E-mail address", "Takes effect when it is confirmed."},
    {"phone", NCT_IDENT_PHONE, NCT_OPTIONAL, "", "Phone number", "Ten digits, area code first."},
    EXTENSION,
    POSTAL,
};

static const struct nct_field_row provider[] = {
    {"name", NCT_TYPE_TEXT, NCT_OPTIONAL, "", "Provider's name", "As enrolled."},
    {"email", NCT_IDENT_EMAIL, NCT_OPTIONAL, "", "Provider's e-mail address", "Of the provider's office."},
    {"phone", NCT_IDENT_PHONE, NCT_OPTIONAL, "", "Provider's phone number", "Ten digits, area code first."},
    EXTENSION,
    POSTAL,
};
#define SUBMISSION                                                                                                     \
    {                                                                                                                  \
        "submission.kind", NCT_TYPE_CHOICE, NCT_REQUIRED, &NCT_SUBMISSION_WORDS[1], "Kind of submission",              \
            "What is submitted (S9)."                                                                                  \
    }
#define DOCUMENT(type, content)                                                                                        \
    {"document.id", NCT_TYPE_TOKEN, NCT_REQUIRED, "", "Document id", "The host's name for the document."},             \
        {"document.version", NCT_TYPE_TOKEN,                                                                           \
         NCT_REQUIRED,       "",                                                                                       \
         "Document version", "The host's version of the document."},                                                   \
    {                                                                                                                  \
        "document.content", type, NCT_REQUIRED, "", "Document", content                                                \
    }

static const struct nct_field_row signing[] = {
    {"signer.ncid", NCT_IDENT_NCID, NCT_REQUIRED, "", "NCID", "Who signs."},
    {"signer.password", NCT_TYPE_PASSWORD, NCT_OPTIONAL, "", "Password",
     "The password of the NCID; required unless a period of signing stands for it."},
    {"signer.period", NCT_TYPE_PERIOD, NCT_OPTIONAL, "", "Period of signing",
     "From nct_signature_period(); stands for the password."},
    {"signer.pin", NCT_TYPE_PIN, NCT_REQUIRED, "", "PIN", "The Personal Identification Number."},
    {"provider.npi", NCT_IDENT_PROVIDER_ID, NCT_REQUIRED, "", "NPI or Atypical ID", "For which provider."},
    SUBMISSION,
    DOCUMENT(NCT_TYPE_SHOWN, "The exact bytes that are signed."),
    {"attestation.version", NCT_TYPE_TOKEN, NCT_REQUIRED, "", "Attestation version",
     "Version of the statement the signer agrees to."},
    {"attestation.text", NCT_TYPE_SHOWN, NCT_REQUIRED, "", "Attestation", "The statement the signer agrees to."},
    {"review.token", NCT_TYPE_TOKEN, NCT_OPTIONAL, "", "Review token",
     "From nct_signing_review(); signs what was shown."},
    {"idempotency.key", NCT_TYPE_TOKEN, NCT_OPTIONAL, "", "Idempotency key",
     "The host's name for this signing: the same key makes one signature, however often it is sent."},
    {"application.id", NCT_TYPE_TOKEN, NCT_OPTIONAL, "", "Application",
     "The application this signature submits: a draft, or one that was sent back."},
    {"authentication.level", NCT_TYPE_CHOICE, NCT_OPTIONAL, "aal1 aal2 aal3", "Authentication level",
     "At which the host authenticated the signer (NIST SP 800-63B)."},
    {"authentication.methods", NCT_TYPE_TEXT, NCT_OPTIONAL, "", "Authentication methods",
     "By which methods, such as pwd otp (RFC 8176)."},
    {"authentication.time", NCT_TYPE_TEXT, NCT_OPTIONAL, "", "Time of authentication",
     "When, in milliseconds since 1970, UTC."},
};

static const struct nct_field_row draft[] = {
    {"provider.npi", NCT_IDENT_PROVIDER_ID, NCT_REQUIRED, "", "NPI or Atypical ID", "For which provider."},
    SUBMISSION,
    DOCUMENT(NCT_TYPE_BYTES, "The exact bytes that are to be signed."),
    {"physician.date", NCT_TYPE_DATE, NCT_OPTIONAL, "", "Date of the physician's signature",
     "YYYY-MM-DD; of an FL2, and required there."},
};

static const struct nct_field_row agreement[] = {
    {"signer.ncid", NCT_IDENT_NCID, NCT_REQUIRED, "", "NCID", "Who accepts it."},
    {"signer.password", NCT_TYPE_PASSWORD, NCT_REQUIRED, "", "Password", "The password of the NCID."},
    {"signer.pin", NCT_TYPE_PIN, NCT_REQUIRED, "", "PIN", "The Personal Identification Number."},
    {"agreement.version", NCT_TYPE_TOKEN, NCT_REQUIRED, "", "Agreement version",
     "Version of the agreement that was shown."},
    {"agreement.text", NCT_TYPE_SHOWN, NCT_REQUIRED, "", "Signature agreement", "The agreement that was shown."},
};

static const struct nct_field_row oa_change[] = {
    {"provider.npi", NCT_IDENT_PROVIDER_ID, NCT_REQUIRED, "", "NPI or Atypical ID",
     "The provider that gets another Office Administrator."},
    {"provider.authorization_code", NCT_TYPE_CODE, NCT_REQUIRED, "", "Authorization code",
     "From the letter the agency sent to the provider."},
    {"request.role", NCT_TYPE_CHOICE, NCT_OPTIONAL, "office_administrator backup_office_administrator", "Place",
     "Of the Office Administrator if not given; since 2026 also of the Backup Office Administrator."},
    OFFICE_ADMINISTRATOR(NCT_REQUIRED, NCT_OPTIONAL),
    {"office_administrator.password", NCT_TYPE_PASSWORD, NCT_REQUIRED, "", "Office Administrator's password",
     "The password of the new Office Administrator's NCID."},
};

static const struct nct_field_row eft_change[] = {
    {"provider.npi", NCT_IDENT_PROVIDER_ID, NCT_REQUIRED, "", "NPI or Atypical ID", "The provider to pay elsewhere."},
    {"requester.ncid", NCT_IDENT_NCID, NCT_REQUIRED, "", "NCID", "Who asks for it."},
    {"requester.password", NCT_TYPE_PASSWORD, NCT_REQUIRED, "", "Password", "The password of the NCID."},
    EFT(NCT_REQUIRED),
};

#define FORM(rows) "field." #rows, rows, sizeof(rows) / sizeof *(rows)

static const struct {
    const char *group;
    const struct nct_field_row *rows;
    size_t count;
    const char *self; /* see nct_form_self() */
} forms[] = {
    [NCT_FORM_ENROLLMENT] = {FORM(enrollment), NULL},
    [NCT_FORM_REGISTRATION] = {FORM(registration), "registrant."},
    [NCT_FORM_USER] = {FORM(user), NULL},
    [NCT_FORM_SIGNING] = {FORM(signing), "signer."},
    [NCT_FORM_OA_CHANGE] = {FORM(oa_change), "office_administrator."},
    [NCT_FORM_EFT_CHANGE] = {FORM(eft_change), "requester."},
    [NCT_FORM_PRINCIPAL] = {FORM(principal), NULL},
    [NCT_FORM_CONTACT] = {FORM(contact), ""},
    [NCT_FORM_DRAFT] = {FORM(draft), NULL},
    [NCT_FORM_PERSON] = {FORM(person), NULL},
    [NCT_FORM_PROVIDER] = {FORM(provider), NULL},
    [NCT_FORM_ACCESS] = {FORM(access), NULL},
    [NCT_FORM_INVITATION] = {FORM(invitation), NULL},
    [NCT_FORM_ACCEPTANCE] = {FORM(acceptance), "invited."},
    [NCT_FORM_AGREEMENT] = {FORM(agreement), "signer."},
};

const struct nct_field_row *nct_form_fields(int32_t kind, size_t *count) {
    int known = kind >= NCT_FORM_ENROLLMENT && kind < (int32_t)(sizeof forms / sizeof forms[0]);
    *count = known ? forms[kind].count : 0;
    return known ? forms[kind].rows : NULL;
}

const char *nct_form_group(int32_t kind) {
    size_t count = 0;
    return nct_form_fields(kind, &count) != NULL ? forms[kind].group : NULL;
}

const char *nct_form_self(int32_t kind) {
    size_t count = 0;
    return nct_form_fields(kind, &count) != NULL ? forms[kind].self : NULL;
}

const struct nct_field_row *nct_field_row_at(int32_t form, size_t index) {
    size_t count = 0;
    const struct nct_field_row *rows = nct_form_fields(form, &count);
    return index < count ? &rows[index] : NULL;
}

size_t nct_field_count(int32_t form) {
    size_t count = 0;
    nct_form_fields(form, &count);
    return count;
}

const char *nct_field_path(int32_t form, size_t index) {
    return nct_field_row_at(form, index) != NULL ? nct_field_row_at(form, index)->path : NULL;
}

const char *nct_field_choices(int32_t form, size_t index) {
    return nct_field_row_at(form, index) != NULL ? nct_field_row_at(form, index)->choices : NULL;
}

static int is_required(const struct nct_field_row *row) {
    return strcmp(row->need, NCT_REQUIRED) == 0;
}

int32_t nct_field_required(int32_t form, size_t index) {
    return nct_field_row_at(form, index) != NULL && is_required(nct_field_row_at(form, index));
}

const char *nct_field_required_with(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    if (row == NULL)
        return NULL;
    return is_required(row) ? "" : row->need;
}

const char *nct_field_label(int32_t form, size_t index) {
    return nct_field_row_at(form, index) != NULL ? nct_field_row_at(form, index)->label : NULL;
}

const char *nct_field_description(int32_t form, size_t index) {
    return nct_field_row_at(form, index) != NULL ? nct_field_row_at(form, index)->description : NULL;
}

size_t nct_field_max(void) {
    return NCT_FIELD_MAX;
}

size_t nct_users_max(void) {
    return NCT_USERS_MAX;
}

void nct_field_key(int32_t form, const char *path, const char *part, char key[NCT_TEXT_KEY_ROOM]) {
    nct_text_compose(key, nct_form_group(form), path, part);
}

#define FIELD_PATH_ROOM 64

/* Splits "users[12].ncid" into the path of the table, "users[N].ncid", and 12. 0 if it has no such form. */
static int split_path(const char *path, char pattern[FIELD_PATH_ROOM], size_t *index) {
    const char *open = strchr(path, '[');
    *index = NCT_FIELD_ALONE;
    if (strlen(path) >= FIELD_PATH_ROOM - 1)
        return 0;
    memcpy(pattern, path, strlen(path) + 1);
    if (open == NULL)
        return 1;
    size_t digits = strspn(open + 1, "0123456789");
    if (digits == 0 || digits > 6 || open[1 + digits] != ']' || (open[1] == '0' && digits > 1))
        return 0;
    *index = 0;
    for (size_t i = 1; i <= digits; i++)
        *index = *index * 10 + (size_t)(open[i] - '0');
    snprintf(pattern + (open - path), FIELD_PATH_ROOM - (size_t)(open - path), "[N%s", open + 1 + digits);
    return 1;
}

const struct nct_field_row *nct_field_find(int32_t kind, const char *path, size_t *index) {
    char pattern[FIELD_PATH_ROOM];
    size_t count = 0;
    const struct nct_field_row *rows = nct_form_fields(kind, &count);
    if (!split_path(path, pattern, index))
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].path, pattern) == 0 && (strchr(pattern, '[') != NULL) == (*index != NCT_FIELD_ALONE))
            return &rows[i];
    return NULL;
}
