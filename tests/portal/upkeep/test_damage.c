/* One damaged row stops what is about it alone: it is found, named, rebuilt where others say what was in it. */
#include "world.h"

#include <stdio.h>

#define OTHER world_npi(1)
#define REASON "a disk went bad"
#define FLIPS 60

/* Two providers at work, with mails that wait, receipts and due work. */
static int setup(void **state) {
    int failed = world_setup_clinic(state);
    struct world *w = *state;
    world_register(w, OTHER, &OSCAR, &SILAS, "pa.submit");
    world_set_password(w, OSCAR.ncid, WORLD_PASSWORD);
    w->mailer.fail_from = 0;
    w->mailer.fail_to = SIZE_MAX;
    w->mailer.answer = NCT_E_BUSY; /* nothing is held against the mails */
    expect_status(world_report_lost(w, UMA.ncid, NULL, UMA.ncid), NCT_OK);
    expect_status(world_report_lost(w, SILAS.ncid, NULL, SILAS.ncid), NCT_OK);
    for (int i = 0; i < 3; i++)
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    w->mailer.fail_to = 0;
    return failed;
}

static void flip(struct world *w, const struct row *row, size_t bit) {
    struct row altered = *row;
    unsigned char value[NCT_VALUE_MAX];
    memcpy(value, row->value, row->len);
    altered.value = value;
    value[bit / 8 % row->len] ^= (unsigned char)(1u << bit % 8);
    row_force(w->store.inner, &altered);
}

/* What nct_damage_list() says of all spaces. */
struct found {
    size_t count;
    int32_t space;
    nct_status status;
    char key[2 * NCT_KEY_MAX + 1];
    char provider[32];
    char ncid[32];
};

static struct found find(struct world *w, size_t limit) {
    struct found found = {.space = -1};
    for (int32_t space = 0; space < nct_space_count(); space++) {
        char after[2 * NCT_KEY_MAX + 1] = "";
        do {
            nct_damage *page = NULL;
            expect_status(
                nct_damage_list(w->portal, space, after[0] != '\0' ? after : NULL, strlen(after), limit, &page),
                NCT_OK);
            for (size_t i = 0; i < nct_damage_count(page); i++) {
                found.count++;
                found.space = space;
                found.status = nct_damage_reason(page, i);
                (void)snprintf(found.key, sizeof found.key, "%s", nct_damage_key(page, i));
                (void)snprintf(found.provider, sizeof found.provider, "%s", nct_damage_provider(page, i));
                (void)snprintf(found.ncid, sizeof found.ncid, "%s", nct_damage_ncid(page, i));
            }
            (void)snprintf(after, sizeof after, "%s", nct_damage_cursor(page));
            nct_damage_free(page);
        } while (after[0] != '\0');
    }
    return found;
}

static void expect_key(const struct found *found, const struct row *row) {
    char key[2 * NCT_KEY_MAX + 1] = "";
    for (size_t i = 0; i < row->key_len; i++)
        (void)snprintf(key + 2 * i, 3, "%02x", row->key[i]);
    assert_string_equal(found->key, key);
}

static int goes_on(nct_status status) {
    return status == NCT_OK || status == NCT_E_PARTIAL;
}

/* Everything over many records goes on. */
static void expect_runs_go_on(struct world *w) {
    nct_mail_list *mails = NULL;
    nct_due *due = NULL;
    nct_provider_list *providers = NULL;
    nct_stream_list *streams = NULL;
    size_t sent = 0;
    assert_true(goes_on(nct_mail_list_page(w->portal, NULL, 0, 1000, &mails)));
    assert_true(nct_mail_list_count(mails) > 0);
    assert_true(goes_on(nct_due_list(w->portal, w->now + 10 * 365 * INT64_C(86400000), NULL, 0, 1000, &due)));
    assert_true(nct_due_count(due) > 0);
    assert_true(goes_on(nct_provider_list_page(w->portal, NULL, 0, 1000, &providers)));
    assert_true(nct_provider_list_count(providers) > 0);
    assert_true(goes_on(nct_ledger_streams(w->portal, NULL, 0, 1000, &streams)));
    assert_true(nct_stream_list_count(streams) > 0);
    nct_mail_list_free(mails);
    nct_due_free(due);
    nct_provider_list_free(providers);
    nct_stream_list_free(streams);
    nct_status status = nct_mail_flush(w->portal, SIZE_MAX, &sent, NULL);
    /* of a mail that waits, or of what says so */
    assert_true(goes_on(status) || status == NCT_E_INTEGRITY || status == NCT_E_KEY || status == NCT_E_UNSUPPORTED);
    assert_true(sent > 0);
}

