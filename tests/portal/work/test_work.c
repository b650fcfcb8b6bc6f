/* The agency's work list: what waits is on it and nothing else; who has it; what somebody with the store may try. */
#include "applications.h"

#include <nctracks/damage.h>
#include <nctracks/work.h>

#include <stdio.h>

#define KIND NCT_SUBMISSION_MANAGE_CHANGE
#define AGNES "agnes", 5
#define BEN "ben", 3
#define REASON "seen", 4

static nct_work_list *list(struct world *w, int32_t kind) {
    nct_work_list *page = NULL;
    expect_status(nct_work_list_page(w->portal, kind, 0, 0, NULL, 0, 100, &page), NCT_OK);
    return page;
}

static size_t count(struct world *w, int32_t kind) {
    nct_work_list *page = list(w, kind);
    size_t found = nct_work_list_count(page);
    nct_work_list_free(page);
    return found;
}

/* The id of the only item of a kind. */
static const char *only(struct world *w, int32_t kind) {
    static char id[NCT_WORK_ID_ROOM];
    nct_work_list *page = list(w, kind);
    assert_int_equal(nct_work_list_count(page), 1);
    (void)snprintf(id, sizeof id, "%s", nct_work_list_id(page, 0));
    nct_work_list_free(page);
    return id;
}

static nct_status assign(struct world *w, const char *id, const char *name) {
    return nct_work_assign(w->portal, AGNES, id, strlen(id), name, strlen(name));
}

static nct_status release(struct world *w, const char *id) {
    return nct_work_release(w->portal, BEN, id, strlen(id));
}

/* Who has the only item of a kind. */
static const char *assignee(struct world *w, int32_t kind) {
    static char name[64];
    nct_work_list *page = list(w, kind);
    assert_int_equal(nct_work_list_count(page), 1);
    (void)snprintf(name, sizeof name, "%s", nct_work_list_assignee(page, 0));
    assert_int_equal(nct_work_list_assigned_at(page, 0) != 0, name[0] != '\0');
    nct_work_list_free(page);
    return name;
}

static char id[NCT_APPLICATION_ID_LENGTH + 1];

static void submit_one(struct world *w) {
    world_drafted(w, OLIVIA.ncid, KIND, id);
    assert_int_equal(count(w, 0), 0); /* a draft waits for nobody at the agency */
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
}

static void an_application_waits_while_it_is_the_agencys_turn(void **state) {
    struct world *w = *state;
    submit_one(w);
    nct_work_list *page = list(w, NCT_WORK_APPLICATION);
    assert_int_equal(nct_work_list_count(page), 1);
    assert_int_equal(nct_work_list_kind(page, 0), NCT_WORK_APPLICATION);
    assert_string_equal(nct_work_list_provider(page, 0), NPI_CLINIC);
    assert_string_equal(nct_work_list_application(page, 0), id);
    assert_int_equal(nct_work_list_submission(page, 0), KIND);
    assert_int_equal(nct_work_list_state(page, 0), NCT_STATE_IN_PROCESS);
    assert_int_equal(nct_work_list_since(page, 0), w->now);
    assert_string_equal(nct_work_list_ncid(page, 0), "");
    assert_string_equal(nct_work_list_assignee(page, 0), "");
    assert_int_equal(nct_work_list_assigned_at(page, 0), 0);
    assert_null(nct_work_list_id(page, 1));
    nct_work_list_free(page);
    world_lead(w, id, NCT_STATE_IN_REVIEW);
    assert_int_equal(count(w, NCT_WORK_APPLICATION), 1);
    world_lead(w, id, NCT_STATE_RETURNED);
    assert_int_equal(count(w, 0), 0);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    assert_int_equal(count(w, 0), 1);
    world_lead(w, id, NCT_STATE_DENIED);
    assert_int_equal(count(w, 0), 0);
}

static void prior_approvals_wait_until_they_are_decided(void **state) {
    struct world *w = *state;
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
    expect_status(world_apply(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id, NULL), NCT_OK);
    assert_int_equal(count(w, NCT_WORK_APPLICATION), 1);
    world_lead(w, id, NCT_STATE_PEND_AI);
    assert_int_equal(count(w, 0), 0);
    expect_status(world_apply(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id, NULL), NCT_OK);
    world_lead(w, id, NCT_STATE_APPROVED); /* which the agency may still end, and which waits for nothing */
    assert_int_equal(count(w, 0), 0);
}

