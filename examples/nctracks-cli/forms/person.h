/* Filling in forms about people and providers from the command line. */
#ifndef NCTRACKS_CLI_PERSON_FORM_H
#define NCTRACKS_CLI_PERSON_FORM_H

#include <nctracks/form.h>

#include "cli.h"

/** Sets each field of the form whose option was given: names, address, phone, e-mail address, language. */
nct_status person_form_fill(const struct cli *cli, nct_form *form);

#endif
