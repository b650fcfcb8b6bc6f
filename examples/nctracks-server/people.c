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

json_t *people_json(const nct_person *person) {
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "ncid", nct_person_ncid(person), "name",
                     nct_person_display_name(person), "first_name", nct_person_first_name(person), "last_name",
                     nct_person_last_name(person), "email", nct_person_email(person), "phone", nct_person_phone(person),
                     "pin", people_pin(nct_person_pin_state(person), nct_person_pin_issued_at(person)));
}
