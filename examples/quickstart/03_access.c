/* Access: what was granted is allowed, all else is refused with a reason and somebody to ask. */
#include "story.h"

#include <stdio.h>

/* The front office may inquire eligibility and not submit claims (S6). */
static void check(nct_portal *portal) {
    nct_status status =
        nct_access_check(portal, NCT_TEXT(CLINIC), NCT_TEXT("frank.front"), NCT_RIGHT_ELIGIBILITY_INQUIRY);
    expect(status, NCT_OK, "eligibility inquiry");
    status = nct_access_check(portal, NCT_TEXT(CLINIC), NCT_TEXT("frank.front"), NCT_RIGHT_CLAIM_SUBMIT);
    expect(status, NCT_E_RIGHT_MISSING, "claim submission");
}

static void explain(nct_portal *portal) {
    nct_explanation *explanation = NULL;
    nct_status status =
        nct_access_explain(portal, NCT_TEXT(CLINIC), NCT_TEXT("frank.front"), NCT_RIGHT_CLAIM_SUBMIT, &explanation);
    expect(status, NCT_OK, "nct_access_explain");
    printf("%s\n", nct_explanation_text(explanation));
    nct_explanation_free(explanation);
}

/* A page that asks many questions loads the person once. */
static void ask_often(nct_portal *portal) {
    nct_actor *actor = NULL;
    int allowed = 0;
    expect(nct_actor_load(portal, NCT_TEXT("frank.front"), &actor), NCT_OK, "nct_actor_load");
    for (int32_t right = 0; right <= NCT_RIGHT_REFERRAL; right++)
        allowed += nct_actor_can(actor, NCT_TEXT(CLINIC), right);
    printf("frank.front has %d of %d rights\n", allowed, NCT_RIGHT_REFERRAL + 1);
    nct_actor_free(actor);
}

/* Granting replaces all that was granted there before; nobody grants to themselves. */
static void grant(nct_portal *portal) {
    const nct_form_field fields[] = {{"ncid", "frank.front"}, {"rights", "eligibility.inquiry claim.submit"}};
    nct_form *access = filled(portal, NCT_FORM_ACCESS, COUNT(fields), fields);
    nct_status status = nct_access_grant(access, NCT_TEXT("frank.front"), NCT_TEXT(CLINIC), NULL);
    expect(status, NCT_E_NO_AUTHORITY, "a grant by staff");
    status = nct_access_grant(access, NCT_TEXT("olivia.owner"), NCT_TEXT(CLINIC), NULL);
    expect(status, NCT_OK, "a grant by the Office Administrator");
    nct_form_free(access);
    status = nct_access_check(portal, NCT_TEXT(CLINIC), NCT_TEXT("frank.front"), NCT_RIGHT_CLAIM_SUBMIT);
    expect(status, NCT_OK, "claim submission, now granted");
}

static void list(nct_portal *portal) {
    nct_grant_list *page = NULL;
    expect(nct_access_list_by_provider(portal, NCT_TEXT(CLINIC), NULL, 0, 100, &page), NCT_OK, "listing");
    for (size_t i = 0; i < nct_grant_list_count(page); i++)
        printf("%-14s %s\n", nct_grant_list_ncid(page, i), nct_role_name(nct_grant_list_role(page, i)));
    nct_grant_list_free(page);
}

static void revoke(nct_portal *portal) {
    expect(nct_access_revoke(portal, NCT_TEXT("olivia.owner"), NCT_TEXT(CLINIC), NCT_TEXT("frank.front")), NCT_OK,
           "revoking");
    nct_status status =
        nct_access_check(portal, NCT_TEXT(CLINIC), NCT_TEXT("frank.front"), NCT_RIGHT_ELIGIBILITY_INQUIRY);
    expect(status, NCT_E_NOT_PROVISIONED, "eligibility inquiry after revoking");
}

/* Access that is offered: to an address goes a code, and whoever has it accepts under their own NCID. */
static void invite(nct_portal *portal) {
    const nct_form_field fields[] = {{"email", "nora@clinic.example.org"}, {"rights", "eligibility.inquiry"}};
    char id[NCT_INVITATION_ID_LENGTH + 1];
    nct_form *invitation = filled(portal, NCT_FORM_INVITATION, COUNT(fields), fields);
    nct_status status =
        nct_invitation_send(invitation, NCT_TEXT("olivia.owner"), NCT_TEXT(CLINIC), id, sizeof id, NULL);
    expect(status, NCT_OK, "nct_invitation_send");
    nct_form_free(invitation);
    status = nct_invitation_take_back(portal, NCT_TEXT("olivia.owner"), NCT_TEXT(CLINIC), id, NCT_INVITATION_ID_LENGTH);
    expect(status, NCT_OK, "nct_invitation_take_back");
}

int main(void) {
    nct_portal *portal = NULL;
    expect(nct_portal_open_in_memory(&portal), NCT_OK, "nct_portal_open_in_memory");
    enroll_clinic(portal);
    add_user(portal, "frank.front", "Frank", "Front", "eligibility.inquiry");
    check(portal);
    explain(portal);
    ask_often(portal);
    grant(portal);
    list(portal);
    revoke(portal);
    invite(portal);
    nct_portal_close(portal);
    return 0;
}
