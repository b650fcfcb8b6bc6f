/** The table of routes: method, template, who may, what is done. */
#ifndef NCTRACKS_SERVER_ROUTES_H
#define NCTRACKS_SERVER_ROUTES_H

#include <stddef.h>

#include "request.h"

enum who {
    ANYBODY,
    PERSON,   /**< Somebody signed in. */
    WAITING,  /**< Somebody signed in, or who still has to give the code. */
    OPERATOR, /**< Somebody signed in who is one of the agency's staff. */
    ASKER     /**< Somebody signed in, or a service with its token. */
};

enum pace {
    USUAL,
    TRY /**< Takes a password, a PIN or a code: counted apart, see `tries_per_minute`. */
};

struct route {
    const char *method;
    const char *template;
    enum who who;
    enum pace pace;
    void (*handle)(struct request *request);
};

enum match { MATCH_FOUND, MATCH_METHOD, MATCH_NONE };

/** Finds the route of the request's method and path and takes the path apart. HEAD is GET. */
enum match routes_find(struct request *request);
/** A route of the table; NULL past the end. */
const struct route *routes_at(size_t index);
/** The place of a route in the table. */
size_t routes_index(const struct route *route);
size_t routes_count(void);
/** The methods of a path, for the header Allow. */
void routes_allowed(const struct request *request, char *out, size_t capacity);

#endif
