/* Checkpoints that go out by mail, so that somebody else holds them, and come back as text. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/audit/checkpoint.h"
#include "portal/mail/outbox.h"
#include "portal/mail/text.h"

#include <nctracks/ident.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What the unit of work needs. */
struct mailing {
    uint64_t number;
    nct_checkpoint *checkpoint;
    struct nct_mail_record mail;
};

static nct_status describe(const nct_checkpoint *checkpoint, struct nct_mail_record *mail) {
    size_t len = checkpoint->record.receipt.len;
    if (len > NCT_CHECKPOINT_MAX)
        return NCT_E_INTEGRITY; /* no maker made it */
    snprintf(mail->checkpoint.number, sizeof mail->checkpoint.number, "%" PRIu64, checkpoint->claims.number);
    nct_time_text(mail->checkpoint.made_at, checkpoint->claims.made_at);
    nct_hex(mail->checkpoint.root, checkpoint->claims.root, NCT_HASH);
    nct_hex(mail->checkpoint.hash, checkpoint->hash, NCT_HASH);
    nct_hex(mail->checkpoint.bytes, checkpoint->record.receipt.bytes, len);
    return NCT_OK;
}

static nct_status stage(struct nct_unit *unit, void *argument) {
    struct mailing *mailing = argument;
    unsigned char id[NCT_MAIL_ID];
    nct_status status = nct_checkpoint_find(unit, mailing->number, mailing->checkpoint);
    if (status == NCT_OK)
        status = describe(mailing->checkpoint, &mailing->mail);
    return status == NCT_OK ? nct_outbox_stage(unit, &mailing->mail, id) : status;
}

nct_status nct_checkpoint_mail(nct_portal *portal, uint64_t number, const char *address, size_t address_len) {
    struct mailing mailing = {.number = number, .mail.template_id = NCT_MAIL_CHECKPOINT};
    struct nct_mail_record *mail = &mailing.mail;
    if (NCT_MISSING(portal) || NCT_MISSING(address))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_email(address, address_len, mail->recipient_address);
    if (status != NCT_OK)
        return status;
    memcpy(mail->recipient_name, mail->recipient_address, sizeof mail->recipient_address);
    status = nct_checkpoint_room(&portal->seams.memory, &mailing.checkpoint);
    if (status == NCT_OK)
        status = nct_operate(portal, stage, &mailing);
    nct_checkpoint_free(mailing.checkpoint);
    return status;
}

/* Behind the next line of this text; NULL: there is none. */
static const char *find_line(const char *at, const char *end, const char *line) {
    size_t len = strlen(line);
    for (; (size_t)(end - at) >= len; at++)
        if (memcmp(at, line, len) == 0)
            return at + len;
    return NULL;
}

static int is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Bytes from digits, among which may be white space; 0 if there is anything else. */
static int take_digits(const char *at, const char *end, unsigned char *out, size_t *len) {
    char pair[2];
    size_t have = 0;
    for (*len = 0; at < end; at++) {
        if (is_space(*at))
            continue;
        pair[have++] = *at;
        if (have == sizeof pair && (*len == NCT_CHECKPOINT_MAX || !nct_unhex(&out[(*len)++], 1, pair, sizeof pair)))
            return 0;
        have %= sizeof pair;
    }
    return have == 0 && *len > 0;
}

nct_status nct_checkpoint_from_text(const char *text, size_t text_len, void *out, size_t capacity, size_t *out_len) {
    unsigned char bytes[NCT_CHECKPOINT_MAX];
    if (NCT_MISSING(text) || NCT_MISSING(out_len) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    *out_len = 0;
    const char *end = text + text_len;
    const char *digits = find_line(text, end, NCT_CHECKPOINT_BEGIN);
    const char *behind = digits != NULL ? find_line(digits, end, NCT_CHECKPOINT_END) : NULL;
    if (behind == NULL || !take_digits(digits, behind - strlen(NCT_CHECKPOINT_END), bytes, out_len)) {
        *out_len = 0;
        return NCT_E_ENCODING;
    }
    if (*out_len > capacity)
        return NCT_E_BUFFER;
    memcpy(out, bytes, *out_len);
    return NCT_OK;
}
