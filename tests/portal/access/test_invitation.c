/* Access that is offered, and begins when the person accepts it. */
#include "invitations.h"

#include <stdio.h>

#define CLINIC NPI_CLINIC, 10
#define BY(person) (person).ncid, strlen((person).ncid)
#define OPERATOR WORLD_OPERATOR, strlen(WORLD_OPERATOR)
#define HOUR INT64_C(3600000)
#define DAY INT64_C(86400000)
#define WEEK (7 * DAY)
#define ID NCT_INVITATION_ID_LENGTH + 1

static const struct offer TO_SILAS = {.ncid = "silas.stranger", .rights = "eligibility.inquiry"};
static const struct offer TO_ADDRESS = {.email = "silas@far.example.org", .rights = "eligibility.inquiry"};

static int setup(void **state) {
    int status = world_setup_clinic(state);
    invitations_know(*state, &SILAS);
    return status;
}

static nct_status inquires(struct world *w, const struct cast *who) {
    return world_check(w, who->ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY);
}

static const struct world_mail *last_mail(struct world *w) {
    assert_true(w->mailer.count > 0);
    return &w->mailer.mails[w->mailer.count - 1];
}

static void take_option(struct world *w, int32_t option, int64_t value) {
    expect_status(nct_policy_set(w->policy, option, value), NCT_OK);
    world_reopen(w);
}

static void somebody_known_accepts_with_their_password(void **state) {
    struct world *w = *state;
    nct_invitation_list *list = NULL;
    char id[ID];
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_OK);
    assert_int_equal(strlen(id), NCT_INVITATION_ID_LENGTH);
    assert_string_equal(last_mail(w)->template_name, "invitation.offered");
    assert_string_equal(last_mail(w)->address, SILAS.email);
    assert_non_null(strstr(last_mail(w)->body, "2026-01-07"));
    expect_status(inquires(w, &SILAS), NCT_E_NOT_PROVISIONED);
    expect_status(nct_invitation_list_by_person(w->portal, BY(SILAS), NULL, 0, 10, &list), NCT_OK);
    assert_int_equal(nct_invitation_list_count(list), 1);
    assert_string_equal(nct_invitation_list_id(list, 0), id);
    assert_string_equal(nct_invitation_list_provider(list, 0), NPI_CLINIC);
    assert_string_equal(nct_invitation_list_ncid(list, 0), SILAS.ncid);
    assert_string_equal(nct_invitation_list_email(list, 0), "");
    assert_string_equal(nct_invitation_list_invited_by(list, 0), OLIVIA.ncid);
    assert_int_equal(nct_invitation_list_role(list, 0), NCT_ROLE_USER);
    assert_true(nct_invitation_list_rights(list, 0) == UINT64_C(1) << NCT_RIGHT_ELIGIBILITY_INQUIRY);
    assert_true(nct_invitation_list_sent_at(list, 0) == w->now);
    assert_true(nct_invitation_list_lapses_at(list, 0) == w->now + WEEK);
    assert_int_equal(nct_invitation_list_sent(list, 0), 1);
    nct_invitation_list_free(list);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_OK);
    expect_status(inquires(w, &SILAS), NCT_OK);
    assert_int_equal(world_pin_state(w, SILAS.ncid), NCT_PIN_ACTIVE);
    assert_int_equal(invitations_of(w, SILAS.ncid), 0);
    assert_int_equal(invitations_of_clinic(w), 0);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
}

