#include "services/notice.h"

#include "ground/bytes.h"
#include "services/outbox.h"
#include "services/people.h"

#include <string.h>

#define RECIPIENTS 3

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

static nct_status find_recipients(struct nct_unit *unit, const struct nct_provider_record *record, uint32_t parties,
                                  struct recipient recipients[RECIPIENTS], size_t *count) {
    nct_status status = NCT_OK;
    if ((parties & NCT_PARTY_PROVIDER) != 0) {
        struct recipient recipient = {.ncid = ""};
        memcpy(recipient.name, record->name, sizeof record->name);
        memcpy(recipient.address, record->email, sizeof record->email);
        add(recipients, count, &recipient);
    }
    if ((parties & NCT_PARTY_OFFICE_ADMINISTRATOR) != 0)
        status = add_person(unit, recipients, count, record->oa_ncid);
    if (status == NCT_OK && (parties & NCT_PARTY_BACKUP) != 0)
        status = add_person(unit, recipients, count, record->backup_ncid);
    return status;
}

nct_status nct_notice_stage(struct nct_unit *unit, const char *provider, const struct nct_provider_record *record,
                            enum nct_template mail, uint32_t parties, const char *date) {
    struct recipient recipients[RECIPIENTS];
    size_t count = 0;
    nct_status status = find_recipients(unit, record, parties, recipients, &count);
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
