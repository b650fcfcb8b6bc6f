/*
 * The reader of forms over arbitrary bytes, into a form that takes anything. What it sets has a path of the length a
 * form allows, and what it does not take it says as a problem or as bad input.
 */
#include <stdlib.h>
#include <string.h>

#include "forms/json.h"
#include "reader.h"
#include "terminal/failure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every other path is one the form does not know. */
static nct_status set(void *handle, const char *path, const void *value, size_t len) {
    size_t *count = handle;
    require(path[0] != '\0' && strlen(path) < 128 && value != NULL);
    char *copy = malloc(len + 1);
    require(copy != NULL);
    memcpy(copy, value, len); /* all of it can be read */
    free(copy);
    *count += 1;
    return *count % 2 == 0 ? NCT_OK : NCT_E_UNKNOWN_FIELD;
}

static nct_status validate(void *handle, nct_problems **problems) {
    (void)handle;
    *problems = NULL;
    return NCT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t count = 0;
    const form_target target = {NCT_FORM_REGISTRATION, &count, set, validate};
    struct cli *cli = reader_begin();
    int code = form_json_fill(cli, reader_file(data, size), &target);
    require(code == CLI_DONE || code == CLI_USAGE);
    require(count == 0 || code == CLI_USAGE); /* the first path was not taken */
    reader_end(cli, code);
    return 0;
}
