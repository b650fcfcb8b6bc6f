/*
 * Every operation about receipts, reviews, periods, repeats, repudiations, the ledger and mailed checkpoints, with its
 * i-th allocation, random draw, store call and mail failing, for every i. Afterwards nothing leaked, nothing is half
 * done, and running again finishes the job.
 */
#include "world.h"

#include <stdio.h>

#define STREAM "provider:" NPI_CLINIC
#define KEEPER "keeper@archive.example.org"
#define MOST 3000

/* What the operations are about; made once, before the sweep. */
static struct {
    char pin[16];
    char first[NCT_SIGNATURE_ID_LENGTH + 1]; /* a signature; made with the key "order-0" */
    char token[NCT_REVIEW_TOKEN_LENGTH + 1]; /* of a review of "reviewed" */
    char period[64];
    size_t signatures, entries, streams;
    int hidden; /* the store keeps rows to itself when it is scanned, which a list alone cannot tell */
    int was_hidden;
} about;

static nct_status set(nct_form *signing, const char *path, const char *value) {
    return nct_form_set(signing, path, value, strlen(value));
}

/* A signing of Petra's without secrets. */
static nct_status prepare(struct world *w, const char *document_id, nct_form **out) {
    const char *const fields[][2] = {{"signer.ncid", PETRA.ncid},        {"provider.npi", NPI_CLINIC},
                                     {"submission.kind", "pharmacy_pa"}, {"document.id", document_id},
                                     {"document.version", "1"},          {"document.content", WORLD_DOCUMENT},
                                     {"attestation.version", "1"},       {"attestation.text", "It is true."}};
    nct_status status = nct_form_new(w->portal, NCT_FORM_SIGNING, out);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = set(*out, fields[i][0], fields[i][1]);
    return status;
}

/* Signs with the PIN and two further fields; id receives whose signature it was. */
static nct_status sign(struct world *w, const char *document_id, const char *const more[3][2],
                       char id[NCT_SIGNATURE_ID_LENGTH + 1]) {
    nct_form *signing = NULL;
    nct_signature *made = NULL;
    nct_status status = prepare(w, document_id, &signing);
    if (status == NCT_OK)
        status = set(signing, "signer.pin", about.pin);
    for (size_t i = 0; i < 3 && more[i][0] != NULL && status == NCT_OK; i++)
        status = set(signing, more[i][0], more[i][1]);
    if (status == NCT_OK)
        status = nct_sign(signing, NULL, &made);
    assert_true((status == NCT_OK) == (made != NULL));
    if (made != NULL && id != NULL)
        strcpy(id, nct_signature_id(made));
    if (made != NULL && about.period[0] == '\0')
        strcpy(about.period, nct_signature_period(made));
    nct_signature_free(made);
    nct_form_free(signing);
    return status;
}

/* ---- The operations ---- */

static nct_status run_review(struct world *w) {
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = NULL;
    nct_status status = prepare(w, "another", &signing);
    if (status == NCT_OK)
        status = nct_signing_review(signing, token, sizeof token, NULL);
    nct_form_free(signing);
    return status;
}

static nct_status run_bound(struct world *w) {
    const char *const more[3][2] = {
        {"signer.password", WORLD_PASSWORD}, {"review.token", about.token}, {"idempotency.key", "order-1"}};
    return sign(w, "reviewed", more, NULL);
}

static nct_status run_repeat(struct world *w) {
    const char *const more[3][2] = {{"signer.password", WORLD_PASSWORD}, {"idempotency.key", "order-0"}};
    char id[NCT_SIGNATURE_ID_LENGTH + 1] = "";
    nct_status status = sign(w, "first", more, id);
    assert_true(status != NCT_OK || strcmp(id, about.first) == 0);
    return status;
}

static nct_status run_period(struct world *w) {
    const char *const more[3][2] = {{"signer.period", about.period}};
    return sign(w, "in the period", more, NULL);
}

static nct_status run_repudiate(struct world *w) {
    static const char reason[] = "I did not sign this.";
    return nct_signature_repudiate(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10, about.first,
                                   NCT_SIGNATURE_ID_LENGTH, WORLD_PASSWORD, strlen(WORLD_PASSWORD), reason,
                                   strlen(reason));
}

