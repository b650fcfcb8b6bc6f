/* What the dated profiles have in common. */
#ifndef NCT_POLICY_PROFILES_H
#define NCT_POLICY_PROFILES_H

#include "policy/policy.h"

#define AUTHORITY(name) NCT_AUTHORITY_BIT(NCT_AUTHORITY_##name)
#define ROLE(name) NCT_BIT(NCT_ROLE_##name)
#define STANDING(name) NCT_BIT(NCT_RELATIONSHIP_##name)

#define ADMINISTERS (AUTHORITY(USER_ADMINISTRATION) | AUTHORITY(PIN_RESET))
#define APPLIES (AUTHORITY(ENROLLMENT_SUBMIT) | AUTHORITY(ENROLLMENT_PREPARE))

/* S9, S14. A profile says what an initial enrollment needs: INITIAL_NEEDS. */
#define NEED(constant, word, description, machine, needs, traits) [NCT_SUBMISSION_##constant] = (needs),
#define SUBMISSION_NEEDS                                                                                               \
    { NCT_SUBMISSIONS(NEED) }

/* S11, S13, S16. */
#define DELIVERIES                                                                                                     \
    {                                                                                                                  \
        [NCT_ON_REGISTRATION] = {NCT_TO_REGISTRANT, NCT_MAIL_PIN_FOR_OTHER},                                           \
        [NCT_ON_ENROLLMENT] = {NCT_TO_SELF, NCT_MAIL_PIN_ISSUED},                                                      \
        [NCT_ON_USER_ADDED] = {NCT_TO_SELF, NCT_MAIL_PIN_ISSUED}, [NCT_ON_RESET] = {                                   \
            NCT_TO_SELF,                                                                                               \
            NCT_MAIL_PIN_RESET                                                                                         \
        }                                                                                                              \
    }

/* The first four are public; how long something may stay unconfirmed, and an extension, is our policy. */
#define TERMS(suspension)                                                                                              \
    {                                                                                                                  \
        [NCT_TERM_REVERIFY_YEARS] = 5, [NCT_TERM_SUSPENSION_DAYS] = (suspension), [NCT_TERM_ABANDON_DAYS] = 30,        \
        [NCT_TERM_FL2_DAYS] = 30, [NCT_TERM_EFT_CONFIRM_DAYS] = 30, [NCT_TERM_APPROVAL_DAYS] = 30,                     \
        [NCT_TERM_CONTACT_DAYS] = 30, [NCT_TERM_ADDRESS_DAYS] = 30, [NCT_TERM_EXTENSION_DAYS] = 30                     \
    }
/* Nothing is public: ours. */
#define ALL_CONTACT (NCT_CONTACT_EMAIL | NCT_CONTACT_PHONE | NCT_CONTACT_ADDRESS)
#define MASKS                                                                                                          \
    { [NCT_ONLOOKER_ADMINISTRATOR] = ALL_CONTACT, [NCT_ONLOOKER_OPERATOR] = ALL_CONTACT }
#define NOTICES_2022                                                                                                   \
    { 70, 50, 20, 5 }

/* FAQ of 30 June 2025, taken for 2022 too: "by 4 pm on the due date". */
#define REVERIFY_HOUR_2022 16

/* "Reminder of User Types and Roles" of 2022: for an individual the provider or a managing employee, for an
 * organization an owner or a managing employee. Nothing is public on atypical providers: ours. */
#define OA_STANDING_2022                                                                                               \
    {                                                                                                                  \
        [NCT_HOLDER_INDIVIDUAL] = STANDING(PROVIDER) | STANDING(MANAGING_EMPLOYEE),                                    \
        [NCT_HOLDER_ORGANIZATION] = STANDING(OWNER) | STANDING(MANAGING_EMPLOYEE),                                     \
        [NCT_HOLDER_ATYPICAL] = STANDING(OWNER) | STANDING(MANAGING_EMPLOYEE) | STANDING(PROVIDER)                     \
    }

/* The bulletin of 1 May 2025: listed with a managing relationship, as the provider, or as an owner. The notice of May
 * 2026 says managing employee, which is one kind of managing relationship. */
#define MANAGING_2025 (STANDING(OWNER) | STANDING(MANAGING_EMPLOYEE) | STANDING(MANAGING_RELATIONSHIP))
#define LISTED_2025 (MANAGING_2025 | STANDING(PROVIDER))
#define OA_STANDING_2025                                                                                               \
    {                                                                                                                  \
        [NCT_HOLDER_INDIVIDUAL] = LISTED_2025, [NCT_HOLDER_ORGANIZATION] = MANAGING_2025,                              \
        [NCT_HOLDER_ATYPICAL] = LISTED_2025                                                                            \
    }

/* Public since 30 January 2022. */
#define OA_CHANGE_NOTICES_2022                                                                                         \
    (NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_NEW_OFFICE_ADMINISTRATOR | NCT_PARTY_PROVIDER | NCT_PARTY_OFFICERS)
#define EFT_CHANGE_NOTICES_2022 (NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_PROVIDER | NCT_PARTY_PAY_TO)

/* Whom it concerns: ours, as is how long before. */
#define MOVE_NOTICES (NCT_PARTY_OFFICE_ADMINISTRATOR | NCT_PARTY_SIGNER | NCT_PARTY_PREPARER)
#define ABANDON_NOTICE_DAYS 7

#endif
