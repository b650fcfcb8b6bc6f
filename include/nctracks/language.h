/**
 * @file language.h
 * @brief Texts for people in their language: English, Spanish, and what a host adds.
 * @defgroup language Languages
 * @{
 *
 * Every text for people (messages of statuses, labels of fields, mails, explanations, descriptions of names) has a key
 * that does not change, such as "status.NCT_E_DENIED" or "mail.pin.issued.subject". English texts are the library's
 * own; a catalogue gives texts of another language to keys. Spanish ("es") is built in. A host adds catalogues, of a
 * language of its own or in place of texts there are; no code changes with it. Codes, names and paths are the same in
 * every language.
 *
 * Languages are named by tags (RFC 5646), looked up by RFC 4647, 3.4: "es-US" is served by "es". Where a language lacks
 * a text the English one stands in. Where a function takes a portal, the host's texts come before the built-in ones;
 * NULL is no portal: the built-in texts. Where it takes a language, NULL is the portal's usual one, without a portal
 * English.
 *
 * The functions elsewhere without a language (nct_status_message(), nct_problems_message(), nct_explanation_text(),
 * nct_signature_render()) stay the library's own English, whatever a host adds.
 */
#ifndef NCTRACKS_LANGUAGE_H
#define NCTRACKS_LANGUAGE_H

#include <nctracks/access.h>
#include <nctracks/receipt.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_CATALOGUE_TEXT_MAX = 262144 /**< Longest text of a catalogue, in bytes. */
};

/**
 * @brief How many languages are built in.
 *
 * @return the count.
 * @par Threads Any.
 */
NCT_API size_t nct_language_count(void);

/**
 * @brief The tag of a built-in language; "en" is the first.
 *
 * Its own name is the text of the key "language.name".
 *
 * @param index below nct_language_count()
 * @return a constant string; NULL past the end.
 * @par Threads Any.
 */
NCT_API const char *nct_language_at(size_t index);

/**
 * @brief How many texts there are.
 *
 * @return the count.
 * @par Threads Any.
 */
NCT_API size_t nct_text_count(void);

/**
 * @brief The key of a text.
 *
 * @param index below nct_text_count()
 * @param[out] out receives the key and a terminating NUL; may be NULL where @p capacity is 0
 * @param capacity bytes at @p out; 160 always suffices
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_E_ARGUMENT, also past the end; #NCT_E_BUFFER, with an empty text; #NCT_OK.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_text_key(size_t index, char *out, size_t capacity, size_t *out_len);

/**
 * @brief A built-in text, with its placeholders in braces; English where the language lacks it.
 *
 * @param language a tag; NULL: English
 * @param key NUL-terminated
 * @return a constant string; NULL for an unknown language and for a key there is none of.
 * @par Threads Any.
 */
NCT_API const char *nct_text(const char *language, const char *key);

/**
 * @brief The same under a portal.
 *
 * @param portal may be NULL
 * @param language a tag; NULL: the usual one
 * @param key NUL-terminated
 * @return a string as long-lived as the portal; NULL as nct_text().
 * @par Threads Any.
 */
NCT_API const char *nct_portal_text(const nct_portal *portal, const char *language, const char *key);

