/* Changing contact data: what a thief with the session but not the mailbox can do, and the honest one without a
 * mailbox.
 */
#include "world.h"

#include <stdio.h>

#define NEW_ADDRESS "petra@new.example.org"
#define OTHER_ADDRESS "petra@thief.example.org"
#define DAY INT64_C(86400000)

static nct_status change(struct world *w, const char *path, const char *value) {
    return world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, path, value);
}

static nct_status by_operator(struct world *w, const char *path, const char *value) {
    nct_form *form = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_form_set(form, path, value, strlen(value)), NCT_OK);
    nct_status status = nct_contact_change_by_operator(form, "casey", 5, PETRA.ncid, strlen(PETRA.ncid),
                                                       "mailbox lost; seen in person", 28, NULL);
    nct_form_free(form);
    return status;
}

static nct_status confirm(struct world *w, const char *token) {
    return nct_contact_confirm(w->portal, PETRA.ncid, strlen(PETRA.ncid), token, strlen(token));
}

static nct_status operator_confirms(struct world *w, const char *email) {
    return nct_contact_confirm_by_operator(w->portal, "casey", 5, PETRA.ncid, strlen(PETRA.ncid), email, strlen(email),
                                           "called back", 11);
}

static nct_status withdraw(struct world *w) {
    return nct_contact_withdraw(w->portal, "casey", 5, PETRA.ncid, strlen(PETRA.ncid), "not hers", 8);
}

/* The address that is on file is where a new PIN goes. */
static const char *address_of(struct world *w, const char *ncid) {
    expect_status(nct_pin_reset_by_operator(w->portal, "casey", 5, ncid, strlen(ncid), "test", 4), NCT_OK);
    size_t last = w->mailer.count;
    while (last > 0 && w->mailer.mails[last - 1].pin[0] == '\0')
        last--;
    assert_true(last > 0 && strcmp(w->mailer.mails[last - 1].ncid, ncid) == 0);
    return w->mailer.mails[last - 1].address;
}

static const struct world_mail *mail_back(struct world *w, size_t back) {
    assert_true(w->mailer.count > back);
    return &w->mailer.mails[w->mailer.count - 1 - back];
}

static size_t mails_to(struct world *w, const char *address) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += strcmp(w->mailer.mails[i].address, address) == 0;
    return count;
}

static const char *token_of(struct world *w) {
    static char token[64];
    const struct world_mail *mail = mail_back(w, 0);
    assert_string_equal(mail->address, PETRA.email);
    assert_int_equal(strlen(mail->token), NCT_CONTACT_TOKEN_LENGTH);
    assert_non_null(strstr(mail->body, mail->token));
    assert_null(strstr(mail->subject, mail->token));
    return strcpy(token, mail->token);
}

static int waits(struct world *w) {
    nct_contact_request *request = NULL;
    nct_status status = nct_contact_pending(w->portal, PETRA.ncid, strlen(PETRA.ncid), &request);
    nct_contact_request_free(request);
    return status == NCT_OK;
}

static size_t tokens_waiting(struct world *w) {
    nct_mail_list *page = NULL;
    size_t count = 0;
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 100, &page), NCT_OK);
    for (size_t i = 0; i < nct_mail_list_count(page); i++)
        count += strcmp(nct_mail_list_template(page, i), "contact.requested") == 0;
    nct_mail_list_free(page);
    return count;
}

static void a_token_that_opens_nothing_any_more_is_not_sent(void **state) {
    struct world *w = *state;
    w->no_mailer = 1;
    world_reopen(w);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    assert_int_equal(tokens_waiting(w), 1);
    expect_status(operator_confirms(w, NEW_ADDRESS), NCT_OK);
    assert_int_equal(tokens_waiting(w), 0);
}

static void a_change_by_an_administrator_is_in_the_providers_stream_too(void **state) {
    struct world *w = *state;
    size_t entries = world_entries(w, "provider:" NPI_CLINIC);
    expect_status(world_change_contact(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, "phone", "9195550177"), NCT_OK);
    assert_int_equal(world_entries(w, "provider:" NPI_CLINIC), entries + 1);
}

