/* Two NCIDs that turn out to be one human being's: one stays, the other is good for nothing. */
#include "terms.h"
#include "world.h"

#include <stdio.h>

#define REASON "same birth certificate"
#define MANY 22 /* more providers, and more receipts, than a page holds */
#define DAY INT64_C(86400000)
#define BIT(relationship) (UINT64_C(1) << (relationship))

static nct_status merge(struct world *w, const char *duplicate, const char *survivor) {
    return nct_person_merge(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), duplicate, strlen(duplicate), survivor,
                            strlen(survivor), REASON, strlen(REASON));
}

static nct_status rekey(struct world *w, const char *from, const char *to) {
    return nct_person_rekey(w->portal, WORLD_OPERATOR, strlen(WORLD_OPERATOR), from, strlen(from), to, strlen(to),
                            REASON, strlen(REASON));
}

static void expect_valid(struct world *w, const char *stream) {
    assert_int_equal(world_verdict(w, stream, NULL), NCT_LEDGER_VALID_BUT_UNANCHORED);
}

static void expect_whole(struct world *w, const char *npi) {
    char stream[32];
    (void)snprintf(stream, sizeof stream, "provider:%s", npi);
    expect_valid(w, stream);
}

static const char *named(struct world *w, const char *npi, const char *(*who)(const nct_provider *)) {
    static char ncid[64];
    nct_provider *provider = NULL;
    expect_status(nct_provider_get(w->portal, npi, 10, &provider), NCT_OK);
    (void)snprintf(ncid, sizeof ncid, "%s", who(provider));
    nct_provider_free(provider);
    return ncid;
}

/* The record names this OA, and theirs is the only grant of that role. */
static void expect_only_oa(struct world *w, const char *npi, const char *ncid) {
    nct_grant_list *list = NULL;
    size_t count = 0;
    assert_string_equal(named(w, npi, nct_provider_office_administrator), ncid);
    expect_status(nct_access_list_by_provider(w->portal, npi, 10, NULL, 0, 100, &list), NCT_OK);
    for (size_t i = 0; i < nct_grant_list_count(list); i++) {
        if (nct_grant_list_role(list, i) != NCT_ROLE_OFFICE_ADMINISTRATOR)
            continue;
        count++;
        assert_string_equal(nct_grant_list_ncid(list, i), ncid);
    }
    assert_int_equal(count, 1);
    nct_grant_list_free(list);
}

static size_t receipts_of(struct world *w, const char *ncid) {
    nct_signature_list *page = NULL;
    expect_status(nct_signature_list_by_signer(w->portal, ncid, strlen(ncid), NULL, 0, 100, &page), NCT_OK);
    size_t count = nct_signature_list_count(page);
    nct_signature_list_free(page);
    return count;
}

static uint64_t standing(struct world *w, const char *ncid) {
    uint64_t relationships = 0;
    nct_status status = nct_principal_check(w->portal, NPI_CLINIC, 10, ncid, strlen(ncid), &relationships);
    assert_true(status == NCT_OK || status == NCT_E_NOT_ON_RECORD);
    return status == NCT_OK ? relationships : 0;
}

static void sign_times(struct world *w, const char *ncid, const char *pin, size_t times) {
    for (size_t i = 0; i < times; i++)
        expect_status(world_sign_pa(w, ncid, WORLD_PASSWORD, pin), NCT_OK);
}

static void one_person_under_the_ncid_that_stays(void **state) {
    struct world *w = *state;
    char pin[16];
    char dead_pin[16];
    (void)snprintf(dead_pin, sizeof dead_pin, "%s", world_pin_of(w, PETRA.ncid));
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, UMA.ncid));
    world_register(w, world_npi(3), &OSCAR, &PETRA, "training");
    w->mailer.count = 0;
    expect_status(merge(w, PETRA.ncid, UMA.ncid), NCT_OK);
    assert_int_equal(w->mailer.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(w->mailer.mails[i].template_name, "ncid.merged");
        assert_string_equal(w->mailer.mails[i].ncid, UMA.ncid);
        assert_string_equal(w->mailer.mails[i].address, i == 0 ? PETRA.email : UMA.email);
    }
    expect_status(world_check(w, UMA.ncid, world_npi(3), NCT_RIGHT_TRAINING), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, world_npi(3), NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    /* Where both had access the survivor's stays: Petra could submit FL2s, Uma administers. */
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_RIGHT_FL2_SUBMIT), NCT_E_RIGHT_MISSING);
    expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, dead_pin), NCT_E_DENIED);
    expect_status(world_sign_pa(w, UMA.ncid, WORLD_PASSWORD, dead_pin), NCT_E_DENIED);
    expect_status(world_sign_pa(w, UMA.ncid, WORLD_PASSWORD, pin), NCT_OK);
    expect_valid(w, "person:petra.pharm");
    expect_valid(w, "person:uma.useradmin");
    expect_whole(w, NPI_CLINIC);
    expect_whole(w, world_npi(3));
    assert_true(world_ledger_mentions(w, "into: uma.useradmin; " REASON));
    assert_true(world_ledger_mentions(w, "from: petra.pharm; " REASON));
}

