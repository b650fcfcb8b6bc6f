/* Applications: drafting, submitting with a signature, moves legal and illegal, races, rows put back, listing, history.
 */
#include "applications.h"

#include <stdio.h>
#include <stdlib.h>

#define KIND NCT_SUBMISSION_RECREDENTIALING

static char id[NCT_APPLICATION_ID_LENGTH + 1];

/* Which moves its state allows is nobody's business who has nothing to do with it. */
static void somebody_without_access_learns_no_state(void **state) {
    struct world *w = *state;
    char application[NCT_APPLICATION_ID_LENGTH + 1];
    int32_t told = -1;
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, application);
    world_register(w, world_npi(7), &OSCAR, &SILAS, "pa.submit");
    static const int32_t moves[] = {NCT_MOVE_DISCARD, NCT_MOVE_APPROVE, NCT_MOVE_WITHDRAW};
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        expect_status(world_act(w, SILAS.ncid, application, moves[i], &told), NCT_E_NOT_PROVISIONED);
        assert_int_equal(told, 0);
    }
}

static void who_may_draft_what(void **state) {
    struct world *w = *state;
    const struct cast *const people[] = {&OLIVIA, &UMA, &FRANK, &PETRA};
    const nct_status A = NCT_E_NO_AUTHORITY, R = NCT_E_RIGHT_MISSING;
    const nct_status verdicts[4][8] = {
        /* enrollment, recredentialing, FL2, pharmacy PA, medical PA, re-enrollment, change, eligibility */
        {NCT_OK, NCT_OK, NCT_OK, NCT_OK, NCT_OK, NCT_OK, NCT_OK, NCT_OK},
        {A, A, R, NCT_OK, NCT_OK, A, A, A},
        {A, A, R, R, R, A, A, A},
        {A, A, NCT_OK, NCT_OK, NCT_OK, A, A, A},
    };
    for (size_t p = 0; p < 4; p++)
        for (int32_t kind = 1; kind <= 8; kind++)
            expect_status(world_try_draft(w, people[p]->ncid, kind, id), verdicts[p][kind - 1]);
    expect_status(world_try_draft(w, SILAS.ncid, KIND, id), NCT_E_NOT_PROVISIONED);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_NOT_PROVISIONED);
}

static int setup_specialist(void **state) {
    struct world *w = world_new();
    nct_policy_free(w->policy);
    expect_status(nct_policy_new("2026", &w->policy), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_TESTING, 1), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_KDF_MEMORY, 8), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_KDF_PASSES, 1), NCT_OK);
    world_take_any_clock(w->policy);
    world_open(w);
    world_register(w, NPI_CLINIC, &OLIVIA, &PETRA, "pa.submit");
    world_set_password(w, OLIVIA.ncid, WORLD_PASSWORD);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_ENROLLMENT_SPECIALIST, 0), NCT_OK);
    *state = w;
    return 0;
}

static void a_specialist_prepares_and_discards_but_neither_submits_nor_withdraws(void **state) {
    struct world *w = *state;
    int32_t at = 0;
    world_drafted(w, PETRA.ncid, KIND, id);
    expect_status(world_apply(w, PETRA.ncid, KIND, id, NULL), NCT_E_NO_AUTHORITY);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    expect_status(world_act(w, PETRA.ncid, id, NCT_MOVE_WITHDRAW, &at), NCT_E_NO_AUTHORITY);
    expect_status(world_act(w, PETRA.ncid, id, NCT_MOVE_DISCARD, &at), NCT_E_ILLEGAL_MOVE);
    assert_int_equal(at, NCT_STATE_IN_PROCESS);
    expect_status(world_act(w, OLIVIA.ncid, id, NCT_MOVE_WITHDRAW, &at), NCT_OK);
    assert_int_equal(at, NCT_STATE_WITHDRAWN);
    world_drafted(w, PETRA.ncid, KIND, id);
    expect_status(world_act(w, PETRA.ncid, id, NCT_MOVE_DISCARD, &at), NCT_OK);
    assert_int_equal(at, NCT_STATE_ABANDONED);
}

/* Where a move leads, or why it does not. */
static int32_t next_of(int32_t kind, int32_t state, int32_t move, int32_t movers) {
    int32_t next = 0;
    nct_status status = nct_machine_next(kind, state, move, movers, &next);
    return status == NCT_OK ? next : status;
}

