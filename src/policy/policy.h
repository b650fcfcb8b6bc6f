/* The rulebook as the rest of the library reads it. */
#ifndef NCT_POLICY_POLICY_H
#define NCT_POLICY_POLICY_H

#include "base/date.h"
#include "base/memory.h"
#include "base/zone.h"
#include "policy/submissions.h"

#include <nctracks/option.h>
#include <nctracks/policy.h>
#include <nctracks/right.h>
#include <nctracks/role.h>
#include <nctracks/rule.h>
#include <nctracks/submission.h>

#define NCT_OPTION_COUNT 44
#define NCT_ROLE_COUNT 7
#define NCT_RELATIONSHIP_COUNT 5 /* relationships count from 1 */
#define NCT_RIGHT_NAME_MAX 40
#define NCT_RIGHT_DESCRIPTION_MAX 400 /* 100 characters of UTF-8 */
#define NCT_PROFILE_NAME_MAX 40       /* with "+testing" and a NUL */

/* Bit n of a mask of authorities is authority 64 + n; of roles, role n; of relationships, relationship n. */
#define NCT_AUTHORITY_BIT(a) (UINT64_C(1) << ((a)-NCT_RIGHT_COUNT))
#define NCT_BIT(n) (UINT32_C(1) << (n))

/* What a role may do under a profile, and who may have it. */
struct nct_role_rule {
    uint64_t authorities;
    uint32_t manages;    /* roles it gives, changes and takes away */
    uint32_t from;       /* only somebody who has one of these roles at the provider is given it; 0: anybody */
    uint32_t standing;   /* ... who stands on the record in one of these relationships; 0: anybody */
    int32_t most;        /* how many a record may have; 0: any number */
    int32_t every_right; /* holds all rights without their being granted */
    int32_t by_request;  /* nobody gives it by a grant: an approved OA change request does */
};

/* Which rules an OA has to meet depends on what the provider is. */
enum nct_holder { NCT_HOLDER_INDIVIDUAL = 1, NCT_HOLDER_ORGANIZATION, NCT_HOLDER_ATYPICAL, NCT_HOLDER_COUNT };

/* Who is told of a change; bits of a mask. */
enum nct_party {
    NCT_PARTY_OFFICE_ADMINISTRATOR = 1, /* the one there is */
    NCT_PARTY_NEW_OFFICE_ADMINISTRATOR = 2,
    NCT_PARTY_PROVIDER = 4,
    NCT_PARTY_OFFICERS = 8,  /* owners and managing employees on the record */
    NCT_PARTY_PAY_TO = 16,   /* the pay-to contact */
    NCT_PARTY_BACKUP = 32,   /* the backup OA; told all that the OA is told */
    NCT_PARTY_SIGNER = 64,   /* who signed an application last; these two while they have access */
    NCT_PARTY_PREPARER = 128 /* who began it */
};

/* What of a person's contact data is masked; bits of a mask. */
enum nct_contact_text { NCT_CONTACT_EMAIL = 1, NCT_CONTACT_PHONE = 2, NCT_CONTACT_ADDRESS = 4 };

/* From whom. Nothing is from the person. */
enum nct_onlooker { NCT_ONLOOKER_ADMINISTRATOR, NCT_ONLOOKER_OPERATOR, NCT_ONLOOKER_COUNT };

/* Terms a profile sets; a table like the others. */
enum nct_term {
    NCT_TERM_REVERIFY_YEARS,   /* from one re-verification to the next */
    NCT_TERM_SUSPENSION_DAYS,  /* from the due date, or its suspension, to termination */
    NCT_TERM_ABANDON_DAYS,     /* without reply, until an application is abandoned */
    NCT_TERM_FL2_DAYS,         /* age of the physician's signature on an FL2 */
    NCT_TERM_EFT_CONFIRM_DAYS, /* until an unconfirmed EFT change lapses */
    NCT_TERM_APPROVAL_DAYS,    /* until a change of access nobody confirmed lapses */
    NCT_TERM_CONTACT_DAYS,     /* until an unconfirmed change of contact data lapses */
    NCT_TERM_ADDRESS_DAYS,     /* for which an address somebody had is told what a thief would be after */
    NCT_TERM_EXTENSION_DAYS,   /* by which an operator may put a due date off at a time */
    NCT_TERM_COUNT
};
#define NCT_NOTICES 4
#define NCT_NEEDS_UNSAID (-1) /* what a submission needs is not stated */

