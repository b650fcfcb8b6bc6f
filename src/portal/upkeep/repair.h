/* Rebuilding what only repeats what sound rows say. */
#ifndef NCT_PORTAL_UPKEEP_REPAIR_H
#define NCT_PORTAL_UPKEEP_REPAIR_H

#include "engine/handle/arguments.h"
#include "engine/unit/unit.h"

struct nct_repairing {
    struct nct_portal *portal;
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    const char *operator_name;
    size_t operator_len;
    size_t rebuilt;
    size_t left;
};

/* Stages the entry that tells what kind of row is rebuilt, and why. NCT_OK or a failure. */
nct_status nct_repair_tell(struct nct_unit *unit, const struct nct_repairing *repairing,
                           const struct nct_record_type *type);

/*
 * Puts the work list's index right, if it is not: rows that were taken away come back from the records, rows that fit
 * none are dropped, and the registries count what is there then. NCT_OK or a failure.
 */
nct_status nct_repair_work_list(struct nct_repairing *repairing);

#endif
