#define _DEFAULT_SOURCE /* mkdtemp */
#include "clinic_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seams.h"
#include <nctracks/sqlite_store.h>

nct_status clinic_file_open(const struct clinic_file *clinic, const char *path, struct host *host,
                            nct_sqlite_store **store) {
    nct_status status = nct_sqlite_store_open(path, store);
    host->policy = clinic->w->policy;
    host->key = clinic->w->key;
    host->store = host->store != NULL ? host->store : nct_sqlite_store_functions();
    host->store_data = host->store_data != NULL ? host->store_data : *store;
    if (status == NCT_OK)
        status = host_open(host);
    if (status != NCT_OK)
        clinic_file_close(host, *store);
    return status;
}

void clinic_file_close(struct host *host, nct_sqlite_store *store) {
    host_close(host);
    nct_sqlite_store_close(store);
}

static void fill(struct clinic_file *clinic) {
    struct world *w = clinic->w;
    char clinic_code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, NPI_CLINIC, "organization", clinic_code);
    nct_form *form = world_registration(w, NPI_CLINIC, clinic_code, &OLIVIA);
    world_set_user(form, 0, &FRANK, "user", "eligibility.inquiry");
    world_set_user(form, 1, &PETRA, "user", "pa.submit");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    world_set_password(w, OLIVIA.ncid, WORLD_PASSWORD);
    world_set_password(w, FRANK.ncid, WORLD_PASSWORD);
    world_set_password(w, PETRA.ncid, WORLD_PASSWORD);
    world_enroll(w, world_npi(2), "organization", clinic->code);
    strcpy(clinic->pin, world_pin_of(w, PETRA.ncid));
}

/* The file is in shared memory where there is such a folder: a killed process loses nothing, and syncs cost nothing. */
static void make_folder(struct clinic_file *clinic) {
    strcpy(clinic->folder, "/dev/shm/nct-torture-XXXXXX");
    if (mkdtemp(clinic->folder) == NULL) {
        strcpy(clinic->folder, "/tmp/nct-torture-XXXXXX");
        assert_non_null(mkdtemp(clinic->folder));
    }
    (void)snprintf(clinic->path, sizeof clinic->path, "%s/made.db", clinic->folder);
    (void)snprintf(clinic->copy, sizeof clinic->copy, "%s/copy.db", clinic->folder);
}

struct clinic_file clinic_file_make(void) {
    struct clinic_file clinic = {.w = world_new()};
    nct_sqlite_store *store = NULL;
    struct host host = {.now = WORLD_START, .mailer = &world_mailer_functions, .mailer_data = clinic.w};
    make_folder(&clinic);
    expect_status(nct_policy_set(clinic.w->policy, NCT_OPTION_DELAY_FIRST, 0), NCT_OK);
    expect_status(nct_policy_set(clinic.w->policy, NCT_OPTION_COMMIT_TRIES, 1000000), NCT_OK);
    expect_status(clinic_file_open(&clinic, clinic.path, &host, &store), NCT_OK);
    clinic.w->portal = host.portal;
    fill(&clinic);
    clinic.w->portal = NULL;
    clinic_file_close(&host, store);
    return clinic;
}

static void remove_file(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[128];
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

void clinic_file_remove(struct clinic_file *clinic) {
    remove_file(clinic->path);
    remove_file(clinic->copy);
    (void)rmdir(clinic->folder);
    assert_int_equal(world_free(clinic->w), 0);
}

void clinic_file_copy(const struct clinic_file *clinic) {
    char block[65536];
    remove_file(clinic->copy);
    FILE *from = fopen(clinic->path, "rb"), *to = fopen(clinic->copy, "wb");
    assert_non_null(from);
    assert_non_null(to);
    size_t len = 0;
    while ((len = fread(block, 1, sizeof block, from)) > 0)
        assert_int_equal(fwrite(block, 1, len, to), len);
    assert_int_equal(fclose(from), 0);
    assert_int_equal(fclose(to), 0);
}

int process_start(int (*run)(void *argument), void *argument) {
    (void)fflush(NULL);
    pid_t process = fork();
    if (process == 0)
        _exit(run(argument));
    return process;
}

int process_wait(int process) {
    int ended = 0;
    while (waitpid(process, &ended, 0) < 0)
        if (errno != EINTR)
            return -1000;
    if (WIFSIGNALED(ended))
        return -WTERMSIG(ended);
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : -1000;
}
