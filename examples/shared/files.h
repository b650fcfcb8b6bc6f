/** Files: read whole, created privately, and paths beside one another. */
#ifndef NCTRACKS_FILES_H
#define NCTRACKS_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "trusted_file.h"

/** The content of a file, with a NUL after it; wiped when released, since a form can hold an account number. */
typedef struct file_content {
    char *bytes;
    size_t len;
} file_content;

/** Reads a file that is handed in, or standard input for "-". False with trusted_reason() and errno; EFBIG beyond
 * `max`.
 */
bool file_read(const char *path, size_t max, file_content *out);
/** The same with other expectations of the file. */
bool file_read_as(enum trust kind, const char *path, size_t max, file_content *out);
/** Wipes and releases. */
void file_release(file_content *content);

/** `name` in the folder of the file `path`. False with errno ENAMETOOLONG. */
bool file_beside(const char *path, const char *name, char *out, size_t capacity);

/** Makes a file with mode 0600 that was not there; -1 with errno. */
int file_create_private(const char *path);
/** Writes everything. False with errno. */
bool file_write_all(int fd, const void *bytes, size_t len);
/** Makes the entries of the folder of `path` durable. False with errno. */
bool file_sync_folder(const char *path);

#endif
