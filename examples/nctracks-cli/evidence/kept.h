/** Evidence in files of its own: written once, read whole, and named when it is refused. */
#ifndef NCTRACKS_CLI_KEPT_H
#define NCTRACKS_CLI_KEPT_H

#include "cli.h"
#include "files.h"

#define KEPT_EVIDENCE_MAX ((size_t)1 << 20)
#define KEPT_LEAVES_MAX ((size_t)1 << 30)

/** Makes a new file, never over an old one. @return -1 when that failed and was reported, exit code CLI_ENVIRONMENT */
int kept_create(struct cli *cli, const char *path);
/** Makes such a file durable and closes it; removes it when `code` or the result is a failure. @return the exit code */
int kept_finish(struct cli *cli, const char *path, int fd, int code);
/** Writes a new file, never over an old one; nothing where no file is named. */
int kept_save(struct cli *cli, const char *path, const void *bytes, size_t len);
/** What was made cannot be unmade, so files that are in the way are told of before. @param options ends with NULL */
int kept_check_new(struct cli *cli, const char *const *options);

/** Reads a file; nothing where none is named. Release it with file_release(). */
int kept_read(struct cli *cli, const char *path, size_t max, file_content *out);
/** Reads a checkpoint: its bytes, or a text such as a mail that holds it. */
int kept_read_checkpoint(struct cli *cli, const char *path, file_content *out);

/** Evidence that is wrong is refused, exit 1, whatever is wrong with it. @param path the file it is in */
int kept_refuse(struct cli *cli, nct_status status, const char *path);

#endif
