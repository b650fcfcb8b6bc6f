/* Whether somebody may choose a password: asked of new ones alone, never of one that is tried. */
#ifndef NCT_PORTAL_CREDENTIALS_PASSWORD_CHOICE_H
#define NCT_PORTAL_CREDENTIALS_PASSWORD_CHOICE_H

#include "engine/handle/portal.h"

/* What the password is not to be made of, beside the words that everybody tries; NULL ends them early. */
#define NCT_OWN_WORDS 4

/*
 * NCT_OK; NCT_E_ARGUMENT, NCT_E_EMPTY, NCT_E_TOO_SHORT, NCT_E_TOO_LONG, NCT_E_NUL; NCT_E_COMMON_PASSWORD; a failure of
 * the host's list.
 */
nct_status nct_password_choice(const struct nct_portal *portal, const char *ncid, const char *password, size_t len);

/* Whether a password is little more than words that are tried first, or these of the person's own: their name. */
int nct_password_is_made_of(const char *const own[NCT_OWN_WORDS], const char *password, size_t len);

#endif
