/*
 * Secrets are nowhere but where they must be: no password, PIN, authorization code, code of an invitation or account
 * number in memory given back, in memory still out between two calls, in the ledger, in any list or text, or in a row
 * of the store.
 */
#include "account.h"
#include "host.h"
#include "invitations.h"
#include "seams.h"
#include "vault.h"
#include "world.h"

#include <stdio.h>

#define PASSWORD "canary-Pa55word-zyx"
#define WRONG_PASSWORD "canary-wr0ng-Pa55word"
#define WRONG_PIN "918273645546"
#define CANARIES 32

struct scene {
    struct world *w;
    struct host host;
    struct vault vault;
    char canaries[CANARIES][64];
    size_t count;
};

static void keep(struct scene *scene, const char *secret) {
    assert_true(scene->count < CANARIES && strlen(secret) >= 8);
    strcpy(scene->canaries[scene->count++], secret);
}

static int setup(void **state) {
    static struct scene scene;
    scene = (struct scene){.w = world_new()};
    struct host *host = &scene.host;
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_PIN_LENGTH, 12), NCT_OK);
    expect_status(nct_policy_set(scene.w->policy, NCT_OPTION_DELAY_FIRST, 0), NCT_OK);
    host->policy = scene.w->policy;
    host->key = scene.w->key;
    host->store = nct_memory_store_functions();
    host->store_data = scene.w->store.inner;
    host->now = WORLD_START;
    host->mailer = &world_mailer_functions;
    host->mailer_data = scene.w;
    host->allocator = &vault_functions;
    host->allocator_data = &scene.vault;
    expect_status(host_open(host), NCT_OK);
    scene.w->portal = host->portal;
    *state = &scene;
    return 0;
}

static int teardown(void **state) {
    struct scene *scene = *state;
    host_close(&scene->host);
    scene->w->portal = NULL;
    vault_free(&scene->vault);
    return world_free(scene->w);
}

/* PINs and codes; refused mails are kept too. */
static void keep_mailed(struct scene *scene) {
    for (size_t i = 0; i < scene->w->mailer.count; i++) {
        const struct world_mail *mail = &scene->w->mailer.mails[i];
        if (mail->pin[0] != '\0')
            keep(scene, mail->pin);
        if (mail->token[0] != '\0')
            keep(scene, mail->token);
    }
}

static void no_canary_in(const struct scene *scene, const char *what, const void *bytes, size_t len) {
    for (size_t i = 0; i < scene->count; i++)
        if (bytes_hold(bytes, len, scene->canaries[i], strlen(scene->canaries[i]))) {
            print_error("%s holds the secret %s\n", what, scene->canaries[i]);
            fail();
        }
}

static void no_canary_in_text(const struct scene *scene, const char *what, const char *text) {
    if (text != NULL)
        no_canary_in(scene, what, text, strlen(text));
}

static void no_canary_in_memory(const struct scene *scene) {
    for (size_t i = 0; i < scene->count; i++) {
        const char *secret = scene->canaries[i];
        size_t released = vault_released_with(&scene->vault, secret, strlen(secret));
        size_t live = vault_live_with(&scene->vault, secret, strlen(secret));
        if (released + live > 0)
            print_error("secret %s: in %zu released blocks, in %zu live ones\n", secret, released, live);
        assert_int_equal(released, 0);
        assert_int_equal(live, 0);
    }
}

static void no_canary_in_store(const struct scene *scene) {
    struct rows rows = rows_take(scene->w->store.inner);
    assert_true(rows.count > 20);
    for (size_t i = 0; i < rows.count; i++) {
        no_canary_in(scene, "a key", rows.at[i].key, rows.at[i].key_len);
        no_canary_in(scene, nct_space_name(rows.at[i].space), rows.at[i].value, rows.at[i].len);
    }
    rows_free(&rows);
}

static void no_canary_in_ledger(const struct scene *scene) {
    for (size_t i = 0; i < scene->count; i++)
        assert_false(world_ledger_mentions(scene->w, scene->canaries[i]));
}

static void no_canary_in_mail_list(const struct scene *scene) {
    nct_mail_list *page = NULL;
    expect_status(nct_mail_list_page(scene->w->portal, NULL, 0, 1000, &page), NCT_OK);
    for (size_t i = 0; i < nct_mail_list_count(page); i++) {
        no_canary_in_text(scene, "a mail's id", nct_mail_list_id(page, i));
        no_canary_in_text(scene, "a mail's template", nct_mail_list_template(page, i));
        no_canary_in_text(scene, "a mail's NCID", nct_mail_list_ncid(page, i));
        no_canary_in_text(scene, "a mail's address", nct_mail_list_recipient(page, i));
    }
    nct_mail_list_free(page);
    for (size_t i = 0; i < scene->w->mailer.count; i++)
        no_canary_in_text(scene, "a subject", scene->w->mailer.mails[i].subject);
}

