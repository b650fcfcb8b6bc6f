#include "signatures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/language.h>
#include <nctracks/receipt.h>

#include "access.h"
#include "answer.h"
#include "bytes.h"
#include "handlers.h"

#define RENDERED_MAX 4096
#define KEY_SET_MAX ((size_t)64 * 1024)
#define COSE_MAX 8192
#define COSE_TYPE "application/cose; cose-type=\"cose-sign1\""

json_t *signatures_json(const nct_signature *signature) {
    char digest[BYTES_DIGEST_MAX];
    bytes_digest_text(nct_signature_document_digest(signature), digest);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I}", "id",
                     nct_signature_id(signature), "provider", nct_signature_provider(signature), "ncid",
                     nct_signature_ncid(signature), "signer_name", nct_signature_signer_name(signature), "role",
                     nct_signature_role(signature), "right", nct_signature_right(signature), "submission",
                     nct_signature_submission(signature), "meaning", nct_signature_meaning(signature), "document_id",
                     nct_signature_document_id(signature), "document_version",
                     nct_signature_document_version(signature), "document_digest", digest, "attestation_version",
                     nct_signature_attestation_version(signature), "profile", nct_signature_profile(signature),
                     "signed_at", (json_int_t)nct_signature_signed_at(signature));
}

static bool is_repudiated(const struct request *request, const nct_signature *signature) {
    unsigned char declaration[COSE_MAX];
    size_t len = 0;
    const char *provider = nct_signature_provider(signature);
    const char *id = nct_signature_id(signature);
    return nct_signature_repudiation(request->server->portal, provider, strlen(provider), id, strlen(id), declaration,
                                     sizeof declaration, &len) != NCT_E_NOT_FOUND;
}

void signatures_answer(struct request *request, unsigned status, const nct_signature *signature) {
    char text[RENDERED_MAX] = "";
    size_t receipt_len = 0;
    const void *receipt = nct_signature_receipt(signature, &receipt_len);
    json_t *out = signatures_json(signature);
    if (nct_signature_render_in(signature, request->server->portal, request_language(request), text, sizeof text,
                                NULL) != NCT_OK) {
        text[0] = '\0';
    }
    json_object_set_new(out, "receipt_base64", bytes_encoded(receipt, receipt_len));
    json_object_set_new(out, "text", json_string(text));
    json_object_set_new(out, "repudiated", json_boolean(is_repudiated(request, signature)));
    answer_data(request, status, out);
}

/* ---- Lists ---- */

static void answer_list(struct request *request, nct_status status, nct_signature_list *list, size_t limit) {
    size_t count = nct_signature_list_count(list);
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(rows, signatures_json(nct_signature_list_at(list, i)));
    }
    answer_listed(request, status, rows,
                  count == limit ? nct_signature_id(nct_signature_list_at(list, count - 1)) : NULL);
    nct_signature_list_free(list);
}

void signatures_list(struct request *request) {
    const char *provider = request_part(request, "provider");
    const char *after = NULL;
    size_t limit = 0;
    nct_signature_list *list = NULL;
    if (!request_page(request, &after, &limit) || !access_any(request, provider)) {
        return;
    }
    nct_status status = nct_signature_list_by_provider(request->server->portal, provider, strlen(provider), after,
                                                       after != NULL ? strlen(after) : 0, limit, &list);
    answer_list(request, status, list, limit);
}

void me_signatures(struct request *request) {
    const char *ncid = request->session.ncid;
    const char *after = NULL;
    size_t limit = 0;
    nct_signature_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status = nct_signature_list_by_signer(request->server->portal, ncid, strlen(ncid), after,
                                                     after != NULL ? strlen(after) : 0, limit, &list);
    answer_list(request, status, list, limit);
}

/* ---- One ---- */

/* The signature of the path, for its signer and for people of the provider; else answers and returns NULL. */
static nct_signature *find(struct request *request) {
    const char *provider = request_part(request, "provider");
    const char *id = request_part(request, "signature");
    nct_signature *signature = NULL;
    nct_status status =
        nct_signature_get(request->server->portal, provider, strlen(provider), id, strlen(id), &signature);
    bool own = status == NCT_OK && strcmp(nct_signature_ncid(signature), request->session.ncid) == 0;
    if (!own && !access_any(request, provider)) {
        nct_signature_free(signature);
        return NULL;
    }
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
    }
    return signature;
}

void signatures_get(struct request *request) {
    nct_signature *signature = find(request);
    if (signature != NULL) {
        signatures_answer(request, MHD_HTTP_OK, signature);
    }
    nct_signature_free(signature);
}

void signatures_receipt(struct request *request) {
    nct_signature *signature = find(request);
    char name[80];
    size_t len = 0;
    if (signature == NULL) {
        return;
    }
    const void *receipt = nct_signature_receipt(signature, &len);
    snprintf(name, sizeof name, "receipt-%s.cose", nct_signature_id(signature));
    answer_bytes(request, COSE_TYPE, name, receipt, len);
    nct_signature_free(signature);
}

