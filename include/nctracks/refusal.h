/**
 * @file refusal.h
 * @brief What a refusal is about: which argument, whose standing, which right, role, rule or callback.
 * @defgroup refusal Refusals
 * @{
 *
 * A status says what is wrong; these functions say of what. They speak of the last call on the calling thread, and take
 * the status that it answered: of any other status they know nothing. So ask at once, before another call on that
 * thread, and where a language moves its tasks between threads, ask without leaving the thread.
 *
 * A refusal tells names of the program, constants and numbers, never a value that was typed and never a secret. Nothing
 * is told of #NCT_E_DENIED, whatever was wrong. A preview's reason can be asked about like a status; an explanation
 * tells by its own functions, and what is wrong with a form is told by field, see nct_problems_message_in().
 * doc/guide-refusals.md has the table of what each status names.
 */
#ifndef NCTRACKS_REFUSAL_H
#define NCTRACKS_REFUSAL_H

#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_ABOUT_NOTHING = 0,       /**< Nothing more than the argument, if that. */
    NCT_ABOUT_RIGHT = 1,         /**< A right or an authority; the value is its constant. */
    NCT_ABOUT_ROLE = 2,          /**< A role; the value is its constant. */
    NCT_ABOUT_ROLES = 3,         /**< Roles of which one is needed; the value has bit n for constant n. */
    NCT_ABOUT_RELATIONSHIPS = 4, /**< Relationships of which one is needed; the value has bit n for constant n. */
    NCT_ABOUT_STATE = 5,         /**< The present state of an application; the value is its constant. */
    NCT_ABOUT_RULE = 6,          /**< A rule, by its path as in nct_rule_get(); the value is its bound. */
    NCT_ABOUT_LENGTH = 7,        /**< The bound of a length; the value is the number of characters. */
    NCT_ABOUT_PLACE = 8,         /**< A place in a text, in characters, or in a list; the value counts from 1. */
    NCT_ABOUT_TIME = 9,          /**< When something begins, or ended, or what a time is measured by; in ms UTC. */
    NCT_ABOUT_CALLBACK = 10,     /**< A callback of the host, such as "store.commit"; the value is what it answered. */
    NCT_ABOUT_SPACE = 11,        /**< Rows of a space of the store; the value is the space, see nct_space_name(). */
    NCT_ABOUT_KIND = 12,         /**< What an identifier must be; the value is its kind, see nct_ident_kind_name(). */
    NCT_ABOUT_CHOICES = 13       /**< The values of which one is possible, as words separated by spaces. */
};

/**
 * @brief The argument a refusal is about.
 *
 * Of somebody's standing, it is the argument that names them: "by", who acts; "ncid", whom it is about. Of whoever
 * asked for what is settled or confirmed now, it is none.
 *
 * @param status what the last call on this thread answered
 * @return the parameter's name as in the header, or the path of a field of a form; "" where it is about none, or where
 *     the last call did not answer this status. Valid until the next call on this thread.
 * @par Threads Any; speaks of its own.
 */
NCT_API const char *nct_refusal_argument(nct_status status);

/**
 * @brief What kind of thing a refusal names.
 *
 * @param status as nct_refusal_argument()
 * @return one of the NCT_ABOUT constants.
 * @par Threads Any; speaks of its own.
 */
NCT_API int32_t nct_refusal_about(nct_status status);

/**
 * @brief The number of what a refusal names, as its NCT_ABOUT constant says.
 *
 * @param status as nct_refusal_argument()
 * @return the number; 0 where there is none.
 * @par Threads Any; speaks of its own.
 */
NCT_API int64_t nct_refusal_value(nct_status status);

/**
 * @brief The name of the rule or the callback a refusal names, or the values that are possible.
 *
 * Rights, roles, states and spaces are named by their own functions, from nct_refusal_value().
 *
 * @param status as nct_refusal_argument()
 * @return a constant string; "" where there is none.
 * @par Threads Any; speaks of its own.
 */
NCT_API const char *nct_refusal_word(nct_status status);

/**
 * @brief The refusal as one or two sentences for a person: whom it is about, the message, and what it names.
 *
 * @param portal whose catalogues and names of rights to use; NULL: the built-in ones
 * @param status what the last call on this thread answered, or any other, which gives its message alone
 * @param language a tag such as "es"; NULL: the portal's
 * @param[out] out receives the text, NUL-terminated
 * @param capacity of @p out in bytes
 * @param[out] out_len receives its length without the NUL, also when @p out is too small; may be NULL
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_NOT_FOUND for a language nobody added; #NCT_E_ARGUMENT. It can be asked again:
 *     the refusal stays.
 * @par Threads Any; speaks of its own.
 */
NCT_API NCT_MUST_USE nct_status nct_refusal_text_in(const nct_portal *portal, nct_status status, const char *language,
                                                    char *out, size_t capacity, size_t *out_len);

/**
 * @brief Forgets what the last refusal on this thread was about.
 *
 * For a host that answers such statuses of its own, so that they are not taken for the library's: a server calls it
 * where a request begins.
 *
 * @par Threads Any; forgets its own.
 */
NCT_API void nct_refusal_forget(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
