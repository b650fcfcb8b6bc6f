/** What exports and spreadsheets do to the fields of a roster: made right where there is one way to read it, else told
 * as what it is, with the cure. */
#ifndef NCTRACKS_CLI_ROSTER_DIRT_H
#define NCTRACKS_CLI_ROSTER_DIRT_H

#include "roster/csv.h"

/** The columns of a roster, in the order of roster_columns. */
enum roster_column { ROSTER_NPI, ROSTER_KIND, ROSTER_NAME, ROSTER_TAX_ID, ROSTER_EMAIL, ROSTER_PHONE, ROSTER_COLUMNS };

/** Their names. */
extern const char *const roster_columns[ROSTER_COLUMNS];

/** The column a field of the header names, in any case, with spaces or dashes; ROSTER_COLUMNS: none. Shortens it. */
enum roster_column roster_column_of(csv_field *header);

/** Makes a field right: no spaces around it, none that does not break, kinds in lower case.
 * @return what is wrong with it, a sentence; NULL: nothing that only a roster has */
const char *roster_dirt(enum roster_column column, csv_field *field);

#endif
