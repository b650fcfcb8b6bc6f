/* What is wrong with a policy or its text: the public nct_policy_problems. */
#ifndef NCT_POLICY_OBJECTIONS_H
#define NCT_POLICY_OBJECTIONS_H

#include <nctracks/policy.h>

#define NCT_OBJECTIONS_MAX 100
#define NCT_OBJECTION_PATH 64
#define NCT_OBJECTION_MESSAGE 320

/* An empty list, or NULL without memory. One piece of memory: gathering problems cannot fail. */
struct nct_policy_problems *nct_objections_new(void);

/* The place of a problem in a text; a message about something that was read may quote it. */
struct nct_objection {
    size_t line; /* 0: not of a text */
    const char *path;
    size_t path_len;
    nct_status code;
};

/* Adds one; NULL: nobody wants to know. Beyond NCT_OBJECTIONS_MAX it is dropped. What is not printable becomes '?'. */
void nct_object(struct nct_policy_problems *problems, const struct nct_objection *what, const char *message);

/* The same with the status' own message, and the word it is about in quotes (may be NULL). */
void nct_object_to(struct nct_policy_problems *problems, const struct nct_objection *what, const char *word,
                   size_t len);

/* Puts them into the order of lines. */
void nct_objections_sort(struct nct_policy_problems *problems);

/* Hands the list over where there is something in it and somebody wants it, else frees it. */
void nct_objections_finish(struct nct_policy_problems *problems, struct nct_policy_problems **out);

#endif
