/** What is checked of every request before anything is done. Each answers where it refuses. */
#ifndef NCTRACKS_SERVER_GUARD_H
#define NCTRACKS_SERVER_GUARD_H

#include "request.h"

/** Whether the server is meant, by the header Host; else answers. A request of HTTP/1.0 may have none. */
bool guard_host(struct request *request);
/** Before the body is read: how often, which route, from which site, what kind of body, how long. */
bool guard_head(struct request *request);
/** With the body: whether it is JSON, who asks, and whether they may. */
bool guard_body(struct request *request);

/** Whether a method changes nothing (RFC 9110, 9.2.1). */
bool guard_is_safe(const char *method);

#endif
