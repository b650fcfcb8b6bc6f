/* What a ledger says about somebody's attempts. */
#ifndef NCT_TORTURE_ACCOUNT_H
#define NCT_TORTURE_ACCOUNT_H

#include <nctracks.h>

enum reason {
    REASON_WRONG_PIN,
    REASON_PIN_DISABLED,
    REASON_PIN_WAITS,
    REASON_RENEWED,
    REASON_WRONG_PASSWORD,
    REASON_PASSWORD_DISABLED,
    REASON_PASSWORD_WAITS,
    REASON_NO_ACCESS,
    REASON_NO_PIN,
    REASON_NO_PASSWORD,
    REASON_OTHER,
    REASONS
};

struct account {
    size_t tried;        /* credentials.tried: reserved in the ledger */
    size_t not_made;     /* credentials.tried that could not be evaluated */
    size_t made;         /* signature.made */
    size_t refused;      /* signature.refused, for whatever reason */
    size_t why[REASONS]; /* the DENIED ones of these */
};

/* Counts the stream of a person. Fails the test when it can't be read. */
struct account account_of(nct_portal *portal, const char *ncid);

/* Fails the test unless every stream of the store is whole. */
void expect_whole_ledger(nct_portal *portal);

/* Visits every entry of a stream, oldest first. */
void each_entry(nct_portal *portal, const char *stream, void (*visit)(const nct_entry_list *, size_t, void *),
                void *argument);

#endif
