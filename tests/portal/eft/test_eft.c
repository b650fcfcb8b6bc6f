/* Where a provider is paid: nothing a thief has alone, or in a hurry, moves the money. */
#include "world.h"

#include <stdio.h>

#include <nctracks/refusal.h>

#define DAY INT64_C(86400000)
#define OFFICE "office@clinic.example.org"
#define PAY_TO "billing@clinic.example.org"
#define NEW_ACCOUNT "999000111222"
#define SPOKE "Olivia Owner at the number on file"

/* The portal under a profile; the clinic's first account comes with a pay-to contact. */
static void under(struct world *w, const char *profile) {
    nct_policy *policy = NULL;
    expect_status(nct_policy_new(profile, &policy), NCT_OK);
    static const int32_t kept[] = {NCT_OPTION_TESTING, NCT_OPTION_KDF_MEMORY, NCT_OPTION_KDF_PASSES};
    for (size_t i = 0; i < 3; i++) {
        int64_t value = 0;
        expect_status(nct_policy_get(w->policy, kept[i], &value), NCT_OK);
        expect_status(nct_policy_set(policy, kept[i], value), NCT_OK);
    }
    world_take_any_clock(policy);
    nct_policy_free(w->policy);
    w->policy = policy;
    world_reopen(w);
}

/* A host that confirms changes elsewhere. */
static void without_confirmation(struct world *w) {
    expect_status(nct_policy_set(w->policy, NCT_OPTION_EFT_CONFIRMED, 0), NCT_OK);
    world_reopen(w);
}

static nct_status try_request(struct world *w, const char *ncid, const char *password, const char *account,
                              const char *contact, int32_t *state) {
    nct_form *form = NULL;
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"requester.ncid", ncid},
                                     {"requester.password", password},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", account},
                                     {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up Clinic"},
                                     {"eft.contact_email", contact}};
    nct_status status = nct_form_new(w->portal, NCT_FORM_EFT_CHANGE, &form);
    for (size_t i = 0; i < 8 && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_eft_change_submit(form, state, NULL);
    nct_form_free(form);
    return status;
}

static nct_status request(struct world *w) {
    return try_request(w, OLIVIA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "", NULL);
}

static nct_status confirm(struct world *w) {
    return nct_eft_change_confirm(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, SPOKE,
                                  strlen(SPOKE));
}

static nct_status refuse(struct world *w) {
    return nct_eft_change_refuse(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), NPI_CLINIC, 10, "not she", 7);
}

static nct_status withdraw_by(struct world *w, const char *by) {
    return nct_eft_change_withdraw(w->portal, by, strlen(by), NPI_CLINIC, 10);
}

static nct_status withdraw(struct world *w) {
    return withdraw_by(w, UMA.ncid);
}

static int32_t state_of(struct world *w) {
    nct_eft_request *read = NULL;
    nct_status status = nct_eft_request_get(w->portal, NPI_CLINIC, 10, &read);
    int32_t state = status == NCT_OK ? nct_eft_request_state(read) : status;
    nct_eft_request_free(read);
    return state;
}

static int paid_to(struct world *w, const char *account) {
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, NPI_CLINIC, 10, &provider), NCT_OK);
    const char *masked = nct_provider_eft_masked(provider);
    int is = strcmp(masked + strlen(masked) - 4, account + strlen(account) - 4) == 0;
    nct_provider_free(provider);
    return is;
}

static size_t mails_of(struct world *w, const char *template_name, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += strcmp(w->mailer.mails[i].template_name, template_name) == 0 &&
                 (address == NULL || strcmp(w->mailer.mails[i].address, address) == 0);
    return count;
}

static void expect_whole_ledger(struct world *w) {
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_false(world_ledger_mentions(w, NEW_ACCOUNT));
}

/* A first change, so that the record has a pay-to contact; far enough back to be no warning. */
static void with_pay_to(struct world *w, const char *profile) {
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, WORLD_ACCOUNT, PAY_TO, NULL), NCT_OK);
    expect_status(confirm(w), NCT_OK);
    world_advance(w, 60 * DAY);
    under(w, profile);
    w->mailer.count = 0;
}