/* Of the store as a whole: the portal's own rows and its keys. */
static int is_common(const struct row *row) {
    static const char *const spaces[] = {"portal", "key", "registry", "clock", NULL};
    for (size_t i = 0; spaces[i] != NULL; i++)
        if (row->space == space_of(spaces[i]))
            return 1;
    int of_stream = row->space == space_of("stream") || row->space == space_of("entry");
    return of_stream && (row->key[0] == 'S' || row->key[0] == 'K');
}

/* One bit anywhere: it is found, and the provider it is not about goes on. */
static void flipped_bits_are_found_and_stop_nobody_else(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    uint64_t random = 7;
    for (size_t i = 0; i < FLIPS; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const struct row *row = &rows.at[(random >> 33) % rows.count];
        if (row->len == 0)
            continue;
        flip(w, row, (size_t)(random >> 13) % (8 * row->len));
        struct found found = find(w, 1 + i % 50);
        assert_int_equal(found.count, 1);
        assert_int_equal(found.space, row->space);
        assert_true(found.status < 0);
        expect_key(&found, row);
        if (!is_common(row)) {
            int of_clinic = strcmp(found.provider, NPI_CLINIC) == 0;
            const struct cast *others[] = {&OLIVIA, &FRANK, &PETRA, &UMA};
            for (size_t j = 0; j < 4; j++)
                of_clinic |= strcmp(found.ncid, others[j]->ncid) == 0;
            /* whose it is may not be readable any more: then one of the two goes on */
            nct_status clinic = world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_EFT_CHANGE);
            nct_status other = world_check(w, OSCAR.ncid, OTHER, NCT_AUTHORITY_EFT_CHANGE);
            assert_true(of_clinic ? other == NCT_OK : clinic == NCT_OK || other == NCT_OK);
            expect_runs_go_on(w);
        }
        rows_restore(w->store.inner, &rows);
    }
    rows_free(&rows);
    assert_int_equal(find(w, 1000).count, 0);
}

/* The first row of a space. */
static const struct row *first_of(const struct rows *rows, const char *space) {
    for (size_t i = 0; i < rows->count; i++)
        if (rows->at[i].space == space_of(space))
            return &rows->at[i];
    fail();
    return NULL;
}

static void a_damaged_mail_keeps_back_no_other(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    nct_mail_list *mails = NULL;
    size_t sent = 0;
    flip(w, first_of(&rows, "mail"), 200);
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 1, &mails), NCT_E_PARTIAL);
    assert_int_equal(nct_mail_list_count(mails), 1); /* the page is full for all that */
    nct_mail_list_free(mails);
    expect_status(nct_mail_flush(w->portal, SIZE_MAX, &sent, NULL), NCT_E_PARTIAL);
    assert_int_equal(sent, 4);
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 10, &mails), NCT_E_PARTIAL);
    assert_int_equal(nct_mail_list_count(mails), 0);
    nct_mail_list_free(mails);
    rows_free(&rows);
}

static void a_damaged_receipt_keeps_back_no_other(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    nct_signature_list *list = NULL;
    flip(w, first_of(&rows, "signature"), 400);
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &list), NCT_E_PARTIAL);
    assert_int_equal(nct_signature_list_count(list), 2);
    nct_signature_list_free(list);
    expect_status(nct_signature_list_by_signer(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, 10, &list),
                  NCT_E_PARTIAL);
    assert_int_equal(nct_signature_list_count(list), 2);
    nct_signature_list_free(list);
    rows_free(&rows);
}

