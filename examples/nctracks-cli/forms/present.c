#include "forms/present.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/access.h>
#include <nctracks/store.h>

#include "forms/typed.h"
#include "terminal/failure.h"

#define PAGE 1000

/* Whether the page has the provider. */
static bool look(const nct_grant_list *page, const char *provider, present *out) {
    for (size_t i = 0; i < nct_grant_list_count(page); i++) {
        if (strcmp(nct_grant_list_provider(page, i), provider) == 0) {
            *out = (present){nct_grant_list_role(page, i), nct_grant_list_rights(page, i),
                             nct_grant_list_valid_from(page, i), nct_grant_list_valid_until(page, i)};
            return true;
        }
    }
    return false;
}

int present_find(struct cli *cli, const char *ncid, const char *provider, present *out) {
    char id[NCT_IDENT_CANONICAL_MAX + 1];
    char after[NCT_KEY_MAX] = "";
    bool found = false;
    bool more = true;
    typed_provider(provider, strlen(provider), id);
    while (more && !found) {
        nct_grant_list *page = NULL;
        size_t len = strlen(after);
        nct_status status =
            nct_access_list_by_person(cli->portal, ncid, strlen(ncid), len > 0 ? after : NULL, len, PAGE, &page);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
        found = look(page, id, out);
        more = nct_grant_list_more(page) == 1;
        snprintf(after, sizeof after, "%s", nct_grant_list_cursor(page));
        nct_grant_list_free(page);
    }
    return found ? CLI_DONE : fail_status(cli, NCT_E_NOT_PROVISIONED, NULL);
}
