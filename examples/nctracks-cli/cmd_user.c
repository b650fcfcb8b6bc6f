#include "commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/access.h>
#include <nctracks/store.h>

#include "failure.h"
#include "form_json.h"
#include "output.h"
#include "portal_open.h"
#include "text.h"

#define PAGE 1000

/* ---- Adding ---- */

static nct_status set(void *handle, const char *path, const void *value, size_t len) {
    return nct_user_set(handle, path, value, len);
}

static nct_status validate(void *handle, nct_problems **problems) {
    return nct_user_validate(handle, problems);
}

/* Only these are about what the acting person may do; the others speak for themselves. */
static bool is_lack_of_access(nct_status status) {
    return status == NCT_E_NOT_PROVISIONED || status == NCT_E_NOT_REGISTERED || status == NCT_E_NO_AUTHORITY ||
           status == NCT_E_EXPIRED || status == NCT_E_NOT_YET_VALID || status == NCT_E_NOT_ON_RECORD;
}

static int refuse(struct cli *cli, nct_status status, const nct_problems *problems) {
    int code = fail_status(cli, status, problems);
    if (is_lack_of_access(status)) {
        commands_explain_refusal(cli, args_value(&cli->args, "by"), args_value(&cli->args, "provider"),
                                 NCT_AUTHORITY_USER_ADMINISTRATION);
    }
    if (status == NCT_E_UNKNOWN_PERSON) {
        fail_help(cli, "Add a new person with 'nctracks user add'.");
    }
    if (status == NCT_E_ALREADY_GRANTED) {
        fail_help(cli, "Change it with 'nctracks user grant'.");
    }
    return code;
}

static int add(struct cli *cli, nct_user *user) {
    form_target target = {NCT_FORM_USER, user, set, validate};
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    nct_problems *problems = NULL;
    int code = form_json_fill(cli, cli->args.operands[0], &target);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_user_add(user, by, strlen(by), provider, strlen(provider), &problems);
    if (status == NCT_OK) {
        out_say(cli, "The user has access to %s. If they had no PIN, one goes to their own address.", provider);
        portal_tell_waiting_mail(cli);
    } else {
        code = refuse(cli, status, problems);
    }
    nct_problems_free(problems);
    return code;
}

int cmd_user_add(struct cli *cli) {
    nct_user *user = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_user_new(cli->portal, &user);
    code = status == NCT_OK ? add(cli, user) : fail_status(cli, status, NULL);
    nct_user_free(user);
    return code;
}

/* ---- Granting and revoking ---- */

/** What --role, --rights, --from and --until ask for. */
struct wanted {
    int32_t role;
    uint64_t rights;
    int64_t from;
    int64_t until;
};

static int add_right(struct cli *cli, const char *name, size_t len, uint64_t *rights) {
    char text[64];
    int32_t right;
    snprintf(text, sizeof text, "%.*s", (int)len, name);
    if (len >= sizeof text || nct_right_from_name(nct_portal_policy(cli->portal), text, &right) != NCT_OK) {
        return fail_input(cli, "there is no right \"%s\"; 'nctracks policy' lists them", text);
    }
    if (right >= NCT_RIGHT_COUNT) {
        return fail_input(cli, "%s is an authority: it belongs to a role and cannot be granted", text);
    }
    *rights |= UINT64_C(1) << right;
    return CLI_DONE;
}

static int parse_rights(struct cli *cli, const char *names, uint64_t *rights) {
    static const char separators[] = " ,";
    for (names += strspn(names, separators); *names != '\0'; names += strspn(names, separators)) {
        size_t len = strcspn(names, separators);
        int code = add_right(cli, names, len, rights);
        if (code != CLI_DONE) {
            return code;
        }
        names += len;
    }
    return CLI_DONE;
}

int commands_time(struct cli *cli, const char *option, int64_t *out) {
    const char *text = args_value(&cli->args, option);
    if (text != NULL && !text_parse_time(text, out)) {
        return fail_input(cli, "--%s needs a date YYYY-MM-DD or a time YYYY-MM-DDThh:mm:ssZ", option);
    }
    return CLI_DONE;
}

