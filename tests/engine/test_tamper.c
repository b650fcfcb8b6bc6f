/* A row edited, swapped, taken out or put back in an old version never gives anybody more. */
#include "world.h"

static void revoke_petra(struct world *w) {
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
}

static size_t petra_has_no_access(struct world *w, void *argument) {
    nct_status check = world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT);
    nct_status sign = world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, argument);
    assert_true(check != NCT_OK);
    assert_true(sign != NCT_OK);
    nct_actor *actor = NULL;
    nct_status loaded = nct_actor_load(w->portal, PETRA.ncid, strlen(PETRA.ncid), &actor);
    if (loaded == NCT_OK)
        assert_true(nct_actor_check(actor, NPI_CLINIC, 10, NCT_RIGHT_PA_SUBMIT) != NCT_OK);
    nct_actor_free(actor);
    return check == NCT_E_INTEGRITY;
}

static void a_revoked_grant_put_back_is_refused(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    struct world_judge judge = {petra_has_no_access, pin};
    assert_true(world_put_back_each(w, revoke_petra, judge) >= 1);
}

static void reduce_frank(struct world *w) {
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
}

static size_t frank_may_nothing(struct world *w, void *argument) {
    (void)argument;
    nct_status check = world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY);
    assert_true(check != NCT_OK);
    return check == NCT_E_INTEGRITY;
}

static void a_wider_grant_put_back_is_refused(void **state) {
    struct world_judge judge = {frank_may_nothing, NULL};
    assert_true(world_put_back_each(*state, reduce_frank, judge) >= 1);
}

static void take_petras_rights(struct world *w) {
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 0), NCT_OK);
}

static size_t petra_signs_nothing(struct world *w, void *argument) {
    nct_status sign = world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, argument);
    assert_true(sign != NCT_OK);
    return sign == NCT_E_INTEGRITY;
}

/* Other than after a revocation, the PIN stays in force: the grant alone stands against the signature. */
static void a_wider_grant_put_back_signs_nothing(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    struct world_judge judge = {petra_signs_nothing, pin};
    assert_true(world_put_back_each(w, take_petras_rights, judge) >= 2);
}

/*
 * An accomplice adds the NCID of a deleted row as somebody new, and the victim's rows are put back: that the NCID is
 * not free is found, and access hangs on the person.
 */
static void an_ncid_whose_row_is_gone_gives_its_access_to_nobody(void **state) {
    struct world *w = *state;
    static const struct cast THIEF = {"olivia.owner", "Olivia", "Owner", "thief@far.example.org", "9195550108"};
    world_register(w, world_npi(1), &OSCAR, NULL, NULL);
    struct rows before = rows_take(w->store.inner);
    static const char *const spaces[] = {"ncid", "grant", "grant_by_person"};
    for (size_t i = 0; i < 3; i++) {
        struct row gone =
            i == 0 ? *rows_ncid(&before, OLIVIA.ncid) : *rows_pair(&before, spaces[i], NPI_CLINIC, OLIVIA.ncid);
        gone.revision = 0;
        row_force(w->store.inner, &gone);
    }
    expect_status(world_add_user(w, OSCAR.ncid, world_npi(1), &THIEF, "user", "training"), NCT_E_INTEGRITY);
    for (size_t i = 1; i < 3; i++)
        row_force(w->store.inner, rows_pair(&before, spaces[i], NPI_CLINIC, OLIVIA.ncid));
    assert_true(world_check(w, THIEF.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION) != NCT_OK);
    assert_true(world_grant(w, THIEF.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0) != NCT_OK);
    nct_signature *signature = NULL;
    assert_true(world_sign(w, THIEF.ncid, WORLD_PASSWORD, "123456", NPI_CLINIC, NCT_SUBMISSION_ENROLLMENT,
                           &signature) != NCT_OK);
    rows_free(&before);
}

static void try_ten_wrong_pins(struct world *w) {
    for (int i = 0; i < 10; i++, world_advance(w, 7200000))
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_wrong_pin(world_pin_of(w, PETRA.ncid))),
                      NCT_E_DENIED);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_DISABLED);
}

static void wrong_tries_are_not_undone_by_putting_a_row_back(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    struct world_judge judge = {petra_signs_nothing, pin};
    assert_true(world_put_back_each(w, try_ten_wrong_pins, judge) >= 1);
}

