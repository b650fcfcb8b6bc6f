#include "terminal/damage_report.h"

#include <stdio.h>
#include <string.h>

#include <nctracks/store.h>

#include "terminal/failure.h"

#define PAGE 1000
#define LINE_MAX_LEN 512

nct_status damage_each(struct cli *cli, int32_t space, damage_told *told, void *user_data, size_t *seen) {
    char after[2 * NCT_KEY_MAX + 1] = "";
    nct_status status = NCT_OK;
    do {
        nct_damage *page = NULL;
        status = nct_damage_list(cli->portal, space, after[0] != '\0' ? after : NULL, strlen(after), PAGE, &page);
        if (status == NCT_OK) {
            told(page, space, user_data);
            if (seen != NULL) {
                *seen += nct_damage_seen(page);
            }
            snprintf(after, sizeof after, "%s", nct_damage_cursor(page));
        }
        nct_damage_free(page);
    } while (status == NCT_OK && after[0] != '\0');
    return status;
}

nct_status damage_pass(struct cli *cli, nct_status status) {
    cli->partial |= status == NCT_E_PARTIAL;
    return status == NCT_E_PARTIAL ? NCT_OK : status;
}

void damage_describe(const nct_damage *page, int32_t space, size_t index, char *line, size_t capacity) {
    const char *provider = nct_damage_provider(page, index);
    const char *ncid = nct_damage_ncid(page, index);
    snprintf(line, capacity, "%s %s%s%s%s%s: %s", nct_space_name(space), nct_damage_key(page, index),
             provider[0] != '\0' ? ", of provider " : "", provider, ncid[0] != '\0' ? ", of " : "", ncid,
             nct_status_name(nct_damage_reason(page, index)));
}

static void tell(const nct_damage *page, int32_t space, void *user_data) {
    struct cli *cli = user_data;
    for (size_t i = 0; i < nct_damage_count(page); i++) {
        char line[LINE_MAX_LEN];
        damage_describe(page, space, i, line, sizeof line);
        fail_help(cli, "%s", line);
    }
}

static bool is_named(const char *const *spaces, const char *name) {
    while (*spaces != NULL && strcmp(*spaces, name) != 0) {
        spaces++;
    }
    return *spaces != NULL;
}

int damage_end(struct cli *cli, const char *const *spaces) {
    if (!cli->partial) {
        return CLI_DONE;
    }
    int code = fail_status(cli, NCT_E_PARTIAL, NULL);
    for (int32_t space = 0; space < nct_space_count(); space++) {
        if (is_named(spaces, nct_space_name(space))) {
            (void)damage_each(cli, space, tell, cli, NULL);
        }
    }
    fail_help(cli, "See 'nctracks doctor --all' and 'nctracks repair'.");
    return code;
}
