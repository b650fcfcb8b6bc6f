#include "portal/form/problems.h"

#include "language/sentences.h"
#include "portal/form/fields.h"

#include <nctracks/language.h>

#include <stdio.h>
#include <string.h>

#define PATH_MAX_LEN 64

struct problem {
    nct_status code;
    char path[PATH_MAX_LEN];
    char message[256];
};

struct nct_problems {
    struct nct_memory memory;
    const struct nct_languages *languages; /* the portal's */
    int32_t form;
    struct problem *list;
    size_t count;
    size_t capacity;
};

nct_status nct_problems_new(const struct nct_portal *portal, int32_t form, struct nct_problems **out) {
    *out = nct_memory_take(&portal->seams.memory, sizeof **out);
    if (*out == NULL)
        return NCT_E_NO_MEMORY;
    (*out)->memory = portal->seams.memory;
    (*out)->languages = &portal->languages;
    (*out)->form = form;
    return NCT_OK;
}

void nct_problems_free(nct_problems *problems) {
    if (problems == NULL)
        return;
    struct nct_memory memory = problems->memory;
    nct_memory_give(&memory, problems->list);
    nct_memory_give(&memory, problems);
}

static nct_status grow(struct nct_problems *problems) {
    if (problems->count < problems->capacity)
        return NCT_OK;
    size_t capacity = problems->capacity > 0 ? 2 * problems->capacity : 8;
    struct problem *list = nct_memory_take_array(&problems->memory, capacity, sizeof *list);
    if (list == NULL)
        return NCT_E_NO_MEMORY;
    if (problems->count > 0)
        memcpy(list, problems->list, problems->count * sizeof *list);
    nct_memory_give(&problems->memory, problems->list);
    problems->list = list;
    problems->capacity = capacity;
    return NCT_OK;
}

nct_status nct_problems_add(struct nct_problems *problems, const char *path, nct_status code) {
    size_t index = 0;
    const struct nct_field_row *field = nct_field_find(problems->form, path, &index);
    nct_status status = grow(problems);
    if (status != NCT_OK)
        return status;
    struct problem *problem = &problems->list[problems->count++];
    problem->code = code;
    snprintf(problem->path, sizeof problem->path, "%s", path);
    snprintf(problem->message, sizeof problem->message, "%s: %s", field != NULL ? field->label : path,
             nct_status_message(code));
    return NCT_OK;
}

nct_status nct_problems_finish(struct nct_problems *problems, nct_status status, struct nct_problems **out) {
    int some = problems != NULL && problems->count > 0;
    if (status == NCT_OK && some)
        status = NCT_E_PROBLEMS;
    if (status == NCT_E_PROBLEMS && out != NULL)
        *out = problems;
    else
        nct_problems_free(problems);
    return status;
}

void nct_notes_finish(struct nct_problems *notes, nct_status status, struct nct_problems **out) {
    if (status == NCT_OK && nct_problems_count(notes) > 0 && out != NULL)
        *out = notes;
    else
        nct_problems_free(notes);
}

size_t nct_problems_count(const nct_problems *problems) {
    return problems != NULL ? problems->count : 0;
}

static const struct problem *at(const nct_problems *problems, size_t index) {
    return index < nct_problems_count(problems) ? &problems->list[index] : NULL;
}

const char *nct_problems_path(const nct_problems *problems, size_t index) {
    return at(problems, index) != NULL ? at(problems, index)->path : NULL;
}

nct_code nct_problems_code(const nct_problems *problems, size_t index) {
    return at(problems, index) != NULL ? at(problems, index)->code : NCT_E_ARGUMENT;
}

const char *nct_problems_message(const nct_problems *problems, size_t index) {
    return at(problems, index) != NULL ? at(problems, index)->message : NULL;
}

/* The label of the field of a path; the path itself for one without. */
static const char *label_of(const struct nct_problems *problems, const char *path, const char *language) {
    char key[NCT_TEXT_KEY_ROOM];
    size_t index = 0;
    const struct nct_field_row *field = nct_field_find(problems->form, path, &index);
    if (field == NULL)
        return path;
    nct_field_key(problems->form, field->path, "label", key);
    return nct_languages_text_or(problems->languages, language, key, field->label);
}

nct_status nct_problems_message_in(const nct_problems *problems, size_t index, const char *language, char *out,
                                   size_t capacity, size_t *out_len) {
    const struct problem *problem = at(problems, index);
    const char *found = NULL;
    if (problem == NULL || (out == NULL && capacity > 0))
        return NCT_E_ARGUMENT;
    nct_status status = nct_language_take(problems->languages, language, &found);
    if (status != NCT_OK)
        return status;
    const struct nct_parameter parameters[] = {{"label", label_of(problems, problem->path, found)},
                                               {"message", nct_status_text(problems->languages, problem->code, found)},
                                               {NULL, NULL}};
    struct nct_writer writer = {out, capacity, 0};
    nct_sentence_write(problems->languages, found, NCT_SENTENCE_PROBLEM, parameters, &writer);
    return nct_writer_end(&writer, out_len);
}
