/** What statuses of the library are in HTTP: one table. */
#ifndef NCTRACKS_SERVER_HTTP_STATUS_H
#define NCTRACKS_SERVER_HTTP_STATUS_H

#include <stdbool.h>

#include <nctracks/status.h>

/** The status code of a refusal or failure. */
unsigned http_status(nct_status status);
/** Whether the call centre is who helps (S15). */
bool http_status_is_for_the_call_center(nct_status status);

#endif