/* A password alone moves no money, and the contacts of before are told, under every profile. */
static void waits_for_a_call_and_is_told_under_every_profile(void **state) {
    static const char *const profiles[] = {"2013", "2022", "2025", "2026"};
    struct world *w = *state;
    for (size_t i = 0; i < sizeof profiles / sizeof profiles[0]; i++) {
        int32_t reached = 0;
        under(w, profiles[i]);
        w->mailer.count = 0;
        expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "", &reached), NCT_OK);
        assert_int_equal(reached, NCT_REQUEST_PENDING);
        assert_true(paid_to(w, WORLD_ACCOUNT));
        assert_int_equal(mails_of(w, "eft_change.requested", OLIVIA.email), 1);
        assert_int_equal(mails_of(w, "eft_change.requested", OFFICE), 1);
        expect_status(refuse(w), NCT_OK);
        assert_int_equal(mails_of(w, "eft_change.ended", OFFICE), 1);
    }
}

static void in_force_at_once_where_the_host_wants_no_confirmation(void **state) {
    struct world *w = *state;
    int32_t reached = 0;
    without_confirmation(w);
    w->mailer.count = 0;
    assert_true(paid_to(w, WORLD_ACCOUNT));
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, PAY_TO, &reached), NCT_OK);
    assert_int_equal(reached, NCT_REQUEST_EFFECTIVE);
    assert_true(paid_to(w, NEW_ACCOUNT));
    assert_int_equal(mails_of(w, "eft_change.made", OLIVIA.email), 1);
    assert_int_equal(mails_of(w, "eft_change.made", OFFICE), 1);
    assert_int_equal(w->mailer.count, 2);
    assert_true(world_ledger_mentions(w, "without confirmation: eft.confirmed is 0"));
    expect_whole_ledger(w);
}

static void waits_for_a_call_since_2022(void **state) {
    struct world *w = *state;
    int32_t reached = 0;
    with_pay_to(w, "2022");
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "thief@far.example.org", &reached), NCT_OK);
    assert_int_equal(reached, NCT_REQUEST_PENDING);
    assert_true(paid_to(w, WORLD_ACCOUNT));
    static const char *const told[] = {"olivia@clinic.example.org", OFFICE, PAY_TO};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(mails_of(w, "eft_change.requested", told[i]), 1);
    assert_int_equal(w->mailer.count, 3);
    for (size_t i = 0; i < w->mailer.count; i++) {
        assert_null(strstr(w->mailer.mails[i].body, NEW_ACCOUNT));
        assert_non_null(strstr(w->mailer.mails[i].body, "1222"));
    }
    expect_status(confirm(w), NCT_OK);
    assert_true(paid_to(w, NEW_ACCOUNT));
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(mails_of(w, "eft_change.made", told[i]), 1);
    assert_int_equal(mails_of(w, "eft_change.made", NULL), 3); /* not to the new contact */
    assert_true(world_ledger_mentions(w, SPOKE));
    expect_status(confirm(w), NCT_E_NOT_FOUND);
    assert_int_equal(state_of(w), NCT_REQUEST_EFFECTIVE);
    expect_whole_ledger(w);
}

static const char *language_of(struct world *w, const char *template_name, const char *address) {
    for (size_t i = 0; i < w->mailer.count; i++)
        if (strcmp(w->mailer.mails[i].template_name, template_name) == 0 &&
            strcmp(w->mailer.mails[i].address, address) == 0)
            return w->mailer.mails[i].language;
    return "none";
}

/* Also at an address that was the reader's when the change was asked for. */
static void everybody_is_told_in_their_language(void **state) {
    struct world *w = *state;
    with_pay_to(w, "2022");
    expect_status(nct_person_set_language(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), "es"), NCT_OK);
    expect_status(request(w), NCT_OK);
    assert_string_equal(language_of(w, "eft_change.requested", OLIVIA.email), "es");
    assert_string_equal(language_of(w, "eft_change.requested", OFFICE), "en");
    expect_status(world_change_contact(w, OLIVIA.ncid, NULL, OLIVIA.ncid, "email", "olivia@new.example.org"), NCT_OK);
    const char *token = world_mail_to(w, OLIVIA.ncid)->token;
    expect_status(nct_contact_confirm(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), token, strlen(token)), NCT_OK);
    expect_status(refuse(w), NCT_OK);
    assert_string_equal(language_of(w, "eft_change.ended", OLIVIA.email), "es");
    assert_string_equal(language_of(w, "eft_change.ended", "olivia@new.example.org"), "es");
    assert_string_equal(language_of(w, "eft_change.ended", OFFICE), "en");
    assert_string_equal(language_of(w, "eft_change.ended", PAY_TO), "en");
}

