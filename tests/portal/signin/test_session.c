/* Signing in, and sessions. */
#include "world.h"

#include <stdio.h>

#define MINUTE INT64_C(60000)
#define HOUR INT64_C(3600000)
#define IDLE (15 * MINUTE)
#define LONGEST (12 * HOUR)

struct token {
    char text[NCT_SESSION_TOKEN_LENGTH + 1];
};

static nct_status sign_in(struct world *w, const char *ncid, const char *password, struct token *token) {
    nct_session *session = NULL;
    nct_status status =
        nct_sign_in(w->portal, ncid, strlen(ncid), password, strlen(password), "Browser on a desk", 17, &session);
    assert_int_equal(session != NULL, status == NCT_OK);
    if (token != NULL && session != NULL)
        strcpy(token->text, nct_session_token(session));
    nct_session_free(session);
    return status;
}

static struct token petra(struct world *w) {
    struct token token;
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD, &token), NCT_OK);
    return token;
}

static nct_status check(struct world *w, const struct token *token) {
    nct_session *session = NULL;
    nct_status status = nct_session_check(w->portal, token->text, strlen(token->text), &session);
    assert_int_equal(session != NULL, status == NCT_OK);
    nct_session_free(session);
    return status;
}

static size_t sessions_of(struct world *w, const struct cast *who) {
    nct_session_list *list = NULL;
    expect_status(nct_session_list_by_person(w->portal, who->ncid, strlen(who->ncid), NULL, 0, 100, &list), NCT_OK);
    size_t count = nct_session_list_count(list);
    nct_session_list_free(list);
    return count;
}

static void a_session_says_who_since_when_and_how(void **state) {
    struct world *w = *state;
    nct_session *session = NULL;
    int64_t began = w->now;
    struct token token = petra(w);
    assert_int_equal(strlen(token.text), NCT_SESSION_TOKEN_LENGTH);
    world_advance(w, 5 * MINUTE);
    expect_status(nct_session_check(w->portal, token.text, strlen(token.text), &session), NCT_OK);
    assert_string_equal(nct_session_ncid(session), PETRA.ncid);
    assert_string_equal(nct_session_token(session), "");
    assert_string_equal(nct_session_amr(session), "pwd");
    assert_string_equal(nct_session_acr(session), "");
    assert_string_equal(nct_session_label(session), "Browser on a desk");
    assert_int_equal(strlen(nct_session_id(session)), NCT_SESSION_ID_LENGTH);
    assert_int_equal(nct_session_awaits_code(session), 0);
    assert_true(nct_session_began_at(session) == began);
    assert_true(nct_session_authenticated_at(session) == began);
    assert_true(nct_session_used_at(session) == began + 5 * MINUTE);
    assert_true(nct_session_ends_at(session) == began + 5 * MINUTE + IDLE);
    assert_true(nct_session_ends_at_last(session) == began + LONGEST);
    nct_session_free(session);
}

static void what_is_no_session_says_nothing(void **state) {
    (void)state;
    assert_null(nct_session_token(NULL));
    assert_null(nct_session_ncid(NULL));
    assert_null(nct_session_id(NULL));
    assert_null(nct_session_label(NULL));
    assert_null(nct_session_acr(NULL));
    assert_null(nct_session_amr(NULL));
    assert_int_equal(nct_session_awaits_code(NULL), 1);
    assert_true(nct_session_began_at(NULL) == 0 && nct_session_used_at(NULL) == 0);
    assert_true(nct_session_ends_at(NULL) == 0 && nct_session_ends_at_last(NULL) == 0);
    assert_true(nct_session_authenticated_at(NULL) == 0);
    assert_int_equal(nct_session_list_count(NULL), 0);
    assert_int_equal(nct_session_list_more(NULL), 0);
    assert_null(nct_session_list_cursor(NULL));
    assert_null(nct_session_list_at(NULL, 0));
    nct_session_free(NULL);
    nct_session_list_free(NULL);
}

