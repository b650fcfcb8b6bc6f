/** People by name, as far as whoever asks may see them. */
#ifndef NCTRACKS_SERVER_PEOPLE_H
#define NCTRACKS_SERVER_PEOPLE_H

#include <nctracks/person.h>

#include "request.h"

#define PEOPLE_NAME_MAX 300

/** Somebody's own name; empty where it cannot be read. `out` has PEOPLE_NAME_MAX bytes. */
void people_own_name(const struct server *server, const char *ncid, char *out);
/** A person as whoever asked may see them. */
json_t *people_json(const nct_person *person);
/** State of a PIN and when it was issued. */
json_t *people_pin(int32_t state, int64_t issued_at);

#endif
