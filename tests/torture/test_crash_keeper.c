/* kill -9 at every store call of what the keeper of a portal does: keys, checkpoints, mails; before or after. */
#include "applications.h"
#include "deed.h"
#include "seams.h"

#define OPERATOR WORLD_OPERATOR, strlen(WORLD_OPERATOR)
#define KEEPER "auditor@example.org"

static nct_status run_checkpoint_make(struct world *w) {
    return nct_checkpoint_make(w->portal, NULL);
}

/* The second checkpoint replaces the leaves of the first. */
static void prepare_checkpoint_make(struct world *w) {
    expect_status(run_checkpoint_make(w), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 2), NCT_OK);
}

/* The leaves of the last checkpoint are lost: written anew from the streams, or given up. */
static void prepare_checkpoint_rebuild(struct world *w) {
    expect_status(run_checkpoint_make(w), NCT_OK);
    deed_lose_rows("checkpoint_leaves");
}

static nct_status run_checkpoint_rebuild(struct world *w) {
    return nct_checkpoint_rebuild(w->portal, OPERATOR, NULL, 0, "lost", 4);
}

#define prepare_checkpoint_restart prepare_checkpoint_rebuild

static nct_status run_checkpoint_restart(struct world *w) {
    return nct_checkpoint_restart(w->portal, OPERATOR, "lost", 4);
}

static void prepare_checkpoint_mail(struct world *w) {
    expect_status(run_checkpoint_make(w), NCT_OK);
}

static nct_status run_checkpoint_mail(struct world *w) {
    return nct_checkpoint_mail(w->portal, 0, KEEPER, strlen(KEEPER));
}

/* A second master key; the store's is held beside it. */
static void prepare_key_rotate(struct world *w) {
    memcpy(w->more_keys[0], w->key, sizeof w->key);
    w->more_key_count = 1;
    w->key[0] ^= 0x55;
}

static nct_status run_key_rotate(struct world *w) {
    return nct_key_rotate(w->portal, OPERATOR);
}

static void rotate(struct world *w) {
    prepare_key_rotate(w);
    nct_portal_close(w->portal);
    world_open(w);
    expect_status(run_key_rotate(w), NCT_OK);
}

static void prepare_key_revoke(struct world *w) {
    nct_key_list *list = NULL;
    rotate(w);
    expect_status(nct_key_list_read(w->portal, &list), NCT_OK);
    strcpy(deed_note, nct_key_list_id(list, 0));
    nct_key_list_free(list);
}

static nct_status run_key_revoke(struct world *w) {
    return nct_key_revoke(w->portal, OPERATOR, deed_note, strlen(deed_note), WORLD_START, "lost", 4);
}

#define prepare_rekey rotate

/* Until nothing is left to re-seal. */
static nct_status run_rekey(struct world *w) {
    nct_status status = NCT_OK;
    int32_t done = 0;
    for (int i = 0; i < 20 && status == NCT_OK && !done; i++) {
        nct_rekey_progress *progress = NULL;
        status = nct_rekey(w->portal, 40, &progress);
        done = nct_rekey_progress_done(progress);
        nct_rekey_progress_free(progress);
    }
    return status == NCT_OK && !done ? NCT_E_STATE : status;
}

/* Three mails wait, because the portal that caused them had no mailer. */
static void prepare_mail_flush(struct world *w) {
    const struct cast *const whose[] = {&OLIVIA, &FRANK, &PETRA};
    nct_portal_close(w->portal);
    w->no_mailer = 1;
    world_open(w);
    for (size_t i = 0; i < 3; i++)
        expect_status(nct_pin_reset_by_operator(w->portal, OPERATOR, whose[i]->ncid, strlen(whose[i]->ncid), "lost", 4),
                      NCT_OK);
    w->no_mailer = 0;
}

static nct_status run_mail_flush(struct world *w) {
    return nct_mail_flush(w->portal, 1000, NULL, NULL);
}

static nct_status run_clock_confirm(struct world *w) {
    return nct_clock_confirm(w->portal, OPERATOR, "seen to be right", 16);
}

/* The same mails, taken by a host that is not called back. */
static void prepare_mail_claim(struct world *w) {
    prepare_mail_flush(w);
}

static nct_status run_mail_claim(struct world *w) {
    char after[33] = "";
    nct_mail *mail = NULL;
    nct_status status = NCT_OK;
    while ((status = nct_mail_claim(w->portal, after, strlen(after), &mail)) == NCT_OK) {
        strcpy(after, nct_mail_id(mail));
        status = world_mailer_functions.send(mail, w);
        if (status == NCT_OK)
            status = nct_mail_accept(mail);
        nct_mail_free(mail);
        if (status != NCT_OK)
            return status;
    }
    return status == NCT_E_NOT_FOUND ? NCT_OK : status;
}

/* A mail that its server refused for good. */
static char given_up[33];

static void prepare_mail_retry(struct world *w) {
    nct_mail *mail = NULL;
    prepare_mail_flush(w);
    nct_portal_close(w->portal);
    world_open(w);
    expect_status(nct_mail_claim(w->portal, "", 0, &mail), NCT_OK);
    strcpy(given_up, nct_mail_id(mail));
    expect_status(nct_mail_give_back(mail, NCT_MAIL_REJECTED, "no mailbox", 10), NCT_OK);
    nct_mail_free(mail);
}

static nct_status run_mail_retry(struct world *w) {
    return nct_mail_retry(w->portal, OPERATOR, given_up, strlen(given_up), "new mailbox", 11);
}

static void prepare_mail_discard(struct world *w) {
    prepare_mail_retry(w);
}

static nct_status run_mail_discard(struct world *w) {
    return nct_mail_discard(w->portal, OPERATOR, given_up, strlen(given_up), "wrong address", 13);
}

/* What only repeats other rows was altered or lost. */
static void prepare_repair(struct world *w) {
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    world_drafted(w, PETRA.ncid, NCT_SUBMISSION_PHARMACY_PA, id);
    deed_lose_rows("work"); /* taken away behind the library's back */
    deed_damage_rows("due");
    deed_damage_rows("clock");
}

static nct_status run_repair(struct world *w) {
    return nct_repair(w->portal, OPERATOR, "bad disk", 8, NULL, NULL);
}

static void each_change_is_whole(void **state) {
    static const struct deed deeds[] = {
        DEED_OF_OPENING,
        DEED(checkpoint_make),
        DEED_OF_MENDING(checkpoint_rebuild),
        DEED_OF_MENDING(checkpoint_restart),
        DEED(checkpoint_mail),
        DEED(key_rotate),
        DEED(key_revoke),
        DEED_IN_STEPS(rekey),
        DEED_IN_STEPS(mail_flush),
        DEED_ALONE(clock_confirm),
        DEED_IN_STEPS(mail_claim),
        DEED_IN_STEPS(repair),
        DEED(mail_retry),
        DEED(mail_discard),
    };
    (void)state;
    deeds_crash(deeds, sizeof deeds / sizeof deeds[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_change_is_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
