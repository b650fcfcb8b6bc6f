/* Putting every row under the current key, pass by pass, a bounded step at a time. */
#include "engine/handle/arguments.h"
#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"
#include "engine/unit/old_keys.h"
#include "portal/application/state.h"
#include "portal/registry/grant.h"
#include "portal/registry/principals.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct nct_rekey_progress {
    struct nct_memory memory;
    struct nct_rekey_record record;
};

/* One step: the rows that are scanned, and where the record stands before and after. */
struct step {
    struct nct_portal *portal;
    uint64_t revision; /* of the record when the step began */
    int altered; /* it was not the record that was written: what it told is worth nothing, and the pass begins anew */
    struct nct_rekey_record begin;
    struct nct_rekey_record end;
    struct nct_rekey_record reached; /* after the commit */
    struct nct_strays strays;
};

static void begin_pass(struct nct_rekey_record *record, const struct nct_keys *target) {
    int goes_on = memcmp(record->target, target->id, NCT_KEY_ID) == 0;
    struct nct_rekey_record next = {.pass = goes_on ? record->pass + 1 : 1, .space = NCT_SPACE_COUNT - 1};
    memcpy(next.target, target->id, NCT_KEY_ID);
    *record = next;
}

static int does_not_open(nct_status status) {
    return status == NCT_E_INTEGRITY || status == NCT_E_KEY || status == NCT_E_UNSUPPORTED;
}

/* Reads how far re-sealing has come. */
static nct_status read_record(struct nct_unit *unit, struct nct_rekey_record *record, uint64_t *revision,
                              int *altered) {
    nct_status status = nct_rekey_get(unit, record, revision);
    *altered = does_not_open(status);
    return *altered ? nct_rekey_discard(unit, record, revision) : status;
}

static nct_status look(struct nct_unit *unit, void *argument) {
    struct step *step = argument;
    const struct nct_keys *target = nct_keyring_current(&unit->portal->keyring);
    nct_status status = read_record(unit, &step->begin, &step->revision, &step->altered);
    if (status != NCT_OK)
        return status;
    if (memcmp(step->begin.target, target->id, NCT_KEY_ID) != 0 || step->begin.ended_at != 0)
        begin_pass(&step->begin, target);
    return step->begin.space < NCT_SPACE_COUNT ? NCT_OK : NCT_E_UNSUPPORTED;
}

/* Moves a record behind what was gone through; space -1 is the end of the pass. */
static void advance(struct nct_rekey_record *record, const struct nct_strays *strays) {
    record->seen += strays->seen;
    record->after.len = (uint32_t)strays->last.key_len;
    memcpy(record->after.bytes, strays->last.key, strays->last.key_len);
    if (nct_strays_ended(strays)) {
        record->space--;
        memset(&record->after, 0, sizeof record->after);
    }
}

/* Scans on until there are strays to commit, the limit is reached or the pass ends. */
static nct_status scan_on(struct step *step, size_t *limit) {
    nct_status status = NCT_OK;
    struct nct_rekey_record *at = &step->begin;
    step->end = *at;
    do {
        *at = step->end;
        status = nct_strays_find(step->portal, at->space, at->after.bytes, at->after.len, *limit, &step->strays);
        if (status != NCT_OK)
            return status;
        *limit -= step->strays.seen;
        advance(&step->end, &step->strays);
    } while (step->strays.count == 0 && *limit > 0 && step->end.space >= 0);
    return NCT_OK;
}

static nct_status reseal_row(struct nct_unit *unit, int32_t space, const struct nct_stray *stray) {
    static const struct nct_pair *const pairs[] = {&nct_grant_pair, &nct_principal_pair, &nct_proposal_pair};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i]->by_provider->space == space || pairs[i]->by_person->space == space)
            return nct_pair_reseal(unit, pairs[i], stray->key, stray->key_len, pairs[i]->by_person->space == space);
    int drafter = space == NCT_SPACE_APPLICATION_DRAFTER;
    if (drafter || space == NCT_SPACE_APPLICATION)
        return nct_application_reseal(unit, stray->key, stray->key_len, drafter);
    return nct_unit_reseal(unit, nct_type_of_space(space), stray->key, stray->key_len);
}

/* A row that is gone, or that does not open, holds nothing up. */
static nct_status reseal_rows(struct nct_unit *unit, const struct step *step, struct nct_rekey_record *record) {
    for (size_t i = 0; i < step->strays.count; i++) {
        nct_status status = reseal_row(unit, step->begin.space, &step->strays.rows[i]);
        if (status != NCT_OK && status != NCT_E_NOT_FOUND && !does_not_open(status))
            return status;
        record->resealed += status == NCT_OK;
        record->left += (uint64_t)does_not_open(status);
    }
    return NCT_OK;
}

