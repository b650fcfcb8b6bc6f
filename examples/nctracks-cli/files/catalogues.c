#include "files/catalogues.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files.h"
#include "files/settings.h"
#include "terminal/failure.h"

#define TAG_ROOM 16
#define ENDING ".txt"

/* The tag a file is of; false for another file. */
static bool tag_of(const char *name, char tag[TAG_ROOM]) {
    size_t len = strlen(name);
    size_t ending = strlen(ENDING);
    if (len <= ending || len - ending >= TAG_ROOM || strcmp(name + len - ending, ENDING) != 0) {
        return false;
    }
    snprintf(tag, TAG_ROOM, "%.*s", (int)(len - ending), name);
    return true;
}

static int is_catalogue(const struct dirent *entry) {
    char tag[TAG_ROOM];
    return tag_of(entry->d_name, tag);
}

/* Texts are in every mail, beside PINs: nobody else may write them. */
static int add_file(struct cli *cli, nct_config *config, const char *path, const char *tag) {
    file_content content;
    nct_policy_problems *problems = NULL;
    if (!file_read_as(TRUST_KEPT, path, NCT_CATALOGUE_TEXT_MAX, &content)) {
        return fail_file(cli, path);
    }
    nct_status status = nct_config_add_catalogue(config, tag, content.bytes, content.len, &problems);
    file_release(&content);
    int code = status == NCT_OK ? CLI_DONE : fail_text(cli, path, "this is no catalogue", status, problems);
    nct_policy_problems_free(problems);
    return code == CLI_DONE ? CLI_DONE : CLI_ENVIRONMENT;
}

static bool path_of(const char *folder, const char *name, char out[CLI_PATH_MAX]) {
    return (size_t)snprintf(out, CLI_PATH_MAX, "%s/%s", folder, name) < CLI_PATH_MAX;
}

static int add_entry(struct cli *cli, nct_config *config, const char *folder, const char *name) {
    char path[CLI_PATH_MAX];
    char tag[TAG_ROOM];
    if (!path_of(folder, name, path) || !tag_of(name, tag)) {
        errno = ENAMETOOLONG;
        return fail_file(cli, folder);
    }
    return add_file(cli, config, path, tag);
}

int catalogues_add(struct cli *cli, nct_config *config) {
    const char *folder = setting(cli, "languages");
    struct dirent **entries = NULL;
    int code = CLI_DONE;
    if (folder == NULL) {
        return CLI_DONE;
    }
    int count = scandir(folder, &entries, is_catalogue, alphasort);
    if (count < 0) {
        return fail_file(cli, folder);
    }
    for (int i = 0; i < count; i++) {
        code = code == CLI_DONE ? add_entry(cli, config, folder, entries[i]->d_name) : code;
        free(entries[i]);
    }
    free(entries);
    return code;
}

bool catalogues_has(const struct cli *cli, const char *tag) {
    const char *folder = setting(cli, "languages");
    char name[TAG_ROOM + sizeof ENDING];
    char path[CLI_PATH_MAX];
    struct stat info;
    snprintf(name, sizeof name, "%.*s%s", TAG_ROOM - 1, tag, ENDING);
    return folder != NULL && strchr(tag, '/') == NULL && path_of(folder, name, path) && stat(path, &info) == 0;
}
