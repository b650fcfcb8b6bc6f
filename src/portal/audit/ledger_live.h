/* What a provider's stream says last of each person's access and standing on the record, and whether the live rows say
 * the same. */
#ifndef NCT_PORTAL_AUDIT_LEDGER_LIVE_H
#define NCT_PORTAL_AUDIT_LEDGER_LIVE_H

#include "engine/handle/portal.h"
#include "engine/records/types.h"

struct nct_said;

/* One item for each person, in a hash table. */
struct nct_grants {
    struct nct_portal *portal;
    char provider[NCT_PROVIDER_ROOM];
    struct nct_said *items;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
};

void nct_grants_init(struct nct_grants *grants, struct nct_portal *portal, const char *provider, size_t len);
void nct_grants_free(struct nct_grants *grants);

/* Takes note of an entry, in the order of the stream. NCT_OK; NCT_E_INTEGRITY for one about nobody; or a failure. */
nct_status nct_grants_note(struct nct_grants *grants, uint64_t sequence, const struct nct_entry_record *entry);

/*
 * Compares with the live grants and principals: *sequence is the first entry that a live row contradicts, `end` + 1 for
 * a row of which no entry tells, 0 when all agree. NCT_OK or a failure, never NCT_E_INTEGRITY.
 */
nct_status nct_grants_compare(const struct nct_grants *grants, uint64_t end, uint64_t *sequence);

#endif
