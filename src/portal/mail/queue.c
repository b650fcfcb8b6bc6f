/* The outbox as the host sees it. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/fetch.h"
#include "portal/mail/outbox.h"
#include "portal/mail/text.h"

#include <nctracks/mailer.h>

#include <sodium.h>
#include <string.h>

#define PAGE 100

struct flushing {
    int unreached; /* the mailer reaches nobody: no other mail would go */
    size_t left;
    size_t sent;
    size_t waiting;
    nct_status damage; /* of a mail that does not fit what its owner's head says; the others go out */
    size_t damaged;    /* mails that do not open */
    unsigned char last[NCT_MAIL_ID];
    size_t last_len;
};

/* What tells that one mail, not the store, is in trouble. */
static int stays_queued(nct_status status) {
    return status == NCT_E_STATE || status == NCT_E_MAILER || status == NCT_E_DENIED || status == NCT_E_BUSY ||
           status == NCT_E_CALLBACK || status <= NCT_E_HOST;
}

static nct_status flush_one(nct_portal *portal, const struct nct_page_row *row, struct flushing *flushing) {
    if (row->key_len != NCT_MAIL_ID)
        return NCT_E_INTEGRITY;
    memcpy(flushing->last, row->key, NCT_MAIL_ID);
    flushing->last_len = NCT_MAIL_ID;
    nct_status status = nct_outbox_deliver(portal, row->key);
    flushing->left -= status != NCT_E_STATE; /* what is not to be tried now takes nobody's place */
    flushing->unreached = status == NCT_E_BUSY;
    flushing->sent += status == NCT_OK;
    if (status == NCT_E_NOT_FOUND) /* somebody else delivered it */
        return NCT_OK;
    if (nct_is_damage(status))
        flushing->damage = status;
    else if (!stays_queued(status))
        return status;
    flushing->waiting++;
    return NCT_OK;
}

static nct_status flush_page(nct_portal *portal, struct flushing *flushing, size_t *found) {
    struct nct_page page;
    size_t limit = flushing->left < PAGE ? flushing->left : PAGE;
    nct_status status =
        nct_fetch_sound(portal, &nct_type_mail, NULL, 0, flushing->last, flushing->last_len, limit, &page);
    *found = page.count;
    flushing->damaged += page.damaged;
    for (size_t i = 0; i < page.count && status == NCT_OK && !flushing->unreached; i++)
        status = flush_one(portal, &page.rows[i], flushing);
    nct_page_free(&page);
    return status;
}

nct_status nct_mail_flush(nct_portal *portal, size_t limit, size_t *sent, size_t *waiting) {
    struct flushing flushing = {.left = limit};
    size_t found = 1;
    nct_status status = NCT_OK;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    if (portal->callbacks.mailer.send == NULL)
        status = NCT_E_STATE;
    while (status == NCT_OK && flushing.left > 0 && found > 0 && !flushing.unreached)
        status = flush_page(portal, &flushing, &found);
    if (sent != NULL)
        *sent = flushing.sent;
    if (waiting != NULL)
        *waiting = flushing.waiting;
    return nct_partial(status == NCT_OK ? flushing.damage : status, flushing.damaged);
}

struct item {
    char id[2 * NCT_MAIL_ID + 1];
    int32_t template_id;
    char ncid[NCT_NCID_ROOM];
    char recipient[NCT_EMAIL_ROOM];
    int64_t queued_at;
    int32_t tries;
    char refusal[NCT_NAME_ROOM];
    int32_t state;
    int64_t next_try_at;
};

struct nct_mail_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    size_t damaged;
    int32_t more;
    char cursor[2 * NCT_MAIL_ID + 1];
};

