#include "services/people.h"

#include "unit/fetch.h"

#include <nctracks/provider.h>

#include <stdio.h>
#include <string.h>

nct_status nct_person_find(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record) {
    struct nct_ncid_record index;
    nct_status status = nct_unit_get(unit, &nct_type_ncid, ncid, strlen(ncid), &index);
    if (status == NCT_E_NOT_FOUND)
        return NCT_E_UNKNOWN_PERSON;
    if (status != NCT_OK)
        return status;
    memcpy(person, index.person, NCT_PERSON_ID);
    status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, record);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && strcmp(record->ncid, ncid) != 0))
        return NCT_E_INTEGRITY;
    return status;
}

void nct_person_name(const struct nct_person_record *record, char name[2 * NCT_NAME_ROOM]) {
    size_t first = strlen(record->first_name);
    memcpy(name, record->first_name, first);
    name[first] = ' ';
    memcpy(name + first + 1, record->last_name, strlen(record->last_name) + 1);
}

nct_status nct_provider_open(struct nct_unit *unit, const char *provider, struct nct_provider_record *record) {
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), record);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && record->state == NCT_PROVIDER_ENROLLED))
        return NCT_E_NOT_REGISTERED;
    return status == NCT_OK && record->state == NCT_PROVIDER_TERMINATED ? NCT_E_TERMINATED : status;
}

static size_t join(const char *first, const char *second, unsigned char key[NCT_GRANT_KEY_MAX]) {
    size_t first_len = strlen(first);
    size_t second_len = strlen(second);
    memcpy(key, first, first_len + 1); /* its NUL separates: neither part can hold one */
    memcpy(key + first_len + 1, second, second_len);
    return first_len + 1 + second_len;
}

size_t nct_grant_key(const char *provider, const char *ncid, unsigned char key[NCT_GRANT_KEY_MAX]) {
    return join(provider, ncid, key);
}

size_t nct_grant_by_person_key(const char *provider, const char *ncid, unsigned char key[NCT_GRANT_KEY_MAX]) {
    return join(ncid, provider, key);
}

nct_status nct_grant_get(struct nct_unit *unit, const char *provider, const char *ncid,
                         struct nct_grant_record *grant) {
    unsigned char key[NCT_GRANT_KEY_MAX];
    unsigned char mirror[NCT_GRANT_KEY_MAX];
    char nothing[1];
    size_t key_len = nct_grant_key(provider, ncid, key);
    size_t mirror_len = nct_grant_by_person_key(provider, ncid, mirror);
    nct_status status = nct_unit_get(unit, &nct_type_grant, key, key_len, grant);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_unit_get(unit, &nct_type_grant_by_person, mirror, mirror_len, nothing);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    uint64_t revision = nct_unit_revision(unit, &nct_type_grant, key, key_len);
    if (revision == nct_unit_revision(unit, &nct_type_grant_by_person, mirror, mirror_len))
        return NCT_OK;
    return nct_unit_explain_mismatch(unit, &nct_type_grant, key, key_len);
}

static nct_status count_access(struct nct_unit *unit, const char *ncid, int64_t change) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, ncid, person, &record);
    if (status != NCT_OK)
        return status;
    record.access += change;
    record.changes++;
    return nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
}

/* A grant that a termination holds back is no access (S12). */
static int counts(const struct nct_grant_record *grant) {
    return grant->role != NCT_ROLE_NONE && grant->suspended_at == 0;
}

nct_status nct_grant_put(struct nct_unit *unit, const char *provider, const char *ncid,
                         const struct nct_grant_record *grant) {
    unsigned char key[NCT_GRANT_KEY_MAX];
    struct nct_grant_record before;
    nct_status status = nct_grant_get(unit, provider, ncid, &before);
    int64_t change = counts(grant) - counts(&before);
    if (status == NCT_OK)
        status = count_access(unit, ncid, change);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_grant, key, nct_grant_key(provider, ncid, key), grant);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_grant_by_person, key, nct_grant_by_person_key(provider, ncid, key), "");
    return status;
}

/* One of a grant's two rows. A missing row has revision 0. */
static nct_status read_row(struct nct_portal *portal, const struct nct_record_type *type, const void *key,
                           size_t key_len, void *record, uint64_t *revision) {
    struct nct_row row;
    const unsigned char *content = NULL;
    size_t len = 0;
    memset(record, 0, type->size);
    nct_status status = nct_fetch(portal, type, key, key_len, &row, &content, &len);
    if (status == NCT_OK)
        status = nct_record_decode(type, content, len, record);
    *revision = row.revision;
    nct_row_free(&row);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/*
 * Reads a grant outside a unit of work, with the same proof as nct_grant_get(): its two rows are at one revision. If
 * they are not, and the first has not changed meanwhile, no commit came between.
 */
nct_status nct_grant_read(struct nct_portal *portal, const char *provider, const char *ncid,
                          struct nct_grant_record *grant) {
    unsigned char key[NCT_GRANT_KEY_MAX];
    unsigned char mirror[NCT_GRANT_KEY_MAX];
    char nothing[1];
    size_t key_len = nct_grant_key(provider, ncid, key);
    size_t mirror_len = nct_grant_by_person_key(provider, ncid, mirror);
    uint64_t before = UINT64_MAX;
    int64_t tries = nct_policy_option(&portal->policy, NCT_OPTION_COMMIT_TRIES);
    for (int64_t i = 0; i < tries; i++) {
        uint64_t revision = 0;
        uint64_t mirrored = 0;
        nct_status status = read_row(portal, &nct_type_grant, key, key_len, grant, &revision);
        if (status == NCT_OK && revision == before)
            status = NCT_E_INTEGRITY;
        if (status == NCT_OK)
            status = read_row(portal, &nct_type_grant_by_person, mirror, mirror_len, nothing, &mirrored);
        if (status != NCT_OK || revision == mirrored)
            return status;
        before = revision;
    }
    return NCT_E_BUSY;
}

struct nct_standing nct_grant_standing(const struct nct_grant_record *grant) {
    return (struct nct_standing){grant->role, grant->suspended_at != 0, grant->rights, grant->valid_from,
                                 grant->valid_until};
}

nct_status nct_standing_decide(const struct nct_portal *portal, const struct nct_standing *standing, int32_t right) {
    int64_t now = 0;
    nct_status status = NCT_OK;
    if ((standing->valid_from | standing->valid_until) != 0)
        status = nct_seams_now(&portal->seams, &now);
    return status == NCT_OK ? nct_policy_decide(&portal->policy, standing, right, now) : status;
}

void nct_grant_describe(const struct nct_grant_record *grant, char detail[NCT_GRANT_DETAIL_ROOM]) {
    const char *role = nct_role_name(grant->role);
    int len = snprintf(detail, NCT_GRANT_DETAIL_ROOM, "%s, rights %016llx", role != NULL ? role : "none",
                       (unsigned long long)grant->rights);
    if (grant->valid_from != 0 || grant->valid_until != 0)
        snprintf(detail + len, NCT_GRANT_DETAIL_ROOM - (size_t)len, ", from %lld until %lld",
                 (long long)grant->valid_from, (long long)grant->valid_until);
}