/* Each move by each mover from each state of each kind: the machine's word is what happens, and all that happens. */
static void each_move_from_each_state(void **state) {
    struct world *w = *state;
    size_t legal = 0, illegal = 0;
    for (int32_t kind = 1; nct_submission_name(kind) != NULL; kind++)
        for (size_t s = 0; s < nct_machine_state_count(kind); s++) {
            int32_t from = nct_machine_state(kind, s);
            struct rows start = rows_take(w->store.inner);
            int64_t now = w->now;
            world_drafted(w, OLIVIA.ncid, kind, id);
            world_lead(w, id, from);
            struct rows there = rows_take(w->store.inner);
            for (int32_t move = 1; nct_move_name(move) != NULL; move++)
                for (int agency = 0; agency <= 1; agency++) {
                    int32_t movers = agency ? NCT_MOVER_AGENCY : NCT_MOVER_PREPARER | NCT_MOVER_SUBMITTER;
                    int32_t next = next_of(kind, from, move, movers), at = -1;
                    size_t entries = world_entries(w, "provider:" NPI_CLINIC);
                    nct_status status =
                        agency ? world_decide(w, id, move, &at) : world_act(w, OLIVIA.ncid, id, move, &at);
                    expect_status(status, next > 0 ? NCT_OK : NCT_E_ILLEGAL_MOVE);
                    assert_int_equal(at, next > 0 ? next : from);
                    assert_int_equal(world_state(w, id), at);
                    assert_true(world_entries(w, "provider:" NPI_CLINIC) > entries);
                    legal += next > 0;
                    illegal += next < 0;
                    rows_restore(w->store.inner, &there);
                }
            nct_status status = world_apply(w, OLIVIA.ncid, kind, id, NULL);
            expect_status(status, nct_machine_revisable(kind, from) ? NCT_OK : NCT_E_ILLEGAL_MOVE);
            rows_restore(w->store.inner, &start);
            rows_free(&there);
            rows_free(&start);
            w->now = now;
            w->mailer.count = 4;
        }
    assert_true(legal > 150 && illegal > 1000);
}

static void submission_and_signature_are_one(void **state) {
    struct world *w = *state;
    nct_signature *signature = NULL;
    nct_application *application = NULL;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_advance(w, 5000);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, &signature), NCT_OK);
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &application), NCT_OK);
    assert_string_equal(nct_application_id(application), id);
    assert_string_equal(nct_application_provider(application), NPI_CLINIC);
    assert_int_equal(nct_application_kind(application), KIND);
    assert_int_equal(nct_application_state(application), NCT_STATE_IN_PROCESS);
    assert_string_equal(nct_application_signature(application), nct_signature_id(signature));
    assert_memory_equal(nct_application_document_digest(application), nct_signature_document_digest(signature),
                        NCT_DIGEST_BYTES);
    assert_string_equal(nct_application_document_id(application), "PA-0001");
    assert_string_equal(nct_application_document_version(application), "1");
    assert_string_equal(nct_application_physician_date(application), "");
    assert_string_equal(nct_application_drafted_by(application), OLIVIA.ncid);
    assert_string_equal(nct_application_moved_by(application), OLIVIA.ncid);
    assert_true(nct_application_drafted_at(application) == WORLD_START);
    assert_true(nct_application_submitted_at(application) == WORLD_START + 5000);
    assert_true(nct_application_moved_at(application) == WORLD_START + 5000);
    assert_true(nct_application_moves(application) == 1);
    assert_int_equal(nct_application_last_move(application), NCT_MOVE_SUBMIT);
    assert_true(nct_application_due_at(application) == 0);
    nct_application_free(application);
    nct_signature_free(signature);
    expect_status(world_decide(w, id, NCT_MOVE_RETURN, NULL), NCT_OK);
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &application), NCT_OK);
    assert_string_equal(nct_application_note(application), "as the rules say");
    assert_string_equal(nct_application_moved_by(application), "operator:" WORLD_OPERATOR);
    assert_true(nct_application_due_at(application) == w->now + 30 * WORLD_DAY);
    nct_application_free(application);
}

static nct_status sign_with(struct world *w, const char *application, const char *path, const char *value) {
    nct_signature *made = NULL;
    nct_form *signing = world_signing(w, OLIVIA.ncid, NPI_CLINIC, KIND);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, OLIVIA.ncid));
    expect_status(nct_form_set(signing, "application.id", application, strlen(application)), NCT_OK);
    expect_status(nct_form_set(signing, path, value, strlen(value)), NCT_OK);
    nct_status status = nct_sign(signing, NULL, &made);
    nct_form_free(signing);
    nct_signature_free(made);
    return status;
}

