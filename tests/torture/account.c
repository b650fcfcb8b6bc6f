#include "account.h"

#include "world.h"

#include <stdio.h>

void each_entry(nct_portal *portal, const char *stream, void (*visit)(const nct_entry_list *, size_t, void *),
                void *argument) {
    size_t count = 1;
    for (uint64_t after = 0; count > 0; after += count) {
        nct_entry_list *page = NULL;
        nct_status status = nct_ledger_read(portal, stream, strlen(stream), after, 1000, &page);
        if (status == NCT_E_NOT_FOUND)
            return;
        expect_status(status, NCT_OK);
        count = nct_entry_list_count(page);
        for (size_t i = 0; i < count; i++)
            visit(page, i, argument);
        nct_entry_list_free(page);
    }
}

static enum reason reason_of(const char *detail) {
    static const char *const texts[REASON_OTHER] = {"wrong PIN",          "PIN disabled",   "PIN must wait",
                                                    "renewed meanwhile",  "wrong password", "password disabled",
                                                    "password must wait", "no access",      "no PIN",
                                                    "no password"};
    for (enum reason reason = REASON_WRONG_PIN; reason < REASON_OTHER; reason++)
        if (strncmp(detail, texts[reason], strlen(texts[reason])) == 0)
            return reason;
    return REASON_OTHER;
}

static void count(const nct_entry_list *page, size_t index, void *argument) {
    struct account *account = argument;
    const char *event = nct_entry_list_event(page, index);
    nct_status outcome = nct_entry_list_outcome(page, index);
    if (strcmp(event, "credentials.tried") == 0 && outcome == NCT_OK)
        account->tried++;
    else if (strcmp(event, "credentials.tried") == 0)
        account->not_made++;
    else if (strcmp(event, "signature.made") == 0)
        account->made++;
    else if (strcmp(event, "signature.refused") == 0) {
        account->refused++;
        account->why[reason_of(nct_entry_list_detail(page, index))] += outcome == NCT_E_DENIED;
    }
}

struct account account_of(nct_portal *portal, const char *ncid) {
    struct account account = {0};
    char stream[64];
    (void)snprintf(stream, sizeof stream, "person:%s", ncid);
    each_entry(portal, stream, count, &account);
    return account;
}

static void expect_whole(nct_portal *portal, const char *stream) {
    int32_t verdict = 0;
    uint64_t sequence = 0;
    expect_status(nct_ledger_verify(portal, stream, strlen(stream), &verdict, &sequence), NCT_OK);
    if (verdict != NCT_LEDGER_VALID_BUT_UNANCHORED)
        print_error("%s is broken at %llu\n", stream, (unsigned long long)sequence);
    assert_int_equal(verdict, NCT_LEDGER_VALID_BUT_UNANCHORED);
}

void expect_whole_ledger(nct_portal *portal) {
    char cursor[64] = "";
    size_t count = 1;
    while (count > 0) {
        nct_stream_list *page = NULL;
        expect_status(nct_ledger_streams(portal, cursor[0] != '\0' ? cursor : NULL, strlen(cursor), 100, &page),
                      NCT_OK);
        count = nct_stream_list_count(page);
        for (size_t i = 0; i < count; i++)
            expect_whole(portal, nct_stream_list_name(page, i));
        if (count > 0)
            (void)snprintf(cursor, sizeof cursor, "%s", nct_stream_list_cursor(page));
        nct_stream_list_free(page);
    }
}
