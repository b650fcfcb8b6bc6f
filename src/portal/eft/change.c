/* Asking that a provider be paid elsewhere. */
#include "portal/eft/change.h"

#include "base/about.h"
#include "engine/records/request_types.h"
#include "portal/access/admit.h"
#include "portal/credentials/authenticate.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/work_index.h"

#include <nctracks/ident.h>
#include <nctracks/office.h>
#include <nctracks/option.h>
#include <nctracks/right.h>
#include <nctracks/work.h>

#include <sodium.h>
#include <string.h>

#define DAY INT64_C(86400000)

/* What the last unit of work needs. */
struct asking {
    struct nct_proof *proof;
    char provider[NCT_PROVIDER_ROOM];
    struct nct_eft eft;
    int32_t state; /* of the request afterwards */
};

/* In the person's stream, and, once all was right, in the provider's. */
static nct_status refuse(struct nct_unit *unit, const struct asking *asking, nct_status why, const char *detail) {
    const char *ncid = asking->proof->subject.known ? asking->proof->ncid : NULL;
    struct nct_stream person = nct_stream_of_person(asking->proof->subject.person);
    struct nct_stream provider = nct_stream_of_provider(asking->provider);
    struct nct_note note = {.event = NCT_EVENT_EFT_CHANGE_REFUSED,
                            .outcome = why,
                            .actor = ncid,
                            .subject = ncid,
                            .provider = asking->provider,
                            .detail = detail};
    nct_status status = nct_ledger_append(unit, &person, &note);
    if (status == NCT_OK && why != NCT_E_DENIED && why != NCT_E_NOT_REGISTERED)
        status = nct_ledger_append(unit, &provider, &note);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

/* What should make an operator ask twice: the ways a thief prepares. */
static nct_status find_warnings(struct nct_unit *unit, const struct asking *asking, int64_t *warnings) {
    const unsigned char *person = asking->proof->subject.person;
    struct nct_provider_record provider;
    struct nct_person_record requester;
    struct nct_credential credential;
    nct_status status = nct_unit_get(unit, &nct_type_provider, asking->provider, strlen(asking->provider), &provider);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &requester);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status == NCT_OK)
        *warnings = (nct_is_recent(unit, provider.oa_since) ? NCT_EFT_RECENT_OA : 0) |
                    (nct_is_recent(unit, credential.password.issued_at) ? NCT_EFT_RECENT_PASSWORD : 0) |
                    (nct_is_recent(unit, requester.past[0].until) ? NCT_EFT_RECENT_ADDRESS : 0) |
                    (nct_is_recent(unit, provider.changed_at) ? NCT_EFT_RECENT_PROVIDER : 0);
    sodium_memzero(&credential, sizeof credential);
    return status;
}

static nct_status fill_request(struct nct_unit *unit, const struct asking *asking, struct nct_eft_work *work) {
    const struct nct_profile *profile = &unit->portal->policy.profile;
    struct nct_eft_request_record *request = &work->request;
    struct nct_provider_record record;
    memset(request, 0, sizeof *request);
    nct_status status = nct_unit_get(unit, &nct_type_provider, asking->provider, strlen(asking->provider), &record);
    if (status == NCT_OK)
        status = find_warnings(unit, asking, &request->warnings);
    if (status != NCT_OK)
        return status;
    request->number = ++work->private.requests;
    request->state = NCT_REQUEST_PENDING;
    memcpy(request->requester, asking->proof->subject.person, NCT_PERSON_ID);
    request->eft = asking->eft;
    if (nct_ident_mask(NCT_IDENT_BANK_ACCOUNT, request->eft.account_number, strlen(request->eft.account_number),
                       request->account_masked, sizeof request->account_masked, NULL) != NCT_OK)
        request->account_masked[0] = '\0';
    memcpy(request->phone, record.phone, sizeof request->phone);
    request->requested_at = unit->now;
    request->lapses_at = unit->now + profile->terms[NCT_TERM_EFT_CONFIRM_DAYS] * DAY;
    work->private.eft_pending = request->number;
    return NCT_OK;
}

static nct_status put_request(struct nct_unit *unit, const struct asking *asking, struct nct_eft_work *work) {
    const char *provider = asking->provider;
    struct nct_stream stream = nct_stream_of_provider(provider);
    struct nct_note note = {.event = NCT_EVENT_EFT_CHANGE_REQUESTED,
                            .actor = asking->proof->ncid,
                            .subject = asking->proof->ncid,
                            .provider = provider};
    nct_status status = nct_eft_tell(unit, work, NCT_MAIL_EFT_CHANGE_REQUESTED);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_eft_request, provider, strlen(provider), &work->request);
    struct nct_due_item item = nct_work_of_provider(NCT_WORK_EFT_CHANGE, provider);
    if (status == NCT_OK)
        status = nct_work_move(unit, &item, work->request.requested_at);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_provider_private, provider, strlen(provider), &work->private);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

