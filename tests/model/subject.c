/* The operations of the model, done to the library. */
#include "subject.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOST_RIGHT 32

void give_up(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
    exit(2);
}

void must(nct_status status, const char *what) {
    if (status != NCT_OK)
        give_up("%s answered %s", what, nct_status_name(status));
}

const char *subject_status(nct_status status) {
    const char *name = nct_status_name(status);
    return strncmp(name, "NCT_E_", 6) == 0 ? name + 6 : name + 4;
}

void tell(char *answer, nct_status status) {
    (void)snprintf(answer, ANSWER_BYTES, "%s", subject_status(status));
}

/* What was told. */

struct told *told(struct register_of_told *all, int32_t kind, const char *written) {
    char name[NAME_BYTES];
    if (nct_ident_canonical(kind, written, strlen(written), name, sizeof name, NULL) != NCT_OK)
        (void)snprintf(name, sizeof name, "nobody");
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->entries[i].name, name) == 0)
            return &all->entries[i];
    if (all->count == NAMES || strlen(name) >= NAME_BYTES)
        give_up("the replay has no room for %s", name);
    struct told *fresh = &all->entries[all->count++];
    (void)snprintf(fresh->name, sizeof fresh->name, "%s", name);
    return fresh;
}

/* The last SECRETS_KEPT are kept: an older one is told as a wrong one, which it is. */
void keep(struct told *one, const char *secret) {
    (void)snprintf(one->secrets[one->count++ % SECRETS_KEPT], sizeof one->secrets[0], "%s", secret);
}

/* The number-th secret, or a wrong one: never by chance the one in force. */
void recall(struct told *one, size_t number, const char *wrong, char *out, size_t capacity) {
    const char *last = one->count > 0 ? one->secrets[(one->count - 1) % SECRETS_KEPT] : "";
    int kept = number > 0 && number <= one->count && one->count - number < SECRETS_KEPT;
    (void)snprintf(out, capacity, "%s", kept ? one->secrets[(number - 1) % SECRETS_KEPT] : wrong);
    if (number != one->count && strcmp(out, last) == 0)
        out[0] = out[0] == '1' ? '2' : '1';
}

/* The callbacks. */

static nct_status tell_time(int64_t *milliseconds, void *user_data) {
    const struct subject *subject = user_data;
    *milliseconds = subject->now;
    return NCT_OK;
}

/* SplitMix64: the same bytes in every run. */
static nct_status draw(void *bytes, size_t len, void *user_data) {
    struct subject *subject = user_data;
    unsigned char *out = bytes;
    for (size_t i = 0; i < len; i++) {
        uint64_t z = (subject->random_state += UINT64_C(0x9E3779B97F4A7C15));
        z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
        out[i] = (unsigned char)((z ^ (z >> 31)) >> 56);
    }
    return NCT_OK;
}

static const char *parameter(const nct_mail *mail, const char *name) {
    for (size_t i = 0; i < nct_mail_parameter_count(mail); i++)
        if (strcmp(nct_mail_parameter_name(mail, i), name) == 0)
            return nct_mail_parameter_value(mail, i);
    return "";
}

static nct_status deliver(const nct_mail *mail, void *user_data) {
    struct subject *subject = user_data;
    if (subject->mail_is_down)
        return NCT_E_MAILER;
    if (parameter(mail, "pin")[0] != '\0')
        keep(told(&subject->pins, NCT_IDENT_NCID, parameter(mail, "ncid")), parameter(mail, "pin"));
    if (strcmp(nct_mail_template(mail), "invitation.code") == 0)
        remember_code(subject, parameter(mail, "token"));
    else if (parameter(mail, "token")[0] != '\0')
        keep(told(&subject->tokens, NCT_IDENT_NCID, parameter(mail, "ncid")), parameter(mail, "token"));
    if (subject->mail_count == sizeof subject->mails / sizeof subject->mails[0])
        give_up("too many mails");
    (void)snprintf(subject->mails[subject->mail_count++], sizeof subject->mails[0], "%s:%s:%s", nct_mail_template(mail),
                   parameter(mail, "ncid"), nct_mail_recipient_address(mail));
    return NCT_OK;
}

/* The portal. */

#define BY_TWO "user_administrator user"
#define AGREEMENT_DIGEST                                                                                               \
    "6647ba3d194633a76ef8fca968f851cd0aa4682d46ff1803ae9f003839d5b39f" /* BLAKE2b-256 of AGREEMENT_TEXT */

/* A profile's name, and what it is to have beside: "2026+two+period+agreement". */
static nct_policy *make_policy(const char *name) {
    nct_policy *policy = NULL;
    char profile[32];
    (void)snprintf(profile, sizeof profile, "%.*s", (int)strcspn(name, "+"), name);
    must(nct_policy_new(profile, &policy), profile);
    if (strstr(name, "+two") != NULL) {
        (void)snprintf(profile + strlen(profile), sizeof profile - strlen(profile), ".by.two");
        must(nct_rule_set(policy, "name", profile, strlen(profile), NULL), "name");
        must(nct_rule_set(policy, "by_two", BY_TWO, strlen(BY_TWO), NULL), "by_two");
    }
    if (strstr(name, "+agreement") != NULL) {
        must(nct_rule_set(policy, "agreement.version", AGREEMENT_VERSION, strlen(AGREEMENT_VERSION), NULL), "version");
        must(nct_rule_set(policy, "agreement.digest", AGREEMENT_DIGEST, strlen(AGREEMENT_DIGEST), NULL), "digest");
    }
    must(nct_policy_set(policy, NCT_OPTION_PERIOD, strstr(name, "+period") != NULL), "NCT_OPTION_PERIOD");
    must(nct_policy_set(policy, NCT_OPTION_TESTING, 1), "NCT_OPTION_TESTING");
    must(nct_policy_set(policy, NCT_OPTION_KDF_MEMORY, 8), "NCT_OPTION_KDF_MEMORY");
    must(nct_policy_set(policy, NCT_OPTION_KDF_PASSES, 1), "NCT_OPTION_KDF_PASSES");
    /* more than a scenario asks for in a day: the model does not count requests */
    must(nct_policy_set(policy, NCT_OPTION_REQUESTS_CONTACT, 100), "NCT_OPTION_REQUESTS_CONTACT");
    must(nct_policy_set(policy, NCT_OPTION_REQUESTS_PIN, 100), "NCT_OPTION_REQUESTS_PIN");
    must(nct_policy_set(policy, NCT_OPTION_REQUESTS_ACCESS, 100), "NCT_OPTION_REQUESTS_ACCESS");
    /* few, so that the model comes to it */
    must(nct_policy_set(policy, NCT_OPTION_REQUESTS_DRAFT, 6), "NCT_OPTION_REQUESTS_DRAFT");
    must(nct_policy_set(policy, NCT_OPTION_REQUESTS_INVITATION, 8), "NCT_OPTION_REQUESTS_INVITATION");
    must(nct_policy_set(policy, NCT_OPTION_INVITATION_MOST, 5), "NCT_OPTION_INVITATION_MOST");
    must(nct_policy_set(policy, NCT_OPTION_INVITATION_SENDS, 2), "NCT_OPTION_INVITATION_SENDS");
    /* the clock goes where a scenario wants it: the model does not doubt it */
    must(nct_policy_set(policy, NCT_OPTION_CLOCK_BEHIND, INT64_C(253402300799999)), "NCT_OPTION_CLOCK_BEHIND");
    must(nct_policy_set(policy, NCT_OPTION_CLOCK_QUIET, INT64_C(253402300799999)), "NCT_OPTION_CLOCK_QUIET");
    must(nct_policy_name_right(policy, HOST_RIGHT, "host.imaging", "A right of the host"), "nct_policy_name_right");
    return policy;
}

