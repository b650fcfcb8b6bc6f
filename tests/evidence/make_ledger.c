/* Evidence about the ledger: see make_evidence.h. */
#include "make_evidence.h"
#include "story.h"

#include <nctracks/checkpoint.h>
#include <nctracks/receipt.h>

#include <stdio.h>
#include <string.h>

#define EVIDENCE_MAX 65536
#define PAGE 100

void make_repudiation(nct_portal *portal, const char *name, const char *id) {
    static const char reason[] = "I was not in the office \xE2\x80\x93 that was somebody else.";
    static unsigned char bytes[EVIDENCE_MAX];
    size_t len = 0;
    expect(nct_signature_repudiate(portal, "olivia.owner", 12, CLINIC, strlen(CLINIC), id, strlen(id),
                                   "correct horse battery", 21, reason, sizeof reason - 1),
           NCT_OK, "nct_signature_repudiate");
    expect(nct_signature_repudiation(portal, CLINIC, strlen(CLINIC), id, strlen(id), bytes, sizeof bytes, &len), NCT_OK,
           "nct_signature_repudiation");
    save(name, ".repudiation", bytes, len);
}

/* Entries in the clinic's stream and in its Office Administrator's. */
static void live_on(nct_portal *portal) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    expect(nct_provider_renew_code(portal, "test", 4, CLINIC, strlen(CLINIC), code, sizeof code), NCT_OK,
           "nct_provider_renew_code");
    set_password(portal, "olivia.owner", "correct horse battery");
}

static void make_checkpoint(nct_portal *portal, const char *name) {
    nct_checkpoint *checkpoint = NULL;
    size_t len = 0;
    size_t leaves_len = 0;
    expect(nct_checkpoint_make(portal, NULL), NCT_OK, "nct_checkpoint_make");
    expect(nct_checkpoint_export_leaves(portal, &checkpoint), NCT_OK, "nct_checkpoint_export_leaves");
    const void *bytes = nct_checkpoint_bytes(checkpoint, &len);
    const void *leaves = nct_checkpoint_leaves(checkpoint, &leaves_len);
    save(name, ".checkpoint", bytes, len);
    save(name, ".leaves", leaves, leaves_len);
    nct_checkpoint_free(checkpoint);
}

static void save_proof(nct_portal *portal, const char *stream, const char *name) {
    static unsigned char bytes[EVIDENCE_MAX];
    size_t len = 0;
    expect(nct_checkpoint_prove(portal, stream, strlen(stream), bytes, sizeof bytes, &len, NULL), NCT_OK,
           "nct_checkpoint_prove");
    save(name, ".proof", bytes, len);
}

static void save_stream(nct_portal *portal, const char *stream, const char *name) {
    static unsigned char bytes[EVIDENCE_MAX];
    size_t used = 0;
    size_t len = 0;
    uint64_t after = 0;
    uint64_t last = 0;
    do {
        after = last;
        expect(nct_ledger_export(portal, stream, strlen(stream), after, PAGE, bytes + used, sizeof bytes - used, &len,
                                 &last),
               NCT_OK, "nct_ledger_export");
        used += len;
    } while (last > after);
    save(name, ".cborseq", bytes, used);
}

/* A part of every stream, under "stream-" and its number. */
static void save_each(nct_portal *portal, void (*part)(nct_portal *portal, const char *stream, const char *name)) {
    nct_stream_list *streams = NULL;
    expect(nct_ledger_streams(portal, NULL, 0, PAGE, &streams), NCT_OK, "nct_ledger_streams");
    for (size_t i = 0; i < nct_stream_list_count(streams); i++) {
        char name[32];
        snprintf(name, sizeof name, "stream-%zu", i);
        part(portal, nct_stream_list_name(streams, i), name);
    }
    nct_stream_list_free(streams);
}

/* A provider alone, so that the tree has more leaves the second time. */
static void enroll_another(nct_portal *portal) {
    static const nct_form_field fields[] = {{"provider.npi", "1000000012"},
                                            {"provider.kind", "individual"},
                                            {"provider.name", "Made Up Practice"},
                                            {"provider.tax_id", "12-3456789"},
                                            {"provider.email", "office@practice.example.org"},
                                            {"provider.phone", "9195550109"}};
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    nct_form *form = filled(portal, NCT_FORM_ENROLLMENT, COUNT(fields), fields);
    expect(nct_enrollment_submit(form, "test", 4, code, sizeof code, NULL), NCT_OK, "nct_enrollment_submit");
    nct_form_free(form);
}

void make_ledger(nct_portal *portal) {
    make_checkpoint(portal, "first");
    live_on(portal);
    enroll_another(portal);
    make_checkpoint(portal, "second");
    save_each(portal, save_proof);
    live_on(portal);
    save_each(portal, save_stream);
}
