/**
 * @file option.h
 * @brief Options: the numbers of a policy, such as lengths, limits and times.
 * @defgroup option Options
 * @{
 *
 * No public source states these numbers: they are this library's own policy. Each comment says what the number is, its
 * unit, the least and the greatest value, and behind the semicolon what it is unless it is set.
 *
 * An option is also a rule, by its name, such as "pin.length": see rule.h.
 */
#ifndef NCTRACKS_OPTION_H
#define NCTRACKS_OPTION_H

#include <nctracks/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** PINs, passwords and keys: lengths, wrong tries and their waits, what deriving a key costs. */
enum {
    NCT_OPTION_PIN_LENGTH = 1,        /**< Digits of a PIN: 6 to 12; 6. */
    NCT_OPTION_PIN_ATTEMPTS = 2,      /**< Consecutive wrong tries that disable a PIN: 1 to 100; 10. */
    NCT_OPTION_PASSWORD_ATTEMPTS = 3, /**< The same for a password the library keeps: 1 to 100; 10. */
    NCT_OPTION_DELAY_FROM = 4,        /**< Wrong tries after which the next must wait: 1 to 100; 3. */
    NCT_OPTION_DELAY_FIRST = 5,       /**< The first wait, doubled each time, in ms: 0 to 3,600,000; 30,000. */
    NCT_OPTION_DELAY_LONGEST = 6,     /**< The longest wait, in ms: 0 to 86,400,000; 3,600,000. */
    NCT_OPTION_TRY_LONGEST = 17,      /**< How long a try broken off has its turn, in ms: 1,000 to 600,000; 30,000. */
    NCT_OPTION_KDF_MEMORY = 7,        /**< Argon2id memory in KiB: 19,456 to 1,048,576; 19,456. */
    NCT_OPTION_KDF_PASSES = 8,        /**< Argon2id passes: 2 to 16; 2. */
    NCT_OPTION_TESTING = 11 /**< 1 lets KDF memory and passes go down to 8 KiB and 1: for tests only; the profile's name
                               in every signed record then ends in "+testing". */
};

/** Signing: reviews, periods, a call that is made again. */
enum {
    NCT_OPTION_REVIEW_TIME = 12,     /**< How long a review may be signed, in ms: 10,000 to 86,400,000; 900,000. */
    NCT_OPTION_REVIEW_REQUIRED = 13, /**< 1: nothing is signed without a review; 0. */
    NCT_OPTION_PERIOD = 14,          /**< 1: all components begin a period of signing, see nct_signature_period(); 0. */
    NCT_OPTION_PERIOD_IDLE = 15,     /**< How long a period lasts unused, in ms: 60,000 to 3,600,000; 900,000. */
    NCT_OPTION_PERIOD_LONGEST = 16,  /**< How long a period lasts at most, in ms: 60,000 to 86,400,000; 43,200,000. */
    /** How long an idempotency key is remembered, in ms: 60,000 to 2,678,400,000 (31 days); 86,400,000. */
    NCT_OPTION_IDEMPOTENCY_TIME = 21
};

/** Signing in: sessions, the code of the second step, the code that resets a password. */
enum {
    NCT_OPTION_SESSION_IDLE = 26,    /**< How long a session lasts unused, in ms: 60,000 to 86,400,000; 900,000. */
    NCT_OPTION_SESSION_LONGEST = 27, /**< How long a session lasts at most, in ms: 60,000 to 86,400,000; 43,200,000. */
    NCT_OPTION_SESSION_MOST = 28,    /**< Sessions of a person: 1 to 12; 5. */
    NCT_OPTION_CODE_TIME = 29,     /**< How long a code of the second step holds, in ms: 60,000 to 600,000; 600,000. */
    NCT_OPTION_CODE_ATTEMPTS = 30, /**< Tries of it: 1 to 10; 5. */
    NCT_OPTION_RESET_TIME = 31, /**< How long a password reset code holds, in ms: 600,000 to 86,400,000; 1,800,000. */
    NCT_OPTION_RESET_ATTEMPTS = 32 /**< Tries of it: 1 to 100; 10. */
};

