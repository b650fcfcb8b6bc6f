/* The second step of signing in: a code by mail, once a session. */
#include "world.h"

#include <stdio.h>

#define MINUTE INT64_C(60000)
#define DAY INT64_C(86400000)
#define TEMPLATE "sign_in.code"

struct waiting {
    char token[NCT_SESSION_TOKEN_LENGTH + 1];
    char code[NCT_SIGN_IN_CODE_LENGTH + 1];
};

static int setup(void **state) {
    int result = world_setup_clinic(state);
    if (result == 0)
        world_use_profile(*state, "2025");
    return result;
}

static const char *mailed_code(struct world *w) {
    const struct world_mail *mail = world_mail_to(w, PETRA.ncid);
    assert_string_equal(mail->template_name, TEMPLATE);
    assert_string_equal(mail->address, PETRA.email);
    assert_int_equal(strlen(mail->token), NCT_SIGN_IN_CODE_LENGTH);
    return mail->token;
}

static nct_status sign_in(struct world *w, struct waiting *waiting) {
    nct_session *session = NULL;
    nct_status status = nct_sign_in(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD),
                                    NULL, 0, &session);
    if (status == NCT_OK) {
        assert_int_equal(nct_session_awaits_code(session), 1);
        strcpy(waiting->token, nct_session_token(session));
        strcpy(waiting->code, mailed_code(w));
    }
    nct_session_free(session);
    return status;
}

static struct waiting begin(struct world *w) {
    struct waiting waiting;
    expect_status(sign_in(w, &waiting), NCT_OK);
    return waiting;
}

/* Confirms; a token of the session that goes on. */
static nct_status confirm(struct world *w, const struct waiting *waiting, const char *code, char *token) {
    nct_session *session = NULL;
    nct_status status =
        nct_sign_in_confirm(w->portal, waiting->token, strlen(waiting->token), code, strlen(code), &session);
    if (status == NCT_OK && token != NULL)
        strcpy(token, nct_session_token(session));
    if (status == NCT_OK)
        assert_int_equal(nct_session_awaits_code(session), 0);
    nct_session_free(session);
    return status;
}

static nct_status check(struct world *w, const char *token) {
    nct_session *session = NULL;
    nct_status status = nct_session_check(w->portal, token, strlen(token), &session);
    if (status == NCT_OK)
        assert_string_equal(nct_session_amr(session), "pwd otp");
    nct_session_free(session);
    return status;
}

static const char *wrong(const struct waiting *waiting, char other[16]) {
    strcpy(other, waiting->code);
    other[0] = other[0] == '0' ? '1' : '0';
    return other;
}

static void the_right_code_goes_on_under_a_new_token(void **state) {
    struct world *w = *state;
    char token[NCT_SESSION_TOKEN_LENGTH + 1];
    struct waiting waiting = begin(w);
    expect_status(check(w, waiting.token), NCT_E_CODE_REQUIRED);
    expect_status(confirm(w, &waiting, waiting.code, token), NCT_OK);
    assert_string_not_equal(token, waiting.token);
    expect_status(check(w, token), NCT_OK);
    expect_status(check(w, waiting.token), NCT_E_NO_SESSION);
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_E_NO_SESSION);
    nct_session *session = NULL;
    expect_status(nct_sign_in_confirm(w->portal, token, strlen(token), waiting.code, 6, &session), NCT_E_STATE);
    expect_status(nct_sign_in_send_code(w->portal, token, strlen(token)), NCT_E_STATE);
}

static void a_code_is_tried_a_few_times(void **state) {
    struct world *w = *state;
    char other[16];
    struct waiting waiting = begin(w);
    for (int i = 0; i < 4; i++)
        expect_status(confirm(w, &waiting, wrong(&waiting, other), NULL), NCT_E_DENIED);
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_OK);
    waiting = begin(w);
    for (int i = 0; i < 5; i++)
        expect_status(confirm(w, &waiting, wrong(&waiting, other), NULL), NCT_E_DENIED);
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_E_DENIED);
    expect_status(nct_sign_in_send_code(w->portal, waiting.token, strlen(waiting.token)), NCT_OK);
    expect_status(confirm(w, &waiting, mailed_code(w), NULL), NCT_OK);
}

