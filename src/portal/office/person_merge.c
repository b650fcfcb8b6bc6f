/* A duplicate is merged into the one who stays: one human being had two NCIDs. */
#include "base/about.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/fetch.h"
#include "portal/mail/outbox.h"
#include "portal/office/person_absorb.h"
#include "portal/people/contact.h"
#include "portal/registry/person.h"
#include "portal/signing/signature.h"

#include <nctracks/office.h>

#include <stdio.h>
#include <string.h>

#define PAGE 20

struct merging {
    struct nct_renaming renaming;
    unsigned char duplicate[NCT_PERSON_ID];
    unsigned char survivor[NCT_PERSON_ID];
    const struct nct_page *receipts; /* of the commit at work: index rows of the duplicate */
};

/* Each entry names the other NCID, so that the two streams lead to each other. */
static nct_status tell(struct nct_unit *unit, const struct nct_renaming *renaming,
                       const unsigned char person[NCT_PERSON_ID], const char *ncid, const char *word,
                       const char *other) {
    char detail[NCT_DETAIL_ROOM];
    snprintf(detail, sizeof detail, "%s: %s; %s", word, other, renaming->reason);
    struct nct_note note = {
        .event = NCT_EVENT_PERSON_MERGED, .actor = renaming->actor, .subject = ncid, .detail = detail};
    return nct_renaming_tell(unit, renaming, NCT_MAIL_NCID_MERGED, person, &note);
}

/* What they asked to change of themselves ends. */
static nct_status end_contact(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID]) {
    struct nct_person_record record;
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    if (status == NCT_OK)
        status = nct_contact_end(unit, person, &record);
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record) : status;
}

/* From here on the duplicate stands for the survivor. */
static nct_status merge_people(struct nct_unit *unit, const struct merging *merging) {
    const struct nct_renaming *renaming = &merging->renaming;
    nct_status status = nct_person_absorb(unit, renaming->actor, merging->duplicate, merging->survivor);
    if (status == NCT_OK)
        status = end_contact(unit, merging->duplicate);
    if (status == NCT_OK)
        status = nct_person_merge_into(unit, merging->duplicate, merging->survivor);
    if (status == NCT_OK)
        status = tell(unit, renaming, merging->duplicate, renaming->from, "into", renaming->to);
    return status == NCT_OK ? tell(unit, renaming, merging->survivor, renaming->to, "from", renaming->from) : status;
}

/* Nothing for those who are merged already: the index of receipts may have broken off. */
static nct_status merge(struct nct_unit *unit, void *argument) {
    struct merging *merging = argument;
    struct nct_person_record duplicate;
    struct nct_person_record survivor;
    nct_status status = nct_person_behind(unit, merging->renaming.from, merging->duplicate, &duplicate);
    if (status == NCT_OK)
        status = nct_person_find(unit, merging->renaming.to, merging->survivor, &survivor);
    if (status != NCT_OK || memcmp(duplicate.merged_into, merging->survivor, NCT_PERSON_ID) == 0)
        return status;
    status = nct_person_named(unit, merging->renaming.from, merging->duplicate, &duplicate);
    return status == NCT_OK ? merge_people(unit, merging) : status;
}

/* The receipt stays what it is; the survivor's index leads to it as well. */
static nct_status index_receipt(struct nct_unit *unit, const struct merging *merging, const struct nct_page_row *row) {
    struct nct_signature_index index;
    struct nct_signature_index present;
    unsigned char key[NCT_SIGNATURE_KEY_MAX];
    if (row->key_len != NCT_PERSON_ID + NCT_SIGNATURE_ID)
        return NCT_E_INTEGRITY;
    size_t key_len = nct_signature_by_person_key(merging->survivor, row->key + NCT_PERSON_ID, key);
    nct_status status = nct_record_decode(&nct_type_signature_by_person, row->content, row->len, &index);
    if (status == NCT_OK)
        status = nct_unit_get(unit, &nct_type_signature_by_person, key, key_len, &present);
    return status == NCT_E_NOT_FOUND ? nct_unit_put(unit, &nct_type_signature_by_person, key, key_len, &index) : status;
}

static nct_status index_page(struct nct_unit *unit, void *argument) {
    const struct merging *merging = argument;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < merging->receipts->count && status == NCT_OK; i++)
        status = index_receipt(unit, merging, &merging->receipts->rows[i]);
    return status;
}

static nct_status index_all(struct nct_portal *portal, struct merging *merging) {
    unsigned char after[NCT_PERSON_ID + NCT_SIGNATURE_ID];
    size_t after_len = 0;
    int more = 1;
    nct_status status = NCT_OK;
    while (status == NCT_OK && more) {
        struct nct_page page;
        status = nct_fetch_page(portal, &nct_type_signature_by_person, merging->duplicate, NCT_PERSON_ID, after,
                                after_len, PAGE, &page);
        merging->receipts = &page;
        if (status == NCT_OK && page.count > 0)
            status = nct_unit_run(portal, index_page, merging, NULL);
        more = page.count == PAGE;
        if (status == NCT_OK && more) {
            after_len = page.rows[PAGE - 1].key_len;
            memcpy(after, page.rows[PAGE - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    return status;
}

nct_status nct_person_merge(nct_portal *portal, const char *operator_name, size_t operator_name_len,
                            const char *duplicate, size_t duplicate_len, const char *survivor, size_t survivor_len,
                            const char *reason, size_t reason_len) {
    struct merging merging;
    const struct nct_named_ncid from = {"duplicate", duplicate, duplicate_len};
    const struct nct_named_ncid to = {"survivor", survivor, survivor_len};
    nct_status status =
        nct_renaming_take(portal, operator_name, operator_name_len, reason, reason_len, &from, &to, &merging.renaming);
    if (status == NCT_OK && strcmp(merging.renaming.from, merging.renaming.to) == 0)
        status = nct_about_argument(NCT_E_DUPLICATE, "survivor");
    if (status == NCT_OK)
        status = nct_operate(portal, merge, &merging);
    return status == NCT_OK ? index_all(portal, &merging) : status;
}
