#include "policy/check.h"
#include "base/about.h"

#include "policy/rules.h"

#include <stdio.h>
#include <string.h>

/* A signed record names the profile: the name has to be the profile's own. */
static void check_name(struct nct_check *check) {
    const struct nct_profile *profile = &check->policy->profile;
    const struct nct_profile *dated = nct_profile_find(profile->name);
    if (profile->name[0] == '\0')
        nct_contradict(check, "name", "the profile has no name");
    else if (dated != NULL && !nct_rules_equal(profile, dated))
        nct_contradict(check, "name", "this is the name of a dated profile, whose rules are others");
}

/* What is stated is within its bounds, since nothing else can be set; but all has to be stated. */
static void check_terms(struct nct_check *check) {
    for (size_t i = 0; i < nct_rule_count(); i++) {
        const struct nct_rule_row *row = nct_rule_at(i);
        char value[NCT_RULE_VALUE_MAX + 1];
        if (strncmp(nct_rule_path(i), "term.", 5) == 0 &&
            nct_rule_get(check->policy, row->path, value, sizeof value, NULL) == NCT_OK && value[0] == '\0')
            nct_contradict(check, row->path, "the term is not stated");
    }
}

static void check_notices(struct nct_check *check) {
    if (check->policy->profile.reverify_hour == 0)
        nct_contradict(check, "reverify.hour", "the hour is not stated");
    const int32_t *notices = check->policy->profile.notices;
    for (size_t i = 1; i < NCT_NOTICES; i++)
        if (notices[i] >= notices[i - 1] && notices[i] != 0) {
            nct_contradict(check, "notices", "each number of days has to be less than the one before");
            return;
        }
}

/* Somebody has to be able to receive a PIN, and only a registration has a registrant. */
static void check_deliveries(struct nct_check *check) {
    static const char *const paths[NCT_OCCASION_COUNT][2] = {
        [NCT_ON_REGISTRATION] = {"pin.registration.to", "pin.registration.mail"},
        [NCT_ON_ENROLLMENT] = {"pin.enrollment.to", "pin.enrollment.mail"},
        [NCT_ON_USER_ADDED] = {"pin.user_added.to", "pin.user_added.mail"},
        [NCT_ON_RESET] = {"pin.reset.to", "pin.reset.mail"},
    };
    for (int32_t occasion = 0; occasion < NCT_OCCASION_COUNT; occasion++) {
        const struct nct_delivery *plan = &check->policy->profile.deliveries[occasion];
        if (nct_recipient_name((int32_t)plan->recipient) == NULL)
            nct_contradict(check, paths[occasion][0], "nobody would receive the PIN");
        else if (plan->recipient == NCT_TO_REGISTRANT && occasion != NCT_ON_REGISTRATION)
            nct_contradict(check, paths[occasion][0], "only a registration has a registrant");
        if (nct_pin_mail_name((int32_t)plan->mail) == NULL)
            nct_contradict(check, paths[occasion][1], "no mail is named to send the PIN in");
    }
}

/* Whoever redirects payments unseen has them: somebody the change does not depend on is told. */
static void check_eft_notices(struct nct_check *check) {
    const uint32_t there = NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_PROVIDER;
    if ((check->policy->profile.eft_change_notices & there) == 0)
        nct_contradict(check, "notice.eft_change", "neither the Office Administrator nor the provider would be told");
}

