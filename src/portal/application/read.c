/* Reading applications and their history. */
#include "base/bytes.h"
#include "engine/handle/arguments.h"
#include "engine/unit/unit.h"
#include "portal/application/handle.h"
#include "portal/audit/entries.h"
#include "portal/registry/person.h"

#include <sodium.h>
#include <string.h>

_Static_assert(NCT_APPLICATION_ID_LENGTH == 2 * NCT_APPLICATION_ID, "length of an id");

nct_status nct_application_fill(struct nct_unit *unit, struct nct_application *application) {
    const struct nct_application_at *at = &application->at;
    nct_hex(application->id, at->id, NCT_APPLICATION_ID);
    application->signature[0] = '\0';
    if (!sodium_is_zero(at->record.signature, NCT_SIGNATURE_ID))
        nct_hex(application->signature, at->record.signature, NCT_SIGNATURE_ID);
    return nct_ncid_of(unit, at->record.drafted_by, application->drafted_by);
}

static nct_status read_application(struct nct_unit *unit, void *argument) {
    struct nct_application *application = argument;
    nct_status status = nct_application_read(unit, &application->at);
    return status == NCT_OK ? nct_application_fill(unit, application) : status;
}

static nct_status take_place(struct nct_application_at *at, const char *provider, size_t provider_len, const char *id,
                             size_t id_len) {
    nct_status status = nct_take_provider(provider, provider_len, at->provider);
    return status == NCT_OK ? nct_take_application_id(id, id_len, at->id) : status;
}

nct_status nct_application_get(nct_portal *portal, const char *provider, size_t provider_len, const char *id,
                               size_t id_len, nct_application **out) {
    struct nct_application_at at;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = take_place(&at, provider, provider_len, id, id_len);
    if (status != NCT_OK)
        return status;
    struct nct_application *application = nct_memory_take(&portal->seams.memory, sizeof *application);
    if (application == NULL)
        return NCT_E_NO_MEMORY;
    application->memory = portal->seams.memory;
    memcpy(application->at.provider, at.provider, sizeof at.provider);
    memcpy(application->at.id, at.id, sizeof at.id);
    status = nct_unit_read(portal, read_application, application);
    if (status == NCT_OK)
        *out = application;
    else
        nct_application_free(application);
    return status;
}

void nct_application_free(nct_application *application) {
    if (application == NULL)
        return;
    struct nct_memory memory = application->memory;
    nct_memory_give(&memory, application);
}

/* Its entries begin with its id, and their events are those of applications. */
static int is_about(const struct nct_entry_record *entry, const void *argument) {
    int of_applications =
        entry->event >= NCT_EVENT_APPLICATION_DRAFTED && entry->event <= NCT_EVENT_APPLICATION_REFUSED;
    return of_applications && strncmp(entry->detail, argument, NCT_APPLICATION_ID_LENGTH) == 0;
}

nct_status nct_application_history(nct_portal *portal, const char *provider, size_t provider_len, const char *id,
                                   size_t id_len, uint64_t after, size_t limit, nct_entry_list **out) {
    nct_application *application = NULL;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal) || NCT_MISSING(out))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status == NCT_OK)
        status = nct_application_get(portal, provider, provider_len, id, id_len, &application);
    if (status != NCT_OK)
        return status;
    uint64_t first = application->at.record.first_entry - 1;
    struct nct_stream stream = nct_stream_of_provider(application->at.provider);
    struct nct_entry_range range = {
        .after = after > first ? after : first, .limit = limit, .filter = is_about, .argument = application->id};
    status = nct_entries_page(portal, &stream, &range, out);
    nct_application_free(application);
    return status;
}

const char *nct_application_id(const nct_application *application) {
    return application != NULL ? application->id : NULL;
}

const char *nct_application_provider(const nct_application *application) {
    return application != NULL ? application->at.provider : NULL;
}

int32_t nct_application_kind(const nct_application *application) {
    return application != NULL ? application->at.record.kind : NCT_E_ARGUMENT;
}

int32_t nct_application_state(const nct_application *application) {
    return application != NULL ? application->at.record.state : NCT_E_ARGUMENT;
}

const char *nct_application_document_id(const nct_application *application) {
    return application != NULL ? application->at.record.document_id : NULL;
}

const char *nct_application_document_version(const nct_application *application) {
    return application != NULL ? application->at.record.document_version : NULL;
}

const void *nct_application_document_digest(const nct_application *application) {
    return application != NULL ? application->at.record.document_digest : NULL;
}

const char *nct_application_physician_date(const nct_application *application) {
    return application != NULL ? application->at.record.physician_date : NULL;
}

const char *nct_application_drafted_by(const nct_application *application) {
    return application != NULL ? application->drafted_by : NULL;
}

int64_t nct_application_drafted_at(const nct_application *application) {
    return application != NULL ? application->at.record.drafted_at : 0;
}

int64_t nct_application_saved_at(const nct_application *application) {
    return application != NULL ? application->at.record.saved_at : 0;
}

const char *nct_application_signature(const nct_application *application) {
    return application != NULL ? application->signature : NULL;
}

int64_t nct_application_submitted_at(const nct_application *application) {
    return application != NULL ? application->at.record.submitted_at : 0;
}

uint64_t nct_application_moves(const nct_application *application) {
    return application != NULL ? application->at.record.moves : 0;
}

int32_t nct_application_last_move(const nct_application *application) {
    return application != NULL ? application->at.record.last_move : 0;
}

int64_t nct_application_moved_at(const nct_application *application) {
    return application != NULL ? application->at.record.moved_at : 0;
}

const char *nct_application_moved_by(const nct_application *application) {
    return application != NULL ? application->at.record.moved_by : NULL;
}

const char *nct_application_note(const nct_application *application) {
    return application != NULL ? application->at.record.note : NULL;
}

int64_t nct_application_due_at(const nct_application *application) {
    return application != NULL ? application->at.record.due_at : 0;
}

size_t nct_application_id_length(void) {
    return NCT_APPLICATION_ID_LENGTH;
}