/**
 * @brief A whole catalogue of a built-in language as text, every key with its text: what a translator begins with.
 *
 * The form: `key = text` on a line; a text of several lines has nothing behind `=`, and each of its lines follows on a
 * line that begins with `|` and a space. Lines that begin with `#` are comments; empty lines separate. UTF-8; lines end
 * with LF or CR LF. Words in braces stand for values and stay as they are.
 *
 * @param language a tag of a built-in language
 * @param[out] out receives the text and a terminating NUL; may be NULL where @p capacity is 0
 * @param capacity bytes at @p out; #NCT_CATALOGUE_TEXT_MAX always suffices
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_E_ARGUMENT; #NCT_E_NOT_FOUND for an unknown language; #NCT_E_BUFFER, with an empty text; #NCT_OK.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_catalogue_write(const char *language, char *out, size_t capacity, size_t *out_len);

/**
 * @brief Whether a text is a catalogue a portal can use.
 *
 * A text may have no placeholder the English one has not, so that no secret gets where the library did not put one, and
 * must have all of them, but for those that begin with "call_center_". A text is one line, or of lines of its own, as
 * the English one; how long it may be is our policy, `doc/guide-language.md` states it.
 *
 * @param text UTF-8, not necessarily NUL-terminated
 * @param text_len its length, at most #NCT_CATALOGUE_TEXT_MAX
 * @param complete 1: a key without text is a problem too, of line 0
 * @param[out] problems receives every problem with its line and key, up to 100 and in the order of lines; NULL where
 *     there is none; may be NULL. Free with nct_policy_problems_free().
 * @return #NCT_E_ARGUMENT; #NCT_E_LIMIT for a longer text; #NCT_E_NO_MEMORY; #NCT_E_PROBLEMS; #NCT_OK. Codes of
 *     problems: #NCT_E_NUL and #NCT_E_UTF8 of a line; #NCT_E_FORMAT for a line that is no entry, a text that should be
 *     of one line or of several, and a brace that belongs to no placeholder; #NCT_E_UNKNOWN_FIELD for an unknown key;
 *     #NCT_E_DUPLICATE; #NCT_E_EMPTY; #NCT_E_CHARACTER for a control or invisible character and white space at an end;
 *     #NCT_E_TOO_LONG; #NCT_E_UNKNOWN_VALUE for a placeholder that is not the text's; #NCT_E_REQUIRED for one that is
 *     missing, and for a missing text.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_catalogue_check(const char *text, size_t text_len, int32_t complete,
                                                    nct_policy_problems **problems);

/**
 * @brief Adds a host's catalogue: a new language, or texts in place of those of a language there is, "en" too.
 *
 * One added later comes before one added earlier. It need not be complete.
 *
 * @param config the configuration; unchanged on failure
 * @param language its tag: lower-case letters, digits and `-`, up to 15, beginning with two letters or more
 * @param text as nct_catalogue_check(); copied
 * @param text_len its length
 * @param[out] problems as nct_catalogue_check(); may be NULL
 * @return #NCT_E_ARGUMENT; #NCT_E_EMPTY, #NCT_E_TOO_LONG, #NCT_E_CHARACTER or #NCT_E_FORMAT for the tag; #NCT_E_LIMIT
 *     for a longer text and beyond 16 catalogues; #NCT_E_NO_MEMORY; #NCT_E_PROBLEMS; #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_config_add_catalogue(nct_config *config, const char *language, const char *text,
                                                         size_t text_len, nct_policy_problems **problems);

/**
 * @brief Sets the usual language of a portal: of mails to providers and to people of whom none is known.
 *
 * Without it, English.
 *
 * @param config the configuration
 * @param language a tag; add its catalogue first
 * @return #NCT_E_ARGUMENT; #NCT_E_NOT_FOUND for an unknown language; #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_config_set_language(nct_config *config, const char *language);

/**
 * @brief How many languages a portal has texts of.
 *
 * @param portal may be NULL
 * @return the count.
 * @par Threads Any.
 */
NCT_API size_t nct_portal_language_count(const nct_portal *portal);

/**
 * @brief The tag of one of them: the built-in ones first.
 *
 * @param portal may be NULL
 * @param index below the count
 * @return a string as long-lived as the portal; NULL past the end.
 * @par Threads Any.
 */
NCT_API const char *nct_portal_language_at(const nct_portal *portal, size_t index);

/**
 * @brief The usual language of a portal.
 *
 * @param portal may be NULL
 * @return its tag, as long-lived as the portal.
 * @par Threads Any.
 */
NCT_API const char *nct_portal_language(const nct_portal *portal);

/**
 * @brief nct_status_message() in a language.
 *
 * @param portal may be NULL
 * @param status any value
 * @param language a tag; NULL: the usual one
 * @return a string as long-lived as the portal, never NULL; English for an unknown language.
 * @par Threads Any.
 */
NCT_API const char *nct_status_message_in(const nct_portal *portal, nct_status status, const char *language);

/**
 * @brief nct_field_label() in a language.
 *
 * @param portal may be NULL
 * @param form which form
 * @param index which field
 * @param language a tag; NULL: the usual one
 * @return a string as long-lived as the portal; English for an unknown language; NULL past the end.
 * @par Threads Any.
 */
NCT_API const char *nct_field_label_in(const nct_portal *portal, int32_t form, size_t index, const char *language);

/**
 * @brief nct_field_description() in a language.
 *
 * @param portal may be NULL
 * @param form which form
 * @param index which field
 * @param language as nct_field_label_in()
 * @return as nct_field_label_in().
 * @par Threads Any.
 */