static nct_status run_repudiation(struct world *w) {
    unsigned char bytes[4096];
    size_t len = 0;
    nct_status status = nct_signature_repudiation(w->portal, NPI_CLINIC, 10, about.first, NCT_SIGNATURE_ID_LENGTH,
                                                  bytes, sizeof bytes, &len);
    return status == NCT_E_NOT_FOUND ? NCT_OK : status; /* it was not */
}

/* What a receipt that was read says, it says offline too. */
static void check_receipt(struct world *w, const nct_signature *signature) {
    unsigned char keys[256];
    char text[4096];
    size_t keys_len = 0, len = 0;
    const void *receipt = nct_signature_receipt(signature, &len);
    expect_status(nct_signature_render(signature, text, sizeof text, NULL), NCT_OK);
    if (nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len) == NCT_OK)
        expect_status(nct_receipt_verify(receipt, len, keys, keys_len, NULL, 0, NULL), NCT_OK);
}

static nct_status run_get(struct world *w) {
    nct_signature *signature = NULL;
    nct_status status = nct_signature_get(w->portal, NPI_CLINIC, 10, about.first, NCT_SIGNATURE_ID_LENGTH, &signature);
    assert_true((status == NCT_OK) == (signature != NULL));
    if (signature != NULL)
        check_receipt(w, signature);
    nct_signature_free(signature);
    return status;
}

static nct_status check_list(nct_status status, nct_signature_list *page) {
    assert_true((status == NCT_OK || status == NCT_E_PARTIAL) == (page != NULL));
    assert_true(status != NCT_OK || about.hidden || nct_signature_list_count(page) == about.signatures);
    nct_signature_list_free(page);
    return status;
}

static nct_status run_list_by_provider(struct world *w) {
    nct_signature_list *page = NULL;
    nct_status status = nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &page);
    return check_list(status, page);
}

static nct_status run_list_by_signer(struct world *w) {
    nct_signature_list *page = NULL;
    nct_status status = nct_signature_list_by_signer(w->portal, PETRA.ncid, strlen(PETRA.ncid), NULL, 0, 100, &page);
    return check_list(status, page);
}

static nct_status run_read(struct world *w) {
    nct_entry_list *page = NULL;
    nct_status status = nct_ledger_read(w->portal, STREAM, strlen(STREAM), 0, 100, &page);
    assert_true((status == NCT_OK) == (page != NULL));
    assert_true(status != NCT_OK || about.hidden || nct_entry_list_count(page) == about.entries);
    nct_entry_list_free(page);
    return status;
}

static nct_status run_streams(struct world *w) {
    nct_stream_list *page = NULL;
    nct_status status = nct_ledger_streams(w->portal, NULL, 0, 100, &page);
    assert_true((status == NCT_OK || status == NCT_E_PARTIAL) == (page != NULL));
    assert_true(status != NCT_OK || about.hidden || nct_stream_list_count(page) == about.streams);
    nct_stream_list_free(page);
    return status;
}

static nct_status run_verify(struct world *w) {
    int32_t verdict = -1;
    uint64_t sequence = 0;
    nct_status status = nct_ledger_verify(w->portal, STREAM, strlen(STREAM), &verdict, &sequence);
    assert_true(verdict == NCT_LEDGER_TAMPERED || (status == NCT_OK && sequence == about.entries));
    return status;
}

static nct_status run_export(struct world *w) {
    static unsigned char bytes[65536];
    size_t len = 0;
    uint64_t last = 0;
    int32_t verdict = -1;
    nct_status status = nct_ledger_export(w->portal, STREAM, strlen(STREAM), 0, 100, bytes, sizeof bytes, &len, &last);
    if (status == NCT_OK) {
        assert_true(last == about.entries);
        expect_status(nct_ledger_verify_export(bytes, len, &verdict, NULL, NULL), NCT_OK);
        assert_int_equal(verdict, NCT_LEDGER_VALID_BUT_UNANCHORED);
    }
    return status;
}

static nct_status run_mail(struct world *w) {
    return nct_checkpoint_mail(w->portal, 0, KEEPER, strlen(KEEPER));
}

