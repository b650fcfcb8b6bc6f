/* A provider's own data: name, e-mail address, phone, postal address. */
#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/allowance.h"
#include "portal/registry/provider.h"

#include <nctracks/provider.h>

#include <stdio.h>
#include <string.h>

#define TEXT(path, member) PART(path, member, member)
#define PART(path, member, whole)                                                                                      \
    {                                                                                                                  \
        path, offsetof(struct nct_provider_record, member), offsetof(struct nct_provider_record, whole),               \
            sizeof(((struct nct_provider_record *)0)->member)                                                          \
    }
static const struct {
    const char *path;
    size_t offset;
    size_t whole; /* a text without which it stays: it goes when that comes without it */
    size_t room;
} texts[] = {
    TEXT("name", name),
    TEXT("email", email),
    TEXT("phone", phone),
    PART("phone_extension", phone_extension, phone),
    TEXT("address.line1", postal.line1),
    PART("address.line2", postal.line2, postal.line1),
    TEXT("address.city", postal.city),
    TEXT("address.state", postal.state),
    TEXT("address.zip", postal.zip),
};
#define TEXTS (sizeof texts / sizeof texts[0])

struct changing {
    char actor[NCT_ACTOR_ROOM];
    char reason[NCT_NAME_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    int by_operator;
    struct nct_provider_record wanted; /* its texts; empty ones stay as they are */
};

static char *text_of(struct nct_provider_record *record, size_t i) {
    return (char *)record + texts[i].offset;
}

/* Puts the new texts in, and says which differ; no values: the ledger is read by more people than the record. */
static int apply(struct changing *changing, struct nct_provider_record *record, char detail[NCT_DETAIL_ROOM]) {
    int len = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        const char *text = text_of(&changing->wanted, i);
        const char *whole = (const char *)&changing->wanted + texts[i].whole;
        if ((text[0] == '\0' && whole[0] == '\0') || strcmp(text, text_of(record, i)) == 0)
            continue;
        memcpy(text_of(record, i), text, texts[i].room);
        len += snprintf(detail + len, NCT_DETAIL_ROOM - (size_t)len, "%s%s", len > 0 ? " " : "", texts[i].path);
    }
    if (len > 0 && changing->reason[0] != '\0')
        snprintf(detail + len, NCT_DETAIL_ROOM - (size_t)len, "; %s", changing->reason);
    return len > 0;
}

/* At the addresses of before, and the new one. */
static nct_status tell(struct nct_unit *unit, const struct changing *changing,
                       const struct nct_provider_record *record) {
    struct nct_audience audience;
    struct nct_mail_record mail = {.template_id = NCT_MAIL_PROVIDER_CHANGED};
    memcpy(mail.provider, changing->provider, sizeof mail.provider);
    nct_audience_init(&audience, &unit->portal->seams.memory);
    nct_status status = nct_audience_gather(
        unit, changing->provider, NCT_PARTY_PROVIDER | NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_BACKUP, &audience);
    if (status == NCT_OK)
        status = nct_audience_add(&audience, record->name, record->email, "");
    if (status == NCT_OK)
        status = nct_notice_stage(unit, &audience, &mail);
    nct_audience_free(&audience);
    return status;
}

static nct_status change(struct nct_unit *unit, struct changing *changing) {
    char detail[NCT_DETAIL_ROOM] = "";
    struct nct_provider_record record;
    size_t len = strlen(changing->provider);
    nct_status status = nct_unit_get(unit, &nct_type_provider, changing->provider, len, &record);
    if (status != NCT_OK || !apply(changing, &record, detail))
        return status;
    if (!changing->by_operator)
        status = nct_allowance_use(&unit->portal->policy, NCT_OPTION_REQUESTS_CONTACT, &record.asked, unit->now);
    if (status != NCT_OK)
        return status;
    status = tell(unit, changing, &record);
    record.changed_at = unit->now;
    if (status == NCT_OK)
        status = nct_provider_put(unit, changing->provider, &record);
    struct nct_stream stream = nct_stream_of_provider(changing->provider);
    struct nct_note note = {.event = NCT_EVENT_PROVIDER_CHANGED,
                            .actor = changing->actor,
                            .provider = changing->provider,
                            .detail = detail};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

static nct_status change_by_operator(struct nct_unit *unit, void *argument) {
    return change(unit, argument);
}

static nct_status change_or_refuse(struct nct_unit *unit, void *argument) {
    struct changing *changing = argument;
    const struct nct_access_wish wish = {changing->actor, changing->provider, NULL, NCT_ROLE_NONE, 0};
    struct nct_acting acting;
    nct_status status =
        nct_access_authority(unit, changing->actor, changing->provider, NCT_AUTHORITY_EFT_CHANGE, &acting);
    if (status == NCT_OK)
        status = change(unit, changing);
    return status == NCT_OK ? status : nct_access_refuse(unit, NCT_EVENT_PROVIDER_CHANGE_REFUSED, &wish, status);
}

static void read_form(const nct_form *form, struct changing *changing) {
    for (size_t i = 0; i < TEXTS; i++)
        nct_form_text(form, texts[i].path, text_of(&changing->wanted, i), texts[i].room);
}

static nct_status submit(nct_form *form, struct changing *changing, nct_unit_function *function,
                         nct_problems **problems) {
    nct_status status = nct_form_validate(form, problems);
    if (status != NCT_OK)
        return status;
    read_form(form, changing);
    return nct_operate(nct_form_portal(form), function, changing);
}

nct_status nct_provider_change(nct_form *form, const char *by, size_t by_len, const char *provider, size_t provider_len,
                               nct_problems **problems) {
    struct changing changing = {.by_operator = 0};
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_PROVIDER))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, changing.actor);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, changing.provider);
    return status == NCT_OK ? submit(form, &changing, change_or_refuse, problems) : status;
}

nct_status nct_provider_change_by_operator(nct_form *form, const char *operator_name, size_t operator_name_len,
                                           const char *provider, size_t provider_len, const char *reason,
                                           size_t reason_len, nct_problems **problems) {
    struct changing changing = {.by_operator = 1};
    if (problems != NULL)
        *problems = NULL;
    if (!nct_form_is(form, NCT_FORM_PROVIDER))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_operator(operator_name, operator_name_len, changing.actor);
    if (status == NCT_OK)
        status = nct_take_reason(reason, reason_len, changing.reason);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, changing.provider);
    return status == NCT_OK ? submit(form, &changing, change_by_operator, problems) : status;
}
