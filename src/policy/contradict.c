/* Noting what contradicts itself in a policy. */
#include "policy/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void contradict(struct nct_check *check, const char *path, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static void contradict(struct nct_check *check, const char *path, const char *format, va_list arguments) {
    char message[NCT_POLICY_PROBLEM_MESSAGE - NCT_POLICY_PROBLEM_PATH];
    struct nct_policy_problem what = {0, path, strlen(path), NCT_E_PROFILE};
    vsnprintf(message, sizeof message, format, arguments);
    nct_policy_problems_add(check->problems, &what, message);
    check->found++;
}

void nct_contradict(struct nct_check *check, const char *path, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    contradict(check, path, format, arguments);
    va_end(arguments);
}

void nct_contradict_role(struct nct_check *check, int32_t role, const char *rule, const char *format, ...) {
    char path[NCT_POLICY_PROBLEM_PATH];
    va_list arguments;
    snprintf(path, sizeof path, "role.%s.%s", nct_role_name(role), rule);
    va_start(arguments, format);
    contradict(check, path, format, arguments);
    va_end(arguments);
}