static void a_stolen_session_is_not_enough(void **state) {
    struct world *w = *state;
    char traces[3][4096];
    under(w, "2022");
    w->mailer.count = 0;
    const char *const tries[][2] = {
        {OLIVIA.ncid, "wrong password"}, {SILAS.ncid, WORLD_PASSWORD}, {SILAS.ncid, "wrong password"}};
    for (size_t i = 0; i < 3; i++) {
        struct rows start = rows_take(w->store.inner);
        world_trace_start(w);
        expect_status(try_request(w, tries[i][0], tries[i][1], NEW_ACCOUNT, "", NULL), NCT_E_DENIED);
        (void)snprintf(traces[i], sizeof traces[i], "%s", world_trace_stop(w));
        assert_string_equal(traces[i], traces[0]);
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
    expect_status(try_request(w, UMA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "", NULL), NCT_E_NO_AUTHORITY);
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, "not an account!", "", NULL), NCT_E_PROBLEMS);
    assert_int_equal(state_of(w), NCT_E_NOT_FOUND);
    assert_int_equal(w->mailer.count, 0);
    expect_status(nct_provider_terminate(w->portal, "op", 2, NPI_CLINIC, 10, "r", 1), NCT_OK);
    expect_status(request(w), NCT_E_DENIED); /* no access anywhere */
    expect_whole_ledger(w);
}

static void one_waits_and_is_not_replaced(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(request(w), NCT_OK);
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, "555500001111", "", NULL), NCT_E_PENDING);
    world_advance(w, 30 * DAY - 1);
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, "555500001111", "", NULL), NCT_E_PENDING);
    world_advance(w, 1);
    assert_int_equal(state_of(w), NCT_REQUEST_LAPSED);
    struct rows start = rows_take(w->store.inner);
    w->mailer.count = 0;
    expect_status(confirm(w), NCT_E_LAPSED);
    assert_int_equal(mails_of(w, "eft_change.ended", OFFICE), 1);
    expect_status(confirm(w), NCT_E_NOT_FOUND);
    assert_true(paid_to(w, WORLD_ACCOUNT));
    rows_restore(w->store.inner, &start);
    rows_free(&start);
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, "555500001111", "", NULL), NCT_OK);
    expect_status(confirm(w), NCT_OK);
    assert_true(paid_to(w, "555500001111"));
    expect_whole_ledger(w);
}

/* What was asked for while the clock ran years ahead lies in the future once it is right again: it blocks nobody. */
static void a_request_of_the_future_does_not_wait(void **state) {
    struct world *w = *state;
    under(w, "2022");
    world_advance(w, 7900 * 365 * DAY);
    expect_status(request(w), NCT_OK);
    world_advance(w, -7900 * 365 * DAY);
    assert_int_equal(state_of(w), NCT_REQUEST_LAPSED);
    struct rows start = rows_take(w->store.inner);
    expect_status(confirm(w), NCT_E_LAPSED);
    assert_true(paid_to(w, WORLD_ACCOUNT));
    rows_restore(w->store.inner, &start);
    rows_free(&start);
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, "555500001111", "", NULL), NCT_OK);
    expect_status(confirm(w), NCT_OK);
    assert_true(paid_to(w, "555500001111"));
    expect_whole_ledger(w);
}

