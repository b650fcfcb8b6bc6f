/** What is done by the clock: mail that waits, due work. Leased in the store, so that of many servers one does each. */
#ifndef NCTRACKS_SERVER_UPKEEP_H
#define NCTRACKS_SERVER_UPKEEP_H

#include "server.h"

struct upkeep;

struct upkeep *upkeep_start(struct server *server);
/** Ends it after the step that is under way. @param upkeep may be NULL */
void upkeep_stop(struct upkeep *upkeep);

#endif
