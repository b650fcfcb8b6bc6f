/*
 * A new master key in running order: announced by the one before, everything put under it, the old one let go; and a
 * key declared compromised from a point on.
 */
#include "applications.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/cose.h"
#include "engine/keys/key_list.h"
#include "engine/keys/key_store.h"
#include "engine/records/evidence_types.h"
#include "engine/records/protect.h"
#include "engine/unit/unit.h"
#include "portal/registry/ncid.h"

#define DAY INT64_C(86400000)
#define PETRA_STREAM "person:petra.pharm"

/* ---- keys of a world ---- */

static void key_of(unsigned number, unsigned char key[NCT_MASTER_KEY_BYTES]) {
    for (size_t i = 0; i < NCT_MASTER_KEY_BYTES; i++)
        key[i] = (unsigned char)(i * (number == 1 ? 7 : 11 + number) + number);
}

/* The world's portal with one key as current and others to read by; 0 ends the list. */
static nct_status try_open_with(struct world *w, unsigned current, unsigned more, unsigned third) {
    const unsigned numbers[] = {more, third};
    nct_portal_close(w->portal);
    w->portal = NULL;
    key_of(current, w->key);
    w->more_key_count = 0;
    for (size_t i = 0; i < 2; i++)
        if (numbers[i] != 0)
            key_of(numbers[i], w->more_keys[w->more_key_count++]);
    return world_try_open(w);
}

static void open_with(struct world *w, unsigned current, unsigned more) {
    expect_status(try_open_with(w, current, more, 0), NCT_OK);
}

static nct_status try_rotate(struct world *w) {
    return nct_key_rotate(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR));
}

/* Steps (a) to (c) of the procedure: the next key announced, and current. */
static void rotate_to(struct world *w, unsigned next, unsigned before) {
    open_with(w, next, before);
    expect_status(try_rotate(w), NCT_OK);
}

static nct_key_list *keys_of(struct world *w) {
    nct_key_list *list = NULL;
    expect_status(nct_key_list_read(w->portal, &list), NCT_OK);
    return list;
}

/* The key id of a number; valid for the last 4 calls. */
static const char *kid_of(struct world *w, uint64_t number) {
    static char ring[4][NCT_KEY_NAME_LENGTH + 1];
    static unsigned next;
    char *kid = ring[next++ % 4];
    nct_key_list *list = keys_of(w);
    assert_true(number >= 1 && number <= nct_key_list_count(list));
    assert_int_equal(nct_key_list_number(list, (size_t)number - 1), number);
    strcpy(kid, nct_key_list_id(list, (size_t)number - 1));
    nct_key_list_free(list);
    return kid;
}

static int32_t state_of(struct world *w, size_t number) {
    nct_key_list *list = keys_of(w);
    int32_t state = nct_key_list_state(list, number - 1);
    nct_key_list_free(list);
    return state;
}

static nct_status revoke_as(struct world *w, const char *kid, int64_t from) {
    return nct_key_revoke(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), kid, strlen(kid), from,
                          "copied by a thief", 17);
}

/* ---- re-sealing ---- */

/* One call; answers whether it is done. */
static int step(struct world *w, size_t limit, uint64_t *left) {
    nct_rekey_progress *progress = NULL;
    expect_status(nct_rekey(w->portal, limit, &progress), NCT_OK);
    int done = nct_rekey_progress_done(progress);
    if (left != NULL)
        *left = nct_rekey_progress_left(progress);
    assert_true(nct_rekey_progress_resealed(progress) + nct_rekey_progress_left(progress) <=
                nct_rekey_progress_seen(progress));
    nct_rekey_progress_free(progress);
    return done;
}

static void rekey(struct world *w, size_t limit) {
    uint64_t left = 1;
    for (int calls = 0; !step(w, limit, &left); calls++)
        assert_true(calls < 5000);
    assert_int_equal(left, 0);
}

/* How many rows are not under the portal's current key. */
static size_t strays(struct world *w) {
    const struct nct_keys *current = nct_keyring_current(&w->portal->keyring);
    struct rows rows = rows_take(w->store.inner);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        count += memcmp(nct_row_key(rows.at[i].value, rows.at[i].len), current->id, NCT_KEY_ID) != 0;
    rows_free(&rows);
    return count;
}

/* Takes the old key away altogether. */
static void drop_old(struct world *w, unsigned current) {
    open_with(w, current, 0);
    assert_int_equal(strays(w), 0);
}

/* ---- evidence ---- */

struct evidence {
    unsigned char bytes[NCT_RECEIPT_MAX];
    size_t len;
    char id[NCT_SIGNATURE_ID_LENGTH + 1];
};

static struct evidence sign_receipt(struct world *w) {
    struct evidence receipt;
    nct_signature *made = NULL;
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid), NPI_CLINIC,
                             NCT_SUBMISSION_PHARMACY_PA, &made),
                  NCT_OK);
    const void *bytes = nct_signature_receipt(made, &receipt.len);
    memcpy(receipt.bytes, bytes, receipt.len);
    strcpy(receipt.id, nct_signature_id(made));
    nct_signature_free(made);
    return receipt;
}

struct key_set {
    unsigned char bytes[4096];
    size_t len;
};

static struct key_set key_set(struct world *w) {
    struct key_set keys;
    expect_status(nct_portal_key_set(w->portal, keys.bytes, sizeof keys.bytes, &keys.len), NCT_OK);
    return keys;
}

static nct_status verify_receipt(const struct evidence *receipt, const struct key_set *keys) {
    return nct_receipt_verify(receipt->bytes, receipt->len, keys->bytes, keys->len, WORLD_DOCUMENT,
                              strlen(WORLD_DOCUMENT), NULL);
}

static struct evidence make_checkpoint(struct world *w) {
    struct evidence kept;
    nct_checkpoint *made = NULL;
    expect_status(nct_checkpoint_make(w->portal, &made), NCT_OK);
    const void *bytes = nct_checkpoint_bytes(made, &kept.len);
    memcpy(kept.bytes, bytes, kept.len);
    nct_checkpoint_free(made);
    return kept;
}

static nct_status verify_checkpoint(const struct evidence *kept, const struct evidence *before,
                                    const struct key_set *keys) {
    return nct_checkpoint_verify(kept->bytes, kept->len, keys->bytes, keys->len, before != NULL ? before->bytes : NULL,
                                 before != NULL ? before->len : 0, NULL);
}

