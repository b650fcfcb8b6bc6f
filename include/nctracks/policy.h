/**
 * @file policy.h
 * @brief The rules as data: roles, rights, submissions, limits; one dated profile at a time.
 * @defgroup policy Policy
 * @{
 *
 * A policy starts as a copy of a dated profile. "2013" reproduces the rules S1 to S17 of the NCTracks
 * getting-started documents; "2022", "2025" and "2026" follow later public bulletins. What no public source states (PIN
 * length, limits, the list of rights) is this library's own policy and can be set.
 *
 * A *right* (0 to 63) is handed out one by one: 0 to 31 are the library's, 32 to 63 the host's. An
 * *authority* (64 and above) belongs to a role and cannot be handed out. Functions that ask "may this person
 * do that" take either.
 *
 * Every rule of a policy has a *path*, such as "role.user_administrator.manages", and a value as text, such as "user":
 * one table, read with nct_rule_path() and its neighbours. A policy is changed rule by rule with nct_rule_set(), or
 * made from a text of lines `path = value` with nct_policy_load(). Whether the rules fit together is asked with
 * nct_policy_check(); a portal takes no policy that contradicts itself.
 */
#ifndef NCTRACKS_POLICY_H
#define NCTRACKS_POLICY_H

#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A rulebook. Not for several threads at once while it is being changed. */
typedef struct nct_policy nct_policy;

/** What is wrong with a policy or its text. Immutable; any thread. */
typedef struct nct_policy_problems nct_policy_problems;

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

enum {
    NCT_OPTION_PIN_LENGTH = 1,        /**< Digits of a PIN: 6 to 12; 6. */
    NCT_OPTION_PIN_ATTEMPTS = 2,      /**< Consecutive wrong tries that disable a PIN: 1 to 100; 10. */
    NCT_OPTION_PASSWORD_ATTEMPTS = 3, /**< The same for a password the library keeps: 1 to 100; 10. */
    NCT_OPTION_DELAY_FROM = 4,        /**< Wrong tries after which the next must wait: 1 to 100; 3. */
    NCT_OPTION_DELAY_FIRST = 5,       /**< The first wait, doubled each time, in ms: 0 to 3,600,000; 30,000. */
    NCT_OPTION_DELAY_LONGEST = 6,     /**< The longest wait, in ms: 0 to 86,400,000; 3,600,000. */
    NCT_OPTION_KDF_MEMORY = 7,        /**< Argon2id memory in KiB: 19,456 to 1,048,576; 19,456. */
    NCT_OPTION_KDF_PASSES = 8,        /**< Argon2id passes: 2 to 16; 2. */
    NCT_OPTION_MAIL_LEASE = 9,        /**< How long a flusher may hold a mail, in ms: 1,000 to 3,600,000; 60,000. */
    NCT_OPTION_COMMIT_TRIES = 10,     /**< Conflicts before #NCT_E_BUSY: 1 to 1,000,000; 1,000. */
    NCT_OPTION_TESTING = 11 /**< 1 lets KDF memory and passes go down to 8 KiB and 1: for tests only; the profile's name
                               in every signed record then ends in "+testing". */
};

enum {
    NCT_OPTION_REVIEW_TIME = 12,    /**< How long a review may be signed, in ms: 10,000 to 86,400,000; 900,000. */
    NCT_OPTION_REVIEW_REQUIRED = 13 /**< 1: nothing is signed without a review; 0. */
};

enum {
    NCT_OPTION_PERIOD = 14,         /**< 1: all components begin a period of signing, see nct_signature_period(); 0. */
    NCT_OPTION_PERIOD_IDLE = 15,    /**< How long a period lasts unused, in ms: 60,000 to 3,600,000; 900,000. */
    NCT_OPTION_PERIOD_LONGEST = 16, /**< How long a period lasts at most, in ms: 60,000 to 86,400,000; 43,200,000. */
    NCT_OPTION_TRY_LONGEST = 17     /**< How long a try broken off has its turn, in ms: 1,000 to 600,000; 30,000. */
};