static void the_ncid_that_ended_is_good_for_nothing(void **state) {
    struct world *w = *state;
    int32_t pin_state = 0;
    expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 1), NCT_E_UNKNOWN_PERSON);
    expect_status(world_add_user(w, OLIVIA.ncid, NPI_CLINIC, &PETRA, "user", "training"), NCT_E_NCID_TAKEN);
    expect_status(nct_pin_status(w->portal, PETRA.ncid, strlen(PETRA.ncid), &pin_state, NULL, NULL),
                  NCT_E_UNKNOWN_PERSON);
    expect_status(nct_pin_reset_by_operator(w->portal, "op", 2, PETRA.ncid, strlen(PETRA.ncid), "r", 1),
                  NCT_E_UNKNOWN_PERSON);
    expect_status(rekey(w, PETRA.ncid, "petra.again"), NCT_E_UNKNOWN_PERSON);
    expect_status(rekey(w, UMA.ncid, PETRA.ncid), NCT_E_NCID_TAKEN);
    expect_status(merge(w, PETRA.ncid, UMA.ncid), NCT_E_UNKNOWN_PERSON);
    expect_status(merge(w, UMA.ncid, PETRA.ncid), NCT_E_UNKNOWN_PERSON);
    expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_OK); /* done before */
    assert_int_equal(world_pin_state(w, FRANK.ncid), NCT_PIN_ACTIVE);
}