/* A party that a change does not have would be told of nothing, which the profile would not show. */
static void check_parties(struct nct_check *check) {
    const struct nct_profile *profile = &check->policy->profile;
    const uint32_t by_person = NCT_PARTY_SIGNER | NCT_PARTY_PREPARER;
    const uint32_t of_change = NCT_PARTY_NEW_OFFICE_ADMINISTRATOR | NCT_PARTY_PAY_TO;
    const struct {
        const char *path;
        uint32_t named;
        uint32_t lacking;
    } rules[] = {
        {"notice.oa_change", profile->oa_change_notices, by_person | NCT_PARTY_PAY_TO},
        {"notice.eft_change", profile->eft_change_notices, by_person | NCT_PARTY_NEW_OFFICE_ADMINISTRATOR},
        {"notice.application", profile->application_notices, of_change},
        {"notice.request", profile->request_notices, of_change},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        for (int32_t bit = 0; nct_party_name(bit) != NULL; bit++)
            if ((rules[i].named & rules[i].lacking & NCT_BIT(bit)) != 0)
                nct_contradict(check, rules[i].path, "there is no %s to be told", nct_party_name(bit));
}

/* Before, and not in the moment it begins to wait. */
static void check_abandon(struct nct_check *check) {
    const struct nct_profile *profile = &check->policy->profile;
    if (profile->abandon_notice_days != 0 && profile->abandon_notice_days >= profile->terms[NCT_TERM_ABANDON_DAYS])
        nct_contradict(check, "abandon.notice_days", "has to be less than term.abandon_days");
}

/* S2. That an organization is nobody's person is not up to a profile. */
static uint32_t oa_may_be(const struct nct_policy *policy, int32_t holder) {
    uint32_t allowed = policy->profile.oa_standing[holder];
    return holder == NCT_HOLDER_ORGANIZATION ? allowed & ~NCT_BIT(NCT_RELATIONSHIP_PROVIDER) : allowed;
}

static void check_holders(struct nct_check *check) {
    static const char *const paths[NCT_HOLDER_COUNT] = {
        [NCT_HOLDER_INDIVIDUAL] = "office_administrator.individual",
        [NCT_HOLDER_ORGANIZATION] = "office_administrator.organization",
        [NCT_HOLDER_ATYPICAL] = "office_administrator.atypical",
    };
    for (int32_t holder = NCT_HOLDER_INDIVIDUAL; holder < NCT_HOLDER_COUNT; holder++)
        if (oa_may_be(check->policy, holder) == 0)
            nct_contradict(check, paths[holder], "nobody could be Office Administrator of such a provider");
}

/* Whether anybody could ever carry an authority. */
static int reachable(const struct nct_policy *policy, int32_t authority) {
    uint32_t obtainable = nct_roles_obtainable(policy);
    for (int32_t role = NCT_ROLE_OFFICE_ADMINISTRATOR; role < NCT_ROLE_COUNT; role++)
        if ((obtainable & NCT_BIT(role)) != 0 && nct_policy_role_has(policy, role, authority))
            return 1;
    return 0;
}

/* Any right with a name is held by the Office Administrator at least, see nct_check_roles(). */
static void check_submissions(struct nct_check *check) {
    for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; kind < NCT_SUBMISSION_COUNT; kind++) {
        char path[NCT_POLICY_PROBLEM_PATH];
        int32_t right = nct_policy_submit_needs(check->policy, kind);
        snprintf(path, sizeof path, "submission.%s.needs", nct_submission_name(kind));
        if (right < 0)
            nct_contradict(check, path, "what the submission needs is not stated");
        else if (right >= NCT_RIGHT_COUNT && !reachable(check->policy, right))
            nct_contradict(check, path, "no role that somebody can come to have carries %s",
                           nct_right_name(check->policy, right));
    }
}

/* Nobody accepts a version without a text, or a text without a version. */
static void check_agreement(struct nct_check *check) {
    int has_version = check->policy->texts[NCT_TEXT_AGREEMENT_VERSION][0] != '\0';
    int has_digest = check->policy->texts[NCT_TEXT_AGREEMENT_DIGEST][0] != '\0';
    if (has_version != has_digest)
        nct_contradict(check, has_version ? "agreement.digest" : "agreement.version",
                       "a signature agreement has both a version and a digest");
}

/* A person may stand on the record in several relationships, so only what no person can be is out of reach. */
static void check_signer(struct nct_check *check) {
    if (check->policy->profile.signer_standing == NCT_BIT(NCT_RELATIONSHIP_PROVIDER))
        nct_contradict(check, "signer.standing", "nobody could sign for an organization, which is nobody's person");
}

nct_status nct_policy_check(const nct_policy *policy, nct_policy_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (NCT_MISSING(policy))
        return NCT_E_ARGUMENT;
    struct nct_check check = {policy, problems != NULL ? nct_policy_problems_new() : NULL, 0};
    if (problems != NULL && check.problems == NULL)
        return NCT_E_NO_MEMORY;
    check_name(&check);
    nct_check_roles(&check);
    check_holders(&check);
    check_signer(&check);
    check_submissions(&check);
    check_deliveries(&check);
    check_notices(&check);
    check_eft_notices(&check);
    check_parties(&check);
    check_abandon(&check);
    check_terms(&check);
    check_agreement(&check);
    nct_policy_problems_finish(check.problems, problems);
    return check.found == 0 ? NCT_OK : NCT_E_PROFILE;
}
