#include "portal/credentials/turn.h"

#include "base/bytes.h"

#include <sodium.h>
#include <string.h>

/* Several names share a stand-in; what is kept of one is a keyed hash. */
static uint64_t hash_name(const struct nct_portal *portal, const char *ncid) {
    static const char domain[] = "nctracks/turn/1";
    unsigned char hash[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, portal->keyring.kept->lookup, NCT_KEY, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)domain, sizeof domain);
    crypto_generichash_update(&state, (const unsigned char *)ncid, strlen(ncid));
    crypto_generichash_final(&state, hash, sizeof hash);
    return nct_get_be64(hash);
}

/* A clock that went back ends a turn: how long it lasted cannot be told, and no limit rests on it. */
static int is_over(const struct nct_turn *turn, int64_t longest, int64_t now) {
    return turn->number == 0 || now < turn->since || now - turn->since >= longest;
}

/* The name's own place; else one that is over; else the oldest, whose try then ends without a turn. */
static struct nct_turn *find_place(struct nct_credential *credential, uint64_t name, int64_t longest, int64_t now) {
    struct nct_turn *place = &credential->turns[0];
    for (size_t i = 0; i < NCT_TURNS; i++) {
        struct nct_turn *turn = &credential->turns[i];
        if (turn->number != 0 && turn->name == name)
            return turn;
        if (!is_over(place, longest, now) && (is_over(turn, longest, now) || turn->since < place->since))
            place = turn;
    }
    return place;
}

struct nct_turn *nct_turn_find(struct nct_credential *credential, const struct nct_turn *turn) {
    for (size_t i = 0; i < NCT_TURNS; i++) {
        struct nct_turn *place = &credential->turns[i];
        if (turn->number != 0 && place->number == turn->number && place->name == turn->name)
            return place;
    }
    return NULL;
}

nct_status nct_turn_take(const struct nct_portal *portal, const char *ncid, struct nct_credential *credential,
                         int64_t now, struct nct_turn *turn) {
    int64_t longest = nct_policy_option(&portal->policy, NCT_OPTION_TRY_LONGEST);
    struct nct_turn next = {.name = hash_name(portal, ncid), .since = now, .step = NCT_STEP_PASSWORD};
    struct nct_turn *place = find_place(credential, next.name, longest, now);
    *turn = (struct nct_turn){0};
    if (place->name == next.name && !is_over(place, longest, now))
        return NCT_E_BUSY;
    nct_status status = nct_seams_fill(&portal->seams, &next.number, sizeof next.number);
    next.number |= 1; /* 0 is a free place */
    if (status == NCT_OK)
        *place = *turn = next;
    return status;
}

void nct_turn_give(struct nct_credential *credential, const struct nct_turn *turn) {
    struct nct_turn *own = nct_turn_find(credential, turn);
    if (own != NULL)
        *own = (struct nct_turn){0};
}
