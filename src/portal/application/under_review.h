/* What a provider has under review, for its re-verification calendar. */
#ifndef NCT_PORTAL_APPLICATION_UNDER_REVIEW_H
#define NCT_PORTAL_APPLICATION_UNDER_REVIEW_H

#include "portal/provider/reverify.h"

/* Looks at all applications of a provider, so that none is missed; `deadline` is that of its re-verification. NCT_OK or
 * a failure. */
nct_status nct_application_under_review(struct nct_unit *unit, const char *provider, int64_t deadline,
                                        struct nct_reverify_review *review);

#endif
