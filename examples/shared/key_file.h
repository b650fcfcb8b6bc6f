/** The master key in its own file: 64 hexadecimal digits, readable by its owner alone, never in the database. */
#ifndef NCTRACKS_KEY_FILE_H
#define NCTRACKS_KEY_FILE_H

#include <stdbool.h>

#include <nctracks/config.h>

/** Draws a key and writes the file, which must not be there. False with errno. */
bool key_file_make(const char *path);

/**
 * Reads the key; refuses a symbolic link, another's file, one others may read, another length.
 * @param[out] key receives NCT_MASTER_KEY_BYTES bytes; may be NULL
 * @return what is wrong; NULL: nothing
 */
const char *key_file_objection(const char *path, unsigned char *key);

#endif
