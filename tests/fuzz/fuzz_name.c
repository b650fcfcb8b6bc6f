/*
 * Names and ids as arbitrary bytes, against a portal with a clinic in it. The first byte says of what: a stream,
 * something to go on after in a list, an item of due work, a signature, an application, a key, a person's NCID, a
 * provider. What is not one is refused with a status of the value range or as not found; nothing is read as damaged.
 */
#include <string.h>

#include "sealed.h"
#include "world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define STREAMS_MAX 64
#define EXPORT_MAX 65536

static struct world *world(void) {
    static void *state;
    if (state == NULL) {
        nct_checkpoint *checkpoint = NULL;
        (void)world_setup_clinic(&state);
        struct world *w = state;
        (void)world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
        fuzz_require(nct_checkpoint_make(w->portal, &checkpoint) == NCT_OK);
        nct_checkpoint_free(checkpoint);
    }
    return state;
}

static int is_refusal(nct_status status) {
    return status == NCT_E_NOT_FOUND || nct_status_category(status) == NCT_CATEGORY_VALUE ||
           status == NCT_E_UNKNOWN_PERSON;
}

/* What is read of a stream is read by all, or by none. */
static void name_stream(nct_portal *portal, const char *name, size_t len) {
    static unsigned char out[EXPORT_MAX];
    nct_entry_list *page = NULL;
    nct_checkpoint *checkpoint = NULL;
    int32_t verdict = -1;
    uint64_t sequence = 0, last = 0;
    size_t out_len = 0;
    nct_status read = nct_ledger_read(portal, name, len, 0, 1, &page);
    nct_status verified = nct_ledger_verify(portal, name, len, &verdict, &sequence);
    nct_status exported = nct_ledger_export(portal, name, len, 0, 10, out, sizeof out, &out_len, &last);
    nct_status proved = nct_checkpoint_prove(portal, name, len, out, sizeof out, &out_len, &checkpoint);
    fuzz_require((read == NCT_OK) == (page != NULL) && (proved == NCT_OK) == (checkpoint != NULL));
    fuzz_require(verified != NCT_OK || verdict != NCT_LEDGER_TAMPERED);
    fuzz_require((verified == NCT_OK) == (exported == NCT_OK) && (proved != NCT_OK || verified == NCT_OK));
    fuzz_require(read == NCT_OK || is_refusal(read));
    fuzz_require((exported == NCT_OK || is_refusal(exported)) && (proved == NCT_OK || is_refusal(proved)));
    nct_entry_list_free(page);
    nct_checkpoint_free(checkpoint);
}

static void name_cursor(nct_portal *portal, const char *name, size_t len) {
    nct_stream_list *streams = NULL;
    nct_mail_list *mails = NULL;
    nct_grant_list *grants = NULL;
    nct_due *due = NULL;
    nct_status status[] = {
        nct_ledger_streams(portal, name, len, 10, &streams),
        nct_mail_list_page(portal, name, len, 10, &mails),
        nct_access_list_by_provider(portal, NPI_CLINIC, 10, name, len, 10, &grants),
        nct_due_list(portal, INT64_MAX, name, len, 10, &due),
    };
    for (size_t i = 0; i < sizeof status / sizeof status[0]; i++)
        fuzz_require(status[i] == NCT_OK || is_refusal(status[i]));
    nct_stream_list_free(streams);
    nct_mail_list_free(mails);
    nct_grant_list_free(grants);
    nct_due_free(due);
}

/* Nothing of the kind is there. */
static void name_item(nct_portal *portal, const char *name, size_t len) {
    int32_t done = -1;
    nct_application *application = NULL;
    nct_eft_request *eft = NULL;
    nct_status status[] = {
        nct_due_settle(portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), name, len, &done),
        nct_application_get(portal, NPI_CLINIC, 10, name, len, &application),
        nct_eft_request_get(portal, name, len, &eft),
        nct_key_revoke(portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), name, len, 1, "x", 1),
    };
    for (size_t i = 0; i < sizeof status / sizeof status[0]; i++)
        fuzz_require(is_refusal(status[i]) || (i == 3 && status[i] == NCT_E_STATE) || (i == 0 && done == 0));
    fuzz_require(application == NULL && eft == NULL);
}

static void name_signature(nct_portal *portal, const char *name, size_t len) {
    nct_signature *signature = NULL;
    nct_status status = nct_signature_get(portal, NPI_CLINIC, 10, name, len, &signature);
    fuzz_require((status == NCT_OK) == (signature != NULL) && (status == NCT_OK || is_refusal(status)));
    nct_signature_free(signature);
}

static void name_person(nct_portal *portal, const char *name, size_t len) {
    int32_t state = 0;
    nct_status status = nct_pin_status(portal, name, len, &state, NULL, NULL);
    fuzz_require(status == NCT_OK || is_refusal(status));
    status = nct_access_check(portal, NPI_CLINIC, 10, name, len, NCT_RIGHT_PA_SUBMIT);
    fuzz_require(status == NCT_OK || nct_status_category(status) == NCT_CATEGORY_RULE || is_refusal(status));
}

static void name_provider(nct_portal *portal, const char *name, size_t len) {
    nct_provider *provider = NULL;
    nct_status status = nct_provider_get(portal, name, len, &provider);
    fuzz_require((status == NCT_OK) == (provider != NULL) && (status == NCT_OK || is_refusal(status)));
    nct_provider_free(provider);
    status = nct_access_check(portal, name, len, PETRA.ncid, strlen(PETRA.ncid), NCT_RIGHT_PA_SUBMIT);
    fuzz_require(status == NCT_OK || nct_status_category(status) == NCT_CATEGORY_RULE || is_refusal(status));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void (*const readers[])(nct_portal *, const char *, size_t) = {name_stream,    name_cursor, name_item,
                                                                          name_signature, name_person, name_provider};
    if (size == 0)
        return 0;
    readers[data[0] % (sizeof readers / sizeof readers[0])](world()->portal, (const char *)data + 1, size - 1);
    return 0;
}
