/** A form from a JSON file, which nests what the paths of the fields name: {"users": [{"ncid": ...}]}. */
#ifndef NCTRACKS_CLI_FORM_JSON_H
#define NCTRACKS_CLI_FORM_JSON_H

#include <nctracks/form.h>

#include "cli.h"

/** A form of the library, whichever it is. */
typedef struct form_target {
    int32_t form; /**< One of the NCT_FORM constants. */
    void *handle;
    nct_status (*set)(void *handle, const char *path, const void *value, size_t len);
    nct_status (*validate)(void *handle, nct_problems **problems);
} form_target;

/** A form with nothing to it but its fields. */
form_target form_json_target(nct_form *form);

/**
 * Fills a form from a file ("-": standard input). When something cannot be set, all that is wrong with the form is
 * reported at once, the library's problems too.
 * @return CLI_DONE or the exit code of what was reported
 */
int form_json_fill(struct cli *cli, const char *file, const form_target *target);

#endif