static void the_oldest_come_first_page_by_page_and_by_age_and_state(void **state) {
    struct world *w = *state;
    char ids[3][NCT_APPLICATION_ID_LENGTH + 1];
    char cursor[256] = "";
    int64_t times[3];
    for (size_t i = 0; i < 3; i++) {
        world_advance(w, WORLD_DAY);
        world_drafted(w, OLIVIA.ncid, KIND, ids[i]);
        expect_status(world_apply(w, OLIVIA.ncid, KIND, ids[i], NULL), NCT_OK);
        times[i] = w->now;
    }
    for (size_t i = 0; i < 3; i++) {
        nct_work_list *page = NULL;
        expect_status(nct_work_list_page(w->portal, NCT_WORK_APPLICATION, 0, 0, cursor, strlen(cursor), 1, &page),
                      NCT_OK);
        assert_int_equal(nct_work_list_count(page), 1);
        assert_string_equal(nct_work_list_application(page, 0), ids[i]);
        assert_int_equal(nct_work_list_more(page), 1);
        (void)snprintf(cursor, sizeof cursor, "%s", nct_work_list_cursor(page));
        nct_work_list_free(page);
    }
    nct_work_list *page = NULL;
    expect_status(nct_work_list_page(w->portal, NCT_WORK_APPLICATION, 0, 0, cursor, strlen(cursor), 1, &page), NCT_OK);
    assert_int_equal(nct_work_list_count(page), 0);
    assert_int_equal(nct_work_list_more(page), 0);
    nct_work_list_free(page);
    for (int32_t kind = 0; kind <= NCT_WORK_APPLICATION; kind++) {
        expect_status(nct_work_list_page(w->portal, kind, 0, times[1], NULL, 0, 100, &page), NCT_OK);
        assert_int_equal(nct_work_list_count(page), 2);
        nct_work_list_free(page);
        expect_status(nct_work_list_page(w->portal, kind, 0, times[1] - 1, NULL, 0, 100, &page), NCT_OK);
        assert_int_equal(nct_work_list_count(page), 1);
        nct_work_list_free(page);
    }
    world_lead(w, ids[1], NCT_STATE_IN_REVIEW);
    expect_status(nct_work_list_page(w->portal, NCT_WORK_APPLICATION, NCT_STATE_IN_REVIEW, 0, NULL, 0, 100, &page),
                  NCT_OK);
    assert_int_equal(nct_work_list_count(page), 1);
    assert_string_equal(nct_work_list_application(page, 0), ids[1]);
    nct_work_list_free(page);
}

static nct_status ask_account(struct world *w) {
    nct_form *form = NULL;
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"requester.ncid", OLIVIA.ncid},
                                     {"requester.password", WORLD_PASSWORD},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", "999000111222"},
                                     {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up Clinic"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_EFT_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < 7; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    nct_status status = nct_eft_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

static nct_status ask_administrator(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = NULL;
    expect_status(
        nct_provider_renew_code(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, code, sizeof code),
        NCT_OK);
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", UMA.ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "managing_employee"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < 5; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    nct_status status = nct_oa_change_submit(form, NULL, NULL);
    nct_form_free(form);
    return status;
}

static void an_eft_change_waits_until_it_is_settled_or_lapses(void **state) {
    struct world *w = *state;
    expect_status(ask_account(w), NCT_OK);
    const char *item = only(w, NCT_WORK_EFT_CHANGE);
    expect_status(assign(w, item, "agnes"), NCT_OK);
    assert_string_equal(assignee(w, NCT_WORK_EFT_CHANGE), "agnes");
    expect_status(nct_eft_change_confirm(w->portal, BEN, NPI_CLINIC, 10, "Olivia", 6), NCT_OK);
    assert_int_equal(count(w, 0), 0);
    expect_status(assign(w, item, "agnes"), NCT_E_NOT_FOUND);
    expect_status(ask_account(w), NCT_OK);
    assert_string_equal(assignee(w, NCT_WORK_EFT_CHANGE), ""); /* another request, whose nobody is */
    world_advance(w, 30 * WORLD_DAY);
    assert_int_equal(count(w, 0), 0);
    expect_status(release(w, item), NCT_E_NOT_FOUND);
    expect_status(ask_account(w), NCT_OK);
    assert_int_equal(count(w, 0), 1);
}

static void an_oa_change_waits_where_the_agency_approves(void **state) {
    struct world *w = *state;
    world_use_profile(w, "2022");
    expect_status(ask_administrator(w), NCT_OK);
    const char *item = only(w, NCT_WORK_OA_CHANGE);
    expect_status(assign(w, item, "agnes"), NCT_OK);
    assert_string_equal(assignee(w, NCT_WORK_OA_CHANGE), "agnes");
    assert_int_equal(count(w, 0), 1);
    expect_status(nct_oa_change_deny(w->portal, BEN, NPI_CLINIC, 10, REASON), NCT_OK);
    assert_int_equal(count(w, 0), 0);
}

/* Olivia is entered as the administrator of another provider, with another address. */
static void contest(struct world *w) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    struct cast other = OLIVIA;
    other.email = "olivia@other.example.org";
    world_enroll(w, world_npi(3), "organization", code);
    nct_form *form = world_registration(w, world_npi(3), code, &other);
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
}