static void a_new_address_waits_for_the_old_one(void **state) {
    struct world *w = *state;
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.requested");
    assert_non_null(strstr(mail_back(w, 0)->body, NEW_ADDRESS));
    const char *token = token_of(w);
    assert_string_equal(address_of(w, PETRA.ncid), PETRA.email);
    assert_int_equal(mails_to(w, NEW_ADDRESS), 0);
    expect_status(confirm(w, token), NCT_OK);
    assert_string_equal(mail_back(w, 1)->template_name, "contact.changed");
    assert_string_equal(mail_back(w, 1)->address, PETRA.email);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.welcome");
    assert_string_equal(mail_back(w, 0)->address, NEW_ADDRESS);
    assert_string_equal(mail_back(w, 0)->token, "");
    assert_string_equal(mail_back(w, 0)->pin, "");
    assert_string_equal(address_of(w, PETRA.ncid), NEW_ADDRESS);
    expect_status(confirm(w, token), NCT_E_DENIED); /* once */
    assert_false(waits(w));
    assert_int_equal(world_verdict(w, "person:petra.pharm", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void the_request_can_be_read_and_does_not_hold_the_token(void **state) {
    struct world *w = *state;
    nct_contact_request *request = NULL;
    expect_status(nct_contact_pending(w->portal, PETRA.ncid, 11, &request), NCT_E_NOT_FOUND);
    expect_status(nct_contact_pending(w->portal, "nobody.here", 11, &request), NCT_E_UNKNOWN_PERSON);
    assert_null(request);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    expect_status(nct_contact_pending(w->portal, PETRA.ncid, 11, &request), NCT_OK);
    assert_string_equal(nct_contact_request_email(request), NEW_ADDRESS);
    assert_string_equal(nct_contact_request_first_name(request), "");
    assert_string_equal(nct_contact_request_last_name(request), "");
    assert_string_equal(nct_contact_request_phone(request), "");
    assert_string_equal(nct_contact_request_by(request), PETRA.ncid);
    assert_int_equal(nct_contact_request_at(request), w->now);
    assert_int_equal(nct_contact_request_lapses_at(request), w->now + 30 * DAY);
    nct_contact_request_free(request);
    assert_false(world_ledger_mentions(w, NEW_ADDRESS));
    assert_false(world_ledger_mentions(w, token_of(w)));
}

static void name_and_phone_of_ones_own_change_at_once_and_the_address_is_told(void **state) {
    struct world *w = *state;
    nct_signature *made = NULL;
    expect_status(change(w, "last_name", "Pharmer"), NCT_OK);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.changed");
    assert_string_equal(mail_back(w, 0)->address, PETRA.email);
    assert_string_equal(mail_back(w, 0)->name, "Petra Pharm");
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &made),
                  NCT_OK);
    assert_string_equal(nct_signature_signer_name(made), "Petra Pharmer");
    nct_signature_free(made);
    size_t mails = w->mailer.count;
    expect_status(change(w, "phone", "919-555-0199"), NCT_OK);
    assert_int_equal(w->mailer.count, mails + 1);
    expect_status(change(w, "phone", "9195550199"), NCT_OK); /* the same again: nothing to do, nothing to tell */
    assert_int_equal(w->mailer.count, mails + 1);
    assert_false(waits(w));
}

static void a_second_request_replaces_the_first_and_says_so(void **state) {
    struct world *w = *state;
    char first[64];
    expect_status(change(w, "email", OTHER_ADDRESS), NCT_OK);
    strcpy(first, token_of(w));
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.replaced");
    const char *second = token_of(w);
    assert_string_not_equal(first, second);
    expect_status(confirm(w, first), NCT_E_DENIED);
    expect_status(operator_confirms(w, OTHER_ADDRESS), NCT_E_NOT_FOUND);
    expect_status(confirm(w, second), NCT_OK);
    assert_string_equal(address_of(w, PETRA.ncid), NEW_ADDRESS);
}

static void the_address_on_file_takes_a_request_back(void **state) {
    struct world *w = *state;
    expect_status(change(w, "email", OTHER_ADDRESS), NCT_OK);
    const char *token = token_of(w);
    expect_status(change(w, "phone", "9195550199"), NCT_OK);
    assert_true(waits(w)); /* another field does not */
    expect_status(change(w, "email", PETRA.email), NCT_OK);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.withdrawn");
    assert_false(waits(w));
    expect_status(confirm(w, token), NCT_E_DENIED);
    assert_string_equal(address_of(w, PETRA.ncid), PETRA.email);
}

static void a_request_lapses(void **state) {
    struct world *w = *state;
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    const char *token = token_of(w);
    world_advance(w, 30 * DAY);
    expect_status(confirm(w, token), NCT_E_LAPSED);
    expect_status(operator_confirms(w, NEW_ADDRESS), NCT_E_LAPSED);
    world_advance(w, -31 * DAY); /* the clock went back before the request */
    expect_status(confirm(w, token), NCT_E_LAPSED);
    world_advance(w, 31 * DAY);
    assert_string_equal(address_of(w, PETRA.ncid), PETRA.email);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.requested"); /* nothing that counted is replaced */
    expect_status(confirm(w, token), NCT_E_DENIED);
    world_advance(w, -30 * DAY);
    world_advance(w, 60 * DAY - 1);
    expect_status(confirm(w, token_of(w)), NCT_OK);
}

static void what_is_no_token_is_denied_all_alike(void **state) {
    struct world *w = *state;
    char upper[64];
    expect_status(confirm(w, "00000000000000000000000000000000"), NCT_E_DENIED);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    const char *token = token_of(w);
    expect_status(confirm(w, ""), NCT_E_DENIED);
    expect_status(confirm(w, "x"), NCT_E_DENIED);
    for (size_t i = 0; i < NCT_CONTACT_TOKEN_LENGTH; i++) {
        char wrong[64];
        strcpy(wrong, token);
        wrong[i] = wrong[i] == '0' ? '1' : '0';
        expect_status(confirm(w, wrong), NCT_E_DENIED);
        upper[i] = (char)(token[i] >= 'a' ? token[i] - 'a' + 'A' : token[i]);
    }
    upper[NCT_CONTACT_TOKEN_LENGTH] = '\0';
    expect_status(nct_contact_confirm(w->portal, "nobody.here", 11, token, strlen(token)), NCT_E_DENIED);
    expect_status(nct_contact_confirm(w->portal, FRANK.ncid, 11, token, strlen(token)), NCT_E_DENIED);
    expect_status(nct_contact_confirm(w->portal, "x", 1, token, strlen(token)), NCT_E_TOO_SHORT);
    expect_status(nct_contact_confirm(w->portal, PETRA.ncid, 11, NULL, 0), NCT_E_ARGUMENT);
    expect_status(world_last_outcome(w, "person:petra.pharm"), NCT_E_DENIED);
    expect_status(confirm(w, upper), NCT_OK);
}

/* An outsider does not learn who is known, nor for whom a change waits: not from what the store is asked either. */
static void refused_confirmations_look_alike(void **state) {
    static const char *const ncids[] = {"petra.pharm", "frank.front", "nobody.here"};
    struct world *w = *state;
    char first[4096] = "";
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    for (size_t i = 0; i < 3; i++) {
        world_trace_start(w);
        expect_status(
            nct_contact_confirm(w->portal, ncids[i], 11, "00000000000000000000000000000000", NCT_CONTACT_TOKEN_LENGTH),
            NCT_E_DENIED);
        const char *trace = world_trace_stop(w);
        assert_true(strlen(trace) > 0 && strlen(trace) < sizeof first);
        if (i == 0)
            strcpy(first, trace);
        assert_string_equal(trace, first);
    }
    assert_false(world_ledger_mentions(w, "nobody.here"));
}

static void an_administrators_request_waits_as_a_whole(void **state) {
    struct world *w = *state;
    expect_status(world_change_contact(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, "last_name", "Stolen"), NCT_OK);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.requested");
    const char *token = token_of(w);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_OK);
    assert_string_equal(address_of(w, PETRA.ncid), PETRA.email);
    assert_string_equal(mail_back(w, 0)->name, "Petra Pharm");
    expect_status(operator_confirms(w, NEW_ADDRESS), NCT_E_NOT_FOUND);
    expect_status(confirm(w, token), NCT_OK);
    assert_string_equal(address_of(w, PETRA.ncid), PETRA.email);
    assert_string_equal(mail_back(w, 0)->name, "Petra Stolen");
    expect_status(world_change_contact(w, UMA.ncid, NPI_CLINIC, PETRA.ncid, "last_name", "Pharm"), NCT_OK);
    expect_status(operator_confirms(w, ""), NCT_OK); /* one without an address */
    assert_string_equal(mail_back(w, 0)->template_name, "contact.changed");
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void who_manages_nobody_asks_for_nothing(void **state) {
    struct world *w = *state;
    expect_status(world_change_contact(w, FRANK.ncid, NPI_CLINIC, PETRA.ncid, "email", OTHER_ADDRESS),
                  NCT_E_NO_AUTHORITY);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_NO_AUTHORITY);
    expect_status(world_change_contact(w, UMA.ncid, NPI_CLINIC, OLIVIA.ncid, "email", OTHER_ADDRESS),
                  NCT_E_NOT_MANAGED);
    expect_status(world_change_contact(w, SILAS.ncid, NPI_CLINIC, PETRA.ncid, "email", OTHER_ADDRESS),
                  NCT_E_NOT_PROVISIONED);
    expect_status(world_change_contact(w, OLIVIA.ncid, world_npi(1), PETRA.ncid, "email", OTHER_ADDRESS),
                  NCT_E_NOT_REGISTERED);
    expect_status(world_change_contact(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid, "email", OTHER_ADDRESS),
                  NCT_E_NOT_FOUND);
    expect_status(world_change_contact(w, OLIVIA.ncid, NULL, PETRA.ncid, "email", OTHER_ADDRESS), NCT_E_ARGUMENT);
    expect_status(world_change_contact(w, SILAS.ncid, NULL, SILAS.ncid, "email", OTHER_ADDRESS), NCT_E_UNKNOWN_PERSON);
    assert_false(waits(w));
    assert_int_equal(mails_to(w, OTHER_ADDRESS), 0);
}

