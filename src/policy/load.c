/* A policy as one text: lines `path = value`. */
#include "base/about.h"
#include "base/utf8.h"
#include "policy/problems.h"
#include "policy/rules.h"

#include <stdlib.h>
#include <string.h>

#define BASE "base"

/* ---- setting one rule ---- */

static nct_status check_value(const struct nct_piece *value) {
    if (value->len > NCT_RULE_VALUE_MAX)
        return NCT_E_TOO_LONG;
    if (value->len > 0 && memchr(value->bytes, '\0', value->len) != NULL)
        return NCT_E_NUL;
    return nct_text_utf8(value->bytes, value->len);
}

static nct_status apply(struct nct_policy *policy, size_t place, const struct nct_piece *value, size_t line,
                        struct nct_policy_problems *problems) {
    const struct nct_rule_row *row = nct_rule_at(place);
    struct nct_piece wrong = *value;
    nct_status status = row->kind->read(policy, row, &wrong);
    struct nct_policy_problem what = {line, nct_rule_path(place), strlen(nct_rule_path(place)), status};
    if (status != NCT_OK)
        nct_policy_problems_add_status(problems, &what, wrong.len > 0 ? wrong.bytes : NULL, wrong.len);
    return status;
}

/* One rule, set outside of a text. */
static nct_status set_rule(struct nct_policy *policy, const char *path, const struct nct_piece *value,
                           struct nct_policy_problems *problems) {
    size_t place = nct_rule_place(path, strlen(path));
    nct_status status = place < nct_rule_count() ? check_value(value) : NCT_E_UNKNOWN_FIELD;
    struct nct_policy_problem what = {0, path, strlen(path), status};
    if (status == NCT_OK)
        return apply(policy, place, value, 0, problems);
    nct_policy_problems_add_status(problems, &what, NULL, 0);
    return status;
}

nct_status nct_rule_set(nct_policy *policy, const char *path, const char *value, size_t value_len,
                        nct_policy_problems **problems) {
    if (problems != NULL)
        *problems = NULL;
    if (NCT_MISSING(policy) || NCT_MISSING(path) || (value_len > 0 && NCT_MISSING(value)))
        return NCT_E_ARGUMENT;
    struct nct_policy_problems *list = problems != NULL ? nct_policy_problems_new() : NULL;
    if (problems != NULL && list == NULL)
        return NCT_E_NO_MEMORY;
    struct nct_piece piece = {value != NULL ? value : "", value_len};
    nct_status status = set_rule(policy, path, &piece, list);
    nct_policy_problems_finish(list, problems);
    return status;
}

/* ---- a whole text ---- */

/* What a text gives a rule. */
struct given {
    struct nct_piece value;
    size_t line; /* 0: nothing */
};

struct loading {
    struct nct_piece rest;
    size_t line;
    size_t spoken; /* lines so far that were more than comments */
    const struct nct_profile *base;
    struct given given[NCT_RULES_MAX];
    struct nct_policy_problems *problems;
};

static void object(struct loading *loading, nct_status code, const struct nct_piece *path, const char *word,
                   size_t len) {
    struct nct_policy_problem what = {loading->line, path->bytes, path->len, code};
    nct_policy_problems_add_status(loading->problems, &what, word, len);
}

static void trim(struct nct_piece *piece) {
    while (piece->len > 0 && strchr(" \t\r", piece->bytes[0]) != NULL && piece->bytes[0] != '\0') {
        piece->bytes++;
        piece->len--;
    }
    while (piece->len > 0 && strchr(" \t\r", piece->bytes[piece->len - 1]) != NULL &&
           piece->bytes[piece->len - 1] != '\0')
        piece->len--;
}

/* The next line without the white space around it; 0 at the end. */
static int next_line(struct loading *loading, struct nct_piece *line) {
    if (loading->rest.len == 0)
        return 0;
    const char *end = memchr(loading->rest.bytes, '\n', loading->rest.len);
    *line =
        (struct nct_piece){loading->rest.bytes, end != NULL ? (size_t)(end - loading->rest.bytes) : loading->rest.len};
    size_t taken = line->len + (end != NULL);
    loading->rest.bytes += taken;
    loading->rest.len -= taken;
    loading->line++;
    trim(line);
    return 1;
}

static int has_control(const struct nct_piece *line) {
    for (size_t i = 0; i < line->len; i++)
        if (((unsigned char)line->bytes[i] < ' ' && line->bytes[i] != '\t') || line->bytes[i] == '\x7f')
            return 1;
    return 0;
}

/* Comments too: a text of another encoding shall be found. */
static nct_status check_line(const struct nct_piece *line) {
    nct_status status = check_value(line);
    return status == NCT_OK && has_control(line) ? NCT_E_CHARACTER : status;
}