static void set_callbacks(struct subject *subject, nct_config *config) {
    nct_clock clock;
    nct_random random;
    nct_mailer mailer;
    must(nct_clock_init(&clock, sizeof clock), "nct_clock_init");
    must(nct_random_init(&random, sizeof random), "nct_random_init");
    must(nct_mailer_init(&mailer, sizeof mailer), "nct_mailer_init");
    clock.now = tell_time;
    random.fill = draw;
    mailer.send = deliver;
    must(nct_config_set_clock(config, &clock, subject), "nct_config_set_clock");
    must(nct_config_set_random(config, &random, subject), "nct_config_set_random");
    must(nct_config_set_mailer(config, &mailer, subject), "nct_config_set_mailer");
}

struct subject *subject_new(const char *profile, uint64_t seed) {
    return subject_open(profile, seed, NULL, NULL);
}

static nct_status open_portal(struct subject *subject, nct_portal **out) {
    unsigned char key[NCT_MASTER_KEY_BYTES];
    nct_config *config = NULL;
    memset(key, 7, sizeof key);
    must(nct_config_new(&config), "nct_config_new");
    set_callbacks(subject, config);
    must(nct_config_set_policy(config, subject->policy), "nct_config_set_policy");
    must(nct_config_set_master_key(config, key, sizeof key), "nct_config_set_master_key");
    if (subject->store != NULL)
        must(nct_config_set_store(config, subject->store, subject->store_data), "nct_config_set_store");
    nct_status status = nct_portal_open(config, out);
    nct_config_free(config);
    return status;
}

struct subject *subject_open(const char *profile, uint64_t seed, const nct_store *store, void *user_data) {
    struct subject *subject = calloc(1, sizeof *subject);
    if (subject == NULL)
        give_up("no memory");
    subject->now = INT64_C(1767225600000);
    subject->random_state = seed;
    subject->policy = make_policy(profile);
    subject->store = store;
    subject->store_data = user_data;
    must(open_portal(subject, &subject->portal), "nct_portal_open");
    must(nct_portal_key_set(subject->portal, subject->keys, sizeof subject->keys, &subject->keys_len),
         "nct_portal_key_set");
    return subject;
}

void subject_free(struct subject *subject) {
    if (subject == NULL)
        return;
    nct_portal_close(subject->portal);
    nct_policy_free(subject->policy);
    free(subject->applications);
    free(subject->signed_ids);
    free(subject->invitations.at);
    free(subject->mailed_codes.at);
    free(subject);
}

/* Arguments. */

int given(const char *argument) {
    return strcmp(argument, "-") != 0;
}

int32_t number(const char *argument) {
    return (int32_t)strtol(argument, NULL, 10);
}

/* by NPI NCID role rights begin end */
struct terms subject_terms(const char *const *a) {
    return (struct terms){.ncid = a[2],
                          .role = number(a[3]),
                          .rights = strtoull(a[4], NULL, 16),
                          .from = strtoll(a[5], NULL, 10),
                          .until = strtoll(a[6], NULL, 10)};
}

static nct_status set_enrollment(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

static nct_status set_registration(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

static nct_status set_user(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

nct_status set_signing(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

void fill(setter set, void *form, const char *group, const char *field, const char *value) {
    char path[96];
    (void)snprintf(path, sizeof path, "%s%s", group, field);
    must(set(form, path, value, strlen(value)), path);
}

static void fill_person(setter set, void *form, const char *group, const char *ncid, const char *tag) {
    char email[80];
    (void)snprintf(email, sizeof email, strchr(tag, '@') != NULL ? "%.0s%s" : "%s.%s@people.example.org", ncid, tag);
    for (char *letter = email; *letter != '\0'; letter++)
        *letter = (char)(*letter >= 'A' && *letter <= 'Z' ? *letter + 32 : *letter);
    fill(set, form, group, "ncid", ncid);
    fill(set, form, group, "first_name", "Made");
    fill(set, form, group, "last_name", "Up");
    fill(set, form, group, "email", email);
    fill(set, form, group, "phone", "9195550101");
}

static void fill_account(setter set, void *form) {
    fill(set, form, "eft.", "routing_number", "123456780");
    fill(set, form, "eft.", "account_number", "000123456789");
    fill(set, form, "eft.", "account_type", "checking");
    fill(set, form, "eft.", "account_holder", "Made Up Clinic");
}

static void fill_administrator(setter set, void *form, const char *ncid, const char *relationship, const char *tag) {
    fill_person(set, form, "office_administrator.", ncid, tag);
    fill(set, form, "office_administrator.", "relationship", relationship);
    fill_account(set, form);
}

/* Providers. */

/* NPI kind administrator relationship tag */
static void enroll(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_ENROLLMENT, &form), "nct_form_new");
    fill(set_enrollment, form, "provider.", "npi", a[0]);
    fill(set_enrollment, form, "provider.", "kind", a[1]);
    fill(set_enrollment, form, "provider.", "name", "Made Up Clinic");
    fill(set_enrollment, form, "provider.", "tax_id", "12-3456789");
    fill(set_enrollment, form, "provider.", "email", "office@clinic.example.org");
    fill(set_enrollment, form, "provider.", "phone", "9195550100");
    if (given(a[2]))
        fill_administrator(set_enrollment, form, a[2], a[3], a[4]);
    nct_status status = nct_enrollment_submit(form, OPERATOR, strlen(OPERATOR), code, sizeof code, NULL);
    if (status == NCT_OK)
        keep(told(&subject->codes, NCT_IDENT_PROVIDER_ID, a[0]), code);
    nct_form_free(form);
    tell(answer, status);
}

/* NPI */
static void renew(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_status status =
        nct_provider_renew_code(subject->portal, OPERATOR, strlen(OPERATOR), npi, strlen(npi), code, sizeof code);
    if (status == NCT_OK)
        keep(told(&subject->codes, NCT_IDENT_PROVIDER_ID, npi), code);
    tell(answer, status);
}

/* NCID:role:rights */
static void fill_user(struct subject *subject, nct_form *form, size_t index, const char *tag, const char *argument) {
    char ncid[NAME_BYTES], rights[TERMS_RIGHTS_ROOM], group[32];
    int role = 0;
    uint64_t mask = 0;
    if (sscanf(argument, "%31[^:]:%d:%" SCNx64, ncid, &role, &mask) != 3)
        give_up("no user: %s", argument);
    (void)snprintf(group, sizeof group, "users[%zu].", index);
    terms_rights(subject->policy, mask, rights);
    fill_person(set_registration, form, group, ncid, tag);
    fill(set_registration, form, group, "role", nct_role_name(role));
    fill(set_registration, form, group, "rights", rights);
}

/* NPI code registrant administrator relationship tag users... */
static void register_provider(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char code[32];
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_REGISTRATION, &form), "nct_form_new");
    recall(told(&subject->codes, NCT_IDENT_PROVIDER_ID, a[0]), (size_t)number(a[1]), "0123456789ABCDEF", code,
           sizeof code);
    fill(set_registration, form, "provider.", "npi", a[0]);
    fill(set_registration, form, "provider.", "authorization_code", code);
    if (given(a[2]))
        fill_person(set_registration, form, "registrant.", a[2], a[5]);
    fill_administrator(set_registration, form, a[3], a[4], a[5]);
    for (size_t i = 6; i < line->count; i++)
        fill_user(subject, form, i - 6, a[5], a[i]);
    nct_status status = nct_registration_submit(form, NULL);
    nct_form_free(form);
    tell(answer, status);
}