static void a_session_ends_when_it_is_unused(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    world_advance(w, IDLE - 1);
    expect_status(check(w, &token), NCT_OK);
    world_advance(w, IDLE);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
    assert_int_equal(sessions_of(w, &PETRA), 0);
}

static void a_session_ends_though_it_is_used(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    for (int64_t past = 0; past + 10 * MINUTE < LONGEST; past += 10 * MINUTE) {
        world_advance(w, 10 * MINUTE);
        expect_status(check(w, &token), NCT_OK);
    }
    world_advance(w, 10 * MINUTE - 1);
    expect_status(check(w, &token), NCT_OK);
    world_advance(w, 1);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void a_clock_that_went_back_ends_a_session(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    world_advance(w, -1);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void the_policy_sets_the_limits(void **state) {
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_SESSION_IDLE, 2 * MINUTE), NCT_OK);
    expect_status(nct_policy_set(w->policy, NCT_OPTION_SESSION_LONGEST, 3 * MINUTE), NCT_OK);
    world_reopen(w);
    struct token token = petra(w);
    world_advance(w, 2 * MINUTE - 1);
    expect_status(check(w, &token), NCT_OK);
    world_advance(w, MINUTE);
    expect_status(check(w, &token), NCT_OK);
    world_advance(w, 1);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void a_use_is_written_once_a_minute_at_most(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    size_t commits = w->store.commits;
    for (int i = 0; i < 59; i++, world_advance(w, 1000))
        expect_status(check(w, &token), NCT_OK);
    assert_int_equal(w->store.commits, commits);
    world_advance(w, 1000);
    expect_status(check(w, &token), NCT_OK);
    expect_status(check(w, &token), NCT_OK);
    assert_int_equal(w->store.commits, commits + 1);
}

static void no_token_but_the_one_that_was_told_opens_a_session(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    for (size_t i = 0; i < NCT_SESSION_TOKEN_LENGTH; i++) {
        struct token other = token;
        other.text[i] = other.text[i] == 'A' ? 'B' : 'A';
        expect_status(check(w, &other), NCT_E_NO_SESSION);
    }
    nct_session *session = NULL;
    expect_status(nct_session_check(w->portal, token.text, NCT_SESSION_TOKEN_LENGTH - 1, &session), NCT_E_NO_SESSION);
    expect_status(nct_session_check(w->portal, "", 0, &session), NCT_E_NO_SESSION);
    char odd[NCT_SESSION_TOKEN_LENGTH + 1];
    memset(odd, '=', sizeof odd);
    expect_status(nct_session_check(w->portal, odd, NCT_SESSION_TOKEN_LENGTH, &session), NCT_E_NO_SESSION);
    expect_status(nct_session_check(w->portal, NULL, 0, &session), NCT_E_ARGUMENT);
    expect_status(nct_session_check(NULL, token.text, 1, &session), NCT_E_ARGUMENT);
    expect_status(nct_session_check(w->portal, token.text, 1, NULL), NCT_E_ARGUMENT);
    expect_status(check(w, &token), NCT_OK);
}

static void the_store_has_no_token(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        for (size_t j = 0; j + 16 <= rows.at[i].len; j++)
            assert_memory_not_equal(rows.at[i].value + j, token.text, 16);
    rows_free(&rows);
    assert_int_equal(world_ledger_mentions(w, token.text), 0);
}

static void signing_out_ends_one_session(void **state) {
    struct world *w = *state;
    struct token one = petra(w), other = petra(w);
    expect_status(nct_session_end(w->portal, one.text, strlen(one.text)), NCT_OK);
    expect_status(check(w, &one), NCT_E_NO_SESSION);
    expect_status(nct_session_end(w->portal, one.text, strlen(one.text)), NCT_E_NO_SESSION);
    expect_status(check(w, &other), NCT_OK);
}

static void a_person_ends_a_session_from_the_list(void **state) {
    struct world *w = *state;
    char id[NCT_SESSION_ID_LENGTH + 1];
    struct token one = petra(w);
    world_advance(w, 1);
    struct token other = petra(w);
    nct_session_list *list = NULL;
    expect_status(nct_session_list_by_person(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, 1, &list), NCT_OK);
    strcpy(id, nct_session_id(nct_session_list_at(list, 0)));
    nct_session_list_free(list);
    expect_status(nct_session_end_one(w->portal, FRANK.ncid, strlen(FRANK.ncid), id, strlen(id)), NCT_E_NO_SESSION);
    expect_status(nct_session_end_one(w->portal, PETRA.ncid, strlen(PETRA.ncid), "0", 1), NCT_E_FORMAT);
    expect_status(nct_session_end_one(w->portal, PETRA.ncid, strlen(PETRA.ncid), "0000000000000000", 16),
                  NCT_E_NO_SESSION);
    expect_status(nct_session_end_one(w->portal, PETRA.ncid, strlen(PETRA.ncid), id, strlen(id)), NCT_OK);
    expect_status(check(w, &other), NCT_E_NO_SESSION);
    expect_status(check(w, &one), NCT_OK);
}

static void signing_out_everywhere_ends_all(void **state) {
    struct world *w = *state;
    struct token one = petra(w), other = petra(w), frank;
    expect_status(sign_in(w, FRANK.ncid, WORLD_PASSWORD, &frank), NCT_OK);
    expect_status(nct_session_end_all(w->portal, PETRA.ncid, strlen(PETRA.ncid)), NCT_OK);
    expect_status(check(w, &one), NCT_E_NO_SESSION);
    expect_status(check(w, &other), NCT_E_NO_SESSION);
    expect_status(check(w, &frank), NCT_OK);
    expect_status(nct_session_end_all_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid,
                                                  strlen(FRANK.ncid), "laptop stolen", 13),
                  NCT_OK);
    expect_status(check(w, &frank), NCT_E_NO_SESSION);
    assert_int_equal(world_ledger_mentions(w, "laptop stolen"), 1);
    expect_status(nct_session_end_all(w->portal, SILAS.ncid, strlen(SILAS.ncid)), NCT_E_UNKNOWN_PERSON);
}

