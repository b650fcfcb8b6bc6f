/* What the two halves of an OA change share: asking for it and carrying it out. */
#ifndef NCT_PORTAL_OFFICE_OA_CHANGE_H
#define NCT_PORTAL_OFFICE_OA_CHANGE_H

#include "engine/records/request_types.h"
#include "portal/access/admit.h"

#include <nctracks/office.h>

/* A change of a record that is to be carried out, or of its request. */
struct nct_handover {
    const char *provider;
    const char *actor;  /* the new OA's NCID, or "operator:" and a name */
    const char *reason; /* an operator's; may be NULL */
    struct nct_drafts *drafts;
    struct nct_provider_record record;
    struct nct_provider_private private; /* wiped by whoever read it */
    struct nct_oa_request_record request;
};

/* Reads record, private part and, if one waits, the request; NCT_OK, NCT_E_NOT_FOUND or a failure. */
nct_status nct_handover_read(struct nct_unit *unit, struct nct_handover *handover);

/* Carries it out in the present unit: new OA in, old one out, code spent, notices. NCT_OK or a failure. */
nct_status nct_handover_carry_out(struct nct_unit *unit, struct nct_handover *handover);

/* Whether a person may become the Backup OA of a provider whose record the unit has read: NCT_OK, NCT_E_ROLE_BUILDS_ON,
 * NCT_E_NOT_ON_RECORD, NCT_E_ROLE_TAKEN or a failure. */
nct_status nct_handover_check_backup(struct nct_unit *unit, const char *provider,
                                     const unsigned char person[NCT_PERSON_ID]);

/* Stages how a request ended, and its entry. NCT_OK or a failure. */
nct_status nct_handover_settle(struct nct_unit *unit, struct nct_handover *handover, int32_t state, nct_status outcome,
                               const char *detail);

/* Tells the parties, as they are before the change. */
nct_status nct_handover_tell(struct nct_unit *unit, const struct nct_handover *handover, int32_t template_id);

#endif
