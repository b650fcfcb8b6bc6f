#include "help/help.h"

#include <string.h>

#include "commands/commands.h"
#include "terminal/table.h"

#define COLUMN 32
#define COLUMNS_ELSE 100 /* where it is no terminal */
#define ROOM_MIN 20

/* How much of a text a line takes: up to a line feed, else to the last blank before its end. */
static size_t line_of(const char *text, size_t room) {
    size_t len = strcspn(text, "\n");
    if (len <= room) {
        return len;
    }
    size_t at = room;
    while (at > 0 && text[at] != ' ') {
        at--;
    }
    return at > 0 ? at : strcspn(text, " \n");
}

/* A text that begins at a column and goes on there in the next lines. */
static void print_wrapped(FILE *out, const char *text, size_t column) {
    size_t columns = table_columns(COLUMNS_ELSE);
    size_t room = columns > column + ROOM_MIN ? columns - column : ROOM_MIN;
    for (;;) {
        size_t len = line_of(text, room);
        fprintf(out, "%.*s\n", (int)len, text);
        text += len + (text[len] != '\0');
        if (text[0] == '\0') {
            return;
        }
        fprintf(out, "%*s", (int)column, "");
    }
}

/* What stands left, and what it means; where that begins too far right, in a line of its own. */
static void print_pair(FILE *out, const char *left, const char *text) {
    bool fits = strlen(left) <= COLUMN;
    fprintf(out, fits ? "  %-*s " : "  %-*s\n", COLUMN, left);
    fprintf(out, "%*s", fits ? 0 : COLUMN + 3, "");
    print_wrapped(out, text, COLUMN + 3);
}

static void print_option(FILE *out, const args_option *option) {
    char left[64];
    char text[512];
    snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument != NULL ? " " : "",
             option->argument != NULL ? option->argument : "");
    snprintf(text, sizeof text, "%s%s", option->help, option->required ? " (required)" : "");
    print_pair(out, left, text);
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
    print_pair(out, left, command->summary);
}

void help_program(FILE *out) {
    fputs("Usage: nctracks [OPTION]... COMMAND [ARGUMENT]...\n\n", out);
    print_wrapped(
        out, "The provider portal of NCTracks on the command line: providers, users, access, PINs, signatures.", 0);
    fputs("\nCommands\n", out);
    const cli_command *command;
    for (size_t i = 0; (command = commands_at(i)) != NULL; i++) {
        print_line(out, command);
    }
    print_options(out, "Options of every command", global_options);
    fputc('\n', out);
    print_wrapped(out, "Exit: 0 done, 1 refused by a rule, 2 bad usage or input, 3 environment.", 0);
    print_wrapped(out, "'nctracks COMMAND --help' explains a command; the manual page is nctracks(1).", 0);
}

void help_group(FILE *out, const char *group) {
    fprintf(out, "Usage: nctracks %s COMMAND [ARGUMENT]...\n\nCommands\n", group);
    const cli_command *command;
    for (size_t i = 0; (command = commands_at(i)) != NULL; i++) {
        if (strcmp(command->group, group) == 0) {
            print_line(out, command);
        }
    }
    fprintf(out, "\n'nctracks %s COMMAND --help' explains a command.\n", group);
}

void help_command(FILE *out, const cli_command *command) {
    fprintf(out, "Usage: nctracks %s%s%s%s%s [OPTION]...\n\n", command->group, command->name != NULL ? " " : "",
            command->name != NULL ? command->name : "", command->operands[0] != '\0' ? " " : "", command->operands);
    print_wrapped(out, command->summary, 0);
    if (command->details[0] != '\0') {
        print_wrapped(out, command->details, 0);
    }
    print_options(out, "Options", command->options);
    fputc('\n', out);
    print_wrapped(out, "'nctracks --help' lists the options of every command, such as --db, --key and --json.", 0);
}
