/* What groups of fields and the values of choices are called, for a person. */
#include "portal/form/fields.h"

struct label {
    const char *name;
    const char *label;
};

static const struct label groups[] = {
    {"provider", "Provider"},        {"office_administrator", "Office Administrator"},
    {"eft", "Account for payments"}, {"registrant", "Registrant"},
    {"users[N]", "Users"},           {"signer", "Signer"},
    {"submission", "Submission"},    {"document", "Document"},
    {"attestation", "Attestation"},  {"review", "Review"},
    {"idempotency", "Repetition"},   {"application", "Application"},
    {"physician", "Physician"},      {"requester", "Requester"},
};

/* A word is called the same in every form. */
static const struct label choices[] = {
    {"individual", "Individual"},
    {"organization", "Organization"},
    {"owner", "Owner"},
    {"managing_employee", "Managing employee"},
    {"provider", "The provider in person"},
    {"managing_relationship", "Managing Relationship"},
    {"user", "User"},
    {"user_administrator", "User Administrator"},
    {"checking", "Checking account"},
    {"savings", "Savings account"},
    {"enrollment", "Initial enrollment"},
    {"recredentialing", "Recredentialing (re-verification)"},
    {"fl2", "FL2 (long term care)"},
    {"pharmacy_pa", "Pharmacy Prior Approval"},
    {"medical_pa", "Medical Prior Approval"},
    {"reenrollment", "Re-enrollment"},
    {"manage_change", "Manage change request"},
    {"maintain_eligibility", "Maintain eligibility"},
};

static int label_at(const struct label *labels, size_t count, size_t index, const char **name, const char **label) {
    *name = index < count ? labels[index].name : NULL;
    *label = index < count ? labels[index].label : NULL;
    return index < count;
}

int nct_field_group_at(size_t index, const char **name, const char **label) {
    return label_at(groups, sizeof groups / sizeof *groups, index, name, label);
}

int nct_choice_at(size_t index, const char **word, const char **label) {
    return label_at(choices, sizeof choices / sizeof *choices, index, word, label);
}
