/*
 * Who may do something loses the right to it after everything was read and decided, right before the commit. What was
 * only read must still hold then; so nothing happens. (Serializable, without luck: no threads here.)
 */
#include "world.h"

static void revoke_uma(void *argument) {
    expect_status(world_revoke(argument, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
}

static void revoke_petra(void *argument) {
    expect_status(world_revoke(argument, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
}

static void before_commit(struct world *w, void (*what)(void *), size_t skip) {
    w->store.before_commit = what;
    w->store.before_commit_skip = skip;
    w->store.argument = w;
}

static int64_t issued_at(struct world *w, const char *ncid) {
    int32_t state = 0;
    int64_t time = 0;
    expect_status(nct_pin_status(w->portal, ncid, strlen(ncid), &state, &time, NULL), NCT_OK);
    return time;
}

static void a_grant_does_not_outlive_the_granter(void **state) {
    struct world *w = *state;
    before_commit(w, revoke_uma, 0);
    expect_status(
        world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, UINT64_C(1) << NCT_RIGHT_CLAIM_INQUIRY),
        NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_CLAIM_INQUIRY), NCT_E_RIGHT_MISSING);
}

static void a_revocation_does_not_outlive_the_revoker(void **state) {
    struct world *w = *state;
    before_commit(w, revoke_uma, 0);
    expect_status(world_revoke(w, UMA.ncid, NPI_CLINIC, FRANK.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
}

static void a_user_is_not_added_by_who_was_revoked(void **state) {
    struct world *w = *state;
    size_t mails = w->mailer.count;
    before_commit(w, revoke_uma, 0);
    expect_status(world_add_user(w, UMA.ncid, NPI_CLINIC, &SILAS, "user", "eligibility.inquiry"),
                  NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, SILAS.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_NOT_PROVISIONED);
    assert_int_equal(w->mailer.count, mails + 1);
    assert_string_equal(w->mailer.mails[mails].template_name, "access.ended"); /* to her who was revoked */
}

/* Writes nothing that the revocation writes too: what was read alone makes the conflict. */
static void a_pin_is_not_reset_by_who_was_revoked(void **state) {
    struct world *w = *state;
    size_t mails = w->mailer.count;
    world_advance(w, 1000);
    before_commit(w, revoke_uma, 0);
    expect_status(nct_pin_reset_by_administrator(w->portal, UMA.ncid, strlen(UMA.ncid), NPI_CLINIC, 10, PETRA.ncid,
                                                 strlen(PETRA.ncid)),
                  NCT_E_NOT_PROVISIONED);
    assert_int_equal(issued_at(w, PETRA.ncid), WORLD_START);
    assert_int_equal(w->mailer.count, mails + 1);
    assert_string_equal(w->mailer.mails[mails].template_name, "access.ended"); /* to her who was revoked */
}

static void a_pin_is_not_reported_by_who_was_revoked(void **state) {
    struct world *w = *state;
    before_commit(w, revoke_uma, 0);
    expect_status(world_report_lost(w, UMA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_PROVISIONED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_ACTIVE);
}

static void nobody_is_reset_who_has_left(void **state) {
    struct world *w = *state;
    world_advance(w, 1000);
    before_commit(w, revoke_petra, 0);
    expect_status(nct_pin_reset_by_administrator(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10,
                                                 PETRA.ncid, strlen(PETRA.ncid)),
                  NCT_E_NOT_FOUND);
    assert_int_equal(issued_at(w, PETRA.ncid), WORLD_START);
}

/* At each of its commits: the try, and the reset. */
static void who_lost_access_does_not_reset_their_pin(void **state) {
    struct world *w = *state;
    world_advance(w, 1000);
    for (size_t commits = 0; commits < 2; commits++) {
        before_commit(w, revoke_petra, commits);
        expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                      NCT_E_DENIED);
        assert_null(w->store.before_commit);
        assert_int_equal(issued_at(w, PETRA.ncid), WORLD_START);
        expect_status(
            world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, UINT64_C(1) << NCT_RIGHT_PA_SUBMIT),
            NCT_OK);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_grant_does_not_outlive_the_granter),     CASE(a_revocation_does_not_outlive_the_revoker),
        CASE(a_user_is_not_added_by_who_was_revoked),   CASE(a_pin_is_not_reset_by_who_was_revoked),
        CASE(a_pin_is_not_reported_by_who_was_revoked), CASE(nobody_is_reset_who_has_left),
        CASE(who_lost_access_does_not_reset_their_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