enum {
    NCT_POLICY_DIGEST = 32,           /**< Bytes of the digest of a policy. */
    NCT_OPTION_REQUESTS_CONTACT = 18, /**< Changes of contact data asked for in a day, see contact.h: 1 to 100; 5. */
    NCT_OPTION_REQUESTS_PIN = 19,     /**< New PINs asked for in a day, see pin.h: 1 to 100; 5. */
    NCT_OPTION_REQUESTS_ACCESS = 20   /**< Times in a day that somebody is given access they had not: 1 to 100; 10. */
};
enum {
    /** How long an idempotency key is remembered, in ms: 60,000 to 2,678,400,000 (31 days); 86,400,000. */
    NCT_OPTION_IDEMPOTENCY_TIME = 21
};
enum {
    /** 0: an EFT change is in force without an operator's confirmation, see eft.h; 1. */
    NCT_OPTION_EFT_CONFIRMED = 22
};
enum {
    /** How far before what the store holds a time may lie, in ms, see clock.h: 0 to 253,402,300,799,999; 300,000. */
    NCT_OPTION_CLOCK_BEHIND = 23
};
enum {
    /** How long nothing may have been changed before the clock is doubted, in ms: 86,400,000 to 253,402,300,799,999;
     * 34,560,000,000 (400 days). */
    NCT_OPTION_CLOCK_QUIET = 24
};
enum {
    /** The same while times of a wrong clock lie ahead: 60,000 to 34,560,000,000; 86,400,000. */
    NCT_OPTION_CLOCK_APART = 25,
    NCT_OPTION_SESSION_IDLE = 26,    /**< How long a session lasts unused, in ms: 60,000 to 86,400,000; 900,000. */
    NCT_OPTION_SESSION_LONGEST = 27, /**< How long a session lasts at most, in ms: 60,000 to 86,400,000; 43,200,000. */
    NCT_OPTION_SESSION_MOST = 28,    /**< Sessions of a person: 1 to 12; 5. */
    NCT_OPTION_CODE_TIME = 29,     /**< How long a code of the second step holds, in ms: 60,000 to 600,000; 600,000. */
    NCT_OPTION_CODE_ATTEMPTS = 30, /**< Tries of it: 1 to 10; 5. */
    NCT_OPTION_RESET_TIME = 31, /**< How long a password reset code holds, in ms: 600,000 to 86,400,000; 1,800,000. */
    NCT_OPTION_RESET_ATTEMPTS = 32,   /**< Tries of it: 1 to 100; 10. */
    NCT_OPTION_REQUESTS_CODE = 33,    /**< Codes of the second step in a day, see signin.h: 1 to 100; 10. */
    NCT_OPTION_REQUESTS_PASSWORD = 34 /**< Codes that reset a password in a day, see signin.h: 0 to 100; 5. */
};
enum {
    /** Refusals after which a mail is given up, see mailer.h: 1 to 100; 16, which are more than the four to five days
     * of RFC 5321, 4.5.4.1. */
    NCT_OPTION_MAIL_TRIES = 35,
    /** The wait after a mail's first refusal, doubled with each further one up to a day, in ms: 0 to 86,400,000;
     *  60,000. */
    NCT_OPTION_MAIL_BACKOFF = 36,
    /** How long an assignment lasts, see work.h, in ms: 60,000 to 2,678,400,000; 259,200,000 (3 days). */
    NCT_OPTION_WORK_ASSIGNED = 37,
    NCT_OPTION_REQUESTS_DRAFT = 38, /**< Drafts that a person may begin in a day: 1 to 100,000; 500. */
    /** How long an invitation can be accepted, see invitation.h, in ms: 3,600,000 to 2,678,400,000; 604,800,000
     *  (7 days). */
    NCT_OPTION_INVITATION_TIME = 39,
    /** 1: nct_access_grant() gives nobody access who has none there, and nct_user_add() nobody at all, but with
     *  #NCT_E_INVITATION_REQUIRED: they are invited; 0. Roles given by two, and a registration, need no invitation. */
    NCT_OPTION_INVITATION_REQUIRED = 40,
    NCT_OPTION_INVITATION_MOST = 41,     /**< Invitations of a provider at once, lapsed ones too: 1 to 1,000; 100. */
    NCT_OPTION_INVITATION_SENDS = 42,    /**< How often one invitation may be sent: 1 to 10; 3. */
    NCT_OPTION_REQUESTS_INVITATION = 43, /**< Invitations of a provider sent in a day: 1 to 1,000; 20. */
    /** 1: each signature is acknowledged by mail too; 0: in the signer's messages alone. 1. */
    NCT_OPTION_SIGNATURE_MAILED = 44
};

