/* The agency's work list at 100,000 open applications: a page of 100, beside reading the same applications. */
#include "bench.h"
#include "fixture.h"

#include <nctracks/application.h>
#include <nctracks/mailer.h>
#include <nctracks/password.h>
#include <nctracks/sign.h>
#include <nctracks/work.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN = 100000, PAGE = 100, SAMPLES = 31 };

#define KIND "pharmacy_pa"
#define DOCUMENT "Made-up recipient, made-up drug, made-up reason."

struct stage {
    struct fixture fixture;
    char npi[11];
    char pin[16];
    char cursor[256]; /* behind the first half of what waits */
};

static void set(nct_form *form, const char *path, const char *value) {
    bench_require(nct_form_set(form, path, value, strlen(value)), path);
}

static void set_document(nct_form *form, const char *npi) {
    set(form, "provider.npi", npi);
    set(form, "submission.kind", KIND);
    set(form, "document.id", "PA-1");
    set(form, "document.version", "1");
    set(form, "document.content", DOCUMENT);
}

/* The first mail with a PIN is the Office Administrator's. */
static void find_pin(struct stage *stage) {
    nct_mail *mail = NULL;
    bench_require(nct_mail_claim(stage->fixture.portal, NULL, 0, &mail), "nct_mail_claim");
    for (size_t i = 0; i < nct_mail_parameter_count(mail); i++)
        if (strcmp(nct_mail_parameter_name(mail, i), "pin") == 0)
            (void)snprintf(stage->pin, sizeof stage->pin, "%s", nct_mail_parameter_value(mail, i));
    nct_mail_free(mail);
}

static void submit(struct stage *stage, nct_form *draft, nct_form *signing) {
    char id[NCT_APPLICATION_ID_LENGTH + 1];
    nct_signature *made = NULL;
    bench_require(nct_draft_save(draft, FIXTURE_OA, strlen(FIXTURE_OA), id, sizeof id, NULL), "nct_draft_save");
    set(signing, "application.id", id);
    set(signing, "signer.password", FIXTURE_PASSWORD);
    set(signing, "signer.pin", stage->pin);
    bench_require(nct_sign(signing, NULL, &made), "nct_sign");
    nct_signature_free(made);
}

static void submit_all(struct stage *stage) {
    nct_form *draft = NULL, *signing = NULL;
    bench_require(nct_form_new(stage->fixture.portal, NCT_FORM_DRAFT, &draft), "nct_form_new");
    bench_require(nct_form_new(stage->fixture.portal, NCT_FORM_SIGNING, &signing), "nct_form_new");
    set_document(draft, stage->npi);
    set_document(signing, stage->npi);
    set(signing, "signer.ncid", FIXTURE_OA);
    set(signing, "attestation.version", "1");
    set(signing, "attestation.text", "The above is true.");
    for (size_t i = 0; i < OPEN; i++)
        submit(stage, draft, signing);
    nct_form_free(draft);
    nct_form_free(signing);
}

static nct_work_list *read_page(struct stage *stage, size_t limit) {
    nct_work_list *page = NULL;
    bench_require(nct_work_list_page(stage->fixture.portal, NCT_WORK_APPLICATION, 0, 0, stage->cursor,
                                     strlen(stage->cursor), limit, &page),
                  "nct_work_list_page");
    return page;
}

static void go_to_the_middle(struct stage *stage) {
    for (size_t seen = 0; seen < OPEN / 2; seen += 1000) {
        nct_work_list *page = read_page(stage, 1000);
        (void)snprintf(stage->cursor, sizeof stage->cursor, "%s", nct_work_list_cursor(page));
        nct_work_list_free(page);
    }
}

static double time_page(struct stage *stage) {
    uint64_t begin = bench_now_ns();
    nct_work_list *page = read_page(stage, PAGE);
    double took = (double)(bench_now_ns() - begin);
    bench_require_right(PAGE - nct_work_list_count(page), "nct_work_list_page");
    nct_work_list_free(page);
    return took;
}

/* What a page cannot do without: the record of each of its applications. */
static double time_records(struct stage *stage, const nct_work_list *page) {
    uint64_t begin = bench_now_ns();
    for (size_t i = 0; i < nct_work_list_count(page); i++) {
        nct_application *application = NULL;
        const char *id = nct_work_list_application(page, i);
        bench_require(nct_application_get(stage->fixture.portal, stage->npi, 10, id, strlen(id), &application),
                      "nct_application_get");
        nct_application_free(application);
    }
    return (double)(bench_now_ns() - begin);
}

int main(void) {
    static struct stage stage;
    double pages[SAMPLES], floor[SAMPLES];
    fixture_open(&stage.fixture, NULL, NULL, FIXTURE_CHEAP);
    fixture_npi(0, stage.npi);
    fixture_register(fixture_registration(&stage.fixture, stage.npi, FIXTURE_OA));
    find_pin(&stage);
    bench_require(nct_password_set(stage.fixture.portal, "bench", 5, FIXTURE_OA, strlen(FIXTURE_OA), FIXTURE_PASSWORD,
                                   strlen(FIXTURE_PASSWORD)),
                  "nct_password_set");
    submit_all(&stage);
    go_to_the_middle(&stage);
    nct_work_list *page = read_page(&stage, PAGE);
    for (size_t i = 0; i < SAMPLES; i++) {
        pages[i] = time_page(&stage);
        floor[i] = time_records(&stage, page);
    }
    nct_work_list_free(page);
    bench_report("work_list.100000", bench_median(pages, SAMPLES), "nct_application_get of each",
                 bench_median(floor, SAMPLES));
    fixture_close(&stage.fixture);
    return 0;
}
