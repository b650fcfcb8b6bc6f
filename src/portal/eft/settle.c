/* An EFT change settled: in force or not, told to the contacts of before. */
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "portal/access/admit.h"
#include "portal/eft/change.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/provider.h"
#include "portal/registry/work_index.h"

#include <nctracks/office.h>
#include <nctracks/right.h>
#include <nctracks/work.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static nct_status read_waiting_row(struct nct_unit *unit, const char *provider, uint64_t number,
                                   struct nct_eft_request_record *request) {
    nct_status status = nct_unit_get(unit, &nct_type_eft_request, provider, strlen(provider), request);
    if (status == NCT_OK && (request->number != number || request->state != NCT_REQUEST_PENDING))
        status = NCT_E_INTEGRITY;
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

nct_status nct_eft_read(struct nct_unit *unit, struct nct_eft_work *work) {
    const char *provider = work->provider;
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status != NCT_OK)
        return status;
    status = nct_unit_get(unit, &nct_type_provider_private, provider, strlen(provider), &work->private);
    if (status == NCT_OK && work->private.eft_pending != 0)
        status = read_waiting_row(unit, provider, work->private.eft_pending, &work->request);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

static nct_status check_address(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID]) {
    struct nct_person_record record;
    if (!nct_place_is_taken(person))
        return NCT_OK;
    nct_status status = nct_person_get(unit, person, &record);
    return status == NCT_OK && record.contested_at != 0 ? NCT_E_CONTESTED : status;
}

nct_status nct_eft_check_addresses(struct nct_unit *unit, const char *provider) {
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, provider, strlen(provider), &record);
    if (status == NCT_OK)
        status = check_address(unit, record.oa);
    return status == NCT_OK ? check_address(unit, record.backup) : status;
}

/* Who was told of the request is told of its end, wherever contacts are now. */
static nct_status add_told(struct nct_unit *unit, const struct nct_eft_work *work, struct nct_audience *audience) {
    struct nct_provider_record record;
    nct_status status = nct_unit_get(unit, &nct_type_provider, work->provider, strlen(work->provider), &record);
    for (uint32_t at = 0; at < work->request.told.len && status == NCT_OK;) {
        const char *address = (const char *)work->request.told.bytes + at;
        const char *language = address + strlen(address) + 1;
        status = nct_audience_add(audience, record.name, address, language);
        at += (uint32_t)(strlen(address) + strlen(language)) + 2;
    }
    return status;
}

static nct_status keep_told(const struct nct_audience *audience, struct nct_eft_request_record *request) {
    uint32_t len = 0;
    for (size_t i = 0; i < audience->count; i++) {
        const struct nct_addressee *addressee = &audience->list[i];
        size_t address = strlen(addressee->address) + 1;
        size_t language = strlen(addressee->language) + 1;
        if (len + address + language > NCT_TOLD_MAX)
            return NCT_E_LIMIT;
        memcpy(request->told.bytes + len, addressee->address, address);
        memcpy(request->told.bytes + len + address, addressee->language, language);
        len += (uint32_t)(address + language);
    }
    request->told.len = len;
    return NCT_OK;
}

static nct_status describe(struct nct_unit *unit, const struct nct_eft_work *work, int32_t template_id,
                           struct nct_mail_record *about) {
    struct nct_person_record requester;
    *about = (struct nct_mail_record){.template_id = template_id};
    nct_status status = nct_person_get(unit, work->request.requester, &requester);
    if (status != NCT_OK)
        return status;
    nct_person_name(&requester, about->name);
    memcpy(about->ncid, requester.ncid, sizeof about->ncid);
    memcpy(about->account, work->request.account_masked, sizeof about->account);
    memcpy(about->provider, work->provider, strlen(work->provider));
    return NCT_OK;
}

nct_status nct_eft_tell(struct nct_unit *unit, struct nct_eft_work *work, int32_t template_id) {
    struct nct_audience audience;
    struct nct_mail_record about;
    nct_audience_init(&audience, &unit->portal->seams.memory);
    audience.financial = 1;
    nct_status status =
        nct_audience_gather(unit, work->provider, unit->portal->policy.profile.eft_change_notices, &audience);
    if (status == NCT_OK)
        status = add_told(unit, work, &audience);
    if (status == NCT_OK)
        status = keep_told(&audience, &work->request);
    if (status == NCT_OK)
        status = describe(unit, work, template_id, &about);
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &about);
    nct_audience_free(&audience);
    return status;
}

