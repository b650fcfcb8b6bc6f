/**
 * @file office.h
 * @brief Changes of hands: a provider terminated and reinstated, a new Office Administrator.
 * @defgroup office Office
 * @{
 *
 * What an agency's operators decide about a provider record as a whole. The host authenticates the operators; their
 * name and reason are in the ledger.
 */
#ifndef NCTRACKS_OFFICE_H
#define NCTRACKS_OFFICE_H

#include <nctracks/form.h>
#include <nctracks/portal.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Terminates a provider record: all access to it ends, until it is reinstated (our policy: who, and what of the
 * PINs).
 *
 * The first commit marks the record: from then on nobody signs, grants or administers there (#NCT_E_TERMINATED). Then
 * the grants are held back page by page, one commit a page, so that nct_access_check() refuses as well. Grants stay as
 * they are, but count no longer: with the last one a person's PIN is suspended (S12).
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @return #NCT_OK: all of it is done. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value
 * range for operator, reason, id; #NCT_E_NOT_FOUND; #NCT_E_TERMINATED when it is done already; #NCT_E_STATE when
 * somebody began a reinstatement meanwhile; the common statuses. After one of these last, and after a crash, the record
 * may be marked and some grants not yet held back (nct_provider_is_moving()): call again, it goes on.
 * @par Threads Any.
 */
NCT_API nct_status nct_provider_terminate(nct_portal *portal, const char *operator_name, size_t operator_len,
                                          const char *reason, size_t reason_len, const char *id, size_t id_len);

/**
 * @brief Reinstates a terminated provider record: the grants that the termination held back are in force again.
 *
 * The grants come first, page by page; only the last commit opens the record. Until then nobody signs, grants or
 * administers there. A suspended record, whose grants stayed, is opened in one commit. The record is then registered,
 * or enrolled where it never had an Office Administrator.
 *
 * @param portal the portal
 * @param operator_name who at the agency does this, for the ledger
 * @param operator_len its length
 * @param reason why, a line of up to 100 characters, for the ledger
 * @param reason_len its length
 * @param id NPI or Atypical ID
 * @param id_len its length
 * @return #NCT_OK: all of it is done. Statuses in the order they are checked: #NCT_E_ARGUMENT; a status of the value
 * range for operator, reason, id; #NCT_E_NOT_FOUND; #NCT_E_ILLEGAL_MOVE for a record that is neither terminated nor
 * suspended; #NCT_E_STATE when somebody began a termination meanwhile; the common statuses. After one of these last,
 * and after a crash, call again, it goes on.
 * @par Threads Any.
 */
NCT_API nct_status nct_provider_reinstate(nct_portal *portal, const char *operator_name, size_t operator_len,
                                          const char *reason, size_t reason_len, const char *id, size_t id_len);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
