/** The access somebody has at a provider, as it was granted: what a change of some of it begins with. */
#ifndef NCTRACKS_CLI_PRESENT_H
#define NCTRACKS_CLI_PRESENT_H

#include "cli.h"

typedef struct present {
    int32_t role;
    uint64_t rights;
    int64_t from;  /**< 0: at once. */
    int64_t until; /**< 0: never ends. */
} present;

/** Finds it; the portal must be open. @return CLI_DONE or a reported failure's exit code */
int present_find(struct cli *cli, const char *ncid, const char *provider, present *out);

#endif
