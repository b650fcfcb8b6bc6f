/* Changes of a person's contact data, as units of work. */
#ifndef NCT_PORTAL_PEOPLE_CONTACT_H
#define NCT_PORTAL_PEOPLE_CONTACT_H

#include "engine/records/request_types.h"
#include "engine/unit/unit.h"

#include <nctracks/contact.h>

_Static_assert(NCT_CONTACT_TOKEN_LENGTH == NCT_TOKEN_ROOM - 1, "length of a token");

/* Who asks. */
enum nct_asker { NCT_BY_PERSON, NCT_BY_ADMINISTRATOR, NCT_BY_OPERATOR };

/* What is asked for. */
struct nct_contacting {
    enum nct_asker asker;
    const char *actor;       /* an NCID, or "operator:" and a name */
    const char *provider;    /* at which an administrator acts; NULL */
    const char *reason;      /* an operator's; NULL */
    struct nct_proof *proof; /* of a person who settles which address is theirs; NULL */
    const char *ncid;
    struct nct_contact_record wanted;   /* its texts; of a confirmation by an operator, the address */
    char token[NCT_TOKEN_ROOM];         /* drawn for a request, or given to confirm */
    unsigned char token_hash[NCT_HASH]; /* of it */
};

/* The hash under which a token is kept. */
void nct_contact_hash(const struct nct_portal *portal, const char *ncid, const char *token,
                      unsigned char hash[NCT_HASH]);

/* Notes which texts on file end up empty: what was given whole, and lacks them. With one name, the others; with first
 * and last name, middle name and suffix; with a phone, the extension; with a street address, its second line. */
void nct_contact_drop(struct nct_contact_record *wanted, int one_name);

/* Their names, separated by spaces. */
#define NCT_DROPS_ROOM 96
void nct_contact_drops_describe(const struct nct_contact_record *waiting, char names[NCT_DROPS_ROOM]);

/* The units of work; the argument is a struct nct_contacting. See the functions of contact.h. */
nct_status nct_contact_ask(struct nct_unit *unit, void *argument);
nct_status nct_contact_settle(struct nct_unit *unit, void *argument);
nct_status nct_contact_settle_by_operator(struct nct_unit *unit, void *argument);
nct_status nct_contact_settle_contest(struct nct_unit *unit, void *argument);
nct_status nct_contact_take_back(struct nct_unit *unit, void *argument);

/* Reads what waits for a person, and since when it is contested. NCT_OK, NCT_E_UNKNOWN_PERSON, NCT_E_NOT_FOUND, or a
 * failure. */
nct_status nct_contact_waiting(struct nct_unit *unit, const char *ncid, struct nct_contact_record *waiting,
                               int64_t *contested_at);

/* A change that waits, as it was read. */
struct nct_contact_request {
    struct nct_memory memory;
    char ncid[NCT_NCID_ROOM];
    struct nct_contact_record waiting;
    char drops[NCT_DROPS_ROOM];
    int64_t lapses_at;
    int64_t contested_at;
};

/* Fills it for its NCID; see nct_contact_waiting(). */
nct_status nct_contact_request_read(struct nct_unit *unit, struct nct_contact_request *request);

/* Ends what waits, of somebody whose record ends: stages all but the record, which the caller puts. */
nct_status nct_contact_end(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record);

/* How long it may wait, in milliseconds. */
int64_t nct_contact_term(const struct nct_policy *policy);

#endif
