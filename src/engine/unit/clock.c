#include "engine/unit/clock.h"

#include "engine/unit/rows.h"

static int64_t seen_by(const struct nct_unit *unit) {
    return atomic_load_explicit(&unit->portal->seen, memory_order_relaxed);
}

static int64_t option(const struct nct_unit *unit, int32_t which) {
    return nct_policy_option(&unit->portal->policy, which);
}

/* Whether an operator declared that a time came from a wrong clock. */
static int is_void(const struct nct_clock_record *record, int64_t time) {
    return time > record->wrong_from && time <= record->wrong_until;
}

static int64_t later_of(const struct nct_clock_record *record, int64_t one, int64_t other) {
    return other > one && !is_void(record, other) ? other : one;
}

static int64_t changed_at(const struct nct_unit_row *row) {
    struct nct_stream_head head;
    int reads = row->type == &nct_type_stream && row->revision > 0 && row->content.len > 0;
    int known = reads && nct_record_decode(row->type, row->content.data, row->content.len, &head) == NCT_OK;
    return known ? head.masked_at : 0;
}

int64_t nct_clock_latest(const struct nct_unit *unit, const struct nct_clock_record *record) {
    int64_t latest = later_of(record, record->latest, seen_by(unit));
    for (size_t i = 0; i < unit->count; i++)
        latest = later_of(record, latest, changed_at(&unit->rows[i]));
    return latest;
}

/* How long nothing may have been changed. Once two clocks contradicted each other, no more than they may be apart. */
static int64_t longest_quiet(const struct nct_unit *unit, const struct nct_clock_record *record) {
    int doubted = record->latest < record->wrong_until;
    return option(unit, doubted ? NCT_OPTION_CLOCK_APART : NCT_OPTION_CLOCK_QUIET);
}

nct_status nct_clock_fits(const struct nct_unit *unit, const struct nct_clock_record *record) {
    int64_t latest = nct_clock_latest(unit, record);
    if (latest == 0)
        return NCT_OK; /* a new store */
    if (latest - unit->now > option(unit, NCT_OPTION_CLOCK_BEHIND))
        return NCT_E_TIME;
    return unit->now - latest > longest_quiet(unit, record) ? NCT_E_TIME : NCT_OK;
}

/* One that was altered is written anew: it stops nobody, and the heads have their times. */
nct_status nct_clock_get(struct nct_unit *unit, struct nct_clock_record *record) {
    nct_status status = nct_unit_get(unit, &nct_type_clock, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, record);
    if (status == NCT_E_INTEGRITY)
        status = nct_unit_overwrite(unit, &nct_type_clock, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/* Whether the unit's own reads and the portal's last commit leave no question. */
static int goes_on(const struct nct_unit *unit) {
    static const struct nct_clock_record none;
    int64_t seen = seen_by(unit);
    int64_t latest = nct_clock_latest(unit, &none);
    return seen != 0 && unit->now - seen <= NCT_CLOCK_STEP &&
           latest - unit->now <= option(unit, NCT_OPTION_CLOCK_BEHIND);
}

nct_status nct_clock_judge(struct nct_unit *unit) {
    struct nct_clock_record record;
    if (unit->any_time || goes_on(unit))
        return NCT_OK;
    nct_status status = nct_clock_get(unit, &record);
    if (status == NCT_OK)
        status = nct_clock_fits(unit, &record);
    if (status != NCT_OK || unit->now - record.latest <= NCT_CLOCK_STEP)
        return status;
    record.latest = unit->now;
    return nct_unit_put(unit, &nct_type_clock, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, &record);
}

void nct_clock_note(struct nct_portal *portal, int64_t now) {
    atomic_store_explicit(&portal->seen, now, memory_order_relaxed);
}
