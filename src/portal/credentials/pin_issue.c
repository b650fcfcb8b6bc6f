#include "portal/credentials/pin_issue.h"

#include "portal/mail/outbox.h"
#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

nct_status nct_drafts_init(struct nct_drafts *drafts, struct nct_portal *portal, size_t capacity) {
    *drafts = (struct nct_drafts){.portal = portal, .capacity = capacity};
    drafts->list = nct_memory_take_array(&portal->seams.memory, capacity, sizeof *drafts->list);
    return drafts->list != NULL ? NCT_OK : NCT_E_NO_MEMORY;
}

void nct_drafts_free(struct nct_drafts *drafts) {
    nct_memory_give_wiped(&drafts->portal->seams.memory, drafts->list, drafts->capacity * sizeof *drafts->list);
    drafts->list = NULL;
    drafts->count = 0;
}

static struct nct_draft *find(struct nct_drafts *drafts, const char *ncid) {
    for (size_t i = 0; i < drafts->count; i++)
        if (strcmp(drafts->list[i].ncid, ncid) == 0)
            return &drafts->list[i];
    return NULL;
}

static nct_status find_or_add(struct nct_drafts *drafts, const char *ncid, struct nct_draft **draft) {
    *draft = find(drafts, ncid);
    if (*draft != NULL)
        return NCT_OK;
    if (drafts->count == drafts->capacity)
        return NCT_E_LIMIT;
    *draft = &drafts->list[drafts->count];
    nct_status status = nct_seams_fill(&drafts->portal->seams, (*draft)->person, NCT_PERSON_ID);
    if (status != NCT_OK)
        return status;
    memcpy((*draft)->ncid, ncid, strlen(ncid) + 1);
    drafts->count++;
    return NCT_OK;
}

nct_status nct_draft_person(struct nct_drafts *drafts, const char *ncid, unsigned char person[NCT_PERSON_ID]) {
    struct nct_draft *draft = NULL;
    nct_status status = find_or_add(drafts, ncid, &draft);
    if (status == NCT_OK)
        memcpy(person, draft->person, NCT_PERSON_ID);
    return status;
}

/* A unit that found a PIN missing asks to be run again with this; it is no status and leaves no unit. */
#define AGAIN 1

static nct_status prepare(struct nct_drafts *drafts, struct nct_draft *draft) {
    const struct nct_portal *portal = drafts->portal;
    size_t digits = (size_t)nct_policy_option(&portal->policy, NCT_OPTION_PIN_LENGTH);
    nct_status status = nct_seams_digits(&portal->seams, draft->pin, digits);
    if (status == NCT_OK)
        status = nct_verifier_make(portal, NCT_SECRET_PIN, draft->person, draft->pin, digits, &draft->verifier);
    draft->ready = status == NCT_OK;
    return status;
}

struct guarded {
    struct nct_drafts *drafts;
    nct_unit_function *function;
    void *argument;
};

/* Runs the operation, and holds its commit back while a PIN it asked for is not ready. */
static nct_status run_guarded(struct nct_unit *unit, void *argument) {
    const struct guarded *guarded = argument;
    nct_status status = guarded->function(unit, guarded->argument);
    if (status != NCT_OK || unit->outcome != NCT_OK)
        return status;
    for (size_t i = 0; i < guarded->drafts->count; i++)
        if (guarded->drafts->list[i].ready < 0)
            return AGAIN;
    return NCT_OK;
}

static nct_status prepare_all(struct nct_drafts *drafts) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < drafts->count && status == NCT_OK; i++)
        if (drafts->list[i].ready < 0)
            status = prepare(drafts, &drafts->list[i]);
    return status;
}

nct_status nct_operate_with_pins(struct nct_drafts *drafts, nct_unit_function *function, void *argument) {
    struct guarded guarded = {drafts, function, argument};
    for (;;) {
        nct_status status = nct_operate(drafts->portal, run_guarded, &guarded);
        if (status != AGAIN)
            return status;
        status = prepare_all(drafts);
        if (status != NCT_OK)
            return status;
    }
}

/* A draft made for another person id (somebody added the same NCID meanwhile) is of no use. */
static nct_status ready_draft(struct nct_drafts *drafts, const unsigned char person[NCT_PERSON_ID], const char *ncid,
                              struct nct_draft **draft) {
    nct_status status = find_or_add(drafts, ncid, draft);
    if (status != NCT_OK)
        return status;
    if ((*draft)->ready <= 0 || memcmp((*draft)->person, person, NCT_PERSON_ID) != 0)
        (*draft)->ready = -1;
    memcpy((*draft)->person, person, NCT_PERSON_ID);
    return NCT_OK;
}

