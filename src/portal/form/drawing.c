/* What a front end draws a form from: each field by what its type and its place in the form say. */
#include "portal/form/value.h"

#include <nctracks/ident.h>
#include <nctracks/password.h>
#include <nctracks/submission.h>

#include <string.h>

#define TEXT_BYTES (4 * NCT_TEXT_CHARACTERS) /* of UTF-8 */
#define PIN_MOST 12                          /* NCT_OPTION_PIN_LENGTH allows no more digits */
#define DATE_LENGTH 10
#define TIME_LENGTH 15 /* of the last millisecond of the year 9999 */

/* How a type is drawn. Tokens of autocomplete and inputmode are those of the HTML standard (WHATWG). */
struct drawing {
    const char *name; /* NULL: that of the identifier kind */
    const char *input;
    const char *inputmode;
    const char *autocomplete; /* of the person's own data; NULL: "off" */
    size_t characters;        /* at most; 0: as long as its longest word */
    size_t bytes;             /* at most; 0: as many as characters */
    int secret;
};

static const struct drawing drawings[NCT_TYPE_END] = {
    [NCT_IDENT_NPI] = {NULL, "text", "numeric", NULL, 10, 0, 0},
    [NCT_IDENT_ATYPICAL_ID] = {NULL, "text", "text", NULL, 10, 0, 0},
    [NCT_IDENT_NCID] = {NULL, "text", "text", "username", 20, 0, 0},
    [NCT_IDENT_EIN] = {NULL, "text", "numeric", NULL, 10, 0, 0},
    [NCT_IDENT_SSN] = {NULL, "text", "numeric", NULL, 11, 0, 0},
    [NCT_IDENT_ITIN] = {NULL, "text", "numeric", NULL, 11, 0, 0},
    [NCT_IDENT_ATIN] = {NULL, "text", "numeric", NULL, 11, 0, 0},
    [NCT_IDENT_ABA] = {NULL, "text", "numeric", NULL, 9, 0, 0},
    [NCT_IDENT_BANK_ACCOUNT] = {NULL, "text", "text", NULL, 17, 0, 0},
    [NCT_IDENT_EMAIL] = {NULL, "email", "email", "email", 254, 0, 0},
    [NCT_IDENT_PHONE] = {NULL, "tel", "tel", "tel", 17, 0, 0}, /* +1 (NNN) NNN-NNNN */
    [NCT_IDENT_ZIP] = {NULL, "text", "numeric", "postal-code", 10, 0, 0},
    [NCT_IDENT_PROVIDER_ID] = {NULL, "text", "text", NULL, 10, 0, 0},
    [NCT_IDENT_TAX_ID] = {NULL, "text", "numeric", NULL, 11, 0, 0},
    [NCT_TYPE_TEXT] = {"text", "text", "text", NULL, NCT_TEXT_CHARACTERS, TEXT_BYTES, 0},
    [NCT_TYPE_GIVEN_NAME] = {"text", "text", "text", "given-name", NCT_TEXT_CHARACTERS, TEXT_BYTES, 0},
    [NCT_TYPE_FAMILY_NAME] = {"text", "text", "text", "family-name", NCT_TEXT_CHARACTERS, TEXT_BYTES, 0},
    [NCT_TYPE_MIDDLE_NAME] = {"text", "text", "text", "additional-name", NCT_TEXT_CHARACTERS, TEXT_BYTES, 0},
    [NCT_TYPE_EXTENSION] = {"text", "text", "numeric", "tel-extension", NCT_EXTENSION_DIGITS, 0, 0},
    [NCT_TYPE_TOKEN] = {"text", "hidden", "", NULL, NCT_TEXT_CHARACTERS, TEXT_BYTES, 0},
    [NCT_TYPE_CHOICE] = {"choice", "select", "", NULL, 0, 0, 0},
    [NCT_TYPE_RIGHTS] = {"rights", "checkbox", "", NULL, NCT_FIELD_MAX, 0, 0},
    [NCT_TYPE_PASSWORD] = {"secret", "password", "text", "current-password", NCT_PASSWORD_MAX, 0, 1},
    [NCT_TYPE_PIN] = {"secret", "password", "numeric", NULL, PIN_MOST, 0, 1},
    [NCT_TYPE_PERIOD] = {"secret", "hidden", "", NULL, NCT_PASSWORD_MAX, 0, 1},
    [NCT_TYPE_CODE] = {"secret", "text", "text", NULL, NCT_FIELD_MAX, 0, 1},
    [NCT_TYPE_BYTES] = {"bytes", "file", "", NULL, NCT_DOCUMENT_BYTES_MAX, 0, 0},
    [NCT_TYPE_SHOWN] = {"bytes", "hidden", "", NULL, NCT_DOCUMENT_BYTES_MAX, 0, 0},
    [NCT_TYPE_CHOICES] = {"choices", "checkbox", "", NULL, NCT_FIELD_MAX, 0, 0},
    [NCT_TYPE_DATE] = {"date", "date", "", NULL, DATE_LENGTH, 0, 0},
    [NCT_TYPE_TIME] = {"time", "date", "", NULL, TIME_LENGTH, 0, 0},
    [NCT_TYPE_LANGUAGE] = {"language", "select", "", "language", NCT_LANGUAGE_ROOM - 1, 0, 0},
};

