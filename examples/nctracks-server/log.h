/** One line of JSON on standard error for each request: no name, path, secret or body is in it. */
#ifndef NCTRACKS_SERVER_LOG_H
#define NCTRACKS_SERVER_LOG_H

#include "request.h"

void log_request(const struct request *request, uint64_t microseconds);
/** Something that happened to the server itself. */
void log_event(const char *event, const char *detail);

#endif
