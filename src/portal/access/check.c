/* Asking: may this person do that, and why not. */
#include "engine/handle/arguments.h"
#include "language/sentences.h"
#include "portal/access/admit.h"
#include "portal/registry/provider.h"
#include "portal/registry/standing.h"

#include <nctracks/access.h>
#include <nctracks/language.h>
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
    if (NCT_MISSING(portal))
        return NCT_E_ARGUMENT;
    if (!nct_policy_knows(&portal->policy, right))
        return nct_about_argument(NCT_E_ARGUMENT, "right");
    question->right = right;
    nct_status status = nct_take_ncid(ncid, ncid_len, question->ncid);
    return status == NCT_OK ? nct_take_provider(provider, provider_len, question->provider) : status;
}

nct_status nct_access_check(nct_portal *portal, const char *provider, size_t provider_len, const char *ncid,
                            size_t ncid_len, int32_t right) {
    struct question question;
    nct_status status = take_question(portal, ncid, ncid_len, provider, provider_len, right, &question);
    struct nct_standing standing;
    if (status == NCT_OK)
        status = nct_standing_read(portal, question.provider, question.ncid, &standing);
    return status == NCT_OK ? nct_about_argument(nct_standing_decide(portal, &standing, right), "ncid") : status;
}

#define HELP_ROOM 2048
#define RULE_ROOM 80

struct nct_explanation {
    struct nct_memory memory;
    nct_status reason;
    int32_t role;
    char helper_ncid[NCT_NCID_ROOM];
    char helper_name[NCT_PRINTED_NAME_ROOM];
    int unknown_provider;
    char granted_by[NCT_NCID_ROOM];
    int64_t granted_at;
    char profile[NCT_PROFILE_NAME_MAX];
    char rule[RULE_ROOM];
    const struct nct_languages *languages; /* the portal's */
    const struct nct_policy *policy;       /* likewise */
    char right[NCT_RIGHT_NAME_MAX + 1];
    enum nct_sentence advice; /* of a refusal */
    char help[HELP_ROOM];
    char text[2 * HELP_ROOM];
};

struct explaining {
    const struct question *question;
    struct nct_explanation *explanation;
};

static nct_status find_helper(struct nct_unit *unit, const unsigned char oa[NCT_PERSON_ID],
                              struct nct_explanation *explanation) {
    struct nct_person_record record;
    nct_status status = nct_person_get(unit, oa, &record);
    if (status != NCT_OK)
        return status;
    memcpy(explanation->helper_ncid, record.ncid, sizeof record.ncid);
    nct_person_name(&record, explanation->helper_name);
    return NCT_OK;
}

/* Which rule of a role decides, as nct_rule_get() names it; NULL where the grant alone does. */
static const char *deciding_rule(struct nct_portal *portal, const struct nct_standing *standing, int32_t right,
                                 nct_status reason) {
    const struct nct_role_rule *role = nct_policy_rule(&portal->policy, standing->role);
    if (reason == NCT_OK && right < NCT_RIGHT_COUNT)
        return role->every_right ? "every_right" : NULL;
    if (reason == NCT_OK || reason == NCT_E_NO_AUTHORITY)
        return "authorities";
    /* a role that is not in force lets nothing through; else the signer's standing is what lacks */
    if (reason == NCT_E_NOT_ON_RECORD && nct_standing_decide(portal, standing, NCT_RIGHT_TRAINING) == reason)
        return "standing";
    return NULL;
}

static nct_status note_basis(struct nct_unit *unit, const struct nct_grant_record *grant,
                             const struct nct_standing *standing, int32_t right, struct nct_explanation *explanation) {
    const char *rule = deciding_rule(unit->portal, standing, right, explanation->reason);
    explanation->granted_at = grant->granted_at;
    if (rule != NULL)
        snprintf(explanation->rule, sizeof explanation->rule, "role.%s.%s", nct_role_name(grant->role), rule);
    else if (explanation->reason == NCT_E_NOT_ON_RECORD)
        snprintf(explanation->rule, sizeof explanation->rule, "signer.standing");
    return nct_ncid_of(unit, grant->granted_by, explanation->granted_by);
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
    if (!nct_place_is_taken(provider.oa)) {
        explanation->reason = provider.state == NCT_PROVIDER_TERMINATED ? NCT_E_TERMINATED : NCT_E_NOT_REGISTERED;
        return NCT_OK;
    }
    struct nct_standing standing;
    status = nct_standing_find(unit, question->provider, question->ncid, &grant, &standing);
    if (status != NCT_OK)
        return status;
    explanation->role = grant.role;
    explanation->reason = nct_standing_decide(unit->portal, &standing, question->right);
    if (explanation->reason == NCT_E_CLOCK)
        return NCT_E_CLOCK;
    if (provider.state == NCT_PROVIDER_TERMINATED)
        explanation->reason = NCT_E_TERMINATED;
    if (grant.role != NCT_ROLE_NONE)
        status = note_basis(unit, &grant, &standing, question->right, explanation);
    return status == NCT_OK ? find_helper(unit, provider.oa, explanation) : status;
}