static size_t signatures(struct world *w) {
    nct_signature_list *page = NULL;
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 1000, &page), NCT_OK);
    size_t count = nct_signature_list_count(page);
    nct_signature_list_free(page);
    return count;
}

static void only_the_drafted_document_submits_it(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    expect_status(sign_with(w, id, "document.content", "Another document."), NCT_E_DOCUMENT);
    expect_status(sign_with(w, id, "document.id", "PA-0002"), NCT_E_DOCUMENT);
    expect_status(sign_with(w, id, "document.version", "2"), NCT_E_DOCUMENT);
    expect_status(sign_with(w, id, "submission.kind", "enrollment"), NCT_E_DOCUMENT);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_DOCUMENT);
    expect_status(sign_with(w, "00000000000000000000000000000000", "document.version", "1"), NCT_E_NOT_FOUND);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_NOT_FOUND);
    expect_status(sign_with(w, "no id", "document.version", "1"), NCT_E_PROBLEMS);
    expect_status(sign_with(w, id, "signer.pin", world_wrong_pin(world_pin_of(w, OLIVIA.ncid))), NCT_E_DENIED);
    assert_int_equal(signatures(w), 0);
    assert_int_equal(world_state(w, id), NCT_STATE_DRAFT);
    expect_status(sign_with(w, id, "document.version", "1"), NCT_OK);
    expect_status(sign_with(w, id, "document.version", "1"), NCT_E_ILLEGAL_MOVE);
    assert_int_equal(signatures(w), 1);
    assert_int_equal(world_pin_failures(w, OLIVIA.ncid), 0);
}

static void a_signing_sent_again_submits_once(void **state) {
    struct world *w = *state;
    char other[NCT_APPLICATION_ID_LENGTH + 1];
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_drafted(w, OLIVIA.ncid, KIND, other);
    expect_status(sign_with(w, id, "idempotency.key", "k-1"), NCT_OK);
    expect_status(sign_with(w, id, "idempotency.key", "k-1"), NCT_OK);
    expect_status(sign_with(w, other, "idempotency.key", "k-1"), NCT_E_REPEATED);
    expect_status(sign_with(w, "00000000000000000000000000000000", "idempotency.key", "k-1"), NCT_E_REPEATED);
    assert_int_equal(signatures(w), 1);
    assert_int_equal(world_state(w, other), NCT_STATE_DRAFT);
}

static nct_status revise(struct world *w, const char *by, int32_t kind, const char *version) {
    nct_form *draft = world_draft(w, kind);
    world_draft_set(draft, "document.version", version);
    nct_status status = nct_draft_revise(draft, by, strlen(by), id, strlen(id), NULL);
    nct_form_free(draft);
    return status;
}

static void a_revision_needs_a_new_signature(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    expect_status(revise(w, PETRA.ncid, KIND, "2"), NCT_E_NO_AUTHORITY);
    expect_status(revise(w, OLIVIA.ncid, NCT_SUBMISSION_ENROLLMENT, "2"), NCT_E_PROBLEMS);
    expect_status(revise(w, OLIVIA.ncid, KIND, "2"), NCT_OK);
    expect_status(sign_with(w, id, "document.version", "1"), NCT_E_DOCUMENT);
    expect_status(sign_with(w, id, "document.version", "2"), NCT_OK);
    expect_status(revise(w, OLIVIA.ncid, KIND, "3"), NCT_E_ILLEGAL_MOVE); /* no correction after submission */
    expect_status(world_decide(w, id, NCT_MOVE_RETURN, NULL), NCT_OK);
    expect_status(revise(w, OLIVIA.ncid, KIND, "3"), NCT_OK);
    assert_int_equal(world_state(w, id), NCT_STATE_RETURNED);
    expect_status(sign_with(w, id, "document.version", "2"), NCT_E_DOCUMENT);
    expect_status(sign_with(w, id, "document.version", "3"), NCT_OK);
    assert_int_equal(world_state(w, id), NCT_STATE_IN_PROCESS);
    assert_int_equal(signatures(w), 2);
}

