#include "policy/profiles.h"

#define INITIAL_NEEDS NCT_AUTHORITY_ENROLLMENT_SUBMIT

/*
 * "Reminder of User Types and Roles" and the notices since 30 January 2022. What a Managing Relationship user may do
 * beyond the rights granted was not public then: nothing.
 */
const struct nct_profile nct_profile_2022 = {
    .name = "2022",
    .roles =
        {
            [NCT_ROLE_OFFICE_ADMINISTRATOR] =
                {
                    .every_right = 1,
                    .most = 1,
                    .authorities = ADMINISTERS | APPLIES | AUTHORITY(INITIAL_ENROLLMENT) | AUTHORITY(EFT_CHANGE),
                    .manages = ROLE(USER_ADMINISTRATOR) | ROLE(USER) | ROLE(MANAGING_RELATIONSHIP) |
                               ROLE(ENROLLMENT_SPECIALIST),
                },
            [NCT_ROLE_USER_ADMINISTRATOR] =
                {
                    .authorities = ADMINISTERS,
                    .manages = ROLE(USER),
                },
            [NCT_ROLE_MANAGING_RELATIONSHIP] = {0},
            [NCT_ROLE_ENROLLMENT_SPECIALIST] =
                {
                    .authorities = AUTHORITY(ENROLLMENT_PREPARE),
                },
        },
    .submission_needs = SUBMISSION_NEEDS,
    .deliveries = DELIVERIES,
    .oa_standing = OA_STANDING_2022,
    .signer_standing = STANDING(OWNER) | STANDING(MANAGING_EMPLOYEE) | STANDING(PROVIDER),
    .oa_change_notices = OA_CHANGE_NOTICES_2022,
    .eft_change_notices = EFT_CHANGE_NOTICES_2022,
    .application_notices = MOVE_NOTICES,
    .request_notices = MOVE_NOTICES,
    .password_least = 8,
    .terms = TERMS(50),
    .masks = MASKS,
    .notices = NOTICES_2022,
    .reverify_hour = REVERIFY_HOUR_2022,
    .abandon_notice_days = ABANDON_NOTICE_DAYS,
};
