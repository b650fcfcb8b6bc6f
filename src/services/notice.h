/* Notices about a provider record, to the people who answer for it. */
#ifndef NCT_SERVICES_NOTICE_H
#define NCT_SERVICES_NOTICE_H

#include "policy/policy.h"
#include "unit/unit.h"

/*
 * Stages a mail with a date to the parties named in a mask: the provider's address on the record, the Office
 * Administrator's and the Backup OA's. One mail an address.
 */
nct_status nct_notice_stage(struct nct_unit *unit, const char *provider, const struct nct_provider_record *record,
                            enum nct_template mail, uint32_t parties, const char *date);

#endif
