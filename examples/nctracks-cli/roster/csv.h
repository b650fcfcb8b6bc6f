/** Comma-separated values (RFC 4180) of which each line is a row: quoted fields, doubled quotes, CR LF or LF. */
#ifndef NCTRACKS_CLI_CSV_H
#define NCTRACKS_CLI_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CSV_FIELDS_MAX 32
#define CSV_LINE_MAX 65536

#define CSV_ROW 0    /**< A row was read. */
#define CSV_END 1    /**< There is none left. */
#define CSV_BAD 2    /**< The row is not well-formed; `reason` says why. Reading goes on after it. */
#define CSV_OPEN 3   /**< The line opens a quote, or lies within one, that is not closed in the line it began in. */
#define CSV_OTHER 4  /**< This is no such file; `reason` says what it is. Nothing more can be read. */
#define CSV_FAILED 5 /**< The file could not be read; errno. */

typedef struct csv_field {
    char *bytes; /**< In the reader's line: may be made shorter in place. */
    size_t len;
} csv_field;

/** A reader and the row it holds. Large: do not put it on the stack. Wipe it with csv_wipe(). */
struct csv {
    FILE *file;
    size_t line;   /**< Number of the present line in the file; the first is 1. */
    size_t opened; /**< With CSV_OPEN: the line the quote was opened in. */
    bool open;     /**< The next line begins within the quote that line opened. */
    const char *reason;
    csv_field fields[CSV_FIELDS_MAX];
    size_t count;
    size_t len; /* of the line */
    char bytes[CSV_LINE_MAX];
    char buffer[BUFSIZ]; /* of the file, so that it can be wiped too */
};

/** Begins to read a file, which stays the caller's, before anything was read of it. */
void csv_begin(struct csv *csv, FILE *file);
/** Reads the next line that holds more than commas and space. @return one of the CSV constants */
int csv_next(struct csv *csv);
/** Wipes what was read, after the file was closed. */
void csv_wipe(struct csv *csv);

/** What a file is that is none, by its first line, and what helps; NULL: nothing speaks against it. */
const char *csv_other_file(const char *line, size_t len);

#endif
