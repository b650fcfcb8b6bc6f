#include "commands/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <nctracks/submission.h>

#include "commands/refusal.h"
#include "commands/signatures.h"
#include "files.h"
#include "mail/deliver.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "terminal/secret.h"
#include "text.h"

#define ATTESTATION_MAX ((size_t)64 * 1024)

/** An option of the command and the field it fills. */
typedef struct mapping {
    const char *option;
    const char *path;
} mapping;

static const mapping plain[] = {{"ncid", "signer.ncid"},
                                {"provider", "provider.npi"},
                                {"kind", "submission.kind"},
                                {"document-id", "document.id"},
                                {"document-version", "document.version"},
                                {"attestation-version", "attestation.version"},
                                {"review", "review.token"},
                                {"idempotency-key", "idempotency.key"}};

static int set_bytes(struct cli *cli, nct_form *signing, const char *path, const void *bytes, size_t len) {
    nct_status status = nct_form_set(signing, path, bytes, len);
    if (status == NCT_E_LIMIT) {
        return fail_input(cli, "%s is too long", path);
    }
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

static int set_plain(struct cli *cli, nct_form *signing) {
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        const char *value = args_value(&cli->args, plain[i].option);
        int code = value != NULL ? set_bytes(cli, signing, plain[i].path, value, strlen(value)) : CLI_DONE;
        if (code != CLI_DONE) {
            return code;
        }
    }
    return CLI_DONE;
}

static int set_document(struct cli *cli, nct_form *signing) {
    const char *file = args_value(&cli->args, "document");
    file_content content;
    if (!file_read(file, DOCUMENT_MAX, &content)) {
        return errno == EFBIG ? fail_input(cli, "%s: a document has at most 16 MiB", file) : fail_file(cli, file);
    }
    int code = set_bytes(cli, signing, "document.content", content.bytes, content.len);
    file_release(&content);
    return code;
}

/* The signer sees what is about to be agreed to. Not with descriptors: then nobody is there to read it. */
static void show_attestation(const struct cli *cli, const file_content *text) {
    if (args_has(&cli->args, "pin-fd") || args_has(&cli->args, "password-fd")) {
        return;
    }
    fputs("You are about to agree to this:\n\n", stderr);
    text_write_lines(stderr, text->bytes, text->len);
    fputs("\n\n", stderr);
}

static int set_attestation(struct cli *cli, nct_form *signing) {
    const char *file = args_value(&cli->args, "attestation");
    file_content text;
    if (!file_read(file, ATTESTATION_MAX, &text)) {
        return errno == EFBIG ? fail_input(cli, "%s: the attestation is too long", file) : fail_file(cli, file);
    }
    while (text.len > 0 && (text.bytes[text.len - 1] == '\n' || text.bytes[text.len - 1] == '\r')) {
        text.len--; /* the end of the last line belongs to the file, not to the text */
    }
    show_attestation(cli, &text);
    int code = set_bytes(cli, signing, "attestation.text", text.bytes, text.len);
    file_release(&text);
    return code;
}

static int set_secret(struct cli *cli, nct_form *signing, const char *option, const char *prompt, const char *path) {
    struct secret value;
    int code = secret_read(cli, option, prompt, &value);
    if (code == CLI_DONE) {
        code = set_bytes(cli, signing, path, value.bytes, value.len);
    }
    secret_wipe(&value);
    return code;
}

/* Whoever had all three components right may know why they still may not sign. */
static void explain(struct cli *cli, nct_status status) {
    int32_t kind;
    int32_t right;
    if (status == NCT_E_DENIED || nct_status_category(status) != NCT_CATEGORY_RULE || status == NCT_E_PROBLEMS ||
        nct_submission_from_name(args_value(&cli->args, "kind"), &kind) != NCT_OK ||
        nct_policy_submission_needs(nct_portal_policy(cli->portal), kind, &right) != NCT_OK) {
        return;
    }
    refusal_explain(cli, args_value(&cli->args, "ncid"), args_value(&cli->args, "provider"), right);
}

static int sign(struct cli *cli, nct_form *signing) {
    nct_problems *problems = NULL;
    nct_signature *signature = NULL;
    nct_status status = nct_sign(signing, &problems, &signature);
    int code = CLI_DONE;
    if (status == NCT_OK) {
        signature_print(cli, signature);
        deliver_after(cli);
    } else {
        code = fail_status(cli, status, problems);
        explain(cli, status);
    }
    if (status == NCT_E_AGREEMENT) {
        fail_help(cli, "Accept it with 'nctracks agreement accept'; 'nctracks agreement show' says which is asked.");
    }
    nct_problems_free(problems);
    nct_signature_free(signature);
    return code;
}