static void whoever_invited_is_told_and_named_by_the_grant(void **state) {
    struct world *w = *state;
    nct_grant_list *list = NULL;
    const struct world_mail *told = NULL;
    expect_status(invitations_send(w, UMA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_OK);
    for (size_t i = 0; i < w->mailer.count; i++)
        if (strcmp(w->mailer.mails[i].template_name, "invitation.accepted") == 0)
            told = &w->mailer.mails[i];
    assert_non_null(told);
    assert_string_equal(told->address, UMA.email);
    assert_non_null(strstr(told->body, SILAS.ncid));
    expect_status(nct_access_list_by_person(w->portal, BY(SILAS), NULL, 0, 10, &list), NCT_OK);
    assert_string_equal(nct_grant_list_granted_by(list, 0), UMA.ncid);
    nct_grant_list_free(list);
    assert_true(world_ledger_mentions(w, "invitation.sent"));
    assert_true(world_ledger_mentions(w, "invitation.accepted"));
    assert_int_equal(world_verdict(w, "provider:" NPI_CLINIC, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(world_verdict(w, "person:silas.stranger", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

/* With an identity service, which knows people the portal does not. */
static void somebody_new_accepts_with_the_mailed_code(void **state) {
    struct world *w = *state;
    char code[64], id[ID];
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, id), NCT_OK);
    assert_string_equal(last_mail(w)->template_name, "invitation.code");
    assert_string_equal(last_mail(w)->address, SILAS.email);
    assert_null(strstr(last_mail(w)->subject, last_mail(w)->token));
    strcpy(code, invitations_code(w));
    assert_int_equal(strlen(code), NCT_INVITATION_CODE_LENGTH);
    expect_status(invitations_accept(w, &SILAS, "not the password", code), NCT_E_DENIED);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, code), NCT_E_REQUIRED);
    expect_status(invitations_accept_described(w, &SILAS, "00000000000000000000000000000000"), NCT_E_INVITATION);
    expect_status(invitations_accept_described(w, &SILAS, NULL), NCT_E_INVITATION);
    expect_status(invitations_accept_described(w, &SILAS, code), NCT_OK);
    expect_status(inquires(w, &SILAS), NCT_OK);
    assert_string_equal(world_mail_to(w, SILAS.ncid)->template_name, "invitation.accepted");
    assert_int_equal(strlen(world_pin_of(w, SILAS.ncid)), 6);
    assert_int_equal(invitations_of_clinic(w), 0);
    expect_status(invitations_accept_described(w, &SILAS, code), NCT_E_INVITATION);
    expect_status(invitations_decline_by_code(w, code), NCT_E_NOT_FOUND);
}

/* PETRA, who had access once, was invited by an address that is not hers on file. */
static void whoever_has_the_code_accepts_under_their_own_ncid(void **state) {
    struct world *w = *state;
    char code[64];
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    world_advance(w, 1);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, NULL), NCT_OK);
    strcpy(code, invitations_code(w));
    expect_status(invitations_accept(w, &FRANK, WORLD_PASSWORD, code), NCT_E_ALREADY_GRANTED);
    expect_status(invitations_accept(w, &OLIVIA, WORLD_PASSWORD, code), NCT_E_SELF_GRANT);
    expect_status(invitations_accept(w, &PETRA, WORLD_PASSWORD, code), NCT_OK);
    expect_status(inquires(w, &PETRA), NCT_OK);
    /* the address on file stays hers */
    assert_string_equal(world_mail_to(w, PETRA.ncid)->template_name, "invitation.accepted");
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(invitations_accept(w, &PETRA, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
}

static void nothing_tells_whether_an_address_is_known(void **state) {
    struct world *w = *state;
    static const struct offer to_nobody = {.email = "nobody@far.example.org", .rights = "eligibility.inquiry"};
    static const struct offer to_frank = {.email = "frank@clinic.example.org", .rights = "eligibility.inquiry"};
    char trace[8192];
    world_trace_start(w);
    expect_status(invitations_send(w, OLIVIA.ncid, &to_nobody, NULL), NCT_OK);
    strcpy(trace, world_trace_stop(w));
    assert_string_equal(last_mail(w)->template_name, "invitation.code");
    expect_status(invitations_send(w, OLIVIA.ncid, &to_frank, NULL), NCT_OK);
    assert_string_equal(last_mail(w)->template_name, "invitation.code");
    assert_string_equal(last_mail(w)->name, "");
    assert_int_equal(invitations_of(w, FRANK.ncid), 0);
    assert_int_equal(invitations_of_clinic(w), 2);
}

static void inviting_obeys_the_rules_of_grants(void **state) {
    struct world *w = *state;
    const struct {
        const char *by;
        struct offer offer;
        nct_status status;
    } cases[] = {
        {"frank.front", TO_SILAS, NCT_E_NO_AUTHORITY},
        {"oscar.other", TO_SILAS, NCT_E_NOT_PROVISIONED},
        {"frank.front", TO_ADDRESS, NCT_E_NO_AUTHORITY},
        {"uma.useradmin", {.ncid = "silas.stranger", .role = "user_administrator"}, NCT_E_NOT_MANAGED},
        {"uma.useradmin", {.email = "x@far.example.org", .role = "user_administrator"}, NCT_E_NOT_MANAGED},
        {"uma.useradmin", {.ncid = "silas.stranger", .rights = "claim.submit"}, NCT_E_EXCEEDS_OWN},
        {"uma.useradmin", {.email = "x@far.example.org", .rights = "claim.submit"}, NCT_E_EXCEEDS_OWN},
        {"olivia.owner", {.ncid = "olivia.owner"}, NCT_E_SELF_GRANT},
        {"olivia.owner", {.ncid = "nobody.here"}, NCT_E_UNKNOWN_PERSON},
        {"olivia.owner", {.ncid = "frank.front"}, NCT_E_ALREADY_GRANTED},
        {"olivia.owner", {.ncid = "silas.stranger", .until = "2025-12-30"}, NCT_E_DATE},
        {"olivia.owner", {.rights = "pa.submit"}, NCT_E_REQUIRED},
        {"olivia.owner", {.ncid = "silas.stranger", .email = "x@far.example.org"}, NCT_E_DUPLICATE},
        {"olivia.owner", {.email = "not an address"}, NCT_E_CHARACTER},
        {"olivia.owner", {.ncid = "silas.stranger", .rights = "no.right"}, NCT_E_UNKNOWN_VALUE},
        {"", TO_SILAS, NCT_E_EMPTY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nct_status status = invitations_send(w, cases[i].by, &cases[i].offer, NULL);
        if (status != cases[i].status)
            print_error("case %zu\n", i);
        expect_status(status, cases[i].status);
    }
    assert_int_equal(invitations_of_clinic(w), 0);
    assert_int_equal(invitations_of(w, SILAS.ncid), 0);
}

static void whoever_invited_must_still_be_allowed_to(void **state) {
    struct world *w = *state;
    expect_status(invitations_send(w, UMA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_NOT_PROVISIONED);
    expect_status(inquires(w, &SILAS), NCT_E_NOT_PROVISIONED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_USER_ADMINISTRATOR, 0), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_EXCEEDS_OWN);
}

/* Sent again by the OA it is the OA's. */
static void whoever_sends_it_again_stands_for_it(void **state) {
    struct world *w = *state;
    char id[ID], first[64];
    expect_status(invitations_send(w, UMA.ncid, &TO_ADDRESS, id), NCT_OK);
    strcpy(first, invitations_code(w));
    world_advance(w, HOUR);
    expect_status(invitations_send_again(w, FRANK.ncid, id), NCT_E_NO_AUTHORITY);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, first), NCT_E_INVITATION);
    assert_string_not_equal(first, invitations_code(w));
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, invitations_code(w)), NCT_OK);
}

