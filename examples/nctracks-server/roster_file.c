#include "roster_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "files.h"
#include "trusted_file.h"

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define LENGTH_BYTES 4
#define HEAD_BYTES (LENGTH_BYTES + NONCE_BYTES)
#define FILE_MOST ((size_t)128 * 1024 * 1024)

/* On the disk a record is its length, a nonce, and the sealed text of JSON. */
struct roster_file {
    int fd;
    int folder;
    char id[ROSTER_ID_MAX];
    pthread_mutex_t lock; /* a roster may be stopped while a row of it is being enrolled */
    uint64_t records;
    unsigned char key[ROSTER_KEY_BYTES];
};

/* Which record of which roster it is goes into the seal, so that none is moved or left out unseen. */
struct place {
    char id[ROSTER_ID_MAX];
    uint64_t index;
};

void roster_file_key(const unsigned char *master, unsigned char out[ROSTER_KEY_BYTES]) {
    static const unsigned char use[] = "nctracks-server: files of rosters";
    crypto_generichash(out, ROSTER_KEY_BYTES, use, sizeof use, master, crypto_generichash_KEYBYTES);
}

static void name_of(const char *id, char out[ROSTER_ID_MAX + 8]) {
    snprintf(out, ROSTER_ID_MAX + 8, "%.32s.roster", id);
}

static struct place place_of(const struct roster_file *file) {
    struct place place;
    memset(&place, 0, sizeof place);
    memcpy(place.id, file->id, sizeof place.id);
    place.index = file->records;
    return place;
}

void roster_file_close(struct roster_file *file) {
    if (file != NULL) {
        close(file->fd);
        pthread_mutex_destroy(&file->lock);
        sodium_memzero(file, sizeof *file);
        free(file);
    }
}

/* Takes over a descriptor. */
static struct roster_file *hold(const struct roster_folder *folder, const char *id, int fd) {
    struct roster_file *file = fd >= 0 ? calloc(1, sizeof *file) : NULL;
    if (file == NULL && fd >= 0) {
        close(fd);
        errno = ENOMEM;
    }
    if (file == NULL) {
        return NULL;
    }
    pthread_mutex_init(&file->lock, NULL);
    file->fd = fd;
    file->folder = folder->fd;
    snprintf(file->id, sizeof file->id, "%s", id);
    memcpy(file->key, folder->key, sizeof file->key);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int reason = errno;
        roster_file_close(file);
        errno = reason;
        return NULL;
    }
    return file;
}

struct roster_file *roster_file_make(const struct roster_folder *folder, const char *id) {
    char name[ROSTER_ID_MAX + 8];
    name_of(id, name);
    struct roster_file *file = hold(folder, id, trusted_create(folder->fd, name));
    if (file != NULL && fsync(folder->fd) != 0) {
        roster_file_remove(file);
        file = NULL;
    }
    return file;
}

void roster_file_remove(struct roster_file *file) {
    char name[ROSTER_ID_MAX + 8];
    int reason = errno;
    name_of(file->id, name);
    unlinkat(file->folder, name, 0);
    fsync(file->folder);
    roster_file_close(file);
    errno = reason;
}

/* ---- Appending ---- */

static void put_length(unsigned char *at, size_t len) {
    for (size_t i = 0; i < LENGTH_BYTES; i++) {
        at[i] = (unsigned char)(len >> (8 * i));
    }
}

static size_t get_length(const unsigned char *at) {
    size_t len = 0;
    for (size_t i = 0; i < LENGTH_BYTES; i++) {
        len |= (size_t)at[i] << (8 * i);
    }
    return len;
}

/* The record as it is written; `len` receives its length. To be freed. */
static unsigned char *sealed(const struct roster_file *file, const char *text, size_t *len) {
    size_t text_len = strlen(text);
    struct place place = place_of(file);
    unsigned char *out = malloc(HEAD_BYTES + text_len + TAG_BYTES);
    if (out != NULL) {
        put_length(out, text_len + TAG_BYTES);
        randombytes_buf(out + LENGTH_BYTES, NONCE_BYTES);
        crypto_aead_xchacha20poly1305_ietf_encrypt(out + HEAD_BYTES, NULL, (const unsigned char *)text, text_len,
                                                   (const unsigned char *)&place, sizeof place, NULL,
                                                   out + LENGTH_BYTES, file->key);
        *len = HEAD_BYTES + text_len + TAG_BYTES;
    }
    return out;
}