static void a_contested_address_waits_until_it_is_settled(void **state) {
    struct world *w = *state;
    contest(w);
    nct_work_list *page = list(w, NCT_WORK_CONTESTED_ADDRESS);
    assert_int_equal(nct_work_list_count(page), 1);
    assert_string_equal(nct_work_list_ncid(page, 0), OLIVIA.ncid);
    assert_string_equal(nct_work_list_provider(page, 0), "");
    assert_string_equal(nct_work_list_application(page, 0), "");
    assert_int_equal(nct_work_list_state(page, 0), 0);
    nct_work_list_free(page);
    expect_status(assign(w, only(w, NCT_WORK_CONTESTED_ADDRESS), "agnes"), NCT_OK);
    assert_string_equal(assignee(w, NCT_WORK_CONTESTED_ADDRESS), "agnes");
    expect_status(nct_contact_withdraw(w->portal, AGNES, OLIVIA.ncid, strlen(OLIVIA.ncid), REASON), NCT_OK);
    assert_int_equal(count(w, 0), 0);
}

static void a_piece_of_work_is_one_operators_until_it_is_released(void **state) {
    struct world *w = *state;
    submit_one(w);
    const char *item = only(w, NCT_WORK_APPLICATION);
    expect_status(assign(w, item, "agnes"), NCT_OK);
    expect_status(assign(w, item, "ben"), NCT_E_ASSIGNED);
    expect_status(assign(w, item, "agnes"), NCT_OK);
    world_lead(w, id, NCT_STATE_IN_REVIEW); /* it goes on being hers, by the same id */
    assert_string_equal(assignee(w, NCT_WORK_APPLICATION), "agnes");
    expect_status(release(w, item), NCT_OK);
    expect_status(release(w, item), NCT_OK);
    assert_string_equal(assignee(w, NCT_WORK_APPLICATION), "");
    expect_status(assign(w, item, "ben"), NCT_OK);
    world_lead(w, id, NCT_STATE_RETURNED);
    expect_status(world_apply(w, OLIVIA.ncid, KIND, id, NULL), NCT_OK);
    assert_string_equal(assignee(w, NCT_WORK_APPLICATION), "");
    assert_true(world_ledger_mentions(w, "work.assigned"));
    assert_true(world_ledger_mentions(w, "work.released"));
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void an_assignment_lapses_to_the_millisecond(void **state) {
    struct world *w = *state;
    submit_one(w);
    const char *item = only(w, NCT_WORK_APPLICATION);
    expect_status(assign(w, item, "agnes"), NCT_OK);
    world_advance(w, 3 * WORLD_DAY - 1);
    assert_string_equal(assignee(w, NCT_WORK_APPLICATION), "agnes");
    expect_status(assign(w, item, "ben"), NCT_E_ASSIGNED);
    world_advance(w, 1);
    assert_string_equal(assignee(w, NCT_WORK_APPLICATION), "");
    expect_status(assign(w, item, "ben"), NCT_OK);
    assert_string_equal(assignee(w, NCT_WORK_APPLICATION), "ben");
}

static void bad_input_is_named(void **state) {
    struct world *w = *state;
    nct_work_list *page = NULL;
    int32_t kind = 1;
    submit_one(w);
    const char *item = only(w, NCT_WORK_APPLICATION);
    expect_status(nct_work_list_page(NULL, 0, 0, 0, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 1, NULL), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 5, 0, 0, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 17, 0, 0, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_check(NULL), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, -1, 0, 0, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 257, 0, 0, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 0, NCT_STATE_IN_REVIEW, 0, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 1, 99, 0, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 0, 0, -1, NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 2, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, "zz", 2, 1, &page), NCT_E_FORMAT);
    expect_status(nct_work_list_page(w->portal, 2, 0, 0, item, strlen(item), 1, &page), NCT_E_FORMAT);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 0, &page), NCT_E_ARGUMENT);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 1001, &page), NCT_E_ARGUMENT);
    assert_null(page);
    expect_status(nct_work_assign(NULL, AGNES, item, strlen(item), BEN), NCT_E_ARGUMENT);
    expect_status(nct_work_assign(w->portal, AGNES, NULL, 0, BEN), NCT_E_ARGUMENT);
    expect_status(nct_work_assign(w->portal, "", 0, item, strlen(item), BEN), NCT_E_EMPTY);
    expect_status(nct_work_assign(w->portal, AGNES, item, strlen(item), "", 0), NCT_E_EMPTY);
    expect_status(nct_work_assign(w->portal, AGNES, item, strlen(item), "a\nb", 3), NCT_E_CHARACTER);
    expect_status(nct_work_assign(w->portal, AGNES, item, strlen(item) - 1, BEN), NCT_E_FORMAT);
    expect_status(nct_work_assign(w->portal, AGNES, item, 4, BEN), NCT_E_FORMAT);
    expect_status(nct_work_assign(w->portal, AGNES, "01", 2, BEN), NCT_E_FORMAT);
    expect_status(nct_work_assign(w->portal, AGNES, "0900", 4, BEN), NCT_E_FORMAT);
    expect_status(nct_work_release(NULL, AGNES, item, strlen(item)), NCT_E_ARGUMENT);
    expect_status(nct_work_release(w->portal, AGNES, "xx", 2), NCT_E_FORMAT);
    expect_status(nct_work_kind_from_name("oa_change", &kind), NCT_OK);
    assert_int_equal(kind, NCT_WORK_OA_CHANGE);
    expect_status(nct_work_kind_from_name("nothing", &kind), NCT_E_NOT_FOUND);
    assert_int_equal(kind, 0);
    assert_null(nct_work_kind_name(0));
    assert_null(nct_work_kind_name(5));
}

