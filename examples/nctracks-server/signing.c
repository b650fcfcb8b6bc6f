/* Review and sign: the signer sees exactly the bytes that are signed, then gives password and PIN. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <nctracks/language.h>
#include <nctracks/option.h>
#include <nctracks/right.h>
#include <nctracks/sign.h>
#include <nctracks/submission.h>

#include "access.h"
#include "answer.h"
#include "bytes.h"
#include "forms.h"
#include "handlers.h"
#include "metrics.h"
#include "people.h"
#include "provider.h"
#include "signatures.h"

#define IDEMPOTENCY_MAX 64

/** What is signed: what the body says, and what the server adds. */
struct matter {
    const char *provider;
    const char *kind;
    const char *id;
    const char *version;
    const char *application; /**< NULL: none. */
    struct bytes content;
    int32_t needs; /**< The right or authority it takes. */
};

/* A text of the member `document`. */
static const char *document_text(struct request *request, const char *name) {
    const char *text = json_string_value(json_object_get(json_object_get(request->json, "document"), name));
    char path[64];
    if (text == NULL) {
        snprintf(path, sizeof path, "document/%s", name);
        answer_field(request, path, NCT_E_REQUIRED);
    }
    return text;
}

static bool read_kind(struct request *request, struct matter *matter) {
    const nct_policy *policy = nct_portal_policy(request->server->portal);
    int32_t submission = 0;
    matter->kind = request_text(request, "kind");
    if (matter->kind == NULL) {
        return false;
    }
    if (nct_submission_from_name(matter->kind, &submission) != NCT_OK ||
        nct_policy_submission_needs(policy, submission, &matter->needs) != NCT_OK) {
        answer_field(request, "kind", NCT_E_UNKNOWN_VALUE);
        return false;
    }
    return true;
}

/* The content is to be released. */
static bool read_matter(struct request *request, struct matter *matter) {
    *matter = (struct matter){.provider = request_part(request, "provider"),
                              .application = request_optional(request, "application")};
    if (!read_kind(request, matter)) {
        return false;
    }
    matter->id = document_text(request, "id");
    matter->version = matter->id != NULL ? document_text(request, "version") : NULL;
    const char *content = matter->version != NULL ? document_text(request, "content_base64") : NULL;
    if (content == NULL) {
        return false;
    }
    if (!bytes_decode(content, &matter->content)) {
        answer_field(request, "document/content_base64", NCT_E_FORMAT);
        return false;
    }
    return true;
}

static bool set_bytes(struct request *request, nct_form *form, const char *path, const void *bytes, size_t len) {
    nct_status status = nct_form_set(form, path, bytes, len);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
    }
    return status == NCT_OK;
}

static bool set_matter(struct request *request, nct_form *form, const struct matter *matter) {
    const struct server *server = request->server;
    return forms_set(request, form, "signer.ncid", request->session.ncid) &&
           forms_set(request, form, "provider.npi", matter->provider) &&
           forms_set(request, form, "submission.kind", matter->kind) &&
           forms_set(request, form, "document.id", matter->id) &&
           forms_set(request, form, "document.version", matter->version) &&
           set_bytes(request, form, "document.content", matter->content.at, matter->content.len) &&
           forms_set(request, form, "attestation.version", server->settings.attestation_version) &&
           set_bytes(request, form, "attestation.text", server->attestation.bytes, server->attestation.len) &&
           (matter->application == NULL || forms_set(request, form, "application.id", matter->application));
}

/* A form with the matter set; answers and returns NULL on failure. */
static nct_form *prepare(struct request *request, const struct matter *matter) {
    nct_form *form = NULL;
    nct_status status = nct_form_new(request->server->portal, NCT_FORM_SIGNING, &form);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return NULL;
    }
    if (!set_matter(request, form, matter)) {
        nct_form_free(form);
        form = NULL;
    }
    return form;
}

/* ---- Review ---- */

static json_t *document_json(const struct matter *matter) {
    char digest[BYTES_DIGEST_MAX];
    bytes_digest(&matter->content, digest);
    return json_pack("{s:s, s:s, s:o, s:s, s:I}", "id", matter->id, "version", matter->version, "content_base64",
                     bytes_encoded(matter->content.at, matter->content.len), "digest", digest, "length",
                     (json_int_t)matter->content.len);
}

static json_t *text_named(const struct request *request, const char *group, const char *name) {
    char key[128];
    snprintf(key, sizeof key, "%s.%s", group, name);
    const char *text = nct_portal_text(request->server->portal, request_language(request), key);
    return json_string(text != NULL ? text : name);
}

static json_t *authorized(const struct request *request, const struct matter *matter) {
    nct_explanation *explanation = NULL;
    json_t *out = NULL;
    const char *ncid = request->session.ncid;
    if (nct_access_explain(request->server->portal, matter->provider, strlen(matter->provider), ncid, strlen(ncid),
                           matter->needs, &explanation) == NCT_OK) {
        out = answer_explanation(request, explanation, matter->needs);
    }
    nct_explanation_free(explanation);
    return out;
}