/** How often something may be asked for in a day. */
enum {
    NCT_OPTION_REQUESTS_CONTACT = 18,   /**< Changes of contact data asked for, see contact.h: 1 to 100; 5. */
    NCT_OPTION_REQUESTS_PIN = 19,       /**< New PINs asked for, see pin.h: 1 to 100; 5. */
    NCT_OPTION_REQUESTS_ACCESS = 20,    /**< Times that somebody is given access they had not: 1 to 100; 10. */
    NCT_OPTION_REQUESTS_CODE = 33,      /**< Codes of the second step, see signin.h: 1 to 100; 10. */
    NCT_OPTION_REQUESTS_PASSWORD = 34,  /**< Codes that reset a password, see password.h: 0 to 100; 5. */
    NCT_OPTION_REQUESTS_DRAFT = 38,     /**< Drafts that a person may begin: 1 to 100,000; 500. */
    NCT_OPTION_REQUESTS_INVITATION = 43 /**< Invitations of a provider sent: 1 to 1,000; 20. */
};

/** Invitations, see invitation.h. */
enum {
    /** How long an invitation can be accepted, in ms: 3,600,000 to 2,678,400,000; 604,800,000 (7 days). */
    NCT_OPTION_INVITATION_TIME = 39,
    /** 1: nct_access_grant() gives nobody access who has none there, and nct_user_add() nobody at all, but with
     *  #NCT_E_INVITATION_REQUIRED: they are invited; 0. Roles given by two, and a registration, need no invitation. */
    NCT_OPTION_INVITATION_REQUIRED = 40,
    NCT_OPTION_INVITATION_MOST = 41, /**< Invitations of a provider at once, lapsed ones too: 1 to 1,000; 100. */
    NCT_OPTION_INVITATION_SENDS = 42 /**< How often one invitation may be sent: 1 to 10; 3. */
};

/** What the agency does. */
enum {
    /** 0: an EFT change is in force without an operator's confirmation, see eft.h; 1. */
    NCT_OPTION_EFT_CONFIRMED = 22,
    /** How long an assignment lasts, see work.h, in ms: 60,000 to 2,678,400,000; 259,200,000 (3 days). */
    NCT_OPTION_WORK_ASSIGNED = 37
};

/** Mail, see mailer.h. */
enum {
    NCT_OPTION_MAIL_LEASE = 9, /**< How long a flusher may hold a mail, in ms: 1,000 to 3,600,000; 60,000. */
    /** Refusals after which a mail is given up: 1 to 100; 16, which are more than the four to five days of RFC 5321,
     *  4.5.4.1. */
    NCT_OPTION_MAIL_TRIES = 35,
    /** The wait after a mail's first refusal, doubled with each further one up to a day, in ms: 0 to 86,400,000;
     *  60,000. */
    NCT_OPTION_MAIL_BACKOFF = 36,

    NCT_OPTION_SIGNATURE_MAILED = 44 /**< 1: signatures are acknowledged by mail too; 0: in messages alone. 1. */
};

/** The store, and the clock, see clock.h. */
enum {
    NCT_OPTION_COMMIT_TRIES = 10, /**< Conflicts before #NCT_E_BUSY: 1 to 1,000,000; 1,000. */
    /** How far before what the store holds a time may lie, in ms: 0 to 253,402,300,799,999; 300,000. */
    NCT_OPTION_CLOCK_BEHIND = 23,
    /** How long nothing may have been changed before the clock is doubted, in ms: 86,400,000 to 253,402,300,799,999;
     *  34,560,000,000 (400 days). */
    NCT_OPTION_CLOCK_QUIET = 24,
    /** The same while times of a wrong clock lie ahead: 60,000 to 34,560,000,000; 86,400,000. */
    NCT_OPTION_CLOCK_APART = 25
};

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

#ifdef __cplusplus
}
#endif
/** @} */
#endif
