/* A policy as tables for people, in Markdown. */
#include "base/about.h"
#include "policy/check.h"
#include "policy/rules.h"

#include <string.h>

#define NONE "\xE2\x80\x93" /* an en dash */

/* What a role's column says in a row. */
typedef void cell(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer);

static void write_cell(struct nct_writer *writer, const char *text) {
    nct_write(writer, text);
    nct_write(writer, " |");
}

/* Words one after another, with commas; a dash for none. */
struct listing {
    struct nct_writer *writer;
    size_t before;
};

static void list_word(const struct listing *listing, const char *word) {
    if (listing->writer->len > listing->before)
        nct_write(listing->writer, ", ");
    nct_write(listing->writer, word);
}

static void end_list(const struct listing *listing, const char *none) {
    if (listing->writer->len == listing->before)
        nct_write(listing->writer, none);
}

static void list_mask(struct nct_writer *writer, uint32_t mask, const char *(*word)(int32_t), const char *none) {
    struct listing listing = {writer, writer->len};
    for (int32_t i = 0; i < 32; i++)
        if ((mask >> i & 1) != 0 && word(i) != NULL)
            list_word(&listing, word(i));
    end_list(&listing, none);
}

/* ---- roles ---- */

static void cell_rights(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)which;
    nct_write(writer, nct_policy_rule(policy, role)->every_right ? "all" : "those granted");
}

static void cell_authority(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    nct_write(writer, nct_policy_role_has(policy, role, which) ? "yes" : NONE);
}

static void cell_manages(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)which;
    list_mask(writer, nct_policy_rule(policy, role)->manages, nct_role_name, NONE);
}

static void cell_signs(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)which;
    struct listing listing = {writer, writer->len};
    for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; kind < NCT_SUBMISSION_COUNT; kind++) {
        int32_t right = nct_policy_submit_needs(policy, kind);
        if (right < 0)
            continue;
        if (right < NCT_RIGHT_COUNT ? nct_policy_rule(policy, role)->every_right
                                    : nct_policy_role_has(policy, role, right))
            list_word(&listing, nct_submission_name(kind));
    }
    end_list(&listing, NONE);
}

static void cell_from(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)which;
    const char *none = role == NCT_ROLE_OFFICE_ADMINISTRATOR ? "comes with the registration" : "not asked";
    list_mask(writer, nct_policy_rule(policy, role)->from, nct_role_name, none);
}

static void cell_standing(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)which;
    const char *none = role == NCT_ROLE_OFFICE_ADMINISTRATOR ? "see office_administrator below" : "not asked";
    list_mask(writer, nct_policy_rule(policy, role)->standing, nct_relationship_name, none);
}

static void cell_most(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)which;
    int32_t most = nct_policy_rule(policy, role)->most;
    if (most == 0)
        nct_write(writer, "any number");
    else
        nct_write_number(writer, most);
}

static void cell_by_two(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)which;
    nct_write(writer, (policy->profile.by_two & NCT_BIT(role)) != 0 ? "yes" : NONE);
}

static void write_role_row(const struct nct_policy *policy, const char *title, cell *write, int32_t which,
                           struct nct_writer *writer) {
    uint32_t used = nct_roles_used(policy);
    nct_write(writer, "| ");
    write_cell(writer, title);
    for (int32_t role = NCT_ROLE_OFFICE_ADMINISTRATOR; role < NCT_ROLE_COUNT; role++) {
        if ((used & NCT_BIT(role)) == 0)
            continue;
        nct_write(writer, " ");
        write(policy, role, which, writer);
        nct_write(writer, " |");
    }
    nct_write(writer, "\n");
}

static void cell_name(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)policy;
    (void)which;
    nct_write(writer, nct_role_name(role));
}

static void cell_rule(const struct nct_policy *policy, int32_t role, int32_t which, struct nct_writer *writer) {
    (void)policy;
    (void)role;
    (void)which;
    nct_write(writer, "---");
}

