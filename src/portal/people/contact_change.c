#include "portal/people/contact.h"

#include "engine/records/request_types.h"
#include "portal/access/admit.h"
#include "portal/credentials/authenticate.h"
#include "portal/mail/notice.h"
#include "portal/mail/outbox.h"
#include "portal/registry/allowance.h"
#include "portal/registry/past_address.h"
#include "portal/registry/stand_in.h"
#include "portal/registry/work_index.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define DAY INT64_C(86400000)

enum { FIRST_NAME, MIDDLE_NAME, LAST_NAME, SUFFIX, EMAIL, PHONE, EXTENSION, LINE1, LINE2, CITY, STATE, ZIP, TEXTS };

#define EMAIL_BIT (1u << EMAIL)

/* The same text in a request and in the person's record. */
#define TEXT(path, member)                                                                                             \
    {                                                                                                                  \
        path, offsetof(struct nct_contact_record, member), offsetof(struct nct_person_record, member),                 \
            sizeof(((struct nct_person_record *)0)->member)                                                            \
    }
static const struct {
    const char *name;
    size_t wanted;
    size_t on_file;
    size_t room;
} texts[TEXTS] = {
    [FIRST_NAME] = TEXT("first_name", name.first),
    [MIDDLE_NAME] = TEXT("middle_name", name.middle),
    [LAST_NAME] = TEXT("last_name", name.last),
    [SUFFIX] = TEXT("suffix", name.suffix),
    [EMAIL] = TEXT("email", email),
    [PHONE] = TEXT("phone", phone),
    [EXTENSION] = TEXT("phone_extension", phone_extension),
    [LINE1] = TEXT("address.line1", postal.line1),
    [LINE2] = TEXT("address.line2", postal.line2),
    [CITY] = TEXT("address.city", postal.city),
    [STATE] = TEXT("address.state", postal.state),
    [ZIP] = TEXT("address.zip", postal.zip),
};

void nct_contact_drop(struct nct_contact_record *wanted, int one_name) {
    int whole_name = wanted->name.last[0] != '\0' && (one_name || wanted->name.first[0] != '\0');
    wanted->drops = 0;
    if (one_name)
        wanted->drops |= 1u << FIRST_NAME | 1u << MIDDLE_NAME;
    if (whole_name)
        wanted->drops |= 1u << MIDDLE_NAME | 1u << SUFFIX;
    if (wanted->phone[0] != '\0')
        wanted->drops |= 1u << EXTENSION;
    if (wanted->postal.line1[0] != '\0')
        wanted->drops |= 1u << LINE2;
    for (int i = 0; i < TEXTS; i++)
        if (((const char *)wanted)[texts[i].wanted] != '\0')
            wanted->drops &= ~(UINT64_C(1) << i);
}

void nct_contact_drops_describe(const struct nct_contact_record *waiting, char names[NCT_DROPS_ROOM]) {
    int len = 0;
    names[0] = '\0';
    for (int i = 0; i < TEXTS; i++)
        if (waiting->drops >> i & 1)
            len += snprintf(names + len, NCT_DROPS_ROOM - (size_t)len, "%s%s", len > 0 ? " " : "", texts[i].name);
}

static unsigned differing(const struct nct_contact_record *wanted, const struct nct_person_record *record) {
    unsigned mask = 0;
    for (int i = 0; i < TEXTS; i++) {
        const char *text = (const char *)wanted + texts[i].wanted;
        int given = text[0] != '\0' || (wanted->drops >> i & 1) != 0;
        if (given && strcmp(text, (const char *)record + texts[i].on_file) != 0)
            mask |= 1u << i;
    }
    return mask;
}

static void apply(unsigned mask, const struct nct_contact_record *wanted, struct nct_person_record *record) {
    for (int i = 0; i < TEXTS; i++)
        if (mask >> i & 1)
            memcpy((char *)record + texts[i].on_file, (const char *)wanted + texts[i].wanted, texts[i].room);
}

static void pick(unsigned mask, const struct nct_contact_record *wanted, struct nct_contact_record *waiting) {
    waiting->drops = wanted->drops & mask;
    for (int i = 0; i < TEXTS; i++)
        if (mask >> i & 1)
            memcpy((char *)waiting + texts[i].wanted, (const char *)wanted + texts[i].wanted, texts[i].room);
}

