#include "terminal/failure.h"

#include <stdarg.h>
#include <stdio.h>

#include <nctracks/refusal.h>

#include "terminal/output.h"
#include "text.h"
#include "trusted_file.h"

#define MESSAGE_MAX 1024

int fail_exit_code(nct_status status) {
    if (status == NCT_E_PROBLEMS) {
        return CLI_USAGE;
    }
    if (status == NCT_E_NOT_FOUND) {
        return CLI_REFUSED;
    }
    switch (nct_status_category(status)) {
    case NCT_CATEGORY_OK:
        return CLI_DONE;
    case NCT_CATEGORY_VALUE:
        return CLI_USAGE;
    case NCT_CATEGORY_RULE:
        return CLI_REFUSED;
    default:
        return CLI_ENVIRONMENT;
    }
}

static void report(struct cli *cli, const char *code, const char *message) {
    char text[MESSAGE_MAX];
    snprintf(text, sizeof text, "%s", message);
    text_tame(text);
    if (!cli->json) {
        fflush(stdout);
        fprintf(stderr, "nctracks: %s\n", text);
        return;
    }
    out_put(cli->result, "ok", json_false());
    out_put_string(cli->result, "status", code);
    out_put_string(cli->result, "message", text);
}

json_t *fail_problem(const char *path, const char *code, const char *message) {
    json_t *problem = out_object();
    out_put_string(problem, "path", path);
    out_put_string(problem, "code", code);
    out_put_string(problem, "message", message);
    return problem;
}

const char *fail_message(const struct cli *cli, nct_status status) {
    return nct_status_message_in(cli->portal, status, cli->language);
}

void fail_collect(const struct cli *cli, json_t *array, const nct_problems *problems) {
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        char text[MESSAGE_MAX];
        if (nct_problems_message_in(problems, i, cli->language, text, sizeof text, NULL) != NCT_OK) {
            text[0] = '\0';
        }
        out_append(array,
                   fail_problem(nct_problems_path(problems, i), nct_status_name(nct_problems_code(problems, i)), text));
    }
}

static void list_problems(struct cli *cli, json_t *problems) {
    if (cli->json) {
        out_put(cli->result, "problems", problems);
        return;
    }
    size_t index;
    json_t *problem;
    json_array_foreach(problems, index, problem) {
        char text[MESSAGE_MAX];
        snprintf(text, sizeof text, "  %s: %s", json_string_value(json_object_get(problem, "path")),
                 json_string_value(json_object_get(problem, "message")));
        text_tame(text);
        fprintf(stderr, "%s\n", text);
    }
    json_decref(problems);
}

int fail_problems(struct cli *cli, json_t *problems) {
    report(cli, nct_status_name(NCT_E_PROBLEMS), fail_message(cli, NCT_E_PROBLEMS));
    list_problems(cli, problems);
    return CLI_USAGE;
}

/* A message begins with its path. */
static void print_policy_problem(const nct_policy_problems *problems, size_t index) {
    char text[MESSAGE_MAX];
    snprintf(text, sizeof text, "%s", nct_policy_problems_message(problems, index));
    text_tame(text);
    if (nct_policy_problems_line(problems, index) > 0) {
        fprintf(stderr, "  line %zu: %s\n", nct_policy_problems_line(problems, index), text);
    } else {
        fprintf(stderr, "  %s\n", text);
    }
}

int fail_policy(struct cli *cli, const char *path, nct_status status, const nct_policy_problems *problems) {
    return fail_text(cli, path, "this is no profile", status, problems);
}

