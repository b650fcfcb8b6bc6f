/* Each person's list of messages. */
#include "world.h"

#include <stdio.h>

static nct_message_list *messages(struct world *w, const struct cast *who) {
    nct_message_list *list = NULL;
    expect_status(nct_message_list_page(w->portal, who->ncid, strlen(who->ncid), NULL, 0, 100, &list), NCT_OK);
    return list;
}

static void move_address(struct world *w, const struct cast *who, const char *address) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_form_set(form, "email", address, strlen(address)), NCT_OK);
    expect_status(nct_contact_change_by_operator(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), who->ncid,
                                                 strlen(who->ncid), "asked", 5, NULL),
                  NCT_OK);
    nct_form_free(form);
}

/* How many of a template. */
static size_t count_of(struct world *w, const struct cast *who, const char *template_name) {
    nct_message_list *list = messages(w, who);
    size_t found = 0;
    for (size_t i = 0; i < nct_message_list_count(list); i++)
        found += strcmp(nct_message_list_template(list, i), template_name) == 0;
    nct_message_list_free(list);
    return found;
}

static void a_pin_mail_is_a_message_without_the_pin(void **state) {
    struct world *w = *state;
    nct_message_list *list = messages(w, &OLIVIA);
    const char *pin = world_pin_of(w, OLIVIA.ncid);
    size_t at = nct_message_list_count(list) - 1;
    size_t hidden = 0;
    for (size_t i = 0; i < nct_message_list_count(list); i++) {
        hidden += strstr(nct_message_list_body(list, i), "******") != NULL;
        assert_null(strstr(nct_message_list_body(list, i), pin));
        assert_null(strstr(nct_message_list_subject(list, i), pin));
    }
    assert_int_equal(hidden, 4); /* those of the users she entered too */
    assert_int_equal(nct_message_list_sent_at(list, at), WORLD_START);
    assert_string_equal(nct_message_list_language(list, at), "en");
    assert_null(nct_message_list_id(list, at + 1));
    nct_message_list_free(list);
}

static void every_signature_is_acknowledged_and_tells_how_to_repudiate(void **state) {
    struct world *w = *state;
    nct_message_list *list = NULL;
    size_t mails = w->mailer.count;
    world_advance(w, 1000);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    expect_status(nct_message_list_page(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, 10, &list), NCT_OK);
    assert_string_equal(nct_message_list_template(list, 0), "signature.made");
    assert_string_equal(nct_message_list_provider(list, 0), NPI_CLINIC);
    nct_signature *signature = NULL;
    const char *id = nct_message_list_signature(list, 0);
    expect_status(nct_signature_get(w->portal, NPI_CLINIC, strlen(NPI_CLINIC), id, strlen(id), &signature), NCT_OK);
    assert_string_equal(nct_signature_ncid(signature), PETRA.ncid);
    nct_signature_free(signature);
    assert_string_equal(nct_message_list_signature(list, 1), "");
    assert_null(nct_message_list_signature(list, nct_message_list_count(list)));
    assert_non_null(strstr(nct_message_list_body(list, 0), "repudiate"));
    assert_non_null(strstr(nct_message_list_body(list, 0), "2026-01-01"));
    assert_int_equal(nct_message_list_sent_at(list, 0), w->now);
    assert_int_equal(w->mailer.count, mails + 1);
    const struct world_mail *mail = &w->mailer.mails[mails];
    assert_string_equal(mail->template_name, "signature.made");
    assert_string_equal(mail->address, PETRA.email);
    assert_non_null(strstr(mail->body, id));
    assert_null(strstr(mail->body, world_pin_of(w, PETRA.ncid)));
    nct_message_list_free(list);
}

/* Whoever took the address over does not keep the owner from learning of it. */
static void a_signature_is_told_at_a_former_address_too(void **state) {
    struct world *w = *state;
    move_address(w, &PETRA, "petra@new.example.org");
    size_t mails = w->mailer.count;
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    assert_int_equal(w->mailer.count, mails + 2);
    assert_int_equal(count_of(w, &PETRA, "signature.made"), 1);
}

static void a_policy_may_keep_signatures_out_of_the_mail(void **state) {
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_SIGNATURE_MAILED, 0), NCT_OK);
    world_reopen(w);
    size_t mails = w->mailer.count;
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    assert_int_equal(w->mailer.count, mails);
    assert_int_equal(count_of(w, &PETRA, "signature.made"), 1);
}

/* Administrators change it; who gives their own up is told by access.left. */
static void a_change_of_access_and_its_end_are_told(void **state) {
    struct world *w = *state;
    const uint64_t right = UINT64_C(1) << NCT_RIGHT_PA_SUBMIT;
    size_t mails = w->mailer.count;
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, right), NCT_OK);
    assert_int_equal(count_of(w, &PETRA, "access.changed"), 1);
    assert_string_equal(w->mailer.mails[mails].template_name, "access.changed");
    assert_string_equal(w->mailer.mails[mails].address, PETRA.email);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    assert_int_equal(count_of(w, &PETRA, "access.ended"), 1);
    assert_string_equal(w->mailer.mails[mails + 1].template_name, "access.ended");
    assert_int_equal(w->mailer.count, mails + 2);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_E_NOT_FOUND);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, right), NCT_OK);
    assert_int_equal(count_of(w, &PETRA, "access.changed"), 1); /* it begins anew */
    assert_int_equal(w->mailer.count, mails + 3);
}