static const struct operation {
    const char *name;
    nct_status (*run)(struct world *w);
    size_t adds; /* signatures */
} OPERATIONS[] = {
    {"review", run_review, 0},
    {"sign what was reviewed", run_bound, 1},
    {"repeat", run_repeat, 0},
    {"sign in a period", run_period, 1},
    {"repudiate", run_repudiate, 0},
    {"read a repudiation", run_repudiation, 0},
    {"get", run_get, 0},
    {"list by provider", run_list_by_provider, 0},
    {"list by signer", run_list_by_signer, 0},
    {"read the ledger", run_read, 0},
    {"list streams", run_streams, 0},
    {"verify", run_verify, 0},
    {"export", run_export, 0},
    {"mail a checkpoint", run_mail, 0},
};
#define COUNT (sizeof OPERATIONS / sizeof OPERATIONS[0])

/* ---- The sweep ---- */

static size_t count_signatures(struct world *w) {
    nct_signature_list *page = NULL;
    expect_status(nct_signature_list_by_provider(w->portal, NPI_CLINIC, 10, NULL, 0, 100, &page), NCT_OK);
    size_t count = nct_signature_list_count(page);
    nct_signature_list_free(page);
    return count;
}

static int is_repudiated(struct world *w) {
    size_t len = 0;
    return nct_signature_repudiation(w->portal, NPI_CLINIC, 10, about.first, NCT_SIGNATURE_ID_LENGTH, NULL, 0, &len) ==
           NCT_E_BUFFER;
}

static size_t count_mails(struct world *w) {
    nct_mail_list *page = NULL;
    expect_status(nct_mail_list_page(w->portal, NULL, 0, 100, &page), NCT_OK);
    size_t count = nct_mail_list_count(page);
    nct_mail_list_free(page);
    return count;
}

static void complain(const struct operation *operation, const char *fault, size_t at, nct_status status,
                     const char *what) {
    print_error("%s, %s at %zu: %s; %s\n", operation->name, fault, at, nct_status_name(status), what);
    fail();
}

/* Done wholly or not at all, as the status says; only a commit that was applied and failed may be done nevertheless. */
static void judge(struct world *w, const struct operation *operation, const char *fault, size_t at, nct_status status,
                  int may_be_done, size_t live) {
    int32_t category = nct_status_category(status);
    size_t made = count_signatures(w) - about.signatures;
    int repudiated = is_repudiated(w);
    int unseen = about.was_hidden && status == NCT_E_DENIED; /* a scan that hides all access gives none */
    if (category != NCT_CATEGORY_OK && category != NCT_CATEGORY_FAILURE && category != NCT_CATEGORY_HOST && !unseen)
        complain(operation, fault, at, status, "a fault is no refusal");
    if (status == NCT_OK ? made != operation->adds : made > (may_be_done ? operation->adds : 0))
        complain(operation, fault, at, status, "another number of signatures");
    if (repudiated != (operation->run == run_repudiate && status == NCT_OK) &&
        !(may_be_done && operation->run == run_repudiate))
        complain(operation, fault, at, status, "repudiated, or not");
    if (world_verdict(w, STREAM, NULL) != NCT_LEDGER_VALID_BUT_UNANCHORED ||
        world_verdict(w, "person:petra.pharm", NULL) != NCT_LEDGER_VALID_BUT_UNANCHORED)
        complain(operation, fault, at, status, "the ledger is broken");
    world_advance(w, 1000);
    int is_list = operation->run == run_read || operation->run == run_verify;
    nct_status again = status == NCT_OK && !is_list && operation->adds == 0 && !repudiated ? operation->run(w) : NCT_OK;
    if (status != NCT_OK && made == 0 && !repudiated)
        again = operation->run(w);
    if (again != NCT_OK)
        complain(operation, fault, at, again, "running again");
    if (w->memory.live != live)
        complain(operation, fault, at, status, "leaked");
}

enum source { MEMORY, RANDOM, STORE };

static void arm(struct world *w, enum source source, enum world_fault fault, size_t at) {
    about.was_hidden = about.hidden = source == STORE && fault == FAULT_SILENT;
    w->mailer.count = 8; /* there is room for so many tries only */
    if (source == MEMORY)
        w->memory.fail_at = w->memory.calls + at;
    else if (source == RANDOM)
        w->random_fail_at = w->random_calls + at;
    else
        world_fault(w, fault, WORLD_ANY, at, 1);
}

