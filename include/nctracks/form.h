/**
 * @file form.h
 * @brief Tables of fields a front end can draw a form from, and lists of problems.
 * @defgroup form Forms
 * @{
 *
 * What people fill in (an enrollment, a registration, a user) is set field by field through a path such as
 * "eft.routing_number". The paths, with labels and descriptions, are readable here. In a repeated group the
 * table writes the index as `N`: "users[N].ncid" stands for "users[0].ncid", "users[1].ncid" and so on.
 *
 * Setting accepts any bytes; validating reports every problem at once.
 */
#ifndef NCTRACKS_FORM_H
#define NCTRACKS_FORM_H

#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NCT_FORM_ENROLLMENT 1   /**< Fields of nct_enrollment. */
#define NCT_FORM_REGISTRATION 2 /**< Fields of nct_registration. */
#define NCT_FORM_USER 3         /**< Fields of nct_user. */
#define NCT_FORM_SIGNING 4      /**< Fields of nct_signing. */
#define NCT_FORM_PRINCIPAL 5    /**< Fields of nct_principal. */
#define NCT_FORM_CONTACT 6      /**< Fields of nct_contact. */
#define NCT_FORM_DRAFT 7        /**< Fields of nct_draft. */
#define NCT_FORM_OA_CHANGE 8    /**< Fields of nct_oa_change. */
#define NCT_FORM_EFT_CHANGE 9   /**< Fields of nct_eft_change. */
#define NCT_FORM_PERSON 10      /**< For nct_person_add(). */

#define NCT_FIELD_MAX 1024 /**< Longest value of a field, in bytes, but for "document.content". */
#define NCT_USERS_MAX 100  /**< Most users in one registration. */

/**
 *
 * How many fields a form has.
 *
 * @param form one of the NCT_FORM constants
 * @return the count; 0 for an unknown form.
 */
NCT_API size_t nct_field_count(int32_t form);

/**
 * @brief The path of a field.
 *
 * @param form which form
 * @param index below nct_field_count()
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_field_path(int32_t form, size_t index);

/**
 * @brief The type of a field: the name of an identifier kind ("npi", "email", …), "provider_id", "tax_id", "text",
 * "choice", "choices", "rights", "language" (one the portal has texts of), "secret", "bytes" or "date".
 *
 * @param form which form
 * @param index which field
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_field_type(int32_t form, size_t index);

/**
 * @brief The values a "choice" may have, and of which "choices" may have several, separated by spaces.
 *
 * @param form which form
 * @param index which field
 * @return a constant string, empty for other types; NULL past the end.
 */
NCT_API const char *nct_field_choices(int32_t form, size_t index);

/**
 * @brief Whether a field must be given, whatever else is.
 *
 * @param form which form
 * @param index which field
 * @return 1 or 0.
 */
NCT_API int32_t nct_field_required(int32_t form, size_t index);

/**
 * @brief With which groups a field must be given: once any field of one of them is.
 *
 * "registrant" of "registrant.email"; "eft office_administrator" of an enrollment's "eft.routing_number": nobody is
 * paid without an account (S5); "users[N]" of "users[N].email", of the same user.
 *
 * @param form which form
 * @param index which field
 * @return a constant string, groups separated by spaces; empty for a field that is always or never required; NULL past
 *     the end.
 */
NCT_API const char *nct_field_required_with(int32_t form, size_t index);

/**
 * @brief A short label for a person.
 *
 * @param form which form
 * @param index which field
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_field_label(int32_t form, size_t index);

/**
 * @brief One line of help for a person.
 *
 * @param form which form
 * @param index which field
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_field_description(int32_t form, size_t index);

/** What is wrong with a form. Immutable; any thread. */
typedef struct nct_problems nct_problems;

/**
 * @brief Frees a list of problems.
 *
 * @param problems may be NULL
 */
NCT_API void nct_problems_free(nct_problems *problems);

/**
 * @brief How many problems there are.
 *
 * @param problems may be NULL
 * @return the count.
 */
NCT_API size_t nct_problems_count(const nct_problems *problems);

/**
 * @brief The path of the field with the problem, such as "users[2].email".
 *
 * @param problems the list
 * @param index below the count
 * @return a string as long-lived as the list; NULL past the end.
 */
NCT_API const char *nct_problems_path(const nct_problems *problems, size_t index);

/**
 * @brief What is wrong.
 *
 * @param problems the list
 * @param index below the count
 * @return a status of the value or rule range; #NCT_E_ARGUMENT past the end.
 */
NCT_API nct_status nct_problems_code(const nct_problems *problems, size_t index);

/**
 * @brief One sentence for a person: the field's label and what is wrong; never the value.
 *
 * @param problems the list
 * @param index below the count
 * @return a string as long-lived as the list; NULL past the end.
 */
NCT_API const char *nct_problems_message(const nct_problems *problems, size_t index);

/**
 * @brief #NCT_FIELD_MAX as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_field_max(void);

/**
 * @brief #NCT_USERS_MAX as a function.
 *
 * @return the count.
 */
NCT_API size_t nct_users_max(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
