/* Lists gone through page by page, to their end and not further. */
#include "applications.h"
#include "world.h"

#include <stdio.h>

/* Goes through a list with pages of so many; how many it has. A page is NULL only on failure. */
typedef size_t walk(struct world *w, size_t limit);

#define CURSOR_ROOM 256

#define WALK(type, list_call)                                                                                          \
    size_t found = 0;                                                                                                  \
    char after[CURSOR_ROOM] = "";                                                                                      \
    for (int more = 1; more;) {                                                                                        \
        type *page = NULL;                                                                                             \
        expect_status(list_call, NCT_OK);                                                                              \
        found += type##_count(page);                                                                                   \
        more = type##_more(page);                                                                                      \
        assert_true(!more || strcmp(after, type##_cursor(page)) != 0);                                                 \
        (void)snprintf(after, sizeof after, "%s", type##_cursor(page));                                                \
        type##_free(page);                                                                                             \
    }                                                                                                                  \
    return found

static size_t walk_mails(struct world *w, size_t limit) {
    WALK(nct_mail_list, nct_mail_list_page(w->portal, after, strlen(after), limit, &page));
}

static size_t walk_due(struct world *w, size_t limit) {
    WALK(nct_due, nct_due_list(w->portal, INT64_MAX, after, strlen(after), limit, &page));
}

static size_t walk_streams(struct world *w, size_t limit) {
    WALK(nct_stream_list, nct_ledger_streams(w->portal, after, strlen(after), limit, &page));
}

static size_t walk_signed_for(struct world *w, size_t limit) {
    WALK(nct_signature_list,
         nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, after, strlen(after), limit, &page));
}

static size_t walk_signed_by(struct world *w, size_t limit) {
    WALK(nct_signature_list,
         nct_signature_list_by_signer(w->portal, PETRA.ncid, strlen(PETRA.ncid), after, strlen(after), limit, &page));
}

static size_t walk_entries(struct world *w, size_t limit) {
    size_t found = 0;
    uint64_t after = 0;
    for (int more = 1; more;) {
        nct_entry_list *page = NULL;
        nct_status status =
            nct_ledger_read(w->portal, "provider:" NPI_CLINIC, strlen("provider:" NPI_CLINIC), after, limit, &page);
        expect_status(status, NCT_OK);
        found += nct_entry_list_count(page);
        more = nct_entry_list_more(page);
        assert_true(!more || nct_entry_list_last(page) > after);
        after = nct_entry_list_last(page);
        nct_entry_list_free(page);
    }
    return found;
}

static void prepare(struct world *w) {
    for (int i = 0; i < 3; i++)
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    w->mailer.fail_from = w->mailer.count + 1; /* what is mailed from here on waits */
    w->mailer.fail_to = SIZE_MAX;
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_OK);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &OSCAR, "user", "training"), NCT_OK);
}

static void every_page_size_finds_the_same(void **state) {
    static walk *const walks[] = {walk_mails, walk_due, walk_streams, walk_signed_for, walk_signed_by, walk_entries};
    struct world *w = *state;
    prepare(w);
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
        size_t all = walks[i](w, 1000);
        assert_true(all > 0);
        for (size_t limit = 1; limit <= all + 1; limit++)
            assert_int_equal(walks[i](w, limit), all);
    }
}

/* What only looks like a mail fills a page of its own; the mails behind it are found all the same. */
static void a_page_of_decoys_is_not_the_last(void **state) {
    struct world *w = *state;
    nct_mail_list *page = NULL;
    prepare(w);
    size_t before = walk_mails(w, 1);
    expect_status(nct_password_forgotten(w->portal, "nobody.here", 11), NCT_OK);
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 1, &page), NCT_OK);
    assert_int_equal(nct_mail_list_count(page), 0);
    assert_int_equal(nct_mail_list_more(page), 1);
    nct_mail_list_free(page);
    assert_int_equal(walk_mails(w, 1), before);
}

static void no_page_has_no_next(void **state) {
    (void)state;
    assert_int_equal(nct_mail_list_more(NULL) + nct_due_more(NULL) + nct_stream_list_more(NULL) +
                         nct_signature_list_more(NULL) + nct_entry_list_more(NULL) + nct_damage_more(NULL),
                     0);
    assert_null(nct_mail_list_cursor(NULL));
    assert_null(nct_due_cursor(NULL));
    assert_null(nct_signature_list_cursor(NULL));
    assert_int_equal(nct_entry_list_last(NULL), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_page_size_finds_the_same),
        TEST(a_page_of_decoys_is_not_the_last),
        TEST(no_page_has_no_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
