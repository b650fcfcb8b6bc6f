/*
 * Taking turns: of the tries under one NCID, one is made at a time.
 *
 * So a limit is exact, a wait begins with a wrong try and never with one that is being made, and nobody's right
 * components are refused for their own other requests: whoever comes in between is told to try again. That must not
 * tell who is known, nor what was right: a turn is taken before anything is looked at, and under a name nobody knows as
 * well. A width of one is the only one that says nothing of how many tries are left.
 */
#ifndef NCT_PORTAL_CREDENTIALS_TURN_H
#define NCT_PORTAL_CREDENTIALS_TURN_H

#include "engine/handle/portal.h"
#include "engine/records/types.h"

/* What has been reserved in a turn. */
enum nct_step { NCT_STEP_PASSWORD = 1, NCT_STEP_PIN };

/*
 * Takes the turn of a name, which lasts until it is given back, or for NCT_OPTION_TRY_LONGEST after a crash. Its number
 * is drawn at random: a commit that failed may have been applied, and this turn is then told from another's. NCT_OK
 * with the turn; NCT_E_BUSY while another try has it, and NCT_E_RANDOM, without one.
 */
nct_status nct_turn_take(const struct nct_portal *portal, const char *ncid, struct nct_credential *credential,
                         int64_t now, struct nct_turn *turn);

/* The turn as the credential has it; NULL when it was lost. */
struct nct_turn *nct_turn_find(struct nct_credential *credential, const struct nct_turn *turn);

/* Gives it back, if it is still this try's. */
void nct_turn_give(struct nct_credential *credential, const struct nct_turn *turn);

#endif
