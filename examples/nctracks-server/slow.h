/** Clients that are slow on purpose: a connection whose request does not get whole in time is closed. */
#ifndef NCTRACKS_SERVER_SLOW_H
#define NCTRACKS_SERVER_SLOW_H

#include "request.h"

/** Watches over connections: a request's head has to be there within `seconds`. NULL without memory or thread. */
struct slow *slow_start(int seconds);
/** After the daemon was stopped. @param slow may be NULL */
void slow_stop(struct slow *slow);

/** For MHD_OPTION_NOTIFY_CONNECTION, with the `struct slow`. */
void slow_notice(void *slow, struct MHD_Connection *connection, void **watched,
                 enum MHD_ConnectionNotificationCode what);
/** The head of a request is there; nothing is awaited of it any more. */
void slow_arrived(struct MHD_Connection *connection);
/** A request was answered; the next one may come. */
void slow_answered(struct MHD_Connection *connection);

#endif
