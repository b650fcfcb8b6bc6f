/* A person moved to another NCID: the same person, and the NCID before is good for nothing. */
#include "world.h"

#include <stdio.h>

#define NEW "petra.again"
#define OLIVIA_NEW "olivia.again"
#define REASON "account lost"
#define MANY 22

static nct_status rekey(struct world *w, const char *from, const char *to) {
    return nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), from, strlen(from), to, strlen(to),
                            REASON, strlen(REASON));
}

static void expect_whole(struct world *w, const char *npi) {
    char stream[32];
    (void)snprintf(stream, sizeof stream, "provider:%s", npi);
    assert_int_equal(world_verdict(w, stream, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static const char *oa_of(struct world *w, const char *npi) {
    static char ncid[64];
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, npi, 10, &provider), NCT_OK);
    (void)snprintf(ncid, sizeof ncid, "%s", nct_provider_office_administrator(provider));
    nct_provider_free(provider);
    return ncid;
}

static void the_same_person_under_another_name(void **state) {
    struct world *w = *state;
    char pin[16];
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, PETRA.ncid));
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    expect_status(nct_person_set_language(w->portal, PETRA.ncid, strlen(PETRA.ncid), "es"), NCT_OK);
    w->mailer.count = 0;
    expect_status(rekey(w, PETRA.ncid, NEW), NCT_OK);
    assert_int_equal(w->mailer.count, 1);
    assert_string_equal(w->mailer.mails[0].template_name, "ncid.changed");
    assert_string_equal(w->mailer.mails[0].address, PETRA.email);
    assert_string_equal(w->mailer.mails[0].language, "es");
    expect_status(world_check(w, NEW, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    expect_status(world_sign_pa(w, NEW, WORLD_PASSWORD, pin), NCT_E_DENIED); /* a new account has a new password */
    world_set_password(w, NEW, "the new account's words");
    world_advance(w, 86400000);
    expect_status(world_sign_pa(w, NEW, "the new account's words", pin), NCT_OK);
    const char *const names[] = {PETRA.ncid, NEW};
    for (size_t i = 0; i < 2; i++) { /* the history is found under both names */
        nct_signature_list *page = NULL;
        expect_status(nct_signature_list_by_signer(w->portal, names[i], strlen(names[i]), NULL, 0, 10, &page), NCT_OK);
        assert_int_equal(nct_signature_list_count(page), 2);
        nct_signature_list_free(page);
    }
    assert_int_equal(world_entries(w, "person:petra.pharm"), world_entries(w, "person:" NEW));
    assert_true(world_ledger_mentions(w, REASON));
    expect_whole(w, NPI_CLINIC);
    assert_int_equal(world_verdict(w, "person:" NEW, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void the_name_before_is_good_for_nothing(void **state) {
    struct world *w = *state;
    int32_t pin_state = 0;
    expect_status(rekey(w, PETRA.ncid, NEW), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 1), NCT_E_UNKNOWN_PERSON);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &PETRA, "user", "training"), NCT_E_NCID_TAKEN);
    expect_status(nct_pin_status(w->portal, PETRA.ncid, strlen(PETRA.ncid), &pin_state, NULL, NULL),
                  NCT_E_UNKNOWN_PERSON);
    expect_status(rekey(w, PETRA.ncid, "somebody.else"), NCT_E_UNKNOWN_PERSON);
    expect_status(rekey(w, FRANK.ncid, PETRA.ncid), NCT_E_NCID_TAKEN);
    expect_status(rekey(w, NEW, PETRA.ncid), NCT_E_NCID_TAKEN);
    expect_status(rekey(w, NEW, "petra.third"), NCT_OK);
    expect_status(world_check(w, "petra.third", NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
}

static void names_that_will_not_do(void **state) {
    struct world *w = *state;
    expect_status(rekey(w, PETRA.ncid, FRANK.ncid), NCT_E_NCID_TAKEN);
    expect_status(rekey(w, PETRA.ncid, PETRA.ncid), NCT_E_NCID_TAKEN);
    expect_status(rekey(w, SILAS.ncid, NEW), NCT_E_UNKNOWN_PERSON);
    expect_status(rekey(w, PETRA.ncid, "x"), NCT_E_TOO_SHORT);
    expect_status(nct_person_rekey(w->portal, "op", 2, PETRA.ncid, strlen(PETRA.ncid), NEW, strlen(NEW), "", 0),
                  NCT_E_EMPTY);
    expect_status(nct_person_rekey(NULL, "op", 2, PETRA.ncid, strlen(PETRA.ncid), NEW, strlen(NEW), "r", 1),
                  NCT_E_ARGUMENT);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
}

static void places_standing_and_holds_go_along(void **state) {
    struct world *w = *state;
    uint64_t relationships = 0;
    world_register(w, world_npi(3), &OLIVIA, &FRANK, "training");
    expect_status(nct_provider_terminate(w->portal, "op", 2, world_npi(3), 10, "r", 1), NCT_OK);
    expect_status(rekey(w, OLIVIA.ncid, OLIVIA_NEW), NCT_OK);
    assert_string_equal(oa_of(w, NPI_CLINIC), OLIVIA_NEW);
    assert_string_equal(oa_of(w, world_npi(3)), OLIVIA_NEW);
    expect_status(world_check(w, OLIVIA_NEW, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_status(world_check(w, OLIVIA_NEW, world_npi(3), NCT_RIGHT_TRAINING), NCT_E_TERMINATED);
    expect_status(nct_principal_check(w->portal, NPI_CLINIC, 10, OLIVIA_NEW, strlen(OLIVIA_NEW), &relationships),
                  NCT_OK);
    expect_status(nct_principal_check(w->portal, NPI_CLINIC, 10, OLIVIA.ncid, strlen(OLIVIA.ncid), &relationships),
                  NCT_E_NOT_ON_RECORD);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_E_NOT_PROVISIONED);
    expect_status(world_grant(w, OLIVIA_NEW, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
    expect_whole(w, NPI_CLINIC);
    expect_whole(w, world_npi(3));
    expect_status(nct_provider_reinstate(w->portal, "op", 2, world_npi(3), 10, "r", 1), NCT_OK);
    expect_status(world_check(w, OLIVIA_NEW, world_npi(3), NCT_RIGHT_TRAINING), NCT_OK);
    expect_whole(w, world_npi(3));
}

/* One commit, however much hangs on the person: before it all is as it was, after it all is as it will be. */
static void one_commit_is_all(void **state) {
    struct world *w = *state;
    for (unsigned i = 0; i < MANY; i++)
        world_register(w, world_npi(100 + i), &OLIVIA, NULL, NULL);
    world_fault(w, FAULT_ERROR, WORLD_COMMIT, 1, 1);
    expect_status(rekey(w, OLIVIA.ncid, OLIVIA_NEW), NCT_E_STORE);
    world_no_fault(w);
    expect_status(world_check(w, OLIVIA.ncid, world_npi(100), NCT_RIGHT_TRAINING), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(rekey(w, OLIVIA.ncid, OLIVIA_NEW), NCT_OK);
    struct rows after = rows_take(w->store.inner);
    for (size_t i = 0; i < after.count; i++) { /* no grant moves */
        const struct row *row = &after.at[i];
        const struct row *old = rows_find(&before, row);
        if (row->space == space_of("grant") || row->space == space_of("principal") ||
            row->space == space_of("provider"))
            assert_true(old != NULL && row_same(old, row));
    }
    rows_free(&before);
    rows_free(&after);
    for (unsigned i = 0; i < MANY; i++) {
        assert_string_equal(oa_of(w, world_npi(100 + i)), OLIVIA_NEW);
        expect_status(world_check(w, OLIVIA_NEW, world_npi(100 + i), NCT_RIGHT_TRAINING), NCT_OK);
        expect_status(world_check(w, OLIVIA.ncid, world_npi(100 + i), NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    }
    expect_whole(w, world_npi(100));
    expect_status(nct_provider_terminate(w->portal, "op", 2, NPI_CLINIC, 10, "r", 1), NCT_OK);
    assert_int_equal(world_pin_state(w, OLIVIA_NEW), NCT_PIN_ACTIVE);
    for (unsigned i = 0; i < MANY; i++)
        expect_status(nct_provider_terminate(w->portal, "op", 2, world_npi(100 + i), 10, "r", 1), NCT_OK);
    assert_int_equal(world_pin_state(w, OLIVIA_NEW), NCT_PIN_SUSPENDED);
}

/* The agency lists the new NCID on the record, and moves the person to it later: it was theirs. */
static void a_name_known_before_is_theirs(void **state) {
    struct world *w = *state;
    static const struct cast AGAIN = {NEW, "Petra", "Pharm", "petra@far.example.org", "9195550107"};
    uint64_t relationships = 0;
    expect_status(world_list_principal(w, NPI_CLINIC, &AGAIN, "owner", 0, 0), NCT_OK);
    expect_status(world_sign_pa(w, NEW, WORLD_PASSWORD, "123456"), NCT_E_DENIED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, NEW, NCT_ROLE_USER, 1), NCT_E_UNKNOWN_PERSON);
    expect_status(rekey(w, PETRA.ncid, NEW), NCT_OK);
    expect_status(nct_principal_check(w->portal, NPI_CLINIC, 10, NEW, strlen(NEW), &relationships), NCT_OK);
    expect_status(world_check(w, NEW, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(rekey(w, FRANK.ncid, NEW), NCT_E_NCID_TAKEN);
    expect_whole(w, NPI_CLINIC);
    assert_int_equal(world_verdict(w, "person:" NEW, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void rekey_now(void *argument) {
    expect_status(rekey(argument, UMA.ncid, "uma.again"), NCT_OK);
}

static void nothing_by_the_name_before_outlives_the_move(void **state) {
    struct world *w = *state;
    w->store.before_commit = rekey_now;
    w->store.before_commit_skip = 0;
    w->store.argument = w;
    expect_status(world_grant(w, UMA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_E_NOT_PROVISIONED);
    assert_null(w->store.before_commit);
}

/* Any row of before put back alone: the name before signs and does nothing. */
static void the_name_put_back_is_worth_nothing(void **state) {
    struct world *w = *state;
    struct rows before = rows_take(w->store.inner);
    expect_status(rekey(w, PETRA.ncid, NEW), NCT_OK);
    struct rows after = rows_take(w->store.inner);
    for (size_t i = 0; i < before.count; i++) {
        const struct row *now = rows_find(&after, &before.at[i]);
        if (now != NULL && row_same(now, &before.at[i]))
            continue;
        row_force(w->store.inner, &before.at[i]);
        nct_status status = world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
        assert_true(status == NCT_E_DENIED || status == NCT_E_INTEGRITY);
        status = world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
        assert_true(status == NCT_E_NOT_PROVISIONED || status == NCT_E_INTEGRITY);
        status = world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 1);
        assert_true(status == NCT_E_UNKNOWN_PERSON || status == NCT_E_INTEGRITY);
        rows_restore(w->store.inner, &after);
    }
    rows_free(&before);
    rows_free(&after);
}

static nct_status rekey_petra(struct world *w) {
    return rekey(w, PETRA.ncid, NEW);
}

static void a_move_is_whole(void **state) {
    struct world *w = *state;
    static const enum world_fault faults[] = {FAULT_NONE,      FAULT_ERROR,   FAULT_HOST, FAULT_CONFLICT,
                                              FAULT_TRUNCATED, FAULT_APPLIED, FAULT_NONE};
    struct rows start = rows_take(w->store.inner);
    for (size_t f = 0; f < 7; f++) {
        int reached = 1;
        for (size_t at = 1; reached; at++) {
            assert_true(at < 2000);
            size_t live = w->memory.live;
            if (f == 0)
                w->memory.fail_at = w->memory.calls + at;
            else if (f == 6)
                w->random_fail_at = w->random_calls + at;
            else
                world_fault(w, faults[f], WORLD_ANY, at, 1);
            nct_status status = rekey_petra(w);
            reached = f == 0   ? w->memory.calls >= w->memory.fail_at
                      : f == 6 ? w->random_calls >= w->random_fail_at
                               : w->store.faults > 0;
            w->memory.fail_at = w->random_fail_at = 0;
            world_no_fault(w);
            assert_true(nct_status_category(status) != NCT_CATEGORY_RULE);
            if (status != NCT_OK) {
                world_advance(w, 86400000);
                nct_status again = rekey_petra(w);
                assert_true(again == NCT_OK || (faults[f] == FAULT_APPLIED && again == NCT_E_UNKNOWN_PERSON));
            }
            expect_status(world_check(w, NEW, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
            expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
            expect_whole(w, NPI_CLINIC);
            assert_int_equal(w->memory.live, live);
            w->mailer.count = 4;
            rows_restore(w->store.inner, &start);
            w->now = WORLD_START;
        }
    }
    rows_free(&start);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_same_person_under_another_name),
        CASE(the_name_before_is_good_for_nothing),
        CASE(names_that_will_not_do),
        CASE(places_standing_and_holds_go_along),
        CASE(one_commit_is_all),
        CASE(a_name_known_before_is_theirs),
        CASE(nothing_by_the_name_before_outlives_the_move),
        CASE(the_name_put_back_is_worth_nothing),
        CASE(a_move_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