static void wrong_arguments_name_what_is_wrong(void **state) {
    struct world *w = *state;
    int32_t at = 7;
    char small[8];
    nct_application *application = NULL;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    nct_form *draft = world_draft(w, KIND);
    expect_status(nct_draft_save(draft, OLIVIA.ncid, 5, small, sizeof small, NULL), NCT_E_BUFFER);
    expect_status(nct_draft_save(NULL, OLIVIA.ncid, 5, small, sizeof small, NULL), NCT_E_ARGUMENT);
    expect_status(nct_draft_save(draft, "x", 1, id, sizeof id, NULL), NCT_E_TOO_SHORT);
    nct_problems *problems = NULL;
    expect_status(nct_form_set(draft, "document.content", "", 0), NCT_OK);
    expect_status(nct_form_set(draft, "document.id", "a\0b", 3), NCT_OK);
    expect_status(nct_form_set(draft, "document.version", "\xff", 1), NCT_OK);
    expect_status(nct_form_set(draft, "physician.date", "2026-01-01", 10), NCT_OK);
    expect_status(nct_form_set(draft, "physician.name", "x", 1), NCT_E_UNKNOWN_FIELD);
    expect_status(nct_draft_save(draft, OLIVIA.ncid, strlen(OLIVIA.ncid), id, sizeof id, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 4);
    nct_problems_free(problems);
    nct_form_free(draft);
    world_drafted(w, OLIVIA.ncid, KIND, id);
    expect_status(world_decide(w, id, 0, &at), NCT_E_ARGUMENT);
    expect_status(world_decide(w, id, 20, &at), NCT_E_ARGUMENT);
    assert_int_equal(at, 0);
    expect_status(world_decide(w, "xyz", NCT_MOVE_REVIEW, &at), NCT_E_FORMAT);
    expect_status(world_decide(w, "00000000000000000000000000000000", NCT_MOVE_REVIEW, &at), NCT_E_NOT_FOUND);
    expect_status(nct_application_decide(w->portal, "", 0, NPI_CLINIC, 10, id, 32, NCT_MOVE_REVIEW, "r", 1, NULL),
                  NCT_E_EMPTY);
    expect_status(nct_application_decide(w->portal, "o", 1, NPI_CLINIC, 10, id, 32, NCT_MOVE_REVIEW, "", 0, NULL),
                  NCT_E_EMPTY);
    expect_status(nct_application_decide(w->portal, "o", 1, NPI_CLINIC, 10, id, 32, NCT_MOVE_REVIEW, "a\nb", 3, NULL),
                  NCT_E_CHARACTER);
    expect_status(nct_application_decide(w->portal, "o", 1, world_npi(5), 10, id, 32, NCT_MOVE_REVIEW, "r", 1, NULL),
                  NCT_E_NOT_FOUND);
    expect_status(world_act(w, SILAS.ncid, id, NCT_MOVE_DISCARD, NULL), NCT_E_NOT_PROVISIONED);
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, NULL, 0, &application), NCT_E_ARGUMENT);
    expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, 31, &application), NCT_E_FORMAT);
    assert_null(application);
    assert_int_equal(world_state(w, id), NCT_STATE_DRAFT);
}

struct race {
    struct world *rival;
    const char *id;
    int32_t move;
    nct_status status;
};

static void rival_moves(void *argument) {
    struct race *race = argument;
    race->status = world_decide(race->rival, race->id, race->move, NULL);
}

static void of_two_agents_at_once_one_moves(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_IN_REVIEW);
    struct world *rival = world_new();
    world_share(rival, w);
    world_open(rival);
    struct race race = {rival, id, NCT_MOVE_DENY, NCT_E_NOT_FOUND};
    int32_t at = 0;
    w->store.before_commit = rival_moves;
    w->store.argument = &race;
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, &at), NCT_E_ILLEGAL_MOVE);
    expect_status(race.status, NCT_OK);
    assert_int_equal(at, NCT_STATE_DENIED);
    assert_int_equal(world_free(rival), 0);
}

static void a_withdrawal_racing_a_decision(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_lead(w, id, NCT_STATE_IN_REVIEW);
    struct world *rival = world_new();
    world_share(rival, w);
    world_open(rival);
    struct race race = {rival, id, NCT_MOVE_RETURN, NCT_E_NOT_FOUND};
    w->store.before_commit = rival_moves;
    w->store.argument = &race;
    expect_status(world_act(w, OLIVIA.ncid, id, NCT_MOVE_WITHDRAW, NULL), NCT_OK); /* from Returned then */
    expect_status(race.status, NCT_OK);
    assert_int_equal(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, NULL), 0);
    assert_int_equal(world_free(rival), 0);
}

