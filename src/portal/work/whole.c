/* Whether the work list's index is whole: no row of it was hidden, taken away, doubled or put back. */
#include "engine/unit/roll.h"
#include "portal/work/work.h"

#include <string.h>

/* Which kinds are asked about, and up to how many rows. */
struct asking {
    int32_t from;
    int32_t to; /* behind the last */
    uint64_t most;
};

/* A roll that is called. */
struct calling {
    struct nct_portal *portal;
    struct nct_roll *roll;
};

static nct_status call_row(const struct nct_page_row *row, void *argument) {
    const struct calling *calling = argument;
    nct_roll_add(calling->portal, calling->roll, row);
    return NCT_OK;
}

static nct_status call_kinds(struct nct_unit *unit, const struct asking *asking, struct nct_roll *roll) {
    struct calling calling = {unit->portal, roll};
    size_t from = (size_t)asking->from * NCT_WORK_SHARDS;
    size_t to = (size_t)asking->to * NCT_WORK_SHARDS;
    size_t damaged = 0;
    nct_status status = NCT_OK;
    if (nct_roll_narrow(roll, from, to) > asking->most)
        return NCT_OK;
    for (int32_t kind = asking->from; kind < asking->to && status == NCT_OK; kind++) {
        unsigned char prefix[] = {(unsigned char)kind};
        status = nct_fetch_each(unit->portal, &nct_type_work, prefix, sizeof prefix, call_row, &calling, &damaged);
    }
    if (status == NCT_OK && damaged > 0)
        return NCT_E_INTEGRITY;
    return status == NCT_OK ? nct_roll_compare(unit, roll) : status;
}

static nct_status call(struct nct_unit *unit, void *argument) {
    struct nct_roll roll;
    nct_status status = nct_roll_open(unit, &nct_type_work, &roll);
    if (status == NCT_OK)
        status = call_kinds(unit, argument, &roll);
    nct_roll_close(&unit->portal->seams.memory, &roll);
    return status;
}

nct_status nct_work_is_whole(struct nct_portal *portal, int32_t from, int32_t to, uint64_t most) {
    struct asking asking = {from, to, most};
    return nct_unit_read(portal, call, &asking);
}

nct_status nct_work_check(nct_portal *portal) {
    return portal != NULL ? nct_work_is_whole(portal, 0, NCT_WORK_KINDS, UINT64_MAX) : NCT_E_ARGUMENT;
}