/* NPI */
static void record(struct subject *subject, const struct line *line, char *answer) {
    nct_provider *provider = NULL;
    nct_status status = nct_provider_get(subject->portal, line->arguments[0], strlen(line->arguments[0]), &provider);
    tell(answer, status);
    if (status != NCT_OK)
        return;
    const char *oa = nct_provider_office_administrator(provider);
    const char *backup = nct_provider_backup_office_administrator(provider);
    (void)snprintf(answer, ANSWER_BYTES, "%s:%s:%s", nct_provider_state_name(nct_provider_state(provider)),
                   oa[0] != '\0' ? oa : "-", backup[0] != '\0' ? backup : "-");
    nct_provider_free(provider);
}

/* Access. */

/* by NPI NCID role rights tag */
static void add(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char rights[TERMS_RIGHTS_ROOM];
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_USER, &form), "nct_form_new");
    terms_rights(subject->policy, strtoull(a[4], NULL, 16), rights);
    fill_person(set_user, form, "", a[2], a[5]);
    fill(set_user, form, "", "role", nct_role_name(number(a[3])));
    fill(set_user, form, "", "rights", rights);
    tell(answer, nct_user_add(form, a[0], strlen(a[0]), a[1], strlen(a[1]), NULL));
    nct_form_free(form);
}

/* by NPI NCID role rights begin end */
static void grant(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    struct terms terms = subject_terms(a);
    tell(answer, terms_grant(subject->portal, a[0], a[1], &terms));
}

/* by NPI NCID */
static void revoke(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_access_revoke(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[2], strlen(a[2])));
}

/* NCID NPI */
static void leave(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_access_leave(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1])));
}

/* Many questions at once have the answers they have one by one. */
static void ask_again(struct subject *subject) {
    const char *ncids[QUESTIONS], *providers[QUESTIONS];
    nct_status answers[QUESTIONS];
    for (size_t i = 0; i < QUESTIONS; i++) {
        ncids[i] = subject->questions[i][0];
        providers[i] = subject->questions[i][1];
    }
    must(nct_access_check_many(subject->portal, QUESTIONS, providers, ncids, subject->asked, answers),
         "nct_access_check_many");
    for (size_t i = 0; i < QUESTIONS; i++)
        if (answers[i] != nct_access_check(subject->portal, providers[i], strlen(providers[i]), ncids[i],
                                           strlen(ncids[i]), subject->asked[i]))
            give_up("of many questions at once, one was answered otherwise: %s %s %" PRId32, ncids[i], providers[i],
                    subject->asked[i]);
}

/* NCID NPI right */
static void check(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    size_t place = subject->question_count++ % QUESTIONS;
    (void)snprintf(subject->questions[place][0], NAME_BYTES, "%s", a[0]);
    (void)snprintf(subject->questions[place][1], NAME_BYTES, "%s", a[1]);
    subject->asked[place] = number(a[2]);
    tell(answer, nct_access_check(subject->portal, a[1], strlen(a[1]), a[0], strlen(a[0]), number(a[2])));
    if (subject->question_count >= QUESTIONS)
        ask_again(subject);
}

/* NCID NPI right */
static void explain(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_explanation *explanation = NULL;
    nct_status status =
        nct_access_explain(subject->portal, a[1], strlen(a[1]), a[0], strlen(a[0]), number(a[2]), &explanation);
    tell(answer, status == NCT_OK ? nct_explanation_reason(explanation) : status);
    nct_explanation_free(explanation);
}

/* NCID NPI right */
static void can(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_actor *actor = NULL;
    nct_status status = nct_actor_load(subject->portal, a[0], strlen(a[0]), &actor);
    tell(answer, status == NCT_OK ? nct_actor_check(actor, a[1], strlen(a[1]), number(a[2])) : status);
    nct_actor_free(actor);
}

static size_t describe(const nct_grant_list *list, size_t index, const char *name, char *out, size_t capacity) {
    const char *by = nct_grant_list_granted_by(list, index);
    return (size_t)snprintf(out, capacity, "%s:%" PRId32 ":%" PRIx64 ":%" PRId64 ":%" PRId64 ":%s", name,
                            nct_grant_list_role(list, index), nct_grant_list_rights(list, index),
                            nct_grant_list_valid_from(list, index), nct_grant_list_valid_until(list, index),
                            by[0] != '\0' ? by : "-");
}

static nct_status list_page(struct subject *subject, const struct listing *what, const char *cursor,
                            nct_grant_list **out) {
    size_t len = strlen(what->name), cursor_len = strlen(cursor);
    const char *after = cursor_len > 0 ? cursor : NULL;
    nct_portal *portal = subject->portal;
    if (what->right == LEFT_BY_A_FORMER_OA)
        return nct_oa_change_list_to_review(portal, what->name, len, after, cursor_len, PAGE, out);
    if (what->right == UNUSED)
        return nct_access_list_unused(portal, what->name, len, what->since, after, cursor_len, PAGE, out);
    if (what->right == UNCERTIFIED)
        return nct_access_list_uncertified(portal, what->name, len, what->since, after, cursor_len, PAGE, out);
    if (what->right == MEMBERS)
        return nct_group_members(portal, what->name, len, what->group, strlen(what->group), after, cursor_len, PAGE,
                                 out);
    if (what->right >= 0)
        return (what->by_person ? nct_access_where_can : nct_access_who_can)(portal, what->name, len, what->right,
                                                                             after, cursor_len, PAGE, out);
    return (what->by_person ? nct_access_list_by_person : nct_access_list_by_provider)(portal, what->name, len, after,
                                                                                       cursor_len, PAGE, out);
}

