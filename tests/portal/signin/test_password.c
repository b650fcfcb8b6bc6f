/* Changing and resetting passwords, and which may be chosen. */
#include "world.h"

#include <stdio.h>

#define MINUTE INT64_C(60000)
#define HOUR INT64_C(3600000)
#define DAY INT64_C(86400000)
#define NEW "another horse battery"

static nct_status sign_in(struct world *w, const char *ncid, const char *password) {
    nct_session *session = NULL;
    nct_status status = nct_sign_in(w->portal, ncid, strlen(ncid), password, strlen(password), NULL, 0, &session);
    nct_session_free(session);
    return status;
}

static nct_status change(struct world *w, const char *ncid, const char *before, const char *after) {
    return nct_password_change(w->portal, ncid, strlen(ncid), before, strlen(before), after, strlen(after));
}

static nct_status reset(struct world *w, const char *ncid, const char *code, const char *password) {
    return nct_password_reset(w->portal, ncid, strlen(ncid), code, strlen(code), password, strlen(password));
}

static nct_status forgotten(struct world *w, const char *ncid) {
    return nct_password_forgotten(w->portal, ncid, strlen(ncid));
}

static size_t flush(struct world *w) {
    size_t sent = 0;
    expect_status(nct_mail_flush(w->portal, 1000, &sent, NULL), NCT_OK);
    return sent;
}

/* Asks for a code; what was mailed. */
static void ask(struct world *w, const char *ncid, char code[64]) {
    expect_status(forgotten(w, ncid), NCT_OK);
    assert_int_equal(flush(w), 1);
    const struct world_mail *mail = world_mail_to(w, ncid);
    assert_string_equal(mail->template_name, "password.code");
    assert_int_equal(strlen(mail->token), NCT_RESET_CODE_LENGTH);
    strcpy(code, mail->token);
}

static int32_t state_of(struct world *w, const char *ncid) {
    int32_t found = -1;
    expect_status(nct_password_status(w->portal, ncid, strlen(ncid), &found, NULL, NULL, NULL), NCT_OK);
    return found;
}

static void a_person_changes_their_password(void **state) {
    struct world *w = *state;
    expect_status(change(w, PETRA.ncid, WORLD_PASSWORD, NEW), NCT_OK);
    assert_string_equal(world_mail_to(w, PETRA.ncid)->template_name, "password.changed");
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_E_DENIED);
    expect_status(sign_in(w, PETRA.ncid, NEW), NCT_OK);
}

static void a_change_needs_the_password_before(void **state) {
    struct world *w = *state;
    expect_status(change(w, PETRA.ncid, "not the password", NEW), NCT_E_DENIED);
    expect_status(change(w, SILAS.ncid, WORLD_PASSWORD, NEW), NCT_E_DENIED);
    expect_status(change(w, PETRA.ncid, WORLD_PASSWORD, WORLD_PASSWORD), NCT_E_DUPLICATE);
    expect_status(change(w, PETRA.ncid, WORLD_PASSWORD, "short"), NCT_E_TOO_SHORT);
    expect_status(change(w, PETRA.ncid, WORLD_PASSWORD, "Petra 2026"), NCT_E_COMMON_PASSWORD);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
}

static void a_change_counts_wrong_tries(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 10; i++, world_advance(w, 2 * HOUR))
        expect_status(change(w, PETRA.ncid, "not the password", NEW), NCT_E_DENIED);
    assert_int_equal(state_of(w, PETRA.ncid), NCT_PASSWORD_DISABLED);
    expect_status(change(w, PETRA.ncid, WORLD_PASSWORD, NEW), NCT_E_DENIED);
}

static void a_mailed_code_resets_a_password(void **state) {
    struct world *w = *state;
    char code[64];
    ask(w, PETRA.ncid, code);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
    assert_string_equal(world_mail_to(w, PETRA.ncid)->template_name, "password.changed");
    expect_status(sign_in(w, PETRA.ncid, NEW), NCT_OK);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_E_DENIED);
    expect_status(reset(w, PETRA.ncid, code, "a third horse battery"), NCT_E_DENIED);
}

