#include "forms/wanted.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <nctracks/right.h>
#include <nctracks/role.h>

#include "forms/present.h"
#include "forms/typed.h"
#include "terminal/failure.h"

#define DATE_LENGTH 10

/* The library says that a word names no right; here also which one, and where they are listed. */
static int check_right(struct cli *cli, const char *name, uint64_t *rights) {
    int32_t right;
    if (nct_right_from_name(nct_portal_policy(cli->portal), name, &right) != NCT_OK) {
        return fail_input(cli, "there is no right \"%s\"; 'nctracks policy show' lists them", name);
    }
    if (right >= NCT_RIGHT_COUNT) {
        return fail_input(cli, "%s is an authority: it belongs to a role and cannot be granted", name);
    }
    *rights |= UINT64_C(1) << right;
    return CLI_DONE;
}

static int read_rights(struct cli *cli, const char *option, char out[WANTED_RIGHTS_MAX + 1], uint64_t *rights) {
    static const char separators[] = " ,";
    const char *given = args_value(&cli->args, option);
    const char *names = given != NULL ? given : "";
    out[0] = '\0';
    *rights = 0;
    for (names += strspn(names, separators); *names != '\0'; names += strspn(names, separators)) {
        size_t at = strlen(out);
        size_t len = strcspn(names, separators);
        if (at + 1 + len > WANTED_RIGHTS_MAX) {
            return fail_input(cli, "--%s is too long", option);
        }
        snprintf(out + at, WANTED_RIGHTS_MAX + 1 - at, "%s%.*s", at > 0 ? " " : "", (int)len, names);
        int code = check_right(cli, out + at + (at > 0), rights);
        if (code != CLI_DONE) {
            return code;
        }
        names += len;
    }
    return CLI_DONE;
}

int wanted_rights(struct cli *cli, char out[WANTED_RIGHTS_MAX + 1]) {
    uint64_t rights = 0;
    return read_rights(cli, "rights", out, &rights);
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
    int code = typed_time(cli, option, &time);
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

/* A form of some kind, with somebody and what they are to have. */
static int fill_form(struct cli *cli, int32_t kind, const char *path, const char *whom, nct_form **form) {
    nct_status status = nct_form_new(cli->portal, kind, form);
    int code = status == NCT_OK ? set(cli, *form, path, whom) : fail_status(cli, status, NULL);
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

int wanted_form(struct cli *cli, const char *ncid, nct_form **form) {
    return fill_form(cli, NCT_FORM_ACCESS, "ncid", ncid, form);
}

int wanted_invitation(struct cli *cli, const char *whom, nct_form **form) {
    const char *language = args_value(&cli->args, "mail-language");
    int code = fill_form(cli, NCT_FORM_INVITATION, strchr(whom, '@') != NULL ? "email" : "ncid", whom, form);
    return code == CLI_DONE && language != NULL ? set(cli, *form, "language", language) : code;
}

/* ---- Some of what somebody has is changed ---- */

static void names_of(const struct cli *cli, uint64_t rights, char out[WANTED_RIGHTS_MAX + 1]) {
    out[0] = '\0';
    for (int32_t right = 0; right < NCT_RIGHT_COUNT; right++) {
        if ((rights >> right & 1) != 0) {
            size_t at = strlen(out);
            snprintf(out + at, WANTED_RIGHTS_MAX + 1 - at, "%s%s", at > 0 ? " " : "",
                     nct_right_name(nct_portal_policy(cli->portal), right));
        }
    }
}

/* Times that are given go before those there are. */
static int keep_time(struct cli *cli, nct_form *form, const char *option, const char *path, int64_t before) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, before);
    if (args_has(&cli->args, option) || before == 0) {
        return set_time(cli, form, option, path);
    }
    return set(cli, form, path, digits);
}

static int fill_change(struct cli *cli, nct_form *form, const char *ncid, const present *before) {
    char names[WANTED_RIGHTS_MAX + 1];
    uint64_t added = 0;
    uint64_t removed = 0;
    int code = read_rights(cli, "add", names, &added);
    if (code == CLI_DONE) {
        code = read_rights(cli, "remove", names, &removed);
    }
    if (code == CLI_DONE && (added & removed) != 0) {
        code = fail_usage(cli, "--add and --remove name the same right");
    }
    names_of(cli, (before->rights | added) & ~removed, names);
    if (code == CLI_DONE) {
        code = set(cli, form, "ncid", ncid);
    }
    if (code == CLI_DONE) {
        code = args_has(&cli->args, "role") ? set_role(cli, form) : set(cli, form, "role", nct_role_name(before->role));
    }
    if (code == CLI_DONE) {
        code = set(cli, form, "rights", names);
    }
    if (code == CLI_DONE) {
        code = keep_time(cli, form, "from", "valid_from", before->from);
    }
    return code == CLI_DONE ? keep_time(cli, form, "until", "valid_until", before->until) : code;
}

int wanted_change(struct cli *cli, const char *ncid, nct_form **form) {
    present before;
    *form = NULL;
    int code = present_find(cli, ncid, args_value(&cli->args, "provider"), &before);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, NCT_FORM_ACCESS, form);
    code = status == NCT_OK ? fill_change(cli, *form, ncid, &before) : fail_status(cli, status, NULL);
    if (code != CLI_DONE) {
        nct_form_free(*form);
        *form = NULL;
    }
    return code;
}
