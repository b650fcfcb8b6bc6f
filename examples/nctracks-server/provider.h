/** Provider records as JSON. */
#ifndef NCTRACKS_SERVER_PROVIDER_H
#define NCTRACKS_SERVER_PROVIDER_H

#include <nctracks/provider.h>

#include "request.h"

json_t *provider_json(const nct_provider *provider);
/** Adds `id`, `name` and `state` of a provider to an object; name and state are empty where it cannot be read. */
void provider_put_name(const struct server *server, json_t *row, const char *id);

#endif
