/** The access a command is to give, as its options name it. */
#ifndef NCTRACKS_CLI_WANTED_H
#define NCTRACKS_CLI_WANTED_H

#include "cli.h"

/** What --role, --rights, --from and --until ask for. */
typedef struct wanted {
    int32_t role;
    uint64_t rights;
    int64_t from;
    int64_t until;
} wanted;

/** Reads all four; the portal must be open. @return CLI_DONE or a reported failure's exit code */
int wanted_read(struct cli *cli, wanted *out);
/** Reads --rights alone. */
int wanted_read_rights(struct cli *cli, uint64_t *rights);

#endif