static void refused_or_withdrawn(void **state) {
    struct world *w = *state;
    under(w, "2022");
    struct rows start = rows_take(w->store.inner);
    expect_status(withdraw(w), NCT_E_NOT_FOUND);
    expect_status(request(w), NCT_OK);
    expect_status(refuse(w), NCT_OK);
    assert_int_equal(state_of(w), NCT_REQUEST_REFUSED);
    expect_status(request(w), NCT_OK);
    expect_status(withdraw_by(w, FRANK.ncid), NCT_E_NO_AUTHORITY);
    expect_status(withdraw_by(w, SILAS.ncid), NCT_E_NOT_PROVISIONED);
    expect_status(withdraw_by(w, OLIVIA.ncid), NCT_OK);
    assert_int_equal(state_of(w), NCT_REQUEST_WITHDRAWN);
    expect_status(request(w), NCT_OK);
    expect_status(withdraw_by(w, UMA.ncid), NCT_OK); /* an administrator who got the notice */
    assert_true(paid_to(w, WORLD_ACCOUNT));
    expect_status(confirm(w), NCT_E_NOT_FOUND);
    expect_whole_ledger(w);
    rows_restore(w->store.inner, &start);
    rows_free(&start);
}

static void nobody_confirms_their_own(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(request(w), NCT_OK);
    expect_status(nct_eft_change_confirm(w->portal, "Olivia.Owner", 12, NPI_CLINIC, 10, SPOKE, strlen(SPOKE)),
                  NCT_E_SECOND_PERSON);
    expect_status(nct_eft_change_confirm(w->portal, "op", 2, NPI_CLINIC, 10, "", 0), NCT_E_EMPTY);
    expect_status(nct_eft_change_confirm(w->portal, "op", 2, NPI_CLINIC, 10, "a\nb", 3), NCT_E_CHARACTER);
    expect_status(nct_eft_change_confirm(w->portal, NULL, 2, NPI_CLINIC, 10, "a", 1), NCT_E_ARGUMENT);
    expect_status(nct_eft_change_confirm(NULL, "op", 2, NPI_CLINIC, 10, "a", 1), NCT_E_ARGUMENT);
    expect_status(nct_eft_change_confirm(w->portal, "op", 2, world_npi(8), 10, "a", 1), NCT_E_NOT_FOUND);
    assert_true(paid_to(w, WORLD_ACCOUNT));
}

