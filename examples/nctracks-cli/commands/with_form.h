/** Commands that fill in one form of the library. */
#ifndef NCTRACKS_CLI_WITH_FORM_H
#define NCTRACKS_CLI_WITH_FORM_H

#include <nctracks/form.h>

#include "cli.h"

/** Fills in a form and has it taken; the form stays the caller's. @return the exit code */
typedef int form_step(struct cli *cli, nct_form *form);

/** Opens the portal and takes the step with a new form. @param kind one of NCT_FORM @return the exit code */
int with_form(struct cli *cli, int32_t kind, form_step *step);

/** The same with a form that the JSON file of the first operand fills in before the step. */
int with_json_form(struct cli *cli, int32_t kind, form_step *step);

/** The same for somebody whose password is asked for first. @param path the field it is of @param prompt what is asked
 */
int with_password_form(struct cli *cli, int32_t kind, const char *path, const char *prompt, form_step *step);

#endif