static void every_stream_is_whole(struct world *w) {
    nct_stream_list *page = NULL;
    expect_status(nct_ledger_streams(w->portal, NULL, 0, 1000, &page), NCT_OK);
    assert_true(nct_stream_list_count(page) > 5);
    for (size_t i = 0; i < nct_stream_list_count(page); i++)
        assert_int_equal(world_verdict(w, nct_stream_list_name(page, i), NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    nct_stream_list_free(page);
}

/* ---- announcing ---- */

/* A row's record, by an authentic read. */
struct credential_reading {
    struct nct_credential credential;
    const char *ncid;
};

static nct_status read_credential(struct nct_unit *unit, void *argument) {
    struct credential_reading *reading = argument;
    struct nct_ncid_record index;
    nct_status status = nct_ncid_get(unit, reading->ncid, &index);
    return status == NCT_OK
               ? nct_unit_get(unit, &nct_type_credential, index.person, NCT_PERSON_ID, &reading->credential)
               : status;
}

static struct nct_credential credential_of(struct world *w, const char *ncid) {
    struct credential_reading reading = {.ncid = ncid};
    expect_status(nct_unit_read(w->portal, read_credential, &reading), NCT_OK);
    return reading.credential;
}

static void a_new_store_announces_its_first_key(void **state) {
    struct world *w = *state;
    char stream[64];
    nct_key_list *list = keys_of(w);
    assert_int_equal(nct_key_list_count(list), 1);
    assert_int_equal(nct_key_list_number(list, 0), 1);
    assert_int_equal(nct_key_list_state(list, 0), NCT_KEY_STATE_CURRENT);
    assert_int_equal(nct_key_list_announced_at(list, 0), WORLD_START);
    assert_true(nct_key_list_retired_at(list, 0) == 0 && nct_key_list_compromised_from(list, 0) == 0);
    assert_int_equal(nct_key_list_held(list, 0), 1);
    assert_int_equal(nct_key_list_droppable(list, 0), 0);
    assert_null(nct_key_list_announcement(list, 0, NULL));
    assert_null(nct_key_list_id(list, 1));
    (void)snprintf(stream, sizeof stream, "key:%s", nct_key_list_id(list, 0));
    assert_int_equal(world_entries(w, stream), 1);
    assert_true(world_ledger_mentions(w, "key.announced"));
    nct_key_list_free(list);
    world_reopen(w);
    assert_int_equal(world_entries(w, stream), 1);
    expect_status(try_rotate(w), NCT_E_STATE);
}

/* Without its mark a store is not taken for a new one, whoever else's rows are gone with it. */
static void a_mark_taken_out_is_found(void **state) {
    struct world *w = *state;
    struct rows rows = rows_take(w->store.inner);
    for (int with_stream = 0; with_stream < 2; with_stream++) {
        for (size_t i = 0; i < rows.count; i++) {
            struct row gone = rows.at[i];
            gone.revision = 0;
            int of_portal = gone.key[0] == 'S' && (gone.space == NCT_SPACE_STREAM || gone.space == NCT_SPACE_ENTRY);
            if (gone.space == NCT_SPACE_PORTAL || (with_stream && of_portal))
                row_force(w->store.inner, &gone);
        }
        expect_status(try_open_with(w, 1, 0, 0), NCT_E_INTEGRITY);
        rows_restore(w->store.inner, &rows);
    }
    rows_free(&rows);
}

static void a_key_is_announced_by_the_one_before(void **state) {
    struct world *w = *state;
    struct key_set before = key_set(w);
    struct nct_cose cose;
    struct nct_cose_key old_key;
    char kid[NCT_KEY_NAME_LENGTH + 1], stream[64];
    unsigned char public_key[32];
    size_t len = 0;
    world_advance(w, DAY);
    rotate_to(w, 2, 1);
    nct_key_list *list = keys_of(w);
    assert_int_equal(nct_key_list_count(list), 2);
    assert_int_equal(nct_key_list_state(list, 0), NCT_KEY_STATE_RETIRED);
    assert_int_equal(nct_key_list_state(list, 1), NCT_KEY_STATE_CURRENT);
    assert_int_equal(nct_key_list_retired_at(list, 0), WORLD_START + DAY);
    assert_int_equal(nct_key_list_announced_at(list, 1), WORLD_START + DAY);
    const void *announcement = nct_key_list_announcement(list, 1, &len);
    assert_non_null(announcement);
    expect_status(nct_announcement_verify(announcement, len, before.bytes, before.len, kid, public_key), NCT_OK);
    assert_string_equal(kid, nct_key_list_id(list, 1));
    assert_memory_equal(public_key, nct_keyring_current(&w->portal->keyring)->verifying, 32);
    expect_status(nct_cose_parse(announcement, len, "application/nctracks-key+cbor", &cose), NCT_OK);
    expect_status(nct_cose_find_key(before.bytes, before.len, cose.key_id, &old_key), NCT_OK);
    expect_status(nct_cose_verify(&cose, &w->portal->seams.memory, old_key.public_key), NCT_OK);
    for (size_t bit = 0; bit < 8 * len; bit++) {
        unsigned char *changed = malloc(len);
        assert_non_null(changed);
        memcpy(changed, announcement, len);
        changed[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_not_equal(nct_announcement_verify(changed, len, before.bytes, before.len, kid, NULL), NCT_OK);
        free(changed);
    }
    for (size_t i = 0; i < 2; i++) { /* each stream names the other key */
        (void)snprintf(stream, sizeof stream, "key:%s", nct_key_list_id(list, i));
        assert_int_equal(world_entries(w, stream), i == 0 ? 2 : 1);
        assert_true(world_ledger_mentions(w, nct_key_list_id(list, i)));
    }
    assert_true(world_ledger_mentions(w, "operator:" WORLD_OPERATOR));
    nct_key_list_free(list);
    every_stream_is_whole(w);
}

static nct_form *reviewed_signing(struct world *w) {
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    expect_status(nct_form_set(signing, "document.id", "PA-REVIEWED", 11), NCT_OK);
    return signing;
}

/* Signs what was reviewed with the token. */
static nct_status sign_reviewed(struct world *w, const char *token) {
    nct_signature *made = NULL;
    nct_form *signing = reviewed_signing(w);
    expect_status(nct_form_set(signing, "review.token", token, strlen(token)), NCT_OK);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    nct_status status = nct_sign(signing, NULL, &made);
    nct_signature_free(made);
    nct_form_free(signing);
    return status;
}

static void a_refusal_for_want_of_an_announcement_spends_no_review(void **state) {
    struct world *w = *state;
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_form *signing = reviewed_signing(w);
    expect_status(nct_signing_review(signing, token, sizeof token, NULL), NCT_OK);
    nct_form_free(signing);
    open_with(w, 2, 1);
    expect_status(sign_reviewed(w, token), NCT_E_NOT_ANNOUNCED);
    expect_status(try_rotate(w), NCT_OK);
    expect_status(sign_reviewed(w, token), NCT_OK);
    expect_status(sign_reviewed(w, token), NCT_E_REVIEW);
}

struct forgery {
    struct nct_announcement_claims claims;
    struct nct_signature_record record;
};

static nct_status forge_announcement(struct nct_unit *unit, void *argument) {
    struct forgery *forgery = argument;
    const struct nct_keys *keys = nct_keyring_current(&unit->portal->keyring);
    return nct_evidence_sign(unit, keys, &nct_announcement_kind, &forgery->claims, &forgery->record);
}

/* Signed by the right key, but of another version, with nothing in a field, or said to follow another key. */
static void an_announcement_says_what_it_must(void **state) {
    struct world *w = *state;
    struct key_set keys = key_set(w);
    for (int i = 0; i < 4; i++) {
        struct forgery forgery = {.claims = {.version = 1, .number = 2, .kid = "newkeyid", .announced_at = w->now}};
        struct nct_announcement_claims *claims = &forgery.claims;
        memset(claims->verifying, 7, sizeof claims->verifying);
        memcpy(claims->before, nct_keyring_current(&w->portal->keyring)->signing_id, sizeof claims->before);
        claims->version += i == 1;
        claims->before[0] ^= (unsigned char)(i == 2);
        if (i == 3)
            memset(claims->verifying, 0, sizeof claims->verifying);
        expect_status(nct_unit_read(w->portal, forge_announcement, &forgery), NCT_OK);
        expect_status(nct_announcement_verify(forgery.record.receipt.bytes, forgery.record.receipt.len, keys.bytes,
                                              keys.len, NULL, NULL),
                      i == 0 ? NCT_OK : NCT_E_UNSUPPORTED);
    }
}

static void a_key_that_is_not_announced_signs_nothing_and_all_else_goes_on(void **state) {
    struct world *w = *state;
    struct evidence receipt = sign_receipt(w);
    open_with(w, 2, 1);
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_E_NOT_ANNOUNCED);
    expect_status(world_last_outcome(w, PETRA_STREAM), NCT_E_NOT_ANNOUNCED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    expect_status(nct_signature_repudiate(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10, receipt.id,
                                          strlen(receipt.id), WORLD_PASSWORD, strlen(WORLD_PASSWORD), "not mine", 8),
                  NCT_E_NOT_ANNOUNCED);
    expect_status(world_last_outcome(w, PETRA_STREAM), NCT_E_NOT_ANNOUNCED);
    assert_int_equal(credential_of(w, PETRA.ncid).password.failures, 0);
    expect_status(nct_checkpoint_make(w->portal, NULL), NCT_E_NOT_ANNOUNCED);
    expect_status(nct_rekey(w->portal, 10, NULL), NCT_E_NOT_ANNOUNCED);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WORLD_PASSWORD, strlen(WORLD_PASSWORD)),
                  NCT_OK);
    open_with(w, 1, 2); /* a process that has not been restarted reads what that one wrote */
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, 3), NCT_OK);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    struct key_set keys = key_set(w);
    expect_status(verify_receipt(&receipt, &keys), NCT_OK);
    assert_int_equal(keys.len, 1 + 52); /* the unannounced key is in no set */
}

