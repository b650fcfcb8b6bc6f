/* Requests for another Office Administrator, as the agency sees and settles them. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/records/request_types.h"
#include "portal/mail/outbox.h"
#include "portal/office/oa_change.h"

#include <sodium.h>
#include <string.h>

/* What an operator decides. */
struct settling {
    struct nct_drafts drafts;
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    struct nct_portal *portal;
};

static nct_status take(struct nct_portal *portal, const char *operator_name, size_t operator_name_len,
                       const char *reason, size_t reason_len, const char *provider, size_t provider_len,
                       struct settling *settling) {
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    settling->portal = portal;
    nct_status status = nct_take_operator(operator_name, operator_name_len, settling->actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, settling->reason);
    return status == NCT_OK ? nct_take_provider(provider, provider_len, settling->provider) : status;
}

/* The request that waits. */
static nct_status read_waiting(struct nct_unit *unit, struct nct_handover *handover) {
    nct_status status = nct_handover_read(unit, handover);
    return status == NCT_OK && handover->private.oa_pending == 0 ? NCT_E_NOT_FOUND : status;
}

/* A request that cannot be carried out any longer ends, and the operator is told why. */
static nct_status end(struct nct_unit *unit, struct nct_handover *handover, int32_t state, nct_status why,
                      const char *detail) {
    nct_status status = nct_handover_tell(unit, handover, NCT_MAIL_OA_CHANGE_ENDED);
    if (status == NCT_OK)
        status = nct_handover_settle(unit, handover, state, why, detail);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

static nct_status approve_waiting(struct nct_unit *unit, struct nct_handover *handover) {
    int is = 0;
    nct_status status = nct_operator_is(unit, handover->actor, handover->request.candidate.person, &is);
    if (status != NCT_OK || is)
        return is ? NCT_E_SECOND_PERSON : status;
    if (!nct_waits(unit->now, handover->request.requested_at, handover->request.lapses_at))
        return end(unit, handover, NCT_REQUEST_LAPSED, NCT_E_LAPSED, "lapsed");
    if (sodium_memcmp(handover->request.code, handover->private.code, NCT_HASH) != 0)
        return end(unit, handover, NCT_REQUEST_VOID, NCT_E_PROVIDER_OR_CODE, "the code was renewed");
    status = nct_person_same(unit, handover->record.oa, handover->request.previous, &is);
    if (status != NCT_OK)
        return status;
    if (!is)
        return end(unit, handover, NCT_REQUEST_VOID, NCT_E_LAPSED, "another OA since");
    if (handover->request.role == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR)
        status = nct_handover_check_backup(unit, handover->provider, handover->request.candidate.person);
    if (nct_status_category(status) == NCT_CATEGORY_RULE)
        return end(unit, handover, NCT_REQUEST_VOID, status, "who is to be the backup no longer may");
    return status == NCT_OK ? nct_handover_carry_out(unit, handover) : status;
}

static nct_status approve(struct nct_unit *unit, void *argument) {
    struct settling *settling = argument;
    struct nct_handover handover = {.provider = settling->provider,
                                    .actor = settling->actor,
                                    .reason = settling->reason,
                                    .drafts = &settling->drafts};
    nct_status status = read_waiting(unit, &handover);
    if (status == NCT_OK)
        status = approve_waiting(unit, &handover);
    sodium_memzero(&handover, sizeof handover);
    return status;
}

nct_status nct_oa_change_approve(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                                 const char *provider, size_t provider_len, const char *reason, size_t reason_len) {
    struct settling settling = {.portal = NULL};
    nct_status status =
        take(portal, operator_name, operator_name_len, reason, reason_len, provider, provider_len, &settling);
    if (status != NCT_OK)
        return status;
    status = nct_drafts_init(&settling.drafts, portal, 1);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&settling.drafts, approve, &settling);
    nct_drafts_free(&settling.drafts);
    return status;
}

static nct_status deny(struct nct_unit *unit, void *argument) {
    struct settling *settling = argument;
    struct nct_handover handover = {.provider = settling->provider, .actor = settling->actor};
    nct_status status = read_waiting(unit, &handover);
    if (status == NCT_OK)
        status = nct_handover_tell(unit, &handover, NCT_MAIL_OA_CHANGE_ENDED);
    if (status == NCT_OK)
        status = nct_handover_settle(unit, &handover, NCT_REQUEST_REFUSED, NCT_OK, settling->reason);
    sodium_memzero(&handover, sizeof handover);
    return status;
}