/* An OA who leaves takes the open request along; nothing waits for the next one. */
static void another_oa_ends_the_request(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    under(w, "2022");
    expect_status(request(w), NCT_OK);
    expect_status(nct_provider_renew_code(w->portal, "op", 2, NPI_CLINIC, 10, code, sizeof code), NCT_OK);
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", PETRA.ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "owner"}};
    for (size_t i = 0; i < 5; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    expect_status(nct_oa_change_submit(form, NULL, NULL), NCT_OK);
    nct_form_free(form);
    w->mailer.count = 0;
    expect_status(nct_oa_change_approve(w->portal, "op", 2, NPI_CLINIC, 10, "r", 1), NCT_OK);
    assert_int_equal(state_of(w), NCT_REQUEST_VOID);
    assert_int_equal(mails_of(w, "eft_change.ended", OLIVIA.email), 1);
    expect_status(confirm(w), NCT_E_NOT_FOUND);
    assert_true(paid_to(w, WORLD_ACCOUNT));
    expect_status(try_request(w, PETRA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "", NULL), NCT_OK);
    nct_eft_request *read = NULL;
    expect_status(nct_eft_request_get(w->portal, NPI_CLINIC, 10, &read), NCT_OK);
    assert_int_equal(nct_eft_request_warnings(read), NCT_EFT_RECENT_OA | NCT_EFT_RECENT_PASSWORD);
    nct_eft_request_free(read);
    expect_whole_ledger(w);
}

/* Nobody who calls lacks it: it is the requester's, and no argument is about them. What is mailed of it changes
 * nothing. */
static void a_request_whose_requester_lost_the_authority_says_which(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(world_list_principal(w, NPI_CLINIC, &UMA, "managing_relationship", 0, 0), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_MANAGING_RELATIONSHIP, 1), NCT_OK);
    expect_status(world_back_up(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(try_request(w, UMA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "", NULL), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_MANAGING_RELATIONSHIP, 1), NCT_OK);
    w->mailer.count = 0;
    expect_status(confirm(w), NCT_E_NO_AUTHORITY);
    assert_int_equal(mails_of(w, "eft_change.ended", UMA.email), 1);
    assert_string_equal(nct_refusal_argument(NCT_E_NO_AUTHORITY), "");
    assert_int_equal(nct_refusal_about(NCT_E_NO_AUTHORITY), NCT_ABOUT_RIGHT);
    assert_int_equal(nct_refusal_value(NCT_E_NO_AUTHORITY), NCT_AUTHORITY_EFT_CHANGE);
}

static void the_backup_asks_where_the_profile_lets_them(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(world_list_principal(w, NPI_CLINIC, &UMA, "managing_relationship", 0, 0), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_MANAGING_RELATIONSHIP, 1), NCT_OK);
    expect_status(try_request(w, UMA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "", NULL), NCT_E_NO_AUTHORITY);
    assert_string_equal(nct_refusal_argument(NCT_E_NO_AUTHORITY), "requester.ncid");
    assert_int_equal(nct_refusal_value(NCT_E_NO_AUTHORITY), NCT_AUTHORITY_EFT_CHANGE);
    expect_status(world_back_up(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(try_request(w, UMA.ncid, WORLD_PASSWORD, NEW_ACCOUNT, "", NULL), NCT_OK);
    w->mailer.count = 0;
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(confirm(w), NCT_E_NOT_PROVISIONED);
    assert_int_equal(state_of(w), NCT_REQUEST_VOID);
    assert_int_equal(mails_of(w, "eft_change.ended", UMA.email), 1); /* told of the request, so of its end */
    assert_true(paid_to(w, WORLD_ACCOUNT));
    expect_whole_ledger(w);
}

/* The thief first becomes the mailbox, and then asks. */
static void the_address_before_is_told_too(void **state) {
    struct world *w = *state;
    with_pay_to(w, "2022");
    expect_status(world_change_contact(w, OLIVIA.ncid, NULL, OLIVIA.ncid, "email", "thief@far.example.org"), NCT_OK);
    const char *token = world_mail_to(w, OLIVIA.ncid)->token;
    expect_status(nct_contact_confirm(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), token, strlen(token)), NCT_OK);
    world_advance(w, 29 * DAY);
    w->mailer.count = 0;
    expect_status(request(w), NCT_OK);
    assert_int_equal(mails_of(w, "eft_change.requested", OLIVIA.email), 1);
    assert_int_equal(mails_of(w, "eft_change.requested", "thief@far.example.org"), 1);
    nct_eft_request *read = NULL;
    expect_status(nct_eft_request_get(w->portal, NPI_CLINIC, 10, &read), NCT_OK);
    assert_int_equal(nct_eft_request_warnings(read), NCT_EFT_RECENT_ADDRESS);
    nct_eft_request_free(read);
    expect_status(withdraw(w), NCT_OK);
    assert_int_equal(mails_of(w, "eft_change.ended", OLIVIA.email), 1);
    world_advance(w, DAY);
    w->mailer.count = 0;
    expect_status(request(w), NCT_OK); /* long ago by now */
    assert_int_equal(mails_of(w, "eft_change.requested", OLIVIA.email), 0);
}

static void move_to(struct world *w, const char *address) {
    expect_status(world_change_contact(w, OLIVIA.ncid, NULL, OLIVIA.ncid, "email", address), NCT_OK);
    char token[NCT_CONTACT_TOKEN_LENGTH + 1] = "";
    for (size_t i = 0; i < w->mailer.count; i++)
        if (strcmp(w->mailer.mails[i].token, "") != 0)
            strcpy(token, w->mailer.mails[i].token);
    expect_status(nct_contact_confirm(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), token, strlen(token)), NCT_OK);
    w->mailer.count = 0;
}

/* Changing the address once more does not push the owner's own out of the list. */
static void every_address_of_the_last_days_is_told(void **state) {
    struct world *w = *state;
    with_pay_to(w, "2022");
    move_to(w, "thief@far.example.org");
    world_advance(w, 10 * DAY);
    move_to(w, "thief@near.example.org");
    expect_status(request(w), NCT_OK);
    assert_int_equal(mails_of(w, "eft_change.requested", OLIVIA.email), 1);
    assert_int_equal(mails_of(w, "eft_change.requested", "thief@far.example.org"), 1);
    assert_int_equal(mails_of(w, "eft_change.requested", "thief@near.example.org"), 1);
    expect_status(confirm(w), NCT_OK);
    assert_int_equal(mails_of(w, "eft_change.made", OLIVIA.email), 1);
    world_advance(w, 20 * DAY);
    w->mailer.count = 0;
    expect_status(request(w), NCT_OK);
    assert_int_equal(mails_of(w, "eft_change.requested", OLIVIA.email), 0); /* its days are over */
    assert_int_equal(mails_of(w, "eft_change.requested", "thief@far.example.org"), 1);
    expect_whole_ledger(w);
}