/* The row there may be is read, so that it can be replaced. */
static nct_status read_before(struct nct_unit *unit, const char *provider) {
    struct nct_eft_request_record before;
    nct_status status = nct_unit_get(unit, &nct_type_eft_request, provider, strlen(provider), &before);
    sodium_memzero(&before, sizeof before);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

static nct_status accept(struct nct_unit *unit, struct asking *asking, struct nct_eft_work *work) {
    int confirmed = nct_policy_option(&unit->portal->policy, NCT_OPTION_EFT_CONFIRMED) != 0;
    nct_status status = NCT_OK;
    if (work->private.eft_pending != 0)
        status = nct_eft_settle(unit, work, NCT_REQUEST_LAPSED, NCT_E_LAPSED, "lapsed");
    if (status == NCT_OK)
        status = read_before(unit, asking->provider);
    if (status == NCT_OK)
        status = fill_request(unit, asking, work);
    asking->state = confirmed ? NCT_REQUEST_PENDING : NCT_REQUEST_EFFECTIVE;
    if (status != NCT_OK)
        return status;
    return confirmed
               ? put_request(unit, asking, work)
               : nct_eft_settle(unit, work, NCT_REQUEST_EFFECTIVE, NCT_OK, "without confirmation: eft.confirmed is 0");
}

/* Who asks is proven: what they may do now decides. */
static nct_status decide(struct nct_unit *unit, struct asking *asking, struct nct_eft_work *work) {
    struct nct_acting acting;
    nct_status status =
        nct_access_authority(unit, asking->proof->ncid, asking->provider, NCT_AUTHORITY_EFT_CHANGE, &acting);
    status = nct_about_argument(status, "requester.ncid");
    if (status == NCT_OK)
        status = nct_eft_check_addresses(unit, asking->provider);
    if (status == NCT_OK)
        status = nct_eft_read(unit, work);
    if (status == NCT_OK && work->private.eft_pending != 0 &&
        nct_waits(unit->now, work->request.requested_at, work->request.lapses_at))
        status = NCT_E_PENDING;
    if (status == NCT_OK)
        return accept(unit, asking, work);
    return nct_status_category(status) == NCT_CATEGORY_RULE ? refuse(unit, asking, status, NULL) : status;
}

static nct_status finish(struct nct_unit *unit, void *argument) {
    struct asking *asking = argument;
    struct nct_person_record record;
    const char *reason = NULL;
    struct nct_eft_work work = {.provider = asking->provider, .actor = asking->proof->ncid};
    nct_status status = nct_proof_settle(unit, asking->proof, &record, &reason);
    if (status == NCT_OK)
        status = reason != NULL ? refuse(unit, asking, NCT_E_DENIED, reason) : decide(unit, asking, &work);
    sodium_memzero(&work, sizeof work);
    return status;
}

static nct_status submit(const struct nct_form *form, int32_t *state) {
    char ncid[NCT_NCID_ROOM];
    struct nct_proof proof = {.portal = nct_form_portal(form), .ncid = ncid};
    struct asking asking = {.proof = &proof};
    nct_form_text(form, "requester.ncid", ncid, sizeof ncid);
    nct_form_text(form, "provider.npi", asking.provider, sizeof asking.provider);
    nct_form_eft(form, &asking.eft);
    proof.provider = asking.provider;
    proof.password_bytes.bytes = nct_form_raw(form, "requester.password", &proof.password_bytes.len);
    nct_status status = nct_proof_run(&proof);
    if (status == NCT_OK)
        status = nct_operate(proof.portal, finish, &asking);
    status = nct_proof_end(&proof, status);
    if (status == NCT_OK && state != NULL)
        *state = asking.state;
    sodium_memzero(&asking, sizeof asking);
    return status;
}

nct_status nct_eft_change_submit(nct_form *form, int32_t *state, nct_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_EFT_CHANGE))
        return NCT_E_ARGUMENT;
    nct_status status = nct_form_validate(form, problems);
    if (status == NCT_OK)
        status = submit(form, state);
    nct_form_forget(form, "requester.password");
    return status;
}
