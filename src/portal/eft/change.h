/* What the two halves of an EFT change share: asking for it and settling it. */
#ifndef NCT_PORTAL_EFT_CHANGE_H
#define NCT_PORTAL_EFT_CHANGE_H

#include "engine/records/request_types.h"
#include "engine/unit/unit.h"

#include <nctracks/eft.h>

/* A request and where it belongs. Holds bank data: wiped by whoever read it. */
struct nct_eft_work {
    const char *provider;
    const char *actor; /* an NCID, or "operator:" and a name */
    struct nct_provider_private private;
    struct nct_eft_request_record request;
};

/* Reads the private part and, if one waits, the request. NCT_OK; NCT_E_NOT_FOUND; or a failure. */
nct_status nct_eft_read(struct nct_unit *unit, struct nct_eft_work *work);

/* Whether the addresses of OA and backup OA stand: NCT_OK; NCT_E_CONTESTED; or a failure. */
nct_status nct_eft_check_addresses(struct nct_unit *unit, const char *provider);

/* Tells the parties as they are before the change, and who was told before. NCT_OK or a failure. */
nct_status nct_eft_tell(struct nct_unit *unit, struct nct_eft_work *work, int32_t template_id);

/* Stages how a request ended, its entry and its notices; an effective one puts the new account in force. */
nct_status nct_eft_settle(struct nct_unit *unit, struct nct_eft_work *work, int32_t state, nct_status outcome,
                          const char *detail);

/* Ends the request that waits, if any, because the OA changes. The caller puts the private part. NCT_OK or a failure.
 */
nct_status nct_eft_void(struct nct_unit *unit, const char *provider, struct nct_provider_private *private,
                        const char *actor);

#endif
