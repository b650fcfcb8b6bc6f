/** Every command of the program, and what several of them need. */
#ifndef NCTRACKS_CLI_COMMANDS_H
#define NCTRACKS_CLI_COMMANDS_H

#include <nctracks/form.h>

#include "cli.h"

/** The table of commands; it ends with a NULL group. */
const cli_command *commands(void);
/** The command of a group, or with a NULL `name` the group itself as a command; NULL: there is none. */
const cli_command *commands_find(const char *group, const char *name);
/** Whether a word names a group of commands. */
bool commands_is_group(const char *word);
/** The options every command takes. */
const args_option *commands_global_options(void);

/** What a form is called; NULL past the last one. */
const char *commands_form(size_t index);
/** Takes --language; before anything is said in one. */
int language_choose(struct cli *cli);
/** Names of the rights in a mask, a new array. */
json_t *commands_rights(const nct_policy *policy, uint64_t rights);
/** Names of the authorities in a mask, in which bit n is authority 64 + n; a new array. */
json_t *commands_authorities(const nct_policy *policy, uint64_t authorities);
/** Of several operands, tells of the one that is malformed. @param kind one of NCT_IDENT @param name its name */
int commands_check_operand(struct cli *cli, size_t index, int32_t kind, const char *name);
/** The right or authority an operand names; the portal must be open. */
int commands_read_right(struct cli *cli, size_t index, int32_t *right);
/** A refusal of a change of access: fail_status(), and for somebody with --by who lacks the authority, why. */
int commands_refuse(struct cli *cli, nct_status status, const nct_problems *problems);
/** After a refusal: says why, and whom to ask. Says nothing when there is nothing to say. */
void commands_explain_refusal(struct cli *cli, const char *ncid, const char *provider, int32_t right);

/** The time an option gives; untouched without it. @return CLI_DONE or the exit code of what was reported */
int commands_time(struct cli *cli, const char *option, int64_t *out);
/** --operator and --reason belong together, so do --by and --provider; one pair excludes the other. */
int commands_check_who(struct cli *cli);