static size_t describe_page(const nct_grant_list *list, const struct listing *what, char *answer, size_t len) {
    for (size_t i = 0; i < nct_grant_list_count(list) && len + 256 < ANSWER_BYTES; i++) {
        const char *other = what->by_person ? nct_grant_list_provider(list, i) : nct_grant_list_ncid(list, i);
        if (len > 0)
            answer[len++] = ',';
        len += what->right == ALL_OF_THEM ? describe(list, i, other, answer + len, ANSWER_BYTES - len)
                                          : (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s", other);
    }
    return len;
}

static int by_name(const void *a, const void *b) {
    const char *one = *(const char *const *)a, *other = *(const char *const *)b;
    size_t one_len = strcspn(one, ":"), other_len = strcspn(other, ":");
    int order = memcmp(one, other, one_len < other_len ? one_len : other_len);
    return order != 0 ? order : (one_len > other_len) - (one_len < other_len);
}

void sort_answer(char *answer) {
    static char copy[ANSWER_BYTES];
    static char *items[ANSWER_BYTES / 2];
    size_t count = 0;
    (void)snprintf(copy, sizeof copy, "%s", answer);
    for (char *item = strtok(copy, ","); item != NULL; item = strtok(NULL, ","))
        items[count++] = item;
    qsort(items, count, sizeof *items, by_name);
    for (size_t i = 0, len = 0; i < count; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", i > 0 ? "," : "", items[i]);
}

void describe_all(struct subject *subject, const struct listing *what, char *answer) {
    char cursor[64] = "";
    int32_t more = 1;
    size_t len = 0;
    (void)snprintf(answer, ANSWER_BYTES, "-");
    while (more) {
        nct_grant_list *list = NULL;
        nct_status status = list_page(subject, what, cursor, &list);
        if (status != NCT_OK) {
            tell(answer, status);
            return;
        }
        len = describe_page(list, what, answer, len);
        (void)snprintf(cursor, sizeof cursor, "%s", nct_grant_list_cursor(list));
        more = nct_grant_list_more(list);
        nct_grant_list_free(list);
    }
    sort_answer(answer);
}

/* NPI */
static void users(struct subject *subject, const struct line *line, char *answer) {
    describe_all(subject, &(struct listing){.name = line->arguments[0], .right = ALL_OF_THEM}, answer);
}

/* NCID */
static void serves(struct subject *subject, const struct line *line, char *answer) {
    describe_all(subject, &(struct listing){.name = line->arguments[0], .by_person = 1, .right = ALL_OF_THEM}, answer);
}

/* by, NPI or "-", NCID */
static void look(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *npi = strcmp(a[1], "-") == 0 ? NULL : a[1];
    nct_person *person = NULL;
    nct_status status = nct_person_read(subject->portal, a[0], strlen(a[0]), npi, npi != NULL ? strlen(npi) : 0, a[2],
                                        strlen(a[2]), &person);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%s:%s:%s", nct_person_ncid(person), nct_person_email(person),
                       nct_person_phone(person), nct_pin_state_name(nct_person_pin_state(person)));
    nct_person_free(person);
}

/* one of the NCT_SEARCH constants, text */
static void find(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_person_list *list = NULL;
    size_t len = 0;
    nct_status status =
        nct_person_search(subject->portal, (int32_t)number(a[0]), a[1], strlen(a[1]), NULL, 0, 1000, &list);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "-");
    for (size_t i = 0; i < nct_person_list_count(list); i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", i > 0 ? "," : "",
                                nct_person_ncid(nct_person_list_at(list, i)));
    nct_person_list_free(list);
    if (status == NCT_OK)
        sort_answer(answer);
}

/* NCID */
static void messages(struct subject *subject, const struct line *line, char *answer) {
    const char *ncid = line->arguments[0];
    nct_message_list *list = NULL;
    size_t len = 0;
    nct_status status = nct_message_list_page(subject->portal, ncid, strlen(ncid), NULL, 0, 10, &list);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "-");
    for (size_t i = 0; i < nct_message_list_count(list); i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", i > 0 ? "," : "",
                                nct_message_list_template(list, i));
    nct_message_list_free(list);
}

/* by, NPI */
static void people_at(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_grant_list *list = NULL;
    size_t len = 0;
    nct_status status =
        nct_person_list_page(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), NULL, 0, 1000, &list);
    tell(answer, status);
    for (size_t i = 0; i < nct_grant_list_count(list); i++) {
        const nct_person *person = nct_grant_list_person(list, i);
        len +=
            (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s:%s:%s", i > 0 ? "," : "", nct_person_ncid(person),
                             nct_person_email(person), nct_pin_state_name(nct_person_pin_state(person)));
    }
    nct_grant_list_free(list);
    if (status == NCT_OK)
        sort_answer(answer);
}

/* NPI right */
static void who_can(struct subject *subject, const struct line *line, char *answer) {
    describe_all(subject, &(struct listing){.name = line->arguments[0], .right = number(line->arguments[1])}, answer);
}

/* NCID right */
static void where_can(struct subject *subject, const struct line *line, char *answer) {
    describe_all(subject,
                 &(struct listing){.name = line->arguments[0], .by_person = 1, .right = number(line->arguments[1])},
                 answer);
}

/* NCID NPI */
static void all_rights(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    uint64_t rights = 0, authorities = 0;
    nct_status status =
        nct_access_rights(subject->portal, a[1], strlen(a[1]), a[0], strlen(a[0]), &rights, &authorities);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%" PRIx64 ":%" PRIx64, rights, authorities);
}

/* Changes of hands. */

/* NPI */
static void terminate(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    tell(answer,
         nct_provider_terminate(subject->portal, OPERATOR, strlen(OPERATOR), npi, strlen(npi), REASON, strlen(REASON)));
}

/* NPI */
static void reinstate(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    tell(answer,
         nct_provider_reinstate(subject->portal, OPERATOR, strlen(OPERATOR), npi, strlen(npi), REASON, strlen(REASON)));
}

static nct_status set_oa_change(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

/* NCID password NPI code relationship */
static void oa_change(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char code[32];
    int32_t state = 0;
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_OA_CHANGE, &form), "nct_form_new");
    recall(told(&subject->codes, NCT_IDENT_PROVIDER_ID, a[2]), (size_t)number(a[3]), "0123456789ABCDEF", code,
           sizeof code);
    fill(set_oa_change, form, "provider.", "npi", a[2]);
    fill(set_oa_change, form, "provider.", "authorization_code", code);
    fill(set_oa_change, form, "office_administrator.", "ncid", a[0]);
    fill(set_oa_change, form, "office_administrator.", "password", a[1]);
    fill(set_oa_change, form, "office_administrator.", "relationship", a[4]);
    fill(set_oa_change, form, "request.", "role", a[5]);
    nct_status status = nct_oa_change_submit(form, &state, NULL);
    nct_form_free(form);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s", nct_request_state_name(state));
}

/* operator NPI */
static void oa_approve(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer,
         nct_oa_change_approve(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), REASON, strlen(REASON)));
}

/* NPI */
static void oa_deny(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    tell(answer,
         nct_oa_change_deny(subject->portal, OPERATOR, strlen(OPERATOR), npi, strlen(npi), REASON, strlen(REASON)));
}