static void only_the_next_key_beside_the_current_one_is_announced(void **state) {
    struct world *w = *state;
    expect_status(nct_key_rotate(NULL, WORLD_OPERATOR, strlen(WORLD_OPERATOR)), NCT_E_ARGUMENT);
    expect_status(nct_key_rotate(w->portal, NULL, 0), NCT_E_ARGUMENT);
    expect_status(nct_key_rotate(w->portal, "", 0), NCT_E_EMPTY);
    expect_status(nct_key_rotate(w->portal, "a\0b", 3), NCT_E_NUL);
    expect_status(nct_key_rotate(w->portal, "a\nb", 3), NCT_E_CHARACTER);
    expect_status(try_open_with(w, 2, 0, 0), NCT_E_KEY); /* as ever: no key opens the store */
    rotate_to(w, 2, 1);
    rekey(w, 1000);
    open_with(w, 1, 2);
    expect_status(try_rotate(w), NCT_E_STATE); /* a retired key is never taken back */
    expect_status(try_open_with(w, 3, 1, 0), NCT_E_KEY);
    rotate_to(w, 3, 2);
    expect_status(try_open_with(w, 4, 2, 3), NCT_OK);
    expect_status(try_rotate(w), NCT_OK);
    assert_int_equal(state_of(w, 2), NCT_KEY_STATE_RETIRED);
    assert_int_equal(state_of(w, 4), NCT_KEY_STATE_CURRENT);
}

/* The store's current key is another than those held. */
static void the_key_before_must_be_held(void **state) {
    struct world *w = *state;
    rotate_to(w, 2, 1);
    expect_status(try_open_with(w, 3, 1, 2), NCT_OK);
    world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8);
    struct rows rows = rows_take(w->store.inner);
    nct_keys_free(w->portal->keyring.held[2]);
    w->portal->keyring.count = 2; /* as if the second key were not configured */
    nct_status status = try_rotate(w);
    assert_true(status == NCT_E_KEY);
    struct rows after = rows_take(w->store.inner);
    assert_int_equal(rows.count, after.count);
    rows_free(&rows);
    rows_free(&after);
}

static void keys_are_given_once_and_not_without_bound(void **state) {
    (void)state;
    unsigned char key[NCT_MASTER_KEY_BYTES], zeros[NCT_MASTER_KEY_BYTES] = {0};
    nct_config *config = NULL;
    expect_status(nct_config_new(&config), NCT_OK);
    key_of(1, key);
    expect_status(nct_config_add_master_key(NULL, key, sizeof key), NCT_E_ARGUMENT);
    expect_status(nct_config_add_master_key(config, NULL, sizeof key), NCT_E_ARGUMENT);
    expect_status(nct_config_add_master_key(config, key, sizeof key - 1), NCT_E_KEY);
    expect_status(nct_config_add_master_key(config, zeros, sizeof zeros), NCT_E_KEY);
    expect_status(nct_config_set_master_key(config, key, sizeof key), NCT_OK);
    expect_status(nct_config_set_master_key(config, key, sizeof key), NCT_OK);
    expect_status(nct_config_add_master_key(config, key, sizeof key), NCT_E_DUPLICATE);
    for (unsigned i = 0; i < NCT_MASTER_KEYS_MAX; i++) {
        key_of(i + 2, key);
        expect_status(nct_config_add_master_key(config, key, sizeof key), NCT_OK);
        expect_status(nct_config_add_master_key(config, key, sizeof key), NCT_E_DUPLICATE);
        expect_status(nct_config_set_master_key(config, key, sizeof key), NCT_E_DUPLICATE);
    }
    key_of(100, key);
    expect_status(nct_config_add_master_key(config, key, sizeof key), NCT_E_LIMIT);
    nct_portal *portal = NULL;
    expect_status(nct_portal_open(config, &portal), NCT_OK); /* nine keys, and a store of its own */
    nct_portal_close(portal);
    nct_config_free(config);
}

/* ---- with everything in the store ---- */

/* What was there before the rotation. */
struct past {
    struct evidence receipt;
    struct evidence checkpoint;
    struct key_set keys;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    char petra_pin[16];
    size_t mails;
};

static nct_form *keyed_signing(struct world *w) {
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_MEDICAL_PA);
    expect_status(nct_form_set(signing, "idempotency.key", "order-1", 7), NCT_OK);
    world_signing_secrets(signing, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid));
    return signing;
}

/* Signs the order of an idempotency key; the id of what it made. */
static void sign_order(struct world *w, char id[NCT_SIGNATURE_ID_LENGTH + 1]) {
    nct_signature *made = NULL;
    nct_form *signing = keyed_signing(w);
    expect_status(nct_sign(signing, NULL, &made), NCT_OK);
    strcpy(id, nct_signature_id(made));
    nct_signature_free(made);
    nct_form_free(signing);
}

static char order[NCT_SIGNATURE_ID_LENGTH + 1];

static struct past live(struct world *w) {
    struct past past;
    strcpy(past.petra_pin, world_pin_of(w, PETRA.ncid));
    past.receipt = sign_receipt(w);
    sign_order(w, order);
    expect_status(nct_signature_repudiate(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10, past.receipt.id,
                                          strlen(past.receipt.id), WORLD_PASSWORD, strlen(WORLD_PASSWORD), "not mine",
                                          8),
                  NCT_OK);
    nct_form *signing = reviewed_signing(w);
    expect_status(nct_signing_review(signing, past.token, sizeof past.token, NULL), NCT_OK);
    nct_form_free(signing);
    world_enroll(w, world_npi(3), "organization", past.code);
    expect_status(world_sign_pa(w, "nobody.known", "guess", "123456"), NCT_E_DENIED); /* a shadow's stream */
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = SIZE_MAX;
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &SILAS, "user", "training"), NCT_OK);
    past.mails = w->mailer.count;
    past.checkpoint = make_checkpoint(w);
    past.keys = key_set(w);
    return past;
}

/* Everything that was there still works; a store of its own is used up by it. */
static void all_goes_on(struct world *w, const struct past *past) {
    char again[NCT_SIGNATURE_ID_LENGTH + 1];
    struct key_set keys = key_set(w);
    expect_status(verify_receipt(&past->receipt, &past->keys), NCT_OK);
    expect_status(verify_receipt(&past->receipt, &keys), NCT_OK);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_wrong_pin(past->petra_pin)), NCT_E_DENIED);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 1);
    expect_status(world_sign_pa(w, PETRA.ncid, "wrong horse", past->petra_pin), NCT_E_DENIED);
    struct evidence receipt = sign_receipt(w);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    expect_status(verify_receipt(&receipt, &past->keys), NCT_E_UNKNOWN_KEY);
    expect_status(verify_receipt(&receipt, &keys), NCT_OK);
    sign_order(w, again);
    assert_string_equal(again, order);
    expect_status(sign_reviewed(w, past->token), NCT_OK);
    nct_form *form = world_registration(w, world_npi(3), past->code, &OSCAR);
    w->mailer.fail_to = 0; /* the mailer is well again */
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    size_t sent = 0;
    expect_status(nct_mail_flush(w->portal, 100, &sent, NULL), NCT_OK);
    world_set_password(w, SILAS.ncid, WORLD_PASSWORD);
    expect_status(world_report_lost(w, OLIVIA.ncid, NPI_CLINIC, SILAS.ncid), NCT_OK);
    assert_true(world_mails_about(w, SILAS.ncid) >= 1);
    struct evidence checkpoint = make_checkpoint(w);
    expect_status(verify_checkpoint(&past->checkpoint, NULL, &keys), NCT_OK);
    expect_status(verify_checkpoint(&checkpoint, &past->checkpoint, &keys), NCT_OK);
    every_stream_is_whole(w);
}

