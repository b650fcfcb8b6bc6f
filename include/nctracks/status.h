/**
 * @file status.h
 * @brief Status codes: what every function answers.
 * @defgroup status Status codes
 * @{
 *
 * Zero is success, every failure is negative, nothing is positive. A value is never renumbered or
 * reused. Each code is also reachable without the macro, through nct_status_from_name().
 *
 * Codes come in three ranges, which nct_status_category() names: the call or its surroundings failed
 * (-1 to -99), a value is not acceptable (-100 to -199), a rule refuses (-200 to -299). Codes of
 * #NCT_E_HOST and below belong to the host's callbacks; the library passes them through unchanged.
 */
#ifndef NCTRACKS_STATUS_H
#define NCTRACKS_STATUS_H

#include <stddef.h>
#include <stdint.h>

#include <nctracks/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The answer of a function: zero or one of the negative codes below. */
typedef int32_t nct_status;

#define NCT_OK 0 /**< Done. */

#define NCT_E_ARGUMENT                                                                                                 \
    (-1) /**< A pointer is NULL, a constant unknown, a limit out of bounds: the calling program is wrong. */
#define NCT_E_NO_MEMORY (-2)    /**< The allocator gave no memory. Nothing was changed. */
#define NCT_E_BUFFER (-3)       /**< The caller's buffer is too small; the needed length was stored. */
#define NCT_E_NOT_FOUND (-4)    /**< No such record. */
#define NCT_E_CONFLICT (-5)     /**< A store's answer: an expected revision did not hold. */
#define NCT_E_BUSY (-6)         /**< Others change the same, or try under the same NCID; try again. */
#define NCT_E_STATE (-7)        /**< Not possible in the present state of the object. */
#define NCT_E_CALLBACK (-8)     /**< A callback answered outside its contract. */
#define NCT_E_STORE (-9)        /**< The store failed. */
#define NCT_E_MAILER (-10)      /**< The mailer failed. */
#define NCT_E_IDENTITY (-11)    /**< The identity callback failed, so no password could be checked. */
#define NCT_E_RANDOM (-12)      /**< The random source failed. */
#define NCT_E_CLOCK (-13)       /**< The clock failed or is outside the years 1970 to 9999. */
#define NCT_E_INTEGRITY (-14)   /**< A stored record was altered, moved or put back in an old version. */
#define NCT_E_CRYPTO (-15)      /**< libsodium could not be initialised, or a self-test failed. */
#define NCT_E_KEY (-16)         /**< No master key was set, or it is not the key of this store. */
#define NCT_E_UNSUPPORTED (-17) /**< The structure or record is of a version this library does not know. */
#define NCT_E_LIMIT (-18)       /**< A size or count is beyond what the library handles. */
#define NCT_E_POLICY (-19)      /**< A policy value is outside its bounds. */
#define NCT_E_ENCODING (-20)    /**< Bytes are not the deterministic encoding (RFC 8949, 4.2). */
#define NCT_E_TIME (-21)        /**< The clock contradicts the times the store holds, see clock.h. */
#define NCT_E_PARTIAL (-22)     /**< Done but for rows that do not open; nct_damage_list() names them. */

#define NCT_E_EMPTY (-100)         /**< The value is empty. */
#define NCT_E_TOO_SHORT (-101)     /**< The value is too short. */
#define NCT_E_TOO_LONG (-102)      /**< The value is too long. */
#define NCT_E_CHARACTER (-103)     /**< The value has a character that is not allowed here. */
#define NCT_E_UTF8 (-104)          /**< The value is not valid UTF-8. */
#define NCT_E_NUL (-105)           /**< The value has a NUL byte. */
#define NCT_E_FORMAT (-106)        /**< The value does not have the form of its kind. */
#define NCT_E_CHECK_DIGIT (-107)   /**< The check digit is wrong. */
#define NCT_E_RANGE (-108)         /**< A prefix, area, group or date lies outside the published ranges. */
#define NCT_E_NEVER_VALID (-109)   /**< A number that was published as never valid. */
#define NCT_E_REQUIRED (-110)      /**< A required field was not given. */
#define NCT_E_UNKNOWN_FIELD (-111) /**< There is no field of this path. */
#define NCT_E_UNKNOWN_VALUE (-112) /**< Not one of the values this field may have. */
#define NCT_E_DUPLICATE (-113)     /**< The value was given before where it must be unique. */
#define NCT_E_RELATIONSHIP (-114)  /**< Nobody with this relationship may hold the role (S2). */
#define NCT_E_COMMON_PASSWORD                                                                                          \
    (-115) /**< The password is among those that are guessed first, see nct_password_check(). */