static int parse_wanted(struct cli *cli, struct wanted *out) {
    const char *role = args_value(&cli->args, "role");
    *out = (struct wanted){NCT_ROLE_USER, 0, 0, 0};
    if (role != NULL && nct_role_from_name(role, &out->role) != NCT_OK) {
        return fail_input(cli, "there is no such role; 'nctracks policy' lists them");
    }
    if (out->role == NCT_ROLE_OFFICE_ADMINISTRATOR) {
        return fail_input(cli, "an Office Administrator is not granted but registered");
    }
    int code = parse_rights(cli, args_value(&cli->args, "rights"), &out->rights);
    if (code == CLI_DONE) {
        code = commands_time(cli, "from", &out->from);
    }
    if (code == CLI_DONE) {
        code = commands_time(cli, "until", &out->until);
    }
    if (code == CLI_DONE && out->until != 0 && out->until <= out->from) {
        return fail_input(cli, "--until must be later than --from");
    }
    return code;
}

int cmd_user_grant(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    struct wanted wanted;
    int code = portal_open(cli);
    if (code == CLI_DONE) {
        code = parse_wanted(cli, &wanted);
    }
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_grant(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid),
                                         wanted.role, wanted.rights, wanted.from, wanted.until);
    if (status != NCT_OK) {
        return refuse(cli, status, NULL);
    }
    out_say(cli, "%s has this access to %s now; what was granted there before is replaced.", ncid, provider);
    portal_tell_waiting_mail(cli);
    return CLI_DONE;
}

int cmd_user_revoke(struct cli *cli) {
    const char *ncid = cli->args.operands[0];
    const char *by = args_value(&cli->args, "by");
    const char *provider = args_value(&cli->args, "provider");
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_access_revoke(cli->portal, by, strlen(by), provider, strlen(provider), ncid, strlen(ncid));
    if (status != NCT_OK) {
        return refuse(cli, status, NULL);
    }
    out_say(cli, "%s has no access to %s any more.", ncid, provider);
    return CLI_DONE;
}

/* ---- Listing ---- */

static const out_field list_fields[] = {
    {"ncid", "NCID"},         {"provider", "PROVIDER"},     {"role", "ROLE"},     {"valid_from", "FROM"},
    {"valid_until", "UNTIL"}, {"granted_by", "GRANTED BY"}, {"rights", "RIGHTS"}, {NULL, NULL}};

static json_t *describe(const nct_policy *policy, const nct_grant_list *page, size_t index) {
    json_t *row = out_object();
    out_put_string(row, "ncid", nct_grant_list_ncid(page, index));
    out_put_string(row, "provider", nct_grant_list_provider(page, index));
    out_put_string(row, "role", nct_role_name(nct_grant_list_role(page, index)));
    out_put(row, "rights", commands_rights(policy, nct_grant_list_rights(page, index)));
    out_put_time(row, "valid_from", nct_grant_list_valid_from(page, index));
    out_put_time(row, "valid_until", nct_grant_list_valid_until(page, index));
    out_put_string(row, "granted_by", nct_grant_list_granted_by(page, index));
    out_put_time(row, "granted_at", nct_grant_list_granted_at(page, index));
    return row;
}

static nct_status read_page(const struct cli *cli, const char *after, nct_grant_list **out) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    const char *cursor = after[0] != '\0' ? after : NULL;
    if (provider != NULL) {
        return nct_access_list_by_provider(cli->portal, provider, strlen(provider), cursor, strlen(after), PAGE, out);
    }
    return nct_access_list_by_person(cli->portal, ncid, strlen(ncid), cursor, strlen(after), PAGE, out);
}

static nct_status list_page(out_list *list, char *after, size_t capacity, bool *more) {
    nct_grant_list *page = NULL;
    nct_status status = read_page(list->cli, after, &page);
    if (status != NCT_OK) {
        return status;
    }
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_grant_list_count(page); i++) {
        out_append(rows, describe(nct_portal_policy(list->cli->portal), page, i));
    }
    out_list_page(list, rows);
    *more = nct_grant_list_more(page) == 1;
    snprintf(after, capacity, "%s", nct_grant_list_cursor(page));
    nct_grant_list_free(page);
    return NCT_OK;
}

int cmd_user_list(struct cli *cli) {
    char after[NCT_KEY_MAX] = "";
    bool more = true;
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    out_list list = out_list_begin(cli, "grants", list_fields);
    while (more) {
        nct_status status = list_page(&list, after, sizeof after, &more);
        if (status != NCT_OK) {
            return fail_status(cli, status, NULL);
        }
    }
    out_list_end(&list, "Nobody has access.");
    return CLI_DONE;
}