/* Whether there is a row of every kind, so that re-sealing meets them all. */
static void expect_every_space_used(struct world *w) {
    size_t used[NCT_SPACE_COUNT] = {0};
    struct rows rows = rows_take(w->store.inner);
    for (size_t i = 0; i < rows.count; i++)
        used[rows.at[i].space]++;
    rows_free(&rows);
    for (int32_t space = 0; space <= NCT_SPACE_CHECKPOINT_LAST; space++)
        if (used[space] == 0)
            fail_msg("there is no row of %s", nct_space_name(space));
}

static void everything_goes_on_under_the_new_key_when_the_old_one_is_gone(void **state) {
    struct world *w = *state;
    struct past past = live(w);
    expect_every_space_used(w);
    world_advance(w, 60000);
    rotate_to(w, 2, 1);
    size_t before = strays(w);
    assert_true(before > 50);
    for (int i = 0; !step(w, 3, NULL); i++) { /* in small steps, while life goes on */
        assert_true(i < 3000);
        if (i % 10 == 0)
            expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, i % 20 ? 8 : 1), NCT_OK);
        if (i % 40 == 0)
            (void)sign_receipt(w);
        if (i % 50 == 0)
            (void)make_checkpoint(w);
    }
    assert_int_equal(strays(w), 0);
    nct_key_list *list = keys_of(w);
    assert_int_equal(nct_key_list_droppable(list, 0), 1);
    assert_int_equal(nct_key_list_droppable(list, 1), 0);
    assert_int_equal(nct_key_list_held(list, 0), 1);
    nct_key_list_free(list);
    struct evidence checkpoint = make_checkpoint(w);
    past.checkpoint = checkpoint;
    drop_old(w, 2);
    list = keys_of(w);
    assert_int_equal(nct_key_list_held(list, 0), 0);
    nct_key_list_free(list);
    all_goes_on(w, &past);
}

/* An application's two rows are told from forged ones by their revisions: they are sealed again together. */
static void applications_and_due_work_go_on_under_the_new_key(void **state) {
    struct world *w = *state;
    char application[NCT_APPLICATION_ID_LENGTH + 1];
    world_drafted(w, OLIVIA.ncid, NCT_SUBMISSION_RECREDENTIALING, application);
    world_lead(w, application, NCT_STATE_RETURNED);
    rotate_to(w, 2, 1);
    for (int i = 0; !step(w, 1, NULL); i++) {
        assert_true(i < 3000);
        assert_int_equal(world_state(w, application), NCT_STATE_RETURNED);
    }
    drop_old(w, 2);
    world_advance(w, 30 * WORLD_DAY);
    assert_int_equal(world_settle(w), 1);
    assert_int_equal(world_state(w, application), NCT_STATE_ABANDONED);
}

static void a_right_secret_moves_to_the_new_keys_pepper_and_a_wrong_one_does_not(void **state) {
    struct world *w = *state;
    static const unsigned char first[NCT_KEY_ID] = {0};
    rotate_to(w, 2, 1);
    rekey(w, 1000);
    drop_old(w, 2);
    const unsigned char *id = nct_keyring_current(&w->portal->keyring)->id;
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_wrong_pin(pin)), NCT_E_DENIED);
    struct nct_credential credential = credential_of(w, PETRA.ncid);
    assert_memory_equal(credential.pin.key, first, NCT_KEY_ID);
    assert_memory_equal(credential.password.key, id, NCT_KEY_ID);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    credential = credential_of(w, PETRA.ncid);
    assert_memory_equal(credential.pin.key, id, NCT_KEY_ID);
    assert_int_equal(credential.pin.generation, 1);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    rotate_to(w, 3, 2); /* and on: one PIN under the first key, one under the second */
    rekey(w, 1000);
    drop_old(w, 3);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    expect_status(world_sign_pa(w, UMA.ncid, WORLD_PASSWORD, world_pin_of(w, UMA.ncid)), NCT_OK);
    expect_status(world_sign_pa(w, UMA.ncid, WORLD_PASSWORD, world_wrong_pin(world_pin_of(w, UMA.ncid))), NCT_E_DENIED);
}

/* ---- re-sealing under difficulties ---- */

static void a_process_not_yet_restarted_is_caught_up_with(void **state) {
    struct world *w = *state;
    rotate_to(w, 2, 1);
    struct world *slow = world_new();
    world_share(slow, w);
    open_with(slow, 1, 2);
    int done = 0;
    for (int i = 0; !done; i++) {
        assert_true(i < 3000);
        if (i == 30) /* behind the position by now, and before it */
            expect_status(world_report_lost(slow, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
        if (i == 60) {
            expect_status(world_sign_pa(slow, UMA.ncid, WORLD_PASSWORD, world_pin_of(w, UMA.ncid)), NCT_OK);
            assert_true(strays(w) > 0);
        }
        done = step(w, 3, NULL);
    }
    assert_int_equal(world_free(slow), 0);
    drop_old(w, 2);
    assert_int_equal(world_pin_state(w, PETRA.ncid), NCT_PIN_LOST);
    every_stream_is_whole(w);
}

static void another_rekey(void *argument) {
    struct world *other = argument;
    (void)step(other, 40, NULL);
}

static void two_at_once_share_the_work(void **state) {
    struct world *w = *state;
    struct past past = live(w);
    rotate_to(w, 2, 1);
    struct world *other = world_new();
    world_share(other, w);
    world_open(other);
    int done = 0;
    for (int i = 0; !done; i++) {
        assert_true(i < 500);
        w->store.before_commit = another_rekey;
        w->store.argument = other;
        done = step(w, 7, NULL);
        if (!done)
            done = step(other, 5, NULL);
    }
    w->store.before_commit = NULL;
    assert_int_equal(world_free(other), 0);
    drop_old(w, 2);
    all_goes_on(w, &past);
}

static void grant_meanwhile(void *argument) {
    struct world *other = argument;
    expect_status(world_grant(other, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
    expect_status(world_sign_pa(other, PETRA.ncid, WORLD_PASSWORD, world_pin_of(other, PETRA.ncid)), NCT_OK);
}

static void operations_between_the_scan_and_the_commit_are_not_lost(void **state) {
    struct world *w = *state;
    char pin[16];
    rotate_to(w, 2, 1);
    struct world *other = world_new();
    world_share(other, w);
    open_with(other, 1, 2);
    strcpy(pin, world_pin_of(w, PETRA.ncid));
    other->mailer.count = w->mailer.count;
    memcpy(other->mailer.mails, w->mailer.mails, w->mailer.count * sizeof *w->mailer.mails);
    int done = 0;
    for (int i = 0; !done; i++) {
        assert_true(i < 200);
        w->store.before_commit = i < 20 ? grant_meanwhile : NULL;
        w->store.argument = other;
        done = step(w, 20, NULL);
    }
    assert_int_equal(world_free(other), 0);
    drop_old(w, 2);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, 3), NCT_OK);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    every_stream_is_whole(w);
}

static void a_row_of_the_old_key_put_back_is_refused(void **state) {
    struct world *w = *state;
    struct rows old = rows_take(w->store.inner);
    rotate_to(w, 2, 1);
    rekey(w, 1000);
    drop_old(w, 2);
    struct rows rows = rows_take(w->store.inner);
    size_t grants = 0;
    for (size_t i = 0; i < old.count; i++) {
        if (old.at[i].space != NCT_SPACE_GRANT && old.at[i].space != NCT_SPACE_CREDENTIAL)
            continue;
        row_force(w->store.inner, &old.at[i]);
        if (old.at[i].space == NCT_SPACE_GRANT) {
            static const struct cast *const cast[] = {&OLIVIA, &UMA, &PETRA, &FRANK};
            size_t refused = 0;
            for (size_t who = 0; who < 4; who++)
                refused += world_check(w, cast[who]->ncid, NPI_CLINIC, 0) == NCT_E_KEY;
            grants += refused;
            assert_int_equal(refused, 1);
        }
        rows_restore(w->store.inner, &rows);
    }
    assert_true(grants >= 4);
    rows_free(&old);
    rows_free(&rows);
}

/* The first row of a space whose key holds a text. */
static struct row *row_about(const struct rows *rows, int32_t space, const char *text) {
    size_t len = strlen(text);
    for (size_t i = 0; i < rows->count; i++)
        for (size_t at = 0; rows->at[i].space == space && at + len <= rows->at[i].key_len; at++)
            if (memcmp(rows->at[i].key + at, text, len) == 0)
                return &rows->at[i];
    fail_msg("there is no row of %s about %s", nct_space_name(space), text);
    return NULL;
}

static void flip(struct world *w, struct row *row) {
    row->value[row->len - 1] ^= 1;
    row_force(w->store.inner, row);
}

/* Spoiled rows stay as they are, and so do the sound twins of spoiled rows: nothing is made whole by re-sealing. */
static void a_spoiled_row_holds_nothing_up_and_is_not_made_whole(void **state) {
    struct world *w = *state;
    struct rows old = rows_take(w->store.inner);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    flip(w, row_about(&rows, NCT_SPACE_NCID, OLIVIA.ncid));
    flip(w, rows_pair(&rows, "grant", NPI_CLINIC, UMA.ncid));
    flip(w, rows_pair(&rows, "grant_by_person", NPI_CLINIC, PETRA.ncid));
    row_force(w->store.inner, rows_pair(&old, "grant", NPI_CLINIC, FRANK.ncid)); /* put back, without its twin */
    rows_free(&rows);
    rows = rows_take(w->store.inner);
    rotate_to(w, 2, 1);
    uint64_t left = 0;
    for (int i = 0; !step(w, 10, &left); i++)
        assert_true(i < 1000);
    assert_int_equal(left, 1 + 2 + 2 + 2); /* a grant's two rows go together */
    assert_int_equal(strays(w), left);
    struct rows after = rows_take(w->store.inner);
    static const struct cast *const spoiled[] = {&UMA, &PETRA, &FRANK};
    for (size_t i = 0; i < 3; i++)
        for (int by_person = 0; by_person < 2; by_person++) {
            const char *space = by_person ? "grant_by_person" : "grant";
            assert_true(row_same(rows_pair(&rows, space, NPI_CLINIC, spoiled[i]->ncid),
                                 rows_pair(&after, space, NPI_CLINIC, spoiled[i]->ncid)));
        }
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_INTEGRITY);
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_E_INTEGRITY);
    nct_key_list *list = keys_of(w);
    assert_int_equal(nct_key_list_droppable(list, 0), 0);
    nct_key_list_free(list);
    rows_free(&old);
    rows_free(&rows);
    rows_free(&after);
}