static void whoever_lost_the_mailbox_goes_through_an_operator(void **state) {
    struct world *w = *state;
    expect_status(change(w, "email", OTHER_ADDRESS), NCT_OK);
    const char *token = token_of(w);
    expect_status(by_operator(w, "email", NEW_ADDRESS), NCT_OK);
    assert_string_equal(mail_back(w, 0)->address, NEW_ADDRESS);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.welcome");
    assert_string_equal(mail_back(w, 1)->address, PETRA.email);
    assert_string_equal(mail_back(w, 1)->template_name, "contact.changed");
    expect_status(confirm(w, token), NCT_E_DENIED); /* what waited is withdrawn */
    assert_string_equal(address_of(w, PETRA.ncid), NEW_ADDRESS);
    assert_true(world_ledger_mentions(w, "mailbox lost; seen in person"));
    assert_true(world_ledger_mentions(w, "operator:casey"));
}

static void an_operator_confirms_what_they_have_seen(void **state) {
    struct world *w = *state;
    expect_status(operator_confirms(w, NEW_ADDRESS), NCT_E_NOT_FOUND);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    expect_status(operator_confirms(w, OTHER_ADDRESS), NCT_E_NOT_FOUND);
    expect_status(operator_confirms(w, ""), NCT_E_NOT_FOUND);
    expect_status(operator_confirms(w, "petra@"), NCT_E_FORMAT);
    expect_status(operator_confirms(w, NEW_ADDRESS), NCT_OK);
    assert_string_equal(address_of(w, PETRA.ncid), NEW_ADDRESS);
}

