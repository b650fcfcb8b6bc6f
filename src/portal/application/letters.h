/* Letters about the moves of an application: to those whom the profile names, by mail and in their messages. */
#ifndef NCT_PORTAL_APPLICATION_LETTERS_H
#define NCT_PORTAL_APPLICATION_LETTERS_H

#include "portal/application/state.h"

/* Stages the letters about the last move, which was made in this unit. Of a draft that is discarded only whoever began
 * it is told, unless they did it themselves. NCT_OK or a failure. */
nct_status nct_application_tell(struct nct_unit *unit, const struct nct_application_at *application);

/* Stages the letters which say that it will be abandoned. NCT_OK or a failure. */
nct_status nct_application_remind(struct nct_unit *unit, const struct nct_application_at *application);

#endif
