/* The state machines, each against what is public of it and what any machine must be; and the printed tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nctracks.h>

#define STATES 18
#define MOVES 20

static const int32_t applications[] = {NCT_SUBMISSION_ENROLLMENT, NCT_SUBMISSION_RECREDENTIALING,
                                       NCT_SUBMISSION_REENROLLMENT, NCT_SUBMISSION_MANAGE_CHANGE,
                                       NCT_SUBMISSION_MAINTAIN_ELIGIBILITY};
static const int32_t requests[] = {NCT_SUBMISSION_FL2, NCT_SUBMISSION_PHARMACY_PA, NCT_SUBMISSION_MEDICAL_PA};

static int has(const int32_t *set, size_t count, int32_t member) {
    for (size_t i = 0; i < count; i++)
        if (set[i] == member)
            return 1;
    return 0;
}

/* Where a move leads, or why it does not. */
static int32_t next_of(int32_t kind, int32_t state, int32_t move, int32_t movers) {
    int32_t next = 0;
    nct_status status = nct_machine_next(kind, state, move, movers, &next);
    return status == NCT_OK ? next : status;
}

/* Marks what can be reached from the marked states, forwards or backwards. */
static void spread(int32_t kind, int marks[STATES], int backwards) {
    for (size_t round = 0; round < STATES; round++)
        for (size_t i = 0; i < nct_machine_row_count(kind); i++) {
            int32_t from = nct_machine_row_from(kind, i), to = nct_machine_row_to(kind, i);
            if (backwards)
                marks[from] |= marks[to];
            else
                marks[to] |= marks[from];
        }
}

static void every_state_is_reached_and_can_end(void **state) {
    (void)state;
    for (int32_t kind = 1; nct_submission_name(kind) != NULL; kind++) {
        int reached[STATES] = {0}, ends[STATES] = {0};
        assert_int_equal(nct_machine_state_count(kind), 10);
        assert_int_equal(nct_machine_state(kind, 0), NCT_STATE_DRAFT);
        reached[NCT_STATE_DRAFT] = 1;
        spread(kind, reached, 0);
        for (size_t i = 0; i < nct_machine_state_count(kind); i++)
            ends[nct_machine_state(kind, i)] = nct_machine_final(kind, nct_machine_state(kind, i));
        spread(kind, ends, 1);
        for (size_t i = 0; i < nct_machine_state_count(kind); i++) {
            assert_true(reached[nct_machine_state(kind, i)]);
            assert_true(ends[nct_machine_state(kind, i)]);
        }
        for (size_t i = 0; i < nct_machine_row_count(kind); i++) { /* nothing leads back to a draft, or outside */
            assert_int_not_equal(nct_machine_row_to(kind, i), NCT_STATE_DRAFT);
            assert_non_null(nct_state_code(kind, nct_machine_row_from(kind, i)));
            assert_non_null(nct_state_code(kind, nct_machine_row_to(kind, i)));
            assert_non_null(nct_move_name(nct_machine_row_move(kind, i)));
            assert_true(nct_machine_row_movers(kind, i) > 0 && nct_machine_row_movers(kind, i) < 32);
            for (size_t j = 0; j < i; j++)
                assert_false(nct_machine_row_from(kind, i) == nct_machine_row_from(kind, j) &&
                             nct_machine_row_move(kind, i) == nct_machine_row_move(kind, j));
        }
    }
}

