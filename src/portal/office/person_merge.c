/* A duplicate is merged into the one who stays: one human being had two NCIDs. */
#include "engine/records/evidence_types.h"
#include "engine/unit/fetch.h"
#include "portal/access/admit.h"
#include "portal/mail/outbox.h"
#include "portal/office/person_move.h"
#include "portal/people/contact.h"
#include "portal/signing/signature.h"

#include <nctracks/office.h>

#include <stdio.h>
#include <string.h>

#define PAGE 20

/* One of the two. */
struct party {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
};

struct merging {
    struct nct_moving moving;
    unsigned char duplicate[NCT_PERSON_ID];
    unsigned char survivor[NCT_PERSON_ID];
    const struct nct_page *receipts; /* of the commit at work: index rows of the duplicate */
};

static int is_this_merge(const struct nct_moving *moving, const struct party *duplicate, const struct party *survivor) {
    return memcmp(duplicate->record.merged_into, survivor->person, NCT_PERSON_ID) == 0 &&
           strcmp(survivor->record.moving_from, moving->from) == 0;
}

/* From here on the duplicate is nobody, and what hangs on it the survivor's to receive. */
static nct_status put_parties(struct nct_unit *unit, const struct nct_moving *moving, struct party *duplicate,
                              struct party *survivor) {
    nct_status status = nct_contact_end(unit, duplicate->person, &duplicate->record);
    if (status == NCT_OK)
        status = nct_move_leave(unit, moving, duplicate->person);
    memcpy(duplicate->record.merged_into, survivor->person, NCT_PERSON_ID);
    duplicate->record.changes++;
    duplicate->record.handovers++;
    memcpy(survivor->record.moving_from, moving->from, sizeof moving->from);
    survivor->record.changes++;
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_person, duplicate->person, NCT_PERSON_ID, &duplicate->record);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_person, survivor->person, NCT_PERSON_ID, &survivor->record);
    return status == NCT_OK ? nct_move_end_secrets(unit, duplicate->person, 1) : status;
}

/* Each entry names the other NCID, so that the two streams lead to each other. */
static nct_status tell(struct nct_unit *unit, const struct nct_moving *moving, const struct party *party,
                       const char *word, const char *other) {
    char detail[NCT_DETAIL_ROOM];
    snprintf(detail, sizeof detail, "%s: %s; %s", word, other, moving->reason);
    struct nct_note note = {
        .event = NCT_EVENT_PERSON_MERGED, .actor = moving->actor, .subject = party->record.ncid, .detail = detail};
    return nct_move_tell(unit, moving, NCT_MAIL_NCID_MERGED, party->person, &party->record, &note);
}

static nct_status check(struct nct_unit *unit, const struct nct_moving *moving, struct party *duplicate,
                        const struct party *survivor) {
    nct_status status = nct_person_find(unit, moving->from, duplicate->person, &duplicate->record);
    if (status != NCT_OK)
        return status;
    int moves = duplicate->record.moving_from[0] != '\0' || survivor->record.moving_from[0] != '\0';
    return moves ? NCT_E_STATE : NCT_OK;
}

/* The first commit; nothing for a merge that broke off. */
static nct_status begin(struct nct_unit *unit, void *argument) {
    struct merging *merging = argument;
    const struct nct_moving *moving = &merging->moving;
    struct party duplicate;
    struct party survivor;
    nct_status status = nct_person_behind(unit, moving->from, duplicate.person, &duplicate.record);
    if (status == NCT_OK)
        status = nct_person_find(unit, moving->to, survivor.person, &survivor.record);
    if (status != NCT_OK)
        return status;
    memcpy(merging->duplicate, duplicate.person, NCT_PERSON_ID);
    memcpy(merging->survivor, survivor.person, NCT_PERSON_ID);
    if (is_this_merge(moving, &duplicate, &survivor))
        return NCT_OK;
    status = check(unit, moving, &duplicate, &survivor);
    if (status == NCT_OK)
        status = put_parties(unit, moving, &duplicate, &survivor);
    if (status == NCT_OK)
        status = tell(unit, moving, &duplicate, "into", moving->to);
    return status == NCT_OK ? tell(unit, moving, &survivor, "from", moving->from) : status;
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
    nct_status status = nct_move_check(unit, &merging->moving);
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

nct_status nct_person_merge(nct_portal *portal, const char *operator_name, size_t operator_len, const char *reason,
                            size_t reason_len, const char *duplicate, size_t duplicate_len, const char *survivor,
                            size_t survivor_len) {
    const struct nct_move_words words = {operator_name, operator_len,  reason,   reason_len,
                                         duplicate,     duplicate_len, survivor, survivor_len};
    struct merging merging;
    if (portal == NULL)
        return NCT_E_ARGUMENT;
    nct_status status = nct_move_take(&words, &merging.moving);
    if (status == NCT_OK && strcmp(merging.moving.from, merging.moving.to) == 0)
        status = NCT_E_DUPLICATE;
    if (status == NCT_OK)
        status = nct_operate(portal, begin, &merging);
    if (status == NCT_OK)
        status = nct_move_providers(portal, &merging.moving);
    if (status == NCT_OK)
        status = index_all(portal, &merging);
    return status == NCT_OK ? nct_move_finish(portal, &merging.moving) : status;
}
