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

/*
 * Whether the index rows of the kinds from one up to another are those that its registries count, where there are at
 * most so many. NCT_OK, also for more; NCT_E_INTEGRITY, or another status of damage for a registry that does not open;
 * or a failure.
 */
nct_status nct_work_is_whole(struct nct_portal *portal, int32_t from, int32_t to, uint64_t most);

/* Whether somebody of the agency may have items of a kind. */
int nct_work_is_somebodys(int32_t kind);

/* Stages who has it, with an entry. NCT_OK or a failure. */
nct_status nct_work_put(struct nct_unit *unit, const struct nct_work_item *item, const char *actor);

#endif
