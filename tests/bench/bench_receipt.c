/* nct_receipt_verify() beside the verification of the same signature over the same bytes by libsodium alone. */
#include "bench.h"
#include "fixture.h"

#include "codec/cbor.h"
#include "codec/cose.h"

#include <nctracks/password.h>
#include <nctracks/receipt.h>

#include <sodium.h>
#include <string.h>

enum { ROUNDS = 41, TIMES = 50 };

#define DOCUMENT "Made-up recipient, made-up drug, made-up reason."

struct evidence {
    unsigned char receipt[8192], keys[512];
    size_t receipt_len, keys_len;
    const unsigned char *signature, *public_key;
    struct nct_buf message; /* what is really signed */
};

static void set(nct_form *signing, const char *path, const char *value) {
    bench_require(nct_form_set(signing, path, value, strlen(value)), path);
}

static nct_signature *sign(struct fixture *fixture, const char *npi) {
    const char *const fields[][2] = {{"signer.ncid", FIXTURE_OA},  {"signer.password", FIXTURE_PASSWORD},
                                     {"signer.pin", fixture->pin}, {"provider.npi", npi},
                                     {"document.id", "PA-1"},      {"submission.kind", "pharmacy_pa"},
                                     {"document.version", "1"},    {"document.content", DOCUMENT},
                                     {"attestation.version", "1"}, {"attestation.text", "The above is true."}};
    nct_form *signing = NULL;
    nct_signature *signature = NULL;
    bench_require(nct_form_new(fixture->portal, NCT_FORM_SIGNING, &signing), "nct_form_new");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        set(signing, fields[i][0], fields[i][1]);
    bench_require(nct_sign(signing, NULL, &signature), "nct_sign");
    nct_form_free(signing);
    return signature;
}

static void make(struct evidence *evidence) {
    struct fixture fixture;
    char npi[11];
    fixture_open(&fixture, NULL, NULL, FIXTURE_DEFAULT);
    fixture_npi(0, npi);
    fixture_register(fixture_registration(&fixture, npi, FIXTURE_OA));
    bench_require(nct_password_set(fixture.portal, "bench", 5, FIXTURE_OA, strlen(FIXTURE_OA), FIXTURE_PASSWORD,
                                   strlen(FIXTURE_PASSWORD)),
                  "nct_password_set");
    nct_signature *signature = sign(&fixture, npi);
    const void *bytes = nct_signature_receipt(signature, &evidence->receipt_len);
    memcpy(evidence->receipt, bytes, evidence->receipt_len);
    nct_signature_free(signature);
    bench_require(nct_portal_key_set(fixture.portal, evidence->keys, sizeof evidence->keys, &evidence->keys_len),
                  "nct_portal_key_set");
    fixture_close(&fixture);
}

/* Sig_structure of RFC 9052, 4.4. */
static void take_apart(struct evidence *evidence, const struct nct_memory *memory) {
    struct nct_cose cose;
    struct nct_cose_key key;
    bench_require(nct_cose_parse(evidence->receipt, evidence->receipt_len, "application/nctracks-receipt+cbor", &cose),
                  "nct_cose_parse");
    bench_require(nct_cose_find_key(evidence->keys, evidence->keys_len, cose.key_id, &key), "nct_cose_find_key");
    evidence->public_key = key.public_key;
    evidence->signature = cose.signature;
    nct_buf_init(&evidence->message, memory);
    nct_cbor_put_array(&evidence->message, 4);
    nct_cbor_put_text(&evidence->message, "Signature1", 10);
    nct_cbor_put_bytes(&evidence->message, cose.protected_header, cose.protected_len);
    nct_cbor_put_bytes(&evidence->message, "", 0);
    nct_cbor_put_bytes(&evidence->message, cose.payload, cose.payload_len);
    bench_require(evidence->message.status, "Sig_structure");
}

static double time_floor(const struct evidence *evidence) {
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < TIMES; i++)
        wrong += crypto_sign_verify_detached(evidence->signature, evidence->message.data, evidence->message.len,
                                             evidence->public_key) != 0;
    double took = (double)(bench_now_ns() - begin) / TIMES;
    bench_require_right(wrong, "crypto_sign_verify_detached");
    return took;
}

/* With a document its digest is computed too; with an answer the claims are handed out. */
static double time_verify(const struct evidence *evidence, const char *document) {
    size_t wrong = 0;
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < TIMES; i++) {
        nct_signature *signature = NULL;
        wrong += nct_receipt_verify(evidence->receipt, evidence->receipt_len, evidence->keys, evidence->keys_len,
                                    document, document != NULL ? strlen(document) : 0, &signature) != NCT_OK;
        nct_signature_free(signature);
    }
    double took = (double)(bench_now_ns() - begin) / TIMES;
    bench_require_right(wrong, "nct_receipt_verify");
    return took;
}

/* The two are timed by turns, and each goes first as often: the machine is noisier than the difference. */
static void measure(const struct evidence *evidence, const char *document, const char *name) {
    double floor[ROUNDS], verify[ROUNDS];
    (void)time_floor(evidence);
    (void)time_verify(evidence, document);
    for (size_t i = 0; i < ROUNDS; i++) {
        if (i % 2 == 0)
            floor[i] = time_floor(evidence);
        verify[i] = time_verify(evidence, document);
        if (i % 2 == 1)
            floor[i] = time_floor(evidence);
    }
    bench_report(name, bench_median(verify, ROUNDS), "crypto_sign_verify_detached of the same bytes",
                 bench_median(floor, ROUNDS));
}

int main(void) {
    static struct evidence evidence;
    struct nct_memory memory;
    nct_memory_set(&memory, NULL, NULL);
    make(&evidence);
    take_apart(&evidence, &memory);
    measure(&evidence, NULL, "receipt.verify");
    measure(&evidence, DOCUMENT, "receipt.verify.document");
    nct_buf_free(&evidence.message);
    return 0;
}
