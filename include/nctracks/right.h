/**
 * @file right.h
 * @brief Rights and authorities: what a person may do.
 * @defgroup right Rights
 * @{
 *
 * A *right* (0 to 63) is handed out one by one: 0 to 31 are the library's, 32 to 63 the host's. An *authority* (64 and
 * above) belongs to a role and cannot be handed out. Functions that ask "may this person do that" take either.
 *
 * Which rights there are is this library's own list: no public source states one. A host names its own in its policy.
 */
#ifndef NCTRACKS_RIGHT_H
#define NCTRACKS_RIGHT_H

#include <nctracks/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_RIGHT_ELIGIBILITY_INQUIRY = 0, /**< Ask whether a recipient is eligible. */
    NCT_RIGHT_CLAIM_SUBMIT = 1,        /**< Submit claims. */
    NCT_RIGHT_CLAIM_INQUIRY = 2,       /**< Ask for the status of claims. */
    NCT_RIGHT_PA_SUBMIT = 3,           /**< Submit Prior Approval requests. */
    NCT_RIGHT_PA_INQUIRY = 4,          /**< Ask for the status of Prior Approvals. */
    NCT_RIGHT_FL2_SUBMIT = 5,          /**< Submit FL2 (long term care level of care) requests. */
    NCT_RIGHT_REMITTANCE_INQUIRY = 6,  /**< See the remittance advice (checkwrite). */
    NCT_RIGHT_MESSAGE_CENTER = 7,      /**< Read the message centre. */
    NCT_RIGHT_PROVIDER_VIEW = 8,       /**< See the provider record. */
    NCT_RIGHT_PROVIDER_UPDATE = 9,     /**< Prepare changes of the provider record. */
    NCT_RIGHT_TRAINING = 10,           /**< Use the training portal. */
    NCT_RIGHT_REFERRAL = 11,           /**< Handle referrals. */
    NCT_RIGHT_HOST_FIRST = 32,         /**< First right a host may name. */
    NCT_RIGHT_COUNT = 64               /**< Rights are below this. */
};

enum {
    NCT_AUTHORITY_USER_ADMINISTRATION = 64, /**< Add users, grant and revoke (S7). */
    NCT_AUTHORITY_ENROLLMENT_SUBMIT = 65,   /**< Sign and submit enrollment-type applications (S14). */
    NCT_AUTHORITY_EFT_CHANGE = 66,          /**< Change where the provider is paid. */
    NCT_AUTHORITY_PIN_RESET = 67,           /**< Have a new PIN sent to a user (S13). */
    NCT_AUTHORITY_ENROLLMENT_PREPARE = 68,  /**< Draft enrollment-type applications. */
    NCT_AUTHORITY_INITIAL_ENROLLMENT = 69 /**< Sign and submit an initial enrollment, where a profile sets it apart. */
};

/**
 * @brief Names a right of the host's own.
 *
 * @param policy the policy
 * @param right 32 to 63
 * @param name lower-case letters, digits, `.` and `_`, 1 to 40 bytes, NUL-terminated, not in use
 * @param description one line, up to 100 characters, NUL-terminated
 * @return #NCT_OK; #NCT_E_POLICY for another right; #NCT_E_DUPLICATE; #NCT_E_CHARACTER, #NCT_E_TOO_LONG, #NCT_E_EMPTY,
 *     #NCT_E_UTF8 for the texts; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_name_right(nct_policy *policy, int32_t right, const char *name,
                                                      const char *description);

/**
 * @brief The right or authority of a name, such as "pa.submit" or "user.administration".
 *
 * @param policy the policy
 * @param name NUL-terminated
 * @param[out] right receives it
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_right_from_name(const nct_policy *policy, const char *name, int32_t *right);

/**
 * @brief The name of a right or authority.
 *
 * @param policy the policy
 * @param right which
 * @return a string as long-lived as the policy; NULL for one without a name.
 */
NCT_API const char *nct_right_name(const nct_policy *policy, int32_t right);

/**
 * @brief What a right or authority is called: a few words, for the head of a column or a label.
 *
 * In the portal's languages it is the text `right.NAME.title`, see nct_portal_text().
 *
 * @param policy the policy
 * @param right which
 * @return a string as long-lived as the policy, for a right the host named its description; NULL for one without a
 * name.
 */
NCT_API const char *nct_right_title(const nct_policy *policy, int32_t right);

/**
 * @brief One line on a right or authority.
 *
 * @param policy the policy
 * @param right which
 * @return a string as long-lived as the policy; NULL for one without a name.
 */
NCT_API const char *nct_right_description(const nct_policy *policy, int32_t right);

/**
 * @brief The next right or authority that has a name, for a loop over all of them.
 *
 * @param policy the policy
 * @param after the one before; -1 for the first
 * @param[out] next receives the right or authority; -1 on failure. May be where @p after came from
 * @return #NCT_OK; #NCT_E_NOT_FOUND after the last; #NCT_E_ARGUMENT for NULL.
 */
NCT_API NCT_MUST_USE nct_status nct_right_next(const nct_policy *policy, int32_t after, int32_t *next);

/**
 * @brief The bit mask of all rights that have a name.
 *
 * @param policy the policy
 * @return the mask; 0 for NULL.
 */
NCT_API uint64_t nct_policy_rights(const nct_policy *policy);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
