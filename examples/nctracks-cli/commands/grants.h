/** Lists of grants. */
#ifndef NCTRACKS_CLI_GRANTS_H
#define NCTRACKS_CLI_GRANTS_H

#include <nctracks/access.h>

#include "cli.h"

#define GRANTS_PAGE 1000 /**< Grants to look at for one page. */

/** Reads the page after a cursor, NULL for the first; `context` is what grants_list() was given. */
typedef nct_status grants_read(const struct cli *cli, const void *context, const char *after, size_t after_len,
                               nct_grant_list **out);

/** Prints all pages. @param none what to say when there is no grant @return the exit code */
int grants_list(struct cli *cli, grants_read *read, const void *context, const char *none);

#endif
