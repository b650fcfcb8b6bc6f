/** Lists of grants. */
#ifndef NCTRACKS_CLI_GRANTS_H
#define NCTRACKS_CLI_GRANTS_H

#include <nctracks/access.h>

#include "cli.h"
#include "commands/pages.h"

/** Reads a page of grants; `context` is what grants_list() was given. */
typedef nct_status grants_read(const struct cli *cli, const void *context, const struct page *page,
                               nct_grant_list **out);

/** Prints all pages. @param none what to say when there is no grant @return the exit code */
int grants_list(struct cli *cli, grants_read *read, const void *context, const char *none);

#endif
