/* Reading tables of words; and the words of masks that rules are written in. */
#include "policy/words.h"
#include "policy/policy.h"

#include <string.h>

const struct nct_word *nct_word_at(const struct nct_word *words, int32_t count, int32_t index) {
    return index >= 0 && index < count && words[index].name != NULL ? &words[index] : NULL;
}

nct_status nct_word_find(const struct nct_word *words, int32_t count, const char *name, int32_t *index) {
    for (int32_t i = 0; i < count; i++) {
        if (words[i].name != NULL && strcmp(words[i].name, name) == 0) {
            *index = i;
            return NCT_OK;
        }
    }
    return NCT_E_NOT_FOUND;
}

const char *nct_word_name(const struct nct_word *words, int32_t count, int32_t index) {
    const struct nct_word *word = nct_word_at(words, count, index);
    return word != NULL ? word->name : NULL;
}

/* By the number of their bit. */
static const struct nct_word parties[] = {
    {"office_administrator", "The Office Administrator there is.", NULL},
    {"new_office_administrator", "The one who is to be.", NULL},
    {"provider", "The provider, at the address of its record.", NULL},
    {"officers", "Owners and managing employees on the record.", NULL},
    {"pay_to", "The pay-to contact.", NULL},
    {"backup_office_administrator", "The Backup Office Administrator, who is told all that the other is told.", NULL},
    {"signer", "Who signed an application last, while they have access.", NULL},
    {"preparer", "Who began an application, while they have access.", NULL},
};
#define PARTIES ((int32_t)(sizeof parties / sizeof parties[0]))
_Static_assert(NCT_PARTY_PREPARER == 1 << (PARTIES - 1), "every party has a word");

static const struct nct_word contact_texts[] = {
    {"email", "The e-mail address.", NULL},
    {"phone", "The phone number, and its extension.", NULL},
    {"address", "The postal address, but for city and state.", NULL},
};
#define CONTACT_TEXTS ((int32_t)(sizeof contact_texts / sizeof contact_texts[0]))
_Static_assert(NCT_CONTACT_ADDRESS == 1 << (CONTACT_TEXTS - 1), "every text has a word");

static const struct nct_word recipients[] = {
    [NCT_TO_REGISTRANT] = {"registrant", "Who filled the registration in.", NULL},
    [NCT_TO_SELF] = {"self", "The person the PIN is for.", NULL},
};
#define RECIPIENTS ((int32_t)(sizeof recipients / sizeof recipients[0]))

/* Only mails that carry a PIN: no other may be sent for one. */
static const struct nct_word pin_mails[] = {
    [NCT_MAIL_PIN_ISSUED] = {"issued", "A first PIN.", NULL},
    [NCT_MAIL_PIN_FOR_OTHER] = {"for_other", "A PIN to be handed on.", NULL},
    [NCT_MAIL_PIN_RESET] = {"reset", "A new PIN in place of another.", NULL},
};
#define PIN_MAILS ((int32_t)(sizeof pin_mails / sizeof pin_mails[0]))

const char *nct_party_name(int32_t bit) {
    return nct_word_name(parties, PARTIES, bit);
}

const char *nct_contact_text_name(int32_t bit) {
    return nct_word_name(contact_texts, CONTACT_TEXTS, bit);
}

const char *nct_recipient_name(int32_t recipient) {
    return nct_word_name(recipients, RECIPIENTS, recipient);
}

const char *nct_pin_mail_name(int32_t mail) {
    return nct_word_name(pin_mails, PIN_MAILS, mail);
}
