/** An import: the parts of `provider import`. */
#ifndef NCTRACKS_CLI_ROSTER_H
#define NCTRACKS_CLI_ROSTER_H

#include <nctracks/form.h>

#include "cli.h"
#include "roster/codes_file.h"
#include "roster/csv.h"
#include "roster/dirt.h"

/** Lines that are refused together: the first and the last. */
typedef struct roster_lines {
    size_t first;
    size_t last;
    size_t opened; /**< The line with the quote they lie in. */
} roster_lines;

/** Rows that are enrolled together, in one commit: where a disk is waited for, that is once for all of them. */
typedef struct roster_batch {
    size_t count;
    nct_form *forms[NCT_BULK_MAX];
    size_t lines[NCT_BULK_MAX];
    char providers[NCT_BULK_MAX][NCT_IDENT_CANONICAL_MAX + 1];
    bool failed; /* nothing goes on any more */
} roster_batch;

/** One import. Each row that was read is enrolled, got a new code or is refused: the counts add up. */
struct import {
    struct cli *cli;
    const char *file;
    struct csv *csv;
    codes_file codes;
    roster_batch batch;
    bool dry;                                     /* --dry-run: nothing is changed */
    bool reissue;                                 /* --reissue: new codes for those that never used one */
    enum roster_column positions[CSV_FIELDS_MAX]; /* which column stands at each place of the header */
    size_t width;                                 /* how many columns the header has */
    size_t rows;
    size_t enrolled;
    size_t reissued;
    size_t refused;
    size_t unused;       /* of the refused: enrolled before, and the code never used */
    bool bad_input;      /* a row was refused for what it holds, not by a rule */
    roster_lines within; /* of an open quote, not told yet */
    json_t *refusals;
    json_t *seen; /* with --dry-run and --reissue: the providers of the rows before */
    bool terminal;
    int64_t shown; /* when progress was, in milliseconds */
};

/** Reads the header and what stands at each place. */
int roster_read_header(struct import *import);

/** Enrolls the row that was read, or says why not; with a code of CLI_ENVIRONMENT nothing goes on. */
int roster_enroll(struct import *import);

/** A row to be enrolled with others, by the form (owned) of a provider's canonical id. */
int roster_batch_add(struct import *import, const char *provider, nct_form *enrollment);
/** Whether a row of a provider waits there. */
bool roster_batch_has(const struct import *import, const char *provider);
/** Enrolls those that wait, or says why not; with a code of CLI_ENVIRONMENT nothing goes on. */
int roster_batch_settle(struct import *import);
/** Forgets them. */
void roster_batch_clear(struct import *import);

/** A status that is not done: the row of a line is refused, or nothing goes on any more. */
int roster_refuse_status(struct import *import, size_t line, nct_status status);
/** Refuses the present line for one reason. `path` is a column, or "row". */
void roster_refuse(struct import *import, const char *path, const char *code, const char *reason, bool bad_input);
/** Refuses a line for problems (owned), an array of what fail_problem() makes. */
void roster_refuse_for(struct import *import, size_t line, json_t *problems, bool bad_input);
/** A line within an open quote; such lines are told together. */
void roster_within_quote(struct import *import);
/** Tells of those that were not told yet. */
void roster_tell_within(struct import *import);

/** Progress, on a terminal only. */
void roster_show_progress(struct import *import);
/** Takes it away, before anything else is written. */
void roster_clear_progress(const struct import *import);

/** The counts, whatever ended the import. @param code of what ended it @return the exit code */
int roster_summarize(struct import *import, int code);

/** Enrolls the providers of the roster the first operand names. @return the exit code */
int roster_import(struct cli *cli);

#endif
