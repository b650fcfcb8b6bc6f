#include "metrics.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <nctracks/mailer.h>

#include "answer.h"
#include "handlers.h"
#include "routes.h"

#define CLASSES 6        /* of status codes: 2xx is 2 */
#define OUTBOX_LOOK 1000 /* waiting mails that are counted */

/** Of one route. */
struct figures {
    atomic_ullong answers[CLASSES];
    atomic_ullong microseconds;
};

struct metrics {
    size_t routes;
    struct figures *figures; /**< One for each route, and one for what fits none. */
    size_t statuses;
    atomic_ullong *refusals; /**< One for each status of the library. */
    atomic_ullong other_refusals;
    atomic_ullong signatures;
};

struct metrics *metrics_new(void) {
    struct metrics *metrics = calloc(1, sizeof *metrics);
    if (metrics == NULL) {
        return NULL;
    }
    metrics->routes = routes_count();
    metrics->statuses = nct_status_count();
    metrics->figures = calloc(metrics->routes + 1, sizeof *metrics->figures);
    metrics->refusals = calloc(metrics->statuses, sizeof *metrics->refusals);
    if (metrics->figures == NULL || metrics->refusals == NULL) {
        metrics_free(metrics);
        return NULL;
    }
    return metrics;
}

void metrics_free(struct metrics *metrics) {
    if (metrics != NULL) {
        free(metrics->figures);
        free(metrics->refusals);
    }
    free(metrics);
}

static void note_refusal(struct metrics *metrics, const char *code) {
    for (size_t i = 0; i < metrics->statuses; i++) {
        if (strcmp(nct_status_name(nct_status_at(i)), code) == 0) {
            atomic_fetch_add(&metrics->refusals[i], 1);
            return;
        }
    }
    atomic_fetch_add(&metrics->other_refusals, 1);
}

void metrics_note(struct metrics *metrics, const struct route *route, unsigned status, const char *code,
                  uint64_t microseconds) {
    struct figures *figures = &metrics->figures[route != NULL ? routes_index(route) : metrics->routes];
    atomic_fetch_add(&figures->answers[status / 100 < CLASSES ? status / 100 : CLASSES - 1], 1);
    atomic_fetch_add(&figures->microseconds, microseconds);
    if (code != NULL) {
        note_refusal(metrics, code);
    }
}

void metrics_note_signature(struct metrics *metrics) {
    atomic_fetch_add(&metrics->signatures, 1);
}

static void write_requests(struct metrics *metrics, FILE *out) {
    fputs("# HELP nctracks_requests_total Requests answered.\n# TYPE nctracks_requests_total counter\n", out);
    for (size_t i = 0; i <= metrics->routes; i++) {
        const struct route *route = routes_at(i);
        for (unsigned class = 1; class < CLASSES; class ++) {
            unsigned long long count = atomic_load(&metrics->figures[i].answers[class]);
            if (count > 0) {
                fprintf(out, "nctracks_requests_total{method=\"%s\",route=\"%s\",status=\"%uxx\"} %llu\n",
                        route != NULL ? route->method : "", route != NULL ? route->template : "other", class, count);
            }
        }
    }
}

static void write_times(struct metrics *metrics, FILE *out) {
    fputs("# HELP nctracks_request_seconds_total Time spent on them.\n"
          "# TYPE nctracks_request_seconds_total counter\n",
          out);
    for (size_t i = 0; i <= metrics->routes; i++) {
        const struct route *route = routes_at(i);
        unsigned long long spent = atomic_load(&metrics->figures[i].microseconds);
        if (spent > 0) {
            fprintf(out, "nctracks_request_seconds_total{method=\"%s\",route=\"%s\"} %.6f\n",
                    route != NULL ? route->method : "", route != NULL ? route->template : "other", (double)spent / 1e6);
        }
    }
}

static void write_refusals(struct metrics *metrics, FILE *out) {
    fputs("# HELP nctracks_refusals_total Refusals and failures by status.\n# TYPE nctracks_refusals_total counter\n",
          out);
    for (size_t i = 0; i < metrics->statuses; i++) {
        unsigned long long count = atomic_load(&metrics->refusals[i]);
        if (count > 0) {
            fprintf(out, "nctracks_refusals_total{code=\"%s\"} %llu\n", nct_status_name(nct_status_at(i)), count);
        }
    }
    fprintf(out, "nctracks_refusals_total{code=\"HTTP\"} %llu\n",
            (unsigned long long)atomic_load(&metrics->other_refusals));
}

static void write_outbox(nct_portal *portal, FILE *out) {
    nct_mail_list *list = NULL;
    int64_t oldest = 0;
    if (nct_mail_list_page(portal, NULL, 0, OUTBOX_LOOK, &list) != NCT_OK) {
        return; /* a figure that is not known is left out */
    }
    for (size_t i = 0; i < nct_mail_list_count(list); i++) {
        int64_t at = nct_mail_list_queued_at(list, i);
        oldest = oldest == 0 || at < oldest ? at : oldest;
    }
    int64_t now = (int64_t)time(NULL) * 1000;
    fprintf(out,
            "# HELP nctracks_outbox_mails Mails that wait, up to %d.\n# TYPE nctracks_outbox_mails gauge\n"
            "nctracks_outbox_mails %zu\n"
            "# HELP nctracks_outbox_age_seconds Age of the oldest of them.\n# TYPE nctracks_outbox_age_seconds gauge\n"
            "nctracks_outbox_age_seconds %.3f\n",
            OUTBOX_LOOK, nct_mail_list_count(list), oldest != 0 && now > oldest ? (double)(now - oldest) / 1e3 : 0.0);
    nct_mail_list_free(list);
}

char *metrics_text(struct metrics *metrics, nct_portal *portal) {
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (out == NULL) {
        return NULL;
    }
    write_requests(metrics, out);
    write_times(metrics, out);
    write_refusals(metrics, out);
    fprintf(out,
            "# HELP nctracks_signatures_total Signatures made here.\n# TYPE nctracks_signatures_total counter\n"
            "nctracks_signatures_total %llu\n",
            (unsigned long long)atomic_load(&metrics->signatures));
    write_outbox(portal, out);
    fclose(out);
    return text;
}

/* Whoever comes through a proxy is somebody else. */
static bool is_this_machine(const struct request *request) {
    return strncmp(request->address, "127.", 4) == 0 && request_header(request, "X-Forwarded-For") == NULL;
}

void metrics_get(struct request *request) {
    if (!is_this_machine(request)) {
        answer_http(request, MHD_HTTP_NOT_FOUND, "HTTP_NOT_FOUND", "There is nothing of this path.");
        return;
    }
    char *text = metrics_text(request->server->metrics, request->server->portal);
    if (text == NULL) {
        answer_status(request, NCT_E_NO_MEMORY, NULL);
        return;
    }
    answer_bytes(request, "text/plain; version=0.0.4; charset=utf-8", NULL, text, strlen(text));
    free(text);
}
