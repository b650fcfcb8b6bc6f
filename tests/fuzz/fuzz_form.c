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

/* The forms have types of their own; a template of functions stands before each. */
#define FORM(form)                                                                                                     \
    static nct_status form##_new(nct_portal *portal, void **out) {                                                     \
        nct_##form *made = NULL;                                                                                       \
        nct_status status = nct_##form##_new(portal, &made);                                                           \
        *out = made;                                                                                                   \
        return status;                                                                                                 \
    }                                                                                                                  \
    static nct_status form##_set(void *filled, const char *path, const void *value, size_t len) {                      \
        return nct_##form##_set(filled, path, value, len);                                                             \
    }                                                                                                                  \
    static void form##_free(void *filled) {                                                                            \
        nct_##form##_free(filled);                                                                                     \
    }
#define FORM_VALIDATED(form)                                                                                           \
    FORM(form)                                                                                                         \
    static nct_status form##_validate(void *filled, nct_problems **problems) {                                         \
        return nct_##form##_validate(filled, problems);                                                                \
    }

FORM_VALIDATED(enrollment)
FORM_VALIDATED(registration)
FORM_VALIDATED(user)
FORM_VALIDATED(principal)
FORM_VALIDATED(contact)
FORM_VALIDATED(draft)
FORM_VALIDATED(oa_change)
FORM_VALIDATED(eft_change)
FORM(signing)

/* A review of a signing is not asked for twice: a right one makes a token. */
static nct_status signing_validate(void *filled, nct_problems **problems) {
    char token[256];
    return nct_signing_review(filled, token, sizeof token, problems);
}

struct form {
    nct_status (*make)(nct_portal *portal, void **out);
    nct_status (*set)(void *filled, const char *path, const void *value, size_t len);
    nct_status (*validate)(void *filled, nct_problems **problems);
    void (*discard)(void *filled);
};

#define ROW(form)                                                                                                      \
    { form##_new, form##_set, form##_validate, form##_free }

static const struct form forms[] = {
    [NCT_FORM_ENROLLMENT] = ROW(enrollment),
    [NCT_FORM_REGISTRATION] = ROW(registration),
    [NCT_FORM_USER] = ROW(user),
    [NCT_FORM_SIGNING] = ROW(signing),
    [NCT_FORM_PRINCIPAL] = ROW(principal),
    [NCT_FORM_CONTACT] = ROW(contact),
    [NCT_FORM_DRAFT] = ROW(draft),
    [NCT_FORM_OA_CHANGE] = ROW(oa_change),
    [NCT_FORM_EFT_CHANGE] = ROW(eft_change),
};

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

static void set_line(const struct form *form, int32_t kind, void *filled, struct piece line) {
    const uint8_t *sign = line.len > 0 ? memchr(line.at, '=', line.len) : NULL;
    if (sign == NULL)
        return;
    size_t path_len = (size_t)(sign - line.at);
    char *path = calloc(path_len + 1, 1);
    fuzz_require(path != NULL);
    memcpy(path, line.at, path_len);
    nct_status status = form->set(filled, path, sign + 1, line.len - path_len - 1);
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
static size_t validate(const struct form *form, int32_t kind, void *filled, nct_status *status) {
    nct_problems *problems = NULL;
    *status = form->validate(filled, &problems);
    size_t count = nct_problems_count(problems);
    fuzz_require(*status != NCT_OK || count == 0);
    fuzz_require((*status == NCT_E_PROBLEMS) == (count > 0));
    fuzz_require(*status != NCT_E_INTEGRITY && *status != NCT_E_NO_MEMORY && *status != NCT_E_ARGUMENT);
    check_problems(kind, problems);
    nct_problems_free(problems);
    return count;
}

static void fill(const struct form *form, int32_t kind, void *filled, struct piece rest) {
    while (rest.len > 0) {
        const uint8_t *end = memchr(rest.at, '\n', rest.len);
        size_t len = end != NULL ? (size_t)(end - rest.at) : rest.len;
        set_line(form, kind, filled, (struct piece){rest.at, len});
        len += end != NULL;
        rest = (struct piece){rest.at + len, rest.len - len};
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nct_status first = NCT_OK, second = NCT_OK;
    void *filled = NULL;
    if (size == 0)
        return 0;
    int32_t kind = NCT_FORM_ENROLLMENT + data[0] % NCT_FORM_EFT_CHANGE;
    const struct form *form = &forms[kind];
    fuzz_require(form->make(world()->portal, &filled) == NCT_OK);
    fill(form, kind, filled, (struct piece){data + 1, size - 1});
    size_t count = validate(form, kind, filled, &first);
    if (kind != NCT_FORM_SIGNING)
        fuzz_require(validate(form, kind, filled, &second) == count && first == second);
    form->discard(filled);
    return 0;
}
