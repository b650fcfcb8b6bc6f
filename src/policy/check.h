/* Whether the rules of a policy fit together. */
#ifndef NCT_POLICY_CHECK_H
#define NCT_POLICY_CHECK_H

#include "policy/policy.h"
#include "policy/problems.h"

/* What is being checked, and what was found. */
struct nct_check {
    const struct nct_policy *policy;
    struct nct_policy_problems *problems; /* NULL: nobody wants to know */
    size_t found;
};

/* Notes a contradiction at a path; both texts as of printf. */
void nct_contradict(struct nct_check *check, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same at "role.ROLE.RULE". */
void nct_contradict_role(struct nct_check *check, int32_t role, const char *rule, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The roles somebody at a registered provider can come to have, beginning with its Office Administrator. */
uint32_t nct_roles_obtainable(const struct nct_policy *policy);

/* The roles that can come about through a role: those it manages, those they manage and so on. */
uint32_t nct_roles_below(const struct nct_policy *policy, int32_t role);

/* The roles a profile has something to say about. */
uint32_t nct_roles_used(const struct nct_policy *policy);

/* Everything about roles. */
void nct_check_roles(struct nct_check *check);

#endif