static nct_status stage_mail(struct nct_unit *unit, const struct nct_person_record *record,
                             const struct nct_draft *draft, const struct nct_issue *issue,
                             unsigned char id[NCT_MAIL_ID]) {
    const struct nct_delivery *plan = &unit->portal->policy.profile.deliveries[issue->occasion];
    struct nct_mail_record mail = {.template_id = (int32_t)plan->mail};
    struct nct_recipient_address recipient = issue->registrant;
    nct_person_name(record, mail.name);
    int to_self = plan->recipient == NCT_TO_SELF || strcmp(recipient.ncid, record->ncid) == 0;
    if (plan->recipient == NCT_TO_SELF)
        recipient = (struct nct_recipient_address){record->ncid, mail.name, record->email, record->language};
    if (to_self && mail.template_id == NCT_MAIL_PIN_FOR_OTHER)
        mail.template_id = NCT_MAIL_PIN_ISSUED; /* nobody hands their own PIN on */
    memcpy(mail.recipient_name, recipient.name, strlen(recipient.name));
    memcpy(mail.recipient_address, recipient.address, strlen(recipient.address));
    memcpy(mail.language, recipient.language, strlen(recipient.language));
    memcpy(mail.ncid, record->ncid, strlen(record->ncid));
    memcpy(mail.reader, recipient.ncid, strlen(recipient.ncid));
    memcpy(mail.pin, draft->pin, sizeof mail.pin);
    if (issue->provider != NULL)
        memcpy(mail.provider, issue->provider, strlen(issue->provider));
    nct_status status = nct_outbox_stage(unit, &mail, id);
    sodium_memzero(&mail, sizeof mail);
    return status;
}

static nct_status put_in_force(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                               const struct nct_person_record *record, struct nct_credential *credential,
                               const struct nct_draft *draft, const struct nct_issue *issue) {
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {.event = issue->event,
                            .actor = issue->actor,
                            .subject = record->ncid,
                            .provider = issue->provider,
                            .detail = issue->detail};
    nct_status status = nct_outbox_withdraw(unit, credential->pin_mail);
    nct_factor_renew(&credential->pin, &draft->verifier, unit->now);
    if (status == NCT_OK)
        status = stage_mail(unit, record, draft, issue, credential->pin_mail);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_credential, person, NCT_PERSON_ID, credential);
    if (status == NCT_OK)
        status = nct_ledger_append(unit, &stream, &note);
    return status;
}

static nct_status issue_pin(struct nct_unit *unit, struct nct_drafts *drafts, const unsigned char person[NCT_PERSON_ID],
                            const struct nct_person_record *record, const struct nct_issue *issue, int only_first) {
    struct nct_credential credential;
    struct nct_draft *draft = NULL;
    if (record->contested_at != 0) /* nothing secret goes to an address that may be another's */
        return only_first ? NCT_OK : NCT_E_CONTESTED;
    nct_status status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status == NCT_E_NOT_FOUND) {
        nct_factor_fill(unit->portal, person, &credential.password);
        status = NCT_OK;
    }
    int wanted = !only_first || credential.pin.state == NCT_PIN_NONE;
    if (status == NCT_OK && wanted)
        status = ready_draft(drafts, person, record->ncid, &draft);
    if (status == NCT_OK && wanted && draft->ready > 0)
        status = put_in_force(unit, person, record, &credential, draft, issue);
    sodium_memzero(&credential, sizeof credential);
    return status;
}

nct_status nct_pin_issue(struct nct_unit *unit, struct nct_drafts *drafts, const unsigned char person[NCT_PERSON_ID],
                         const struct nct_person_record *record, const struct nct_issue *issue) {
    return issue_pin(unit, drafts, person, record, issue, 0);
}

nct_status nct_pin_issue_first(struct nct_unit *unit, struct nct_drafts *drafts,
                               const unsigned char person[NCT_PERSON_ID], const struct nct_person_record *record,
                               const struct nct_issue *issue) {
    return issue_pin(unit, drafts, person, record, issue, 1);
}

nct_status nct_pin_end(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int *ended) {
    struct nct_credential credential;
    nct_status status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status == NCT_E_NOT_FOUND || (status == NCT_OK && credential.pin.state == NCT_PIN_NONE))
        status = NCT_E_NO_PIN;
    *ended = status == NCT_OK && credential.pin.state != NCT_PIN_LOST;
    if (*ended) {
        status = nct_outbox_withdraw(unit, credential.pin_mail);
        credential.pin = (struct nct_factor){
            .state = NCT_PIN_LOST, .generation = credential.pin.generation + 1, .issued_at = credential.pin.issued_at};
        nct_factor_fill(unit->portal, person, &credential.pin);
        memset(credential.pin_mail, 0, sizeof credential.pin_mail);
        if (status == NCT_OK)
            status = nct_unit_put(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    }
    sodium_memzero(&credential, sizeof credential);
    return status;
}