static void a_reset_helps_after_too_many_wrong_tries(void **state) {
    struct world *w = *state;
    char code[64];
    for (int i = 0; i < 10; i++, world_advance(w, 2 * HOUR))
        expect_status(sign_in(w, PETRA.ncid, "not the password"), NCT_E_DENIED);
    ask(w, PETRA.ncid, code);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
    expect_status(sign_in(w, PETRA.ncid, NEW), NCT_OK);
}

static void a_new_user_gets_a_first_password_by_a_code(void **state) {
    struct world *w = *state;
    char code[64];
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit"), NCT_OK);
    assert_int_equal(state_of(w, SILAS.ncid), NCT_PASSWORD_NONE);
    ask(w, SILAS.ncid, code);
    expect_status(reset(w, SILAS.ncid, code, NEW), NCT_OK);
    assert_int_equal(state_of(w, SILAS.ncid), NCT_PASSWORD_ACTIVE);
    expect_status(sign_in(w, SILAS.ncid, NEW), NCT_OK);
}

static void a_code_is_for_one_ncid(void **state) {
    struct world *w = *state;
    char code[64], frank[64];
    ask(w, PETRA.ncid, code);
    ask(w, FRANK.ncid, frank);
    expect_status(reset(w, FRANK.ncid, code, NEW), NCT_E_DENIED);
    expect_status(reset(w, "nobody.here", code, NEW), NCT_E_DENIED);
    expect_status(reset(w, PETRA.ncid, "", NEW), NCT_E_DENIED);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
}

static void a_code_holds_for_a_time(void **state) {
    struct world *w = *state;
    char code[64];
    ask(w, PETRA.ncid, code);
    world_advance(w, 30 * MINUTE - 1);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
    ask(w, PETRA.ncid, code);
    world_advance(w, 30 * MINUTE);
    expect_status(reset(w, PETRA.ncid, code, "a third horse battery"), NCT_E_DENIED);
}

static void another_code_takes_the_place_of_the_one_before(void **state) {
    struct world *w = *state;
    char one[64], other[64];
    ask(w, PETRA.ncid, one);
    ask(w, PETRA.ncid, other);
    expect_status(reset(w, PETRA.ncid, one, NEW), NCT_E_DENIED);
    expect_status(reset(w, PETRA.ncid, other, NEW), NCT_OK);
}

static void a_code_is_tried_a_few_times(void **state) {
    struct world *w = *state;
    char code[64];
    static const char wrong[] = "00000000000000000000000000000000";
    ask(w, PETRA.ncid, code);
    for (int i = 0; i < 9; i++)
        expect_status(reset(w, PETRA.ncid, wrong, NEW), NCT_E_DENIED);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
    ask(w, PETRA.ncid, code);
    for (int i = 0; i < 10; i++)
        expect_status(reset(w, PETRA.ncid, wrong, NEW), NCT_E_DENIED);
    expect_status(reset(w, PETRA.ncid, code, "a third horse battery"), NCT_E_DENIED);
}

static void a_code_ends_with_the_address_it_went_to(void **state) {
    struct world *w = *state;
    char code[64];
    nct_form *form = NULL;
    ask(w, PETRA.ncid, code);
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_form_set(form, "email", "petra@new.example.org", 21), NCT_OK);
    expect_status(nct_contact_change_by_operator(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid,
                                                 strlen(PETRA.ncid), "robbed", 6, NULL),
                  NCT_OK);
    nct_form_free(form);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_E_DENIED);
    ask(w, PETRA.ncid, code);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
}

static void a_password_that_is_refused_leaves_the_code(void **state) {
    struct world *w = *state;
    char code[64];
    ask(w, PETRA.ncid, code);
    expect_status(reset(w, PETRA.ncid, code, "short"), NCT_E_TOO_SHORT);
    expect_status(reset(w, PETRA.ncid, code, "petra pharm"), NCT_E_COMMON_PASSWORD);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
}

