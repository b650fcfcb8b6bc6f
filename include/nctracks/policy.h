/**
 * @file policy.h
 * @brief A policy: all rules of a portal, made from one dated profile.
 * @defgroup policy Policy
 * @{
 *
 * A policy starts as a copy of a dated profile. "2013" reproduces the rules S1 to S17 of the NCTracks
 * getting-started documents; "2022", "2025" and "2026" follow later public bulletins. What no public source states (PIN
 * length, limits, the list of rights) is this library's own policy and can be set.
 *
 * What it is made of has headers of its own: right.h, role.h, submission.h and option.h; rule.h reaches every one of
 * its rules by path. Whether the rules fit together is asked with nct_policy_check(); a portal takes no policy that
 * contradicts itself.
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
    NCT_POLICY_DIGEST = 32,     /**< Bytes of the digest of a policy. */
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
