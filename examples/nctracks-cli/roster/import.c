#include "roster/import.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "trusted_file.h"

/* ---- Interruption: the row at work is finished, then comes the summary. A second signal ends the program at once.
 * ---- */

static volatile sig_atomic_t interrupted;

static void interrupt(int signal) {
    interrupted = signal;
}

static void await_signals(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND}; /* and reading breaks off */
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction before;
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, NULL);
        }
    }
}

static int tell_interruption(const struct import *import) {
    roster_clear_progress(import);
    return fail_interrupted(import->cli, interrupted, "%s: interrupted after line %zu", import->file,
                            import->csv->line);
}

/* ---- Rows ---- */

static int take_line(struct import *import, int result) {
    import->rows++;
    if (result == CSV_OPEN) {
        roster_within_quote(import);
        return CLI_DONE;
    }
    roster_tell_within(import);
    if (result == CSV_ROW) {
        return roster_enroll(import);
    }
    roster_refuse(import, "row", "CLI_INPUT", import->csv->reason, true);
    return CLI_DONE;
}

static int read_rows(struct import *import) {
    for (;;) {
        int result = interrupted ? CSV_FAILED : csv_next(import->csv);
        if (interrupted) {
            return tell_interruption(import);
        }
        if (result == CSV_END) {
            return CLI_DONE;
        }
        if (result == CSV_FAILED) {
            return fail_file(import->cli, import->file);
        }
        if (result == CSV_OTHER) {
            return fail_input(import->cli, "%s: line %zu: %s", import->file, import->csv->line, import->csv->reason);
        }
        int code = take_line(import, result);
        if (code != CLI_DONE) {
            return code;
        }
        roster_show_progress(import);
    }
}

/* Whatever ended the reading: what was read before is enrolled. */
static int settle_rest(struct import *import, int code) {
    int rest = roster_batch_settle(import);
    return code == CLI_DONE ? rest : code;
}

/* ---- The whole ---- */

static int run(struct import *import, FILE *file) {
    csv_begin(import->csv, file);
    int code = roster_read_header(import);
    if (code == CLI_DONE && !import->dry) {
        code = codes_file_open(import->cli, &import->codes);
    }
    if (code == CLI_DONE) {
        await_signals();
        code = roster_summarize(import, settle_rest(import, read_rows(import)));
    }
    roster_batch_clear(import);
    codes_file_close(&import->codes);
    return code;
}

static int import_file(struct cli *cli, const char *name, FILE *file) {
    struct import import = {.cli = cli, .file = name, .terminal = isatty(STDERR_FILENO) == 1};
    import.dry = args_has(&cli->args, "dry-run");
    import.reissue = args_has(&cli->args, "reissue");
    import.codes.fd = -1;
    import.csv = malloc(sizeof *import.csv);
    if (import.csv == NULL) {
        fclose(file);
        return fail_status(cli, NCT_E_NO_MEMORY, NULL);
    }
    import.refusals = out_array();
    import.seen = out_object();
    int code = run(&import, file);
    fclose(file);
    csv_wipe(import.csv);
    free(import.csv);
    json_decref(import.refusals);
    json_decref(import.seen);
    return code;
}

int roster_import(struct cli *cli) {
    const char *name = cli->args.operands[0];
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    int opened = strcmp(name, "-") == 0 ? dup(STDIN_FILENO) : trusted_open(AT_FDCWD, name, TRUST_INPUT);
    FILE *file = opened >= 0 ? fdopen(opened, "r") : NULL;
    return file != NULL ? import_file(cli, name, file) : fail_file(cli, name);
}
