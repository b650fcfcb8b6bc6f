/* Names of rights, authorities, roles and relationships: one table each. */
#include "base/about.h"
#include "base/utf8.h"
#include "policy/policy.h"

#include <string.h>

struct word {
    const char *name;
    const char *description;
    const char *title; /* of rights, authorities and roles alone */
};

static const struct word rights[] = {
    [NCT_RIGHT_ELIGIBILITY_INQUIRY] = {"eligibility.inquiry", "Ask whether a recipient is eligible.",
                                       "Eligibility inquiry"},
    [NCT_RIGHT_CLAIM_SUBMIT] = {"claim.submit", "Submit claims.", "Claim submission"},
    [NCT_RIGHT_CLAIM_INQUIRY] = {"claim.inquiry", "Ask for the status of claims.", "Claim inquiry"},
    [NCT_RIGHT_PA_SUBMIT] = {"pa.submit", "Submit Prior Approval requests.", "Prior Approval submission"},
    [NCT_RIGHT_PA_INQUIRY] = {"pa.inquiry", "Ask for the status of Prior Approvals.", "Prior Approval inquiry"},
    [NCT_RIGHT_FL2_SUBMIT] = {"fl2.submit", "Submit FL2 (long term care level of care) requests.", "FL2 submission"},
    [NCT_RIGHT_REMITTANCE_INQUIRY] = {"remittance.inquiry", "See the remittance advice (checkwrite).",
                                      "Remittance advice"},
    [NCT_RIGHT_MESSAGE_CENTER] = {"message.center", "Read the message center.", "Message center"},
    [NCT_RIGHT_PROVIDER_VIEW] = {"provider.view", "See the provider record.", "Provider record: view"},
    [NCT_RIGHT_PROVIDER_UPDATE] = {"provider.update", "Prepare changes of the provider record.",
                                   "Provider record: update"},
    [NCT_RIGHT_TRAINING] = {"training", "Use the training portal.", "Training"},
    [NCT_RIGHT_REFERRAL] = {"referral", "Handle referrals.", "Referrals"},
};
#define RIGHTS ((int32_t)(sizeof rights / sizeof rights[0]))

static const struct word authorities[] = {
    {"user.administration", "Add users, grant and revoke their access.", "User Administration"},
    {"enrollment.submit", "Sign and submit enrollment-type applications.", "Enrollment applications"},
    {"eft.change", "Change where the provider is paid.", "EFT change"},
    {"pin.reset", "Have a new PIN sent to a user.", "PIN reset"},
    {"enrollment.prepare", "Draft enrollment-type applications.", "Enrollment drafts"},
    {"enrollment.initial", "Sign and submit an initial enrollment application.", "Initial enrollment"},
};
#define AUTHORITIES ((int32_t)(sizeof authorities / sizeof authorities[0]))

static const struct word roles[NCT_ROLE_COUNT] = {
    [NCT_ROLE_OFFICE_ADMINISTRATOR] = {"office_administrator",
                                       "Owner or managing employee who answers for the provider's access.",
                                       "Office Administrator"},
    [NCT_ROLE_USER_ADMINISTRATOR] = {"user_administrator",
                                     "Appointed by the Office Administrator to administer general users.",
                                     "User Administrator"},
    [NCT_ROLE_USER] = {"user", "Staff with access by area of responsibility.", "User"},
    [NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR] = {"backup_office_administrator",
                                              "Stands in for the Office Administrator of one record.",
                                              "Backup Office Administrator"},
    [NCT_ROLE_MANAGING_RELATIONSHIP] = {"managing_relationship",
                                        "Managing Relationship user, designated by the Office Administrator.",
                                        "Managing Relationship user"},
    [NCT_ROLE_ENROLLMENT_SPECIALIST] = {"enrollment_specialist",
                                        "Prepares applications for the Office Administrator to sign.",
                                        "Enrollment Specialist"},
};

static const struct word relationships[NCT_RELATIONSHIP_COUNT] = {
    [NCT_RELATIONSHIP_OWNER] = {"owner", "An owner of the provider.", NULL},
    [NCT_RELATIONSHIP_MANAGING_EMPLOYEE] = {"managing_employee", "A managing employee of the provider.", NULL},
    [NCT_RELATIONSHIP_PROVIDER] = {"provider", "The individual provider themself.", NULL},
    [NCT_RELATIONSHIP_MANAGING_RELATIONSHIP] = {"managing_relationship", "A managing relationship on the record.",
                                                NULL},
};

/* By the number of their bit. */
static const struct word parties[] = {
    {"office_administrator", "The Office Administrator there is.", NULL},
    {"new_office_administrator", "The one who is to be.", NULL},
    {"provider", "The provider, at the address of its record.", NULL},
    {"officers", "Owners and managing employees on the record.", NULL},
    {"pay_to", "The pay-to contact.", NULL},
    {"backup_office_administrator", "The Backup Office Administrator, who is told all that the other is told.", NULL},
    {"signer", "Who signed an application last, while they have access.", NULL},
    {"preparer", "Who began an application, while they have access.", NULL},
};
#define PARTIES ((int32_t)(sizeof parties / sizeof parties[0]))
_Static_assert(NCT_PARTY_PREPARER == 1 << (PARTIES - 1), "every party has a word");

