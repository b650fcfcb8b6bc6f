/** Verifying streams of the ledger, for `audit verify` and `doctor`. */
#ifndef NCTRACKS_CLI_LEDGER_CHECK_H
#define NCTRACKS_CLI_LEDGER_CHECK_H

#include <stdbool.h>

#include <nctracks/anchor.h>

/** What was found of one stream. */
typedef struct ledger_finding {
    const char *stream;
    int32_t verdict;
    uint64_t sequence; /**< How many entries are valid, or where it is broken. */
    uint64_t anchored; /**< How many entries the checkpoint vouches for. */
    uint64_t untimely; /**< The first entry whose time is out of order; 0: none. */
} ledger_finding;

/** What was found of all. */
typedef struct ledger_found {
    size_t streams;  /**< How many were verified. */
    size_t tampered; /**< How many of them are broken. */
    size_t anchored; /**< Of how many the checkpoint tells. */
    size_t untimely; /**< How many have times out of order. */
    bool partial;    /**< Whether heads do not open, so that their streams were left out. */
    bool more;       /**< Whether the limit left some out. */
} ledger_found;

/** Told of each stream. */
typedef void (*ledger_told)(const ledger_finding *finding, void *user_data);

/** Verifies one stream. @param anchors NULL: alone @return a status of the library, not reported */
nct_status ledger_check_one(nct_portal *portal, const nct_anchors *anchors, const char *stream, ledger_told told,
                            void *user_data, ledger_found *found);
/** Verifies up to `limit` streams (0: all), each as ledger_check_one() does. */
nct_status ledger_check_all(nct_portal *portal, const nct_anchors *anchors, size_t limit, ledger_told told,
                            void *user_data, ledger_found *found);

#endif
