#include "ident/ident_internal.h"

enum { ACCOUNT_CLASSES = NCT_ALNUM | NCT_DASH | NCT_SPACE };

/* The account number of an ACH entry has 17 places, of letters, digits, dashes and spaces (Nacha file format). */
nct_status nct_bank_account_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {ACCOUNT_CLASSES, ACCOUNT_CLASSES, 1, 17};
    nct_status status = nct_ident_spell(&alphabet, s, len);
    if (status != NCT_OK)
        return status;
    return nct_ident_is(s[0], NCT_ALNUM) && nct_ident_is(s[len - 1], NCT_ALNUM) ? NCT_OK : NCT_E_FORMAT;
}
