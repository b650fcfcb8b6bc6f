#include "portal/registry/names.h"

#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "portal/registry/person.h"

#include <string.h>

struct finding {
    char ncid[NCT_NCID_ROOM];
    unsigned char *person;
};

static nct_status find(struct nct_unit *unit, void *argument) {
    const struct finding *finding = argument;
    struct nct_person_record record;
    nct_status status = nct_person_named(unit, finding->ncid, finding->person, &record);
    if (status == NCT_E_UNKNOWN_PERSON)
        memset(finding->person, 0, NCT_PERSON_ID);
    return status == NCT_E_UNKNOWN_PERSON ? NCT_OK : status;
}

nct_status nct_take_person(struct nct_portal *portal, const char *ncid, size_t len,
                           unsigned char person[NCT_PERSON_ID]) {
    struct finding finding = {.person = person};
    nct_status status = nct_take_ncid(ncid, len, finding.ncid);
    return status == NCT_OK ? nct_unit_read(portal, find, &finding) : status;
}

void nct_pair_cursor(const struct nct_pair_range *range, const struct nct_pair_name *name,
                     char cursor[NCT_PERSON_CURSOR_ROOM]) {
    if (range->provider != NULL)
        nct_hex(cursor, name->person, NCT_PERSON_ID);
    else
        nct_copy_text(cursor, NCT_PERSON_CURSOR_ROOM, name->provider, strlen(name->provider));
}

nct_status nct_take_cursor(struct nct_pair_range *range, const char *after, size_t after_len,
                           struct nct_pair_name *name) {
    nct_status status = NCT_OK;
    if (after_len == 0)
        return NCT_OK;
    if (NCT_MISSING(after))
        return NCT_E_ARGUMENT;
    *name = (struct nct_pair_name){.provider = ""};
    if (range->provider == NULL) {
        memcpy(name->person, range->person, NCT_PERSON_ID);
        status = nct_take_provider(after, after_len, name->provider);
    } else {
        memcpy(name->provider, range->provider, strlen(range->provider));
        status = nct_unhex(name->person, NCT_PERSON_ID, after, after_len) ? NCT_OK
                                                                          : nct_about_argument(NCT_E_FORMAT, "after");
    }
    range->after = name;
    return status;
}
