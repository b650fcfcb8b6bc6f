/* kill -9 at every store call of what changes access: before or after, never between. */
#include "deed.h"
#include "invitations.h"
#include "terms.h"

#include <stdio.h>

#define BY(person) (person).ncid, strlen((person).ncid)
#define CLINIC NPI_CLINIC, 10
#define CLAIMS (UINT64_C(1) << NCT_RIGHT_CLAIM_SUBMIT)
#define UA NCT_ROLE_USER_ADMINISTRATOR
#define OPERATOR WORLD_OPERATOR, strlen(WORLD_OPERATOR)

static nct_status run_user_add(struct world *w) {
    return world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "pa.submit");
}

static nct_status run_access_grant(struct world *w) {
    return world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, CLAIMS);
}

static nct_status run_access_revoke(struct world *w) {
    return world_revoke(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid);
}

static const char *const many[] = {"frank.front", "petra.pharm", "uma.useradmin"};

static nct_status run_access_revoke_many(struct world *w) {
    nct_status answers[3];
    return nct_access_revoke_many(w->portal, BY(OLIVIA), CLINIC, 3, many, answers);
}

static nct_status run_access_certify(struct world *w) {
    nct_status answers[3];
    return nct_access_certify(w->portal, BY(OLIVIA), CLINIC, 3, many, answers);
}

static nct_status run_access_note_use(struct world *w) {
    return nct_access_note_use(w->portal, CLINIC, BY(PETRA));
}

static nct_status run_access_leave(struct world *w) {
    return nct_access_leave(w->portal, BY(PETRA), CLINIC);
}

static nct_status run_access_propose(struct world *w) {
    return terms_propose(w->portal, OLIVIA.ncid, NPI_CLINIC,
                         &(struct terms){.ncid = FRANK.ncid, .role = UA, .rights = CLAIMS});
}

static void propose(struct world *w) {
    expect_status(run_access_propose(w), NCT_OK);
}

/* UMA becomes a User Administrator, who can confirm what a profile lets them give. */
static void prepare_access_confirm(struct world *w) {
    expect_status(terms_propose(w->portal, OLIVIA.ncid, NPI_CLINIC,
                                &(struct terms){.ncid = UMA.ncid, .role = UA, .rights = CLAIMS}),
                  NCT_OK);
    expect_status(nct_access_confirm_by_operator(w->portal, OPERATOR, CLINIC, BY(UMA)), NCT_OK);
    expect_status(terms_propose(w->portal, UMA.ncid, NPI_CLINIC,
                                &(struct terms){.ncid = FRANK.ncid, .role = NCT_ROLE_ENROLLMENT_SPECIALIST}),
                  NCT_OK);
}

static nct_status run_access_confirm(struct world *w) {
    return nct_access_confirm(w->portal, BY(OLIVIA), CLINIC, BY(FRANK));
}

#define prepare_access_confirm_by_operator propose

static nct_status run_access_confirm_by_operator(struct world *w) {
    return nct_access_confirm_by_operator(w->portal, OPERATOR, CLINIC, BY(FRANK));
}

#define prepare_access_reject propose

static nct_status run_access_reject(struct world *w) {
    return nct_access_reject(w->portal, BY(OLIVIA), CLINIC, BY(FRANK));
}

static const struct offer to_silas = {.ncid = "silas.stranger", .rights = "training"};
static const struct offer to_address = {.email = "silas@far.example.org", .rights = "training"};

static void prepare_invitation_send(struct world *w) {
    invitations_know(w, &SILAS);
}

static nct_status run_invitation_send(struct world *w) {
    return invitations_send(w, OLIVIA.ncid, &to_silas, NULL);
}

/* By e-mail: the deed withdraws a mail and stages another. */
static void prepare_invitation_send_again(struct world *w) {
    expect_status(invitations_send(w, OLIVIA.ncid, &to_address, deed_note), NCT_OK);
}

static nct_status run_invitation_send_again(struct world *w) {
    return invitations_send_again(w, OLIVIA.ncid, deed_note);
}

static void prepare_invitation_take_back(struct world *w) {
    invitations_know(w, &SILAS);
    expect_status(invitations_send(w, OLIVIA.ncid, &to_silas, deed_note), NCT_OK);
}

static nct_status run_invitation_take_back(struct world *w) {
    return invitations_take_back(w, OLIVIA.ncid, deed_note);
}

#define prepare_invitation_accept prepare_invitation_take_back

static nct_status run_invitation_accept(struct world *w) {
    return invitations_accept(w, &SILAS, WORLD_PASSWORD, NULL);
}

#define prepare_invitation_decline prepare_invitation_take_back

static nct_status run_invitation_decline(struct world *w) {
    return invitations_decline(w, SILAS.ncid);
}

static void prepare_invitation_decline_by_code(struct world *w) {
    expect_status(invitations_send(w, OLIVIA.ncid, &to_address, NULL), NCT_OK);
    (void)snprintf(deed_note, sizeof deed_note, "%s", invitations_code(w));
}

static nct_status run_invitation_decline_by_code(struct world *w) {
    return invitations_decline_by_code(w, deed_note);
}

static nct_status run_group_set(struct world *w) {
    return terms_group_set(w->portal, OLIVIA.ncid, NPI_CLINIC, "desk", CLAIMS);
}

static void prepare_group_join(struct world *w) {
    expect_status(run_group_set(w), NCT_OK);
}

static nct_status run_group_join(struct world *w) {
    return nct_group_join(w->portal, BY(OLIVIA), CLINIC, BY(FRANK), "desk", 4);
}

static void prepare_group_leave(struct world *w) {
    prepare_group_join(w);
    expect_status(run_group_join(w), NCT_OK);
}

static nct_status run_group_leave(struct world *w) {
    return nct_group_leave(w->portal, BY(OLIVIA), CLINIC, BY(FRANK), "desk", 4);
}

#define prepare_group_remove prepare_group_leave

static nct_status run_group_remove(struct world *w) {
    return nct_group_remove(w->portal, BY(OLIVIA), CLINIC, "desk", 4);
}

static void each_change_is_whole(void **state) {
    static const struct deed deeds[] = {
        DEED_ALONE(user_add),
        DEED_ALONE(access_grant),
        DEED_ALONE(access_revoke),
        DEED_ALONE(access_revoke_many),
        DEED_ALONE(access_certify),
        DEED_ALONE(access_note_use),
        DEED_ALONE(access_leave),
        DEED_ALONE(access_propose),
        DEED(access_confirm),
        DEED(access_confirm_by_operator),
        DEED(access_reject),
        DEED_ALONE(group_set),
        DEED(group_join),
        DEED(group_leave),
        DEED(group_remove),
        DEED(invitation_send),
        DEED(invitation_send_again),
        DEED(invitation_take_back),
        DEED(invitation_accept),
        DEED(invitation_decline),
        DEED(invitation_decline_by_code),
    };
    (void)state;
    deeds_crash(deeds, sizeof deeds / sizeof deeds[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_change_is_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
