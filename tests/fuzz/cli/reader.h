/* What the harnesses of the program's readers share: a state of the program, and the input as a file. */
#ifndef READER_H
#define READER_H

#include <stdint.h>

#include "cli.h"

/* Ends the program, which is what a fuzzer takes for a fault, when something does not hold. */
void require(bool holds);

/* The program as a command finds it with --json; to be given back to reader_end(). */
struct cli *reader_begin(void);
/* Looks at what was told: a failure says what it is. */
void reader_end(struct cli *cli, int code);

/* Puts the input into a file of its own and returns its path, which stays the same. */
const char *reader_file(const uint8_t *data, size_t size);

#endif
