#include "ident/ident_internal.h"

enum { NCID_CLASSES = NCT_ALNUM | NCT_DOT | NCT_UNDERSCORE | NCT_DASH };

/* The format of an NCID is not public; this is our policy. */
nct_status nct_ncid_check(const char *s, size_t len) {
    static const struct nct_ident_alphabet alphabet = {NCID_CLASSES, NCID_CLASSES, 6, 20};
    return nct_ident_spell(&alphabet, s, len);
}
