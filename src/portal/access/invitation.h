/*
 * Invitations: the row under the provider, and for somebody known one under the person, by which they find it. The
 * heads of both prove that all rows are there, so an answered invitation simply goes.
 */
#ifndef NCT_PORTAL_ACCESS_INVITATION_H
#define NCT_PORTAL_ACCESS_INVITATION_H

#include "engine/records/request_types.h"
#include "engine/unit/ledger_append.h"

/* An invitation with where it is. */
struct nct_invitation_at {
    char provider[NCT_PROVIDER_ROOM];
    unsigned char id[NCT_INVITATION_ID];
    struct nct_invitation_record record;
};

#define NCT_INVITATION_KEY_MAX (NCT_PROVIDER_ROOM + NCT_INVITATION_ID)

/* Whether it is to an address: whoever has the code may accept it. */
int nct_invitation_is_by_email(const struct nct_invitation_record *record);

/* When it lapses by the policy, and whether it still waits. */
int64_t nct_invitation_lapses_at(const struct nct_policy *policy, const struct nct_invitation_record *record);
int nct_invitation_waits(const struct nct_policy *policy, const struct nct_invitation_record *record, int64_t now);

/* The hash under which a code is kept; of use at one provider. What cannot be a code has one that nobody has. */
void nct_invitation_hash(const struct nct_portal *portal, const char *provider, const void *code, size_t code_len,
                         unsigned char hash[NCT_HASH]);

/* Which invitation: the one for a person, for an address, or with a code; the others NULL. */
struct nct_invitation_sought {
    const unsigned char *person;
    const char *email;
    const unsigned char *code;
};

/*
 * Looks at all invitations of the provider that is set, for one. NCT_OK; NCT_E_NOT_FOUND; or a failure. *count receives
 * how many there are; it may be NULL.
 */
nct_status nct_invitation_find(struct nct_unit *unit, const struct nct_invitation_sought *sought,
                               struct nct_invitation_at *invitation, size_t *count);

/* The same by provider and id, which are set. */
nct_status nct_invitation_get(struct nct_unit *unit, struct nct_invitation_at *invitation);

/* Stages a new one, or one that was read. */
nct_status nct_invitation_create(struct nct_unit *unit, const struct nct_invitation_at *invitation);
nct_status nct_invitation_put(struct nct_unit *unit, const struct nct_invitation_at *invitation);

/* Stages the end of one that was read: its rows and the mail with its code go. */
nct_status nct_invitation_remove(struct nct_unit *unit, const struct nct_invitation_at *invitation);

/* Stages an entry about it in the provider's stream and, of somebody known, in theirs. The actor may be NULL: whoever
 * has the code. */
nct_status nct_invitation_note(struct nct_unit *unit, const struct nct_invitation_at *invitation, enum nct_event event,
                               const char *actor, const char *what);

/* Removes all for a person who turned out to be another, with entries by an actor. */
nct_status nct_invitations_drop(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], const char *actor);

/* Where a row under a person leads to; 0 for a key that is none. */
int nct_invitation_parse(const unsigned char *key, size_t len, struct nct_invitation_at *invitation);

#endif
