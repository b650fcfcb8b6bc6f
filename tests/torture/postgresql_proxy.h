/*
 * Stands between the store and the server and cuts connections where it hurts: a request is everything to its Sync, an
 * answer everything to its ReadyForQuery, so "between COMMIT and its answer" is a place, not a time.
 */
#ifndef NCT_TORTURE_POSTGRESQL_PROXY_H
#define NCT_TORTURE_POSTGRESQL_PROXY_H

#include <stddef.h>

/* What is done with a request that commits something or asks what became of a commit. */
enum cut {
    CUT_NOTHING,
    CUT_REQUEST,      /* the server never sees it */
    CUT_HALF_REQUEST, /* the server sees the first half */
    CUT_ANSWER,       /* the server did it, the client hears nothing */
    CUT_HALF_ANSWER,  /* the client hears the first half of the answer */
    CUT_LATE,         /* the client is cut off; the server gets the request when proxy_release() says so */
    CUT_SILENCE,      /* the server did it, the client hears nothing, and nobody hangs up */
    CUTS
};

struct proxy;

/* Listens on a socket of the same name in a folder of its own. NULL: it cannot. */
struct proxy *proxy_start(const char *server_folder, const char *port);
/* Cuts all, and waits for its threads. */
void proxy_stop(struct proxy *proxy);

/* The folder, for the connection string. */
const char *proxy_folder(const struct proxy *proxy);

/* What is done with the next requests that commit or ask, one after the other; then nothing. */
void proxy_plan(struct proxy *proxy, const enum cut *cuts, size_t count);
/* From now on each gets one of the first CUT_HALF_ANSWER + 1, one in `share` a cut; 0: no more. */
void proxy_storm(struct proxy *proxy, unsigned share);
/* How many were cut so far. */
size_t proxy_cuts(struct proxy *proxy);

/* Whether new connections are hung up at once. */
void proxy_refuse(struct proxy *proxy, int refuse);

/* Lets a request that is late go to the server, and waits until the server answered it. 0: there was none. */
int proxy_release(struct proxy *proxy);

#endif
