/* The language a person reads. */
#include "engine/handle/arguments.h"
#include "engine/unit/ledger_append.h"
#include "language/sentences.h"
#include "portal/registry/person.h"

#include <nctracks/language.h>

#include <string.h>

struct choosing {
    char ncid[NCT_NCID_ROOM];
    const char *language;
};

static nct_status choose(struct nct_unit *unit, void *argument) {
    const struct choosing *choosing = argument;
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, choosing->ncid, person, &record);
    if (status != NCT_OK || strcmp(record.language, choosing->language) == 0)
        return status;
    memset(record.language, 0, sizeof record.language);
    memcpy(record.language, choosing->language, strlen(choosing->language));
    status = nct_unit_put(unit, &nct_type_person, person, NCT_PERSON_ID, &record);
    struct nct_stream stream = nct_stream_of_person(person);
    struct nct_note note = {.event = NCT_EVENT_LANGUAGE_CHOSEN,
                            .actor = choosing->ncid,
                            .subject = choosing->ncid,
                            .detail = choosing->language};
    return status == NCT_OK ? nct_ledger_append(unit, &stream, &note) : status;
}

nct_status nct_person_set_language(nct_portal *portal, const char *ncid, size_t ncid_len, const char *language) {
    struct choosing choosing;
    if (NCT_MISSING(portal) || NCT_MISSING(language))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, choosing.ncid);
    if (status == NCT_OK)
        status = nct_language_take(&portal->languages, language, &choosing.language);
    return status == NCT_OK ? nct_unit_run(portal, choose, &choosing, NULL) : status;
}

struct reading {
    char ncid[NCT_NCID_ROOM];
    struct nct_person_record record;
};

static nct_status read_person(struct nct_unit *unit, void *argument) {
    struct reading *reading = argument;
    unsigned char person[NCT_PERSON_ID];
    return nct_person_find(unit, reading->ncid, person, &reading->record);
}

nct_status nct_person_language(nct_portal *portal, const char *ncid, size_t ncid_len, const char **out) {
    struct reading reading;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_ncid(ncid, ncid_len, reading.ncid);
    if (status == NCT_OK)
        status = nct_unit_read(portal, read_person, &reading);
    if (status != NCT_OK)
        return status;
    *out = nct_languages_find(&portal->languages, reading.record.language, strlen(reading.record.language));
    if (*out == NULL)
        *out = nct_languages_usual(&portal->languages);
    return NCT_OK;
}
