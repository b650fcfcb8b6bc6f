#include "sqlite_place.h"

#include "store_contract_cases.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *place_companion(const struct place *place, const char *ending, char out[96]) {
    (void)snprintf(out, 96, "%s%s", place->path, ending);
    return out;
}

void place_remove(struct place *place) {
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".other"};
    char path[96];
    nct_sqlite_store_close(place->store);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        (void)unlink(place_companion(place, endings[i], path));
    (void)rmdir(place->folder);
    free(place);
}

struct place *place_make(void) {
    struct place *place = calloc(1, sizeof *place);
    if (place == NULL)
        return NULL;
    const char *base = getenv("TMPDIR");
    int len = snprintf(place->folder, sizeof place->folder, "%s/nct-sqlite-XXXXXX", base != NULL ? base : "/tmp");
    if (len >= (int)sizeof place->folder || mkdtemp(place->folder) == NULL) {
        free(place);
        return NULL;
    }
    (void)snprintf(place->path, sizeof place->path, "%s/rows.db", place->folder);
    return place;
}

void place_sql(const struct place *place, const char *text) {
    sqlite3 *connection = NULL;
    assert_int_equal(sqlite3_open(place->path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_exec(connection, text, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(connection), SQLITE_OK);
    assert_int_equal(chmod(place->path, 0600), 0);
}

void place_expect_refused(struct place *place, nct_status answer, const char *words) {
    char text[256];
    assert_int_equal(nct_sqlite_store_open(place->path, &place->store), answer);
    assert_null(place->store);
    if (strstr(nct_sqlite_store_error(text, sizeof text), words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", text, words);
}