static void merges_that_will_not_do(void **state) {
    struct world *w = *state;
    expect_status(merge(w, PETRA.ncid, PETRA.ncid), NCT_E_DUPLICATE);
    expect_status(merge(w, PETRA.ncid, "Petra.PHARM"), NCT_E_DUPLICATE);
    expect_status(merge(w, SILAS.ncid, PETRA.ncid), NCT_E_UNKNOWN_PERSON);
    expect_status(merge(w, PETRA.ncid, SILAS.ncid), NCT_E_UNKNOWN_PERSON);
    expect_status(merge(w, "x", PETRA.ncid), NCT_E_TOO_SHORT);
    expect_status(merge(w, PETRA.ncid, ""), NCT_E_EMPTY);
    expect_status(
        nct_person_merge(w->portal, "op", 2, PETRA.ncid, strlen(PETRA.ncid), FRANK.ncid, strlen(FRANK.ncid), "", 0),
        NCT_E_EMPTY);
    expect_status(
        nct_person_merge(NULL, "op", 2, PETRA.ncid, strlen(PETRA.ncid), FRANK.ncid, strlen(FRANK.ncid), "r", 1),
        NCT_E_ARGUMENT);
    expect_status(rekey(w, PETRA.ncid, "petra.again"), NCT_OK);
    expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_E_UNKNOWN_PERSON);
    expect_status(merge(w, FRANK.ncid, PETRA.ncid), NCT_E_UNKNOWN_PERSON);
    expect_status(merge(w, PETRA.ncid, "petra.again"), NCT_E_UNKNOWN_PERSON); /* one person under two names */
    expect_status(world_check(w, "petra.again", NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
}

static void the_oas_place_moves(void **state) {
    struct world *w = *state;
    struct rows start = rows_take(w->store.inner);
    size_t theirs = world_entries(w, "person:olivia.owner");
    expect_status(merge(w, OLIVIA.ncid, PETRA.ncid), NCT_OK);
    assert_int_equal(world_entries(w, "person:olivia.owner"),
                     theirs + 3); /* merged, and the end of grant and standing */
    expect_only_oa(w, NPI_CLINIC, PETRA.ncid);
    expect_status(world_grant(w, PETRA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 1), NCT_E_NOT_PROVISIONED);
    assert_true(standing(w, PETRA.ncid) == BIT(NCT_RELATIONSHIP_OWNER) && standing(w, OLIVIA.ncid) == 0);
    expect_whole(w, NPI_CLINIC);
    rows_restore(w->store.inner, &start);
    expect_status(merge(w, PETRA.ncid, OLIVIA.ncid), NCT_OK);
    expect_only_oa(w, NPI_CLINIC, OLIVIA.ncid);
    expect_status(world_check(w, OLIVIA.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_whole(w, NPI_CLINIC);
    rows_free(&start);
}

static void the_backups_place_moves_unless_the_survivor_is_the_oa(void **state) {
    struct world *w = *state;
    world_use_profile(w, "2026");
    expect_status(world_list_principal(w, NPI_CLINIC, &UMA, "managing_relationship", 0, 0), NCT_OK);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, UMA.ncid, NCT_ROLE_MANAGING_RELATIONSHIP, 1), NCT_OK);
    expect_status(world_back_up(w, NPI_CLINIC, UMA.ncid), NCT_OK);
    struct rows start = rows_take(w->store.inner);
    expect_status(merge(w, UMA.ncid, FRANK.ncid), NCT_OK);
    assert_string_equal(named(w, NPI_CLINIC, nct_provider_backup_office_administrator), FRANK.ncid);
    expect_only_oa(w, NPI_CLINIC, OLIVIA.ncid);
    expect_whole(w, NPI_CLINIC);
    rows_restore(w->store.inner, &start);
    expect_status(merge(w, UMA.ncid, OLIVIA.ncid), NCT_OK);
    assert_string_equal(named(w, NPI_CLINIC, nct_provider_backup_office_administrator), "");
    expect_only_oa(w, NPI_CLINIC, OLIVIA.ncid);
    expect_whole(w, NPI_CLINIC);
    rows_restore(w->store.inner, &start);
    expect_status(merge(w, OLIVIA.ncid, UMA.ncid), NCT_OK);
    assert_string_equal(named(w, NPI_CLINIC, nct_provider_backup_office_administrator), "");
    expect_only_oa(w, NPI_CLINIC, UMA.ncid);
    expect_whole(w, NPI_CLINIC);
    rows_free(&start);
}

/* What the record says of each, from and until when, and what it says of the survivor then and later. */
static void standings_are_united_for_no_longer_than_either(void **state) {
    struct world *w = *state;
    static const struct {
        const char *theirs, *own;
        int64_t theirs_until, own_until;
        uint64_t now, later; /* 50 on */
    } cases[] = {
        {"owner", NULL, 0, 0, BIT(NCT_RELATIONSHIP_OWNER), BIT(NCT_RELATIONSHIP_OWNER)},
        {"owner", NULL, 100, 0, BIT(NCT_RELATIONSHIP_OWNER), 0},
        {"owner", "managing_employee", 0, 0, BIT(NCT_RELATIONSHIP_OWNER) | BIT(NCT_RELATIONSHIP_MANAGING_EMPLOYEE),
         BIT(NCT_RELATIONSHIP_OWNER) | BIT(NCT_RELATIONSHIP_MANAGING_EMPLOYEE)},
        {"owner", "managing_employee", 100, 0, BIT(NCT_RELATIONSHIP_OWNER) | BIT(NCT_RELATIONSHIP_MANAGING_EMPLOYEE),
         0},
        {"owner", "managing_employee", 0, 100, BIT(NCT_RELATIONSHIP_OWNER) | BIT(NCT_RELATIONSHIP_MANAGING_EMPLOYEE),
         0},
        {"owner", "owner", 100, 0, BIT(NCT_RELATIONSHIP_OWNER), BIT(NCT_RELATIONSHIP_OWNER)}, /* adds nothing */
        {"owner", "managing_employee", 10, 0, BIT(NCT_RELATIONSHIP_MANAGING_EMPLOYEE),
         BIT(NCT_RELATIONSHIP_MANAGING_EMPLOYEE)}, /* has ended: does not come back */
        {"owner", "managing_employee", 0, 10, BIT(NCT_RELATIONSHIP_OWNER), BIT(NCT_RELATIONSHIP_OWNER)},
    };
    struct rows start = rows_take(w->store.inner);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        w->now = WORLD_START;
        int64_t theirs_until = cases[i].theirs_until != 0 ? w->now + cases[i].theirs_until : 0;
        int64_t own_until = cases[i].own_until != 0 ? w->now + cases[i].own_until : 0;
        expect_status(world_list_principal(w, NPI_CLINIC, &PETRA, cases[i].theirs, 0, theirs_until), NCT_OK);
        if (cases[i].own != NULL)
            expect_status(world_list_principal(w, NPI_CLINIC, &FRANK, cases[i].own, 0, own_until), NCT_OK);
        world_advance(w, 50);
        expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_OK);
        assert_true(standing(w, FRANK.ncid) == cases[i].now);
        assert_true(standing(w, PETRA.ncid) == 0);
        world_advance(w, 50);
        assert_true(standing(w, FRANK.ncid) == cases[i].later);
        expect_whole(w, NPI_CLINIC);
        rows_restore(w->store.inner, &start);
    }
    rows_free(&start);
}