/* Whoever has no code does not learn what somebody is called. */
static void a_stranger_learns_no_name(void **state) {
    struct world *w = *state;
    static const char wrong[] = "00000000000000000000000000000000";
    expect_status(reset(w, PETRA.ncid, wrong, "Pharm 12345"), NCT_E_DENIED);
    expect_status(reset(w, "nobody.here", wrong, "Pharm 12345"), NCT_E_DENIED);
    expect_status(nct_password_check(w->portal, "p.p.1.2.3", 9, "Pharm-Pharm-Pha", 15), NCT_OK);
}

static void codes_are_mailed_a_few_times_a_day(void **state) {
    struct world *w = *state;
    char code[64];
    for (int i = 0; i < 5; i++)
        ask(w, PETRA.ncid, code);
    expect_status(forgotten(w, PETRA.ncid), NCT_OK);
    assert_int_equal(flush(w), 0);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
    world_advance(w, DAY);
    ask(w, PETRA.ncid, code);
}

static void nothing_is_mailed_for_a_name_nobody_knows(void **state) {
    struct world *w = *state;
    nct_mail_list *list = NULL;
    for (int i = 0; i < 3; i++)
        expect_status(forgotten(w, "nobody.here"), NCT_OK);
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_mail_list_count(list), 0);
    nct_mail_list_free(list);
    assert_int_equal(flush(w), 0);
    assert_int_equal(world_ledger_mentions(w, "nobody.here"), 0);
}

static void nothing_secret_goes_to_a_contested_address(void **state) {
    struct world *w = *state;
    char code[64], authorization[32];
    ask(w, PETRA.ncid, code);
    struct cast other = PETRA;
    other.email = "petra@elsewhere.example.org";
    world_enroll(w, world_npi(7), "individual", authorization);
    nct_form *form = world_registration(w, world_npi(7), authorization, &other);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    expect_status(forgotten(w, PETRA.ncid), NCT_OK);
    size_t before = world_mails_about(w, PETRA.ncid);
    flush(w);
    assert_int_equal(world_mails_about(w, PETRA.ncid), before);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_E_CONTESTED);
    expect_status(nct_password_send_code_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid,
                                                     strlen(PETRA.ncid), "called", 6),
                  NCT_E_CONTESTED);
}

/* What is called, and what is answered, tells nobody who is known. */
static void forgetting_looks_the_same_for_everybody(void **state) {
    struct world *w = *state;
    char first[sizeof w->trace.text];
    static const char *const names[] = {"petra.pharm", "nobody.here", "silas.stranger"};
    (void)first;
    world_trace_start(w);
    expect_status(forgotten(w, names[0]), NCT_OK);
    strcpy(first, world_trace_stop(w));
    for (size_t i = 1; i < 3; i++) {
        world_trace_start(w);
        expect_status(forgotten(w, names[i]), NCT_OK);
        assert_string_equal(world_trace_stop(w), first);
    }
    for (int i = 0; i < 6; i++) {
        world_trace_start(w);
        expect_status(forgotten(w, names[0]), NCT_OK);
        assert_string_equal(world_trace_stop(w), first);
    }
}

static void resetting_looks_the_same_for_everybody(void **state) {
    struct world *w = *state;
    char first[sizeof w->trace.text];
    char code[64];
    static const char wrong[] = "00000000000000000000000000000000";
    static const char *const names[] = {"petra.pharm", "frank.front", "nobody.here"};
    ask(w, PETRA.ncid, code);
    world_trace_start(w);
    expect_status(reset(w, names[0], wrong, NEW), NCT_E_DENIED);
    strcpy(first, world_trace_stop(w));
    for (size_t i = 1; i < 3; i++) {
        world_trace_start(w);
        expect_status(reset(w, names[i], wrong, NEW), NCT_E_DENIED);
        assert_string_equal(world_trace_stop(w), first);
    }
}

static void an_operator_has_a_code_sent(void **state) {
    struct world *w = *state;
    char code[64];
    expect_status(nct_password_send_code_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), PETRA.ncid,
                                                     strlen(PETRA.ncid), "called", 6),
                  NCT_OK);
    strcpy(code, world_mail_to(w, PETRA.ncid)->token);
    expect_status(reset(w, PETRA.ncid, code, NEW), NCT_OK);
    expect_status(nct_password_send_code_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), SILAS.ncid,
                                                     strlen(SILAS.ncid), "called", 6),
                  NCT_E_UNKNOWN_PERSON);
}

