#include "portal/access/person_view.h"

#include "portal/credentials/verifier.h"
#include "portal/registry/grant.h"

#include <nctracks/ident.h>

#include <sodium.h>
#include <string.h>

/* What a profile has masked in a view. */
static uint32_t masks_of(const struct nct_policy *policy, int32_t view) {
    static const enum nct_onlooker onlookers[] = {
        [NCT_VIEW_ADMINISTRATOR] = NCT_ONLOOKER_ADMINISTRATOR, [NCT_VIEW_OPERATOR] = NCT_ONLOOKER_OPERATOR};
    return view == NCT_VIEW_OWN ? 0 : policy->profile.masks[onlookers[view]];
}

/* What does not look like an address is not shown at all. */
static void copy_email(struct nct_person *out, const char *email, uint32_t masks) {
    if ((masks & NCT_CONTACT_EMAIL) == 0)
        memcpy(out->email, email, sizeof out->email);
    else if (nct_ident_mask(NCT_IDENT_EMAIL, email, strlen(email), out->email, sizeof out->email, NULL) != NCT_OK)
        out->email[0] = '\0'; /* there is none */
}

#define PHONE_SHOWN 4

static void copy_phone(struct nct_person *out, const char *phone, uint32_t masks) {
    size_t len = strlen(phone);
    memcpy(out->phone, phone, sizeof out->phone);
    if ((masks & NCT_CONTACT_PHONE) != 0 && len > 0)
        memset(out->phone, '*', len > PHONE_SHOWN ? len - PHONE_SHOWN : len);
}

/* The extension goes with the phone; of an address that is masked, city and state are shown. */
static void copy_postal(struct nct_person *out, const struct nct_person_record *record, uint32_t masks) {
    if ((masks & NCT_CONTACT_PHONE) == 0)
        memcpy(out->phone_extension, record->phone_extension, sizeof out->phone_extension);
    out->postal = record->postal;
    if ((masks & NCT_CONTACT_ADDRESS) == 0)
        return;
    memset(out->postal.line1, 0, sizeof out->postal.line1);
    memset(out->postal.line2, 0, sizeof out->postal.line2);
    memset(out->postal.zip, 0, sizeof out->postal.zip);
}

static void copy_record(struct nct_person *out, const struct nct_person_record *record, uint32_t masks) {
    memcpy(out->ncid, record->ncid, sizeof out->ncid);
    out->name = record->name;
    memcpy(out->language, record->language, sizeof out->language);
    nct_person_name(record, out->display_name);
    copy_email(out, record->email, masks);
    copy_phone(out, record->phone, masks);
    copy_postal(out, record, masks);
    out->known_since = record->created_at;
    out->contested_at = record->contested_at;
    out->masked = masks != 0;
}

static nct_status look_at_pin(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], int any,
                              struct nct_person *out) {
    struct nct_credential credential;
    nct_status status = nct_unit_get(unit, &nct_type_credential, person, NCT_PERSON_ID, &credential);
    if (status == NCT_OK && credential.pin.state == NCT_PIN_ACTIVE && !any)
        status = nct_access_any(unit, person, &any);
    if (status == NCT_OK) {
        out->pin_state = nct_factor_pin_state(&unit->portal->policy, &credential.pin, any);
        out->pin_issued_at = credential.pin.issued_at;
    }
    sodium_memzero(&credential, sizeof credential);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

nct_status nct_person_look(struct nct_unit *unit, int32_t view, const unsigned char person[NCT_PERSON_ID],
                           int has_access, struct nct_person *out) {
    struct nct_person_record record;
    unsigned char present[NCT_PERSON_ID];
    struct nct_memory memory = out->memory;
    *out = (struct nct_person){.memory = memory, .view = view};
    memcpy(present, person, NCT_PERSON_ID);
    nct_status status = nct_person_present(unit, present);
    if (status == NCT_OK)
        status = nct_person_get(unit, present, &record);
    if (status != NCT_OK)
        return status;
    copy_record(out, &record, masks_of(&unit->portal->policy, view));
    return look_at_pin(unit, present, has_access, out);
}
