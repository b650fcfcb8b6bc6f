/*
 * 8 threads of two portals flush one outbox through a slow mailer. While no lease ends, and none does as the clock
 * stands still, every mail is accepted exactly once; afterwards nothing of it is left.
 */
#include "account.h"
#include "crowd.h"
#include "host.h"
#include "world.h"

#include <stdio.h>

#define THREADS 8
#define PORTALS 2
#define MAILS 240

struct race {
    struct host hosts[PORTALS];
    struct host silent; /* has no mailer */
    struct letters *letters;
    _Atomic size_t sent, failed;
    _Atomic size_t adding; /* threads that still add users */
};

static void open_host(struct host *host, struct world *w, struct letters *letters) {
    host->policy = w->policy;
    host->key = w->key;
    host->store = yielding_store();
    host->store_data = w->store.inner;
    host->now = w->now;
    host->letters = letters;
    expect_status(host_open(host), NCT_OK);
}

static void open_race(struct race *race, struct world *w) {
    expect_status(nct_policy_set(w->policy, NCT_OPTION_COMMIT_TRIES, 1000000), NCT_OK);
    world_reopen(w); /* the store takes on the policy */
    race->letters = shared_memory(sizeof *race->letters);
    assert_non_null(race->letters);
    for (size_t i = 0; i < PORTALS; i++)
        open_host(&race->hosts[i], w, race->letters);
    open_host(&race->silent, w, NULL);
}

static void close_race(struct race *race) {
    expect_whole_ledger(race->silent.portal);
    for (size_t i = 0; i < PORTALS; i++)
        host_close(&race->hosts[i]);
    host_close(&race->silent);
    shared_free(race->letters, sizeof *race->letters);
}

static nct_status add_user(nct_portal *portal, size_t number) {
    char ncid[24];
    (void)snprintf(ncid, sizeof ncid, "user.number%zu", number);
    const char *const fields[][2] = {{"ncid", ncid},          {"first_name", "Nora"},
                                     {"last_name", "New"},    {"email", "nora@new.example.org"},
                                     {"phone", "9195550120"}, {"rights", "training"}};
    nct_form *user = NULL;
    nct_status status = nct_form_new(portal, NCT_FORM_USER, &user);
    for (size_t i = 0; i < 6 && status == NCT_OK; i++)
        status = nct_form_set(user, fields[i][0], fields[i][1], strlen(fields[i][1]));
    if (status == NCT_OK)
        status = nct_user_add(user, OLIVIA.ncid, strlen(OLIVIA.ncid), NPI_CLINIC, 10, NULL);
    nct_form_free(user);
    return status;
}

static size_t waiting_mails(struct race *race) {
    nct_mail_list *page = NULL;
    expect_status(nct_mail_list_page(race->silent.portal, NULL, 0, 1000, &page), NCT_OK);
    size_t count = nct_mail_list_count(page);
    nct_mail_list_free(page);
    return count;
}

static void flush(struct race *race, size_t index) {
    size_t sent = 0;
    nct_status status = nct_mail_flush(race->hosts[index % PORTALS].portal, SIZE_MAX, &sent, NULL);
    (void)atomic_fetch_add(&race->sent, sent);
    (void)atomic_fetch_add(&race->failed, status != NCT_OK);
}

static void flush_thrice(size_t index, void *argument) {
    for (int i = 0; i < 3; i++)
        flush(argument, index);
}

static void expect_each_once(struct race *race, size_t mails) {
    assert_int_equal(race->failed, 0);
    assert_int_equal(letters_different(race->letters), mails);
    assert_int_equal(race->letters->count, mails);
    assert_int_equal(waiting_mails(race), 0);
}

static void each_mail_is_accepted_once(void **state) {
    struct race race = {0};
    open_race(&race, *state);
    for (size_t i = 0; i < MAILS; i++)
        expect_status(add_user(race.silent.portal, i), NCT_OK);
    assert_int_equal(waiting_mails(&race), MAILS);
    assert_int_equal(crowd_run(THREADS, flush_thrice, &race), 0);
    expect_each_once(&race, MAILS);
    assert_int_equal(race.sent, MAILS);
    close_race(&race);
}

/* Half of the threads cause mails, which are also delivered right after the commit; the others flush meanwhile. */
static void add_or_flush(size_t index, void *argument) {
    struct race *race = argument;
    if (index >= THREADS / 2) {
        while (race->adding > 0)
            flush(race, index);
        return;
    }
    for (size_t i = 0; i < MAILS / THREADS; i++)
        if (add_user(race->hosts[index % PORTALS].portal, index * MAILS + i) != NCT_OK)
            (void)atomic_fetch_add(&race->failed, 1);
    (void)atomic_fetch_sub(&race->adding, 1);
}

static void a_mail_being_caused_is_accepted_once(void **state) {
    struct race race = {.adding = THREADS / 2};
    open_race(&race, *state);
    assert_int_equal(crowd_run(THREADS, add_or_flush, &race), 0);
    flush(&race, 0);
    expect_each_once(&race, (THREADS / 2) * (MAILS / THREADS));
    close_race(&race);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_setup_clinic, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(each_mail_is_accepted_once),
        CASE(a_mail_being_caused_is_accepted_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
