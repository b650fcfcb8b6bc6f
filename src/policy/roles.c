/* Roles and relationships: one table each. */
#include "base/about.h"
#include "policy/policy.h"
#include "policy/words.h"

static const struct nct_word roles[NCT_ROLE_COUNT] = {
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

static const struct nct_word relationships[NCT_RELATIONSHIP_COUNT] = {
    [NCT_RELATIONSHIP_OWNER] = {"owner", "An owner of the provider.", NULL},
    [NCT_RELATIONSHIP_MANAGING_EMPLOYEE] = {"managing_employee", "A managing employee of the provider.", NULL},
    [NCT_RELATIONSHIP_PROVIDER] = {"provider", "The individual provider themself.", NULL},
    [NCT_RELATIONSHIP_MANAGING_RELATIONSHIP] = {"managing_relationship", "A managing relationship on the record.",
                                                NULL},
};

nct_status nct_role_from_name(const char *name, int32_t *role) {
    if (NCT_MISSING(name) || NCT_MISSING(role))
        return NCT_E_ARGUMENT;
    *role = NCT_ROLE_NONE;
    return nct_word_find(roles, NCT_ROLE_COUNT, name, role);
}

const char *nct_role_name(int32_t role) {
    return nct_word_name(roles, NCT_ROLE_COUNT, role);
}

const char *nct_role_title(int32_t role) {
    return nct_word_at(roles, NCT_ROLE_COUNT, role) != NULL ? roles[role].title : NULL;
}

const char *nct_role_description(int32_t role) {
    return nct_word_at(roles, NCT_ROLE_COUNT, role) != NULL ? roles[role].description : NULL;
}

nct_status nct_relationship_from_name(const char *name, int32_t *relationship) {
    if (NCT_MISSING(name) || NCT_MISSING(relationship))
        return NCT_E_ARGUMENT;
    *relationship = 0;
    return nct_word_find(relationships, NCT_RELATIONSHIP_COUNT, name, relationship);
}

const char *nct_relationship_name(int32_t relationship) {
    return nct_word_name(relationships, NCT_RELATIONSHIP_COUNT, relationship);
}

const char *nct_relationship_description(int32_t relationship) {
    const struct nct_word *word = nct_word_at(relationships, NCT_RELATIONSHIP_COUNT, relationship);
    return word != NULL ? word->description : NULL;
}
