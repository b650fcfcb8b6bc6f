/* A provider's own data: who changes them, who is told. */
#include "world.h"

#include <stdio.h>

static nct_status set(nct_form *form, const char *path, const char *value) {
    return nct_form_set(form, path, value, strlen(value));
}

static nct_form *new_form(struct world *w) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_PROVIDER, &form), NCT_OK);
    return form;
}

static nct_status change(struct world *w, const char *by, const char *path, const char *value) {
    nct_form *form = new_form(w);
    expect_status(set(form, path, value), NCT_OK);
    nct_status status = nct_provider_change(form, by, strlen(by), NPI_CLINIC, strlen(NPI_CLINIC), NULL);
    nct_form_free(form);
    return status;
}

static nct_provider *clinic(struct world *w) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, strlen(NPI_CLINIC), &provider), NCT_OK);
    return provider;
}

static void the_office_administrator_changes_it_and_both_addresses_are_told(void **state) {
    struct world *w = *state;
    nct_form *form = new_form(w);
    char before[300];
    nct_provider *provider = clinic(w);
    snprintf(before, sizeof before, "%s", nct_provider_email(provider));
    nct_provider_free(provider);
    size_t mails = w->mailer.count;
    world_advance(w, 5000);
    expect_status(set(form, "email", "office@new.example.org"), NCT_OK);
    expect_status(nct_provider_change(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, strlen(NPI_CLINIC), NULL),
                  NCT_OK);
    nct_form_free(form);
    int told_before = 0, told_after = 0, told_oa = 0;
    for (size_t i = mails; i < w->mailer.count; i++) {
        assert_string_equal(w->mailer.mails[i].template_name, "provider.changed");
        told_before += strcmp(w->mailer.mails[i].address, before) == 0;
        told_after += strcmp(w->mailer.mails[i].address, "office@new.example.org") == 0;
        told_oa += strcmp(w->mailer.mails[i].address, OLIVIA.email) == 0;
    }
    assert_int_equal(told_before, 1);
    assert_int_equal(told_after, 1);
    assert_int_equal(told_oa, 1);
    provider = clinic(w);
    assert_string_equal(nct_provider_email(provider), "office@new.example.org");
    assert_int_equal(nct_provider_changed_at(provider), w->now);
    nct_provider_free(provider);
    assert_true(world_ledger_mentions(w, "provider.changed"));
}

static void name_phone_and_postal_address_are_kept(void **state) {
    struct world *w = *state;
    static const char *const fields[][2] = {{"name", "Another Clinic"},   {"phone", "919-555-0177"},
                                            {"phone_extension", "0042"},  {"address.line1", "1 Made Up Street"},
                                            {"address.line2", "Suite 2"}, {"address.city", "Raleigh"},
                                            {"address.state", "NC"},      {"address.zip", "27601-1234"}};
    nct_form *form = new_form(w);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        expect_status(set(form, fields[i][0], fields[i][1]), NCT_OK);
    expect_status(nct_provider_change_by_operator(form, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC,
                                                  strlen(NPI_CLINIC), "by letter", 9, NULL),
                  NCT_OK);
    nct_form_free(form);
    nct_provider *provider = clinic(w);
    assert_string_equal(nct_provider_display_name(provider), "Another Clinic");
    assert_string_equal(nct_provider_phone(provider), "9195550177");
    assert_string_equal(nct_provider_phone_extension(provider), "0042");
    assert_string_equal(nct_provider_address_line1(provider), "1 Made Up Street");
    assert_string_equal(nct_provider_address_line2(provider), "Suite 2");
    assert_string_equal(nct_provider_address_city(provider), "Raleigh");
    assert_string_equal(nct_provider_address_state(provider), "NC");
    assert_string_equal(nct_provider_address_zip(provider), "276011234");
    nct_provider_free(provider);
    nct_provider_list *list = NULL;
    expect_status(nct_provider_search(w->portal, "another", 7, 0, NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_provider_list_count(list), 1);
    nct_provider_list_free(list);
}

static void nobody_else_changes_it(void **state) {
    struct world *w = *state;
    expect_status(change(w, UMA.ncid, "phone", "9195550177"), NCT_E_NO_AUTHORITY);
    expect_status(change(w, FRANK.ncid, "phone", "9195550177"), NCT_E_NO_AUTHORITY);
    expect_status(change(w, "no.body", "phone", "9195550177"), NCT_E_NOT_PROVISIONED);
    assert_true(world_ledger_mentions(w, "provider.change_refused"));
}

static void what_does_not_differ_tells_nobody(void **state) {
    struct world *w = *state;
    nct_provider *provider = clinic(w);
    size_t mails = w->mailer.count;
    expect_status(change(w, OLIVIA.ncid, "phone", nct_provider_phone(provider)), NCT_OK);
    assert_int_equal(w->mailer.count, mails);
    nct_provider_free(provider);
}

static void it_is_changed_so_often_a_day_only(void **state) {
    struct world *w = *state;
    char phone[16];
    for (int i = 0; i < 5; i++) {
        snprintf(phone, sizeof phone, "919555020%d", i);
        expect_status(change(w, OLIVIA.ncid, "phone", phone), NCT_OK);
    }
    expect_status(change(w, OLIVIA.ncid, "phone", "9195550209"), NCT_E_TOO_OFTEN);
    world_advance(w, 86400000);
    expect_status(change(w, OLIVIA.ncid, "phone", "9195550209"), NCT_OK);
}

/* An address is given whole. */
static void set_address(nct_form *form) {
    expect_status(set(form, "address.line1", "1 Made Up Street"), NCT_OK);
    expect_status(set(form, "address.city", "Raleigh"), NCT_OK);
    expect_status(set(form, "address.state", "NC"), NCT_OK);
    expect_status(set(form, "address.zip", "27601"), NCT_OK);
}

static void expect_problem(struct world *w, const char *path, const char *value, const char *at, nct_status code) {
    nct_form *form = new_form(w);
    nct_problems *problems = NULL;
    if (path != NULL && strncmp(path, "address.", 8) == 0)
        set_address(form);
    if (path != NULL)
        expect_status(set(form, path, value), NCT_OK);
    expect_status(
        nct_provider_change(form, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, strlen(NPI_CLINIC), &problems),
        NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 1);
    assert_string_equal(nct_problems_path(problems, 0), at);
    expect_status(nct_problems_code(problems, 0), code);
    nct_problems_free(problems);
    nct_form_free(form);
}

static void problems_stand_at_their_fields(void **state) {
    struct world *w = *state;
    expect_problem(w, NULL, NULL, "name", NCT_E_REQUIRED);
    expect_problem(w, "phone_extension", "12a", "phone_extension", NCT_E_FORMAT);
    expect_problem(w, "phone_extension", "123456789", "phone_extension", NCT_E_FORMAT);
    expect_problem(w, "address.state", "XX", "address.state", NCT_E_UNKNOWN_VALUE);
    expect_problem(w, "address.zip", "2760", "address.zip", NCT_E_TOO_SHORT);
}

#define CLINIC(test) cmocka_unit_test_setup_teardown(test, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CLINIC(the_office_administrator_changes_it_and_both_addresses_are_told),
        CLINIC(name_phone_and_postal_address_are_kept),
        CLINIC(nobody_else_changes_it),
        CLINIC(what_does_not_differ_tells_nobody),
        CLINIC(it_is_changed_so_often_a_day_only),
        CLINIC(problems_stand_at_their_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