static const struct world_mail *mail_to(struct world *w, const char *template_name, const char *address) {
    for (size_t i = w->mailer.count; i > 0; i--)
        if (strcmp(w->mailer.mails[i - 1].template_name, template_name) == 0 &&
            strcmp(w->mailer.mails[i - 1].address, address) == 0)
            return &w->mailer.mails[i - 1];
    return NULL;
}

/* Whoever changes the address twice does not get rid of its owner. No secret goes to an address of before. */
static void addresses_of_the_last_days_are_told(void **state) {
    struct world *w = *state;
    expect_status(by_operator(w, "email", "one@thief.example.org"), NCT_OK);
    expect_status(by_operator(w, "email", "two@thief.example.org"), NCT_OK);
    assert_non_null(mail_to(w, "contact.changed", PETRA.email));
    assert_null(mail_to(w, "contact.welcome", PETRA.email));
    w->mailer.count = 0;
    expect_status(change(w, "email", "three@thief.example.org"), NCT_OK);
    assert_non_null(mail_to(w, "contact.requested", "two@thief.example.org"));
    assert_string_equal(mail_to(w, "contact.notice", PETRA.email)->token, "");
    assert_non_null(mail_to(w, "contact.notice", "one@thief.example.org"));
    assert_null(mail_to(w, "contact.notice", "two@thief.example.org"));
    expect_status(withdraw(w), NCT_OK);
    assert_non_null(mail_to(w, "contact.withdrawn", PETRA.email));
    assert_string_equal(address_of(w, PETRA.ncid), "two@thief.example.org");
    assert_string_equal(mail_to(w, "pin.reset_notice", PETRA.email)->pin, "");
    assert_null(mail_to(w, "pin.reset_notice", "two@thief.example.org"));
    expect_status(world_report_lost(w, PETRA.ncid, NULL, PETRA.ncid), NCT_OK);
    assert_non_null(mail_to(w, "pin.lost", PETRA.email));
    world_advance(w, 30 * DAY);
    w->mailer.count = 0;
    expect_status(change(w, "phone", "9195550199"), NCT_OK);
    assert_null(mail_to(w, "contact.changed", PETRA.email)); /* its days are over */
    assert_int_equal(w->mailer.count, 1);
}

