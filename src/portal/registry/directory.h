/*
 * The directory: an index by which operators find people and providers, by the beginning of a normalised text. One row
 * for each text of each subject, in registries by the first bytes of the text, so that all that begins alike is
 * together and can be told to be complete.
 */
#ifndef NCT_PORTAL_REGISTRY_DIRECTORY_H
#define NCT_PORTAL_REGISTRY_DIRECTORY_H

#include "engine/unit/fetch.h"
#include "engine/unit/unit.h"

#include <nctracks/person.h>

/* What is found by; beyond the NCT_SEARCH constants. Stored, never renumbered. */
#define NCT_DIRECTORY_PROVIDER 16 /* a provider, by name */

#define NCT_DIRECTORY_TEXT 64 /* bytes of a text that are kept; the record tells the rest */
#define NCT_DIRECTORY_SUBJECT_MAX NCT_PERSON_ID
#define NCT_DIRECTORY_KEY_MAX (NCT_SHARD + 1 + NCT_DIRECTORY_TEXT + 1 + NCT_DIRECTORY_SUBJECT_MAX)

/* A text, normalised; empty: nothing to be found by. */
struct nct_directory_text {
    char bytes[NCT_PRINTED_NAME_ROOM];
    size_t len;
};

/* Who is found: a person id, or a provider id without a NUL. */
struct nct_listed {
    const void *id;
    size_t len;
};

/* The form under which a text is kept and sought: letters without case and marks, digits alone of a phone. */
void nct_directory_normalise(int32_t by, const char *text, size_t len, struct nct_directory_text *out);

/* Stages that a subject is found by another text than before. NCT_OK; NCT_E_INTEGRITY when the row of the one before is
 * missing; or a failure. */
nct_status nct_directory_move(struct nct_unit *unit, int32_t by, const struct nct_listed *subject,
                              const struct nct_directory_text *before, const struct nct_directory_text *after);

/* What is sought, and where a page of it begins. */
struct nct_directory_range {
    int32_t by;
    struct nct_directory_text text;
    unsigned char prefix[NCT_DIRECTORY_KEY_MAX];
    size_t prefix_len;
    unsigned char after[NCT_DIRECTORY_KEY_MAX];
    size_t after_len;
    size_t limit;
};

#define NCT_DIRECTORY_CURSOR_ROOM (2 * NCT_DIRECTORY_KEY_MAX + 1)

/* Takes what is sought and a cursor, empty for the first page. NCT_OK, NCT_E_ARGUMENT, NCT_E_TOO_SHORT for fewer bytes
 * than are kept together, NCT_E_FORMAT for no cursor of this search. */
nct_status nct_directory_take(int32_t by, const char *text, size_t len, const char *after, size_t after_len,
                              size_t limit, struct nct_directory_range *range);

/* The rows of a page, all of the range at its beginning; *more tells of others. nct_page_free() afterwards in any case.
 * Of a beginning that at most NCT_LOOK_MAX texts share nothing is missing. */
nct_status nct_directory_page(struct nct_portal *portal, const struct nct_directory_range *range, struct nct_page *page,
                              int32_t *more);

/* The subject a row names; NULL for a key that is none. */
const unsigned char *nct_directory_subject(const struct nct_page_row *row, size_t *len);

/* Whether a text of a subject begins as what is sought: the index keeps its first bytes alone, and may be behind. */
int nct_directory_fits(const struct nct_directory_range *range, const struct nct_directory_text *text);

#endif
