/** Whether the server is well, asked from outside. */
#ifndef NCTRACKS_SERVER_HEALTH_H
#define NCTRACKS_SERVER_HEALTH_H

#include "settings.h"

/** Asks the server that runs with this configuration; the exit code: 0 when it is ready. */
int health_ask(const struct settings *settings);

#endif
