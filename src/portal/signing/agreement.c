#include "portal/signing/agreement.h"

#include "base/bytes.h"
#include "base/date.h"
#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/credentials/authenticate.h"
#include "portal/form/form.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/person.h"

#include <nctracks/agreement.h>

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_POLICY_DIGEST == NCT_HASH, "length of a digest");

/* Whether a person accepted this version of this text. */
static int is_accepted(const struct nct_person_record *record, const char *version, const unsigned char *digest) {
    return record->agreed_at != 0 && strcmp(record->agreement_version, version) == 0 &&
           memcmp(record->agreement_digest, digest, NCT_HASH) == 0;
}

nct_status nct_agreement_claim(const struct nct_policy *policy, const struct nct_person_record *signer,
                               struct nct_claims *claims) {
    unsigned char digest[NCT_HASH];
    const char *version = nct_policy_agreement(policy, digest);
    memset(claims->agreement_version, 0, sizeof claims->agreement_version);
    memset(claims->agreement_digest, 0, sizeof claims->agreement_digest);
    if (version == NULL)
        return NCT_OK;
    if (!is_accepted(signer, version, digest))
        return nct_about_word(NCT_E_AGREEMENT, NCT_ABOUT_RULE, "agreement.version", 0);
    memcpy(claims->agreement_version, signer->agreement_version, sizeof claims->agreement_version);
    memcpy(claims->agreement_digest, digest, NCT_HASH);
    return NCT_OK;
}

/* What the last unit of work needs: of the policy, which the form was compared with. */
struct agreeing {
    struct nct_proof *proof;
    const char *version;
    unsigned char digest[NCT_HASH];
};

static nct_status note(struct nct_unit *unit, const struct agreeing *agreeing, enum nct_event event, nct_status outcome,
                       const char *detail) {
    const struct nct_proof *proof = agreeing->proof;
    const char *ncid = proof->subject.known ? proof->ncid : NULL;
    struct nct_stream stream = nct_stream_of_person(proof->subject.person);
    struct nct_note entry = {.event = event,
                             .outcome = outcome,
                             .actor = ncid,
                             .subject = ncid,
                             .detail = detail,
                             .digest = agreeing->digest};
    return nct_ledger_append(unit, &stream, &entry);
}

static nct_status tell(struct nct_unit *unit, const struct nct_person_record *record) {
    struct nct_mail_record about = {.template_id = NCT_MAIL_AGREEMENT_ACCEPTED};
    memcpy(about.document, record->agreement_version, sizeof about.document);
    nct_date_write(nct_policy_day(&unit->portal->policy, unit->now) * NCT_DAY, about.date);
    return nct_notice_person(unit, record, NCT_ADDRESSES_ALL, &about);
}

static nct_status put_accepted(struct nct_unit *unit, const struct agreeing *agreeing,
                               struct nct_person_record *record) {
    const unsigned char *person = agreeing->proof->subject.person;
    if (is_accepted(record, agreeing->version, agreeing->digest))
        return NCT_OK;
    memset(record->agreement_version, 0, sizeof record->agreement_version);
    memcpy(record->agreement_version, agreeing->version, strlen(agreeing->version));
    memcpy(record->agreement_digest, agreeing->digest, NCT_HASH);
    record->agreed_at = unit->now;
    nct_status status = nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, record);
    if (status == NCT_OK)
        status = tell(unit, record);
    return status == NCT_OK ? note(unit, agreeing, NCT_EVENT_AGREEMENT_ACCEPTED, NCT_OK, agreeing->version) : status;
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    struct agreeing *agreeing = argument;
    struct nct_person_record record;
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, agreeing->proof, &record, &reason);
    if (status != NCT_OK)
        return status;
    if (reason == NULL)
        return put_accepted(unit, agreeing, &record);
    status = note(unit, agreeing, NCT_EVENT_AGREEMENT_REFUSED, NCT_E_DENIED, reason);
    return status == NCT_OK ? nct_unit_refuse(unit, NCT_E_DENIED) : status;
}

/* Which field says something else than what the policy asks; NULL: none. */
static const char *find_other(const struct nct_form *form, const struct agreeing *agreeing) {
    char version[NCT_NAME_ROOM];
    size_t len = 0;
    nct_form_text(form, "agreement.version", version, sizeof version);
    if (strcmp(version, agreeing->version) != 0)
        return "agreement.version";
    const void *digest = nct_form_raw(form, "agreement.text", &len);
    return memcmp(digest, agreeing->digest, NCT_HASH) != 0 ? "agreement.text" : NULL;
}