static void readers_see_no_account(void **state) {
    struct world *w = *state;
    with_pay_to(w, "2022");
    nct_eft_request *read = NULL;
    nct_eft_request_list *page = NULL;
    expect_status(request(w), NCT_OK);
    expect_status(nct_eft_request_get(w->portal, NPI_CLINIC, 10, &read), NCT_OK);
    assert_string_equal(nct_eft_request_provider(read), NPI_CLINIC);
    assert_string_equal(nct_eft_request_ncid(read), OLIVIA.ncid);
    assert_null(strstr(nct_eft_request_account_masked(read), "999000"));
    assert_string_equal(nct_eft_request_account_holder(read), "Made Up Clinic");
    assert_string_equal(nct_eft_request_phone(read), "9195550100");
    assert_int_equal(nct_eft_request_warnings(read), 0);
    assert_int_equal(nct_eft_request_lapses_at(read) - nct_eft_request_requested_at(read), 30 * DAY);
    assert_int_equal(nct_eft_request_settled_at(read), 0);
    nct_eft_request_free(read);
    expect_status(nct_eft_request_list_page(w->portal, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_eft_request_list_count(page), 1);
    assert_string_equal(nct_eft_request_ncid(nct_eft_request_list_at(page, 0)), OLIVIA.ncid);
    assert_null(nct_eft_request_list_at(page, 1));
    assert_int_equal(nct_eft_request_list_more(page), 0);
    assert_string_equal(nct_eft_request_list_cursor(page), NPI_CLINIC);
    nct_eft_request_list_free(page);
    world_advance(w, 31 * DAY);
    expect_status(nct_eft_request_list_page(w->portal, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_eft_request_state(nct_eft_request_list_at(page, 0)), NCT_REQUEST_LAPSED);
    nct_eft_request_list_free(page);
    expect_status(refuse(w), NCT_OK);
    expect_status(nct_eft_request_get(w->portal, NPI_CLINIC, 10, &read), NCT_OK);
    assert_string_equal(nct_eft_request_account_holder(read), ""); /* wiped with the account */
    assert_non_null(strstr(nct_eft_request_account_masked(read), "1222"));
    nct_eft_request_free(read);
    expect_status(nct_eft_request_list_page(w->portal, NULL, 0, 10, &page), NCT_OK);
    assert_int_equal(nct_eft_request_list_count(page), 0);
    nct_eft_request_list_free(page);
}

/* No row of the store says the account, while it waits or after. */
static void no_row_says_the_account(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(request(w), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        for (size_t at = 0; at + 12 <= rows.at[i].len; at++)
            assert_int_not_equal(memcmp(rows.at[i].value + at, NEW_ACCOUNT, 12), 0);
    rows_free(&rows);
}

/* ---- Races and faults ---- */

static void revoke_olivias_request(void *argument) {
    expect_status(withdraw_by(argument, UMA.ncid), NCT_OK);
}

static void confirmation_and_withdrawal_at_once(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(request(w), NCT_OK);
    w->store.before_commit = revoke_olivias_request;
    w->store.before_commit_skip = 0;
    w->store.argument = w;
    expect_status(confirm(w), NCT_E_NOT_FOUND);
    assert_true(paid_to(w, WORLD_ACCOUNT));
    assert_int_equal(state_of(w), NCT_REQUEST_WITHDRAWN);
}

static void a_request_put_back_is_found(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(request(w), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(refuse(w), NCT_OK);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("eft_request"))
            row_force(w->store.inner, &before.at[i]);
    expect_status(confirm(w), NCT_E_NOT_FOUND);
    assert_int_equal(state_of(w), NCT_E_INTEGRITY);
    /* With the private row, which says that it waits: the stream pins that. */
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("provider_private"))
            row_force(w->store.inner, &before.at[i]);
    expect_status(confirm(w), NCT_E_INTEGRITY);
    rows_free(&before);
}

/* An operator who calls about one request does not confirm another that was put into its place. */
static void a_request_put_in_place_of_another_is_found(void **state) {
    struct world *w = *state;
    under(w, "2022");
    expect_status(request(w), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    expect_status(refuse(w), NCT_OK);
    expect_status(try_request(w, OLIVIA.ncid, WORLD_PASSWORD, "555500001111", "", NULL), NCT_OK);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("eft_request"))
            row_force(w->store.inner, &before.at[i]);
    expect_status(confirm(w), NCT_E_INTEGRITY);
    assert_true(paid_to(w, WORLD_ACCOUNT));
    rows_free(&before);
}

static void sweep(struct world *w, nct_status (*run)(struct world *), int32_t wanted) {
    static const enum world_fault faults[] = {FAULT_NONE,      FAULT_ERROR,   FAULT_HOST, FAULT_CONFLICT,
                                              FAULT_TRUNCATED, FAULT_APPLIED, FAULT_NONE};
    struct rows start = rows_take(w->store.inner);
    const int64_t now = w->now;
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
            nct_status status = run(w);
            reached = f == 0   ? w->memory.calls >= w->memory.fail_at
                      : f == 6 ? w->random_calls >= w->random_fail_at
                               : w->store.faults > 0;
            w->memory.fail_at = w->random_fail_at = 0;
            world_no_fault(w);
            int done = state_of(w) == wanted;
            assert_true(status != NCT_OK || done);
            assert_true(status == NCT_OK || !done || faults[f] == FAULT_APPLIED);
            assert_true(nct_status_category(status) != NCT_CATEGORY_RULE);
            if (!done) {
                world_advance(w, DAY);
                expect_status(run(w), NCT_OK);
            }
            assert_true(paid_to(w, wanted == NCT_REQUEST_EFFECTIVE ? NEW_ACCOUNT : WORLD_ACCOUNT));
            expect_whole_ledger(w);
            assert_int_equal(w->memory.live, live);
            w->mailer.count = 4;
            rows_restore(w->store.inner, &start);
            w->now = now;
        }
    }
    rows_free(&start);
}

