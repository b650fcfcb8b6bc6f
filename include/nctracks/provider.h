/**
 * @file provider.h
 * @brief Provider records: how the agency enrolls them, and reading them.
 * @defgroup provider Providers
 * @{
 *
 * A provider record is made by the agency, before anybody has portal access to it. There are two ways:
 * - The provider is *currently enrolled*: the record is made with an authorization code, which the
 *   agency sends to the provider, who completes the CEP registration with it (S4, @ref registration).
 * - The provider enrolls *new* and designates an Office Administrator in the same form
 *   (`office_administrator.*`) and the account payments go to (`eft.*`, S5): the record is registered at once, and the
 *   PIN goes to the OA's own address (S16).
 */
#ifndef NCTRACKS_PROVIDER_H
#define NCTRACKS_PROVIDER_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_PROVIDER_INDIVIDUAL = 1,  /**< A person who provides. */
    NCT_PROVIDER_ORGANIZATION = 2 /**< An organization. */
};

enum {
    NCT_PROVIDER_ENROLLED = 1,   /**< Enrolled; the CEP registration is not complete. */
    NCT_PROVIDER_REGISTERED = 2, /**< Registered: it has an Office Administrator. */
    NCT_PROVIDER_TERMINATED = 3  /**< Terminated: nobody has access (nct_provider_terminate()). */
};

enum {
    /** Length of an authorization code: Crockford base 32, 80 bits (our policy). */
    NCT_AUTHORIZATION_CODE_LENGTH = 16
};

/** One provider record as it was read. Immutable; any thread. */
typedef struct nct_provider nct_provider;

/** A page of provider records. Immutable; any thread. */
typedef struct nct_provider_list nct_provider_list;

