/* Many enrollments in one commit: each has its own answer, none stops another, and a refused one leaves nothing. */
#include "world.h"

#include <stdio.h>

#define CODE (NCT_AUTHORIZATION_CODE_LENGTH + 1)
#define LEFT "frank.front" /* Frank's NCID, which he left */

struct many {
    size_t count;
    nct_form *forms[NCT_BULK_MAX + 1];
    char codes[NCT_BULK_MAX + 1][CODE];
    nct_code answers[NCT_BULK_MAX + 1];
    nct_problems *problems[NCT_BULK_MAX + 1];
};

static nct_form *add(struct world *w, struct many *many, const char *npi) {
    size_t at = many->count++;
    many->forms[at] = world_enrollment(w, npi, "organization");
    expect_status(nct_enrollment_code(many->forms[at], many->codes[at], CODE), NCT_OK);
    return many->forms[at];
}

static nct_form *add_designating(struct world *w, struct many *many, const char *npi, const struct cast *oa) {
    nct_form *form = add(w, many, npi);
    world_enrollment_designate(form, oa, "owner");
    return form;
}

static void back_up(nct_form *form, const struct cast *who, const char *ncid) {
    world_enrollment_set(form, "backup_office_administrator.ncid", ncid);
    world_enrollment_set(form, "backup_office_administrator.first_name", who->first_name);
    world_enrollment_set(form, "backup_office_administrator.last_name", who->last_name);
    world_enrollment_set(form, "backup_office_administrator.email", who->email);
    world_enrollment_set(form, "backup_office_administrator.phone", who->phone);
    world_enrollment_set(form, "backup_office_administrator.relationship", "managing_employee");
}

static nct_status submit(struct world *w, struct many *many) {
    return nct_enrollment_submit_many(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), many->count, many->forms,
                                      many->answers, many->problems);
}

static void forget(struct many *many) {
    for (size_t i = 0; i < many->count; i++) {
        nct_problems_free(many->problems[i]);
        nct_form_free(many->forms[i]);
    }
}

static int is_enrolled(struct world *w, const char *npi) {
    nct_provider *provider = NULL;
    nct_status status = nct_provider_get(w->portal, npi, 10, &provider);
    assert_true(status == NCT_OK || status == NCT_E_NOT_FOUND);
    nct_provider_free(provider);
    return status == NCT_OK;
}

static int is_known(struct world *w, const char *ncid) {
    const char *language = NULL;
    return nct_person_language(w->portal, ncid, strlen(ncid), &language) == NCT_OK;
}

static size_t entries_of(struct world *w, const char *npi) {
    char stream[32];
    (void)snprintf(stream, sizeof stream, "provider:%s", npi);
    size_t entries = world_entries(w, stream);
    if (entries > 0)
        assert_int_equal(world_verdict(w, stream, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    return entries;
}

/* All of the list is under its digests. */
static size_t providers(struct world *w) {
    nct_provider_list *page = NULL;
    expect_status(nct_provider_list_page(w->portal, NULL, 0, 1000, &page), NCT_OK);
    size_t count = nct_provider_list_count(page);
    nct_provider_list_free(page);
    return count;
}

static void frank_leaves_his_ncid(struct world *w) {
    expect_status(nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), LEFT, strlen(LEFT), "frank.again",
                                   11, "account lost", 12),
                  NCT_OK);
    w->mailer.count = 0;
}

static void as_many_as_may_be_are_made_in_one_commit(void **state) {
    struct world *w = *state;
    struct many many = {.count = 0};
    for (unsigned i = 0; i < NCT_BULK_MAX; i++)
        (void)add(w, &many, world_npi(i));
    size_t commits = w->store.commits;
    expect_status(submit(w, &many), NCT_OK);
    assert_int_equal(w->store.commits - commits, 1);
    for (unsigned i = 0; i < NCT_BULK_MAX; i++) {
        expect_status(many.answers[i], NCT_OK);
        assert_null(many.problems[i]);
        assert_int_equal(entries_of(w, world_npi(i)), 2); /* enrolled, and its calendar begun */
    }
    assert_int_equal(providers(w), 1 + NCT_BULK_MAX); /* beside the clinic */
    nct_form *form = world_registration(w, world_npi(42), many.codes[42], &OSCAR);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    char next[CODE];
    expect_status(nct_enrollment_code(many.forms[42], next, CODE), NCT_OK);
    assert_string_not_equal(next, many.codes[42]);
    forget(&many);
}

