/* Setting, changing and resetting passwords. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/credentials/authenticate.h"
#include "portal/credentials/password_choice.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/allowance.h"
#include "portal/registry/person.h"
#include "portal/registry/stand_in.h"
#include "portal/signin/code.h"

#include <nctracks/password.h>
#include <nctracks/pin.h>

#include <sodium.h>
#include <string.h>

#define RESET_CODE_BYTES (NCT_RESET_CODE_LENGTH / 2)

/* A verifier is derived for a person id, so the id is read first, and must still be theirs when it is put in force. */
struct passing {
    const char *actor;  /* an NCID, or "operator:" and a name */
    const char *reason; /* an operator's; NULL */
    const char *ncid;
    struct nct_secret_bytes chosen;
    struct nct_proof *proof; /* of a change by the person */
    unsigned char person[NCT_PERSON_ID];
    struct nct_verifier verifier;
    char code[NCT_CODE_ROOM]; /* drawn, or given */
};

static nct_status note(struct nct_unit *unit, const struct passing *passing, const unsigned char person[NCT_PERSON_ID],
                       enum nct_event event, nct_status outcome, const char *detail) {
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note entry = {.event = event,
                             .outcome = outcome,
                             .actor = passing->actor,
                             .subject = passing->actor != NULL ? passing->ncid : NULL,
                             .detail = detail};
    return nct_ledger_append(unit, &stream, &entry);
}

/* Of somebody unknown the name is not kept. */
static nct_status note_of(struct nct_unit *unit, const struct passing *passing,
                          const unsigned char person[NCT_PERSON_ID], int known, enum nct_event event,
                          nct_status outcome, const char *detail) {
    struct passing told = {.actor = known ? passing->actor : NULL, .ncid = passing->ncid};
    return note(unit, &told, person, event, outcome, detail);
}

static nct_status refuse(struct nct_unit *unit, const struct passing *passing,
                         const unsigned char person[NCT_PERSON_ID], int known, nct_status outcome, const char *detail) {
    nct_status status = note_of(unit, passing, person, known, NCT_EVENT_PASSWORD_REFUSED, outcome, detail);
    return status == NCT_OK ? nct_unit_refuse(unit, outcome) : status;
}

/* The name is looked at once it is clear that whoever asks may know it. */
static int is_made_of_name(const struct passing *passing, const struct nct_person_record *record) {
    const char *const own[NCT_OWN_WORDS] = {record->ncid, record->name.first, record->name.last, record->name.middle};
    return nct_password_is_made_of(own, passing->chosen.bytes, passing->chosen.len);
}

/* Puts the verifier in force, which ends sessions and the period of signing, and tells the person. */
static nct_status put_in_force(struct nct_unit *unit, const struct passing *passing,
                               const struct nct_person_record *record, enum nct_event event, const char *detail) {
    static const struct nct_mail_record about = {.template_id = NCT_MAIL_PASSWORD_CHANGED};
    struct nct_credential credential;
    nct_status status = nct_unit_get(unit, &nct_type_credential, passing->person, NCT_PERSON_ID, &credential);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    nct_factor_renew(&credential.password, &passing->verifier, unit->now);
    status = nct_unit_put(unit, &nct_type_credential, passing->person, NCT_PERSON_ID, &credential);
    sodium_memzero(&credential, sizeof credential);
    if (status == NCT_OK)
        status = nct_notice_person(unit, record, NCT_ADDRESSES_ALL, &about);
    return status == NCT_OK ? note(unit, passing, passing->person, event, NCT_OK, detail) : status;
}

static nct_status find_person(struct nct_unit *unit, void *argument) {
    struct passing *passing = argument;
    struct nct_person_record record;
    return nct_person_find(unit, passing->ncid, passing->person, &record);
}

static nct_status set_password(struct nct_unit *unit, void *argument) {
    const struct passing *passing = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, passing->ncid, person, &record);
    if (status == NCT_OK && memcmp(person, passing->person, NCT_PERSON_ID) != 0)
        status = NCT_E_BUSY;
    if (status == NCT_OK && is_made_of_name(passing, &record))
        status = NCT_E_COMMON_PASSWORD;
    return status == NCT_OK ? put_in_force(unit, passing, &record, NCT_EVENT_PASSWORD_SET, NULL) : status;
}

