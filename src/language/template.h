/* Texts with placeholders, {name}: whole sentences, since the order of words differs between languages. */
#ifndef NCT_LANGUAGE_TEMPLATE_H
#define NCT_LANGUAGE_TEMPLATE_H

#include "base/writer.h"

#include <stddef.h>

/* A name in a text, or a brace that belongs to none. */
struct nct_placeholder {
    const char *name;
    size_t len;
    int broken; /* `name` is what stands there instead */
};

/* The next placeholder of a text, which is moved behind it; 0: there is none. Names are lower-case letters and '_'. */
int nct_placeholder_next(const char **text, struct nct_placeholder *out);

/* Whether a text has this placeholder. */
int nct_placeholder_in(const char *text, const struct nct_placeholder *wanted);

/* The value of a name; NULL or "" writes nothing. Values are written as they are: braces in them mean nothing. */
typedef const char *nct_value_function(const void *context, const char *name, size_t len);

void nct_template_write(const char *text, nct_value_function *value_of, const void *context, struct nct_writer *writer);

/* Values from an array that ends with a NULL name. */
struct nct_parameter {
    const char *name;
    const char *value;
};

const char *nct_parameter_value(const void *parameters, const char *name, size_t len);

#endif