/* Rows are put under the store's current key, never under one that was retired meanwhile. */
static nct_status check_target(struct nct_unit *unit) {
    struct nct_key_record key;
    nct_status status = nct_key_row_get(unit, nct_keyring_current(&unit->portal->keyring)->signing_id, &key);
    int current = key.state == NCT_KEY_STATE_CURRENT;
    sodium_memzero(&key, sizeof key);
    if (status == NCT_E_NOT_FOUND)
        return NCT_E_NOT_ANNOUNCED;
    return status == NCT_OK && !current ? NCT_E_STATE : status;
}

/* What a pass came to, and that one had to begin anew, is in the ledger: a record put back has entries behind it. */
static nct_status tell(struct nct_unit *unit, const struct nct_rekey_record *record, int altered) {
    char detail[NCT_DETAIL_ROOM];
    struct nct_stream stream = nct_stream_of_portal();
    struct nct_note note = {.event = NCT_EVENT_RESEAL_ENDED, .detail = detail};
    snprintf(detail, sizeof detail, "pass %" PRIu64 ": %" PRIu64 " rows seen, %" PRIu64 " re-sealed, %" PRIu64 " left",
             record->pass, record->seen, record->resealed, record->left);
    if (altered) {
        note.event = NCT_EVENT_RESEAL_RESTARTED;
        note.outcome = NCT_E_INTEGRITY;
        note.detail = "the record of the pass was altered";
    }
    return altered || record->ended_at != 0 ? nct_ledger_append(unit, &stream, &note) : NCT_OK;
}

/* Commits a step; if somebody else moved the record meanwhile, the step was theirs. */
static nct_status commit(struct nct_unit *unit, void *argument) {
    struct step *step = argument;
    struct nct_rekey_record now;
    struct nct_rekey_record end = step->end;
    uint64_t revision = 0;
    int altered = 0;
    nct_status status = check_target(unit);
    if (status == NCT_OK)
        status = read_record(unit, &now, &revision, &altered);
    if (status != NCT_OK)
        return status;
    if (revision != step->revision || altered != step->altered) {
        step->reached = now;
        return NCT_OK;
    }
    status = reseal_rows(unit, step, &end);
    if (end.space < 0) {
        end.space = 0;
        end.ended_at = unit->now;
    }
    step->reached = end;
    if (status == NCT_OK)
        status = nct_rekey_put(unit, &end);
    return status == NCT_OK ? tell(unit, &end, altered) : status;
}

static nct_status run_steps(struct step *step, size_t limit) {
    nct_status status = NCT_OK;
    do {
        status = nct_unit_read(step->portal, look, step);
        if (status == NCT_OK)
            status = scan_on(step, &limit);
        if (status == NCT_OK)
            status = nct_unit_run(step->portal, commit, step, NULL);
    } while (status == NCT_OK && limit > 0 && step->reached.ended_at == 0);
    return status;
}

nct_status nct_rekey(nct_portal *portal, size_t limit, nct_rekey_progress **out) {
    struct step step = {.portal = portal};
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    nct_status status = nct_take_limit(limit);
    if (status != NCT_OK)
        return status;
    nct_rekey_progress *progress = nct_memory_take(&portal->seams.memory, sizeof *progress);
    if (progress == NULL)
        return NCT_E_NO_MEMORY;
    status = run_steps(&step, limit);
    *progress = (struct nct_rekey_progress){portal->seams.memory, step.reached};
    if (status == NCT_OK && out != NULL)
        *out = progress;
    else
        nct_rekey_progress_free(progress);
    return status;
}

void nct_rekey_progress_free(nct_rekey_progress *progress) {
    if (progress == NULL)
        return;
    struct nct_memory memory = progress->memory;
    nct_memory_give(&memory, progress);
}

uint64_t nct_rekey_progress_pass(const nct_rekey_progress *progress) {
    return progress != NULL ? progress->record.pass : 0;
}

uint64_t nct_rekey_progress_seen(const nct_rekey_progress *progress) {
    return progress != NULL ? progress->record.seen : 0;
}

uint64_t nct_rekey_progress_resealed(const nct_rekey_progress *progress) {
    return progress != NULL ? progress->record.resealed : 0;
}

uint64_t nct_rekey_progress_left(const nct_rekey_progress *progress) {
    return progress != NULL ? progress->record.left : 0;
}

int32_t nct_rekey_progress_done(const nct_rekey_progress *progress) {
    return progress != NULL && progress->record.ended_at != 0 && progress->record.resealed == 0;
}
