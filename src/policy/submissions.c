#include "policy/submissions.h"
#include "base/about.h"

#include <string.h>

#define PLACE(constant, ...)                                                                                           \
    _Static_assert((int)NCT_SUBMISSION_PLACE_##constant == NCT_SUBMISSION_##constant, "rows in the order of "          \
                                                                                      "constants");
NCT_SUBMISSIONS(PLACE)

#define ROW(constant, word, description, machine, needs, traits)                                                       \
    [NCT_SUBMISSION_##constant] = {word, description, &nct_machine_##machine, traits},
static const struct {
    const char *name;
    const char *description;
    const struct nct_machine *machine;
    int32_t traits;
} submissions[NCT_SUBMISSION_COUNT] = {NCT_SUBMISSIONS(ROW)};

static int is_known(int32_t kind) {
    return kind > 0 && kind < NCT_SUBMISSION_COUNT;
}

const struct nct_machine *nct_submission_machine(int32_t kind) {
    return is_known(kind) ? submissions[kind].machine : NULL;
}

int nct_submission_is(int32_t kind, enum nct_submission_trait trait) {
    return (submissions[kind].traits & (int32_t)trait) != 0;
}

nct_status nct_submission_from_name(const char *name, int32_t *submission) {
    if (NCT_MISSING(name) || NCT_MISSING(submission))
        return NCT_E_ARGUMENT;
    *submission = 0;
    for (int32_t kind = 1; kind < NCT_SUBMISSION_COUNT; kind++)
        if (strcmp(submissions[kind].name, name) == 0)
            *submission = kind;
    return *submission != 0 ? NCT_OK : NCT_E_NOT_FOUND;
}

const char *nct_submission_name(int32_t submission) {
    return is_known(submission) ? submissions[submission].name : NULL;
}

const char *nct_submission_description(int32_t submission) {
    return is_known(submission) ? submissions[submission].description : NULL;
}
