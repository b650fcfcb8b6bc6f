#include "portal/language.h"

#include "files/catalogues.h"
#include "files/settings.h"
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
        int code = settings_read(cli);
        if (code != CLI_DONE || !catalogues_has(cli, given)) {
            return code != CLI_DONE ? code : language_unknown(cli, given);
        }
    }
    cli->language = given;
    return CLI_DONE;
}
