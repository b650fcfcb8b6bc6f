/** The forms by the names they have here. */
#ifndef NCTRACKS_CLI_FIELDS_H
#define NCTRACKS_CLI_FIELDS_H

#include <stddef.h>

/** What a form is called; NULL past the last one. */
const char *fields_form(size_t index);

#endif
