/** Comma-separated values (RFC 4180): quoted fields, doubled quotes, line breaks inside quotes, CR LF or LF. */
#ifndef NCTRACKS_CLI_CSV_H
#define NCTRACKS_CLI_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CSV_FIELDS_MAX 32
#define CSV_RECORD_MAX 65536

#define CSV_ROW 0    /**< A row was read. */
#define CSV_END 1    /**< There is none left. */
#define CSV_BAD 2    /**< The row is not well-formed; `reason` says why. Reading goes on after it. */
#define CSV_FAILED 3 /**< The file could not be read; errno. */

typedef struct csv_field {
    const char *bytes;
    size_t len;
} csv_field;

/** A reader and the row it holds. Large: do not put it on the stack. Wipe it with csv_wipe(). */
struct csv {
    FILE *file;
    size_t row; /**< Number of the present row; the first is 1. Blank lines count. */
    const char *reason;
    csv_field fields[CSV_FIELDS_MAX];
    size_t count;
    size_t used;
    int ending; /* what ended the field: ',', '\n' or EOF */
    char record[CSV_RECORD_MAX];
    char buffer[BUFSIZ]; /* of the file, so that it can be wiped too */
};

/** Begins to read a file, which stays the caller's, before anything was read of it. */
void csv_begin(struct csv *csv, FILE *file);
/** Reads the next row that is not blank. @return one of the CSV constants */
int csv_next(struct csv *csv);
/** Wipes what was read, after the file was closed. */
void csv_wipe(struct csv *csv);

#endif