/* NCT_E_STATE where passwords are kept elsewhere. */
static nct_status check_kept(const struct nct_portal *portal) {
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    return portal->callbacks.identity.verify_password != NULL ? NCT_E_STATE : NCT_OK;
}

/* Derives for the person the argument has. */
static nct_status derive(const struct nct_portal *portal, struct passing *passing) {
    return nct_verifier_make(portal, NCT_SECRET_PASSWORD, passing->person, passing->chosen.bytes, passing->chosen.len,
                             &passing->verifier);
}

nct_status nct_password_set(nct_portal *portal, const char *operator_name, size_t operator_name_len, const char *ncid,
                            size_t ncid_len, const char *password, size_t password_len) {
    char actor[NCT_ACTOR_ROOM];
    char id[NCT_NCID_ROOM];
    struct passing passing = {.actor = actor, .ncid = id, .chosen = {password, password_len}};
    nct_status status = check_kept(portal);
    if (status == NCT_OK)
        status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_about_argument(nct_password_choice(portal, id, password, password_len), "password");
    if (status == NCT_OK)
        status = nct_unit_read(portal, find_person, &passing);
    if (status == NCT_OK)
        status = derive(portal, &passing);
    if (status == NCT_OK)
        status = nct_operate(portal, set_password, &passing);
    sodium_memzero(&passing, sizeof passing);
    return status;
}

size_t nct_password_max(void) {
    return NCT_PASSWORD_MAX;
}

nct_status nct_password_check(nct_portal *portal, const char *ncid, size_t ncid_len, const char *password,
                              size_t password_len) {
    char id[NCT_NCID_ROOM];
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    return status == NCT_OK ? nct_about_argument(nct_password_choice(portal, id, password, password_len), "password")
                            : status;
}

static nct_status change(struct nct_unit *unit, void *argument) {
    const struct passing *passing = argument;
    struct nct_person_record record;
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, passing->proof, &record, &reason);
    if (status != NCT_OK)
        return status;
    if (reason != NULL)
        return refuse(unit, passing, passing->person, passing->proof->subject.known, NCT_E_DENIED, reason);
    if (is_made_of_name(passing, &record))
        return refuse(unit, passing, passing->person, 1, NCT_E_COMMON_PASSWORD, NULL);
    return put_in_force(unit, passing, &record, NCT_EVENT_PASSWORD_CHANGED, "by the person");
}

nct_status nct_password_change(nct_portal *portal, const char *ncid, size_t ncid_len, const char *password,
                               size_t password_len, const char *new_password, size_t new_password_len) {
    char id[NCT_NCID_ROOM];
    struct passing passing = {.actor = id, .ncid = id, .chosen = {new_password, new_password_len}};
    nct_status status = check_kept(portal);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_check_password(password, password_len);
    if (status == NCT_OK)
        status = nct_about_argument(nct_password_choice(portal, id, new_password, new_password_len), "new_password");
    if (status == NCT_OK && password_len == new_password_len &&
        sodium_memcmp(password, new_password, password_len) == 0)
        status = NCT_E_DUPLICATE;
    if (status != NCT_OK)
        return status;
    struct nct_proof proof = {.portal = portal, .ncid = id, .password_bytes = {password, password_len}, .newcomer = 1};
    passing.proof = &proof;
    status = nct_proof_run(&proof);
    memcpy(passing.person, proof.subject.person, NCT_PERSON_ID);
    if (status == NCT_OK)
        status = derive(portal, &passing); /* whether the other was right or not */
    if (status == NCT_OK)
        status = nct_operate(portal, change, &passing);
    sodium_memzero(&passing, sizeof passing);
    return nct_proof_end(&proof, status);
}

