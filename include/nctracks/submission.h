/**
 * @file submission.h
 * @brief Kinds of submission, and what each needs of whoever prepares and signs it.
 * @defgroup submission Submissions
 * @{
 *
 * What providers sign and submit is of one of these kinds (S9). Enrollment-type kinds need an authority, the others a
 * right (S14); the policy says which.
 */
#ifndef NCTRACKS_SUBMISSION_H
#define NCTRACKS_SUBMISSION_H

#include <nctracks/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_SUBMISSION_ENROLLMENT = 1,          /**< Initial enrollment application (S9). */
    NCT_SUBMISSION_RECREDENTIALING = 2,     /**< Recredentialing (re-verification) application (S9). */
    NCT_SUBMISSION_FL2 = 3,                 /**< FL2, long term care level of care (S9). */
    NCT_SUBMISSION_PHARMACY_PA = 4,         /**< Pharmacy Prior Approval (S9). */
    NCT_SUBMISSION_MEDICAL_PA = 5,          /**< Medical Prior Approval (S9). */
    NCT_SUBMISSION_REENROLLMENT = 6,        /**< Re-enrollment application. */
    NCT_SUBMISSION_MANAGE_CHANGE = 7,       /**< Manage change request (MCR). */
    NCT_SUBMISSION_MAINTAIN_ELIGIBILITY = 8 /**< Maintain eligibility application. */
};

/**
 * @brief The submission kind of a name, such as "enrollment" or "fl2".
 *
 * @param name NUL-terminated
 * @param[out] submission receives it
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_submission_from_name(const char *name, int32_t *submission);

/**
 * @brief The name of a submission kind.
 *
 * @param submission one of the constants
 * @return a constant string; NULL for an unknown kind.
 */
NCT_API const char *nct_submission_name(int32_t submission);

/**
 * @brief One line on a submission kind.
 *
 * @param submission one of the constants
 * @return a constant string; NULL for an unknown kind.
 */
NCT_API const char *nct_submission_description(int32_t submission);

/**
 * @brief The right or authority a submission needs (S14).
 *
 * @param policy the policy
 * @param submission the kind
 * @param[out] right receives the right or authority; -1 on failure
 * @return #NCT_OK; #NCT_E_ARGUMENT for NULL, an unknown kind, and where the policy does not say.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_submission_needs(const nct_policy *policy, int32_t submission,
                                                            int32_t *right);

/**
 * @brief The right or authority that preparing a submission needs: #NCT_AUTHORITY_ENROLLMENT_PREPARE for the
 * enrollment-type kinds, for the others the right to submit them (our policy).
 *
 * @param policy the policy
 * @param submission the kind
 * @param[out] right as nct_policy_submission_needs()
 * @return as nct_policy_submission_needs().
 */
NCT_API NCT_MUST_USE nct_status nct_policy_preparation_needs(const nct_policy *policy, int32_t submission,
                                                             int32_t *right);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
