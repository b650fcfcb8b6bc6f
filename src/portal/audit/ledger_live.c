#include "portal/audit/ledger_live.h"

#include "base/bytes.h"
#include "engine/unit/ledger_append.h"
#include "portal/registry/person.h"
#include "portal/registry/principals.h"

#include <sodium.h>
#include <string.h>

#define PAGE 200

_Static_assert(sizeof(((struct nct_grants *)0)->hash_key) == crypto_shorthash_KEYBYTES, "key of crypto_shorthash");

/* What the stream says of somebody: the last entry about their grant, and the last about their standing on the record.
 */
struct nct_said {
    char ncid[NCT_NCID_ROOM]; /* empty: a free slot */
    char detail[NCT_GRANT_DETAIL_ROOM];
    uint64_t sequence; /* 0: nothing was said of a grant */
    int64_t time;
    int64_t suspended_at;
    int32_t event;
    char standing[NCT_ON_RECORD_DETAIL_ROOM];
    uint64_t standing_sequence; /* 0: nothing was said of the record */
    int64_t standing_time;
};

/* The table is keyed: NCIDs are chosen by people, and nobody shall choose them to collide. */
void nct_grants_init(struct nct_grants *grants, struct nct_portal *portal, const char *provider, size_t len) {
    static const unsigned char domain[] = "nctracks/grants/1";
    *grants = (struct nct_grants){.portal = portal};
    nct_copy_text(grants->provider, sizeof grants->provider, provider, len);
    crypto_generichash(grants->hash_key, sizeof grants->hash_key, domain, sizeof domain, portal->keyring.kept->lookup,
                       NCT_KEY);
}

void nct_grants_free(struct nct_grants *grants) {
    nct_memory_give(&grants->portal->seams.memory, grants->items);
    grants->items = NULL;
}

static size_t hash_of(const struct nct_grants *grants, const char *ncid) {
    unsigned char hash[crypto_shorthash_BYTES];
    crypto_shorthash(hash, (const unsigned char *)ncid, strlen(ncid), grants->hash_key);
    return (size_t)nct_get_be64(hash);
}

/* The slot of an NCID, or the free one where it belongs. At least one slot is free. */
static struct nct_said *slot_of(const struct nct_grants *grants, const char *ncid) {
    size_t at = hash_of(grants, ncid) & (grants->capacity - 1);
    while (grants->items[at].ncid[0] != '\0' && strcmp(grants->items[at].ncid, ncid) != 0)
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
        if (grants->items[i].ncid[0] != '\0')
            *slot_of(&larger, grants->items[i].ncid) = grants->items[i];
    nct_memory_give(memory, grants->items);
    *grants = larger;
    return NCT_OK;
}

static int is_of_grant(int32_t event) {
    return event == NCT_EVENT_ACCESS_GRANTED || event == NCT_EVENT_ACCESS_REVOKED;
}

static int is_of_hold(int32_t event) {
    return event == NCT_EVENT_ACCESS_SUSPENDED || event == NCT_EVENT_ACCESS_RESTORED;
}

static int is_of_record(int32_t event) {
    return event == NCT_EVENT_PRINCIPAL_LISTED || event == NCT_EVENT_PRINCIPAL_REMOVED;
}

static void note_grant(struct nct_said *said, uint64_t sequence, const struct nct_entry_record *entry) {
    said->sequence = sequence;
    said->time = entry->time;
    said->event = entry->event;
    said->suspended_at = 0;
    nct_copy_text(said->detail, sizeof said->detail, entry->detail, strlen(entry->detail));
}

/* A grant that is held back, or no longer is, stays what it was. */
static void note_hold(struct nct_said *said, uint64_t sequence, const struct nct_entry_record *entry) {
    said->sequence = sequence;
    said->suspended_at = entry->event == NCT_EVENT_ACCESS_SUSPENDED ? entry->time : 0;
}

static void note_record(struct nct_said *said, uint64_t sequence, const struct nct_entry_record *entry) {
    said->standing_sequence = sequence;
    said->standing_time = entry->time;
    nct_copy_text(said->standing, sizeof said->standing, entry->detail, strlen(entry->detail));
}