/* Receipts stay where they are; both NCIDs lead to all of them, whoever the survivor becomes. */
static void the_history_is_found_under_every_ncid(void **state) {
    struct world *w = *state;
    char pins[2][16];
    nct_signature *made = NULL;
    unsigned char keys[512];
    size_t keys_len = 0, receipt_len = 0;
    static const char no[] = "I did not sign this.";
    (void)snprintf(pins[0], 16, "%s", world_pin_of(w, PETRA.ncid));
    (void)snprintf(pins[1], 16, "%s", world_pin_of(w, UMA.ncid));
    expect_status(world_sign(w, PETRA.ncid, WORLD_PASSWORD, pins[0], NPI_CLINIC, NCT_SUBMISSION_PHARMACY_PA, &made),
                  NCT_OK);
    sign_times(w, PETRA.ncid, pins[0], MANY - 1);
    sign_times(w, UMA.ncid, pins[1], 2);
    expect_status(merge(w, PETRA.ncid, UMA.ncid), NCT_OK);
    assert_int_equal(receipts_of(w, PETRA.ncid), MANY + 2);
    assert_int_equal(receipts_of(w, UMA.ncid), MANY + 2);
    const void *receipt = nct_signature_receipt(made, &receipt_len);
    expect_status(nct_portal_key_set(w->portal, keys, sizeof keys, &keys_len), NCT_OK);
    expect_status(nct_receipt_verify(receipt, receipt_len, keys, keys_len, NULL, 0, NULL), NCT_OK);
    expect_status(nct_signature_repudiate(w->portal, FRANK.ncid, strlen(FRANK.ncid), NPI_CLINIC, 10,
                                          nct_signature_id(made), 32, WORLD_PASSWORD, strlen(WORLD_PASSWORD), no,
                                          strlen(no)),
                  NCT_E_NOT_FOUND);
    expect_status(nct_signature_repudiate(w->portal, UMA.ncid, strlen(UMA.ncid), NPI_CLINIC, 10, nct_signature_id(made),
                                          32, WORLD_PASSWORD, strlen(WORLD_PASSWORD), no, strlen(no)),
                  NCT_OK);
    expect_status(rekey(w, UMA.ncid, "uma.again"), NCT_OK);
    expect_status(merge(w, "uma.again", FRANK.ncid), NCT_OK);
    const char *const names[] = {PETRA.ncid, UMA.ncid, "uma.again", FRANK.ncid};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(receipts_of(w, names[i]), MANY + 2);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    nct_signature_free(made);
}