static void the_public_states_and_where_they_end(void **state) {
    (void)state;
    static const int32_t final[] = {NCT_STATE_APPROVED, NCT_STATE_DENIED, NCT_STATE_WITHDRAWN, NCT_STATE_ABANDONED};
    static const char *const titles[] = {"Draft",     "In Process",      "In Review", "Pending Endorsement",
                                         "Returned",  "Pending Payment", "Approved",  "Denied",
                                         "Withdrawn", "Abandoned"};
    for (size_t k = 0; k < 5; k++)
        for (int32_t s = 1; s <= 10; s++) {
            assert_string_equal(nct_state_title(s), titles[s - 1]);
            assert_string_equal(nct_state_code(applications[k], s), "");
            assert_int_equal(nct_machine_final(applications[k], s), has(final, 4, s));
        }
    static const int32_t ended[] = {NCT_STATE_DENIED, NCT_STATE_TERMINATED, NCT_STATE_VOID};
    for (size_t k = 0; k < 3; k++) {
        char letters[STATES] = "";
        for (size_t i = 0; i < nct_machine_state_count(requests[k]); i++) {
            int32_t s = nct_machine_state(requests[k], i);
            strcat(letters, nct_state_code(requests[k], s));
            assert_int_equal(nct_machine_final(requests[k], s), has(ended, 3, s));
        }
        assert_int_equal(strlen(letters), 9);
        assert_int_equal(strspn(letters, "IADMPRSTV"), 9);
        assert_string_equal(nct_state_code(requests[k], NCT_STATE_SUSPENDED), "S");
        assert_string_equal(nct_state_code(requests[k], NCT_STATE_PEND_AI), "I");
    }
}

static void withdrawal_is_possible_from_exactly_five_states_for_good(void **state) {
    (void)state;
    static const int32_t from[] = {NCT_STATE_IN_PROCESS, NCT_STATE_IN_REVIEW, NCT_STATE_PENDING_ENDORSEMENT,
                                   NCT_STATE_RETURNED, NCT_STATE_PENDING_PAYMENT};
    const int32_t anybody = 31;
    for (size_t k = 0; k < 5; k++) {
        for (int32_t s = 1; s <= 10; s++)
            assert_int_equal(next_of(applications[k], s, NCT_MOVE_WITHDRAW, anybody),
                             has(from, 5, s) ? NCT_STATE_WITHDRAWN : NCT_E_ILLEGAL_MOVE);
        for (int32_t move = 1; move < MOVES; move++)
            assert_int_equal(next_of(applications[k], NCT_STATE_WITHDRAWN, move, anybody), NCT_E_ILLEGAL_MOVE);
    }
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < nct_machine_row_count(requests[k]); i++)
            assert_int_not_equal(nct_machine_row_move(requests[k], i), NCT_MOVE_WITHDRAW);
}

static void nothing_is_corrected_after_submission_but_what_was_sent_back(void **state) {
    (void)state;
    static const int32_t waits[] = {NCT_STATE_PENDING_ENDORSEMENT, NCT_STATE_RETURNED, NCT_STATE_PENDING_PAYMENT};
    for (int32_t kind = 1; nct_submission_name(kind) != NULL; kind++) {
        int request = has(requests, 3, kind);
        for (size_t i = 0; i < nct_machine_state_count(kind); i++) {
            int32_t s = nct_machine_state(kind, i);
            int open = s == NCT_STATE_DRAFT || s == (request ? NCT_STATE_PEND_AI : NCT_STATE_RETURNED);
            assert_int_equal(nct_machine_revisable(kind, s), open);
            int32_t timed = next_of(kind, s, NCT_MOVE_ABANDON, NCT_MOVER_TIME);
            assert_int_equal(timed, !request && has(waits, 3, s) ? NCT_STATE_ABANDONED : NCT_E_ILLEGAL_MOVE);
        }
        for (size_t i = 0; i < nct_machine_row_count(kind); i++) {
            int32_t move = nct_machine_row_move(kind, i), movers = nct_machine_row_movers(kind, i);
            int by_signature = move == NCT_MOVE_SUBMIT || move == NCT_MOVE_RESUBMIT;
            assert_int_equal((movers & NCT_MOVER_SIGNER) != 0, by_signature);
            assert_true(!by_signature || movers == NCT_MOVER_SIGNER);
            assert_true((movers & NCT_MOVER_TIME) == 0 || (move == NCT_MOVE_ABANDON && movers == NCT_MOVER_TIME));
            int32_t to = nct_machine_row_to(kind, i);
            if (to == NCT_STATE_APPROVED || to == NCT_STATE_DENIED || to == NCT_STATE_MODIFIED ||
                to == NCT_STATE_REDUCTION || to == NCT_STATE_TERMINATED)
                assert_int_equal(movers, NCT_MOVER_AGENCY); /* nobody decides their own */
        }
    }
}

