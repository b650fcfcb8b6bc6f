/*
 * What each public operation costs the store, as a table: reads, scans, commits and their rows.
 *
 *   costs OPERATIONS [BEFORE]   BEFORE: the table of another version, whose figures are shown beside
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"
#include "subject.h"

struct bench {
    struct counting store;
    struct subject *subject;
    char *before; /* the text of the table of another version, or NULL */
};

static void end_world(struct bench *bench) {
    subject_free(bench->subject);
    nct_memory_store_free(bench->store.inner);
    memset(&bench->store, 0, sizeof bench->store);
    bench->subject = NULL;
}

static void begin_world(struct bench *bench, const char *profile) {
    end_world(bench);
    must(nct_memory_store_new(NULL, NULL, &bench->store.inner), "nct_memory_store_new");
    bench->subject = subject_open(profile, 1, &counting_functions, &bench->store);
}

static void split(char *text, struct line *line) {
    char *rest = NULL;
    memset(line, 0, sizeof *line);
    line->name = strtok_r(text, " ", &rest);
    line->expected = "";
    for (char *word = strtok_r(NULL, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        if (line->count == ARGUMENTS)
            give_up("too many arguments: %s", line->name);
        line->arguments[line->count++] = word;
    }
}

/* What a line is measured for is what it does: a refusal says so in brackets behind the name. */
static void insist(const char *name, const char *answer) {
    nct_status status = NCT_OK;
    char full[64];
    (void)snprintf(full, sizeof full, "NCT_E_%.50s", answer);
    if (nct_status_from_name(full, &status) == NCT_OK && strchr(name, '(') == NULL)
        give_up("%s answered %s", name, answer);
}

static struct counts measure(struct bench *bench, const char *name, char *text) {
    static char answer[ANSWER_BYTES];
    struct line line;
    split(text, &line);
    const struct operation *operation = subject_operation(line.name);
    if (operation == NULL || line.count < operation->arguments)
        give_up("no operation: %s", line.name);
    memset(&bench->store.counts, 0, sizeof bench->store.counts);
    bench->subject->mail_count = 0;
    bench->subject->question_count = 0; /* so that it is asked once */
    operation->run(bench->subject, &line, answer);
    insist(name, answer);
    return bench->store.counts;
}

static void print_cells(struct counts c, char *out, size_t capacity) {
    char scans[32] = "", commits[48] = "";
    if (c.scans > 0)
        (void)snprintf(scans, sizeof scans, "%zu (%zu)", c.scans, c.scanned);
    if (c.commits > 0)
        (void)snprintf(commits, sizeof commits, c.checked > 0 ? "%zu (%zu + %zu)" : "%zu (%zu)", c.commits, c.written,
                       c.checked);
    (void)snprintf(out, capacity, "%zu | %s | %s", c.gets, scans, commits);
}

/* The cells of an operation in the other version's table. */
static void print_before(const char *before, const char *name, char *out, size_t capacity) {
    char row[128];
    (void)snprintf(row, sizeof row, "\n| %s | ", name);
    const char *at = before != NULL ? strstr(before, row) : NULL;
    (void)snprintf(out, capacity, " | | ");
    if (at == NULL)
        return;
    at += strlen(row);
    (void)snprintf(out, capacity, "%.*s", (int)(strcspn(at, "\n") - 2), at);
}

static void tell_row(const struct bench *bench, const char *name, struct counts counts) {
    char cells[96], before[96];
    print_cells(counts, cells, sizeof cells);
    print_before(bench->before, name, before, sizeof before);
    (void)printf(bench->before != NULL ? "| %s | %s | %s |\n" : "| %s | %s |\n", name, cells, before);
}

static void step(struct bench *bench, char *text) {
    char *colon = strstr(text, ": ");
    if (strncmp(text, "world ", 6) == 0) {
        begin_world(bench, text + 6);
        return;
    }
    if (colon == NULL) {
        (void)measure(bench, text, text);
        return;
    }
    *colon = '\0';
    tell_row(bench, text, measure(bench, text, colon + 2));
}

static char *whole(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 65536);
    if (file == NULL || text == NULL || fread(text, 1, 65535, file) == 0)
        give_up("%s cannot be read", path);
    (void)fclose(file);
    return text;
}

int main(int argc, char **argv) {
    struct bench bench = {0};
    char *rest = NULL;
    if (argc < 2)
        give_up("usage: costs OPERATIONS [BEFORE]");
    char *text = whole(argv[1]);
    bench.before = argc > 2 ? whole(argv[2]) : NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        if (line[0] != '#')
            step(&bench, line);
    end_world(&bench);
    free(bench.before);
    free(text);
    return 0;
}
