/*
 * kill -9 at a point of an operation: before a store call, in the middle of each of its writes to the file, after a
 * commit, before and after a mail is accepted. The
 * operation runs in a child; what it had done until then is counted in shared memory.
 */
#ifndef NCT_TORTURE_CRASH_H
#define NCT_TORTURE_CRASH_H

#include "clinic_file.h"

#define ANY_MAILS SIZE_MAX

struct crash {
    size_t at;           /* the point at which the process dies, from 1; 0: none */
    size_t after_commit; /* or after which commit, from 1; 0: none */
    size_t points;       /* passed so far */
    size_t commits;      /* that the store answered OK */
    struct letters letters;
};

/* An operation under torture. The host's portal may belong to a child: nothing here fails a test. */
struct victim {
    const char *name;
    nct_status (*run)(const struct clinic_file *clinic, nct_portal *portal);
    /* By public reads: 1 done, 0 not done; anything else is neither. */
    int (*done)(const struct clinic_file *clinic, nct_portal *portal);
    /* What running it again answers when it was done. */
    nct_status again;
    /* How many different mails there are in the end. */
    size_t mails;
    /* More to expect after a crash, and in the end; may fail the test; may be NULL. */
    void (*after_crash)(const struct clinic_file *clinic, nct_portal *portal, const struct crash *crash, int done);
    void (*in_the_end)(const struct clinic_file *clinic, nct_portal *portal, const struct crash *crash);
};

/* Kills the operation at every point in turn, each time on a new copy of the file; expects before or after, a whole
 * ledger, and that running again finishes the job. */
void crash_everywhere(const struct clinic_file *clinic, const struct victim *victim);

/* Runs it at a time, on the copy as it is, to die after so many commits. Returns what process_wait() does. */
int crash_after_commit(const struct clinic_file *clinic,
                       nct_status (*run)(const struct clinic_file *clinic, nct_portal *portal), size_t commit,
                       int64_t now);

#endif
