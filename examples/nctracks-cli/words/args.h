/** Command-line arguments: options by table, `--name value` or `--name=value`, and operands. */
#ifndef NCTRACKS_CLI_ARGS_H
#define NCTRACKS_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#define ARGS_OPTIONS_MAX 32
#define ARGS_OPERANDS_MAX 100
#define ARGS_ERROR_MAX 200

/** One option of a table; the table ends with a NULL name. */
typedef struct args_option {
    const char *name;     /**< Without the dashes. */
    const char *argument; /**< What its value is called; NULL for a flag. */
    const char *help;
    bool required;
} args_option;

typedef struct args_given {
    const char *name;
    const char *value;
} args_given;

struct args {
    int count; /**< argc and argv, and how far they are read. */
    char **words;
    int next;
    bool only_operands; /**< "--" was seen. */
    args_given given[ARGS_OPTIONS_MAX];
    size_t given_count;
    const char *operands[ARGS_OPERANDS_MAX];
    size_t operand_count;
    char error[ARGS_ERROR_MAX]; /**< What is wrong; empty: nothing. */
    const char *unknown;        /**< With that, the option that is none, without its dashes; else NULL. */
    const args_option *open;    /**< With that, the option whose value is missing at the end; else NULL. */
};

/** Begins with argv; reads nothing yet. */
void args_begin(struct args *args, int count, char **words);

/** Reads options up to the next operand, which it returns; NULL at the end or when `error` is set. */
const char *args_word(struct args *args, const args_option *global, const args_option *own);

/** Reads everything that is left. False when `error` is set. */
bool args_rest(struct args *args, const args_option *global, const args_option *own);

/** Gives an option a value as if it had been on the command line; false when there are too many. */
bool args_give(struct args *args, const args_option *option, const char *value);

/** The value of an option that was given ("" for a flag); NULL when it was not. */
const char *args_value(const struct args *args, const char *name);

/** Whether an option was given. */
bool args_has(const struct args *args, const char *name);

/** The first required option of a table that was not given; NULL: none is missing. */
const char *args_missing(const struct args *args, const args_option *own);

/** Whether `--json` stands anywhere before a "--"; known before the arguments are found to be right. */
bool args_wants_json(int count, char **words);

#endif
