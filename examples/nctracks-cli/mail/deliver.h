/** Taking the mails that wait to where they go. */
#ifndef NCTRACKS_CLI_DELIVER_H
#define NCTRACKS_CLI_DELIVER_H

#include "cli.h"

/** One round through the outbox. */
typedef struct delivery {
    size_t limit;         /**< The most mails to try. */
    int64_t milliseconds; /**< How long it may take; 0: as long as it takes. */
    bool progress;        /**< Show it on a terminal. */
    size_t sent;
    size_t refused;                    /**< For the time being. */
    size_t given_up;                   /**< Refused for good. */
    bool ended;                        /**< Before its end, by what would have met every other mail. */
    char reason[MAILER_SMTP_TEXT_MAX]; /**< The last answer that was no yes; empty: there was none. */
} delivery;

/** Delivers, oldest first, what is to be tried now and nobody else has claimed. @return a status, not reported */
nct_status deliver(struct cli *cli, delivery *round);

/** How many mails are in the outbox. @param given_up receives how many of them nobody tries any more; may be NULL
 * @return a status, not reported */
nct_status deliver_count(struct cli *cli, size_t *waiting, size_t *given_up);

/** Delivers after a command what waits, for a few seconds at most, and says what still does. */
void deliver_after(struct cli *cli);

#endif
