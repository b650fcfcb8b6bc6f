/* Applications: the record of a submission, moved through its machine within a unit of work. */
#ifndef NCT_PORTAL_APPLICATION_STATE_H
#define NCT_PORTAL_APPLICATION_STATE_H

#include "engine/records/request_types.h"
#include "engine/unit/ledger_append.h"
#include "portal/registry/due_index.h"
#include "portal/registry/work_index.h"

/* An application with where it is. */
struct nct_application_at {
    char provider[NCT_PROVIDER_ROOM];
    unsigned char id[NCT_APPLICATION_ID];
    struct nct_application_record record;
};

#define NCT_APPLICATION_KEY_MAX (NCT_PROVIDER_ROOM + NCT_APPLICATION_ID)
#define NCT_APPLICATION_BY_PERSON_KEY_MAX (NCT_PERSON_ID + NCT_APPLICATION_KEY_MAX)

size_t nct_application_key(const char *provider, const unsigned char id[NCT_APPLICATION_ID],
                           unsigned char key[NCT_APPLICATION_KEY_MAX]);

/*
 * Reads the record of an application whose provider and id are set. Its two rows are written together, so their
 * revisions are equal; one put back or taken away alone is NCT_E_INTEGRITY. The revision is for whoever has found it by
 * a look. NCT_OK, NCT_E_NOT_FOUND or a failure.
 */
nct_status nct_application_read_at(struct nct_unit *unit, struct nct_application_at *application, uint64_t *revision);

/* The same, proved by a look at all of the drafter's, or of the provider's where those are too many: both rows put
 * back together are NCT_E_INTEGRITY as well. */
nct_status nct_application_read(struct nct_unit *unit, struct nct_application_at *application);

/* Stages record and index, with an entry in the provider's stream: "ID KIND" and what follows. */
nct_status nct_application_write(struct nct_unit *unit, struct nct_application_at *application, enum nct_event event,
                                 const char *actor, const char *what);

/* Writes both rows again as they are, given the key of either; see nct_unit_reseal(). NCT_E_INTEGRITY for another key.
 */
nct_status nct_application_reseal(struct nct_unit *unit, const unsigned char *key, size_t key_len, int by_person);

/* Notes the time at which a draft or a revision was saved; by it drafts are listed. NCT_OK or a failure. */
nct_status nct_application_note_saved(struct nct_unit *unit, struct nct_application_at *application);

/* A move: which, by whom. */
struct nct_application_move {
    int32_t move;
    int32_t movers; /* what the mover may be, a sum of NCT_MOVER constants */
    const char *actor;
    const char *note; /* may be NULL */
};

/* Makes a move and all that follows from it. NCT_OK, NCT_E_ILLEGAL_MOVE, or a failure. */
nct_status nct_application_advance(struct nct_unit *unit, struct nct_application_at *application,
                                   const struct nct_application_move *move);

/* A refusal leaves an entry in the stream of a known provider, if a rule or a missing application is why; else the
 * status is passed on. */
nct_status nct_application_refuse(struct nct_unit *unit, const struct nct_application_at *application,
                                  const char *actor, const char *what, nct_status why);

/* Says of an application that waits that it will be abandoned, and abandons it in the end; see nct_due_settler. */
nct_status nct_application_settle(struct nct_unit *unit, const struct nct_due_item *item, const char *actor,
                                  int32_t *done);

/* The item an application waits for; of time 0 if it does not. */
struct nct_due_item nct_application_item(const struct nct_application_at *application);

/* The item of the work list it is: of the agency's work, or a draft; of time 0 if it is neither. */
struct nct_due_item nct_application_work(const struct nct_application_at *application);

#endif