/* Signing and a withdrawal of the right that races it: the signature comes with its submission or not at all. */
static void revoke_petra(void *argument) {
    struct race *race = argument;
    race->status = world_revoke(race->rival, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid);
}

static void a_submission_racing_a_revocation_leaves_no_half(void **state) {
    struct world *w = *state;
    for (size_t commit = 0; commit < 3; commit++) {
        struct world *rival = world_new();
        world_drafted(w, PETRA.ncid, NCT_SUBMISSION_MEDICAL_PA, id);
        world_share(rival, w);
        world_open(rival);
        struct race race = {rival, id, 0, NCT_E_NOT_FOUND};
        size_t before = signatures(w);
        w->store.before_commit = revoke_petra;
        w->store.argument = &race;
        w->store.before_commit_skip = commit;
        nct_status status = world_apply(w, PETRA.ncid, NCT_SUBMISSION_MEDICAL_PA, id, NULL);
        assert_true(status != NCT_OK || race.status != NCT_OK);
        assert_int_equal(signatures(w) - before, status == NCT_OK);
        assert_int_equal(world_state(w, id), status == NCT_OK ? NCT_STATE_SUSPENDED : NCT_STATE_DRAFT);
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << 3), NCT_OK);
        w->store.before_commit = NULL;
        assert_int_equal(world_free(rival), 0);
    }
}

/* Somebody with access to the store puts one row of an application back, or takes it away. */
static void a_row_put_back_alone_is_found(void **state) {
    struct world *w = *state;
    nct_application *application = NULL;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    struct rows before = rows_take(w->store.inner);
    world_lead(w, id, NCT_STATE_WITHDRAWN);
    static const char *const spaces[] = {"application", "application_by_person"};
    for (size_t s = 0; s < 2; s++)
        for (int removed = 0; removed <= 1; removed++) {
            struct rows after = rows_take(w->store.inner);
            for (size_t i = 0; i < before.count; i++)
                if (before.at[i].space == space_of(spaces[s])) {
                    struct row row = before.at[i];
                    row.revision = removed ? 0 : row.revision;
                    row_force(w->store.inner, &row);
                }
            nct_status wanted = NCT_E_INTEGRITY;
            expect_status(nct_application_get(w->portal, NPI_CLINIC, 10, id, 32, &application), wanted);
            expect_status(world_decide(w, id, NCT_MOVE_REVIEW, NULL), wanted);
            expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), wanted);
            rows_restore(w->store.inner, &after);
            rows_free(&after);
        }
    rows_free(&before);
}

static void lists_are_paged_and_filtered(void **state) {
    struct world *w = *state;
    char ids[7][NCT_APPLICATION_ID_LENGTH + 1];
    for (size_t i = 0; i < 7; i++) {
        world_advance(w, 10);
        world_drafted(w, i % 2 ? PETRA.ncid : OLIVIA.ncid, NCT_SUBMISSION_MEDICAL_PA, ids[i]);
        if (i % 3 == 0)
            expect_status(world_act(w, OLIVIA.ncid, ids[i], NCT_MOVE_DISCARD, NULL), NCT_OK);
    }
    for (int by_person = 0; by_person <= 1; by_person++)
        for (int32_t wanted = 0; wanted <= NCT_STATE_VOID; wanted += NCT_STATE_VOID)
            for (size_t limit = 1; limit <= 8; limit++) {
                char cursor[160] = "";
                size_t next = 0, rounds = 0;
                for (int32_t more = 1; more; rounds++) {
                    nct_application_list *page = NULL;
                    const char *after = cursor[0] != '\0' ? cursor : NULL;
                    nct_status status =
                        by_person ? nct_application_list_by_person(w->portal, PETRA.ncid, strlen(PETRA.ncid), wanted,
                                                                   after, strlen(cursor), limit, &page)
                                  : nct_application_list_by_provider(w->portal, NPI_CLINIC, 10, wanted, after,
                                                                     strlen(cursor), limit, &page);
                    expect_status(status, NCT_OK);
                    for (size_t i = 0; i < nct_application_list_count(page); i++, next++) {
                        while ((by_person && next % 2 == 0) || (wanted != 0 && next % 3 != 0))
                            next++;
                        assert_string_equal(nct_application_id(nct_application_list_at(page, i)), ids[next]);
                    }
                    assert_null(nct_application_list_at(page, nct_application_list_count(page)));
                    more = nct_application_list_more(page);
                    (void)snprintf(cursor, sizeof cursor, "%s", nct_application_list_cursor(page));
                    nct_application_list_free(page);
                    assert_true(rounds < 10);
                }
                assert_true(next >= (by_person ? (wanted ? 4u : 6u) : 7u));
            }
    nct_application_list *page = NULL;
    expect_status(nct_application_list_by_provider(w->portal, NPI_CLINIC, 10, 99, NULL, 0, 5, &page), NCT_E_ARGUMENT);
    expect_status(nct_application_list_by_provider(w->portal, NPI_CLINIC, 10, 0, "zz", 2, 5, &page), NCT_E_FORMAT);
    expect_status(nct_application_list_by_provider(w->portal, NPI_CLINIC, 10, 0, "00", 2, 5, &page), NCT_E_FORMAT);
    expect_status(nct_application_list_by_provider(w->portal, NPI_CLINIC, 10, 0, NULL, 0, 0, &page), NCT_E_ARGUMENT);
    expect_status(nct_application_list_by_person(w->portal, SILAS.ncid, strlen(SILAS.ncid), 0, NULL, 0, 5, &page),
                  NCT_E_UNKNOWN_PERSON);
    assert_null(page);
}

