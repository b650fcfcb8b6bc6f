#include "wanted.h"

#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "failure.h"

static int add_right(struct cli *cli, const char *name, size_t len, uint64_t *rights) {
    char text[64];
    int32_t right;
    snprintf(text, sizeof text, "%.*s", (int)len, name);
    if (len >= sizeof text || nct_right_from_name(nct_portal_policy(cli->portal), text, &right) != NCT_OK) {
        return fail_input(cli, "there is no right \"%s\"; 'nctracks policy show' lists them", text);
    }
    if (right >= NCT_RIGHT_COUNT) {
        return fail_input(cli, "%s is an authority: it belongs to a role and cannot be granted", text);
    }
    *rights |= UINT64_C(1) << right;
    return CLI_DONE;
}

int wanted_read_rights(struct cli *cli, uint64_t *rights) {
    static const char separators[] = " ,";
    const char *names = args_value(&cli->args, "rights");
    *rights = 0;
    for (names += strspn(names, separators); *names != '\0'; names += strspn(names, separators)) {
        size_t len = strcspn(names, separators);
        int code = add_right(cli, names, len, rights);
        if (code != CLI_DONE) {
            return code;
        }
        names += len;
    }
    return CLI_DONE;
}

int wanted_read(struct cli *cli, wanted *out) {
    const char *role = args_value(&cli->args, "role");
    *out = (wanted){NCT_ROLE_USER, 0, 0, 0};
    if (role != NULL && nct_role_from_name(role, &out->role) != NCT_OK) {
        return fail_input(cli, "there is no such role; 'nctracks policy show' lists them");
    }
    if (out->role == NCT_ROLE_OFFICE_ADMINISTRATOR) {
        return fail_input(cli, "an Office Administrator is not granted but registered");
    }
    int code = wanted_read_rights(cli, &out->rights);
    if (code == CLI_DONE) {
        code = commands_time(cli, "from", &out->from);
    }
    if (code == CLI_DONE) {
        code = commands_time(cli, "until", &out->until);
    }
    if (code == CLI_DONE && out->until != 0 && out->until <= out->from) {
        return fail_input(cli, "--until must be later than --from");
    }
    return code;
}