enum {
    NCT_POLICY_TEXT_MAX = 65536 /**< Longest text of a policy, in bytes. */
};

/**
 * @brief Makes a policy from a dated profile.
 *
 * @param profile such as "2013", NUL-terminated
 * @param[out] out receives it; NULL on failure. Free with nct_policy_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND for an unknown profile; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_new(const char *profile, nct_policy **out);

/**
 * @brief Frees a policy.
 *
 * @param policy may be NULL
 */
NCT_API void nct_policy_free(nct_policy *policy);

/**
 * @brief How many profiles there are.
 *
 * @return the count.
 */
NCT_API size_t nct_profile_count(void);

/**
 * @brief The name of a profile.
 *
 * @param index below nct_profile_count()
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_profile_name(size_t index);

/**
 * @brief The name of a policy's profile, with "+testing" where that option is set.
 *
 * @param policy may be NULL
 * @return a string as long-lived as the policy; NULL for NULL.
 */
NCT_API const char *nct_policy_profile(const nct_policy *policy);

/**
 * @brief Sets an option.
 *
 * @param policy the policy
 * @param option one of the NCT_OPTION constants
 * @param value within the bounds stated there
 * @return #NCT_OK; #NCT_E_POLICY outside the bounds, and for ending #NCT_OPTION_TESTING while a value is below its
 *     bound; #NCT_E_ARGUMENT for NULL or an unknown option.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_set(nct_policy *policy, int32_t option, int64_t value);

/**
 * @brief Reads an option.
 *
 * @param policy the policy
 * @param option which
 * @param[out] value receives it
 * @return #NCT_OK; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_get(const nct_policy *policy, int32_t option, int64_t *value);

/**
 * @brief The bounds of an option outside testing.
 *
 * @param option which
 * @param[out] least the least value
 * @param[out] most the greatest
 * @return #NCT_OK; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_option_bounds(int32_t option, int64_t *least, int64_t *most);

/**
 * @brief The option of a name, such as "pin.length".
 *
 * @param name NUL-terminated
 * @param[out] option receives it
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_option_from_name(const char *name, int32_t *option);

/**
 * @brief The name of an option.
 *
 * @param option one of the constants
 * @return a constant string; NULL for an unknown one.
 */
NCT_API const char *nct_option_name(int32_t option);

/**
 * @brief One line on an option: unit and meaning.
 *
 * @param option one of the constants
 * @return a constant string; NULL for an unknown one.
 */
NCT_API const char *nct_option_description(int32_t option);

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

/**
 * @brief How many rules a policy has: the size of the table of paths.
 *
 * @return the count.
 */
NCT_API size_t nct_rule_count(void);

/**
 * @brief The path of a rule, such as "role.user_administrator.manages" or "pin.length".
 *
 * @param index below nct_rule_count()
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_rule_path(size_t index);

/**
 * @brief One line on a rule.
 *
 * @param index below nct_rule_count()
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_rule_description(size_t index);

/**
 * @brief What the value of a rule is.
 *
 * "roles", "authorities", "relationships", "parties", "contact_texts": words of nct_rule_word(), separated by spaces,
 * each once; "choice": one such word; "number": decimal digits within nct_rule_bounds(); "numbers": up to four of them;
 * "right": the name of a right or authority; "host_right": a name, a space and a line about it, see
 * nct_policy_name_right(); "name": the profile's, up to 31 letters, digits, `.`, `_` and `-`; "text": what the rule's
 * description says, up to 254 bytes. But for an option and a "text", an empty value is allowed: the rule says nothing
 * then.
 *
 * @param index below nct_rule_count()
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_rule_type(size_t index);

/**
 * @brief A word the value of a rule may have.
 *
 * @param index below nct_rule_count()
 * @param number from 0
 * @return a constant string; NULL past the last word and for a rule without fixed words.
 */