/* Who receives the mail with a new PIN. */
enum nct_recipient { NCT_TO_REGISTRANT = 1, NCT_TO_SELF };

/* What a PIN is issued for; each has a delivery plan. */
enum nct_occasion {
    NCT_ON_REGISTRATION, /* several NCIDs entered in one CEP registration (S11) */
    NCT_ON_ENROLLMENT,   /* a new provider's designated OA (S16) */
    NCT_ON_USER_ADDED,   /* a user added later (S16) */
    NCT_ON_RESET,        /* any of the resets (S13) */
    NCT_OCCASION_COUNT
};

/* Mail templates; the texts are in portal/mail/text.c. */
enum nct_template {
    NCT_MAIL_PIN_ISSUED = 1,
    NCT_MAIL_PIN_FOR_OTHER,
    NCT_MAIL_PIN_RESET,
    NCT_MAIL_PIN_LOST,
    NCT_MAIL_CHECKPOINT,
    NCT_MAIL_CONTACT_REQUESTED,
    NCT_MAIL_CONTACT_REPLACED,
    NCT_MAIL_CONTACT_CHANGED,
    NCT_MAIL_CONTACT_WITHDRAWN,
    NCT_MAIL_CONTACT_WELCOME,
    NCT_MAIL_REVERIFY_NOTICE,
    NCT_MAIL_REVERIFY_SUSPENDED,
    NCT_MAIL_REVERIFY_TERMINATED,
    NCT_MAIL_OA_CHANGE_SUBMITTED,
    NCT_MAIL_OA_CHANGE_MADE,
    NCT_MAIL_OA_CHANGE_ENDED,
    NCT_MAIL_EFT_CHANGE_REQUESTED,
    NCT_MAIL_EFT_CHANGE_MADE,
    NCT_MAIL_EFT_CHANGE_ENDED,
    NCT_MAIL_NCID_CHANGED,
    NCT_MAIL_NCID_MERGED,
    NCT_MAIL_CONTACT_NOTICE,
    NCT_MAIL_PIN_RESET_NOTICE,
    NCT_MAIL_ACCESS_GIVEN,
    NCT_MAIL_ACCESS_LEFT,
    NCT_MAIL_CONTACT_CONTESTED,
    NCT_MAIL_PERSON_ADDED,
    NCT_MAIL_SIGN_IN_CODE,
    NCT_MAIL_PASSWORD_CODE,
    NCT_MAIL_PASSWORD_CHANGED,
    NCT_MAIL_PROVIDER_CHANGED,
    NCT_MAIL_SIGNATURE_MADE,
    NCT_MAIL_BACKUP_SUBMITTED, /* these three in the order of those of an OA change */
    NCT_MAIL_BACKUP_MADE,
    NCT_MAIL_BACKUP_ENDED,
    NCT_MAIL_DRAFT_DISCARDED,
    NCT_MAIL_INVITATION_OFFERED,
    NCT_MAIL_INVITATION_CODE,
    NCT_MAIL_INVITATION_ACCEPTED,
    NCT_MAIL_INVITATION_DECLINED,
    NCT_MAIL_AGREEMENT_ACCEPTED,
    NCT_MAIL_APPLICATION_RECEIVED,
    NCT_MAIL_APPLICATION_IN_REVIEW,
    NCT_MAIL_APPLICATION_RETURNED,
    NCT_MAIL_APPLICATION_INFORMATION,
    NCT_MAIL_APPLICATION_PAYMENT,
    NCT_MAIL_APPLICATION_ENDORSEMENT,
    NCT_MAIL_APPLICATION_APPROVED,
    NCT_MAIL_APPLICATION_MODIFIED,
    NCT_MAIL_APPLICATION_DENIED,
    NCT_MAIL_APPLICATION_WITHDRAWN,
    NCT_MAIL_APPLICATION_REMINDER,
    NCT_MAIL_APPLICATION_ABANDONED,
    NCT_MAIL_APPLICATION_ENDED,
    NCT_MAIL_ACCESS_CHANGED,
    NCT_MAIL_ACCESS_ENDED,
    NCT_MAIL_NOTHING
};

