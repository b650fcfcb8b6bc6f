/** HTTP: the daemon, and how answers leave. */
#ifndef NCTRACKS_SERVER_HTTP_H
#define NCTRACKS_SERVER_HTTP_H

#include "request.h"

/** Begins to listen; NULL with a reason on standard error. */
struct MHD_Daemon *http_start(struct server *server);
/** Accepts nothing any more, lets requests that are under way end for up to `seconds`, then closes everything. */
void http_stop(struct server *server, struct MHD_Daemon *daemon, int seconds);

/** Sends the answer that was made. */
enum MHD_Result http_send(struct request *request);
/** Sends a response with the headers every answer has; takes it over. @param page whether it is one of the pages */
enum MHD_Result http_queue(struct request *request, struct MHD_Response *response, bool page);

#endif
