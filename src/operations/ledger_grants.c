#include "operations/ledger_grants.h"

#include "ground/bytes.h"
#include "services/ledger.h"
#include "services/people.h"
#include "unit/fetch.h"

#include <sodium.h>
#include <string.h>

#define PAGE 200

_Static_assert(sizeof(((struct nct_grants *)0)->hash_key) == crypto_shorthash_KEYBYTES, "key of crypto_shorthash");

struct nct_said {
    char ncid[NCT_NCID_ROOM]; /* empty: a free slot */
    char detail[NCT_GRANT_DETAIL_ROOM];
    uint64_t sequence;
    int64_t time;
    int64_t suspended_at;
    int32_t event;
};

/* The table is keyed: NCIDs are chosen by people, and nobody shall choose them to collide. */
void nct_grants_init(struct nct_grants *grants, struct nct_portal *portal, const char *provider, size_t len) {
    static const unsigned char domain[] = "nctracks/grants/1";
    *grants = (struct nct_grants){.portal = portal};
    nct_copy_text(grants->provider, sizeof grants->provider, provider, len);
    crypto_generichash(grants->hash_key, sizeof grants->hash_key, domain, sizeof domain, portal->keys->lookup, NCT_KEY);
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

static int tells_of_access(int32_t event) {
    return event == NCT_EVENT_ACCESS_GRANTED || event == NCT_EVENT_ACCESS_REVOKED ||
           event == NCT_EVENT_ACCESS_SUSPENDED || event == NCT_EVENT_ACCESS_RESTORED;
}

/* A grant that is held back, or no longer is, stays what it was. */
static void note_hold(struct nct_said *said, const struct nct_entry_record *entry) {
    said->suspended_at = entry->event == NCT_EVENT_ACCESS_SUSPENDED ? entry->time : 0;
}

static void note_grant(struct nct_said *said, const struct nct_entry_record *entry) {
    said->event = entry->event;
    said->time = entry->time;
    said->suspended_at = 0;
    nct_copy_text(said->detail, sizeof said->detail, entry->detail, strlen(entry->detail));
}

nct_status nct_grants_note(struct nct_grants *grants, uint64_t sequence, const struct nct_entry_record *entry) {
    if (!tells_of_access(entry->event) || entry->outcome != NCT_OK || entry->subject[0] == '\0')
        return NCT_OK;
    nct_status status = grow(grants);
    if (status != NCT_OK)
        return status;
    struct nct_said *said = slot_of(grants, entry->subject);
    grants->count += said->ncid[0] == '\0';
    memcpy(said->ncid, entry->subject, sizeof said->ncid);
    said->sequence = sequence;
    if (entry->event == NCT_EVENT_ACCESS_GRANTED || entry->event == NCT_EVENT_ACCESS_REVOKED)
        note_grant(said, entry);
    else
        note_hold(said, entry);
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

static nct_status compare_said(const struct nct_grants *grants, uint64_t *sequence) {
    for (size_t i = 0; i < grants->capacity; i++) {
        const struct nct_said *said = &grants->items[i];
        struct nct_grant_record live;
        if (said->ncid[0] == '\0')
            continue;
        nct_status status = nct_grant_read(grants->portal, grants->provider, said->ncid, &live);
        if (status != NCT_OK && status != NCT_E_INTEGRITY)
            return status;
        int contradicts = status != NCT_OK || !agrees(said, &live);
        if (contradicts && (*sequence == 0 || said->sequence < *sequence))
            *sequence = said->sequence;
    }
    return NCT_OK;
}

static int is_known(const struct nct_grants *grants, const struct nct_page_row *row, size_t prefix_len) {
    char ncid[NCT_NCID_ROOM];
    return grants->count > 0 &&
           nct_copy_text(ncid, sizeof ncid, (const char *)row->key + prefix_len, row->key_len - prefix_len) &&
           ncid[0] != '\0' && slot_of(grants, ncid)->ncid[0] != '\0';
}

/* Whether every live row is one of which the stream tells. */
static nct_status compare_live(const struct nct_grants *grants, int *unknown) {
    unsigned char prefix[NCT_GRANT_KEY_MAX];
    unsigned char after[NCT_KEY_MAX];
    size_t prefix_len = nct_grant_key(grants->provider, "", prefix);
    size_t after_len = 0;
    size_t found = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == PAGE && !*unknown) {
        struct nct_page page;
        status = nct_fetch_page(grants->portal, &nct_type_grant, prefix, prefix_len, after, after_len, PAGE, &page);
        found = status == NCT_OK ? page.count : 0;
        for (size_t i = 0; i < found; i++)
            *unknown |= !is_known(grants, &page.rows[i], prefix_len);
        if (found > 0) {
            after_len = page.rows[found - 1].key_len;
            memcpy(after, page.rows[found - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    return status;
}

nct_status nct_grants_compare(const struct nct_grants *grants, uint64_t end, uint64_t *sequence) {
    int unknown = 0;
    *sequence = 0;
    nct_status status = compare_said(grants, sequence);
    if (status != NCT_OK || *sequence != 0)
        return status;
    status = compare_live(grants, &unknown);
    if (status == NCT_E_INTEGRITY || unknown)
        *sequence = end + 1;
    return status == NCT_E_INTEGRITY ? NCT_OK : status;
}
