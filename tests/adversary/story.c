#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a question may change of the subject. */
struct subject_mark {
    struct subject plain; /* only the plain members are used */
    size_t told[5][NAMES];
};

static struct register_of_told *registers(struct subject *subject, size_t which) {
    struct register_of_told *const all[] = {&subject->pins, &subject->codes, &subject->tokens, &subject->reviews,
                                            &subject->periods};
    return all[which];
}

static struct subject_mark *mark(struct subject *subject) {
    struct subject_mark *mark = calloc(1, sizeof *mark);
    if (mark == NULL)
        give_up("no memory");
    mark->plain.now = subject->now;
    mark->plain.random_state = subject->random_state;
    mark->plain.application_count = subject->application_count;
    mark->plain.signed_count = subject->signed_count;
    mark->plain.mail_is_down = subject->mail_is_down;
    for (size_t r = 0; r < 5; r++) {
        registers(&mark->plain, r)->count = registers(subject, r)->count;
        for (size_t i = 0; i < registers(subject, r)->count; i++)
            mark->told[r][i] = registers(subject, r)->entries[i].count;
    }
    return mark;
}

void story_go_back(struct story *story) {
    struct subject *subject = story->subject;
    struct subject_mark *mark = story->mark;
    hostile_return(&story->store, &story->moment);
    subject->now = mark->plain.now;
    subject->random_state = mark->plain.random_state;
    subject->application_count = mark->plain.application_count;
    subject->signed_count = mark->plain.signed_count;
    subject->mail_is_down = mark->plain.mail_is_down;
    subject->mail_count = subject->question_count = 0;
    for (size_t r = 0; r < 5; r++) {
        registers(subject, r)->count = registers(&mark->plain, r)->count;
        for (size_t i = 0; i < registers(subject, r)->count; i++)
            registers(subject, r)->entries[i].count = mark->told[r][i];
    }
    memset(&story->store.touched, 0, sizeof story->store.touched);
}

static void lie(struct story *story, const struct lie *a, const struct lie *b) {
    story_go_back(story);
    if (a != NULL)
        lie_apply(&story->store, a);
    if (b != NULL)
        lie_apply(&story->store, b);
}

