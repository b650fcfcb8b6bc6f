#include "base/about.h"

#include <string.h>

_Thread_local struct nct_about nct_about_now NCT_ABOUT_MODEL;

nct_status nct_about_word(nct_status status, int32_t kind, const char *word, int64_t value) {
    if (status != NCT_OK)
        nct_about_now = (struct nct_about){.status = status, .kind = kind, .value = value, .word = word};
    return status;
}

nct_status nct_about(nct_status status, int32_t kind, int64_t value) {
    return nct_about_word(status, kind, NULL, value);
}

/* Of an expression with "->"; the path of a field keeps its dots. */
static const char *last_name(const char *expression) {
    const char *name = expression;
    for (const char *s = expression; *s != '\0'; s++)
        if (strchr(">&*( ", *s) != NULL)
            name = s + 1;
    return name;
}

nct_status nct_about_argument(nct_status status, const char *argument) {
    if (status == NCT_OK)
        return status;
    if (nct_about_now.status != status)
        nct_about(status, NCT_ABOUT_NOTHING, 0);
    nct_about_now.argument = argument != NULL ? last_name(argument) : NULL;
    return status;
}

nct_status nct_about_only(nct_status status, const char *argument) {
    return nct_about_argument(nct_about(status, NCT_ABOUT_NOTHING, 0), argument);
}

void nct_about_nothing(void) {
    nct_about_now = (struct nct_about){.status = NCT_OK};
}

const struct nct_about *nct_about_of(nct_status status) {
    return status != NCT_OK && nct_about_now.status == status ? &nct_about_now : NULL;
}
