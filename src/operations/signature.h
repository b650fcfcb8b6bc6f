/* Signatures as they are handed to the host. */
#ifndef NCT_OPERATIONS_SIGNATURE_H
#define NCT_OPERATIONS_SIGNATURE_H

#include "portal/portal.h"
#include "records/types.h"

#include <nctracks/sign.h>

#define NCT_SIGNATURE_KEY_MAX (NCT_PROVIDER_ROOM + NCT_SIGNATURE_ID)

size_t nct_signature_key(const char *provider, const unsigned char id[NCT_SIGNATURE_ID],
                         unsigned char key[NCT_SIGNATURE_KEY_MAX]);

/* An empty handle, allocated before the signature is made: afterwards nothing may fail. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_signature_room(struct nct_portal *portal, nct_signature **out);
void nct_signature_fill(nct_signature *signature, const struct nct_signature_record *record);

#endif
