/*
 * Somebody who writes the database: stories are told to a store that then lies, in each way and in every two of them,
 * and each answer must be the right one or NCT_E_INTEGRITY.
 *
 *   adversary STORIES LIST [--story NAME] [--slice N] [--show] [--write]
 *
 * Every lie alone, and of all pairs every N-th (1: all, 0: none). What is not as it should be is compared with the
 * committed list, and differs in neither direction; --write writes the list anew instead.
 *
 * A line of the list: the story | the lie, or both | what becomes of it. Pairs are on it only where they are worse than
 * each of the two alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"

#define LINE 400

/* What becomes of a lie, or of two. */
struct verdict {
    int found;                    /* where something rests on it */
    int verified, compared;       /* by verification, by a checkpoint held elsewhere; asked only if it is not found */
    const struct question *wrong; /* which was answered wrongly, or NULL */
};

/* What a question does under one lie. */
struct trace {
    enum outcome outcome;
    struct touched touched;
};

struct run {
    const char *only; /* the name of a story, or NULL */
    size_t slice;
    int show, write;
    FILE *out;
    char **list; /* the committed lines, sorted */
    unsigned char *met;
    size_t list_count;
    size_t singles, pairs, asked, notable, differences;
};

static int unfound(const struct verdict *verdict) {
    return !verdict->found && !verdict->verified;
}

static const char *finder(const struct verdict *verdict) {
    if (verdict->found)
        return "elsewhere";
    return verdict->verified ? "by verification" : verdict->compared ? "by a held checkpoint alone" : "by nobody";
}

static void describe(const struct verdict *verdict, char *out, size_t capacity) {
    if (verdict->wrong != NULL)
        (void)snprintf(out, capacity, "WRONG: %s; found %s", verdict->wrong->text, finder(verdict));
    else
        (void)snprintf(out, capacity, "found %s", finder(verdict));
}

/* The list. */

static int compare_lines(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_list(struct run *run, const char *path) {
    FILE *file = fopen(path, "r");
    char line[LINE];
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        run->list = realloc(run->list, (run->list_count + 1) * sizeof *run->list);
        if (run->list == NULL || (run->list[run->list_count++] = strdup(line)) == NULL)
            give_up("no memory");
    }
    if (file != NULL)
        (void)fclose(file);
    if (run->list_count > 0)
        qsort(run->list, run->list_count, sizeof *run->list, compare_lines);
    run->met = calloc(run->list_count + 1, 1);
}