static void take_base(struct loading *loading, const struct nct_piece *path, const struct nct_piece *value) {
    char name[NCT_PROFILE_NAME_MAX] = "";
    if (loading->spoken > 1) {
        object(loading, NCT_E_FORMAT, path, "not the first line", strlen("not the first line"));
        return;
    }
    if (value->len < sizeof name)
        memcpy(name, value->bytes, value->len);
    loading->base = nct_profile_find(name);
    if (loading->base == NULL)
        object(loading, NCT_E_UNKNOWN_VALUE, path, value->bytes, value->len);
}

static void take_rule(struct loading *loading, const struct nct_piece *path, const struct nct_piece *value) {
    size_t place = nct_rule_place(path->bytes, path->len);
    if (place == nct_rule_count())
        object(loading, NCT_E_UNKNOWN_FIELD, path, NULL, 0);
    else if (loading->given[place].line != 0)
        object(loading, NCT_E_DUPLICATE, path, NULL, 0);
    else
        loading->given[place] = (struct given){*value, loading->line};
}

static void take_line(struct loading *loading, const struct nct_piece *line) {
    const struct nct_piece none = {"", 0};
    nct_status status = check_line(line);
    if (status == NCT_OK && (line->len == 0 || line->bytes[0] == '#'))
        return;
    const char *equals = status == NCT_OK ? memchr(line->bytes, '=', line->len) : NULL;
    if (equals == NULL) {
        object(loading, status != NCT_OK ? status : NCT_E_FORMAT, &none, status == NCT_OK ? line->bytes : NULL,
               line->len);
        return;
    }
    struct nct_piece path = {line->bytes, (size_t)(equals - line->bytes)};
    struct nct_piece value = {equals + 1, line->len - path.len - 1};
    trim(&path);
    trim(&value);
    loading->spoken++;
    if (path.len == strlen(BASE) && memcmp(path.bytes, BASE, path.len) == 0)
        take_base(loading, &path, &value);
    else
        take_rule(loading, &path, &value);
}

/* An empty profile leaves every submission open. */
#define UNSAID(constant, ...) [NCT_SUBMISSION_##constant] = NCT_NEEDS_UNSAID,
static const struct nct_profile empty = {.submission_needs = {NCT_SUBMISSIONS(UNSAID)}};

static nct_status load(struct loading *loading, struct nct_policy *policy) {
    struct nct_piece line;
    while (next_line(loading, &line))
        take_line(loading, &line);
    nct_policy_set_defaults(policy, loading->base != NULL ? loading->base : &empty);
    for (size_t i = 0; i < nct_rule_count(); i++)
        if (loading->given[i].line != 0)
            apply(policy, i, &loading->given[i].value, loading->given[i].line, loading->problems);
    nct_policy_problems_sort(loading->problems);
    return nct_policy_problems_count(loading->problems) == 0 ? NCT_OK : NCT_E_PROBLEMS;
}

static nct_status load_or_free(struct loading *loading, nct_policy **out) {
    struct nct_policy *policy = malloc(sizeof *policy);
    nct_status status = policy != NULL ? load(loading, policy) : NCT_E_NO_MEMORY;
    if (status == NCT_OK)
        *out = policy;
    else
        nct_policy_free(policy);
    return status;
}

nct_status nct_policy_load(const char *text, size_t text_len, nct_policy_problems **problems, nct_policy **out) {
    if (problems != NULL)
        *problems = NULL;
    if (out != NULL)
        *out = NULL;
    if (NCT_MISSING(out) || (text_len > 0 && NCT_MISSING(text)))
        return NCT_E_ARGUMENT;
    if (text_len > NCT_POLICY_TEXT_MAX)
        return NCT_E_LIMIT;
    struct loading loading = {.rest = {text, text_len}, .problems = nct_policy_problems_new()};
    if (loading.problems == NULL)
        return NCT_E_NO_MEMORY;
    nct_status status = load_or_free(&loading, out);
    nct_policy_problems_finish(loading.problems, problems);
    return status;
}

/* Whether a value is more than that of an empty policy. */
static int says_something(const struct nct_policy *policy, const struct nct_rule_row *row) {
    char value[4];
    struct nct_writer writer = {value, sizeof value, 0};
    row->kind->write(policy, row, &writer);
    size_t len = writer.len;
    nct_writer_end(&writer, NULL);
    return len > 0 && (row->kind != &nct_kind_yes_no || strcmp(value, "no") != 0);
}

nct_status nct_policy_save(const nct_policy *policy, char *out, size_t capacity, size_t *out_len) {
    if (NCT_MISSING(policy) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    struct nct_writer writer = {out, capacity, 0};
    for (size_t i = 0; i < nct_rule_count(); i++) {
        if (!says_something(policy, nct_rule_at(i)))
            continue;
        nct_write(&writer, nct_rule_path(i));
        nct_write(&writer, " = ");
        nct_rule_at(i)->kind->write(policy, nct_rule_at(i), &writer);
        nct_write(&writer, "\n");
    }
    return nct_writer_end(&writer, out_len);
}

size_t nct_policy_text_max(void) {
    return NCT_POLICY_TEXT_MAX;
}
