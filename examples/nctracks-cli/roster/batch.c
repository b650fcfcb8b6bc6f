/* Rows enrolled together. */
#include <stdio.h>
#include <string.h>

#include <nctracks/provider.h>

#include "portal/open.h"
#include "roster/import.h"
#include "terminal/failure.h"

bool roster_batch_has(const struct import *import, const char *provider) {
    const roster_batch *batch = &import->batch;
    for (size_t i = 0; i < batch->count; i++) {
        if (strcmp(batch->providers[i], provider) == 0) {
            return true;
        }
    }
    return false;
}

int roster_batch_add(struct import *import, const char *provider, nct_form *enrollment) {
    roster_batch *batch = &import->batch;
    size_t at = batch->count++;
    batch->forms[at] = enrollment;
    batch->lines[at] = import->csv->line;
    snprintf(batch->providers[at], sizeof batch->providers[at], "%s", provider);
    return batch->count == NCT_BULK_MAX ? roster_batch_settle(import) : CLI_DONE;
}

void roster_batch_clear(struct import *import) {
    roster_batch *batch = &import->batch;
    for (size_t i = 0; i < batch->count; i++) {
        nct_form_free(batch->forms[i]);
    }
    batch->count = 0;
}

/* The codes are written before the records are made: see codes_file_write(). */
static int keep_codes(struct import *import) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1] = "";
    roster_batch *batch = &import->batch;
    nct_status status = NCT_OK;
    for (size_t i = 0; i < batch->count && status == NCT_OK; i++) {
        status = nct_enrollment_code(batch->forms[i], code, sizeof code);
        if (status == NCT_OK) {
            codes_file_add(&import->codes, batch->providers[i], code);
        }
    }
    explicit_bzero(code, sizeof code);
    if (status == NCT_OK) {
        return codes_file_write(import->cli, &import->codes);
    }
    codes_file_finish(&import->codes, NULL);
    return fail_status(import->cli, status, NULL);
}

/* What became of each. */
static int take_answers(struct import *import, const nct_code *answers) {
    bool enrolled[NCT_BULK_MAX];
    int result = CLI_DONE;
    for (size_t i = 0; i < import->batch.count; i++) {
        enrolled[i] = answers[i] == NCT_OK;
        import->enrolled += enrolled[i];
        if (!enrolled[i]) {
            int code = roster_refuse_status(import, import->batch.lines[i], answers[i]);
            result = result == CLI_DONE ? code : result;
        }
    }
    codes_file_finish(&import->codes, enrolled);
    return result;
}

static int submit(struct import *import) {
    nct_code answers[NCT_BULK_MAX];
    const char *who = portal_operator(import->cli);
    nct_status status = nct_enrollment_submit_many(import->cli->portal, who, strlen(who), import->batch.count,
                                                   import->batch.forms, answers, NULL);
    if (status == NCT_OK) {
        return take_answers(import, answers);
    }
    /* Where the store's answer was lost, the records may have been made: their codes stay. */
    codes_file_finish(&import->codes, NULL);
    roster_clear_progress(import);
    return fail_status(import->cli, status, NULL);
}

int roster_batch_settle(struct import *import) {
    if (import->batch.count == 0 || import->batch.failed) {
        return CLI_DONE;
    }
    int result = keep_codes(import);
    if (result == CLI_DONE) {
        result = submit(import);
    }
    import->batch.failed = result != CLI_DONE;
    roster_batch_clear(import);
    return result;
}