void nct_contact_hash(const struct nct_portal *portal, const char *ncid, const char *token,
                      unsigned char hash[NCT_HASH]) {
    static const char domain[] = "nctracks/contact/1";
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, NCT_HASH);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)ncid, strlen(ncid) + 1);
    crypto_generichash_update(&state, (const unsigned char *)token, strlen(token));
    crypto_generichash_final(&state, hash, NCT_HASH);
    sodium_memzero(&state, sizeof state);
}

int64_t nct_contact_term(const struct nct_policy *policy) {
    return policy->profile.terms[NCT_TERM_CONTACT_DAYS] * DAY;
}

/* The person and what waits for them. The person's record, which is pinned, says which row waits: one put back has
 * another number. */
struct file {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    struct nct_contact_record waiting;
    int waits;
    int unknown; /* something stands in for the person: their name is not kept */
};

/* A contested address waits until it is settled. */
static int has_lapsed(const struct nct_unit *unit, const struct file *file) {
    int64_t asked_at = file->waiting.requested_at;
    int64_t lapses_at = asked_at + nct_contact_term(&unit->portal->policy);
    return file->record.contested_at == 0 && !nct_waits(unit->now, asked_at, lapses_at);
}

static nct_status read_waiting(struct nct_unit *unit, struct file *file) {
    nct_status status = nct_unit_get(unit, &nct_type_contact, file->person, NCT_PERSON_ID, &file->waiting);
    file->waits = status == NCT_OK;
    if (status == NCT_E_NOT_FOUND)
        return file->record.contested_at != 0 ? NCT_E_INTEGRITY : NCT_OK;
    if (status == NCT_OK && file->waiting.number != file->record.contact)
        return nct_unit_explain_mismatch(unit, &nct_type_person, file->person, NCT_PERSON_ID);
    return status;
}

static nct_status open_file(struct nct_unit *unit, const char *ncid, struct file *file) {
    nct_status status = nct_person_find(unit, ncid, file->person, &file->record);
    file->unknown = 0;
    return status == NCT_OK ? read_waiting(unit, file) : status;
}

/* For somebody unknown too: the same reads, and nothing waits. */
static nct_status open_for_anybody(struct nct_unit *unit, const char *ncid, struct file *file) {
    int known = 0;
    *file = (struct file){0};
    nct_status status = nct_person_or_stand_in(unit, ncid, file->person, &file->record, &known);
    file->unknown = !known;
    return status == NCT_OK ? read_waiting(unit, file) : status;
}

nct_status nct_contact_waiting(struct nct_unit *unit, const char *ncid, struct nct_contact_record *waiting,
                               int64_t *contested_at) {
    struct file file = {.waits = 0};
    nct_status status = open_file(unit, ncid, &file);
    if (status == NCT_OK)
        *waiting = file.waiting;
    *contested_at = file.record.contested_at;
    return status == NCT_OK && !file.waits ? NCT_E_NOT_FOUND : status;
}

/* To the address on file alone: what carries a token, and what greets a new address. */
static nct_status tell(struct nct_unit *unit, const struct nct_person_record *record, enum nct_template text,
                       const char *address, const char *token, unsigned char id[NCT_MAIL_ID]) {
    struct nct_mail_record mail = {.template_id = (int32_t)text};
    nct_person_name(record, mail.name);
    memcpy(mail.recipient_name, mail.name, sizeof mail.name);
    memcpy(mail.recipient_address, record->email, sizeof record->email);
    memcpy(mail.ncid, record->ncid, sizeof record->ncid);
    memcpy(mail.reader, record->ncid, sizeof record->ncid);
    memcpy(mail.language, record->language, sizeof record->language);
    memcpy(mail.address, address, strlen(address));
    memcpy(mail.token, token, strlen(token));
    nct_status status = nct_outbox_stage(unit, &mail, id);
    sodium_memzero(&mail, sizeof mail);
    return status;
}

/* To it and those before. */
static nct_status tell_plainly(struct nct_unit *unit, const struct nct_person_record *record, enum nct_template text) {
    const struct nct_mail_record about = {.template_id = (int32_t)text};
    return nct_notice_person(unit, record, NCT_ADDRESSES_ALL, &about);
}

/* To those before alone: no token. */
static nct_status tell_past(struct nct_unit *unit, const struct nct_person_record *record) {
    const struct nct_mail_record about = {.template_id = NCT_MAIL_CONTACT_NOTICE};
    return nct_notice_person(unit, record, NCT_ADDRESSES_PAST, &about);
}