static void reset_pin(struct world *w) {
    expect_status(nct_pin_reset_by_operator(w->portal, "x", 1, PETRA.ncid, 11, "stolen", 6), NCT_OK);
}

static void lose_pin(struct world *w) {
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
}

static void an_old_pin_put_back_is_refused(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    struct world_judge judge = {petra_signs_nothing, pin};
    assert_true(world_put_back_each(w, reset_pin, judge) >= 1);
}

static void a_lost_pin_put_back_is_refused(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    struct world_judge judge = {petra_signs_nothing, pin};
    assert_true(world_put_back_each(w, lose_pin, judge) >= 1);
}

static void change_password(struct world *w) {
    world_set_password(w, PETRA.ncid, "a fresh password");
}

static void an_old_password_put_back_is_refused(void **state) {
    struct world *w = *state;
    char pin[16];
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    struct world_judge judge = {petra_signs_nothing, pin};
    assert_true(world_put_back_each(w, change_password, judge) >= 1);
}

static char shared_code[NCT_AUTHORIZATION_CODE_LENGTH + 1];

static void register_second(struct world *w) {
    nct_form *form = world_registration(w, world_npi(1), shared_code, &OSCAR);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static size_t nobody_registers_it_again(struct world *w, void *argument) {
    (void)argument;
    nct_form *form = world_registration(w, world_npi(1), shared_code, &SILAS);
    nct_status status = world_submit(form);
    nct_form_free(form);
    assert_true(status != NCT_OK);
    assert_true(world_check(w, SILAS.ncid, world_npi(1), NCT_RIGHT_TRAINING) != NCT_OK);
    return status == NCT_E_INTEGRITY;
}

static void s03_a_provider_row_put_back_does_not_make_a_second_administrator(void **state) {
    struct world *w = *state;
    world_enroll(w, world_npi(1), "organization", shared_code);
    struct world_judge judge = {nobody_registers_it_again, NULL};
    assert_true(world_put_back_each(w, register_second, judge) >= 1);
}

/* A few questions whose answers must stay "no", and some that may only turn from "yes" into an error. */
static size_t ask_around(struct world *w) {
    size_t integrity = 0;
    static const struct {
        const char *ncid;
        int32_t right;
        int allowed;
    } questions[] = {
        {"frank.front", NCT_RIGHT_ELIGIBILITY_INQUIRY, 1}, {"frank.front", NCT_RIGHT_CLAIM_SUBMIT, 0},
        {"frank.front", NCT_AUTHORITY_EFT_CHANGE, 0},      {"petra.pharm", NCT_RIGHT_FL2_SUBMIT, 1},
        {"uma.useradmin", NCT_RIGHT_FL2_SUBMIT, 0},        {"olivia.owner", NCT_AUTHORITY_EFT_CHANGE, 1},
        {"silas.stranger", NCT_RIGHT_TRAINING, 0},
    };
    for (size_t q = 0; q < sizeof questions / sizeof questions[0]; q++) {
        nct_status status = world_check(w, questions[q].ncid, NPI_CLINIC, questions[q].right);
        assert_true(status != NCT_OK || questions[q].allowed);
        nct_explanation *explanation = NULL;
        nct_status explained = nct_access_explain(w->portal, NPI_CLINIC, 10, questions[q].ncid,
                                                  strlen(questions[q].ncid), questions[q].right, &explanation);
        assert_true(explained != NCT_OK || nct_explanation_reason(explanation) != NCT_OK || questions[q].allowed);
        nct_explanation_free(explanation);
        integrity += status == NCT_E_INTEGRITY;
    }
    return integrity;
}

static void a_flipped_bit_in_any_row_gives_nobody_more(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t integrity = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.at[i];
        for (size_t at = 0; at < row->len; at += 1 + row->len / 7) {
            row->value[at] ^= (unsigned char)(1u << at % 8);
            row_force(w->store.inner, row);
            integrity += ask_around(w);
            row->value[at] ^= (unsigned char)(1u << at % 8);
        }
        row_force(w->store.inner, row);
    }
    rows_free(&rows);
    assert_true(integrity > 10);
    assert_int_equal(ask_around(w), 0);
}