/* Stages the end of a request, without the private part. */
static nct_status end_request(struct nct_unit *unit, struct nct_eft_work *work, int32_t state, nct_status outcome,
                              const char *detail) {
    const char *provider = work->provider;
    struct nct_stream stream = nct_stream_of_provider(provider);
    char requester[NCT_NCID_ROOM];
    int effective = state == NCT_REQUEST_EFFECTIVE;
    struct nct_note note = {.event = effective ? NCT_EVENT_EFT_CHANGED : NCT_EVENT_EFT_CHANGE_ENDED,
                            .outcome = outcome,
                            .actor = work->actor,
                            .subject = requester,
                            .provider = provider,
                            .detail = detail};
    nct_status status = nct_ncid_of(unit, work->request.requester, requester);
    if (status == NCT_OK)
        status = nct_eft_tell(unit, work, effective ? NCT_MAIL_EFT_CHANGE_MADE : NCT_MAIL_EFT_CHANGE_ENDED);
    struct nct_due_item item = nct_work_of_provider(NCT_WORK_EFT_CHANGE, provider);
    item.time = work->request.requested_at;
    work->request.state = state;
    work->request.settled_at = unit->now;
    work->request.told.len = 0;
    sodium_memzero(&work->request.eft, sizeof work->request.eft);
    work->private.eft_pending = 0;
    if (status == NCT_OK)
        status = nct_work_move(unit, &item, 0);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_eft_request, provider, strlen(provider), &work->request);
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

nct_status nct_eft_settle(struct nct_unit *unit, struct nct_eft_work *work, int32_t state, nct_status outcome,
                          const char *detail) {
    struct nct_eft eft = work->request.eft;
    nct_status status = end_request(unit, work, state, outcome, detail);
    if (state == NCT_REQUEST_EFFECTIVE)
        work->private.eft = eft;
    sodium_memzero(&eft, sizeof eft);
    return status == NCT_OK
               ? nct_unit_put(unit, &nct_type_provider_private, work->provider, strlen(work->provider), &work->private)
               : status;
}

nct_status nct_eft_void(struct nct_unit *unit, const char *provider, struct nct_provider_private *private,
                        const char *actor) {
    struct nct_eft_work work = {.provider = provider, .actor = actor};
    if (private->eft_pending == 0)
        return NCT_OK;
    nct_status status = read_waiting_row(unit, provider, private->eft_pending, &work.request);
    if (status == NCT_OK)
        status = end_request(unit, &work, NCT_REQUEST_VOID, NCT_E_LAPSED, "another OA");
    private->eft_pending = 0;
    sodium_memzero(&work, sizeof work);
    return status;
}

/* What somebody decides about the request that waits. */
struct settling {
    char actor[NCT_ACTOR_ROOM];
    char detail[NCT_NAME_ROOM + 32];
    char provider[NCT_PROVIDER_ROOM];
};