static void release_text(char *text) {
    json_free_t release;
    json_get_alloc_funcs(NULL, &release);
    if (text != NULL) {
        release(text);
    }
}

/* A record that was written in part is cut off again: what follows would not open. */
static bool write_durably(struct roster_file *file, const unsigned char *bytes, size_t len) {
    off_t before = lseek(file->fd, 0, SEEK_END);
    if (before >= 0 && file_write_all(file->fd, bytes, len) && fdatasync(file->fd) == 0) {
        return true;
    }
    int reason = errno;
    if (before >= 0 && ftruncate(file->fd, before) != 0) {
        reason = errno;
    }
    errno = reason;
    return false;
}

static bool append(struct roster_file *file, const char *text) {
    size_t len = 0;
    unsigned char *bytes = sealed(file, text, &len);
    bool done = bytes != NULL && write_durably(file, bytes, len);
    file->records += done ? 1 : 0;
    free(bytes);
    return done;
}

bool roster_file_append(struct roster_file *file, json_t *record) {
    char *text = record != NULL ? json_dumps(record, JSON_COMPACT) : NULL;
    pthread_mutex_lock(&file->lock);
    bool done = text != NULL && append(file, text);
    pthread_mutex_unlock(&file->lock);
    release_text(text);
    json_decref(record);
    return done;
}

/* ---- Reading ---- */

/* What a file holds, and how far it was read. */
struct reading {
    unsigned char *bytes;
    size_t len;
    size_t at;
};

static bool read_whole(int fd, struct reading *out) {
    struct stat about;
    if (fstat(fd, &about) != 0 || (uint64_t)about.st_size > FILE_MOST) {
        return false;
    }
    out->len = (size_t)about.st_size;
    out->bytes = malloc(out->len + 1);
    size_t got = 0;
    while (out->bytes != NULL && got < out->len) {
        ssize_t more = pread(fd, out->bytes + got, out->len - got, (off_t)got);
        if (more <= 0) {
            return false;
        }
        got += (size_t)more;
    }
    return out->bytes != NULL;
}

/* The next record; NULL with errno 0 at the end, whole or torn, EBADMSG for one that does not open. */
static json_t *next_record(struct roster_file *file, struct reading *reading) {
    size_t left = reading->len - reading->at;
    unsigned char *head = reading->bytes + reading->at;
    size_t len = left >= HEAD_BYTES ? get_length(head) : 0;
    unsigned long long text_len = 0;
    struct place place = place_of(file);
    errno = 0;
    if (left < HEAD_BYTES || len < TAG_BYTES || len > left - HEAD_BYTES) {
        return NULL;
    }
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(head + HEAD_BYTES, &text_len, NULL, head + HEAD_BYTES, len,
                                                   (const unsigned char *)&place, sizeof place, head + LENGTH_BYTES,
                                                   file->key) != 0) {
        errno = EBADMSG;
        return NULL;
    }
    json_t *record = json_loadb((const char *)head + HEAD_BYTES, (size_t)text_len, 0, NULL);
    sodium_memzero(head + HEAD_BYTES, (size_t)text_len);
    reading->at += HEAD_BYTES + len;
    file->records++;
    errno = record != NULL ? 0 : EBADMSG;
    return record;
}

static bool hand_over(struct roster_file *file, bool (*take)(void *context, const json_t *record), void *context) {
    struct reading reading = {NULL, 0, 0};
    json_t *record = NULL;
    bool done = read_whole(file->fd, &reading);
    while (done && (record = next_record(file, &reading)) != NULL) {
        done = take(context, record);
        errno = EBADMSG;
        json_decref(record);
    }
    done = done && errno == 0 && ftruncate(file->fd, (off_t)reading.at) == 0;
    free(reading.bytes);
    return done;
}

struct roster_file *roster_file_open(const struct roster_folder *folder, const char *id,
                                     bool (*take)(void *context, const json_t *record), void *context) {
    char name[ROSTER_ID_MAX + 8];
    name_of(id, name);
    int fd = openat(folder->fd, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    struct roster_file *file = hold(folder, id, fd);
    if (file != NULL && !hand_over(file, take, context)) {
        int reason = errno;
        roster_file_close(file);
        errno = reason;
        return NULL;
    }
    return file;
}
