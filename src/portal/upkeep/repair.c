/* Rebuilding damaged rows that only repeat what sound ones say. */
#include "portal/upkeep/repair.h"

#include "engine/handle/arguments.h"
#include "engine/unit/clock.h"
#include "engine/unit/ledger_append.h"
#include "portal/upkeep/damage.h"
#include "portal/work/work.h"

#include <nctracks/damage.h>
#include <nctracks/due.h>

#include <stdio.h>
#include <string.h>

#define PAGE 200

/* One damaged row. */
struct target {
    const struct nct_repairing *repairing;
    const struct nct_record_type *type;
    const struct nct_page_row *row;
};

/* In the commit that rebuilds it, so that none is rebuilt untold. */
static nct_status tell(struct nct_unit *unit, const struct target *target) {
    return nct_repair_tell(unit, target->repairing, target->type);
}

/* What no record puts into the index belongs nowhere. */
static nct_status drop_if_damaged(struct nct_unit *unit, void *argument) {
    const struct target *target = argument;
    const struct nct_page_row *row = target->row;
    char nothing[1];
    nct_status status = nct_unit_get(unit, target->type, row->key, row->key_len, nothing);
    if (!nct_is_damage(status))
        return status == NCT_E_NOT_FOUND ? NCT_OK : status;
    status = nct_unit_overwrite(unit, target->type, row->key, row->key_len);
    if (status == NCT_OK)
        status = nct_unit_delete(unit, target->type, row->key, row->key_len);
    return status == NCT_OK ? tell(unit, target) : status;
}

static nct_status write_clock(struct nct_unit *unit, void *argument) {
    struct nct_clock_record record;
    nct_status status = nct_clock_get(unit, &record);
    record.latest = unit->now;
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_clock, NCT_PORTAL_KEY, NCT_PORTAL_KEY_LEN, &record);
    return status == NCT_OK ? tell(unit, argument) : status;
}

/* A contested address is a person's: their record says whether it waits. */
static nct_status rebuild_contest(struct nct_unit *unit, void *argument) {
    const struct target *target = argument;
    struct nct_work_item item = {.state = 0};
    size_t restored = 0;
    if (!nct_work_parse(target->row->key, target->row->key_len, &item.at) || item.at.reference_len == 0 ||
        item.at.kind != NCT_WORK_CONTESTED_ADDRESS)
        return NCT_E_NOT_FOUND;
    nct_status status = nct_work_read(unit, &item);
    if (status == NCT_OK)
        status = nct_work_restore_row(unit, &item.at, &restored);
    return status == NCT_OK && restored > 0 ? tell(unit, target) : status;
}

/* What belongs in the index is what the records say. */
static nct_status rebuild_due(struct nct_repairing *repairing, struct target *target) {
    struct nct_due_item item;
    size_t restored = 0;
    nct_status status = NCT_OK;
    int parsed = target->type == &nct_type_due ? nct_due_parse(target->row->key, target->row->key_len, &item)
                                               : nct_work_parse(target->row->key, target->row->key_len, &item);
    if (parsed && item.provider[0] != '\0')
        status = nct_due_restore(repairing->portal, repairing->operator_name, repairing->operator_len, item.provider,
                                 strlen(item.provider), &restored);
    else if (target->type == &nct_type_work)
        status = nct_unit_run(repairing->portal, rebuild_contest, target, NULL);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    return nct_unit_run(repairing->portal, drop_if_damaged, target, NULL);
}

/* NCT_E_UNSUPPORTED: nothing else says what was in it. */
static nct_status rebuild(struct nct_repairing *repairing, struct target *target) {
    if (target->type == &nct_type_due || target->type == &nct_type_work)
        return rebuild_due(repairing, target);
    if (target->type == &nct_type_clock)
        return nct_unit_run(repairing->portal, write_clock, target, NULL);
    return NCT_E_UNSUPPORTED;
}

/* What counts the index of the work list, or counts that, is counted anew at the end. */
static int counts_work(const struct nct_record_type *type, const struct nct_page_row *row) {
    size_t letter = row->key_len > 1 && row->key[0] == NCT_REGISTRY_ROOT;
    return type == &nct_type_registry && row->key_len > letter && row->key[letter] == NCT_REGISTRY_WORK;
}

static nct_status repair_row(struct nct_repairing *repairing, const struct nct_record_type *type,
                             struct nct_page_row *row) {
    struct target target = {repairing, type, row};
    nct_status status = nct_damage_judge(repairing->portal, type, row);
    if (status == NCT_OK || status == NCT_E_NO_MEMORY)
        return status;
    if (counts_work(type, row))
        return NCT_OK;
    status = rebuild(repairing, &target);
    repairing->rebuilt += status == NCT_OK;
    repairing->left += (size_t)nct_is_damage(status);
    return nct_is_damage(status) ? NCT_OK : status;
}

static nct_status repair_space(struct nct_repairing *repairing, const struct nct_record_type *type) {
    unsigned char after[NCT_KEY_MAX];
    size_t after_len = 0;
    size_t found = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == PAGE) {
        struct nct_page page;
        status = nct_fetch_raw(repairing->portal, type, after, after_len, PAGE, &page);
        found = page.count;
        for (size_t i = 0; i < page.count && status == NCT_OK; i++)
            status = repair_row(repairing, type, &page.rows[i]);
        if (found > 0) {
            after_len = page.rows[found - 1].key_len;
            memcpy(after, page.rows[found - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    return status;
}

nct_status nct_repair(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *reason,
                      size_t reason_len, size_t *rebuilt, size_t *left) {
    struct nct_repairing repairing = {
        .portal = portal, .operator_name = operator_name, .operator_len = operator_name_len};
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, repairing.actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, repairing.reason);
    for (int32_t space = 0; space < NCT_SPACE_COUNT && status == NCT_OK; space++)
        status = repair_space(&repairing, nct_type_of_space(space));
    if (status == NCT_OK)
        status = nct_repair_work_list(&repairing);
    if (rebuilt != NULL)
        *rebuilt = repairing.rebuilt;
    if (left != NULL)
        *left = repairing.left;
    return nct_partial(status, repairing.left);
}
