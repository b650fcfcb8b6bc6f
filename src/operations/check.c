/* Asking: may this person do that, and why not. */
#include "operations/arguments.h"
#include "operations/people.h"
#include "services/groups.h"

#include <nctracks/access.h>
#include <nctracks/provider.h>

#include <stdio.h>
#include <string.h>

/* The arguments of a question, canonical. */
struct question {
    char ncid[NCT_NCID_ROOM];
    char provider[NCT_PROVIDER_ROOM];
    int32_t right;
};

static nct_status take_question(struct nct_portal *portal, const char *ncid, size_t ncid_len, const char *provider,
                                size_t provider_len, int32_t right, struct question *question) {
    if (portal == NULL || !nct_policy_knows(&portal->policy, right))
        return NCT_E_ARGUMENT;
    question->right = right;
    nct_status status = nct_take_ncid(ncid, ncid_len, question->ncid);
    return status == NCT_OK ? nct_take_provider(provider, provider_len, question->provider) : status;
}

nct_status nct_access_check(nct_portal *portal, const char *ncid, size_t ncid_len, const char *provider,
                            size_t provider_len, int32_t right) {
    struct question question;
    struct nct_grant_record grant;
    nct_status status = take_question(portal, ncid, ncid_len, provider, provider_len, right, &question);
    if (status == NCT_OK)
        status = nct_grant_read(portal, question.provider, question.ncid, &grant);
    struct nct_standing standing;
    if (status == NCT_OK)
        status = nct_standing_read(portal, question.provider, &grant, &standing);
    return status == NCT_OK ? nct_standing_decide(portal, &standing, right) : status;
}

struct nct_explanation {
    struct nct_memory memory;
    nct_status reason;
    int32_t role;
    char helper_ncid[NCT_NCID_ROOM];
    char helper_name[2 * NCT_NAME_ROOM];
    int unknown_provider;
    char help[1024];
    char text[2048];
};

struct explaining {
    const struct question *question;
    struct nct_explanation *explanation;
};

static nct_status find_helper(struct nct_unit *unit, const char *oa_ncid, struct nct_explanation *explanation) {
    unsigned char person[NCT_PERSON_ID];
    struct nct_person_record record;
    nct_status status = nct_person_find(unit, oa_ncid, person, &record);
    if (status != NCT_OK)
        return status == NCT_E_UNKNOWN_PERSON ? NCT_E_INTEGRITY : status;
    memcpy(explanation->helper_ncid, record.ncid, sizeof record.ncid);
    nct_person_name(&record, explanation->helper_name);
    return NCT_OK;
}

static nct_status explain(struct nct_unit *unit, void *argument) {
    const struct explaining *explaining = argument;
    const struct question *question = explaining->question;
    struct nct_explanation *explanation = explaining->explanation;
    struct nct_provider_record provider;
    struct nct_grant_record grant;
    size_t provider_len = strlen(question->provider);
    nct_status status = nct_unit_get(unit, &nct_type_provider, question->provider, provider_len, &provider);
    if (status != NCT_OK && status != NCT_E_NOT_FOUND)
        return status;
    explanation->unknown_provider = status == NCT_E_NOT_FOUND;
    if (provider.oa_ncid[0] == '\0') {
        explanation->reason = provider.state == NCT_PROVIDER_TERMINATED ? NCT_E_TERMINATED : NCT_E_NOT_REGISTERED;
        return NCT_OK;
    }
    status = nct_grant_get(unit, question->provider, question->ncid, &grant);
    struct nct_standing standing;
    if (status == NCT_OK)
        status = nct_standing_get(unit, question->provider, &grant, &standing);
    if (status != NCT_OK)
        return status;
    explanation->role = grant.role;
    explanation->reason = nct_standing_decide(unit->portal, &standing, question->right);
    if (explanation->reason == NCT_E_CLOCK)
        return NCT_E_CLOCK;
    if (provider.state == NCT_PROVIDER_TERMINATED)
        explanation->reason = NCT_E_TERMINATED;
    return find_helper(unit, provider.oa_ncid, explanation);
}