/* Whatever hangs on both: with the first commit nobody acts under the duplicate, and all is the survivor's. */
static void one_commit_is_all_but_the_index(void **state) {
    struct world *w = *state;
    char pin[16];
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, OLIVIA.ncid));
    for (unsigned i = 0; i < MANY; i++)
        world_register(w, world_npi(100 + i), &OLIVIA, NULL, NULL);
    sign_times(w, OLIVIA.ncid, pin, MANY);
    struct rows start = rows_take(w->store.inner);
    size_t commits = w->store.commits;
    expect_status(merge(w, OLIVIA.ncid, PETRA.ncid), NCT_OK);
    commits = w->store.commits - commits;
    for (size_t at = 2; at <= commits; at++) {
        rows_restore(w->store.inner, &start);
        w->mailer.count = 4;
        world_fault(w, FAULT_ERROR, WORLD_COMMIT, at, 1);
        (void)merge(w, OLIVIA.ncid, PETRA.ncid);
        world_no_fault(w);
        for (unsigned i = 0; i < MANY; i++) {
            expect_only_oa(w, world_npi(100 + i), PETRA.ncid);
            expect_status(world_check(w, OLIVIA.ncid, world_npi(100 + i), NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
        }
        expect_status(merge(w, OLIVIA.ncid, PETRA.ncid), NCT_OK);
        assert_int_equal(receipts_of(w, PETRA.ncid), MANY);
        expect_whole(w, world_npi(100));
    }
    expect_status(rekey(w, PETRA.ncid, "petra.again"), NCT_OK);
    /* With the last access the PIN is suspended (S12). */
    expect_status(nct_provider_terminate(w->portal, "op", 2, NPI_CLINIC, 10, "r", 1), NCT_OK);
    for (unsigned i = 0; i < MANY; i++) {
        assert_int_equal(world_pin_state(w, "petra.again"), NCT_PIN_ACTIVE);
        expect_status(nct_provider_terminate(w->portal, "op", 2, world_npi(100 + i), 10, "r", 1), NCT_OK);
    }
    assert_int_equal(world_pin_state(w, "petra.again"), NCT_PIN_SUSPENDED);
    rows_free(&start);
}

static void ask_for_oa(struct world *w, const char *code, const char *ncid) {
    nct_form *form = NULL;
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"provider.authorization_code", code},
                                     {"office_administrator.ncid", ncid},
                                     {"office_administrator.password", WORLD_PASSWORD},
                                     {"office_administrator.relationship", "managing_employee"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_OA_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < 5; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    expect_status(nct_oa_change_submit(form, NULL, NULL), NCT_OK);
    nct_form_free(form);
}

static nct_status approve(struct world *w) {
    return nct_oa_change_approve(w->portal, "op", 2, NPI_CLINIC, 10, "r", 1);
}

/* It was this human being who asked: approved, they are the OA under the NCID they use. */
static void what_one_asked_for_is_the_other_s(void **state) {
    struct world *w = *state;
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1];
    world_use_profile(w, "2022");
    expect_status(nct_provider_renew_code(w->portal, "op", 2, NPI_CLINIC, 10, code, sizeof code), NCT_OK);
    struct rows start = rows_take(w->store.inner);
    ask_for_oa(w, code, PETRA.ncid);
    expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_OK);
    expect_status(nct_oa_change_approve(w->portal, PETRA.ncid, strlen(PETRA.ncid), NPI_CLINIC, 10, "r", 1),
                  NCT_E_SECOND_PERSON);
    expect_status(nct_oa_change_approve(w->portal, FRANK.ncid, strlen(FRANK.ncid), NPI_CLINIC, 10, "r", 1),
                  NCT_E_SECOND_PERSON);
    expect_status(approve(w), NCT_OK);
    expect_only_oa(w, NPI_CLINIC, FRANK.ncid);
    expect_whole(w, NPI_CLINIC);
    /* The OA of the time is replaced, whatever became of their NCIDs. */
    rows_restore(w->store.inner, &start);
    ask_for_oa(w, code, UMA.ncid);
    expect_status(merge(w, OLIVIA.ncid, PETRA.ncid), NCT_OK);
    expect_status(approve(w), NCT_OK);
    expect_only_oa(w, NPI_CLINIC, UMA.ncid);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_TRAINING), NCT_E_NOT_PROVISIONED);
    rows_free(&start);
}