static void requests_taken_out_of_the_index_are_put_back(void **state) {
    struct world *w = *state;
    size_t restored = 0;
    world_use_profile(w, "2022");
    expect_status(ask_account(w), NCT_OK);
    expect_status(ask_administrator(w), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++) {
        struct row gone = rows.at[i];
        gone.revision = 0;
        if (rows.at[i].space == space_of("work"))
            row_force(w->store.inner, &gone);
    }
    rows_free(&rows);
    expect_status(nct_work_check(w->portal), NCT_E_INTEGRITY);
    expect_status(nct_due_restore(w->portal, "job", 3, NPI_CLINIC, 10, &restored), NCT_OK);
    assert_int_equal(restored, 2);
    assert_int_equal(count(w, 0), 2);
    expect_status(nct_work_check(w->portal), NCT_OK);
}

static size_t reads_of_a_list(struct world *w) {
    size_t before = w->store.gets + w->store.scans;
    assert_int_equal(count(w, 0), 1);
    return w->store.gets + w->store.scans - before;
}

static void flip(struct world *w, const struct row *row) {
    struct row altered = *row;
    unsigned char value[NCT_VALUE_MAX];
    memcpy(value, row->value, row->len);
    altered.value = value;
    value[row->len - 1] ^= 1;
    row_force(w->store.inner, &altered);
}

static void damaged_rows_stop_nothing_else_and_are_rebuilt(void **state) {
    struct world *w = *state;
    nct_work_list *page = NULL;
    size_t rebuilt = 0;
    size_t left = 0;
    submit_one(w);
    contest(w);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.at[i].space == space_of("work"))
            flip(w, &rows.at[i]);
    rows_free(&rows);
    expect_status(ask_account(w), NCT_E_CONTESTED);
    expect_status(nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 100, &page), NCT_E_PARTIAL);
    assert_int_equal(nct_work_list_count(page), 0);
    nct_work_list_free(page);
    expect_status(nct_repair(w->portal, AGNES, "bad disk", 8, &rebuilt, &left), NCT_OK);
    assert_int_equal(rebuilt, 2);
    assert_int_equal(left, 0);
    assert_int_equal(count(w, NCT_WORK_APPLICATION), 1);
    assert_int_equal(count(w, NCT_WORK_CONTESTED_ADDRESS), 1);
    assert_true(world_ledger_mentions(w, "work: bad disk"));
}

