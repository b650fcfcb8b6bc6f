/* Putting the index of the work list right: the records say what belongs in it. */
#include "engine/handle/arguments.h"
#include "engine/unit/recount.h"
#include "portal/upkeep/repair.h"
#include "portal/work/work.h"

#include <nctracks/due.h>

#include <string.h>

/* What is damaged itself was counted where it was found, and holds nothing else up. */
static nct_status go_on(nct_status status) {
    return nct_is_damage(status) || status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/* ---- rows that are missing ---- */

static nct_status restore_of_provider(const struct nct_page_row *row, void *argument) {
    struct nct_repairing *repairing = argument;
    size_t restored = 0;
    nct_status status = nct_due_restore(repairing->portal, repairing->operator_name, repairing->operator_len,
                                        (const char *)row->key, row->key_len, &restored);
    repairing->rebuilt += restored;
    return go_on(status);
}

/* One unit of work, about one item. */
struct mending {
    struct nct_repairing *repairing;
    struct nct_work_item item;
    size_t mended;
};

static nct_status run(struct mending *mending, nct_unit_function *function) {
    nct_status status = nct_unit_run(mending->repairing->portal, function, mending, NULL);
    mending->repairing->rebuilt += status == NCT_OK ? mending->mended : 0;
    return go_on(status);
}

static nct_status restore(struct nct_unit *unit, void *argument) {
    struct mending *mending = argument;
    struct nct_work_item item = mending->item;
    mending->mended = 0;
    nct_status status = nct_work_read(unit, &item);
    if (status == NCT_OK)
        status = nct_work_restore_row(unit, &item.at, &mending->mended);
    return status == NCT_OK && mending->mended > 0 ? nct_repair_tell(unit, mending->repairing, &nct_type_work) : status;
}

static nct_status restore_of_person(const struct nct_page_row *row, void *argument) {
    struct mending mending = {.repairing = argument};
    struct nct_person_record record;
    nct_status status = nct_record_decode(&nct_type_person, row->content, row->len, &record);
    if (status != NCT_OK || record.contested_at == 0 || row->key_len != NCT_PERSON_ID)
        return NCT_OK;
    mending.item.at = nct_work_of_person(row->key);
    return run(&mending, restore);
}

/* ---- rows that belong nowhere ---- */

static nct_status drop_if_unfit(struct nct_unit *unit, void *argument) {
    struct mending *mending = argument;
    struct nct_work_item item = mending->item;
    unsigned char key[NCT_DUE_KEY_MAX];
    size_t len = nct_work_key(&mending->item.at, key);
    char nothing[1];
    mending->mended = 0;
    nct_status status = nct_work_read(unit, &item);
    if (status != NCT_OK || item.at.time == mending->item.at.time)
        return status; /* one whose record is missing tells of it */
    status = nct_unit_get(unit, &nct_type_work, key, len, nothing);
    if (status == NCT_OK)
        status = nct_unit_overwrite(unit, &nct_type_work, key, len);
    if (status == NCT_OK)
        status = nct_unit_delete(unit, &nct_type_work, key, len);
    mending->mended = 1;
    return status == NCT_OK ? nct_repair_tell(unit, mending->repairing, &nct_type_work) : status;
}

static nct_status drop_row(const struct nct_page_row *row, void *argument) {
    struct mending mending = {.repairing = argument};
    if (!nct_work_parse(row->key, row->key_len, &mending.item.at) ||
        nct_work_kind_name(mending.item.at.kind) == NULL) /* of a later version */
        return NCT_OK;
    return run(&mending, drop_if_unfit);
}

/* ---- what counts them ---- */

struct recounting {
    struct nct_repairing *repairing;
    struct nct_head_place registry;
    const struct nct_record_type *type; /* of what it counts */
    unsigned char prefix;               /* how the keys of all of those begin */
    int changed;
};

static nct_status recount(struct nct_unit *unit, void *argument) {
    struct recounting *recounting = argument;
    nct_status status =
        nct_recount(unit, &recounting->registry, recounting->type, &recounting->prefix, 1, &recounting->changed);
    return status == NCT_OK && recounting->changed ? nct_repair_tell(unit, recounting->repairing, &nct_type_registry)
                                                   : status;
}

static nct_status run_recount(struct recounting *recounting) {
    nct_status status = nct_unit_run(recounting->repairing->portal, recount, recounting, NULL);
    recounting->repairing->rebuilt += status == NCT_OK && recounting->changed;
    return status;
}

/* Registries of a kind, then the one of those registries. */
static nct_status recount_all(struct nct_repairing *repairing) {
    struct recounting recounting = {.repairing = repairing, .type = &nct_type_work};
    nct_status status = NCT_OK;
    recounting.registry = (struct nct_head_place){.type = &nct_type_registry, .len = 1 + NCT_SHARD};
    recounting.registry.key[0] = NCT_REGISTRY_WORK;
    for (unsigned number = 0; number < NCT_WORK_KINDS * NCT_WORK_SHARDS && status == NCT_OK; number++) {
        recounting.prefix = (unsigned char)(number / NCT_WORK_SHARDS);
        recounting.registry.key[1] = (unsigned char)(number >> 8);
        recounting.registry.key[2] = (unsigned char)number;
        status = run_recount(&recounting);
    }
    recounting.type = &nct_type_registry;
    recounting.prefix = NCT_REGISTRY_WORK;
    if (status == NCT_OK)
        status = nct_relation_place(&nct_type_registry, &recounting.prefix, 1, &recounting.registry);
    return status == NCT_OK ? run_recount(&recounting) : status;
}

nct_status nct_repair_work_list(struct nct_repairing *repairing) {
    struct nct_portal *portal = repairing->portal;
    nct_status status = nct_work_check(portal);
    if (!nct_is_damage(status))
        return status;
    status = nct_fetch_each(portal, &nct_type_provider, NULL, 0, restore_of_provider, repairing, NULL);
    if (status == NCT_OK)
        status = nct_fetch_each(portal, &nct_type_person, NULL, 0, restore_of_person, repairing, NULL);
    if (status == NCT_OK)
        status = nct_fetch_each(portal, &nct_type_work, NULL, 0, drop_row, repairing, NULL);
    return status == NCT_OK ? recount_all(repairing) : status;
}
