/** The file authorization codes are written to: mode 0600, never one that was there; each is told only once. */
#ifndef NCTRACKS_CLI_CODES_FILE_H
#define NCTRACKS_CLI_CODES_FILE_H

#include <signal.h>
#include <sys/types.h>

#include <nctracks/ident.h>
#include <nctracks/provider.h>

#include "cli.h"

#define CODES_LINE_MAX (NCT_IDENT_CANONICAL_MAX + NCT_AUTHORIZATION_CODE_LENGTH + 3) /* a comma, a newline, a NUL */

typedef struct codes_file {
    char path[CLI_PATH_MAX];
    int fd;
    size_t count;
    off_t before; /* where the lines at work begin */
    size_t at_work;
    char lines[NCT_BULK_MAX][CODES_LINE_MAX]; /* of codes that nobody can read again if they are lost */
} codes_file;

/** Makes the file --codes names, else authorization-codes.csv, or authorization-codes-2.csv and so on where there is
 * one. @return CLI_DONE or a reported failure's exit code */
int codes_file_open(struct cli *cli, codes_file *out);

/** A further line, of a provider's id, which is made canonical, and its code; NCT_BULK_MAX at most until they are
 * finished with. */
void codes_file_add(codes_file *codes, const char *provider, const char *code);

/** Writes the lines that were added, durably. Before the records are made, so that none is without its code, whenever
 * the program is stopped. */
int codes_file_write(struct cli *cli, codes_file *codes);

/** One line, added and written. */
int codes_file_write_one(struct cli *cli, codes_file *codes, const char *provider, const char *code);

/** Finishes with the lines at work. @param enrolled for each, in order: those of providers that were not enrolled after
 * all are taken out of the file; NULL: all of them stay */
void codes_file_finish(codes_file *codes, const bool *enrolled);

/** Puts off signals that would end the program between an enrollment and the writing of its code. */
void codes_file_hold_signals(sigset_t *before);
/** Lets them come again. */
void codes_file_free_signals(const sigset_t *before);

/** Closes the file, and removes it if no code was written. */
void codes_file_close(codes_file *codes);

#endif
