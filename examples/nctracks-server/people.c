#include "people.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/pin.h>

void people_own_name(const struct server *server, const char *ncid, char *out) {
    nct_person *person = NULL;
    size_t len = strlen(ncid);
    out[0] = '\0';
    if (nct_person_read(server->portal, ncid, len, NULL, 0, ncid, len, &person) == NCT_OK) {
        snprintf(out, PEOPLE_NAME_MAX, "%s", nct_person_display_name(person));
    }
    nct_person_free(person);
}

json_t *people_pin(int32_t state, int64_t issued_at) {
    const char *name = nct_pin_state_name(state);
    return json_pack("{s:s, s:I}", "state", name != NULL ? name : "none", "issued_at", (json_int_t)issued_at);
}
