/**
 * @file ident.h
 * @brief Identifiers: is it one, what is its canonical form, how is it shown without giving it away.
 * @defgroup ident Identifiers
 * @{
 *
 * Pure functions over bytes: no allocation, no locale, no state, any thread. Nothing is trimmed and no
 * Unicode digit counts as a digit. A check costs a single pass over the bytes.
 */
#ifndef NCTRACKS_IDENT_H
#define NCTRACKS_IDENT_H

#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NCT_IDENT_NPI = 1,         /**< National Provider Identifier: 10 digits, first 1 or 2, Luhn over 80840 + digits. */
    NCT_IDENT_ATYPICAL_ID = 2, /**< Atypical provider: 1 to 10 letters and digits that are no NPI (our policy). */
    NCT_IDENT_NCID = 3,        /**< North Carolina Identity: 6 to 20 of letters, digits, `.`, `_`, `-`. */
    NCT_IDENT_EIN = 4,  /**< Employer Identification Number: NN-NNNNNNN or 9 digits, prefix published by the IRS. */
    NCT_IDENT_SSN = 5,  /**< Social Security Number: NNN-NN-NNNN or 9 digits. */
    NCT_IDENT_ITIN = 6, /**< Individual Taxpayer Identification Number: 9NN-NN-NNNN or 9 digits. */
    NCT_IDENT_ATIN = 7, /**< Adoption Taxpayer Identification Number: 9NN-93-NNNN or 9 digits. */
    NCT_IDENT_ABA = 8,  /**< ABA routing number: 9 digits, prefix in the assigned ranges, weights 3-7-1. */
    NCT_IDENT_BANK_ACCOUNT = 9, /**< Bank account: 1 to 17 letters and digits, `-` and space inside. */
    NCT_IDENT_EMAIL = 10,       /**< One addr-spec (RFC 5321/5322) with a dot-atom local part, at most 254 bytes. */
    NCT_IDENT_PHONE = 11,       /**< North American number, optional +1 and usual punctuation; toll-free too. */
    NCT_IDENT_ZIP = 12,         /**< ZIP code: NNNNN, NNNNN-NNNN or 9 digits. */
    NCT_IDENT_PROVIDER_ID = 13, /**< NPI or Atypical ID; ten digits can only be meant as an NPI. */
    NCT_IDENT_TAX_ID = 14       /**< EIN, SSN, ITIN or ATIN. */
};

enum {
    NCT_IDENT_CANONICAL_MAX = 254 /**< Longest canonical form, in bytes, without the terminating NUL. */
};

/**
 * @brief Whether the bytes are a valid identifier of a kind.
 *
 * @param kind one of the NCT_IDENT constants
 * @param text the bytes, not necessarily NUL-terminated; may be NULL when @p text_len is 0
 * @param text_len how many
 * @return #NCT_OK if valid; else why not: #NCT_E_EMPTY, #NCT_E_TOO_SHORT, #NCT_E_TOO_LONG, #NCT_E_CHARACTER,
 *     #NCT_E_NUL, #NCT_E_FORMAT, #NCT_E_CHECK_DIGIT, #NCT_E_RANGE, #NCT_E_NEVER_VALID; #NCT_E_ARGUMENT for an unknown
 *     kind or a NULL pointer with a length.
 */
NCT_API NCT_MUST_USE nct_status nct_ident_check(int32_t kind, const char *text, size_t text_len);

/**
 * @brief The one form under which an identifier is stored and compared.
 *
 * NPI, ABA: as they are. Atypical ID: upper case. NCID: lower case. EIN, SSN, ITIN, ATIN, ZIP: digits alone. Bank
 * account: upper case without `-` and space. E-mail: as it is, with the domain in lower case. Phone: ten digits.
 * canonical(canonical(x)) equals canonical(x).
 *
 * @param kind one of the NCT_IDENT constants
 * @param text the bytes
 * @param text_len how many
 * @param[out] out receives the form and a terminating NUL
 * @param capacity bytes at @p out; #NCT_IDENT_CANONICAL_MAX + 1 always suffices
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return #NCT_OK; #NCT_E_BUFFER; else as nct_ident_check(). On failure @p out holds an empty string if it has room.
 */
NCT_API NCT_MUST_USE nct_status nct_ident_canonical(int32_t kind, const char *text, size_t text_len, char *out,
                                                    size_t capacity, size_t *out_len);

/**
 * @brief Replaces, in place, typographic dashes and spaces by `-` and space, as whoever pasted them sees them.
 *
 * Word processors, spreadsheets and web pages put them into numbers: U+2010 to U+2015 and U+2212; U+00A0, U+2000 to
 * U+200A, U+202F and U+205F. The fields of a form that hold an identifier are read so; the checks of this header are
 * strict, for files and programs. Nothing else is changed.
 *
 * @param[in,out] text the bytes, UTF-8; may be NULL when @p text_len is 0
 * @param text_len how many
 * @return the new length, never more than @p text_len; the bytes behind it are 0.
 */
NCT_API size_t nct_ident_plain(char *text, size_t text_len);

/**
 * @brief The form in which an identifier may be shown: tax numbers and accounts as `*` but for the last four (for an
 * account of up to eight characters, fewer), e-mail local parts but for the first character; other kinds whole.
 *
 * @param kind one of the NCT_IDENT constants
 * @param text the bytes, a valid identifier
 * @param text_len how many
 * @param[out] out receives the form and a terminating NUL
 * @param capacity bytes at @p out
 * @param[out] out_len receives the length without the NUL, also with #NCT_E_BUFFER; may be NULL
 * @return as nct_ident_canonical().
 */
NCT_API NCT_MUST_USE nct_status nct_ident_mask(int32_t kind, const char *text, size_t text_len, char *out,
                                               size_t capacity, size_t *out_len);

/**
 * @brief The kind of a name.
 *
 * @param name `npi`, `atypical_id`, `ncid`, `ein`, `ssn`, `itin`, `atin`, `aba`, `bank_account`, `email`, `phone`,
 *     `zip`, `provider_id` or `tax_id`, NUL-terminated
 * @param[out] kind receives the kind; 0 on failure
 * @return #NCT_OK; #NCT_E_NOT_FOUND; #NCT_E_ARGUMENT.
 */
NCT_API NCT_MUST_USE nct_status nct_ident_kind_from_name(const char *name, int32_t *kind);

/**
 * @brief The name of a kind.
 *
 * @param kind one of the constants
 * @return a constant string; NULL for an unknown kind.
 */
NCT_API const char *nct_ident_kind_name(int32_t kind);

/**
 * @brief One line on what is valid, for a person.
 *
 * @param kind one of the constants
 * @return a constant string; NULL for an unknown kind.
 */
NCT_API const char *nct_ident_kind_description(int32_t kind);

/**
 * @brief How many kinds there are; they are numbered from 1.
 *
 * @return the count.
 */
NCT_API int32_t nct_ident_kind_count(void);

/**
 * @brief #NCT_IDENT_CANONICAL_MAX as a function.
 *
 * @return bytes.
 */
NCT_API size_t nct_ident_canonical_max(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
