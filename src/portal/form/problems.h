/* Lists of problems while they are made. */
#ifndef NCT_PORTAL_FORM_PROBLEMS_H
#define NCT_PORTAL_FORM_PROBLEMS_H

#include "engine/handle/portal.h"

#include <nctracks/form.h>

/* A list for a form of this kind. */
nct_status nct_problems_new(const struct nct_portal *portal, int32_t form, struct nct_problems **out);

/* Adds a problem of the field of a path. NCT_OK or NCT_E_NO_MEMORY. */
nct_status nct_problems_add(struct nct_problems *problems, const char *path, nct_status code);

/*
 * Ends the making of a list: hands it to the caller if there are problems and the caller wants them, else frees it.
 * Answers NCT_OK without problems, NCT_E_PROBLEMS with some; a status that is not NCT_OK stays.
 */
nct_status nct_problems_finish(struct nct_problems *problems, nct_status status, struct nct_problems **out);

/* The same for notes on something that was done: a list that could not be made undoes nothing. */
void nct_notes_finish(struct nct_problems *notes, nct_status status, struct nct_problems **out);

#endif
