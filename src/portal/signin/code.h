/* Codes that are mailed to somebody, to be given once, in time, and after few wrong ones. */
#ifndef NCT_PORTAL_SIGNIN_CODE_H
#define NCT_PORTAL_SIGNIN_CODE_H

#include "portal/signin/session.h"

#include <nctracks/password.h>

/* What a code is for: one is of no use for the other. */
enum nct_code { NCT_CODE_STEP = 1, NCT_CODE_RESET };

#define NCT_CODE_ROOM (NCT_RESET_CODE_LENGTH + 1)

/* The hash under which a code is kept: it is of no use under another NCID, or when the address it went to is not on
 * file any more. */
void nct_mailed_code_hash(const struct nct_portal *portal, enum nct_code kind, const struct nct_sign_in_file *file,
                          const char *code, size_t len, unsigned char hash[NCT_HASH]);

/* Puts a code in the place of any before, and stages its mail to the address on file. A mail before stays: what it
 * carries is of no use. A decoy looks the same from outside, and nothing is changed. */
nct_status nct_mailed_code_send(struct nct_unit *unit, struct nct_sign_in_file *file, enum nct_code kind,
                                const char *code, int decoy);

/*
 * Counts a try, in the file, and says whether a code with this hash holds; one that does is used up. The caller puts
 * the file, and tells nobody what was said before that is committed.
 */
int nct_mailed_code_try(const struct nct_unit *unit, struct nct_sign_in_file *file, enum nct_code kind,
                        const unsigned char hash[NCT_HASH]);

#endif
