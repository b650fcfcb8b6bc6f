#include "portal/credentials/authenticate.h"
#include "base/about.h"

#include "engine/unit/ledger_append.h"
#include "portal/registry/grant.h"
#include "portal/registry/stand_in.h"

#include <sodium.h>
#include <string.h>

/* Whether the library checks and counts the password: not an identity service, and no period stands for it. */
static int own_password(const struct nct_proof *proof) {
    return proof->portal->callbacks.identity.verify_password == NULL && proof->period_bytes.bytes == NULL;
}

/* A stand-in's credentials are never looked at; they are as long as another's. */
static void fill(const struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                 struct nct_credential *credential) {
    struct nct_factor *factors[] = {&credential->password, &credential->pin};
    for (size_t i = 0; i < 2; i++) {
        nct_factor_fill(unit->portal, person, factors[i]);
        factors[i]->issued_at = unit->now;
        factors[i]->generation = 1;
        factors[i]->state = NCT_PIN_LOST;
    }
    memcpy(credential->pin_mail, person, sizeof credential->pin_mail);
}

static nct_status load(struct nct_unit *unit, const struct nct_proof *proof, struct nct_subject *subject,
                       struct nct_person_record *record, struct nct_credential *credential) {
    nct_status status = nct_person_or_stand_in(unit, proof->ncid, subject->person, record, &subject->known);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_credential, subject->person, NCT_PERSON_ID, credential);
    if (status == NCT_E_NOT_FOUND && !subject->known)
        fill(unit, subject->person, credential);
    if (status == NCT_OK || status == NCT_E_NOT_FOUND)
        status = nct_access_any_read(unit->portal, subject->person, &subject->has_access);
    return status;
}

/*
 * The same after slow work. NCT_E_BUSY when the turn was lost, or the NCID is another person's now: what was evaluated
 * says nothing of the present state, and is to be tried again. A name nobody knows has nothing to lose.
 */
static nct_status reload(struct nct_unit *unit, struct nct_proof *proof, struct nct_person_record *record,
                         struct nct_credential *credential) {
    struct nct_subject now;
    nct_status status = load(unit, proof, &now, record, credential);
    if (status != NCT_OK)
        return status;
    proof->subject.has_access = now.has_access;
    int same = now.known == proof->subject.known && memcmp(now.person, proof->subject.person, NCT_PERSON_ID) == 0;
    struct nct_turn *turn = nct_turn_find(credential, &proof->turn);
    if (turn != NULL)
        turn->since = unit->now;
    if (same && (turn != NULL || !now.known))
        return NCT_OK;
    sodium_memzero(credential, sizeof *credential);
    return NCT_E_BUSY;
}

static nct_status log_try(struct nct_unit *unit, const struct nct_proof *proof, nct_status outcome,
                          const char *detail) {
    struct nct_stream stream = nct_stream_of_person(proof->subject.person);
    struct nct_note note = {.event = NCT_EVENT_CREDENTIALS_TRIED,
                            .outcome = outcome,
                            .actor = proof->subject.known ? proof->ncid : NULL,
                            .subject = proof->subject.known ? proof->ncid : NULL,
                            .provider = proof->provider,
                            .detail = detail};
    return nct_ledger_append(unit, &stream, &note);
}

static nct_status put(struct nct_unit *unit, const struct nct_proof *proof, struct nct_credential *credential) {
    nct_status status = nct_unit_put(unit, &nct_type_credential, proof->subject.person, NCT_PERSON_ID, credential);
    sodium_memzero(credential, sizeof *credential);
    return status;
}

static nct_status reserve_password(struct nct_unit *unit, void *argument) {
    struct nct_proof *proof = argument;
    struct nct_person_record record;
    struct nct_credential credential;
    nct_status status = load(unit, proof, &proof->subject, &record, &credential);
    if (status == NCT_OK)
        status = nct_turn_take(unit->portal, proof->ncid, &credential, unit->now, &proof->turn);
    if (status != NCT_OK) {
        sodium_memzero(&credential, sizeof credential);
        return status;
    }
    if (own_password(proof))
        nct_try_reserve(unit->portal, NCT_SECRET_PASSWORD, proof->subject.person, &credential.password,
                        proof->subject.has_access || proof->newcomer, unit->now, &proof->password);
    status = put(unit, proof, &credential);
    return status == NCT_OK ? log_try(unit, proof, NCT_OK, NULL) : status;
}

/* Whether another password was set since this one was looked up. */
static int was_renewed(const struct nct_proof *proof, const struct nct_credential *credential) {
    return own_password(proof) && credential->password.generation != proof->password.generation;
}

