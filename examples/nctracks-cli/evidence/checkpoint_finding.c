#include "evidence/checkpoint_finding.h"

#include <nctracks/checkpoint.h>

/** By finding. */
static const struct {
    const char *what;
    const char *way_out;
} findings[] = {
    [NCT_CHECKPOINT_AGREES] = {"the ledger agrees with the last one", ""},
    [NCT_CHECKPOINT_LAST_ALTERED] =
        {"The last checkpoint, or the record that tells which it is, was altered in the database.",
         "Put the database back from a backup, or see 'nctracks checkpoint restart'."},
    [NCT_CHECKPOINT_LEAVES_ALTERED] = {"What the database keeps of the last checkpoint for the comparison was altered.",
                                       "See 'nctracks checkpoint rebuild'."},
    [NCT_CHECKPOINT_STREAM_ALTERED] =
        {"The ledger contradicts its last checkpoint, in the stream ",
         "See 'nctracks audit verify', and put the database back from a backup; if there is none, see 'nctracks "
         "checkpoint restart'."},
};

const char *checkpoint_finding(int32_t finding) {
    return findings[finding].what;
}

const char *checkpoint_way_out(int32_t finding) {
    return findings[finding].way_out;
}