void nct_mail_list_free(nct_mail_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

/* The PIN stays behind; a decoy is nobody's business. */
static nct_status add_item(const struct nct_page_row *row, nct_mail_list *list) {
    struct nct_mail_record mail;
    struct item *item = &list->items[list->count];
    nct_status status = nct_record_decode(&nct_type_mail, row->content, row->len, &mail);
    if (status == NCT_OK && row->key_len != NCT_MAIL_ID)
        status = NCT_E_INTEGRITY;
    if (status == NCT_OK && mail.template_id != NCT_MAIL_NOTHING) {
        nct_hex(item->id, row->key, NCT_MAIL_ID);
        item->template_id = mail.template_id;
        memcpy(item->ncid, mail.ncid, sizeof item->ncid);
        memcpy(item->recipient, mail.recipient_address, sizeof item->recipient);
        item->queued_at = mail.queued_at;
        item->tries = mail.tries < INT32_MAX ? (int32_t)mail.tries : INT32_MAX;
        memcpy(item->refusal, mail.refusal, sizeof item->refusal);
        item->state = mail.given_up_at != 0 ? NCT_MAIL_GIVEN_UP : NCT_MAIL_WAITING;
        item->next_try_at = mail.given_up_at != 0 ? 0 : mail.next_try_at;
        list->count++;
    }
    sodium_memzero(&mail, sizeof mail);
    return status;
}

static nct_status fill_list(nct_portal *portal, const unsigned char *after, size_t after_len, size_t limit,
                            nct_mail_list *list) {
    struct nct_page page;
    nct_status status = nct_fetch_sound(portal, &nct_type_mail, NULL, 0, after, after_len, limit, &page);
    list->damaged = page.damaged;
    list->more = page.count == limit;
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    }
    for (size_t i = 0; i < page.count && status == NCT_OK; i++) {
        status = add_item(&page.rows[i], list);
        if (status == NCT_OK)
            nct_hex(list->cursor, page.rows[i].key, NCT_MAIL_ID);
    }
    nct_page_free(&page);
    return status;
}

nct_status nct_mail_list_page(nct_portal *portal, const char *after, size_t after_len, size_t limit,
                              nct_mail_list **out) {
    unsigned char id[NCT_MAIL_ID];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out) || (after_len > 0 && NCT_MISSING(after)))
        return NCT_E_ARGUMENT;
    if (after_len > 0 && !nct_unhex(id, sizeof id, after, after_len))
        return nct_about_argument(NCT_E_FORMAT, "after");
    nct_status status = nct_take_limit(limit);
    if (status != NCT_OK)
        return status;
    nct_mail_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    list->memory = portal->seams.memory;
    status = fill_list(portal, id, after_len > 0 ? sizeof id : 0, limit, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_mail_list_free(list);
    return status == NCT_OK ? nct_partial(status, list->damaged) : status;
}

size_t nct_mail_list_count(const nct_mail_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_mail_list_more(const nct_mail_list *list) {
    return list != NULL && list->more;
}

const char *nct_mail_list_cursor(const nct_mail_list *list) {
    return list != NULL ? list->cursor : NULL;
}

static const struct item *at(const nct_mail_list *list, size_t index) {
    return index < nct_mail_list_count(list) ? &list->items[index] : NULL;
}

const char *nct_mail_list_id(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->id : NULL;
}

const char *nct_mail_list_template(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? nct_mail_template_name(at(list, index)->template_id) : NULL;
}

const char *nct_mail_list_ncid(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->ncid : NULL;
}

const char *nct_mail_list_recipient(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->recipient : NULL;
}

int64_t nct_mail_list_queued_at(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->queued_at : 0;
}

int32_t nct_mail_list_tries(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->tries : 0;
}

const char *nct_mail_list_refusal(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->refusal : NULL;
}

int32_t nct_mail_list_state(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->state : 0;
}

int64_t nct_mail_list_next_try_at(const nct_mail_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->next_try_at : 0;
}

const char *nct_mail_state_name(int32_t state) {
    static const char *const names[] = {[NCT_MAIL_WAITING] = "waiting", [NCT_MAIL_GIVEN_UP] = "given_up"};
    return state >= NCT_MAIL_WAITING && state <= NCT_MAIL_GIVEN_UP ? names[state] : NULL;
}
