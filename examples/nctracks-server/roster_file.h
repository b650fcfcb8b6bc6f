/**
 * The file of a roster: what was asked for, and what became of each row, appended as it happens, so that a server that
 * is started again goes on where the one before was stopped or killed. Sealed under a key of its own that comes from
 * the master key, since it holds account numbers and authorization codes.
 */
#ifndef NCTRACKS_SERVER_ROSTER_FILE_H
#define NCTRACKS_SERVER_ROSTER_FILE_H

#include <stdbool.h>

#include <jansson.h>

#define ROSTER_ID_MAX 33 /* with the NUL */
#define ROSTER_KEY_BYTES 32

/** Where the files of rosters are. */
struct roster_folder {
    int fd; /**< Of the folder; -1: there is none, and rosters are in memory alone. */
    unsigned char key[ROSTER_KEY_BYTES];
};

/** A file this server holds, so that no other goes on with the same roster. */
struct roster_file;

/** The key of the files of rosters. @param master the portal's master key */
void roster_file_key(const unsigned char *master, unsigned char out[ROSTER_KEY_BYTES]);

/** Makes the file of a new roster. NULL with errno. */
struct roster_file *roster_file_make(const struct roster_folder *folder, const char *id);

/**
 * Opens the file of a roster, for as long as it is not held by another server, and hands over what was appended, in
 * that order. An end that was being written when the server was killed is cut off.
 * @param take gets each record, which is not its; false: it makes no sense
 * @return NULL with errno; EWOULDBLOCK: another server has it, EBADMSG: altered, or of another key
 */
struct roster_file *roster_file_open(const struct roster_folder *folder, const char *id,
                                     bool (*take)(void *context, const json_t *record), void *context);

/** Appends a record, on the disk before this returns; any thread. False with errno. @param record taken over */
bool roster_file_append(struct roster_file *file, json_t *record);

/** The roster is done with: its file goes. */
void roster_file_remove(struct roster_file *file);
/** Lets go of the file, which stays. @param file may be NULL */
void roster_file_close(struct roster_file *file);

#endif