static void who_moves_counts(void **state) {
    (void)state;
    for (int32_t kind = 1; nct_submission_name(kind) != NULL; kind++)
        for (size_t i = 0; i < nct_machine_row_count(kind); i++)
            for (int32_t mover = 1; mover <= NCT_MOVER_TIME; mover *= 2)
                assert_int_equal(next_of(kind, nct_machine_row_from(kind, i), nct_machine_row_move(kind, i), mover),
                                 (nct_machine_row_movers(kind, i) & mover) != 0 ? nct_machine_row_to(kind, i)
                                                                                : NCT_E_ILLEGAL_MOVE);
}

static void tables_past_both_ends(void **state) {
    (void)state;
    static const int32_t unknown[] = {0, -1, 20, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < 5; i++) {
        int32_t n = unknown[i];
        assert_null(nct_state_name(n));
        assert_null(nct_state_title(n));
        assert_null(nct_state_description(n));
        assert_null(nct_move_name(n));
        assert_null(nct_move_description(n));
        assert_null(nct_state_code(n, NCT_STATE_DRAFT));
        assert_null(nct_state_code(NCT_SUBMISSION_FL2, n));
        assert_null(nct_mover_name(n));
        assert_int_equal(nct_machine_state_count(n), 0);
        assert_int_equal(nct_machine_row_count(n), 0);
        assert_int_equal(nct_machine_state(n, 0), 0);
        assert_int_equal(nct_machine_final(n, NCT_STATE_DRAFT), 0);
        assert_int_equal(nct_machine_revisable(NCT_SUBMISSION_FL2, n), 0);
        assert_int_equal(next_of(n, NCT_STATE_DRAFT, NCT_MOVE_SUBMIT, 31), NCT_E_ARGUMENT);
        assert_int_equal(next_of(NCT_SUBMISSION_FL2, n, NCT_MOVE_SUBMIT, 31), NCT_E_ARGUMENT);
        assert_int_equal(next_of(NCT_SUBMISSION_FL2, NCT_STATE_DRAFT, n, 31), NCT_E_ARGUMENT);
    }
    assert_int_equal(nct_machine_final(NCT_SUBMISSION_FL2, NCT_STATE_RETURNED), 0);
    assert_int_equal(nct_machine_row_from(1, nct_machine_row_count(1)), 0);
    assert_int_equal(nct_machine_row_move(1, SIZE_MAX), 0);
    assert_int_equal(nct_machine_row_to(1, SIZE_MAX), 0);
    assert_int_equal(nct_machine_row_movers(1, SIZE_MAX), 0);
    assert_int_equal(nct_machine_state(1, 10), 0);
    int32_t back = 0;
    for (int32_t s = 1; s < STATES; s++) {
        assert_int_equal(nct_state_from_name(nct_state_name(s), &back), NCT_OK);
        assert_int_equal(back, s);
        assert_true(strlen(nct_state_description(s)) > 0);
    }
    for (int32_t m = 1; m < MOVES; m++) {
        assert_int_equal(nct_move_from_name(nct_move_name(m), &back), NCT_OK);
        assert_int_equal(back, m);
        assert_true(strlen(nct_move_description(m)) > 0);
    }
    assert_int_equal(nct_state_from_name("", &back), NCT_E_NOT_FOUND);
    assert_int_equal(nct_move_from_name("Approve", &back), NCT_E_NOT_FOUND);
    assert_int_equal(nct_state_from_name(NULL, &back), NCT_E_ARGUMENT);
    assert_int_equal(nct_move_from_name("approve", NULL), NCT_E_ARGUMENT);
}

