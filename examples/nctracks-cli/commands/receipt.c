#include "commands/commands.h"
#include "commands/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nctracks/receipt.h>

#include "commands/signatures.h"
#include "evidence/kept.h"
#include "portal/open.h"
#include "terminal/failure.h"
#include "terminal/output.h"
#include "text.h"

/* ---- show ---- */

static int print_rendered(struct cli *cli, const nct_signature *signature) {
    size_t len = 0;
    if (cli->json) {
        signature_print(cli, signature);
        return CLI_DONE;
    }
    nct_status status = nct_signature_render_in(signature, cli->portal, cli->language, NULL, 0, &len);
    char *text = status == NCT_E_BUFFER ? malloc(len + 1) : NULL;
    if (status == NCT_E_BUFFER) {
        status = text != NULL ? nct_signature_render_in(signature, cli->portal, cli->language, text, len + 1, NULL)
                              : NCT_E_NO_MEMORY;
    }
    if (status == NCT_OK) {
        text_write_lines(stdout, text, len); /* of other people */
    }
    free(text);
    return status == NCT_OK ? CLI_DONE : fail_status(cli, status, NULL);
}

/* Whoever reads a receipt must know that its signer disowned it. */
static int tell_repudiation(struct cli *cli, const nct_signature *signature) {
    const char *provider = nct_signature_provider(signature);
    const char *id = nct_signature_id(signature);
    size_t len = 0;
    nct_status status =
        nct_signature_repudiation(cli->portal, provider, strlen(provider), id, strlen(id), NULL, 0, &len);
    out_put(cli->result, "repudiated", json_boolean(status == NCT_E_BUFFER));
    if (status == NCT_E_BUFFER) {
        out_note(cli, "The signer repudiated this signature; see 'nctracks receipt repudiation'.");
    }
    return status == NCT_E_BUFFER || status == NCT_E_NOT_FOUND ? CLI_DONE : fail_status(cli, status, NULL);
}

static int show(struct cli *cli, const nct_signature *signature) {
    const char *path = args_value(&cli->args, "output");
    size_t len = 0;
    const void *receipt = nct_signature_receipt(signature, &len);
    int code = kept_save(cli, path, receipt, len);
    if (code == CLI_DONE) {
        code = print_rendered(cli, signature);
    }
    return code == CLI_DONE ? tell_repudiation(cli, signature) : code;
}

static int cmd_receipt_show(struct cli *cli) {
    const char *provider = cli->args.operands[0];
    const char *id = cli->args.operands[1];
    nct_signature *signature = NULL;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_signature_get(cli->portal, provider, strlen(provider), id, strlen(id), &signature);
    code = status == NCT_OK ? show(cli, signature) : fail_status(cli, status, NULL);
    nct_signature_free(signature);
    return code;
}

/* ---- list ---- */

static const out_field list_fields[] = {
    {"id", "SIGNATURE"},          {"signed_at", "SIGNED AT"},  {"provider", "PROVIDER"},        {"ncid", "NCID"},
    {"submission", "SUBMISSION"}, {"document_id", "DOCUMENT"}, {"document_version", "VERSION"}, {NULL, NULL}};

static nct_status read_page(const struct cli *cli, const void *context, struct page *page) {
    const char *provider = args_value(&cli->args, "provider");
    const char *ncid = args_value(&cli->args, "ncid");
    nct_signature_list *list = NULL;
    (void)context;
    nct_status status = ncid != NULL ? nct_signature_list_by_signer(cli->portal, ncid, strlen(ncid), page->after,
                                                                    page->after_len, page->limit, &list)
                                     : nct_signature_list_by_provider(cli->portal, provider, strlen(provider),
                                                                      page->after, page->after_len, page->limit, &list);
    signature_rows(page, list);
    return status;
}

static int cmd_receipt_list(struct cli *cli) {
    static const char *const spaces[] = {"signature", "signature_by_person", NULL};
    static const pages_list list = {"receipts", list_fields, read_page, "There is no receipt.", spaces, NULL};
    if (args_has(&cli->args, "provider") == args_has(&cli->args, "ncid")) {
        return fail_usage(cli, "name either --provider or --ncid");
    }
    int code = portal_open(cli);
    return code == CLI_DONE ? pages_print(cli, &list, NULL) : code;
}

/* ---- verify ---- */

/* What is read; a file that is not named stays without bytes. */
struct evidence {
    file_content receipt, keys, document, repudiation;
};

static int read_evidence(struct cli *cli, struct evidence *evidence) {
    int code = kept_read(cli, cli->args.operands[0], KEPT_EVIDENCE_MAX, &evidence->receipt);
    if (code == CLI_DONE) {
        code = kept_read(cli, args_value(&cli->args, "keys"), KEPT_EVIDENCE_MAX, &evidence->keys);
    }
    if (code == CLI_DONE) {
        code = kept_read(cli, args_value(&cli->args, "document"), DOCUMENT_MAX, &evidence->document);
    }
    return code == CLI_DONE
               ? kept_read(cli, args_value(&cli->args, "repudiation"), KEPT_EVIDENCE_MAX, &evidence->repudiation)
               : code;
}