static void nonsense_under_no_key_ends_no_pass_early_and_none_late(void **state) {
    struct world *w = *state;
    static const char junk[] = "\1\1zzzz, not a row at all, but long enough";
    struct row rows[] = {{.space = NCT_SPACE_GRANT, .key = "a\0b\0c", .key_len = 5, .revision = 1},
                         {.space = NCT_SPACE_GRANT_BY_PERSON, .key = "a", .key_len = 1, .revision = 1},
                         {.space = NCT_SPACE_ENTRY, .key = "U", .key_len = 1, .revision = 1}};
    for (size_t i = 0; i < 3; i++) {
        rows[i].value = (unsigned char *)(uintptr_t)junk;
        rows[i].len = i == 2 ? 3 : sizeof junk;
        row_force(w->store.inner, &rows[i]);
    }
    rotate_to(w, 2, 1);
    uint64_t left = 0;
    for (int i = 0; !step(w, 1000, &left); i++)
        assert_true(i < 100);
    assert_int_equal(left, 3);
}

static void whole_pass(void *argument) {
    struct world *other = argument;
    (void)step(other, 60, NULL);
}

/* What another finds in a pass is found in that pass, whoever commits last: else the pass would seem clean. */
static void a_find_of_another_is_not_forgotten(void **state) {
    struct world *w = *state;
    nct_rekey_progress *progress = NULL;
    rotate_to(w, 2, 1);
    rekey(w, 1000);
    struct world *other = world_new();
    world_share(other, w);
    open_with(other, 1, 2);
    expect_status(world_grant(other, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
    open_with(other, 2, 1);
    w->store.before_commit = whole_pass;
    w->store.argument = other;
    expect_status(nct_rekey(w->portal, 5, &progress), NCT_OK);
    uint64_t pass = nct_rekey_progress_pass(progress);
    assert_true(nct_rekey_progress_resealed(progress) > 0);
    for (int i = 0; !nct_rekey_progress_done(progress); i++) {
        assert_true(i < 1000);
        nct_rekey_progress_free(progress);
        expect_status(nct_rekey(w->portal, 5, &progress), NCT_OK);
    }
    assert_true(nct_rekey_progress_pass(progress) > pass);
    nct_rekey_progress_free(progress);
    assert_int_equal(world_free(other), 0);
    drop_old(w, 2);
}

/* More rows of one kind than one commit takes. */
static void one_pass_leaves_nothing_out(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 80; i++)
        expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, i % 2 ? 8 : 1), NCT_OK);
    rotate_to(w, 2, 1);
    assert_true(strays(w) > 100);
    assert_false(step(w, 1000, NULL));
    assert_int_equal(strays(w), 0);
}

static void a_rotation_in_the_middle_of_a_pass_begins_another(void **state) {
    struct world *w = *state;
    nct_rekey_progress *progress = NULL;
    rotate_to(w, 2, 1);
    for (int i = 0; i < 12; i++)
        assert_false(step(w, 5, NULL));
    expect_status(try_open_with(w, 3, 2, 1), NCT_OK);
    expect_status(try_rotate(w), NCT_OK);
    expect_status(nct_rekey(w->portal, 1000, &progress), NCT_OK);
    assert_int_equal(nct_rekey_progress_pass(progress), 1);
    nct_rekey_progress_free(progress);
    assert_int_equal(strays(w), 0);
    rekey(w, 1000);
    drop_old(w, 3);
    every_stream_is_whole(w);
}

static void a_pass_begins_anew_for_each_key_and_each_time_it_is_asked_for(void **state) {
    struct world *w = *state;
    nct_rekey_progress *progress = NULL;
    expect_status(nct_rekey(NULL, 1, NULL), NCT_E_ARGUMENT);
    expect_status(nct_rekey(w->portal, 0, NULL), NCT_E_ARGUMENT);
    expect_status(nct_rekey(w->portal, 1001, NULL), NCT_E_ARGUMENT);
    assert_true(step(w, 1000, NULL)); /* nothing to do */
    rotate_to(w, 2, 1);
    expect_status(nct_rekey(w->portal, 1000, &progress), NCT_OK);
    assert_int_equal(nct_rekey_progress_pass(progress), 1);
    assert_int_equal(nct_rekey_progress_done(progress), 0);
    assert_true(nct_rekey_progress_resealed(progress) > 40);
    nct_rekey_progress_free(progress);
    expect_status(nct_rekey(w->portal, 1000, &progress), NCT_OK);
    assert_int_equal(nct_rekey_progress_pass(progress), 2);
    assert_int_equal(nct_rekey_progress_done(progress), 1);
    nct_rekey_progress_free(progress);
    assert_true(step(w, 1000, NULL));
    open_with(w, 1, 2);
    expect_status(nct_rekey(w->portal, 1000, &progress), NCT_E_STATE); /* never back under a retired key */
    assert_null(progress);
    assert_int_equal(nct_rekey_progress_pass(NULL) + nct_rekey_progress_seen(NULL), 0);
}

/* Each call looks at no more rows than its limit, and changes no more. */
static void a_call_is_bounded(void **state) {
    struct world *w = *state;
    rotate_to(w, 2, 1);
    size_t before = strays(w);
    for (int done = 0; !done;) {
        done = step(w, 5, NULL);
        size_t now = strays(w);
        assert_true(now <= before && before - now <= 15); /* a grant takes its twin with it, a pinned row its head */
        before = now;
    }
    assert_int_equal(before, 0);
}

static void put_back_space(struct world *w, const struct rows *then, int32_t space, unsigned char letter) {
    for (size_t i = 0; i < then->count; i++)
        if (then->at[i].space == space && (letter == 0 || then->at[i].key[0] == letter))
            row_force(w->store.inner, &then->at[i]);
}

