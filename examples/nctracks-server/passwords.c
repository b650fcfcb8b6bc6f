/* Passwords the library keeps: forgotten, reset, changed. */
#include <string.h>

#include <nctracks/password.h>

#include "answer.h"
#include "handlers.h"

static void answer_password(struct request *request, nct_status status, unsigned done, const char *field) {
    if (status == NCT_OK) {
        answer_done(request, done, NULL);
    } else if (nct_status_category(status) == NCT_CATEGORY_VALUE) {
        answer_field(request, field, status);
    } else {
        answer_status(request, status, NULL);
    }
}

void password_forgot(struct request *request) {
    static const char *const only[] = {"ncid", NULL};
    const char *ncid = request_text(request, "ncid");
    if (ncid == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_password(request, nct_password_forgotten(request->server->portal, ncid, strlen(ncid)), MHD_HTTP_ACCEPTED,
                    "ncid");
}

void password_reset(struct request *request) {
    static const char *const only[] = {"ncid", "code", "new_password", NULL};
    const char *ncid = request_text(request, "ncid");
    const char *code = ncid != NULL ? request_text(request, "code") : NULL;
    const char *chosen = code != NULL ? request_text(request, "new_password") : NULL;
    if (chosen == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_password(
        request,
        nct_password_reset(request->server->portal, ncid, strlen(ncid), code, strlen(code), chosen, strlen(chosen)),
        MHD_HTTP_OK, "new_password");
}

void password_change(struct request *request) {
    static const char *const only[] = {"password", "new_password", NULL};
    const char *ncid = request->session.ncid;
    const char *password = request_text(request, "password");
    const char *chosen = password != NULL ? request_text(request, "new_password") : NULL;
    if (chosen == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_password(request,
                    nct_password_change(request->server->portal, ncid, strlen(ncid), password, strlen(password), chosen,
                                        strlen(chosen)),
                    MHD_HTTP_OK, "new_password");
}
