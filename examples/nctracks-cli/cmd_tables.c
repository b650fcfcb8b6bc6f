#include "commands.h"

#include <string.h>

#include <nctracks/form.h>

#include "failure.h"
#include "output.h"
#include "portal_open.h"

#define AUTHORITY_FIRST NCT_RIGHT_COUNT
#define AUTHORITY_LAST INT32_MAX

static const out_field named_fields[] = {{"name", "NAME"}, {"description", "DESCRIPTION"}, {NULL, NULL}};
static const out_field role_fields[] = {{"name", "ROLE"},
                                        {"authorities", "AUTHORITIES"},
                                        {"manages", "MANAGES"},
                                        {"description", "DESCRIPTION"},
                                        {NULL, NULL}};
static const out_field submission_fields[] = {
    {"name", "SUBMISSION"}, {"needs", "NEEDS"}, {"description", "DESCRIPTION"}, {NULL, NULL}};
static const out_field option_fields[] = {
    {"name", "OPTION"}, {"value", "VALUE"}, {"least", "LEAST"}, {"most", "MOST"}, {"description", "DESCRIPTION"},
    {NULL, NULL}};

static json_t *named(const char *name, const char *description) {
    json_t *row = out_object();
    out_put_string(row, "name", name);
    out_put_string(row, "description", description);
    return row;
}

static void print(struct cli *cli, const char *key, const out_field *fields, json_t *rows) {
    out_list list = out_list_begin(cli, key, fields);
    out_list_page(&list, rows);
    out_list_end(&list, "None.");
}

static json_t *rights(const nct_policy *policy, int32_t first, int32_t last) {
    json_t *rows = out_array();
    for (int32_t right = nct_right_next(policy, first - 1); right >= 0 && right <= last;
         right = nct_right_next(policy, right)) {
        out_append(rows, named(nct_right_name(policy, right), nct_right_description(policy, right)));
    }
    return rows;
}

static json_t *authorities_of(const nct_policy *policy, int32_t role) {
    json_t *names = out_array();
    for (int32_t right = nct_right_next(policy, AUTHORITY_FIRST - 1); right >= 0;
         right = nct_right_next(policy, right)) {
        if (nct_policy_role_has(policy, role, right) == 1) {
            out_append(names, json_string(nct_right_name(policy, right)));
        }
    }
    return names;
}

static json_t *managed_by(const nct_policy *policy, int32_t role) {
    json_t *names = out_array();
    for (int32_t other = NCT_ROLE_OFFICE_ADMINISTRATOR; nct_role_name(other) != NULL; other++) {
        if (nct_policy_role_manages(policy, role, other) == 1) {
            out_append(names, json_string(nct_role_name(other)));
        }
    }
    return names;
}

static json_t *roles(const nct_policy *policy) {
    json_t *rows = out_array();
    for (int32_t role = NCT_ROLE_OFFICE_ADMINISTRATOR; nct_role_name(role) != NULL; role++) {
        json_t *row = named(nct_role_name(role), nct_role_description(role));
        out_put(row, "authorities", authorities_of(policy, role));
        out_put(row, "manages", managed_by(policy, role));
        out_append(rows, row);
    }
    return rows;
}

static json_t *submissions(const nct_policy *policy) {
    json_t *rows = out_array();
    for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; nct_submission_name(kind) != NULL; kind++) {
        json_t *row = named(nct_submission_name(kind), nct_submission_description(kind));
        out_put_string(row, "needs", nct_right_name(policy, nct_policy_submission_needs(policy, kind)));
        out_append(rows, row);
    }
    return rows;
}

static json_t *options(const nct_policy *policy) {
    json_t *rows = out_array();
    for (int32_t option = NCT_OPTION_PIN_LENGTH; nct_option_name(option) != NULL; option++) {
        int64_t value = 0;
        json_t *row = named(nct_option_name(option), nct_option_description(option));
        nct_policy_get(policy, option, &value);
        int64_t least = 0;
        int64_t most = 0;
        nct_option_bounds(option, &least, &most);
        out_put_integer(row, "value", value);
        out_put_integer(row, "least", least);
        out_put_integer(row, "most", most);
        out_append(rows, row);
    }
    return rows;
}

static void gap(const struct cli *cli) {
    if (!cli->json) {
        putchar('\n');
    }
}

int cmd_policy(struct cli *cli) {
    nct_policy *policy = NULL;
    int code = portal_policy(cli, &policy);
    if (code != CLI_DONE) {
        return code;
    }
    json_t *profile = out_object();
    out_put_string(profile, "profile", nct_policy_profile(policy));
    static const out_field profile_fields[] = {{"profile", "Profile"}, {NULL, NULL}};
    out_record(cli, profile, profile_fields);
    gap(cli);
    print(cli, "roles", role_fields, roles(policy));
    gap(cli);
    print(cli, "rights", named_fields, rights(policy, 0, NCT_RIGHT_COUNT - 1));
    gap(cli);
    print(cli, "authorities", named_fields, rights(policy, AUTHORITY_FIRST, AUTHORITY_LAST));
    gap(cli);
    print(cli, "submissions", submission_fields, submissions(policy));
    gap(cli);
    print(cli, "options", option_fields, options(policy));
    nct_policy_free(policy);
    return CLI_DONE;
}

/** A form and what it is called here. */
typedef struct form_name {
    const char *name;
    int32_t form;
} form_name;

static const form_name forms[] = {
    {"enrollment", NCT_FORM_ENROLLMENT}, {"registration", NCT_FORM_REGISTRATION}, {"user", NCT_FORM_USER},
    {"signing", NCT_FORM_SIGNING},       {"principal", NCT_FORM_PRINCIPAL},       {"draft", NCT_FORM_DRAFT}};

static const out_field form_fields[] = {{"path", "PATH"},
                                        {"type", "TYPE"},
                                        {"required", "REQUIRED"},
                                        {"choices", "CHOICES"},
                                        {"description", "DESCRIPTION"},
                                        {NULL, NULL}};

static json_t *describe_fields(int32_t form) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_field_count(form); i++) {
        json_t *row = out_object();
        out_put_string(row, "path", nct_field_path(form, i));
        out_put_string(row, "type", nct_field_type(form, i));
        out_put(row, "required", json_boolean(nct_field_required(form, i) == 1));
        out_put_string(row, "choices", nct_field_choices(form, i));
        out_put_string(row, "label", nct_field_label(form, i));
        out_put_string(row, "description", nct_field_description(form, i));
        out_append(rows, row);
    }
    return rows;
}

int cmd_fields(struct cli *cli) {
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(forms[i].name, cli->args.operands[0]) == 0) {
            print(cli, "fields", form_fields, describe_fields(forms[i].form));
            return CLI_DONE;
        }
    }
    return fail_usage(cli, "the forms are enrollment, registration, user, signing, principal and draft");
}