static const struct drawing *drawing_at(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    return row != NULL ? &drawings[row->type] : NULL;
}

const char *nct_field_type(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    if (row == NULL)
        return NULL;
    return drawings[row->type].name != NULL ? drawings[row->type].name : nct_ident_kind_name(row->type);
}

/* ---- how it is typed ---- */

const char *nct_field_input(int32_t form, size_t index) {
    return nct_field_row_at(form, index) != NULL ? drawing_at(form, index)->input : NULL;
}

const char *nct_field_inputmode(int32_t form, size_t index) {
    return nct_field_row_at(form, index) != NULL ? drawing_at(form, index)->inputmode : NULL;
}

const char *nct_field_autocomplete(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    const char *self = nct_form_self(form);
    if (row == NULL)
        return NULL;
    const char *own = drawings[row->type].autocomplete;
    return own != NULL && self != NULL && strncmp(row->path, self, strlen(self)) == 0 ? own : "off";
}

int32_t nct_field_secret(int32_t form, size_t index) {
    return nct_field_row_at(form, index) == NULL || drawing_at(form, index)->secret;
}

static size_t longest_word(const char *words) {
    size_t longest = 0;
    for (const char *at = words; *at != '\0';) {
        size_t length = strcspn(at, " ");
        longest = length > longest ? length : longest;
        at += length + (at[length] == ' ');
    }
    return longest;
}

size_t nct_field_max_characters(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    if (row == NULL)
        return 0;
    size_t characters = drawings[row->type].characters;
    return characters > 0 ? characters : longest_word(row->choices);
}

size_t nct_field_max_bytes(int32_t form, size_t index) {
    size_t bytes = nct_field_row_at(form, index) != NULL ? drawing_at(form, index)->bytes : 0;
    return bytes > 0 ? bytes : nct_field_max_characters(form, index);
}

/* ---- values of choices ---- */

const char *nct_field_choice_label(int32_t form, size_t index, const char *choice) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    int32_t submission = 0;
    if (row == NULL || choice == NULL || nct_value_choice(row->choices, choice, strlen(choice)) == 0)
        return NULL;
    const char *label = nct_choice_label(choice);
    if (label != NULL)
        return label;
    return nct_submission_from_name(choice, &submission) == NCT_OK ? nct_submission_description(submission) : NULL;
}

/* ---- groups ---- */

/* The length of the part of a path that names its group, without the dot. */
static size_t group_len(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot != NULL ? (size_t)(dot - path) : 0;
}

static int same_group(const struct nct_field_row *a, const struct nct_field_row *b) {
    size_t len = group_len(a->path);
    return len == group_len(b->path) && strncmp(a->path, b->path, len) == 0;
}

/* The name of the group that paths begin with: a beginning of length 0 has none. */
static const char *group_of(const char *path, size_t len, const char **label) {
    const char *name = NULL;
    for (size_t i = 0; nct_field_group_at(i, &name, label); i++)
        if (strlen(name) == len && strncmp(name, path, len) == 0)
            return name;
    return *label = "";
}

const char *nct_field_group(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    const char *label = NULL;
    return row != NULL ? group_of(row->path, group_len(row->path), &label) : NULL;
}

const char *nct_field_group_label(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    const char *label = NULL;
    if (row != NULL)
        (void)group_of(row->path, group_len(row->path), &label);
    return label;
}

int32_t nct_field_group_required(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    size_t count = 0;
    const struct nct_field_row *rows = nct_form_fields(form, &count);
    for (size_t i = 0; row != NULL && i < count; i++)
        if (nct_field_required(form, i) && same_group(row, &rows[i]))
            return 1;
    return 0;
}

size_t nct_field_group_max(int32_t form, size_t index) {
    const struct nct_field_row *row = nct_field_row_at(form, index);
    if (row == NULL)
        return 0;
    return strchr(row->path, '[') != NULL ? NCT_USERS_MAX : 1;
}
