#include "portal/registry/stand_in.h"

#include "portal/registry/ncid.h"

#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

/* Person ids are random, so none begins like this. */
static const unsigned char prefix[NCT_PERSON_ID] = NCT_STAND_IN;

void nct_shadow_at(int number, unsigned char person[NCT_PERSON_ID]) {
    memcpy(person, prefix, NCT_PERSON_ID);
    person[NCT_PERSON_ID - 1] = (unsigned char)number;
}

int nct_shadow_number(const unsigned char person[NCT_PERSON_ID]) {
    return memcmp(person, prefix, NCT_PERSON_ID - 1) == 0 ? person[NCT_PERSON_ID - 1] : -1;
}

void nct_shadow_of(const struct nct_portal *portal, const char *name, unsigned char person[NCT_PERSON_ID]) {
    static const char domain[] = "nctracks/shadow/1";
    unsigned char hash[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)name, strlen(name));
    crypto_generichash_final(&state, hash, sizeof hash);
    nct_shadow_at(hash[0], person);
}

nct_status nct_stand_in_work(const struct nct_unit *unit, const struct nct_record_type *type, const void *like,
                             void *scratch) {
    struct nct_buf content;
    nct_buf_init(&content, &unit->portal->seams.memory);
    nct_record_encode(type, like, &content);
    nct_status status = content.status;
    if (status == NCT_OK)
        status = nct_record_decode(type, content.data, content.len, scratch);
    nct_buf_free(&content);
    return status;
}

static const struct nct_ncid_record usual_index = {.person = "usual"};
static const struct nct_person_record usual_person = {.ncid = "usual.person",
                                                      .name = {.first = "Somebody", .last = "Usual"},
                                                      .email = "somebody.usual@example.org",
                                                      .phone = "9195550100"};

static nct_status work_as_if_known(const struct nct_unit *unit, int in_index) {
    struct nct_ncid_record index;
    struct nct_person_record person;
    nct_status status = in_index ? NCT_OK : nct_stand_in_work(unit, &nct_type_ncid, &usual_index, &index);
    return status == NCT_OK ? nct_stand_in_work(unit, &nct_type_person, &usual_person, &person) : status;
}

nct_status nct_person_or_stand_in(struct nct_unit *unit, const char *ncid, unsigned char person[NCT_PERSON_ID],
                                  struct nct_person_record *record, int *known) {
    struct nct_ncid_record index;
    nct_status status = nct_ncid_get(unit, ncid, &index);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    int in_index = status == NCT_OK;
    *known = in_index && !index.idle;
    nct_shadow_of(unit->portal, ncid, person);
    if (*known)
        memcpy(person, index.person, NCT_PERSON_ID);
    status = nct_unit_get(unit, &nct_type_person, person, NCT_PERSON_ID, record);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    int theirs = status == NCT_OK && strcmp(record->ncid, ncid) == 0 && !nct_person_is_merged(record);
    if (!*known)
        return work_as_if_known(unit, in_index);
    return theirs ? NCT_OK : NCT_E_INTEGRITY;
}