static int tell(struct cli *cli, const nct_signature *signature) {
    const char *document = args_value(&cli->args, "document");
    int code = print_rendered(cli, signature);
    if (code == CLI_DONE) {
        out_say(cli, "The receipt is right%s.", document != NULL ? ", and this is the document that was signed" : "");
    }
    return code;
}

/* A declaration that was given must be about this receipt. */
static int verify_repudiation(struct cli *cli, const struct evidence *evidence) {
    int64_t declared_at = 0;
    char at[TEXT_TIME_MAX];
    if (evidence->repudiation.bytes == NULL) {
        return CLI_DONE;
    }
    nct_status status =
        nct_repudiation_verify(evidence->repudiation.bytes, evidence->repudiation.len, evidence->receipt.bytes,
                               evidence->receipt.len, evidence->keys.bytes, evidence->keys.len, &declared_at);
    if (status == NCT_OK) {
        out_put_time(cli->result, "repudiated_at", declared_at);
        out_note(cli, "The signer repudiated this signature at %s.", text_time(declared_at, at));
        return CLI_DONE;
    }
    int code = kept_refuse(cli, status, args_value(&cli->args, "repudiation"));
    if (status == NCT_E_DOCUMENT) {
        fail_help(cli, "It is a right declaration, of another receipt.");
    }
    return code;
}

static int verify(struct cli *cli, const struct evidence *evidence) {
    nct_signature *signature = NULL;
    nct_status status =
        nct_receipt_verify(evidence->receipt.bytes, evidence->receipt.len, evidence->keys.bytes, evidence->keys.len,
                           evidence->document.bytes, evidence->document.len, &signature);
    if (status != NCT_OK) {
        const char *document = args_value(&cli->args, "document");
        return kept_refuse(cli, status, status == NCT_E_DOCUMENT ? document : cli->args.operands[0]);
    }
    int code = verify_repudiation(cli, evidence);
    if (code == CLI_DONE) {
        code = tell(cli, signature);
    }
    nct_signature_free(signature);
    return code;
}

static int cmd_receipt_verify(struct cli *cli) {
    struct evidence evidence = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    int code = read_evidence(cli, &evidence);
    if (code == CLI_DONE) {
        code = verify(cli, &evidence);
    }
    file_release(&evidence.receipt);
    file_release(&evidence.keys);
    file_release(&evidence.document);
    file_release(&evidence.repudiation);
    return code;
}

/* ---- keys ---- */

static int cmd_receipt_keys(struct cli *cli) {
    size_t len = 0;
    int code = portal_open(cli);
    if (code != CLI_DONE) {
        return code;
    }
    nct_status status = nct_portal_key_set(cli->portal, NULL, 0, &len);
    unsigned char *keys = status == NCT_E_BUFFER ? malloc(len) : NULL;
    if (status == NCT_E_BUFFER) {
        status = keys != NULL ? nct_portal_key_set(cli->portal, keys, len, &len) : NCT_E_NO_MEMORY;
    }
    const char *path = args_value(&cli->args, "output");
    code = status == NCT_OK ? kept_save(cli, path, keys, len) : fail_status(cli, status, NULL);
    free(keys);
    if (code == CLI_DONE) {
        out_say(cli, "The public keys are in %s. Publish them: they hold no secret.", path);
    }
    return code;
}

static const args_option receipt_show_options[] = {
    {"output", "FILE", "write the receipt, a COSE_Sign1 object, to this new file; -o for short", false}, OPTIONS_END};
static const args_option receipt_list_options[] = {{"provider", "ID", "what was signed for this provider", false},
                                                   {"ncid", "NCID", "what this person signed", false},
                                                   OPTION_PAGES,
                                                   OPTIONS_END};
static const args_option receipt_verify_options[] = {
    {"keys", "FILE", "the portal's public keys, from a source you trust", true},
    {"document", "FILE", "check whether this is the document that was signed", false},
    {"repudiation", "FILE", "check whether this declaration repudiates it, and say when", false},
    OPTIONS_END};

const cli_command receipt_commands[] = {
    {"receipt", "show", "PROVIDER SIGNATURE", "Show a receipt as text for a person, and write it to a file.", "", 2, 2,
     receipt_show_options, cmd_receipt_show},
    {"receipt", "list", "", "List receipts, by provider or by signer, oldest first.",
     "Name either --provider or --ncid.", 0, 0, receipt_list_options, cmd_receipt_list},
    {"receipt", "verify", "FILE", "Verify a receipt; needs no database.", "Exit 1 when it is wrong.", 1, 1,
     receipt_verify_options, cmd_receipt_verify},
    {"receipt", "keys", "", "Write the portal's public keys to a file, to be published.", "", 0, 0, output_options,
     cmd_receipt_keys},
    COMMANDS_END};
