#include "ledger_check.h"

#include <stdio.h>
#include <string.h>

#define PAGE 1000
#define CURSOR_MAX 512

static nct_status check_page(nct_portal *portal, const nct_stream_list *page, size_t limit, ledger_told told,
                             void *user_data, ledger_found *found) {
    for (size_t i = 0; i < nct_stream_list_count(page); i++) {
        const char *stream = nct_stream_list_name(page, i);
        int32_t verdict;
        uint64_t sequence;
        if (limit != 0 && found->streams == limit) {
            found->more = true;
            return NCT_OK;
        }
        nct_status status = nct_ledger_verify(portal, stream, strlen(stream), &verdict, &sequence);
        if (status != NCT_OK) {
            return status;
        }
        found->streams++;
        found->tampered += verdict == NCT_LEDGER_TAMPERED;
        if (told != NULL) {
            told(stream, verdict, sequence, user_data);
        }
    }
    return NCT_OK;
}

nct_status ledger_check_all(nct_portal *portal, size_t limit, ledger_told told, void *user_data, ledger_found *found) {
    char after[CURSOR_MAX] = "";
    bool empty = false;
    *found = (ledger_found){0, 0, false};
    while (!empty && !found->more) {
        nct_stream_list *page = NULL;
        nct_status status = nct_ledger_streams(portal, after[0] != '\0' ? after : NULL, strlen(after), PAGE, &page);
        if (status == NCT_OK) {
            status = check_page(portal, page, limit, told, user_data, found);
            empty = nct_stream_list_count(page) == 0;
            snprintf(after, sizeof after, "%s", empty ? "" : nct_stream_list_cursor(page));
        }
        nct_stream_list_free(page);
        if (status != NCT_OK) {
            return status;
        }
    }
    return NCT_OK;
}
