/* What SQLite's failures mean for somebody who has to mend them. */
#include "store_sqlite_inside.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char last_error[256];

void store_sqlite_say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
}

const char *nct_sqlite_store_error(char *text, size_t size) {
    if (text != NULL && size > 0)
        (void)snprintf(text, size, "%s", last_error);
    return text;
}

nct_status store_sqlite_no_memory(void) {
    store_sqlite_say("out of memory");
    return NCT_E_NO_MEMORY;
}

/* A code of SQLite, without or with its extension, and what the system said to it; 0: whatever it said. */
struct sentence {
    int code;
    int system;
    const char *text;
};

#define DISK_FULL "the disk is full"

static const struct sentence sentences[] = {
    {SQLITE_FULL, 0, DISK_FULL},
    {SQLITE_IOERR, ENOSPC, DISK_FULL},
    {SQLITE_IOERR, EDQUOT, "the quota of the disk is used up"},
    {SQLITE_IOERR, EFBIG, "a file may not grow any more: there is a limit on its size"},
    {SQLITE_IOERR_SHMSIZE, 0, DISK_FULL},
    {SQLITE_BUSY, 0, "another process has had the database locked for 10 seconds; try again, or end that process"},
    {SQLITE_READONLY, 0, "the database cannot be written; look at the modes of the file and its folder"},
    {SQLITE_NOTADB, 0, "it is not an SQLite database"},
    {SQLITE_CORRUPT, 0, "the SQLite file is damaged; put it back from a backup"},
};

static const char *sentence_for(int code, int system) {
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        const struct sentence *sentence = &sentences[i];
        if ((sentence->code == code || sentence->code == (code & 0xff)) &&
            (sentence->system == 0 || sentence->system == system))
            return sentence->text;
    }
    return NULL;
}

nct_status store_sqlite_failure(nct_sqlite_store *store) {
    int code = sqlite3_extended_errcode(store->connection);
    int system = sqlite3_system_errno(store->connection);
    const char *text = sentence_for(code, system);
    if ((code & 0xff) == SQLITE_NOMEM)
        return store_sqlite_no_memory();
    if (text != NULL)
        store_sqlite_say("%s", text);
    else if (system != 0)
        store_sqlite_say("%s: %s", sqlite3_errmsg(store->connection), strerror(system));
    else
        store_sqlite_say("%s", sqlite3_errmsg(store->connection));
    return NCT_E_STORE;
}
