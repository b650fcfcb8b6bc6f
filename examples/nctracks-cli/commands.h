/** Every command of the program, and what several of them need. */
#ifndef NCTRACKS_CLI_COMMANDS_H
#define NCTRACKS_CLI_COMMANDS_H

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
/** Names of the rights in a mask, a new array. */
json_t *commands_rights(const nct_policy *policy, uint64_t rights);
/** After a refusal: says why, and whom to ask. Says nothing when there is nothing to say. */
void commands_explain_refusal(struct cli *cli, const char *ncid, const char *provider, int32_t right);

int cmd_init(struct cli *cli);
int cmd_provider_import(struct cli *cli);
int cmd_provider_enroll(struct cli *cli);
int cmd_provider_renew_code(struct cli *cli);
int cmd_provider_show(struct cli *cli);
int cmd_provider_list(struct cli *cli);
int cmd_register(struct cli *cli);
int cmd_password_set(struct cli *cli);
int cmd_user_add(struct cli *cli);
int cmd_user_grant(struct cli *cli);
int cmd_user_revoke(struct cli *cli);
int cmd_user_list(struct cli *cli);
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
int cmd_doctor(struct cli *cli);
int cmd_policy_list(struct cli *cli);
int cmd_policy_show(struct cli *cli);
int cmd_policy_check(struct cli *cli);
int cmd_policy_paths(struct cli *cli);
int cmd_fields(struct cli *cli);

#endif
