/*
 * Runs a libFuzzer harness without libFuzzer: standalone [--random N] [file or folder]...
 * Every file goes to the harness as it is; then N inputs follow, random or mutated from the files, the same in
 * every run.
 */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 16, GROWTH = 64, RANDOM_MAX = 64, EDITS_MAX = 4 };

struct input {
    uint8_t *data;
    size_t size;
};

static struct input *inputs;
static size_t input_count;
static uint64_t seed = 1;

/* SplitMix64 */
static uint64_t random64(void) {
    uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static size_t below(size_t bound) {
    return (size_t)(random64() % bound);
}

static void die(const char *what) {
    fprintf(stderr, "standalone: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void *need(void *memory) {
    if (memory == NULL)
        die("memory");
    return memory;
}

/* The harness gets memory of exactly the size, so that a sanitizer sees a read past the end. */
static void run(const uint8_t *data, size_t size) {
    uint8_t *copy = need(malloc(size > 0 ? size : 1));
    if (size > 0)
        memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void add_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        die(path);
    struct input input = {need(malloc(INPUT_MAX)), 0};
    input.size = fread(input.data, 1, INPUT_MAX, file);
    if (ferror(file))
        die(path);
    fclose(file);
    inputs = need(realloc(inputs, (input_count + 1) * sizeof *inputs));
    inputs[input_count++] = input;
}

static int by_name(const struct dirent **left, const struct dirent **right) {
    return strcmp((*left)->d_name, (*right)->d_name);
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* In the order of names, not of the file system: mutations must be the same everywhere. */
static void add_folder(const char *path) {
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, visible, by_name);
    if (count < 0)
        die(path);
    for (int i = 0; i < count; i++) {
        size_t size = strlen(path) + strlen(entries[i]->d_name) + 2;
        char *name = need(malloc(size));
        snprintf(name, size, "%s/%s", path, entries[i]->d_name);
        add_file(name);
        free(name);
        free(entries[i]);
    }
    free(entries);
}

static void add(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0)
        die(path);
    if (S_ISDIR(status.st_mode))
        add_folder(path);
    else
        add_file(path);
}

static size_t random_input(uint8_t *data) {
    size_t size = below(RANDOM_MAX);
    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)random64();
    return size;
}

static size_t insert(uint8_t *data, size_t size) {
    size_t at = below(size + 1);
    memmove(data + at + 1, data + at, size - at);
    data[at] = (uint8_t)random64();
    return size + 1;
}

static size_t delete (uint8_t *data, size_t size) {
    size_t at = below(size);
    memmove(data + at, data + at + 1, size - at - 1);
    return size - 1;
}

/* Puts a piece of another input over this one. */
static size_t splice(uint8_t *data, size_t size) {
    const struct input *other = &inputs[below(input_count)];
    if (other->size == 0)
        return size;
    size_t from = below(other->size);
    size_t len = 1 + below(other->size - from);
    size_t at = below(size);
    if (at + len > INPUT_MAX)
        return size;
    memcpy(data + at, other->data + from, len);
    return at + len > size ? at + len : size;
}

static size_t edit(uint8_t *data, size_t size) {
    if (size == 0)
        return insert(data, size);
    size_t at = below(size);
    switch (below(6)) {
    case 0:
        data[at] = (uint8_t)random64();
        return size;
    case 1:
        data[at] ^= (uint8_t)(1u << below(8));
        return size;
    case 2:
        return insert(data, size);
    case 3:
        return delete (data, size);
    case 4:
        return splice(data, size);
    default:
        return at;
    }
}

static size_t mutated_input(uint8_t *data) {
    const struct input *input = &inputs[below(input_count)];
    size_t size = input->size;
    memcpy(data, input->data, size);
    for (size_t i = 1 + below(EDITS_MAX); i > 0; i--)
        size = edit(data, size);
    return size;
}

static void run_random(unsigned long count) {
    uint8_t *data = need(malloc(INPUT_MAX + GROWTH));
    for (unsigned long i = 0; i < count; i++) {
        size_t size = input_count == 0 || below(4) == 0 ? random_input(data) : mutated_input(data);
        run(data, size);
    }
    free(data);
}

static void run_files(void) {
    run(NULL, 0);
    for (size_t i = 0; i < input_count; i++)
        run(inputs[i].data, inputs[i].size);
}

static void forget_files(void) {
    for (size_t i = 0; i < input_count; i++)
        free(inputs[i].data);
    free(inputs);
}

int main(int argc, char **argv) {
    unsigned long count = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--random") == 0 && i + 1 < argc)
            count = strtoul(argv[++i], NULL, 10);
        else
            add(argv[i]);
    }
    run_files();
    run_random(count);
    printf("%zu files, %lu random inputs\n", input_count, count);
    forget_files();
    return 0;
}
