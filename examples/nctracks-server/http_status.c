#include "http_status.h"

#include <stddef.h>

struct row {
    nct_status status;
    unsigned http;
    bool call_center;
};

/* What is not here is 422 of a value, 409 of a rule, 500 of a failure. */
static const struct row rows[] = {
    {NCT_E_NOT_FOUND, 404, false},
    {NCT_E_NO_SESSION, 404, false},
    {NCT_E_CODE_REQUIRED, 401, false},
    {NCT_E_BUSY, 503, false},
    {NCT_E_STORE, 503, false},
    {NCT_E_MAILER, 503, false},
    {NCT_E_IDENTITY, 503, false},
    {NCT_E_LIMIT, 413, false},
    {NCT_E_STATE, 409, false},
    {NCT_E_PROBLEMS, 422, false},
    {NCT_E_DENIED, 403, true},
    {NCT_E_PROVIDER_OR_CODE, 422, true},
    {NCT_E_NOT_REGISTERED, 403, false},
    {NCT_E_NOT_PROVISIONED, 403, false},
    {NCT_E_RIGHT_MISSING, 403, false},
    {NCT_E_NO_AUTHORITY, 403, false},
    {NCT_E_EXPIRED, 403, false},
    {NCT_E_NOT_YET_VALID, 403, false},
    {NCT_E_TERMINATED, 403, true},
    {NCT_E_SELF_GRANT, 403, false},
    {NCT_E_EXCEEDS_OWN, 403, false},
    {NCT_E_NOT_MANAGED, 403, false},
    {NCT_E_NOT_ON_RECORD, 403, false},
    {NCT_E_ELSEWHERE, 403, true},
    {NCT_E_OFFICE_ADMINISTRATOR, 403, false},
    {NCT_E_UNKNOWN_PERSON, 404, false},
    {NCT_E_NO_PIN, 409, true},
    {NCT_E_REPEATED, 422, false},
    {NCT_E_DATE, 422, false},
    {NCT_E_CONTESTED, 409, true},
    {NCT_E_TOO_OFTEN, 429, true},
};

static const struct row *find(nct_status status) {
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].status == status) {
            return &rows[i];
        }
    }
    return NULL;
}

unsigned http_status(nct_status status) {
    const struct row *row = find(status);
    if (row != NULL) {
        return row->http;
    }
    switch (nct_status_category(status)) {
    case NCT_CATEGORY_VALUE:
        return 422;
    case NCT_CATEGORY_RULE:
        return 409;
    default:
        return 500;
    }
}

bool http_status_is_for_the_call_center(nct_status status) {
    const struct row *row = find(status);
    return row != NULL && row->call_center;
}