static void an_invitation_lapses_to_the_millisecond(void **state) {
    struct world *w = *state;
    char id[ID];
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_OK);
    world_advance(w, WEEK);
    assert_int_equal(invitations_of(w, SILAS.ncid), 0);
    assert_int_equal(invitations_of_clinic(w), 1);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(world_last_outcome(w, "provider:" NPI_CLINIC), NCT_E_LAPSED);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_OK);
    world_advance(w, WEEK - 1);
    assert_int_equal(invitations_of(w, SILAS.ncid), 1);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_OK);
}

/* How long it waited cannot be told when the clock went back. */
static void an_invitation_from_the_future_is_not_accepted(void **state) {
    struct world *w = *state;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    world_advance(w, -1);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    world_advance(w, 1);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_OK);
}

static void a_validity_that_ended_meanwhile_is_not_given(void **state) {
    struct world *w = *state;
    char id[ID], until[32];
    struct offer offer = TO_SILAS;
    (void)snprintf(until, sizeof until, "%lld", (long long)(w->now + DAY));
    offer.until = until;
    expect_status(invitations_send(w, OLIVIA.ncid, &offer, id), NCT_OK);
    world_advance(w, DAY);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_E_DATE);
    world_advance(w, -1);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_OK);
    expect_status(inquires(w, &SILAS), NCT_OK);
    world_advance(w, 1);
    expect_status(inquires(w, &SILAS), NCT_E_EXPIRED);
}

