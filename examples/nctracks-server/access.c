#include "access.h"

#include <string.h>

#include <nctracks/question.h>
#include <nctracks/right.h>
#include <nctracks/role.h>

#include "answer.h"

nct_status access_check(const struct server *server, const char *ncid, const char *provider, int32_t right) {
    return nct_access_check(server->portal, provider, strlen(provider), ncid, strlen(ncid), right);
}

bool access_may(struct request *request, const char *provider, int32_t right) {
    nct_status status = access_check(request->server, request->session.ncid, provider, right);
    if (status != NCT_OK) {
        answer_refused(request, status, NULL, provider, right);
    }
    return status == NCT_OK;
}

bool access_any(struct request *request, const char *provider) {
    uint64_t rights = 0;
    uint64_t authorities = 0;
    const char *ncid = request->session.ncid;
    if (request->session.is_operator) {
        return true;
    }
    nct_status status = nct_access_rights(request->server->portal, provider, strlen(provider), ncid, strlen(ncid),
                                          &rights, &authorities);
    if (status == NCT_OK && rights == 0 && authorities == 0) {
        status = NCT_E_NOT_PROVISIONED;
    }
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
    }
    return status == NCT_OK;
}

json_t *access_names(const struct request *request, uint64_t mask, int32_t first) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    json_t *names = json_array();
    for (int32_t bit = 0; bit < 64; bit++) {
        const char *name = (mask >> bit & 1) != 0 ? nct_right_name(policy, first + bit) : NULL;
        if (name != NULL) {
            json_array_append_new(names, json_string(name));
        }
    }
    return names;
}

bool access_words(struct request *request, const char *name, char *out, size_t capacity) {
    json_t *names = json_object_get(request->json, name);
    size_t index;
    json_t *one;
    out[0] = '\0';
    if (!json_is_array(names)) {
        answer_field(request, name, names == NULL ? NCT_E_REQUIRED : NCT_E_FORMAT);
        return false;
    }
    json_array_foreach(names, index, one) {
        size_t len = strlen(out);
        if (!json_is_string(one) || len + json_string_length(one) + 1 >= capacity) {
            answer_field(request, name, json_is_string(one) ? NCT_E_TOO_LONG : NCT_E_FORMAT);
            return false;
        }
        snprintf(out + len, capacity - len, "%s%s", len > 0 ? " " : "", json_string_value(one));
    }
    return true;
}

json_t *access_authorities(const struct request *request, int32_t role) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    uint64_t mask = 0;
    for (int32_t bit = 0; bit < 64; bit++) {
        if (nct_policy_role_has(policy, role, NCT_RIGHT_COUNT + bit) == 1) {
            mask |= UINT64_C(1) << bit;
        }
    }
    return access_names(request, mask, NCT_RIGHT_COUNT);
}

json_t *access_grant(const struct request *request, const nct_grant_list *list, size_t index) {
    int32_t role = nct_grant_list_role(list, index);
    return json_pack("{s:s?, s:o, s:o, s:I, s:I}", "role", nct_role_name(role), "rights",
                     access_names(request, nct_grant_list_rights(list, index), 0), "authorities",
                     access_authorities(request, role), "valid_from",
                     (json_int_t)nct_grant_list_valid_from(list, index), "valid_until",
                     (json_int_t)nct_grant_list_valid_until(list, index));
}