/* Whether a right or authority can come to somebody by a grant: with a role the Office Administrator gives. */
static int can_be_granted(const struct nct_policy *policy, int32_t right) {
    int found = right < NCT_RIGHT_COUNT;
    for (int32_t role = 1; role < NCT_ROLE_COUNT; role++)
        found |= nct_policy_role_manages(policy, NCT_ROLE_OFFICE_ADMINISTRATOR, role) &&
                 nct_policy_role_has(policy, role, right);
    return found;
}

static enum nct_sentence advise(const struct nct_policy *policy, const struct question *question,
                                const struct nct_explanation *explanation) {
    if (explanation->unknown_provider)
        return NCT_SENTENCE_NO_RECORD;
    if (explanation->reason == NCT_E_NOT_REGISTERED)
        return NCT_SENTENCE_REGISTER_FIRST;
    if (explanation->reason == NCT_E_TERMINATED)
        return NCT_SENTENCE_REINSTATE_FIRST;
    if (explanation->reason == NCT_E_NOT_ON_RECORD)
        return NCT_SENTENCE_CHANGE_RECORD;
    return can_be_granted(policy, question->right) ? NCT_SENTENCE_ASK_OA : NCT_SENTENCE_ONLY_OA;
}

static void write_help(const struct nct_explanation *explanation, const struct nct_languages *languages,
                       const char *language, struct nct_writer *writer) {
    const struct nct_parameter parameters[] = {{"name", explanation->helper_name},
                                               {"ncid", explanation->helper_ncid},
                                               {"call_center_phone", nct_call_center_phone(explanation->policy)},
                                               {NULL, NULL}};
    if (explanation->reason != NCT_OK)
        nct_sentence_write(languages, language, explanation->advice, parameters, writer);
}

static void write_text(const struct nct_explanation *explanation, const struct nct_languages *languages,
                       const char *language, struct nct_writer *writer) {
    char help[HELP_ROOM];
    struct nct_writer helping = {help, sizeof help, 0};
    write_help(explanation, languages, language, &helping);
    (void)nct_writer_end(&helping, NULL);
    const struct nct_parameter parameters[] = {{"right", explanation->right},
                                               {"role", nct_role_name(explanation->role)},
                                               {"reason", nct_status_text(languages, explanation->reason, language)},
                                               {"help", help},
                                               {NULL, NULL}};
    nct_sentence_write(languages, language, explanation->reason == NCT_OK ? NCT_SENTENCE_ALLOWED : NCT_SENTENCE_REFUSED,
                       parameters, writer);
}

/* The library's own English, whatever a host added. */
static void write_english(struct nct_explanation *explanation) {
    struct nct_writer help = {explanation->help, sizeof explanation->help, 0};
    struct nct_writer text = {explanation->text, sizeof explanation->text, 0};
    write_help(explanation, NULL, NCT_ENGLISH, &help);
    write_text(explanation, NULL, NCT_ENGLISH, &text);
    (void)nct_writer_end(&help, NULL);
    (void)nct_writer_end(&text, NULL);
}

static void complete(const struct nct_portal *portal, const struct question *question,
                     struct nct_explanation *explanation) {
    explanation->languages = &portal->languages;
    explanation->policy = &portal->policy;
    snprintf(explanation->profile, sizeof explanation->profile, "%s", nct_policy_profile(&portal->policy));
    explanation->advice = advise(&portal->policy, question, explanation);
    snprintf(explanation->right, sizeof explanation->right, "%s", nct_right_name(&portal->policy, question->right));
    write_english(explanation);
}

nct_status nct_access_explain(nct_portal *portal, const char *provider, size_t provider_len, const char *ncid,
                              size_t ncid_len, int32_t right, nct_explanation **out) {
    struct question question;
    if (NCT_MISSING(out))
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
        complete(portal, &question, explanation);
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

nct_code nct_explanation_reason(const nct_explanation *explanation) {
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

typedef void explanation_writer(const struct nct_explanation *explanation, const struct nct_languages *languages,
                                const char *language, struct nct_writer *writer);

static nct_status write_in(const nct_explanation *explanation, const char *language, explanation_writer *write,
                           char *out, size_t capacity, size_t *out_len) {
    const char *found = NULL;
    if (NCT_MISSING(explanation) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    nct_status status = nct_language_take(explanation->languages, language, &found);
    if (status != NCT_OK)
        return status;
    struct nct_writer writer = {out, capacity, 0};
    write(explanation, explanation->languages, found, &writer);
    return nct_writer_end(&writer, out_len);
}

nct_status nct_explanation_text_in(const nct_explanation *explanation, const char *language, char *out, size_t capacity,
                                   size_t *out_len) {
    return write_in(explanation, language, write_text, out, capacity, out_len);
}

nct_status nct_explanation_help_in(const nct_explanation *explanation, const char *language, char *out, size_t capacity,
                                   size_t *out_len) {
    return write_in(explanation, language, write_help, out, capacity, out_len);
}

const char *nct_explanation_granted_by(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->granted_by : NULL;
}

int64_t nct_explanation_granted_at(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->granted_at : 0;
}

const char *nct_explanation_profile(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->profile : NULL;
}

const char *nct_explanation_rule(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->rule : NULL;
}

const char *nct_explanation_helper_ncid(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->helper_ncid : NULL;
}

const char *nct_explanation_helper_name(const nct_explanation *explanation) {
    return explanation != NULL ? explanation->helper_name : NULL;
}
