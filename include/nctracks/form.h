/**
 * @file form.h
 * @brief Forms, the tables of fields a front end can draw them from, and lists of problems.
 * @defgroup form Forms
 * @{
 *
 * What people fill in (an enrollment, a registration, a user) is one form, set field by field through a path such as
 * "eft.routing_number". Its kind says which fields it has and which operation takes it; an operation answers
 * #NCT_E_ARGUMENT for a form of another kind. A front end can draw it from the table here alone: what there is to
 * fill in, how it is called, grouped, typed and chosen, in any language (nct_field_label_in() and its like). In a
 * repeated group the table writes the index as `N`: "users[N].ncid" stands for "users[0].ncid", "users[1].ncid" and so
 * on.
 *
 * Setting accepts any bytes; validating reports every problem at once.
 *
 * A person is named by their legal name: "first_name", "middle_name" in full, "last_name" and "suffix". Who has one
 * name gives "one_name" as "yes" and the name as "last_name"; then no first name is asked for, and with a first or
 * middle name the form has #NCT_E_ONE_NAME there.
 */
#ifndef NCTRACKS_FORM_H
#define NCTRACKS_FORM_H

#include <nctracks/portal.h>
#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_FORM_ENROLLMENT = 1,   /**< For nct_enrollment_submit(). */
    NCT_FORM_REGISTRATION = 2, /**< For nct_registration_submit(). */
    NCT_FORM_USER = 3,         /**< For nct_user_add(). */
    NCT_FORM_SIGNING = 4,      /**< For nct_sign(). */
    NCT_FORM_PRINCIPAL = 5,    /**< For nct_principal_put(). */
    NCT_FORM_CONTACT = 6,      /**< For nct_contact_change(). */
    NCT_FORM_DRAFT = 7,        /**< For nct_draft_save(). */
    NCT_FORM_OA_CHANGE = 8,    /**< For nct_oa_change_submit(). */
    NCT_FORM_EFT_CHANGE = 9,   /**< For nct_eft_change_submit(). */
    NCT_FORM_PERSON = 10,      /**< For nct_person_add(). */
    NCT_FORM_PROVIDER = 11,    /**< For nct_provider_change(). */
    NCT_FORM_ACCESS = 12,      /**< For nct_access_grant(), nct_access_preview_grant() and nct_access_propose(). */
    NCT_FORM_INVITATION = 13,  /**< For nct_invitation_send(). */
    NCT_FORM_ACCEPTANCE = 14,  /**< For nct_invitation_accept(). */
    NCT_FORM_AGREEMENT = 15    /**< For nct_agreement_accept(). */
};

enum {
    NCT_FIELD_MAX = 1024, /**< Longest value of a field, in bytes, but for "document.content". */
    NCT_USERS_MAX = 100   /**< Most users in one registration. */
};

/** A form being filled in; may hold secrets until it is freed. Not for several threads at once. */
typedef struct nct_form nct_form;

/** What is wrong with a form. Immutable; any thread. */
typedef struct nct_problems nct_problems;

/** A field and what it is set to, for nct_form_fill(). */
typedef struct nct_form_field {
    const char *path;  /**< Such as "provider.npi", NUL-terminated. */
    const char *value; /**< Text, NUL-terminated; NULL or empty: the field is cleared. */
} nct_form_field;

/**
 * @brief Begins a form.
 *
 * @param portal the portal
 * @param kind one of the NCT_FORM constants
 * @param[out] out receives it, empty; NULL on failure. Free with nct_form_free().
 * @return #NCT_OK; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT, also for an unknown kind.
 */
NCT_API NCT_MUST_USE nct_status nct_form_new(nct_portal *portal, int32_t kind, nct_form **out);

/**
 * @brief Wipes and frees a form; what was made from it stays.
 *
 * @param form may be NULL
 */
NCT_API void nct_form_free(nct_form *form);

/**
 * @brief The kind of a form.
 *
 * @param form the form
 * @return one of the NCT_FORM constants; 0 for NULL.
 */
NCT_API int32_t nct_form_kind(const nct_form *form);

/**
 * @brief Sets a field; setting again replaces, a length of 0 clears.
 *
 * Of "document.content", "attestation.text" and "agreement.text", up to 16 MiB, only the digest is kept.
 *
 * @param form the form
 * @param path a field of its kind, such as "provider.npi" or "users[0].ncid", NUL-terminated
 * @param value the bytes; copied
 * @param value_len how many
 * @return #NCT_OK, also for a value that validating will refuse; #NCT_E_UNKNOWN_FIELD; #NCT_E_LIMIT for a user beyond
 *     #NCT_USERS_MAX or a document that is too large; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_form_set(nct_form *form, const char *path, const void *value, size_t value_len);

/**
 * @brief Sets many fields, all of them or none: nct_form_set() for each, in this order.
 *
 * For tables in C. A value with a NUL inside, or with a length at hand, is set with nct_form_set().
 *
 * @param form the form
 * @param count how many fields
 * @param fields paths and values; copied; may be NULL where @p count is 0
 * @return as nct_form_set(). After a refusal the form is as it was, and nct_refusal_value() is the place of the field
 *     that was refused, from 1.
 */
NCT_API NCT_MUST_USE nct_status nct_form_fill(nct_form *form, size_t count, const nct_form_field *fields);

