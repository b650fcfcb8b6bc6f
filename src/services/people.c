#include "services/people.h"

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
    if (status != NCT_OK || change == 0)
        return status;
    record.access += change;
    return nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
}

nct_status nct_grant_put(struct nct_unit *unit, const char *provider, const char *ncid,
                         const struct nct_grant_record *grant) {
    unsigned char key[NCT_GRANT_KEY_MAX];
    struct nct_grant_record before;
    nct_status status = nct_grant_get(unit, provider, ncid, &before);
    int64_t change = (grant->role != NCT_ROLE_NONE) - (before.role != NCT_ROLE_NONE);
    if (status == NCT_OK)
        status = count_access(unit, ncid, change);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_grant, key, nct_grant_key(provider, ncid, key), grant);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_grant_by_person, key, nct_grant_by_person_key(provider, ncid, key), "");
    return status;
}

struct nct_standing nct_grant_standing(const struct nct_grant_record *grant) {
    return (struct nct_standing){grant->role, grant->rights, grant->valid_from, grant->valid_until};
}
