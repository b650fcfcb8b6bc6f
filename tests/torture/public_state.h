/* Everything the public reads tell, as a text that two portals or two moments can be compared by. */
#ifndef NCT_TORTURE_PUBLIC_STATE_H
#define NCT_TORTURE_PUBLIC_STATE_H

#include "world.h"

/*
 * What is in the ledger, but for tries of secrets, which are counted before they are evaluated; providers with all that
 * is listed of them; people; keys; due work; the last checkpoint. Ids and times are written as `#`: they differ where
 * something is done again. Mails are left out. Free it with free(). A read that fails fails the test.
 */
char *public_state(struct world *w);

#endif
