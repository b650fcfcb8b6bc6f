#include "scratch.h"

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void scratch_open(struct scratch *scratch) {
    const char *parent = getenv("TMPDIR");
    snprintf(scratch->folder, sizeof scratch->folder, "%s/nctracks-bench-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(scratch->folder) == NULL) {
        perror(scratch->folder);
        exit(1);
    }
    snprintf(scratch->path, sizeof scratch->path, "%s/portal.db", scratch->folder);
    bench_require(nct_sqlite_store_open(scratch->path, &scratch->store), scratch->path);
}

void scratch_close(struct scratch *scratch) {
    static const char *const companions[] = {"", "-wal", "-shm"};
    char path[320];
    nct_sqlite_store_close(scratch->store);
    for (size_t i = 0; i < sizeof companions / sizeof companions[0]; i++) {
        snprintf(path, sizeof path, "%s%s", scratch->path, companions[i]);
        (void)unlink(path);
    }
    (void)rmdir(scratch->folder);
}
