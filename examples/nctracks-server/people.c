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

json_t *people_address(const struct address *address) {
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "line1", address->line1, "line2", address->line2, "city",
                     address->city, "state", address->state, "zip", address->zip);
}

static json_t *address_of(const nct_person *person) {
    const struct address address = {nct_person_address_line1(person), nct_person_address_line2(person),
                                    nct_person_address_city(person), nct_person_address_state(person),
                                    nct_person_address_zip(person)};
    return people_address(&address);
}

json_t *people_json(const nct_person *person) {
    json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "ncid", nct_person_ncid(person), "name",
                            nct_person_display_name(person), "first_name", nct_person_first_name(person), "middle_name",
                            nct_person_middle_name(person), "last_name", nct_person_last_name(person), "suffix",
                            nct_person_suffix(person), "email", nct_person_email(person), "phone",
                            nct_person_phone(person), "phone_extension", nct_person_phone_extension(person));
    json_object_set_new(row, "address", address_of(person));
    json_object_set_new(row, "masked", json_boolean(nct_person_masked(person) == 1));
    json_object_set_new(row, "contested_at", json_integer((json_int_t)nct_person_contested_at(person)));
    json_object_set_new(row, "pin", people_pin(nct_person_pin_state(person), nct_person_pin_issued_at(person)));
    return row;
}

json_t *people_contact_request(const nct_contact_request *wish) {
    const struct address address = {nct_contact_request_address_line1(wish), nct_contact_request_address_line2(wish),
                                    nct_contact_request_address_city(wish), nct_contact_request_address_state(wish),
                                    nct_contact_request_address_zip(wish)};
    json_t *row =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "email", nct_contact_request_email(wish), "first_name",
                  nct_contact_request_first_name(wish), "middle_name", nct_contact_request_middle_name(wish),
                  "last_name", nct_contact_request_last_name(wish), "suffix", nct_contact_request_suffix(wish), "phone",
                  nct_contact_request_phone(wish), "phone_extension", nct_contact_request_phone_extension(wish));
    json_object_set_new(row, "address", people_address(&address));
    json_object_set_new(row, "drops", json_string(nct_contact_request_drops(wish)));
    json_object_set_new(row, "requested_by", json_string(nct_contact_request_by(wish)));
    json_object_set_new(row, "at", json_integer((json_int_t)nct_contact_request_at(wish)));
    json_object_set_new(row, "lapses_at", json_integer((json_int_t)nct_contact_request_lapses_at(wish)));
    json_object_set_new(row, "contested", json_boolean(nct_contact_request_contested(wish) == 1));
    return row;
}
