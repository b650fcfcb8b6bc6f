/* The table of rules: paths, what they mean, where they are kept. */
#include "policy/rules.h"
#include "base/about.h"

#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(struct nct_policy, member), sizeof(((struct nct_policy *)0)->member)
#define RULE(path, description, kind, member)                                                                          \
    { path, description, &nct_kind_##kind, AT(member), 0, 0, 0 }
#define ROLE(word, role)                                                                                               \
    RULE("role." word ".authorities", "Authorities of the role; they cannot be handed out.", authorities,              \
         profile.roles[role].authorities),                                                                             \
        RULE("role." word ".every_right", "Whether it holds all rights without their being granted.", yes_no,          \
             profile.roles[role].every_right),                                                                         \
        RULE("role." word ".by_request", "Whether an approved Office Administrator change request alone gives it.",    \
             yes_no, profile.roles[role].by_request),                                                                  \
        RULE("role." word ".manages", "Roles it gives, changes and takes away.", roles, profile.roles[role].manages),  \
        RULE("role." word ".from", "It is given only to somebody who has one of these roles; empty: to anybody.",      \
             roles, profile.roles[role].from),                                                                         \
        RULE("role." word ".standing",                                                                                 \
             "... who stands on the record in one of these relationships; empty: to anybody.", relationships,          \
             profile.roles[role].standing),                                                                            \
    {                                                                                                                  \
        "role." word ".most", "How many a record may have; empty: any number.", &nct_kind_number,                      \
            AT(profile.roles[role].most), 0, 1, 1000                                                                   \
    }
#define NEEDS(constant, word, ...)                                                                                     \
    RULE("submission." word ".needs", "The right or authority this submission needs.", right,                          \
         profile.submission_needs[NCT_SUBMISSION_##constant]),                                                         \
        {"submission." word ".level",                                                                                  \
         "Level at which the host has to have authenticated its signer (NIST SP 800-63B); empty: any.",                \
         &nct_kind_number,                                                                                             \
         AT(profile.submission_level[NCT_SUBMISSION_##constant]),                                                      \
         0,                                                                                                            \
         1,                                                                                                            \
         3},
#define DELIVERY(word, occasion)                                                                                       \
    RULE("pin." word ".to", "Who receives the mail with the PIN.", recipient, profile.deliveries[occasion].recipient), \
        RULE("pin." word ".mail", "Which mail it is.", mail, profile.deliveries[occasion].mail)
#define TERM(word, description, term, least, most)                                                                     \
    { "term." word, description, &nct_kind_number, AT(profile.terms[term]), 0, least, most }
#define OPTION(option)                                                                                                 \
    { NULL, NULL, &nct_kind_option, 0, 0, option, 0, 0 }
#define TEXT(path, description, text)                                                                                  \
    { path, description, &nct_kind_text, 0, 0, text, 0, 0 }
#define RIGHT(number)                                                                                                  \
    {                                                                                                                  \
        "right." #number, "A right of the host's own: its name and one line about it.", &nct_kind_host_right, 0, 0,    \
            number, 0, 0                                                                                               \
    }

/* Rights come before what needs them, and testing before the options whose bounds it lowers. */
static const struct nct_rule_row rows[] = {
    RULE("name", "The profile's name, which every signed record tells.", name, profile.name),
    RIGHT(32),
    RIGHT(33),
    RIGHT(34),
    RIGHT(35),
    RIGHT(36),
    RIGHT(37),
    RIGHT(38),
    RIGHT(39),
    RIGHT(40),
    RIGHT(41),
    RIGHT(42),
    RIGHT(43),
    RIGHT(44),
    RIGHT(45),
    RIGHT(46),
    RIGHT(47),
    RIGHT(48),
    RIGHT(49),
    RIGHT(50),
    RIGHT(51),
    RIGHT(52),
    RIGHT(53),
    RIGHT(54),
    RIGHT(55),
    RIGHT(56),
    RIGHT(57),
    RIGHT(58),
    RIGHT(59),
    RIGHT(60),
    RIGHT(61),
    RIGHT(62),
    RIGHT(63),
    ROLE("office_administrator", NCT_ROLE_OFFICE_ADMINISTRATOR),
    ROLE("backup_office_administrator", NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR),
    ROLE("user_administrator", NCT_ROLE_USER_ADMINISTRATOR),
    ROLE("managing_relationship", NCT_ROLE_MANAGING_RELATIONSHIP),
    ROLE("enrollment_specialist", NCT_ROLE_ENROLLMENT_SPECIALIST),
    ROLE("user", NCT_ROLE_USER),
    RULE("by_two", "Roles that are given by two people.", roles, profile.by_two),
    RULE("office_administrator.individual", "What the Office Administrator of an individual provider may be to it.",
         relationships, profile.oa_standing[NCT_HOLDER_INDIVIDUAL]),
    RULE("office_administrator.organization", "... of an organization.", relationships,
         profile.oa_standing[NCT_HOLDER_ORGANIZATION]),
    RULE("office_administrator.atypical", "... of an atypical provider.", relationships,
         profile.oa_standing[NCT_HOLDER_ATYPICAL]),
    RULE("signer.standing",
         "What the signer of an enrollment-type application must be on the record; empty: not asked.", relationships,
         profile.signer_standing),
    NCT_SUBMISSIONS(NEEDS) DELIVERY("registration", NCT_ON_REGISTRATION),
    DELIVERY("enrollment", NCT_ON_ENROLLMENT),
    DELIVERY("user_added", NCT_ON_USER_ADDED),
    DELIVERY("reset", NCT_ON_RESET),
    RULE("oa_change.at_once", "Whether a change of the Office Administrator needs no approval by the agency.", yes_no,
         profile.oa_change_at_once),
    RULE("notice.oa_change",
         "Who is told when a change of the Office Administrator is submitted, and when it is approved.", parties,
         profile.oa_change_notices),
    RULE("notice.eft_change", "Who is told when a change of EFT data is asked for, and when it is settled.", parties,
         profile.eft_change_notices),
    RULE("notice.application", "Who is told of each move of an application, and before it is abandoned.", parties,
         profile.application_notices),
    RULE("notice.request", "Who is told of each move of an FL2 or Prior Approval request.", parties,
         profile.request_notices),
    RULE("masks.administrator", "Contact data of a person that administrators see masked.", contact_texts,
         profile.masks[NCT_ONLOOKER_ADMINISTRATOR]),
    RULE("masks.operator", "... that operators see masked.", contact_texts, profile.masks[NCT_ONLOOKER_OPERATOR]),
    {"notices", "Days before a re-verification is due on which the provider is told, most first.", &nct_kind_numbers,
     AT(profile.notices), 0, 1, 366},
    {"reverify.hour", "Hour of the due date, local to the portal, until which an application is in time; 24: its end.",
     &nct_kind_number, AT(profile.reverify_hour), 0, 1, 24},
    {"reverify.change_days",
     "Days by which a manage change request under review puts the due date off; empty: it does not.", &nct_kind_number,
     AT(profile.change_days), 0, 1, 366},
    TERM("reverify_years", "Years from one re-verification to the next.", NCT_TERM_REVERIFY_YEARS, 1, 10),
    TERM("suspension_days", "Calendar days from the suspension to termination.", NCT_TERM_SUSPENSION_DAYS, 1, 366),
    TERM("abandon_days", "Days without reply until an application is abandoned.", NCT_TERM_ABANDON_DAYS, 1, 366),
    {"abandon.notice_days", "Days before an application is abandoned on which it is told; empty: it is not.",
     &nct_kind_number, AT(profile.abandon_notice_days), 0, 1, 366},
    TERM("fl2_days", "Age in days that the physician's signature on an FL2 may have.", NCT_TERM_FL2_DAYS, 1, 366),
    TERM("eft_confirm_days", "Days until an unconfirmed change of EFT data lapses.", NCT_TERM_EFT_CONFIRM_DAYS, 1, 366),
    TERM("approval_days", "Days until a change of access that a second person has to confirm lapses.",
         NCT_TERM_APPROVAL_DAYS, 1, 366),
    TERM("contact_days", "Days until an unconfirmed change of contact data lapses.", NCT_TERM_CONTACT_DAYS, 1, 366),
    TERM("address_days", "Days for which an address somebody had is still told what a thief would be after.",
         NCT_TERM_ADDRESS_DAYS, 1, 366),
    RULE("sign_in.second_step", "Whether signing in needs a code sent by mail, once a session.", yes_no,
         profile.second_step),
    {"password.least", "Characters a password that somebody chooses has at least; empty: 8.", &nct_kind_number,
     AT(profile.password_least), 0, 8, 64},
    TERM("extension_days", "Days by which an operator may put a due date off at a time.", NCT_TERM_EXTENSION_DAYS, 1,
         366),
    TEXT("time_zone", "The portal's time zone, as POSIX writes it in TZ, such as EST5EDT,M3.2.0,M11.1.0.",
         NCT_TEXT_TIME_ZONE),
    TEXT("call_center.phone", "Phone number of the call centre, as it is shown (S15).", NCT_TEXT_CALL_CENTER_PHONE),
    TEXT("call_center.email", "E-mail address of the call centre (S15).", NCT_TEXT_CALL_CENTER_EMAIL),
    TEXT("agreement.version", "Version of the signature agreement everybody accepts before they sign; empty: none.",
         NCT_TEXT_AGREEMENT_VERSION),
    TEXT("agreement.digest", "BLAKE2b-256 of its text, in hexadecimal; empty: none.", NCT_TEXT_AGREEMENT_DIGEST),
    OPTION(NCT_OPTION_TESTING),
    OPTION(NCT_OPTION_PIN_LENGTH),
    OPTION(NCT_OPTION_PIN_ATTEMPTS),
    OPTION(NCT_OPTION_PASSWORD_ATTEMPTS),
    OPTION(NCT_OPTION_DELAY_FROM),
    OPTION(NCT_OPTION_DELAY_FIRST),
    OPTION(NCT_OPTION_DELAY_LONGEST),
    OPTION(NCT_OPTION_KDF_MEMORY),
    OPTION(NCT_OPTION_KDF_PASSES),
    OPTION(NCT_OPTION_MAIL_LEASE),
    OPTION(NCT_OPTION_COMMIT_TRIES),
    OPTION(NCT_OPTION_REVIEW_TIME),
    OPTION(NCT_OPTION_REVIEW_REQUIRED),
    OPTION(NCT_OPTION_PERIOD),
    OPTION(NCT_OPTION_PERIOD_IDLE),
    OPTION(NCT_OPTION_PERIOD_LONGEST),
    OPTION(NCT_OPTION_TRY_LONGEST),
    OPTION(NCT_OPTION_REQUESTS_CONTACT),
    OPTION(NCT_OPTION_REQUESTS_PIN),
    OPTION(NCT_OPTION_REQUESTS_ACCESS),
    OPTION(NCT_OPTION_IDEMPOTENCY_TIME),
    OPTION(NCT_OPTION_EFT_CONFIRMED),
    OPTION(NCT_OPTION_CLOCK_BEHIND),
    OPTION(NCT_OPTION_CLOCK_QUIET),
    OPTION(NCT_OPTION_CLOCK_APART),
    OPTION(NCT_OPTION_SESSION_IDLE),
    OPTION(NCT_OPTION_SESSION_LONGEST),
    OPTION(NCT_OPTION_SESSION_MOST),
    OPTION(NCT_OPTION_CODE_TIME),
    OPTION(NCT_OPTION_CODE_ATTEMPTS),
    OPTION(NCT_OPTION_RESET_TIME),
    OPTION(NCT_OPTION_RESET_ATTEMPTS),
    OPTION(NCT_OPTION_REQUESTS_CODE),
    OPTION(NCT_OPTION_REQUESTS_PASSWORD),
    OPTION(NCT_OPTION_MAIL_TRIES),
    OPTION(NCT_OPTION_MAIL_BACKOFF),
    OPTION(NCT_OPTION_WORK_ASSIGNED),
    OPTION(NCT_OPTION_REQUESTS_DRAFT),
    OPTION(NCT_OPTION_INVITATION_TIME),
    OPTION(NCT_OPTION_INVITATION_REQUIRED),
    OPTION(NCT_OPTION_INVITATION_MOST),
    OPTION(NCT_OPTION_INVITATION_SENDS),
    OPTION(NCT_OPTION_REQUESTS_INVITATION),
    OPTION(NCT_OPTION_SIGNATURE_MAILED),
};
#define ROWS (sizeof rows / sizeof rows[0])
_Static_assert(ROWS <= NCT_RULES_MAX, "NCT_RULES_MAX is too small");

size_t nct_rule_count(void) {
    return ROWS;
}

const struct nct_rule_row *nct_rule_at(size_t index) {
    return index < ROWS ? &rows[index] : NULL;
}

/* The option's own name is its path. */
const char *nct_rule_path(size_t index) {
    const struct nct_rule_row *row = nct_rule_at(index);
    if (row == NULL)
        return NULL;
    return row->path != NULL ? row->path : nct_option_name(row->which);
}

const char *nct_rule_description(size_t index) {
    const struct nct_rule_row *row = nct_rule_at(index);
    if (row == NULL)
        return NULL;
    return row->description != NULL ? row->description : nct_option_description(row->which);
}

const char *nct_rule_type(size_t index) {
    return nct_rule_at(index) != NULL ? nct_rule_at(index)->kind->type : NULL;
}

const char *nct_rule_word(size_t index, size_t number) {
    const struct nct_rule_row *row = nct_rule_at(index);
    if (row == NULL || row->kind->word == NULL)
        return NULL;
    for (int32_t i = 0; i < row->kind->words; i++)
        if (row->kind->word(i) != NULL && number-- == 0)
            return row->kind->word(i);
    return NULL;
}

nct_status nct_rule_bounds(size_t index, int64_t *least, int64_t *most) {
    const struct nct_rule_row *row = nct_rule_at(index);
    if (row == NULL || NCT_MISSING(least) || NCT_MISSING(most))
        return NCT_E_ARGUMENT;
    if (row->kind == &nct_kind_option)
        return nct_option_bounds(row->which, least, most);
    *least = row->least;
    *most = row->most;
    return NCT_OK;
}

size_t nct_rule_place(const char *path, size_t len) {
    for (size_t i = 0; i < ROWS; i++)
        if (strlen(nct_rule_path(i)) == len && memcmp(nct_rule_path(i), path, len) == 0)
            return i;
    return ROWS;
}

nct_status nct_rule_get(const nct_policy *policy, const char *path, char *out, size_t capacity, size_t *out_len) {
    if (NCT_MISSING(policy) || NCT_MISSING(path) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    const struct nct_rule_row *row = nct_rule_at(nct_rule_place(path, strlen(path)));
    if (row == NULL)
        return NCT_E_UNKNOWN_FIELD;
    struct nct_writer writer = {out, capacity, 0};
    row->kind->write(policy, row, &writer);
    return nct_writer_end(&writer, out_len);
}

int nct_rules_equal(const struct nct_profile *left, const struct nct_profile *right) {
    _Static_assert(offsetof(struct nct_policy, profile) == 0, "offsets of rules are those in a profile");
    for (size_t i = 0; i < ROWS; i++)
        if (memcmp((const char *)left + rows[i].offset, (const char *)right + rows[i].offset, rows[i].size) != 0)
            return 0;
    return 1;
}
