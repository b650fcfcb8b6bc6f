/* Reviewing access: what is unused or uncertified, and settling many grants in one commit. */
#include "engine/handle/arguments.h"
#include "portal/access/grant_list.h"
#include "portal/access/granting.h"
#include "portal/mail/outbox.h"
#include "portal/registry/standing.h"

#include <nctracks/review.h>

#include <string.h>

struct use {
    char ncid[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
};

static nct_status note_use(struct nct_unit *unit, void *argument) {
    const struct use *use = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record grant;
    nct_status status = nct_grant_find(unit, use->provider, use->ncid, person, &grant);
    return status == NCT_OK && grant.role != NCT_ROLE_NONE ? nct_grant_use(unit, use->provider, person) : status;
}

nct_status nct_access_note_use(nct_portal *portal, const char *provider, size_t provider_len, const char *ncid,
                               size_t ncid_len) {
    struct use use;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, use.ncid);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, use.provider);
    return status == NCT_OK ? nct_unit_run(portal, note_use, &use, NULL) : status;
}

static nct_status is_unused(struct nct_unit *unit, const struct nct_grant_item *item, const void *argument) {
    const int64_t *since = argument;
    (void)unit;
    int used = item->grant.used_at >= *since || item->grant.granted_at >= *since;
    return used ? NCT_E_NOT_PROVISIONED : NCT_OK;
}

static nct_status is_uncertified(struct nct_unit *unit, const struct nct_grant_item *item, const void *argument) {
    const int64_t *since = argument;
    (void)unit;
    int certified = item->grant.certified_at >= *since || item->grant.granted_at >= *since;
    return certified ? NCT_E_NOT_PROVISIONED : NCT_OK;
}

nct_status nct_access_list_unused(nct_portal *portal, const char *provider, size_t provider_len, int64_t since,
                                  const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    struct nct_grant_filter filter = {is_unused, &since};
    return nct_grants_by_provider(portal, provider, provider_len, after, after_len, limit, &filter, out);
}

nct_status nct_access_list_uncertified(nct_portal *portal, const char *provider, size_t provider_len, int64_t since,
                                       const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    struct nct_grant_filter filter = {is_uncertified, &since};
    return nct_grants_by_provider(portal, provider, provider_len, after, after_len, limit, &filter, out);
}

/* Many people, one after the other, in one unit of work. */
struct bulk {
    struct nct_granting granting; /* the subject changes from one to the next */
    size_t count;
    const char *const *ncids;
    nct_code *answers;
    nct_status (*settle)(struct nct_unit *unit, struct nct_granting *granting);
};

static nct_status certify(struct nct_unit *unit, struct nct_granting *granting) {
    struct nct_access_wish *wish = &granting->wish;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record giver;
    struct nct_grant_record present;
    struct nct_standing standing = {0};
    nct_status status = nct_standing_find(unit, wish->provider, wish->ncid, &present, &standing);
    wish->role = standing.role;
    wish->rights = standing.rights; /* of groups too */
    if (status == NCT_OK)
        status = nct_access_may_change(unit, wish, person, &present);
    if (status == NCT_OK && present.role == NCT_ROLE_NONE)
        status = NCT_E_NOT_FOUND;
    if (status == NCT_OK)
        status = nct_person_find(unit, wish->by, present.certified_by, &giver);
    if (status != NCT_OK)
        return status;
    present.certified_at = unit->now;
    struct nct_stream stream = nct_stream_of_provider(wish->provider);
    struct nct_note note = {
        .event = NCT_EVENT_ACCESS_CERTIFIED, .actor = wish->by, .subject = wish->ncid, .provider = wish->provider};
    status = nct_pair_put(unit, &nct_grant_pair, wish->provider, person, &present);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

static nct_status settle_or_refuse(struct nct_unit *unit, void *argument) {
    struct bulk *bulk = argument;
    struct nct_granting *granting = &bulk->granting;
    granting->wish.role = NCT_ROLE_NONE;
    granting->wish.rights = 0;
    nct_status status = bulk->settle(unit, granting);
    return status == NCT_OK ? status : nct_access_refuse(unit, NCT_EVENT_ACCESS_REFUSED, &granting->wish, status);
}

static nct_status settle_one(struct nct_unit *unit, struct bulk *bulk, const char *ncid, nct_code *answer) {
    char *canonical = bulk->granting.ncid;
    *answer = ncid != NULL ? nct_take_ncid(ncid, strlen(ncid), canonical) : NCT_E_EMPTY;
    return *answer == NCT_OK ? nct_unit_act(unit, settle_or_refuse, bulk, answer) : NCT_OK;
}

static nct_status settle_all(struct nct_unit *unit, void *argument) {
    struct bulk *bulk = argument;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < bulk->count && status == NCT_OK; i++)
        status = settle_one(unit, bulk, bulk->ncids[i], &bulk->answers[i]);
    return status;
}

static nct_status check_bulk(const struct bulk *bulk) {
    if (NCT_MISSING(bulk->ncids) || NCT_MISSING(bulk->answers))
        return NCT_E_ARGUMENT;
    return nct_take_count(bulk->count);
}

static nct_status run_bulk(nct_portal *portal, const char *by, size_t by_len, const char *provider, size_t provider_len,
                           struct bulk *bulk) {
    nct_status status = check_bulk(bulk);
    if (status == NCT_OK)
        status = nct_granting_names(portal, by, by_len, provider, provider_len, by, by_len, &bulk->granting);
    if (status == NCT_OK)
        status = nct_operate(portal, settle_all, bulk);
    int has_room = bulk->answers != NULL && bulk->count <= NCT_BULK_MAX; /* a count beyond may be no count at all */
    for (size_t i = 0; i < bulk->count && status != NCT_OK && has_room; i++)
        bulk->answers[i] = status;
    return status;
}

nct_status nct_access_certify(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                              size_t provider_len, size_t count, const char *const *ncids, nct_code *answers) {
    struct bulk bulk = {.count = count, .ncids = ncids, .answers = answers, .settle = certify};
    return run_bulk(portal, by, by_len, provider, provider_len, &bulk);
}

nct_status nct_access_revoke_many(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                  size_t provider_len, size_t count, const char *const *ncids, nct_code *answers) {
    struct bulk bulk = {.count = count, .ncids = ncids, .answers = answers, .settle = nct_revoke_if_allowed};
    return run_bulk(portal, by, by_len, provider, provider_len, &bulk);
}
