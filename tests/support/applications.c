#include "applications.h"

#include <stdio.h>

#include "base/date.h"

int64_t world_date(const char *date) {
    int64_t day = 0;
    assert_true(nct_date_parse(date, strlen(date), &day));
    return day * WORLD_DAY;
}

void world_draft_set(nct_form *draft, const char *path, const char *value) {
    expect_status(nct_form_set(draft, path, value, strlen(value)), NCT_OK);
}

nct_form *world_draft(struct world *w, int32_t kind) {
    nct_form *draft = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_DRAFT, &draft), NCT_OK);
    world_draft_set(draft, "provider.npi", NPI_CLINIC);
    world_draft_set(draft, "submission.kind", nct_submission_name(kind));
    world_draft_set(draft, "document.id", "PA-0001");
    world_draft_set(draft, "document.version", "1");
    world_draft_set(draft, "document.content", WORLD_DOCUMENT);
    if (kind == NCT_SUBMISSION_FL2)
        world_draft_set(draft, "physician.date", WORLD_FL2_DATE);
    return draft;
}

nct_status world_try_draft(struct world *w, const char *by, int32_t kind, char id[NCT_APPLICATION_ID_LENGTH + 1]) {
    nct_form *draft = world_draft(w, kind);
    nct_status status = nct_draft_save(draft, by, strlen(by), id, NCT_APPLICATION_ID_LENGTH + 1, NULL);
    assert_int_equal(strlen(id), status == NCT_OK ? NCT_APPLICATION_ID_LENGTH : 0);
    nct_form_free(draft);
    return status;
}

void world_drafted(struct world *w, const char *by, int32_t kind, char id[NCT_APPLICATION_ID_LENGTH + 1]) {
    expect_status(world_try_draft(w, by, kind, id), NCT_OK);
}

nct_status world_apply(struct world *w, const char *ncid, int32_t kind, const char *id, nct_signature **signature) {
    nct_signature *made = NULL;
    nct_form *signing = world_signing(w, ncid, NPI_CLINIC, kind);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, ncid));
    expect_status(nct_form_set(signing, "application.id", id, strlen(id)), NCT_OK);
    nct_status status = nct_sign(signing, NULL, &made);
    nct_form_free(signing);
    assert_true((status == NCT_OK) == (made != NULL));
    if (signature != NULL)
        *signature = made;
    else
        nct_signature_free(made);
    return status;
}

nct_status world_decide(struct world *w, const char *id, int32_t move, int32_t *state) {
    static const char reason[] = "as the rules say";
    return nct_application_decide(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, id, strlen(id),
                                  move, reason, strlen(reason), state);
}

nct_status world_act(struct world *w, const char *by, const char *id, int32_t move, int32_t *state) {
    return nct_application_act(w->portal, by, strlen(by), NPI_CLINIC, 10, id, strlen(id), move, state);
}

static nct_application *get(struct world *w, const char *id) {
    nct_application *application = NULL;
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &application), NCT_OK);
    return application;
}

int32_t world_state(struct world *w, const char *id) {
    nct_application *application = get(w, id);
    int32_t state = nct_application_state(application);
    nct_application_free(application);
    return state;
}

static void take_step(struct world *w, const char *id, int32_t kind, size_t row) {
    int32_t move = nct_machine_row_move(kind, row), movers = nct_machine_row_movers(kind, row);
    if ((movers & NCT_MOVER_SIGNER) != 0)
        expect_status(world_apply(w, OLIVIA.ncid, kind, id, NULL), NCT_OK);
    else if ((movers & NCT_MOVER_AGENCY) != 0)
        expect_status(world_decide(w, id, move, NULL), NCT_OK);
    else if ((movers & NCT_MOVER_TIME) != 0) {
        world_advance(w, 30 * WORLD_DAY);
        (void)world_settle(w);
    } else
        expect_status(world_act(w, OLIVIA.ncid, id, move, NULL), NCT_OK);
    assert_int_equal(world_state(w, id), nct_machine_row_to(kind, row));
}

void world_lead(struct world *w, const char *id, int32_t state) {
    size_t steps[32] = {0}; /* to the wanted state, by state; found backwards, one ring after the other */
    size_t next[32] = {0};
    nct_application *application = get(w, id);
    int32_t kind = nct_application_kind(application), at = nct_application_state(application);
    nct_application_free(application);
    steps[state] = 1;
    for (size_t ring = 1; ring < 16 && steps[at] == 0; ring++)
        for (size_t i = 0; i < nct_machine_row_count(kind); i++) {
            int32_t from = nct_machine_row_from(kind, i);
            if (steps[from] == 0 && steps[nct_machine_row_to(kind, i)] == ring) {
                steps[from] = ring + 1;
                next[from] = i;
            }
        }
    assert_true(steps[at] > 0);
    for (; at != state; at = nct_machine_row_to(kind, next[at]))
        take_step(w, id, kind, next[at]);
}

nct_status world_settle_one(struct world *w, const char *item, int32_t *done) {
    return nct_due_settle(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), item, strlen(item), done);
}

size_t world_settle(struct world *w) {
    size_t total = 0;
    for (size_t round = 0;; round++) {
        nct_due *due = NULL;
        assert_true(round < 100);
        expect_status(nct_due_list(w->portal, w->now, NULL, 0, 100, &due), NCT_OK);
        size_t count = nct_due_count(due);
        for (size_t i = 0; i < count; i++) {
            int32_t done = -1;
            expect_status(world_settle_one(w, nct_due_id(due, i), &done), NCT_OK);
            total += done == 1;
        }
        nct_due_free(due);
        if (count == 0)
            return total;
    }
}

int64_t world_due(struct world *w, const char *npi, int32_t kind, char id[NCT_DUE_ID_ROOM]) {
    nct_due *due = NULL;
    int64_t time = 0;
    expect_status(nct_due_list(w->portal, INT64_MAX, NULL, 0, 1000, &due), NCT_OK);
    for (size_t i = 0; i < nct_due_count(due) && time == 0; i++)
        if (nct_due_kind(due, i) == kind && strcmp(nct_due_provider(due, i), npi) == 0) {
            time = nct_due_time(due, i);
            if (id != NULL)
                (void)snprintf(id, NCT_DUE_ID_ROOM, "%s", nct_due_id(due, i));
        }
    nct_due_free(due);
    return time;
}
