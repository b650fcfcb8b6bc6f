#include "portal/form/problems.h"
#include "base/about.h"

#include "portal/form/about_text.h"
#include "portal/form/fields.h"

#include <nctracks/language.h>

#include <stdio.h>
#include <string.h>

#define PATH_MAX_LEN 64
#define MESSAGE_ROOM 640

struct problem {
    nct_status code;
    struct nct_about about; /* taken from the thread where the problem was found */
    char path[PATH_MAX_LEN];
    char message[MESSAGE_ROOM];
};

struct nct_problems {
    struct nct_memory memory;
    const struct nct_portal *portal;
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
    (*out)->portal = portal;
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

/* The label of the field of a path; the path itself for one without. */
static const char *label_of(const struct nct_problems *problems, const struct nct_wording *wording, const char *path) {
    char key[NCT_TEXT_KEY_ROOM];
    size_t index = 0;
    const struct nct_field_row *field = nct_field_find(problems->form, path, &index);
    if (field == NULL)
        return path;
    nct_field_key(problems->form, field->path, "label", key);
    return nct_languages_text_or(wording->languages, wording->language, key, field->label);
}

static void write_message(const struct nct_problems *problems, const struct problem *problem,
                          const struct nct_wording *wording, struct nct_writer *writer) {
    char message[MESSAGE_ROOM];
    struct nct_writer rest = {message, sizeof message, 0};
    nct_about_write(wording, problem->code, &problem->about, &rest);
    (void)nct_writer_end(&rest, NULL);
    const struct nct_parameter parameters[] = {
        {"label", label_of(problems, wording, problem->path)}, {"message", message}, {NULL, NULL}};
    nct_sentence_write(wording->languages, wording->language, NCT_SENTENCE_PROBLEM, parameters, writer);
}

nct_status nct_problems_add(struct nct_problems *problems, const char *path, nct_status code) {
    const struct nct_about *about = nct_about_of(code);
    const struct nct_wording english = {NULL, &problems->portal->policy, NCT_ENGLISH};
    nct_status status = grow(problems);
    if (status != NCT_OK)
        return status;
    struct problem *problem = &problems->list[problems->count++];
    *problem = (struct problem){.code = code};
    if (about != NULL)
        problem->about = *about;
    nct_about_nothing(); /* it is this problem's, and not the next one's */
    snprintf(problem->path, sizeof problem->path, "%s", path);
    struct nct_writer writer = {problem->message, sizeof problem->message, 0};
    write_message(problems, problem, &english, &writer);
    (void)nct_writer_end(&writer, NULL);
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

nct_status nct_problems_message_in(const nct_problems *problems, size_t index, const char *language, char *out,
                                   size_t capacity, size_t *out_len) {
    const struct problem *problem = at(problems, index);
    struct nct_writer writer = {out, capacity, 0};
    if (NCT_MISSING(problems) || (capacity > 0 && NCT_MISSING(out)))
        return NCT_E_ARGUMENT;
    if (problem == NULL)
        return nct_about_argument(NCT_E_ARGUMENT, "index");
    struct nct_wording wording = {&problems->portal->languages, &problems->portal->policy, NULL};
    nct_status status = nct_language_take(wording.languages, language, &wording.language);
    if (status != NCT_OK)
        return status;
    write_message(problems, problem, &wording, &writer);
    return nct_writer_end(&writer, out_len);
}
