/* Values of fields: what each type accepts. */
#ifndef NCT_PORTAL_FORM_VALUE_H
#define NCT_PORTAL_FORM_VALUE_H

#include "portal/form/form.h"

/* NCT_OK or why the bytes are no value of the field. */
nct_status nct_value_check(const struct nct_portal *portal, const struct nct_field_row *field, const char *bytes,
                           size_t len);

/* The place of a word in a list separated by spaces, from 1; 0 if it is not there. */
int32_t nct_value_choice(const char *words, const char *word, size_t len);

/* The words chosen, separated by single spaces: bit n for the n-th. NCT_OK or NCT_E_UNKNOWN_VALUE. */
nct_status nct_value_choices(const char *words, const char *bytes, size_t len, uint64_t *mask);

/* The mask of names of rights separated by single spaces. NCT_OK or NCT_E_UNKNOWN_VALUE. */
nct_status nct_value_rights(const struct nct_policy *policy, const char *bytes, size_t len, uint64_t *mask);

/* A time: a day begins, or ends, by the portal's time zone. NCT_OK; NCT_E_FORMAT; NCT_E_RANGE before 2000 or after
 * 9999.
 */
nct_status nct_value_time(const struct nct_portal *portal, const char *bytes, size_t len, int is_end, int64_t *time);

#endif
