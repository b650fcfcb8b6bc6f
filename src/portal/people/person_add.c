/* Making somebody known whom no form about a provider names. */
#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/person.h"

#include <nctracks/person.h>

struct adding {
    struct nct_drafts drafts;
    struct nct_entrant entrant;
    struct nct_issue issue; /* who adds, and why */
};

static nct_status add(struct nct_unit *unit, void *argument) {
    static const struct nct_mail_record about = {.template_id = NCT_MAIL_PERSON_ADDED};
    struct adding *adding = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, adding->entrant.entered.ncid, person, &record);
    adding->entrant.known = status == NCT_OK;
    if (status != NCT_E_UNKNOWN_PERSON)
        return status;
    status = nct_entrant_add(unit, &adding->drafts, &adding->entrant.entered, &adding->issue, person, &record);
    return status == NCT_OK ? nct_notice_person(unit, &record, NCT_ADDRESSES_ALL, &about) : status;
}

static nct_status submit(const struct nct_form *form, const char *actor, const char *reason, nct_problems **problems) {
    struct adding adding = {.issue = {.actor = actor, .detail = reason}};
    nct_form_person(form, "", &adding.entrant.entered);
    nct_status status = nct_drafts_init(&adding.drafts, nct_form_portal(form), 1);
    if (status == NCT_OK)
        status = nct_operate_with_pins(&adding.drafts, add, &adding);
    nct_drafts_free(&adding.drafts);
    if (status == NCT_OK)
        nct_entrant_notes(form, "", &adding.entrant, problems);
    return status;
}

nct_status nct_person_add(nct_form *form, const char *operator_name, size_t operator_name_len, const char *reason,
                          size_t reason_len, nct_problems **problems) {
    char actor[NCT_ACTOR_ROOM];
    char why[NCT_NAME_ROOM];
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_PERSON))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, why);
    if (status == NCT_OK)
        status = nct_form_validate(form, problems);
    return status == NCT_OK ? submit(form, actor, why, problems) : status;
}