/* Rows that are hidden are no damage: they are told as what they are. */
static void a_receipt_taken_away_is_still_missed(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    nct_signature_list *list = NULL;
    struct row gone = *first_of(&rows, "signature");
    gone.revision = 0;
    row_force(w->store.inner, &gone);
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &list), NCT_E_INTEGRITY);
    assert_null(list);
    rows_free(&rows);
}

static nct_status repair(struct world *w, size_t *rebuilt, size_t *left) {
    return nct_repair(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), REASON, strlen(REASON), rebuilt, left);
}

static void what_only_repeats_others_is_rebuilt(void **state) {
    static const char *const spaces[] = {"due", "clock"};
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t rebuilt = 0;
    size_t left = 0;
    for (size_t i = 0; i < 2; i++) {
        const struct row *row = first_of(&rows, spaces[i]);
        flip(w, row, 8 * row->len - 3); /* in the tag */
    }
    assert_int_equal(find(w, 1000).count, 2);
    expect_status(repair(w, &rebuilt, &left), NCT_OK);
    assert_int_equal(rebuilt, 2);
    assert_int_equal(left, 0);
    assert_int_equal(find(w, 1000).count, 0);
    assert_true(world_ledger_mentions(w, "store.repaired"));
    assert_true(world_ledger_mentions(w, "clock: " REASON));
    assert_true(world_ledger_mentions(w, "due.restored"));
    struct rows after = rows_take(w->store.inner);
    assert_non_null(rows_find(&after, first_of(&rows, "due")));
    rows_free(&after);
    size_t sent = 0;
    expect_status(nct_mail_flush(w->portal, SIZE_MAX, &sent, NULL), NCT_OK);
    assert_int_equal(sent, 5);
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    rows_free(&rows);
}

static void what_nothing_else_says_is_left_and_told(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t rebuilt = 0;
    size_t left = 0;
    flip(w, first_of(&rows, "signature"), 400);
    expect_status(repair(w, &rebuilt, &left), NCT_E_PARTIAL);
    assert_int_equal(rebuilt, 0);
    assert_int_equal(left, 1);
    struct found found = find(w, 1000);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.provider, NPI_CLINIC);
    assert_false(world_ledger_mentions(w, "store.repaired"));
    rows_free(&rows);
}

static void nothing_is_repaired_where_nothing_is_damaged(void **state) {
    struct world *w = *state;
    size_t rebuilt = 9;
    size_t left = 9;
    size_t entries = world_entries(w, "portal");
    expect_status(repair(w, &rebuilt, &left), NCT_OK);
    assert_int_equal(rebuilt + left, 0);
    assert_int_equal(world_entries(w, "portal"), entries);
    expect_status(nct_repair(NULL, "op", 2, "r", 1, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_repair(w->portal, "", 0, "r", 1, NULL, NULL), NCT_E_EMPTY);
    nct_damage *page = NULL;
    expect_status(nct_damage_list(w->portal, nct_space_count(), NULL, 0, 1, &page), NCT_E_ARGUMENT);
    expect_status(nct_damage_list(w->portal, 0, NULL, 0, 0, &page), NCT_E_ARGUMENT);
    expect_status(nct_damage_list(w->portal, 0, "xy", 2, 1, &page), NCT_E_FORMAT);
    assert_null(page);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(flipped_bits_are_found_and_stop_nobody_else),  CASE(a_damaged_mail_keeps_back_no_other),
        CASE(a_damaged_receipt_keeps_back_no_other),        CASE(a_receipt_taken_away_is_still_missed),
        CASE(what_only_repeats_others_is_rebuilt),          CASE(what_nothing_else_says_is_left_and_told),
        CASE(nothing_is_repaired_where_nothing_is_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
