/* Reading people. */
#include "engine/handle/arguments.h"
#include "portal/access/admit.h"
#include "portal/access/grant_list.h"

#include <nctracks/person.h>

#include <string.h>

/* Who looks at whom. */
struct looking {
    const char *by;       /* NULL: an operator */
    const char *provider; /* at which `by` administers */
    const char *ncid;
    struct nct_person *person;
};

static nct_status look_at_own(struct nct_unit *unit, void *argument) {
    const struct looking *looking = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, looking->ncid, person, &record);
    int32_t view = looking->by != NULL ? NCT_VIEW_OWN : NCT_VIEW_OPERATOR;
    return status == NCT_OK ? nct_person_look(unit, view, person, 0, looking->person) : status;
}

static nct_status look_as_administrator(struct nct_unit *unit, void *argument) {
    const struct looking *looking = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_acting acting;
    struct nct_grant_record grant;
    nct_status status =
        nct_access_authority(unit, looking->by, looking->provider, NCT_AUTHORITY_USER_ADMINISTRATION, &acting);
    if (status == NCT_OK)
        status = nct_grant_find(unit, looking->provider, looking->ncid, person, &grant);
    if (status == NCT_OK && grant.role == NCT_ROLE_NONE)
        status = NCT_E_NOT_FOUND;
    return status == NCT_OK ? nct_person_look(unit, NCT_VIEW_ADMINISTRATOR, person, 1, looking->person) : status;
}

/* At the present time: a reader's access may have ended. */
static nct_status look(nct_portal *portal, nct_unit_function *function, struct looking *looking, nct_person **out) {
    nct_person *person = nct_memory_take(&portal->seams.memory, sizeof *person);
    if (person == NULL)
        return NCT_E_NO_MEMORY;
    person->memory = portal->seams.memory;
    looking->person = person;
    nct_status status = nct_unit_rehearse(portal, function, looking);
    if (status == NCT_OK)
        *out = person;
    else
        nct_person_free(person);
    return status;
}

nct_status nct_person_read(nct_portal *portal, const char *by, size_t by_len, const char *provider, size_t provider_len,
                           const char *ncid, size_t ncid_len, nct_person **out) {
    char by_id[NCT_NCID_ROOM];
    char provider_id[NCT_PROVIDER_ROOM];
    char id[NCT_NCID_ROOM];
    struct looking looking = {.by = by_id, .provider = provider_id, .ncid = id};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, by_id);
    if (status == NCT_OK)
        status = nct_take_ncid(ncid, ncid_len, id);
    int own = status == NCT_OK && strcmp(by_id, id) == 0;
    if (status == NCT_OK && !own)
        status = nct_take_provider(provider, provider_len, provider_id);
    return status == NCT_OK ? look(portal, own ? look_at_own : look_as_administrator, &looking, out) : status;
}

nct_status nct_person_read_for_operator(nct_portal *portal, const char *ncid, size_t ncid_len, nct_person **out) {
    char id[NCT_NCID_ROOM];
    struct looking looking = {.ncid = id};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, id);
    return status == NCT_OK ? look(portal, look_at_own, &looking, out) : status;
}

void nct_person_free(nct_person *person) {
    if (person == NULL)
        return;
    struct nct_memory memory = person->memory;
    nct_memory_give_wiped(&memory, person, sizeof *person);
}

static nct_status may_list(struct nct_unit *unit, void *argument) {
    const struct looking *looking = argument;
    struct nct_acting acting;
    return nct_access_authority(unit, looking->by, looking->provider, NCT_AUTHORITY_USER_ADMINISTRATION, &acting);
}

nct_status nct_person_list_page(nct_portal *portal, const char *by, size_t by_len, const char *provider,
                                size_t provider_len, const char *after, size_t after_len, size_t limit,
                                nct_grant_list **out) {
    char by_id[NCT_NCID_ROOM];
    char provider_id[NCT_PROVIDER_ROOM];
    struct looking looking = {.by = by_id, .provider = provider_id};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(by, by_len, by_id);
    if (status == NCT_OK)
        status = nct_take_provider(provider, provider_len, provider_id);
    if (status == NCT_OK)
        status = nct_unit_rehearse(portal, may_list, &looking);
    if (status != NCT_OK)
        return status;
    return nct_grants_with_people(portal, NCT_VIEW_ADMINISTRATOR, provider_id, after, after_len, limit, out);
}

nct_status nct_person_list_page_for_operator(nct_portal *portal, const char *provider, size_t provider_len,
                                             const char *after, size_t after_len, size_t limit, nct_grant_list **out) {
    char provider_id[NCT_PROVIDER_ROOM];
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_provider(provider, provider_len, provider_id);
    if (status != NCT_OK)
        return status;
    return nct_grants_with_people(portal, NCT_VIEW_OPERATOR, provider_id, after, after_len, limit, out);
}

int32_t nct_person_view(const nct_person *person) {
    return person != NULL ? person->view : 0;
}

const char *nct_person_ncid(const nct_person *person) {
    return person != NULL ? person->ncid : NULL;
}

const char *nct_person_first_name(const nct_person *person) {
    return person != NULL ? person->name.first : NULL;
}

const char *nct_person_middle_name(const nct_person *person) {
    return person != NULL ? person->name.middle : NULL;
}

const char *nct_person_last_name(const nct_person *person) {
    return person != NULL ? person->name.last : NULL;
}

const char *nct_person_suffix(const nct_person *person) {
    return person != NULL ? person->name.suffix : NULL;
}

const char *nct_person_display_name(const nct_person *person) {
    return person != NULL ? person->display_name : NULL;
}

const char *nct_person_email(const nct_person *person) {
    return person != NULL ? person->email : NULL;
}

const char *nct_person_phone(const nct_person *person) {
    return person != NULL ? person->phone : NULL;
}

const char *nct_person_phone_extension(const nct_person *person) {
    return person != NULL ? person->phone_extension : NULL;
}

const char *nct_person_address_line1(const nct_person *person) {
    return person != NULL ? person->postal.line1 : NULL;
}

const char *nct_person_address_line2(const nct_person *person) {
    return person != NULL ? person->postal.line2 : NULL;
}

const char *nct_person_address_city(const nct_person *person) {
    return person != NULL ? person->postal.city : NULL;
}

const char *nct_person_address_state(const nct_person *person) {
    return person != NULL ? person->postal.state : NULL;
}

const char *nct_person_address_zip(const nct_person *person) {
    return person != NULL ? person->postal.zip : NULL;
}

int32_t nct_person_masked(const nct_person *person) {
    return person != NULL && person->masked;
}

const char *nct_person_language_tag(const nct_person *person) {
    return person != NULL ? person->language : NULL;
}

int64_t nct_person_known_since(const nct_person *person) {
    return person != NULL ? person->known_since : 0;
}

int64_t nct_person_contested_at(const nct_person *person) {
    return person != NULL ? person->contested_at : 0;
}

int32_t nct_person_pin_state(const nct_person *person) {
    return person != NULL ? person->pin_state : NCT_E_ARGUMENT;
}

int64_t nct_person_pin_issued_at(const nct_person *person) {
    return person != NULL ? person->pin_issued_at : 0;
}

const char *nct_view_name(int32_t view) {
    static const char *const names[] = {NULL, "own", "administrator", "operator"};
    return view >= 0 && view <= NCT_VIEW_OPERATOR ? names[view] : NULL;
}