#define NCT_E_PROBLEMS (-200)         /**< The form has problems; the list of problems names them. */
#define NCT_E_DENIED (-201)           /**< NCID, password or PIN refused; which one is not said. */
#define NCT_E_PROVIDER_OR_CODE (-202) /**< This combination of provider id and authorization code is not valid. */
#define NCT_E_OA_EXISTS (-203)        /**< The record has an Office Administrator: this is an OA change. */
#define NCT_E_ALREADY_ENROLLED (-204) /**< There is a provider record of this id. */
#define NCT_E_NOT_REGISTERED (-205)   /**< The provider has not completed its CEP registration (S4). */
#define NCT_E_NOT_PROVISIONED (-206)  /**< The person has no access to this provider (S6). */
#define NCT_E_RIGHT_MISSING (-207)    /**< The person has access, but not this right (S6). */
#define NCT_E_NO_AUTHORITY (-208)     /**< The person's role does not carry this authority (S14). */
#define NCT_E_EXPIRED (-209)          /**< The grant's validity has ended. */
#define NCT_E_NOT_YET_VALID (-210)    /**< The grant's validity has not begun. */
#define NCT_E_TERMINATED (-211)       /**< The provider record is terminated. */
#define NCT_E_SELF_GRANT (-212)       /**< Nobody changes their own access. */
#define NCT_E_EXCEEDS_OWN (-213)      /**< Nobody grants a right they do not hold. */
#define NCT_E_NOT_MANAGED (-214)      /**< The actor's role does not manage that role (S7). */
#define NCT_E_UNKNOWN_PERSON (-215)   /**< No person with this NCID is known to the portal (S1). */
#define NCT_E_NO_PIN (-216)           /**< The person has no PIN that could be acted on. */
#define NCT_E_ALREADY_GRANTED (-218)  /**< The person already has access to this provider. */
#define NCT_E_UNKNOWN_KEY (-219)      /**< The key set does not hold the key a piece of evidence names. */
#define NCT_E_SIGNATURE (-220)        /**< The signature of a piece of evidence is wrong. */
#define NCT_E_DOCUMENT (-221) /**< Not the document that was signed, or drafted (application.h); or it was changed. */
#define NCT_E_REPEATED (-222) /**< The idempotency key was used before, for something else. */
#define NCT_E_REVIEW                                                                                                   \
    (-223) /**< No valid review stands behind this signing: none, used, expired, or of other content. */
#define NCT_E_REPUDIATED (-224)     /**< The signature was repudiated by its signer. */
#define NCT_E_NOT_ON_RECORD (-225)  /**< The person does not stand on the provider record as this needs. */
#define NCT_E_ROLE_TAKEN (-226)     /**< The record has as many people of this role as it may have. */
#define NCT_E_ROLE_BUILDS_ON (-227) /**< The role is given only to somebody who has the one it builds on. */
#define NCT_E_ILLEGAL_MOVE (-228)   /**< A provider record or an application cannot move there from its state. */
#define NCT_E_PENDING (-229)        /**< Another change of this kind waits to be settled. */
#define NCT_E_SECOND_PERSON (-230)  /**< A second person has to confirm this. */
#define NCT_E_PROFILE (-231)        /**< The rules of a profile contradict each other. */
#define NCT_E_NCID_TAKEN (-232)     /**< The NCID belongs to another person. */
#define NCT_E_DATE (-233)           /**< A date is not within the time the rules give it. */
#define NCT_E_LAPSED (-234)         /**< What was waiting was not settled in time. */
#define NCT_E_NOT_ANNOUNCED                                                                                            \
    (-235) /**< The portal's current key is not announced yet: nothing is signed with it, see nct_key_rotate(). */