/* Whether the fault was reached; there is none any more. */
static int disarm(struct world *w, enum source source) {
    int reached = source == MEMORY   ? w->memory.calls >= w->memory.fail_at
                  : source == RANDOM ? w->random_calls >= w->random_fail_at
                                     : w->store.faults > 0;
    about.hidden = 0;
    w->memory.fail_at = 0;
    w->random_fail_at = 0;
    world_no_fault(w);
    return reached;
}

static void sweep_one(struct world *w, const struct operation *operation, enum source source, enum world_fault fault,
                      const char *name, const struct rows *start) {
    const int64_t now = w->now;
    int reached = 1;
    for (size_t at = 1; reached; at++) {
        assert_true(at < MOST);
        size_t live = w->memory.live;
        arm(w, source, fault, at);
        nct_status status = operation->run(w);
        reached = disarm(w, source);
        judge(w, operation, name, at, status, source == STORE && fault == FAULT_APPLIED, live);
        if (!reached)
            expect_status(status, NCT_OK);
        rows_restore(w->store.inner, start);
        w->now = now;
    }
}

static void sweep(struct world *w, enum source source, enum world_fault fault, const char *name) {
    struct rows start = rows_take(w->store.inner);
    for (size_t i = 0; i < COUNT; i++)
        sweep_one(w, &OPERATIONS[i], source, fault, name, &start);
    rows_free(&start);
}

/* A clinic where periods are offered; a signature, a review, a period, a checkpoint. */
static int setup(void **state) {
    static const char *const more[3][2] = {{"signer.password", WORLD_PASSWORD}, {"idempotency.key", "order-0"}};
    nct_form *signing = NULL;
    nct_stream_list *streams = NULL;
    int result = world_setup_clinic(state);
    struct world *w = *state;
    expect_status(nct_policy_set(w->policy, NCT_OPTION_PERIOD, 1), NCT_OK);
    world_reopen(w);
    memset(&about, 0, sizeof about);
    strcpy(about.pin, world_pin_of(w, PETRA.ncid));
    expect_status(sign(w, "first", more, about.first), NCT_OK);
    assert_true(about.period[0] != '\0');
    expect_status(prepare(w, "reviewed", &signing), NCT_OK);
    expect_status(nct_signing_review(signing, about.token, sizeof about.token, NULL), NCT_OK);
    nct_form_free(signing);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_OK);
    about.signatures = count_signatures(w);
    about.entries = world_entries(w, STREAM);
    expect_status(nct_ledger_streams(w->portal, NULL, 0, 100, &streams), NCT_OK);
    about.streams = nct_stream_list_count(streams);
    nct_stream_list_free(streams);
    return result;
}

static void each_allocation_fails(void **state) {
    sweep(*state, MEMORY, FAULT_NONE, "allocation");
}

static void each_random_draw_fails(void **state) {
    sweep(*state, RANDOM, FAULT_NONE, "random");
}

static void each_store_call_fails_in_every_way(void **state) {
    char name[32];
    for (enum world_fault fault = FAULT_ERROR; fault < FAULT_COUNT; fault++) {
        snprintf(name, sizeof name, "fault %d", (int)fault);
        sweep(*state, STORE, fault, name);
    }
}

/* Each mail is refused once: the operation is done, the mail waits, and goes out later. */
static void each_mail_fails(void **state) {
    struct world *w = *state;
    size_t sent = 0;
    size_t before = count_mails(w);
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = w->mailer.fail_from;
    expect_status(run_mail(w), NCT_OK);
    assert_int_equal(count_mails(w), before + 1);
    world_advance(w, 60000); /* for so long it is not tried again */
    expect_status(nct_mail_flush(w->portal, 10, &sent, NULL), NCT_OK);
    assert_int_equal(sent, before + 1);
    assert_int_equal(count_mails(w), 0);
    assert_non_null(strstr(w->mailer.mails[w->mailer.count - 1].body, "BEGIN NCTRACKS CHECKPOINT"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(each_allocation_fails),
        CASE(each_random_draw_fails),
        CASE(each_store_call_fails_in_every_way),
        CASE(each_mail_fails),
    };
    return cmocka_run_group_tests_name("evidence sweep", tests, NULL, NULL);
}
