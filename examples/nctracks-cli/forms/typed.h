/** What was typed as operands and options: ids, rights, times, who acts. */
#ifndef NCTRACKS_CLI_TYPED_H
#define NCTRACKS_CLI_TYPED_H

#include <nctracks/ident.h>

#include "cli.h"

/** Of several operands, tells of the one that is malformed. @param kind one of NCT_IDENT @param name its name
 * @return CLI_DONE or the exit code of what was reported, as the others */
int typed_ident(struct cli *cli, size_t index, int32_t kind, const char *name);
/** The right or authority an operand names; the portal must be open. */
int typed_right(struct cli *cli, size_t index, int32_t *right);
/** The time an option gives; untouched without it. */
int typed_time(struct cli *cli, const char *option, int64_t *out);
/** --operator and --reason belong together, so do --by and --provider; one pair excludes the other. */
int typed_who(struct cli *cli);
/** The canonical form of a provider's id. */
void typed_provider(const char *id, size_t len, char out[NCT_IDENT_CANONICAL_MAX + 1]);

#endif
