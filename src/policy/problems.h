/* What is wrong with a policy or its text: the public nct_policy_problems. */
#ifndef NCT_POLICY_PROBLEMS_H
#define NCT_POLICY_PROBLEMS_H

#include <nctracks/policy.h>

#define NCT_POLICY_PROBLEMS_MAX 100
#define NCT_POLICY_PROBLEM_PATH 64
#define NCT_POLICY_PROBLEM_MESSAGE 320

/* An empty list, or NULL without memory. One piece of memory: gathering problems cannot fail. */
struct nct_policy_problems *nct_policy_problems_new(void);

/* The place of a problem in a text; a message about something that was read may quote it. */
struct nct_policy_problem {
    size_t line; /* 0: not of a text */
    const char *path;
    size_t path_len;
    nct_status code;
};

/* Adds one; NULL: nobody wants to know. Beyond NCT_POLICY_PROBLEMS_MAX it is dropped. What is not printable becomes
 * '?'. */
void nct_policy_problems_add(struct nct_policy_problems *problems, const struct nct_policy_problem *what,
                             const char *message);

/* The same with the status' own message, and the word it is about in quotes (may be NULL). */
void nct_policy_problems_add_status(struct nct_policy_problems *problems, const struct nct_policy_problem *what,
                                    const char *word, size_t len);

/* Puts them into the order of lines. */
void nct_policy_problems_sort(struct nct_policy_problems *problems);

/* Hands the list over where there is something in it and somebody wants it, else frees it. */
void nct_policy_problems_finish(struct nct_policy_problems *problems, struct nct_policy_problems **out);

#endif
