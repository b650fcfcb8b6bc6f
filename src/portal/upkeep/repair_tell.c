/* What the ledger says of a repair. */
#include "portal/upkeep/repair.h"

#include "engine/unit/ledger_append.h"

#include <stdio.h>

nct_status nct_repair_tell(struct nct_unit *unit, const struct nct_repairing *repairing,
                           const struct nct_record_type *type) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_stream stream = nct_stream_of_portal();
    struct nct_note note = {.event = NCT_EVENT_STORE_REPAIRED, .actor = repairing->actor, .detail = detail};
    snprintf(detail, sizeof detail, "%s: %s", nct_space_name(type->space), repairing->reason);
    return nct_ledger_append(unit, &stream, &note);
}