/* What is signed, without the secrets. */
static int set_content(struct cli *cli, nct_form *signing) {
    int code = set_plain(cli, signing);
    if (code == CLI_DONE) {
        code = set_document(cli, signing);
    }
    return code == CLI_DONE ? set_attestation(cli, signing) : code;
}

static int set_secrets(struct cli *cli, nct_form *signing) {
    int code = set_secret(cli, signing, "password-fd", "Password: ", "signer.password");
    return code == CLI_DONE ? set_secret(cli, signing, "pin-fd", "PIN: ", "signer.pin") : code;
}

static int begin(struct cli *cli, nct_form **out) {
    int code = portal_open(cli);
    nct_status status = code == CLI_DONE ? nct_form_new(cli->portal, NCT_FORM_SIGNING, out) : NCT_OK;
    return status == NCT_OK ? code : fail_status(cli, status, NULL);
}

/* Signs; with an application, and so submits it. */
static int sign_for(struct cli *cli, const char *application) {
    nct_form *signing = NULL;
    int code = begin(cli, &signing);
    if (code == CLI_DONE) {
        code = set_content(cli, signing);
    }
    if (code == CLI_DONE) {
        code = set_secrets(cli, signing);
    }
    if (code == CLI_DONE && application != NULL) {
        code = set_bytes(cli, signing, "application.id", application, strlen(application));
    }
    if (code == CLI_DONE) {
        code = sign(cli, signing);
    }
    nct_form_free(signing);
    return code;
}

static int cmd_sign(struct cli *cli) {
    return sign_for(cli, NULL);
}

static int cmd_application_submit(struct cli *cli) {
    return sign_for(cli, cli->args.operands[0]);
}

/* ---- review ---- */

static int review(struct cli *cli, nct_form *signing) {
    char token[NCT_REVIEW_TOKEN_LENGTH + 1];
    nct_problems *problems = NULL;
    nct_status status = nct_signing_review(signing, token, sizeof token, &problems);
    int code = CLI_DONE;
    if (status == NCT_OK) {
        out_put_string(cli->result, "token", token);
        out_say(cli, "%s signs exactly this, once: give it to 'nctracks sign --review'.", token);
    } else {
        code = fail_status(cli, status, problems);
    }
    nct_problems_free(problems);
    return code;
}

static int cmd_review(struct cli *cli) {
    nct_form *signing = NULL;
    int code = begin(cli, &signing);
    if (code == CLI_DONE) {
        code = set_content(cli, signing);
    }
    if (code == CLI_DONE) {
        code = review(cli, signing);
    }
    nct_form_free(signing);
    return code;
}

/* clang-format off: a list of rows, without braces of its own */
#define OPTION_CONTENT                                                                                                 \
    {"ncid", "NCID", "who signs", true}, OPTION_PROVIDER, {"kind", "KIND", OPTION_KINDS, true},                        \
        {"document", "FILE", "what is signed; any bytes, up to 16 MiB", true},                                         \
        {"document-id", "ID", "what the document is called", true},                                                    \
        {"document-version", "VERSION", "its version", true},                                                          \
        {"attestation", "FILE", "the text the signer agrees to", true}, {                                              \
        "attestation-version", "VERSION", "its version", true                                                          \
    }
/* clang-format on */
static const args_option review_options[] = {OPTION_CONTENT, OPTIONS_END};
static const args_option sign_options[] = {
    OPTION_CONTENT,
    {"review", "TOKEN", "what 'nctracks review' answered: sign only what was shown there", false},
    {"idempotency-key", "KEY", "your own key of this signing: given twice, it makes one signature", false},
    OPTION_PASSWORD_FD,
    {"pin-fd", "N", "read the PIN from descriptor N, not from the terminal", false},
    OPTIONS_END};

const cli_command sign_commands[] = {
    {"application", "submit", "APPLICATION", "Sign an application and submit it.",
     "As 'nctracks sign'; the document must be the one that was drafted.", 1, 1, sign_options, cmd_application_submit},
    {"sign", NULL, "", "Sign a document with NCID, password and PIN.",
     "Password and PIN are asked for on the terminal without echo, or read from file descriptors, one line each; both "
     "may come from the same descriptor, the password first.",
     0, 0, sign_options, cmd_sign},
    {"review", NULL, "", "Make a token for what the signer was shown, to sign exactly that.",
     "Takes what 'sign' takes, without the secrets. The token signs once, for a time, and for this signer alone.", 0, 0,
     review_options, cmd_review},
    COMMANDS_END};
