/* Applications as they are handed to the host. */
#ifndef NCT_PORTAL_APPLICATION_HANDLE_H
#define NCT_PORTAL_APPLICATION_HANDLE_H

#include "portal/application/application.h"

struct nct_application {
    struct nct_memory memory; /* of one that is not in a list */
    struct nct_application_at at;
    char drafted_by[NCT_NCID_ROOM];
    char id[2 * NCT_APPLICATION_ID + 1];
    char signature[2 * NCT_SIGNATURE_ID + 1];
};

/* Fills the texts of a handle from its record. NCT_OK or a failure. */
nct_status nct_application_fill(struct nct_unit *unit, struct nct_application *application);

#endif
