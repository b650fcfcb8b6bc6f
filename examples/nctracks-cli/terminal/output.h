/** Output: a command makes its result once, as JSON values; it is printed as text or, with --json, as JSON. */
#ifndef NCTRACKS_CLI_OUTPUT_H
#define NCTRACKS_CLI_OUTPUT_H

#include <nctracks/form.h>

#include "cli.h"

/** A member of a record and its label in text; a table of them ends with a NULL key. */
typedef struct out_field {
    const char *key;
    const char *label;
} out_field;

/** A list that is printed page by page, with --json too, so that one of any length takes no memory. */
typedef struct out_list {
    struct cli *cli;
    const char *key;
    const out_field *fields;
    size_t rows;
    bool narrow; /**< The terminal is too narrow for its columns: each row is printed as a record. */
} out_list;

/** A new object; ends the program without memory. */
json_t *out_object(void);
/** A new array; ends the program without memory. */
json_t *out_array(void);
/** Puts a value into an object and owns it from then on; NULL is null. */
void out_put(json_t *object, const char *key, json_t *value);
/** Puts a string; NULL is null. */
void out_put_string(json_t *object, const char *key, const char *value);
/** Puts a number. */
void out_put_integer(json_t *object, const char *key, int64_t value);
/** Puts a time as ISO 8601 in UTC; 0 is null. */
void out_put_time(json_t *object, const char *key, int64_t milliseconds);
/** Appends a value to an array and owns it from then on. */
void out_append(json_t *array, json_t *value);

/** Prints one record (owned) by its fields; with --json its members become members of the result. */
void out_record(struct cli *cli, json_t *record, const out_field *fields);
/** Begins a list. */
out_list out_list_begin(struct cli *cli, const char *key, const out_field *fields);
/** Prints a page: an array (owned) of records. */
void out_list_page(out_list *list, json_t *rows);
/** Ends a list. @param none what to say when it had no row */
void out_list_end(out_list *list, const char *none);
/** Says a sentence; with --json the member "message". */
void out_say(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Says a further sentence that is no result; with --json the member "note". */
void out_note(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Prints the result with --json, and makes sure that everything was written. @return the exit code */
int out_finish(struct cli *cli, int code);

#endif