/* NPI */
static void oa_request(struct subject *subject, const struct line *line, char *answer) {
    nct_oa_request *request = NULL;
    nct_status status = nct_oa_request_get(subject->portal, line->arguments[0], strlen(line->arguments[0]), &request);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%s:%s", nct_request_state_name(nct_oa_request_state(request)),
                       nct_oa_request_ncid(request), nct_oa_request_previous_ncid(request));
    nct_oa_request_free(request);
}

static nct_status set_eft_change(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

/* NCID password NPI */
static void eft_change(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    int32_t state = 0;
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_EFT_CHANGE, &form), "nct_form_new");
    fill(set_eft_change, form, "provider.", "npi", a[2]);
    fill(set_eft_change, form, "requester.", "ncid", a[0]);
    fill(set_eft_change, form, "requester.", "password", a[1]);
    fill_account(set_eft_change, form);
    nct_status status = nct_eft_change_submit(form, &state, NULL);
    nct_form_free(form);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s", nct_request_state_name(state));
}

/* operator NPI */
static void eft_confirm(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer,
         nct_eft_change_confirm(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), REASON, strlen(REASON)));
}

/* NPI */
static void eft_refuse(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    tell(answer,
         nct_eft_change_refuse(subject->portal, OPERATOR, strlen(OPERATOR), npi, strlen(npi), REASON, strlen(REASON)));
}

/* by NPI */
static void eft_withdraw(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_eft_change_withdraw(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1])));
}

/* NPI */
static void eft_request(struct subject *subject, const struct line *line, char *answer) {
    nct_eft_request *request = NULL;
    nct_status status = nct_eft_request_get(subject->portal, line->arguments[0], strlen(line->arguments[0]), &request);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%s", nct_request_state_name(nct_eft_request_state(request)),
                       nct_eft_request_ncid(request));
    nct_eft_request_free(request);
}

/* NPI */
static void to_review(struct subject *subject, const struct line *line, char *answer) {
    describe_all(subject, &(struct listing){.name = line->arguments[0], .right = LEFT_BY_A_FORMER_OA}, answer);
}

/* People on the record. */

static nct_status set_principal(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

static void relationship_names(uint64_t mask, char *out, size_t capacity) {
    size_t len = 0;
    out[0] = '\0';
    for (int32_t relationship = 1; relationship < 64; relationship++)
        if (mask >> relationship & 1)
            len += (size_t)snprintf(out + len, capacity - len, "%s%s", len > 0 ? " " : "",
                                    nct_relationship_name(relationship));
}

/* NPI NCID relationships begin end */
static void put(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char names[256];
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_PRINCIPAL, &form), "nct_form_new");
    relationship_names(strtoull(a[2], NULL, 16), names, sizeof names);
    fill(set_principal, form, "", "ncid", a[1]);
    fill(set_principal, form, "", "relationships", names);
    fill(set_principal, form, "", "first_name", "Made");
    fill(set_principal, form, "", "last_name", "Up");
    fill(set_principal, form, "", "email", "as.entered@people.example.org");
    tell(answer, nct_principal_put(form, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), strtoll(a[3], NULL, 10),
                                   strtoll(a[4], NULL, 10), NULL));
    nct_form_free(form);
}

/* NPI NCID */
static void take_off(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer,
         nct_principal_remove(subject->portal, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), a[1], strlen(a[1])));
}

/* NCID NPI */
static void stands_as(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    uint64_t relationships = 0;
    nct_status status = nct_principal_check(subject->portal, a[1], strlen(a[1]), a[0], strlen(a[0]), &relationships);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%" PRIx64, relationships);
}

static size_t describe_standing(const nct_principal_list *list, int by_person, char *answer, size_t len) {
    for (size_t i = 0; i < nct_principal_list_count(list) && len + 256 < ANSWER_BYTES; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s:%" PRIx64 ":%" PRId64 ":%" PRId64,
                                len > 0 ? "," : "",
                                by_person ? nct_principal_list_provider(list, i) : nct_principal_list_ncid(list, i),
                                nct_principal_list_relationships(list, i), nct_principal_list_valid_from(list, i),
                                nct_principal_list_valid_until(list, i));
    return len;
}

static void describe_all_standing(struct subject *subject, const char *name, int by_person, char *answer) {
    char cursor[64] = "";
    int32_t more = 1;
    size_t len = 0;
    (void)snprintf(answer, ANSWER_BYTES, "-");
    while (more) {
        nct_principal_list *list = NULL;
        nct_status status = (by_person ? nct_principal_list_by_person : nct_principal_list_by_provider)(
            subject->portal, name, strlen(name), cursor[0] != '\0' ? cursor : NULL, strlen(cursor), PAGE, &list);
        if (status != NCT_OK) {
            tell(answer, status);
            return;
        }
        len = describe_standing(list, by_person, answer, len);
        (void)snprintf(cursor, sizeof cursor, "%s", nct_principal_list_cursor(list));
        more = nct_principal_list_more(list);
        nct_principal_list_free(list);
    }
    sort_answer(answer);
}

/* NPI */
static void standing(struct subject *subject, const struct line *line, char *answer) {
    describe_all_standing(subject, line->arguments[0], 0, answer);
}

/* NCID */
static void stands_where(struct subject *subject, const struct line *line, char *answer) {
    describe_all_standing(subject, line->arguments[0], 1, answer);
}

static void tell_preview(nct_status status, nct_preview *preview, char *answer) {
    tell(answer, status == NCT_OK ? nct_preview_reason(preview) : status);
    if (status == NCT_OK && nct_preview_reason(preview) == NCT_OK)
        (void)snprintf(
            answer, ANSWER_BYTES, "%" PRId32 ":%" PRId32 ":%" PRIx64 ":%" PRIx64 ":%" PRIx64 ":%" PRIx64 ":%" PRId32,
            nct_preview_role_before(preview), nct_preview_role_after(preview), nct_preview_rights_gained(preview),
            nct_preview_rights_lost(preview), nct_preview_authorities_gained(preview),
            nct_preview_authorities_lost(preview), nct_preview_pin_suspended(preview));
    nct_preview_free(preview);
}

/* by NPI NCID role rights begin end */
static void preview_grant(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_preview *preview = NULL;
    struct terms terms = subject_terms(a);
    nct_status status = terms_preview(subject->portal, a[0], a[1], &terms, &preview);
    tell_preview(status, preview, answer);
}

/* by NPI NCID */
static void preview_revoke(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    nct_preview *preview = NULL;
    nct_status status = nct_access_preview_revoke(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[2],
                                                  strlen(a[2]), &preview);
    tell_preview(status, preview, answer);
}

static int compare_mails(const void *a, const void *b) {
    return strcmp(a, b);
}

static void mails(struct subject *subject, const struct line *line, char *answer) {
    size_t len = 0;
    (void)line;
    qsort(subject->mails, subject->mail_count, sizeof subject->mails[0], compare_mails);
    (void)snprintf(answer, ANSWER_BYTES, "-");
    for (size_t i = 0; i < subject->mail_count; i++)
        len += (size_t)snprintf(answer + len, ANSWER_BYTES - len, "%s%s", len > 0 ? "," : "", subject->mails[i]);
    subject->mail_count = 0;
}

/* The tables of roles. */