static nct_status list_keys(struct world *w) {
    nct_key_list *list = NULL;
    nct_status status = nct_key_list_read(w->portal, &list);
    assert_true(status != NCT_OK || nct_key_list_droppable(list, 0) == 0);
    nct_key_list_free(list);
    return status;
}

/* A process left with the old key writes behind the last pass; what that pass said is put back. */
static void a_pass_put_back_lets_no_key_be_dropped(void **state) {
    struct world *w = *state;
    rotate_to(w, 2, 1);
    rekey(w, 1000);
    struct rows then = rows_take(w->store.inner);
    open_with(w, 1, 2);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 8), NCT_OK);
    open_with(w, 2, 1);
    assert_int_equal(step(w, 1000, NULL), 0);
    expect_status(list_keys(w), NCT_OK);
    struct rows now = rows_take(w->store.inner);
    put_back_space(w, &then, NCT_SPACE_REKEY, 0);
    expect_status(list_keys(w), NCT_E_INTEGRITY);
    assert_int_equal(world_verdict(w, "portal", NULL), NCT_LEDGER_TAMPERED);
    rekey(w, 1000); /* the way out: the pass begins anew, and the ledger says so */
    assert_true(world_ledger_mentions(w, "reseal.restarted"));
    assert_int_equal(world_verdict(w, "portal", NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
    assert_int_equal(strays(w), 0);
    rows_restore(w->store.inner, &now);
    put_back_space(w, &then, NCT_SPACE_REKEY, 0); /* with the head that pins it */
    put_back_space(w, &then, NCT_SPACE_STREAM, 'S');
    expect_status(list_keys(w), NCT_E_INTEGRITY);
    assert_int_equal(world_verdict(w, "portal", NULL), NCT_LEDGER_TAMPERED);
    rows_restore(w->store.inner, &now);
    for (size_t byte = 0; byte < 12; byte++) { /* edited, its header too */
        for (size_t i = 0; i < now.count; i++)
            if (now.at[i].space == NCT_SPACE_REKEY) {
                now.at[i].value[byte] ^= 1;
                row_force(w->store.inner, &now.at[i]);
                now.at[i].value[byte] ^= 1;
            }
        assert_int_not_equal(list_keys(w), NCT_OK);
        assert_int_equal(world_verdict(w, "portal", NULL), NCT_LEDGER_TAMPERED);
        rekey(w, 1000);
        rows_restore(w->store.inner, &now);
    }
    rows_free(&then);
    rows_free(&now);
}

/* ---- compromised ---- */

static void what_was_signed_before_the_point_stays_valid_and_after_it_not(void **state) {
    struct world *w = *state;
    struct evidence early = sign_receipt(w);
    struct evidence checkpoint = make_checkpoint(w);
    world_advance(w, DAY);
    int64_t point = w->now;
    struct evidence late = sign_receipt(w);
    world_advance(w, 1000);
    struct evidence later = make_checkpoint(w);
    struct key_set innocent = key_set(w);
    char kid[NCT_KEY_NAME_LENGTH + 1];
    strcpy(kid, kid_of(w, 1));
    expect_status(revoke_as(w, kid, point), NCT_E_STATE); /* current: it must be rotated away first */
    world_advance(w, DAY);
    rotate_to(w, 2, 1);
    expect_status(revoke_as(w, kid, point), NCT_OK);
    struct key_set keys = key_set(w);
    expect_status(verify_receipt(&early, &keys), NCT_OK);
    expect_status(verify_receipt(&late, &keys), NCT_E_KEY_COMPROMISED);
    expect_status(verify_receipt(&late, &innocent), NCT_OK);
    expect_status(verify_checkpoint(&checkpoint, NULL, &keys), NCT_OK);
    expect_status(verify_checkpoint(&later, NULL, &keys), NCT_E_KEY_COMPROMISED);
    struct evidence mine = sign_receipt(w);
    expect_status(verify_receipt(&mine, &keys), NCT_OK);
    struct evidence next = make_checkpoint(w); /* follows one of the compromised key all the same */
    expect_status(verify_checkpoint(&next, &later, &keys), NCT_OK);
    nct_key_list *list = keys_of(w);
    assert_int_equal(nct_key_list_state(list, 0), NCT_KEY_STATE_COMPROMISED);
    assert_int_equal(nct_key_list_compromised_from(list, 0), point);
    size_t len = 0;
    const void *announcement = nct_key_list_announcement(list, 1, &len);
    expect_status(nct_announcement_verify(announcement, len, keys.bytes, keys.len, NULL, NULL), NCT_E_KEY_COMPROMISED);
    expect_status(nct_announcement_verify(announcement, len, innocent.bytes, innocent.len, NULL, NULL), NCT_OK);
    nct_key_list_free(list);
    assert_true(world_ledger_mentions(w, "key.compromised"));
    assert_true(world_ledger_mentions(w, "copied by a thief"));
    rekey(w, 1000);
    drop_old(w, 2);
    keys = key_set(w);
    expect_status(verify_receipt(&late, &keys), NCT_E_KEY_COMPROMISED);
    expect_status(verify_receipt(&early, &keys), NCT_OK);
    every_stream_is_whole(w);
}

/* A thief writes any time; from a stolen key on nothing vouches for the key that would follow it. */
static void a_thief_announces_no_key_whatever_date_they_write(void **state) {
    struct world *w = *state;
    char kid[NCT_KEY_NAME_LENGTH + 1];
    strcpy(kid, kid_of(w, 1));
    struct forgery forgery = {
        .claims = {.version = 1, .number = 2, .kid = "newkeyid", .announced_at = WORLD_START - DAY}};
    memset(forgery.claims.verifying, 7, sizeof forgery.claims.verifying);
    memcpy(forgery.claims.before, nct_keyring_current(&w->portal->keyring)->signing_id, NCT_SIGNING_ID);
    expect_status(nct_unit_read(w->portal, forge_announcement, &forgery), NCT_OK);
    world_advance(w, DAY);
    rotate_to(w, 2, 1);
    expect_status(revoke_as(w, kid, w->now), NCT_OK);
    struct key_set keys = key_set(w);
    expect_status(nct_announcement_verify(forgery.record.receipt.bytes, forgery.record.receipt.len, keys.bytes,
                                          keys.len, NULL, NULL),
                  NCT_E_KEY_COMPROMISED);
}

static void a_point_moves_back_and_never_forth(void **state) {
    struct world *w = *state;
    char kid[NCT_KEY_NAME_LENGTH + 1];
    strcpy(kid, kid_of(w, 1));
    world_advance(w, DAY);
    rotate_to(w, 2, 1);
    expect_status(revoke_as(w, kid, w->now + 1), NCT_E_RANGE);
    expect_status(revoke_as(w, kid, 0), NCT_E_RANGE);
    expect_status(revoke_as(w, kid, -1), NCT_E_RANGE);
    expect_status(revoke_as(w, "0123", w->now), NCT_E_FORMAT);
    expect_status(revoke_as(w, "0123456789abcdeg", w->now), NCT_E_FORMAT);
    expect_status(revoke_as(w, "0123456789abcdef", w->now), NCT_E_NOT_FOUND);
    expect_status(nct_key_revoke(w->portal, "", 0, kid, 16, w->now, "x", 1), NCT_E_EMPTY);
    expect_status(nct_key_revoke(w->portal, "x", 1, kid, 16, w->now, "", 0), NCT_E_EMPTY);
    expect_status(nct_key_revoke(w->portal, "x", 1, NULL, 16, w->now, "x", 1), NCT_E_ARGUMENT);
    expect_status(nct_key_revoke(NULL, "x", 1, kid, 16, w->now, "x", 1), NCT_E_ARGUMENT);
    assert_int_equal(state_of(w, 1), NCT_KEY_STATE_RETIRED);
    expect_status(revoke_as(w, kid, w->now), NCT_OK);
    expect_status(revoke_as(w, kid, w->now), NCT_E_STATE);
    world_advance(w, DAY);
    expect_status(revoke_as(w, kid, w->now), NCT_E_STATE);
    expect_status(revoke_as(w, kid, WORLD_START), NCT_OK);
    nct_key_list *list = keys_of(w);
    assert_int_equal(nct_key_list_compromised_from(list, 0), WORLD_START);
    nct_key_list_free(list);
}

static void a_process_left_with_a_retired_key_signs_until_it_is_declared_compromised(void **state) {
    struct world *w = *state;
    char kid[NCT_KEY_NAME_LENGTH + 1];
    strcpy(kid, kid_of(w, 1));
    rotate_to(w, 2, 1);
    struct world *slow = world_new();
    world_share(slow, w);
    open_with(slow, 1, 2);
    const char *pin = world_pin_of(w, PETRA.ncid);
    expect_status(world_sign_pa(slow, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    expect_status(revoke_as(w, kid, w->now), NCT_OK);
    expect_status(world_sign_pa(slow, PETRA.ncid, WORLD_PASSWORD, pin), NCT_E_KEY_COMPROMISED);
    expect_status(nct_checkpoint_make(slow->portal, NULL), NCT_E_KEY_COMPROMISED);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    assert_int_equal(world_pin_failures(w, PETRA.ncid), 0);
    assert_int_equal(world_free(slow), 0);
}

struct thief {
    struct world *w;
    const char *kid;
};

static void revoke_meanwhile(void *argument) {
    const struct thief *thief = argument;
    expect_status(revoke_as(thief->w, thief->kid, thief->w->now), NCT_OK);
}

/* Of a signature and a declaration that race one wins: the commit checks the key. */
static void a_declaration_that_comes_between_is_seen(void **state) {
    struct world *w = *state;
    char kid[NCT_KEY_NAME_LENGTH + 1];
    strcpy(kid, kid_of(w, 1));
    rotate_to(w, 2, 1);
    struct world *slow = world_new();
    world_share(slow, w);
    open_with(slow, 1, 2);
    struct thief thief = {w, kid};
    slow->store.before_commit = revoke_meanwhile;
    slow->store.before_commit_skip = 2; /* the two reservations; the third commit is the signature's */
    slow->store.argument = &thief;
    expect_status(world_sign_pa(slow, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_E_KEY_COMPROMISED);
    assert_int_equal(world_free(slow), 0);
}

static void a_row_of_a_key_put_back_or_taken_out_is_found(void **state) {
    struct world *w = *state;
    char kid[NCT_KEY_NAME_LENGTH + 1], stream[64];
    strcpy(kid, kid_of(w, 1));
    rotate_to(w, 2, 1);
    struct rows innocent = rows_take(w->store.inner);
    expect_status(revoke_as(w, kid, w->now), NCT_OK);
    struct rows rows = rows_take(w->store.inner);
    unsigned char keys[4096];
    size_t len = 0, tried = 0;
    (void)snprintf(stream, sizeof stream, "key:%s", kid);
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.at[i].space != NCT_SPACE_KEY)
            continue;
        const struct row *old = rows_find(&innocent, &rows.at[i]);
        struct row gone = rows.at[i];
        gone.revision = 0;
        if (!row_same(old, &rows.at[i])) {
            row_force(w->store.inner, old); /* as if nothing had been declared */
            expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &len), NCT_E_INTEGRITY);
            assert_int_equal(world_verdict(w, stream, NULL), NCT_LEDGER_TAMPERED);
            tried++;
        }
        row_force(w->store.inner, &gone);
        if (row_same(old, &rows.at[i])) /* the current one; without its row it is not merely unannounced */
            expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_E_INTEGRITY);
        nct_status status = nct_portal_key_set(w->portal, keys, sizeof keys, &len);
        assert_true(status == NCT_E_INTEGRITY);
        assert_int_equal(len, 0);
        rows_restore(w->store.inner, &rows);
    }
    assert_int_equal(tried, 1);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &len), NCT_OK);
    expect_status(nct_portal_key_set(w->portal, keys, len - 1, &len), NCT_E_BUFFER);
    rows_free(&innocent);
    rows_free(&rows);
}

