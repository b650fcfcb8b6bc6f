/* The agency's view of what runs by itself: due work, mail that waits, the ledger and its checkpoints. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <nctracks/checkpoint.h>
#include <nctracks/due.h>
#include <nctracks/ledger.h>
#include <nctracks/mailer.h>

#include "answer.h"
#include "bytes.h"
#include "handlers.h"
#include "text.h"

/* ---- Due work ---- */

static int64_t now_ms(void) {
    return (int64_t)time(NULL) * 1000;
}

void agency_due(struct request *request) {
    const char *after = NULL;
    size_t limit = 0;
    nct_due *due = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status =
        nct_due_list(request->server->portal, INT64_MAX, after, after != NULL ? strlen(after) : 0, limit, &due);
    size_t count = nct_due_count(due);
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(rows, json_pack("{s:s, s:I, s:s, s:s, s:s}", "id", nct_due_id(due, i), "at",
                                              (json_int_t)nct_due_time(due, i), "kind",
                                              nct_due_kind_name(nct_due_kind(due, i)), "provider",
                                              nct_due_provider(due, i), "reference", nct_due_reference(due, i)));
    }
    answer_listed(request, status, rows, count == limit ? nct_due_id(due, count - 1) : NULL);
    nct_due_free(due);
}

static nct_status settle(const struct request *request, const nct_due *due, size_t *settled) {
    nct_status status = NCT_OK;
    const char *by = request->session.ncid;
    for (size_t i = 0; i < nct_due_count(due) && status == NCT_OK; i++) {
        int32_t done = 0;
        const char *id = nct_due_id(due, i);
        status = nct_due_settle(request->server->portal, by, strlen(by), id, strlen(id), &done);
        *settled += done == 1 ? 1 : 0;
    }
    return status;
}

/* What is due now, up to one page; the timer of the server does the same by itself. */
void agency_due_run(struct request *request) {
    nct_due *due = NULL;
    size_t settled = 0;
    nct_status status = nct_due_list(request->server->portal, now_ms(), NULL, 0, 1000, &due);
    if (status == NCT_OK || status == NCT_E_PARTIAL) {
        status = settle(request, due, &settled);
    }
    nct_due_free(due);
    if (status == NCT_OK) {
        answer_data(request, MHD_HTTP_OK, json_pack("{s:I}", "settled", (json_int_t)settled));
    } else {
        answer_status(request, status, NULL);
    }
}

/* ---- Mail ---- */

void agency_mail(struct request *request) {
    const char *after = NULL;
    size_t limit = 0;
    nct_mail_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    nct_status status =
        nct_mail_list_page(request->server->portal, after, after != NULL ? strlen(after) : 0, limit, &list);
    size_t count = nct_mail_list_count(list);
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(
            rows, json_pack("{s:s, s:s, s:s, s:s, s:I, s:i, s:s}", "id", nct_mail_list_id(list, i), "template",
                            nct_mail_list_template(list, i), "ncid", nct_mail_list_ncid(list, i), "recipient",
                            nct_mail_list_recipient(list, i), "queued_at", (json_int_t)nct_mail_list_queued_at(list, i),
                            "tries", (int)nct_mail_list_tries(list, i), "refusal", nct_mail_list_refusal(list, i)));
    }
    answer_listed(request, status, rows, count == limit ? nct_mail_list_id(list, count - 1) : NULL);
    nct_mail_list_free(list);
}

void agency_mail_flush(struct request *request) {
    size_t sent = 0;
    size_t waiting = 0;
    nct_status status = nct_mail_flush(request->server->portal, 1000, &sent, &waiting);
    if (status == NCT_OK || status == NCT_E_MAILER || status == NCT_E_PARTIAL) {
        answer_data(request, MHD_HTTP_OK,
                    json_pack("{s:I, s:I}", "sent", (json_int_t)sent, "waiting", (json_int_t)waiting));
    } else {
        answer_status(request, status, NULL);
    }
}

/* ---- Ledger ---- */

static json_t *entry_json(const nct_entry_list *list, size_t index) {
    return json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:s}", "sequence",
                     (json_int_t)nct_entry_list_sequence(list, index), "at",
                     (json_int_t)nct_entry_list_time(list, index), "event", nct_entry_list_event(list, index), "actor",
                     nct_entry_list_actor(list, index), "subject", nct_entry_list_subject(list, index), "provider",
                     nct_entry_list_provider(list, index), "detail", nct_entry_list_detail(list, index), "outcome",
                     nct_status_name(nct_entry_list_outcome(list, index)));
}

void agency_ledger(struct request *request) {
    const char *stream = request_query(request, "stream");
    const char *after = NULL;
    char next[32];
    long sequence = 0;
    size_t limit = 0;
    nct_entry_list *list = NULL;
    if (!request_page(request, &after, &limit)) {
        return;
    }
    if (stream == NULL || (after != NULL && !text_number(after, LONG_MAX, &sequence))) {
        answer_http(request, MHD_HTTP_BAD_REQUEST, "HTTP_BAD_REQUEST", "stream is needed; after is a number");
        return;
    }
    nct_status status =
        nct_ledger_read(request->server->portal, stream, strlen(stream), (uint64_t)sequence, limit, &list);
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    size_t count = nct_entry_list_count(list);
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(rows, entry_json(list, i));
    }
    snprintf(next, sizeof next, "%llu",
             count > 0 ? (unsigned long long)nct_entry_list_sequence(list, count - 1) : 0ULL);
    answer_page(request, rows, count == limit ? next : NULL);
    nct_entry_list_free(list);
}

/* ---- Checkpoints ---- */

static void answer_checkpoint(struct request *request, unsigned done, nct_status status, nct_checkpoint *checkpoint) {
    char root[BYTES_DIGEST_MAX];
    size_t len = 0;
    if (status != NCT_OK) {
        answer_status(request, status, NULL);
        return;
    }
    bytes_digest_text(nct_checkpoint_root(checkpoint), root);
    const void *bytes = nct_checkpoint_bytes(checkpoint, &len);
    answer_data(request, done,
                json_pack("{s:I, s:I, s:I, s:I, s:s, s:o}", "number", (json_int_t)nct_checkpoint_number(checkpoint),
                          "at", (json_int_t)nct_checkpoint_time(checkpoint), "streams",
                          (json_int_t)nct_checkpoint_streams(checkpoint), "entries",
                          (json_int_t)nct_checkpoint_entries(checkpoint), "root", root, "checkpoint_base64",
                          bytes_encoded(bytes, len)));
    nct_checkpoint_free(checkpoint);
}

void agency_checkpoint(struct request *request) {
    nct_checkpoint *checkpoint = NULL;
    nct_status status = nct_checkpoint_get(request->server->portal, 0, &checkpoint);
    answer_checkpoint(request, MHD_HTTP_OK, status, checkpoint);
}

void agency_checkpoint_make(struct request *request) {
    nct_checkpoint *checkpoint = NULL;
    nct_status status = nct_checkpoint_make(request->server->portal, &checkpoint);
    answer_checkpoint(request, MHD_HTTP_CREATED, status, checkpoint);
}