/* Which texts, and an operator's reason; no values: the ledger is read by more people than the record. */
static nct_status note(struct nct_unit *unit, const struct nct_contacting *contacting, const struct file *file,
                       enum nct_event event, unsigned mask, nct_status outcome) {
    char detail[NCT_DETAIL_ROOM];
    int len = 0;
    detail[0] = '\0';
    for (int i = 0; i < TEXTS; i++)
        if (mask >> i & 1)
            len += snprintf(detail + len, sizeof detail - (size_t)len, "%s%s", len > 0 ? " " : "", texts[i].name);
    if (contacting->reason != NULL)
        snprintf(detail + len, sizeof detail - (size_t)len, "%s%s", len > 0 ? "; " : "", contacting->reason);
    struct nct_note entry = {.event = event,
                             .outcome = outcome,
                             .actor = file->unknown ? NULL : contacting->actor,
                             .subject = file->unknown ? NULL : contacting->ncid,
                             .provider = contacting->provider,
                             .detail = detail};
    struct nct_stream person = nct_stream_of_person(file->person);
    nct_status status = nct_ledger_append(unit, &person, &entry);
    if (status != NCT_OK || contacting->provider == NULL)
        return status;
    struct nct_stream provider = nct_stream_of_provider(contacting->provider);
    return nct_ledger_append(unit, &provider, &entry);
}

/* Ends what waits; its token is good for nothing from here on. */
static nct_status close_waiting(struct nct_unit *unit, struct file *file) {
    struct nct_due_item work = nct_work_of_person(file->person);
    work.time = file->record.contested_at;
    nct_status status = nct_outbox_withdraw(unit, file->waiting.mail);
    if (status == NCT_OK)
        status = nct_work_move(unit, &work, 0);
    if (status == NCT_OK)
        status = nct_unit_delete(unit, &nct_type_contact, file->person, NCT_PERSON_ID);
    file->record.contact++;
    file->record.contested_at = 0;
    file->waits = 0;
    return status;
}

nct_status nct_contact_end(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record) {
    struct file file = {.record = *record};
    memcpy(file.person, person, NCT_PERSON_ID);
    nct_status status = read_waiting(unit, &file);
    if (status == NCT_OK && file.waits)
        status = close_waiting(unit, &file);
    *record = file.record;
    return status;
}

/* Puts a new request where another may wait, and mails its token to the address on file. */
static nct_status put_waiting(struct nct_unit *unit, const struct nct_contacting *contacting, struct file *file,
                              unsigned mask) {
    int replaces = file->waits && !has_lapsed(unit, file);
    enum nct_template text = replaces ? NCT_MAIL_CONTACT_REPLACED : NCT_MAIL_CONTACT_REQUESTED;
    struct nct_contact_record next = {.number = ++file->record.contact, .requested_at = unit->now};
    nct_status status = file->waits ? nct_outbox_withdraw(unit, file->waiting.mail) : NCT_OK;
    pick(mask, &contacting->wanted, &next);
    memcpy(next.requested_by, contacting->actor, strlen(contacting->actor));
    memcpy(next.token, contacting->token_hash, NCT_HASH);
    if (status == NCT_OK)
        status = tell(unit, &file->record, text, next.email, contacting->token, next.mail);
    if (status == NCT_OK)
        status = tell_past(unit, &file->record);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_contact, file->person, NCT_PERSON_ID, &next);
    return status == NCT_OK ? note(unit, contacting, file, NCT_EVENT_CONTACT_REQUESTED, mask, NCT_OK) : status;
}

static nct_status change_address(struct nct_unit *unit, const struct nct_contacting *contacting,
                                 struct nct_person_record *record, const char *address) {
    size_t most = contacting->asker == NCT_BY_OPERATOR ? NCT_PAST_ADDRESSES : NCT_PAST_ADDRESSES_OWN;
    return nct_past_address_change(&unit->portal->policy, record, address, unit->now, most);
}

