/* Access as tests say it, by numbers; the library takes it as a form. */
#ifndef TEST_TERMS_H
#define TEST_TERMS_H

#include <nctracks.h>

struct terms {
    const char *ncid;
    int32_t role;
    uint64_t rights; /* bit n: right n */
    int64_t from;    /* milliseconds; 0: at once */
    int64_t until;   /* ... 0: without end */
};

/* The names of the rights of a mask, separated by spaces. What has no name is written as a word there is not. */
#define TERMS_RIGHTS_ROOM 2048
void terms_rights(const nct_policy *policy, uint64_t rights, char words[TERMS_RIGHTS_ROOM]);

/* nct_group_set() with the rights of a mask. */
nct_status terms_group_set(nct_portal *portal, const char *by, const char *npi, const char *name, uint64_t rights);

/* A form of NCT_FORM_ACCESS. NULL on failure. */
nct_status terms_form(nct_portal *portal, const struct terms *terms, nct_form **form);

/* nct_access_grant() and nct_access_propose() with such a form. A form with problems answers the code of the first. */
nct_status terms_grant(nct_portal *portal, const char *by, const char *npi, const struct terms *terms);
nct_status terms_propose(nct_portal *portal, const char *by, const char *npi, const struct terms *terms);
nct_status terms_preview(nct_portal *portal, const char *by, const char *npi, const struct terms *terms,
                         nct_preview **out);

#endif
