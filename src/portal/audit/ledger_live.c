#include "portal/audit/ledger_live.h"

#include "base/bytes.h"
#include "engine/unit/ledger_append.h"
#include "portal/registry/grant.h"
#include "portal/registry/principals.h"

#include <string.h>

/* What the stream says of somebody: the last entry about their grant, and the last about their standing on the record.
 */
struct nct_said {
    int used;
    unsigned char person[NCT_PERSON_ID];
    char detail[NCT_GRANT_DETAIL_ROOM];
    uint64_t sequence; /* 0: nothing was said of a grant */
    int64_t time;
    int32_t event;
    char standing[NCT_ON_RECORD_DETAIL_ROOM];
    uint64_t standing_sequence; /* 0: nothing was said of the record */
    int64_t standing_time;
};

void nct_grants_init(struct nct_grants *grants, struct nct_portal *portal, const char *provider, size_t len) {
    *grants = (struct nct_grants){.portal = portal};
    nct_copy_text(grants->provider, sizeof grants->provider, provider, len);
}

void nct_grants_free(struct nct_grants *grants) {
    nct_memory_give(&grants->portal->seams.memory, grants->items);
    grants->items = NULL;
}

/* The slot of a person, or the free one where they belong: ids are random. At least one slot is free. */
static struct nct_said *slot_of(const struct nct_grants *grants, const unsigned char person[NCT_PERSON_ID]) {
    size_t at = (size_t)nct_get_be64(person) & (grants->capacity - 1);
    while (grants->items[at].used && memcmp(grants->items[at].person, person, NCT_PERSON_ID) != 0)
        at = (at + 1) & (grants->capacity - 1);
    return &grants->items[at];
}

static nct_status grow(struct nct_grants *grants) {
    if (2 * grants->count < grants->capacity)
        return NCT_OK;
    const struct nct_memory *memory = &grants->portal->seams.memory;
    struct nct_grants larger = *grants;
    larger.capacity = grants->capacity > 0 ? 2 * grants->capacity : 16;
    larger.items = nct_memory_take_array(memory, larger.capacity, sizeof *larger.items);
    if (larger.items == NULL)
        return NCT_E_NO_MEMORY;
    for (size_t i = 0; i < grants->capacity; i++)
        if (grants->items[i].used)
            *slot_of(&larger, grants->items[i].person) = grants->items[i];
    nct_memory_give(memory, grants->items);
    *grants = larger;
    return NCT_OK;
}

static int is_of_grant(int32_t event) {
    return event == NCT_EVENT_ACCESS_GRANTED || event == NCT_EVENT_ACCESS_REVOKED;
}

static int is_of_record(int32_t event) {
    return event == NCT_EVENT_PRINCIPAL_LISTED || event == NCT_EVENT_PRINCIPAL_REMOVED;
}

static void note_grant(struct nct_said *said, uint64_t sequence, const struct nct_entry_record *entry) {
    said->sequence = sequence;
    said->time = entry->time;
    said->event = entry->event;
    nct_copy_text(said->detail, sizeof said->detail, entry->detail, strlen(entry->detail));
}

static void note_record(struct nct_said *said, uint64_t sequence, const struct nct_entry_record *entry) {
    said->standing_sequence = sequence;
    said->standing_time = entry->time;
    nct_copy_text(said->standing, sizeof said->standing, entry->detail, strlen(entry->detail));
}

struct finding {
    const char *ncid;
    unsigned char person[NCT_PERSON_ID];
};

static nct_status find(struct nct_unit *unit, void *argument) {
    struct finding *finding = argument;
    return nct_ncid_find(unit, finding->ncid, finding->person);
}

nct_status nct_grants_note(struct nct_grants *grants, uint64_t sequence, const struct nct_entry_record *entry) {
    struct finding finding = {.ncid = entry->subject};
    int tells = is_of_grant(entry->event) || is_of_record(entry->event);
    if (!tells || entry->outcome != NCT_OK || entry->subject[0] == '\0')
        return NCT_OK;
    nct_status status = nct_unit_read(grants->portal, find, &finding);
    if (status == NCT_OK)
        status = grow(grants);
    if (status != NCT_OK) /* nobody an entry is about is ever removed */
        return status == NCT_E_UNKNOWN_PERSON ? NCT_E_INTEGRITY : status;
    struct nct_said *said = slot_of(grants, finding.person);
    grants->count += !said->used;
    said->used = 1;
    memcpy(said->person, finding.person, NCT_PERSON_ID);
    if (is_of_grant(entry->event))
        note_grant(said, sequence, entry);
    else
        note_record(said, sequence, entry);
    return NCT_OK;
}

/* The time is that of the unit of work that wrote both: it tells apart rows that grant the same. */
static int agrees(const struct nct_said *said, const struct nct_grant_record *live) {
    char detail[NCT_GRANT_DETAIL_ROOM] = "";
    int revoked = live->role == NCT_ROLE_NONE;
    if (!revoked)
        nct_grant_describe(live, detail);
    return said->event == (revoked ? NCT_EVENT_ACCESS_REVOKED : NCT_EVENT_ACCESS_GRANTED) &&
           said->time == live->granted_at && strcmp(said->detail, detail) == 0;
}

