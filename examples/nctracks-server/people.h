/** People by name, as far as whoever asks may see them. */
#ifndef NCTRACKS_SERVER_PEOPLE_H
#define NCTRACKS_SERVER_PEOPLE_H

#include <nctracks/contact.h>
#include <nctracks/person.h>

#include "request.h"

#define PEOPLE_NAME_MAX 300

/** Somebody's own name; empty where it cannot be read. `out` has PEOPLE_NAME_MAX bytes. */
void people_own_name(const struct server *server, const char *ncid, char *out);
/** A postal address; what there is not, or is masked, is empty. */
struct address {
    const char *line1;
    const char *line2;
    const char *city;
    const char *state;
    const char *zip;
};

json_t *people_address(const struct address *address);
/** Other contact data that wait to be confirmed. */
json_t *people_contact_request(const nct_contact_request *wish);
/** A person as whoever asked may see them. */
json_t *people_json(const nct_person *person);
/** State of a PIN and when it was issued. */
json_t *people_pin(int32_t state, int64_t issued_at);

#endif