/* Nor does whoever changes it often: none is forgotten before its time, and an operator has room to put it right. */
static void no_address_is_pushed_out_of_the_list(void **state) {
    struct world *w = *state;
    char address[64];
    for (int i = 0; i < 4; i++) {
        (void)snprintf(address, sizeof address, "thief%d@far.example.org", i);
        expect_status(change(w, "email", address), NCT_OK);
        expect_status(operator_confirms(w, address), NCT_OK);
    }
    assert_non_null(mail_to(w, "contact.changed", PETRA.email));
    w->mailer.count = 0;
    expect_status(change(w, "email", "another@far.example.org"), NCT_OK);
    const char *token = mail_to(w, "contact.requested", "thief3@far.example.org")->token;
    expect_status(confirm(w, token), NCT_E_TOO_OFTEN);
    assert_true(waits(w));
    expect_status(by_operator(w, "email", PETRA.email), NCT_OK);
    assert_string_equal(address_of(w, PETRA.ncid), PETRA.email);
    for (int i = 0; i < 4; i++) {
        (void)snprintf(address, sizeof address, "thief%d@far.example.org", i);
        assert_non_null(mail_to(w, "contact.changed", address));
    }
    assert_int_equal(world_verdict(w, "person:petra.pharm", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* A clock that went back: what was left in its future is told, and does not stay in the list for ever. */
static void an_address_left_in_the_future_is_told(void **state) {
    struct world *w = *state;
    world_advance(w, 7900 * 365 * DAY);
    expect_status(by_operator(w, "email", "one@thief.example.org"), NCT_OK);
    world_advance(w, -7900 * 365 * DAY);
    expect_status(by_operator(w, "email", "two@thief.example.org"), NCT_OK);
    assert_non_null(mail_to(w, "contact.changed", PETRA.email));
    world_advance(w, 30 * DAY);
    w->mailer.count = 0;
    expect_status(change(w, "phone", "9195550199"), NCT_OK);
    assert_int_equal(w->mailer.count, 1);
}

static void an_operator_withdraws(void **state) {
    struct world *w = *state;
    expect_status(withdraw(w), NCT_E_NOT_FOUND);
    expect_status(change(w, "email", OTHER_ADDRESS), NCT_OK);
    const char *token = token_of(w);
    expect_status(withdraw(w), NCT_OK);
    assert_string_equal(mail_back(w, 0)->template_name, "contact.withdrawn");
    expect_status(confirm(w, token), NCT_E_DENIED);
    expect_status(withdraw(w), NCT_E_NOT_FOUND);
}

static void a_mail_that_still_waits_is_taken_back_with_its_token(void **state) {
    struct world *w = *state;
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = w->mailer.count + 1;
    expect_status(change(w, "email", OTHER_ADDRESS), NCT_OK);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    size_t mails = w->mailer.count;
    expect_status(nct_mail_flush(w->portal, 100, NULL, NULL), NCT_OK);
    assert_int_equal(w->mailer.count, mails);
}

static nct_status sign_in_period(struct world *w, const char *period) {
    nct_signature *made = NULL;
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(nct_form_set(signing, "signer.period", period, strlen(period)), NCT_OK);
    expect_status(nct_form_set(signing, "signer.pin", pin, strlen(pin)), NCT_OK);
    nct_status status = nct_sign(signing, NULL, &made);
    nct_form_free(signing);
    nct_signature_free(made);
    return status;
}

static void a_period_of_signing_ends(void **state) {
    struct world *w = *state;
    static const char *const fields[][2] = {{"email", NEW_ADDRESS}, {"phone", "9195550188"}};
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    world_reopen(w);
    for (size_t i = 0; i < 2; i++) {
        nct_signature *first = NULL;
        expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                                 NCT_SUBMISSION_PHARMACY_PA, &first),
                      NCT_OK);
        expect_status(sign_in_period(w, nct_signature_period(first)), NCT_OK);
        expect_status(change(w, fields[i][0], fields[i][1]), NCT_OK);
        expect_status(sign_in_period(w, nct_signature_period(first)), NCT_E_DENIED);
        nct_signature_free(first);
    }
}

static void bad_input_is_named(void **state) {
    struct world *w = *state;
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_CONTACT, &form), NCT_OK);
    expect_status(nct_contact_change(form, PETRA.ncid, 11, NULL, 0, PETRA.ncid, 11, &problems), NCT_E_PROBLEMS);
    assert_string_equal(nct_problems_path(problems, 0), "email");
    expect_status(nct_problems_code(problems, 0), NCT_E_REQUIRED);
    nct_problems_free(problems);
    expect_status(nct_form_set(form, "email", "petra\0@new.example.org", 22), NCT_OK);
    expect_status(nct_form_set(form, "last_name", "\xff", 1), NCT_OK);
    expect_status(nct_form_set(form, "first_name", "a\nb", 3), NCT_OK);
    expect_status(nct_form_set(form, "phone", "911", 3), NCT_OK);
    expect_status(nct_contact_change(form, PETRA.ncid, 11, NULL, 0, PETRA.ncid, 11, &problems), NCT_E_PROBLEMS);
    assert_int_equal(nct_problems_count(problems), 4);
    nct_problems_free(problems);
    expect_status(nct_form_set(form, "ncid", "x", 1), NCT_E_UNKNOWN_FIELD);
    expect_status(nct_contact_change(NULL, PETRA.ncid, 11, NULL, 0, PETRA.ncid, 11, NULL), NCT_E_ARGUMENT);
    expect_status(nct_contact_change_by_operator(form, "casey", 5, PETRA.ncid, 11, "", 0, NULL), NCT_E_EMPTY);
    nct_form_free(form);
    nct_form_free(NULL);
    nct_contact_request_free(NULL);
    assert_null(nct_contact_request_email(NULL));
    assert_int_equal(nct_contact_token_length(), NCT_CONTACT_TOKEN_LENGTH);
    assert_false(waits(w));
}

