#include "words/args.h"

#include <stdio.h>
#include <string.h>

void args_begin(struct args *args, int count, char **words) {
    memset(args, 0, sizeof *args);
    args->count = count;
    args->words = words;
    args->next = 1;
}

static const args_option *find(const args_option *table, const char *name, size_t len) {
    for (; table != NULL && table->name != NULL; table++) {
        if (strlen(table->name) == len && strncmp(table->name, name, len) == 0) {
            return table;
        }
    }
    return NULL;
}

/* The value is never quoted in a message: somebody may have typed a secret there. */
static bool complain(struct args *args, const char *what, const char *option, size_t len) {
    snprintf(args->error, sizeof args->error, "%s --%.*s", what, (int)(len < 60 ? len : 60), option);
    return false;
}

static bool keep(struct args *args, const args_option *option, const char *value) {
    if (args_has(args, option->name)) {
        return complain(args, "given twice:", option->name, strlen(option->name));
    }
    if (args->given_count == ARGS_OPTIONS_MAX) {
        return complain(args, "too many options at", option->name, strlen(option->name));
    }
    args->given[args->given_count++] = (args_given){option->name, value};
    return true;
}

bool args_give(struct args *args, const args_option *option, const char *value) {
    return keep(args, option, value);
}

static bool read_option(struct args *args, const args_option *global, const args_option *own, const char *text) {
    const char *equals = strchr(text, '=');
    size_t len = equals != NULL ? (size_t)(equals - text) : strlen(text);
    const args_option *option = find(global, text, len);
    if (option == NULL) {
        option = find(own, text, len);
    }
    if (option == NULL) {
        args->unknown = text;
        return complain(args, "unknown option", text, len);
    }
    if (option->argument == NULL) {
        return equals == NULL ? keep(args, option, "") : complain(args, "no value belongs to", text, len);
    }
    if (equals != NULL) {
        return keep(args, option, equals + 1);
    }
    if (args->next == args->count) {
        args->open = option;
        return complain(args, "a value is missing after", text, len);
    }
    return keep(args, option, args->words[args->next++]);
}

/* True when the word was an option and is dealt with, rightly or with `error` set. */
static bool take_option(struct args *args, const args_option *global, const args_option *own, const char *word) {
    if (args->only_operands || word[0] != '-' || word[1] == '\0') {
        return false;
    }
    if (strcmp(word, "--") == 0) {
        args->only_operands = true;
    } else if (strcmp(word, "-h") == 0) {
        read_option(args, global, own, "help");
    } else if (strcmp(word, "-V") == 0) {
        read_option(args, global, own, "version");
    } else if (strcmp(word, "-o") == 0) {
        read_option(args, global, own, "output");
    } else if (word[1] == '-') {
        read_option(args, global, own, word + 2);
    } else {
        snprintf(args->error, sizeof args->error, "unknown option -%c; options begin with two dashes", word[1]);
    }
    return true;
}

const char *args_word(struct args *args, const args_option *global, const args_option *own) {
    while (args->next < args->count && args->error[0] == '\0') {
        const char *word = args->words[args->next++];
        if (!take_option(args, global, own, word)) {
            return word;
        }
    }
    return NULL;
}

bool args_rest(struct args *args, const args_option *global, const args_option *own) {
    const char *word;
    while ((word = args_word(args, global, own)) != NULL) {
        if (args->operand_count == ARGS_OPERANDS_MAX) {
            snprintf(args->error, sizeof args->error, "too many operands");
            return false;
        }
        args->operands[args->operand_count++] = word;
    }
    return args->error[0] == '\0';
}

const char *args_value(const struct args *args, const char *name) {
    for (size_t i = 0; i < args->given_count; i++) {
        if (strcmp(args->given[i].name, name) == 0) {
            return args->given[i].value;
        }
    }
    return NULL;
}

bool args_has(const struct args *args, const char *name) {
    return args_value(args, name) != NULL;
}

const char *args_missing(const struct args *args, const args_option *own) {
    for (; own != NULL && own->name != NULL; own++) {
        if (own->required && !args_has(args, own->name)) {
            return own->name;
        }
    }
    return NULL;
}

bool args_wants_json(int count, char **words) {
    for (int i = 1; i < count && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], "--json") == 0) {
            return true;
        }
    }
    return false;
}