static void what_the_duplicate_asked_of_themselves_ends(void **state) {
    struct world *w = *state;
    char token[64];
    nct_form *form = NULL;
    int32_t eft = 0;
    world_use_profile(w, "2022");
    const char *const fields[][2] = {{"provider.npi", NPI_CLINIC},
                                     {"requester.ncid", OLIVIA.ncid},
                                     {"requester.password", WORLD_PASSWORD},
                                     {"eft.routing_number", WORLD_ROUTING},
                                     {"eft.account_number", "999000111222"},
                                     {"eft.account_type", "savings"},
                                     {"eft.account_holder", "Made Up Clinic"}};
    expect_status(nct_form_new(w->portal, NCT_FORM_EFT_CHANGE, &form), NCT_OK);
    for (size_t i = 0; i < 7; i++)
        expect_status(nct_form_set(form, fields[i][0], fields[i][1], strlen(fields[i][1])), NCT_OK);
    expect_status(nct_eft_change_submit(form, &eft, NULL), NCT_OK);
    nct_form_free(form);
    assert_int_equal(eft, NCT_REQUEST_PENDING);
    expect_status(world_change_contact(w, OLIVIA.ncid, NULL, OLIVIA.ncid, "email", "olivia@new.example.org"), NCT_OK);
    (void)snprintf(token, sizeof token, "%s", w->mailer.mails[w->mailer.count - 1].token);
    struct rows before = rows_take(w->store.inner);
    expect_status(merge(w, OLIVIA.ncid, PETRA.ncid), NCT_OK);
    expect_status(nct_contact_confirm(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), token, strlen(token)), NCT_E_DENIED);
    expect_status(nct_contact_confirm(w->portal, PETRA.ncid, strlen(PETRA.ncid), token, strlen(token)), NCT_E_DENIED);
    expect_status(nct_eft_change_confirm(w->portal, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, "them", 4),
                  NCT_E_SECOND_PERSON);
    expect_status(nct_eft_change_confirm(w->portal, "op", 2, NPI_CLINIC, 10, "somebody", 8), NCT_OK);
    struct rows after = rows_take(w->store.inner);
    size_t waiting = 0;
    for (size_t i = 0; i < before.count; i++)
        waiting += before.at[i].space == space_of("contact") && rows_find(&after, &before.at[i]) != NULL;
    assert_int_equal(waiting, 0); /* nobody's new address is kept for nothing */
    expect_whole(w, NPI_CLINIC);
    rows_free(&before);
    rows_free(&after);
}

static void proposals_by_the_duplicate_are_the_survivors(void **state) {
    struct world *w = *state;
    static const int32_t role = NCT_ROLE_USER_ADMINISTRATOR;
    const char *const subjects[] = {PETRA.ncid, FRANK.ncid};
    expect_status(nct_rule_set(w->policy, "name", "by.two", 6, NULL), NCT_OK);
    expect_status(nct_rule_set(w->policy, "by_two", "user_administrator", 18, NULL), NCT_OK);
    world_reopen(w);
    for (size_t i = 0; i < 2; i++)
        expect_status(terms_propose(w->portal, OLIVIA.ncid, NPI_CLINIC,
                                    &(struct terms){.ncid = subjects[i], .role = role, .rights = 1}),
                      NCT_OK);
    expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_OK); /* of whom one is proposed */
    expect_status(nct_access_confirm_by_operator(w->portal, "op", 2, NPI_CLINIC, 10, PETRA.ncid, strlen(PETRA.ncid)),
                  NCT_E_NOT_FOUND);
    expect_status(merge(w, OLIVIA.ncid, SILAS.ncid), NCT_E_UNKNOWN_PERSON);
    expect_status(merge(w, OLIVIA.ncid, UMA.ncid), NCT_OK); /* who proposed the other */
    const char *const theirs[] = {UMA.ncid, OLIVIA.ncid};
    for (size_t i = 0; i < 2; i++)
        expect_status(nct_access_confirm_by_operator(w->portal, theirs[i], strlen(theirs[i]), NPI_CLINIC, 10,
                                                     FRANK.ncid, strlen(FRANK.ncid)),
                      NCT_E_SECOND_PERSON);
    expect_status(nct_access_confirm_by_operator(w->portal, FRANK.ncid, strlen(FRANK.ncid), NPI_CLINIC, 10, FRANK.ncid,
                                                 strlen(FRANK.ncid)),
                  NCT_E_SELF_GRANT);
    expect_status(nct_access_confirm_by_operator(w->portal, "op", 2, NPI_CLINIC, 10, FRANK.ncid, strlen(FRANK.ncid)),
                  NCT_OK);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_AUTHORITY_USER_ADMINISTRATION), NCT_OK);
    expect_whole(w, NPI_CLINIC);
}

static void merge_now(void *argument) {
    expect_status(merge(argument, PETRA.ncid, FRANK.ncid), NCT_OK);
}

static void race(struct world *w, size_t skip) {
    w->store.before_commit = merge_now;
    w->store.before_commit_skip = skip;
    w->store.argument = w;
}

