/* Many questions at once, and all answers about one person at one provider. */
#include "engine/handle/arguments.h"
#include "portal/registry/standing.h"

#include <nctracks/question.h>

#include <string.h>

/* What was read last: questions of a page are about few people and providers. */
struct remembered {
    int filled;
    char ncid[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    struct nct_standing standing;
};

static nct_status read_standing(nct_portal *portal, const char *ncid, const char *provider, struct remembered *last) {
    if (last->filled && strcmp(last->ncid, ncid) == 0 && strcmp(last->provider, provider) == 0)
        return NCT_OK;
    nct_status status = nct_standing_read(portal, provider, ncid, &last->standing);
    last->filled = status == NCT_OK;
    memcpy(last->ncid, ncid, NCT_NCID_ROOM);
    memcpy(last->provider, provider, NCT_PROVIDER_ROOM);
    return status;
}

/* One answer; *failure is set when there is none. */
static nct_status answer(nct_portal *portal, const char *ncid, const char *provider, int32_t right,
                         struct remembered *last, nct_status *failure) {
    char ncid_room[NCT_NCID_ROOM] = "";
    char provider_room[NCT_PROVIDER_ROOM] = "";
    if (ncid == NULL || provider == NULL || !nct_policy_knows(&portal->policy, right))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, strlen(ncid), ncid_room);
    if (status == NCT_OK)
        status = nct_take_provider(provider, strlen(provider), provider_room);
    if (status != NCT_OK)
        return status;
    *failure = read_standing(portal, ncid_room, provider_room, last);
    if (*failure != NCT_OK)
        return *failure;
    status = nct_standing_decide(portal, &last->standing, right);
    *failure = status == NCT_OK || nct_status_category(status) == NCT_CATEGORY_RULE ? NCT_OK : status;
    return status;
}

/* An answer that was never given must not read as one: NCT_OK is 0. */
static nct_status answer_nothing(size_t count, nct_code *answers) {
    for (size_t i = 0; i < count && answers != NULL; i++)
        answers[i] = NCT_E_ARGUMENT;
    return NCT_E_ARGUMENT;
}

nct_status nct_access_check_many(nct_portal *portal, size_t count, const char *const *providers,
                                 const char *const *ncids, const int32_t *rights, nct_code *answers) {
    struct remembered last = {0};
    nct_status failure = NCT_OK;
    if (NCT_MISSING(portal) ||
        (count > 0 && (NCT_MISSING(ncids) || NCT_MISSING(providers) || NCT_MISSING(rights) || NCT_MISSING(answers))))
        return answer_nothing(count, answers);
    for (size_t i = 0; i < count; i++)
        answers[i] = failure != NCT_OK ? failure : answer(portal, ncids[i], providers[i], rights[i], &last, &failure);
    return failure;
}

static uint64_t allowed_authorities(nct_portal *portal, const struct nct_standing *standing, int64_t now) {
    uint64_t mask = 0;
    for (int32_t i = 0; i < nct_authority_count(); i++)
        if (nct_policy_decide(&portal->policy, standing, NCT_RIGHT_COUNT + i, now) == NCT_OK)
            mask |= UINT64_C(1) << i;
    return mask;
}

static uint64_t allowed_rights(nct_portal *portal, const struct nct_standing *standing, int64_t now) {
    uint64_t mask = 0;
    for (int32_t i = 0; i < NCT_RIGHT_COUNT; i++)
        if (nct_policy_decide(&portal->policy, standing, i, now) == NCT_OK)
            mask |= UINT64_C(1) << i;
    return mask;
}

nct_status nct_access_rights(nct_portal *portal, const char *provider, size_t provider_len, const char *ncid,
                             size_t ncid_len, uint64_t *rights, uint64_t *authorities) {
    char ncid_room[NCT_NCID_ROOM];
    char provider_room[NCT_PROVIDER_ROOM];
    int64_t now = 0;
    if (rights != NULL)
        *rights = 0;
    if (authorities != NULL)
        *authorities = 0;
    if (NCT_MISSING(portal) || NCT_MISSING(rights) || NCT_MISSING(authorities))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, ncid_room);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, provider_room);
    struct nct_standing standing;
    if (status == NCT_OK)
        status = nct_standing_read(portal, provider_room, ncid_room, &standing);
    if (status == NCT_OK && nct_standing_is_dated(&standing))
        status = nct_seams_now(&portal->seams, &now);
    if (status != NCT_OK)
        return status;
    *rights = allowed_rights(portal, &standing, now);
    *authorities = allowed_authorities(portal, &standing, now);
    return NCT_OK;
}
