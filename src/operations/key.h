/* Arguments about keys, and announcements as evidence. */
#ifndef NCT_OPERATIONS_KEY_H
#define NCT_OPERATIONS_KEY_H

#include "operations/evidence.h"

#include <nctracks/key.h>

#define NCT_ANNOUNCEMENT_VERSION 1

extern const struct nct_evidence_kind nct_announcement_kind;

/* A key id from its hexadecimal digits. NCT_OK, NCT_E_FORMAT or NCT_E_ARGUMENT. */
nct_status nct_take_key(const char *key, size_t key_len, unsigned char kid[NCT_SIGNING_ID]);

#endif