static const struct word contact_texts[] = {
    {"email", "The e-mail address.", NULL},
    {"phone", "The phone number, and its extension.", NULL},
    {"address", "The postal address, but for city and state.", NULL},
};
#define CONTACT_TEXTS ((int32_t)(sizeof contact_texts / sizeof contact_texts[0]))
_Static_assert(NCT_CONTACT_ADDRESS == 1 << (CONTACT_TEXTS - 1), "every text has a word");

static const struct word recipients[] = {
    [NCT_TO_REGISTRANT] = {"registrant", "Who filled the registration in.", NULL},
    [NCT_TO_SELF] = {"self", "The person the PIN is for.", NULL},
};
#define RECIPIENTS ((int32_t)(sizeof recipients / sizeof recipients[0]))

/* Only mails that carry a PIN: no other may be sent for one. */
static const struct word pin_mails[] = {
    [NCT_MAIL_PIN_ISSUED] = {"issued", "A first PIN.", NULL},
    [NCT_MAIL_PIN_FOR_OTHER] = {"for_other", "A PIN to be handed on.", NULL},
    [NCT_MAIL_PIN_RESET] = {"reset", "A new PIN in place of another.", NULL},
};
#define PIN_MAILS ((int32_t)(sizeof pin_mails / sizeof pin_mails[0]))

static const struct word *word_at(const struct word *words, int32_t count, int32_t index) {
    return index >= 0 && index < count && words[index].name != NULL ? &words[index] : NULL;
}

static nct_status find_word(const struct word *words, int32_t count, const char *name, int32_t *index) {
    for (int32_t i = 0; i < count; i++) {
        if (words[i].name != NULL && strcmp(words[i].name, name) == 0) {
            *index = i;
            return NCT_OK;
        }
    }
    return NCT_E_NOT_FOUND;
}

static const struct nct_host_right *host_right(const nct_policy *policy, int32_t right) {
    if (right < NCT_RIGHT_HOST_FIRST || right >= NCT_RIGHT_COUNT)
        return NULL;
    const struct nct_host_right *host = &policy->host_rights[right - NCT_RIGHT_HOST_FIRST];
    return host->name[0] != '\0' ? host : NULL;
}

static const struct word *right_word(int32_t right) {
    return right >= NCT_RIGHT_COUNT ? word_at(authorities, AUTHORITIES, right - NCT_RIGHT_COUNT)
                                    : word_at(rights, RIGHTS, right);
}

const char *nct_right_name(const nct_policy *policy, int32_t right) {
    if (policy == NULL)
        return NULL;
    const struct nct_host_right *host = host_right(policy, right);
    if (host != NULL)
        return host->name;
    return right_word(right) != NULL ? right_word(right)->name : NULL;
}

const char *nct_right_description(const nct_policy *policy, int32_t right) {
    if (policy == NULL)
        return NULL;
    const struct nct_host_right *host = host_right(policy, right);
    if (host != NULL)
        return host->description;
    return right_word(right) != NULL ? right_word(right)->description : NULL;
}

