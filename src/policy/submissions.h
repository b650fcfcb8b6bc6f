/*
 * The kinds of submission, one row each: a kind added at the end is known everywhere, by name, in forms, in the rules
 * of every profile, to the state machines and to the signature check.
 */
#ifndef NCT_POLICY_SUBMISSIONS_H
#define NCT_POLICY_SUBMISSIONS_H

#include "policy/machine.h"

#include <nctracks/right.h>
#include <nctracks/submission.h>

/* What a kind is beyond its state machine; bits. */
enum nct_submission_trait {
    NCT_TRAIT_ENROLLMENT_TYPE = 1, /* NCTracks calls it so; the signature check of 2020 is about these */
    NCT_TRAIT_VERIFIES = 2,        /* approved, it begins a new term of re-verification */
    NCT_TRAIT_DATED = 4,           /* a physician signed it, and not too long ago */
    NCT_TRAIT_CHANGES = 8 /* changes the record; under review, it puts a due date off where the profile says so */
};

/* A test adds a kind here, to see that nothing else needs to be touched. */
#ifndef NCT_SUBMISSIONS_ADDED
#define NCT_SUBMISSIONS_ADDED(ROW)
#endif

/*
 * ROW(constant, word, description, machine, what the dated profiles ask of the signer, traits), in the order of the
 * constants. INITIAL_NEEDS is what a profile asks for an initial enrollment (S9, S14).
 */
#define NCT_SUBMISSIONS(ROW)                                                                                           \
    ROW(ENROLLMENT, "enrollment", "Initial enrollment application.", application, INITIAL_NEEDS,                       \
        NCT_TRAIT_ENROLLMENT_TYPE | NCT_TRAIT_VERIFIES)                                                                \
    ROW(RECREDENTIALING, "recredentialing", "Recredentialing (re-verification) application.", application,             \
        NCT_AUTHORITY_ENROLLMENT_SUBMIT, NCT_TRAIT_ENROLLMENT_TYPE | NCT_TRAIT_VERIFIES)                               \
    ROW(FL2, "fl2", "FL2, long term care level of care request.", request, NCT_RIGHT_FL2_SUBMIT, NCT_TRAIT_DATED)      \
    ROW(PHARMACY_PA, "pharmacy_pa", "Pharmacy Prior Approval request.", request, NCT_RIGHT_PA_SUBMIT, 0)               \
    ROW(MEDICAL_PA, "medical_pa", "Medical Prior Approval request.", request, NCT_RIGHT_PA_SUBMIT, 0)                  \
    ROW(REENROLLMENT, "reenrollment", "Re-enrollment application.", application, NCT_AUTHORITY_ENROLLMENT_SUBMIT,      \
        NCT_TRAIT_ENROLLMENT_TYPE | NCT_TRAIT_VERIFIES)                                                                \
    ROW(MANAGE_CHANGE, "manage_change", "Manage change request (MCR).", application, NCT_AUTHORITY_ENROLLMENT_SUBMIT,  \
        NCT_TRAIT_ENROLLMENT_TYPE | NCT_TRAIT_CHANGES)                                                                 \
    ROW(MAINTAIN_ELIGIBILITY, "maintain_eligibility", "Maintain eligibility application.", application,                \
        NCT_AUTHORITY_ENROLLMENT_SUBMIT, NCT_TRAIT_ENROLLMENT_TYPE)                                                    \
    NCT_SUBMISSIONS_ADDED(ROW)

/* The words of all kinds, each with a space before it. */
#define NCT_SUBMISSION_WORD(constant, word, ...) " " word
#define NCT_SUBMISSION_WORDS NCT_SUBMISSIONS(NCT_SUBMISSION_WORD)

#define NCT_SUBMISSION_PLACE(constant, ...) NCT_SUBMISSION_PLACE_##constant,
enum nct_submission_place { NCT_SUBMISSION_PLACE_NONE, NCT_SUBMISSIONS(NCT_SUBMISSION_PLACE) NCT_SUBMISSION_COUNT };

/* NULL for an unknown kind. */
const struct nct_machine *nct_submission_machine(int32_t kind);

/* Whether a known kind has a trait. */
int nct_submission_is(int32_t kind, enum nct_submission_trait trait);

#endif
