#include "commands/commands.h"

#include <string.h>

/** In the order of the program's help. */
static const cli_command *const tables[] = {
    init_commands,        provider_commands,      provider_state_commands,
    person_add_commands,  person_move_commands,   person_commands,
    oa_commands,          eft_commands,           register_commands,
    password_commands,    session_commands,       user_commands,
    record_commands,      message_commands,       contact_commands,
    access_commands,      check_many_commands,    question_commands,
    approval_commands,    review_access_commands, invitation_commands,
    group_commands,       pin_commands,           agreement_commands,
    application_commands, sign_commands,          due_commands,
    work_commands,        signature_commands,     receipt_commands,
    repudiate_commands,   audit_commands,         audit_verify_commands,
    checkpoint_commands,  key_commands,           evidence_commands,
    mail_commands,        use_commands,           config_commands,
    store_commands,       doctor_commands,        repair_commands,
    clock_commands,       policy_commands,        language_commands,
    fields_commands,      machine_commands,
};

const cli_command *commands_at(size_t index) {
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const cli_command *command = tables[i]; command->group != NULL; command++) {
            if (index-- == 0) {
                return command;
            }
        }
    }
    return NULL;
}

const cli_command *commands_find(const char *group, const char *name) {
    const cli_command *command;
    for (size_t i = 0; (command = commands_at(i)) != NULL; i++) {
        bool same = name == NULL || command->name == NULL ? name == command->name : strcmp(command->name, name) == 0;
        if (strcmp(command->group, group) == 0 && same) {
            return command;
        }
    }
    return NULL;
}

bool commands_is_group(const char *word) {
    const cli_command *command;
    for (size_t i = 0; (command = commands_at(i)) != NULL; i++) {
        if (command->name != NULL && strcmp(command->group, word) == 0) {
            return true;
        }
    }
    return false;
}
