/* The rulebook as the rest of the library reads it. */
#ifndef NCT_POLICY_POLICY_H
#define NCT_POLICY_POLICY_H

#include "ground/memory.h"

#include <nctracks/policy.h>

#define NCT_OPTION_COUNT 16
#define NCT_ROLE_COUNT 4
#define NCT_RIGHT_NAME_MAX 40
#define NCT_RIGHT_DESCRIPTION_MAX 400 /* 100 characters of UTF-8 */
#define NCT_PROFILE_NAME_MAX 40

/* What a role may do under a profile. Bit n of a mask of authorities is authority 64 + n; of roles, role n. */
struct nct_role_rule {
    uint64_t authorities;
    uint32_t manages;
    int32_t every_right; /* holds all rights without their being granted */
};

/* Who receives the mail with a new PIN. */
enum nct_recipient { NCT_TO_REGISTRANT, NCT_TO_SELF };

/* What a PIN is issued for; each has a delivery plan. */
enum nct_occasion {
    NCT_ON_REGISTRATION, /* several NCIDs entered in one CEP registration (S11) */
    NCT_ON_ENROLLMENT,   /* a new provider's designated OA (S16) */
    NCT_ON_USER_ADDED,   /* a user added later (S16) */
    NCT_ON_RESET,        /* any of the resets (S13) */
    NCT_OCCASION_COUNT
};

/* Mail templates; the texts are in services/mail_text.c. */
enum nct_template {
    NCT_MAIL_PIN_ISSUED = 1,
    NCT_MAIL_PIN_FOR_OTHER,
    NCT_MAIL_PIN_RESET,
    NCT_MAIL_PIN_LOST,
    NCT_MAIL_CHECKPOINT
};

struct nct_delivery {
    enum nct_recipient recipient;
    enum nct_template mail;
};

/* One dated profile: every rule that has changed over the years or may. */
struct nct_profile {
    const char *name;
    struct nct_role_rule roles[NCT_ROLE_COUNT];
    int32_t submission_needs[6]; /* by submission kind; kinds count from 1 */
    struct nct_delivery deliveries[NCT_OCCASION_COUNT];
};

extern const struct nct_profile nct_profile_2013;

struct nct_host_right {
    char name[NCT_RIGHT_NAME_MAX + 1];
    char description[NCT_RIGHT_DESCRIPTION_MAX + 1];
};

struct nct_policy {
    const struct nct_profile *profile;
    char name[NCT_PROFILE_NAME_MAX];
    int64_t options[NCT_OPTION_COUNT];
    uint64_t named_rights; /* rights that have a name; nobody holds another */
    struct nct_host_right host_rights[NCT_RIGHT_COUNT - NCT_RIGHT_HOST_FIRST];
};

/* A policy inside another object; the caller's memory. */
void nct_policy_set_defaults(struct nct_policy *policy, const struct nct_profile *profile);

/* Whether a right or authority has a name under a policy. */
int nct_policy_knows(const struct nct_policy *policy, int32_t right);

/* The rights and the number of authorities the library itself names. */
uint64_t nct_named_rights(void);
int32_t nct_authority_count(void);

/* An option that is known to exist. */
int64_t nct_policy_option(const struct nct_policy *policy, int32_t option);

/* The part of a grant that decides. */
struct nct_standing {
    int32_t role;
    uint64_t rights;
    int64_t valid_from;
    int64_t valid_until;
};

/*
 * Whether somebody with this standing may do something at a time: NCT_OK or NCT_E_NOT_PROVISIONED, NCT_E_EXPIRED,
 * NCT_E_NOT_YET_VALID, NCT_E_RIGHT_MISSING, NCT_E_NO_AUTHORITY; NCT_E_ARGUMENT for what has no name. The only place
 * that decides.
 */
nct_status nct_policy_decide(const struct nct_policy *policy, const struct nct_standing *standing, int32_t right,
                             int64_t now);

/* All rights somebody with this standing holds. */
uint64_t nct_policy_held(const struct nct_policy *policy, const struct nct_standing *standing);

#endif
