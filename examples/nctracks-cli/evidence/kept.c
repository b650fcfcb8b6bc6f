#include "evidence/kept.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <nctracks/checkpoint.h>

#include "terminal/failure.h"

int kept_create(struct cli *cli, const char *path) {
    int fd = file_create_private(path);
    if (fd < 0) {
        fail_file(cli, path);
        fail_help(cli, "Evidence goes to a new file; name another one.");
    }
    return fd;
}

int kept_finish(struct cli *cli, const char *path, int fd, int code) {
    if (code == CLI_DONE && (fsync(fd) != 0 || !file_sync_folder(path))) {
        code = fail_file(cli, path);
    }
    close(fd);
    if (code != CLI_DONE) {
        unlink(path); /* half of it is no evidence */
    }
    return code;
}

int kept_save(struct cli *cli, const char *path, const void *bytes, size_t len) {
    int fd = path != NULL ? kept_create(cli, path) : -1;
    if (fd < 0) {
        return path != NULL ? CLI_ENVIRONMENT : CLI_DONE;
    }
    return kept_finish(cli, path, fd, file_write_all(fd, bytes, len) ? CLI_DONE : fail_file(cli, path));
}

int kept_check_new(struct cli *cli, const char *const *options) {
    for (; *options != NULL; options++) {
        const char *path = args_value(&cli->args, *options);
        if (path != NULL && access(path, F_OK) == 0) {
            errno = EEXIST;
            return fail_file(cli, path);
        }
    }
    return CLI_DONE;
}

int kept_read(struct cli *cli, const char *path, size_t max, file_content *out) {
    *out = (file_content){NULL, 0};
    if (path == NULL || file_read(path, max, out)) {
        return CLI_DONE;
    }
    return errno == EFBIG ? fail_input(cli, "%s is too long", path) : fail_file(cli, path);
}

int kept_read_checkpoint(struct cli *cli, const char *path, file_content *out) {
    size_t len = 0;
    int code = kept_read(cli, path, KEPT_EVIDENCE_MAX, out);
    if (code == CLI_DONE && out->bytes != NULL &&
        nct_checkpoint_from_text(out->bytes, out->len, NULL, 0, &len) == NCT_E_BUFFER) {
        char *bytes = malloc(len + 1);
        nct_status status =
            bytes != NULL ? nct_checkpoint_from_text(out->bytes, out->len, bytes, len, &len) : NCT_E_NO_MEMORY;
        if (status != NCT_OK) {
            free(bytes);
            return fail_status(cli, status, NULL);
        }
        file_release(out);
        *out = (file_content){bytes, len};
    }
    return code;
}

int kept_refuse(struct cli *cli, nct_status status, const char *path) {
    int code = fail_named(cli, status, path);
    return status == NCT_E_INTEGRITY || status == NCT_E_ENCODING || status == NCT_E_UNSUPPORTED ||
                   nct_status_category(status) == NCT_CATEGORY_RULE
               ? CLI_REFUSED
               : code;
}
