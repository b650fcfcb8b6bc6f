#include "policy/policy.h"

#define AUTHORITY(a) (UINT64_C(1) << ((a)-64))
#define ROLE(r) (UINT32_C(1) << (r))

/* The getting-started documents of 2013: rules S6, S7, S9, S11, S14, S16. */
const struct nct_profile nct_profile_2013 = {
    .name = "2013",
    .roles =
        {
            [NCT_ROLE_OFFICE_ADMINISTRATOR] =
                {
                    .every_right = 1,
                    .authorities = AUTHORITY(NCT_AUTHORITY_USER_ADMINISTRATION) |
                                   AUTHORITY(NCT_AUTHORITY_ENROLLMENT_SUBMIT) | AUTHORITY(NCT_AUTHORITY_EFT_CHANGE) |
                                   AUTHORITY(NCT_AUTHORITY_PIN_RESET),
                    .manages = ROLE(NCT_ROLE_USER_ADMINISTRATOR) | ROLE(NCT_ROLE_USER),
                },
            [NCT_ROLE_USER_ADMINISTRATOR] =
                {
                    .authorities = AUTHORITY(NCT_AUTHORITY_USER_ADMINISTRATION) | AUTHORITY(NCT_AUTHORITY_PIN_RESET),
                    .manages = ROLE(NCT_ROLE_USER),
                },
        },
    .submission_needs =
        {
            [NCT_SUBMISSION_ENROLLMENT] = NCT_AUTHORITY_ENROLLMENT_SUBMIT,
            [NCT_SUBMISSION_RECREDENTIALING] = NCT_AUTHORITY_ENROLLMENT_SUBMIT,
            [NCT_SUBMISSION_FL2] = NCT_RIGHT_FL2_SUBMIT,
            [NCT_SUBMISSION_PHARMACY_PA] = NCT_RIGHT_PA_SUBMIT,
            [NCT_SUBMISSION_MEDICAL_PA] = NCT_RIGHT_PA_SUBMIT,
        },
    .deliveries =
        {
            [NCT_ON_REGISTRATION] = {NCT_TO_REGISTRANT, NCT_MAIL_PIN_FOR_OTHER},
            [NCT_ON_ENROLLMENT] = {NCT_TO_SELF, NCT_MAIL_PIN_ISSUED},
            [NCT_ON_USER_ADDED] = {NCT_TO_SELF, NCT_MAIL_PIN_ISSUED},
            [NCT_ON_RESET] = {NCT_TO_SELF, NCT_MAIL_PIN_RESET},
        },
};
