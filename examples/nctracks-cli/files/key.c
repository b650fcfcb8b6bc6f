#include "files/key.h"

#include "key_file.h"
#include "terminal/failure.h"

int portal_key_create(struct cli *cli) {
    return key_file_make(cli->key_file) ? CLI_DONE : fail_file(cli, cli->key_file);
}

int portal_key_read(struct cli *cli, unsigned char key[NCT_MASTER_KEY_BYTES]) {
    const char *wrong = key_file_objection(cli->key_file, key);
    if (wrong == NULL) {
        return CLI_DONE;
    }
    int code = fail_environment(cli, "%s: %s", cli->key_file, wrong);
    fail_help(cli, "Put the key file back from a copy, or name it with --key: no other key can open the database.");
    return code;
}
