/* kill -9 at every store call of signing in and of what changes a password: before or after, never between. */
#include "deed.h"

#define WHO PETRA.ncid, strlen(PETRA.ncid)
#define OPERATOR WORLD_OPERATOR, strlen(WORLD_OPERATOR)
#define REASON "seen in person", 14
#define PASSWORD WORLD_PASSWORD, strlen(WORLD_PASSWORD)
#define CHOSEN "another horse battery", 21
#define TOKEN deed_note, NCT_SESSION_TOKEN_LENGTH

/* A token and what belongs to it, behind it. */
static char *const beside = deed_note + NCT_SESSION_TOKEN_LENGTH + 1;

static const char *last_token(struct world *w) {
    const char *token = "";
    for (size_t i = 0; i < w->mailer.count; i++)
        if (w->mailer.mails[i].token[0] != '\0')
            token = w->mailer.mails[i].token;
    return token;
}

static nct_status run_sign_in(struct world *w) {
    nct_session *session = NULL;
    nct_status status = nct_sign_in(w->portal, WHO, PASSWORD, "desk", 4, &session);
    nct_session_free(session);
    return status;
}

static void prepare_sign_in_confirm(struct world *w) {
    nct_session *session = NULL;
    expect_status(nct_sign_in(w->portal, WHO, PASSWORD, "desk", 4, &session), NCT_OK);
    strcpy(deed_note, nct_session_token(session));
    strcpy(beside, last_token(w));
    nct_session_free(session);
}

static nct_status run_sign_in_confirm(struct world *w) {
    nct_session *session = NULL;
    nct_status status = nct_sign_in_confirm(w->portal, TOKEN, beside, strlen(beside), &session);
    nct_session_free(session);
    return status;
}

#define prepare_sign_in_send_code prepare_sign_in_confirm

static nct_status run_sign_in_send_code(struct world *w) {
    return nct_sign_in_send_code(w->portal, TOKEN);
}

static nct_status run_session_begin(struct world *w) {
    nct_session *session = NULL;
    nct_status status = nct_session_begin(w->portal, WHO, "aal2", 4, "pwd hwk", 7, 0, NULL, 0, &session);
    if (status == NCT_OK) {
        strcpy(deed_note, nct_session_token(session));
        strcpy(beside, nct_session_id(session));
    }
    nct_session_free(session);
    return status;
}

static void begin(struct world *w) {
    expect_status(run_session_begin(w), NCT_OK);
}

static void prepare_session_check(struct world *w) {
    begin(w);
    world_advance(w, 120000); /* so that the use is noted */
}

static nct_status run_session_check(struct world *w) {
    nct_session *session = NULL;
    nct_status status = nct_session_check(w->portal, TOKEN, &session);
    nct_session_free(session);
    return status;
}

#define prepare_session_end begin
#define prepare_session_end_one begin
#define prepare_session_end_all begin
#define prepare_session_end_all_by_operator begin

static nct_status run_session_end(struct world *w) {
    return nct_session_end(w->portal, TOKEN);
}

static nct_status run_session_end_one(struct world *w) {
    return nct_session_end_one(w->portal, WHO, beside, strlen(beside));
}

static nct_status run_session_end_all(struct world *w) {
    return nct_session_end_all(w->portal, WHO);
}

static nct_status run_session_end_all_by_operator(struct world *w) {
    return nct_session_end_all_by_operator(w->portal, OPERATOR, WHO, REASON);
}

static nct_status run_password_change(struct world *w) {
    return nct_password_change(w->portal, WHO, PASSWORD, CHOSEN);
}

static nct_status run_password_forgotten(struct world *w) {
    return nct_password_forgotten(w->portal, WHO);
}

static nct_status run_password_send_code_by_operator(struct world *w) {
    return nct_password_send_code_by_operator(w->portal, OPERATOR, WHO, REASON);
}

static void prepare_password_reset(struct world *w) {
    expect_status(run_password_send_code_by_operator(w), NCT_OK);
    strcpy(deed_note, last_token(w));
}

static nct_status run_password_reset(struct world *w) {
    return nct_password_reset(w->portal, WHO, deed_note, strlen(deed_note), CHOSEN);
}

static void prepare_password_unlock_by_operator(struct world *w) {
    nct_session *session = NULL;
    expect_status(nct_sign_in(w->portal, WHO, "not the password", 16, NULL, 0, &session), NCT_E_DENIED);
}

static nct_status run_password_unlock_by_operator(struct world *w) {
    return nct_password_unlock_by_operator(w->portal, OPERATOR, WHO, REASON);
}

static void each_change_is_whole(void **state) {
    static const struct deed deeds[] = {
        DEED_ALONE(sign_in),
        DEED(sign_in_confirm),
        DEED(sign_in_send_code),
        DEED_ALONE(session_begin),
        DEED(session_check),
        DEED(session_end),
        DEED(session_end_one),
        DEED(session_end_all),
        DEED(session_end_all_by_operator),
        DEED_ALONE(password_change),
        DEED_ALONE(password_forgotten),
        DEED_ALONE(password_send_code_by_operator),
        DEED(password_reset),
        DEED(password_unlock_by_operator),
    };
    (void)state;
    deeds_crash(deeds, sizeof deeds / sizeof deeds[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_change_is_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