static void of_many_changes_in_a_day_the_messages_alone_tell(void **state) {
    struct world *w = *state;
    const uint64_t rights[] = {UINT64_C(1) << NCT_RIGHT_PA_SUBMIT, UINT64_C(1) << NCT_RIGHT_FL2_SUBMIT};
    size_t mails = w->mailer.count;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_REQUESTS_ACCESS, 3), NCT_OK);
    world_reopen(w);
    for (size_t i = 0; i < 5; i++)
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, rights[i % 2]), NCT_OK);
    assert_int_equal(w->mailer.count, mails + 3);
    assert_int_equal(count_of(w, &PETRA, "access.changed"), 5);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
    world_advance(w, INT64_C(86400000));
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, rights[1]), NCT_OK);
    assert_int_equal(w->mailer.count, mails + 4);
}

static void a_wrong_try_is_no_signature(void **state) {
    struct world *w = *state;
    expect_status(world_sign_pa(w, PETRA.ncid, "wrong", world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
    assert_int_equal(count_of(w, &PETRA, "signature.made"), 0);
}

static void the_newest_comes_first_and_pages_follow(void **state) {
    struct world *w = *state;
    char cursor[NCT_MESSAGE_ID_LENGTH + 1] = "";
    int64_t last = INT64_MAX;
    size_t seen = 0;
    int32_t more = 1;
    for (int i = 0; i < 3; i++) {
        world_advance(w, 60000);
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    }
    nct_message_list *all = messages(w, &PETRA);
    while (more) {
        nct_message_list *list = NULL;
        expect_status(
            nct_message_list_page(w->portal, PETRA.ncid, strlen(PETRA.ncid), cursor, strlen(cursor), 2, &list), NCT_OK);
        for (size_t i = 0; i < nct_message_list_count(list); i++, seen++) {
            assert_string_equal(nct_message_list_id(list, i), nct_message_list_id(all, seen));
            assert_true(nct_message_list_sent_at(list, i) <= last);
            last = nct_message_list_sent_at(list, i);
        }
        more = nct_message_list_more(list);
        snprintf(cursor, sizeof cursor, "%s", nct_message_list_cursor(list));
        nct_message_list_free(list);
    }
    assert_int_equal(seen, nct_message_list_count(all));
    nct_message_list_free(all);
}

static nct_status mark(struct world *w, const struct cast *who, const char *id, int32_t is_read) {
    return nct_message_mark(w->portal, who->ncid, strlen(who->ncid), id, strlen(id), is_read);
}

static void a_message_is_marked_as_read_and_unread(void **state) {
    struct world *w = *state;
    nct_message_list *list = messages(w, &FRANK);
    char id[NCT_MESSAGE_ID_LENGTH + 1];
    snprintf(id, sizeof id, "%s", nct_message_list_id(list, 0));
    assert_int_equal(nct_message_list_read_at(list, 0), 0);
    nct_message_list_free(list);
    world_advance(w, 5000);
    expect_status(mark(w, &FRANK, id, 1), NCT_OK);
    world_advance(w, 5000);
    expect_status(mark(w, &FRANK, id, 1), NCT_OK);
    list = messages(w, &FRANK);
    assert_int_equal(nct_message_list_read_at(list, 0), WORLD_START + 5000);
    nct_message_list_free(list);
    expect_status(mark(w, &FRANK, id, 0), NCT_OK);
    list = messages(w, &FRANK);
    assert_int_equal(nct_message_list_read_at(list, 0), 0);
    nct_message_list_free(list);
    expect_status(mark(w, &PETRA, id, 1), NCT_E_NOT_FOUND);
    expect_status(mark(w, &FRANK, "abc", 1), NCT_E_FORMAT);
    expect_status(mark(w, &FRANK, id, 2), NCT_E_ARGUMENT);
    expect_status(nct_message_mark(w->portal, "no.body", 7, id, strlen(id), 1), NCT_E_UNKNOWN_PERSON);
}

static void a_former_address_gets_a_mail_and_no_message(void **state) {
    struct world *w = *state;
    move_address(w, &FRANK, "frank@new.example.org");
    assert_int_equal(count_of(w, &FRANK, "contact.changed"), 1);
    size_t before = w->mailer.count;
    expect_status(nct_access_leave(w->portal, FRANK.ncid, strlen(FRANK.ncid), NPI_CLINIC, strlen(NPI_CLINIC)), NCT_OK);
    assert_int_equal(w->mailer.count, before + 3); /* both addresses, and the Office Administrator */
    assert_int_equal(count_of(w, &FRANK, "access.left"), 1);
    assert_int_equal(count_of(w, &OLIVIA, "access.left"), 1);
}

static void a_message_taken_away_is_missed(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    size_t missed = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.at[i].space != space_of("message"))
            continue;
        nct_message_list *list = NULL;
        struct row gone = rows.at[i];
        gone.revision = 0;
        row_force(w->store.inner, &gone);
        missed +=
            nct_message_list_page(w->portal, FRANK.ncid, strlen(FRANK.ncid), NULL, 0, 10, &list) == NCT_E_INTEGRITY;
        nct_message_list_free(list);
        row_force(w->store.inner, &rows.at[i]);
    }
    rows_free(&rows);
    assert_int_equal(missed, nct_message_list_count(NULL) + 1);
}

#define CLINIC(test) cmocka_unit_test_setup_teardown(test, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CLINIC(a_pin_mail_is_a_message_without_the_pin),
        CLINIC(every_signature_is_acknowledged_and_tells_how_to_repudiate),
        CLINIC(a_signature_is_told_at_a_former_address_too),
        CLINIC(a_policy_may_keep_signatures_out_of_the_mail),
        CLINIC(a_change_of_access_and_its_end_are_told),
        CLINIC(of_many_changes_in_a_day_the_messages_alone_tell),
        CLINIC(a_wrong_try_is_no_signature),
        CLINIC(the_newest_comes_first_and_pages_follow),
        CLINIC(a_message_is_marked_as_read_and_unread),
        CLINIC(a_former_address_gets_a_mail_and_no_message),
        CLINIC(a_message_taken_away_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
