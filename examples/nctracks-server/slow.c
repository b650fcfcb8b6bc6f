#include "slow.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

/** A connection; in the list from its beginning to its end. */
struct watched {
    MHD_socket fd;
    time_t since; /**< What is awaited began to be; 0: nothing is. */
    struct slow *slow;
    struct watched *before;
    struct watched *next;
};

struct slow {
    pthread_mutex_t lock;
    pthread_cond_t ended;
    pthread_t thread;
    bool ending;
    int seconds;
    struct watched *first;
};

static time_t monotonic(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* The server's own thread for the connection sees the end and lets go of it. */
static void close_late(const struct slow *slow) {
    time_t now = monotonic();
    for (const struct watched *one = slow->first; one != NULL; one = one->next) {
        if (one->since != 0 && now - one->since > slow->seconds) {
            shutdown(one->fd, SHUT_RDWR);
        }
    }
}

static void *look(void *given) {
    struct slow *slow = given;
    pthread_mutex_lock(&slow->lock);
    while (!slow->ending) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&slow->ended, &slow->lock, &until);
        close_late(slow);
    }
    pthread_mutex_unlock(&slow->lock);
    return NULL;
}

struct slow *slow_start(int seconds) {
    struct slow *slow = calloc(1, sizeof *slow);
    if (slow == NULL) {
        return NULL;
    }
    slow->seconds = seconds;
    pthread_mutex_init(&slow->lock, NULL);
    pthread_cond_init(&slow->ended, NULL);
    if (pthread_create(&slow->thread, NULL, look, slow) != 0) {
        free(slow);
        return NULL;
    }
    return slow;
}

void slow_stop(struct slow *slow) {
    if (slow == NULL) {
        return;
    }
    pthread_mutex_lock(&slow->lock);
    slow->ending = true;
    pthread_cond_signal(&slow->ended);
    pthread_mutex_unlock(&slow->lock);
    pthread_join(slow->thread, NULL);
    pthread_cond_destroy(&slow->ended);
    pthread_mutex_destroy(&slow->lock);
    free(slow);
}

static struct watched *begin(struct slow *slow, struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct watched *one = info != NULL ? calloc(1, sizeof *one) : NULL;
    if (one == NULL) {
        return NULL;
    }
    *one = (struct watched){.fd = info->connect_fd, .since = monotonic(), .slow = slow};
    pthread_mutex_lock(&slow->lock);
    one->next = slow->first;
    if (one->next != NULL) {
        one->next->before = one;
    }
    slow->first = one;
    pthread_mutex_unlock(&slow->lock);
    return one;
}

static void end(struct slow *slow, struct watched *one) {
    pthread_mutex_lock(&slow->lock);
    *(one->before != NULL ? &one->before->next : &slow->first) = one->next;
    if (one->next != NULL) {
        one->next->before = one->before;
    }
    pthread_mutex_unlock(&slow->lock);
    free(one);
}

void slow_notice(void *slow, struct MHD_Connection *connection, void **watched,
                 enum MHD_ConnectionNotificationCode what) {
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *watched = begin(slow, connection);
    } else if (*watched != NULL) {
        end(slow, *watched);
        *watched = NULL;
    }
}

static void await_since(struct MHD_Connection *connection, time_t since) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct watched *one = info != NULL ? info->socket_context : NULL;
    if (one != NULL) {
        pthread_mutex_lock(&one->slow->lock);
        one->since = since;
        pthread_mutex_unlock(&one->slow->lock);
    }
}

void slow_arrived(struct MHD_Connection *connection) {
    await_since(connection, 0);
}

void slow_answered(struct MHD_Connection *connection) {
    await_since(connection, monotonic());
}
