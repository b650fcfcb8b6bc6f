/**
 * @file person.h
 * @brief Reading people: your own record, those an administrator looks after, any of them for an operator; making
 * somebody known.
 * @defgroup person Persons
 * @{
 *
 * Most people become known by a form about a provider: an enrollment, a registration, a user who is added. Somebody no
 * form names, such as the successor of an Office Administrator who has left, is made known by the agency. This gives no
 * access and no PIN; it is what nct_password_set() and nct_oa_change_submit() need where the library keeps the
 * passwords.
 *
 * What a reader sees depends on who reads. The person sees all that is on file. An administrator (Office Administrator,
 * backup OA, User Administrator) sees those who have access to the provider: names, and the contact data the profile
 * does not mask (rule "masks.administrator"). An operator sees anybody, masked by "masks.operator". What is masked, and
 * from whom, is our policy: no public source states it.
 *
 * The host has authenticated `by`; it calls the functions for operators on behalf of its own staff alone.
 */
#ifndef NCTRACKS_PERSON_H
#define NCTRACKS_PERSON_H

#include <nctracks/access.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_VIEW_OWN = 1,           /**< The person looks at their own record. */
    NCT_VIEW_ADMINISTRATOR = 2, /**< An administrator of a provider at which the person has access. */
    NCT_VIEW_OPERATOR = 3       /**< The agency's staff. */
};

enum {
    NCT_SEARCH_NCID = 1,  /**< By the beginning of the NCID, at least 3 characters. */
    NCT_SEARCH_NAME = 2,  /**< By the beginning of last, first and middle name, with spaces; at least 2 letters. */
    NCT_SEARCH_EMAIL = 3, /**< By the beginning of the e-mail address on file, at least 3 characters. */
    NCT_SEARCH_PHONE = 4  /**< By the first digits of the phone, at least 6. */
};

/** A person as somebody may see them. Immutable; any thread. */
typedef struct nct_person nct_person;
/** A page of people that were found. Immutable; any thread. */
typedef struct nct_person_list nct_person_list;

/**
 * @brief Makes somebody known by NCID, name and address: by an operator, who has made sure who they are.
 *
 * They are told by mail at the address given; the reason is in the ledger, in the person's stream. Somebody the portal
 * knows already keeps what is on file: nothing is changed, and nobody is told. Our policy.
 *
 * @param form of #NCT_FORM_PERSON; may be submitted again
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param reason why, and how the person was recognised, for the ledger
 * @param reason_len its length
 * @param[out] problems as nct_form_validate(); after #NCT_OK notes: what was given of somebody the portal knew, and not
 *     taken, as #NCT_E_ON_FILE; NULL without any; may be NULL. Free with nct_problems_free()
 * @return In this order: #NCT_E_ARGUMENT, also for a form of another kind; a status of the value range for operator and
 *     reason; #NCT_E_PROBLEMS; #NCT_E_NCID_TAKEN for an NCID its person no longer goes by (nct_person_rekey()); else
 *     #NCT_OK, also when the portal knew the person, or one of the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_person_add(nct_form *form, const char *operator_name, size_t operator_name_len,
                                               const char *reason, size_t reason_len, nct_problems **problems);

/**
 * @brief Reads a person: oneself, or as an administrator somebody with access to the provider.
 *
 * @param portal the portal
 * @param by NCID of who looks
 * @param by_len its length
 * @param provider the provider at which `by` administers; may be NULL for the person themself
 * @param provider_len its length
 * @param ncid who is looked at
 * @param ncid_len its length
 * @param[out] out receives the person; NULL on failure. Free with nct_person_free().
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range for an identifier; for oneself
 *     #NCT_E_UNKNOWN_PERSON; for an administrator the refusals of nct_access_grant() that concern who acts, then
 *     #NCT_E_NOT_FOUND for somebody without access there, known or not; else #NCT_OK or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_person_read(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                                size_t provider_len, const char *ncid, size_t ncid_len,
                                                nct_person **out);

/**
 * @brief Reads anybody, for an operator.
 *
 * @param portal the portal
 * @param ncid who is looked at
 * @param ncid_len its length
 * @param[out] out receives the person; NULL on failure. Free with nct_person_free().
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_UNKNOWN_PERSON, also for somebody known
 *     by name alone; else #NCT_OK or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_person_read_for_operator(nct_portal *portal, const char *ncid, size_t ncid_len,
                                                             nct_person **out);

/**
 * @brief Frees a person.
 *
 * @param person may be NULL; not one of a list
 */
