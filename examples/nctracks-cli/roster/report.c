/* What an import says: refused rows, one line each and never with the value; how far it is; the counts. */
#include <time.h>

#include "roster/import.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

/* ---- Progress ---- */

void roster_clear_progress(const struct import *import) {
    if (import->terminal) {
        fputs("\r\033[K", stderr);
    }
}

void roster_show_progress(struct import *import) {
    struct timespec now;
    if (!import->terminal || clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return;
    }
    int64_t milliseconds = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    if (milliseconds - import->shown < 100) {
        return;
    }
    import->shown = milliseconds;
    fprintf(stderr, "\r\033[K%zu rows read: %zu enrolled, %zu refused", import->rows, import->enrolled,
            import->refused);
    fflush(stderr);
}

/* ---- Refused rows ---- */

static void print_refusal(const struct import *import, const roster_lines *lines, const json_t *problems) {
    size_t index;
    json_t *problem;
    roster_clear_progress(import);
    if (lines->first == lines->last) {
        fprintf(stderr, "line %zu refused:", lines->first);
    } else {
        fprintf(stderr, "lines %zu to %zu refused:", lines->first, lines->last);
    }
    json_array_foreach(problems, index, problem) {
        char text[1024];
        snprintf(text, sizeof text, "%s %s: %s", index > 0 ? ";" : "",
                 json_string_value(json_object_get(problem, "path")),
                 json_string_value(json_object_get(problem, "message")));
        text_tame(text);
        fputs(text, stderr);
    }
    fputc('\n', stderr);
}

/* Owns the problems. */
static void tell(struct import *import, const roster_lines *lines, json_t *problems) {
    if (!import->cli->json) {
        print_refusal(import, lines, problems);
        json_decref(problems);
        return;
    }
    json_t *refusal = out_object();
    out_put_integer(refusal, "line", (int64_t)lines->first);
    if (lines->last > lines->first) {
        out_put_integer(refusal, "last_line", (int64_t)lines->last);
    }
    out_put(refusal, "problems", problems);
    out_append(import->refusals, refusal);
}

void roster_refuse_for(struct import *import, size_t line, json_t *problems, bool bad_input) {
    roster_lines lines = {line, line, 0};
    import->refused++;
    import->bad_input |= bad_input;
    tell(import, &lines, problems);
}

static void refuse_line(struct import *import, size_t line, json_t *problem, bool bad_input) {
    json_t *problems = out_array();
    out_append(problems, problem);
    roster_refuse_for(import, line, problems, bad_input);
}

void roster_refuse(struct import *import, const char *path, const char *code, const char *reason, bool bad_input) {
    refuse_line(import, import->csv->line, fail_problem(path, code, reason), bad_input);
}

int roster_refuse_status(struct import *import, size_t line, nct_status status) {
    if (fail_exit_code(status) != CLI_ENVIRONMENT) {
        refuse_line(import, line, fail_problem("npi", nct_status_name(status), fail_message(import->cli, status)),
                    nct_status_category(status) == NCT_CATEGORY_VALUE);
        return CLI_DONE;
    }
    roster_clear_progress(import);
    return fail_status(import->cli, status, NULL);
}

void roster_within_quote(struct import *import) {
    const struct csv *csv = import->csv;
    if (import->within.opened != csv->opened) {
        roster_tell_within(import);
        import->within.first = csv->line;
        import->within.opened = csv->opened;
    }
    import->within.last = csv->line;
    import->refused++;
    import->bad_input = true;
}

void roster_tell_within(struct import *import) {
    char reason[200];
    if (import->within.opened == 0) {
        return;
    }
    json_t *problems = out_array();
    snprintf(reason, sizeof reason,
             "A quote opens in line %zu and is not closed in it; close it, or write the field in one line.",
             import->within.opened);
    out_append(problems, fail_problem("row", "CLI_INPUT", reason));
    tell(import, &import->within, problems);
    import->within = (roster_lines){0, 0, 0};
}

/* ---- The counts ---- */

static void put_counts(const struct import *import) {
    json_t *result = import->cli->result;
    out_put_integer(result, "rows", (int64_t)import->rows);
    out_put_integer(result, "enrolled", (int64_t)import->enrolled);
    out_put_integer(result, "reissued", (int64_t)import->reissued);
    out_put_integer(result, "refused", (int64_t)import->refused);
    out_put_integer(result, "code_unused", (int64_t)import->unused);
    out_put(result, "dry_run", json_boolean(import->dry));
    out_put(result, "refusals", json_incref(import->refusals));
    if (import->codes.count > 0) {
        out_put_string(result, "codes_file", import->codes.path);
    }
}

static void say_counts(const struct import *import, bool failed) {
    struct cli *cli = import->cli;
    if (failed && cli->json) {
        return; /* the message is that of the failure */
    }
    char reissued[80] = "";
    if (import->reissued > 0) {
        snprintf(reissued, sizeof reissued, import->dry ? ", %zu would get a new code" : ", %zu got a new code",
                 import->reissued);
    }
    if (import->dry) {
        out_say(cli, "%zu would be enrolled%s, %zu would be refused, of %zu rows. Nothing was changed.",
                import->enrolled, reissued, import->refused, import->rows);
    } else {
        out_say(cli, "%zu enrolled%s, %zu refused, of %zu rows%s%s.", import->enrolled, reissued, import->refused,
                import->rows, import->codes.count > 0 ? "; authorization codes are in " : "",
                import->codes.count > 0 ? import->codes.path : "");
    }
    if (import->unused > 0) {
        out_note(cli,
                 "%zu of the refused are enrolled and have never used their code. If you do not have it, "
                 "run this again with --reissue.",
                 import->unused);
    }
}

static bool adds_up(const struct import *import) {
    return import->rows == import->enrolled + import->reissued + import->refused;
}

int roster_summarize(struct import *import, int code) {
    roster_tell_within(import);
    roster_clear_progress(import);
    put_counts(import);
    say_counts(import, code != CLI_DONE);
    if (code != CLI_DONE) {
        fail_help(import->cli, "%s",
                  import->dry ? "Later rows were not checked."
                              : "Later rows were not read. Run the import again, with another "
                                "--codes file: what is enrolled stays, and is refused then.");
        return code;
    }
    if (!adds_up(import)) {
        return fail_environment(import->cli, "%s: %zu rows were read, but that is not what became of them",
                                import->file, import->rows);
    }
    if (import->refused == 0) {
        return CLI_DONE;
    }
    return import->bad_input ? CLI_USAGE : CLI_REFUSED;
}
