/* Arguments about keys, and announcements as evidence. */
#ifndef NCT_ENGINE_KEYS_KEY_LIST_H
#define NCT_ENGINE_KEYS_KEY_LIST_H

#include "engine/keys/evidence.h"

#include <nctracks/key.h>

#define NCT_ANNOUNCEMENT_VERSION 1

extern const struct nct_evidence_kind nct_announcement_kind;

/* A key id from its hexadecimal digits. NCT_OK, NCT_E_FORMAT or NCT_E_ARGUMENT. */
nct_status nct_take_key(const char *key, size_t key_len, unsigned char kid[NCT_SIGNING_ID]);

#endif
