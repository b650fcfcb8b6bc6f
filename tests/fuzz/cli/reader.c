#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "terminal/output.h"

void require(bool holds) {
    if (!holds)
        abort();
}

struct cli *reader_begin(void) {
    static struct cli cli;
    memset(&cli, 0, sizeof cli);
    cli.json = true;
    cli.language = "en";
    cli.result = out_object();
    return &cli;
}

void reader_end(struct cli *cli, int code) {
    require(code >= CLI_DONE && code <= CLI_ENVIRONMENT);
    require(code == CLI_DONE || json_is_string(json_object_get(cli->result, "message")));
    char *told = json_dumps(cli->result, 0);
    require(told != NULL);
    free(told);
    json_decref(cli->result);
}

static char path[64];

static void remove_file(void) {
    (void)unlink(path);
}

const char *reader_file(const uint8_t *data, size_t size) {
    static int file = -1;
    if (file < 0) {
        (void)snprintf(path, sizeof path, "/tmp/nct-fuzz-XXXXXX");
        file = mkstemp(path);
        require(file >= 0 && atexit(remove_file) == 0);
    }
    require(ftruncate(file, 0) == 0);
    require(size == 0 || pwrite(file, data, size, 0) == (ssize_t)size);
    return path;
}