/* Changes the record. The old address is told, and a new one that it is in use: nothing secret goes there. */
static nct_status change_now(struct nct_unit *unit, const struct nct_contacting *contacting, struct file *file,
                             unsigned mask, const struct nct_contact_record *wanted) {
    unsigned char id[NCT_MAIL_ID];
    nct_status status = tell_plainly(unit, &file->record, NCT_MAIL_CONTACT_CHANGED);
    if (status == NCT_OK && (mask & EMAIL_BIT) != 0)
        status = change_address(unit, contacting, &file->record, wanted->email);
    apply(mask & ~EMAIL_BIT, wanted, &file->record);
    if (status == NCT_OK && (mask & EMAIL_BIT) != 0)
        status = tell(unit, &file->record, NCT_MAIL_CONTACT_WELCOME, "", "", id);
    return status == NCT_OK ? note(unit, contacting, file, NCT_EVENT_CONTACT_CHANGED, mask, NCT_OK) : status;
}

static nct_status withdraw_waiting(struct nct_unit *unit, const struct nct_contacting *contacting, struct file *file) {
    nct_status status = close_waiting(unit, file);
    if (status == NCT_OK)
        status = tell_plainly(unit, &file->record, NCT_MAIL_CONTACT_WITHDRAWN);
    return status == NCT_OK ? note(unit, contacting, file, NCT_EVENT_CONTACT_WITHDRAWN, 0, NCT_OK) : status;
}

/* Any of these ends a period of signing. */
static nct_status close_file(struct nct_unit *unit, struct file *file) {
    file->record.changes++;
    return nct_person_put(unit, file->person, &file->record);
}

/* What takes effect at once, by who asks; the rest waits. */
static const unsigned at_once[] = {[NCT_BY_PERSON] = ~EMAIL_BIT, [NCT_BY_ADMINISTRATOR] = 0, [NCT_BY_OPERATOR] = ~0u};

static nct_status refuse(struct nct_unit *unit, const struct nct_contacting *contacting, const struct file *file,
                         nct_status why) {
    nct_status status = note(unit, contacting, file, NCT_EVENT_CONTACT_REFUSED, 0, why);
    return status == NCT_OK ? nct_unit_refuse(unit, why) : status;
}

/* Operators are not counted: they help where the others may not ask any more. */
static nct_status count_request(struct nct_unit *unit, const struct nct_contacting *contacting, struct file *file) {
    enum nct_asked what = contacting->asker == NCT_BY_PERSON ? NCT_ASKED_CONTACT : NCT_ASKED_CONTACT_FOR;
    if (contacting->asker == NCT_BY_OPERATOR)
        return NCT_OK;
    return nct_person_ask(&unit->portal->policy, &file->record, what, unit->now);
}

static nct_status ask(struct nct_unit *unit, const struct nct_contacting *contacting) {
    struct file file;
    nct_status status = open_file(unit, contacting->ncid, &file);
    if (status != NCT_OK)
        return status;
    unsigned mask = differing(&contacting->wanted, &file.record);
    unsigned now = mask & at_once[contacting->asker];
    unsigned later = mask & ~now;
    int about_address = contacting->wanted.email[0] != '\0' && contacting->asker != NCT_BY_ADMINISTRATOR;
    int withdraws = file.waits && later == 0 && about_address;
    if (mask == 0 && !withdraws)
        return NCT_OK;
    if (file.record.contested_at != 0 && contacting->asker != NCT_BY_OPERATOR)
        return refuse(unit, contacting, &file, NCT_E_CONTESTED);
    if (mask != 0 && count_request(unit, contacting, &file) != NCT_OK)
        return refuse(unit, contacting, &file, NCT_E_TOO_OFTEN);
    if (withdraws)
        status = withdraw_waiting(unit, contacting, &file);
    if (status == NCT_OK && later != 0)
        status = put_waiting(unit, contacting, &file, later);
    if (status == NCT_OK && now != 0)
        status = change_now(unit, contacting, &file, now, &contacting->wanted);
    return status == NCT_OK ? close_file(unit, &file) : status;
}

nct_status nct_contact_ask(struct nct_unit *unit, void *argument) {
    const struct nct_contacting *contacting = argument;
    if (contacting->asker != NCT_BY_ADMINISTRATOR)
        return ask(unit, contacting);
    const struct nct_access_wish wish = {contacting->actor, contacting->provider, contacting->ncid, NCT_ROLE_NONE, 0};
    nct_status status = nct_access_manages_alone(unit, &wish, NCT_AUTHORITY_USER_ADMINISTRATION);
    return status == NCT_OK ? ask(unit, contacting) : nct_access_refuse(unit, NCT_EVENT_CONTACT_REFUSED, &wish, status);
}