/* What lies in the store is what one after the other would have left there. */
static void many_leave_the_rows_that_one_by_one_would(void **state) {
    struct world *w = *state;
    struct rows before = rows_take(w->store.inner);
    struct many many = {.count = 0};
    (void)add(w, &many, world_npi(1));
    (void)add_designating(w, &many, world_npi(2), &OSCAR);
    (void)add_designating(w, &many, world_npi(3), &OSCAR);
    for (size_t i = 0; i < many.count; i++) {
        char code[CODE];
        expect_status(nct_enrollment_submit(many.forms[i], WORLD_OPERATOR, strlen(WORLD_OPERATOR), code, CODE, NULL),
                      NCT_OK);
    }
    struct rows singly = rows_take(w->store.inner);
    rows_restore(w->store.inner, &before);
    for (size_t i = 0; i < many.count; i++)
        expect_status(nct_enrollment_code(many.forms[i], many.codes[i], CODE), NCT_OK);
    w->mailer.count = 0;
    expect_status(submit(w, &many), NCT_OK);
    struct rows together = rows_take(w->store.inner);
    assert_int_equal(together.count, singly.count);
    for (size_t i = 0; i < together.count; i++)
        assert_int_equal(together.at[i].space, singly.at[i].space);
    expect_status(world_check(w, OSCAR.ncid, world_npi(2), NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
    expect_status(world_check(w, OSCAR.ncid, world_npi(3), NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
    size_t pins = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        pins += w->mailer.mails[i].pin[0] != '\0';
    assert_int_equal(pins, 1); /* the second finds the one the first gave */
    assert_int_equal(nct_problems_count(many.problems[1]), 0);
    expect_status(nct_problems_code(many.problems[2], 0), NCT_E_ON_FILE);
    rows_free(&before);
    rows_free(&singly);
    rows_free(&together);
    forget(&many);
}

static void each_has_its_own_answer_and_none_stops_another(void **state) {
    struct world *w = *state;
    struct many many = {.count = 0};
    frank_leaves_his_ncid(w);
    (void)add(w, &many, world_npi(0));
    world_enrollment_set(add(w, &many, world_npi(1)), "email", "nowhere");
    (void)add(w, &many, NPI_CLINIC);
    (void)add(w, &many, world_npi(0));
    many.forms[many.count++] = world_enrollment(w, world_npi(2), "individual");
    struct cast impostor = SILAS;
    impostor.ncid = LEFT;
    (void)add_designating(w, &many, world_npi(3), &impostor);
    (void)add_designating(w, &many, world_npi(4), &OSCAR);
    expect_status(submit(w, &many), NCT_OK);
    static const nct_code wanted[] = {
        NCT_OK, NCT_E_PROBLEMS, NCT_E_ALREADY_ENROLLED, NCT_E_ALREADY_ENROLLED, NCT_E_STATE, NCT_E_NCID_TAKEN, NCT_OK};
    for (size_t i = 0; i < many.count; i++) {
        expect_status(many.answers[i], wanted[i]);
        assert_int_equal(nct_problems_count(many.problems[i]), i == 1);
    }
    assert_string_equal(nct_problems_path(many.problems[1], 0), "provider.email");
    assert_true(is_enrolled(w, world_npi(0)) && is_enrolled(w, world_npi(4)));
    for (unsigned i = 1; i <= 3; i++) {
        assert_false(is_enrolled(w, world_npi(i)));
        assert_int_equal(entries_of(w, world_npi(i)), 0);
    }
    assert_int_equal(world_mails_about(w, LEFT), 0);
    assert_int_equal(world_mails_about(w, OSCAR.ncid), 1);
    nct_form *form = world_registration(w, world_npi(0), many.codes[3], &OLIVIA); /* of the second, refused */
    expect_status(world_submit(form), NCT_E_PROVIDER_OR_CODE);
    world_set(form, "provider.authorization_code", many.codes[0]);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    forget(&many);
}

/* Refused when its OA, of whom an earlier one staged much, and a stranger's access were staged already. */
static void what_a_refused_one_changed_is_as_the_one_before_left_it(void **state) {
    struct world *w = *state;
    struct many many = {.count = 0};
    frank_leaves_his_ncid(w);
    back_up(add_designating(w, &many, world_npi(1), &OSCAR), &SILAS, LEFT);
    (void)add_designating(w, &many, world_npi(2), &OLIVIA);
    back_up(add_designating(w, &many, world_npi(3), &OLIVIA), &SILAS, LEFT);
    back_up(add_designating(w, &many, world_npi(4), &OLIVIA), &SILAS, SILAS.ncid);
    size_t entries = world_entries(w, "person:olivia.owner");
    expect_status(submit(w, &many), NCT_OK);
    expect_status(many.answers[0], NCT_E_NCID_TAKEN);
    expect_status(many.answers[1], NCT_OK);
    expect_status(many.answers[2], NCT_E_NCID_TAKEN);
    expect_status(many.answers[3], NCT_OK);
    assert_false(is_known(w, OSCAR.ncid));
    assert_int_equal(world_mails_about(w, OSCAR.ncid), 0);
    assert_int_equal(world_entries(w, "person:olivia.owner") - entries, 4); /* access and place on the record, twice */
    expect_status(world_check(w, OLIVIA.ncid, world_npi(2), NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
    expect_status(world_check(w, OLIVIA.ncid, world_npi(3), NCT_AUTHORITY_EFT_CHANGE), NCT_E_NOT_PROVISIONED);
    expect_status(world_check(w, OLIVIA.ncid, world_npi(4), NCT_AUTHORITY_EFT_CHANGE), NCT_OK);
    expect_status(world_check(w, SILAS.ncid, world_npi(4), NCT_RIGHT_TRAINING), NCT_OK);
    assert_int_equal(world_verdict(w, "person:olivia.owner", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(world_verdict(w, "person:silas.stranger", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    forget(&many);
}

/* Three, of which the second is taken back: all of them or none, whatever fails. */
static void make_three(struct world *w, struct many *many) {
    *many = (struct many){.count = 0};
    (void)add_designating(w, many, world_npi(1), &OLIVIA);
    back_up(add_designating(w, many, world_npi(2), &OLIVIA), &SILAS, LEFT);
    (void)add(w, many, world_npi(3));
}

static void expect_all_or_none(struct world *w, const struct many *many, nct_status status, int applied) {
    int done = is_enrolled(w, world_npi(1));
    assert_int_equal(is_enrolled(w, world_npi(3)), done);
    assert_false(is_enrolled(w, world_npi(2)));
    assert_true(done == (status == NCT_OK) || applied);
    for (size_t i = 0; i < 3; i++) {
        expect_status(many->answers[i], status != NCT_OK ? status : i == 1 ? NCT_E_NCID_TAKEN : NCT_OK);
        if (status != NCT_OK)
            assert_null(many->problems[i]);
    }
}

enum source { MEMORY, RANDOM, STORE };

static void sweep(struct world *w, enum source source, enum world_fault fault) {
    struct rows start = rows_take(w->store.inner);
    int reached = 1;
    for (size_t at = 1; reached; at++) {
        struct many many;
        make_three(w, &many);
        if (source == MEMORY)
            w->memory.fail_at = w->memory.calls + at;
        else if (source == RANDOM)
            w->random_fail_at = w->random_calls + at;
        else
            world_fault(w, fault, WORLD_ANY, at, 1);
        nct_status status = submit(w, &many);
        reached = source == MEMORY   ? w->memory.calls >= w->memory.fail_at
                  : source == RANDOM ? w->random_calls >= w->random_fail_at
                                     : w->store.faults > 0;
        w->memory.fail_at = 0;
        w->random_fail_at = 0;
        world_no_fault(w);
        expect_all_or_none(w, &many, status, fault == FAULT_APPLIED);
        if (!reached)
            expect_status(status, NCT_OK);
        forget(&many);
        rows_restore(w->store.inner, &start);
    }
    rows_free(&start);
}

static void a_failure_of_anything_makes_none(void **state) {
    struct world *w = *state;
    frank_leaves_his_ncid(w);
    sweep(w, MEMORY, FAULT_NONE);
    sweep(w, RANDOM, FAULT_NONE);
    sweep(w, STORE, FAULT_ERROR);
    sweep(w, STORE, FAULT_DENIED);
    sweep(w, STORE, FAULT_APPLIED);
}

/* The commit was applied and its answer lost, as to a host that was killed. */
static void codes_written_down_before_open_what_was_made(void **state) {
    enum { TWO = 2 };
    struct world *w = *state;
    nct_portal *portal = w->portal;
    nct_form *forms[TWO] = {world_enrollment(w, world_npi(1), "organization"),
                            world_enrollment(w, world_npi(2), "organization")};
    char codes[TWO][CODE];
    nct_code answers[TWO];
    nct_status status = NCT_OK;
    world_fault(w, FAULT_APPLIED, WORLD_COMMIT, 1, 1);
    for (size_t i = 0; i < TWO && status == NCT_OK; i++)
        status = nct_enrollment_code(forms[i], codes[i], sizeof codes[i]);
    /* Here a host writes the codes down, durably. */
    if (status == NCT_OK)
        status = nct_enrollment_submit_many(portal, "casey", 5, TWO, forms, answers, NULL);
    world_no_fault(w);
    expect_status(status, NCT_E_STORE);
    expect_status(answers[1], NCT_E_STORE);
    expect_status(nct_enrollment_submit_many(portal, "casey", 5, TWO, forms, answers, NULL), NCT_OK);
    for (unsigned i = 0; i < TWO; i++) {
        expect_status(answers[i], NCT_E_ALREADY_ENROLLED);
        assert_true(is_enrolled(w, world_npi(1 + i)));
        nct_form_free(forms[i]);
    }
    nct_form *form = world_registration(w, world_npi(2), codes[1], &OSCAR);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void enroll_the_first(void *argument) {
    struct world *w = argument;
    char code[CODE];
    world_enroll(w, world_npi(1), "individual", code);
}

static void somebody_quicker_has_the_provider_and_the_others_are_made(void **state) {
    struct world *w = *state;
    struct many many = {.count = 0};
    (void)add(w, &many, world_npi(1));
    (void)add(w, &many, world_npi(2));
    w->store.before_commit = enroll_the_first;
    w->store.argument = w;
    expect_status(submit(w, &many), NCT_OK);
    expect_status(many.answers[0], NCT_E_ALREADY_ENROLLED);
    expect_status(many.answers[1], NCT_OK);
    expect_status(submit(w, &many), NCT_OK);
    expect_status(many.answers[0], NCT_E_ALREADY_ENROLLED);
    expect_status(many.answers[1], NCT_E_STATE); /* its code is used */
    forget(&many);
}

static void what_is_wrong_with_the_call_is_every_answer(void **state) {
    struct world *w = *state;
    struct many many = {.count = 0};
    (void)add(w, &many, world_npi(1));
    (void)add(w, &many, world_npi(2));
    const char *by = WORLD_OPERATOR;
    size_t len = strlen(by);
    many.answers[0] = NCT_OK;
    expect_status(nct_enrollment_submit_many(NULL, by, len, 2, many.forms, many.answers, NULL), NCT_E_ARGUMENT);
    expect_status(many.answers[0], NCT_E_ARGUMENT);
    expect_status(nct_enrollment_submit_many(w->portal, by, len, 2, NULL, many.answers, NULL), NCT_E_ARGUMENT);
    expect_status(nct_enrollment_submit_many(w->portal, by, len, 2, many.forms, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_enrollment_submit_many(w->portal, by, len, 0, many.forms, many.answers, NULL), NCT_E_LIMIT);
    expect_status(nct_enrollment_submit_many(w->portal, by, len, SIZE_MAX, many.forms, many.answers, many.problems),
                  NCT_E_LIMIT);
    assert_string_equal(nct_refusal_argument(NCT_E_LIMIT), "count");
    expect_status(nct_enrollment_submit_many(w->portal, "a\nb", 3, 2, many.forms, many.answers, many.problems),
                  NCT_E_CHARACTER);
    expect_status(many.answers[1], NCT_E_CHARACTER);
    nct_form *last = many.forms[1];
    many.forms[1] = NULL;
    expect_status(submit(w, &many), NCT_E_ARGUMENT);
    assert_string_equal(nct_refusal_argument(NCT_E_ARGUMENT), "forms");
    expect_status(nct_form_new(w->portal, NCT_FORM_REGISTRATION, &many.forms[1]), NCT_OK);
    expect_status(submit(w, &many), NCT_E_ARGUMENT);
    nct_form_free(many.forms[1]);
    struct world *other = world_new();
    world_open(other);
    many.forms[1] = world_enrollment(other, world_npi(2), "organization");
    expect_status(submit(w, &many), NCT_E_ARGUMENT);
    expect_status(many.answers[0], NCT_E_ARGUMENT);
    nct_form_free(many.forms[1]);
    assert_int_equal(world_free(other), 0);
    assert_false(is_enrolled(w, world_npi(1)));
    many.forms[1] = many.forms[0]; /* one form twice is one provider twice */
    expect_status(submit(w, &many), NCT_OK);
    expect_status(many.answers[0], NCT_OK);
    expect_status(many.answers[1], NCT_E_ALREADY_ENROLLED);
    many.forms[1] = last;
    expect_status(nct_enrollment_submit_many(w->portal, by, len, 1, &last, many.answers, NULL), NCT_OK);
    forget(&many);
}

static int setup(void **state) {
    return world_setup_clinic_under(state, "2026");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(as_many_as_may_be_are_made_in_one_commit),
        CASE(many_leave_the_rows_that_one_by_one_would),
        CASE(each_has_its_own_answer_and_none_stops_another),
        CASE(what_a_refused_one_changed_is_as_the_one_before_left_it),
        CASE(a_failure_of_anything_makes_none),
        CASE(codes_written_down_before_open_what_was_made),
        CASE(somebody_quicker_has_the_provider_and_the_others_are_made),
        CASE(what_is_wrong_with_the_call_is_every_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
