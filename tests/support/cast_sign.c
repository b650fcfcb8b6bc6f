/* PINs, signatures and the ledger in a test world. */
#include "world.h"

#include <stdio.h>

const struct world_mail *world_mail_to(struct world *w, const char *ncid) {
    for (size_t i = w->mailer.count; i > 0; i--)
        if (w->mailer.mails[i - 1].accepted && strcmp(w->mailer.mails[i - 1].ncid, ncid) == 0)
            return &w->mailer.mails[i - 1];
    return NULL;
}

size_t world_mails_about(struct world *w, const char *ncid) {
    size_t count = 0;
    for (size_t i = 0; i < w->mailer.count; i++)
        count += w->mailer.mails[i].accepted && strcmp(w->mailer.mails[i].ncid, ncid) == 0;
    return count;
}

const char *world_pin_of(struct world *w, const char *ncid) {
    for (size_t i = w->mailer.count; i > 0; i--) {
        const struct world_mail *mail = &w->mailer.mails[i - 1];
        if (mail->accepted && mail->pin[0] != '\0' && strcmp(mail->ncid, ncid) == 0)
            return mail->pin;
    }
    print_error("no PIN was mailed for %s\n", ncid);
    fail();
    return "";
}

static int32_t pin_status(struct world *w, const char *ncid, int32_t *failures) {
    int32_t state = -1;
    int64_t issued_at = -1;
    expect_status(nct_pin_status(w->portal, ncid, strlen(ncid), &state, &issued_at, failures), NCT_OK);
    return state;
}

int32_t world_pin_state(struct world *w, const char *ncid) {
    return pin_status(w, ncid, NULL);
}

int32_t world_pin_failures(struct world *w, const char *ncid) {
    int32_t failures = -1;
    (void)pin_status(w, ncid, &failures);
    return failures;
}

const char *world_wrong_pin(const char *pin) {
    static char wrong[32];
    assert_true(strlen(pin) < sizeof wrong);
    strcpy(wrong, pin);
    wrong[0] = wrong[0] == '7' ? '3' : '7';
    return wrong;
}

nct_status world_report_lost(struct world *w, const char *by, const char *npi, const char *ncid) {
    return nct_pin_report_lost(w->portal, by, strlen(by), npi, npi != NULL ? strlen(npi) : 0, ncid, strlen(ncid));
}

static void set(nct_form *signing, const char *path, const char *value) {
    expect_status(nct_form_set(signing, path, value, strlen(value)), NCT_OK);
}

nct_form *world_signing(struct world *w, const char *ncid, const char *npi, int32_t kind) {
    nct_form *signing = NULL;
    expect_status(nct_form_new(w->portal, NCT_FORM_SIGNING, &signing), NCT_OK);
    set(signing, "signer.ncid", ncid);
    set(signing, "provider.npi", npi);
    set(signing, "submission.kind", nct_submission_name(kind));
    set(signing, "document.id", "PA-0001");
    set(signing, "document.version", "1");
    set(signing, "document.content", WORLD_DOCUMENT);
    set(signing, "attestation.version", "2026-01");
    set(signing, "attestation.text", "I attest that what I submit is true.");
    return signing;
}

void world_signing_secrets(nct_form *signing, const char *password, const char *pin) {
    set(signing, "signer.password", password);
    set(signing, "signer.pin", pin);
}

nct_status world_sign(struct world *w, const char *ncid, const char *password, const char *pin, const char *npi,
                      int32_t kind, nct_signature **signature) {
    nct_signature *made = NULL;
    nct_form *signing = world_signing(w, ncid, npi, kind);
    world_signing_secrets(signing, password, pin);
    nct_status status = nct_sign(signing, NULL, &made);
    nct_form_free(signing);
    assert_true((status == NCT_OK) == (made != NULL));
    if (signature != NULL)
        *signature = made;
    else
        nct_signature_free(made);
    return status;
}

nct_status world_sign_pa(struct world *w, const char *ncid, const char *password, const char *pin) {
    return world_sign(w, ncid, password, pin, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA, NULL);
}

/* Calls a function for every entry of a stream; answers how many there are. */
static size_t each_entry(struct world *w, const char *stream, void (*visit)(const nct_entry_list *, size_t, void *),
                         void *argument) {
    size_t total = 0;
    for (uint64_t after = 0;;) {
        nct_entry_list *page = NULL;
        nct_status status = nct_ledger_read(w->portal, stream, strlen(stream), after, 100, &page);
        if (status == NCT_E_NOT_FOUND)
            return 0;
        expect_status(status, NCT_OK);
        size_t count = nct_entry_list_count(page);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(nct_entry_list_sequence(page, i), ++total);
            if (visit != NULL)
                visit(page, i, argument);
        }
        after = total;
        nct_entry_list_free(page);
        if (count == 0)
            return total;
    }
}

size_t world_entries(struct world *w, const char *stream) {
    return each_entry(w, stream, NULL, NULL);
}

static void keep_outcome(const nct_entry_list *page, size_t index, void *argument) {
    *(nct_status *)argument = nct_entry_list_outcome(page, index);
}

nct_status world_last_outcome(struct world *w, const char *stream) {
    nct_status outcome = NCT_E_NOT_FOUND;
    (void)each_entry(w, stream, keep_outcome, &outcome);
    return outcome;
}

struct search {
    const char *text;
    int found;
};

static void search_entry(const nct_entry_list *page, size_t index, void *argument) {
    struct search *search = argument;
    const char *const fields[] = {nct_entry_list_event(page, index), nct_entry_list_actor(page, index),
                                  nct_entry_list_subject(page, index), nct_entry_list_provider(page, index),
                                  nct_entry_list_detail(page, index)};
    for (size_t i = 0; i < 5; i++)
        search->found |= strstr(fields[i], search->text) != NULL;
}

int world_ledger_mentions(struct world *w, const char *text) {
    struct search search = {text, 0};
    char cursor[64] = "";
    for (;;) {
        nct_stream_list *page = NULL;
        expect_status(nct_ledger_streams(w->portal, cursor[0] != '\0' ? cursor : NULL, strlen(cursor), 50, &page),
                      NCT_OK);
        size_t count = nct_stream_list_count(page);
        for (size_t i = 0; i < count; i++)
            (void)each_entry(w, nct_stream_list_name(page, i), search_entry, &search);
        if (count > 0)
            (void)snprintf(cursor, sizeof cursor, "%s", nct_stream_list_cursor(page));
        nct_stream_list_free(page);
        if (count == 0)
            return search.found;
    }
}

int32_t world_verdict(struct world *w, const char *stream, uint64_t *sequence) {
    int32_t verdict = 0;
    expect_status(nct_ledger_verify(w->portal, stream, strlen(stream), &verdict, sequence), NCT_OK);
    return verdict;
}
