/* Applications and requests: drafted, moved by the provider and by the agency; submitted by signing, see signing.c. */
#include <string.h>

#include <nctracks/application.h>
#include <nctracks/machine.h>
#include <nctracks/right.h>
#include <nctracks/submission.h>

#include "access.h"
#include "answer.h"
#include "bytes.h"
#include "forms.h"
#include "handlers.h"

/** Of which application the path speaks. */
struct place {
    nct_portal *portal;
    const char *by;
    const char *provider;
    const char *id;
};

static struct place place_of(const struct request *request) {
    return (struct place){request->server->portal, request->session.ncid, request_part(request, "provider"),
                          request_part(request, "application")};
}

/* ---- As JSON ---- */

/* The moves one of these movers may make from the state it is in. */
static json_t *moves_from(const nct_application *application, int32_t movers) {
    int32_t kind = nct_application_kind(application);
    json_t *names = json_array();
    for (size_t i = 0; i < nct_machine_row_count(kind); i++) {
        if (nct_machine_row_from(kind, i) == nct_application_state(application) &&
            (nct_machine_row_movers(kind, i) & movers) != 0) {
            json_array_append_new(names, json_string(nct_move_name(nct_machine_row_move(kind, i))));
        }
    }
    return names;
}

static json_t *application_json(const nct_application *application) {
    char digest[BYTES_DIGEST_MAX];
    const char *last = nct_move_name(nct_application_last_move(application));
    bytes_digest_text(nct_application_document_digest(application), digest);
    json_t *out = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:I, s:s, s:I, s:s, s:s, s:I}", "id",
        nct_application_id(application), "provider", nct_application_provider(application), "kind",
        nct_submission_name(nct_application_kind(application)), "state",
        nct_state_name(nct_application_state(application)), "document_id", nct_application_document_id(application),
        "document_version", nct_application_document_version(application), "document_digest", digest, "physician_date",
        nct_application_physician_date(application), "drafted_by", nct_application_drafted_by(application),
        "drafted_at", (json_int_t)nct_application_drafted_at(application), "signature",
        nct_application_signature(application), "submitted_at", (json_int_t)nct_application_submitted_at(application),
        "last_move", last != NULL ? last : "", "moved_at", (json_int_t)nct_application_moved_at(application),
        "moved_by", nct_application_moved_by(application), "note", nct_application_note(application), "due_at",
        (json_int_t)nct_application_due_at(application));
    json_object_set_new(out, "agency_moves", moves_from(application, NCT_MOVER_AGENCY));
    json_object_set_new(out, "provider_moves", moves_from(application, NCT_MOVER_PREPARER | NCT_MOVER_SUBMITTER));
    json_object_set_new(out, "to_sign",
                        json_boolean(nct_machine_revisable(nct_application_kind(application),
                                                           nct_application_state(application)) == 1));
    return out;
}

/* ---- Reading ---- */

/* The state the query names; 0 for any. Answers and returns false for an unknown one. */
static bool read_state(struct request *request, int32_t *state) {
    const char *name = request_query(request, "state");
    *state = 0;
    if (name != NULL && nct_state_from_name(name, state) != NCT_OK) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", "There is no such state.");
        return false;
    }
    return true;
}

void applications_list(struct request *request) {
    struct place place = place_of(request);
    const char *after = NULL;
    size_t limit = 0;
    int32_t state = 0;
    nct_application_list *list = NULL;
    if (!request_page(request, &after, &limit) || !read_state(request, &state) ||
        !access_any(request, place.provider)) {
        return;
    }
    nct_status status = nct_application_list_by_provider(place.portal, place.provider, strlen(place.provider), state,
                                                         after, after != NULL ? strlen(after) : 0, limit, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < nct_application_list_count(list); i++) {
        json_array_append_new(rows, application_json(nct_application_list_at(list, i)));
    }
    answer_page(request, rows, nct_application_list_more(list) ? nct_application_list_cursor(list) : NULL);
    nct_application_list_free(list);
}

void applications_get(struct request *request) {
    struct place place = place_of(request);
    nct_application *application = NULL;
    if (!access_any(request, place.provider)) {
        return;
    }
    nct_status status = nct_application_get(place.portal, place.provider, strlen(place.provider), place.id,
                                            strlen(place.id), &application);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, application_json(application));
    } else {
        answer_status(request, status, NULL);
    }
    nct_application_free(application);
}

/* ---- Drafting ---- */