static void manages_role(struct subject *subject, const struct line *line, char *answer) {
    int32_t manages = nct_policy_role_manages(subject->policy, number(line->arguments[0]), number(line->arguments[1]));
    (void)snprintf(answer, ANSWER_BYTES, "%s", manages ? "yes" : "no");
}

static void carries(struct subject *subject, const struct line *line, char *answer) {
    int32_t has = nct_policy_role_has(subject->policy, number(line->arguments[0]), number(line->arguments[1]));
    (void)snprintf(answer, ANSWER_BYTES, "%s", has ? "yes" : "no");
}

static void needs(struct subject *subject, const struct line *line, char *answer) {
    int32_t right = 0;
    nct_status status = nct_policy_submission_needs(subject->policy, number(line->arguments[0]), &right);
    (void)snprintf(answer, ANSWER_BYTES, "%" PRId32, status == NCT_OK ? right : status);
}

/* Signatures. */

static void verify_receipt(struct subject *subject, const nct_signature *signature, const struct line *line) {
    size_t len = 0;
    const void *receipt = nct_signature_receipt(signature, &len);
    nct_signature *read = NULL;
    char document[80];
    (void)snprintf(document, sizeof document, "%s%s", DOCUMENT, line->count > 6 ? line->arguments[5] : "");
    must(nct_receipt_verify(receipt, len, subject->keys, subject->keys_len, document, strlen(document), &read),
         "nct_receipt_verify");
    struct about about;
    subject_about(subject_operation("sign"), line, &about);
    if (strcmp(nct_signature_ncid(read), about.person) != 0 ||
        strcmp(nct_signature_provider(read), about.provider) != 0)
        give_up("a receipt names another signer or provider");
    nct_signature_free(read);
    if (subject->signatures++ % 16 == 0 && nct_receipt_verify(receipt, len, subject->keys, subject->keys_len,
                                                              "Another document.", 17, NULL) != NCT_E_DOCUMENT)
        give_up("a receipt verified another document");
}

/* What a signature or a draft is of: document 0 is the one of signatures without an application. */
void fill_document(setter set, void *form, const char *number) {
    char name[16], content[80];
    (void)snprintf(name, sizeof name, "D%s", number);
    (void)snprintf(content, sizeof content, "%s%s", DOCUMENT, strcmp(number, "0") == 0 ? "" : number);
    fill(set, form, "document.", "id", name);
    fill(set, form, "document.", "version", "1");
    fill(set, form, "document.", "content", content);
}

const char *application_id(const struct subject *subject, const char *argument) {
    size_t place = (size_t)number(argument);
    return place > 0 && place <= subject->application_count ? subject->applications[place - 1]
                                                            : "00000000000000000000000000000000";
}

size_t remember_signature(struct subject *subject, const nct_signature *signature) {
    for (size_t i = 0; i < subject->signed_count; i++)
        if (strcmp(subject->signed_ids[i].id, nct_signature_id(signature)) == 0)
            return i + 1;
    subject->signed_ids = realloc(subject->signed_ids, (subject->signed_count + 1) * sizeof *subject->signed_ids);
    if (subject->signed_ids == NULL)
        give_up("no memory");
    struct signed_id *fresh = &subject->signed_ids[subject->signed_count++];
    (void)snprintf(fresh->id, sizeof fresh->id, "%s", nct_signature_id(signature));
    return subject->signed_count;
}

/* NCID password PIN NPI submission [document application] */
static void sign(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char pin[32];
    nct_form *form = NULL;
    nct_signature *signature = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_SIGNING, &form), "nct_form_new");
    if (line->count > 6)
        fill(set_signing, form, "application.", "id", application_id(subject, a[6]));
    recall(told(&subject->pins, NCT_IDENT_NCID, a[0]), (size_t)number(a[2]), "000000", pin, sizeof pin);
    fill(set_signing, form, "signer.", "ncid", a[0]);
    fill(set_signing, form, "signer.", "password", a[1]);
    fill(set_signing, form, "signer.", "pin", pin);
    fill(set_signing, form, "provider.", "npi", a[3]);
    fill(set_signing, form, "submission.", "kind", nct_submission_name(number(a[4])));
    fill_document(set_signing, form, line->count > 6 ? a[5] : "0");
    fill(set_signing, form, "attestation.", "version", "1");
    fill(set_signing, form, "attestation.", "text", "I agree.");
    nct_status status = nct_sign(form, NULL, &signature);
    if (status == NCT_OK) {
        verify_receipt(subject, signature, line);
        (void)remember_signature(subject, signature);
    }
    nct_signature_free(signature);
    nct_form_free(form);
    tell(answer, status);
}

/* Applications. */

static nct_status set_draft(void *form, const char *path, const void *value, size_t len) {
    return nct_form_set(form, path, value, len);
}

static nct_form *make_draft(struct subject *subject, const char *npi, const char *kind, const char *document,
                            const char *date) {
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_DRAFT, &form), "nct_form_new");
    fill(set_draft, form, "provider.", "npi", npi);
    fill(set_draft, form, "submission.", "kind", nct_submission_name(number(kind)));
    fill_document(set_draft, form, document);
    if (given(date))
        fill(set_draft, form, "physician.", "date", date);
    return form;
}

/* by NPI kind document date */
static void draft(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    nct_form *form = make_draft(subject, a[1], a[2], a[3], a[4]);
    nct_status status = nct_draft_save(form, a[0], strlen(a[0]), id, sizeof id, NULL);
    nct_form_free(form);
    tell(answer, status);
    if (status != NCT_OK)
        return;
    subject->applications = realloc(subject->applications, (subject->application_count + 1) * sizeof id);
    if (subject->applications == NULL)
        give_up("no memory");
    memcpy(subject->applications[subject->application_count++], id, sizeof id);
}

/* by NPI application kind document date */
static void revise(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = application_id(subject, a[2]);
    nct_form *form = make_draft(subject, a[1], a[3], a[4], a[5]);
    tell(answer, nct_draft_revise(form, a[0], strlen(a[0]), id, strlen(id), NULL));
    nct_form_free(form);
}

static int32_t move_named(const char *name) {
    int32_t move = 0;
    must(nct_move_from_name(name, &move), name);
    return move;
}

static void tell_state(nct_status status, int32_t state, char *answer) {
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s", nct_state_name(state));
}

/* NPI application move */
static void agency(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = application_id(subject, a[1]);
    int32_t state = 0;
    nct_status status = nct_application_decide(subject->portal, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), id,
                                               strlen(id), move_named(a[2]), REASON, strlen(REASON), &state);
    tell_state(status, state, answer);
}

/* by NPI application move */
static void act(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = application_id(subject, a[2]);
    int32_t state = 0;
    nct_status status = nct_application_act(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), id, strlen(id),
                                            move_named(a[3]), &state);
    tell_state(status, state, answer);
}

/* NPI application */
static void state(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = application_id(subject, a[1]);
    nct_application *application = NULL;
    nct_status status = nct_application_get(subject->portal, a[0], strlen(a[0]), id, strlen(id), &application);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%" PRIu64 ":%" PRId64,
                       nct_state_name(nct_application_state(application)), nct_application_moves(application),
                       nct_application_due_at(application));
    nct_application_free(application);
}

