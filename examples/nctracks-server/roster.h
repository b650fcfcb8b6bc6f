/** One roster: its rows, what came of each, and how a row is enrolled. */
#ifndef NCTRACKS_SERVER_ROSTER_H
#define NCTRACKS_SERVER_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>
#include <nctracks/provider.h>

#include "roster_file.h"

#define ROSTER_ROWS_MOST 5000
#define ROSTER_PATH_MAX 128

struct server;

/** A row of the file, and what came of it. */
struct row {
    json_int_t line;
    json_t *fields;
    nct_status status;
    char path[ROSTER_PATH_MAX]; /**< Of a field that could not even be set. */
    nct_problems *problems;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    int64_t tried_at; /**< When the code was drawn; 0: not yet. */
};

struct roster {
    char id[ROSTER_ID_MAX];
    char by[24];
    struct roster_file *file; /**< NULL: it is in memory alone. */
    bool stopped;
    bool busy; /**< A row is being enrolled, outside of the lock. */
    size_t count;
    size_t done;
    size_t enrolled;
    struct row *rows;
};

/** A roster of rows as a request has them, in its file if there is a folder. NULL with errno; EINVAL: these are no
 * rows. */
struct roster *roster_new(const struct roster_folder *folder, const char *by, const json_t *rows);
/** The roster of a file, as far as it came. NULL with errno, see roster_file_open(). */
struct roster *roster_open(const struct roster_folder *folder, const struct server *server, const char *id);
/** Codes are wiped; its file stays. @param roster may be NULL */
void roster_free(struct roster *roster);
/** The same, and its file goes. */
void roster_remove(struct roster *roster);

/** What comes of the next row; may take long, and only reads the roster. */
struct row roster_enroll(const struct roster *roster, const struct server *server);
/** Keeps what came of the next row. */
void roster_take(struct roster *roster, const struct row *result);
/** No further row is enrolled. */
void roster_stop(struct roster *roster);
/** Whether no further row will be enrolled. */
bool roster_has_ended(const struct roster *roster);

#endif
