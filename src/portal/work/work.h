/* A piece of the agency's work, as its own record tells it. */
#ifndef NCT_PORTAL_WORK_WORK_H
#define NCT_PORTAL_WORK_WORK_H

#include "engine/records/request_types.h"
#include "engine/unit/unit.h"
#include "portal/registry/work_index.h"

#include <nctracks/work.h>

struct nct_work_item {
    struct nct_due_item at; /* of the time since when it waits; 0: it does not */
    int32_t state;
    int32_t submission;
    char ncid[NCT_NCID_ROOM]; /* of the person it is about, where it is about one alone */
    struct nct_assignment assignment;
};

/* Fills an item whose kind, provider and reference are set. NCT_OK, also for what does not wait; NCT_E_NOT_FOUND; or a
 * failure. */
nct_status nct_work_read(struct nct_unit *unit, struct nct_work_item *item);

/* Stages who has it, with an entry. NCT_OK or a failure. */
nct_status nct_work_put(struct nct_unit *unit, const struct nct_work_item *item, const char *actor);

#endif
