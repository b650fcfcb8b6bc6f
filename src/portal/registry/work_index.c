#include "portal/registry/work_index.h"

#include "base/bytes.h"
#include "engine/unit/fetch.h"
#include "engine/unit/relation.h"

#include <nctracks/option.h>
#include <nctracks/policy.h>
#include <nctracks/work.h>

#include <string.h>

#define HEAD NCT_WORK_HEAD

_Static_assert(NCT_WORK_DRAFT < NCT_WORK_KINDS, "room for the registries of each kind");
_Static_assert(NCT_DUE_REFERENCE == NCT_APPLICATION_ID && NCT_DUE_REFERENCE == NCT_PERSON_ID,
               "an item refers to an application or a person by its id");

size_t nct_work_key(const struct nct_due_item *item, unsigned char key[NCT_DUE_KEY_MAX]) {
    size_t provider = strlen(item->provider) + 1;
    key[0] = (unsigned char)item->kind;
    nct_put_be64(key + 1, (uint64_t)item->time);
    memcpy(key + HEAD, item->provider, provider);
    memcpy(key + HEAD + provider, item->reference, item->reference_len);
    return HEAD + provider + item->reference_len;
}

int nct_work_parse(const unsigned char *key, size_t len, struct nct_due_item *item) {
    memset(item, 0, sizeof *item);
    const unsigned char *end = len > HEAD ? memchr(key + HEAD, '\0', len - HEAD) : NULL;
    if (end == NULL ||
        !nct_copy_text(item->provider, sizeof item->provider, (const char *)key + HEAD, (size_t)(end - key) - HEAD))
        return 0;
    item->kind = key[0];
    item->time = (int64_t)nct_get_be64(key + 1);
    item->reference_len = len - (size_t)(end - key) - 1;
    if (item->time <= 0 || (item->reference_len != 0 && item->reference_len != NCT_DUE_REFERENCE))
        return 0;
    memcpy(item->reference, end + 1, item->reference_len);
    return 1;
}

static nct_status remove_row(struct nct_unit *unit, const struct nct_due_item *item) {
    unsigned char key[NCT_DUE_KEY_MAX];
    char nothing[1];
    size_t len = nct_work_key(item, key);
    nct_status status = nct_unit_get(unit, &nct_type_work, key, len, nothing);
    if (status == NCT_E_NOT_FOUND)
        return NCT_OK;
    return status == NCT_OK ? nct_unit_delete(unit, &nct_type_work, key, len) : status;
}

/* A row already there is as good as one put. */
static nct_status put_row(struct nct_unit *unit, const struct nct_due_item *item) {
    unsigned char key[NCT_DUE_KEY_MAX];
    char nothing[1];
    size_t len = nct_work_key(item, key);
    nct_status status = nct_unit_get(unit, &nct_type_work, key, len, nothing);
    return status == NCT_E_NOT_FOUND ? nct_unit_put(unit, &nct_type_work, key, len, "") : status;
}

/* What a row said that is missing or damaged the records say; the index counts it as it did. */
nct_status nct_work_restore_row(struct nct_unit *unit, const struct nct_due_item *item, size_t *restored) {
    unsigned char key[NCT_DUE_KEY_MAX];
    char nothing[1];
    size_t len = nct_work_key(item, key);
    if (item->time == 0)
        return NCT_OK;
    nct_status status = nct_unit_get(unit, &nct_type_work, key, len, nothing);
    if (status != NCT_E_NOT_FOUND && !nct_is_damage(status))
        return status;
    *restored += 1;
    status = nct_unit_overwrite(unit, &nct_type_work, key, len);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_work, key, len, "") : status;
}

nct_status nct_work_move(struct nct_unit *unit, struct nct_due_item *item, int64_t since) {
    int stays = item->time == since;
    nct_status status = item->time != 0 && !stays ? remove_row(unit, item) : NCT_OK;
    item->time = since;
    return status == NCT_OK && since != 0 && !stays ? put_row(unit, item) : status;
}

struct nct_due_item nct_work_of_application(const char *provider, const unsigned char id[NCT_APPLICATION_ID]) {
    struct nct_due_item item = nct_work_of_provider(NCT_WORK_APPLICATION, provider);
    item.reference_len = NCT_APPLICATION_ID;
    memcpy(item.reference, id, NCT_APPLICATION_ID);
    return item;
}

struct nct_due_item nct_work_of_provider(int32_t kind, const char *provider) {
    struct nct_due_item item = {.kind = kind};
    memcpy(item.provider, provider, strlen(provider) + 1);
    return item;
}

struct nct_due_item nct_work_of_person(const unsigned char person[NCT_PERSON_ID]) {
    struct nct_due_item item = {.kind = NCT_WORK_CONTESTED_ADDRESS, .reference_len = NCT_PERSON_ID};
    memcpy(item.reference, person, NCT_PERSON_ID);
    return item;
}

int nct_assignment_holds(const struct nct_policy *policy, const struct nct_assignment *assignment, int64_t now) {
    int64_t longest = nct_policy_option(policy, NCT_OPTION_WORK_ASSIGNED);
    return assignment->name[0] != '\0' && assignment->at <= now && now < assignment->at + longest;
}
