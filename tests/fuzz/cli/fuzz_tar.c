/* The reader of evidence files over arbitrary bytes: whatever it is, it is verified to the end, or told to be wrong. */
#include <stdlib.h>
#include <string.h>

#include "evidence/check.h"
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct cli *cli = reader_begin();
    cli->args.operands[0] = reader_file(data, size);
    cli->args.operand_count = 1;
    int code = evidence_verify(cli);
    require(code != CLI_DONE || json_is_string(json_object_get(cli->result, "verdict")));
    reader_end(cli, code);
    return 0;
}