static void write_roles(const struct nct_policy *policy, struct nct_writer *writer) {
    static const struct {
        const char *title;
        cell *write;
    } rows[] = {
        {"gives and takes away", cell_manages},
        {"signs without a granted right", cell_signs},
        {"is given to somebody who has", cell_from},
        {"... and is on the record as", cell_standing},
        {"most a record", cell_most},
        {"is given by two", cell_by_two},
    };
    nct_write(writer, "\n### Roles\n\n");
    write_role_row(policy, "", cell_name, 0, writer);
    write_role_row(policy, "---", cell_rule, 0, writer);
    write_role_row(policy, "rights", cell_rights, 0, writer);
    for (int32_t right = NCT_RIGHT_COUNT; nct_right_name(policy, right) != NULL; right++)
        write_role_row(policy, nct_right_name(policy, right), cell_authority, right, writer);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        write_role_row(policy, rows[i].title, rows[i].write, 0, writer);
}

/* ---- the other rules ---- */

static void write_submissions(const struct nct_policy *policy, struct nct_writer *writer) {
    nct_write(writer, "\n### Submissions\n\n| submission | needs | is |\n|---|---|---|\n");
    for (int32_t kind = NCT_SUBMISSION_ENROLLMENT; kind < NCT_SUBMISSION_COUNT; kind++) {
        const char *right = nct_right_name(policy, nct_policy_submit_needs(policy, kind));
        nct_write(writer, "| ");
        write_cell(writer, nct_submission_name(kind));
        nct_write(writer, " ");
        write_cell(writer, right != NULL ? right : NONE);
        nct_write(writer, " ");
        write_cell(writer, nct_submission_description(kind));
        nct_write(writer, "\n");
    }
}

/* A description may be the host's: what would end a cell is escaped. */
static void write_text(struct nct_writer *writer, const char *text) {
    for (; *text != '\0'; text++) {
        if (strchr("|\\<`*_[]", *text) != NULL)
            nct_write(writer, "\\");
        nct_write_bytes(writer, text, 1);
    }
}

static void write_rights(const struct nct_policy *policy, struct nct_writer *writer) {
    nct_write(writer, "\n### Rights\n\n| right | allows to |\n|---|---|\n");
    for (int32_t right = -1; nct_right_next(policy, right, &right) == NCT_OK && right < NCT_RIGHT_COUNT;) {
        nct_write(writer, "| ");
        write_cell(writer, nct_right_name(policy, right));
        nct_write(writer, " ");
        write_text(writer, nct_right_description(policy, right));
        nct_write(writer, " |\n");
    }
}

static void write_rule(const struct nct_policy *policy, size_t place, struct nct_writer *writer) {
    nct_write(writer, "| ");
    write_cell(writer, nct_rule_path(place));
    nct_write(writer, " ");
    size_t before = writer->len;
    nct_rule_at(place)->kind->write(policy, nct_rule_at(place), writer);
    nct_write(writer, writer->len > before ? " | " : NONE " | ");
    write_cell(writer, nct_rule_description(place));
    nct_write(writer, "\n");
}

static int begins(const char *path, const char *prefix) {
    return strncmp(path, prefix, strlen(prefix)) == 0;
}

/* What has no table of its own. */
static int is_other_rule(size_t place) {
    const char *path = nct_rule_path(place);
    return nct_rule_at(place)->kind != &nct_kind_option && !begins(path, "role.") && !begins(path, "submission.") &&
           !begins(path, "right.") && strcmp(path, "name") != 0 && strcmp(path, "by_two") != 0;
}

static void write_rules(const struct nct_policy *policy, const char *heading, int options, struct nct_writer *writer) {
    nct_write(writer, heading);
    nct_write(writer, "| rule | value | meaning |\n|---|---|---|\n");
    for (size_t i = 0; i < nct_rule_count(); i++)
        if (options ? nct_rule_at(i)->kind == &nct_kind_option : is_other_rule(i))
            write_rule(policy, i, writer);
}

nct_status nct_policy_print(const nct_policy *policy, char *out, size_t capacity, size_t *out_len) {
    if (NCT_MISSING(policy) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    struct nct_writer writer = {out, capacity, 0};
    nct_write(&writer, "## Profile ");
    nct_write(&writer, policy->name[0] != '\0' ? policy->name : "without a name");
    nct_write(&writer, "\n");
    write_roles(policy, &writer);
    write_submissions(policy, &writer);
    write_rules(policy, "\n### Other rules\n\n", 0, &writer);
    write_rights(policy, &writer);
    write_rules(policy, "\n### Options\n\n", 1, &writer);
    return nct_writer_end(&writer, out_len);
}
