#include "commands/with_form.h"

#include "forms/json.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/secret.h"

/** How a form is filled in before the step. */
struct filling {
    bool json;
    const char *path; /* of the password; NULL: none is asked for */
    const char *prompt;
};

static int set_password(struct cli *cli, nct_form *form, const struct filling *filling) {
    struct secret password;
    int code = secret_read(cli, "password-fd", filling->prompt, &password);
    if (code == CLI_DONE) {
        nct_status status = nct_form_set(form, filling->path, password.bytes, password.len);
        code = status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
    }
    secret_wipe(&password);
    return code;
}

static int fill(struct cli *cli, nct_form *form, const struct filling *filling) {
    int code = filling->path != NULL ? set_password(cli, form, filling) : CLI_DONE;
    if (code == CLI_DONE && filling->json) {
        form_target target = form_json_target(form);
        code = form_json_fill(cli, cli->args.operands[0], &target);
    }
    return code;
}

static int take(struct cli *cli, int32_t kind, const struct filling *filling, form_step *step) {
    nct_form *form = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_form_new(cli->portal, kind, &form);
    code = status == NCT_OK ? fill(cli, form, filling) : fail_status(cli, status, NULL);
    if (code == CLI_DONE) {
        code = step(cli, form);
    }
    nct_form_free(form);
    return code;
}

int with_form(struct cli *cli, int32_t kind, form_step *step) {
    return take(cli, kind, &(struct filling){false, NULL, NULL}, step);
}

int with_json_form(struct cli *cli, int32_t kind, form_step *step) {
    return take(cli, kind, &(struct filling){true, NULL, NULL}, step);
}

int with_password_form(struct cli *cli, int32_t kind, const char *path, const char *prompt, form_step *step) {
    return take(cli, kind, &(struct filling){true, path, prompt}, step);
}
