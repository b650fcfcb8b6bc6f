#include "help/help.h"

#include <string.h>

#include "commands/commands.h"

#define COLUMN 32

static void print_option(FILE *out, const args_option *option) {
    char left[64];
    snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument != NULL ? " " : "",
             option->argument != NULL ? option->argument : "");
    fprintf(out, "  %-*s %s%s\n", COLUMN, left, option->help, option->required ? " (required)" : "");
}

static void print_options(FILE *out, const char *title, const args_option *options) {
    if (options->name == NULL) {
        return;
    }
    fprintf(out, "\n%s\n", title);
    for (; options->name != NULL; options++) {
        print_option(out, options);
    }
}

static void print_line(FILE *out, const cli_command *command) {
    char left[64];
    snprintf(left, sizeof left, "%s%s%s%s%s", command->group, command->name != NULL ? " " : "",
             command->name != NULL ? command->name : "", command->operands[0] != '\0' ? " " : "", command->operands);
    fprintf(out, "  %-*s %s\n", COLUMN, left, command->summary);
}

void help_program(FILE *out) {
    fputs("Usage: nctracks [OPTION]... COMMAND [ARGUMENT]...\n\n"
          "The provider portal of NCTracks on the command line: providers, users, access, PINs, signatures.\n\n"
          "Commands\n",
          out);
    for (const cli_command *command = commands(); command->group != NULL; command++) {
        print_line(out, command);
    }
    print_options(out, "Options of every command", commands_global_options());
    fputs("\nExit: 0 done, 1 refused by a rule, 2 bad usage or input, 3 environment.\n"
          "'nctracks COMMAND --help' explains a command; the manual page is nctracks(1).\n",
          out);
}

void help_group(FILE *out, const char *group) {
    fprintf(out, "Usage: nctracks %s COMMAND [ARGUMENT]...\n\nCommands\n", group);
    for (const cli_command *command = commands(); command->group != NULL; command++) {
        if (strcmp(command->group, group) == 0) {
            print_line(out, command);
        }
    }
    fprintf(out, "\n'nctracks %s COMMAND --help' explains a command.\n", group);
}

void help_command(FILE *out, const cli_command *command) {
    fprintf(out, "Usage: nctracks %s%s%s%s%s [OPTION]...\n\n%s\n", command->group, command->name != NULL ? " " : "",
            command->name != NULL ? command->name : "", command->operands[0] != '\0' ? " " : "", command->operands,
            command->summary);
    if (command->details[0] != '\0') {
        fprintf(out, "%s\n", command->details);
    }
    print_options(out, "Options", command->options);
    fputs("\n'nctracks --help' lists the options of every command, such as --db, --key and --json.\n", out);
}
