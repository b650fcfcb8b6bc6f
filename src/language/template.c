#include "language/template.h"

#include <string.h>

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz_"

int nct_placeholder_next(const char **text, struct nct_placeholder *out) {
    const char *brace = *text + strcspn(*text, "{}");
    if (*brace == '\0')
        return 0;
    size_t len = *brace == '{' ? strspn(brace + 1, NAME_CHARACTERS) : 0;
    int whole = len > 0 && brace[1 + len] == '}';
    *out = (struct nct_placeholder){whole ? brace + 1 : brace, whole ? len : 1 + len, !whole};
    *text = brace + (whole ? len + 2 : 1);
    return 1;
}

int nct_placeholder_in(const char *text, const struct nct_placeholder *wanted) {
    struct nct_placeholder found;
    while (nct_placeholder_next(&text, &found))
        if (!found.broken && found.len == wanted->len && memcmp(found.name, wanted->name, found.len) == 0)
            return 1;
    return 0;
}

void nct_template_write(const char *text, nct_value_function *value_of, const void *context,
                        struct nct_writer *writer) {
    struct nct_placeholder found;
    for (const char *from = text; nct_placeholder_next(&text, &found); from = text) {
        const char *value = found.broken ? NULL : value_of(context, found.name, found.len);
        size_t plain = (size_t)(found.name - from) - !found.broken;
        nct_write_bytes(writer, from, found.broken ? (size_t)(text - from) : plain);
        nct_write(writer, value != NULL ? value : "");
    }
    nct_write(writer, text);
}

const char *nct_parameter_value(const void *parameters, const char *name, size_t len) {
    for (const struct nct_parameter *at = parameters; at->name != NULL; at++)
        if (strlen(at->name) == len && memcmp(at->name, name, len) == 0)
            return at->value;
    return NULL;
}