static void no_canary_anywhere(struct scene *scene) {
    no_canary_in_memory(scene);
    no_canary_in_store(scene);
    no_canary_in_ledger(scene);
    no_canary_in_mail_list(scene);
    host_close(&scene->host);
    scene->w->portal = NULL;
    assert_int_equal(scene->vault.live_count, 0);
    no_canary_in_memory(scene);
}

static void build(struct scene *scene) {
    struct world *w = scene->w;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_enroll(w, NPI_CLINIC, "organization", code);
    nct_form *form = world_registration(w, NPI_CLINIC, code, &OLIVIA);
    world_set_user(form, 0, &PETRA, "user", "pa.submit");
    expect_status(world_submit(form), NCT_OK);
    nct_form_free(form);
    keep(scene, code);
    keep(scene, WORLD_ACCOUNT);
    keep(scene, WORLD_ROUTING);
    keep(scene, "12-3456789"); /* the tax number */
    world_set_password(w, PETRA.ncid, PASSWORD);
    keep(scene, PASSWORD);
    keep(scene, WRONG_PASSWORD);
    keep(scene, WRONG_PIN);
}

static void the_vault_sees(void **state) {
    struct scene *scene = *state;
    char *block = vault_functions.allocate(32, &scene->vault);
    assert_non_null(block);
    memcpy(block + 3, PASSWORD, sizeof PASSWORD - 1);
    assert_int_equal(vault_live_with(&scene->vault, PASSWORD, sizeof PASSWORD - 1), 1);
    vault_functions.release(block, &scene->vault);
    assert_int_equal(vault_released_with(&scene->vault, PASSWORD, sizeof PASSWORD - 1), 1);
}

static void a_registration_leaves_no_secret(void **state) {
    struct scene *scene = *state;
    build(scene);
    keep_mailed(scene);
    no_canary_anywhere(scene);
}

static void an_unsent_mail_shows_no_secret(void **state) {
    struct scene *scene = *state;
    scene->w->mailer.fail_from = 1;
    scene->w->mailer.fail_to = 100;
    build(scene);
    keep_mailed(scene);
    assert_int_equal(scene->w->mailer.count, 3);
    no_canary_anywhere(scene);
}

static void signatures_leave_no_secret(void **state) {
    struct scene *scene = *state;
    struct world *w = scene->w;
    build(scene);
    expect_status(world_sign_pa(w, PETRA.ncid, PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_OK);
    expect_status(world_sign_pa(w, PETRA.ncid, WRONG_PASSWORD, world_pin_of(w, PETRA.ncid)), NCT_E_DENIED);
    expect_status(world_sign_pa(w, PETRA.ncid, PASSWORD, WRONG_PIN), NCT_E_DENIED);
    expect_status(world_sign_pa(w, "nobody.knows", WRONG_PASSWORD, WRONG_PIN), NCT_E_DENIED);
    keep_mailed(scene);
    no_canary_anywhere(scene);
}

/* What is set again, given up, refused or full of problems is wiped too. */
static void a_signing_given_up_leaves_no_secret(void **state) {
    struct scene *scene = *state;
    struct world *w = scene->w;
    nct_problems *problems = NULL;
    nct_signature *signature = NULL;
    build(scene);
    keep_mailed(scene);
    nct_form *signing = world_signing(w, PETRA.ncid, NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA);
    world_signing_secrets(signing, WRONG_PASSWORD, WRONG_PIN);
    world_signing_secrets(signing, PASSWORD, world_pin_of(w, PETRA.ncid));
    expect_status(nct_form_set(signing, "document.id", "", 0), NCT_OK);
    expect_status(nct_sign(signing, &problems, &signature), NCT_E_PROBLEMS);
    no_canary_in_memory(scene);
    for (size_t i = 0; i < nct_problems_count(problems); i++) {
        no_canary_in_text(scene, "a problem", nct_problems_message(problems, i));
        no_canary_in_text(scene, "a problem", nct_problems_path(problems, i));
    }
    nct_problems_free(problems);
    world_signing_secrets(signing, PASSWORD, world_pin_of(w, PETRA.ncid));
    nct_form_free(signing);
    no_canary_anywhere(scene);
}

static void resets_leave_no_secret(void **state) {
    struct scene *scene = *state;
    struct world *w = scene->w;
    build(scene);
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), PASSWORD, strlen(PASSWORD)), NCT_OK);
    expect_status(nct_pin_reset(w->portal, PETRA.ncid, strlen(PETRA.ncid), WRONG_PASSWORD, strlen(WRONG_PASSWORD)),
                  NCT_E_DENIED);
    expect_status(world_report_lost(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid), NCT_OK);
    expect_status(nct_pin_reset_by_administrator(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10,
                                                 PETRA.ncid, strlen(PETRA.ncid)),
                  NCT_OK);
    keep_mailed(scene);
    no_canary_anywhere(scene);
}

