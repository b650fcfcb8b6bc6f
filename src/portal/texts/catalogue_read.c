#include "portal/texts/catalogue_read.h"

#include "base/utf8.h"
#include "policy/problems.h"

#include <nctracks/language.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct piece {
    const char *bytes;
    size_t len;
};

struct loading {
    struct piece rest;
    size_t line;
    size_t rows;        /* texts there are */
    const char **given; /* a text a row; NULL: none so far */
    char *room;         /* for what is given, each with a NUL: never more than was read */
    size_t used;
    int open; /* an entry waits for its end */
    size_t open_line;
    struct piece open_key;
    char *open_text; /* in the room */
    int open_lines;  /* written with lines of their own */
    struct nct_policy_problems *problems;
};

/* ---- what is wrong ---- */

static void object(struct loading *loading, size_t line, const struct piece *key, nct_status code) {
    struct nct_policy_problem what = {line, key->bytes, key->len, code};
    nct_policy_problems_add_status(loading->problems, &what, NULL, 0);
}

static void object_because(struct loading *loading, nct_status code, const char *reason, const char *word, size_t len) {
    struct nct_policy_problem what = {loading->open_line, loading->open_key.bytes, loading->open_key.len, code};
    char message[160];
    snprintf(message, sizeof message, "%s%s%.*s%s", reason, len > 0 ? " (\"" : "", (int)(len < 40 ? len : 40), word,
             len > 0 ? "\")" : "");
    nct_policy_problems_add(loading->problems, &what, message);
}

/* ---- one text ---- */

/* Whose placeholders a host may leave out: another call centre has another text. */
static int may_lack(const struct nct_placeholder *placeholder) {
    static const char free_to_go[] = "call_center_";
    return placeholder->len > strlen(free_to_go) && memcmp(placeholder->name, free_to_go, strlen(free_to_go)) == 0;
}

/* No placeholder is known here but those the library's own text has: no secret comes where none was meant to be. */
static void check_placeholders(struct loading *loading, const char *text, const char *english) {
    struct nct_placeholder found;
    for (const char *at = text; nct_placeholder_next(&at, &found);) {
        if (found.broken)
            object_because(loading, NCT_E_FORMAT, "A brace does not belong to a placeholder.", found.name, found.len);
        else if (!nct_placeholder_in(english, &found))
            object_because(loading, NCT_E_UNKNOWN_VALUE, "This text has no such placeholder.", found.name, found.len);
    }
    for (const char *at = english; nct_placeholder_next(&at, &found);) {
        if (!may_lack(&found) && !nct_placeholder_in(text, &found))
            object_because(loading, NCT_E_REQUIRED, "A placeholder is missing.", found.name, found.len);
    }
}

/* Spaces may stand before what a line says, as in a table. */
static nct_status check_line(const char *line, size_t len, size_t most) {
    size_t indent = 0;
    while (indent < len && line[indent] == ' ')
        indent++;
    if (len == 0)
        return NCT_OK;
    return len <= most * 4 ? nct_text_line(line + indent, len - indent, most - (indent < most ? indent : most))
                           : NCT_E_TOO_LONG;
}

static nct_status check_lines(const char *text, size_t most) {
    nct_status status = strlen(text) <= NCT_TEXT_BYTES_MAX ? NCT_OK : NCT_E_TOO_LONG;
    while (*text != '\0' && status == NCT_OK) {
        size_t len = strcspn(text, "\n");
        status = check_line(text, len, most);
        text += len + 1;
    }
    return status;
}

static void check_text(struct loading *loading, const char *text, const struct nct_text_row *row) {
    nct_status status = NCT_OK;
    if (text[0] == '\0')
        status = NCT_E_EMPTY;
    else if (loading->open_lines != (strchr(row->english, '\n') != NULL))
        status = NCT_E_FORMAT;
    else
        status = loading->open_lines ? check_lines(text, row->most) : nct_text_line(text, strlen(text), row->most);
    if (status == NCT_E_FORMAT)
        object_because(
            loading, status,
            loading->open_lines ? "This text is one line." : "This text has lines of its own, each after '|'.", "", 0);
    else if (status != NCT_OK)
        object(loading, loading->open_line, &loading->open_key, status);
    if (status == NCT_OK)
        check_placeholders(loading, text, row->english);
}

static void close_entry(struct loading *loading) {
    struct nct_text_row row;
    size_t index = 0;
    if (!loading->open)
        return;
    loading->open = 0;
    loading->room[loading->used++] = '\0';
    if (!nct_text_find(loading->open_key.bytes, loading->open_key.len, &index, &row)) {
        object_because(loading, NCT_E_UNKNOWN_FIELD, "There is no text of this key.", "", 0);
    } else if (loading->given[index] != NULL) {
        object(loading, loading->open_line, &loading->open_key, NCT_E_DUPLICATE);
    } else {
        loading->given[index] = loading->open_text;
        check_text(loading, loading->open_text, &row);
    }
}

/* ---- lines ---- */

static int is_space(char c) {
    return c == ' ' || c == '\t';
}

static void trim(struct piece *piece) {
    while (piece->len > 0 && is_space(piece->bytes[0])) {
        piece->bytes++;
        piece->len--;
    }
    while (piece->len > 0 && is_space(piece->bytes[piece->len - 1]))
        piece->len--;
}

static void keep(struct loading *loading, const char *bytes, size_t len) {
    memcpy(loading->room + loading->used, bytes, len);
    loading->used += len;
}

