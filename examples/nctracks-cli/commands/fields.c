#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/form.h>

#include "commands/fields.h"
#include "terminal/failure.h"
#include "terminal/output.h"

static void print(struct cli *cli, const char *key, const out_field *fields, json_t *rows) {
    out_list list = out_list_begin(cli, key, fields);
    out_list_page(&list, rows);
    out_list_end(&list, "None.");
}

/** A form and what it is called here. */
typedef struct form_name {
    const char *name;
    int32_t form;
} form_name;

static const form_name forms[] = {
    {"enrollment", NCT_FORM_ENROLLMENT}, {"registration", NCT_FORM_REGISTRATION}, {"user", NCT_FORM_USER},
    {"signing", NCT_FORM_SIGNING},       {"principal", NCT_FORM_PRINCIPAL},       {"contact", NCT_FORM_CONTACT},
    {"draft", NCT_FORM_DRAFT},           {"oa_change", NCT_FORM_OA_CHANGE},       {"eft_change", NCT_FORM_EFT_CHANGE},
    {"person", NCT_FORM_PERSON},         {"invitation", NCT_FORM_INVITATION},     {"acceptance", NCT_FORM_ACCEPTANCE},
    {"agreement", NCT_FORM_AGREEMENT}};

static const out_field form_fields[] = {{"path", "PATH"},
                                        {"type", "TYPE"},
                                        {"required", "REQUIRED"},
                                        {"required_with", "WITH"},
                                        {"choices", "CHOICES"},
                                        {"description", "DESCRIPTION"},
                                        {NULL, NULL}};

/* The values of a field with what each is called. */
static json_t *describe_choices(const struct cli *cli, int32_t form, size_t index) {
    json_t *labels = out_object();
    for (const char *at = nct_field_choices(form, index); *at != '\0';) {
        char word[NCT_FIELD_MAX + 1];
        size_t len = strcspn(at, " ");
        snprintf(word, sizeof word, "%.*s", (int)len, at);
        out_put_string(labels, word, nct_field_choice_label_in(cli->portal, form, index, word, cli->language));
        at += len + (at[len] == ' ');
    }
    return labels;
}

static void describe_group(const struct cli *cli, int32_t form, size_t index, json_t *row) {
    json_t *group = out_object();
    out_put_string(group, "name", nct_field_group(form, index));
    out_put_string(group, "label", nct_field_group_label_in(cli->portal, form, index, cli->language));
    out_put(group, "required", json_boolean(nct_field_group_required(form, index) == 1));
    out_put(group, "max", json_integer((json_int_t)nct_field_group_max(form, index)));
    out_put(row, "group", group);
}

static void describe_input(int32_t form, size_t index, json_t *row) {
    out_put_string(row, "input", nct_field_input(form, index));
    out_put_string(row, "inputmode", nct_field_inputmode(form, index));
    out_put_string(row, "autocomplete", nct_field_autocomplete(form, index));
    out_put(row, "secret", json_boolean(nct_field_secret(form, index) == 1));
    out_put(row, "max_characters", json_integer((json_int_t)nct_field_max_characters(form, index)));
    out_put(row, "max_bytes", json_integer((json_int_t)nct_field_max_bytes(form, index)));
}

static json_t *describe_fields(const struct cli *cli, int32_t form) {
    json_t *rows = out_array();
    for (size_t i = 0; i < nct_field_count(form); i++) {
        json_t *row = out_object();
        out_put_string(row, "path", nct_field_path(form, i));
        out_put_string(row, "type", nct_field_type(form, i));
        out_put(row, "required", json_boolean(nct_field_required(form, i) == 1));
        out_put_string(row, "required_with", nct_field_required_with(form, i));
        out_put_string(row, "choices", nct_field_choices(form, i));
        out_put_string(row, "label", nct_field_label_in(cli->portal, form, i, cli->language));
        out_put_string(row, "description", nct_field_description_in(cli->portal, form, i, cli->language));
        out_put(row, "choice_labels", describe_choices(cli, form, i));
        describe_group(cli, form, i, row);
        describe_input(form, i, row);
        out_append(rows, row);
    }
    return rows;
}

const char *fields_form(size_t index) {
    return index < sizeof forms / sizeof forms[0] ? forms[index].name : NULL;
}

static int cmd_fields(struct cli *cli) {
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(forms[i].name, cli->args.operands[0]) == 0) {
            print(cli, "fields", form_fields, describe_fields(cli, forms[i].form));
            return CLI_DONE;
        }
    }
    return fail_usage(
        cli, "the forms are enrollment, registration, user, signing, principal, contact, draft, oa_change, eft_change, "
             "person, invitation, acceptance and agreement");
}

const cli_command fields_commands[] = {{"fields", NULL, "FORM", "Print the fields of a form.",
                                        "FORM is enrollment, registration, user, signing, principal, contact, draft, "
                                        "oa_change, eft_change, person, invitation, acceptance or agreement.",
                                        1, 1, no_options, cmd_fields},
                                       COMMANDS_END};
