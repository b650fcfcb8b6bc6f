/*
 * Forms filled in by path. The first byte is the form, each line after it a path, `=` and a value. Setting takes any
 * bytes of a known path; validating names every problem by a path that can be set, and tells a second time what it told
 * the first.
 */
#include <stdlib.h>
#include <string.h>

#include "sealed.h"
#include "world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct world *world(void) {
    static void *state;
    if (state == NULL)
        (void)world_setup_clinic(&state);
    return state;
}

/* A path of the table: users[N] stands for any of them. */
static int is_known(int32_t form, const char *path) {
    for (size_t i = 0; i < nct_field_count(form); i++) {
        const char *known = nct_field_path(form, i);
        const char *group = strstr(known, "[N]");
        const char *end = strchr(path, ']');
        if (strcmp(known, path) == 0)
            return 1;
        if (group != NULL && end != NULL && strncmp(known, path, (size_t)(group - known) + 1) == 0 &&
            strcmp(group + 2, end) == 0)
            return 1;
    }
    return 0;
}

static void set_line(int32_t kind, nct_form *filled, struct piece line) {
    const uint8_t *sign = line.len > 0 ? memchr(line.at, '=', line.len) : NULL;
    if (sign == NULL)
        return;
    size_t path_len = (size_t)(sign - line.at);
    char *path = calloc(path_len + 1, 1);
    fuzz_require(path != NULL);
    memcpy(path, line.at, path_len);
    nct_status status = nct_form_set(filled, path, sign + 1, line.len - path_len - 1);
    fuzz_require(status != NCT_OK || is_known(kind, path));
    fuzz_require(status == NCT_OK || nct_status_name(status) != NULL);
    free(path);
}

static void check_problems(int32_t kind, const nct_problems *problems) {
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        nct_status code = nct_problems_code(problems, i);
        fuzz_require(code < 0 && strlen(nct_problems_message(problems, i)) > 0);
        fuzz_require(is_known(kind, nct_problems_path(problems, i)));
    }
}

/* Some statuses are the portal's, not a field's: then there is no list. */
static size_t validate(int32_t kind, nct_form *filled, nct_status *status) {
    nct_problems *problems = NULL;
    *status = nct_form_validate(filled, &problems);
    size_t count = nct_problems_count(problems);
    fuzz_require(*status != NCT_OK || count == 0);
    fuzz_require((*status == NCT_E_PROBLEMS) == (count > 0));
    fuzz_require(*status != NCT_E_INTEGRITY && *status != NCT_E_NO_MEMORY && *status != NCT_E_ARGUMENT);
    check_problems(kind, problems);
    nct_problems_free(problems);
    return count;
}

static void fill(int32_t kind, nct_form *filled, struct piece rest) {
    while (rest.len > 0) {
        const uint8_t *end = memchr(rest.at, '\n', rest.len);
        size_t len = end != NULL ? (size_t)(end - rest.at) : rest.len;
        set_line(kind, filled, (struct piece){rest.at, len});
        len += end != NULL;
        rest = (struct piece){rest.at + len, rest.len - len};
    }
}

/* A right one makes a token. */
static void review(int32_t kind, nct_form *filled) {
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_status status = nct_signing_review(filled, token, sizeof token, NULL);
    fuzz_require(kind == NCT_FORM_SIGNING || status == NCT_E_ARGUMENT);
    fuzz_require((status == NCT_OK) == (token[0] != '\0') || kind != NCT_FORM_SIGNING);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nct_status first = NCT_OK, second = NCT_OK;
    nct_form *filled = NULL;
    if (size == 0)
        return 0;
    int32_t kind = NCT_FORM_ENROLLMENT + data[0] % NCT_FORM_EFT_CHANGE;
    fuzz_require(nct_form_new(world()->portal, kind, &filled) == NCT_OK && nct_form_kind(filled) == kind);
    fill(kind, filled, (struct piece){data + 1, size - 1});
    size_t count = validate(kind, filled, &first);
    fuzz_require(validate(kind, filled, &second) == count && first == second);
    review(kind, filled);
    nct_form_free(filled);
    return 0;
}