nct_status nct_grants_note(struct nct_grants *grants, uint64_t sequence, const struct nct_entry_record *entry) {
    int32_t event = entry->event;
    int tells = is_of_grant(event) || is_of_hold(event) || is_of_record(event);
    if (!tells || entry->outcome != NCT_OK || entry->subject[0] == '\0')
        return NCT_OK;
    nct_status status = grow(grants);
    if (status != NCT_OK)
        return status;
    struct nct_said *said = slot_of(grants, entry->subject);
    grants->count += said->ncid[0] == '\0';
    memcpy(said->ncid, entry->subject, sizeof said->ncid);
    if (is_of_grant(event))
        note_grant(said, sequence, entry);
    else if (is_of_hold(event))
        note_hold(said, sequence, entry);
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
           said->time == live->granted_at && said->suspended_at == live->suspended_at &&
           strcmp(said->detail, detail) == 0;
}

static int stands_as_said(const struct nct_said *said, const struct nct_on_record *live) {
    char detail[NCT_ON_RECORD_DETAIL_ROOM];
    nct_on_record_describe(live, detail);
    return strcmp(said->standing, detail) == 0;
}

/* The first of the two entries that the live grant contradicts, also by its copy of the record; 0: none. */
static nct_status compare_grant(const struct nct_grants *grants, const struct nct_said *said, uint64_t *contradicted) {
    struct nct_grant_record live;
    *contradicted = 0;
    if (said->sequence == 0)
        return NCT_OK;
    nct_status status = nct_grant_read(grants->portal, grants->provider, said->ncid, &live);
    if (status != NCT_OK || !agrees(said, &live))
        *contradicted = said->sequence;
    else if (live.role != NCT_ROLE_NONE && !stands_as_said(said, &live.on_record))
        *contradicted = said->standing_sequence != 0 ? said->standing_sequence : said->sequence;
    return status;
}

static nct_status compare_principal(const struct nct_grants *grants, const struct nct_said *said,
                                    uint64_t *contradicted) {
    struct nct_principal_record live;
    *contradicted = 0;
    if (said->standing_sequence == 0)
        return NCT_OK;
    nct_status status = nct_pair_read(grants->portal, &nct_principal_pair, grants->provider, said->ncid, &live);
    if (status != NCT_OK || live.recorded_at != said->standing_time || !stands_as_said(said, &live.on_record))
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
        if (said->ncid[0] == '\0')
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

static int is_known(const struct nct_grants *grants, const struct nct_pair *pair, const char *ncid) {
    if (grants->count == 0 || ncid[0] == '\0')
        return 0;
    const struct nct_said *said = slot_of(grants, ncid);
    return (pair == &nct_grant_pair ? said->sequence : said->standing_sequence) != 0;
}

/* Whether every live row is one of which the stream tells. */
static nct_status compare_live(const struct nct_grants *grants, const struct nct_pair *pair, int *unknown) {
    char after[NCT_NCID_ROOM] = "";
    int more = 1;
    nct_status status = NCT_OK;
    while (status == NCT_OK && more && !*unknown) {
        struct nct_pair_page page;
        struct nct_pair_range range = {pair, 1, grants->provider, after, PAGE};
        status = nct_pair_scan(grants->portal, &range, &page);
        for (size_t i = 0; i < page.count; i++)
            *unknown |= !is_known(grants, pair, page.names[i]);
        if (page.count > 0)
            memcpy(after, page.names[page.count - 1], sizeof after);
        more = page.more;
        nct_pair_page_free(&page);
    }
    return status;
}

nct_status nct_grants_compare(const struct nct_grants *grants, uint64_t end, uint64_t *sequence) {
    int unknown = 0;
    *sequence = 0;
    nct_status status = compare_said(grants, sequence);
    if (status != NCT_OK || *sequence != 0)
        return status;
    status = compare_live(grants, &nct_grant_pair, &unknown);
    if (status == NCT_OK)
        status = compare_live(grants, &nct_principal_pair, &unknown);
    if (status == NCT_E_INTEGRITY || unknown)
        *sequence = end + 1;
    return status == NCT_E_INTEGRITY ? NCT_OK : status;
}