/* Given and taken away since it was sent: it is not a way back. */
static void an_invitation_is_for_access_as_it_was(void **state) {
    struct world *w = *state;
    char code[64], id[ID];
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_OK);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, NULL), NCT_OK);
    strcpy(code, invitations_code(w));
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid, NCT_ROLE_USER, 0), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_ALREADY_GRANTED);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, code), NCT_E_INVITATION);
    expect_status(inquires(w, &SILAS), NCT_E_NOT_PROVISIONED);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_OK);
}

static void a_wrong_password_is_counted_and_says_nothing(void **state) {
    struct world *w = *state;
    int32_t found = 0;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    for (int i = 0; i < 10; i++, world_advance(w, 2 * HOUR))
        expect_status(invitations_accept(w, &SILAS, "not the password", NULL), NCT_E_DENIED);
    expect_status(nct_password_status(w->portal, BY(SILAS), &found, NULL, NULL, NULL), NCT_OK);
    assert_int_equal(found, NCT_PASSWORD_DISABLED);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_DENIED);
    expect_status(invitations_accept(w, &OSCAR, WORLD_PASSWORD, NULL), NCT_E_DENIED);
    assert_int_equal(invitations_of(w, SILAS.ncid), 1);
}

static void an_invitation_is_declined(void **state) {
    struct world *w = *state;
    char code[64];
    expect_status(invitations_send(w, UMA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(invitations_decline(w, PETRA.ncid), NCT_E_NOT_FOUND);
    expect_status(invitations_decline(w, "nobody.here"), NCT_E_UNKNOWN_PERSON);
    expect_status(invitations_decline(w, SILAS.ncid), NCT_OK);
    assert_string_equal(last_mail(w)->template_name, "invitation.declined");
    assert_string_equal(last_mail(w)->address, UMA.email);
    assert_non_null(strstr(last_mail(w)->body, "Silas Stranger"));
    expect_status(invitations_decline(w, SILAS.ncid), NCT_E_NOT_FOUND);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(invitations_send(w, UMA.ncid, &TO_ADDRESS, NULL), NCT_OK);
    strcpy(code, invitations_code(w));
    expect_status(invitations_decline_by_code(w, ""), NCT_E_NOT_FOUND);
    expect_status(invitations_decline_by_code(w, code), NCT_OK);
    assert_non_null(strstr(last_mail(w)->body, SILAS.email));
    expect_status(invitations_decline_by_code(w, code), NCT_E_NOT_FOUND);
    assert_true(world_ledger_mentions(w, "invitation.declined"));
    assert_false(world_ledger_mentions(w, SILAS.email));
    assert_false(world_ledger_mentions(w, code));
}

static void an_invitation_is_taken_back(void **state) {
    struct world *w = *state;
    char id[ID], other[ID], code[64];
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_OK);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, other), NCT_OK);
    strcpy(code, invitations_code(w));
    expect_status(invitations_take_back(w, FRANK.ncid, id), NCT_E_NO_AUTHORITY);
    expect_status(invitations_take_back(w, OSCAR.ncid, id), NCT_E_NOT_PROVISIONED);
    expect_status(invitations_take_back(w, OLIVIA.ncid, "no id"), NCT_E_FORMAT);
    expect_status(invitations_take_back(w, OLIVIA.ncid, "00000000000000000000000000000000"), NCT_E_NOT_FOUND);
    expect_status(invitations_take_back(w, UMA.ncid, id), NCT_OK);
    expect_status(invitations_take_back(w, UMA.ncid, id), NCT_E_NOT_FOUND);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_E_NOT_FOUND);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(invitations_take_back(w, OLIVIA.ncid, other), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, code), NCT_E_INVITATION);
    assert_int_equal(invitations_of_clinic(w), 0);
    assert_true(world_ledger_mentions(w, "invitation.taken_back"));
}

