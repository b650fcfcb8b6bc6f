/* A person as somebody may see them. */
#ifndef NCT_PORTAL_ACCESS_PERSON_VIEW_H
#define NCT_PORTAL_ACCESS_PERSON_VIEW_H

#include "portal/registry/person.h"

#include <nctracks/person.h>

struct nct_person {
    struct nct_memory memory; /* of one that is freed by itself */
    int32_t view;             /* one of the NCT_VIEW constants */
    int32_t masked;           /* something is */
    int32_t pin_state;
    int64_t pin_issued_at;
    int64_t known_since;
    int64_t contested_at;
    char ncid[NCT_NCID_ROOM];
    struct nct_name name;
    char display_name[NCT_PRINTED_NAME_ROOM];
    char email[NCT_EMAIL_ROOM];
    char phone[NCT_PHONE_ROOM];
    char phone_extension[NCT_EXTENSION_ROOM];
    struct nct_postal postal;
    char language[NCT_LANGUAGE_ROOM];
};

/* Reads somebody who is there; nothing that the view does not show is left in the result. Of whom the caller found with
 * access to an open provider it says so, which spares the search for one. NCT_OK or a failure. */
nct_status nct_person_look(struct nct_unit *unit, int32_t view, const unsigned char person[NCT_PERSON_ID],
                           int has_access, struct nct_person *out);

#endif
