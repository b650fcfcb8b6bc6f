#include "upkeep.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <nctracks/due.h>
#include <nctracks/mailer.h>

#include "log.h"

#define STEP 100 /* mails and items at once */

struct upkeep {
    struct server *server;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool ending;
};

static void report(const char *what, nct_status status) {
    if (status != NCT_OK) {
        log_event(what, nct_status_name(status));
    }
}

static nct_status settle(nct_portal *portal, nct_due *due) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < nct_due_count(due) && status == NCT_OK; i++) {
        int32_t done = 0;
        const char *id = nct_due_id(due, i);
        status = nct_due_settle(portal, SERVICE_NAME, strlen(SERVICE_NAME), id, strlen(id), &done);
    }
    return status;
}

static void do_due_work(nct_portal *portal) {
    nct_due *due = NULL;
    int64_t now = (int64_t)time(NULL) * 1000;
    nct_status status = nct_due_list(portal, now, NULL, 0, STEP, &due);
    if (status == NCT_OK || status == NCT_E_PARTIAL) {
        report("due work", status);
        status = settle(portal, due);
    }
    nct_due_free(due);
    report("due work", status);
}

static void send_mail(nct_portal *portal) {
    size_t sent = 0;
    size_t waiting = 0;
    report("mail", nct_mail_flush(portal, STEP, &sent, &waiting));
}

/* False when it is to end. */
static bool wait_for_next(struct upkeep *upkeep) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += upkeep->server->settings.upkeep_seconds;
    pthread_mutex_lock(&upkeep->lock);
    int waited = 0;
    while (!upkeep->ending && waited == 0) {
        waited = pthread_cond_timedwait(&upkeep->ended, &upkeep->lock, &until);
    }
    bool ending = upkeep->ending;
    pthread_mutex_unlock(&upkeep->lock);
    return !ending;
}

static void *run(void *given) {
    struct upkeep *upkeep = given;
    do {
        send_mail(upkeep->server->portal);
        do_due_work(upkeep->server->portal);
    } while (wait_for_next(upkeep));
    return NULL;
}

struct upkeep *upkeep_start(struct server *server) {
    struct upkeep *upkeep = calloc(1, sizeof *upkeep);
    if (upkeep == NULL) {
        return NULL;
    }
    upkeep->server = server;
    pthread_mutex_init(&upkeep->lock, NULL);
    pthread_cond_init(&upkeep->ended, NULL);
    if (pthread_create(&upkeep->thread, NULL, run, upkeep) != 0) {
        free(upkeep);
        return NULL;
    }
    return upkeep;
}

void upkeep_stop(struct upkeep *upkeep) {
    if (upkeep == NULL) {
        return;
    }
    pthread_mutex_lock(&upkeep->lock);
    upkeep->ending = true;
    pthread_cond_signal(&upkeep->ended);
    pthread_mutex_unlock(&upkeep->lock);
    pthread_join(upkeep->thread, NULL);
    pthread_cond_destroy(&upkeep->ended);
    pthread_mutex_destroy(&upkeep->lock);
    free(upkeep);
}