/**
 * @brief Draws the authorization code before the record is made.
 *
 * A host that writes the code down, durably, and then submits never has a provider whose code is nowhere, whenever it
 * is stopped. It is the same until the enrollment was submitted with success; of one that was not, it opens nothing.
 *
 * @param form the form, of #NCT_FORM_ENROLLMENT
 * @param[out] code receives the authorization code and a terminating NUL
 * @param capacity bytes at @p code, at least #NCT_AUTHORIZATION_CODE_LENGTH + 1
 * @return #NCT_OK; #NCT_E_BUFFER; #NCT_E_RANDOM; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_enrollment_code(nct_form *form, char *code, size_t capacity);

/**
 * @brief Makes the provider record (S4), registered at once if an Office Administrator is designated (S16).
 *
 * @param form the form, of #NCT_FORM_ENROLLMENT; may be submitted again after a failure
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param[out] code receives the authorization code and a terminating NUL, that of nct_enrollment_code() where it
 *     was called: the last time it is shown
 * @param capacity bytes at @p code, at least #NCT_AUTHORIZATION_CODE_LENGTH + 1
 * @param[out] problems as nct_form_validate(); after #NCT_OK notes as nct_registration_submit(); may be NULL
 * @return #NCT_OK; #NCT_E_PROBLEMS; #NCT_E_ALREADY_ENROLLED; #NCT_E_NCID_TAKEN for an OA's NCID its person no longer
 *     goes by; #NCT_E_BUFFER; a status of the value range for the operator's name; the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_enrollment_submit(nct_form *form, const char *operator_name,
                                                      size_t operator_name_len, char *code, size_t capacity,
                                                      nct_problems **problems);

/**
 * @brief Makes many provider records in one commit, each with an answer of its own: for a roster.
 *
 * The outcome is that of nct_enrollment_submit() for one form after the other, in their order: of two with the same
 * provider the first is made. A refused one stops no other and leaves nothing behind. A store that waits for its disk
 * does so once.
 *
 * The code of each form is drawn before, with nct_enrollment_code(), and is told nowhere else: a host writes them down,
 * durably, and then submits. Of those that are refused it opens nothing.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param count how many, 1 to #NCT_BULK_MAX
 * @param forms the forms, of #NCT_FORM_ENROLLMENT and of this portal, @p count of them; those that were not enrolled
 * may be submitted again
 * @param[out] answers receives for each what nct_enrollment_submit() would answer of its form, or #NCT_E_STATE where no
 *     code was drawn; @p count of them
 * @param[out] problems receives for each what nct_enrollment_submit() would, NULL without any; @p count of them, each
 * to be freed with nct_problems_free(); may be NULL
 * @return #NCT_OK when each has its answer, refusals too; #NCT_E_LIMIT for another count; else every answer is this
 *     status, and none was made: #NCT_E_ARGUMENT, also for a form of another kind or portal; a status of the value
 * range for the operator's name; the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_enrollment_submit_many(nct_portal *portal, const char *operator_name,
                                                           size_t operator_name_len, size_t count,
                                                           nct_form *const *forms, nct_code *answers,
                                                           nct_problems **problems);

/**
 * @brief Makes a new authorization code for a provider, for a letter that was lost; the one before ends.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_name_len its length
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @param[out] code receives the code and a terminating NUL: the only time it is shown
 * @param capacity bytes at @p code, at least #NCT_AUTHORIZATION_CODE_LENGTH + 1
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_BUFFER; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_renew_code(nct_portal *portal, const char *operator_name,
                                                        size_t operator_name_len, const char *id, size_t id_len,
                                                        char *code, size_t capacity);

/**
 * @brief Changes a provider's own data, at once: name, e-mail address, phone, postal address.
 *
 * By whoever may change where the provider is paid (#NCT_AUTHORITY_EFT_CHANGE: the OA, the backup OA), since the agency
 * calls the phone on file about that. What is not set stays. The provider is told at the address before and at the one
 * after, the OA and the backup OA are told too; for as long as a request for another account may wait, it carries
 * #NCT_EFT_RECENT_PROVIDER. No public source states who may change what; providers have a duty to report changes within
 * 30 days, and this is our policy.
 *
 * @param form of the kind #NCT_FORM_PROVIDER; may be submitted again
 * @param by NCID of who acts
 * @param by_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param[out] problems as nct_form_validate(); may be NULL
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range for an identifier; #NCT_E_PROBLEMS; the refusals
 *     of nct_access_grant() that concern who acts; #NCT_E_TOO_OFTEN when something differs and it was changed
 *     #NCT_OPTION_REQUESTS_CONTACT times in a day; else #NCT_OK, also when nothing differs, or one of the common
 *     statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_change(nct_form *form, const char *by, size_t by_len, const char *provider,
                                                    size_t provider_len, nct_problems **problems);

/**
 * @brief The same by an operator, of terminated providers and those not registered too.
 *
 * @param form of the kind #NCT_FORM_PROVIDER; may be submitted again
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param provider NPI or Atypical ID
 * @param provider_len its length
 * @param reason why, for the ledger
 * @param reason_len its length
 * @param[out] problems as nct_form_validate(); may be NULL
 * @return In this order: #NCT_E_ARGUMENT; a status of the value range; #NCT_E_PROBLEMS; #NCT_E_NOT_FOUND for a provider
 *     nobody knows; else #NCT_OK, also when nothing differs, or one of the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_change_by_operator(nct_form *form, const char *operator_name,
                                                                size_t operator_name_len, const char *provider,
                                                                size_t provider_len, const char *reason,
                                                                size_t reason_len, nct_problems **problems);

/**
 * @brief Reads a provider record.
 *
 * @param portal the portal
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_provider_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND; a status of the value range for a malformed id; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_get(nct_portal *portal, const char *id, size_t id_len, nct_provider **out);

/**
 * @brief Frees a record.
 *
 * @param provider may be NULL; not one of a list
 */
NCT_API void nct_provider_free(nct_provider *provider);

/**
 * @brief NPI or Atypical ID.
 *
 * @param provider the record
 * @return a string as long-lived as the record.
 */
NCT_API const char *nct_provider_id(const nct_provider *provider);