/* The list costs by what waits, however much was decided. */
static void what_was_decided_costs_nothing(void **state) {
    struct world *w = *state;
    submit_one(w);
    size_t once = reads_of_a_list(w);
    for (size_t i = 0; i < 5; i++) {
        world_drafted(w, OLIVIA.ncid, KIND, id);
        world_lead(w, id, NCT_STATE_DENIED);
    }
    assert_int_equal(reads_of_a_list(w), once);
}

/* Each call of the store fails once, in each way there is: nothing is shown or assigned wrongly. */
static void whatever_fails_assigns_nothing_by_half(void **state) {
    struct world *w = *state;
    submit_one(w);
    const char *item = only(w, NCT_WORK_APPLICATION);
    for (int fault = FAULT_ERROR; fault < FAULT_APPLIED; fault++) {
        nct_status status = NCT_E_STORE;
        for (size_t at = 1; status != NCT_OK || w->store.faults > 0; at++) {
            w->store.fault = (enum world_fault)fault;
            w->store.fault_on = WORLD_ANY;
            w->store.fault_at = at;
            w->store.fault_count = 1;
            w->store.seen = 0;
            w->store.faults = 0;
            status = assign(w, item, "agnes");
            w->store.fault_at = 0;
            const char *name = assignee(w, NCT_WORK_APPLICATION);
            assert_string_equal(name, status == NCT_OK ? "agnes" : "");
            if (status == NCT_OK)
                expect_status(release(w, item), NCT_OK);
            assert_true(at < 100);
        }
    }
}

/* The same of every allocation, for assigning and for listing. */
static void without_memory_nothing_is_assigned_and_no_list_is_given(void **state) {
    struct world *w = *state;
    nct_work_list *page = NULL;
    submit_one(w);
    const char *item = only(w, NCT_WORK_APPLICATION);
    nct_status status = NCT_E_NO_MEMORY;
    for (size_t at = 1; status != NCT_OK; at++) {
        w->memory.fail_at = w->memory.calls + at;
        status = nct_work_list_page(w->portal, 0, 0, 0, NULL, 0, 10, &page);
        w->memory.fail_at = 0;
        assert_true(status == NCT_OK || (status == NCT_E_NO_MEMORY && page == NULL));
    }
    nct_work_list_free(page);
    status = NCT_E_NO_MEMORY;
    for (size_t at = 1; status != NCT_OK; at++) {
        w->memory.fail_at = w->memory.calls + at;
        status = assign(w, item, "agnes");
        w->memory.fail_at = 0;
        assert_true(status == NCT_OK || status == NCT_E_NO_MEMORY);
        assert_string_equal(assignee(w, NCT_WORK_APPLICATION), status == NCT_OK ? "agnes" : "");
    }
}

static void take_it_first(void *argument) {
    struct world *w = argument;
    nct_work_list *page = list(w, 0);
    const char *item = nct_work_list_id(page, 0);
    expect_status(nct_work_assign(w->portal, BEN, item, strlen(item), BEN), NCT_OK);
    nct_work_list_free(page);
}

static void of_two_at_once_one_gets_it(void **state) {
    struct world *w = *state;
    submit_one(w);
    const char *item = only(w, NCT_WORK_APPLICATION);
    w->store.argument = w;
    w->store.before_commit = take_it_first;
    expect_status(assign(w, item, "agnes"), NCT_E_ASSIGNED);
    assert_string_equal(assignee(w, NCT_WORK_APPLICATION), "ben");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(an_application_waits_while_it_is_the_agencys_turn),
        CASE(prior_approvals_wait_until_they_are_decided),
        CASE(the_oldest_come_first_page_by_page_and_by_age_and_state),
        CASE(an_eft_change_waits_until_it_is_settled_or_lapses),
        CASE(an_oa_change_waits_where_the_agency_approves),
        CASE(a_contested_address_waits_until_it_is_settled),
        CASE(a_piece_of_work_is_one_operators_until_it_is_released),
        CASE(an_assignment_lapses_to_the_millisecond),
        CASE(bad_input_is_named),
        CASE(requests_taken_out_of_the_index_are_put_back),
        CASE(damaged_rows_stop_nothing_else_and_are_rebuilt),
        CASE(what_was_decided_costs_nothing),
        CASE(whatever_fails_assigns_nothing_by_half),
        CASE(without_memory_nothing_is_assigned_and_no_list_is_given),
        CASE(of_two_at_once_one_gets_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
