/* A store in memory that counts what it is asked for. */
#ifndef NCT_COSTS_COUNTING_H
#define NCT_COSTS_COUNTING_H

#include <nctracks.h>

struct counts {
    size_t gets, scans, scanned; /* rows that scans gave */
    size_t commits, written;     /* rows put or removed */
    size_t checked;              /* rows whose revision alone a commit insisted on */
};

struct counting {
    nct_memory_store *inner;
    struct counts counts;
};

extern const nct_store counting_functions;

#endif
