#include "ident/ident_internal.h"

#include "base/about.h"

#include <sodium.h>
#include <string.h>

struct kind {
    const char *name;
    const char *description;
    nct_status (*check)(const char *s, size_t len);
    size_t (*canonical)(const char *s, size_t len, char *out);
    void (*mask)(char *s, size_t len);
};

/* Place n is kind n; place 0 is none. */
static const struct kind kinds[] = {
    [NCT_IDENT_NPI] = {"npi", "10 digits, the first 1 or 2, the last a check digit", nct_npi_check, nct_canonical_same,
                       nct_mask_nothing},
    [NCT_IDENT_ATYPICAL_ID] = {"atypical_id", "1 to 10 letters and digits that are not an NPI", nct_atypical_id_check,
                               nct_canonical_upper, nct_mask_nothing},
    [NCT_IDENT_NCID] = {"ncid", "6 to 20 letters, digits, dots, underscores and dashes", nct_ncid_check,
                        nct_canonical_lower, nct_mask_nothing},
    [NCT_IDENT_EIN] = {"ein", "9 digits or NN-NNNNNNN, with a prefix the IRS assigns", nct_ein_check,
                       nct_canonical_digits, nct_mask_all_but_tail},
    [NCT_IDENT_SSN] = {"ssn", "9 digits or NNN-NN-NNNN, in the areas and groups the SSA assigns", nct_ssn_check,
                       nct_canonical_digits, nct_mask_all_but_tail},
    [NCT_IDENT_ITIN] = {"itin", "9 digits or 9NN-NN-NNNN, in the groups the IRS assigns", nct_itin_check,
                        nct_canonical_digits, nct_mask_all_but_tail},
    [NCT_IDENT_ATIN] = {"atin", "9 digits or 9NN-93-NNNN", nct_atin_check, nct_canonical_digits, nct_mask_all_but_tail},
    [NCT_IDENT_ABA] = {"aba", "9 digits, with an assigned prefix, the last a check digit", nct_aba_check,
                       nct_canonical_same, nct_mask_nothing},
    [NCT_IDENT_BANK_ACCOUNT] = {"bank_account", "1 to 17 letters and digits, with dashes and spaces between them",
                                nct_bank_account_check, nct_canonical_upper, nct_mask_all_but_tail},
    [NCT_IDENT_EMAIL] = {"email", "one address such as name@example.org, at most 254 characters", nct_email_check,
                         nct_canonical_email, nct_mask_mailbox},
    [NCT_IDENT_PHONE] = {"phone", "a North American number of 10 digits, such as (919) 555-0123", nct_phone_check,
                         nct_canonical_phone, nct_mask_nothing},
    [NCT_IDENT_ZIP] = {"zip", "5 or 9 digits, or NNNNN-NNNN", nct_zip_check, nct_canonical_digits, nct_mask_nothing},
    [NCT_IDENT_PROVIDER_ID] = {"provider_id", "an NPI or an Atypical ID", nct_provider_id_check, nct_canonical_upper,
                               nct_mask_nothing},
    [NCT_IDENT_TAX_ID] = {"tax_id", "an EIN, SSN, ITIN or ATIN", nct_tax_id_check, nct_canonical_digits,
                          nct_mask_all_but_tail},
};

enum { KIND_END = sizeof kinds / sizeof kinds[0] };

static const struct kind *find(int32_t kind) {
    return kind >= 1 && kind < KIND_END ? &kinds[kind] : NULL;
}

nct_status nct_ident_check(int32_t kind, const char *text, size_t text_len) {
    const struct kind *found = find(kind);
    if (found == NULL)
        return nct_about_only(NCT_E_ARGUMENT, "kind");
    if (text == NULL && text_len > 0)
        return nct_about_only(NCT_E_ARGUMENT, "text");
    nct_status status = found->check(text, text_len);
    return status == NCT_OK ? status : nct_about_argument(nct_about(status, NCT_ABOUT_KIND, kind), "text");
}

/* Hands the caller a finished form and its length, as far as there is room. */
static nct_status deliver(const char *form, size_t form_len, char *out, size_t capacity, size_t *out_len) {
    if (out_len != NULL)
        *out_len = form_len;
    if (form_len >= capacity)
        return NCT_E_BUFFER;
    memcpy(out, form, form_len);
    out[form_len] = '\0';
    return NCT_OK;
}

/* The form is made apart, so that a buffer too small shows nothing and the output may be the input. */
static nct_status render(int32_t kind, const char *s, size_t len, bool masked, char *out, size_t capacity,
                         size_t *out_len) {
    char form[NCT_IDENT_CANONICAL_MAX];
    size_t form_len = kinds[kind].canonical(s, len, form);
    if (masked)
        kinds[kind].mask(form, form_len);
    nct_status status = deliver(form, form_len, out, capacity, out_len);
    sodium_memzero(form, form_len);
    return status;
}

static nct_status check_and_render(int32_t kind, const char *s, size_t len, bool masked, char *out, size_t capacity,
                                   size_t *out_len) {
    if (out_len != NULL)
        *out_len = 0;
    if (out == NULL && capacity > 0)
        return nct_about_only(NCT_E_ARGUMENT, "out");
    nct_status status = nct_ident_check(kind, s, len);
    if (status == NCT_OK)
        status = render(kind, s, len, masked, out, capacity, out_len);
    if (status != NCT_OK && capacity > 0)
        out[0] = '\0';
    return status;
}

nct_status nct_ident_canonical(int32_t kind, const char *text, size_t text_len, char *out, size_t capacity,
                               size_t *out_len) {
    return check_and_render(kind, text, text_len, false, out, capacity, out_len);
}

nct_status nct_ident_mask(int32_t kind, const char *text, size_t text_len, char *out, size_t capacity,
                          size_t *out_len) {
    return check_and_render(kind, text, text_len, true, out, capacity, out_len);
}

nct_status nct_ident_kind_from_name(const char *name, int32_t *kind) {
    if (kind == NULL)
        return nct_about_only(NCT_E_ARGUMENT, "kind");
    *kind = 0;
    if (name == NULL)
        return nct_about_only(NCT_E_ARGUMENT, "name");
    for (int32_t i = 1; i < KIND_END; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            *kind = i;
            return NCT_OK;
        }
    }
    return NCT_E_NOT_FOUND;
}

const char *nct_ident_kind_name(int32_t kind) {
    const struct kind *found = find(kind);
    return found != NULL ? found->name : NULL;
}

const char *nct_ident_kind_description(int32_t kind) {
    const struct kind *found = find(kind);
    return found != NULL ? found->description : NULL;
}

int32_t nct_ident_kind_count(void) {
    return KIND_END - 1;
}

size_t nct_ident_canonical_max(void) {
    return NCT_IDENT_CANONICAL_MAX;
}