nct_status nct_oa_change_deny(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                              const char *provider, size_t provider_len, const char *reason, size_t reason_len) {
    struct settling settling = {.portal = NULL};
    nct_status status =
        take(portal, operator_name, operator_name_len, reason, reason_len, provider, provider_len, &settling);
    return status == NCT_OK ? nct_operate(portal, deny, &settling) : status;
}

struct nct_oa_request {
    struct nct_memory memory;
    char provider[NCT_PROVIDER_ROOM];
    struct nct_oa_request_record record;
    char ncid[NCT_NCID_ROOM];
    char previous[NCT_NCID_ROOM];
};

/* The last request; one that waits must be the one the private part names. */
static nct_status read_request(struct nct_unit *unit, void *argument) {
    struct nct_oa_request *request = argument;
    struct nct_handover handover = {.provider = request->provider};
    nct_status status = nct_handover_read(unit, &handover);
    int waits = status == NCT_OK && handover.private.oa_pending != 0;
    sodium_memzero(&handover, sizeof handover);
    if (status != NCT_OK)
        return status;
    status = nct_unit_get(unit, &nct_type_oa_request, request->provider, strlen(request->provider), &request->record);
    if (status == NCT_OK)
        status = nct_ncid_of(unit, request->record.candidate.person, request->ncid);
    if (status == NCT_OK)
        status = nct_ncid_of(unit, request->record.previous, request->previous);
    return status == NCT_OK && !waits && request->record.state == NCT_REQUEST_PENDING ? NCT_E_INTEGRITY : status;
}

nct_status nct_oa_request_get(nct_portal *portal, const char *provider, size_t provider_len, nct_oa_request **out) {
    char id[NCT_PROVIDER_ROOM];
    int64_t now = 0;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, id);
    if (status == NCT_OK)
        status = nct_seams_now(&portal->seams, &now);
    if (status != NCT_OK)
        return status;
    struct nct_oa_request *request = nct_memory_take(&portal->seams.memory, sizeof *request);
    if (request == NULL)
        return NCT_E_NO_MEMORY;
    request->memory = portal->seams.memory;
    memcpy(request->provider, id, sizeof id);
    status = nct_unit_read(portal, read_request, request);
    if (status == NCT_OK && request->record.state == NCT_REQUEST_PENDING &&
        !nct_waits(now, request->record.requested_at, request->record.lapses_at))
        request->record.state = NCT_REQUEST_LAPSED;
    if (status == NCT_OK)
        *out = request;
    else
        nct_oa_request_free(request);
    return status;
}

void nct_oa_request_free(nct_oa_request *request) {
    if (request == NULL)
        return;
    struct nct_memory memory = request->memory;
    nct_memory_give_wiped(&memory, request, sizeof *request);
}

int32_t nct_oa_request_state(const nct_oa_request *request) {
    return request != NULL ? request->record.state : NCT_E_ARGUMENT;
}

const char *nct_oa_request_ncid(const nct_oa_request *request) {
    return request != NULL ? request->ncid : NULL;
}

int32_t nct_oa_request_role(const nct_oa_request *request) {
    return request != NULL ? request->record.role : NCT_ROLE_NONE;
}

const char *nct_oa_request_previous_ncid(const nct_oa_request *request) {
    return request != NULL ? request->previous : NULL;
}

int64_t nct_oa_request_requested_at(const nct_oa_request *request) {
    return request != NULL ? request->record.requested_at : 0;
}

int64_t nct_oa_request_lapses_at(const nct_oa_request *request) {
    return request != NULL ? request->record.lapses_at : 0;
}

int64_t nct_oa_request_settled_at(const nct_oa_request *request) {
    return request != NULL ? request->record.settled_at : 0;
}

const char *nct_request_state_name(int32_t state) {
    static const char *const names[] = {NULL, "pending", "effective", "refused", "withdrawn", "lapsed", "void"};
    return state >= 0 && state <= NCT_REQUEST_VOID ? names[state] : NULL;
}
