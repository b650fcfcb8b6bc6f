/* Enrolling a provider from a form: what one enrollment and many at once share. */
#ifndef NCT_PORTAL_PROVIDER_ENROLLMENT_H
#define NCT_PORTAL_PROVIDER_ENROLLMENT_H

#include "portal/access/admit.h"

#define NCT_ENROLLMENT_PINS 2 /* an enrollment may ask for: the OA's and the backup OA's */

/* What the unit of work needs of a form. Wiped by its owner. */
struct nct_enrolling {
    struct nct_drafts *drafts;
    char provider[NCT_PROVIDER_ROOM];
    struct nct_provider_record record;
    struct nct_provider_private private;
    struct nct_entrant administrator; /* without an NCID: none is designated */
    struct nct_entrant backup;        /* likewise */
    const char *actor;
};

/* Reads a form that has no problems and whose code was drawn; the drafts and who acts are set already. */
void nct_enrolling_read(struct nct_form *form, struct nct_enrolling *enrolling);

/* A unit of work over a struct nct_enrolling: makes the provider record. */
nct_status nct_enroll(struct nct_unit *unit, void *argument);

/* After the commit: the code is no longer the form's; the notes say what was typed of people the portal knew, and not
 * taken. */
void nct_enrolling_finish(struct nct_form *form, const struct nct_enrolling *enrolling, nct_problems **notes);

#endif