struct nct_delivery {
    enum nct_recipient recipient;
    enum nct_template mail;
};

/* One dated profile: every rule that has changed over the years or may. */
struct nct_profile {
    char name[NCT_PROFILE_NAME_MAX - 8];
    struct nct_role_rule roles[NCT_ROLE_COUNT];
    int32_t submission_needs[NCT_SUBMISSION_COUNT];
    struct nct_delivery deliveries[NCT_OCCASION_COUNT];
    uint32_t oa_standing[NCT_HOLDER_COUNT]; /* relationships an OA may have to the provider (S2) */
    uint32_t signer_standing;           /* ... the signer of an enrollment-type application must have; 0: not asked */
    uint32_t by_two;                    /* roles that are given by two people */
    int32_t oa_change_at_once;          /* an OA change needs no approval by the agency */
    uint32_t oa_change_notices;         /* parties told when an OA change is submitted, and when it is approved */
    uint32_t eft_change_notices;        /* ... when an EFT change is asked for, and when it is settled */
    uint32_t application_notices;       /* ... of each move of an application, and before it is abandoned */
    uint32_t request_notices;           /* ... of each move of an FL2 or Prior Approval request */
    uint32_t masks[NCT_ONLOOKER_COUNT]; /* contact data that is masked, by enum nct_onlooker */
    int32_t terms[NCT_TERM_COUNT];      /* by enum nct_term */
    int32_t notices[NCT_NOTICES];       /* days before a re-verification is due on which the provider is told */
    int32_t reverify_hour;              /* of the due date, until which an application is in time; 24: its end */
    int32_t abandon_notice_days;        /* before an application is abandoned it is told; 0: it is not */
    int32_t change_days;                /* by which a change under review puts the due date off; 0: it does not */
    int32_t second_step;                /* signing in needs a code sent by mail */
    int32_t password_least;             /* characters of a password somebody chooses */
    int32_t submission_level[NCT_SUBMISSION_COUNT]; /* NIST authenticator assurance level it needs; 0: none */
};

extern const struct nct_profile nct_profile_2013;
extern const struct nct_profile nct_profile_2022;
extern const struct nct_profile nct_profile_2025;
extern const struct nct_profile nct_profile_2026;

struct nct_host_right {
    char name[NCT_RIGHT_NAME_MAX + 1];
    char description[NCT_RIGHT_DESCRIPTION_MAX + 1];
};

/* Rules that are a text, outside the profile. */
enum nct_text_rule {
    NCT_TEXT_TIME_ZONE,
    NCT_TEXT_CALL_CENTER_PHONE,
    NCT_TEXT_CALL_CENTER_EMAIL,
    NCT_TEXT_AGREEMENT_VERSION, /* these two may be empty: none is asked */
    NCT_TEXT_AGREEMENT_DIGEST,
    NCT_TEXT_RULES
};
#define NCT_TEXT_RULE_ROOM 255 /* an address is the longest */

struct nct_policy {
    struct nct_profile profile;
    char name[NCT_PROFILE_NAME_MAX];
    int64_t options[NCT_OPTION_COUNT];
    uint64_t named_rights; /* rights that have a name; nobody holds another */
    struct nct_host_right host_rights[NCT_RIGHT_COUNT - NCT_RIGHT_HOST_FIRST];
    char texts[NCT_TEXT_RULES][NCT_TEXT_RULE_ROOM];
};

void nct_policy_usual_texts(struct nct_policy *policy);

/* The portal's time zone, and the day number there at a time. */
void nct_policy_zone(const struct nct_policy *policy, struct nct_zone *zone);
int64_t nct_policy_day(const struct nct_policy *policy, int64_t time);

/* A policy inside another object; the caller's memory. */
void nct_policy_set_defaults(struct nct_policy *policy, const struct nct_profile *profile);

/* Whether a right or authority has a name under a policy. */
int nct_policy_knows(const struct nct_policy *policy, int32_t right);

/* The rights and the number of authorities the library itself names. */
uint64_t nct_named_rights(void);
int32_t nct_authority_count(void);

