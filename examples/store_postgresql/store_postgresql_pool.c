/* The connections of a store: made when they are needed, kept, and made again when they are lost. */
#include "store_postgresql_inside.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAUSE_FIRST 20 /* milliseconds after the first connection that could not be made; doubled each time */
#define PAUSE_MOST 500

static void pause_for(int64_t milliseconds) {
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    (void)nanosleep(&time, NULL);
}

/* The condition counts on the same clock as deadlines do. */
static int wait_for_return(struct nct_postgresql_store *store, int64_t deadline) {
    struct timespec until = {.tv_sec = deadline / 1000, .tv_nsec = deadline % 1000 * 1000000};
    return pthread_cond_timedwait(&store->returned, &store->mutex, &until) == 0;
}

/* One that waits, or the right to make one (*make). NULL and no such right: the time is over. */
static struct postgresql_link *take_idle(struct nct_postgresql_store *store, int64_t deadline, int *make) {
    struct postgresql_link *link = NULL;
    int in_time = 1;
    (void)pthread_mutex_lock(&store->mutex);
    while (store->idle_count == 0 && store->open_count == store->most && in_time)
        in_time = wait_for_return(store, deadline);
    if (store->idle_count > 0)
        link = store->idle[--store->idle_count];
    *make = link == NULL && store->open_count < store->most;
    if (*make)
        store->open_count++;
    (void)pthread_mutex_unlock(&store->mutex);
    return link;
}

static void forget(struct nct_postgresql_store *store) {
    (void)pthread_mutex_lock(&store->mutex);
    store->open_count--;
    (void)pthread_cond_signal(&store->returned);
    (void)pthread_mutex_unlock(&store->mutex);
}

/* Tries again while the server is away: it may be starting, or another one may be taking over. */
static struct postgresql_link *make_link(struct nct_postgresql_store *store, int64_t deadline) {
    nct_status status = NCT_OK;
    int64_t pause = PAUSE_FIRST;
    struct postgresql_link *link = postgresql_link_open(store, PURPOSE_USE, &status);
    while (link == NULL && status == NCT_E_STORE && postgresql_now() + pause < deadline) {
        pause_for(pause);
        pause = pause * 2 < PAUSE_MOST ? pause * 2 : PAUSE_MOST;
        link = postgresql_link_open(store, PURPOSE_USE, &status);
    }
    if (link == NULL)
        forget(store);
    return link;
}

struct postgresql_link *postgresql_pool_take(struct nct_postgresql_store *store, int64_t deadline) {
    for (;;) {
        int make = 0;
        struct postgresql_link *link = take_idle(store, deadline, &make);
        if (link == NULL && make)
            return make_link(store, deadline);
        if (link == NULL) {
            postgresql_say("all %zu connections of this program to the database are in use", store->most);
            return NULL;
        }
        if (postgresql_link_lives(link))
            return link;
        postgresql_pool_give(store, link, 0);
    }
}

void postgresql_pool_give(struct nct_postgresql_store *store, struct postgresql_link *link, int usable) {
    if (!usable) {
        postgresql_link_close(link);
        forget(store);
        return;
    }
    (void)pthread_mutex_lock(&store->mutex);
    store->idle[store->idle_count++] = link;
    (void)pthread_cond_signal(&store->returned);
    (void)pthread_mutex_unlock(&store->mutex);
}

/* ---- Opening and closing ---- */

static int make_locks(struct nct_postgresql_store *store) {
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return 0;
    int done = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
               pthread_cond_init(&store->returned, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes);
    if (done && pthread_mutex_init(&store->mutex, NULL) != 0) {
        (void)pthread_cond_destroy(&store->returned);
        done = 0;
    }
    return done;
}

static struct nct_postgresql_store *make_store(const char *connection, size_t connections, int32_t patience) {
    struct nct_postgresql_store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return NULL;
    store->connection = strdup(connection);
    store->most = connections > 0 ? connections : NCT_POSTGRESQL_CONNECTIONS;
    store->patience = patience > 0 ? patience : NCT_POSTGRESQL_PATIENCE;
    if (store->connection != NULL && make_locks(store))
        return store;
    free(store->connection);
    free(store);
    return NULL;
}

static int within_bounds(const char *connection, size_t connections, int32_t patience) {
    return connection != NULL && *connection != '\0' && connections <= NCT_POSTGRESQL_CONNECTIONS_MAX &&
           (patience == 0 || (patience >= NCT_POSTGRESQL_PATIENCE_MIN && patience <= NCT_POSTGRESQL_PATIENCE_MAX));
}

/* A store with its first connection, which is made for a purpose. */
static nct_status begin(const char *connection, size_t connections, int32_t patience, enum postgresql_purpose purpose,
                        nct_postgresql_store **out) {
    postgresql_say("%s", "");
    nct_status status = postgresql_check_connection(connection);
    if (status != NCT_OK)
        return status;
    struct nct_postgresql_store *store = make_store(connection, connections, patience);
    if (store == NULL)
        return postgresql_no_memory();
    struct postgresql_link *link = postgresql_link_open(store, purpose, &status);
    if (link == NULL) {
        nct_postgresql_store_close(store);
        return status;
    }
    store->open_count = 1;
    postgresql_pool_give(store, link, 1);
    *out = store;
    return NCT_OK;
}

nct_status nct_postgresql_store_open(const char *connection, size_t connections, int32_t patience,
                                     nct_postgresql_store **out) {
    if (out == NULL)
        return NCT_E_ARGUMENT;
    *out = NULL;
    if (!within_bounds(connection, connections, patience))
        return NCT_E_ARGUMENT;
    return begin(connection, connections, patience, PURPOSE_MAKE, out);
}

nct_status nct_postgresql_store_look(const char *connection) {
    nct_postgresql_store *store = NULL;
    if (!within_bounds(connection, 0, 0))
        return NCT_E_ARGUMENT;
    nct_status status = begin(connection, 1, 0, PURPOSE_LOOK, &store);
    nct_postgresql_store_close(store);
    return status;
}

void nct_postgresql_store_close(nct_postgresql_store *store) {
    if (store == NULL)
        return;
    for (size_t i = 0; i < store->idle_count; i++)
        postgresql_link_leave(store->idle[i]);
    explicit_bzero(store->connection, strlen(store->connection));
    free(store->connection);
    (void)pthread_mutex_destroy(&store->mutex);
    (void)pthread_cond_destroy(&store->returned);
    free(store);
}
