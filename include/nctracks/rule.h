/**
 * @file rule.h
 * @brief The rules of a policy by path, each with a value as text.
 * @defgroup rule Rules
 * @{
 *
 * Every rule of a policy has a *path*, such as "role.user_administrator.manages", and a value as text, such as "user":
 * one table, read with nct_rule_path() and its neighbours. A policy is changed rule by rule with nct_rule_set(), or
 * made from a text of lines `path = value` with nct_policy_load().
 */
#ifndef NCTRACKS_RULE_H
#define NCTRACKS_RULE_H

#include <nctracks/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

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

#ifdef __cplusplus
}
#endif
/** @} */
#endif
