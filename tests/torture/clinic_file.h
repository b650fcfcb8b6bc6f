/* A portal on an SQLite file, with a clinic in it, that processes share. */
#ifndef NCT_TORTURE_CLINIC_FILE_H
#define NCT_TORTURE_CLINIC_FILE_H

#include "host.h"
#include "world.h"

typedef struct nct_sqlite_store nct_sqlite_store;

/* The clinic: OLIVIA is its Office Administrator, FRANK and PETRA (pa.submit) are its users; all have a password. */
struct clinic_file {
    char folder[64];
    char path[96];                                /* the file as it was made */
    char copy[96];                                /* a copy that may be spoilt */
    struct world *w;                              /* policy, key, time; its portal is closed */
    char pin[16];                                 /* of PETRA */
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1]; /* of the provider world_npi(2), which is not registered */
};

/* Makes it. Fails the test when it can't. */
struct clinic_file clinic_file_make(void);
void clinic_file_remove(struct clinic_file *clinic);

/* Makes the copy anew. */
void clinic_file_copy(const struct clinic_file *clinic);

/* Opens a portal on a file. What a host needs besides (letters, identity) is set before. */
nct_status clinic_file_open(const struct clinic_file *clinic, const char *path, struct host *host,
                            nct_sqlite_store **store);
void clinic_file_close(struct host *host, nct_sqlite_store *store);

/* Runs something in a process of its own, which ends with its answer. Returns the process, or -1. */
int process_start(int (*run)(void *argument), void *argument);
/* Waits for a process: its answer, or minus the signal that ended it. */
int process_wait(int process);

#endif