static nct_status draw_code(const struct nct_portal *portal, char code[NCT_CODE_ROOM]) {
    unsigned char bytes[RESET_CODE_BYTES];
    nct_status status = nct_seams_fill(&portal->seams, bytes, sizeof bytes);
    nct_hex(code, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return status;
}

/* Why no code is mailed; told to nobody but the ledger. */
static nct_status why_no_code(const struct nct_unit *unit, struct nct_sign_in_file *file, int known) {
    if (!known)
        return NCT_E_UNKNOWN_PERSON;
    if (file->record.contested_at != 0)
        return NCT_E_CONTESTED;
    return nct_allowance_use(&unit->portal->policy, NCT_OPTION_REQUESTS_PASSWORD, &file->row.resets, unit->now);
}

/* The same reads and writes for everybody: where no code is mailed, a decoy stands for the mail. */
static nct_status ask_for_code(struct nct_unit *unit, void *argument) {
    const struct passing *passing = argument;
    struct nct_sign_in_file file;
    int known = 0;
    nct_status status = nct_person_or_stand_in(unit, passing->ncid, file.person, &file.record, &known);
    if (status == NCT_OK)
        status = nct_sign_in_open(unit, &file);
    if (status != NCT_OK)
        return status;
    nct_status why = why_no_code(unit, &file, known);
    status = nct_mailed_code_send(unit, &file, NCT_CODE_RESET, passing->code, why != NCT_OK);
    if (status == NCT_OK)
        status = nct_sign_in_put(unit, &file);
    return status == NCT_OK ? note_of(unit, passing, file.person, known, NCT_EVENT_PASSWORD_CODE_ASKED, why, NULL)
                            : status;
}

nct_status nct_password_forgotten(nct_portal *portal, const char *ncid, size_t ncid_len) {
    char id[NCT_NCID_ROOM];
    struct passing passing = {.actor = id, .ncid = id};
    nct_status status = check_kept(portal);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = draw_code(portal, passing.code);
    if (status == NCT_OK)
        status = nct_derive_idly(portal, passing.code, NCT_RESET_CODE_LENGTH);
    if (status == NCT_OK)
        status = nct_unit_run(portal, ask_for_code, &passing, NULL);
    sodium_memzero(&passing, sizeof passing);
    return status;
}

static nct_status find_anybody(struct nct_unit *unit, void *argument) {
    struct passing *passing = argument;
    struct nct_person_record record;
    int known = 0;
    return nct_person_or_stand_in(unit, passing->ncid, passing->person, &record, &known);
}

static nct_status reset_with_code(struct nct_unit *unit, const struct passing *passing, struct nct_sign_in_file *file) {
    if (file->record.contested_at != 0)
        return refuse(unit, passing, file->person, 1, NCT_E_CONTESTED, NULL);
    if (is_made_of_name(passing, &file->record))
        return NCT_E_COMMON_PASSWORD; /* nothing is staged: the code still holds */
    nct_status status = nct_sign_in_put(unit, file);
    return status == NCT_OK ? put_in_force(unit, passing, &file->record, NCT_EVENT_PASSWORD_CHANGED, "by a mailed code")
                            : status;
}

static nct_status reset(struct nct_unit *unit, void *argument) {
    const struct passing *passing = argument;
    struct nct_sign_in_file file;
    unsigned char hash[NCT_HASH];
    int known = 0;
    nct_status status = nct_person_or_stand_in(unit, passing->ncid, file.person, &file.record, &known);
    if (status == NCT_OK)
        status = nct_sign_in_open(unit, &file);
    if (status == NCT_OK && memcmp(file.person, passing->person, NCT_PERSON_ID) != 0)
        status = NCT_E_BUSY;
    if (status != NCT_OK)
        return status;
    nct_mailed_code_hash(unit->portal, NCT_CODE_RESET, &file, passing->code, NCT_RESET_CODE_LENGTH, hash);
    if (nct_mailed_code_try(unit, &file, NCT_CODE_RESET, hash))
        return reset_with_code(unit, passing, &file);
    status = nct_sign_in_put(unit, &file);
    return status == NCT_OK ? refuse(unit, passing, file.person, known, NCT_E_DENIED, "wrong code") : status;
}

/* As it was mailed; what cannot be a code becomes one that nobody has, and is refused with the others. */
static void take_code(const char *code, size_t len, char out[NCT_CODE_ROOM]) {
    memset(out, 0, NCT_CODE_ROOM);
    for (size_t i = 0; len == NCT_RESET_CODE_LENGTH && i < len; i++)
        out[i] = code[i] >= 'A' && code[i] <= 'F' ? (char)(code[i] - 'A' + 'a') : code[i];
}

nct_status nct_password_reset(nct_portal *portal, const char *ncid, size_t ncid_len, const char *code, size_t code_len,
                              const char *new_password, size_t new_password_len) {
    char id[NCT_NCID_ROOM];
    struct passing passing = {.actor = id, .ncid = id, .chosen = {new_password, new_password_len}};
    nct_status status = check_kept(portal);
    if (status == NCT_OK && NCT_MISSING(code))
        status = NCT_E_ARGUMENT;
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    if (status == NCT_OK)
        status = nct_about_argument(nct_password_choice(portal, id, new_password, new_password_len), "new_password");
    if (status == NCT_OK) {
        take_code(code, code_len, passing.code);
        status = nct_unit_read(portal, find_anybody, &passing);
    }
    if (status == NCT_OK)
        status = derive(portal, &passing);
    if (status == NCT_OK)
        status = nct_operate(portal, reset, &passing);
    sodium_memzero(&passing, sizeof passing);
    return status;
}

static nct_status send_code(struct nct_unit *unit, void *argument) {
    const struct passing *passing = argument;
    struct nct_sign_in_file file;
    nct_status status = nct_sign_in_open_for(unit, passing->ncid, &file);
    if (status == NCT_OK && file.record.contested_at != 0)
        status = NCT_E_CONTESTED;
    if (status == NCT_OK)
        status = nct_mailed_code_send(unit, &file, NCT_CODE_RESET, passing->code, 0);
    if (status == NCT_OK)
        status = nct_sign_in_put(unit, &file);
    return status == NCT_OK ? note(unit, passing, file.person, NCT_EVENT_PASSWORD_CODE_ASKED, NCT_OK, passing->reason)
                            : status;
}

static nct_status unlock(struct nct_unit *unit, void *argument) {
    const struct passing *passing = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_credential credential;
    nct_status status = nct_person_find(unit, passing->ncid, person, &record);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status == NCT_OK && credential.password.state != NCT_PIN_ACTIVE)
        status = NCT_E_NOT_FOUND;
    if (status == NCT_OK) {
        credential.password.failures = credential.password.unsettled = 0;
        credential.password.failed_at = 0;
        status = nct_unit_put(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    }
    sodium_memzero(&credential, sizeof credential);
    return status == NCT_OK ? note(unit, passing, person, NCT_EVENT_PASSWORD_UNLOCKED, NCT_OK, passing->reason)
                            : status;
}

static nct_status run_by_operator(nct_portal *portal, nct_unit_function *function, const char *operator_name,
                                  size_t operator_name_len, const char *reason, size_t reason_len, const char *ncid,
                                  size_t ncid_len) {
    struct nct_operator_texts texts;
    struct passing passing = {.actor = texts.actor, .reason = texts.reason, .ncid = texts.ncid};
    nct_status status = check_kept(portal);
    if (status == NCT_OK)
        status = nct_take_operator_texts(&texts, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len);
    if (status == NCT_OK)
        status = draw_code(portal, passing.code);
    if (status == NCT_OK)
        status = nct_operate(portal, function, &passing);
    sodium_memzero(&passing, sizeof passing);
    return status;
}

nct_status nct_password_send_code_by_operator(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                              const char *ncid, size_t ncid_len, const char *reason,
                                              size_t reason_len) {
    return run_by_operator(portal, send_code, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len);
}

nct_status nct_password_unlock_by_operator(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                           const char *ncid, size_t ncid_len, const char *reason, size_t reason_len) {
    return run_by_operator(portal, unlock, operator_name, operator_name_len, reason, reason_len, ncid, ncid_len);
}