int cmd_store_copy(struct cli *cli);
int cmd_policy_announce(struct cli *cli);
int cmd_policy_change(struct cli *cli);
int cmd_checkpoint_rebuild(struct cli *cli);
int cmd_checkpoint_restart(struct cli *cli);
int cmd_init(struct cli *cli);
int cmd_provider_import(struct cli *cli);
int cmd_provider_enroll(struct cli *cli);
int cmd_provider_renew_code(struct cli *cli);
int cmd_provider_show(struct cli *cli);
int cmd_provider_list(struct cli *cli);
int cmd_provider_terminate(struct cli *cli);
int cmd_provider_extend(struct cli *cli);
int cmd_provider_reinstate(struct cli *cli);
int cmd_person_add(struct cli *cli);
int cmd_person_rekey(struct cli *cli);
int cmd_person_merge(struct cli *cli);
int cmd_oa_change(struct cli *cli);
int cmd_oa_approve(struct cli *cli);
int cmd_oa_deny(struct cli *cli);
int cmd_oa_show(struct cli *cli);
int cmd_eft_request(struct cli *cli);
int cmd_eft_confirm(struct cli *cli);
int cmd_eft_refuse(struct cli *cli);
int cmd_eft_withdraw(struct cli *cli);
int cmd_eft_list(struct cli *cli);
int cmd_register(struct cli *cli);
int cmd_password_set(struct cli *cli);
int cmd_password_change(struct cli *cli);
int cmd_password_forgotten(struct cli *cli);
int cmd_password_reset(struct cli *cli);
int cmd_password_send_code(struct cli *cli);
int cmd_password_unlock(struct cli *cli);
int cmd_password_status(struct cli *cli);
int cmd_session_list(struct cli *cli);
int cmd_session_end(struct cli *cli);
int cmd_user_add(struct cli *cli);
int cmd_user_grant(struct cli *cli);
int cmd_user_revoke(struct cli *cli);
int cmd_user_list(struct cli *cli);
int cmd_access_rights(struct cli *cli);
int cmd_access_leave(struct cli *cli);
int cmd_agreement_show(struct cli *cli);
int cmd_agreement_accept(struct cli *cli);
int cmd_invitation_send(struct cli *cli);
int cmd_invitation_list(struct cli *cli);
int cmd_invitation_send_again(struct cli *cli);
int cmd_invitation_take_back(struct cli *cli);
int cmd_invitation_accept(struct cli *cli);
int cmd_invitation_decline(struct cli *cli);
int cmd_access_who_can(struct cli *cli);
int cmd_access_where_can(struct cli *cli);
int cmd_access_propose(struct cli *cli);
int cmd_access_confirm(struct cli *cli);
int cmd_access_reject(struct cli *cli);
int cmd_access_proposals(struct cli *cli);
int cmd_access_unused(struct cli *cli);
int cmd_access_uncertified(struct cli *cli);
int cmd_access_certify(struct cli *cli);
int cmd_access_revoke_many(struct cli *cli);
int cmd_group_set(struct cli *cli);
int cmd_group_remove(struct cli *cli);
int cmd_group_join(struct cli *cli);
int cmd_group_leave(struct cli *cli);
int cmd_group_list(struct cli *cli);
int cmd_group_members(struct cli *cli);
int cmd_record_list(struct cli *cli);
int cmd_record_add(struct cli *cli);
int cmd_record_remove(struct cli *cli);
int cmd_person_show(struct cli *cli);
int cmd_person_find(struct cli *cli);
int cmd_person_list(struct cli *cli);
int cmd_provider_change(struct cli *cli);
int cmd_message_list(struct cli *cli);
int cmd_message_mark(struct cli *cli);
int cmd_contact_change(struct cli *cli);
int cmd_clock_check(struct cli *cli);
int cmd_clock_confirm(struct cli *cli);
int cmd_contact_confirm(struct cli *cli);
int cmd_contact_withdraw(struct cli *cli);
int cmd_contact_settle(struct cli *cli);
int cmd_contact_list(struct cli *cli);
int cmd_contact_show(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_explain(struct cli *cli);
int cmd_pin_reset(struct cli *cli);
int cmd_pin_report_lost(struct cli *cli);
int cmd_pin_status(struct cli *cli);
int cmd_sign(struct cli *cli);
int cmd_signature_show(struct cli *cli);
int cmd_signature_list(struct cli *cli);
int cmd_receipt_show(struct cli *cli);
int cmd_receipt_list(struct cli *cli);
int cmd_receipt_verify(struct cli *cli);
int cmd_receipt_keys(struct cli *cli);
int cmd_receipt_repudiate(struct cli *cli);
int cmd_receipt_repudiation(struct cli *cli);
int cmd_review(struct cli *cli);
int cmd_audit_export(struct cli *cli);
int cmd_checkpoint_mail(struct cli *cli);
int cmd_audit_show(struct cli *cli);
int cmd_audit_verify(struct cli *cli);
int cmd_checkpoint_make(struct cli *cli);
int cmd_checkpoint_show(struct cli *cli);
int cmd_checkpoint_verify(struct cli *cli);
int cmd_checkpoint_prove(struct cli *cli);
int cmd_checkpoint_compare(struct cli *cli);
int cmd_key_list(struct cli *cli);
int cmd_key_rotate(struct cli *cli);
int cmd_key_rekey(struct cli *cli);
int cmd_key_revoke(struct cli *cli);
int cmd_evidence(struct cli *cli);
int cmd_verify(struct cli *cli);
int cmd_mail_list(struct cli *cli);
int cmd_mail_flush(struct cli *cli);
int cmd_mail_retry(struct cli *cli);
int cmd_mail_discard(struct cli *cli);
int cmd_config_list(struct cli *cli);
int cmd_use(struct cli *cli);
int cmd_config_get(struct cli *cli);
int cmd_config_set(struct cli *cli);
int cmd_config_unset(struct cli *cli);
int cmd_doctor(struct cli *cli);
int cmd_repair(struct cli *cli);
int cmd_policy_list(struct cli *cli);
int cmd_policy_show(struct cli *cli);
int cmd_policy_check(struct cli *cli);
int cmd_policy_paths(struct cli *cli);
int cmd_language_list(struct cli *cli);
int cmd_language_template(struct cli *cli);
int cmd_language_check(struct cli *cli);
int cmd_language_set(struct cli *cli);
int cmd_fields(struct cli *cli);
int cmd_machine(struct cli *cli);
int cmd_application_draft(struct cli *cli);
int cmd_application_submit(struct cli *cli);
int cmd_application_move(struct cli *cli);
int cmd_application_withdraw(struct cli *cli);
int cmd_application_discard(struct cli *cli);
int cmd_application_show(struct cli *cli);
int cmd_application_list(struct cli *cli);
int cmd_due_list(struct cli *cli);
int cmd_due_run(struct cli *cli);
int cmd_due_restore(struct cli *cli);
int cmd_work_list(struct cli *cli);
int cmd_work_assign(struct cli *cli);
int cmd_work_release(struct cli *cli);

#endif
