#include "portal/signin/code.h"

#include "portal/mail/outbox.h"
#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

/* Where a code of a kind is kept, and the rules for it. */
static const struct {
    size_t offset; /* in struct nct_sign_in_record */
    enum nct_template mail;
    int32_t time;
    int32_t attempts;
} kinds[] = {
    [NCT_CODE_STEP] = {offsetof(struct nct_sign_in_record, step), NCT_MAIL_SIGN_IN_CODE, NCT_OPTION_CODE_TIME,
                       NCT_OPTION_CODE_ATTEMPTS},
    [NCT_CODE_RESET] = {offsetof(struct nct_sign_in_record, reset), NCT_MAIL_PASSWORD_CODE, NCT_OPTION_RESET_TIME,
                        NCT_OPTION_RESET_ATTEMPTS},
};

static struct nct_mailed_code *code_of(struct nct_sign_in_file *file, enum nct_code kind) {
    return (struct nct_mailed_code *)((char *)&file->row + kinds[kind].offset);
}

/* With its NUL, so that no two lists of texts hash alike. */
static void hash_text(crypto_generichash_state *state, const char *text) {
    crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

void nct_mailed_code_hash(const struct nct_portal *portal, enum nct_code kind, const struct nct_sign_in_file *file,
                          const char *code, size_t len, unsigned char hash[NCT_HASH]) {
    static const char domain[] = "nctracks/code/1";
    unsigned char kind_byte = (unsigned char)kind;
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, NCT_HASH);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, &kind_byte, 1);
    crypto_generichash_update(&state, file->person, NCT_PERSON_ID);
    hash_text(&state, file->record.ncid);
    hash_text(&state, file->record.email);
    crypto_generichash_update(&state, (const unsigned char *)code, len);
    crypto_generichash_final(&state, hash, NCT_HASH);
    sodium_memzero(&state, sizeof state);
}

nct_status nct_mailed_code_send(struct nct_unit *unit, struct nct_sign_in_file *file, enum nct_code kind,
                                const char *code, int decoy) {
    struct nct_mailed_code *place = code_of(file, kind);
    struct nct_mail_record mail = {.template_id = (int32_t)kinds[kind].mail};
    nct_person_name(&file->record, mail.name);
    memcpy(mail.recipient_name, mail.name, sizeof mail.name);
    memcpy(mail.recipient_address, file->record.email, sizeof file->record.email);
    memcpy(mail.ncid, file->record.ncid, sizeof file->record.ncid);
    memcpy(mail.language, file->record.language, sizeof file->record.language);
    memcpy(mail.token, code, strlen(code));
    struct nct_mailed_code next = {.made_at = unit->now};
    nct_mailed_code_hash(unit->portal, kind, file, code, strlen(code), next.hash);
    if (!decoy)
        *place = next;
    nct_status status = nct_outbox_stage_or_decoy(unit, file->person, &mail, decoy);
    sodium_memzero(&mail, sizeof mail);
    return status;
}

/* Where there is none the hash is compared with zeros, which no code has. */
int nct_mailed_code_try(const struct nct_unit *unit, struct nct_sign_in_file *file, enum nct_code kind,
                        const unsigned char hash[NCT_HASH]) {
    const struct nct_policy *policy = &unit->portal->policy;
    struct nct_mailed_code *code = code_of(file, kind);
    int same = sodium_memcmp(code->hash, hash, NCT_HASH) == 0;
    int in_time = unit->now >= code->made_at && unit->now - code->made_at < nct_policy_option(policy, kinds[kind].time);
    int holds = same & in_time & (code->tries < (uint64_t)nct_policy_option(policy, kinds[kind].attempts));
    code->tries++;
    if (holds)
        memset(code->hash, 0, NCT_HASH);
    return holds;
}
