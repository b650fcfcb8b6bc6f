#include "portal/signing/read.h"

#include "engine/handle/arguments.h"

#include <stdio.h>
#include <string.h>

static void read_digest(const struct nct_form *form, const char *path, unsigned char digest[NCT_HASH]) {
    size_t len = 0;
    const void *bytes = nct_form_raw(form, path, &len);
    memcpy(digest, bytes, NCT_HASH);
}

static int64_t read_time(const struct nct_form *form, const char *path) {
    size_t len = 0;
    int64_t time = 0;
    const char *text = nct_form_raw(form, path, &len);
    if (text != NULL)
        (void)nct_take_time(text, len, &time); /* checked with the form */
    return time;
}

void nct_signing_read(const struct nct_form *form, struct nct_claims *claims) {
    const struct nct_policy *policy = nct_portal_policy(nct_form_portal(form));
    nct_form_text(form, "signer.ncid", claims->ncid, sizeof claims->ncid);
    nct_form_text(form, "provider.npi", claims->provider, sizeof claims->provider);
    nct_form_text(form, "document.id", claims->document_id, sizeof claims->document_id);
    nct_form_text(form, "document.version", claims->document_version, sizeof claims->document_version);
    read_digest(form, "document.content", claims->document_digest);
    nct_form_text(form, "attestation.version", claims->attestation_version, sizeof claims->attestation_version);
    read_digest(form, "attestation.text", claims->attestation_digest);
    nct_form_text(form, "submission.kind", claims->submission, sizeof claims->submission);
    nct_form_text(form, "authentication.level", claims->authentication_level, sizeof claims->authentication_level);
    nct_form_text(form, "authentication.methods", claims->authentication_methods,
                  sizeof claims->authentication_methods);
    claims->authenticated_at = read_time(form, "authentication.time");
    snprintf(claims->profile, sizeof claims->profile, "%s", nct_policy_profile(policy));
    snprintf(claims->meaning, sizeof claims->meaning, "Signed and submitted: %s",
             nct_submission_description(nct_form_choice(form, "submission.kind")));
}