static void a_row_cut_or_grown_gives_nobody_more(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++) {
        const size_t whole = rows.at[i].len;
        const size_t lengths[] = {0, 1, whole / 2, whole - 1};
        for (size_t l = 0; l < 4; l++) {
            rows.at[i].len = lengths[l];
            row_force(w->store.inner, &rows.at[i]);
            (void)ask_around(w);
        }
        rows.at[i].len = whole;
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    assert_int_equal(ask_around(w), 0);
}

static void a_row_taken_out_gives_nobody_more(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    char pin[16];
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    for (size_t i = 0; i < rows.count; i++) {
        struct row gone = rows.at[i];
        gone.revision = 0;
        row_force(w->store.inner, &gone);
        (void)ask_around(w);
        assert_true(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, "000000") != NCT_OK || strcmp(pin, "000000") == 0);
        rows_restore(w->store.inner, &rows);
    }
    rows_free(&rows);
}

/* One row's value under another row's key: somebody's grant, credential or person copied over another's. */
static void a_row_copied_over_another_gives_nobody_more(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t integrity = 0;
    for (size_t i = 0; i < rows.count; i++) {
        for (size_t j = 0; j < rows.count; j++) {
            if (i == j || rows.at[i].space != rows.at[j].space)
                continue;
            struct row copied = rows.at[i];
            copied.value = rows.at[j].value;
            copied.len = rows.at[j].len;
            copied.revision = rows.at[j].revision;
            row_force(w->store.inner, &copied);
            integrity += ask_around(w);
        }
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    assert_true(integrity > 0);
}

static void another_persons_credentials_copied_over_are_refused(void **state) {
    struct world *w = *state;
    char frank_pin[16];
    strcpy(frank_pin, world_pin_of(w, FRANK.ncid));
    world_set_password(w, FRANK.ncid, "frank knows this");
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        for (size_t j = 0; j < rows.count; j++) {
            if (i == j || rows.at[i].space != rows.at[j].space)
                continue;
            struct row copied = rows.at[i];
            copied.value = rows.at[j].value;
            copied.len = rows.at[j].len;
            copied.revision = rows.at[j].revision;
            row_force(w->store.inner, &copied);
            assert_true(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, frank_pin) != NCT_OK);
            rows_restore(w->store.inner, &rows);
        }
    rows_free(&rows);
}

/* A host's store must not be able to hand out a signature nobody made. */
static void a_spoiled_signature_is_not_read(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL, *read = NULL;
    expect_status(
        world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC, NCT_SUBMISSION_FL2, &made),
        NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    size_t integrity = 0;
    for (size_t i = 0; i < rows.count; i++) {
        rows.at[i].value[rows.at[i].len / 2] ^= 4;
        row_force(w->store.inner, &rows.at[i]);
        nct_status status = nct_signature_get(w->portal, NPI_CLINIC, 10, nct_signature_id(made), 32, &read);
        assert_true(status == NCT_OK || status == NCT_E_INTEGRITY);
        integrity += status == NCT_E_INTEGRITY;
        nct_signature_free(read);
        read = NULL;
        rows.at[i].value[rows.at[i].len / 2] ^= 4;
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    nct_signature_free(made);
    assert_true(integrity >= 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_revoked_grant_put_back_is_refused),
        CASE(a_wider_grant_put_back_is_refused),
        CASE(wrong_tries_are_not_undone_by_putting_a_row_back),
        CASE(an_old_pin_put_back_is_refused),
        CASE(a_lost_pin_put_back_is_refused),
        CASE(an_old_password_put_back_is_refused),
        CASE(s03_a_provider_row_put_back_does_not_make_a_second_administrator),
        CASE(a_flipped_bit_in_any_row_gives_nobody_more),
        CASE(a_row_cut_or_grown_gives_nobody_more),
        CASE(a_row_taken_out_gives_nobody_more),
        CASE(a_wider_grant_put_back_signs_nothing),
        CASE(an_ncid_whose_row_is_gone_gives_its_access_to_nobody),
        CASE(a_row_copied_over_another_gives_nobody_more),
        CASE(another_persons_credentials_copied_over_are_refused),
        CASE(a_spoiled_signature_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