NCT_API const char *nct_rule_word(size_t index, size_t number);

/**
 * @brief The bounds of a "number" or of each of "numbers".
 *
 * @param index below nct_rule_count()
 * @param[out] least the least value
 * @param[out] most the greatest; both 0 for rules of other types
 * @return #NCT_OK; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_rule_bounds(size_t index, int64_t *least, int64_t *most);

/**
 * @brief The value of a rule as text, in its one canonical form.
 *
 * @param policy the policy
 * @param path of the rule, NUL-terminated
 * @param[out] out receives the text and a terminating NUL; may be NULL where @p capacity is 0
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_E_ARGUMENT; #NCT_E_UNKNOWN_FIELD; #NCT_E_BUFFER, with an empty text; #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_rule_get(const nct_policy *policy, const char *path, char *out, size_t capacity,
                                             size_t *out_len);

/**
 * @brief Sets one rule.
 *
 * Whether it fits the others is not asked: see nct_policy_check().
 *
 * A policy with other rules than those of the dated profile it came from needs another name: set "name" too.
 *
 * @param policy the policy; as it was on failure
 * @param path of the rule, NUL-terminated
 * @param value the text, UTF-8
 * @param value_len its length; 0: the rule is to say nothing
 * @param[out] problems receives a list that names the word which is wrong; NULL where there is none; may be NULL. Free
 *     with nct_policy_problems_free().
 * @return #NCT_E_ARGUMENT; #NCT_E_NO_MEMORY; #NCT_E_UNKNOWN_FIELD for a path there is none of; #NCT_E_TOO_LONG beyond
 *     1,024 bytes; #NCT_E_NUL; #NCT_E_UTF8; then by the type of the rule: #NCT_E_UNKNOWN_VALUE for a word, right or
 *     authority there is none of; #NCT_E_DUPLICATE for a word given twice, and for a host right's name in use;
 *     #NCT_E_FORMAT for what is no number; #NCT_E_POLICY for one outside its bounds; #NCT_E_LIMIT for more than four;
 *     #NCT_E_TOO_LONG, #NCT_E_CHARACTER, #NCT_E_EMPTY for names and descriptions; #NCT_E_STATE for taking the name of a
 *     host right away while a submission needs it; #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_rule_set(nct_policy *policy, const char *path, const char *value, size_t value_len,
                                             nct_policy_problems **problems);

/**
 * @brief Makes a policy from a text: lines `path = value` in any order, each path once.
 *
 * The first of them may be `base = 2025`: the others then change a copy of that dated profile. Without it every rule
 * begins empty, and every option at its usual value. Empty lines and lines that begin with `#` are passed over; white
 * space around path and value does not count; lines end with LF or CR LF.
 *
 * A text that can be read may still contradict itself: ask nct_policy_check().
 *
 * @param text UTF-8, not necessarily NUL-terminated
 * @param text_len its length, at most #NCT_POLICY_TEXT_MAX
 * @param[out] problems receives every problem with its line, up to 100 and in the order of lines; NULL where there is
 *     none; may be NULL. Free with nct_policy_problems_free().
 * @param[out] out receives the policy; NULL on failure. Free with nct_policy_free().
 * @return #NCT_E_ARGUMENT; #NCT_E_LIMIT for a longer text; #NCT_E_NO_MEMORY; #NCT_E_PROBLEMS; #NCT_OK. Codes of
 *     problems are those of nct_rule_set() and #NCT_E_FORMAT for a line without `=` and a `base` that is not first,
 *     #NCT_E_UNKNOWN_VALUE for a base there is none of, #NCT_E_DUPLICATE for a path given twice, #NCT_E_CHARACTER for a
 *     control character.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_load(const char *text, size_t text_len, nct_policy_problems **problems,
                                                nct_policy **out);

/**
 * @brief The canonical text of a policy: every rule that says something, in the order of the table.
 *
 * Loading it makes an equal policy.
 *
 * @param policy the policy
 * @param[out] out receives the text and a terminating NUL; may be NULL where @p capacity is 0
 * @param capacity bytes at @p out; #NCT_POLICY_TEXT_MAX always suffices
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_E_ARGUMENT; #NCT_E_BUFFER, with an empty text; #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_save(const nct_policy *policy, char *out, size_t capacity, size_t *out_len);

/**
 * @brief What tells policies apart: a digest of every rule and option.
 *
 * BLAKE2b-256 of "nctracks/policy/1", a zero byte and the text nct_policy_save() writes. A version of the library that
 * brings new rules gives the same profile another digest.
 *
 * @param policy the policy
 * @param[out] out receives #NCT_POLICY_DIGEST bytes
 * @return #NCT_OK; #NCT_E_ARGUMENT; #NCT_E_NO_MEMORY; #NCT_E_CRYPTO.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_digest(const nct_policy *policy, void *out);

/**
 * @brief Whether the rules of a policy fit together (our policy; `doc/guide-profiles.md` lists what is refused).
 *
 * @param policy the policy
 * @param[out] problems receives every contradiction with the path of a rule to change and the reason in words; NULL
 *     where there is none; may be NULL. Free with nct_policy_problems_free().
 * @return #NCT_E_ARGUMENT; #NCT_E_NO_MEMORY; #NCT_E_PROFILE; #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_check(const nct_policy *policy, nct_policy_problems **problems);

/**
 * @brief The policy as tables for people, in Markdown.
 *
 * @param policy the policy
 * @param[out] out receives the text and a terminating NUL; may be NULL where @p capacity is 0
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_E_ARGUMENT; #NCT_E_BUFFER, with an empty text; #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_policy_print(const nct_policy *policy, char *out, size_t capacity, size_t *out_len);

/**
 * @brief Frees a list of problems.
 *
 * @param problems may be NULL
 */