/* A page of what is due by now, settled one by one. */
static nct_status settle_page(struct subject *subject, size_t *count, size_t *total) {
    nct_due *due = NULL;
    nct_status status = nct_due_list(subject->portal, subject->now, NULL, 0, 20, &due);
    *count = nct_due_count(due);
    for (size_t i = 0; i < *count && status == NCT_OK; i++) {
        int32_t done = 0;
        const char *id = nct_due_id(due, i);
        status = nct_due_settle(subject->portal, OPERATOR, strlen(OPERATOR), id, strlen(id), &done);
        *total += done == 1;
    }
    nct_due_free(due);
    return status;
}

#define SETTLING 100 /* pages */

/* All that is due by now, until nothing is left */
static void settle(struct subject *subject, const struct line *line, char *answer) {
    size_t count = 1, total = 0, rounds = 0;
    nct_status status = NCT_OK;
    (void)line;
    for (; count > 0 && status == NCT_OK && rounds < SETTLING; rounds++)
        status = settle_page(subject, &count, &total);
    tell(answer, status);
    if (rounds == SETTLING)
        (void)snprintf(answer, ANSWER_BYTES, "without end");
    else if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%zu", total);
}

uint32_t fnv(const char *text) {
    uint32_t value = UINT32_C(0x811C9DC5);
    for (; *text != '\0'; text++)
        value = (value ^ (unsigned char)*text) * UINT32_C(0x01000193);
    return value;
}

static uint32_t digest(const nct_signature *signature) {
    char text[256];
    (void)snprintf(text, sizeof text, "%s:%s:%s:%s:%" PRId64, nct_signature_ncid(signature),
                   nct_signature_submission(signature), nct_signature_role(signature), nct_signature_right(signature),
                   nct_signature_signed_at(signature));
    return fnv(text);
}

static uint32_t digest_application(const nct_application *application) {
    char text[256];
    (void)snprintf(text, sizeof text, "%s:%s:%s:%" PRId64, nct_submission_name(nct_application_kind(application)),
                   nct_state_name(nct_application_state(application)), nct_application_drafted_by(application),
                   nct_application_drafted_at(application));
    return fnv(text);
}

/* NPI: how many applications there are, and a sum over what they say. */
static void all_of(struct subject *subject, const struct line *line, char *answer) {
    const char *npi = line->arguments[0];
    char cursor[80] = "";
    int32_t more = 1;
    size_t count = 0;
    uint32_t sum = 0;
    while (more) {
        nct_application_list *list = NULL;
        nct_status status = nct_application_list_by_provider(
            subject->portal, npi, strlen(npi), 0, cursor[0] != '\0' ? cursor : NULL, strlen(cursor), 20, &list);
        if (status != NCT_OK) {
            tell(answer, status);
            return;
        }
        for (size_t i = 0; i < nct_application_list_count(list); i++, count++)
            sum += digest_application(nct_application_list_at(list, i));
        (void)snprintf(cursor, sizeof cursor, "%s", nct_application_list_cursor(list));
        more = nct_application_list_more(list);
        nct_application_list_free(list);
    }
    (void)snprintf(answer, ANSWER_BYTES, "%zu:%" PRIx32, count, sum);
}

/* How many signatures there are, and a sum over what they say. */
static void sum_signatures(struct subject *subject, const char *name, int by_signer, char *answer) {
    char after[NCT_SIGNATURE_ID_LENGTH + 1] = "";
    size_t count = 0, page = 0;
    uint32_t sum = 0;
    do {
        nct_signature_list *list = NULL;
        nct_status status = (by_signer ? nct_signature_list_by_signer : nct_signature_list_by_provider)(
            subject->portal, name, strlen(name), after[0] != '\0' ? after : NULL, strlen(after), 50, &list);
        if (status != NCT_OK) {
            nct_signature_list_free(list); /* some are damaged: the others are there */
            tell(answer, status);
            return;
        }
        page = nct_signature_list_count(list);
        for (size_t i = 0; i < page; i++)
            sum += digest(nct_signature_list_at(list, i));
        if (page > 0)
            (void)snprintf(after, sizeof after, "%s", nct_signature_id(nct_signature_list_at(list, page - 1)));
        nct_signature_list_free(list);
        count += page;
    } while (page > 0);
    (void)snprintf(answer, ANSWER_BYTES, "%zu:%" PRIx32, count, sum);
}

/* NPI */
static void signatures(struct subject *subject, const struct line *line, char *answer) {
    sum_signatures(subject, line->arguments[0], 0, answer);
}

/* NCID */
static void signed_by(struct subject *subject, const struct line *line, char *answer) {
    sum_signatures(subject, line->arguments[0], 1, answer);
}

/* PINs and passwords. */

/* NCID password */
static void reset(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_pin_reset(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1])));
}

/* by NPI NCID */
static void reset_by(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer,
         nct_pin_reset_by_administrator(subject->portal, a[0], strlen(a[0]), a[1], strlen(a[1]), a[2], strlen(a[2])));
}

/* NCID */
static void reset_by_operator(struct subject *subject, const struct line *line, char *answer) {
    const char *ncid = line->arguments[0];
    tell(answer, nct_pin_reset_by_operator(subject->portal, OPERATOR, strlen(OPERATOR), ncid, strlen(ncid), REASON,
                                           strlen(REASON)));
}

/* by NPI|- NCID */
static void lost(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *npi = given(a[1]) ? a[1] : NULL;
    tell(answer, nct_pin_report_lost(subject->portal, a[0], strlen(a[0]), npi, npi != NULL ? strlen(npi) : 0, a[2],
                                     strlen(a[2])));
}

/* NCID */
static void lost_by_operator(struct subject *subject, const struct line *line, char *answer) {
    const char *ncid = line->arguments[0];
    tell(answer, nct_pin_report_lost_by_operator(subject->portal, OPERATOR, strlen(OPERATOR), ncid, strlen(ncid),
                                                 REASON, strlen(REASON)));
}

/* NCID password */
static void password(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    tell(answer, nct_password_set(subject->portal, OPERATOR, strlen(OPERATOR), a[0], strlen(a[0]), a[1], strlen(a[1])));
}

/* NCID */
static void pin(struct subject *subject, const struct line *line, char *answer) {
    const char *ncid = line->arguments[0];
    int32_t state = 0, failures = 0;
    nct_status status = nct_pin_status(subject->portal, ncid, strlen(ncid), &state, NULL, &failures);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%" PRId32, nct_pin_state_name(state), failures);
}

/* Another portal on the same store, as a process that begins opens it */
static void open_again(struct subject *subject, const struct line *line, char *answer) {
    nct_portal *portal = NULL;
    (void)line;
    tell(answer, open_portal(subject, &portal));
    nct_portal_close(portal);
}

/* Milliseconds */
static void set_clock(struct subject *subject, const struct line *line, char *answer) {
    subject->now = strtoll(line->arguments[0], NULL, 10);
    tell(answer, NCT_OK);
}