static void history_is_the_ledgers(void **state) {
    struct world *w = *state;
    char other[NCT_APPLICATION_ID_LENGTH + 1];
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_drafted(w, OLIVIA.ncid, KIND, other);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, other, NULL), NCT_OK);
    expect_status(world_decide(w, id, NCT_MOVE_APPROVE, NULL), NCT_E_ILLEGAL_MOVE);
    expect_status(world_act(w, OLIVIA.ncid, id, NCT_MOVE_WITHDRAW, NULL), NCT_OK);
    static const char *const events[] = {"application.drafted", "application.moved", "application.refused",
                                         "application.moved"};
    static const char *const ends[] = {" recredentialing", " recredentialing submit draft in_process",
                                       " recredentialing approve in_process",
                                       " recredentialing withdraw in_process withdrawn"};
    for (size_t limit = 1; limit <= 5; limit++) {
        uint64_t after = 0;
        size_t seen = 0;
        for (size_t count = 1; count > 0;) {
            nct_entry_list *page = NULL;
            expect_status(nct_application_history(w->portal, NPI_CLINIC, 10, id, 32, after, limit, &page), NCT_OK);
            count = nct_entry_list_count(page);
            for (size_t i = 0; i < count; i++, seen++) {
                assert_true(seen < 4);
                assert_string_equal(nct_entry_list_event(page, i), events[seen]);
                assert_string_equal(nct_entry_list_detail(page, i) + 32, ends[seen]);
                after = nct_entry_list_sequence(page, i);
            }
            nct_entry_list_free(page);
        }
        assert_int_equal(seen, 4);
    }
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void a_clock_that_goes_back_moves_on(void **state) {
    struct world *w = *state;
    world_drafted(w, OLIVIA.ncid, KIND, id);
    world_advance(w, -WORLD_DAY);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    world_advance(w, -WORLD_DAY);
    expect_status(world_decide(w, id, NCT_MOVE_RETURN, NULL), NCT_OK);
    assert_true(world_due(w, NPI_CLINIC, NCT_DUE_ABANDONMENT, NULL) == w->now + 23 * WORLD_DAY);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    assert_int_equal(world_state(w, id), NCT_STATE_IN_PROCESS);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(somebody_without_access_learns_no_state),
        CASE(who_may_draft_what),
        cmocka_unit_test_setup_teardown(a_specialist_prepares_and_discards_but_neither_submits_nor_withdraws,
                                        setup_specialist, world_teardown),
        CASE(each_move_from_each_state),
        CASE(submission_and_signature_are_one),
        CASE(only_the_drafted_document_submits_it),
        CASE(a_signing_sent_again_submits_once),
        CASE(a_revision_needs_a_new_signature),
        CASE(wrong_arguments_name_what_is_wrong),
        CASE(of_two_agents_at_once_one_moves),
        CASE(a_withdrawal_racing_a_decision),
        CASE(a_submission_racing_a_revocation_leaves_no_half),
        CASE(a_row_put_back_alone_is_found),
        CASE(lists_are_paged_and_filtered),
        CASE(history_is_the_ledgers),
        CASE(a_clock_that_goes_back_moves_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