/* Settles the password, and reserves the PIN behind a right one. */
static nct_status reserve_pin(struct nct_unit *unit, void *argument) {
    struct nct_proof *proof = argument;
    struct nct_person_record record;
    struct nct_credential credential;
    nct_status status = reload(unit, proof, &record, &credential);
    if (status != NCT_OK)
        return status;
    if (proof->period_bytes.bytes != NULL)
        proof->password.right = (unsigned)nct_period_holds(
            unit->portal, &record, &credential, proof->period_bytes.bytes, proof->period_bytes.len, unit->now);
    nct_try_settle(&proof->password, proof->password.right ? NCT_TRY_RIGHT : NCT_TRY_WRONG, unit->now,
                   &credential.password);
    int right = proof->password.right && !was_renewed(proof, &credential);
    nct_try_reserve(unit->portal, NCT_SECRET_PIN, proof->subject.person, &credential.pin,
                    proof->subject.has_access && right, unit->now, &proof->pin);
    struct nct_turn *turn = nct_turn_find(&credential, &proof->turn);
    if (turn != NULL)
        turn->step = NCT_STEP_PIN;
    return put(unit, proof, &credential);
}

static enum nct_verdict verdict_of(const struct nct_try *attempt) {
    if (!attempt->tried)
        return NCT_TRY_NOT_MADE;
    return attempt->right ? NCT_TRY_RIGHT : NCT_TRY_WRONG;
}

/* What could not be finished (no memory, the identity service or the store down) leaves no more counted than it must. A
 * turn that was lost, or never got into the store, leaves nothing to settle; how far it got, the store says. */
static nct_status settle_alone(struct nct_unit *unit, void *argument) {
    struct nct_proof *proof = argument;
    struct nct_person_record record;
    struct nct_credential credential;
    nct_status status = reload(unit, proof, &record, &credential);
    if (status != NCT_OK)
        return status;
    const struct nct_turn *turn = nct_turn_find(&credential, &proof->turn);
    if (turn != NULL && turn->step == NCT_STEP_PIN)
        nct_try_settle(&proof->pin, verdict_of(&proof->pin), unit->now, &credential.pin);
    else if (turn != NULL)
        nct_try_settle(&proof->password, verdict_of(&proof->password), unit->now, &credential.password);
    nct_turn_give(&credential, &proof->turn);
    status = put(unit, proof, &credential);
    return status == NCT_OK ? log_try(unit, proof, NCT_E_STATE, "could not be finished") : status;
}

static nct_status ask_identity(struct nct_proof *proof) {
    const struct nct_callbacks *callbacks = &proof->portal->callbacks;
    nct_status status =
        callbacks->identity.verify_password(proof->ncid, strlen(proof->ncid), proof->password_bytes.bytes,
                                            proof->password_bytes.len, callbacks->identity_data);
    proof->password.right = status == NCT_OK;
    if (status == NCT_OK || status == NCT_E_DENIED)
        return NCT_OK;
    int is_allowed = status <= NCT_E_HOST || status == NCT_E_NO_MEMORY;
    return nct_about_word(is_allowed ? status : NCT_E_IDENTITY, NCT_ABOUT_CALLBACK, "identity.verify_password", status);
}

static nct_status evaluate_password(struct nct_proof *proof) {
    if (proof->period_bytes.bytes != NULL)
        return NCT_OK; /* judged with the PIN's reservation */
    if (!own_password(proof))
        return ask_identity(proof);
    return nct_try_evaluate(proof->portal, proof->password_bytes.bytes, proof->password_bytes.len, &proof->password);
}

/* A right secret whose verifier was made at another cost or under a key before gets one as they are made now. */
static nct_status strengthen(const struct nct_proof *proof, const struct nct_try *attempt,
                             const struct nct_secret_bytes *secret, struct nct_verifier *stronger) {
    if (!attempt->right || !attempt->evaluate || nct_verifier_is_present(proof->portal, &attempt->verifier))
        return NCT_OK;
    return nct_verifier_make(proof->portal, attempt->kind, proof->subject.person, secret->bytes, secret->len, stronger);
}

/* The second half, for a signature: the PIN behind the password. */
static nct_status prove_pin(struct nct_proof *proof) {
    nct_status status = nct_unit_run(proof->portal, reserve_pin, proof, NULL);
    if (status == NCT_OK)
        status = nct_try_evaluate(proof->portal, proof->pin_bytes.bytes, proof->pin_bytes.len, &proof->pin);
    return status == NCT_OK ? strengthen(proof, &proof->pin, &proof->pin_bytes, &proof->stronger_pin) : status;
}

