/* One row of a roster. */
#include <string.h>

#include <nctracks/provider.h>

#include "forms/typed.h"
#include "portal/open.h"
#include "roster/import.h"
#include "terminal/failure.h"
#include "terminal/output.h"

#define PATH_MAX_BYTES 32

static const csv_field *provider_of(const struct import *import) {
    size_t at = 0;
    while (import->positions[at] != ROSTER_NPI) {
        at++;
    }
    return &import->csv->fields[at];
}

/* Fields beyond the header's are commas at the end of the line, if they are empty. */
static bool has_the_width(struct import *import) {
    const struct csv *csv = import->csv;
    char reason[160];
    size_t count = csv->count;
    while (count > import->width && csv->fields[count - 1].len == 0) {
        count--;
    }
    if (count == import->width) {
        return true;
    }
    snprintf(reason, sizeof reason, "It has %zu field%s, the header has %zu%s.", count, count == 1 ? "" : "s",
             import->width, count > import->width ? "; a field with a comma in it must be quoted" : "");
    roster_refuse(import, "row", "CLI_INPUT", reason, true);
    return false;
}

/* ---- What is wrong with the fields ---- */

static nct_status set_row(const struct import *import, nct_form *enrollment) {
    nct_status status = NCT_OK;
    for (size_t i = 0; i < import->width && status == NCT_OK; i++) {
        char path[PATH_MAX_BYTES];
        const csv_field *field = &import->csv->fields[i];
        snprintf(path, sizeof path, "provider.%s", roster_columns[import->positions[i]]);
        status = nct_form_set(enrollment, path, field->bytes, field->len);
    }
    return status;
}

static unsigned collect_dirt(struct import *import, json_t *problems) {
    unsigned told = 0;
    for (size_t i = 0; i < import->width; i++) {
        enum roster_column column = import->positions[i];
        const char *reason = roster_dirt(column, &import->csv->fields[i]);
        if (reason != NULL) {
            out_append(problems, fail_problem(roster_columns[column], "CLI_INPUT", reason));
            told |= 1U << column;
        }
    }
    return told;
}

static bool is_told(unsigned told, const char *column) {
    for (size_t i = 0; i < ROSTER_COLUMNS; i++) {
        if ((told >> i & 1) != 0 && strcmp(roster_columns[i], column) == 0) {
            return true;
        }
    }
    return false;
}

static void collect_problems(const struct import *import, const nct_problems *found, unsigned told, json_t *problems) {
    for (size_t i = 0; i < nct_problems_count(found); i++) {
        char text[512];
        const char *dot = strrchr(nct_problems_path(found, i), '.');
        const char *column = dot != NULL ? dot + 1 : nct_problems_path(found, i);
        if (!is_told(told, column)) {
            if (nct_problems_message_in(found, i, import->cli->language, text, sizeof text, NULL) != NCT_OK) {
                text[0] = '\0';
            }
            out_append(problems, fail_problem(column, nct_status_name(nct_problems_code(found, i)), text));
        }
    }
}

/* NCT_E_PROBLEMS when the row was refused for them. */
static nct_status check(struct import *import, nct_form *enrollment) {
    nct_problems *found = NULL;
    json_t *problems = out_array();
    unsigned told = collect_dirt(import, problems);
    nct_status status = set_row(import, enrollment);
    if (status == NCT_OK) {
        status = nct_form_validate(enrollment, &found);
    }
    collect_problems(import, found, told, problems);
    nct_problems_free(found);
    if ((status == NCT_OK && told != 0) || status == NCT_E_PROBLEMS) {
        roster_refuse_for(import, import->csv->line, problems, true);
        return NCT_E_PROBLEMS;
    }
    json_decref(problems);
    return status;
}

/* ---- What becomes of it ---- */

static int refuse_status(struct import *import, nct_status status) {
    return roster_refuse_status(import, import->csv->line, status);
}

static int keep(struct import *import, const char *provider, const char *code) {
    int result = codes_file_write_one(import->cli, &import->codes, provider, code);
    codes_file_finish(&import->codes, NULL);
    return result;
}

static int reissue(struct import *import, const char *provider) {
    char code[NCT_AUTHORIZATION_CODE_LENGTH + 1] = "";
    const char *who = portal_operator(import->cli);
    sigset_t before;
    codes_file_hold_signals(&before);
    nct_status status =
        nct_provider_renew_code(import->cli->portal, who, strlen(who), provider, strlen(provider), code, sizeof code);
    int result = status == NCT_OK ? keep(import, provider, code) : refuse_status(import, status);
    codes_file_free_signals(&before);
    explicit_bzero(code, sizeof code);
    import->reissued += status == NCT_OK && result == CLI_DONE;
    return result;
}

/* A row of a provider that is enrolled. Until it is registered its code was never used. */
static int settle_known(struct import *import, const char *id, const nct_provider *provider) {
    bool unused = nct_provider_state(provider) == NCT_PROVIDER_ENROLLED;
    if (unused && import->reissue) {
        import->reissued += import->dry;
        return import->dry ? CLI_DONE : reissue(import, id);
    }
    import->unused += unused;
    return refuse_status(import, NCT_E_ALREADY_ENROLLED);
}

/* Whether a row before was about the same provider: it would have enrolled it, or has made a code that this one ends.
 */
static bool is_again(const struct import *import, const char *id) {
    if (!import->dry && !import->reissue) {
        return false; /* the portal knows */
    }
    bool again = json_object_get(import->seen, id) != NULL;
    out_put(import->seen, id, json_true());
    return again;
}

static int settle_new(struct import *import, const char *id, nct_form **enrollment) {
    if (import->dry) {
        import->enrolled++;
        return CLI_DONE;
    }
    nct_form *taken = *enrollment;
    *enrollment = NULL;
    return roster_batch_add(import, id, taken);
}

static int settle(struct import *import, const char *id, nct_form **enrollment) {
    nct_provider *provider = NULL;
    nct_status status = is_again(import, id) ? NCT_E_ALREADY_ENROLLED
                                             : nct_provider_get(import->cli->portal, id, strlen(id), &provider);
    if (status == NCT_E_NOT_FOUND) {
        return settle_new(import, id, enrollment);
    }
    int result = status == NCT_OK ? settle_known(import, id, provider) : refuse_status(import, status);
    nct_provider_free(provider);
    return result;
}

/* What a row before has to say of the same provider is settled first. */
static int settle_in_turn(struct import *import, nct_form **enrollment) {
    char id[NCT_IDENT_CANONICAL_MAX + 1];
    const csv_field *field = provider_of(import);
    typed_provider(field->bytes, field->len, id);
    int result = roster_batch_has(import, id) ? roster_batch_settle(import) : CLI_DONE;
    return result == CLI_DONE ? settle(import, id, enrollment) : result;
}

int roster_enroll(struct import *import) {
    nct_form *enrollment = NULL;
    if (!has_the_width(import)) {
        return CLI_DONE;
    }
    int result = CLI_DONE;
    nct_status status = nct_form_new(import->cli->portal, NCT_FORM_ENROLLMENT, &enrollment);
    if (status == NCT_OK) {
        status = check(import, enrollment);
    }
    if (status == NCT_OK) {
        result = settle_in_turn(import, &enrollment);
    } else if (status != NCT_E_PROBLEMS) {
        result = refuse_status(import, status);
    }
    nct_form_free(enrollment);
    return result;
}