/* Whoever gave the address that was on file may have had the PIN sent there. */
static nct_status end_pin(struct nct_unit *unit, const struct nct_contacting *contacting, const struct file *file) {
    int ended = 0;
    struct nct_stream stream = nct_stream_of_person(file->person);
    struct nct_note note = {.event = NCT_EVENT_PIN_LOST,
                            .actor = contacting->actor,
                            .subject = contacting->ncid,
                            .detail = "sent to an address that was contested"};
    nct_status status = nct_pin_end(unit, file->person, &ended);
    if (status != NCT_OK || !ended)
        return status == NCT_E_NO_PIN ? NCT_OK : status;
    status = nct_ledger_append(unit, &stream, &note);
    return status == NCT_OK ? tell_plainly(unit, &file->record, NCT_MAIL_PIN_LOST) : status;
}

static nct_status take_effect(struct nct_unit *unit, const struct nct_contacting *contacting, struct file *file) {
    const struct nct_contact_record wanted = file->waiting;
    int contested = file->record.contested_at != 0;
    unsigned mask = differing(&wanted, &file->record);
    nct_status status = close_waiting(unit, file);
    if (status == NCT_OK)
        status = change_now(unit, contacting, file, mask, &wanted);
    if (status == NCT_OK && contested)
        status = end_pin(unit, contacting, file);
    return status == NCT_OK ? close_file(unit, file) : status;
}

nct_status nct_contact_settle_contest(struct nct_unit *unit, void *argument) {
    const struct nct_contacting *contacting = argument;
    const char *email = contacting->wanted.email;
    struct file file = {.waits = 0};
    const char *reason = NULL;
    nct_status status = nct_proof_settle(unit, contacting->proof, &file.record, &reason);
    memcpy(file.person, contacting->proof->subject.person, NCT_PERSON_ID);
    file.unknown = !contacting->proof->subject.known;
    if (status != NCT_OK)
        return status;
    if (reason != NULL)
        return refuse(unit, contacting, &file, NCT_E_DENIED);
    status = read_waiting(unit, &file);
    if (status != NCT_OK || file.record.contested_at == 0)
        return status != NCT_OK ? status : NCT_E_NOT_FOUND;
    if (strcmp(email, file.waiting.email) == 0)
        return take_effect(unit, contacting, &file);
    if (strcmp(email, file.record.email) != 0)
        return NCT_E_NOT_FOUND;
    status = withdraw_waiting(unit, contacting, &file);
    return status == NCT_OK ? close_file(unit, &file) : status;
}

nct_status nct_contact_settle(struct nct_unit *unit, void *argument) {
    const struct nct_contacting *contacting = argument;
    struct file file;
    nct_status status = open_for_anybody(unit, contacting->ncid, &file);
    if (status != NCT_OK)
        return status;
    /* Without a request the hash is compared with zeros, which no token has. */
    if (sodium_memcmp(contacting->token_hash, file.waiting.token, NCT_HASH) != 0)
        return refuse(unit, contacting, &file, NCT_E_DENIED);
    if (has_lapsed(unit, &file))
        return refuse(unit, contacting, &file, NCT_E_LAPSED);
    return take_effect(unit, contacting, &file);
}

nct_status nct_contact_settle_by_operator(struct nct_unit *unit, void *argument) {
    const struct nct_contacting *contacting = argument;
    struct file file;
    nct_status status = open_file(unit, contacting->ncid, &file);
    if (status != NCT_OK)
        return status;
    if (!file.waits || strcmp(file.waiting.email, contacting->wanted.email) != 0)
        return NCT_E_NOT_FOUND;
    if (has_lapsed(unit, &file))
        return refuse(unit, contacting, &file, NCT_E_LAPSED);
    return take_effect(unit, contacting, &file);
}

nct_status nct_contact_take_back(struct nct_unit *unit, void *argument) {
    const struct nct_contacting *contacting = argument;
    struct file file;
    nct_status status = open_file(unit, contacting->ncid, &file);
    if (status == NCT_OK && !file.waits)
        status = NCT_E_NOT_FOUND;
    if (status == NCT_OK)
        status = withdraw_waiting(unit, contacting, &file);
    return status == NCT_OK ? close_file(unit, &file) : status;
}