/* Whether a right or authority can come to somebody by a grant: with a role the Office Administrator gives. */
static int can_be_granted(const struct nct_policy *policy, int32_t right) {
    int found = right < NCT_RIGHT_COUNT;
    for (int32_t role = 1; role < NCT_ROLE_COUNT; role++)
        found |= nct_policy_role_manages(policy, NCT_ROLE_OFFICE_ADMINISTRATOR, role) &&
                 nct_policy_role_has(policy, role, right);
    return found;
}

static void write_help(const struct nct_policy *policy, const struct question *question,
                       struct nct_explanation *explanation) {
    char *help = explanation->help;
    size_t room = sizeof explanation->help;
    const char *name = explanation->helper_name;
    const char *ncid = explanation->helper_ncid;
    if (explanation->unknown_provider)
        snprintf(help, room, "There is no provider record of this id.");
    else if (explanation->reason == NCT_E_NOT_REGISTERED)
        snprintf(help, room, "The provider has to complete the registration first.");
    else if (explanation->reason == NCT_E_TERMINATED)
        snprintf(help, room, "Only the agency can reinstate the provider.");
    else if (explanation->reason == NCT_E_NOT_ON_RECORD)
        snprintf(help, room,
                 "A manage change request can put the person on the provider's record, which the agency keeps; ask the "
                 "Office Administrator, %s (%s), or the NCTracks Call Center, %s.",
                 name, ncid, nct_call_center_phone());
    else if (explanation->reason != NCT_OK && !can_be_granted(policy, question->right))
        snprintf(help, room, "Only the Office Administrator, %s (%s), can do this.", name, ncid);
    else if (explanation->reason != NCT_OK)
        snprintf(help, room, "The Office Administrator, %s (%s), can change this.", name, ncid);
}

static void write_text(const struct nct_policy *policy, const struct question *question,
                       struct nct_explanation *explanation) {
    const char *right = nct_right_name(policy, question->right);
    write_help(policy, question, explanation);
    if (explanation->reason == NCT_OK)
        snprintf(explanation->text, sizeof explanation->text, "Allowed: %s, as %s.", right,
                 nct_role_name(explanation->role));
    else
        snprintf(explanation->text, sizeof explanation->text, "Refused: %s. %s %s", right,
                 nct_status_message(explanation->reason), explanation->help);
}

nct_status nct_access_explain(nct_portal *portal, const char *ncid, size_t ncid_len, const char *provider,
                              size_t provider_len, int32_t right, nct_explanation **out) {
    struct question question;
    if (out == NULL)
        return NCT_E_ARGUMENT;
    *out = NULL;
    nct_status status = take_question(portal, ncid, ncid_len, provider, provider_len, right, &question);
    if (status != NCT_OK)
        return status;
    struct nct_explanation *explanation = nct_memory_take(&portal->seams.memory, sizeof *explanation);
    if (explanation == NULL)
        return NCT_E_NO_MEMORY;
    explanation->memory = portal->seams.memory;
    struct explaining explaining = {&question, explanation};
    status = nct_unit_read(portal, explain, &explaining);
    if (status == NCT_OK) {
        write_text(&portal->policy, &question, explanation);
        *out = explanation;
    } else {
        nct_explanation_free(explanation);
    }
    return status;
}

void nct_explanation_free(nct_explanation *explanation) {
    if (explanation == NULL)
        return;
    struct nct_memory memory = explanation->memory;
    nct_memory_give(&memory, explanation);
}

nct_status nct_explanation_reason(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->reason : NCT_E_ARGUMENT;
}

int32_t nct_explanation_role(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->role : NCT_ROLE_NONE;
}

const char *nct_explanation_text(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->text : NULL;
}

const char *nct_explanation_help(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->help : NULL;
}

const char *nct_explanation_helper_ncid(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->helper_ncid : NULL;
}

const char *nct_explanation_helper_name(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->helper_name : NULL;
}
