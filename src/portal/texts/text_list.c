/* All texts by key, from the tables they stand in: what is added to a table has a key at once. */
#include "portal/texts/text_list.h"

#include "portal/form/about_text.h"
#include "portal/form/form.h"
#include "portal/mail/text.h"

#include <nctracks/ident.h>
#include <nctracks/language.h>
#include <nctracks/machine.h>
#include <nctracks/option.h>
#include <nctracks/role.h>
#include <nctracks/submission.h>

#include <string.h>

#define NAME_MOST 80
#define LINE_MOST 300
#define SUBJECT_MOST 150
#define BODY_MOST 120

/* A function per table: the row of a place within it; 0 past its end. */
typedef int nct_text_section(size_t index, struct nct_text_row *row);

static int fill(struct nct_text_row *row, const char *group, const char *name, const char *english) {
    *row = (struct nct_text_row){group, name, "", english, LINE_MOST};
    return name != NULL && english != NULL;
}

/* The last two are of what is in no table: a host's own code, and a code nobody defined. */
static int status_row(size_t index, struct nct_text_row *row) {
    if (index > nct_status_count() + 1)
        return 0;
    nct_status status = index < nct_status_count()    ? nct_status_at(index)
                        : index == nct_status_count() ? NCT_E_HOST
                                                      : 1;
    return fill(row, "status", nct_status_name(status), nct_status_message(status));
}

static int kind_row(size_t index, struct nct_text_row *row) {
    int32_t kind = (int32_t)index + 1;
    return fill(row, "kind", nct_ident_kind_name(kind), nct_ident_kind_description(kind));
}

/* Of what has a title and a description, in turn. */
static int titled(struct nct_text_row *row, const char *group, const char *name, const char *text, int is_title) {
    if (!fill(row, group, name, text))
        return 0;
    row->suffix = is_title ? "title" : "";
    row->most = is_title ? NAME_MOST : LINE_MOST;
    return 1;
}

static int right_row(size_t index, struct nct_text_row *row) {
    size_t right = index / 2;
    int is_title = index % 2 == 0;
    return titled(row, "right", nct_library_right_name(right),
                  is_title ? nct_library_right_title(right) : nct_library_right_description(right), is_title);
}

static int role_row(size_t index, struct nct_text_row *row) {
    int32_t role = (int32_t)(index / 2) + 1;
    int is_title = index % 2 == 0;
    return titled(row, "role", nct_role_name(role), is_title ? nct_role_title(role) : nct_role_description(role),
                  is_title);
}

static int submission_row(size_t index, struct nct_text_row *row) {
    int32_t submission = (int32_t)index + 1;
    return fill(row, "submission", nct_submission_name(submission), nct_submission_description(submission));
}

static int relationship_row(size_t index, struct nct_text_row *row) {
    int32_t relationship = (int32_t)index + 1;
    return fill(row, "relationship", nct_relationship_name(relationship), nct_relationship_description(relationship));
}

static int state_row(size_t index, struct nct_text_row *row) {
    int32_t state = (int32_t)(index / 2) + 1;
    int is_title = index % 2 == 0;
    return titled(row, "state", nct_state_name(state), is_title ? nct_state_title(state) : nct_state_description(state),
                  is_title);
}

static int move_row(size_t index, struct nct_text_row *row) {
    int32_t move = (int32_t)index + 1;
    return fill(row, "move", nct_move_name(move), nct_move_description(move));
}

static int option_row(size_t index, struct nct_text_row *row) {
    int32_t option = (int32_t)index + 1;
    return fill(row, "option", nct_option_name(option), nct_option_description(option));
}

/* Two texts each: label and description. The group is the form's name, written as "field.FORM". */
static int field_row(size_t index, struct nct_text_row *row) {
    for (int32_t form = 1; form < NCT_FORM_KINDS; form++) {
        size_t count = 0;
        const struct nct_field_row *fields = nct_form_fields(form, &count);
        if (index < 2 * count) {
            const struct nct_field_row *field = &fields[index / 2];
            int label = index % 2 == 0;
            *row = (struct nct_text_row){nct_form_group(form), field->path, label ? "label" : "description",
                                         label ? field->label : field->description, label ? NAME_MOST : LINE_MOST};
            return 1;
        }
        index -= 2 * count;
    }
    return 0;
}

static int group_row(size_t index, struct nct_text_row *row) {
    const char *name = NULL;
    const char *label = NULL;
    (void)nct_field_group_at(index, &name, &label);
    int there = fill(row, "group", name, label);
    row->most = NAME_MOST;
    return there;
}

static int choice_row(size_t index, struct nct_text_row *row) {
    const char *word = NULL;
    const char *label = NULL;
    (void)nct_choice_at(index, &word, &label);
    int there = fill(row, "choice", word, label);
    row->most = NAME_MOST;
    return there;
}

static int argument_row(size_t index, struct nct_text_row *row) {
    const char *name = NULL;
    const char *label = NULL;
    (void)nct_argument_at(index, &name, &label);
    int there = fill(row, "argument", name, label);
    row->most = NAME_MOST;
    return there;
}

static int mail_row(size_t index, struct nct_text_row *row) {
    int32_t id = (int32_t)(index / 2) + 1;
    int subject = index % 2 == 0;
    if (!fill(row, "mail", nct_mail_template_name(id),
              subject ? nct_mail_template_subject(id) : nct_mail_template_body(id)))
        return 0;
    row->suffix = subject ? "subject" : "body";
    row->most = subject ? SUBJECT_MOST : BODY_MOST;
    return 1;
}

static nct_text_section *const sections[] = {
    nct_sentence_row, status_row, argument_row, role_row,   relationship_row, right_row,  submission_row, state_row,
    move_row,         field_row,  group_row,    choice_row, kind_row,         option_row, mail_row,
};
#define SECTIONS (sizeof sections / sizeof sections[0])

int nct_text_next(struct nct_text_walk *walk, struct nct_text_row *row) {
    for (; walk->section < SECTIONS; walk->section++, walk->place = 0) {
        if (!sections[walk->section](walk->place, row))
            continue;
        walk->place++;
        walk->index++;
        return 1;
    }
    return 0;
}

int nct_text_find(const char *key, size_t len, size_t *index, struct nct_text_row *row) {
    char composed[NCT_TEXT_KEY_ROOM];
    for (struct nct_text_walk walk = {0}; nct_text_next(&walk, row);) {
        if (len <= strlen(row->group) || memcmp(key, row->group, strlen(row->group)) != 0)
            continue;
        nct_text_row_key(row, composed);
        *index = walk.index - 1;
        if (strlen(composed) == len && memcmp(composed, key, len) == 0)
            return 1;
    }
    return 0;
}

size_t nct_text_count(void) {
    struct nct_text_walk walk = {0};
    struct nct_text_row row;
    while (nct_text_next(&walk, &row))
        ;
    return walk.index;
}
