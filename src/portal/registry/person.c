#include "portal/registry/person.h"

#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "portal/form/fields.h"
#include "portal/registry/ncid.h"

#include <sodium.h>
#include <string.h>

int nct_person_is_merged(const struct nct_person_record *record) {
    return !sodium_is_zero(record->merged_into, NCT_PERSON_ID);
}

int nct_person_is_name_only(const struct nct_person_record *record) {
    return record->email[0] == '\0';
}

/* A person that some row names is there: nobody is ever removed. */
static nct_status get(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                      struct nct_person_record *record) {
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, record);
    return status == NCT_E_NOT_FOUND ? NCT_E_INTEGRITY : status;
}

/* Goes on to who stands for a duplicate. */
static nct_status follow(struct nct_unit *unit, unsigned char person[NCT_PERSON_ID], struct nct_person_record *record) {
    nct_status status = get(unit, person, record);
    while (status == NCT_OK && nct_person_is_merged(record)) {
        memcpy(person, record->merged_into, NCT_PERSON_ID);
        status = get(unit, person, record);
    }
    return status;
}

nct_status nct_ncid_find(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID]) {
    struct nct_ncid_record index;
    nct_status status = nct_ncid_get(unit, ncid, &index);
    memcpy(person, index.person, NCT_PERSON_ID);
    return status == NCT_E_NOT_FOUND ? NCT_E_UNKNOWN_PERSON : status;
}

/* Whether they use it now, or were only named by it so far. */
static int is_theirs(const struct nct_person_record *record, const char *ncid) {
    return !nct_person_is_merged(record) && strcmp(record->ncid, ncid) == 0;
}

/* Whom an NCID was given to; their record and the row of the NCID say the same of it. */
static nct_status look_up(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                          struct nct_person_record *record) {
    struct nct_ncid_record index;
    nct_status status = nct_ncid_get(unit, ncid, &index);
    if (status != NCT_OK)
        return status == NCT_E_NOT_FOUND ? NCT_E_UNKNOWN_PERSON : status;
    memcpy(person, index.person, NCT_PERSON_ID);
    status = get(unit, person, record);
    int in_use = is_theirs(record, ncid) && !nct_person_is_name_only(record);
    return status == NCT_OK && in_use == (index.idle != 0) ? NCT_E_INTEGRITY : status;
}

nct_status nct_person_named(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                            struct nct_person_record *record) {
    nct_status status = look_up(unit, ncid, person, record);
    return status == NCT_OK && !is_theirs(record, ncid) ? NCT_E_UNKNOWN_PERSON : status;
}

nct_status nct_person_find(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                           struct nct_person_record *record) {
    nct_status status = nct_person_named(unit, ncid, person, record);
    if (status == NCT_OK && nct_person_is_name_only(record))
        status = NCT_E_UNKNOWN_PERSON;
    return status == NCT_E_UNKNOWN_PERSON ? nct_about_argument(status, "ncid") : status;
}

nct_status nct_person_behind(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                             struct nct_person_record *record) {
    nct_status status = look_up(unit, ncid, person, record);
    return status == NCT_OK && nct_person_is_name_only(record) ? NCT_E_UNKNOWN_PERSON : status;
}

nct_status nct_ncid_give(struct nct_unit *unit, const char *ncid, const unsigned char person[NCT_PERSON_ID]) {
    struct nct_ncid_record index;
    nct_status status = nct_ncid_get_proved(unit, ncid, &index);
    if (status != NCT_E_NOT_FOUND)
        return status == NCT_OK ? NCT_E_NCID_TAKEN : status;
    return nct_ncid_point(unit, ncid, person, 0);
}

nct_status nct_ncid_point(struct nct_unit *unit, const char *ncid, const unsigned char person[NCT_PERSON_ID],
                          int idle) {
    struct nct_ncid_record index = {.idle = idle};
    memcpy(index.person, person, NCT_PERSON_ID);
    return nct_ncid_put(unit, ncid, &index);
}

