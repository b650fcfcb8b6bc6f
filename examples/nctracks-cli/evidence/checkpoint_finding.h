/** What is in the way of the next checkpoint, in words. */
#ifndef NCTRACKS_CLI_CHECKPOINT_FINDING_H
#define NCTRACKS_CLI_CHECKPOINT_FINDING_H

#include <stdint.h>

/** A sentence; of a stream its beginning, which the stream's name ends. @param finding one of NCT_CHECKPOINT */
const char *checkpoint_finding(int32_t finding);
/** What to do about it; empty where there is nothing to do. */
const char *checkpoint_way_out(int32_t finding);

#endif
