/* What a refusal is about, in words. */
#ifndef NCT_PORTAL_FORM_ABOUT_TEXT_H
#define NCT_PORTAL_FORM_ABOUT_TEXT_H

#include "base/about.h"
#include "language/sentences.h"
#include "policy/policy.h"

/* In which words. */
struct nct_wording {
    const struct nct_languages *languages; /* NULL: the built-in ones */
    const struct nct_policy *policy;       /* NULL: rights have the library's names */
    const char *language;
};

/* A status' message with what it names; NULL for what it is about: the message alone. */
void nct_about_write(const struct nct_wording *wording, nct_status status, const struct nct_about *about,
                     struct nct_writer *writer);

/* Its label for a person; the name itself where it has none. */
const char *nct_argument_label(const struct nct_wording *wording, const char *name);

/* The labels of arguments, one after the other; 0 past the last. */
int nct_argument_at(size_t index, const char **name, const char **label);

#endif