static void another_password_ends_all(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    world_set_password(w, PETRA.ncid, "another horse battery");
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void another_pin_ends_all(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
    token = petra(w);
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_OK);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void another_ncid_ends_all(void **state) {
    struct world *w = *state;
    struct token token;
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD, &token), NCT_OK);
    expect_status(nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid, strlen(PETRA.ncid),
                                   "petra.later", 11, "lost", 4),
                  NCT_OK);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void a_merge_ends_all(void **state) {
    struct world *w = *state;
    struct token token;
    expect_status(sign_in(w, FRANK.ncid, WORLD_PASSWORD, &token), NCT_OK);
    expect_status(nct_person_merge(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid, strlen(FRANK.ncid),
                                   PETRA.ncid, strlen(PETRA.ncid), "twice", 5),
                  NCT_OK);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void wrong_tries_end_no_session(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    for (int i = 0; i < 3; i++)
        expect_status(sign_in(w, PETRA.ncid, "not the password", NULL), NCT_E_DENIED);
    expect_status(check(w, &token), NCT_OK);
}

static void a_further_session_ends_the_one_unused_for_longest(void **state) {
    struct world *w = *state;
    struct token tokens[6];
    for (int i = 0; i < 5; i++, world_advance(w, MINUTE))
        tokens[i] = petra(w);
    expect_status(check(w, &tokens[0]), NCT_OK);
    tokens[5] = petra(w);
    assert_int_equal(sessions_of(w, &PETRA), 5);
    expect_status(check(w, &tokens[1]), NCT_E_NO_SESSION);
    for (int i = 0; i < 6; i++)
        if (i != 1)
            expect_status(check(w, &tokens[i]), NCT_OK);
}

static void a_person_has_as_many_sessions_as_the_policy_says(void **state) {
    struct world *w = *state;
    static const int64_t most[] = {1, NCT_SESSIONS_MAX};
    for (size_t i = 0; i < 2; i++) {
        expect_status(nct_policy_set(w->policy, NCT_OPTION_SESSION_MOST, most[i]), NCT_OK);
        world_reopen(w);
        for (int j = 0; j < 2 * NCT_SESSIONS_MAX; j++)
            petra(w);
        assert_int_equal(sessions_of(w, &PETRA), most[i]);
    }
    expect_status(nct_policy_set(w->policy, NCT_OPTION_SESSION_MOST, NCT_SESSIONS_MAX + 1), NCT_E_POLICY);
}

static void sessions_are_listed_in_pages_the_last_begun_first(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 5; i++, world_advance(w, 1))
        petra(w);
    char cursor[64] = "";
    int64_t before = INT64_MAX;
    size_t seen = 0;
    for (int32_t more = 1; more;) {
        nct_session_list *list = NULL;
        expect_status(
            nct_session_list_by_person(w->portal, PETRA.ncid, strlen(PETRA.ncid), cursor, strlen(cursor), 2, &list),
            NCT_OK);
        for (size_t i = 0; i < nct_session_list_count(list); i++, seen++) {
            const nct_session *session = nct_session_list_at(list, i);
            assert_true(nct_session_began_at(session) < before);
            assert_string_equal(nct_session_token(session), "");
            before = nct_session_began_at(session);
        }
        more = nct_session_list_more(list);
        strcpy(cursor, nct_session_list_cursor(list));
        nct_session_list_free(list);
    }
    assert_int_equal(seen, 5);
    nct_session_list *list = NULL;
    expect_status(nct_session_list_by_person(w->portal, PETRA.ncid, strlen(PETRA.ncid), "x", 1, 2, &list),
                  NCT_E_FORMAT);
    expect_status(nct_session_list_by_person(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, 0, &list),
                  NCT_E_ARGUMENT);
    expect_status(nct_session_list_by_person(w->portal, SILAS.ncid, strlen(SILAS.ncid), NULL, 0, 1, &list),
                  NCT_E_UNKNOWN_PERSON);
    assert_null(list);
}

