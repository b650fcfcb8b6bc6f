/** What each route does, by subject; see routes.c. */
#ifndef NCTRACKS_SERVER_HANDLERS_H
#define NCTRACKS_SERVER_HANDLERS_H

#include "request.h"

void texts_get(struct request *request);
void tables_get(struct request *request);
void form_get(struct request *request);
void form_validate(struct request *request);
void session_get(struct request *request);
void session_begin(struct request *request);
void session_end(struct request *request);
void session_code(struct request *request);
void session_code_again(struct request *request);
void sessions_list(struct request *request);
void sessions_end(struct request *request);
void sessions_end_one(struct request *request);
void password_forgot(struct request *request);
void password_reset(struct request *request);
void password_change(struct request *request);
void me_get(struct request *request);
void me_language(struct request *request);
void me_contact(struct request *request);
void me_contact_confirm(struct request *request);
void me_signatures(struct request *request);
void me_pin_lost(struct request *request);
void pin_reset(struct request *request);
void registration_submit(struct request *request);
void oa_change_submit(struct request *request);
void provider_get(struct request *request);
void users_list(struct request *request);
void users_add(struct request *request);
void users_grant(struct request *request);
void users_revoke(struct request *request);
void users_preview(struct request *request);
void users_explain(struct request *request);
void users_pin_reset(struct request *request);
void users_pin_lost(struct request *request);
void signing_review(struct request *request);
void signatures_list(struct request *request);
void signing_sign(struct request *request);
void signatures_get(struct request *request);
void signatures_receipt(struct request *request);
void signatures_verify(struct request *request);
void repudiation_get(struct request *request);
void repudiation_declare(struct request *request);
void key_set_get(struct request *request);
void receipts_verify(struct request *request);
void applications_list(struct request *request);
void applications_draft(struct request *request);
void applications_get(struct request *request);
void applications_revise(struct request *request);
void applications_move(struct request *request);
void eft_change_get(struct request *request);
void eft_change_submit(struct request *request);
void eft_change_withdraw(struct request *request);
void evaluation_one(struct request *request);
void evaluation_many(struct request *request);
void agency_providers(struct request *request);
void agency_enroll(struct request *request);
void agency_terminate(struct request *request);
void agency_reinstate(struct request *request);
void agency_application_move(struct request *request);
void agency_person(struct request *request);
void agency_pin_reset(struct request *request);
void agency_pin_lost(struct request *request);
void agency_password_code(struct request *request);
void agency_password_unlock(struct request *request);
void agency_eft_changes(struct request *request);
void agency_eft_confirm(struct request *request);
void agency_eft_refuse(struct request *request);
void agency_oa_change(struct request *request);
void agency_oa_approve(struct request *request);
void agency_oa_deny(struct request *request);
void agency_due(struct request *request);
void agency_due_run(struct request *request);
void agency_mail(struct request *request);
void agency_mail_flush(struct request *request);
void agency_ledger(struct request *request);
void agency_checkpoint(struct request *request);
void agency_checkpoint_make(struct request *request);
void health_live(struct request *request);
void health_ready(struct request *request);
void metrics_get(struct request *request);
void demo_mail(struct request *request);

#endif
