/** Verifying streams of the ledger, for `audit verify` and `doctor`. */
#ifndef NCTRACKS_CLI_LEDGER_CHECK_H
#define NCTRACKS_CLI_LEDGER_CHECK_H

#include <stdbool.h>

#include <nctracks/ledger.h>

/** What was found. */
typedef struct ledger_found {
    size_t streams;  /**< How many were verified. */
    size_t tampered; /**< How many of them are broken. */
    bool more;       /**< Whether the limit left some out. */
} ledger_found;

/** Told of each stream. */
typedef void (*ledger_told)(const char *stream, int32_t verdict, uint64_t sequence, void *user_data);

/** Verifies up to `limit` streams (0: all). @return a status of the library, not reported */
nct_status ledger_check_all(nct_portal *portal, size_t limit, ledger_told told, void *user_data, ledger_found *found);

#endif
