/* The state machines as the operations read them; the tables are in machine_tables.c. */
#ifndef NCT_POLICY_MACHINE_H
#define NCT_POLICY_MACHINE_H

#include <nctracks/machine.h>

#define NCT_STATE_COUNT 18 /* states count from 1 */
#define NCT_MOVE_COUNT 20  /* moves too */

/* One row of a table: who leads a submission from where to where. */
struct nct_machine_row {
    int32_t from;
    int32_t move;
    int32_t to;
    int32_t movers;
};

struct nct_machine {
    const struct nct_machine_row *rows;
    size_t row_count;
    const int32_t *states; /* the first is where it begins */
    size_t state_count;
    int32_t lettered; /* its states have code letters */
};

extern const struct nct_machine nct_machine_application;
extern const struct nct_machine nct_machine_request;

/* Whether a state waits for the provider, and is abandoned without a reply: time leads out of it. */
int nct_machine_waits(int32_t kind, int32_t state);

/* Whether it is the agency's turn. What it approved may end by it too, and waits for nothing. */
int nct_machine_with_agency(int32_t state);

/* Where a move leads; 0: nowhere. */
int32_t nct_machine_target(int32_t kind, int32_t state, int32_t move, int32_t movers);

#endif