/* What was not delivered yet is not delivered any more: nobody gets a code that no longer works. */
static void a_code_taken_back_is_not_mailed(void **state) {
    struct world *w = *state;
    char id[ID];
    size_t sent = 0;
    w->mailer.fail_from = 1;
    w->mailer.fail_to = 1000;
    w->mailer.answer = NCT_E_BUSY;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, id), NCT_OK);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_OK);
    w->mailer.fail_from = 0;
    w->mailer.fail_to = 0;
    expect_status(nct_mail_flush(w->portal, 100, &sent, NULL), NCT_OK);
    assert_int_equal(sent, 1);
    w->mailer.fail_from = 1;
    w->mailer.fail_to = 1000;
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_OK);
    expect_status(invitations_take_back(w, OLIVIA.ncid, id), NCT_OK);
    w->mailer.fail_from = 0;
    w->mailer.fail_to = 0;
    expect_status(nct_mail_flush(w->portal, 100, &sent, NULL), NCT_OK);
    assert_int_equal(sent, 0);
}

static void one_waits_for_a_person_or_an_address(void **state) {
    struct world *w = *state;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(invitations_send(w, UMA.ncid, &TO_SILAS, NULL), NCT_E_PENDING);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, NULL), NCT_OK);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, NULL), NCT_E_PENDING);
    assert_int_equal(invitations_of_clinic(w), 2);
    world_advance(w, WEEK);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, NULL), NCT_OK);
    assert_int_equal(invitations_of_clinic(w), 2);
    assert_int_equal(invitations_of(w, SILAS.ncid), 1);
}

static nct_status invite_address(struct world *w, int number) {
    char address[64];
    (void)snprintf(address, sizeof address, "somebody%d@far.example.org", number);
    return invitations_send(w, OLIVIA.ncid, &(struct offer){.email = address}, NULL);
}

static void what_a_provider_sends_is_limited(void **state) {
    struct world *w = *state;
    char id[ID];
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_OK);
    for (int i = 0; i < 2; i++)
        expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_OK);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_E_TOO_OFTEN);
    for (int i = 0; i < 17; i++)
        expect_status(invite_address(w, i), NCT_OK);
    expect_status(invite_address(w, 17), NCT_E_TOO_OFTEN);
    world_advance(w, DAY - 1);
    expect_status(invite_address(w, 17), NCT_E_TOO_OFTEN);
    world_advance(w, 1);
    expect_status(invite_address(w, 17), NCT_OK);
    expect_status(invitations_send_again(w, OLIVIA.ncid, id), NCT_E_TOO_OFTEN);
}

static void what_a_provider_keeps_is_limited(void **state) {
    struct world *w = *state;
    char id[ID];
    take_option(w, NCT_OPTION_INVITATION_MOST, 3);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_OK);
    expect_status(invite_address(w, 0), NCT_OK);
    expect_status(invite_address(w, 1), NCT_OK);
    world_advance(w, WEEK);
    expect_status(invite_address(w, 2), NCT_E_LIMIT);
    expect_status(invite_address(w, 1), NCT_OK);
    expect_status(invitations_take_back(w, OLIVIA.ncid, id), NCT_OK);
    expect_status(invite_address(w, 2), NCT_OK);
    assert_int_equal(invitations_of_clinic(w), 3);
}

