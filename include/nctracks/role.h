/**
 * @file role.h
 * @brief Roles at a provider, and relationships to its record.
 * @defgroup role Roles and relationships
 * @{
 *
 * A *role* is what a grant gives a person at one provider (S3, S6, S7): it carries authorities, and says whom they may
 * manage. A *relationship* is what a person is to the provider's record, such as an owner; some roles ask for one.
 * Which role carries what is the policy's to say, see rule.h.
 */
#ifndef NCTRACKS_ROLE_H
#define NCTRACKS_ROLE_H

#include <nctracks/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_ROLE_NONE = 0,                        /**< No role: what a revoked grant has. */
    NCT_ROLE_OFFICE_ADMINISTRATOR = 1,        /**< Office Administrator (OA): one a record (S3). */
    NCT_ROLE_USER_ADMINISTRATOR = 2,          /**< User Administrator (UA), appointed by the OA (S7). */
    NCT_ROLE_USER = 3,                        /**< Staff with access by area of responsibility (S6). */
    NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR = 4, /**< Backup OA: one a record (profile 2026). */
    NCT_ROLE_MANAGING_RELATIONSHIP = 5,       /**< Managing Relationship (MR) user (profile 2022 and later). */
    NCT_ROLE_ENROLLMENT_SPECIALIST = 6        /**< Enrollment Specialist (ES) (profile 2022 and later). */
};

enum {
    NCT_RELATIONSHIP_OWNER = 1,                /**< An owner of the provider. */
    NCT_RELATIONSHIP_MANAGING_EMPLOYEE = 2,    /**< A managing employee of the provider. */
    NCT_RELATIONSHIP_PROVIDER = 3,             /**< The individual provider themself. */
    NCT_RELATIONSHIP_MANAGING_RELATIONSHIP = 4 /**< A managing relationship on the record. */
};

/**
 * @brief The role of a name, such as "office_administrator" or "user".
 *
 * @param name NUL-terminated
 * @param[out] role receives it
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_role_from_name(const char *name, int32_t *role);

/**
 * @brief The name of a role.
 *
 * @param role one of the constants
 * @return a constant string; NULL for an unknown role and for #NCT_ROLE_NONE.
 */
NCT_API const char *nct_role_name(int32_t role);

/**
 * @brief What a role is called, such as "Office Administrator".
 *
 * In the portal's languages it is the text `role.NAME.title`, see nct_portal_text().
 *
 * @param role one of the constants
 * @return a constant string; NULL for an unknown role and for #NCT_ROLE_NONE.
 */
NCT_API const char *nct_role_title(int32_t role);

/**
 * @brief One line on a role.
 *
 * @param role one of the constants
 * @return a constant string; NULL for an unknown role.
 */
NCT_API const char *nct_role_description(int32_t role);

/**
 * @brief Whether a role carries an authority under a policy.
 *
 * @param policy the policy
 * @param role which role
 * @param authority 64 or above
 * @return 1 or 0.
 */
NCT_API int32_t nct_policy_role_has(const nct_policy *policy, int32_t role, int32_t authority);

/**
 * @brief Whether a role may add, change and revoke users of another role.
 *
 * @param policy the policy
 * @param role the actor's
 * @param managed the other's
 * @return 1 or 0.
 */
NCT_API int32_t nct_policy_role_manages(const nct_policy *policy, int32_t role, int32_t managed);

/**
 * @brief The relationship to a provider record of a name: "owner", "managing_employee", "provider",
 * "managing_relationship".
 *
 * @param name NUL-terminated
 * @param[out] relationship receives it
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_relationship_from_name(const char *name, int32_t *relationship);

/**
 * @brief The name of a relationship.
 *
 * @param relationship one of the constants
 * @return a constant string; NULL for an unknown one.
 */
NCT_API const char *nct_relationship_name(int32_t relationship);

/**
 * @brief One line on a relationship.
 *
 * @param relationship one of the constants
 * @return a constant string; NULL for an unknown one.
 */
NCT_API const char *nct_relationship_description(int32_t relationship);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