nct_status nct_person_name_new(struct nct_unit *unit, const char *ncid, const char *actor,
                               const unsigned char fresh[NCT_PERSON_ID], unsigned char person[NCT_PERSON_ID]) {
    struct nct_person_record record;
    nct_status status = nct_person_named(unit, ncid, person, &record);
    if (status != NCT_E_UNKNOWN_PERSON)
        return status;
    record = (struct nct_person_record){.created_at = unit->now};
    memcpy(record.ncid, ncid, strlen(ncid));
    memcpy(person, fresh, NCT_PERSON_ID);
    status = nct_ncid_give(unit, ncid, person);
    if (status == NCT_OK)
        status = nct_ncid_point(unit, ncid, person, 1);
    if (status == NCT_OK)
        status = nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {
        .event = NCT_EVENT_PERSON_ADDED, .actor = actor, .subject = ncid, .detail = "known by name alone"};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

/* Puts a name and a space after what was written. */
static size_t write_word(char *name, size_t len, const char *word) {
    size_t word_len = strlen(word);
    if (word_len == 0)
        return len;
    memcpy(name + len, word, word_len);
    name[len + word_len] = ' ';
    return len + word_len + 1;
}

/* "last first middle ": a last name is sought whole, with the space behind it, or by its beginning. */
static void write_name(const struct nct_person_record *record, struct nct_directory_text *text) {
    char name[NCT_PRINTED_NAME_ROOM];
    size_t len = write_word(name, 0, record->name.last);
    len = write_word(name, len, record->name.first);
    len = write_word(name, len, record->name.middle);
    nct_directory_normalise(NCT_SEARCH_NAME, name, len, text);
}

void nct_person_text(const struct nct_person_record *record, int32_t by, struct nct_directory_text *text) {
    const char *const texts[] = {
        [NCT_SEARCH_NCID] = record->ncid, [NCT_SEARCH_EMAIL] = record->email, [NCT_SEARCH_PHONE] = record->phone};
    text->len = 0;
    if (nct_person_is_merged(record) || nct_person_is_name_only(record))
        return;
    if (by == NCT_SEARCH_NAME)
        write_name(record, text);
    else
        nct_directory_normalise(by, texts[by], strlen(texts[by]), text);
}

nct_status nct_person_put(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                          const struct nct_person_record *record) {
    struct nct_person_record before;
    const struct nct_listed subject = {person, NCT_PERSON_ID};
    nct_status status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, &before);
    if (status == NCT_E_NOT_FOUND)
        status = NCT_OK;
    for (int32_t by = NCT_SEARCH_NCID; by <= NCT_SEARCH_PHONE && status == NCT_OK; by++) {
        struct nct_directory_text was, is;
        nct_person_text(&before, by, &was);
        nct_person_text(record, by, &is);
        status = nct_directory_move(unit, by, &subject, &was, &is);
    }
    return status == NCT_OK ? nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, record) : status;
}

nct_status nct_person_get(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID],
                          struct nct_person_record *record) {
    unsigned char present[NCT_PERSON_ID];
    memcpy(present, person, NCT_PERSON_ID);
    return follow(unit, present, record);
}

nct_status nct_ncid_of(struct nct_unit *unit, const unsigned char person[NCT_PERSON_ID], char ncid[NCT_NCID_ROOM]) {
    struct nct_person_record record = {.ncid = ""};
    nct_status status = NCT_OK;
    if (!sodium_is_zero(person, NCT_PERSON_ID))
        status = nct_person_get(unit, person, &record);
    memcpy(ncid, record.ncid, NCT_NCID_ROOM);
    return status;
}

nct_status nct_person_present(struct nct_unit *unit, unsigned char person[NCT_PERSON_ID]) {
    struct nct_person_record record;
    return sodium_is_zero(person, NCT_PERSON_ID) ? NCT_OK : follow(unit, person, &record);
}

nct_status nct_person_same(struct nct_unit *unit, const unsigned char one[NCT_PERSON_ID],
                           const unsigned char other[NCT_PERSON_ID], int *same) {
    unsigned char present[2][NCT_PERSON_ID];
    memcpy(present[0], one, NCT_PERSON_ID);
    memcpy(present[1], other, NCT_PERSON_ID);
    nct_status status = nct_person_present(unit, present[0]);
    if (status == NCT_OK)
        status = nct_person_present(unit, present[1]);
    *same = memcmp(present[0], present[1], NCT_PERSON_ID) == 0;
    return status;
}

nct_status nct_operator_is(struct nct_unit *unit, const char *actor, const unsigned char person[NCT_PERSON_ID],
                           int *same) {
    char ncid[NCT_NCID_ROOM];
    unsigned char own[NCT_PERSON_ID];
    const char *name = strchr(actor, ':');
    *same = 0;
    if (name == NULL || nct_take_ncid(name + 1, strlen(name + 1), ncid) != NCT_OK)
        return NCT_OK;
    nct_status status = nct_ncid_find(unit, ncid, own);
    if (status != NCT_OK)
        return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
    return nct_person_same(unit, own, person, same);
}

/* "Jr." of the word "jr". */
static const char *suffix_printed(const char *suffix) {
    const char *word = NULL;
    const char *printed = NULL;
    for (size_t i = 0; suffix[0] != '\0' && nct_choice_at(i, &word, &printed); i++)
        if (strcmp(word, suffix) == 0)
            return printed;
    return "";
}

void nct_person_name(const struct nct_person_record *record, char name[NCT_PRINTED_NAME_ROOM]) {
    size_t len = write_word(name, 0, record->name.first);
    len = write_word(name, len, record->name.middle);
    len = write_word(name, len, record->name.last);
    len = write_word(name, len, suffix_printed(record->name.suffix));
    name[len > 0 ? len - 1 : 0] = '\0';
}