static void a_policy_may_require_invitations(void **state) {
    struct world *w = *state;
    take_option(w, NCT_OPTION_INVITATION_REQUIRED, 1);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid, NCT_ROLE_USER, 0), NCT_E_INVITATION_REQUIRED);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &OSCAR, "user", "training"), NCT_E_INVITATION_REQUIRED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 0), NCT_OK);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid, NCT_ROLE_USER, 0), NCT_E_INVITATION_REQUIRED);
}

static void lists_come_in_pages(void **state) {
    struct world *w = *state;
    char after[200] = "";
    size_t seen = 0, pages = 0;
    int32_t more = 1;
    for (int i = 0; i < 5; i++, world_advance(w, 1))
        expect_status(invite_address(w, i), NCT_OK);
    while (more) {
        nct_invitation_list *list = NULL;
        expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, after, strlen(after), 2, &list), NCT_OK);
        for (size_t i = 0; i < nct_invitation_list_count(list); i++, seen++) {
            char address[64];
            (void)snprintf(address, sizeof address, "somebody%zu@far.example.org", seen);
            assert_string_equal(nct_invitation_list_email(list, i), address);
            assert_string_equal(nct_invitation_list_ncid(list, i), "");
        }
        more = nct_invitation_list_more(list);
        strcpy(after, nct_invitation_list_cursor(list));
        nct_invitation_list_free(list);
        pages++;
    }
    assert_int_equal(seen, 5);
    assert_int_equal(pages, 3);
}

static void lists_refuse_what_is_no_page(void **state) {
    struct world *w = *state;
    nct_invitation_list *list = NULL;
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, "zz", 2, 2, &list), NCT_E_FORMAT);
    assert_null(list);
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, "00", 2, 2, &list), NCT_E_FORMAT);
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, NULL, 0, 0, &list), NCT_E_ARGUMENT);
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, NULL, 0, 1001, &list), NCT_E_ARGUMENT);
    expect_status(nct_invitation_list_by_provider(w->portal, "1234567890", 10, NULL, 0, 1, &list), NCT_E_CHECK_DIGIT);
    expect_status(nct_invitation_list_by_person(w->portal, BY(SILAS), "00", 2, 2, &list), NCT_E_FORMAT);
    expect_status(nct_invitation_list_by_person(w->portal, "nobody.here", 11, NULL, 0, 2, &list), NCT_OK);
    assert_int_equal(nct_invitation_list_count(list), 0);
    assert_null(nct_invitation_list_id(list, 0));
    assert_int_equal(nct_invitation_list_role(list, 0), NCT_ROLE_NONE);
    nct_invitation_list_free(list);
}

static void mails_and_messages_come_in_the_persons_language(void **state) {
    struct world *w = *state;
    nct_message_list *messages = NULL;
    expect_status(nct_person_set_language(w->portal, BY(SILAS), "es"), NCT_OK);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    assert_string_equal(last_mail(w)->language, "es");
    assert_non_null(strstr(last_mail(w)->subject, "Se le ofrece acceso"));
    expect_status(nct_message_list_page(w->portal, BY(SILAS), NULL, 0, 10, &messages), NCT_OK);
    assert_true(nct_message_list_count(messages) > 0);
    assert_string_equal(nct_message_list_template(messages, 0), "invitation.offered");
    nct_message_list_free(messages);
}

static void send_elsewhere(void *argument) {
    struct world *w = argument;
    expect_status(invitations_send(w, UMA.ncid, &TO_SILAS, NULL), NCT_OK);
}

static void accept_elsewhere(void *argument) {
    struct world *w = argument;
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, invitations_code(w)), NCT_OK);
}