/**
 * @brief #NCT_PROVIDER_INDIVIDUAL or #NCT_PROVIDER_ORGANIZATION.
 *
 * @param provider the record
 * @return the kind.
 */
NCT_API int32_t nct_provider_kind(const nct_provider *provider);

/**
 * @brief Name.
 *
 * @param provider the record
 * @return a string as long-lived as the record.
 */
NCT_API const char *nct_provider_display_name(const nct_provider *provider);

/**
 * @brief Tax number, masked but for the last four digits.
 *
 * @param provider the record
 * @return a string as long-lived as the record.
 */
NCT_API const char *nct_provider_tax_id_masked(const nct_provider *provider);

/**
 * @brief E-mail address.
 *
 * @param provider the record
 * @return a string as long-lived as the record.
 */
NCT_API const char *nct_provider_email(const nct_provider *provider);

/**
 * @brief Phone, ten digits.
 *
 * @param provider the record
 * @return a string as long-lived as the record.
 */
NCT_API const char *nct_provider_phone(const nct_provider *provider);

/**
 * @brief Extension of the phone.
 *
 * @param provider the record
 * @return up to eight digits, as long-lived as the record; empty for none.
 */
NCT_API const char *nct_provider_phone_extension(const nct_provider *provider);

/**
 * @brief Postal address: the first line.
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty for none.
 */
NCT_API const char *nct_provider_address_line1(const nct_provider *provider);

/**
 * @brief Postal address: the second line.
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty for none.
 */
NCT_API const char *nct_provider_address_line2(const nct_provider *provider);

/**
 * @brief Postal address: the city.
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty for none.
 */
NCT_API const char *nct_provider_address_city(const nct_provider *provider);

/**
 * @brief Postal address: the state, two capital letters.
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty for none.
 */
NCT_API const char *nct_provider_address_state(const nct_provider *provider);

/**
 * @brief Postal address: the ZIP code, five digits, or nine (ZIP+4).
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty for none.
 */
NCT_API const char *nct_provider_address_zip(const nct_provider *provider);

/**
 * @brief When the provider's own data were changed last.
 *
 * @param provider the record
 * @return milliseconds UTC; 0: never.
 */
NCT_API int64_t nct_provider_changed_at(const nct_provider *provider);

/**
 * @brief One of the NCT_PROVIDER states; a suspended provider is registered, see nct_provider_suspended_at().
 *
 * @param provider the record
 * @return the state.
 */
NCT_API int32_t nct_provider_state(const nct_provider *provider);

/**
 * @brief NCID of the Office Administrator.
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty before registration.
 */
NCT_API const char *nct_provider_office_administrator(const nct_provider *provider);

/**
 * @brief NCID of the backup Office Administrator (profile 2026).
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty where there is none.
 */
NCT_API const char *nct_provider_backup_office_administrator(const nct_provider *provider);

/**
 * @brief Account payments go to, masked (S5).
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty before registration.
 */
NCT_API const char *nct_provider_eft_masked(const nct_provider *provider);

/**
 * @brief When the record was made.
 *
 * @param provider the record
 * @return milliseconds UTC.
 */
NCT_API int64_t nct_provider_enrolled_at(const nct_provider *provider);

/**
 * @brief When the re-verification is due: the last moment that is in time.
 *
 * @param provider the record
 * @return milliseconds UTC; 0 when no calendar runs.
 */
NCT_API int64_t nct_provider_reverification_due(const nct_provider *provider);

/**
 * @brief The date on which the re-verification is due, in the portal's time zone.
 *
 * @param provider the record
 * @return "YYYY-MM-DD", as long-lived as the record; empty when no calendar runs; NULL for NULL.
 */
NCT_API const char *nct_provider_reverification_date(const nct_provider *provider);

/**
 * @brief Whether the due date has passed and an application that was submitted and paid in time keeps the provider from
 * suspension while the agency reviews it.
 *
 * @param provider the record
 * @return 1 or 0.
 */
