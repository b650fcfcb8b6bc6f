/**
 * @file status.h
 * @brief Status codes: what every function answers.
 * @defgroup status Status codes
 * @{
 *
 * Zero is success, every failure is negative, nothing is positive. A value is never renumbered or
 * reused. Each code is also reachable by name, through nct_status_from_name().
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

/** A status as data: what is wrong with a field, how an entry ended, what a question about somebody was answered with.
 */
typedef int32_t nct_code;

enum {
    NCT_OK = 0 /**< Done. */
};

enum {
    NCT_E_ARGUMENT = -1,     /**< A NULL pointer, an unknown constant, a limit out of bounds: the call is wrong. */
    NCT_E_NO_MEMORY = -2,    /**< The allocator gave no memory. Nothing was changed. */
    NCT_E_BUFFER = -3,       /**< The caller's buffer is too small; the needed length was stored. */
    NCT_E_NOT_FOUND = -4,    /**< No such record. */
    NCT_E_CONFLICT = -5,     /**< A store's answer: an expected revision did not hold. */
    NCT_E_BUSY = -6,         /**< Others change the same, or try under the same NCID; try again. */
    NCT_E_STATE = -7,        /**< Not possible in the present state of the object. */
    NCT_E_CALLBACK = -8,     /**< A callback answered outside its contract. */
    NCT_E_STORE = -9,        /**< The store failed. */
    NCT_E_MAILER = -10,      /**< The mailer failed. */
    NCT_E_IDENTITY = -11,    /**< The identity callback failed, so no password could be checked. */
    NCT_E_RANDOM = -12,      /**< The random source failed. */
    NCT_E_CLOCK = -13,       /**< The clock failed or is outside the years 1970 to 9999. */
    NCT_E_INTEGRITY = -14,   /**< A stored record was altered, moved or put back in an old version. */
    NCT_E_CRYPTO = -15,      /**< libsodium could not be initialised, or a self-test failed. */
    NCT_E_KEY = -16,         /**< No master key was set, or it is not the key of this store. */
    NCT_E_UNSUPPORTED = -17, /**< The structure or record is of a version this library does not know. */
    NCT_E_LIMIT = -18,       /**< A size or count is beyond what the library handles. */
    NCT_E_POLICY = -19,      /**< A policy value is outside its bounds. */
    NCT_E_ENCODING = -20,    /**< Bytes are not the deterministic encoding (RFC 8949, 4.2). */
    NCT_E_TIME = -21,        /**< The clock contradicts the times the store holds, see clock.h. */
    NCT_E_PARTIAL = -22      /**< Done but for rows that do not open; nct_damage_list() names them. */
};

enum {
    NCT_E_EMPTY = -100,           /**< The value is empty. */
    NCT_E_TOO_SHORT = -101,       /**< The value is too short. */
    NCT_E_TOO_LONG = -102,        /**< The value is too long. */
    NCT_E_CHARACTER = -103,       /**< The value has a character that is not allowed here. */
    NCT_E_UTF8 = -104,            /**< The value is not valid UTF-8. */
    NCT_E_NUL = -105,             /**< The value has a NUL byte. */
    NCT_E_FORMAT = -106,          /**< The value does not have the form of its kind. */
    NCT_E_CHECK_DIGIT = -107,     /**< The check digit is wrong. */
    NCT_E_RANGE = -108,           /**< A prefix, area, group or date lies outside the published ranges. */
    NCT_E_NEVER_VALID = -109,     /**< A number that was published as never valid. */
    NCT_E_REQUIRED = -110,        /**< A required field was not given. */
    NCT_E_UNKNOWN_FIELD = -111,   /**< There is no field of this path. */
    NCT_E_UNKNOWN_VALUE = -112,   /**< Not one of the values this field may have. */
    NCT_E_DUPLICATE = -113,       /**< The value was given before where it must be unique. */
    NCT_E_RELATIONSHIP = -114,    /**< Nobody with this relationship may hold the role (S2). */
    NCT_E_COMMON_PASSWORD = -115, /**< The password is among those that are guessed first, see nct_password_check(). */
    NCT_E_ONE_NAME = -116         /**< A first or middle name of somebody who is said to have one name only. */
};

