#include "terminal/language.h"

#include "terminal/failure.h"

int language_unknown(struct cli *cli, const char *language) {
    int code = fail_input(cli, "there are no texts in the language %s", language);
    fail_help(cli, "'nctracks language list' lists the languages.");
    return code;
}

int language_choose(struct cli *cli) {
    const char *given = args_value(&cli->args, "language");
    cli->language = "en";
    if (given == NULL) {
        return CLI_DONE;
    }
    if (nct_text(given, "language.name") == NULL) {
        return language_unknown(cli, given);
    }
    cli->language = given;
    return CLI_DONE;
}
