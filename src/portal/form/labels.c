/* What groups of fields and the values of choices are called, for a person. */
#include "portal/form/fields.h"

#include <string.h>

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
    {"address", "Postal address"},   {"authentication", "Authentication"},
    {"request", "Request"},          {"backup_office_administrator", "Backup Office Administrator"},
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
    {"office_administrator", "Office Administrator"},
    {"backup_office_administrator", "Backup Office Administrator"},
    {"enrollment_specialist", "Enrollment Specialist"},
    {"aal1", "Level 1: password"},
    {"aal2", "Level 2: two factors"},
    {"aal3", "Level 3: two factors, one in hardware"},
    {"yes", "Yes"},
    {"jr", "Jr."},
    {"sr", "Sr."},
    {"ii", "II"},
    {"iii", "III"},
    {"iv", "IV"},
    {"v", "V"},
    {"vi", "VI"},
    {"vii", "VII"},
    {"viii", "VIII"},
    {"ix", "IX"},
    {"x", "X"},
    {"AL", "Alabama"},
    {"AK", "Alaska"},
    {"AS", "American Samoa"},
    {"AZ", "Arizona"},
    {"AR", "Arkansas"},
    {"CA", "California"},
    {"CO", "Colorado"},
    {"CT", "Connecticut"},
    {"DE", "Delaware"},
    {"DC", "District of Columbia"},
    {"FL", "Florida"},
    {"GA", "Georgia"},
    {"GU", "Guam"},
    {"HI", "Hawaii"},
    {"ID", "Idaho"},
    {"IL", "Illinois"},
    {"IN", "Indiana"},
    {"IA", "Iowa"},
    {"KS", "Kansas"},
    {"KY", "Kentucky"},
    {"LA", "Louisiana"},
    {"ME", "Maine"},
    {"MD", "Maryland"},
    {"MA", "Massachusetts"},
    {"MI", "Michigan"},
    {"MN", "Minnesota"},
    {"MS", "Mississippi"},
    {"MO", "Missouri"},
    {"MP", "Northern Mariana Islands"},
    {"MT", "Montana"},
    {"NE", "Nebraska"},
    {"NV", "Nevada"},
    {"NH", "New Hampshire"},
    {"NJ", "New Jersey"},
    {"NM", "New Mexico"},
    {"NY", "New York"},
    {"NC", "North Carolina"},
    {"ND", "North Dakota"},
    {"OH", "Ohio"},
    {"OK", "Oklahoma"},
    {"OR", "Oregon"},
    {"PA", "Pennsylvania"},
    {"PR", "Puerto Rico"},
    {"RI", "Rhode Island"},
    {"SC", "South Carolina"},
    {"SD", "South Dakota"},
    {"TN", "Tennessee"},
    {"TX", "Texas"},
    {"UT", "Utah"},
    {"VT", "Vermont"},
    {"VA", "Virginia"},
    {"VI", "U.S. Virgin Islands"},
    {"WA", "Washington"},
    {"WV", "West Virginia"},
    {"WI", "Wisconsin"},
    {"WY", "Wyoming"},
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

const char *nct_choice_label(const char *word) {
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (strcmp(choices[i].name, word) == 0)
            return choices[i].label;
    return NULL;
}