int fail_text(struct cli *cli, const char *path, const char *what, nct_status status,
              const nct_policy_problems *problems) {
    char text[MESSAGE_MAX];
    json_t *array = out_array();
    snprintf(text, sizeof text, "%s: %s", path, status == NCT_E_PROBLEMS ? what : fail_message(cli, status));
    report(cli, nct_status_name(status), text);
    for (size_t i = 0; i < nct_policy_problems_count(problems); i++) {
        json_t *problem =
            fail_problem(nct_policy_problems_path(problems, i), nct_status_name(nct_policy_problems_code(problems, i)),
                         nct_policy_problems_message(problems, i));
        out_put_integer(problem, "line", (int64_t)nct_policy_problems_line(problems, i));
        out_append(array, problem);
        if (!cli->json) {
            print_policy_problem(problems, i);
        }
    }
    out_put(cli->result, "problems", array);
    return fail_exit_code(status);
}

int fail_named(struct cli *cli, nct_status status, const char *what) {
    char text[MESSAGE_MAX];
    snprintf(text, sizeof text, "%.500s: %s", what, fail_message(cli, status));
    report(cli, nct_status_name(status), text);
    return fail_exit_code(status);
}

int fail_status(struct cli *cli, nct_status status, const nct_problems *problems) {
    char message[MESSAGE_MAX];
    if (nct_refusal_text_in(cli->portal, status, cli->language, message, sizeof message, NULL) != NCT_OK) {
        snprintf(message, sizeof message, "%s", fail_message(cli, status));
    }
    report(cli, nct_status_name(status), message);
    if (nct_problems_count(problems) > 0) {
        json_t *array = out_array();
        fail_collect(cli, array, problems);
        list_problems(cli, array);
    }
    if (status == NCT_E_DENIED) {
        /* The same help for every cause (S15): which part was wrong is not said. */
        fail_help(cli, "If you lost or forgot your PIN, contact the NCTracks Call Center at %s or %s.",
                  nct_call_center_phone(nct_portal_policy(cli->portal)),
                  nct_call_center_email(nct_portal_policy(cli->portal)));
    }
    if (status == NCT_E_STORE) {
        char reason[600];
        fail_help(cli, "%s: %s", cli->database, portal_store_error(cli->store_name, reason, sizeof reason));
    }
    return fail_exit_code(status);
}

void fail_help(struct cli *cli, const char *format, ...) {
    char text[MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text_tame(text);
    if (cli->json) {
        out_put_string(cli->result, "help", text);
    } else {
        fprintf(stderr, "  %s\n", text);
    }
}

__attribute__((format(printf, 4, 0))) static int vreport(struct cli *cli, const char *code, int exit_code,
                                                         const char *format, va_list arguments) {
    char text[MESSAGE_MAX];
    vsnprintf(text, sizeof text, format, arguments);
    report(cli, code, text);
    return exit_code;
}

int fail_usage(struct cli *cli, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int code = vreport(cli, "CLI_USAGE", CLI_USAGE, format, arguments);
    va_end(arguments);
    return code;
}

int fail_input(struct cli *cli, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int code = vreport(cli, "CLI_INPUT", CLI_USAGE, format, arguments);
    va_end(arguments);
    return code;
}

int fail_environment(struct cli *cli, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int code = vreport(cli, "CLI_ENVIRONMENT", CLI_ENVIRONMENT, format, arguments);
    va_end(arguments);
    return code;
}

int fail_interrupted(struct cli *cli, int signal, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int code = vreport(cli, "CLI_INTERRUPTED", CLI_SIGNAL + signal, format, arguments);
    va_end(arguments);
    return code;
}

int fail_file(struct cli *cli, const char *path) {
    return fail_environment(cli, "%s: %s", path, trusted_reason());
}

void fail_notes(struct cli *cli, const nct_problems *notes) {
    if (nct_problems_count(notes) == 0) {
        return;
    }
    if (cli->json) {
        json_t *array = out_array();
        fail_collect(cli, array, notes);
        out_put(cli->result, "notes", array);
        return;
    }
    for (size_t i = 0; i < nct_problems_count(notes); i++) {
        char text[MESSAGE_MAX];
        if (nct_problems_message_in(notes, i, cli->language, text, sizeof text, NULL) != NCT_OK) {
            text[0] = '\0';
        }
        out_say(cli, "Note: %s", text);
    }
}
