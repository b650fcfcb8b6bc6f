/* Parts that enrollment, registration and adding users share. */
#ifndef NCT_PORTAL_ACCESS_ADMIT_H
#define NCT_PORTAL_ACCESS_ADMIT_H

#include "portal/credentials/pin_issue.h"
#include "portal/form/form.h"
#include "portal/registry/grant.h"

/* Somebody as entered in a form, with the access they are to have. */
struct nct_entrant {
    struct nct_person_record entered;
    struct nct_grant_record grant;
    int32_t relationship; /* to the provider, as stated at a registration; 0: none was */
    int by_themselves;    /* they asked for it with their password: nobody else gives it, so they are not told */
    int known;            /* found: the portal knew them, and keeps what it has */
    int contested;        /* found: their address is, see portal/access/contest.h */
};

/* Adds what was typed of somebody known, and so not taken: by path, NCT_E_ON_FILE, or NCT_E_CONTESTED for an address
 * that is. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_entrant_note(const struct nct_form *form, const char *prefix, const struct nct_entrant *entrant,
                            struct nct_problems *notes);

/* The notes on one entrant of a form, for the answer. */
void nct_entrant_notes(const struct nct_form *form, const char *prefix, const struct nct_entrant *entrant,
                       struct nct_problems **out);

/* Reads the person fields under a prefix such as "users[0]."; NCID canonical. */
void nct_form_person(const struct nct_form *form, const char *prefix, struct nct_person_record *out);

/* Parts of it. */
void nct_form_name(const struct nct_form *form, const char *prefix, struct nct_name *out);
void nct_form_postal(const struct nct_form *form, const char *prefix, struct nct_postal *out);

/* Reads the account payments go to (S5). */
void nct_form_eft(const struct nct_form *form, struct nct_eft *out);

/* Reads person, role and rights under a prefix. */
void nct_form_entrant(const struct nct_form *form, const char *prefix, struct nct_entrant *out);

/*
 * Adds somebody the portal does not know, or by name alone, as entered, with an entry in their stream; the record is
 * what was staged. NCT_OK; NCT_E_NCID_TAKEN for an NCID somebody left; or a failure.
 */
nct_status nct_entrant_add(struct nct_unit *unit, struct nct_drafts *drafts, const struct nct_person_record *entered,
                           const struct nct_issue *issue, unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record);

/*
 * Finds the person or adds them, gives them the grant and, if they have none, a PIN. A person the portal knows keeps
 * the name and address on file; that of an OA is contested where another was typed. Who states a relationship is put on
 * the provider's record. Ledger entries go to both streams. Who acts is somebody the portal can name, see
 * nct_person_name_new().
 */
nct_status nct_entrant_admit(struct nct_unit *unit, struct nct_drafts *drafts, const char *provider,
                             struct nct_entrant *entrant, const struct nct_issue *issue,
                             unsigned char person[NCT_PERSON_ID]);

/* Whether somebody wants to give or change access, or to end it. */
struct nct_access_wish {
    const char *by;
    const char *provider;
    const char *ncid;
    int32_t role; /* NCT_ROLE_NONE: end it */
    uint64_t rights;
};

/* Whether these are rights the one who acts holds: NCT_OK, or NCT_E_EXCEEDS_OWN about the first they do not. */
nct_status nct_access_exceeds(const struct nct_policy *policy, const struct nct_standing *own, uint64_t rights);

/*
 * Whether the rules allow it (S7): NCT_OK with who the subject is and what they have now, or a refusal of
 * nct_access_grant(), or a failure. Nobody has an id of zeros.
 */
nct_status nct_access_may_change(struct nct_unit *unit, const struct nct_access_wish *wish,
                                 unsigned char person[NCT_PERSON_ID], struct nct_grant_record *present);

/* Whether one administrator alone may begin somebody's access: NCT_OK or NCT_E_INVITATION_REQUIRED, by the policy. */
nct_status nct_access_begins(const struct nct_unit *unit);

/* Somebody who acts at a provider. */
struct nct_acting {
    unsigned char person[NCT_PERSON_ID];
    struct nct_grant_record grant;
    struct nct_standing standing;
};

/* Whether `by` holds an authority at a registered provider. */
nct_status nct_access_authority(struct nct_unit *unit, const char *by, const char *provider, int32_t authority,
                                struct nct_acting *acting);

/*
 * Whether `by` holds an authority over somebody with access there: NCT_OK, a refusal of nct_access_authority(),
 * NCT_E_SELF_GRANT, NCT_E_NOT_FOUND without access, NCT_E_NOT_MANAGED; or a failure.
 */
nct_status nct_access_manages(struct nct_unit *unit, const struct nct_access_wish *wish, int32_t authority);

/*
 * The same for what belongs to the person (PIN, contact data): NCT_E_ELSEWHERE where they also have access to another
 * provider, in force or not. It is nobody's to decide who administers one of several.
 */
nct_status nct_access_manages_alone(struct nct_unit *unit, const struct nct_access_wish *wish, int32_t authority);

/* A refusal of the rule range leaves an entry in the stream of a known provider; any other status is passed on. */
nct_status nct_access_refuse(struct nct_unit *unit, enum nct_event event, const struct nct_access_wish *wish,
                             nct_status why);

/*
 * Stages a grant or its end, with what the provider's record says of the person and whom it names as backup OA, and
 * with the entries in the provider's and the person's stream. Stage the provider's record before, or read it after.
 */
nct_status nct_access_change(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                             const struct nct_grant_record *grant, const char *actor);

/* The same for a grant to a person whom the portal knew before: they are told, unless they did it themselves.
 * NCT_E_TOO_OFTEN: nothing staged, administrators gave it too often of late. */
nct_status nct_access_give(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                           const struct nct_grant_record *grant, const char *actor);

/* Ends the access that somebody else takes away, and tells its holder. NCT_OK or a failure. */
nct_status nct_access_end(struct nct_unit *unit, const char *provider, const unsigned char person[NCT_PERSON_ID],
                          const char *actor);

/* Stages a letter to somebody about their access to a provider, in their messages and, with `mailed`, by mail. */
nct_status nct_access_tell(struct nct_unit *unit, const char *provider, const struct nct_person_record *record,
                           enum nct_template template, int mailed);

#endif