nct_status nct_proof_run(struct nct_proof *proof) {
    nct_status status = nct_unit_run(proof->portal, reserve_password, proof, NULL);
    if (status == NCT_OK)
        status = evaluate_password(proof);
    if (status == NCT_OK && proof->pin_bytes.bytes != NULL)
        status = prove_pin(proof);
    if (status == NCT_OK)
        status = strengthen(proof, &proof->password, &proof->password_bytes, &proof->stronger_password);
    return status;
}

nct_status nct_proof_end(struct nct_proof *proof, nct_status status) {
    if (proof->turn.number != 0 && status != NCT_OK && nct_status_category(status) != NCT_CATEGORY_RULE)
        (void)nct_unit_run(proof->portal, settle_alone, proof, NULL);
    sodium_memzero(proof, sizeof *proof);
    return status;
}

static const char suspended[] = "no access to any provider: PIN suspended";

static const char *why_not(const struct nct_try *attempt, const struct nct_factor *factor, const char *none,
                           const char *disabled, const char *waiting, const char *wrong) {
    if (attempt->blocked == NCT_E_NOT_PROVISIONED)
        return suspended;
    if (attempt->blocked == NCT_E_LIMIT)
        return disabled;
    if (attempt->blocked == NCT_E_BUSY)
        return waiting;
    if (attempt->blocked != NCT_OK)
        return none;
    if (!attempt->right)
        return wrong;
    return factor->generation == attempt->generation ? NULL : "renewed meanwhile";
}

static const char *find_reason(const struct nct_proof *proof, const struct nct_credential *credential) {
    const char *reason = NULL;
    if (!proof->subject.known && (own_password(proof) || !proof->newcomer))
        return "unknown NCID";
    if (!proof->subject.has_access && !proof->newcomer)
        return suspended;
    if (own_password(proof))
        reason = why_not(&proof->password, &credential->password, "no password", "password disabled",
                         "password must wait", "wrong password");
    else if (!proof->password.right)
        reason = proof->period_bytes.bytes != NULL ? "no such period of signing" : "wrong password";
    if (reason == NULL && proof->pin_bytes.bytes != NULL)
        reason = why_not(&proof->pin, &credential->pin,
                         credential->pin.state == NCT_PIN_LOST ? "PIN reported lost" : "no PIN", "PIN disabled",
                         "PIN must wait", "wrong PIN");
    return reason;
}

static void settle_last(const struct nct_proof *proof, int64_t now, struct nct_credential *credential) {
    int with_pin = proof->pin_bytes.bytes != NULL;
    const struct nct_try *last = with_pin ? &proof->pin : &proof->password;
    nct_try_settle(last, last->right ? NCT_TRY_RIGHT : NCT_TRY_WRONG, now,
                   with_pin ? &credential->pin : &credential->password);
    if (proof->stronger_password.passes != 0 && credential->password.generation == proof->password.generation)
        nct_factor_strengthen(&credential->password, &proof->stronger_password);
    if (proof->stronger_pin.passes != 0 && credential->pin.generation == proof->pin.generation)
        nct_factor_strengthen(&credential->pin, &proof->stronger_pin);
}

/* A proof that holds begins a period or notes its use. A period may have ended since it was judged. */
static nct_status settle_period(struct nct_unit *unit, struct nct_proof *proof, const struct nct_person_record *record,
                                struct nct_credential *credential, const char **reason) {
    const struct nct_secret_bytes *token = &proof->period_bytes;
    if (*reason != NULL || !proof->begins_period)
        return NCT_OK;
    if (token->bytes == NULL)
        return nct_period_begin(unit->portal, record, credential, unit->now, proof->period_token);
    if (nct_period_holds(unit->portal, record, credential, token->bytes, token->len, unit->now))
        nct_period_use(credential, unit->now);
    else
        *reason = "period of signing ended meanwhile";
    return NCT_OK;
}

nct_status nct_proof_settle(struct nct_unit *unit, struct nct_proof *proof, struct nct_person_record *record,
                            const char **reason) {
    struct nct_credential credential;
    nct_status status = reload(unit, proof, record, &credential);
    if (status != NCT_OK)
        return status;
    *reason = find_reason(proof, &credential);
    settle_last(proof, unit->now, &credential);
    nct_turn_give(&credential, &proof->turn);
    status = settle_period(unit, proof, record, &credential, reason);
    nct_status put_status = put(unit, proof, &credential);
    return status == NCT_OK ? put_status : status;
}