/* Words of rules; NULL for a number without one. A party and a text by the number of its bit, an authority from 0. */
const char *nct_authority_name(int32_t index);

/* The rights and authorities the library itself names, by place; NULL past the end. */
const char *nct_library_right_name(size_t index);
const char *nct_library_right_title(size_t index);
const char *nct_library_right_description(size_t index);

const char *nct_party_name(int32_t bit);
const char *nct_contact_text_name(int32_t bit);
const char *nct_recipient_name(int32_t recipient);
const char *nct_pin_mail_name(int32_t mail);

/* Takes a host right's name away; NCT_E_STATE where a submission needs it. */
nct_status nct_policy_forget_right(struct nct_policy *policy, int32_t right);

/* The dated profile of a name; NULL for none. */
const struct nct_profile *nct_profile_find(const char *name);

/* Makes the name in signed records from the profile's name and the options. */
void nct_policy_name_self(struct nct_policy *policy);

/* An option that is known to exist. */
int64_t nct_policy_option(const struct nct_policy *policy, int32_t option);

/* Whether the OA of a provider may stand in this relationship to it (S2): NCT_OK or NCT_E_RELATIONSHIP. */
nct_status nct_policy_check_oa(const struct nct_policy *policy, const char *provider, int32_t kind,
                               int32_t relationship);

/* What submitting a kind needs, and what preparing it does; NCT_NO_RIGHT for an unknown kind, and where the policy does
 * not say: nobody has that. */
#define NCT_NO_RIGHT (-1)
int32_t nct_policy_submit_needs(const struct nct_policy *policy, int32_t submission);
int32_t nct_policy_prepare_needs(const struct nct_policy *policy, int32_t submission);

/* Whether a role is given by two people. */
int nct_policy_by_two(const struct nct_policy *policy, int32_t role);

/* Whether a profile knows a role: the OA's, or one that somebody gives. Another comes from an earlier profile; it gives
 * nothing. */
int nct_policy_knows_role(const struct nct_policy *policy, int32_t role);

/* The rules of a role; NULL for none and for an unknown one. */
const struct nct_role_rule *nct_policy_rule(const struct nct_policy *policy, int32_t role);

/* What a provider's record says of somebody. */
struct nct_on_record {
    uint64_t relationships; /* bit n: relationship n */
    int64_t valid_from;
    int64_t valid_until;
};

/* The relationships that hold at a time; 0 for somebody who does not stand on the record. */
uint64_t nct_on_record_at(const struct nct_on_record *on_record, int64_t time);

/* The signature agreement that is asked: its version, and the digest of its text. NULL, and zeros: none is. */
const char *nct_policy_agreement(const struct nct_policy *policy, unsigned char digest[NCT_POLICY_DIGEST]);

/* The part of a grant that decides. */
struct nct_standing {
    int32_t role;
    int32_t terminated; /* the provider is */
    uint64_t rights;
    int64_t valid_from;
    int64_t valid_until;
    struct nct_on_record on_record;
};

/* Whether what is decided depends on the time. */
int nct_standing_is_dated(const struct nct_standing *standing);

/*
 * Whether somebody with this standing may do something at a time: NCT_OK or, in this order, NCT_E_ARGUMENT for what has
 * no name, NCT_E_NOT_PROVISIONED, also for a role the profile does not know, NCT_E_TERMINATED, NCT_E_NOT_YET_VALID,
 * NCT_E_EXPIRED, NCT_E_NOT_ON_RECORD for a role that needs it, NCT_E_RIGHT_MISSING, NCT_E_NO_AUTHORITY, and
 * NCT_E_NOT_ON_RECORD for an authority to sign that needs it. The only place that decides.
 */
nct_status nct_policy_decide(const struct nct_policy *policy, const struct nct_standing *standing, int32_t right,
                             int64_t now);

/* The same for signing and submitting; an enrollment-type application needs the signer on the record whatever right or
 * authority the profile asks for. */
nct_status nct_policy_decide_submission(const struct nct_policy *policy, const struct nct_standing *standing,
                                        int32_t submission, int64_t now);

/* All rights somebody with this standing holds. */
uint64_t nct_policy_held(const struct nct_policy *policy, const struct nct_standing *standing);

#endif
