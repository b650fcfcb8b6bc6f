#include "policy/profiles.h"

#define INITIAL_NEEDS NCT_AUTHORITY_INITIAL_ENROLLMENT

/*
 * Effective 17 May 2026: a Backup Office Administrator, one a record, a Managing Relationship user before, assigned by
 * an OA change request; told all that the OA is told; everything but the initial enrollment.
 */
const struct nct_profile nct_profile_2026 = {
    .name = "2026",
    .roles =
        {
            [NCT_ROLE_OFFICE_ADMINISTRATOR] =
                {
                    .every_right = 1,
                    .most = 1,
                    .authorities = ADMINISTERS | APPLIES | AUTHORITY(INITIAL_ENROLLMENT) | AUTHORITY(EFT_CHANGE),
                    .manages = ROLE(USER_ADMINISTRATOR) | ROLE(USER) | ROLE(MANAGING_RELATIONSHIP) |
                               ROLE(ENROLLMENT_SPECIALIST) | ROLE(BACKUP_OFFICE_ADMINISTRATOR),
                },
            [NCT_ROLE_BACKUP_OFFICE_ADMINISTRATOR] =
                {
                    .every_right = 1,
                    .most = 1,
                    .by_request = 1,
                    .authorities = ADMINISTERS | APPLIES | AUTHORITY(EFT_CHANGE),
                    .manages = ROLE(USER_ADMINISTRATOR) | ROLE(USER) | ROLE(MANAGING_RELATIONSHIP) |
                               ROLE(ENROLLMENT_SPECIALIST),
                    .from = ROLE(MANAGING_RELATIONSHIP) | ROLE(BACKUP_OFFICE_ADMINISTRATOR),
                    .standing = LISTED_2025,
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
                    .from = ROLE(USER_ADMINISTRATOR) | ROLE(MANAGING_RELATIONSHIP) | ROLE(BACKUP_OFFICE_ADMINISTRATOR),
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
    .oa_change_notices = OA_CHANGE_NOTICES_2022 | NCT_PARTY_BACKUP,
    .eft_change_notices = EFT_CHANGE_NOTICES_2022 | NCT_PARTY_BACKUP,
    .application_notices = MOVE_NOTICES | NCT_PARTY_BACKUP,
    .request_notices = MOVE_NOTICES | NCT_PARTY_BACKUP,
    .second_step = 1,
    .password_least = 14,
    .terms = TERMS(50),
    .masks = MASKS,
    .notices = NOTICES_2022,
    .reverify_hour = REVERIFY_HOUR_2022,
    .abandon_notice_days = ABANDON_NOTICE_DAYS,
};
