#include "policy/profiles.h"

#define INITIAL_NEEDS NCT_AUTHORITY_ENROLLMENT_SUBMIT

/*
 * The bulletin of 1 May 2025 on Managing Relationship users: a User Administrator too, on the record, signs and
 * submits. Whether they may change EFT data or assign an Enrollment Specialist is not public: denied.
 */
const struct nct_profile nct_profile_2025 = {
    .name = "2025",
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
            [NCT_ROLE_MANAGING_RELATIONSHIP] =
                {
                    .authorities = ADMINISTERS | APPLIES,
                    .manages = ROLE(USER),
                    .from = ROLE(USER_ADMINISTRATOR) | ROLE(MANAGING_RELATIONSHIP),
                    .standing = LISTED_2025,
                },
            [NCT_ROLE_ENROLLMENT_SPECIALIST] =
                {
                    .authorities = AUTHORITY(ENROLLMENT_PREPARE),
                },
        },
    .submission_needs = SUBMISSION_NEEDS,
    .deliveries = DELIVERIES,
    .oa_standing = OA_STANDING_2025,
    .signer_standing = LISTED_2025,
    .oa_change_notices = OA_CHANGE_NOTICES_2022,
    .eft_change_notices = EFT_CHANGE_NOTICES_2022,
    .application_notices = MOVE_NOTICES,
    .request_notices = MOVE_NOTICES,
    .second_step = 1,
    .password_least = 14,
    .terms = TERMS(50),
    .masks = MASKS,
    .notices = NOTICES_2022,
    .reverify_hour = REVERIFY_HOUR_2022,
    .abandon_notice_days = ABANDON_NOTICE_DAYS,
};