static json_t *signer_json(const struct request *request) {
    char name[PEOPLE_NAME_MAX];
    people_own_name(request->server, request->session.ncid, name);
    return json_pack("{s:s, s:s}", "ncid", request->session.ncid, "name", name);
}

static json_t *review_json(const struct request *request, const struct matter *matter, const char *token) {
    const struct server *server = request->server;
    const nct_policy *policy = nct_portal_policy(server->portal);
    const char *right = nct_right_name(policy, matter->needs);
    int64_t lasts = 0;
    json_t *provider = json_object();
    if (nct_policy_get(policy, NCT_OPTION_REVIEW_TIME, &lasts) != NCT_OK) {
        lasts = 0;
    }
    provider_put_name(server, provider, matter->provider);
    return json_pack("{s:s, s:I, s:s, s:o, s:o, s:{s:s, s:s%}, s:o, s:o, s:s, s:o, s:o}", "review", token, "expires_at",
                     (json_int_t)time(NULL) * 1000 + lasts, "kind", matter->kind, "kind_description",
                     text_named(request, "submission", matter->kind), "document", document_json(matter), "attestation",
                     "version", server->settings.attestation_version, "text", server->attestation.bytes,
                     server->attestation.len, "signer", signer_json(request), "provider", provider, "right", right,
                     "right_description", text_named(request, "right", right), "authorized",
                     authorized(request, matter));
}

static void review(struct request *request, const struct matter *matter, nct_form *form) {
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_status status = nct_signing_review(form, token, sizeof token, &problems);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, review_json(request, matter, token));
    } else {
        answer_status(request, status, problems);
    }
    nct_problems_free(problems);
}

/* Whoever may not sign it anyway is told before they read it. */
void signing_review(struct request *request) {
    static const char *const only[] = {"kind", "document", "application", NULL};
    struct matter matter;
    if (!request_has_only(request, only) || !read_matter(request, &matter)) {
        return;
    }
    nct_form *form = access_may(request, matter.provider, matter.needs) ? prepare(request, &matter) : NULL;
    if (form != NULL) {
        review(request, &matter, form);
    }
    nct_form_free(form);
    bytes_release(&matter.content);
}

/* ---- Signature ---- */

static const char *idempotency_key(struct request *request) {
    const char *key = request_header(request, "Idempotency-Key");
    size_t len = key != NULL ? strlen(key) : 0;
    bool plain = len > 0 && len <= IDEMPOTENCY_MAX &&
                 strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == len;
    if (!plain) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_IDEMPOTENCY_KEY",
                    "The header Idempotency-Key is needed: up to 64 letters, digits, dots, dashes and underscores.");
    }
    return plain ? key : NULL;
}

/* What the receipt says about how the signer was authenticated: what the session knows of it. */
static bool set_authentication(struct request *request, nct_form *form) {
    static const char *const levels[] = {"aal1", "aal2", "aal3"};
    const struct session *session = &request->session;
    char time[24];
    bool done = true;
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(session->acr, levels[i]) == 0) {
            done = forms_set(request, form, "authentication.level", levels[i]);
        }
    }
    snprintf(time, sizeof time, "%lld", (long long)session->authenticated_at);
    return done && forms_set(request, form, "authentication.methods", session->amr) &&
           forms_set(request, form, "authentication.time", time);
}

static bool set_secrets(struct request *request, nct_form *form, const char *key) {
    const char *review_token = request_text(request, "review");
    const char *password = review_token != NULL ? request_text(request, "password") : NULL;
    const char *pin = password != NULL ? request_text(request, "pin") : NULL;
    return pin != NULL && forms_set(request, form, "review.token", review_token) &&
           forms_set(request, form, "signer.password", password) && forms_set(request, form, "signer.pin", pin) &&
           forms_set(request, form, "idempotency.key", key);
}

static void sign(struct request *request, const struct matter *matter, nct_form *form) {
    nct_problems *problems = NULL;
    nct_signature *signature = NULL;
    nct_status status = nct_sign(form, &problems, &signature);
    if (status == NCT_OK) {
        metrics_note_signature(request->server->metrics);
        signatures_answer(request, MHD_HTTP_CREATED, signature);
    } else if (status == NCT_E_DENIED) {
        answer_status(request, status, problems); /* one refusal, without a word about access */
    } else {
        answer_refused(request, status, problems, matter->provider, matter->needs);
    }
    nct_problems_free(problems);
    nct_signature_free(signature);
}

void signing_sign(struct request *request) {
    static const char *const only[] = {"review", "kind", "document", "application", "password", "pin", NULL};
    struct matter matter;
    const char *key = idempotency_key(request);
    if (key == NULL || !request_has_only(request, only) || !read_matter(request, &matter)) {
        return;
    }
    nct_form *form = prepare(request, &matter);
    if (form != NULL && set_authentication(request, form) && set_secrets(request, form, key)) {
        sign(request, &matter, form);
    }
    nct_form_free(form);
    bytes_release(&matter.content);
}
