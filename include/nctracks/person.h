/**
 * @file person.h
 * @brief Making a person known to the portal.
 * @defgroup person Persons
 * @{
 *
 * Most people become known by a form about a provider: an enrollment, a registration, a user who is added. Somebody no
 * form names, such as the successor of an Office Administrator who has left, is made known by the agency. This gives no
 * access and no PIN; it is what nct_password_set() and nct_oa_change_submit() need where the library keeps the
 * passwords.
 */
#ifndef NCTRACKS_PERSON_H
#define NCTRACKS_PERSON_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Makes somebody known by NCID, name and address: by an operator, who has made sure who they are.
 *
 * They are told by mail at the address given; the reason is in the ledger, in the person's stream. Somebody the portal
 * knows already keeps what is on file: nothing is changed, and nobody is told. Our policy.
 *
 * @param form of #NCT_FORM_PERSON; may be submitted again
 * @param operator_name who, for the ledger
 * @param operator_name_len its length
 * @param reason why, and how the person was recognised, for the ledger
 * @param reason_len its length
 * @param[out] problems as nct_form_validate(); after #NCT_OK notes: what was given of somebody the portal knew, and not
 *     taken, as #NCT_E_ON_FILE; NULL without any; may be NULL. Free with nct_problems_free()
 * @return In this order: #NCT_E_ARGUMENT, also for a form of another kind; a status of the value range for operator and
 *     reason; #NCT_E_PROBLEMS; #NCT_E_NCID_TAKEN for an NCID its person no longer goes by (nct_person_rekey()); else
 *     #NCT_OK, also when the portal knew the person, or one of the common statuses.
 * @par Threads One at a time for one form.
 */
NCT_API nct_status nct_person_add(nct_form *form, const char *operator_name, size_t operator_name_len,
                                  const char *reason, size_t reason_len, nct_problems **problems);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
