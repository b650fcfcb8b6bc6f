#include "portal/form/about_text.h"

#include "base/bytes.h"
#include "portal/form/fields.h"

#include <nctracks/ident.h>
#include <nctracks/machine.h>
#include <nctracks/right.h>
#include <nctracks/role.h>
#include <nctracks/store.h>

#include <stdio.h>
#include <string.h>

#define WHAT_ROOM 512

/* Arguments that name people and things a person knows. */
static const struct {
    const char *name;
    const char *label;
} arguments[] = {
    {"by", "Who acts"},
    {"ncid", "The person"},
    {"provider", "The provider"},
    {"operator_name", "The operator"},
    {"reason", "The reason"},
    {"id", "The id"},
    {"name", "The name"},
    {"text", "The text to look for"},
    {"password", "The password"},
    {"new_password", "The new password"},
    {"code", "The code"},
    {"email", "The e-mail address"},
    {"address", "The address"},
    {"spoke_with", "Who was called"},
    {"duplicate", "The duplicate"},
    {"survivor", "The person who stays"},
    {"new_ncid", "The new NCID"},
    {"date", "The date"},
    {"assignee", "The assignee"},
    {"move", "The move"},
};
#define ARGUMENTS (sizeof arguments / sizeof arguments[0])

int nct_argument_at(size_t index, const char **name, const char **label) {
    if (index >= ARGUMENTS)
        return 0;
    *name = arguments[index].name;
    *label = arguments[index].label;
    return 1;
}

static const char *text_of(const struct nct_wording *wording, const char *group, const char *name, const char *suffix,
                           const char *english) {
    char key[NCT_TEXT_KEY_ROOM];
    if (name == NULL || english == NULL)
        return "";
    nct_text_compose(key, group, name, suffix);
    return nct_languages_text_or(wording->languages, wording->language, key, english);
}

const char *nct_argument_label(const struct nct_wording *wording, const char *name) {
    for (size_t i = 0; i < ARGUMENTS; i++)
        if (strcmp(arguments[i].name, name) == 0)
            return text_of(wording, "argument", name, "", arguments[i].label);
    return name;
}

/* ---- what is named, by its kind ---- */

typedef void what_writer(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer);

static void write_right(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    int32_t right = (int32_t)about->value;
    nct_write(writer, text_of(wording, "right", nct_right_name(wording->policy, right), "title",
                              nct_right_title(wording->policy, right)));
}

static const char *role_title(const struct nct_wording *wording, int32_t role) {
    return text_of(wording, "role", nct_role_name(role), "title", nct_role_title(role));
}

static void write_role(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    nct_write(writer, role_title(wording, (int32_t)about->value));
}

static const char *relationship_label(const struct nct_wording *wording, int32_t relationship) {
    const char *word = nct_relationship_name(relationship);
    return word != NULL ? text_of(wording, "choice", word, "", nct_choice_label(word)) : "";
}

/* The names of the bits of a mask, with commas. */
static void write_list(const struct nct_wording *wording, int64_t mask,
                       const char *(*name)(const struct nct_wording *, int32_t), struct nct_writer *writer) {
    const char *separator = "";
    for (int32_t bit = 0; bit < 32; bit++) {
        if ((mask >> bit & 1) == 0)
            continue;
        nct_write(writer, separator);
        nct_write(writer, name(wording, bit));
        separator = ", ";
    }
}

static void write_roles(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    write_list(wording, about->value, role_title, writer);
}

static void write_relationships(const struct nct_wording *wording, const struct nct_about *about,
                                struct nct_writer *writer) {
    write_list(wording, about->value, relationship_label, writer);
}

static void write_state(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    int32_t state = (int32_t)about->value;
    nct_write(writer, text_of(wording, "state", nct_state_name(state), "title", nct_state_title(state)));
}

static void write_word(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    (void)wording;
    nct_write(writer, about->word);
}

static void write_nothing(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    (void)wording;
    (void)about;
    (void)writer;
}

static void write_time(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    char time[NCT_TIME_ROOM];
    (void)wording;
    nct_time_text(time, about->value);
    nct_write(writer, time);
}

static void write_space(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    const char *name = nct_space_name((int32_t)about->value);
    (void)wording;
    nct_write(writer, name != NULL ? name : "");
}

/* The words as they are typed, with commas. */
static void write_choices(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    (void)wording;
    for (const char *at = about->word; *at != '\0';) {
        char word[NCT_TEXT_KEY_ROOM];
        size_t len = strcspn(at, " ");
        snprintf(word, sizeof word, "%s%.*s", at == about->word ? "" : ", ", (int)len, at);
        nct_write(writer, word);
        at += len + (at[len] == ' ');
    }
}

static void write_kind(const struct nct_wording *wording, const struct nct_about *about, struct nct_writer *writer) {
    int32_t kind = (int32_t)about->value;
    nct_write(writer, text_of(wording, "kind", nct_ident_kind_name(kind), "", nct_ident_kind_description(kind)));
}

static const struct {
    enum nct_sentence sentence;
    what_writer *write;
} kinds[] = {
    [NCT_ABOUT_RIGHT] = {NCT_SENTENCE_ABOUT_RIGHT, write_right},
    [NCT_ABOUT_ROLE] = {NCT_SENTENCE_ABOUT_ROLE, write_role},
    [NCT_ABOUT_ROLES] = {NCT_SENTENCE_ABOUT_ROLES, write_roles},
    [NCT_ABOUT_RELATIONSHIPS] = {NCT_SENTENCE_ABOUT_RELATIONSHIPS, write_relationships},
    [NCT_ABOUT_STATE] = {NCT_SENTENCE_ABOUT_STATE, write_state},
    [NCT_ABOUT_RULE] = {NCT_SENTENCE_ABOUT_RULE, write_word},
    [NCT_ABOUT_LENGTH] = {NCT_SENTENCE_ABOUT_LENGTH, write_nothing},
    [NCT_ABOUT_PLACE] = {NCT_SENTENCE_ABOUT_PLACE, write_nothing},
    [NCT_ABOUT_TIME] = {NCT_SENTENCE_ABOUT_TIME, write_time},
    [NCT_ABOUT_CALLBACK] = {NCT_SENTENCE_ABOUT_CALLBACK, write_word},
    [NCT_ABOUT_SPACE] = {NCT_SENTENCE_ABOUT_SPACE, write_space},
    [NCT_ABOUT_KIND] = {NCT_SENTENCE_ABOUT_KIND, write_kind},
    [NCT_ABOUT_CHOICES] = {NCT_SENTENCE_ABOUT_CHOICES, write_choices},
};

void nct_about_write(const struct nct_wording *wording, nct_status status, const struct nct_about *about,
                     struct nct_writer *writer) {
    char what[WHAT_ROOM];
    char value[24];
    const char *message = nct_status_text(wording->languages, status, wording->language);
    if (about == NULL || about->kind == NCT_ABOUT_NOTHING) {
        nct_write(writer, message);
        return;
    }
    struct nct_writer naming = {what, sizeof what, 0};
    kinds[about->kind].write(wording, about, &naming);
    (void)nct_writer_end(&naming, NULL);
    snprintf(value, sizeof value, "%lld", (long long)about->value);
    const struct nct_parameter parameters[] = {{"message", message}, {"what", what}, {"value", value}, {NULL, NULL}};
    nct_sentence_write(wording->languages, wording->language, kinds[about->kind].sentence, parameters, writer);
}