static void every_refusal_is_one(void **state) {
    struct world *w = *state;
    expect_status(sign_in(w, SILAS.ncid, WORLD_PASSWORD, NULL), NCT_E_DENIED);
    expect_status(sign_in(w, PETRA.ncid, "not the password", NULL), NCT_E_DENIED);
    expect_status(sign_in(w, PETRA.ncid, "", NULL), NCT_E_EMPTY);
    expect_status(sign_in(w, "no", WORLD_PASSWORD, NULL), NCT_E_TOO_SHORT);
    nct_session *session = NULL;
    expect_status(nct_sign_in(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD), "a\nb",
                              3, &session),
                  NCT_E_CHARACTER);
    assert_null(session);
}

static void wrong_tries_are_counted_with_those_of_signing(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 10; i++, world_advance(w, 2 * HOUR))
        expect_status(sign_in(w, PETRA.ncid, "not the password", NULL), NCT_E_DENIED);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD, NULL), NCT_E_DENIED);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
}

static void somebody_without_access_may_sign_in(void **state) {
    struct world *w = *state;
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    struct token token = petra(w);
    expect_status(check(w, &token), NCT_OK);
}

static void an_identity_service_may_check_the_password(void **state) {
    struct world *w = *state;
    struct token token;
    expect_status(sign_in(w, PETRA.ncid, "not the password", NULL), NCT_E_DENIED);
    expect_status(sign_in(w, SILAS.ncid, WORLD_PASSWORD, NULL), NCT_E_DENIED);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD, &token), NCT_OK);
    expect_status(check(w, &token), NCT_OK);
    expect_status(nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid, strlen(PETRA.ncid),
                                   "petra.later", 11, "lost", 4),
                  NCT_OK);
    expect_status(check(w, &token), NCT_E_NO_SESSION);
}