NCT_API void nct_person_free(nct_person *person);

/**
 * @brief Lists those who have access to a provider, each grant with the person: what a page of user administration
 * shows, in one call a page.
 *
 * @param portal the portal
 * @param by NCID of who looks, who must hold #NCT_AUTHORITY_USER_ADMINISTRATION there
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after cursor of the page before; may be NULL for the first
 * @param after_len its length; 0: from the beginning
 * @param limit most grants in the page, 1 to 1000
 * @param[out] out receives the page, whose nct_grant_list_person() has the people; NULL on failure. Free with
 *     nct_grant_list_free().
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; the refusals of nct_access_grant() that concern
 *     who acts; else #NCT_OK or one of the common statuses.
 * @par Threads Any. The rights of `by` are read once a page.
 */
NCT_API NCT_MUST_USE nct_status nct_person_list_page(nct_portal *portal, const char *by, size_t by_len,
                                                     const char *provider, size_t provider_len, const char *after,
                                                     size_t after_len, size_t limit, nct_grant_list **out);

/**
 * @brief Whose grant it is, in a list by nct_person_list_page() or nct_person_list_page_for_operator().
 *
 * @param list the page
 * @param index below the count
 * @return the person as who asked may see them, as long-lived as the page; NULL past the end and in other lists.
 */
NCT_API const nct_person *nct_grant_list_person(const nct_grant_list *list, size_t index);

/**
 * @brief The same for an operator, at any provider.
 *
 * @param portal the portal
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param after cursor of the page before; may be NULL for the first
 * @param after_len its length; 0: from the beginning
 * @param limit most grants in the page, 1 to 1000
 * @param[out] out receives the page; NULL on failure. Free with nct_grant_list_free().
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; else #NCT_OK, also for a provider nobody knows,
 *     or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_person_list_page_for_operator(nct_portal *portal, const char *provider,
                                                                  size_t provider_len, const char *after,
                                                                  size_t after_len, size_t limit, nct_grant_list **out);

/**
 * @brief Finds people, for an operator.
 *
 * Upper and lower case are the same, and in names letters with and without marks (Latin-1 and Latin Extended-A),
 * dashes and spaces; apostrophes do not count. Whoever goes by another NCID now is found by that one; who is known by
 * name alone is not found.
 *
 * @param portal the portal
 * @param by one of the NCT_SEARCH constants
 * @param text how what is on file begins
 * @param text_len its length
 * @param after cursor of the page before; may be NULL for the first
 * @param after_len its length; 0: from the beginning
 * @param limit most people in the page, 1 to 1000
 * @param[out] out receives the page, in the order of the text, shown as #NCT_VIEW_OPERATOR; NULL on failure. Free with
 *     nct_person_list_free().
 * @return In this order: #NCT_E_ARGUMENT, also for an unknown @p by; #NCT_E_TOO_SHORT; #NCT_E_FORMAT for no cursor of
 *     this search; #NCT_OK, also when nobody was found; or one of the common statuses.
 * @par Threads Any. Where at most 1,000 texts begin with the same characters (three; six digits), somebody taken out of
 * the index behind the library's back is missed; beyond, a page is as complete as the store's answer.
 */
NCT_API NCT_MUST_USE nct_status nct_person_search(nct_portal *portal, int32_t by, const char *text, size_t text_len,
                                                  const char *after, size_t after_len, size_t limit,
                                                  nct_person_list **out);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_person_list_free(nct_person_list *list);

/**
 * @brief How many people the page holds.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_person_list_count(const nct_person_list *list);

/**
 * @brief A person of the page.
 *
 * @param list the page
 * @param index below the count
 * @return the person, as long-lived as the page; NULL past the end.
 */
NCT_API const nct_person *nct_person_list_at(const nct_person_list *list, size_t index);

/**
 * @brief Whether a further page may follow.
 *
 * @param list the page
 * @return 1 or 0.
 */
NCT_API int32_t nct_person_list_more(const nct_person_list *list);

/**
 * @brief Where the next page begins.
 *
 * @param list the page
 * @return a string as long-lived as the page; empty for an empty page.
 */
