#include "ident/ident_internal.h"

/* USPS Publication 28: five digits, or nine with or without the dash. */
nct_status nct_zip_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {NCT_DIGIT | NCT_DASH, NCT_DIGIT, 5, 9};
    if (nct_ident_follows("NNNNN", s, len) || nct_ident_nine_digits(s, len) || nct_ident_follows("NNNNN-NNNN", s, len))
        return NCT_OK;
    nct_status status = nct_ident_spell(&alphabet, s, len);
    return status != NCT_OK ? status : NCT_E_FORMAT;
}
