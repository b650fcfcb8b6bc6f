#include "portal/mail/message.h"

#include "base/bytes.h"
#include "portal/registry/person.h"

#include <nctracks/message.h>

#include <sodium.h>
#include <string.h>

#define KEY_LEN (NCT_PERSON_ID + NCT_MAIL_ID)
#define HIDDEN "******"

_Static_assert(NCT_MESSAGE_ID_LENGTH == 2 * NCT_MAIL_ID, "length of an id");

/* Later times come first. */
static nct_status make_key(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                           unsigned char key[KEY_LEN]) {
    memcpy(key, person, NCT_PERSON_ID);
    nct_put_be64(key + NCT_PERSON_ID, UINT64_MAX - (uint64_t)unit->now);
    return nct_seams_fill(&unit->portal->seams, key + NCT_PERSON_ID + 8, NCT_MAIL_ID - 8);
}

static void hide(char *secret, size_t room) {
    int holds = secret[0] != '\0';
    sodium_memzero(secret, room);
    if (holds)
        memcpy(secret, HIDDEN, sizeof HIDDEN);
}

nct_status nct_message_stage(struct nct_unit *unit, const struct nct_mail_record *mail) {
    unsigned char person[NCT_PERSON_ID];
    unsigned char key[KEY_LEN];
    struct nct_mail_record message = *mail;
    hide(message.pin, sizeof message.pin);
    hide(message.token, sizeof message.token);
    message.queued_at = unit->now;
    if (mail->reader[0] == '\0')
        return NCT_OK;
    nct_status status = nct_ncid_find(unit, mail->reader, person);
    if (status == NCT_OK)
        status = make_key(unit, person, key);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_message, key, KEY_LEN, &message);
    return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
}
