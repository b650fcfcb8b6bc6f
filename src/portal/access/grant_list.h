/* Listing grants: pages of a range, with what a filter keeps of them. */
#ifndef NCT_PORTAL_ACCESS_GRANT_LIST_H
#define NCT_PORTAL_ACCESS_GRANT_LIST_H

#include "portal/access/person_view.h"
#include "portal/registry/standing.h"

#include <nctracks/access.h>

struct nct_grant_item {
    struct nct_pair_name name;
    char ncid[NCT_NCID_ROOM];
    char granted_by[NCT_NCID_ROOM];
    char certified_by[NCT_NCID_ROOM];
    struct nct_grant_record grant;
    struct nct_standing standing; /* with the rights of its groups */
};

/* Which grants of a page are kept, in the unit that read them: a status of the rule range leaves one out, another
 * failure ends the listing. */
struct nct_grant_filter {
    nct_status (*keeps)(struct nct_unit *unit, const struct nct_grant_item *item, const void *argument);
    const void *argument;
};

/* The pages of access.h; a filter of NULL keeps all. Sets *out to NULL first. */
nct_status nct_grants_by_provider(nct_portal *portal, const char *provider, size_t provider_len, const char *after,
                                  size_t after_len, size_t limit, const struct nct_grant_filter *filter,
                                  nct_grant_list **out);
nct_status nct_grants_by_person(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                size_t after_len, size_t limit, const struct nct_grant_filter *filter,
                                nct_grant_list **out);

/* The same by provider, each grant with the person as a view shows them. */
nct_status nct_grants_with_people(nct_portal *portal, int32_t view, const char *provider, const char *after,
                                  size_t after_len, size_t limit, nct_grant_list **out);

#endif
