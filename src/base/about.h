/*
 * What the call that runs on this thread was refused for: the inside of nctracks/refusal.h.
 *
 * Names from the program and numbers only, never what was typed. A public function forgets what an earlier one noted
 * when it looks at its first argument; whoever answers a status that could be about several things notes which.
 */
#ifndef NCT_BASE_ABOUT_H
#define NCT_BASE_ABOUT_H

#include <nctracks/refusal.h>

struct nct_about {
    nct_status status;    /* NCT_OK: nothing is noted */
    int32_t kind;         /* NCT_ABOUT_... */
    int64_t value;        /* of this kind */
    const char *word;     /* of this kind; NULL: none */
    const char *argument; /* the parameter or the path of a field; NULL: none */
};

/* The room static TLS has for libraries that are loaded late is small, and so is this. */
#if defined(__ELF__)
#define NCT_ABOUT_MODEL __attribute__((tls_model("initial-exec"), visibility("hidden")))
#else
#define NCT_ABOUT_MODEL
#endif
extern _Thread_local struct nct_about nct_about_now NCT_ABOUT_MODEL;

/* Each answers the status it was given, so that it can stand in a return; NCT_OK notes nothing. */
nct_status nct_about(nct_status status, int32_t kind, int64_t value);
nct_status nct_about_word(nct_status status, int32_t kind, const char *word, int64_t value);

/* Whom or what it is about, beside what was noted already of the same status. Of "wish->by", the name is "by". NULL: of
 * somebody who is no argument of the call, such as who proposed what is confirmed. */
nct_status nct_about_argument(nct_status status, const char *argument);

/* The same, and nothing else of it. */
nct_status nct_about_only(nct_status status, const char *argument);

/* Nothing may be told: which of several secrets was wrong. */
void nct_about_nothing(void);

/* What was noted of a status; NULL: nothing. */
const struct nct_about *nct_about_of(nct_status status);

/* Whether an argument is missing, which is noted; also the entry of a public function, see above. */
static inline int nct_about_missing(const void *pointer, const char *name) {
    nct_about_now.status = NCT_OK;
    return pointer == NULL && nct_about_argument(NCT_E_ARGUMENT, name) != NCT_OK;
}
#define NCT_MISSING(argument) nct_about_missing(argument, #argument)

#endif