static void confirm_behind(void *argument) {
    struct world *w = argument;
    expect_status(confirm(w, token_of(w)), NCT_OK);
}

static void a_token_serves_once_even_at_the_same_time(void **state) {
    struct world *w = *state;
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    const char *token = token_of(w);
    w->store.before_commit = confirm_behind;
    w->store.argument = w;
    expect_status(confirm(w, token), NCT_E_DENIED);
    assert_string_equal(address_of(w, PETRA.ncid), NEW_ADDRESS);
}

/* The same token is drawn again, now known, so that every block given back can be searched for it. */
static void the_token_does_not_lie_in_memory_given_back(void **state) {
    struct world *w = *state;
    struct rows start = rows_take(w->store.inner);
    uint64_t random = w->random_state;
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    char token[64];
    strcpy(token, token_of(w));
    rows_restore(w->store.inner, &start);
    rows_free(&start);
    w->random_state = random;
    world_keep_secret(w, token);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_OK);
    assert_string_equal(token_of(w), token);
    expect_status(confirm(w, token), NCT_OK);
    assert_int_equal(w->memory.unwiped, 0);
}

static void withdraw_it(struct world *w) {
    expect_status(withdraw(w), NCT_OK);
}

static char first_token[64];

static void confirm_it(struct world *w) {
    expect_status(confirm(w, first_token), NCT_OK);
}

