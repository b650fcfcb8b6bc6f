/* What the agency's staff do about providers and people: enroll, find, help. */
#include <string.h>

#include <nctracks/password.h>
#include <nctracks/pin.h>

#include "answer.h"
#include "forms.h"
#include "handlers.h"
#include "people.h"
#include "provider.h"

void agency_providers(struct request *request) {
    const char *after = NULL;
    size_t limit = 0;
    nct_provider_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status =
        nct_provider_list_page(request->server->portal, after, after != NULL ? strlen(after) : 0, limit, &list);
    size_t count = nct_provider_list_count(list);
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(rows, provider_json(nct_provider_list_at(list, i)));
    }
    answer_listed(request, status, rows,
                  count == limit ? nct_provider_id(nct_provider_list_at(list, count - 1)) : NULL);
    nct_provider_list_free(list);
}

void agency_enroll(struct request *request) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = forms_fill(request, NCT_FORM_ENROLLMENT);
    nct_problems *problems = NULL;
    const char *by = request->session.ncid;
    if (form == NULL) {
        return;
    }
    nct_status status = nct_enrollment_submit(form, by, strlen(by), code, sizeof code, &problems);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_CREATED, json_pack("{s:s}", "authorization_code", code));
    } else {
        answer_status(request, status, problems);
    }
    explicit_bzero(code, sizeof code);
    nct_problems_free(problems);
    nct_form_free(form);
}

/* By what is searched: the word of the query; 0 for an unknown one. */
static int32_t search_by(const char *name) {
    for (int32_t by = NCT_SEARCH_NCID; nct_search_name(by) != NULL; by++) {
        if (name != NULL && strcmp(nct_search_name(by), name) == 0) {
            return by;
        }
    }
    return 0;
}

void agency_people(struct request *request) {
    int32_t by = search_by(request_query(request, "by"));
    const char *text = request_query(request, "text");
    const char *after = NULL;
    size_t limit = 0;
    nct_person_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    if (by == 0 || text == NULL) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", "by and text say what is searched for");
        return;
    }
    nct_status status = nct_person_search(request->server->portal, by, text, strlen(text), after,
                                          after != NULL ? strlen(after) : 0, limit, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_person_list_count(list); i++) {
        json_array_append_new(rows, people_json(nct_person_list_at(list, i)));
    }
    answer_page(request, rows, nct_person_list_more(list) == 1 ? nct_person_list_cursor(list) : NULL);
    nct_person_list_free(list);
}

void agency_person(struct request *request) {
    const char *ncid = request_part(request, "ncid");
    nct_person *person = NULL;
    nct_status status = nct_person_read_for_operator(request->server->portal, ncid, strlen(ncid), &person);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, people_json(person));
    } else {
        answer_status(request, status, NULL);
    }
    nct_person_free(person);
}

/* ---- The call centre: each with the reason, and how the caller was recognised ---- */

/** A function of the library for operators, such as nct_pin_reset_by_operator(). */
typedef nct_status help(nct_portal *portal, const char *by, size_t by_len, const char *ncid, size_t ncid_len,
                        const char *reason, size_t reason_len);

static void give_help(struct request *request, help *help_with) {
    static const char *const only[] = {"ncid", "reason", NULL};
    const char *by = request->session.ncid;
    const char *ncid = request_text(request, "ncid");
    const char *reason = ncid != NULL ? request_text(request, "reason") : NULL;
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    answer_outcome(request,
                   help_with(request->server->portal, by, strlen(by), ncid, strlen(ncid), reason, strlen(reason)),
                   MHD_HTTP_OK, NULL);
}

void agency_pin_reset(struct request *request) {
    give_help(request, nct_pin_reset_by_operator);
}

void agency_pin_lost(struct request *request) {
    give_help(request, nct_pin_report_lost_by_operator);
}

void agency_password_code(struct request *request) {
    give_help(request, nct_password_send_code_by_operator);
}

void agency_password_unlock(struct request *request) {
    give_help(request, nct_password_unlock_by_operator);
}