/* A request that must not be carried out any longer ends, and whoever confirms is told why. */
static nct_status end(struct nct_unit *unit, struct nct_eft_work *work, int32_t state, nct_status why,
                      const char *detail) {
    nct_status status = nct_eft_settle(unit, work, state, why, detail);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

static nct_status confirm_waiting(struct nct_unit *unit, struct nct_eft_work *work, const char *detail) {
    struct nct_acting acting;
    char requester[NCT_NCID_ROOM];
    int is = 0;
    nct_status status = nct_operator_is(unit, work->actor, work->request.requester, &is);
    if (status == NCT_OK)
        status = nct_ncid_of(unit, work->request.requester, requester);
    if (status != NCT_OK || is)
        return is ? NCT_E_SECOND_PERSON : status;
    if (!nct_waits(unit->now, work->request.requested_at, work->request.lapses_at))
        return end(unit, work, NCT_REQUEST_LAPSED, NCT_E_LAPSED, "lapsed");
    status = nct_access_authority(unit, requester, work->provider, NCT_AUTHORITY_EFT_CHANGE, &acting);
    status = nct_about_argument(status, NULL);
    if (status == NCT_OK)
        status = nct_eft_check_addresses(unit, work->provider);
    if (status == NCT_E_CONTESTED)
        return status; /* it goes on waiting */
    if (status == NCT_OK)
        return nct_eft_settle(unit, work, NCT_REQUEST_EFFECTIVE, NCT_OK, detail);
    if (nct_status_category(status) != NCT_CATEGORY_RULE || status == NCT_E_TERMINATED)
        return status;
    return end(unit, work, NCT_REQUEST_VOID, status, "the requester may no longer ask for it");
}

static nct_status read_waiting(struct nct_unit *unit, struct nct_eft_work *work) {
    nct_status status = nct_eft_read(unit, work);
    return status == NCT_OK && work->private.eft_pending == 0 ? NCT_E_NOT_FOUND : status;
}

static nct_status confirm(struct nct_unit *unit, void *argument) {
    const struct settling *settling = argument;
    struct nct_eft_work work = {.provider = settling->provider, .actor = settling->actor};
    nct_status status = read_waiting(unit, &work);
    if (status == NCT_OK)
        status = confirm_waiting(unit, &work, settling->detail);
    sodium_memzero(&work, sizeof work);
    return status;
}

static nct_status refuse(struct nct_unit *unit, void *argument) {
    const struct settling *settling = argument;
    struct nct_eft_work work = {.provider = settling->provider, .actor = settling->actor};
    nct_status status = read_waiting(unit, &work);
    if (status == NCT_OK)
        status = nct_eft_settle(unit, &work, NCT_REQUEST_REFUSED, NCT_OK, settling->detail);
    sodium_memzero(&work, sizeof work);
    return status;
}

/* What an operator says of it, by the name of its parameter. */
struct said {
    const char *name;
    const char *text;
    size_t len;
    const char *prefix; /* in the ledger */
};

static nct_status settle_by_operator(struct nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                     const struct said *said, const char *provider, size_t provider_len,
                                     nct_unit_function *function) {
    struct settling settling;
    char text[NCT_NAME_ROOM];
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, settling.actor);
    if (status == NCT_OK)
        status = nct_about_argument(nct_reason_from(said->text, said->len, text), said->name);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, settling.provider);
    if (status != NCT_OK)
        return status;
    snprintf(settling.detail, sizeof settling.detail, "%s%s", said->prefix, text);
    return nct_operate(portal, function, &settling);
}

nct_status nct_eft_change_confirm(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                  const char *provider, size_t provider_len, const char *spoke_with,
                                  size_t spoke_with_len) {
    const struct said said = {"spoke_with", spoke_with, spoke_with_len, "confirmed by "};
    return settle_by_operator(portal, operator_name, operator_name_len, &said, provider, provider_len, confirm);
}

nct_status nct_eft_change_refuse(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                 const char *provider, size_t provider_len, const char *reason, size_t reason_len) {
    const struct said said = {"reason", reason, reason_len, ""};
    return settle_by_operator(portal, operator_name, operator_name_len, &said, provider, provider_len, refuse);
}

/* Who asked for it withdraws it, under whatever NCID they use now, or whoever administers users there. */
static nct_status may_withdraw(struct nct_unit *unit, const struct settling *settling,
                               const struct nct_eft_work *work) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_acting acting;
    int own = 0;
    nct_status status = nct_person_find(unit, settling->actor, person, &record);
    if (status == NCT_OK)
        status = nct_person_same(unit, person, work->request.requester, &own);
    if (own || (status != NCT_OK && status != NCT_E_UNKNOWN_PERSON))
        return status;
    return nct_access_authority(unit, settling->actor, settling->provider, NCT_AUTHORITY_USER_ADMINISTRATION, &acting);
}

static nct_status withdraw(struct nct_unit *unit, void *argument) {
    const struct settling *settling = argument;
    struct nct_eft_work work = {.provider = settling->provider, .actor = settling->actor};
    nct_status status = read_waiting(unit, &work);
    if (status == NCT_OK)
        status = may_withdraw(unit, settling, &work);
    if (status == NCT_OK)
        status = nct_eft_settle(unit, &work, NCT_REQUEST_WITHDRAWN, NCT_OK, NULL);
    sodium_memzero(&work, sizeof work);
    return status;
}

nct_status nct_eft_change_withdraw(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                   size_t provider_len) {
    struct settling settling;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, settling.actor);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, settling.provider);
    return status == NCT_OK ? nct_operate(portal, withdraw, &settling) : status;
}
