/* Reading rows: the store's answers checked strictly, the rows opened. */
#ifndef NCT_ENGINE_UNIT_FETCH_H
#define NCT_ENGINE_UNIT_FETCH_H

#include "base/arena.h"
#include "engine/handle/portal.h"
#include "engine/records/protect.h"
#include "engine/store/batch.h"

#define NCT_ROW_INLINE 512

/* One row as it came from the store; small ones need no allocation. */
struct nct_row {
    struct nct_sink sink;
    const struct nct_memory *memory;
    unsigned char *bytes;
    size_t len;
    uint64_t revision;
    nct_status failure; /* of the sink */
    int given;          /* how often the store gave a value */
    int secret;         /* holds an opened sealed content */
    unsigned char small[NCT_ROW_INLINE];
};

/*
 * Reads and opens one row; *content lies in it. NCT_OK, NCT_E_NOT_FOUND (revision 0), or a failure.
 * nct_row_free() afterwards in any case.
 */
nct_status nct_fetch(struct nct_portal *portal, const struct nct_record_type *type, const void *key, size_t key_len,
                     struct nct_row *row, const unsigned char **content, size_t *len);

void nct_row_free(struct nct_row *row);

/* Reads one record outside a unit of work, without allocating while it is small. NCT_OK, also for a missing one:
 * revision 0 and a record of zeros; or a failure. */
nct_status nct_fetch_record(struct nct_portal *portal, const struct nct_record_type *type, const void *key,
                            size_t key_len, void *record, uint64_t *revision);

/* A page of rows, opened. */
struct nct_page_row {
    unsigned char *key;
    size_t key_len;
    uint64_t revision;
    unsigned char *bytes;
    size_t bytes_len;
    const unsigned char *content; /* within bytes */
    size_t len;
};

struct nct_page {
    struct nct_sink sink;
    struct nct_arena arena; /* of keys and bytes */
    const unsigned char *prefix;
    size_t prefix_len;
    size_t limit;
    struct nct_page_row *rows;
    size_t count;
    size_t damaged; /* rows left out by nct_fetch_sound() */
    nct_status failure;
    int secret; /* holds opened sealed contents */
};

/* Reads and opens the rows of a key range, see nct_store.scan. nct_page_free() afterwards in any case. */
nct_status nct_fetch_page(struct nct_portal *portal, const struct nct_record_type *type, const void *prefix,
                          size_t prefix_len, const void *after, size_t after_len, size_t limit, struct nct_page *page);

/* The rows of a whole space behind a key as they lie there, unopened. The statuses of a store; free as above. */
nct_status nct_fetch_raw(struct nct_portal *portal, const struct nct_record_type *type, const void *after,
                         size_t after_len, size_t limit, struct nct_page *page);

/*
 * The same for what must go on past a row that was damaged: rows that do not open are counted and left out, and others
 * take their places. A page with fewer rows than the limit is the last one. What to do about them: nct_damage_list().
 */
nct_status nct_fetch_sound(struct nct_portal *portal, const struct nct_record_type *type, const void *prefix,
                           size_t prefix_len, const void *after, size_t after_len, size_t limit, struct nct_page *page);

/* Calls a function for each row of a key range that opens, in order of key; its failure ends it. *damaged, which may be
 * NULL, counts the others. NCT_OK or a failure. */
typedef nct_status nct_row_visitor(const struct nct_page_row *row, void *argument);
nct_status nct_fetch_each(struct nct_portal *portal, const struct nct_record_type *type, const void *prefix,
                          size_t prefix_len, nct_row_visitor *visit, void *argument, size_t *damaged);

/* NCT_E_PARTIAL for what is done but for damaged rows; any other status stays. */
nct_status nct_partial(nct_status status, size_t damaged);

/* Whether a status tells that a row does not open, for whatever reason. */
int nct_is_damage(nct_status status);

void nct_page_free(struct nct_page *page);

#endif