static void a_host_that_authenticates_says_how(void **state) {
    struct world *w = *state;
    nct_session *session = NULL;
    expect_status(nct_session_begin(w->portal, PETRA.ncid, strlen(PETRA.ncid), "aal2", 4, "pwd hwk", 7, w->now - 5,
                                    NULL, 0, &session),
                  NCT_OK);
    assert_string_equal(nct_session_acr(session), "aal2");
    assert_string_equal(nct_session_amr(session), "pwd hwk");
    assert_true(nct_session_authenticated_at(session) == w->now - 5);
    assert_true(nct_session_began_at(session) == w->now);
    struct token token;
    strcpy(token.text, nct_session_token(session));
    nct_session_free(session);
    expect_status(check(w, &token), NCT_OK);
    expect_status(
        nct_session_begin(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, NULL, 0, w->now + 1, NULL, 0, &session),
        NCT_E_DATE);
    expect_status(nct_session_begin(w->portal, SILAS.ncid, strlen(SILAS.ncid), NULL, 0, NULL, 0, 0, NULL, 0, &session),
                  NCT_E_UNKNOWN_PERSON);
    assert_null(session);
}

/* A session that was ended, or its row, put back by whoever keeps the store. */
static void a_session_put_back_is_found(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    struct rows before = rows_take(w->store.inner);
    expect_status(nct_session_end_all(w->portal, PETRA.ncid, strlen(PETRA.ncid)), NCT_OK);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("sign_in"))
            row_force(w->store.inner, &before.at[i]);
    expect_status(check(w, &token), NCT_E_INTEGRITY);
    rows_free(&before);
}

static void the_ledger_tells_of_sessions(void **state) {
    struct world *w = *state;
    struct token token = petra(w);
    expect_status(sign_in(w, PETRA.ncid, "not the password", NULL), NCT_E_DENIED);
    expect_status(nct_session_end(w->portal, token.text, strlen(token.text)), NCT_OK);
    assert_true(world_ledger_mentions(w, "session"));
    uint64_t sequence = 0;
    char stream[64];
    (void)snprintf(stream, sizeof stream, "person:%s", PETRA.ncid);
    assert_int_equal(world_verdict(w, stream, &sequence), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_session_says_who_since_when_and_how),
        cmocka_unit_test(what_is_no_session_says_nothing),
        CASE(a_session_ends_when_it_is_unused),
        CASE(a_session_ends_though_it_is_used),
        CASE(a_clock_that_went_back_ends_a_session),
        CASE(the_policy_sets_the_limits),
        CASE(a_use_is_written_once_a_minute_at_most),
        CASE(no_token_but_the_one_that_was_told_opens_a_session),
        CASE(the_store_has_no_token),
        CASE(signing_out_ends_one_session),
        CASE(a_person_ends_a_session_from_the_list),
        CASE(signing_out_everywhere_ends_all),
        CASE(another_password_ends_all),
        CASE(another_pin_ends_all),
        CASE(another_ncid_ends_all),
        CASE(a_merge_ends_all),
        CASE(wrong_tries_end_no_session),
        CASE(a_further_session_ends_the_one_unused_for_longest),
        CASE(a_person_has_as_many_sessions_as_the_policy_says),
        CASE(sessions_are_listed_in_pages_the_last_begun_first),
        CASE(every_refusal_is_one),
        CASE(wrong_tries_are_counted_with_those_of_signing),
        CASE(somebody_without_access_may_sign_in),
        cmocka_unit_test_setup_teardown(an_identity_service_may_check_the_password, world_setup_clinic_with_identity,
                                        world_teardown),
        CASE(a_host_that_authenticates_says_how),
        CASE(a_session_put_back_is_found),
        CASE(the_ledger_tells_of_sessions),
    };
    return cmocka_run_group_tests_name("sessions", tests, NULL, NULL);
}
