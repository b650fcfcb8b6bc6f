#include "wanted.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "failure.h"

#define DATE_LENGTH 10

/* The library says that a word names no right; here also which one, and where they are listed. */
static int check_right(struct cli *cli, const char *name) {
    int32_t right;
    if (nct_right_from_name(nct_portal_policy(cli->portal), name, &right) != NCT_OK) {
        return fail_input(cli, "there is no right \"%s\"; 'nctracks policy show' lists them", name);
    }
    if (right >= NCT_RIGHT_COUNT) {
        return fail_input(cli, "%s is an authority: it belongs to a role and cannot be granted", name);
    }
    return CLI_DONE;
}

int wanted_rights(struct cli *cli, char out[WANTED_RIGHTS_MAX + 1]) {
    static const char separators[] = " ,";
    const char *names = args_value(&cli->args, "rights");
    out[0] = '\0';
    for (names += strspn(names, separators); *names != '\0'; names += strspn(names, separators)) {
        size_t at = strlen(out);
        size_t len = strcspn(names, separators);
        if (at + 1 + len > WANTED_RIGHTS_MAX) {
            return fail_input(cli, "--rights is too long");
        }
        snprintf(out + at, WANTED_RIGHTS_MAX + 1 - at, "%s%.*s", at > 0 ? " " : "", (int)len, names);
        int code = check_right(cli, out + at + (at > 0));
        if (code != CLI_DONE) {
            return code;
        }
        names += len;
    }
    return CLI_DONE;
}

static int set(struct cli *cli, nct_form *form, const char *path, const char *value) {
    nct_status status = value[0] != '\0' ? nct_form_set(form, path, value, strlen(value)) : NCT_OK;
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

/* A day is the library's to place; it is one where the portal is. */
static int set_time(struct cli *cli, nct_form *form, const char *option, const char *path) {
    const char *text = args_value(&cli->args, option);
    char digits[24];
    int64_t time = 0;
    int code = commands_time(cli, option, &time);
    if (code != CLI_DONE || text == NULL) {
        return code;
    }
    snprintf(digits, sizeof digits, "%" PRId64, time);
    return set(cli, form, path, strlen(text) == DATE_LENGTH ? text : digits);
}

static int set_role(struct cli *cli, nct_form *form) {
    const char *name = args_value(&cli->args, "role");
    int32_t role = NCT_ROLE_USER;
    if (name != NULL && nct_role_from_name(name, &role) != NCT_OK) {
        return fail_input(cli, "there is no such role; 'nctracks policy show' lists them");
    }
    if (role == NCT_ROLE_OFFICE_ADMINISTRATOR) {
        return fail_input(cli, "an Office Administrator is not granted but registered");
    }
    return set(cli, form, "role", name != NULL ? name : "");
}

static int set_rights(struct cli *cli, nct_form *form) {
    char rights[WANTED_RIGHTS_MAX + 1];
    int code = wanted_rights(cli, rights);
    return code == CLI_DONE ? set(cli, form, "rights", rights) : code;
}

int wanted_form(struct cli *cli, const char *ncid, nct_form **form) {
    nct_status status = nct_form_new(cli->portal, NCT_FORM_ACCESS, form);
    int code = status == NCT_OK ? set(cli, *form, "ncid", ncid) : fail_status(cli, status, NULL);
    if (code == CLI_DONE) {
        code = set_role(cli, *form);
    }
    if (code == CLI_DONE) {
        code = set_rights(cli, *form);
    }
    if (code == CLI_DONE) {
        code = set_time(cli, *form, "from", "valid_from");
    }
    if (code == CLI_DONE) {
        code = set_time(cli, *form, "until", "valid_until");
    }
    if (code != CLI_DONE) {
        nct_form_free(*form);
        *form = NULL;
    }
    return code;
}