static void a_request_is_whole(void **state) {
    struct world *w = *state;
    under(w, "2026");
    sweep(w, request, NCT_REQUEST_PENDING);
}

static void a_change_at_once_is_whole(void **state) {
    struct world *w = *state;
    without_confirmation(w);
    sweep(w, request, NCT_REQUEST_EFFECTIVE);
}

static void a_confirmation_is_whole(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(request(w), NCT_OK);
    sweep(w, confirm, NCT_REQUEST_EFFECTIVE);
}

static void a_refusal_is_whole(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(request(w), NCT_OK);
    sweep(w, refuse, NCT_REQUEST_REFUSED);
}

static void a_withdrawal_is_whole(void **state) {
    struct world *w = *state;
    under(w, "2026");
    expect_status(request(w), NCT_OK);
    sweep(w, withdraw, NCT_REQUEST_WITHDRAWN);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(waits_for_a_call_and_is_told_under_every_profile),
        CASE(in_force_at_once_where_the_host_wants_no_confirmation),
        CASE(waits_for_a_call_since_2022),
        CASE(everybody_is_told_in_their_language),
        CASE(a_stolen_session_is_not_enough),
        CASE(a_request_of_the_future_does_not_wait),
        CASE(one_waits_and_is_not_replaced),
        CASE(refused_or_withdrawn),
        CASE(nobody_confirms_their_own),
        CASE(another_oa_ends_the_request),
        CASE(a_request_whose_requester_lost_the_authority_says_which),
        CASE(the_backup_asks_where_the_profile_lets_them),
        CASE(the_address_before_is_told_too),
        CASE(every_address_of_the_last_days_is_told),
        CASE(readers_see_no_account),
        CASE(no_row_says_the_account),
        CASE(confirmation_and_withdrawal_at_once),
        CASE(a_request_put_back_is_found),
        CASE(a_request_put_in_place_of_another_is_found),
        CASE(a_request_is_whole),
        CASE(a_change_at_once_is_whole),
        CASE(a_confirmation_is_whole),
        CASE(a_refusal_is_whole),
        CASE(a_withdrawal_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
