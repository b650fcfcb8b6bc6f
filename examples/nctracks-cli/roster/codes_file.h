/** The file authorization codes are written to: mode 0600, never one that was there; each is told only once. */
#ifndef NCTRACKS_CLI_CODES_FILE_H
#define NCTRACKS_CLI_CODES_FILE_H

#include <signal.h>
#include <sys/types.h>

#include <nctracks/ident.h>

#include "cli.h"

typedef struct codes_file {
    char path[CLI_PATH_MAX];
    int fd;
    size_t count;
    off_t before; /* where the last line begins */
} codes_file;

/** Makes the file --codes names, else authorization-codes.csv, or authorization-codes-2.csv and so on where there is
 * one. @return CLI_DONE or a reported failure's exit code */
int codes_file_open(struct cli *cli, codes_file *out);

/** Writes the canonical form of a provider's id and its code, durably. Before the record is made, so that none is
 * without its code, whenever the program is stopped. */
int codes_file_add(struct cli *cli, codes_file *codes, const char *provider, size_t provider_len, const char *code);

/** Takes the last one back: the provider was not enrolled after all. */
void codes_file_take_back(codes_file *codes);

/** Puts off signals that would end the program between an enrollment and the writing of its code. */
void codes_file_hold_signals(sigset_t *before);
/** Lets them come again. */
void codes_file_free_signals(const sigset_t *before);

/** Closes the file, and removes it if no code was written. */
void codes_file_close(codes_file *codes);

#endif