static const struct operation operations[] = {
    {"open", 0, open_again, -1, -1, -1, NULL, 0, NULL},
    {"clock", 1, set_clock, -1, -1, -1, NULL, 0, NULL},
    {"enroll", 5, enroll, -1, 0, 2, "provider.enrolled", 0, NULL},
    {"renew", 1, renew, -1, 0, -1, "authorization_code.renewed", 0, NULL},
    {"register", 6, register_provider, -1, 0, 3, "provider.registered", 0, "registration.refused"},
    {"record", 1, record, -1, 0, -1, NULL, 0, NULL},
    {"add", 6, add, 0, 1, 2, "access.granted", 0, "access.refused"},
    {"grant", 7, grant, 0, 1, 2, "access.granted", 0, "access.refused"},
    {"revoke", 3, revoke, 0, 1, 2, "access.revoked", 0, "access.refused"},
    {"leave", 2, leave, 0, 1, 0, "access.revoked", 0, NULL},
    {"check", 3, check, -1, 1, 0, NULL, 0, NULL},
    {"explain", 3, explain, -1, 1, 0, NULL, 0, NULL},
    {"can", 3, can, -1, 1, 0, NULL, 0, NULL},
    {"users", 1, users, -1, 0, -1, NULL, 0, NULL},
    {"serves", 1, serves, -1, -1, 0, NULL, 0, NULL},
    {"sign", 5, sign, -1, 3, 0, "signature.made", 0, "signature.refused"},
    {"signatures", 1, signatures, -1, 0, -1, NULL, 0, NULL},
    {"signed", 1, signed_by, -1, -1, 0, NULL, 0, NULL},
    {"reset", 2, reset, -1, -1, 0, "pin.reset", 1, "pin.reset_refused"},
    {"reset_by", 3, reset_by, 0, 1, 2, "pin.reset", 1, "pin.reset_refused"},
    {"reset_by_operator", 1, reset_by_operator, -1, -1, 0, "pin.reset", 1, NULL},
    {"lost", 3, lost, 0, 1, 2, "pin.lost", 1, "pin.reset_refused"},
    {"lost_by_operator", 1, lost_by_operator, -1, -1, 0, "pin.lost", 1, NULL},
    {"password", 2, password, -1, -1, 0, "password.set", 1, NULL},
    {"pin", 1, pin, -1, -1, 0, NULL, 0, NULL},
    {"draft", 5, draft, 0, 1, -1, "application.drafted", 0, NULL},
    {"revise", 6, revise, 0, 1, -1, "application.revised", 0, NULL},
    {"submit", 7, sign, -1, 3, 0, "signature.made", 0, "signature.refused"},
    {"agency", 3, agency, -1, 0, -1, "application.moved", 0, NULL},
    {"act", 4, act, 0, 1, -1, "application.moved", 0, NULL},
    {"state", 2, state, -1, 0, -1, NULL, 0, NULL},
    {"all_of", 1, all_of, -1, 0, -1, NULL, 0, NULL},
    {"settle", 0, settle, -1, -1, -1, NULL, 0, NULL},
    {"terminate", 1, terminate, -1, 0, -1, "provider.terminated", 0, NULL},
    {"reinstate", 1, reinstate, -1, 0, -1, "provider.reinstated", 0, NULL},
    {"oa_change", 6, oa_change, -1, 2, 0, "oa_change.submitted", 0, "oa_change.refused"},
    {"oa_approve", 2, oa_approve, -1, 1, -1, "oa.changed", 0, NULL},
    {"oa_deny", 1, oa_deny, -1, 0, -1, "oa_change.ended", 0, NULL},
    {"oa_request", 1, oa_request, -1, 0, -1, NULL, 0, NULL},
    {"eft_change", 3, eft_change, -1, 2, 0, "eft_change.requested", 0, NULL},
    {"eft_confirm", 2, eft_confirm, -1, 1, -1, "eft.changed", 0, NULL},
    {"eft_refuse", 1, eft_refuse, -1, 0, -1, "eft_change.ended", 0, NULL},
    {"eft_withdraw", 2, eft_withdraw, 0, 1, -1, "eft_change.ended", 0, NULL},
    {"eft_request", 1, eft_request, -1, 0, -1, NULL, 0, NULL},
    {"to_review", 1, to_review, -1, 0, -1, NULL, 0, NULL},
    {"put", 5, put, -1, 0, 1, "principal.listed", 0, NULL},
    {"remove", 2, take_off, -1, 0, 1, "principal.removed", 0, NULL},
    {"stands_as", 2, stands_as, -1, 1, 0, NULL, 0, NULL},
    {"standing", 1, standing, -1, 0, -1, NULL, 0, NULL},
    {"stands_where", 1, stands_where, -1, -1, 0, NULL, 0, NULL},
    {"all_rights", 2, all_rights, -1, 1, 0, NULL, 0, NULL},
    {"look", 3, look, 0, 1, 2, NULL, 0, NULL},
    {"messages", 1, messages, -1, -1, -1, NULL, 0, NULL},
    {"find", 2, find, -1, -1, -1, NULL, 0, NULL},
    {"people_at", 2, people_at, 0, 1, -1, NULL, 0, NULL},
    {"who_can", 2, who_can, -1, 0, -1, NULL, 0, NULL},
    {"where_can", 2, where_can, -1, -1, 0, NULL, 0, NULL},
    {"preview_grant", 7, preview_grant, 0, 1, 2, NULL, 0, NULL},
    {"preview_revoke", 3, preview_revoke, 0, 1, 2, NULL, 0, NULL},
    {"mails", 0, mails, -1, -1, -1, NULL, 0, NULL},
    {"manages_role", 2, manages_role, -1, -1, -1, NULL, 0, NULL},
    {"carries", 2, carries, -1, -1, -1, NULL, 0, NULL},
    {"needs", 1, needs, -1, -1, -1, NULL, 0, NULL},
};

static const struct operation *find_operation(const struct operation *some, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(some[i].name, name) == 0)
            return &some[i];
    return NULL;
}

const struct operation *subject_operation(const char *name) {
    const struct operation *found = find_operation(operations, sizeof operations / sizeof operations[0], name);
    const struct operations *const more[] = {&shared_operations, &person_operations, &signing_operations,
                                             &ledger_operations, &work_operations,   &invitation_operations};
    for (size_t i = 0; found == NULL && i < sizeof more / sizeof more[0]; i++)
        found = find_operation(more[i]->at, more[i]->count, name);
    return found;
}

static void plain(int32_t kind, const struct line *line, int place, char *out) {
    out[0] = '\0';
    if (place >= 0 && given(line->arguments[place]) &&
        nct_ident_canonical(kind, line->arguments[place], strlen(line->arguments[place]), out, NAME_BYTES, NULL) !=
            NCT_OK)
        out[0] = '\0';
}

void subject_about(const struct operation *operation, const struct line *line, struct about *about) {
    plain(NCT_IDENT_NCID, line, operation->by, about->by);
    plain(NCT_IDENT_PROVIDER_ID, line, operation->provider, about->provider);
    plain(NCT_IDENT_NCID, line, operation->person, about->person);
}
