/**
 * A mailer that puts each mail into a folder as a file `<id>.eml`, for trials, tests and hosts whose own software
 * carries mail away from there. The files may hold PINs: the folder is for its owner alone.
 */
#ifndef NCTRACKS_MAILER_EML_H
#define NCTRACKS_MAILER_EML_H

#include <nctracks/mailer.h>

typedef struct mailer_eml mailer_eml;

/**
 * Opens the folder and makes it (mode 0700) if it is not there. Any number of threads and processes may use it. Refused
 * is a folder named by a link, one that belongs to somebody else, and one others may write into.
 * @param from the sender's address, a valid addr-spec; copied
 * @param[out] out receives the mailer; NULL on failure
 * @return NULL, or why not
 */
const char *mailer_eml_open(const char *folder, const char *from, mailer_eml **out);

/** Closes it, after every portal that uses it. @param mailer may be NULL */
void mailer_eml_close(mailer_eml *mailer);

/** The function of the mailer; pass the mailer itself as `user_data`. @return false if the library is too old */
int mailer_eml_functions(nct_mailer *out);

#endif
