/* Invitations as tests send and answer them. A form with problems answers the code of the first. */
#ifndef TEST_INVITATIONS_H
#define TEST_INVITATIONS_H

#include "world.h"

struct offer {
    const char *ncid;  /* one of these two; NULL: the other */
    const char *email; /* ... */
    const char *role;  /* NULL: user */
    const char *rights;
    const char *until; /* NULL: without end */
};

/* Sends it from somebody at the clinic; the id may be NULL. */
nct_status invitations_send(struct world *w, const char *by, const struct offer *offer,
                            char id[NCT_INVITATION_ID_LENGTH + 1]);
nct_status invitations_send_again(struct world *w, const char *by, const char *id);
nct_status invitations_take_back(struct world *w, const char *by, const char *id);

/* Accepts what the clinic offers; without a code (NULL) by NCID. Somebody is described where their name is asked for.
 */
nct_status invitations_accept(struct world *w, const struct cast *who, const char *password, const char *code);
nct_status invitations_accept_described(struct world *w, const struct cast *who, const char *code);

nct_status invitations_decline(struct world *w, const char *ncid);
nct_status invitations_decline_by_code(struct world *w, const char *code);

/* How many the clinic has, and how many wait for somebody. */
size_t invitations_of_clinic(struct world *w);
size_t invitations_of(struct world *w, const char *ncid);

/* The code of the last mail that has one. */
const char *invitations_code(struct world *w);

/* Makes SILAS known, with a password, without access. */
void invitations_know(struct world *w, const struct cast *who);

#endif
