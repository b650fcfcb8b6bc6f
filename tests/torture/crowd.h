/* Many threads that begin at the same moment. */
#ifndef NCT_TORTURE_CROWD_H
#define NCT_TORTURE_CROWD_H

#include <stddef.h>

#define CROWD_MAX 64

/* Runs work(0) ... work(threads - 1), each in a thread of its own, and waits for all. 0, or -1 if a thread could not be
 * made. The work must not call what fails a test. */
int crowd_run(size_t threads, void (*work)(size_t index, void *argument), void *argument);

#endif
