/* Signing with all that may be added to it, and what becomes of a signature. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "subject.h"

static nct_form *make_signing(struct subject *subject, const char *ncid, const char *npi, const char *kind,
                              const char *document) {
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_SIGNING, &form), "nct_form_new");
    fill(set_signing, form, "signer.", "ncid", ncid);
    fill(set_signing, form, "provider.", "npi", npi);
    fill(set_signing, form, "submission.", "kind", nct_submission_name(number(kind)));
    fill_document(set_signing, form, document);
    fill(set_signing, form, "attestation.", "version", "1");
    fill(set_signing, form, "attestation.", "text", "I agree.");
    return form;
}

static void fill_secret(struct subject *subject, nct_form *form, struct register_of_told *all, const char *ncid,
                        const char *count, const char *path) {
    char secret[64];
    (void)subject;
    recall(told(all, NCT_IDENT_NCID, ncid), (size_t)number(count), "00000000000000000000000000000000", secret,
           sizeof secret);
    fill(set_signing, form, "", path, secret);
}

/* NCID NPI submission document: the token's number among those of the NCID follows from the count of them */
static void review(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *form = make_signing(subject, a[0], a[1], a[2], a[3]);
    nct_status status = nct_signing_review(form, token, sizeof token, NULL);
    nct_form_free(form);
    if (status == NCT_OK)
        keep(told(&subject->reviews, NCT_IDENT_NCID, a[0]), token);
    tell(answer, status);
}

/* NCID password|- PIN NPI submission document review|- key|- period|-; an OK names the signature by its number */
static void sign_with(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char pin[32];
    nct_signature *signature = NULL;
    nct_form *form = make_signing(subject, a[0], a[3], a[4], a[5]);
    recall(told(&subject->pins, NCT_IDENT_NCID, a[0]), (size_t)number(a[2]), "000000", pin, sizeof pin);
    fill(set_signing, form, "signer.", "pin", pin);
    if (given(a[1]))
        fill(set_signing, form, "signer.", "password", a[1]);
    if (given(a[6]))
        fill_secret(subject, form, &subject->reviews, a[0], a[6], "review.token");
    if (given(a[7]))
        fill(set_signing, form, "idempotency.", "key", a[7]);
    if (given(a[8]))
        fill_secret(subject, form, &subject->periods, a[0], a[8], "signer.period");
    nct_status status = nct_sign(form, NULL, &signature);
    tell(answer, status);
    if (status == NCT_OK) {
        if (nct_signature_period(signature)[0] != '\0')
            keep(told(&subject->periods, NCT_IDENT_NCID, a[0]), nct_signature_period(signature));
        (void)snprintf(answer, ANSWER_BYTES, "OK:%zu", remember_signature(subject, signature));
    }
    nct_signature_free(signature);
    nct_form_free(form);
}

static const char *signature_id(const struct subject *subject, const char *argument) {
    size_t place = (size_t)number(argument);
    return place > 0 && place <= subject->signed_count ? subject->signed_ids[place - 1].id
                                                       : "00000000000000000000000000000000";
}

/* NCID password NPI signature */
static void repudiate(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = signature_id(subject, a[3]);
    tell(answer, nct_signature_repudiate(subject->portal, a[0], strlen(a[0]), a[2], strlen(a[2]), id, strlen(id), a[1],
                                         strlen(a[1]), REASON, strlen(REASON)));
}

/* NPI signature */
static void repudiation(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = signature_id(subject, a[1]);
    unsigned char bytes[2048];
    size_t len = 0;
    tell(answer,
         nct_signature_repudiation(subject->portal, a[0], strlen(a[0]), id, strlen(id), bytes, sizeof bytes, &len));
}

/* NPI signature */
static void signature(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    const char *id = signature_id(subject, a[1]);
    nct_signature *read = NULL;
    nct_status status = nct_signature_get(subject->portal, a[0], strlen(a[0]), id, strlen(id), &read);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%s:%s", nct_signature_ncid(read), nct_signature_document_id(read),
                       nct_signature_right(read));
    nct_signature_free(read);
}

/* NCID password PIN version text: the last two as numbers, 1 is what is asked */
static void agree(struct subject *subject, const struct line *line, char *answer) {
    const char *const *a = line->arguments;
    char pin[32];
    nct_form *form = NULL;
    must(nct_form_new(subject->portal, NCT_FORM_AGREEMENT, &form), "nct_form_new");
    recall(told(&subject->pins, NCT_IDENT_NCID, a[0]), (size_t)number(a[2]), "000000", pin, sizeof pin);
    fill(set_signing, form, "signer.", "ncid", a[0]);
    fill(set_signing, form, "signer.", "password", a[1]);
    fill(set_signing, form, "signer.", "pin", pin);
    fill(set_signing, form, "agreement.", "version", number(a[3]) == 1 ? AGREEMENT_VERSION : "2025-01");
    fill(set_signing, form, "agreement.", "text", number(a[4]) == 1 ? AGREEMENT_TEXT : "Another text.");
    tell(answer, nct_agreement_accept(form, NULL));
    nct_form_free(form);
}

/* NCID: whether no agreement keeps them from signing, and since when they have accepted one */
static void agreed(struct subject *subject, const struct line *line, char *answer) {
    const char *ncid = line->arguments[0];
    nct_agreement *agreement = NULL;
    nct_status status = nct_agreement_get(subject->portal, ncid, strlen(ncid), &agreement);
    tell(answer, status);
    if (status == NCT_OK)
        (void)snprintf(answer, ANSWER_BYTES, "%s:%" PRId64, nct_agreement_is_accepted(agreement) == 1 ? "yes" : "no",
                       nct_agreement_accepted_at(agreement));
    nct_agreement_free(agreement);
}

static const struct operation some[] = {
    {"review", 4, review, -1, 1, 0, NULL, 0, NULL},        {"sign_with", 9, sign_with, -1, 3, 0, NULL, 0, NULL},
    {"repudiate", 4, repudiate, -1, 2, 0, NULL, 0, NULL},  {"repudiation", 2, repudiation, -1, 0, -1, NULL, 0, NULL},
    {"signature", 2, signature, -1, 0, -1, NULL, 0, NULL}, {"agree", 5, agree, -1, -1, 0, NULL, 0, NULL},
    {"agreed", 1, agreed, -1, -1, 0, NULL, 0, NULL},
};

const struct operations signing_operations = {some, sizeof some / sizeof some[0]};
