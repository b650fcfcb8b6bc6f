/* Authorization codes: what proves that the agency wrote to the provider. */
#ifndef NCT_PORTAL_PROVIDER_AUTHORIZATION_CODE_H
#define NCT_PORTAL_PROVIDER_AUTHORIZATION_CODE_H

#include "engine/handle/portal.h"
#include "engine/records/types.h"

#include <nctracks/provider.h>

/* Draws a code. NCT_OK or NCT_E_RANDOM. */
nct_status nct_code_draw(const struct nct_portal *portal, char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]);

/* The keyed hash a record keeps. Typed codes may be in lower case, with `-` and space, and O, I, L for 0, 1, 1. */
void nct_code_hash(const struct nct_portal *portal, const char *provider, const void *code, size_t len,
                   unsigned char hash[NCT_HASH]);

#endif
