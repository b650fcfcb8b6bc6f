#include "files/profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "terminal/failure.h"

char *profile_text(const nct_policy *policy) {
    char *text = malloc(NCT_POLICY_TEXT_MAX);
    if (text == NULL || nct_policy_save(policy, text, NCT_POLICY_TEXT_MAX, NULL) != NCT_OK) {
        fputs("nctracks: no memory\n", stderr);
        exit(CLI_ENVIRONMENT);
    }
    return text;
}

static nct_status load_and_check(const file_content *content, nct_policy_problems **problems, nct_policy **out) {
    nct_status status = nct_policy_load(content->bytes, content->len, problems, out);
    if (status == NCT_OK) {
        status = nct_policy_check(*out, problems);
    }
    if (status != NCT_OK) {
        nct_policy_free(*out);
        *out = NULL;
    }
    return status;
}

static int read_as(struct cli *cli, enum trust kind, const char *path, nct_policy **out) {
    file_content content;
    nct_policy_problems *problems = NULL;
    *out = NULL;
    if (!file_read_as(kind, path, NCT_POLICY_TEXT_MAX, &content)) {
        return fail_file(cli, path);
    }
    nct_status status = load_and_check(&content, &problems, out);
    file_release(&content);
    int code = status == NCT_OK ? CLI_DONE : fail_policy(cli, path, status, problems);
    nct_policy_problems_free(problems);
    return code;
}

int profile_file_read(struct cli *cli, const char *path, nct_policy **out) {
    return read_as(cli, TRUST_INPUT, path, out);
}

int profile_file_kept(struct cli *cli, nct_policy **out) {
    *out = NULL;
    struct stat info;
    if (lstat(cli->profile_file, &info) != 0 && errno == ENOENT) {
        return CLI_DONE;
    }
    return read_as(cli, TRUST_KEPT, cli->profile_file, out);
}

int profile_file_missing(struct cli *cli) {
    int code = fail_environment(cli, "%s, with the rules of this portal, is not there", cli->profile_file);
    fail_help(cli, "It belongs beside the database: put it back from a copy, or have the rules kept anew with "
                   "'nctracks init' and --profile or --profile-file.");
    return code;
}

/* Written elsewhere and then put in place: no crash leaves half of it. */
static bool write_file(const char *path, const char *text, int (*put)(const char *, const char *)) {
    char made[CLI_PATH_MAX];
    int len = snprintf(made, sizeof made, "%s.%ld", path, (long)getpid());
    if (len < 0 || (size_t)len >= sizeof made) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = file_create_private(made);
    if (fd < 0) {
        return false;
    }
    bool done = file_write_all(fd, text, strlen(text)) && fsync(fd) == 0 && put(made, path) == 0;
    int reason = errno;
    close(fd);
    unlink(made);
    errno = reason;
    return done && file_sync_folder(path);
}

static int keep(struct cli *cli, const nct_policy *policy, int (*put)(const char *, const char *)) {
    char *text = profile_text(policy);
    bool done = write_file(cli->profile_file, text, put);
    int reason = errno;
    free(text);
    errno = reason;
    return done ? CLI_DONE : fail_file(cli, cli->profile_file);
}

int profile_file_keep(struct cli *cli, const nct_policy *policy) {
    return keep(cli, policy, link);
}

int profile_file_replace(struct cli *cli, const nct_policy *policy) {
    return keep(cli, policy, rename);
}