static nct_status unlock(struct world *w, const char *ncid) {
    return nct_password_unlock_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), ncid, strlen(ncid),
                                           "called", 6);
}

static void an_operator_unlocks_a_password(void **state) {
    struct world *w = *state;
    int64_t until = 0, changed = 0;
    int32_t found = 0, failures = 0;
    for (int i = 0; i < 3; i++)
        expect_status(sign_in(w, PETRA.ncid, "not the password"), NCT_E_DENIED);
    expect_status(nct_password_status(w->portal, PETRA.ncid, strlen(PETRA.ncid), &found, &changed, &failures, &until),
                  NCT_OK);
    assert_int_equal(found, NCT_PASSWORD_WAITING);
    assert_int_equal(failures, 3);
    assert_true(changed > 0 && until == w->now + 30000);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_E_DENIED);
    expect_status(unlock(w, PETRA.ncid), NCT_OK);
    assert_int_equal(state_of(w, PETRA.ncid), NCT_PASSWORD_ACTIVE);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
    expect_status(unlock(w, SILAS.ncid), NCT_E_UNKNOWN_PERSON);
}

static void the_wait_ends_when_the_state_says(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 3; i++)
        expect_status(sign_in(w, PETRA.ncid, "not the password"), NCT_E_DENIED);
    world_advance(w, 30000 - 1);
    assert_int_equal(state_of(w, PETRA.ncid), NCT_PASSWORD_WAITING);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_E_DENIED);
    world_advance(w, 1);
    assert_int_equal(state_of(w, PETRA.ncid), NCT_PASSWORD_ACTIVE);
    expect_status(sign_in(w, PETRA.ncid, WORLD_PASSWORD), NCT_OK);
}

static void states_have_names(void **state) {
    (void)state;
    assert_string_equal(nct_password_state_name(NCT_PASSWORD_NONE), "none");
    assert_string_equal(nct_password_state_name(NCT_PASSWORD_ELSEWHERE), "elsewhere");
    assert_null(nct_password_state_name(-1));
    assert_null(nct_password_state_name(5));
}

static nct_status choose(struct world *w, const char *password) {
    return nct_password_check(w->portal, PETRA.ncid, strlen(PETRA.ncid), password, strlen(password));
}