static void take_back_elsewhere(void *argument) {
    struct world *w = argument;
    nct_invitation_list *list = NULL;
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, NULL, 0, 1, &list), NCT_OK);
    expect_status(invitations_take_back(w, OLIVIA.ncid, nct_invitation_list_id(list, 0)), NCT_OK);
    nct_invitation_list_free(list);
}

static void race(struct world *w, void (*other)(void *), size_t skip) {
    w->store.before_commit = other;
    w->store.before_commit_skip = skip;
    w->store.argument = w;
}

static void of_two_at_once_one_is_done(void **state) {
    struct world *w = *state;
    char id[ID], code[64];
    race(w, send_elsewhere, 0);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_E_PENDING);
    assert_int_equal(invitations_of_clinic(w), 1);
    expect_status(invitations_decline(w, SILAS.ncid), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    world_advance(w, 1);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_ADDRESS, id), NCT_OK);
    strcpy(code, invitations_code(w));
    race(w, accept_elsewhere, 1);
    expect_status(invitations_accept(w, &PETRA, WORLD_PASSWORD, code), NCT_E_INVITATION);
    expect_status(inquires(w, &PETRA), NCT_E_NOT_PROVISIONED);
    expect_status(inquires(w, &SILAS), NCT_OK);
    expect_status(world_revoke(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid), NCT_OK);
    world_advance(w, 1);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, id), NCT_OK);
    race(w, take_back_elsewhere, 1);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INVITATION);
    expect_status(inquires(w, &SILAS), NCT_E_NOT_PROVISIONED);
}

static void decline_it(struct world *w) {
    expect_status(invitations_decline(w, SILAS.ncid), NCT_OK);
}

/* Whatever is put back, an invitation that was declined gives nothing. */
static size_t gives_nothing(struct world *w, void *argument) {
    (void)argument;
    nct_status status = invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL);
    assert_int_not_equal(status, NCT_OK);
    assert_int_not_equal(inquires(w, &SILAS), NCT_OK);
    return status == NCT_E_INTEGRITY;
}

static void an_invitation_put_back_gives_nothing(void **state) {
    struct world *w = *state;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    assert_true(world_put_back_each(w, decline_it, (struct world_judge){gives_nothing, NULL}) > 0);
}

/* Both its rows together, as they were. */
static void an_invitation_put_back_whole_is_found(void **state) {
    struct world *w = *state;
    nct_invitation_list *list = NULL;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    struct rows before = rows_take(w->store.inner);
    decline_it(w);
    for (size_t i = 0; i < before.count; i++)
        if (before.at[i].space == space_of("invitation") || before.at[i].space == space_of("invitation_by_person"))
            row_force(w->store.inner, &before.at[i]);
    rows_free(&before);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INTEGRITY);
    expect_status(invitations_decline(w, SILAS.ncid), NCT_E_INTEGRITY);
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_E_INTEGRITY);
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, NULL, 0, 10, &list), NCT_E_INTEGRITY);
    expect_status(nct_invitation_list_by_person(w->portal, BY(SILAS), NULL, 0, 10, &list), NCT_E_INTEGRITY);
    expect_status(inquires(w, &SILAS), NCT_E_NOT_PROVISIONED);
}

static void an_invitation_taken_away_is_missed(void **state) {
    struct world *w = *state;
    nct_invitation_list *list = NULL;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.at[i].space == space_of("invitation")) {
            struct row gone = rows.at[i];
            gone.revision = 0;
            row_force(w->store.inner, &gone);
        }
    rows_free(&rows);
    expect_status(nct_invitation_list_by_provider(w->portal, CLINIC, NULL, 0, 10, &list), NCT_E_INTEGRITY);
    expect_status(nct_invitation_list_by_person(w->portal, BY(SILAS), NULL, 0, 10, &list), NCT_E_INTEGRITY);
    expect_status(invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL), NCT_E_INTEGRITY);
}

