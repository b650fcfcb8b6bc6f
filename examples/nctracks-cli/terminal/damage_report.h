/** Rows that do not open: telling of them, and going on without them. */
#ifndef NCTRACKS_CLI_DAMAGE_REPORT_H
#define NCTRACKS_CLI_DAMAGE_REPORT_H

#include <nctracks/damage.h>

#include "cli.h"

/** What is done with the damaged rows of one page. */
typedef void damage_told(const nct_damage *page, int32_t space, void *user_data);

/** Opens every row of a space. @param seen receives how many there were; may be NULL @return a status, not reported */
nct_status damage_each(struct cli *cli, int32_t space, damage_told *told, void *user_data, size_t *seen);
/** Where only damaged rows are missing, NCT_OK, to go on; damage_end() tells of them. Other statuses stay. */
nct_status damage_pass(struct cli *cli, nct_status status);
/** One line about a damaged row. */
void damage_describe(const nct_damage *page, int32_t space, size_t index, char *line, size_t capacity);
/** Ends a command that went on: tells of the damaged rows of the spaces named. @return the exit code */
int damage_end(struct cli *cli, const char *const *spaces);

#endif
