#include <nctracks.h>
#include <stdio.h>

int main(void) {
    nct_portal *portal = NULL;
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    printf("1234567890: %s\n", nct_status_message(nct_ident_check(NCT_IDENT_NPI, NCT_TEXT("1234567890"))));
    if (nct_portal_open_in_memory(&portal) != NCT_OK || nct_form_new(portal, NCT_FORM_REGISTRATION, &form) != NCT_OK ||
        nct_form_set(form, "provider.npi", NCT_TEXT("1234567893")) != NCT_OK)
        return 1;
    nct_status status = nct_form_validate(form, &problems);
    printf("%s: %zu problems\n", nct_status_name(status), nct_problems_count(problems));
    for (size_t i = 0; i < nct_problems_count(problems); i++)
        printf("  %s: %s\n", nct_problems_path(problems, i), nct_problems_message(problems, i));
    nct_problems_free(problems);
    nct_form_free(form);
    nct_portal_close(portal);
}
