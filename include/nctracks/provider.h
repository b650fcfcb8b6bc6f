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
 *   (`office_administrator.*`): the record is registered at once, and the PIN goes to the OA's own address (S16).
 */
#ifndef NCTRACKS_PROVIDER_H
#define NCTRACKS_PROVIDER_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NCT_PROVIDER_INDIVIDUAL 1   /**< A person who provides. */
#define NCT_PROVIDER_ORGANIZATION 2 /**< An organization. */

#define NCT_PROVIDER_ENROLLED 1   /**< Enrolled; the CEP registration is not complete. */
#define NCT_PROVIDER_REGISTERED 2 /**< Registered: it has an Office Administrator. */
#define NCT_PROVIDER_TERMINATED 3 /**< Terminated: nobody has access (nct_provider_terminate()). */

/** Length of an authorization code: Crockford base 32, 80 bits (our policy). */
#define NCT_AUTHORIZATION_CODE_LENGTH 16

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
NCT_API nct_status nct_enrollment_code(nct_form *form, char *code, size_t capacity);

/**
 * @brief Makes the provider record (S4), registered at once if an Office Administrator is designated (S16).
 *
 * @param form the form, of #NCT_FORM_ENROLLMENT; may be submitted again after a failure
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_len its length
 * @param[out] code receives the authorization code and a terminating NUL, that of nct_enrollment_code() where it
 *     was called: the last time it is shown
 * @param capacity bytes at @p code, at least #NCT_AUTHORIZATION_CODE_LENGTH + 1
 * @param[out] problems as nct_form_validate(); after #NCT_OK notes as nct_registration_submit(); may be NULL
 * @return #NCT_OK; #NCT_E_PROBLEMS; #NCT_E_ALREADY_ENROLLED; #NCT_E_NCID_TAKEN for an OA's NCID its person no longer
 *     goes by; #NCT_E_BUFFER; a status of the value range for the operator's name; the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API nct_status nct_enrollment_submit(nct_form *form, const char *operator_name, size_t operator_len, char *code,
                                         size_t capacity, nct_problems **problems);

/**
 * @brief Makes a new authorization code for a provider, for a letter that was lost; the one before ends.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_len its length
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @param[out] code receives the code and a terminating NUL: the only time it is shown
 * @param capacity bytes at @p code, at least #NCT_AUTHORIZATION_CODE_LENGTH + 1
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_BUFFER; a status of the value range; the common statuses.
 * @par Threads Any.
 */
NCT_API nct_status nct_provider_renew_code(nct_portal *portal, const char *operator_name, size_t operator_len,
                                           const char *id, size_t id_len, char *code, size_t capacity);

/**
 * @brief Reads a provider record.
 *
 * @param portal the portal
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @param[out] out receives it; NULL on failure. Free with nct_provider_free().
 * @return #NCT_OK; #NCT_E_NOT_FOUND; a status of the value range for a malformed id; the common statuses.
 */
NCT_API nct_status nct_provider_get(nct_portal *portal, const char *id, size_t id_len, nct_provider **out);

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
 * @return #NCT_OK; a status of the value range for a malformed cursor; the common statuses.
 */
NCT_API nct_status nct_provider_list_page(nct_portal *portal, const char *after, size_t after_len, size_t limit,
                                          nct_provider_list **out);

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
