/** Questions to the library about access, and rights by name. */
#ifndef NCTRACKS_SERVER_ACCESS_H
#define NCTRACKS_SERVER_ACCESS_H

#include "request.h"

/** NCT_OK or the refusal: whether somebody may do something for a provider. */
nct_status access_check(const struct server *server, const char *ncid, const char *provider, int32_t right);

/** Whether the one who is signed in may; else answers, with why and who can help. */
bool access_may(struct request *request, const char *provider, int32_t right);
/** Whether the one who is signed in has any access to a provider, or is an operator; else answers. */
bool access_any(struct request *request, const char *provider);

/** Names of a mask whose bit 0 is the right or authority `first`; a new array. */
json_t *access_names(const struct request *request, uint64_t mask, int32_t first);
/** Names of the authorities a role carries under the rules of the portal; a new array. */
json_t *access_authorities(const struct request *request, int32_t role);
/** An array of names of rights as the library takes them: separated by spaces; answers and returns false where it is
 * none. */
bool access_words(struct request *request, const char *name, char *out, size_t capacity);

/** Role, rights, authorities and validity of a grant of a list. */
json_t *access_grant(const struct request *request, const nct_grant_list *list, size_t index);

#endif