/* ---- Verifying ---- */

/* The portal's public keys, to be freed; answers and returns NULL on failure. */
static unsigned char *key_set(struct request *request, size_t *len) {
    unsigned char *keys = malloc(KEY_SET_MAX);
    nct_status status =
        keys != NULL ? nct_portal_key_set(request->server->portal, keys, KEY_SET_MAX, len) : NCT_E_NO_MEMORY;
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        free(keys);
        keys = NULL;
    }
    return keys;
}

void key_set_get(struct request *request) {
    size_t len = 0;
    unsigned char *keys = key_set(request, &len);
    if (keys != NULL) {
        answer_bytes(request, "application/cose-key-set", "nctracks-keys.cose", keys, len);
    }
    free(keys);
}

static json_t *verdict(const struct request *request, nct_status status, const nct_signature *signature) {
    const char *message = nct_status_message_in(request->server->portal, status, request_language(request));
    json_t *out =
        json_pack("{s:b, s:s, s:s}", "valid", status == NCT_OK, "code", nct_status_name(status), "message", message);
    if (signature != NULL) {
        json_object_set_new(out, "signature", signatures_json(signature));
    }
    return out;
}

void signatures_answer_verdict(struct request *request, const void *receipt, size_t receipt_len, const void *content,
                               size_t content_len) {
    size_t keys_len = 0;
    nct_signature *signature = NULL;
    unsigned char *keys = key_set(request, &keys_len);
    if (keys == NULL) {
        return;
    }
    nct_status status = nct_receipt_verify(receipt, receipt_len, keys, keys_len, content, content_len, &signature);
    if (status == NCT_E_NO_MEMORY || status == NCT_E_ARGUMENT) {
        answer_status(request, status, NULL);
    } else {
        answer_data(request, MHD_HTTP_OK, verdict(request, status, signature));
    }
    nct_signature_free(signature);
    free(keys);
}

void signatures_verify(struct request *request) {
    static const char *const only[] = {"content_base64", NULL};
    struct bytes content;
    size_t len = 0;
    if (!request_has_only(request, only)) {
        return;
    }
    if (!bytes_decode(request_optional(request, "content_base64"), &content)) {
        answer_field(request, "content_base64", NCT_E_FORMAT);
        return;
    }
    nct_signature *signature = find(request);
    if (signature != NULL) {
        const void *receipt = nct_signature_receipt(signature, &len);
        signatures_answer_verdict(request, receipt, len, content.at, content.len);
    }
    nct_signature_free(signature);
    bytes_release(&content);
}

void receipts_verify(struct request *request) {
    static const char *const only[] = {"receipt_base64", "content_base64", NULL};
    struct bytes receipt;
    struct bytes content = {NULL, 0};
    const char *document = request_optional(request, "content_base64");
    if (!request_has_only(request, only)) {
        return;
    }
    if (!bytes_decode(request_optional(request, "receipt_base64"), &receipt)) {
        answer_field(request, "receipt_base64", NCT_E_FORMAT);
        return;
    }
    if (document != NULL && !bytes_decode(document, &content)) {
        answer_field(request, "content_base64", NCT_E_FORMAT);
    } else {
        signatures_answer_verdict(request, receipt.at, receipt.len, content.at, content.len);
    }
    bytes_release(&receipt);
    bytes_release(&content);
}

/* ---- Repudiation ---- */

void repudiation_get(struct request *request) {
    unsigned char declaration[COSE_MAX];
    char name[80];
    size_t len = 0;
    nct_signature *signature = find(request);
    if (signature == NULL) {
        return;
    }
    const char *provider = nct_signature_provider(signature);
    const char *id = nct_signature_id(signature);
    nct_status status = nct_signature_repudiation(request->server->portal, provider, strlen(provider), id, strlen(id),
                                                  declaration, sizeof declaration, &len);
    if (status == NCT_OK) {
        snprintf(name, sizeof name, "repudiation-%s.cose", id);
        answer_bytes(request, COSE_TYPE, name, declaration, len);
    } else {
        answer_status(request, status, NULL);
    }
    nct_signature_free(signature);
}

void repudiation_declare(struct request *request) {
    static const char *const only[] = {"password", "reason", NULL};
    const char *ncid = request->session.ncid;
    const char *provider = request_part(request, "provider");
    const char *id = request_part(request, "signature");
    const char *password = request_text(request, "password");
    const char *reason = password != NULL ? request_text(request, "reason") : NULL;
    if (reason == NULL || !request_has_only(request, only)) {
        return;
    }
    nct_status status = nct_signature_repudiate(request->server->portal, ncid, strlen(ncid), provider, strlen(provider),
                                                id, strlen(id), password, strlen(password), reason, strlen(reason));
    answer_outcome(request, status, MHD_HTTP_CREATED, NULL);
}
