#include "portal/rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/option.h>

#include "files/profile.h"
#include "terminal/failure.h"

/* One of the settings of --set, such as "pin.length=8"; `text` is changed. */
static bool set_option(nct_policy *policy, char *text) {
    char *equals = strchr(text, '=');
    char *end = NULL;
    int32_t option = 0;
    if (equals == NULL) {
        return false;
    }
    *equals = '\0';
    errno = 0;
    long long value = strtoll(equals + 1, &end, 10);
    return errno == 0 && end != equals + 1 && *end == '\0' && nct_option_from_name(text, &option) == NCT_OK &&
           nct_policy_set(policy, option, value) == NCT_OK;
}

static int apply_settings(struct cli *cli, nct_policy *policy) {
    const char *given = args_value(&cli->args, "set");
    char text[256];
    char *rest = NULL;
    if (given == NULL) {
        return CLI_DONE;
    }
    if ((size_t)snprintf(text, sizeof text, "%s", given) >= sizeof text) {
        return fail_usage(cli, "--set is too long");
    }
    for (char *one = strtok_r(text, ",", &rest); one != NULL; one = strtok_r(NULL, ",", &rest)) {
        if (!set_option(policy, one)) {
            return fail_usage(cli, "--set needs OPTION=NUMBER within its bounds; see 'nctracks policy paths'");
        }
    }
    return CLI_DONE;
}

static int dated_policy(struct cli *cli, const char *profile, nct_policy **out) {
    nct_status status = nct_policy_new(profile, out);
    if (status == NCT_E_NOT_FOUND) {
        return fail_usage(cli, "there is no profile of this name; see 'nctracks policy list'");
    }
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

/* The policy the options name; *out is NULL where they name none. */
static int given_policy(struct cli *cli, nct_policy **out) {
    const char *profile = args_value(&cli->args, "profile");
    const char *file = args_value(&cli->args, "profile-file");
    *out = NULL;
    if (profile != NULL && file != NULL) {
        return fail_usage(cli, "--profile and --profile-file exclude each other");
    }
    if (file != NULL) {
        return profile_file_read(cli, file, out);
    }
    return profile != NULL ? dated_policy(cli, profile, out) : CLI_DONE;
}

static int with_settings(struct cli *cli, int code, nct_policy **policy) {
    if (code == CLI_DONE) {
        code = apply_settings(cli, *policy);
    }
    if (code != CLI_DONE) {
        nct_policy_free(*policy);
        *policy = NULL;
    }
    return code;
}

int rules_wanted(struct cli *cli, nct_policy **out) {
    int code = given_policy(cli, out);
    if (code == CLI_DONE && *out == NULL) {
        code = profile_file_kept(cli, out);
    }
    if (code == CLI_DONE && *out == NULL) {
        code = dated_policy(cli, "2013", out);
    }
    return with_settings(cli, code, out);
}

/* A dated profile is known by its name; a file has to say all that is kept. */
static bool is_the_kept(const struct cli *cli, const nct_policy *given, const nct_policy *kept) {
    char *one = profile_text(given);
    char *other = profile_text(kept);
    size_t name = strcspn(one, "\n") + 1; /* of the first line, "name = ..." */
    bool same = args_has(&cli->args, "profile") ? strncmp(one, other, name) == 0 : strcmp(one, other) == 0;
    free(one);
    free(other);
    return same;
}

int rules_of_database(struct cli *cli, nct_policy **out) {
    nct_policy *given = NULL;
    int code = profile_file_kept(cli, out);
    if (code == CLI_DONE) {
        code = given_policy(cli, &given);
    }
    if (code == CLI_DONE && *out != NULL && given != NULL && !is_the_kept(cli, given, *out)) {
        code = fail_usage(cli, "this portal keeps other rules, profile %s, in %s", nct_policy_profile(*out),
                          cli->profile_file);
        fail_help(cli,
                  "To run it under other rules from now on, see 'nctracks policy change'; leave the option out else.");
    }
    if (code == CLI_DONE && *out == NULL && given == NULL) {
        code = profile_file_missing(cli);
    }
    if (*out == NULL) {
        *out = given;
        given = NULL;
    }
    nct_policy_free(given);
    return with_settings(cli, code, out);
}
