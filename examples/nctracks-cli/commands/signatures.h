/** How a signature is shown. */
#ifndef NCTRACKS_CLI_SIGNATURES_H
#define NCTRACKS_CLI_SIGNATURES_H

#include <nctracks/sign.h>

#include "cli.h"
#include "commands/pages.h"

/** A document may be this long (16 MiB). */
#define DOCUMENT_MAX ((size_t)16 * 1024 * 1024)

/** A signature as a new record. */
json_t *signature_describe(const nct_signature *signature);
/** Prints a signature. */
void signature_print(struct cli *cli, const nct_signature *signature);
/** Puts a list (freed) into a page. */
void signature_rows(struct page *page, nct_signature_list *list);

#endif