/* What one operation answers. */
static const char *run(struct story *story, const char *text) {
    static char answer[ANSWER_BYTES];
    char copy[512], *rest = NULL;
    struct line line = {.expected = ""};
    (void)snprintf(copy, sizeof copy, "%s", text);
    line.name = strtok_r(copy, " ", &rest);
    for (char *word = strtok_r(NULL, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        if (line.count == ARGUMENTS)
            give_up("too many arguments: %s", text);
        line.arguments[line.count++] = word;
    }
    const struct operation *operation = line.name != NULL ? subject_operation(line.name) : NULL;
    if (operation == NULL || line.count < operation->arguments)
        give_up("no operation: %s", text);
    operation->run(story->subject, &line, answer);
    return answer;
}

static char *copied(const char *text) {
    char *copy = strdup(text);
    if (copy == NULL)
        give_up("no memory");
    return copy;
}

static char *trimmed(char *text) {
    while (*text == ' ')
        text++;
    for (size_t len = strlen(text); len > 0 && text[len - 1] == ' '; len--)
        text[len - 1] = '\0';
    return text;
}

/* What the untouched store answers. */
static void answer_honestly(struct story *story, struct question *question) {
    story_go_back(story);
    for (size_t i = 0; i < question->count; i++)
        question->honest[i] = copied(strcmp(question->steps[i], "lift") == 0 ? "" : run(story, question->steps[i]));
}

static void add_question(struct story *story, const char *text) {
    if (story->question_count == QUESTIONS_MAX)
        give_up("too many questions: %s", text);
    struct question *question = &story->questions[story->question_count++];
    char *rest = NULL, *steps = copied(text);
    question->text = copied(text);
    for (char *step = strtok_r(steps, ";", &rest); step != NULL; step = strtok_r(NULL, ";", &rest)) {
        if (question->count == STEPS)
            give_up("too many steps: %s", text);
        question->steps[question->count++] = copied(trimmed(step));
    }
    free(steps);
}

/* What a story does must be done, but for what begins with an exclamation mark. */
static void perform(struct story *story, const char *text) {
    nct_status status = NCT_OK;
    char full[64];
    int refused = text[0] == '!';
    size_t commits = story->store.commits;
    const char *answer = run(story, text + refused);
    story->before_last = story->store.commits > commits ? commits : story->before_last;
    story->subject->mail_count = story->subject->question_count = 0;
    (void)snprintf(full, sizeof full, "NCT_E_%.50s", answer);
    if ((nct_status_from_name(full, &status) == NCT_OK) != refused)
        give_up("story %s: %s answered %s", story->name, text, answer);
}

static void hold_checkpoint(struct story *story) {
    nct_checkpoint *checkpoint = NULL;
    must(nct_checkpoint_make(story->subject->portal, NULL), "nct_checkpoint_make");
    must(nct_checkpoint_export_leaves(story->subject->portal, &checkpoint), "nct_checkpoint_export_leaves");
    const void *bytes = nct_checkpoint_bytes(checkpoint, &story->checkpoint_len);
    const void *leaves = nct_checkpoint_leaves(checkpoint, &story->leaves_len);
    story->leaves = malloc(story->leaves_len);
    if (story->leaves == NULL || story->checkpoint_len > sizeof story->checkpoint)
        give_up("no room for a checkpoint");
    memcpy(story->checkpoint, bytes, story->checkpoint_len);
    memcpy(story->leaves, leaves, story->leaves_len);
    nct_checkpoint_free(checkpoint);
}

static struct story *begin(const char *line) {
    struct story *story = calloc(1, sizeof *story);
    if (story == NULL || sscanf(line, "story %31s %31s", story->name, story->profile) != 2)
        give_up("no story: %s", line);
    story->subject = subject_open(story->profile, 1, &hostile_functions, &story->store);
    return story;
}

static void end(struct story *story) {
    static const char *const always[] = {"streams", "keys", "checkpoint_get 0", "checkpoint", "open"};
    hold_checkpoint(story);
    hostile_label(&story->store);
    hostile_take(&story->store, &story->moment);
    story->mark = mark(story->subject);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        add_question(story, always[i]);
    for (size_t i = 0; i < story->question_count; i++)
        answer_honestly(story, &story->questions[i]);
}

static char *next_line(char **text) {
    char *line = *text;
    if (line == NULL || *line == '\0')
        return NULL;
    size_t len = strcspn(line, "\n");
    *text = line[len] == '\0' ? line + len : line + len + 1;
    line[len] = '\0';
    return line;
}

struct story *story_next(char **text) {
    struct story *story = NULL;
    while (story == NULL || strncmp(*text, "story ", 6) != 0) {
        char *line = next_line(text);
        if (line == NULL)
            break;
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (strncmp(line, "story ", 6) == 0)
            story = begin(line);
        else if (story != NULL && line[0] == '?')
            add_question(story, trimmed(line + 1));
        else if (story != NULL)
            perform(story, line);
    }
    if (story != NULL)
        end(story);
    return story;
}

void story_free(struct story *story) {
    if (story == NULL)
        return;
    for (size_t i = 0; i < story->question_count; i++) {
        for (size_t j = 0; j < story->questions[i].count; j++) {
            free(story->questions[i].steps[j]);
            free(story->questions[i].honest[j]);
        }
        free(story->questions[i].text);
    }
    subject_free(story->subject);
    hostile_free(&story->store);
    free(story->mark);
    free(story->leaves);
    free(story);
}

/* A list that lacks rows says so by its status. */
static int says_so(const char *answer) {
    return strstr(answer, "INTEGRITY") != NULL || strstr(answer, "CALLBACK") != NULL ||
           strstr(answer, "tampered") != NULL || strcmp(answer, "PARTIAL") == 0;
}

enum outcome story_ask(struct story *story, const struct question *question, const struct lie *a, const struct lie *b) {
    lie(story, a, b);
    for (size_t i = 0; i < question->count; i++) {
        if (strcmp(question->steps[i], "lift") == 0) {
            if (a != NULL && a->kind == ROLLED_BACK)
                return RIGHT; /* an older store stays one: what was written since is no part of it */
            if (a != NULL)
                lie_lift(&story->store, a, &story->moment);
            if (b != NULL)
                lie_lift(&story->store, b, &story->moment);
            continue;
        }
        const char *answer = run(story, question->steps[i]);
        if (says_so(answer) && !says_so(question->honest[i]))
            return FOUND;
        if (strcmp(answer, question->honest[i]) != 0) {
            if (getenv("NCT_ADVERSARY_SHOW") != NULL)
                (void)fprintf(stderr, "  %s\n    untouched: %.200s\n    now:       %.200s\n", question->steps[i],
                              question->honest[i], answer);
            return WRONG;
        }
    }
    return RIGHT;
}

static int stream_is_valid(struct story *story, const char *name) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    return nct_ledger_verify(story->subject->portal, name, strlen(name), &verdict, NULL) == NCT_OK &&
           verdict != NCT_LEDGER_TAMPERED;
}

int story_verify(struct story *story, const struct lie *a, const struct lie *b) {
    nct_stream_list *list = NULL;
    lie(story, a, b);
    int valid = nct_ledger_streams(story->subject->portal, NULL, 0, 1000, &list) == NCT_OK;
    for (size_t i = 0; i < nct_stream_list_count(list) && valid; i++)
        valid = stream_is_valid(story, nct_stream_list_name(list, i));
    nct_stream_list_free(list);
    return !valid;
}

int story_compare(struct story *story, const struct lie *a, const struct lie *b) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    char stream[NCT_STREAM_NAME_MAX + 1];
    lie(story, a, b);
    nct_status status = nct_checkpoint_compare(story->subject->portal, story->checkpoint, story->checkpoint_len,
                                               story->leaves, story->leaves_len, story->subject->keys,
                                               story->subject->keys_len, &verdict, stream, sizeof stream, NULL);
    return status != NCT_OK || verdict != NCT_LEDGER_VALID;
}
