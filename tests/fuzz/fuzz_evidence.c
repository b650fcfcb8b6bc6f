/*
 * What comes from outside beside receipts, over arbitrary bytes. The first byte says what they are:
 *
 *   0  a text that may hold a checkpoint;
 *   1  an exported stream.
 *
 * A checkpoint that is taken out of a text comes out again when it is written as one; of a chain that is whole each
 * part up to an entry is whole too.
 */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "portal/mail/text.h"

#include <nctracks/checkpoint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOM (2 * NCT_CHECKPOINT_MAX + 100)

static void take_text(const char *text, size_t len) {
    unsigned char bytes[NCT_CHECKPOINT_MAX], again[NCT_CHECKPOINT_MAX];
    char written[ROOM] = NCT_CHECKPOINT_BEGIN;
    size_t bytes_len = 0, again_len = 0;
    nct_status status = nct_checkpoint_from_text(text, len, bytes, sizeof bytes, &bytes_len);
    if (status != NCT_OK) {
        if (status != NCT_E_ENCODING || bytes_len != 0)
            abort();
        return;
    }
    nct_hex(written + strlen(written), bytes, bytes_len);
    strcat(written, NCT_CHECKPOINT_END);
    status = nct_checkpoint_from_text(written, strlen(written), again, sizeof again, &again_len);
    if (status != NCT_OK || again_len != bytes_len || memcmp(again, bytes, bytes_len) != 0)
        abort();
}

static void take_export(const uint8_t *data, size_t size) {
    int32_t verdict = -1, part = -1;
    uint64_t sequence = 0, place = 0;
    unsigned char head[NCT_CHECKPOINT_HASH];
    if (nct_ledger_verify_export(data, size, &verdict, &sequence, head) != NCT_OK)
        return;
    if (sequence == 0 || (verdict != NCT_LEDGER_TAMPERED && verdict != NCT_LEDGER_VALID_BUT_UNANCHORED))
        abort();
    for (size_t len = 1; len < size && verdict == NCT_LEDGER_VALID_BUT_UNANCHORED; len++)
        if (nct_ledger_verify_export(data, len, &part, &place, NULL) == NCT_OK && place > sequence)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 0 && data[0] == 0)
        take_text((const char *)data + 1, size - 1);
    else if (size > 0)
        take_export(data + 1, size - 1);
    return 0;
}
