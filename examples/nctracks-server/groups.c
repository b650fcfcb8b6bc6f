/* Groups of users: rights under a name, given to many people at once. */
#include <string.h>

#include <nctracks/group.h>
#include <nctracks/right.h>

#include "access.h"
#include "answer.h"
#include "handlers.h"
#include "users.h"

static void answer_groups(struct request *request, nct_group_list *list) {
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_group_list_count(list); i++) {
        json_array_append_new(rows, json_pack("{s:s, s:o}", "name", nct_group_list_name(list, i), "rights",
                                              access_names(request, nct_group_list_rights(list, i), 0)));
    }
    answer_page(request, rows, NULL);
}

void groups_list(struct request *request) {
    struct deed deed = users_deed(request);
    nct_group_list *list = NULL;
    if (!access_may(request, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION)) {
        return;
    }
    nct_status status = nct_group_list_by_provider(deed.portal, deed.provider, strlen(deed.provider), &list);
    if (status == NCT_OK) {
        answer_groups(request, list);
    } else {
        answer_status(request, status, NULL);
    }
    nct_group_list_free(list);
}

void groups_set(struct request *request) {
    static const char *const only[] = {"rights", NULL};
    struct deed deed = users_deed(request);
    const char *name = request_part(request, "group");
    char rights[NCT_FIELD_MAX + 1];
    if (!request_has_only(request, only) || !access_words(request, "rights", rights, sizeof rights)) {
        return;
    }
    users_answer(request,
                 nct_group_set(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), name,
                               strlen(name), rights, strlen(rights)),
                 NULL, MHD_HTTP_OK, NCT_AUTHORITY_USER_ADMINISTRATION);
}

void groups_remove(struct request *request) {
    struct deed deed = users_deed(request);
    const char *name = request_part(request, "group");
    nct_status status = nct_group_remove(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                         name, strlen(name));
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_refused(request, status, NULL, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
    }
}

/* ---- Members ---- */

void groups_members(struct request *request) {
    struct deed deed = users_deed(request);
    const char *name = request_part(request, "group");
    const char *after = NULL;
    size_t limit = 0;
    nct_grant_list *list = NULL;
    if (!request_page(request, &after, &limit) ||
        !access_may(request, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION)) {
        return;
    }
    nct_status status = nct_group_members(deed.portal, deed.provider, strlen(deed.provider), name, strlen(name), after,
                                          after != NULL ? strlen(after) : 0, limit, &list);
    users_answer_page(request, status, list);
}

void groups_join(struct request *request) {
    struct deed deed = users_deed(request);
    const char *name = request_part(request, "group");
    users_answer(request,
                 nct_group_join(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider), deed.ncid,
                                strlen(deed.ncid), name, strlen(name)),
                 NULL, MHD_HTTP_OK, NCT_AUTHORITY_USER_ADMINISTRATION);
}

void groups_leave(struct request *request) {
    struct deed deed = users_deed(request);
    const char *name = request_part(request, "group");
    nct_status status = nct_group_leave(deed.portal, deed.by, strlen(deed.by), deed.provider, strlen(deed.provider),
                                        deed.ncid, strlen(deed.ncid), name, strlen(name));
    if (status == NCT_OK) {
        answer_nothing(request);
    } else {
        answer_refused(request, status, NULL, deed.provider, NCT_AUTHORITY_USER_ADMINISTRATION);
    }
}
