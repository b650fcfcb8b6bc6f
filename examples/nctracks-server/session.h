/** Who asks: the cookie, and the library's session it stands for. */
#ifndef NCTRACKS_SERVER_SESSION_H
#define NCTRACKS_SERVER_SESSION_H

#include "request.h"

/** Finds out whose session the cookie stands for; a stranger's is none. Answers and returns false on a failure. */
bool session_load(struct request *request);

#endif