static nct_status prove(const struct nct_form *form, struct agreeing *agreeing) {
    char ncid[NCT_NCID_ROOM];
    struct nct_proof proof = {.portal = nct_form_portal(form), .ncid = ncid};
    nct_form_text(form, "signer.ncid", ncid, sizeof ncid);
    proof.password_bytes.bytes = nct_form_raw(form, "signer.password", &proof.password_bytes.len);
    proof.pin_bytes.bytes = nct_form_raw(form, "signer.pin", &proof.pin_bytes.len);
    agreeing->proof = &proof;
    nct_status status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_operate(proof.portal, finish, agreeing);
    return nct_proof_end(&proof, status);
}

static nct_status submit(const struct nct_form *form, nct_problems **problems) {
    struct agreeing agreeing = {.proof = NULL};
    agreeing.version = nct_policy_agreement(&nct_form_portal(form)->policy, agreeing.digest);
    if (agreeing.version == NULL)
        return NCT_E_STATE;
    const char *other = find_other(form, &agreeing);
    return other != NULL ? nct_form_refuse(form, other, NCT_E_DOCUMENT, problems) : prove(form, &agreeing);
}

nct_status nct_agreement_accept(nct_form *form, nct_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_AGREEMENT))
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_validate(form, problems);
    if (status == NCT_OK)
        status = submit(form, problems);
    nct_form_forget(form, "signer.password");
    nct_form_forget(form, "signer.pin");
    return status;
}

struct nct_agreement {
    struct nct_memory memory;
    char ncid[NCT_NCID_ROOM];
    char version[NCT_TEXT_RULE_ROOM];
    char digest[2 * NCT_HASH + 1];
    char accepted_version[NCT_NAME_ROOM];
    char accepted_digest[2 * NCT_HASH + 1];
    int64_t accepted_at;
    int32_t is_accepted;
};

static nct_status read_agreement(struct nct_unit *unit, void *argument) {
    struct nct_agreement *agreement = argument;
    unsigned char person[NCT_PERSON_ID];
    unsigned char digest[NCT_HASH];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, agreement->ncid, person, &record);
    if (status != NCT_OK)
        return status;
    const char *version = nct_policy_agreement(&unit->portal->policy, digest);
    agreement->is_accepted = version == NULL || is_accepted(&record, version, digest);
    if (version != NULL) {
        nct_copy_text(agreement->version, sizeof agreement->version, version, strlen(version));
        nct_hex(agreement->digest, digest, NCT_HASH);
    }
    if (record.agreed_at != 0)
        nct_hex(agreement->accepted_digest, record.agreement_digest, NCT_HASH);
    memcpy(agreement->accepted_version, record.agreement_version, sizeof agreement->accepted_version);
    agreement->accepted_at = record.agreed_at;
    return NCT_OK;
}

nct_status nct_agreement_get(nct_portal *portal, const char *ncid, size_t ncid_len, nct_agreement **out) {
    char id[NCT_NCID_ROOM];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    if (status != NCT_OK)
        return status;
    struct nct_agreement *agreement = nct_memory_take(&portal->seams.memory, sizeof *agreement);
    if (agreement == NULL)
        return NCT_E_NO_MEMORY;
    agreement->memory = portal->seams.memory;
    memcpy(agreement->ncid, id, sizeof id);
    status = nct_unit_read(portal, read_agreement, agreement);
    if (status == NCT_OK)
        *out = agreement;
    else
        nct_agreement_free(agreement);
    return status;
}

void nct_agreement_free(nct_agreement *agreement) {
    if (agreement == NULL)
        return;
    struct nct_memory memory = agreement->memory;
    nct_memory_give(&memory, agreement);
}

int32_t nct_agreement_is_accepted(const nct_agreement *agreement) {
    return agreement != NULL && agreement->is_accepted;
}

const char *nct_agreement_version(const nct_agreement *agreement) {
    return agreement != NULL ? agreement->version : NULL;
}

const char *nct_agreement_digest(const nct_agreement *agreement) {
    return agreement != NULL ? agreement->digest : NULL;
}

const char *nct_agreement_accepted_version(const nct_agreement *agreement) {
    return agreement != NULL ? agreement->accepted_version : NULL;
}

const char *nct_agreement_accepted_digest(const nct_agreement *agreement) {
    return agreement != NULL ? agreement->accepted_digest : NULL;
}

int64_t nct_agreement_accepted_at(const nct_agreement *agreement) {
    return agreement != NULL ? agreement->accepted_at : 0;
}