static size_t nothing_changes(struct world *w, void *argument) {
    nct_status status = confirm(w, argument);
    assert_true(status != NCT_OK);
    return status == NCT_E_INTEGRITY;
}

/* The row of the request itself, which the operation removed. */
static void put_request_back(struct world *w, const struct rows *before) {
    for (size_t i = 0; i < before->count; i++)
        if (before->at[i].space == space_of("contact"))
            row_force(w->store.inner, &before->at[i]);
    expect_status(confirm(w, first_token), NCT_E_INTEGRITY);
    expect_status(operator_confirms(w, OTHER_ADDRESS), NCT_E_INTEGRITY);
    expect_status(change(w, "email", NEW_ADDRESS), NCT_E_INTEGRITY);
    rows_restore(w->store.inner, before);
}

static void a_request_put_back_is_not_obeyed(void **state) {
    struct world *w = *state;
    expect_status(change(w, "email", OTHER_ADDRESS), NCT_OK);
    strcpy(first_token, token_of(w));
    struct rows before = rows_take(w->store.inner);
    struct world_judge judge = {nothing_changes, first_token};
    assert_true(world_put_back_each(w, withdraw_it, judge) >= 1);
    put_request_back(w, &before);
    assert_true(world_put_back_each(w, confirm_it, judge) >= 1);
    put_request_back(w, &before);
    rows_free(&before);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_token_that_opens_nothing_any_more_is_not_sent),
        CASE(a_change_by_an_administrator_is_in_the_providers_stream_too),
        CASE(a_new_address_waits_for_the_old_one),
        CASE(the_request_can_be_read_and_does_not_hold_the_token),
        CASE(name_and_phone_of_ones_own_change_at_once_and_the_address_is_told),
        CASE(a_second_request_replaces_the_first_and_says_so),
        CASE(the_address_on_file_takes_a_request_back),
        CASE(a_request_lapses),
        CASE(what_is_no_token_is_denied_all_alike),
        CASE(refused_confirmations_look_alike),
        CASE(an_administrators_request_waits_as_a_whole),
        CASE(who_manages_nobody_asks_for_nothing),
        CASE(whoever_lost_the_mailbox_goes_through_an_operator),
        CASE(an_operator_confirms_what_they_have_seen),
        CASE(addresses_of_the_last_days_are_told),
        CASE(no_address_is_pushed_out_of_the_list),
        CASE(an_address_left_in_the_future_is_told),
        CASE(an_operator_withdraws),
        CASE(a_mail_that_still_waits_is_taken_back_with_its_token),
        CASE(a_period_of_signing_ends),
        CASE(bad_input_is_named),
        CASE(a_token_serves_once_even_at_the_same_time),
        CASE(the_token_does_not_lie_in_memory_given_back),
        CASE(a_request_put_back_is_not_obeyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
