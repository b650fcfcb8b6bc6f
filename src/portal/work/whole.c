/* Whether the work list's index is whole: no row of it was hidden, taken away, doubled or put back. */
#include "base/about.h"
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
    int32_t to;
};

/* Keys sort by kind: NCT_E_NOT_FOUND ends it at those that are not asked about. */
static nct_status call_row(const struct nct_page_row *row, void *argument) {
    const struct calling *calling = argument;
    if (row->key[0] >= calling->to)
        return NCT_E_NOT_FOUND;
    nct_roll_add(calling->portal, calling->roll, row);
    return NCT_OK;
}

static nct_status call_kinds(struct nct_unit *unit, const struct asking *asking, struct nct_roll *roll) {
    struct calling calling = {unit->portal, roll, asking->to};
    unsigned char kind = (unsigned char)asking->from;
    size_t from = (size_t)asking->from * NCT_WORK_SHARDS;
    size_t to = (size_t)asking->to * NCT_WORK_SHARDS;
    size_t damaged = 0;
    if (nct_roll_narrow(roll, from, to) > asking->most)
        return NCT_OK;
    nct_status status = nct_fetch_each(unit->portal, &nct_type_work, &kind, asking->to - asking->from == 1, call_row,
                                       &calling, &damaged);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    return damaged > 0 ? NCT_E_INTEGRITY : nct_roll_compare(unit, roll);
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
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    return nct_work_is_whole(portal, 0, NCT_WORK_KINDS, UINT64_MAX);
}
