/* A person's messages: reading the list, marking what was read. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/look.h"
#include "portal/mail/text.h"
#include "portal/registry/person.h"

#include <nctracks/message.h>

#include <string.h>

#define KEY_LEN (NCT_PERSON_ID + NCT_MAIL_ID)

struct item {
    char id[NCT_MESSAGE_ID_LENGTH + 1];
    const char *template_name;
    const char *language;
    char provider[NCT_PROVIDER_ROOM];
    char signature[2 * NCT_SIGNATURE_ID + 1];
    char application[2 * NCT_APPLICATION_ID + 1];
    int64_t sent_at;
    int64_t read_at;
    struct nct_buf subject;
    struct nct_buf body;
};

struct nct_message_list {
    struct nct_memory memory;
    struct item *items;
    size_t count;
    int32_t more;
};

void nct_message_list_free(nct_message_list *list) {
    if (list == NULL)
        return;
    struct nct_memory memory = list->memory;
    for (size_t i = 0; i < list->count; i++) {
        nct_buf_free(&list->items[i].subject);
        nct_buf_free(&list->items[i].body);
    }
    nct_memory_give(&memory, list->items);
    nct_memory_give(&memory, list);
}

struct finding {
    char ncid[NCT_NCID_ROOM];
    unsigned char person[NCT_PERSON_ID];
};

static nct_status find_person(struct nct_unit *unit, void *argument) {
    struct finding *finding = argument;
    struct nct_person_record record;
    return nct_person_find(unit, finding->ncid, finding->person, &record);
}

static nct_status add_item(nct_portal *portal, const struct nct_page_row *row, nct_message_list *list) {
    struct nct_mail_record mail;
    struct nct_mail_texts texts;
    struct item *item = &list->items[list->count];
    if (row->key_len != KEY_LEN)
        return NCT_E_INTEGRITY;
    nct_status status = nct_record_decode(&nct_type_message, row->content, row->len, &mail);
    if (status != NCT_OK)
        return status;
    *item = (struct item){
        .template_name = nct_mail_template_name(mail.template_id), .sent_at = mail.queued_at, .read_at = mail.read_at};
    nct_hex(item->id, row->key + NCT_PERSON_ID, NCT_MAIL_ID);
    memcpy(item->provider, mail.provider, sizeof item->provider);
    memcpy(item->signature, mail.signature, sizeof item->signature);
    memcpy(item->application, mail.application, sizeof item->application);
    nct_mail_choose_texts(&portal->languages, &mail, &texts);
    item->language = texts.language;
    nct_buf_init(&item->subject, &portal->seams.memory);
    nct_buf_init(&item->body, &portal->seams.memory);
    nct_mail_render(&portal->policy, &mail, texts.subject, &item->subject);
    nct_mail_render(&portal->policy, &mail, texts.body, &item->body);
    list->count++;
    return item->subject.status != NCT_OK ? item->subject.status : item->body.status;
}

static nct_status fill(nct_portal *portal, const struct nct_look_range *range, nct_message_list *list) {
    struct nct_page page;
    nct_status status = nct_look_page_once(portal, range, &page);
    if (status == NCT_OK) {
        list->items = nct_memory_take_array(&list->memory, page.count, sizeof *list->items);
        status = list->items != NULL ? NCT_OK : NCT_E_NO_MEMORY;
    }
    for (size_t i = 0; status == NCT_OK && i < page.count; i++)
        status = add_item(portal, &page.rows[i], list);
    list->more = page.count == page.limit;
    nct_page_free(&page);
    return status;
}

static nct_status make_list(nct_portal *portal, const struct finding *finding, const unsigned char *after,
                            size_t after_len, size_t limit, nct_message_list **out) {
    const struct nct_look_range range = {&nct_type_message, finding->person, NCT_PERSON_ID, after, after_len, limit};
    nct_message_list *list = nct_memory_take(&portal->seams.memory, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    *list = (nct_message_list){.memory = portal->seams.memory};
    nct_status status = fill(portal, &range, list);
    if (status == NCT_OK)
        *out = list;
    else
        nct_message_list_free(list);
    return status;
}

static nct_status take_id(const char *id, size_t len, unsigned char out[NCT_MAIL_ID]) {
    if (NCT_MISSING(id))
        return NCT_E_ARGUMENT;
    return nct_unhex(out, NCT_MAIL_ID, id, len) ? NCT_OK : nct_about_argument(NCT_E_FORMAT, "id");
}

nct_status nct_message_list_page(nct_portal *portal, const char *ncid, size_t ncid_len, const char *after,
                                 size_t after_len, size_t limit, nct_message_list **out) {
    struct finding finding;
    unsigned char key[KEY_LEN];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, finding.ncid);
    if (status == NCT_OK && after_len > 0)
        status = nct_about_argument(take_id(after, after_len, key + NCT_PERSON_ID), "after");
    if (status == NCT_OK)
        status = nct_unit_read(portal, find_person, &finding);
    if (status != NCT_OK)
        return status;
    memcpy(key, finding.person, NCT_PERSON_ID);
    return make_list(portal, &finding, key, after_len > 0 ? KEY_LEN : 0, limit, out);
}

struct marking {
    struct finding finding;
    unsigned char key[KEY_LEN];
    int32_t is_read;
};

static nct_status mark(struct nct_unit *unit, void *argument) {
    struct marking *marking = argument;
    struct nct_mail_record message;
    nct_status status = find_person(unit, &marking->finding);
    if (status != NCT_OK)
        return status;
    memcpy(marking->key, marking->finding.person, NCT_PERSON_ID);
    status = nct_unit_get(unit, &nct_type_message, marking->key, KEY_LEN, &message);
    if (status != NCT_OK || (message.read_at != 0) == marking->is_read)
        return status;
    message.read_at = marking->is_read ? unit->now : 0;
    return nct_unit_put(unit, &nct_type_message, marking->key, KEY_LEN, &message);
}

nct_status nct_message_mark(nct_portal *portal, const char *ncid, size_t ncid_len, const char *id, size_t id_len,
                            int32_t is_read) {
    struct marking marking = {.is_read = is_read};
    if (NCT_MISSING(portal) || is_read < 0 || is_read > 1)
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, marking.finding.ncid);
    if (status == NCT_OK)
        status = take_id(id, id_len, marking.key + NCT_PERSON_ID);
    return status == NCT_OK ? nct_unit_run(portal, mark, &marking, NULL) : status;
}

static const struct item *at(const nct_message_list *list, size_t index) {
    return index < nct_message_list_count(list) ? &list->items[index] : NULL;
}

size_t nct_message_list_count(const nct_message_list *list) {
    return list != NULL ? list->count : 0;
}

int32_t nct_message_list_more(const nct_message_list *list) {
    return list != NULL ? list->more : 0;
}

const char *nct_message_list_cursor(const nct_message_list *list) {
    if (list == NULL)
        return NULL;
    return list->count > 0 ? list->items[list->count - 1].id : "";
}

const char *nct_message_list_id(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->id : NULL;
}

const char *nct_message_list_template(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->template_name : NULL;
}

const char *nct_message_list_subject(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? (const char *)at(list, index)->subject.data : NULL;
}

const char *nct_message_list_body(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? (const char *)at(list, index)->body.data : NULL;
}

const char *nct_message_list_language(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->language : NULL;
}

const char *nct_message_list_provider(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->provider : NULL;
}

const char *nct_message_list_signature(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->signature : NULL;
}

const char *nct_message_list_application(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->application : NULL;
}

int64_t nct_message_list_sent_at(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->sent_at : 0;
}

int64_t nct_message_list_read_at(const nct_message_list *list, size_t index) {
    return at(list, index) != NULL ? at(list, index)->read_at : 0;
}

size_t nct_message_id_length(void) {
    return NCT_MESSAGE_ID_LENGTH;
}