nct_status nct_right_from_name(const nct_policy *policy, const char *name, int32_t *right) {
    if (NCT_MISSING(policy) || NCT_MISSING(name) || NCT_MISSING(right))
        return NCT_E_ARGUMENT;
    *right = -1;
    for (int32_t i = -1; nct_right_next(policy, i, &i) == NCT_OK;)
        if (strcmp(nct_right_name(policy, i), name) == 0)
            *right = i;
    return *right >= 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

nct_status nct_right_next(const nct_policy *policy, int32_t after, int32_t *next) {
    if (next != NULL)
        *next = -1;
    if (NCT_MISSING(policy) || NCT_MISSING(next))
        return NCT_E_ARGUMENT;
    for (int32_t i = after < 0 ? 0 : after < INT32_MAX ? after + 1 : after; i < NCT_RIGHT_COUNT + AUTHORITIES; i++)
        if (nct_policy_knows(policy, i)) {
            *next = i;
            return NCT_OK;
        }
    return NCT_E_NOT_FOUND;
}

int nct_policy_knows(const struct nct_policy *policy, int32_t right) {
    if (right >= NCT_RIGHT_COUNT)
        return right < NCT_RIGHT_COUNT + AUTHORITIES;
    return right >= 0 && (policy->named_rights >> right & 1);
}

uint64_t nct_policy_rights(const nct_policy *policy) {
    return policy != NULL ? policy->named_rights : 0;
}

uint64_t nct_named_rights(void) {
    return (UINT64_C(1) << RIGHTS) - 1;
}

int32_t nct_authority_count(void) {
    return AUTHORITIES;
}

static const char *name_at(const struct word *words, int32_t count, int32_t index) {
    const struct word *word = word_at(words, count, index);
    return word != NULL ? word->name : NULL;
}

static const struct word *library_right(size_t index) {
    if (index < (size_t)RIGHTS)
        return &rights[index];
    return index - (size_t)RIGHTS < (size_t)AUTHORITIES ? &authorities[index - (size_t)RIGHTS] : NULL;
}

const char *nct_library_right_name(size_t index) {
    return library_right(index) != NULL ? library_right(index)->name : NULL;
}

const char *nct_library_right_description(size_t index) {
    return library_right(index) != NULL ? library_right(index)->description : NULL;
}

const char *nct_library_right_title(size_t index) {
    return library_right(index) != NULL ? library_right(index)->title : NULL;
}

const char *nct_authority_name(int32_t index) {
    return name_at(authorities, AUTHORITIES, index);
}

const char *nct_party_name(int32_t bit) {
    return name_at(parties, PARTIES, bit);
}

const char *nct_contact_text_name(int32_t bit) {
    return name_at(contact_texts, CONTACT_TEXTS, bit);
}

const char *nct_recipient_name(int32_t recipient) {
    return name_at(recipients, RECIPIENTS, recipient);
}

const char *nct_pin_mail_name(int32_t mail) {
    return name_at(pin_mails, PIN_MAILS, mail);
}

nct_status nct_policy_name_right(nct_policy *policy, int32_t right, const char *name, const char *description) {
    if (NCT_MISSING(policy) || NCT_MISSING(name) || NCT_MISSING(description))
        return NCT_E_ARGUMENT;
    if (right < NCT_RIGHT_HOST_FIRST || right >= NCT_RIGHT_COUNT)
        return NCT_E_POLICY;
    nct_status status = nct_text_word(name, strlen(name), NCT_RIGHT_NAME_MAX);
    if (status == NCT_OK)
        status = nct_text_line(description, strlen(description), NCT_RIGHT_DESCRIPTION_MAX / 4);
    int32_t other = -1;
    if (status == NCT_OK && nct_right_from_name(policy, name, &other) == NCT_OK && other != right)
        status = NCT_E_DUPLICATE;
    if (status != NCT_OK)
        return status;
    struct nct_host_right *host = &policy->host_rights[right - NCT_RIGHT_HOST_FIRST];
    memcpy(host->name, name, strlen(name) + 1);
    memcpy(host->description, description, strlen(description) + 1);
    policy->named_rights |= UINT64_C(1) << right;
    return NCT_OK;
}

nct_status nct_policy_forget_right(struct nct_policy *policy, int32_t right) {
    for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; kind < NCT_SUBMISSION_COUNT; kind++)
        if (policy->profile.submission_needs[kind] == right)
            return NCT_E_STATE;
    memset(&policy->host_rights[right - NCT_RIGHT_HOST_FIRST], 0, sizeof policy->host_rights[0]);
    policy->named_rights &= ~(UINT64_C(1) << right);
    return NCT_OK;
}
/* A host's right is called what the host says of it. */
const char *nct_right_title(const nct_policy *policy, int32_t right) {
    if (policy == NULL)
        return NULL;
    const struct nct_host_right *host = host_right(policy, right);
    if (host != NULL)
        return host->description;
    return right_word(right) != NULL ? right_word(right)->title : NULL;
}

nct_status nct_role_from_name(const char *name, int32_t *role) {
    if (NCT_MISSING(name) || NCT_MISSING(role))
        return NCT_E_ARGUMENT;
    *role = NCT_ROLE_NONE;
    return find_word(roles, NCT_ROLE_COUNT, name, role);
}

const char *nct_role_name(int32_t role) {
    return name_at(roles, NCT_ROLE_COUNT, role);
}

const char *nct_role_title(int32_t role) {
    return word_at(roles, NCT_ROLE_COUNT, role) != NULL ? roles[role].title : NULL;
}

const char *nct_role_description(int32_t role) {
    return word_at(roles, NCT_ROLE_COUNT, role) != NULL ? roles[role].description : NULL;
}

nct_status nct_relationship_from_name(const char *name, int32_t *relationship) {
    if (NCT_MISSING(name) || NCT_MISSING(relationship))
        return NCT_E_ARGUMENT;
    *relationship = 0;
    return find_word(relationships, NCT_RELATIONSHIP_COUNT, name, relationship);
}

const char *nct_relationship_name(int32_t relationship) {
    return name_at(relationships, NCT_RELATIONSHIP_COUNT, relationship);
}

const char *nct_relationship_description(int32_t relationship) {
    const struct word *word = word_at(relationships, NCT_RELATIONSHIP_COUNT, relationship);
    return word != NULL ? word->description : NULL;
}
