#include "evidence/ledger_check.h"

#include <stdio.h>
#include <string.h>

#define PAGE 1000
#define CURSOR_MAX 512

nct_status ledger_check_one(nct_portal *portal, const nct_anchors *anchors, const char *stream, ledger_told told,
                            void *user_data, ledger_found *found) {
    ledger_finding finding = {.stream = stream};
    nct_status status = anchors != NULL
                            ? nct_ledger_verify_against(portal, stream, strlen(stream), anchors, &finding.verdict,
                                                        &finding.sequence, &finding.anchored)
                            : nct_ledger_verify(portal, stream, strlen(stream), &finding.verdict, &finding.sequence);
    if (status != NCT_OK) {
        return status;
    }
    if (finding.verdict != NCT_LEDGER_TAMPERED) {
        status = nct_ledger_time_order(portal, stream, strlen(stream), &finding.untimely);
    }
    if (status != NCT_OK) {
        return status;
    }
    found->streams++;
    found->untimely += finding.untimely != 0;
    found->tampered += finding.verdict == NCT_LEDGER_TAMPERED;
    found->anchored += finding.anchored > 0;
    if (told != NULL) {
        told(&finding, user_data);
    }
    return NCT_OK;
}

/** What all streams of a page are verified with. */
struct checking {
    nct_portal *portal;
    const nct_anchors *anchors;
    size_t limit;
    ledger_told told;
    void *user_data;
};

static nct_status check_page(const struct checking *checking, const nct_stream_list *page, ledger_found *found) {
    for (size_t i = 0; i < nct_stream_list_count(page); i++) {
        if (checking->limit != 0 && found->streams == checking->limit) {
            found->more = true;
            return NCT_OK;
        }
        nct_status status = ledger_check_one(checking->portal, checking->anchors, nct_stream_list_name(page, i),
                                             checking->told, checking->user_data, found);
        if (status != NCT_OK) {
            return status;
        }
    }
    return NCT_OK;
}

nct_status ledger_check_all(nct_portal *portal, const nct_anchors *anchors, size_t limit, ledger_told told,
                            void *user_data, ledger_found *found) {
    struct checking checking = {portal, anchors, limit, told, user_data};
    char after[CURSOR_MAX] = "";
    bool empty = false;
    *found = (ledger_found){0};
    while (!empty && !found->more) {
        nct_stream_list *page = NULL;
        nct_status status = nct_ledger_streams(portal, after[0] != '\0' ? after : NULL, strlen(after), PAGE, &page);
        found->partial |= status == NCT_E_PARTIAL;
        if (status == NCT_E_PARTIAL) {
            status = NCT_OK;
        }
        if (status == NCT_OK) {
            status = check_page(&checking, page, found);
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