static void nothing_of_the_duplicates_outlives_the_merge(void **state) {
    struct world *w = *state;
    char pin[16];
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, PETRA.ncid));
    struct rows start = rows_take(w->store.inner);
    race(w, 0);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 7), NCT_E_UNKNOWN_PERSON);
    assert_null(w->store.before_commit);
    expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
    expect_whole(w, NPI_CLINIC);
    rows_restore(w->store.inner, &start);
    race(w, 0);
    expect_status(world_grant(w, OLIVIA.ncid, NPI_CLINIC, FRANK.ncid, NCT_ROLE_USER, 7), NCT_OK); /* to the survivor */
    assert_null(w->store.before_commit);
    expect_status(world_check(w, FRANK.ncid, NPI_CLINIC, NCT_RIGHT_ELIGIBILITY_INQUIRY), NCT_OK);
    expect_whole(w, NPI_CLINIC);
    for (size_t at = 0; at < 3; at++) { /* a signature on its way, before each of its commits */
        rows_restore(w->store.inner, &start);
        race(w, at);
        nct_status status = world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin);
        assert_true(status == NCT_E_DENIED || status == NCT_E_BUSY); /* begun before: to be tried again */
        expect_status(world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin), NCT_E_DENIED);
        assert_null(w->store.before_commit);
        assert_int_equal(receipts_of(w, FRANK.ncid), 0);
        expect_whole(w, NPI_CLINIC);
    }
    rows_free(&start);
}

/* A second operator does the whole merge between any two commits of the first. */
static void two_at_once_come_to_the_same(void **state) {
    struct world *w = *state;
    char pin[16];
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, PETRA.ncid));
    world_register(w, world_npi(3), &OSCAR, &PETRA, "training");
    sign_times(w, PETRA.ncid, pin, 2);
    struct rows start = rows_take(w->store.inner);
    size_t raced = 1;
    for (size_t at = 0; raced; at++) {
        w->mailer.count = 4;
        race(w, at);
        nct_status status = merge(w, PETRA.ncid, FRANK.ncid);
        raced = w->store.before_commit == NULL;
        w->store.before_commit = NULL;
        assert_true(status == NCT_OK || (at == 0 && status == NCT_E_UNKNOWN_PERSON));
        expect_status(world_check(w, FRANK.ncid, world_npi(3), NCT_RIGHT_TRAINING), NCT_OK);
        assert_int_equal(receipts_of(w, FRANK.ncid), 2);
        expect_whole(w, NPI_CLINIC);
        expect_whole(w, world_npi(3));
        expect_status(rekey(w, FRANK.ncid, "frank.again"), NCT_OK); /* nothing is left unfinished */
        assert_true(at < 100);
        rows_restore(w->store.inner, &start);
    }
    rows_free(&start);
}

static void a_pin_on_its_way_is_not_sent(void **state) {
    struct world *w = *state;
    w->mailer.count = 0;
    w->mailer.fail_from = 1;
    w->mailer.fail_to = 1;
    expect_status(nct_pin_reset_by_operator(w->portal, "op", 2, PETRA.ncid, strlen(PETRA.ncid), "r", 1), NCT_OK);
    assert_int_equal(w->mailer.count, 1);
    assert_int_equal(w->mailer.mails[0].accepted, 0);
    w->mailer.fail_from = w->mailer.fail_to = 0;
    expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_OK);
    world_advance(w, DAY);
    expect_status(nct_mail_flush(w->portal, 100, NULL, NULL), NCT_OK);
    for (size_t i = 1; i < w->mailer.count; i++)
        assert_string_equal(w->mailer.mails[i].pin, "");
}

/* Somebody with write access puts back what the merge ended: any one row of it is found, or changes nothing. */
static void what_the_merge_ended_put_back_is_found(void **state) {
    struct world *w = *state;
    char pin[16];
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, PETRA.ncid));
    struct rows before = rows_take(w->store.inner);
    expect_status(merge(w, PETRA.ncid, FRANK.ncid), NCT_OK);
    struct rows merged = rows_take(w->store.inner);
    size_t found = 0;
    for (size_t i = 0; i < before.count; i++) {
        const struct row *now = rows_find(&merged, &before.at[i]);
        if (now != NULL && row_same(now, &before.at[i]))
            continue;
        rows_restore(w->store.inner, &merged);
        row_force(w->store.inner, &before.at[i]);
        w->mailer.count = 4;
        nct_status signs = world_sign_pa(w, PETRA.ncid, WORLD_PASSWORD, pin);
        assert_true(signs == NCT_E_DENIED || signs == NCT_E_INTEGRITY);
        nct_status granted = world_grant(w, OLIVIA.ncid, NPI_CLINIC, PETRA.ncid, NCT_ROLE_USER, 1);
        assert_true(granted == NCT_E_UNKNOWN_PERSON || granted == NCT_E_INTEGRITY);
        assert_true(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT) != NCT_OK);
        int theirs = signs == NCT_E_INTEGRITY || granted == NCT_E_INTEGRITY;
        found += (size_t)theirs;
        if (before.at[i].space == space_of("person"))
            assert_true(theirs || merge(w, FRANK.ncid, UMA.ncid) == NCT_E_INTEGRITY);
    }
    assert_true(found >= 2); /* the person, the grant */
    rows_free(&before);
    rows_free(&merged);
}

