#include "policy/profiles.h"

#define INITIAL_NEEDS NCT_AUTHORITY_ENROLLMENT_SUBMIT

/* The getting-started documents of 2013: rules S2, S6, S7, S9, S11, S14, S16. Re-verification as the notices before
 * 2017 have it: 45 days, and once suspended 30 days until termination. */
const struct nct_profile nct_profile_2013 = {
    .name = "2013",
    .roles =
        {
            [NCT_ROLE_OFFICE_ADMINISTRATOR] =
                {
                    .every_right = 1,
                    .most = 1,
                    .authorities = ADMINISTERS | APPLIES | AUTHORITY(INITIAL_ENROLLMENT) | AUTHORITY(EFT_CHANGE),
                    .manages = ROLE(USER_ADMINISTRATOR) | ROLE(USER),
                },
            [NCT_ROLE_USER_ADMINISTRATOR] =
                {
                    .authorities = ADMINISTERS,
                    .manages = ROLE(USER),
                },
        },
    .submission_needs = SUBMISSION_NEEDS,
    .deliveries = DELIVERIES,
    .oa_standing = {[NCT_HOLDER_INDIVIDUAL] = STANDING(OWNER) | STANDING(MANAGING_EMPLOYEE) | STANDING(PROVIDER),
                    [NCT_HOLDER_ORGANIZATION] = STANDING(OWNER) | STANDING(MANAGING_EMPLOYEE),
                    [NCT_HOLDER_ATYPICAL] = STANDING(OWNER) | STANDING(MANAGING_EMPLOYEE) | STANDING(PROVIDER)},
    .oa_change_at_once = 1,
    .password_least = 8,
    .eft_change_notices = EFT_CHANGE_NOTICES_2022, /* no source says that nobody was told: ours */
    .application_notices = MOVE_NOTICES,
    .request_notices = MOVE_NOTICES,
    .terms = TERMS(30),
    .masks = MASKS,
    .notices = {45, 20, 5}, /* 45 is public, the reminders are ours */
    .reverify_hour = 24,    /* ours */
    .abandon_notice_days = ABANDON_NOTICE_DAYS,
    .change_days = 30,
};
