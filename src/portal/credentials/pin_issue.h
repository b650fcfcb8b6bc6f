/*
 * Issuing PINs. A PIN is drawn and its verifier derived outside the unit of work, which may run more than once:
 * the unit asks for what it needs, and is run again when that is ready.
 */
#ifndef NCT_PORTAL_CREDENTIALS_PIN_ISSUE_H
#define NCT_PORTAL_CREDENTIALS_PIN_ISSUE_H

#include "engine/unit/ledger_append.h"
#include "engine/unit/unit.h"
#include "portal/credentials/verifier.h"

/* A PIN for one NCID, before it is in force. */
struct nct_draft {
    char ncid[NCT_NCID_ROOM];
    unsigned char person[NCT_PERSON_ID];
    int ready; /* 1: drawn and derived; -1: asked for; 0: only the person id is wanted */
    char pin[NCT_PIN_ROOM];
    struct nct_verifier verifier;
};

/* The drafts of one operation. */
struct nct_drafts {
    struct nct_portal *portal;
    struct nct_draft *list;
    size_t count;
    size_t capacity;
};

/* Room for the PINs of so many NCIDs. NCT_OK or NCT_E_NO_MEMORY. Free in any case; that wipes. */
nct_status nct_drafts_init(struct nct_drafts *drafts, struct nct_portal *portal, size_t capacity);
void nct_drafts_free(struct nct_drafts *drafts);

/* Runs an operation as nct_operate(), preparing the PINs it asks for. */
nct_status nct_operate_with_pins(struct nct_drafts *drafts, nct_unit_function *function, void *argument);

/* Whom the mail with a PIN goes to, if not to the person. */
struct nct_recipient_address {
    const char *ncid;
    const char *name;
    const char *address;
    const char *language;
};

/* Why a PIN is issued. */
struct nct_issue {
    enum nct_occasion occasion;
    enum nct_event event;
    const char *actor;                       /* for the ledger */
    const char *detail;                      /* for the ledger; may be NULL */
    const char *provider;                    /* for the mail and the ledger; may be NULL */
    struct nct_recipient_address registrant; /* for occasions delivered to the registrant */
};

/* The id a new person of this NCID will have: drawn once an operation, the same in each run. */
nct_status nct_draft_person(struct nct_drafts *drafts, const char *ncid, unsigned char person[NCT_PERSON_ID]);

/*
 * Puts a new PIN in force and stages its mail and ledger entry (S8, S11, S16). The PIN before it ends, and its mail,
 * if still waiting, is taken back. Until the draft is ready it stages nothing and answers NCT_OK; the operation is then
 * run again, see nct_operate_with_pins().
 */
nct_status nct_pin_issue(struct nct_unit *unit, struct nct_drafts *drafts, const unsigned char person[NCT_PERSON_ID],
                         const struct nct_person_record *record, const struct nct_issue *issue);

/* The same for somebody who never had one; whoever has or had one keeps it (S12). */
nct_status nct_pin_issue_first(struct nct_unit *unit, struct nct_drafts *drafts,
                               const unsigned char person[NCT_PERSON_ID], const struct nct_person_record *record,
                               const struct nct_issue *issue);

/* Ends a PIN: nothing verifies against one that is lost, and its mail is taken back. *ended: it was not before.
 * NCT_OK; NCT_E_NO_PIN; or a failure. */
nct_status nct_pin_end(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int *ended);

#endif
