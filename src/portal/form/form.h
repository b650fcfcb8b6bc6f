/* Forms: values by path, checked against a table of fields. */
#ifndef NCT_PORTAL_FORM_FORM_H
#define NCT_PORTAL_FORM_FORM_H

#include "engine/handle/portal.h"
#include "portal/form/fields.h"
#include "portal/form/problems.h"

/* Whether a function is called with a form of its kind; another is noted, as NCT_MISSING() does. */
int nct_form_is(const nct_form *form, int32_t kind);

struct nct_portal *nct_form_portal(const struct nct_form *form);

/* Room for an authorization code that is kept with an enrollment; empty until it is drawn, wiped with the form. */
char *nct_form_code(struct nct_form *form);

/* Wipes and forgets a value. */
void nct_form_forget(struct nct_form *form, const char *path);

/* nct_form_validate() where secrets are not yet required, without the rule of the kind. */
nct_status nct_form_validate_without_secrets(const struct nct_form *form, struct nct_problems **out);

/* A list with one problem that only the store could show: see nct_problems_finish(). */
nct_status nct_form_refuse(const struct nct_form *form, const char *path, nct_status code, struct nct_problems **out);

/* The raw value of a field; NULL if it was not set. */
const void *nct_form_raw(const struct nct_form *form, const char *path, size_t *len);

/* The canonical form of a value that was checked, with a NUL; empty if it was not set. */
void nct_form_text(const struct nct_form *form, const char *path, char *out, size_t capacity);

/* The index of a choice among its words, from 1; 0 if it was not set. */
int32_t nct_form_choice(const struct nct_form *form, const char *path);

/* The choices made, bit n for the n-th word; 0 if they were not set. */
uint64_t nct_form_choices(const struct nct_form *form, const char *path);

/* The bit mask of rights; 0 if they were not set. */
uint64_t nct_form_rights(const struct nct_form *form, const char *path);

/* A time; where a day was given, its beginning, or its end: the first millisecond after it. 0 if it was not set. */
int64_t nct_form_time(const struct nct_form *form, const char *path, int is_end);

/* The role under a prefix such as "users[0].", also before the form is known to be well-formed. */
int32_t nct_form_role(const struct nct_form *form, const char *prefix);

/* Whether any field that begins with a prefix was set. */
int nct_form_has(const struct nct_form *form, const char *prefix);

/* One more than the greatest index of "users[N]" that was set. */
size_t nct_form_users(const struct nct_form *form);

#endif