/**
 * @brief The normal form of what a field was set to: what would be kept of it, to be offered to whoever typed or
 * pasted it.
 *
 * Identifiers as nct_ident_canonical(), also those pasted with typographic dashes and spaces (nct_ident_plain()): of
 * "(919) 555-0100", with any dash, it is "9195550100". Names without spaces at their ends or doubled. Other texts as
 * they are.
 *
 * @param form the form
 * @param path a field of its kind, NUL-terminated
 * @param[out] out receives it and a terminating NUL; an empty string on failure, if it has room
 * @param capacity bytes at @p out; #NCT_FIELD_MAX + 1 always suffices
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return In this order: #NCT_E_ARGUMENT; #NCT_E_UNKNOWN_FIELD; #NCT_E_ARGUMENT, also for a secret and for a document;
 * #NCT_E_NOT_FOUND when it was not set; what is wrong with it, as nct_problems_code() tells; #NCT_E_BUFFER; else
 * #NCT_OK.
 */
NCT_API NCT_MUST_USE nct_status nct_form_get(const nct_form *form, const char *path, char *out, size_t capacity,
                                             size_t *out_len);

/**
 * @brief Reports every problem of the fields at once.
 *
 * Reads nothing from the store. Beside each field alone it checks: in a registration the role of each user by the
 * profile (#NCT_E_NOT_MANAGED where the Office Administrator does not give it, #NCT_E_ROLE_BUILDS_ON,
 * #NCT_E_ROLE_TAKEN beyond the number a record may have) and that no NCID comes twice (#NCT_E_DUPLICATE); in an
 * enrollment the relationship of the Office Administrator (#NCT_E_RELATIONSHIP); that a change of contact data has any
 * field (#NCT_E_REQUIRED at "email"); that people with one name have no other (#NCT_E_ONE_NAME); that an FL2 has
 * "physician.date" (#NCT_E_REQUIRED) and no other draft has one
 * (#NCT_E_UNKNOWN_FIELD), while whether it is within its term is judged at submission; that a signing has a password
 * or the token of a period.
 *
 * @param form the form
 * @param[out] problems receives the list, NULL where there is none; may be NULL. Free with nct_problems_free().
 * @return #NCT_OK; #NCT_E_PROBLEMS; #NCT_E_NO_MEMORY; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_form_validate(const nct_form *form, nct_problems **problems);

/**
 * @brief How many fields a form has.
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

/**
 * @brief The group a field belongs to: its path up to the last dot, such as "eft" or "users[N]".
 *
 * Fields of one group follow each other.
 *
 * @param form which form
 * @param index which field
 * @return a constant string, empty for a field without a group; NULL past the end.
 */
NCT_API const char *nct_field_group(int32_t form, size_t index);

/**
 * @brief What the field's group is called, for a person.
 *
 * @param form which form
 * @param index which field
 * @return a constant string, empty for a field without a group; NULL past the end.
 */
NCT_API const char *nct_field_group_label(int32_t form, size_t index);

/**
 * @brief Whether the field's group must be given; one that need not may be left out as a whole.
 *
 * @param form which form
 * @param index which field
 * @return 1 or 0; 0 past the end.
 */
NCT_API int32_t nct_field_group_required(int32_t form, size_t index);

/**
 * @brief How often the field's group can be given: 1, or #NCT_USERS_MAX for a group that repeats.
 *
 * @param form which form
 * @param index which field
 * @return the count; 0 past the end.
 */
NCT_API size_t nct_field_group_max(int32_t form, size_t index);

/**
 * @brief The length beyond which no value of a field is accepted, in characters (Unicode code points).
 *
 * @param form which form
 * @param index which field
 * @return characters; 0 past the end.
 */
NCT_API size_t nct_field_max_characters(int32_t form, size_t index);

/**
 * @brief The same in bytes of UTF-8.
 *
 * @param form which form
 * @param index which field
 * @return bytes; 0 past the end.
 */
NCT_API size_t nct_field_max_bytes(int32_t form, size_t index);

/**
 * @brief The HTML control for a field: "text", "email", "tel", "date", "password" or "file" as types of `input`,
 * "select" for one of several values, "checkbox" for each of several values, "hidden" for what the host gives and
 * nobody types.
 *
 * @param form which form
 * @param index which field
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_field_input(int32_t form, size_t index);

/**
 * @brief The HTML `inputmode` of a field: "text", "numeric", "email" or "tel".
 *
 * @param form which form
 * @param index which field
 * @return a constant string, empty where nothing is typed; NULL past the end.
 */
NCT_API const char *nct_field_inputmode(int32_t form, size_t index);

/**
 * @brief The HTML `autocomplete` token of a field, such as "given-name" or "current-password".
 *
 * Only a field about the person who fills the form in has one, so that nobody's own data is offered for somebody else.
 *
 * @param form which form
 * @param index which field
 * @return a constant string, "off" for other fields; NULL past the end.
 */
NCT_API const char *nct_field_autocomplete(int32_t form, size_t index);

/**
 * @brief Whether what is typed is a secret: never kept, logged or shown again.
 *
 * @param form which form
 * @param index which field
 * @return 1 or 0; 1 past the end.
 */
NCT_API int32_t nct_field_secret(int32_t form, size_t index);

/**
 * @brief What a value of a "choice" or "choices" is called, for a person.
 *
 * @param form which form
 * @param index which field
 * @param choice one of nct_field_choices(), NUL-terminated
 * @return a constant string; NULL past the end and for what is no value of the field.
 */
NCT_API const char *nct_field_choice_label(int32_t form, size_t index, const char *choice);

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
NCT_API nct_code nct_problems_code(const nct_problems *problems, size_t index);

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
