/**
 * @file registration.h
 * @brief The Currently Enrolled Provider (CEP) registration.
 * @defgroup registration Registration
 * @{
 *
 * One registration names the provider and its authorization code, who fills it in, the Office
 * Administrator (S2, S3), where the provider is paid (S5), and users with their first access. In one commit
 * it makes the people, the grants, a random PIN for everybody who has none (S8, S12), and one mail for each
 * such NCID to the registrant (S11).
 *
 * People are known by NCID. Somebody the portal already knows keeps the name and address on file: a form
 * about another provider cannot redirect their mail.
 */
#ifndef NCTRACKS_REGISTRATION_H
#define NCTRACKS_REGISTRATION_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Registers the provider (S1 to S5, S8, S11, S12), all in one commit; then tries to deliver the mails.
 *
 * @param form the form, of #NCT_FORM_REGISTRATION; may be submitted again after a failure
 * @param[out] problems as nct_form_validate(); after #NCT_OK notes: what was typed of somebody the portal knew,
 * and not taken, as #NCT_E_ON_FILE, or #NCT_E_CONTESTED for another address of an Office Administrator (see contact.h);
 *     NULL without any; may be NULL. Free with nct_problems_free()
 * @return #NCT_OK, also when mails could not be delivered yet: they stay in the outbox; #NCT_E_PROBLEMS;
 *     #NCT_E_PROVIDER_OR_CODE for an unknown provider and a wrong code alike; #NCT_E_OA_EXISTS when the code is right
 *     but the record has an Office Administrator; #NCT_E_TERMINATED; #NCT_E_NCID_TAKEN for an NCID its person no longer
 *     goes by (nct_person_rekey()); the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API NCT_MUST_USE nct_status nct_registration_submit(nct_form *form, nct_problems **problems);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
