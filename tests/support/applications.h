/* Applications and due work in a test world. */
#ifndef NCT_TEST_APPLICATIONS_H
#define NCT_TEST_APPLICATIONS_H

#include "world.h"

#define WORLD_DAY INT64_C(86400000)
#define WORLD_FL2_DATE "2025-12-20"

/* A draft of the clinic's, over WORLD_DOCUMENT; an FL2 has the physician's date WORLD_FL2_DATE. */
nct_form *world_draft(struct world *w, int32_t kind);
void world_draft_set(nct_form *draft, const char *path, const char *value);
nct_status world_try_draft(struct world *w, const char *by, int32_t kind, char id[NCT_APPLICATION_ID_LENGTH + 1]);
void world_drafted(struct world *w, const char *by, int32_t kind, char id[NCT_APPLICATION_ID_LENGTH + 1]);

/* Signs WORLD_DOCUMENT and submits the application with it, with everything right. */
nct_status world_apply(struct world *w, const char *ncid, int32_t kind, const char *id, nct_signature **signature);

nct_status world_decide(struct world *w, const char *id, int32_t move, int32_t *state);
nct_status world_act(struct world *w, const char *by, const char *id, int32_t move, int32_t *state);
int32_t world_state(struct world *w, const char *id);

/* Leads an application of the clinic's from where it is to a state, by the shortest way of its machine. */
void world_lead(struct world *w, const char *id, int32_t state);

/* Settles all that is due now, again and again until nothing is; answers how much was done. */
size_t world_settle(struct world *w);
nct_status world_settle_one(struct world *w, const char *item, int32_t *done);
/* The first item of a kind at a provider; 0 time if there is none. */
int64_t world_due(struct world *w, const char *npi, int32_t kind, char id[NCT_DUE_ID_ROOM]);

/* Milliseconds of a date, at midnight UTC. */
int64_t world_date(const char *date);

#endif