/* What of a draft is refused is explained by what preparing its kind needs. */
static int32_t preparation_needs(const struct request *request) {
    const char *kind = json_string_value(json_object_get(json_object_get(request->json, "fields"), "submission.kind"));
    int32_t submission = 0;
    int32_t needs = 0;
    if (kind == NULL || nct_submission_from_name(kind, &submission) != NCT_OK ||
        nct_policy_preparation_needs(nct_portal_policy(request->server->portal), submission, &needs) != NCT_OK) {
        return NCT_AUTHORITY_ENROLLMENT_PREPARE;
    }
    return needs;
}

/* The document's bytes, where the body has them in base64 and not as the text of a field. */
static bool set_content(struct request *request, nct_form *form) {
    const json_t *given = json_object_get(request->json, "content_base64");
    struct bytes content = {NULL, 0};
    if (given == NULL) {
        return true;
    }
    if (!json_is_string(given) || !bytes_decode(json_string_value(given), &content)) {
        answer_field(request, "content_base64", NCT_E_FORMAT);
        return false;
    }
    nct_status status = nct_form_set(form, "document.content", content.at, content.len);
    bytes_release(&content);
    if (status != NCT_OK) {
        answer_field(request, "content_base64", status);
    }
    return status == NCT_OK;
}

/* The draft of the body, at the provider of the path; NULL when it was answered. */
static nct_form *read_draft(struct request *request, const char *provider) {
    static const char *const only[] = {"fields", "content_base64", NULL};
    nct_form *form = access_any(request, provider) ? forms_fill_beside(request, NCT_FORM_DRAFT, only) : NULL;
    if (form != NULL && !(forms_set(request, form, "provider.npi", provider) && set_content(request, form))) {
        nct_form_free(form);
        form = NULL;
    }
    return form;
}

void applications_draft(struct request *request) {
    struct place place = place_of(request);
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_form *form = read_draft(request, place.provider);
    if (form == NULL) {
        return;
    }
    nct_status status = nct_draft_save(form, place.by, strlen(place.by), id, sizeof id, &problems);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_CREATED, json_pack("{s:s}", "id", id));
    } else {
        answer_refused(request, status, problems, place.provider, preparation_needs(request));
    }
    nct_problems_free(problems);
    nct_form_free(form);
}

void applications_revise(struct request *request) {
    struct place place = place_of(request);
    nct_problems *problems = NULL;
    nct_form *form = read_draft(request, place.provider);
    if (form == NULL) {
        return;
    }
    nct_status status = nct_draft_revise(form, place.by, strlen(place.by), place.id, strlen(place.id), &problems);
    if (status == NCT_OK) {
        answer_done(request, MHD_HTTP_OK, NULL);
    } else {
        answer_refused(request, status, problems, place.provider, preparation_needs(request));
    }
    nct_problems_free(problems);
    nct_form_free(form);
}

/* ---- Moving ---- */

static bool read_move(struct request *request, int32_t *move) {
    const char *name = request_text(request, "move");
    if (name == NULL) {
        return false;
    }
    if (nct_move_from_name(name, move) != NCT_OK) {
        answer_field(request, "move", NCT_E_UNKNOWN_VALUE);
        return false;
    }
    return true;
}

static void answer_moved(struct request *request, nct_status status, int32_t state) {
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, json_pack("{s:s}", "state", nct_state_name(state)));
    } else {
        answer_status(request, status, NULL);
    }
}

void applications_move(struct request *request) {
    static const char *const only[] = {"move", NULL};
    struct place place = place_of(request);
    int32_t move = 0;
    int32_t state = 0;
    if (!access_any(request, place.provider) || !read_move(request, &move) || !request_has_only(request, only)) {
        return;
    }
    nct_status status = nct_application_act(place.portal, place.by, strlen(place.by), place.provider,
                                            strlen(place.provider), place.id, strlen(place.id), move, &state);
    answer_moved(request, status, state);
}

void agency_application_move(struct request *request) {
    static const char *const only[] = {"move", "reason", NULL};
    struct place place = place_of(request);
    int32_t move = 0;
    int32_t state = 0;
    const char *reason = read_move(request, &move) ? request_text(request, "reason") : NULL;
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    nct_status status =
        nct_application_decide(place.portal, place.by, strlen(place.by), place.provider, strlen(place.provider),
                               place.id, strlen(place.id), move, reason, strlen(reason), &state);
    answer_moved(request, status, state);
}
