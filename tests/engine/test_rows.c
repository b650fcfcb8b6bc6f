/* A row opens only where it was written and as it was written: its space, its key, its revision, each of its bits. */
#include "world.h"

static const struct row *row_in(const struct rows *rows, const char *space, size_t index) {
    for (size_t i = 0; i < rows->count; i++)
        if (rows->at[i].space == space_of(space) && index-- == 0)
            return &rows->at[i];
    print_error("there is no such row of %s\n", space);
    fail();
    return NULL;
}

/* Long names make the row longer than what is authenticated in one piece. */
static void sign(struct world *w) {
    static const char name[] =
        "a document whose name is as long as the name of a document may be, which is a hundred characters long";
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    nct_signature *signature = NULL;
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    expect_status(nct_form_set(signing, "document.id", name, 100), NCT_OK);
    expect_status(nct_form_set(signing, "document.version", name, 100), NCT_OK);
    expect_status(nct_sign(signing, NULL, &signature), NCT_OK);
    nct_signature_free(signature);
    nct_form_free(signing);
}

/* Two signatures; their ids, in the order of the rows. */
static void sign_twice(struct world *w, char ids[2][NCT_SIGNATURE_ID_LENGTH + 1]) {
    nct_signature_list *page = NULL;
    for (int i = 0; i < 2; i++) {
        world_advance(w, 1000);
        sign(w);
    }
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_signature_list_count(page), 2);
    for (size_t i = 0; i < 2; i++)
        strcpy(ids[i], nct_signature_id(nct_signature_list_at(page, i)));
    nct_signature_list_free(page);
}

static nct_status read_signature(struct world *w, const char *id) {
    nct_signature *signature = NULL;
    nct_status status = nct_signature_get(w->portal, NPI_CLINIC, 10, id, strlen(id), &signature);
    assert_true((status == NCT_OK) == (signature != NULL));
    nct_signature_free(signature);
    return status;
}

/* The row with other bytes at the same place and revision. */
static void force(struct world *w, const struct row *place, const void *value, size_t len) {
    struct row row = *place;
    row.value = (void *)(uintptr_t)value;
    row.len = len;
    row_force(w->store.inner, &row);
}

static void every_bit_of_a_row_counts(void **state) {
    struct world *w = *state;
    char ids[2][NCT_SIGNATURE_ID_LENGTH + 1];
    sign_twice(w, ids);
    struct rows rows = rows_take(w->store.inner);
    const struct row *row = row_in(&rows, "signature", 0);
    unsigned char value[4096];
    assert_true(row->len > 540 && row->len <= sizeof value); /* of which more than 512 are content */
    for (size_t bit = 0; bit < 8 * row->len; bit++) {
        memcpy(value, row->value, row->len);
        value[bit / 8] ^= (unsigned char)(1u << bit % 8);
        force(w, row, value, row->len);
        assert_true(read_signature(w, ids[0]) != NCT_OK || read_signature(w, ids[1]) != NCT_OK);
    }
    rows_restore(w->store.inner, &rows);
    expect_status(read_signature(w, ids[0]), NCT_OK);
    rows_free(&rows);
}

static void a_row_of_another_key_is_refused(void **state) {
    struct world *w = *state;
    char ids[2][NCT_SIGNATURE_ID_LENGTH + 1];
    sign_twice(w, ids);
    struct rows rows = rows_take(w->store.inner);
    const struct row *first = row_in(&rows, "signature", 0), *second = row_in(&rows, "signature", 1);
    assert_int_equal(first->revision, second->revision);
    force(w, second, first->value, first->len);
    assert_true(read_signature(w, ids[0]) == NCT_E_INTEGRITY || read_signature(w, ids[1]) == NCT_E_INTEGRITY);
    rows_free(&rows);
}

/* Both spaces have the same keys: a receipt would pass for the declaration that repudiates it. */
static void a_row_of_another_space_is_refused(void **state) {
    struct world *w = *state;
    char ids[2][NCT_SIGNATURE_ID_LENGTH + 1];
    unsigned char declaration[4096];
    size_t len = 0;
    sign_twice(w, ids);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < 2; i++) {
        struct row moved = *row_in(&rows, "signature", i);
        moved.space = space_of("repudiation");
        row_force(w->store.inner, &moved);
        expect_status(nct_signature_repudiation(w->portal, NPI_CLINIC, 10, ids[i], strlen(ids[i]), declaration,
                                                sizeof declaration, &len),
                      NCT_E_INTEGRITY);
    }
    rows_free(&rows);
}

static nct_status list_mails(struct world *w) {
    nct_mail_list *page = NULL;
    nct_status status = nct_mail_list_page(w->portal, NULL, 0, 100, &page);
    nct_mail_list_free(page);
    return status;
}

static void what_a_row_was_before_is_refused_at_its_present_revision(void **state) {
    struct world *w = *state;
    w->mailer.fail_from = 1;
    w->mailer.fail_to = WORLD_MAILS;
    w->mailer.answer = NCT_E_BUSY; /* nothing is held against the mails */
    expect_status(nct_pin_reset_by_operator(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), FRANK.ncid,
                                            strlen(FRANK.ncid), "lost", 4),
                  NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(nct_mail_flush(w->portal, 100, NULL, NULL), NCT_OK);
    struct rows now = rows_take(w->store.inner);
    const struct row *old = row_in(&before, "mail", 0), *row = row_in(&now, "mail", 0);
    assert_true(row->revision > old->revision);
    expect_status(list_mails(w), NCT_OK);
    force(w, row, old->value, old->len);
    expect_status(list_mails(w), NCT_E_PARTIAL);
    rows_free(&before);
    rows_free(&now);
}

static void a_later_version_is_told_apart_from_damage(void **state) {
    struct world *w = *state;
    char ids[2][NCT_SIGNATURE_ID_LENGTH + 1];
    unsigned char value[4096];
    sign_twice(w, ids);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < 2; i++) {
        const struct row *row = row_in(&rows, "signature", i);
        memcpy(value, row->value, row->len);
        value[0]++;
        force(w, row, value, row->len);
        expect_status(read_signature(w, ids[i]), NCT_E_UNSUPPORTED);
        value[0] = 0;
        force(w, row, value, row->len);
        expect_status(read_signature(w, ids[i]), NCT_E_INTEGRITY);
    }
    rows_free(&rows);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_bit_of_a_row_counts),
        CASE(a_row_of_another_key_is_refused),
        CASE(a_row_of_another_space_is_refused),
        CASE(what_a_row_was_before_is_refused_at_its_present_revision),
        CASE(a_later_version_is_told_apart_from_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
