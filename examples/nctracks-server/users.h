/** User Administration: who acts on whom, rows of people with access, and refusals that name who can help. */
#ifndef NCTRACKS_SERVER_USERS_H
#define NCTRACKS_SERVER_USERS_H

#include <nctracks/question.h>

#include "request.h"

/** Who acts on whom, where. */
struct deed {
    nct_portal *portal;
    const char *by;
    const char *provider;
    const char *ncid; /**< Of the path; empty where it names nobody. */
};

struct deed users_deed(const struct request *request);

/** Done, or a refusal that names the authority that was missing and who can help. */
void users_answer(struct request *request, nct_status status, const nct_problems *problems, unsigned done,
                  int32_t authority);

/** A page of people with access, each as the one who asks may see them; takes `list` over. */
void users_answer_page(struct request *request, nct_status status, nct_grant_list *list);

/** What a change would bring. */
json_t *users_preview_json(const struct request *request, const nct_preview *preview);
/** A form of access from a body of the shape Grant, to be freed; answers and returns NULL where it is not one. */
nct_form *users_grant_form(struct request *request, const struct deed *deed);

#endif
