/* Going through all rows of a key range. */
#include "engine/unit/fetch.h"

#include <string.h>

#define PAGE 256

nct_status nct_fetch_each(struct nct_portal *portal, const struct nct_record_type *type, const void *prefix,
                          size_t prefix_len, nct_row_visitor *visit, void *argument, size_t *damaged) {
    unsigned char after[NCT_KEY_MAX];
    size_t after_len = 0;
    size_t found = PAGE;
    nct_status status = NCT_OK;
    while (status == NCT_OK && found == PAGE) {
        struct nct_page page;
        status = nct_fetch_sound(portal, type, prefix, prefix_len, after, after_len, PAGE, &page);
        found = page.count;
        if (damaged != NULL)
            *damaged += page.damaged;
        for (size_t i = 0; i < page.count && status == NCT_OK; i++)
            status = visit(&page.rows[i], argument);
        if (status == NCT_OK && found > 0) {
            after_len = page.rows[found - 1].key_len;
            memcpy(after, page.rows[found - 1].key, after_len);
        }
        nct_page_free(&page);
    }
    return status;
}
