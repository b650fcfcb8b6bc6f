/* What a form's kind asks of its fields together. */
#ifndef NCT_PORTAL_FORM_RULES_H
#define NCT_PORTAL_FORM_RULES_H

#include "portal/form/form.h"

/* Checks beyond single fields; adds problems. Reads nothing from the store. */
typedef nct_status nct_form_rule(const struct nct_form *form, struct nct_problems *problems);

/* The rule of a kind; NULL for one without. */
nct_form_rule *nct_form_rule_of(int32_t kind);

#endif