static void the_commonest_passwords_are_refused(void **state) {
    struct world *w = *state;
    static const char *const common[] = {
        "password",     "Password1",    "12345678", "1234567890",       "qwertyuiop",  "iloveyou",  "sunshine1!",
        "PASSW0RD2026", "letmein2025",  "nctracks", "NCTracks#1",       "medicaid123", "aaaaaaaa",  "abababab",
        "petra.pharm",  "Petra.Pharm1", "11111111", "passwordpassword", "welcome123",  "Summer2025"};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (choose(w, common[i]) != NCT_E_COMMON_PASSWORD)
            fail_msg("%s may be chosen", common[i]);
    static const char *const fine[] = {"correct horse", "ein langer Satz", "tr0ub4dor&3", "mit\xc3\xb6hne\xc3\x9fig"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        expect_status(choose(w, fine[i]), NCT_OK);
}

static void the_profile_says_how_long_a_password_is_at_least(void **state) {
    struct world *w = *state;
    static const struct {
        const char *profile, *shorter, *enough;
    } cases[] = {{"2013", "kwfjzgb", "kwfjzgbm"},
                 {"2022", "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xc3\xa1\xc3\xa9\xc3\xad", "kwfjzgbm"},
                 {"2025", "kwfjzgbmkwfjz", "kwfjzgbmkwfjzg"},
                 {"2026", "kwfjzgbmkwfjz", "kwfjzgbmkwfjzg"}};
    for (size_t i = 0; i < 4; i++) {
        world_use_profile(w, cases[i].profile);
        expect_status(choose(w, cases[i].shorter), NCT_E_TOO_SHORT);
        expect_status(choose(w, cases[i].enough), NCT_OK);
    }
}

static void a_password_in_use_is_never_held_against_the_rules(void **state) {
    struct world *w = *state;
    world_set_password(w, PETRA.ncid, "kwfjzgbm");
    world_use_profile(w, "2026");
    expect_status(world_sign_pa(w, PETRA.ncid, "kwfjzgbm", world_pin_of(w, PETRA.ncid)), NCT_OK);
}

static nct_status listed(const char *password, size_t len, void *answer) {
    (void)password;
    (void)len;
    return *(const nct_status *)answer;
}

static nct_status blocklist_answer;

static void use_blocklist(nct_config *config) {
    nct_blocklist blocklist;
    expect_status(nct_blocklist_init(&blocklist, sizeof blocklist), NCT_OK);
    blocklist.check = listed;
    expect_status(nct_config_set_blocklist(config, &blocklist, &blocklist_answer), NCT_OK);
}

static void the_host_has_a_list_of_its_own(void **state) {
    struct world *w = *state;
    static const nct_status answers[][2] = {{NCT_OK, NCT_OK},
                                            {NCT_E_COMMON_PASSWORD, NCT_E_COMMON_PASSWORD},
                                            {WORLD_HOST_CODE, WORLD_HOST_CODE},
                                            {NCT_E_DENIED, NCT_E_CALLBACK},
                                            {1, NCT_E_CALLBACK}};
    w->configure = use_blocklist;
    world_reopen(w);
    for (size_t i = 0; i < 5; i++) {
        blocklist_answer = answers[i][0];
        expect_status(choose(w, NEW), answers[i][1]);
        expect_status(nct_password_set(w->portal, "x", 1, PETRA.ncid, strlen(PETRA.ncid), NEW, strlen(NEW)),
                      answers[i][1]);
    }
    expect_status(sign_in(w, PETRA.ncid, NEW), NCT_OK);
    expect_status(nct_config_set_blocklist(NULL, NULL, NULL), NCT_E_ARGUMENT);
}

static void beside_an_identity_service_nothing_is_kept(void **state) {
    struct world *w = *state;
    expect_status(change(w, PETRA.ncid, WORLD_PASSWORD, NEW), NCT_E_STATE);
    expect_status(forgotten(w, PETRA.ncid), NCT_E_STATE);
    expect_status(reset(w, PETRA.ncid, "0", NEW), NCT_E_STATE);
    expect_status(unlock(w, PETRA.ncid), NCT_E_STATE);
    assert_int_equal(state_of(w, PETRA.ncid), NCT_PASSWORD_ELSEWHERE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_person_changes_their_password),
        CASE(a_change_needs_the_password_before),
        CASE(a_change_counts_wrong_tries),
        CASE(a_mailed_code_resets_a_password),
        CASE(a_reset_helps_after_too_many_wrong_tries),
        CASE(a_new_user_gets_a_first_password_by_a_code),
        CASE(a_code_is_for_one_ncid),
        CASE(a_code_holds_for_a_time),
        CASE(another_code_takes_the_place_of_the_one_before),
        CASE(a_code_is_tried_a_few_times),
        CASE(a_code_ends_with_the_address_it_went_to),
        CASE(a_password_that_is_refused_leaves_the_code),
        CASE(a_stranger_learns_no_name),
        CASE(codes_are_mailed_a_few_times_a_day),
        CASE(nothing_is_mailed_for_a_name_nobody_knows),
        CASE(nothing_secret_goes_to_a_contested_address),
        CASE(forgetting_looks_the_same_for_everybody),
        CASE(resetting_looks_the_same_for_everybody),
        CASE(an_operator_has_a_code_sent),
        CASE(an_operator_unlocks_a_password),
        CASE(the_wait_ends_when_the_state_says),
        cmocka_unit_test(states_have_names),
        CASE(the_commonest_passwords_are_refused),
        CASE(the_profile_says_how_long_a_password_is_at_least),
        CASE(a_password_in_use_is_never_held_against_the_rules),
        CASE(the_host_has_a_list_of_its_own),
        cmocka_unit_test_setup_teardown(beside_an_identity_service_nothing_is_kept, world_setup_clinic_with_identity,
                                        world_teardown),
    };
    return cmocka_run_group_tests_name("passwords", tests, NULL, NULL);
}
