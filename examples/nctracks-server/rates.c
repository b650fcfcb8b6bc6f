#include "rates.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#define SLOTS 8192
#define WAYS 8 /* slots an address may lie in, so that nobody can push one chosen address out */
#define MINUTE UINT64_C(60000000)

/** Requests left to an address; what is left grows with time, up to the limit. */
struct slot {
    uint64_t key;
    uint64_t at;
    double left;
};

struct rates {
    pthread_mutex_t lock;
    unsigned char seed[crypto_shorthash_KEYBYTES];
    struct slot slots[SLOTS];
};

struct rates *rates_new(void) {
    struct rates *rates = calloc(1, sizeof *rates);
    if (rates != NULL && pthread_mutex_init(&rates->lock, NULL) != 0) {
        free(rates);
        rates = NULL;
    }
    if (rates != NULL) {
        randombytes_buf(rates->seed, sizeof rates->seed);
    }
    return rates;
}

void rates_free(struct rates *rates) {
    if (rates != NULL) {
        pthread_mutex_destroy(&rates->lock);
    }
    free(rates);
}

static uint64_t key_of(const struct rates *rates, const char *address, int kind) {
    unsigned char hash[crypto_shorthash_BYTES];
    char text[80] = {0};
    uint64_t key;
    strncpy(text, address, sizeof text - 2);
    text[sizeof text - 1] = (char)kind;
    crypto_shorthash(hash, (const unsigned char *)text, sizeof text, rates->seed);
    memcpy(&key, hash, sizeof key);
    return key | 1; /* 0 is an empty slot */
}

static struct slot *find(struct rates *rates, uint64_t key) {
    struct slot *oldest = NULL;
    for (size_t i = 0; i < WAYS; i++) {
        struct slot *slot = &rates->slots[(key / 2 + i) % SLOTS];
        if (slot->key == key) {
            return slot;
        }
        if (oldest == NULL || slot->at < oldest->at) {
            oldest = slot;
        }
    }
    return oldest;
}

static bool take(struct slot *slot, uint64_t key, long limit, uint64_t now) {
    if (slot->key != key) {
        *slot = (struct slot){key, now, (double)limit};
    }
    slot->left += (double)(now - slot->at) * (double)limit / (double)MINUTE;
    if (slot->left > (double)limit) {
        slot->left = (double)limit;
    }
    slot->at = now;
    if (slot->left < 1) {
        return false;
    }
    slot->left -= 1;
    return true;
}

bool rates_allow(struct rates *rates, const char *address, int kind, long limit, uint64_t now) {
    uint64_t key = key_of(rates, address, kind);
    pthread_mutex_lock(&rates->lock);
    struct slot *slot = find(rates, key);
    bool allowed = take(slot, key, limit, now > slot->at ? now : slot->at);
    pthread_mutex_unlock(&rates->lock);
    return allowed;
}