/* The line that begins so, or the number of lines. */
static size_t look_up(const struct run *run, const char *begin) {
    size_t low = 0, high = run->list_count, len = strlen(begin);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strncmp(run->list[middle], begin, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < run->list_count && strncmp(run->list[low], begin, len) == 0 ? low : run->list_count;
}

static void differ(struct run *run, const char *what, const char *line) {
    if (run->differences++ < 40)
        (void)printf("%s: %s\n", what, line);
}

/* Holds what became of a lie to the list. */
static void hold(struct run *run, const char *begin, const struct verdict *verdict, int notable) {
    char line[LINE];
    size_t place = look_up(run, begin);
    int len = snprintf(line, sizeof line, "%s", begin);
    describe(verdict, line + len, sizeof line - (size_t)len);
    run->notable += (size_t)notable;
    if (place < run->list_count)
        run->met[place] = 1;
    if (run->write && notable)
        (void)fprintf(run->out, "%s\n", line);
    if (run->write)
        return;
    if (notable && place == run->list_count)
        differ(run, "not on the list", line);
    else if (notable && strcmp(run->list[place], line) != 0)
        differ(run, "otherwise on the list", line);
    else if (!notable && place < run->list_count)
        differ(run, "no longer so", run->list[place]);
}

/* Lies. */

static void ask_nobody_else(struct story *story, struct verdict *verdict, const struct lie *a, const struct lie *b) {
    if (verdict->found && verdict->wrong == NULL)
        return;
    verdict->verified = story_verify(story, a, b);
    if (!verdict->verified && !verdict->found)
        verdict->compared = story_compare(story, a, b);
}

static void judge_single(struct run *run, struct story *story, const struct lie *lie, struct trace *traces,
                         struct verdict *verdict) {
    for (size_t q = 0; q < story->question_count; q++) {
        traces[q].outcome = story_ask(story, &story->questions[q], lie, NULL);
        traces[q].touched = story->store.touched;
        verdict->found |= traces[q].outcome == FOUND;
        if (traces[q].outcome == WRONG && verdict->wrong == NULL)
            verdict->wrong = &story->questions[q];
        run->asked++;
    }
    ask_nobody_else(story, verdict, lie, NULL);
}

/* Under two lies a question answers as under one, unless each of them leads it to the other. */
static void judge_pair(struct run *run, struct story *story, const struct lie *lies[2], const struct trace *traces[2],
                       struct verdict *verdict) {
    for (size_t q = 0; q < story->question_count; q++) {
        enum outcome outcome = RIGHT;
        if (!lie_touched(&traces[0][q].touched, lies[1]))
            outcome = traces[0][q].outcome;
        else if (!lie_touched(&traces[1][q].touched, lies[0]))
            outcome = traces[1][q].outcome;
        else {
            outcome = story_ask(story, &story->questions[q], lies[0], lies[1]);
            run->asked++;
        }
        verdict->found |= outcome == FOUND;
        if (outcome == WRONG && verdict->wrong == NULL)
            verdict->wrong = &story->questions[q];
    }
    ask_nobody_else(story, verdict, lies[0], lies[1]);
}

/* Worse than either alone: a wrong answer that neither gave, or nobody finds what somebody found. */
static int worse(const struct verdict *pair, const struct verdict *a, const struct verdict *b) {
    if (pair->wrong != NULL && a->wrong == NULL && b->wrong == NULL)
        return 1;
    return unfound(pair) && (!unfound(a) || !unfound(b));
}

/* A wrong answer, or damage that stays and that nobody finds. What is only said in scans is over when it is said. */
static int notable(const struct lie *lie, const struct verdict *verdict) {
    int stays = lie->kind != HIDDEN && lie->kind != DOUBLED;
    return verdict->wrong != NULL || (stays && unfound(verdict));
}

static void name_line(const struct story *story, const struct lie *a, const struct lie *b, char *out) {
    char first[128], second[128] = "";
    lie_name(&story->store, a, first, sizeof first);
    if (b != NULL)
        lie_name(&story->store, b, second, sizeof second);
    (void)snprintf(out, LINE, "%s | %s%s%s | ", story->name, first, b != NULL ? " + " : "", second);
}

struct judged {
    struct lies lies;
    struct trace *traces; /* of each lie, of each question */
    struct verdict *verdicts;
};

static void judge_pairs(struct run *run, struct story *story, const struct judged *all) {
    size_t number = 0;
    char line[LINE];
    for (size_t a = 0; a < all->lies.count; a++)
        for (size_t b = a + 1; b < all->lies.count; b++) {
            int whole = all->lies.at[a].kind == ROLLED_BACK || all->lies.at[b].kind == ROLLED_BACK;
            if (whole || lies_meet(&all->lies.at[a], &all->lies.at[b]) || number++ % run->slice != 0)
                continue;
            struct verdict verdict = {0};
            const struct lie *lies[2] = {&all->lies.at[a], &all->lies.at[b]};
            const struct trace *traces[2] = {&all->traces[a * QUESTIONS_MAX], &all->traces[b * QUESTIONS_MAX]};
            judge_pair(run, story, lies, traces, &verdict);
            story_go_back(story);
            name_line(story, lies[0], lies[1], line);
            hold(run, line, &verdict, worse(&verdict, &all->verdicts[a], &all->verdicts[b]));
            run->pairs++;
        }
}

static void judge_story(struct run *run, struct story *story) {
    story_go_back(story);
    struct judged all = {.lies = lies_of(&story->store, story->before_last)};
    char line[LINE];
    all.traces = calloc(all.lies.count * QUESTIONS_MAX, sizeof *all.traces);
    all.verdicts = calloc(all.lies.count, sizeof *all.verdicts);
    if (all.traces == NULL || all.verdicts == NULL)
        give_up("no memory");
    if (story_verify(story, NULL, NULL) || story_compare(story, NULL, NULL))
        give_up("story %s: the untouched store does not verify", story->name);
    for (size_t i = 0; i < all.lies.count; i++) {
        name_line(story, &all.lies.at[i], NULL, line);
        if (run->show)
            (void)fprintf(stderr, "%s\n", line);
        judge_single(run, story, &all.lies.at[i], &all.traces[i * QUESTIONS_MAX], &all.verdicts[i]);
        hold(run, line, &all.verdicts[i], notable(&all.lies.at[i], &all.verdicts[i]));
        run->singles++;
    }
    if (run->slice > 0)
        judge_pairs(run, story, &all);
    free(all.lies.at);
    free(all.traces);
    free(all.verdicts);
}

static char *whole(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 17);
    if (file == NULL || text == NULL || fread(text, 1, (1 << 17) - 1, file) == 0)
        give_up("%s cannot be read", path);
    (void)fclose(file);
    return text;
}

/* What was asked for in full is held to the list in full. */
static void miss(struct run *run) {
    for (size_t i = 0; i < run->list_count; i++)
        if (!run->met[i] && (run->slice == 1 || strstr(run->list[i], " + ") == NULL) && run->only == NULL)
            differ(run, "no longer so", run->list[i]);
}

static void arguments(struct run *run, int argc, char **argv) {
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--story") == 0 && i + 1 < argc)
            run->only = argv[++i];
        else if (strcmp(argv[i], "--slice") == 0 && i + 1 < argc)
            run->slice = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--show") == 0)
            run->show = setenv("NCT_ADVERSARY_SHOW", "1", 1) == 0;
        else if (strcmp(argv[i], "--write") == 0)
            run->write = 1;
        else
            give_up("usage: adversary STORIES LIST [--story NAME] [--slice N] [--show] [--write]");
    }
}

static const char head[] =
    "# What a store that lies is not found out at by what is asked of it, made by tests/adversary --write.\n"
    "# The story | the lie, or two | what becomes of it.\n";

int main(int argc, char **argv) {
    struct run run = {.slice = 1};
    if (argc < 3)
        give_up("usage: adversary STORIES LIST [--story NAME] [--slice N] [--show] [--write]");
    arguments(&run, argc, argv);
    char *text = whole(argv[1]), *rest = text;
    read_list(&run, argv[2]);
    run.out = run.write ? fopen(argv[2], "w") : NULL;
    if (run.write && (run.out == NULL || fputs(head, run.out) < 0))
        give_up("%s cannot be written", argv[2]);
    for (struct story *story = story_next(&rest); story != NULL; story = story_next(&rest)) {
        if (run.only == NULL || strcmp(run.only, story->name) == 0)
            judge_story(&run, story);
        story_free(story);
    }
    if (run.out != NULL)
        (void)fclose(run.out);
    else
        miss(&run);
    (void)printf("%zu lies, %zu pairs of them, %zu questions; %zu not found where it is asked; %zu differences\n",
                 run.singles, run.pairs, run.asked, run.notable, run.differences);
    for (size_t i = 0; i < run.list_count; i++)
        free(run.list[i]);
    free(run.list);
    free(run.met);
    free(text);
    return run.differences > 0;
}
