/** The forms of the library, whichever it is: drawn from its tables, filled from {"fields": {path: text}}. */
#ifndef NCTRACKS_SERVER_FORMS_H
#define NCTRACKS_SERVER_FORMS_H

#include "request.h"

/**
 * A form with what the body's `fields` say; answers and returns NULL where there are none, or one is unknown.
 * @param form one of the NCT_FORM constants
 * @return to be freed with nct_form_free()
 */
nct_form *forms_fill(struct request *request, int32_t form);
/** The same of a body with other members; `only` names each, `fields` too, and is ended by NULL. */
nct_form *forms_fill_beside(struct request *request, int32_t form, const char *const *only);

/** Sets a field to a text; answers and returns false on failure. */
bool forms_set(struct request *request, nct_form *form, const char *path, const char *value);

#endif