NCT_API void nct_policy_problems_free(nct_policy_problems *problems);

/**
 * @brief How many problems there are.
 *
 * @param problems may be NULL
 * @return the count.
 */
NCT_API size_t nct_policy_problems_count(const nct_policy_problems *problems);

/**
 * @brief The line of the text.
 *
 * @param problems the list
 * @param index below the count
 * @return from 1; 0 for a problem that is not of a line, and past the end.
 */
NCT_API size_t nct_policy_problems_line(const nct_policy_problems *problems, size_t index);

/**
 * @brief The path of the rule, as far as it could be read.
 *
 * @param problems the list
 * @param index below the count
 * @return a string as long-lived as the list; NULL past the end.
 */
NCT_API const char *nct_policy_problems_path(const nct_policy_problems *problems, size_t index);

/**
 * @brief What is wrong.
 *
 * @param problems the list
 * @param index below the count
 * @return a status; #NCT_E_ARGUMENT past the end.
 */
NCT_API nct_code nct_policy_problems_code(const nct_policy_problems *problems, size_t index);

/**
 * @brief One sentence for a person: path, reason, and the word that was not understood.
 *
 * @param problems the list
 * @param index below the count
 * @return a string as long-lived as the list; NULL past the end.
 */
NCT_API const char *nct_policy_problems_message(const nct_policy_problems *problems, size_t index);

/**
 * @brief #NCT_POLICY_TEXT_MAX as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_policy_text_max(void);

/**
 * @brief Whom to call about a lost or forgotten PIN (S15): the rule "call_center.phone".
 *
 * @param policy the policy
 * @return the number as it is shown, "1-800-688-6696" unless set otherwise; until the rule is set again or the policy
 *     freed. NULL for NULL.
 */
NCT_API const char *nct_call_center_phone(const nct_policy *policy);

/**
 * @brief Where to write about a lost or forgotten PIN (S15): the rule "call_center.email".
 *
 * @param policy the policy
 * @return an address, "NCTracksprovider@nctracks.com" unless set otherwise; as long-lived. NULL for NULL.
 */
NCT_API const char *nct_call_center_email(const nct_policy *policy);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
