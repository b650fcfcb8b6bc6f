/** Every command of the program: each file of this room has a table of its own, and commands.c lists the tables. */
#ifndef NCTRACKS_CLI_COMMANDS_H
#define NCTRACKS_CLI_COMMANDS_H

#include "cli.h"
#include "commands/options.h"

/** One command. A group's commands stand together; a command without a group has no `name`. */
typedef struct cli_command {
    const char *group;
    const char *name;
    const char *operands;
    const char *summary;
    const char *details; /**< "" for none. */
    size_t operands_min;
    size_t operands_max;
    const args_option *options;
    int (*run)(struct cli *cli);
} cli_command;

#define COMMANDS_END                                                                                                   \
    { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL }

/** The command at an index from 0 on; NULL past the last one. */
const cli_command *commands_at(size_t index);
/** The command of a group, or with a NULL `name` the group itself as a command; NULL: there is none. */
const cli_command *commands_find(const char *group, const char *name);
/** Whether a word names a group of commands. */
bool commands_is_group(const char *word);

/* The tables; each ends with COMMANDS_END. */
extern const cli_command init_commands[];
extern const cli_command provider_commands[];
extern const cli_command provider_state_commands[];
extern const cli_command person_add_commands[];
extern const cli_command person_move_commands[];
extern const cli_command person_commands[];
extern const cli_command oa_commands[];
extern const cli_command eft_commands[];
extern const cli_command register_commands[];
extern const cli_command password_commands[];
extern const cli_command session_commands[];
extern const cli_command user_commands[];
extern const cli_command record_commands[];
extern const cli_command message_commands[];
extern const cli_command contact_commands[];
extern const cli_command access_commands[];
extern const cli_command check_many_commands[];
extern const cli_command question_commands[];
extern const cli_command approval_commands[];
extern const cli_command review_access_commands[];
extern const cli_command invitation_commands[];
extern const cli_command agreement_commands[];
extern const cli_command group_commands[];
extern const cli_command pin_commands[];
extern const cli_command application_commands[];
extern const cli_command sign_commands[];
extern const cli_command due_commands[];
extern const cli_command work_commands[];
extern const cli_command signature_commands[];
extern const cli_command receipt_commands[];
extern const cli_command repudiate_commands[];
extern const cli_command audit_commands[];
extern const cli_command audit_verify_commands[];
extern const cli_command checkpoint_commands[];
extern const cli_command key_commands[];
extern const cli_command evidence_commands[];
extern const cli_command mail_commands[];
extern const cli_command use_commands[];
extern const cli_command config_commands[];
extern const cli_command store_commands[];
extern const cli_command doctor_commands[];
extern const cli_command repair_commands[];
extern const cli_command clock_commands[];
extern const cli_command policy_commands[];
extern const cli_command language_commands[];
extern const cli_command fields_commands[];
extern const cli_command machine_commands[];

#endif