static void a_code_holds_ten_minutes(void **state) {
    struct world *w = *state;
    struct waiting waiting = begin(w);
    world_advance(w, 10 * MINUTE - 1);
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_OK);
    waiting = begin(w);
    world_advance(w, 10 * MINUTE);
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_E_DENIED);
    expect_status(confirm(w, &waiting, "", NULL), NCT_E_DENIED);
}

static void another_code_takes_the_place_of_the_one_before(void **state) {
    struct world *w = *state;
    struct waiting waiting = begin(w);
    expect_status(nct_sign_in_send_code(w->portal, waiting.token, strlen(waiting.token)), NCT_OK);
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_E_DENIED);
    expect_status(confirm(w, &waiting, mailed_code(w), NULL), NCT_OK);
}

/* Whoever knows a password only keeps nobody signed out, and fills no mailbox. */
static void codes_are_mailed_a_few_times_a_day(void **state) {
    struct world *w = *state;
    char token[NCT_SESSION_TOKEN_LENGTH + 1];
    struct waiting waiting = begin(w);
    expect_status(confirm(w, &waiting, waiting.code, token), NCT_OK);
    for (int i = 1; i < 10; i++)
        waiting = begin(w);
    expect_status(nct_sign_in_send_code(w->portal, waiting.token, strlen(waiting.token)), NCT_E_TOO_OFTEN);
    expect_status(sign_in(w, &waiting), NCT_E_TOO_OFTEN);
    expect_status(check(w, token), NCT_OK);
    world_advance(w, DAY);
    expect_status(sign_in(w, &waiting), NCT_OK);
}

static void one_session_waits_at_a_time(void **state) {
    struct world *w = *state;
    struct waiting one = begin(w), other = begin(w);
    expect_status(confirm(w, &one, one.code, NULL), NCT_E_NO_SESSION);
    expect_status(confirm(w, &other, one.code, NULL), NCT_E_DENIED);
    expect_status(confirm(w, &other, other.code, NULL), NCT_OK);
}

static void signing_out_ends_one_that_waits(void **state) {
    struct world *w = *state;
    struct waiting waiting = begin(w);
    expect_status(nct_session_end(w->portal, waiting.token, strlen(waiting.token)), NCT_OK);
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_E_NO_SESSION);
}

static void a_change_of_the_password_ends_one_that_waits(void **state) {
    struct world *w = *state;
    struct waiting waiting = begin(w);
    world_set_password(w, PETRA.ncid, "another horse battery");
    expect_status(confirm(w, &waiting, waiting.code, NULL), NCT_E_NO_SESSION);
}

static void the_code_is_nowhere_but_in_the_mail(void **state) {
    struct world *w = *state;
    struct waiting waiting = begin(w);
    assert_int_equal(world_ledger_mentions(w, waiting.code), 0);
    assert_null(strstr(world_mail_to(w, PETRA.ncid)->subject, waiting.code));
    assert_non_null(strstr(world_mail_to(w, PETRA.ncid)->body, waiting.code));
}

static void the_profile_says_whether_there_is_a_second_step(void **state) {
    struct world *w = *state;
    static const char *const without[] = {"2013", "2022"};
    static const char *const with[] = {"2025", "2026"};
    for (size_t i = 0; i < 2; i++) {
        nct_session *session = NULL;
        world_use_profile(w, without[i]);
        expect_status(nct_sign_in(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD),
                                  NULL, 0, &session),
                      NCT_OK);
        assert_int_equal(nct_session_awaits_code(session), 0);
        nct_session_free(session);
        world_use_profile(w, with[i]);
        begin(w);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_right_code_goes_on_under_a_new_token),
        CASE(a_code_is_tried_a_few_times),
        CASE(a_code_holds_ten_minutes),
        CASE(another_code_takes_the_place_of_the_one_before),
        CASE(codes_are_mailed_a_few_times_a_day),
        CASE(one_session_waits_at_a_time),
        CASE(signing_out_ends_one_that_waits),
        CASE(a_change_of_the_password_ends_one_that_waits),
        CASE(the_code_is_nowhere_but_in_the_mail),
        CASE(the_profile_says_whether_there_is_a_second_step),
    };
    return cmocka_run_group_tests_name("second step", tests, NULL, NULL);
}