NCT_API const char *nct_person_list_cursor(const nct_person_list *list);

/**
 * @brief The name of a way to search: "ncid", "name", "email", "phone".
 *
 * @param by one of the NCT_SEARCH constants
 * @return a constant string; NULL for an unknown one.
 */
NCT_API const char *nct_search_name(int32_t by);

/**
 * @brief Who looks, and so what is shown.
 *
 * @param person the person
 * @return one of the NCT_VIEW constants; 0 for NULL.
 */
NCT_API int32_t nct_person_view(const nct_person *person);

/**
 * @brief NCID used now.
 *
 * @param person the person
 * @return a string as long-lived as the person.
 */
NCT_API const char *nct_person_ncid(const nct_person *person);

/**
 * @brief First name; people with one name have it as their last name.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none.
 */
NCT_API const char *nct_person_first_name(const nct_person *person);

/**
 * @brief Middle name, in full.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none.
 */
NCT_API const char *nct_person_middle_name(const nct_person *person);

/**
 * @brief Last name.
 *
 * @param person the person
 * @return a string as long-lived as the person.
 */
NCT_API const char *nct_person_last_name(const nct_person *person);

/**
 * @brief Suffix, as the word of the form's field: "jr", "iii".
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none.
 */
NCT_API const char *nct_person_suffix(const nct_person *person);

/**
 * @brief The legal name, as it is printed in mails and receipts: first, middle, last name and suffix.
 *
 * @param person the person
 * @return a string as long-lived as the person.
 */
NCT_API const char *nct_person_display_name(const nct_person *person);

/**
 * @brief E-mail address, masked where the profile says so.
 *
 * @param person the person
 * @return a string as long-lived as the person.
 */
NCT_API const char *nct_person_email(const nct_person *person);

/**
 * @brief Phone, ten digits, or masked but for the last four where the profile says so.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none.
 */
NCT_API const char *nct_person_phone(const nct_person *person);

/**
 * @brief Extension of the phone; masked with it.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none, or it is masked.
 */
NCT_API const char *nct_person_phone_extension(const nct_person *person);

/**
 * @brief Street address.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none, or it is masked.
 */
NCT_API const char *nct_person_address_line1(const nct_person *person);

/**
 * @brief Suite or building.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none, or it is masked.
 */
NCT_API const char *nct_person_address_line2(const nct_person *person);

/**
 * @brief City.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none.
 */
NCT_API const char *nct_person_address_city(const nct_person *person);

/**
 * @brief State, two capital letters.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none.
 */
NCT_API const char *nct_person_address_state(const nct_person *person);

/**
 * @brief ZIP code, five or nine digits.
 *
 * @param person the person
 * @return a string as long-lived as the person; empty where there is none, or it is masked.
 */
NCT_API const char *nct_person_address_zip(const nct_person *person);

/**
 * @brief Whether the e-mail address, the phone or the postal address is masked.
 *
 * @param person the person
 * @return 1 or 0.
 */
NCT_API int32_t nct_person_masked(const nct_person *person);

/**
 * @brief The language they read.
 *
 * @param person the person
 * @return a language tag, as long-lived as the person; empty: the portal's usual one.
 */
NCT_API const char *nct_person_language_tag(const nct_person *person);

/**
 * @brief Since when the portal knows them.
 *
 * @param person the person
 * @return ms UTC.
 */
NCT_API int64_t nct_person_known_since(const nct_person *person);

/**
 * @brief Since when their address is contested, see nct_contact_settle_contested().
 *
 * @param person the person
 * @return ms UTC; 0: it is not.
 */
NCT_API int64_t nct_person_contested_at(const nct_person *person);

/**
 * @brief State of their PIN, as nct_pin_status() tells it.
 *
 * @param person the person
 * @return one of the NCT_PIN constants.
 */
NCT_API int32_t nct_person_pin_state(const nct_person *person);

/**
 * @brief When their PIN was issued.
 *
 * @param person the person
 * @return ms UTC; 0: never.
 */
NCT_API int64_t nct_person_pin_issued_at(const nct_person *person);

/**
 * @brief The name of a view: "own", "administrator", "operator".
 *
 * @param view one of the constants
 * @return a constant string; NULL for an unknown one.
 */
NCT_API const char *nct_view_name(int32_t view);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
