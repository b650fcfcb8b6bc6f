#include "forms/json.h"

#include <stdio.h>
#include <string.h>

#include "files.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define FORM_FILE_MAX ((size_t)4 * 1024 * 1024)
#define PATH_MAX_BYTES 128

/** One filling: the form and what was found wrong on the way. */
struct filling {
    const struct cli *cli;
    const form_target *target;
    json_t *problems;
    nct_status failure; /* of the machine, such as no memory; ends the walk */
};

static void walk(struct filling *filling, const json_t *value, const char *path);

static void object_to(struct filling *filling, const char *path, nct_status code, const char *message) {
    out_append(filling->problems, fail_problem(path, nct_status_name(code), message));
}

static void set(struct filling *filling, const char *path, const char *value, size_t len) {
    nct_status status = filling->target->set(filling->target->handle, path, value, len);
    if (status == NCT_OK) {
        return;
    }
    if (status == NCT_E_UNKNOWN_FIELD || status == NCT_E_LIMIT || nct_status_category(status) == NCT_CATEGORY_VALUE) {
        object_to(filling, path, status, fail_message(filling->cli, status));
    } else {
        filling->failure = status;
    }
}

/* Whether a path is the one of a table, where an index is written "N". */
static bool is_path(const char *pattern, const char *path) {
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == 'N' && *path >= '0' && *path <= '9') {
            path += strspn(path, "0123456789");
        } else if (*pattern == *path) {
            path++;
        } else {
            return false;
        }
    }
    return *path == '\0';
}

static bool is_rights_field(int32_t form, const char *path) {
    for (size_t i = 0; i < nct_field_count(form); i++) {
        if (is_path(nct_field_path(form, i), path)) {
            return strcmp(nct_field_type(form, i), "rights") == 0;
        }
    }
    return false;
}

/* ["claim.submit", "pa.submit"] is the same as "claim.submit pa.submit". */
static void set_rights(struct filling *filling, const json_t *names, const char *path) {
    char joined[NCT_FIELD_MAX + 1] = "";
    size_t len = 0;
    size_t index;
    json_t *name;
    json_array_foreach(names, index, name) {
        size_t name_len = json_string_length(name);
        if (!json_is_string(name) || memchr(json_string_value(name), ' ', name_len) != NULL) {
            object_to(filling, path, NCT_E_FORMAT, "A list of rights holds one name in each string.");
            return;
        }
        if (len + name_len + 1 > NCT_FIELD_MAX) {
            object_to(filling, path, NCT_E_TOO_LONG, fail_message(filling->cli, NCT_E_TOO_LONG));
            return;
        }
        if (index > 0) {
            joined[len++] = ' ';
        }
        memcpy(joined + len, json_string_value(name), name_len);
        len += name_len;
    }
    set(filling, path, joined, len);
}

/* A key with a separator in it would name a path that another nesting names too. */
static bool is_plain_key(const char *key) {
    return key[0] != '\0' && strpbrk(key, ".[]") == NULL;
}

static void walk_object(struct filling *filling, const json_t *object, const char *path) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        char inner[PATH_MAX_BYTES];
        int len = snprintf(inner, sizeof inner, "%s%s%s", path, path[0] != '\0' ? "." : "", key);
        if (len < 0 || (size_t)len >= sizeof inner || !is_plain_key(key)) {
            object_to(filling, inner, NCT_E_UNKNOWN_FIELD, fail_message(filling->cli, NCT_E_UNKNOWN_FIELD));
        } else {
            walk(filling, value, inner);
        }
    }
}

static void walk_array(struct filling *filling, const json_t *array, const char *path) {
    size_t index;
    json_t *value;
    json_array_foreach(array, index, value) {
        char inner[PATH_MAX_BYTES];
        int len = snprintf(inner, sizeof inner, "%s[%zu]", path, index);
        if (len < 0 || (size_t)len >= sizeof inner) {
            object_to(filling, path, NCT_E_UNKNOWN_FIELD, fail_message(filling->cli, NCT_E_UNKNOWN_FIELD));
            return;
        }
        walk(filling, value, inner);
    }
}

static void walk(struct filling *filling, const json_t *value, const char *path) {
    if (filling->failure != NCT_OK) {
        return;
    }
    if (json_is_string(value)) {
        set(filling, path, json_string_value(value), json_string_length(value));
    } else if (json_is_object(value)) {
        walk_object(filling, value, path);
    } else if (json_is_array(value) && is_rights_field(filling->target->form, path)) {
        set_rights(filling, value, path);
    } else if (json_is_array(value)) {
        walk_array(filling, value, path);
    } else {
        /* A number would lose the zeros it begins with. */
        object_to(filling, path, NCT_E_FORMAT, "The value must be a string, in double quotes.");
    }
}

/* The JSON library's own message quotes from the file, where an account number may stand. */
static const char *json_reason(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return "out of memory";
    case json_error_duplicate_key:
        return "a key stands twice in one object";
    case json_error_invalid_utf8:
        return "not valid UTF-8";
    case json_error_premature_end_of_input:
        return "the file ends too early";
    case json_error_end_of_input_expected:
        return "something follows the end of the form";
    case json_error_null_byte_in_key:
        return "a key has a NUL character";
    default:
        return "not valid JSON";
    }
}

static int load(struct cli *cli, const char *file, json_t **out) {
    file_content content;
    json_error_t error;
    if (!file_read(file, FORM_FILE_MAX, &content)) {
        return fail_file(cli, file);
    }
    /* NUL is let through, so that the library can say which field has it. */
    *out = json_loadb(content.bytes, content.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    file_release(&content);
    if (*out == NULL) {
        return fail_input(cli, "%s: line %d, column %d: %s", file, error.line, error.column, json_reason(&error));
    }
    if (!json_is_object(*out)) {
        json_decref(*out);
        return fail_input(cli, "%s: a form is a JSON object", file);
    }
    return CLI_DONE;
}

static int report(struct cli *cli, struct filling *filling) {
    nct_problems *more = NULL;
    if (filling->failure != NCT_OK) {
        json_decref(filling->problems);
        return fail_status(cli, filling->failure, NULL);
    }
    if (json_array_size(filling->problems) == 0) {
        json_decref(filling->problems);
        return CLI_DONE;
    }
    filling->target->validate(filling->target->handle, &more);
    fail_collect(cli, filling->problems, more);
    nct_problems_free(more);
    return fail_problems(cli, filling->problems);
}

static nct_status set_field(void *handle, const char *path, const void *value, size_t len) {
    return nct_form_set(handle, path, value, len);
}

static nct_status validate(void *handle, nct_problems **problems) {
    return nct_form_validate(handle, problems);
}

form_target form_json_target(nct_form *form) {
    return (form_target){nct_form_kind(form), form, set_field, validate};
}

int form_json_fill(struct cli *cli, const char *file, const form_target *target) {
    json_t *form = NULL;
    int code = load(cli, file, &form);
    if (code != CLI_DONE) {
        return code;
    }
    struct filling filling = {cli, target, out_array(), NCT_OK};
    walk(&filling, form, "");
    json_decref(form);
    return report(cli, &filling);
}