NCT_API const char *nct_field_description_in(const nct_portal *portal, int32_t form, size_t index,
                                             const char *language);

/**
 * @brief nct_field_group_label() in a language.
 *
 * @param portal may be NULL
 * @param form which form
 * @param index which field
 * @param language as nct_field_label_in()
 * @return as nct_field_label_in().
 * @par Threads Any.
 */
NCT_API const char *nct_field_group_label_in(const nct_portal *portal, int32_t form, size_t index,
                                             const char *language);

/**
 * @brief nct_field_choice_label() in a language.
 *
 * @param portal may be NULL
 * @param form which form
 * @param index which field
 * @param choice one of nct_field_choices(), NUL-terminated
 * @param language as nct_field_label_in()
 * @return as nct_field_label_in(); NULL also for what is no value of the field.
 * @par Threads Any.
 */
NCT_API const char *nct_field_choice_label_in(const nct_portal *portal, int32_t form, size_t index, const char *choice,
                                              const char *language);

/**
 * @brief nct_problems_message() in a language, with the label of the field in that language.
 *
 * @param problems the list
 * @param index below the count
 * @param language a tag; NULL: the portal's usual one
 * @param[out] out receives the sentence and a terminating NUL; may be NULL where @p capacity is 0
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_E_ARGUMENT, also past the end; #NCT_E_NOT_FOUND for an unknown language; #NCT_E_BUFFER, with an empty
 *     text; #NCT_OK.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_problems_message_in(const nct_problems *problems, size_t index,
                                                        const char *language, char *out, size_t capacity,
                                                        size_t *out_len);

/**
 * @brief nct_explanation_text() in a language.
 *
 * Names of rights and roles are codes and stay.
 *
 * @param explanation the explanation
 * @param language a tag; NULL: the portal's usual one
 * @param[out] out receives the text and a terminating NUL; may be NULL where @p capacity is 0
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_E_ARGUMENT; #NCT_E_NOT_FOUND for an unknown language; #NCT_E_BUFFER, with an empty text; #NCT_OK.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_explanation_text_in(const nct_explanation *explanation, const char *language,
                                                        char *out, size_t capacity, size_t *out_len);

/**
 * @brief nct_explanation_help() in a language.
 *
 * @param explanation the explanation
 * @param language as nct_explanation_text_in()
 * @param[out] out as nct_explanation_text_in()
 * @param capacity its bytes
 * @param[out] out_len as nct_explanation_text_in()
 * @return as nct_explanation_text_in().
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_explanation_help_in(const nct_explanation *explanation, const char *language,
                                                        char *out, size_t capacity, size_t *out_len);

/**
 * @brief nct_signature_render() in a language: the labels are translated, what was signed stays as it was signed, its
 * meaning too.
 *
 * @param signature the signature
 * @param portal whose texts; may be NULL
 * @param language a tag; NULL: the usual one
 * @param[out] out as nct_signature_render()
 * @param capacity bytes at @p out
 * @param[out] out_len as nct_signature_render(); may be NULL
 * @return #NCT_E_NOT_FOUND for an unknown language; #NCT_E_ARGUMENT; #NCT_E_BUFFER, with an empty text; #NCT_OK.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_signature_render_in(const nct_signature *signature, const nct_portal *portal,
                                                        const char *language, char *out, size_t capacity,
                                                        size_t *out_len);

/**
 * @brief Sets the language of the mails to a person, at their own wish; the host has authenticated them.
 *
 * Forms set it for people the portal does not know yet.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param language a tag, NUL-terminated
 * @return #NCT_E_ARGUMENT; a status of the value range for a malformed NCID; #NCT_E_NOT_FOUND for an unknown language;
 *     #NCT_E_UNKNOWN_PERSON; the common statuses; #NCT_OK, also where it was so before.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_person_set_language(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                        const char *language);

/**
 * @brief The language of the mails to a person: their own while the portal has texts of it, else the usual one.
 *
 * @param portal the portal
 * @param ncid who
 * @param ncid_len its length
 * @param[out] out receives the tag, as long-lived as the portal; NULL on failure
 * @return #NCT_E_ARGUMENT; a status of the value range for a malformed NCID; #NCT_E_UNKNOWN_PERSON; the common
 *     statuses; #NCT_OK.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_person_language(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                    const char **out);

/**
 * @brief #NCT_CATALOGUE_TEXT_MAX as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_catalogue_text_max(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
