/*
 * kill -9 at every store call of anything that changes something, one function of the library after the other: what is
 * found after opening again is all of it or nothing, and doing it again finishes the job. crash.h is for those of which
 * more is asked.
 */
#ifndef NCT_TORTURE_DEED_H
#define NCT_TORTURE_DEED_H

#include "world.h"

struct deed {
    const char *function;               /* tests/torture/check_deeds looks for each that changes something */
    void (*prepare)(struct world *w);   /* what must be there before; may be NULL */
    nct_status (*run)(struct world *w); /* NULL: the first opening. In a child, which may die in it: nothing in it may
                                           fail the test */
    /* 1: it is documented to be done in steps, so that a crash may leave some of them; doing it again does the rest. */
    int steps;
    /* 1: something is wrong before, which it mends. */
    int mends;
};

/* The names of the deeds are those of the functions; DEED(f) expects prepare_f and run_f beside it. */
#define DEED(name)                                                                                                     \
    { "nct_" #name, prepare_##name, run_##name, 0, 0 }
#define DEED_OF_OPENING                                                                                                \
    { "nct_portal_open", NULL, NULL, 0, 0 }
#define DEED_ALONE(name)                                                                                               \
    { "nct_" #name, NULL, run_##name, 0, 0 }
#define DEED_OF_MENDING(name)                                                                                          \
    { "nct_" #name, prepare_##name, run_##name, 0, 1 }
#define DEED_ALONE_IN_STEPS(name)                                                                                      \
    { "nct_" #name, NULL, run_##name, 1, 0 }
#define DEED_IN_STEPS(name)                                                                                            \
    { "nct_" #name, prepare_##name, run_##name, 1, 0 }

/* A clinic whose Office Administrator is OLIVIA; FRANK, PETRA (pa.submit fl2.submit) and UMA are its users.
 * The code of world_npi(2) is unused. In the policy approval takes two for a User
 * Administrator, OA and EFT changes wait for an operator, signing in has a second step, and there are periods of
 * signing. */
void deeds_crash(const struct deed *deeds, size_t count);

/* For a preparation: every row of a space is lost, as a store may lose them. */
void deed_lose_rows(const char *space);

/* For a preparation: every row of a space is altered so that it does not open. */
void deed_damage_rows(const char *space);

/* Of world_npi(2), which is enrolled only. */
extern char deed_code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
/* Where a preparation leaves something for its deed. */
extern char deed_note[128];

#endif