static nct_status merge_petra(struct world *w) {
    return merge(w, PETRA.ncid, UMA.ncid);
}

static void a_merge_is_whole(void **state) {
    struct world *w = *state;
    char pin[16];
    static const enum world_fault faults[] = {FAULT_NONE,      FAULT_ERROR,   FAULT_HOST, FAULT_CONFLICT,
                                              FAULT_TRUNCATED, FAULT_APPLIED, FAULT_NONE};
    (void)snprintf(pin, sizeof pin, "%s", world_pin_of(w, PETRA.ncid));
    sign_times(w, PETRA.ncid, pin, 1);
    expect_status(world_list_principal(w, NPI_CLINIC, &PETRA, "owner", 0, 0), NCT_OK);
    expect_status(world_change_contact(w, PETRA.ncid, NULL, PETRA.ncid, "email", "petra@new.example.org"), NCT_OK);
    struct rows start = rows_take(w->store.inner);
    int64_t began = w->now;
    for (size_t f = 0; f < 7; f++) {
        int reached = 1;
        for (size_t at = 1; reached; at++) {
            assert_true(at < 2000);
            size_t live = w->memory.live;
            if (f == 0)
                w->memory.fail_at = w->memory.calls + at;
            else if (f == 6)
                w->random_fail_at = w->random_calls + at;
            else
                world_fault(w, faults[f], WORLD_ANY, at, 1);
            nct_status status = merge_petra(w);
            reached = f == 0   ? w->memory.calls >= w->memory.fail_at
                      : f == 6 ? w->random_calls >= w->random_fail_at
                               : w->store.faults > 0;
            w->memory.fail_at = w->random_fail_at = 0;
            world_no_fault(w);
            assert_true(nct_status_category(status) != NCT_CATEGORY_RULE);
            if (status != NCT_OK) {
                world_advance(w, DAY);
                nct_status again = merge_petra(w);
                assert_true(again == NCT_OK || (faults[f] == FAULT_APPLIED && again == NCT_E_UNKNOWN_PERSON));
            }
            expect_status(world_check(w, UMA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_OK);
            expect_status(world_check(w, PETRA.ncid, NPI_CLINIC, NCT_RIGHT_PA_SUBMIT), NCT_E_NOT_PROVISIONED);
            assert_true(standing(w, UMA.ncid) == BIT(NCT_RELATIONSHIP_OWNER));
            assert_int_equal(receipts_of(w, UMA.ncid), 1);
            expect_whole(w, NPI_CLINIC);
            expect_valid(w, "person:petra.pharm");
            assert_int_equal(w->memory.live, live);
            w->mailer.count = 4;
            rows_restore(w->store.inner, &start);
            w->now = began;
        }
    }
    rows_free(&start);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(one_person_under_the_ncid_that_stays),
        CASE(the_ncid_that_ended_is_good_for_nothing),
        CASE(merges_that_will_not_do),
        CASE(the_oas_place_moves),
        CASE(the_backups_place_moves_unless_the_survivor_is_the_oa),
        CASE(standings_are_united_for_no_longer_than_either),
        CASE(the_history_is_found_under_every_ncid),
        CASE(one_commit_is_all_but_the_index),
        CASE(what_one_asked_for_is_the_other_s),
        CASE(what_the_duplicate_asked_of_themselves_ends),
        CASE(proposals_by_the_duplicate_are_the_survivors),
        CASE(nothing_of_the_duplicates_outlives_the_merge),
        CASE(two_at_once_come_to_the_same),
        CASE(a_pin_on_its_way_is_not_sent),
        CASE(what_the_merge_ended_put_back_is_found),
        CASE(a_merge_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
