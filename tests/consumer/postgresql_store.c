/* The store on PostgreSQL as a library of its own: postgresql_store URL */
#include <nctracks.h>
#include <nctracks/postgresql_store.h>
#include <stdio.h>

static const unsigned char key[NCT_MASTER_KEY_BYTES] = {7};

int main(int argc, char **argv) {
    nct_postgresql_store *store = NULL;
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    if (argc != 2 || nct_postgresql_store_open(argv[1], 0, 0, &store) != NCT_OK || nct_config_new(&config) != NCT_OK)
        return 1;
    int opened = nct_config_set_store(config, nct_postgresql_store_functions(), store) == NCT_OK &&
                 nct_config_set_master_key(config, key, sizeof key) == NCT_OK &&
                 nct_portal_open(config, &portal) == NCT_OK;
    printf("%s\n", opened ? "open" : "not open");
    nct_portal_close(portal);
    nct_config_free(config);
    nct_postgresql_store_close(store);
    return opened ? 0 : 1;
}