/* Of somebody who turned out to be another, no invitation is left to be accepted. */
static void a_merge_takes_invitations_back(void **state) {
    struct world *w = *state;
    expect_status(invitations_send(w, OLIVIA.ncid, &TO_SILAS, NULL), NCT_OK);
    expect_status(nct_person_merge(w->portal, OPERATOR, BY(SILAS), BY(FRANK), "one person", 10), NCT_OK);
    assert_int_equal(invitations_of_clinic(w), 0);
    assert_true(world_ledger_mentions(w, "invitation.taken_back"));
}

static void misuse_is_a_status(void **state) {
    struct world *w = *state;
    nct_form *form = NULL;
    char id[ID] = "x";
    expect_status(nct_form_new(w->portal, NCT_FORM_USER, &form), NCT_OK);
    expect_status(nct_invitation_send(form, BY(OLIVIA), CLINIC, id, sizeof id, NULL), NCT_E_ARGUMENT);
    assert_string_equal(id, "");
    expect_status(nct_invitation_send(NULL, BY(OLIVIA), CLINIC, id, sizeof id, NULL), NCT_E_ARGUMENT);
    expect_status(nct_invitation_accept(form, NULL), NCT_E_ARGUMENT);
    expect_status(nct_invitation_accept(NULL, NULL), NCT_E_ARGUMENT);
    nct_form_free(form);
    expect_status(nct_form_new(w->portal, NCT_FORM_INVITATION, &form), NCT_OK);
    expect_status(nct_invitation_send(form, BY(OLIVIA), CLINIC, id, sizeof id - 1, NULL), NCT_E_BUFFER);
    expect_status(nct_invitation_send(form, BY(OLIVIA), CLINIC, NULL, 0, NULL), NCT_E_ARGUMENT);
    nct_form_free(form);
    expect_status(nct_invitation_decline(NULL, BY(SILAS), CLINIC), NCT_E_ARGUMENT);
    expect_status(nct_invitation_decline_by_code(w->portal, CLINIC, NULL, 0), NCT_E_ARGUMENT);
    expect_status(nct_invitation_take_back(NULL, BY(OLIVIA), CLINIC, "00", 2), NCT_E_ARGUMENT);
    nct_invitation_list_free(NULL);
    assert_int_equal(nct_invitation_list_count(NULL), 0);
    assert_null(nct_invitation_list_cursor(NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(somebody_known_accepts_with_their_password),
        TEST(whoever_invited_is_told_and_named_by_the_grant),
        cmocka_unit_test_setup_teardown(somebody_new_accepts_with_the_mailed_code, world_setup_clinic_with_identity,
                                        world_teardown),
        TEST(whoever_has_the_code_accepts_under_their_own_ncid),
        TEST(nothing_tells_whether_an_address_is_known),
        TEST(inviting_obeys_the_rules_of_grants),
        TEST(whoever_invited_must_still_be_allowed_to),
        TEST(whoever_sends_it_again_stands_for_it),
        TEST(an_invitation_lapses_to_the_millisecond),
        TEST(an_invitation_from_the_future_is_not_accepted),
        TEST(a_validity_that_ended_meanwhile_is_not_given),
        TEST(an_invitation_is_for_access_as_it_was),
        TEST(a_wrong_password_is_counted_and_says_nothing),
        TEST(an_invitation_is_declined),
        TEST(an_invitation_is_taken_back),
        TEST(a_code_taken_back_is_not_mailed),
        TEST(one_waits_for_a_person_or_an_address),
        TEST(what_a_provider_sends_is_limited),
        TEST(what_a_provider_keeps_is_limited),
        TEST(a_policy_may_require_invitations),
        TEST(lists_come_in_pages),
        TEST(lists_refuse_what_is_no_page),
        TEST(mails_and_messages_come_in_the_persons_language),
        TEST(of_two_at_once_one_is_done),
        TEST(an_invitation_put_back_gives_nothing),
        TEST(an_invitation_put_back_whole_is_found),
        TEST(an_invitation_taken_away_is_missed),
        TEST(a_merge_takes_invitations_back),
        TEST(misuse_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