#define NCT_E_KEY_COMPROMISED (-236) /**< Signed at or after the point from which the key is compromised. */
#define NCT_E_OTHER_POLICY (-237)    /**< The store is run under another policy, see nct_portal_change_policy(). */
#define NCT_E_TOO_OFTEN (-240)       /**< It was asked for as often as the rules allow for the time being. */
#define NCT_E_ELSEWHERE                                                                                                \
    (-241) /**< The person also has access elsewhere: it is theirs, or the call centre's, to do.                       \
            */
#define NCT_E_OFFICE_ADMINISTRATOR (-242) /**< Not for the Office Administrator, whom an OA change replaces. */
#define NCT_E_ON_FILE (-243)              /**< Not taken: the portal knows this person, and what is on file stays. */
#define NCT_E_CONTESTED                                                                                                \
    (-244) /**< Another e-mail address was given for the person; which is right is settled first, see contact.h. */
#define NCT_E_CODE_REQUIRED (-245) /**< The session waits for the code that was mailed, see signin.h. */
#define NCT_E_NO_SESSION (-246)    /**< No session stands behind this token, or it has ended, see signin.h. */
#define NCT_E_AUTHENTICATION                                                                                           \
    (-247) /**< The host did not authenticate the signer at the level this kind of submission needs. */

#define NCT_E_BY_REQUEST (-250) /**< The role is asked for with an OA change request, which the agency approves. */

/** Host callbacks may answer this value or any below it; the library passes such a code through. */
#define NCT_E_HOST (-10000)

#define NCT_CATEGORY_OK 0      /**< Success. */
#define NCT_CATEGORY_FAILURE 1 /**< The call, the machine or a callback failed. */
#define NCT_CATEGORY_VALUE 2   /**< A value is not acceptable. */
#define NCT_CATEGORY_RULE 3    /**< A rule refuses. */
#define NCT_CATEGORY_HOST 4    /**< A code of the host's own. */
#define NCT_CATEGORY_UNKNOWN 5 /**< Not a code of this library. */

/**
 * @brief The symbolic name of a status, such as "NCT_E_NO_MEMORY".
 *
 * @param status any value
 * @return a constant string; "NCT_E_HOST" for a host's code, "NCT_E_UNKNOWN" for a value nobody defined.
 * @par Threads Any.
 */
NCT_API const char *nct_status_name(nct_status status);

/**
 * @brief One English sentence for a person, without secrets and without the value that was refused.
 *
 * @param status any value
 * @return a constant string, never NULL.
 * @par Threads Any.
 */
NCT_API const char *nct_status_message(nct_status status);

/**
 * @brief The range a status belongs to, one of the NCT_CATEGORY constants.
 *
 * @param status any value
 * @return the category; #NCT_CATEGORY_UNKNOWN for a value nobody defined.
 * @par Threads Any.
 */
NCT_API int32_t nct_status_category(nct_status status);

/**
 * @brief The status with a symbolic name, for bindings that cannot read macros.
 *
 * @param name such as "NCT_E_DENIED", NUL-terminated
 * @param[out] status receives the code; untouched on failure
 * @return #NCT_OK; #NCT_E_NOT_FOUND for an unknown name; #NCT_E_ARGUMENT for a NULL pointer.
 * @par Threads Any.
 */
NCT_API nct_status nct_status_from_name(const char *name, nct_status *status);

/**
 * @brief How many statuses there are, for a loop over nct_status_at().
 *
 * @return the count.
 */
NCT_API size_t nct_status_count(void);

/**
 * @brief The status at a place of the table.
 *
 * @param index below nct_status_count()
 * @return the code, or #NCT_E_ARGUMENT past the end.
 */
NCT_API nct_status nct_status_at(size_t index);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
