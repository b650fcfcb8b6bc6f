#include "services/notice.h"

#include "ground/bytes.h"
#include "services/outbox.h"
#include "services/pair.h"
#include "services/people.h"

#include <string.h>

#define RECIPIENTS 3
#define GRANTS_A_PAGE 256

struct recipient {
    char ncid[NCT_NCID_ROOM]; /* empty: the provider itself */
    char name[2 * NCT_NAME_ROOM];
    char address[NCT_EMAIL_ROOM];
};

/* Adds somebody, unless the address is empty or has been added. */
static void add(struct recipient *recipients, size_t *count, const struct recipient *recipient) {
    for (size_t i = 0; i < *count; i++)
        if (strcmp(recipients[i].address, recipient->address) == 0)
            return;
    if (recipient->address[0] != '\0')
        recipients[(*count)++] = *recipient;
}

static nct_status add_person(struct nct_unit *unit, struct recipient *recipients, size_t *count, const char *ncid) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct recipient recipient = {.ncid = ""};
    if (ncid[0] == '\0')
        return NCT_OK;
    nct_status status = nct_person_find(unit, ncid, person, &record);
    if (status != NCT_OK)
        return status == NCT_E_UNKNOWN_PERSON ? NCT_E_INTEGRITY : status;
    memcpy(recipient.ncid, record.ncid, sizeof record.ncid);
    memcpy(recipient.address, record.email, sizeof record.email);
    nct_person_name(&record, recipient.name);
    add(recipients, count, &recipient);
    return NCT_OK;
}

/* The Backup OA among the people of a page, if one is there. */
static nct_status search_page(struct nct_unit *unit, const char *provider, const struct nct_pair_page *page,
                              char backup[NCT_NCID_ROOM]) {
    struct nct_grant_record grant;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < page->count && status == NCT_OK; i++) {
        status = nct_grant_read(unit->portal, provider, page->names[i], &grant);
        if (status == NCT_OK && grant.role == NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR)
            memcpy(backup, page->names[i], NCT_NCID_ROOM);
    }
    return status;
}

/* Read beside the unit: a notice need not wait for the access of everybody at the provider to stand still. */
static nct_status find_backup(struct nct_unit *unit, const char *provider, char backup[NCT_NCID_ROOM]) {
    const struct nct_role_rule *rule = nct_policy_rule(&unit->portal->policy, NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR);
    char cursor[NCT_NCID_ROOM] = "";
    int more = rule->authorities != 0; /* a profile without the role has nobody of it */
    nct_status status = NCT_OK;
    backup[0] = '\0';
    while (more && backup[0] == '\0' && status == NCT_OK) {
        struct nct_pair_page page;
        struct nct_pair_range range = {&nct_grant_pair, 1, provider, cursor, GRANTS_A_PAGE};
        status = nct_pair_scan(unit->portal, &range, &page);
        if (status == NCT_OK)
            status = search_page(unit, provider, &page, backup);
        more = page.more;
        if (page.count > 0)
            memcpy(cursor, page.names[page.count - 1], sizeof cursor);
        nct_pair_page_free(&page);
    }
    return status;
}

static nct_status find_recipients(struct nct_unit *unit, const char *provider, const struct nct_provider_record *record,
                                  uint32_t parties, struct recipient recipients[RECIPIENTS], size_t *count) {
    char backup[NCT_NCID_ROOM];
    nct_status status = NCT_OK;
    if ((parties & NCT_PARTY_PROVIDER) != 0) {
        struct recipient recipient = {.ncid = ""};
        memcpy(recipient.name, record->name, sizeof record->name);
        memcpy(recipient.address, record->email, sizeof record->email);
        add(recipients, count, &recipient);
    }
    if ((parties & NCT_PARTY_OFFICE_ADMINISTRATOR) != 0)
        status = add_person(unit, recipients, count, record->oa_ncid);
    if (status != NCT_OK || (parties & NCT_PARTY_BACKUP) == 0)
        return status;
    status = find_backup(unit, provider, backup);
    return status == NCT_OK ? add_person(unit, recipients, count, backup) : status;
}

nct_status nct_notice_stage(struct nct_unit *unit, const char *provider, const struct nct_provider_record *record,
                            enum nct_template mail, uint32_t parties, const char *date) {
    struct recipient recipients[RECIPIENTS];
    size_t count = 0;
    nct_status status = find_recipients(unit, provider, record, parties, recipients, &count);
    for (size_t i = 0; i < count && status == NCT_OK; i++) {
        unsigned char id[NCT_MAIL_ID];
        struct nct_mail_record message = {.template_id = (int32_t)mail};
        memcpy(message.recipient_name, recipients[i].name, sizeof message.recipient_name);
        memcpy(message.name, recipients[i].name, sizeof message.name);
        memcpy(message.recipient_address, recipients[i].address, sizeof message.recipient_address);
        memcpy(message.ncid, recipients[i].ncid, sizeof message.ncid);
        nct_copy_text(message.provider, sizeof message.provider, provider, strlen(provider));
        nct_copy_text(message.date, sizeof message.date, date, strlen(date));
        status = nct_outbox_stage(unit, &message, id);
    }
    return status;
}
