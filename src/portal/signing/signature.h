/* Signatures as they are stored and handed to the host. */
#ifndef NCT_PORTAL_SIGNING_SIGNATURE_H
#define NCT_PORTAL_SIGNING_SIGNATURE_H

#include "engine/keys/evidence.h"
#include "engine/records/evidence_types.h"
#include "portal/credentials/signing_period.h"

#include <nctracks/receipt.h>

#define NCT_RECEIPT_VERSION 1
#define NCT_RECEIPT_TYPE "application/nctracks-receipt+cbor"

struct nct_signature {
    struct nct_memory memory;
    char id[2 * NCT_SIGNATURE_ID + 1];
    char period[NCT_PERIOD_TOKEN + 1]; /* begun by this signature; empty for none */
    struct nct_claims claims;
    struct nct_signature_record record;
    unsigned char digest[NCT_HASH]; /* of the record's bytes */
};

/* The longer of the two kinds of key: under a person id. */
#define NCT_SIGNATURE_KEY_MAX (NCT_PERSON_ID + NCT_SIGNATURE_ID)

size_t nct_signature_key(const char *provider, const unsigned char id[NCT_SIGNATURE_ID],
                         unsigned char key[NCT_SIGNATURE_KEY_MAX]);
size_t nct_signature_by_person_key(const unsigned char person[NCT_PERSON_ID], const unsigned char id[NCT_SIGNATURE_ID],
                                   unsigned char key[NCT_SIGNATURE_KEY_MAX]);

/* An id from its hexadecimal digits. NCT_OK, NCT_E_FORMAT or NCT_E_ARGUMENT. */
nct_status nct_take_signature_id(const char *id, size_t id_len, unsigned char bytes[NCT_SIGNATURE_ID]);

/* An empty handle. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_signature_room(const struct nct_memory *memory, nct_signature **out);

/* Fills a handle from a stored receipt, without verifying it again: the row is authenticated. NCT_OK or
 * NCT_E_INTEGRITY. */
nct_status nct_signature_open(nct_signature *signature, const struct nct_signature_record *record);

/* Receipts as evidence. */
extern const struct nct_evidence_kind nct_receipt_kind;

#endif