/* Its code goes to an address nobody knows: one that waits, one that is refused, one that is accepted. */
static void invitations_leave_no_secret(void **state) {
    struct scene *scene = *state;
    struct world *w = scene->w;
    const struct offer offer = {.email = "guest@far.example.org", .role = "user", .rights = "pa.submit"};
    const struct offer waiting = {.email = "late@far.example.org", .role = "user", .rights = "pa.submit"};
    build(scene);
    invitations_know(w, &SILAS);
    world_set_password(w, SILAS.ncid, PASSWORD);
    expect_status(invitations_send(w, OLIVIA.ncid, &offer, NULL), NCT_OK);
    const char *code = invitations_code(w);
    assert_int_equal(strlen(code), NCT_INVITATION_CODE_LENGTH);
    expect_status(invitations_accept(w, &SILAS, WRONG_PASSWORD, code), NCT_E_DENIED);
    expect_status(invitations_accept(w, &SILAS, PASSWORD, "00000000000000000000000000000000"), NCT_E_INVITATION);
    expect_status(invitations_accept(w, &SILAS, PASSWORD, code), NCT_OK);
    w->mailer.fail_from = w->mailer.count + 1;
    w->mailer.fail_to = w->mailer.count + 100;
    expect_status(invitations_send(w, OLIVIA.ncid, &waiting, NULL), NCT_OK);
    assert_int_equal(invitations_of_clinic(w), 1);
    keep_mailed(scene);
    no_canary_anywhere(scene);
}

/* A form whose secrets are in the wrong fields tells of problems without repeating them. */
static void problems_do_not_repeat_what_was_typed(void **state) {
    struct scene *scene = *state;
    nct_form *form = NULL;
    nct_problems *problems = NULL;
    build(scene);
    expect_status(nct_form_new(scene->w->portal, NCT_FORM_REGISTRATION, &form), NCT_OK);
    for (size_t i = 0; i < nct_field_count(NCT_FORM_REGISTRATION); i++) {
        const char *path = nct_field_path(NCT_FORM_REGISTRATION, i);
        if (strchr(path, '[') == NULL)
            world_set(form, path, PASSWORD "\x01" WRONG_PIN);
    }
    expect_status(nct_registration_submit(form, &problems), NCT_E_PROBLEMS);
    for (size_t i = 0; i < nct_problems_count(problems); i++)
        no_canary_in_text(scene, "a problem", nct_problems_message(problems, i));
    nct_problems_free(problems);
    nct_form_free(form);
    keep_mailed(scene);
    no_canary_anywhere(scene);
}

static void explanations_hold_no_secret(void **state) {
    struct scene *scene = *state;
    nct_explanation *explanation = NULL;
    build(scene);
    keep_mailed(scene);
    for (int32_t right = NCT_RIGHT_ELIGIBILITY_INQUIRY; right <= NCT_RIGHT_REFERRAL; right++) {
        expect_status(
            nct_access_explain(scene->w->portal, NPI_CLINIC, 10, PETRA.ncid, strlen(PETRA.ncid), right, &explanation),
            NCT_OK);
        no_canary_in_text(scene, "an explanation", nct_explanation_text(explanation));
        nct_explanation_free(explanation);
    }
    no_canary_anywhere(scene);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(the_vault_sees),
        CASE(a_registration_leaves_no_secret),
        CASE(an_unsent_mail_shows_no_secret),
        CASE(signatures_leave_no_secret),
        CASE(a_signing_given_up_leaves_no_secret),
        CASE(resets_leave_no_secret),
        CASE(invitations_leave_no_secret),
        CASE(problems_do_not_repeat_what_was_typed),
        CASE(explanations_hold_no_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
