/* The store on SQLite as a library of its own: sqlite_store FILE */
#include <nctracks.h>
#include <nctracks/sqlite_store.h>
#include <stdio.h>

static const unsigned char key[NCT_MASTER_KEY_BYTES] = {7};

int main(int argc, char **argv) {
    nct_sqlite_store *store = NULL;
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    if (argc != 2 || nct_sqlite_store_open(argv[1], &store) != NCT_OK || nct_config_new(&config) != NCT_OK)
        return 1;
    int opened = nct_config_set_store(config, nct_sqlite_store_functions(), store) == NCT_OK &&
                 nct_config_set_master_key(config, key, sizeof key) == NCT_OK &&
                 nct_portal_open(config, &portal) == NCT_OK;
    printf("%s\n", opened ? "open" : "not open");
    nct_portal_close(portal);
    nct_config_free(config);
    nct_sqlite_store_close(store);
    return opened ? 0 : 1;
}