static int stands_as_said(const struct nct_said *said, const struct nct_on_record *live) {
    char detail[NCT_ON_RECORD_DETAIL_ROOM];
    nct_on_record_describe(live, detail);
    return strcmp(said->standing, detail) == 0;
}

/* The live rows of one person. */
struct living {
    const char *provider;
    const unsigned char *person;
    struct nct_grant_record grant;
    struct nct_principal_record principal;
};

static nct_status read_grant(struct nct_unit *unit, void *argument) {
    struct living *living = argument;
    return nct_grant_get(unit, living->provider, living->person, &living->grant);
}

static nct_status read_principal(struct nct_unit *unit, void *argument) {
    struct living *living = argument;
    return nct_principal_get(unit, living->provider, living->person, &living->principal);
}

/* The first of the two entries that the live grant contradicts, also by its copy of the record; 0: none. */
static nct_status compare_grant(const struct nct_grants *grants, const struct nct_said *said, uint64_t *contradicted) {
    struct living living = {.provider = grants->provider, .person = said->person};
    *contradicted = 0;
    if (said->sequence == 0)
        return NCT_OK;
    nct_status status = nct_unit_read(grants->portal, read_grant, &living);
    if (status != NCT_OK || !agrees(said, &living.grant))
        *contradicted = said->sequence;
    else if (living.grant.role != NCT_ROLE_NONE && !stands_as_said(said, &living.grant.on_record))
        *contradicted = said->standing_sequence != 0 ? said->standing_sequence : said->sequence;
    return status;
}

static nct_status compare_principal(const struct nct_grants *grants, const struct nct_said *said,
                                    uint64_t *contradicted) {
    struct living living = {.provider = grants->provider, .person = said->person};
    *contradicted = 0;
    if (said->standing_sequence == 0)
        return NCT_OK;
    nct_status status = nct_unit_read(grants->portal, read_principal, &living);
    if (status != NCT_OK || living.principal.recorded_at != said->standing_time ||
        !stands_as_said(said, &living.principal.on_record))
        *contradicted = said->standing_sequence;
    return status;
}

static void keep_first(uint64_t contradicted, uint64_t *sequence) {
    if (contradicted != 0 && (*sequence == 0 || contradicted < *sequence))
        *sequence = contradicted;
}

static nct_status compare_said(const struct nct_grants *grants, uint64_t *sequence) {
    for (size_t i = 0; i < grants->capacity; i++) {
        const struct nct_said *said = &grants->items[i];
        uint64_t contradicted = 0;
        if (!said->used)
            continue;
        nct_status status = compare_grant(grants, said, &contradicted);
        keep_first(contradicted, sequence);
        if (status == NCT_OK || status == NCT_E_INTEGRITY)
            status = compare_principal(grants, said, &contradicted);
        keep_first(contradicted, sequence);
        if (status != NCT_OK && status != NCT_E_INTEGRITY)
            return status;
    }
    return NCT_OK;
}

struct comparing {
    const struct nct_grants *grants;
    const struct nct_pair *pair;
    int unknown;
};

/* An empty row may be of somebody who was only named: what was said of them is said of who they are. */
static nct_status is_empty(struct nct_unit *unit, const struct nct_pair *pair, const struct nct_pair_name *name,
                           int *empty) {
    struct nct_grant_record grant;
    struct nct_principal_record principal;
    if (pair == &nct_grant_pair) {
        nct_status status = nct_grant_get(unit, name->provider, name->person, &grant);
        *empty = grant.role == NCT_ROLE_NONE;
        return status;
    }
    nct_status status = nct_principal_get(unit, name->provider, name->person, &principal);
    *empty = principal.on_record.relationships == 0;
    return status;
}

static nct_status is_known(struct nct_unit *unit, const struct nct_pair_name *name, void *argument) {
    struct comparing *comparing = argument;
    const struct nct_said *said = comparing->grants->count > 0 ? slot_of(comparing->grants, name->person) : NULL;
    int empty = 0;
    if (said != NULL && (comparing->pair == &nct_grant_pair ? said->sequence : said->standing_sequence) != 0)
        return NCT_OK;
    nct_status status = is_empty(unit, comparing->pair, name, &empty);
    comparing->unknown = status == NCT_OK && !empty;
    return comparing->unknown ? NCT_PAIR_ENOUGH : status;
}

/* Whether every live row is one of which the stream tells. */
static nct_status compare_live(struct nct_unit *unit, void *argument) {
    struct comparing *comparing = argument;
    return nct_pair_each(unit, comparing->pair, comparing->grants->provider, NULL, is_known, comparing);
}

nct_status nct_grants_compare(const struct nct_grants *grants, uint64_t end, uint64_t *sequence) {
    struct comparing comparing = {grants, &nct_grant_pair, 0};
    *sequence = 0;
    nct_status status = compare_said(grants, sequence);
    if (status != NCT_OK || *sequence != 0)
        return status;
    status = nct_unit_read(grants->portal, compare_live, &comparing);
    comparing.pair = &nct_principal_pair;
    if (status == NCT_OK && !comparing.unknown)
        status = nct_unit_read(grants->portal, compare_live, &comparing);
    if (status == NCT_E_INTEGRITY || comparing.unknown)
        *sequence = end + 1;
    return status == NCT_E_INTEGRITY ? NCT_OK : status;
}
