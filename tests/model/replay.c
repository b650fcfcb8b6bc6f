/* Does to the library what the model wrote (model.py, standard input), and stops where the answers differ. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "subject.h"
#include "watch.h"

#define STORY 16 /* how many of the last operations about the same names are told */

struct replay {
    const char *program;
    struct subject *subject;
    struct watch *watch;
    char world[128];
    char **told; /* the lines of this world so far */
    size_t count, capacity;
    uint64_t operations;
};

static void remember(struct replay *replay, const char *text) {
    if (replay->count == replay->capacity) {
        replay->capacity = replay->capacity * 2 + 1024;
        replay->told = realloc(replay->told, replay->capacity * sizeof *replay->told);
    }
    if (replay->told == NULL || (replay->told[replay->count++] = strdup(text)) == NULL)
        give_up("no memory");
}

static void forget(struct replay *replay) {
    for (size_t i = 0; i < replay->count; i++)
        free(replay->told[i]);
    replay->count = 0;
}

static int names(const char *text, const char *name) {
    const char *at = strstr(text, name);
    return at != NULL && at[-1] == ' ';
}

static int is_clock(const char *text) {
    return strncmp(text, "clock ", 6) == 0;
}

/* Whether a line changed something, or spent a try, about one of the names in question. */
static int concerns(const char *text, const struct line *line, const struct operation *operation) {
    char name[32];
    (void)sscanf(text, "%31s", name);
    const struct operation *other = subject_operation(name);
    int places[] = {operation->by, operation->provider, operation->person};
    if (is_clock(text))
        return 1;
    if (other == NULL || other->event == NULL)
        return 0;
    for (size_t i = 0; i < 3; i++)
        if (places[i] >= 0 && names(text, line->arguments[places[i]]))
            return 1;
    return 0;
}

static void tell_story(const struct replay *replay, const struct line *line, const struct operation *operation) {
    size_t found[STORY], count = 0;
    for (size_t i = replay->count - 1; i > 0 && count < STORY; i--)
        if (concerns(replay->told[i - 1], line, operation) &&
            !(count > 0 && is_clock(replay->told[i - 1]) && is_clock(replay->told[found[count - 1]])))
            found[count++] = i - 1;
    (void)fprintf(stderr, "before it, about the same people and provider (operation, answer, arguments):\n");
    while (count > 0)
        (void)fprintf(stderr, "  %6zu  %s\n", found[count - 1] + 1, replay->told[found[count - 1]]), count--;
}

/* The first difference: what was asked, what both said, how it came to it, how to see it again. */
static void differ(const struct replay *replay, const struct line *line, const struct operation *operation,
                   const char *answer) {
    char profile[32], seed[32], length[32];
    (void)sscanf(replay->world, "world %31[^ +]%*[^ ] %31s %31s", profile, seed, length);
    if (strchr(replay->world, '+') == NULL)
        (void)sscanf(replay->world, "world %31s %31s %31s", profile, seed, length);
    (void)fprintf(stderr, "DIFFERENCE at operation %zu of world %s under profile %s\n  %s\n", replay->count, seed,
                  profile, replay->told[replay->count - 1]);
    (void)fprintf(stderr, "  the model expects  %s\n  the library says   %s\n", line->expected, answer);
    tell_story(replay, line, operation);
    (void)fprintf(stderr, "again: tests/model/run --replay %s --profile %s --seed %s --operations %s --jobs 1\n",
                  replay->program, profile, seed, length);
    exit(1);
}

static void end_world(struct replay *replay) {
    if (replay->subject != NULL)
        watch_end(replay->watch);
    watch_free(replay->watch);
    subject_free(replay->subject);
    forget(replay);
}

static void begin_world(struct replay *replay, const char *text) {
    char profile[32];
    uint64_t seed = 0;
    end_world(replay);
    if (sscanf(text, "world %31s %" SCNu64, profile, &seed) != 2)
        give_up("no world: %s", text);
    (void)snprintf(replay->world, sizeof replay->world, "%s", text);
    replay->subject = subject_new(profile, seed);
    replay->watch = watch_new(replay->subject);
}

static void split(char *text, struct line *line) {
    char *rest = NULL;
    memset(line, 0, sizeof *line);
    line->name = strtok_r(text, " ", &rest);
    line->expected = strtok_r(NULL, " ", &rest);
    for (char *word = strtok_r(NULL, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        if (line->count == ARGUMENTS)
            give_up("too many arguments: %s", line->name);
        line->arguments[line->count++] = word;
    }
}

static void step(struct replay *replay, char *text) {
    static char answer[ANSWER_BYTES];
    struct line line;
    remember(replay, text);
    split(text, &line);
    const struct operation *operation = subject_operation(line.name);
    if (replay->subject == NULL || operation == NULL || line.count < operation->arguments)
        give_up("no operation: %s", replay->told[replay->count - 1]);
    watch_before(replay->watch, operation, &line);
    operation->run(replay->subject, &line, answer);
    if (strcmp(answer, line.expected) != 0)
        differ(replay, &line, operation, answer);
    const char *broken = watch_after(replay->watch, operation, &line);
    if (broken != NULL)
        differ(replay, &line, operation, broken);
    replay->operations++;
}

int main(int argc, char **argv) {
    struct replay replay = {.program = argc > 0 ? argv[0] : "model_replay"};
    struct timespec begin, end;
    char *text = NULL;
    size_t capacity = 0;
    ssize_t len = 0;
    int complete = 0;
    (void)clock_gettime(CLOCK_MONOTONIC, &begin);
    while ((len = getline(&text, &capacity, stdin)) > 0) {
        if (text[len - 1] == '\n')
            text[len - 1] = '\0';
        complete = strcmp(text, "end") == 0;
        if (complete)
            continue;
        if (strncmp(text, "world ", 6) == 0)
            begin_world(&replay, text);
        else
            step(&replay, text);
    }
    end_world(&replay);
    free(text);
    free(replay.told);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    if (!complete || replay.operations == 0)
        give_up("the model did not come to its end");
    (void)printf("%" PRIu64 " operations, every answer as expected; %.0f a second\n", replay.operations,
                 (double)replay.operations / seconds);
    return 0;
}
