#include "policy/problems.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUOTED_MAX 48

struct problem {
    size_t line;
    nct_status code;
    char path[NCT_POLICY_PROBLEM_PATH];
    char message[NCT_POLICY_PROBLEM_MESSAGE];
};

struct nct_policy_problems {
    size_t count;
    struct problem list[NCT_POLICY_PROBLEMS_MAX];
};

struct nct_policy_problems *nct_policy_problems_new(void) {
    return calloc(1, sizeof(struct nct_policy_problems));
}

void nct_policy_problems_free(nct_policy_problems *problems) {
    free(problems);
}

/* Somebody else's bytes as text that is safe to show. */
static void show(char *out, size_t capacity, const char *bytes, size_t len) {
    size_t n = len < capacity ? len : capacity - 1;
    for (size_t i = 0; i < n; i++)
        out[i] = bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : '?';
    out[n] = '\0';
}

void nct_policy_problems_add(struct nct_policy_problems *problems, const struct nct_policy_problem *what,
                             const char *message) {
    if (problems == NULL || problems->count == NCT_POLICY_PROBLEMS_MAX)
        return;
    struct problem *problem = &problems->list[problems->count++];
    problem->line = what->line;
    problem->code = what->code;
    char path[NCT_POLICY_PROBLEM_PATH];
    show(path, sizeof path, what->path, what->path_len);
    snprintf(problem->path, sizeof problem->path, "%s", path);
    snprintf(problem->message, sizeof problem->message, "%s%s%s", path, what->path_len > 0 ? ": " : "", message);
}

void nct_policy_problems_add_status(struct nct_policy_problems *problems, const struct nct_policy_problem *what,
                                    const char *word, size_t len) {
    char quoted[QUOTED_MAX];
    char message[NCT_POLICY_PROBLEM_MESSAGE - NCT_POLICY_PROBLEM_PATH];
    show(quoted, sizeof quoted, word != NULL ? word : "", word != NULL ? len : 0);
    snprintf(message, sizeof message, "%s%s%s%s", nct_status_message(what->code), word != NULL ? " (\"" : "", quoted,
             word != NULL ? "\")" : "");
    nct_policy_problems_add(problems, what, message);
}

static int by_line(const void *left, const void *right) {
    const struct problem *a = left;
    const struct problem *b = right;
    return (a->line > b->line) - (a->line < b->line);
}

void nct_policy_problems_sort(struct nct_policy_problems *problems) {
    qsort(problems->list, problems->count, sizeof problems->list[0], by_line);
}

void nct_policy_problems_finish(struct nct_policy_problems *problems, struct nct_policy_problems **out) {
    if (out != NULL && problems->count > 0)
        *out = problems;
    else
        free(problems);
}

size_t nct_policy_problems_count(const nct_policy_problems *problems) {
    return problems != NULL ? problems->count : 0;
}

static const struct problem *at(const struct nct_policy_problems *problems, size_t index) {
    return index < nct_policy_problems_count(problems) ? &problems->list[index] : NULL;
}

size_t nct_policy_problems_line(const nct_policy_problems *problems, size_t index) {
    return at(problems, index) != NULL ? at(problems, index)->line : 0;
}

const char *nct_policy_problems_path(const nct_policy_problems *problems, size_t index) {
    return at(problems, index) != NULL ? at(problems, index)->path : NULL;
}

nct_code nct_policy_problems_code(const nct_policy_problems *problems, size_t index) {
    return at(problems, index) != NULL ? at(problems, index)->code : NCT_E_ARGUMENT;
}

const char *nct_policy_problems_message(const nct_policy_problems *problems, size_t index) {
    return at(problems, index) != NULL ? at(problems, index)->message : NULL;
}
