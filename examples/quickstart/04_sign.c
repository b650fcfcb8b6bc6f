/* Signing: NCID, password and PIN over a document (S10); the PIN proves who signs, access decides what. */
#include "story.h"

#include <stdio.h>
#include <string.h>

#define PASSWORD "correct horse battery"
#define DOCUMENT "Pharmacy prior approval for a made-up recipient."

static nct_status sign(nct_portal *portal, const char *pin, const char *kind, nct_signature **signature) {
    const nct_form_field fields[] = {
        {"signer.ncid", "petra.prior"},
        {"signer.password", PASSWORD},
        {"signer.pin", pin},
        {"provider.npi", CLINIC},
        {"submission.kind", kind},
        {"document.id", "PA-1"},
        {"document.version", "1"},
        {"document.content", DOCUMENT},
        {"attestation.version", "example-1"},
        {"attestation.text", "I certify that this is true."},
    };
    nct_form *signing = filled(portal, NCT_FORM_SIGNING, COUNT(fields), fields);
    nct_status status = nct_sign(signing, NULL, signature);
    nct_form_free(signing);
    return status;
}

static void show(const nct_signature *signature) {
    printf("%s\n", nct_signature_meaning(signature));
    printf("signed by %s (%s) as %s, document %s version %s\n", nct_signature_signer_name(signature),
           nct_signature_ncid(signature), nct_signature_role(signature), nct_signature_document_id(signature),
           nct_signature_document_version(signature));
}

/* A receipt is verified with the portal's public keys and the document alone: no portal, no store. */
static void verify_elsewhere(nct_portal *portal, const nct_signature *signature) {
    unsigned char keys[512];
    size_t keys_len = 0;
    size_t receipt_len = 0;
    expect(nct_portal_key_set(portal, keys, sizeof keys, &keys_len), NCT_OK, "nct_portal_key_set");
    const void *receipt = nct_signature_receipt(signature, &receipt_len);
    nct_status status = nct_receipt_verify(receipt, receipt_len, keys, keys_len, NCT_TEXT(DOCUMENT), NULL);
    expect(status, NCT_OK, "the receipt");
    status = nct_receipt_verify(receipt, receipt_len, keys, keys_len, NCT_TEXT("another"), NULL);
    expect(status, NCT_E_DOCUMENT, "the receipt with another document");
}

/* The hash chain of the person tells of every try, with its true reason. */
static void show_ledger(nct_portal *portal) {
    nct_entry_list *entries = NULL;
    expect(nct_ledger_read(portal, NCT_TEXT("person:petra.prior"), 0, 100, &entries), NCT_OK, "nct_ledger_read");
    for (size_t i = 0; i < nct_entry_list_count(entries); i++)
        printf("%2llu  %-20s %-22s %s\n", (unsigned long long)nct_entry_list_sequence(entries, i),
               nct_entry_list_event(entries, i), nct_status_name(nct_entry_list_outcome(entries, i)),
               nct_entry_list_detail(entries, i));
    nct_entry_list_free(entries);
    int32_t verdict = 0;
    expect(nct_ledger_verify(portal, NCT_TEXT("person:petra.prior"), &verdict, NULL), NCT_OK, "nct_ledger_verify");
    expect(verdict, NCT_LEDGER_VALID_BUT_UNANCHORED, "the verdict");
}

int main(void) {
    nct_portal *portal = NULL;
    nct_signature *signature = NULL;
    char pin[PIN_ROOM] = "";
    expect(nct_portal_open_in_memory(&portal), NCT_OK, "nct_portal_open_in_memory");
    enroll_clinic(portal);
    add_user(portal, "petra.prior", "Petra", "Prior", "pa.submit");
    set_password(portal, "petra.prior", PASSWORD);
    take_pin(portal, pin); /* the mail that came last is Petra's */

    char wrong[PIN_ROOM];
    memcpy(wrong, pin, sizeof wrong);
    wrong[0] = wrong[0] == '9' ? '0' : (char)(wrong[0] + 1);
    expect(sign(portal, wrong, "pharmacy_pa", &signature), NCT_E_DENIED, "a wrong PIN");
    expect(sign(portal, pin, "enrollment", &signature), NCT_E_NO_AUTHORITY, "enrollment by staff (S14)");
    expect(sign(portal, pin, "fl2", &signature), NCT_E_RIGHT_MISSING, "FL2 without the right");
    expect(sign(portal, pin, "pharmacy_pa", &signature), NCT_OK, "a pharmacy prior approval");

    show(signature);
    printf("the document: %s\n",
           nct_signature_matches(signature, DOCUMENT, strlen(DOCUMENT)) ? "as signed" : "another");
    printf("a changed one: %s\n",
           nct_signature_matches(signature, DOCUMENT, strlen(DOCUMENT) - 1) ? "as signed" : "another");
    verify_elsewhere(portal, signature);
    nct_signature_free(signature);
    show_ledger(portal);
    nct_portal_close(portal);
    return 0;
}
