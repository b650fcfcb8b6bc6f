/* What the last refusal of this thread is about, as the host sees it. */
#include "engine/handle/portal.h"
#include "portal/form/about_text.h"

#include <string.h>

#define MESSAGE_ROOM 1024

const char *nct_refusal_argument(nct_status status) {
    const struct nct_about *about = nct_about_of(status);
    return about != NULL && about->argument != NULL ? about->argument : "";
}

int32_t nct_refusal_about(nct_status status) {
    const struct nct_about *about = nct_about_of(status);
    return about != NULL ? about->kind : NCT_ABOUT_NOTHING;
}

int64_t nct_refusal_value(nct_status status) {
    const struct nct_about *about = nct_about_of(status);
    return about != NULL ? about->value : 0;
}

const char *nct_refusal_word(nct_status status) {
    const struct nct_about *about = nct_about_of(status);
    return about != NULL && about->word != NULL ? about->word : "";
}

/* Messages of rules speak of the person and of the provider already. */
static int needs_label(nct_status status, const struct nct_about *about) {
    if (about == NULL || about->argument == NULL)
        return 0;
    int is_subject = strcmp(about->argument, "ncid") == 0 || strcmp(about->argument, "provider") == 0;
    return !is_subject || nct_status_category(status) != NCT_CATEGORY_RULE;
}

/* Whom or what it is about, before the rest. */
static void write_refusal(const struct nct_wording *wording, nct_status status, struct nct_writer *writer) {
    char message[MESSAGE_ROOM];
    struct nct_writer rest = {message, sizeof message, 0};
    const struct nct_about *about = nct_about_of(status);
    if (!needs_label(status, about)) {
        nct_about_write(wording, status, about, writer);
        return;
    }
    nct_about_write(wording, status, about, &rest);
    (void)nct_writer_end(&rest, NULL);
    const struct nct_parameter parameters[] = {
        {"label", nct_argument_label(wording, about->argument)}, {"message", message}, {NULL, NULL}};
    nct_sentence_write(wording->languages, wording->language, NCT_SENTENCE_PROBLEM, parameters, writer);
}

nct_status nct_refusal_text_in(const nct_portal *portal, nct_status status, const char *language, char *out,
                               size_t capacity, size_t *out_len) {
    struct nct_wording wording = {portal != NULL ? &portal->languages : NULL, portal != NULL ? &portal->policy : NULL,
                                  NULL};
    struct nct_writer writer = {out, capacity, 0};
    if (out == NULL && capacity > 0) /* the refusal that is asked about stays, but for this one */
        return nct_about_only(NCT_E_ARGUMENT, "out");
    nct_status found = nct_language_take(wording.languages, language, &wording.language);
    if (found != NCT_OK)
        return found;
    write_refusal(&wording, status, &writer);
    return nct_writer_end(&writer, out_len);
}

void nct_refusal_forget(void) {
    nct_about_nothing();
}
