/** Rosters: many providers enrolled one after another by a thread of the server, while people do something else. */
#ifndef NCTRACKS_SERVER_ROSTERS_H
#define NCTRACKS_SERVER_ROSTERS_H

struct server;
struct rosters;

/** NULL without memory. */
struct rosters *rosters_new(struct server *server);
/** Goes on with those another run of the server was stopped at; only once the portal is open. */
void rosters_go_on(struct rosters *rosters);
/** Ends the row that is being enrolled and lets go of the rest; codes are wiped. @param rosters may be NULL */
void rosters_free(struct rosters *rosters);

#endif
