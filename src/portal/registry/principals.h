/* People on a provider's record: its owners, managing employees and the like, each in a pair of rows. */
#ifndef NCT_PORTAL_REGISTRY_PRINCIPALS_H
#define NCT_PORTAL_REGISTRY_PRINCIPALS_H

#include "engine/unit/twin.h"

/* The two rows of a principal. */
extern const struct nct_pair nct_principal_pair;

/* Reads what the record says of somebody; relationships 0 if it does not name them. See nct_pair_get(). */
nct_status nct_principal_get(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                             struct nct_principal_record *principal);

#define NCT_ON_RECORD_DETAIL_ROOM 192

/* What the ledger says: "owner managing_employee", and the validity where there is one. */
void nct_on_record_describe(const struct nct_on_record *on_record, char detail[NCT_ON_RECORD_DETAIL_ROOM]);

/* Puts in the name and address a notice goes to: the person's own record wins over what was entered. */
void nct_principal_address(const struct nct_person_record *record, struct nct_principal_record *principal);

/*
 * Stages what the record says of somebody (relationships 0: no longer anything), the copy of it in their grant, and the
 * entries in the provider's and the person's stream. `recorded_at` is set here.
 */
nct_status nct_principal_stage(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                               const struct nct_principal_record *principal, const char *actor);

/*
 * Puts somebody known on the record in a relationship they claim at a registration. Who stands there now keeps the
 * other relationships and their validity; what has ended or not begun is replaced, and does not come back by a claim.
 */
nct_status nct_principal_claim(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                               int32_t relationship, const char *actor);

/* Called for one person on the record, with the address notices go to. */
typedef nct_status nct_principal_visitor(struct nct_unit *unit, const struct nct_person_record *person,
                                         const struct nct_principal_record *principal, void *argument);

/*
 * Visits everybody who now stands on a provider's record in one of these relationships (bits). A failure of
 * the visitor ends it. The unit has read the provider's record before: then nobody comes on it unseen until the commit,
 * for whatever puts somebody on the record moves the provider's stream.
 */
nct_status nct_principals_visit(struct nct_unit *unit, const char *provider, uint64_t relationships,
                                nct_principal_visitor *visitor, void *argument);

#endif
