/* Words: what something is called by programs and by people; a table of them is read by index. */
#ifndef NCT_POLICY_WORDS_H
#define NCT_POLICY_WORDS_H

#include <nctracks/status.h>

struct nct_word {
    const char *name;
    const char *description;
    const char *title; /* of rights, authorities and roles alone */
};

/* NULL past the end, and at an index that has none. */
const struct nct_word *nct_word_at(const struct nct_word *words, int32_t count, int32_t index);
const char *nct_word_name(const struct nct_word *words, int32_t count, int32_t index);

/* NCT_OK or NCT_E_NOT_FOUND, which leaves the index as it was. */
nct_status nct_word_find(const struct nct_word *words, int32_t count, const char *name, int32_t *index);

#endif
