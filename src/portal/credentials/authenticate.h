/*
 * Proving who one is: NCID and password, and for a signature the PIN (S10).
 *
 * The steps, each commit followed by slow work: take the turn and reserve the password try; derive; settle it and
 * reserve the PIN try; derive. The operation settles the last try and gives the turn back in its own unit of work. An
 * unknown NCID goes through the same steps, with the same calls of the store and the same derivations, on a shadow. A
 * PIN is evaluated only behind a right password, so that neither wrong passwords nor their senders can use a PIN's
 * tries up.
 */
#ifndef NCT_PORTAL_CREDENTIALS_AUTHENTICATE_H
#define NCT_PORTAL_CREDENTIALS_AUTHENTICATE_H

#include "engine/unit/unit.h"
#include "portal/credentials/signing_period.h"
#include "portal/credentials/turn.h"
#include "portal/credentials/verifier.h"

struct nct_secret_bytes {
    const void *bytes; /* NULL: not asked for */
    size_t len;
};

/* Whom an NCID names, or what stands in for them. */
struct nct_subject {
    int known;
    unsigned char person[NCT_PERSON_ID];
    int has_access; /* to any provider (S12) */
};

struct nct_proof {
    struct nct_portal *portal;
    const char *ncid;     /* canonical */
    const char *provider; /* for the ledger; may be NULL */
    struct nct_secret_bytes password_bytes;
    struct nct_secret_bytes pin_bytes;
    struct nct_secret_bytes period_bytes; /* a token that stands for the password; then no password is asked for */
    int newcomer;      /* is to get access: need have none, nor be known if the identity service knows them */
    int begins_period; /* a signature: with all components it may begin one */
    struct nct_subject subject;
    struct nct_turn turn;
    struct nct_try password;
    struct nct_try pin;
    struct nct_verifier stronger_password; /* passes 0: none is needed */
    struct nct_verifier stronger_pin;
    char period_token[NCT_PERIOD_TOKEN + 1];
};

/* Runs the steps. NCT_OK: everything was evaluated, see nct_proof_settle(); NCT_E_BUSY while another try has the turn;
 * or a failure. nct_proof_end() in any case. */
nct_status nct_proof_run(struct nct_proof *proof);

/*
 * Ends a proof after the operation, and wipes it. When that failed, other than by a rule, what it did not settle is
 * settled by itself, as far as the store lets it. Answers the operation's status.
 */
nct_status nct_proof_end(struct nct_proof *proof, nct_status status);

/*
 * Settles the last try in the operation's unit. NCT_E_BUSY when the turn was lost meanwhile. *reason is NULL when the
 * proof holds and the person still has access; else what is wrong, for the ledger alone. A period that begins has its
 * token in the proof.
 */
nct_status nct_proof_settle(struct nct_unit *unit, struct nct_proof *proof, struct nct_person_record *record,
                            const char **reason);

#endif
