#include "agreements.h"

#include <sodium.h>

static const char *const fields[][2] = {{"signer.ncid", "petra.pharm"},
                                        {"signer.password", WORLD_PASSWORD},
                                        {"agreement.version", AGREEMENT_VERSION},
                                        {"agreement.text", AGREEMENT_TEXT}};

void agreements_digest(const char *text, unsigned char digest[32]) {
    crypto_generichash(digest, 32, (const unsigned char *)text, strlen(text), NULL, 0);
}

static void set_rule(struct world *w, const char *path, const char *value) {
    expect_status(nct_rule_set(w->policy, path, value, strlen(value), NULL), NCT_OK);
}

void agreements_ask(struct world *w, const char *version, const char *text) {
    unsigned char digest[32];
    char hex[65];
    agreements_digest(text, digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    set_rule(w, "agreement.version", version);
    set_rule(w, "agreement.digest", hex);
    world_reopen(w);
}

static nct_status fill(nct_form *form, const char *path, const char *value, const char *pin) {
    nct_status status = nct_form_set(form, "signer.pin", pin, strlen(pin));
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && status == NCT_OK; i++)
        status = nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1]));
    return status == NCT_OK && path != NULL ? nct_form_set(form, path, value, strlen(value)) : status;
}

nct_status agreements_accept(struct world *w, const char *path, const char *value, const char *pin) {
    nct_problems *problems = NULL;
    nct_form *form = NULL;
    nct_status status = nct_form_new(w->portal, NCT_FORM_AGREEMENT, &form);
    if (status == NCT_OK)
        status = fill(form, path, value, pin);
    if (status == NCT_OK)
        status = nct_agreement_accept(form, &problems);
    nct_form_free(form);
    if (status == NCT_E_PROBLEMS && path != NULL && strcmp(nct_problems_path(problems, 0), path) == 0)
        status = nct_problems_code(problems, 0);
    nct_problems_free(problems);
    return status;
}
