/** Reading a line from the terminal without showing it. */
#ifndef NCTRACKS_CLI_TERMINAL_H
#define NCTRACKS_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Asks on the controlling terminal with echo off. The terminal is set right again whatever happens, also when a
 * signal arrives, which then takes its usual course.
 * @return false with errno: ENXIO or ENOTTY without a terminal, EINTR after a signal, EOVERFLOW for too long a line
 */
bool terminal_ask(const char *prompt, char *out, size_t capacity, size_t *len);

#endif