static void a_refusal_names_state_and_move(void **state) {
    (void)state;
    char text[512], shorter[20];
    size_t needed = 0;
    assert_int_equal(nct_machine_explain(NCT_SUBMISSION_ENROLLMENT, NCT_STATE_WITHDRAWN, NCT_MOVE_APPROVE, text,
                                         sizeof text, &needed),
                     NCT_OK);
    assert_string_equal(text, "A submission of kind enrollment in the state Withdrawn cannot be approved this way. "
                              "Nothing leads out of this state.");
    assert_int_equal(needed, strlen(text));
    assert_int_equal(nct_machine_explain(NCT_SUBMISSION_ENROLLMENT, NCT_STATE_WITHDRAWN, NCT_MOVE_APPROVE, shorter,
                                         sizeof shorter, &needed),
                     NCT_E_BUFFER);
    assert_int_equal(needed, strlen(text));
    assert_string_equal(shorter, "A submission of kin");
    size_t whole = needed;
    assert_int_equal(nct_machine_explain(1, NCT_STATE_WITHDRAWN, NCT_MOVE_APPROVE, text, whole, &needed), NCT_E_BUFFER);
    assert_int_equal(nct_machine_explain(1, NCT_STATE_WITHDRAWN, NCT_MOVE_APPROVE, text, whole + 1, &needed), NCT_OK);
    assert_int_equal(nct_machine_explain(1, NCT_STATE_WITHDRAWN, NCT_MOVE_APPROVE, NULL, 0, &needed), NCT_E_BUFFER);
    assert_int_equal(nct_machine_explain(1, NCT_STATE_VOID, NCT_MOVE_APPROVE, text, sizeof text, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_machine_explain(1, NCT_STATE_DRAFT, 0, text, sizeof text, NULL), NCT_E_ARGUMENT);
    for (int32_t kind = 1; nct_submission_name(kind) != NULL; kind++)
        for (size_t i = 0; i < nct_machine_state_count(kind); i++)
            for (int32_t move = 1; move < MOVES; move++) {
                assert_int_equal(
                    nct_machine_explain(kind, nct_machine_state(kind, i), move, text, sizeof text, &needed), NCT_OK);
                assert_non_null(strstr(text, nct_state_title(nct_machine_state(kind, i))));
            }
}

static void assert_printed(const char *page, const char *line) {
    if (strstr(page, line) == NULL) {
        print_error("doc/guide-applications.md lacks this line:\n%s\n", line);
        fail();
    }
}

static void the_guide_prints_these_tables(void **state) {
    (void)state;
    static char page[65536];
    FILE *file = fopen(NCT_TESTS_DIR "/../doc/guide-applications.md", "r");
    assert_non_null(file);
    size_t len = fread(page, 1, sizeof page - 1, file);
    (void)fclose(file);
    assert_true(len < sizeof page - 1);
    static const int32_t kinds[] = {NCT_SUBMISSION_ENROLLMENT, NCT_SUBMISSION_MEDICAL_PA};
    size_t rows = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < nct_machine_row_count(kinds[k]); i++, rows++) {
            char line[256], movers[64] = "";
            for (int32_t mover = 1; mover <= NCT_MOVER_TIME; mover *= 2)
                if ((nct_machine_row_movers(kinds[k], i) & mover) != 0) {
                    strcat(movers, movers[0] != '\0' ? ", " : "");
                    strcat(movers, nct_mover_name(mover));
                }
            (void)snprintf(line, sizeof line, "| %s | `%s` | %s | %s |",
                           nct_state_title(nct_machine_row_from(kinds[k], i)),
                           nct_move_name(nct_machine_row_move(kinds[k], i)), movers,
                           nct_state_title(nct_machine_row_to(kinds[k], i)));
            assert_printed(page, line);
        }
    size_t printed = 0;
    for (const char *at = strstr(page, " | `"); at != NULL; at = strstr(at + 1, " | `"))
        printed++;
    assert_int_equal(printed, rows); /* and no others */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_is_reached_and_can_end),
        cmocka_unit_test(the_public_states_and_where_they_end),
        cmocka_unit_test(withdrawal_is_possible_from_exactly_five_states_for_good),
        cmocka_unit_test(nothing_is_corrected_after_submission_but_what_was_sent_back),
        cmocka_unit_test(who_moves_counts),
        cmocka_unit_test(tables_past_both_ends),
        cmocka_unit_test(a_refusal_names_state_and_move),
        cmocka_unit_test(the_guide_prints_these_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
