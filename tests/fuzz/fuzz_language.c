/*
 * Catalogues over arbitrary text. What is refused tells why; what is taken shows no placeholder the English text has
 * not.
 */
#include <string.h>

#include <nctracks/language.h>

#include "language/template.h"
#include "portal/texts/catalogue_read.h"
#include "sealed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_taken(const struct nct_catalogue *catalogue) {
    for (size_t i = 0; i < catalogue->count; i++) {
        const char *english = nct_text("en", catalogue->texts[2 * i]);
        const char *text = catalogue->texts[2 * i + 1];
        struct nct_placeholder found;
        fuzz_require(english != NULL && text[0] != '\0' && strlen(text) <= NCT_TEXT_BYTES_MAX);
        fuzz_require((strchr(text, '\n') != NULL) == (strchr(english, '\n') != NULL));
        while (nct_placeholder_next(&text, &found))
            fuzz_require(!found.broken && nct_placeholder_in(english, &found));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nct_policy_problems *problems = NULL;
    struct nct_catalogue catalogue = {0};
    struct nct_memory memory;
    nct_memory_set(&memory, NULL, NULL);
    nct_status status = nct_catalogue_load("qaa", (const char *)data, size, 0, &problems, &catalogue);
    fuzz_require(status == NCT_OK || status == NCT_E_PROBLEMS);
    fuzz_require((status == NCT_E_PROBLEMS) == (nct_policy_problems_count(problems) > 0));
    for (size_t i = 0; i < nct_policy_problems_count(problems); i++)
        fuzz_require(strlen(nct_policy_problems_message(problems, i)) > 0 && nct_policy_problems_line(problems, i) > 0);
    check_taken(&catalogue);
    nct_catalogue_free(&memory, &catalogue);
    nct_policy_problems_free(problems);
    return 0;
}