static void nothing_is_asked_of_no_list(void **state) {
    struct world *w = *state;
    expect_status(nct_key_list_read(NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_key_list_read(w->portal, NULL), NCT_E_ARGUMENT);
    assert_int_equal(nct_key_list_count(NULL), 0);
    assert_int_equal(nct_key_list_state(NULL, 0) + nct_key_list_held(NULL, 0) + nct_key_list_droppable(NULL, 0), 0);
    nct_key_list_free(NULL);
    nct_rekey_progress_free(NULL);
    assert_string_equal(nct_key_state_name(NCT_KEY_STATE_CURRENT), "current");
    assert_string_equal(nct_key_state_name(NCT_KEY_STATE_RETIRED), "retired");
    assert_string_equal(nct_key_state_name(NCT_KEY_STATE_COMPROMISED), "compromised");
    assert_null(nct_key_state_name(0));
    assert_null(nct_key_state_name(4));
    expect_status(nct_announcement_verify(NULL, 0, "", 0, NULL, NULL), NCT_E_ARGUMENT);
    expect_status(nct_announcement_verify("x", 1, "", 0, NULL, NULL), NCT_E_ENCODING);
}

/* ---- faults ---- */

static char first_kid[NCT_KEY_NAME_LENGTH + 1];

static nct_status run_rotate(struct world *w) {
    return try_rotate(w);
}

static int is_rotated(struct world *w) {
    nct_key_list *list = keys_of(w);
    int rotated = nct_key_list_count(list) == 2;
    nct_key_list_free(list);
    return rotated;
}

static nct_status run_rekey(struct world *w) {
    for (;;) {
        nct_rekey_progress *progress = NULL;
        nct_status status = nct_rekey(w->portal, 25, &progress);
        assert_true((status == NCT_OK) == (progress != NULL));
        int done = nct_rekey_progress_done(progress);
        uint64_t left = nct_rekey_progress_left(progress);
        nct_rekey_progress_free(progress);
        if (status != NCT_OK || done)
            return status != NCT_OK ? status : left > 0 ? NCT_E_INTEGRITY : NCT_OK;
    }
}

static int is_rekeyed(struct world *w) {
    return strays(w) == 0;
}

static nct_status run_revoke(struct world *w) {
    return revoke_as(w, first_kid, WORLD_START);
}

static int is_revoked(struct world *w) {
    return state_of(w, 1) == NCT_KEY_STATE_COMPROMISED;
}

static nct_status run_list(struct world *w) {
    nct_key_list *list = NULL;
    nct_status status = nct_key_list_read(w->portal, &list);
    assert_true((status == NCT_OK) == (list != NULL));
    nct_key_list_free(list);
    return status;
}

static nct_status run_key_set(struct world *w) {
    unsigned char keys[1024];
    size_t len = 0;
    return nct_portal_key_set(w->portal, keys, sizeof keys, &len);
}

static int is_read(struct world *w) {
    (void)w;
    return 1;
}

static nct_status run_open(struct world *w) {
    nct_portal *open = w->portal;
    w->portal = NULL;
    nct_status status = world_try_open(w);
    nct_portal_close(w->portal);
    w->portal = open;
    return status;
}

static const struct operation {
    const char *name;
    int rotated; /* begins after the rotation */
    nct_status (*run)(struct world *w);
    int (*done)(struct world *w);
    int may_be_partly_done;
} OPERATIONS[] = {
    {"rotate", 0, run_rotate, is_rotated, 0}, {"rekey", 1, run_rekey, is_rekeyed, 1},
    {"revoke", 1, run_revoke, is_revoked, 0}, {"list", 1, run_list, is_read, 1},
    {"key set", 1, run_key_set, is_read, 1},  {"open", 1, run_open, is_read, 1},
};

enum source { MEMORY, RANDOM, STORE };

static void complain(const struct operation *operation, int fault, size_t at, nct_status status, const char *what) {
    print_error("%s, fault %d at %zu: %s; %s\n", operation->name, fault, at, nct_status_name(status), what);
    fail();
}

/* One operation with one fault, and again without; whether the fault was reached. */
static int suffer(struct world *w, const struct operation *operation, enum source source, enum world_fault fault,
                  size_t at) {
    size_t live = w->memory.live;
    if (source == MEMORY)
        w->memory.fail_at = w->memory.calls + at;
    else if (source == RANDOM)
        w->random_fail_at = w->random_calls + at;
    else
        world_fault(w, fault, WORLD_ANY, at, 1);
    nct_status status = operation->run(w);
    int reached = source == MEMORY   ? w->memory.calls >= w->memory.fail_at
                  : source == RANDOM ? w->random_calls >= w->random_fail_at
                                     : w->store.faults > 0;
    w->memory.fail_at = 0;
    w->random_fail_at = 0;
    world_no_fault(w);
    if (w->memory.live != live)
        complain(operation, (int)fault, at, status, "leaked");
    int32_t category = nct_status_category(status);
    if (category != NCT_CATEGORY_OK && category != NCT_CATEGORY_FAILURE && category != NCT_CATEGORY_HOST)
        complain(operation, (int)fault, at, status, "a fault is no refusal");
    int done = operation->done(w);
    if (status == NCT_OK && !done)
        complain(operation, (int)fault, at, status, "said it was done");
    if (status != NCT_OK && done && !operation->may_be_partly_done && fault != FAULT_APPLIED)
        complain(operation, (int)fault, at, status, "failed and done nevertheless");
    if (!done && operation->run(w) != NCT_OK)
        complain(operation, (int)fault, at, status, "could not be finished");
    if (!operation->done(w))
        complain(operation, (int)fault, at, status, "was not finished");
    return reached;
}

static void sweep(struct world *w, enum source source, enum world_fault fault) {
    strcpy(first_kid, kid_of(w, 1));
    struct rows origin = rows_take(w->store.inner);
    world_advance(w, DAY);
    open_with(w, 2, 1);
    for (size_t o = 0; o < sizeof OPERATIONS / sizeof OPERATIONS[0]; o++) {
        const struct operation *operation = &OPERATIONS[o];
        if (operation->rotated && !is_rotated(w))
            expect_status(try_rotate(w), NCT_OK);
        struct rows start = rows_take(w->store.inner);
        size_t at = 1;
        while (suffer(w, operation, source, fault, at)) {
            if (operation->run == run_rekey && at % 7 == 1) {
                drop_old(w, 2);
                every_stream_is_whole(w);
                rows_restore(w->store.inner, &start);
                open_with(w, 2, 1);
            }
            rows_restore(w->store.inner, &start);
            assert_true(++at < 5000);
        }
        rows_restore(w->store.inner, &start);
        rows_free(&start);
    }
    rows_restore(w->store.inner, &origin);
    rows_free(&origin);
}

static void each_allocation_fails(void **state) {
    sweep(*state, MEMORY, FAULT_NONE);
}

static void each_random_draw_fails(void **state) {
    sweep(*state, RANDOM, FAULT_NONE);
}

static void each_store_call_fails(void **state) {
    sweep(*state, STORE, FAULT_ERROR);
}

static void each_store_call_conflicts(void **state) {
    sweep(*state, STORE, FAULT_CONFLICT);
}

static void each_store_call_answers_against_its_contract(void **state) {
    static const enum world_fault faults[] = {FAULT_NO_MEMORY, FAULT_HOST, FAULT_POSITIVE, FAULT_DENIED, FAULT_TWICE};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        sweep(*state, STORE, faults[i]);
}

static void each_value_is_spoiled(void **state) {
    sweep(*state, STORE, FAULT_TRUNCATED);
    sweep(*state, STORE, FAULT_FLIPPED);
}

static void each_commit_is_applied_and_fails(void **state) {
    sweep(*state, STORE, FAULT_APPLIED);
}

/* A piece of a key, to be searched for in every block of memory given back. */
static void keep_piece(struct world *w, const unsigned char *bytes) {
    char piece[33] = "";
    memcpy(piece, bytes, 32);
    assert_true(strlen(piece) >= 8);
    piece[strlen(piece) > 16 ? 16 : strlen(piece)] = '\0';
    world_keep_secret(w, piece);
}

static void keep_keys(struct world *w, unsigned number) {
    unsigned char master[NCT_MASTER_KEY_BYTES];
    key_of(number, master);
    struct nct_keys *keys = nct_keys_derive(master);
    assert_non_null(keys);
    keep_piece(w, master);
    keep_piece(w, keys->pepper);
    keep_piece(w, keys->lookup);
    nct_keys_free(keys);
}

static void no_key_lies_in_memory_given_back(void **state) {
    struct world *w = *state;
    unsigned char set[4096];
    size_t len = 0;
    nct_rekey_progress *progress = NULL;
    keep_keys(w, 1);
    keep_keys(w, 2);
    rotate_to(w, 2, 1);
    char first[NCT_KEY_NAME_LENGTH + 1];
    strcpy(first, kid_of(w, 1));
    nct_key_list_free(keys_of(w));
    expect_status(nct_portal_key_set(w->portal, set, sizeof set, &len), NCT_OK);
    for (int done = 0; !done; nct_rekey_progress_free(progress)) {
        expect_status(nct_rekey(w->portal, 1000, &progress), NCT_OK);
        done = nct_rekey_progress_done(progress);
    }
    expect_status(nct_key_revoke(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), first, NCT_KEY_NAME_LENGTH, w->now,
                                 "stolen", 6),
                  NCT_OK);
    open_with(w, 2, 0);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    assert_int_equal(w->memory.unwiped, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)
#define CASE_EMPTY(name) cmocka_unit_test_setup_teardown(name, world_setup_empty, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE_EMPTY(a_new_store_announces_its_first_key),
        CASE(a_mark_taken_out_is_found),
        CASE(a_key_is_announced_by_the_one_before),
        CASE(a_key_that_is_not_announced_signs_nothing_and_all_else_goes_on),
        CASE(a_refusal_for_want_of_an_announcement_spends_no_review),
        CASE(an_announcement_says_what_it_must),
        CASE(only_the_next_key_beside_the_current_one_is_announced),
        CASE(the_key_before_must_be_held),
        CASE_EMPTY(keys_are_given_once_and_not_without_bound),
        CASE(everything_goes_on_under_the_new_key_when_the_old_one_is_gone),
        CASE(a_right_secret_moves_to_the_new_keys_pepper_and_a_wrong_one_does_not),
        CASE(applications_and_due_work_go_on_under_the_new_key),
        CASE(a_process_not_yet_restarted_is_caught_up_with),
        CASE(two_at_once_share_the_work),
        CASE(operations_between_the_scan_and_the_commit_are_not_lost),
        CASE(a_row_of_the_old_key_put_back_is_refused),
        CASE(a_spoiled_row_holds_nothing_up_and_is_not_made_whole),
        CASE(nonsense_under_no_key_ends_no_pass_early_and_none_late),
        CASE(a_pass_begins_anew_for_each_key_and_each_time_it_is_asked_for),
        CASE(a_find_of_another_is_not_forgotten),
        CASE(one_pass_leaves_nothing_out),
        CASE(a_rotation_in_the_middle_of_a_pass_begins_another),
        CASE(a_call_is_bounded),
        CASE(a_pass_put_back_lets_no_key_be_dropped),
        CASE(what_was_signed_before_the_point_stays_valid_and_after_it_not),
        CASE(a_thief_announces_no_key_whatever_date_they_write),
        CASE(a_point_moves_back_and_never_forth),
        CASE(a_process_left_with_a_retired_key_signs_until_it_is_declared_compromised),
        CASE(a_declaration_that_comes_between_is_seen),
        CASE(a_row_of_a_key_put_back_or_taken_out_is_found),
        CASE(nothing_is_asked_of_no_list),
        CASE(each_allocation_fails),
        CASE(each_random_draw_fails),
        CASE(each_store_call_fails),
        CASE(each_store_call_conflicts),
        CASE(each_store_call_answers_against_its_contract),
        CASE(each_value_is_spoiled),
        CASE(no_key_lies_in_memory_given_back),
        CASE(each_commit_is_applied_and_fails),
    };
    return cmocka_run_group_tests_name("key rotation", tests, NULL, NULL);
}
