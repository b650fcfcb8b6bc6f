/** Failures: said to a person on standard error, or as JSON on standard output; each returns the exit code. */
#ifndef NCTRACKS_CLI_FAILURE_H
#define NCTRACKS_CLI_FAILURE_H

#include <nctracks/form.h>
#include <nctracks/policy.h>

#include "cli.h"

/** The exit code of a status of the library. */
int fail_exit_code(nct_status status);

/** A status of the library. @param problems may be NULL; not freed */
int fail_status(struct cli *cli, nct_status status, const nct_problems *problems);

/** A status of the library about one thing among several: an operand, a file. */
int fail_named(struct cli *cli, nct_status status, const char *what);

/** Problems found by the program itself: an array (owned) of objects with path, code and message. */
int fail_problems(struct cli *cli, json_t *problems);

/** Appends the library's problems to such an array. */
void fail_collect(const struct cli *cli, json_t *array, const nct_problems *problems);

/** A policy in a file that cannot be read or contradicts itself. @param problems may be NULL; not freed */
int fail_policy(struct cli *cli, const char *path, nct_status status, const nct_policy_problems *problems);

/** A text in a file that cannot be used; `what` says so of one with problems. @param problems may be NULL; not freed */
int fail_text(struct cli *cli, const char *path, const char *what, nct_status status,
              const nct_policy_problems *problems);

/** The library's sentence on a status, in the language asked for. */
const char *fail_message(const struct cli *cli, nct_status status);

/** One problem of such an array. */
json_t *fail_problem(const char *path, const char *code, const char *message);

/** Says what the one who reads it can do; after one of the others. */
void fail_help(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Arguments that are not understood. */
int fail_usage(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Input that is not acceptable. */
int fail_input(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Something around the program is not in order. */
int fail_environment(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Ended by a signal, in good order: the exit code is 128 and its number. */
int fail_interrupted(struct cli *cli, int signal, const char *format, ...) __attribute__((format(printf, 3, 4)));
/** A file; the reason is trusted_reason(). */
int fail_file(struct cli *cli, const char *path);

/* What was done but not as typed: each with its path, as the notes of the result. */
void fail_notes(struct cli *cli, const nct_problems *notes);

#endif
