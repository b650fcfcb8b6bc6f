/* Mails for a host that is not called back: it claims what waits, and says what became of it. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "portal/mail/mail.h"

#include <string.h>

#define PAGE 100

/* A walk over what waits, up to the first mail that can be claimed. */
struct claiming {
    struct nct_mail *mail;
    unsigned char after[NCT_MAIL_ID];
    size_t after_len;
    nct_status damage; /* of a mail that was put back or altered; the others can be claimed */
};

/* NCT_E_NOT_FOUND: not this one, go on. */
static nct_status claim_row(struct claiming *claiming, const struct nct_page_row *row) {
    if (row->key_len != NCT_MAIL_ID)
        return NCT_E_INTEGRITY;
    memcpy(claiming->after, row->key, NCT_MAIL_ID);
    claiming->after_len = NCT_MAIL_ID;
    nct_status status = nct_outbox_claim(claiming->mail->portal, row->key, &claiming->mail->delivery);
    if (nct_is_damage(status))
        claiming->damage = status;
    return status == NCT_E_STATE || nct_is_damage(status) ? NCT_E_NOT_FOUND : status;
}

static nct_status claim_of_page(struct claiming *claiming, size_t *found) {
    struct nct_page page;
    nct_status status = nct_fetch_sound(claiming->mail->portal, &nct_type_mail, NULL, 0, claiming->after,
                                        claiming->after_len, PAGE, &page);
    *found = page.count;
    claiming->damage = nct_partial(claiming->damage, page.damaged);
    if (status == NCT_OK)
        status = NCT_E_NOT_FOUND;
    for (size_t i = 0; i < page.count && status == NCT_E_NOT_FOUND; i++)
        status = claim_row(claiming, &page.rows[i]);
    nct_page_free(&page);
    return status;
}

static nct_status claim_next(struct claiming *claiming) {
    nct_status status = NCT_E_NOT_FOUND;
    for (size_t found = 1; status == NCT_E_NOT_FOUND && found > 0;)
        status = claim_of_page(claiming, &found);
    if (status == NCT_OK)
        return nct_mail_fill(claiming->mail->portal, claiming->mail);
    return status == NCT_E_NOT_FOUND && claiming->damage != NCT_OK ? claiming->damage : status;
}

nct_status nct_mail_claim(nct_portal *portal, const char *after, size_t after_len, nct_mail **out) {
    struct claiming claiming = {.mail = NULL};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || (after_len > 0 && NCT_MISSING(after)))
        return NCT_E_ARGUMENT;
    if (after_len > 0 && !nct_unhex(claiming.after, sizeof claiming.after, after, after_len))
        return nct_about_argument(NCT_E_FORMAT, "after");
    claiming.after_len = after_len > 0 ? sizeof claiming.after : 0;
    claiming.mail = nct_memory_take(&portal->seams.memory, sizeof *claiming.mail);
    if (claiming.mail == NULL)
        return NCT_E_NO_MEMORY;
    claiming.mail->portal = portal;
    nct_status status = claim_next(&claiming);
    if (status == NCT_OK)
        *out = claiming.mail;
    else
        nct_mail_free(claiming.mail);
    return status;
}

/* Whether a host holds a claim on it that was not settled. */
static int is_open(const nct_mail *mail) {
    return mail->portal != NULL && !mail->settled;
}

nct_status nct_mail_accept(nct_mail *mail) {
    if (NCT_MISSING(mail))
        return NCT_E_ARGUMENT;
    nct_status status = is_open(mail) ? nct_outbox_accepted(mail->portal, &mail->delivery) : NCT_E_STATE;
    mail->settled |= status == NCT_OK;
    return status;
}

nct_status nct_mail_give_back(nct_mail *mail, int32_t outcome, const char *reason, size_t reason_len) {
    if (NCT_MISSING(mail) || outcome < NCT_MAIL_UNREACHED || outcome > NCT_MAIL_REJECTED)
        return NCT_E_ARGUMENT;
    if (!is_open(mail))
        return NCT_E_STATE;
    nct_status status = nct_take_reason(reason, reason_len, mail->delivery.mail.refusal);
    mail->delivery.outcome = outcome;
    if (status == NCT_OK)
        status = nct_outbox_return(mail->portal, &mail->delivery);
    mail->settled |= status == NCT_OK || status == NCT_E_STATE || status == NCT_E_NOT_FOUND;
    return status;
}
