/* Receipts of a portal whose key was rotated, and then declared compromised from a point on. */
#include "make_evidence.h"
#include "story.h"

#include <string.h>

#define NOON INT64_C(1767268800000) /* 2026-01-01T12:00:00Z */
#define PASSWORD "correct horse battery"

struct office {
    int64_t now;
    char pin[PIN_ROOM]; /* Olivia's */
    nct_memory_store *store;
};

static nct_status tell_time(int64_t *now, void *user_data) {
    const struct office *office = user_data;
    *now = office->now;
    return NCT_OK;
}

/* A portal over the office's store that makes rows under one key and opens those of another. */
static nct_portal *open_office(struct office *office, unsigned char current, unsigned char further) {
    unsigned char key[NCT_MASTER_KEY_BYTES] = {current};
    nct_config *config = NULL;
    nct_portal *portal = NULL;
    nct_clock clock;
    expect(nct_config_new(&config), NCT_OK, "nct_config_new");
    expect(nct_config_set_master_key(config, key, sizeof key), NCT_OK, "nct_config_set_master_key");
    key[0] = further;
    expect(nct_config_add_master_key(config, key, sizeof key), NCT_OK, "nct_config_add_master_key");
    expect(nct_clock_init(&clock, sizeof clock), NCT_OK, "nct_clock_init");
    clock.now = tell_time;
    expect(nct_config_set_clock(config, &clock, office), NCT_OK, "nct_config_set_clock");
    expect(nct_config_set_store(config, nct_memory_store_functions(), office->store), NCT_OK, "nct_config_set_store");
    expect(nct_portal_open(config, &portal), NCT_OK, "nct_portal_open");
    nct_config_free(config);
    return portal;
}

static void sign_at(struct office *office, nct_portal *portal, int64_t time, const char *name) {
    office->now = time;
    size_t len = 0;
    nct_signature *signature = sign_as_olivia(portal, office->pin, "fl2", name, strlen(name));
    const void *receipt = nct_signature_receipt(signature, &len);
    save(name, ".cose", receipt, len);
    save(name, ".document", name, strlen(name));
    nct_signature_free(signature);
}

static void save_keys(nct_portal *portal, const char *name) {
    unsigned char keys[4096];
    size_t len = 0;
    expect(nct_portal_key_set(portal, keys, sizeof keys, &len), NCT_OK, "nct_portal_key_set");
    save(name, ".cbor", keys, len);
}

/* The old key still signs after the rotation, until it is declared compromised from the hour after. */
static void tell_story(struct office *office, nct_portal *old, nct_portal *new) {
    const int64_t hour = 3600000;
    char old_key[NCT_KEY_NAME_LENGTH + 1];
    nct_key_list *keys = NULL;
    size_t len = 0;
    sign_at(office, old, NOON, "rotated-before");
    expect(nct_key_rotate(new, "evidence", 8), NCT_OK, "nct_key_rotate");
    sign_at(office, old, NOON + 2 * hour, "rotated-compromised");
    expect(nct_key_list_read(new, &keys), NCT_OK, "nct_key_list_read");
    memcpy(old_key, nct_key_list_id(keys, 0), sizeof old_key);
    const void *announcement = nct_key_list_announcement(keys, 1, &len);
    save("rotated", ".announcement", announcement, len);
    save_keys(new, "innocent-keys");
    nct_key_list_free(keys);
    expect(nct_key_revoke(new, "evidence", 8, old_key, NCT_KEY_NAME_LENGTH, NOON + hour, "stolen", 6), NCT_OK,
           "nct_key_revoke");
    sign_at(office, new, NOON + 3 * hour, "rotated-after");
}

void make_rotated(void) {
    struct office office = {.now = NOON};
    expect(nct_memory_store_new(NULL, NULL, &office.store), NCT_OK, "nct_memory_store_new");
    nct_portal *old = open_office(&office, 1, 2);
    enroll_clinic(old);
    take_pin(old, office.pin);
    set_password(old, "olivia.owner", PASSWORD);
    nct_portal *new = open_office(&office, 2, 1);
    tell_story(&office, old, new);
    save_keys(new, "rotated-keys");
    nct_portal_close(old);
    nct_portal_close(new);
    nct_memory_store_free(office.store);
}