NCT_API int32_t nct_provider_reverification_held(const nct_provider *provider);

/**
 * @brief Since when the provider is suspended for want of re-verification.
 *
 * Access and signing go on, so that it can be re-verified; what else a suspension stops is the host's.
 *
 * @param provider the record
 * @return milliseconds UTC; 0 when it is not.
 */
NCT_API int64_t nct_provider_suspended_at(const nct_provider *provider);

/**
 * @brief Lists provider records by id.
 *
 * @param portal the portal
 * @param after the last id of the page before; NULL for the first page
 * @param after_len its length
 * @param limit 1 to 1,000
 * @param[out] out receives the page, empty past the end; NULL on failure. Free with nct_provider_list_free().
 * @return #NCT_OK; #NCT_E_PARTIAL, with a page, where damaged rows were left out (damage.h); a status of the value
 *     range for a malformed cursor; the common statuses.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_list_page(nct_portal *portal, const char *after, size_t after_len,
                                                       size_t limit, nct_provider_list **out);

/**
 * @brief Finds provider records, by the beginning of the name and by state.
 *
 * Names compare as in nct_person_search(). One record whose id is known is nct_provider_get().
 *
 * @param portal the portal
 * @param name how the name begins, at least 2 letters; with a length of 0 all records, in the order of their ids
 * @param name_len its length
 * @param state only records of this one of the NCT_PROVIDER states; 0: of any
 * @param after what nct_provider_list_cursor() of the page before says; NULL for the first page
 * @param after_len its length
 * @param limit records to look at for this page, 1 to 1,000; it holds those of the state
 * @param[out] out receives the page; NULL on failure. Free with nct_provider_list_free().
 * @return In this order: #NCT_E_ARGUMENT, also for an unknown state; #NCT_E_TOO_SHORT; #NCT_E_FORMAT or another status
 *     of the value range for no cursor of this search; #NCT_OK, or one of the common statuses.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_provider_search(nct_portal *portal, const char *name, size_t name_len,
                                                    int32_t state, const char *after, size_t after_len, size_t limit,
                                                    nct_provider_list **out);

/**
 * @brief Whether a further page may follow.
 *
 * @param list may be NULL
 * @return 1 or 0.
 */
NCT_API int32_t nct_provider_list_more(const nct_provider_list *list);

/**
 * @brief Where the next page begins.
 *
 * @param list may be NULL
 * @return a string as long-lived as the page; empty for an empty page.
 */
NCT_API const char *nct_provider_list_cursor(const nct_provider_list *list);

/**
 * @brief Frees a page.
 *
 * @param list may be NULL
 */
NCT_API void nct_provider_list_free(nct_provider_list *list);

/**
 * @brief How many records a page has.
 *
 * @param list may be NULL
 * @return the count.
 */
NCT_API size_t nct_provider_list_count(const nct_provider_list *list);

/**
 * @brief One record of a page.
 *
 * @param list the page
 * @param index below the count
 * @return owned by the list; NULL past the end.
 */
NCT_API const nct_provider *nct_provider_list_at(const nct_provider_list *list, size_t index);

/**
 * @brief The pay-to contact's address.
 *
 * @param provider the record
 * @return a string as long-lived as the record; empty for none.
 */
NCT_API const char *nct_provider_pay_to_email(const nct_provider *provider);

/**
 * @brief The name of a provider kind: "individual", "organization".
 *
 * @param kind one of the constants
 * @return a constant string; NULL for an unknown kind.
 */
NCT_API const char *nct_provider_kind_name(int32_t kind);

/**
 * @brief The name of a provider state: "enrolled", "registered", "terminated".
 *
 * @param state one of the constants
 * @return a constant string; NULL for an unknown state.
 */
NCT_API const char *nct_provider_state_name(int32_t state);

/**
 * @brief #NCT_AUTHORIZATION_CODE_LENGTH as a function.
 *
 * @return bytes without the NUL.
 */
NCT_API size_t nct_authorization_code_length(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
