/** Records and tables as people read them. */
#ifndef NCTRACKS_CLI_TABLE_H
#define NCTRACKS_CLI_TABLE_H

#include "terminal/output.h"

/** Prints one record, a line a field. */
void table_record(const json_t *record, const out_field *fields);

/** Prints rows of a list, the columns' names before the first. On a terminal that is too narrow for them, each row as a
 * record. */
void table_rows(out_list *list, const json_t *rows);

/** How many columns standard output has. @param otherwise where it is no terminal */
size_t table_columns(size_t otherwise);

#endif