/* A line of an entry, without its '|' and one space behind that. */
static void take_lines(struct loading *loading, const struct piece *line) {
    size_t skip = line->len > 1 && line->bytes[1] == ' ' ? 2 : 1;
    if (!loading->open || (!loading->open_lines && loading->open_text[0] != '\0')) {
        object(loading, loading->line, &(struct piece){"", 0}, NCT_E_FORMAT);
        return;
    }
    loading->open_lines = 1;
    keep(loading, line->bytes + skip, line->len - skip);
    keep(loading, "\n", 1);
    loading->room[loading->used] = '\0';
}

static void take_entry(struct loading *loading, const struct piece *line) {
    const char *equals = memchr(line->bytes, '=', line->len);
    close_entry(loading);
    if (equals == NULL) {
        object(loading, loading->line, &(struct piece){"", 0}, NCT_E_FORMAT);
        return;
    }
    struct piece key = {line->bytes, (size_t)(equals - line->bytes)};
    struct piece value = {equals + 1, line->len - key.len - 1};
    trim(&key);
    trim(&value);
    loading->open = 1;
    loading->open_line = loading->line;
    loading->open_key = key;
    loading->open_text = loading->room + loading->used;
    loading->open_lines = 0;
    keep(loading, value.bytes, value.len);
    loading->room[loading->used] = '\0';
}

static void take_line(struct loading *loading, const struct piece *line) {
    struct piece said = *line;
    trim(&said);
    nct_status status = line->len > 0 && memchr(line->bytes, '\0', line->len) != NULL
                            ? NCT_E_NUL
                            : nct_text_utf8(line->bytes, line->len);
    if (status != NCT_OK) {
        object(loading, loading->line, &(struct piece){"", 0}, status);
    } else if (line->len > 0 && line->bytes[0] == '|') {
        take_lines(loading, line);
    } else if (said.len == 0 || line->bytes[0] == '#') {
        close_entry(loading);
    } else {
        take_entry(loading, line);
    }
}

static int next_line(struct loading *loading, struct piece *line) {
    if (loading->rest.len == 0)
        return 0;
    const char *end = memchr(loading->rest.bytes, '\n', loading->rest.len);
    size_t len = end != NULL ? (size_t)(end - loading->rest.bytes) : loading->rest.len;
    size_t taken = len + (end != NULL);
    *line = (struct piece){loading->rest.bytes, len};
    line->len -= len > 0 && line->bytes[len - 1] == '\r';
    loading->rest.bytes += taken;
    loading->rest.len -= taken;
    loading->line++;
    return 1;
}

/* ---- the whole ---- */

static void ask_for_all(struct loading *loading) {
    char key[NCT_TEXT_KEY_ROOM];
    struct nct_text_row row;
    for (struct nct_text_walk walk = {0}; nct_text_next(&walk, &row);) {
        nct_text_row_key(&row, key);
        if (loading->given[walk.index - 1] == NULL)
            object(loading, 0, &(struct piece){key, strlen(key)}, NCT_E_REQUIRED);
    }
}

/* Keys are composed behind one another; the pieces are then copied into one. */
static nct_status gather(const struct loading *loading, const char *language, struct nct_catalogue *out) {
    struct nct_memory memory;
    struct nct_text_row row;
    size_t count = 0;
    nct_memory_set(&memory, NULL, NULL);
    char(*keys)[NCT_TEXT_KEY_ROOM] = calloc(loading->rows, sizeof *keys);
    const char **texts = calloc(2 * loading->rows, sizeof *texts);
    for (struct nct_text_walk walk = {0}; keys != NULL && texts != NULL && nct_text_next(&walk, &row);) {
        const char *given = loading->given[walk.index - 1];
        if (given == NULL)
            continue;
        nct_text_row_key(&row, keys[count]);
        texts[2 * count] = keys[count];
        texts[2 * count++ + 1] = given;
    }
    const struct nct_catalogue gathered = {language, texts, count};
    nct_status status = keys != NULL && texts != NULL ? nct_catalogue_copy(&memory, &gathered, out) : NCT_E_NO_MEMORY;
    free(texts);
    free(keys);
    return status;
}

static nct_status load(struct loading *loading, const char *language, int complete, struct nct_catalogue *out) {
    struct piece line;
    while (next_line(loading, &line))
        take_line(loading, &line);
    close_entry(loading);
    if (complete)
        ask_for_all(loading);
    nct_policy_problems_sort(loading->problems);
    if (nct_policy_problems_count(loading->problems) > 0)
        return NCT_E_PROBLEMS;
    return out != NULL ? gather(loading, language, out) : NCT_OK;
}

nct_status nct_catalogue_load(const char *language, const char *text, size_t len, int complete,
                              struct nct_policy_problems **problems, struct nct_catalogue *out) {
    struct loading loading = {.rest = {text, len}, .rows = nct_text_count(), .problems = nct_policy_problems_new()};
    loading.given = calloc(loading.rows, sizeof *loading.given);
    loading.room = malloc(2 * len + 2); /* a line and its end are never shorter than what is kept of them */
    nct_status status = NCT_E_NO_MEMORY;
    if (loading.given != NULL && loading.room != NULL && loading.problems != NULL)
        status = load(&loading, language, complete, out);
    free(loading.given);
    free(loading.room);
    if (loading.problems != NULL)
        nct_policy_problems_finish(loading.problems, problems);
    return status;
}
