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

/* Reads the application a handle says the place of. NCT_OK, NCT_E_NOT_FOUND or a failure. */
nct_status nct_application_fetch(struct nct_portal *portal, struct nct_application *application);

#endif