enum {
    NCT_E_PROBLEMS = -200,         /**< The form has problems; the list of problems names them. */
    NCT_E_DENIED = -201,           /**< NCID, password or PIN refused; which one is not said. */
    NCT_E_PROVIDER_OR_CODE = -202, /**< This combination of provider id and authorization code is not valid. */
    NCT_E_OA_EXISTS = -203,        /**< The record has an Office Administrator: this is an OA change. */
    NCT_E_ALREADY_ENROLLED = -204, /**< There is a provider record of this id. */
    NCT_E_NOT_REGISTERED = -205,   /**< The provider has not completed its CEP registration (S4). */
    NCT_E_NOT_PROVISIONED = -206,  /**< The person has no access to this provider (S6). */
    NCT_E_RIGHT_MISSING = -207,    /**< The person has access, but not this right (S6). */
    NCT_E_NO_AUTHORITY = -208,     /**< The person's role does not carry this authority (S14). */
    NCT_E_EXPIRED = -209,          /**< The grant's validity has ended. */
    NCT_E_NOT_YET_VALID = -210,    /**< The grant's validity has not begun. */
    NCT_E_TERMINATED = -211,       /**< The provider record is terminated. */
    NCT_E_SELF_GRANT = -212,       /**< Nobody changes their own access. */
    NCT_E_EXCEEDS_OWN = -213,      /**< Nobody grants a right they do not hold. */
    NCT_E_NOT_MANAGED = -214,      /**< The actor's role does not manage that role (S7). */
    NCT_E_UNKNOWN_PERSON = -215,   /**< No person with this NCID is known to the portal (S1). */
    NCT_E_NO_PIN = -216,           /**< The person has no PIN that could be acted on. */
    NCT_E_ALREADY_GRANTED = -218,  /**< The person already has access to this provider. */
    NCT_E_UNKNOWN_KEY = -219,      /**< The key set does not hold the key a piece of evidence names. */
    NCT_E_SIGNATURE = -220,        /**< The signature of a piece of evidence is wrong. */
    NCT_E_DOCUMENT = -221, /**< Not the document that was signed, or drafted (application.h); or it was changed. */
    NCT_E_REPEATED = -222, /**< The idempotency key was used before, for something else. */
    NCT_E_REVIEW = -223,   /**< No valid review stands behind this signing: none, used, expired, or of other content. */
    NCT_E_REPUDIATED = -224,      /**< The signature was repudiated by its signer. */
    NCT_E_NOT_ON_RECORD = -225,   /**< The person does not stand on the provider record as this needs. */
    NCT_E_ROLE_TAKEN = -226,      /**< The record has as many people of this role as it may have. */
    NCT_E_ROLE_BUILDS_ON = -227,  /**< The role is given only to somebody who has the one it builds on. */
    NCT_E_ILLEGAL_MOVE = -228,    /**< A provider record or an application cannot move there from its state. */
    NCT_E_PENDING = -229,         /**< Another change of this kind waits to be settled. */
    NCT_E_SECOND_PERSON = -230,   /**< A second person has to confirm this. */
    NCT_E_PROFILE = -231,         /**< The rules of a profile contradict each other. */
    NCT_E_NCID_TAKEN = -232,      /**< The NCID belongs to another person. */
    NCT_E_DATE = -233,            /**< A date is not within the time the rules give it. */
    NCT_E_LAPSED = -234,          /**< What was waiting was not settled in time. */
    NCT_E_NOT_ANNOUNCED = -235,   /**< The current key is not announced yet and signs nothing, see nct_key_rotate(). */
    NCT_E_KEY_COMPROMISED = -236, /**< Signed at or after the point from which the key is compromised. */
    NCT_E_OTHER_POLICY = -237,    /**< The store is run under another policy, see nct_portal_change_policy(). */
    NCT_E_TOO_OFTEN = -240,       /**< It was asked for as often as the rules allow for the time being. */
    NCT_E_ELSEWHERE = -241, /**< The person also has access elsewhere: it is theirs to do, or the call centre's. */
    NCT_E_OFFICE_ADMINISTRATOR = -242, /**< Not for the Office Administrator, whom an OA change replaces. */
    NCT_E_ON_FILE = -243,              /**< Not taken: the portal knows this person, and what is on file stays. */
    NCT_E_CONTESTED = -244,      /**< Two e-mail addresses were given for the person: settle first, see contact.h. */
    NCT_E_CODE_REQUIRED = -245,  /**< The session waits for the code that was mailed, see signin.h. */
    NCT_E_NO_SESSION = -246,     /**< No session stands behind this token, or it has ended, see signin.h. */
    NCT_E_AUTHENTICATION = -247, /**< The signer was not authenticated at the level this submission needs. */
    NCT_E_BY_REQUEST = -248,     /**< The role is asked for with an OA change request, which the agency approves. */
    NCT_E_ASSIGNED = -249,       /**< Somebody else has this piece of work, see work.h. */
    NCT_E_INVITATION = -250,     /**< No invitation stands that could be accepted, see invitation.h. */
    NCT_E_INVITATION_REQUIRED = -251, /**< Access begins by an invitation under this policy, see invitation.h. */
    NCT_E_AGREEMENT = -252            /**< The signer has to accept the signature agreement first, see agreement.h. */
};

enum {
    /** Host callbacks may answer this value or any below it; the library passes such a code through. */
    NCT_E_HOST = -10000
};

enum {
    NCT_CATEGORY_OK = 0,      /**< Success. */
    NCT_CATEGORY_FAILURE = 1, /**< The call, the machine or a callback failed. */
    NCT_CATEGORY_VALUE = 2,   /**< A value is not acceptable. */
    NCT_CATEGORY_RULE = 3,    /**< A rule refuses. */
    NCT_CATEGORY_HOST = 4,    /**< A code of the host's own. */
    NCT_CATEGORY_UNKNOWN = 5  /**< Not a code of this library. */
};

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
 * @brief The status with a symbolic name, for bindings that do not read headers.
 *
 * @param name such as "NCT_E_DENIED", NUL-terminated
 * @param[out] status receives the code; untouched on failure
 * @return #NCT_OK; #NCT_E_NOT_FOUND for an unknown name; #NCT_E_ARGUMENT for a NULL pointer.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_status_from_name(const char *name, nct_status *status);

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
NCT_API NCT_MUST_USE nct_status nct_status_at(size_t index);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
