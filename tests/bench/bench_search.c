/*
 * Finding people by how a name begins, and a page of what one of them was told. 100,000 people; another number is the
 * program's argument: of a million the portal takes some gigabytes.
 */
#include "bench.h"
#include "fixture.h"

#include <nctracks/message.h>
#include <nctracks/password.h>
#include <nctracks/person.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 100000, ALIKE = 10, SAMPLES = 101, MESSAGES = 200, PAGE = 50 };

static void set(nct_form *form, const char *path, const char *value) {
    bench_require(nct_form_set(form, path, value, strlen(value)), path);
}

/* Ten share a last name, of letters alone. */
static void write_name(size_t person, char name[16]) {
    size_t rest = person / ALIKE;
    memcpy(name, "Maaaaaa", 8);
    for (size_t i = 6; i > 0; i--, rest /= 26)
        name[i] = (char)('a' + rest % 26);
}

static void add_person(struct fixture *fixture, nct_form *form, size_t person) {
    char ncid[32], email[64], name[16];
    (void)snprintf(ncid, sizeof ncid, "user.%07zu", person);
    (void)snprintf(email, sizeof email, "%s@example.org", ncid);
    write_name(person, name);
    set(form, "ncid", ncid);
    set(form, "email", email);
    set(form, "last_name", name);
    bench_require(nct_person_add(form, "bench", 5, "load", 4, NULL), "nct_person_add");
    (void)fixture;
}

static void load(struct fixture *fixture, size_t people) {
    nct_form *form = NULL;
    bench_require(nct_form_new(fixture->portal, NCT_FORM_PERSON, &form), "nct_form_new");
    set(form, "first_name", "Made");
    set(form, "phone", "9195550101");
    for (size_t i = 0; i < people; i++)
        add_person(fixture, form, i);
    nct_form_free(form);
}

static double time_search(struct fixture *fixture, const char *name, nct_person_list **found) {
    uint64_t begin = bench_now_ns();
    bench_require(nct_person_search(fixture->portal, NCT_SEARCH_NAME, name, strlen(name), NULL, 0, ALIKE, found),
                  "nct_person_search");
    double took = (double)(bench_now_ns() - begin);
    bench_require_right(ALIKE - nct_person_list_count(*found), "nct_person_search");
    return took;
}

/* What a search cannot do without: the records of those it finds. */
static double time_records(struct fixture *fixture, const nct_person_list *found) {
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < nct_person_list_count(found); i++) {
        nct_person *person = NULL;
        const char *ncid = nct_person_ncid(nct_person_list_at(found, i));
        bench_require(nct_person_read_for_operator(fixture->portal, ncid, strlen(ncid), &person),
                      "nct_person_read_for_operator");
        nct_person_free(person);
    }
    return (double)(bench_now_ns() - begin);
}

static void measure_search(struct fixture *fixture, size_t people) {
    char label[48], name[16];
    double search[SAMPLES], floor[SAMPLES];
    uint64_t random = 1;
    for (size_t i = 0; i < SAMPLES; i++) {
        nct_person_list *found = NULL;
        write_name(bench_random(&random) % people, name);
        search[i] = time_search(fixture, name, &found);
        floor[i] = time_records(fixture, found);
        nct_person_list_free(found);
    }
    (void)snprintf(label, sizeof label, "search.%zu", people);
    bench_report(label, bench_median(search, SAMPLES), "nct_person_read_for_operator of each",
                 bench_median(floor, SAMPLES));
}

static void measure_messages(struct fixture *fixture) {
    static const char ncid[] = "user.0000007";
    double pages[SAMPLES];
    for (size_t i = 0; i < MESSAGES; i++)
        bench_require(nct_password_set(fixture->portal, "bench", 5, ncid, strlen(ncid), FIXTURE_PASSWORD,
                                       strlen(FIXTURE_PASSWORD)),
                      "nct_password_set");
    for (size_t i = 0; i < SAMPLES; i++) {
        nct_message_list *list = NULL;
        uint64_t begin = bench_now_ns();
        bench_require(nct_message_list_page(fixture->portal, ncid, strlen(ncid), NULL, 0, PAGE, &list),
                      "nct_message_list_page");
        pages[i] = (double)(bench_now_ns() - begin);
        bench_require_right(PAGE - nct_message_list_count(list), "nct_message_list_page");
        nct_message_list_free(list);
    }
    bench_report_alone("message_list.200", bench_median(pages, SAMPLES));
}

int main(int count, char **arguments) {
    struct fixture fixture;
    size_t people = count > 1 ? strtoul(arguments[1], NULL, 10) : PEOPLE;
    fixture_open(&fixture, NULL, NULL, FIXTURE_CHEAP);
    load(&fixture, people);
    measure_search(&fixture, people);
    measure_messages(&fixture);
    fixture_close(&fixture);
    return 0;
}
